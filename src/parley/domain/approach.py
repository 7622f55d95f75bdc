"""What one party could do about the talks: an `Approach`, a named what-if."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from parley.domain.conflict import Choice
from parley.domain.estimate import Ground, NonNegative, Point, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Defines, Refers
from parley.domain.party import PartyId
from parley.errors import ScenarioError, repeats

__all__ = ["Approach", "Move"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A new position of the party whose approach it is.

    Attributes
    ----------
    issue : id of the issue
    to : the point that it would ask for
    """

    issue: IssueId
    to: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """One way for a party to go about the talks.

    Attributes
    ----------
    id : short name, such as `press_russia`
    name : its name in a table
    by : id of the party that takes it
    words : what would be done
    extends : id of an approach whose parts it takes over
    pulls : ids of the levers that it pulls
    takes : options that it takes or leaves, and holds
    moves : positions that it moves
    wait : steps that it lets pass before the first offer
    grounds : facts that speak of it
    """

    id: Annotated[str, Defines("approach")]
    name: Words
    by: PartyId
    words: Words
    extends: Annotated[str, Refers("approach")] | None = None
    pulls: tuple[Annotated[str, Refers("lever")], ...] = ()
    takes: tuple[Choice, ...] = ()
    moves: tuple[Move, ...] = ()
    wait: NonNegative | None = None
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        problems = repeats("takes", [choice.option for choice in self.takes], "choice on")
        problems += repeats("moves", [move.issue for move in self.moves], "move on")
        if problems:
            raise ScenarioError(problems)
