"""The sections of a draft, new or in a scenario that is there, and its gaps. `drafted` is the main name.

Nothing is invented: a number that the format asks for and nobody has judged is the widest that can be, the same for
all, and rests on nothing, so that `parley check --grounds` lists it.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from parley.coding.forecasts import Forecast
from parley.coding.joining import Counted
from parley.coding.pooling import pooled
from parley.coding.sources import claim, sources
from parley.domain.codebook import Codebook
from parley.domain.coding import Coding
from parley.domain.estimate import Estimate
from parley.domain.issue import Issue
from parley.domain.party import Party
from parley.domain.position import Condition, Position
from parley.domain.prediction import Prediction
from parley.domain.scenario import Question, Scenario
from parley.domain.source import Fact, Source
from parley.domain.statement import Claim

__all__ = ["UNASKED", "Gap", "Material", "drafted"]

Key = tuple[str, str]
Noun = TypeVar("Noun", bound=Party | Issue | Source | Claim | Fact | Prediction)

UNJUDGED_SHARE = Estimate(low=0.0, mode=0.5, high=1.0, shape="uniform")
UNJUDGED_CAPABILITY = Estimate(low=0.0, mode=50.0, high=100.0, shape="uniform")
UNASKED = "MISSING: say what is asked."


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that the claims do not say and nobody has judged.

    Attributes
    ----------
    what : the field or section of the scenario, such as `salience`
    where : what lacks it: ids of parties, issues or predictions, `party.issue` for a position; none where it is a
        section
    message : what is missing, and what stands in its place meanwhile
    """

    what: str
    where: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a draft is made of.

    Attributes
    ----------
    codebook : issues and parties
    codings : all codings that count, in order
    grounds : the codings beneath each position, by party and issue
    conditions : what positions hang on
    superseded : codings that later ones replace
    forecasts : what people forecast
    as_of : the day on which all this is known
    quote : whether the articles' own words are taken over
    """

    codebook: Codebook
    codings: tuple[Coding, ...]
    grounds: Mapping[Key, tuple[Counted, ...]]
    conditions: Mapping[Key, tuple[Condition, ...]]
    superseded: Mapping[str, str]
    forecasts: tuple[Forecast, ...]
    as_of: datetime.date
    quote: bool


def drafted(
    material: Material, *, into: Scenario | None, question: str, asked_by: str | None
) -> tuple[Scenario, tuple[Gap, ...]]:
    """Make the draft, or renew a scenario by what the material says.

    Parameters
    ----------
    material : what it is made of
    into : the scenario to renew; None: a new one
    question : what is asked; empty: as the scenario says, or a gap
    asked_by : id of the party that asks; None: as the scenario says, or the first and a gap

    Returns
    -------
    the scenario, and what is missing in it
    """
    base = into or _empty(material, asked_by)
    parties = _renewed(base.parties, [each for each in _parties(material) if each.id not in base.party_ids])
    issues = _renewed(base.issues, [each for each in _issues(material) if each.id not in base.issue_ids])
    positions, beyond = _positions(material, base)
    known = _renewed(base.sources, sources(material.codings, as_of=material.as_of))
    names = frozenset(each.id for each in known)
    at_issue = {each.id for each in issues}
    claims = [
        claim(each, material.codebook, quote=material.quote, superseded=material.superseded, known=names)
        for each in material.codings
        if each.party is not None and each.issue in at_issue and each.voice != "other" and each.kind != "prediction"
    ]
    scenario = dataclasses.replace(
        base,
        question=Question(text=question or base.question.text, asked_by=asked_by or base.question.asked_by),
        as_of=material.as_of,
        parties=parties,
        issues=issues,
        positions=positions,
        sources=known,
        claims=_renewed(base.claims, claims),
        facts=_renewed(base.facts, [each.fact for each in material.forecasts]),
        predictions=_renewed(base.predictions, [each.prediction for each in material.forecasts]),
    )
    unasked = into is None and asked_by is None
    return scenario, (*_asking(scenario, unasked=unasked), *_gaps(scenario), *beyond, *_open(material.forecasts))


def _empty(material: Material, asked_by: str | None) -> Scenario:
    """A scenario that holds what the codebook says of parties and issues."""
    parties = _parties(material)
    return Scenario(
        title=f"Draft: {material.codebook.title}" if material.codebook.title else "Draft",
        question=Question(text=UNASKED, asked_by=asked_by or parties[0].id),
        as_of=material.as_of,
        parties=parties,
        issues=_issues(material),
    )


def _parties(material: Material) -> tuple[Party, ...]:
    return tuple(
        Party(id=each.id, name=each.name, role=each.role, aliases=each.aliases, capability=UNJUDGED_CAPABILITY)
        for each in material.codebook.parties
    )


def _issues(material: Material) -> tuple[Issue, ...]:
    """The issues on which some party has a position: on others no engine could say anything."""
    stood_on = {issue for _, issue in material.grounds}
    return tuple(
        Issue(id=each.id, name=each.name, question=each.question, scale=each.scale)
        for each in material.codebook.issues
        if each.id in stood_on
    )


def _renewed(old: Sequence[Noun], new: Sequence[Noun]) -> tuple[Noun, ...]:
    """What there was, each in its place or replaced by the new one of its id, then what is new."""
    fresh: dict[str, Noun] = {each.id: each for each in new}
    known: set[str] = {each.id for each in old}
    return (*(fresh.get(each.id, each) for each in old), *(each for each in new if each.id not in known))


def _positions(material: Material, base: Scenario) -> tuple[tuple[Position, ...], tuple[Gap, ...]]:
    """The positions, renewed where the claims speak of them, and those that would lie beyond a party's own red line."""
    fresh = {key: _position(key, counted, material) for key, counted in material.grounds.items()}
    positions, beyond = [], []
    for old in base.positions:
        new = fresh.pop((old.party, old.issue), None)
        if new is None:
            positions.append(old)
        elif _crosses(old, new):
            positions.append(old)
            beyond.append(f"{old.party}.{old.issue}")
        else:
            positions.append(_kept(old, new))
    message = "the claims place the party beyond its own red line in the scenario: the position was left as it is"
    gaps = (Gap(what="position", where=tuple(beyond), message=message),) if beyond else ()
    return (*positions, *fresh.values()), gaps


