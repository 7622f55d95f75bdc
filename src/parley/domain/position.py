"""What a party wants on an issue. `Position` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Ground, Point, Share, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Expresses
from parley.domain.party import PartyId
from parley.errors import Problem, ScenarioError

__all__ = ["Condition", "Position", "RedLine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedLine:
    """The bounds beyond which no agreement is better for the party than this one.

    Attributes
    ----------
    at_least : the lowest point that the party can accept
    at_most : the highest point that the party can accept

    Raises
    ------
    ScenarioError
        If neither bound is given, or the lower is above the upper.
    """

    at_least: Point | None = None
    at_most: Point | None = None

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise ScenarioError([Problem(message="a red line needs a bound", hint="give at_least, at_most or both")])
        if self.at_least and self.at_most and self.at_least.mode > self.at_most.mode:
            raise ScenarioError([Problem(message="at_least is above at_most", hint="no settlement could satisfy both")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A "yes, but only if …" that hangs on a position.

    Attributes
    ----------
    words : the condition in words
    only_if : an expression over other issues that must hold for the position to stand
    otherwise : where the party stands when it does not hold; absent: it then accepts no agreement on this issue
    grounds : facts, claims and judgements that it rests on
    """

    words: Words
    only_if: Annotated[str, Expresses("issues")]
    otherwise: Point | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a party stands on an issue.

    Attributes
    ----------
    party : id of the party
    issue : id of the issue
    position : the point it asks for
    basis : `stated` when the party said so itself (the position's grounds say where), `assumed` when an analyst
        infers it
    salience : how much it cares about the issue, 0..1
    flexibility : how readily it would move, 0 (not at all) .. 1
    interest : the interest behind the position, in words
    red_line : beyond it no agreement is better
    conditions : what the position depends on
    """

    party: PartyId
    issue: IssueId
    position: Point
    salience: Share
    basis: Literal["stated", "assumed"] = "stated"
    flexibility: Share | None = None
    interest: Words = ""
    red_line: RedLine | None = None
    conditions: tuple[Condition, ...] = ()
