"""What each side can do, for the graph model for conflict resolution. `Conflict` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Ground, NonNegative, Point, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Defines, Expresses, Refers
from parley.domain.party import PartyId

__all__ = ["Choice", "Conflict", "Infeasible", "Meaning", "Option", "OptionId", "Preference", "PreferenceStatement"]

OptionId = Annotated[str, Refers("option")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Where an issue stands when an option is taken.

    Attributes
    ----------
    issue : id of the issue
    at : the point
    """

    issue: IssueId
    at: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that a party can do or leave.

    Attributes
    ----------
    id : short name, such as `accept_truce`
    name : its name in a table
    party : id of the party that decides on it, the decision maker
    words : what is done
    initially : whether it is taken in the status quo
    changes : `both_ways`; `stays_taken`: once taken it cannot be dropped; `stays_dropped`: once dropped it cannot be
        taken again
    means : where issues stand when it is taken
    grounds : facts that show the option exists
    """

    id: Annotated[str, Defines("option")]
    name: Words
    party: PartyId
    words: Words
    initially: bool = False
    changes: Literal["both_ways", "stays_taken", "stays_dropped"] = "both_ways"
    means: tuple[Meaning, ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Infeasible:
    """Combinations of options that cannot occur.

    Attributes
    ----------
    when : an expression over options; states where it holds are left out
    words : why they cannot occur
    grounds : what that rests on
    """

    when: Annotated[str, Expresses("options")]
    words: Words = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceStatement:
    """One of a decision maker's wishes, in the language of option prioritisation.

    Attributes
    ----------
    says : an expression over options that the decision maker would have true
    words : the wish in words
    importance : how much it matters beside the party's other statements, >= 0; in each draw the statements are taken
        in the order
        of their sampled importance, largest first; where absent, in the order listed, after those that have one
    grounds : facts, claims and judgements that it rests on
    """

    says: Annotated[str, Expresses("options")]
    words: Words = ""
    importance: NonNegative | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A decision maker's statements, most important first.

    Attributes
    ----------
    party : id of the party
    statements : its wishes
    """

    party: PartyId
    statements: tuple[PreferenceStatement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option that is held taken or left.

    Attributes
    ----------
    option : id of the option
    taken : true for taken, false for left
    """

    option: OptionId
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Options, the combinations of them that can occur, and what each decision maker prefers.

    Attributes
    ----------
    options : what each party can do, in the order that numbers them
    preferences : each decision maker's statements
    infeasible : combinations that cannot occur
    agreement : an expression over options that holds in the states that count as agreement
    held : options that an approach holds taken or left
    grounds : what the choice of options rests on
    """

    options: tuple[Option, ...]
    preferences: tuple[Preference, ...]
    infeasible: tuple[Infeasible, ...] = ()
    agreement: Annotated[str, Expresses("options")] | None = None
    held: tuple[Choice, ...] = ()
    grounds: tuple[Ground, ...] = ()
