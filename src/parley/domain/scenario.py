"""The scenario: everything that is known and judged about a negotiation. `Scenario` is the main name."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

from parley.domain.approach import Approach
from parley.domain.checks import problems_in
from parley.domain.clock import Clock
from parley.domain.conflict import Conflict
from parley.domain.estimate import Words
from parley.domain.issue import Issue
from parley.domain.lever import Lever
from parley.domain.outcome import DecisionRule, Link, Outcome
from parley.domain.party import Party, PartyId
from parley.domain.payoffs import StatedPayoff
from parley.domain.position import Position
from parley.domain.prediction import OpinionSeries, Prediction
from parley.domain.source import Fact, Judgement, Source
from parley.domain.statement import Claim
from parley.domain.terms import Tactic, Terms
from parley.domain.war import War
from parley.errors import ScenarioError

__all__ = ["Question", "Scenario"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and for whom.

    Attributes
    ----------
    text : the question
    asked_by : id of the party whose approaches are compared
    """

    text: Words
    asked_by: PartyId


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A negotiation as one file holds it; every section but the first seven may be absent.

    Attributes
    ----------
    schema : the version of this format
    title : title of the briefing
    question : what is asked, and by whom
    as_of : the day on which all this is known; nothing later may be used
    sources : what facts are taken from
    facts : what the sources say, in our words
    parties : who wants something
    issues : what must be settled
    positions : who wants what
    payoffs : what packages are worth to whom, stated number by number in place of positions
    claims : statements coded on issues
    judgements : what an analyst holds, with the reason
    levers : means of pressure and inducement
    clock : steps, horizon, patience, deadlines
    decision_rule : who must agree
    war : the war that goes on during the talks
    terms : what a truce would say
    tactics : beliefs about how each side negotiates
    conflict : options and preferences for the graph model
    links : what combinations of issues are worth
    opinion : measured opinion
    approaches : what the parties could do
    outcomes : the ladder from no deal to a lasting peace
    predictions : what named people forecast

    Raises
    ------
    ScenarioError
        With every problem that was found: unknown references, numbers off their range, expressions that cannot be
        read, circles.
    """

    schema: Literal["parley/scenario/1"] = "parley/scenario/1"
    title: Words
    question: Question
    as_of: datetime.date
    parties: tuple[Party, ...]
    issues: tuple[Issue, ...]
    positions: tuple[Position, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()
    claims: tuple[Claim, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    levers: tuple[Lever, ...] = ()
    clock: Clock | None = None
    decision_rule: DecisionRule | None = None
    war: War | None = None
    terms: Terms | None = None
    tactics: tuple[Tactic, ...] = ()
    conflict: Conflict | None = None
    links: tuple[Link, ...] = ()
    payoffs: tuple[StatedPayoff, ...] = ()
    opinion: tuple[OpinionSeries, ...] = ()
    approaches: tuple[Approach, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    predictions: tuple[Prediction, ...] = ()

    def __post_init__(self) -> None:
        problems = problems_in(Scenario, self)
        if problems:
            raise ScenarioError(problems)

    def __hash__(self) -> int:
        """Hash a few fields only, so that a cache which holds the scenario itself stays cheap."""
        return hash((self.title, self.as_of, self.party_ids, self.issue_ids))

    @property
    def digest(self) -> str:
        """SHA-256 of the whole content in a canonical form, in hexadecimal; comments and order of keys do not enter."""
        return _digest(self)

    @property
    def party_ids(self) -> tuple[str, ...]:
        """Ids of the parties, in order."""
        return tuple(party.id for party in self.parties)

    @property
    def issue_ids(self) -> tuple[str, ...]:
        """Ids of the issues, in order."""
        return tuple(issue.id for issue in self.issues)

    def party(self, party_id: str) -> Party:
        """The party of this id; KeyError if there is none."""
        return {party.id: party for party in self.parties}[party_id]

    def issue(self, issue_id: str) -> Issue:
        """The issue of this id; KeyError if there is none."""
        return {issue.id: issue for issue in self.issues}[issue_id]


@functools.lru_cache(maxsize=64)
def _digest(scenario: Scenario) -> str:
    text = json.dumps(_canonical(dataclasses.asdict(scenario)), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: Any) -> Any:
    """Plain data in which equal numbers look the same, 30 and 30.0."""
    match value:
        case dict():
            return {key: _canonical(part) for key, part in value.items()}
        case list() | tuple():
            return [_canonical(part) for part in value]
        case int() if not isinstance(value, bool):
            return float(value)
        case datetime.date():
            return value.isoformat()
        case _:
            return value
