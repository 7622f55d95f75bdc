"""Packages worth putting on the table, and what stands against one, in words. `proposals` is the main name.

For the terminal and the briefing alike: what `package_search` says of the most plausible numbers becomes names, issues
and sentences without numbers' grounds, which the briefing adds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parley.briefing import units, words
from parley.briefing.worths import Worths
from parley.domain import expression
from parley.domain.issue import Issue
from parley.domain.position import Position
from parley.domain.scenario import Scenario

__all__ = [
    "Packages",
    "Proposal",
    "Stake",
    "between_rungs",
    "given_up",
    "hindrance",
    "level",
    "open_points",
    "proposals",
    "stakes",
    "together",
]

NEAR = 5.0
"""A level no further than this from what a party asks for, in points of 100, is what it asks for."""

TOLD = 3
"""As many issues are named on which a party gives most, or gets what it asks for."""

Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """What could be signed, by one search at the most plausible numbers.

    Attributes
    ----------
    scenario : the scenario
    parameters : the settings that were used, with all others
    detail : what `package_search` says of the most plausible numbers, see `parley run`; points 0..100
    """

    scenario: Scenario
    parameters: Mapping[str, Any]
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A package worth putting on the table.

    Attributes
    ----------
    name : what it is called
    leans_to : id of the party that it leans to; None for the balanced one
    found : the package as `detail` of the engine gives it
    """

    name: str
    leans_to: str | None
    found: Detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What a package means to a party on one issue.

    Attributes
    ----------
    issue : the issue
    weight : what the issue is worth to the party between its worst and its best level; larger matters more
    loss : what it costs the party that the package does not put it where the party asks for, as the party counts worth
    full : whether the party gets what it asks for
    left : whether the package leaves the issue as it is
    """

    issue: Issue
    weight: float
    loss: float
    full: bool
    left: bool


def open_points(detail: Detail) -> tuple[Detail | None, bool]:
    """The frontier and the points on it where something can be signed, and whether issues must be left aside for that.

    None where nothing can be signed even so.
    """
    if detail["zone"]:
        return detail, False
    leaving = detail["leaving"]
    return (leaving, True) if leaving and leaving["nash"] else (None, False)


def proposals(scenario: Scenario, detail: Detail) -> tuple[Proposal, ...]:
    """Choose up to three packages: the balanced one, and others that lean to a signer.

    Parameters
    ----------
    scenario : gives the names
    detail : what `package_search` says of the most plausible numbers

    Returns
    -------
    Different packages, the balanced one first; none where nothing can be signed
    """
    points, _ = open_points(detail)
    if points is None:
        return ()
    result = [Proposal(name="Balanced", leans_to=None, found=points["nash"][0])]
    for party, found in points["leans"].items():
        if all(found["package"] != each.found["package"] for each in result):
            name = f"Leaning to {words.in_sentence(scenario.party(party).name)}"
            result.append(Proposal(name=name, leans_to=party, found=found))
    return tuple(result[:3])


def level(scenario: Scenario, issue_id: str, found: Detail) -> str:
    """Where a package puts an issue, in words."""
    issue, point = scenario.issue(issue_id), float(found["package"][issue_id])
    text = scale.words_at(point) if (scale := issue.scale).ladder else units.rounded(issue, point)
    text += units.meant(issue, point)
    return f"left as it is: {text}" if issue_id in found["left"] else text


def stakes(scenario: Scenario, party: str, found: Detail) -> tuple[tuple[Stake, ...], tuple[Stake, ...]]:
    """What a party gets by a package, and what it gives, against what it asks for at the most plausible numbers.

    Returns
    -------
    Issues on which it gets what it asks for, the weightiest first; and those on which it gives way, the dearest first
    """
    every = _stated(scenario, party, found) if Worths(scenario).states(party) else _standing(scenario, party, found)
    gets = sorted((each for each in every if each.full), key=lambda each: -each.weight)
    gives = sorted((each for each in every if not each.full), key=lambda each: -each.loss)
    return tuple(gets[:TOLD]), tuple(gives[:TOLD])


def _standing(scenario: Scenario, party: str, found: Detail) -> list[Stake]:
    """The stakes of a party that takes positions."""
    care = sum(each.salience.mode for each in scenario.positions if each.party == party) or 1.0
    result = []
    for each in scenario.positions:
        if each.party == party and each.issue in found["package"]:
            apart = abs(float(found["package"][each.issue]) - _asked(scenario, each, found))
            share = each.salience.mode / care
            result.append(
                Stake(
                    issue=scenario.issue(each.issue),
                    weight=share,
                    loss=share * apart / 100.0,
                    full=apart <= NEAR,
                    left=each.issue in found["left"],
                )
            )
    return result


def _stated(scenario: Scenario, party: str, found: Detail) -> list[Stake]:
    """The stakes of a party that states what levels are worth to it; issues on which all are alike are none."""
    worths, result = Worths(scenario), []
    for issue, point in found["package"].items():
        levels = worths.levels(party, issue)
        if levels and max(levels.values()) > min(levels.values()):
            best = max(levels.values())
            loss = best - levels[min(levels, key=lambda at: abs(at - float(point)))]
            result.append(
                Stake(
                    issue=scenario.issue(issue),
                    weight=best - min(levels.values()),
                    loss=loss,
                    full=loss <= 1e-9 * max(1.0, abs(best)),
                    left=issue in found["left"],
                )
            )
    return result


def _asked(scenario: Scenario, position: Position, found: Detail) -> float:
    """Where a party stands, given the package: its position, or where it stands if a condition is not met."""
    scales = {issue.id: issue.scale for issue in scenario.issues}
    at = {issue: float(found["package"].get(issue, math.nan)) for issue in scales}
    fallen = [
        condition.otherwise.mode
        for condition in position.conditions
        if condition.otherwise and not expression.parse(condition.only_if, issues=scales).holds(at)
    ]
    return max(fallen, key=lambda point: abs(point - at[position.issue]), default=position.position.mode)


def given_up(scenario: Scenario, detail: Detail) -> bool:
    """Whether anybody who must sign has a red line or a condition that could be given up."""
    own = [each for each in scenario.positions if each.party in detail["signers"]]
    return any(each.red_line or each.conditions for each in own)


def between_rungs(scenario: Scenario, detail: Detail) -> bool:
    """Whether some issue on the table could be settled between the levels that were tried."""
    tried = [issue for issue, levels in detail["grid"]["levels"].items() if levels]
    return any(not scenario.issue(issue).scale.ladder for issue in tried)


def hindrance(scenario: Scenario, name: str) -> str:
    """What stands against a package, in words: a red line, a condition, or what a party has without agreement.

    Parameters
    ----------
    scenario : gives the words
    name : its id, such as `ukraine:territory`
    """
    party, what, *number = name.split(":")
    whose = words.in_sentence(scenario.party(party).name)
    if what == "no_agreement":
        return f"what {whose} has without agreement"
    issue = scenario.issue(what)
    position = next(each for each in scenario.positions if each.party == party and each.issue == what)
    if number:
        condition = position.conditions[int(number[0].removeprefix("condition_")) - 1]
        return f"the condition of {whose} on {issue.name}: “{condition.words.rstrip('.')}”"
    line = position.red_line
    bounds = []
    if line and line.at_least:
        bounds.append(f"no less than {units.place(issue, line.at_least.mode)}")
    if line and line.at_most:
        bounds.append(f"no more than {units.place(issue, line.at_most.mode)}")
    return f"the red line of {whose} on {issue.name} ({' and '.join(bounds)})"


def together(scenario: Scenario, names: Sequence[str]) -> str:
    """Several such things that must fall together, in words."""
    return words.listed([hindrance(scenario, name) for name in names])
