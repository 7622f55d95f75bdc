"""What packages are worth, in words: points of 100 on the common yardstick, or the unit that a party states.

`Worths` is the main name.
"""

from __future__ import annotations

from collections.abc import Mapping

from parley.domain.payoffs import IssueWorth, StatedPayoff
from parley.domain.scenario import Scenario

__all__ = ["Worths"]

SLIGHT = 0.005
"""Gains below this share of what a party could wish for are not told."""


class Worths:
    """How to write what something is worth to each party of a scenario, at the most plausible numbers."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.payoffs: Mapping[str, StatedPayoff] = {each.party: each for each in scenario.payoffs if each.issues}

    @property
    def unit(self) -> str:
        """The unit of a table of all parties, to follow a caption."""
        return "in each party's own unit" if self.payoffs else "in points of 100"

    def states(self, party: str) -> bool:
        """Whether a party states its payoffs, in a unit of its own."""
        return party in self.payoffs

    def amount(self, party: str, value: float | None) -> str:
        """What something is worth to a party; a dash where nobody says."""
        if value is None:
            return "–"
        return _digits(value) if self.states(party) else f"{100 * value:.0f}"

    def gain(self, party: str, value: float | None) -> str:
        """By how much more something is worth to a party, with its sign."""
        if value is None:
            return "–"
        text = _digits(value) if self.states(party) else f"{round(100 * value)}"
        if not any(digit in text for digit in "123456789"):
            return "0"
        return f"−{text[1:]}" if text.startswith("-") else f"+{text}"

    def slight(self, party: str, value: float) -> bool:
        """Whether so much more or less is hardly anything to a party."""
        return abs(value) < SLIGHT * self.span(party)

    def share(self, party: str, value: float) -> float:
        """A worth as a picture shows it beside others: of stated ones, 0 is the worst package and 1 the best."""
        return (value - self._ends(party)[0]) / self.span(party) if self.states(party) else value

    def span(self, party: str) -> float:
        """What lies between the worst package and the best; 1 on the common yardstick, or where all are alike."""
        worst, best = self._ends(party)
        return best - worst if best > worst else 1.0

    def levels(self, party: str, issue: str) -> Mapping[float, float]:
        """What each rung of an issue adds to a party's stated payoff, by its point; none where it says nothing."""
        found = next((each for each in self.payoffs[party].issues if each.issue == issue), None)
        return {} if found is None else dict(_levels(found))

    def _ends(self, party: str) -> tuple[float, float]:
        if not self.states(party):
            return 0.0, 1.0
        stated = self.payoffs[party]
        base = stated.base.mode if stated.base else 0.0
        added = [[worth for _, worth in _levels(each)] for each in stated.issues]
        return base + sum(map(min, added)), base + sum(map(max, added))


def _levels(stated: IssueWorth) -> list[tuple[float, float]]:
    return [(level.at, stated.weight.mode * level.worth.mode) for level in stated.levels]


def _digits(value: float) -> str:
    """A number with four digits that count, and no more than it takes to tell large ones apart."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
