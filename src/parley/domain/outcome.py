"""The ladder of outcomes (`Outcome`), links between issues (`Link`) and the rule of decision (`DecisionRule`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from parley.domain.estimate import Estimate, Ground, NonNegative, Point, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Defines, Expresses, Within
from parley.domain.party import PartyId

__all__ = ["DecisionRule", "Link", "Outcome", "ReferencePoint", "Votes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A rung of the ladder from no deal to a lasting peace.

    A settlement is the last listed outcome whose region holds; no agreement is the outcome without a region.

    Attributes
    ----------
    id : short name, such as `truce`
    name : its name in a table
    words : what it means
    region : an expression over issues that holds for the settlements that count; absent: no agreement
    grounds : facts that speak of it
    """

    id: Annotated[str, Defines("outcome")]
    name: Words
    words: Words
    region: Annotated[str, Expresses("issues")] | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a combination of issues is worth to a party beyond the issues one by one; also a side payment.

    Attributes
    ----------
    id : short name
    words : the link in words
    party : id of the party that gains
    when : an expression over issues; the link counts where it holds
    worth : what it is worth to the party, -1..1 on the common yardstick
    paid_by : id of the party that pays the same amount; absent: nobody
    grounds : facts that speak of it
    """

    id: Annotated[str, Defines("link")]
    words: Words
    party: PartyId
    when: Annotated[str, Expresses("issues")]
    worth: Annotated[Estimate, Within(-1, 1)]
    paid_by: PartyId | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """A party's votes.

    Attributes
    ----------
    party : id of the party
    votes : its votes, >= 0
    """

    party: PartyId
    votes: NonNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePoint:
    """What holds on an issue when nothing is decided.

    Attributes
    ----------
    issue : id of the issue
    at : the point
    """

    issue: IssueId
    at: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRule:
    """Who must agree.

    Attributes
    ----------
    words : the rule in words
    unanimity : ids of the parties that must all agree
    votes : votes of the parties, where there is voting
    threshold : share of the votes that decides, 0..1
    reference_points : what holds when nothing is decided
    grounds : what the rule rests on
    """

    words: Words
    unanimity: tuple[PartyId, ...] = ()
    votes: tuple[Votes, ...] = ()
    threshold: Annotated[float, Within(0, 1)] | None = None
    reference_points: tuple[ReferencePoint, ...] = ()
    grounds: tuple[Ground, ...] = ()