def _position(key: Key, counted: Sequence[Counted], material: Material) -> Position:
    points = [each.coding.position for each in counted if each.coding.position is not None]
    pool = pooled(points, [each.weight for each in counted])
    return Position(
        party=key[0],
        issue=key[1],
        position=dataclasses.replace(pool, grounds=tuple(each.coding.id for each in counted)),
        salience=UNJUDGED_SHARE,
        conditions=material.conditions.get(key, ()),
    )


def _crosses(old: Position, new: Position) -> bool:
    line = old.red_line
    if line is None:
        return False
    low = line.at_least.mode if line.at_least else 0.0
    high = line.at_most.mode if line.at_most else 100.0
    return not low <= new.position.mode <= high


def _kept(old: Position, new: Position) -> Position:
    """A position renewed: all that was judged of it stays, and so do its conditions."""
    held = {condition.only_if for condition in old.conditions}
    added = tuple(condition for condition in new.conditions if condition.only_if not in held)
    return dataclasses.replace(old, position=new.position, basis="stated", conditions=(*old.conditions, *added))


def _asking(scenario: Scenario, *, unasked: bool) -> tuple[Gap, ...]:
    gaps = []
    if scenario.question.text == UNASKED:
        gaps.append(Gap(what="question", where=(), message="say what is asked, with --question or in the file"))
    if unasked:
        message = "say which party asks, with --asked-by or in the file; the first of the codebook stands in its place"
        gaps.append(Gap(what="asked_by", where=(scenario.question.asked_by,), message=message))
    return tuple(gaps)


def _gaps(scenario: Scenario) -> tuple[Gap, ...]:
    """What nobody has judged."""
    stand = {position.party for position in scenario.positions}
    keys = {f"{each.party}.{each.issue}": each for each in scenario.positions}
    widest = "the widest range stands in its place, the same for all"
    found = (
        ("capability", [each.id for each in scenario.parties if each.capability == UNJUDGED_CAPABILITY], widest),
        ("salience", [key for key, each in keys.items() if each.salience == UNJUDGED_SHARE], widest),
        (
            "positions",
            [each.id for each in scenario.parties if each.id not in stand],
            "no claim places the party anywhere",
        ),
        (
            "no_agreement",
            [each.id for each in scenario.parties if each.no_agreement is None],
            "its value of no agreement",
        ),
        (
            "red_line",
            [key for key, each in keys.items() if each.red_line is None],
            "beyond which no agreement is better",
        ),
        ("flexibility", [key for key, each in keys.items() if each.flexibility is None], "how readily it would move"),
        ("discount", _impatient(scenario), "its patience, in the section clock"),
    )
    gaps = [Gap(what=what, where=tuple(where), message=message) for what, where, message in found if where]
    sections = ("clock", "decision_rule", "levers", "approaches", "outcomes", "war", "terms", "conflict")
    gaps += [
        Gap(what=name, where=(), message="the section is not there; engines that need it do not run")
        for name in sections
        if not getattr(scenario, name)
    ]
    return tuple(gaps)


def _impatient(scenario: Scenario) -> list[str]:
    told = set() if scenario.clock is None else {each.party for each in scenario.clock.discounts}
    return [party.id for party in scenario.parties if party.id not in told]


def _open(forecasts: Sequence[Forecast]) -> tuple[Gap, ...]:
    """What the predictions lack."""
    messages = {
        "criterion": "what a stranger would have to look up to see whether the forecast came true",
        "probability": "its wording conveys none: the widest range, 0 to 1, stands in its place",
        "horizon": "it names no time",
    }
    gaps = [
        Gap(what=what, where=tuple(each.prediction.id for each in forecasts if what in each.missing), message=message)
        for what, message in messages.items()
    ]
    return tuple(gap for gap in gaps if gap.where)
