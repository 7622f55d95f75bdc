"""Payoffs that a scenario states number by number, as a space of packages. `stated` and `space` are the main names.

A package is worth to a party the sum over issues of its weight times the worth of the level, plus what every package is
worth to it. Nothing is put on another scale: the numbers are taken as they are stated.

Source
------
Additive payoffs as in [Raiffa1982]_.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.scenario import Scenario
from parley.errors import EngineError
from parley.methods.packages import Part, Space

__all__ = ["Stated", "space", "stated", "valued_issues"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stated:
    """What every draw states; parties in the scenario's order.

    Attributes
    ----------
    parties : places of the parties that state payoffs
    issues : places of the issues on which somebody does
    points : for each of these, where the rungs of its ladder lie, 0..100, shape (level,)
    worth : for each, what its levels are worth, shape (draw, party, level); 0 to a party that does not care
    weight : what worth is multiplied by, shape (draw, party, issue); 0 to a party that does not care
    base : what every package is worth beside its issues, shape (draw, party)
    reserve : payoff without agreement, shape (draw, party): of a party that states none, that of the package that is
        worst for it; -inf for a party that states no payoffs at all
    discount : what a payoff at the end of the talks is worth as a share of the same at their start, shape (draw, party)
    """

    parties: tuple[int, ...]
    issues: tuple[int, ...]
    points: tuple[Array, ...]
    worth: tuple[Array, ...]
    weight: Array
    base: Array
    reserve: Array
    discount: Array

    @property
    def parts(self) -> tuple[Array, ...]:
        """What the levels of each issue add to payoffs, shape (draw, party, level); `base` is part of the first."""
        return _parts(self.worth, self.weight, self.base)

    def space(self, draw: int = 0) -> Space:
        """The packages of one draw."""
        worth = [each[draw] for each in self.worth]
        return space(worth, self.weight[draw], reserve=self.reserve[draw], base=self.base[draw])


def space(worth: Sequence[Array], weight: Array, *, reserve: Array, base: Array | None = None) -> Space:
    """Make the space of packages of stated payoffs.

    Parameters
    ----------
    worth : for each issue, what its levels are worth, shape (party, level)
    weight : what worth is multiplied by, shape (party, issue)
    reserve : payoff without agreement, shape (party,); NaN for a party to which any package is better than none: its
        gains then count from the package that is worst for it; -inf for one whose consent is not needed
    base : what every package is worth beside its issues, shape (party,); None: nothing

    Raises
    ------
    EngineError
        If there is no issue.
    """
    parts = _parts(worth, weight, np.zeros(weight.shape[0]) if base is None else base)
    return Space(
        sizes=tuple(each.shape[1] for each in worth),
        parties=weight.shape[0],
        parts=tuple(Part(issues=(k,), payoff=part) for k, part in enumerate(parts)),
        reserve=_reserve(parts, reserve),
    )


def _parts(worth: Sequence[Array], weight: Array, base: Array) -> tuple[Array, ...]:
    """What the levels of each issue add to payoffs, shape (..., party, level)."""
    if not worth:
        raise EngineError("nobody states what the levels of an issue are worth")
    first, *others = (weight[..., k, np.newaxis] * each for k, each in enumerate(worth))
    return first + base[..., np.newaxis], *others


def _reserve(parts: Sequence[Array], reserve: Array) -> Array:
    """Reserve values, those that are not stated at what the worst package is worth."""
    worst = sum((part.min(axis=-1) for part in parts), start=np.zeros(reserve.shape))
    return np.where(np.isnan(reserve), worst, reserve)


def valued_issues(scenario: Scenario) -> tuple[str, ...]:
    """The ids of the issues on which somebody states what the levels are worth, in the scenario's order."""
    valued = {each.issue for payoff in scenario.payoffs for each in payoff.issues}
    return tuple(name for name in scenario.issue_ids if name in valued)


def stated(draws: Draws) -> Stated:
    """Read stated payoffs from draws.

    Parameters
    ----------
    draws : the draws; `Draws.of_modes(scenario)` for the most plausible numbers alone

    Raises
    ------
    EngineError
        If nobody states payoffs.
    """
    scenario, names = draws.base, valued_issues(draws.base)
    size = (len(draws), len(scenario.parties))
    points = [_points(scenario, name) for name in names]
    worth = tuple(np.zeros((*size, len(each))) for each in points)
    weight, base, discount = np.zeros((*size, len(names))), np.zeros(size), np.ones(size)
    reserve = np.full(size, -np.inf)
    for place, payoff in enumerate(scenario.payoffs):
        i, path = scenario.party_ids.index(payoff.party), ("payoffs", place)
        base[:, i] = draws.column((*path, "base"), 0.0)
        reserve[:, i] = draws.column((*path, "reserve"))
        discount[:, i] = draws.column((*path, "discount"), 1.0)
        for number, each in enumerate(payoff.issues):
            k, here = names.index(each.issue), (*path, "issues", number)
            weight[:, i, k] = draws.column((*here, "weight"))
            for row, level in enumerate(each.levels):
                at = int(np.argmin(np.abs(points[k] - level.at)))
                worth[k][:, i, at] = draws.column((*here, "levels", row, "worth"))
    return Stated(
        parties=tuple(
            i for i, name in enumerate(scenario.party_ids) if any(each.party == name for each in scenario.payoffs)
        ),
        issues=tuple(scenario.issue_ids.index(name) for name in names),
        points=tuple(points),
        worth=worth,
        weight=weight,
        base=base,
        reserve=_reserve(_parts(worth, weight, base), reserve),
        discount=discount,
    )


def _points(scenario: Scenario, issue: str) -> Array:
    """The rungs of an issue's ladder on the common scale."""
    scale = scenario.issue(issue).scale
    return np.array([scale.point(anchor.at) for anchor in scale.anchors])
