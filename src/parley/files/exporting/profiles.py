"""A scenario as a negotiation domain: issues with values, and for each party what they are worth. `written` leads.

Payoffs are those that the scenario states; where it states none, those of the common yardstick: salience as a share of
the party's salience, times 1 less the distance between value and position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws, quantities
from parley.domain.estimate import Estimate
from parley.domain.issue import Issue
from parley.domain.position import Position
from parley.domain.scenario import Scenario
from parley.errors import UsageError
from parley.files.exporting.csv_tables import number
from parley.files.exporting.losses import Held, losses
from parley.files.exporting.standing import line
from parley.methods.stated_payoffs import stated, valued_issues

__all__ = ["WrittenIssue", "WrittenProfile", "Written", "notes_on", "written"]

GRID = 11
"""How many points of a scale that is no ladder are written as values."""

OF_ISSUES = ("id", "name", "scale.low", "scale.high", "scale.anchors", "scale.ladder", "scale.rungs")
STATED: Held = {"parties": ("id", "name"), "issues": OF_ISSUES, "payoffs": None}
STANDING: Held = {
    "parties": ("id", "name", "no_agreement"),
    "issues": (*OF_ISSUES, "scale.unit"),
    "positions": ("party", "issue", "position", "salience"),
}
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ()'-]*(?:_[A-Za-z0-9 ()'-]+)*", re.ASCII)
LONGEST = 80
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{k}" for port in ("com", "lpt") for k in range(1, 10))}

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenIssue:
    """An issue: its name, and the text of each value."""

    name: str
    values: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WrittenProfile:
    """What packages are worth to a party.

    Attributes
    ----------
    name : its name
    file : the name of a file for it, without an ending
    weight : of each issue
    worth : for each issue, of each value
    base : what every package is worth beside its issues
    reserve : its payoff without agreement; None where any package is better than none
    discount : what a payoff at the end of the talks is worth at their start
    """

    name: str
    file: str
    weight: Sequence[float]
    worth: Sequence[Sequence[float]]
    base: float = 0.0
    reserve: float | None = None
    discount: float | None = None

    @property
    def worst(self) -> float:
        """The payoff of the package that is worst for the party."""
        parts = [min(w * each for each in worth) for w, worth in zip(self.weight, self.worth, strict=True)]
        return sum(parts) + self.base


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A domain and its profiles.

    Attributes
    ----------
    title : what it is about
    file : the name of a file for it, without an ending
    issues, profiles : what it consists of
    """

    title: str
    file: str
    issues: Sequence[WrittenIssue]
    profiles: Sequence[WrittenProfile]


def written(scenario: Scenario) -> Written:
    """Make a domain of a scenario, with each estimate at its mode.

    Parameters
    ----------
    scenario : the scenario

    Raises
    ------
    UsageError
        If it has neither payoffs nor positions.
    """
    if not scenario.payoffs and not scenario.positions:
        raise UsageError("the scenario has neither payoffs nor positions that could be exported")
    issues, profiles = _stated(scenario) if scenario.payoffs else _standing(scenario)
    return Written(title=line(scenario.title), file=_domain_file(scenario), issues=issues, profiles=profiles)


def notes_on(scenario: Scenario, form: str) -> Iterator[str]:
    """Tell what a domain and its profiles leave out.

    Parameters
    ----------
    scenario : the scenario
    form : what to call them, such as `files of GENIUS`
    """
    if not scenario.payoffs:
        yield "payoffs are those of the common yardstick: salience times nearness to the position"
        scaled = [each.id for each in _issues(scenario) if not each.scale.ladder]
        if scaled:
            yield f"{GRID} points of the scale are written as values of {', '.join(scaled)}"
    wanted = {each.party for each in scenario.payoffs or scenario.positions}
    for party in scenario.parties:
        if party.id not in wanted:
            yield f"'{party.id}' says nothing of what packages are worth to it, and is left out"
    idle = [each.id for each in scenario.issues if each not in _issues(scenario)]
    if idle:
        yield f"nobody cares about {', '.join(idle)}, which is left out"
    if any(each.estimate.low < each.estimate.high for each in quantities(scenario)):
        yield "only the most plausible value of each number is written, not its range"
    yield from losses(scenario, {"schema": None, "title": None, **(STATED if scenario.payoffs else STANDING)}, form)


