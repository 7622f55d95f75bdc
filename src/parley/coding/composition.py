"""From codings to the draft of a scenario, and a list of what nobody has judged yet. `compose` is the main name.

Every party is treated by the same rules: what it says for itself, and what an article reports as its move, moves its
position; what anybody else says of it does not. Later words take the place of earlier ones; words of one day are
pooled.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parley.coding.conditions import attached
from parley.coding.drafts import Gap, Material, drafted
from parley.coding.forecasts import forecasts
from parley.coding.joining import Counted, joined
from parley.domain.codebook import Codebook
from parley.domain.coding import Coding
from parley.domain.scenario import Scenario
from parley.errors import ScenarioError, UsageError, did_you_mean

__all__ = ["Draft", "Wishes", "compose"]

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the user says of the draft.

    Attributes
    ----------
    question : what is asked; empty: a gap
    asked_by : id of the party that asks; absent: the first, and a gap
    as_of : articles that are later are left out; absent: the day of the latest
    quote : whether the articles' own words go into the scenario
    """

    question: str = ""
    asked_by: str | None = None
    as_of: datetime.date | None = None
    quote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The draft of a scenario.

    Attributes
    ----------
    scenario : the draft; it loads, and what nobody has judged rests on nothing
    gaps : what is missing
    positions : the ids of the claims beneath each position, by party and issue
    superseded : id of each claim that later words replace, and of the later claim
    unexpressed : id of each condition that no expression can hold, and why
    left_out : id of each coding that moves nothing, and why
    """

    scenario: Scenario
    gaps: tuple[Gap, ...]
    positions: Mapping[Key, tuple[str, ...]]
    superseded: Mapping[str, str] = field(default_factory=dict)
    unexpressed: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)


def compose(
    coders: Sequence[Sequence[Coding]],
    codebook: Codebook,
    *,
    into: Scenario | None = None,
    wishes: Wishes | None = None,
) -> Draft:
    """Pool codings into the draft of a scenario.

    Parameters
    ----------
    coders : the codings of each coder, of the same statements
    codebook : issues and parties
    into : a scenario whose positions are to be renewed; None: a new one
    wishes : what the user says of the draft

    Returns
    -------
    the draft

    Raises
    ------
    UsageError
        If no coding tells a position, no article has a date and none is given, or the party that asks does not exist.
    ScenarioError
        If an issue has another scale in the scenario than in the codebook, or a coding names what the codebook lacks.
    """
    asked = wishes or Wishes()
    counted = joined(coders)
    _insist_on_known_names([each.coding for each in counted], codebook, into, asked.asked_by)
    as_of = asked.as_of or (into.as_of if into else None) or _latest(each.coding for each in counted)
    kept, left_out = _until(counted, as_of)
    moving = [each for each in kept if each.coding.moves]
    if not moving:
        raise UsageError("no claim tells where a party stands; look at the claims with: parley review CLAIMS")
    superseded = _superseded([each.coding for each in moving])
    current = [each for each in moving if each.coding.id not in superseded]
    grounds = {
        (party.id, issue.id): found
        for party in codebook.parties
        for issue in codebook.issues
        if (found := tuple(each for each in current if (each.coding.party, each.coding.issue) == (party.id, issue.id)))
    }
    told = attached(grounds, kept, codebook)
    named = forecasts([each.coding for each in kept], codebook, quote=asked.quote)
    material = Material(
        codebook=codebook,
        codings=tuple(each.coding for each in kept),
        grounds=grounds,
        conditions=told.conditions,
        superseded=superseded,
        forecasts=named,
        as_of=as_of,
        quote=asked.quote,
    )
    scenario, gaps = drafted(material, into=into, question=asked.question, asked_by=asked.asked_by)
    return Draft(
        scenario=scenario,
        gaps=gaps,
        positions={key: tuple(each.coding.id for each in claims) for key, claims in grounds.items()},
        superseded=superseded,
        unexpressed=told.unexpressed,
        left_out=left_out | _unmoving([each.coding for each in kept]),
    )


def _insist_on_known_names(
    codings: Sequence[Coding], codebook: Codebook, into: Scenario | None, asked_by: str | None
) -> None:
    parties, issues = [each.id for each in codebook.parties], [each.id for each in codebook.issues]
    problems = [
        f"the claim {coding.id} names {noun} '{name}', which the codebook lacks; {did_you_mean(name, known, noun=noun)}"
        for coding in codings
        for noun, name, known in (("party", coding.party, parties), ("issue", coding.issue, issues))
        if name is not None and name not in known
    ]
    scales = {} if into is None else {issue.id: issue.scale for issue in into.issues}
    problems += [
        f"the issue '{issue.id}' has another scale in the codebook than in the scenario; make them the same"
        for issue in codebook.issues
        if issue.id in scales and (issue.scale.low, issue.scale.high) != (scales[issue.id].low, scales[issue.id].high)
    ]
    if problems:
        raise ScenarioError(problems)
    known = [*parties, *(() if into is None else into.party_ids)]
    if asked_by is not None and asked_by not in known:
        raise UsageError(f"there is no party '{asked_by}'; {did_you_mean(asked_by, known, noun='parties')}")


def _latest(codings: Iterable[Coding]) -> datetime.date:
    days = [coding.source.date for coding in codings if coding.source.date is not None]
    if not days:
        raise UsageError("no article has a date; say with --as-of on which day all this is known")
    return max(days)


def _until(counted: Sequence[Counted], as_of: datetime.date) -> tuple[list[Counted], dict[str, str]]:
    """The codings of articles up to a day, and the reason for each of the others."""
    late = {
        each.coding.id: f"its article of {each.coding.source.date} is later than {as_of}"
        for each in counted
        if each.coding.source.date is not None and each.coding.source.date > as_of
    }
    return [each for each in counted if each.coding.id not in late], late


def _superseded(moving: Sequence[Coding]) -> dict[str, str]:
    """Each coding that later words of the same party on the same issue replace, with the first coding of the last day.

    What has no date cannot be put in order: it counts beside the latest.
    """
    last: dict[tuple[str | None, str | None], tuple[datetime.date, str]] = {}
    for coding in moving:
        key, day = (coding.party, coding.issue), coding.source.date
        if day is not None and (key not in last or day > last[key][0]):
            last[key] = day, coding.id
    return {
        coding.id: last[coding.party, coding.issue][1]
        for coding in moving
        if coding.source.date is not None and coding.source.date < last[coding.party, coding.issue][0]
    }


def _unmoving(codings: Sequence[Coding]) -> dict[str, str]:
    """Why each other coding moves no position."""
    reasons = {}
    for coding in codings:
        if coding.moves or coding.kind == "prediction":
            continue
        if coding.party is None:
            reasons[coding.id] = f"'{coding.holder}' is no party of the codebook"
        elif coding.issue is None:
            reasons[coding.id] = "it is linked to no issue"
        elif coding.voice == "other":
            reasons[coding.id] = f"'{coding.speaker}' says it of {coding.party}, which moves nobody's position"
        else:
            reasons[coding.id] = coding.why.rpartition("; ")[2] or "it names no point"
    return reasons