def _issues(scenario: Scenario) -> list[Issue]:
    """The issues that somebody cares about."""
    stand = {each.issue for each in scenario.positions}
    names = valued_issues(scenario) if scenario.payoffs else [each for each in scenario.issue_ids if each in stand]
    return [scenario.issue(name) for name in names]


def _stated(scenario: Scenario) -> tuple[list[WrittenIssue], list[WrittenProfile]]:
    issues = _issues(scenario)
    table = stated(Draws.of_modes(scenario))
    given = {each.party: each for each in scenario.payoffs}
    files = _files(scenario)
    profiles = [
        WrittenProfile(
            name=line(party.name) or party.id,
            file=files[party.id],
            weight=table.weight[0, i].tolist(),
            worth=[each[0, i].tolist() for each in table.worth],
            base=float(table.base[0, i]),
            reserve=_mode(given[party.id].reserve),
            discount=_mode(given[party.id].discount),
        )
        for i, party in enumerate(scenario.parties)
        if party.id in given
    ]
    return _values(issues, _points(issues)), profiles


def _standing(scenario: Scenario) -> tuple[list[WrittenIssue], list[WrittenProfile]]:
    issues = _issues(scenario)
    points, files = _points(issues), _files(scenario)
    stands = {(each.party, each.issue): each for each in scenario.positions}
    profiles = []
    for party in (each for each in scenario.parties if any(each.id == name for name, _ in stands)):
        row = [stands.get((party.id, issue.id)) for issue in issues]
        total = sum(each.salience.mode for each in row if each)
        profiles.append(
            WrittenProfile(
                name=line(party.name) or party.id,
                file=files[party.id],
                weight=[each.salience.mode / total if each and total else 0.0 for each in row],
                worth=[_nearness(at, each).tolist() for at, each in zip(points, row, strict=True)],
                reserve=_mode(party.no_agreement),
            )
        )
    return _values(issues, points), profiles


def _nearness(points: Array, position: Position | None) -> Array:
    return np.zeros(points.size) if position is None else 1.0 - np.abs(points - position.position.mode) / 100.0


def _mode(estimate: Estimate | None) -> float | None:
    return None if estimate is None else estimate.mode


def _points(issues: Sequence[Issue]) -> list[Array]:
    """The points of each issue that are written as values, 0..100."""
    return [
        np.array([each.scale.point(anchor.at) for anchor in each.scale.anchors])
        if each.scale.ladder
        else np.linspace(0.0, 100.0, GRID)
        for each in issues
    ]


def _values(issues: Sequence[Issue], points: Sequence[Array]) -> list[WrittenIssue]:
    names = [line(each.name) for each in issues]
    if not all(names) or len(set(names)) < len(names):
        names = [each.id for each in issues]
    return [
        WrittenIssue(name=name, values=_texts(issue, at)) for name, issue, at in zip(names, issues, points, strict=True)
    ]


def _texts(issue: Issue, points: Array) -> list[str]:
    """The words of a ladder's rungs, or their names where two have the same words; else the points with the unit."""
    if not issue.scale.ladder:
        shown = (number(float(f"{issue.scale.in_unit(point):.12g}")) for point in points.tolist())
        return [f"{each} {issue.scale.unit}".strip() for each in shown]
    texts = [line(anchor.words) for anchor in issue.scale.anchors]
    return (
        texts if all(texts) and len(set(texts)) == len(texts) else [anchor.rung or "" for anchor in issue.scale.anchors]
    )


def _files(scenario: Scenario) -> dict[str, str]:
    """For each party the name of a file: its own where every system takes it and no other has it, or else its id."""
    result = {}
    for party in scenario.parties:
        others = [each for each in scenario.parties if each is not party]
        taken = {word.lower() for each in others for word in (each.id, _safe(each.name))}
        name = _safe(party.name)
        result[party.id] = name if name and name.lower() not in taken else party.id
    return result


def _safe(text: str) -> str:
    """The text on one line if any system takes it as the name of a file; else nothing."""
    name = line(text)
    fits = SAFE.fullmatch(name) and len(name) <= LONGEST and name.lower() not in RESERVED
    return name if fits else ""


def _domain_file(scenario: Scenario) -> str:
    name = _safe(scenario.title) or "domain"
    taken = {each.lower() for each in _files(scenario).values()}
    return name if name.lower() not in taken else f"{name} domain"
