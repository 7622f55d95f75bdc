"""What each side can do, for the graph model for conflict resolution. `Conflict` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Ground, NonNegative, Point, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Defines, Expresses, Refers
from parley.domain.party import PartyId

__all__ = [
    "Attitude",
    "Belief",
    "Choice",
    "Conflict",
    "DrawnMove",
    "Infeasible",
    "Meaning",
    "Option",
    "OptionId",
    "Perception",
    "Preference",
    "PreferenceStatement",
    "State",
    "StateId",
    "WishId",
]

OptionId = Annotated[str, Refers("option")]
StateId = Annotated[str, Refers("state")]
WishId = Annotated[str, Refers("wish")]


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
class State:
    """A state of the conflict that the scenario names, where combinations of options alone cannot say what there is.

    Attributes
    ----------
    id : short name, such as `s1`
    name : its name in a table; by default the options taken in it
    when : an expression over options; all feasible combinations for which it holds are this one state. Where no state
        has one, the states are drawn, and `moves` says who can go where
    words : what it is like
    """

    id: Annotated[str, Defines("state")]
    name: Words = ""
    when: Annotated[str, Expresses("options")] | None = None
    words: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnMove:
    """Where a decision maker can go in one move from one state.

    Attributes
    ----------
    party : id of the party that moves
    leaves : id of the state that it leaves
    reaches : ids of the states that it can reach, each by one move
    grounds : what that rests on
    """

    party: PartyId
    leaves: StateId
    reaches: tuple[StateId, ...]
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferenceStatement:
    """One of a decision maker's wishes, in the language of option prioritisation.

    Attributes
    ----------
    says : an expression over options, and over states where the scenario names them, that the decision maker would
        have true
    words : the wish in words
    importance : how much it matters beside the party's other statements, >= 0; in each draw the statements are taken
        in the order
        of their sampled importance, largest first; where absent, in the order listed, after those that have one
    unknown : whether it is not known if the party would have it true, or false, or does not care
    strongly : whether it matters much: a state is much better than another where this statement, or one that is more
        important, decides between them
    id : short name, where a lever speaks of the wish
    grounds : facts, claims and judgements that it rests on
    """

    says: Annotated[str, Expresses("states")]
    words: Words = ""
    importance: NonNegative | None = None
    unknown: bool = False
    strongly: bool = False
    id: Annotated[str, Defines("wish")] | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """A decision maker's statements, most important first, or its ranking of the states.

    Attributes
    ----------
    party : id of the party
    statements : its wishes
    counts : `in_order`: a wish outweighs all those after it together; `by_weight`: the importances of the wishes that
        come true are added up, and each wish needs one
    ranking : in place of statements, the states that the scenario names: groups of states that the party likes
        equally well, best first
    much_worse_from : states of the ranking that are much worse than all that stands above their group, and so is
        everything below them
    unknown : groups of states that the scenario names; of no two of a group is it known which one the party prefers
    grounds : what the ranking rests on
    """

    party: PartyId
    statements: tuple[PreferenceStatement, ...] = ()
    counts: Literal["in_order", "by_weight"] = "in_order"
    ranking: tuple[tuple[StateId, ...], ...] = ()
    much_worse_from: tuple[StateId, ...] = ()
    unknown: tuple[tuple[StateId, ...], ...] = ()
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attitude:
    """How a decision maker takes it if another one gets what that one prefers.

    Attributes
    ----------
    party : id of the party that has the attitude
    towards : id of the party towards whom, maybe itself
    attitude : `positive`: it moves only where that one prefers to be; `negative`: only where that one would rather not
        be; `neutral`: it does not care. Where nothing is said, it is positive towards itself and neutral towards others
    grounds : facts, claims and judgements that it rests on
    """

    party: PartyId
    towards: PartyId
    attitude: Literal["positive", "neutral", "negative"]
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What somebody takes a decision maker to prefer, right or wrong.

    Attributes
    ----------
    party : id of the party whose preferences are meant
    wants : expressions over options, and over states where the scenario names them, that the party is taken to want
        true, most important first
    ranking : in place of these, groups of the states that the scenario names, best first
    """

    party: PartyId
    wants: tuple[Annotated[str, Expresses("states")], ...] = ()
    ranking: tuple[tuple[StateId, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Perception:
    """Where a decision maker sees another conflict than there is.

    Attributes
    ----------
    party : id of the party that sees it so
    believes : what it takes others to prefer, where that differs from what they do
    unseen : an expression over options, and over states where the scenario names them; states where it holds are
        unknown to the party, and so are the moves to and from them
    unseen_moves : moves between named states that it takes for impossible
    grounds : facts, claims and judgements that it rests on
    """

    party: PartyId
    believes: tuple[Belief, ...] = ()
    unseen: Annotated[str, Expresses("states")] | None = None
    unseen_moves: tuple[DrawnMove, ...] = ()
    grounds: tuple[Ground, ...] = ()


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
    preferences : each decision maker's statements or ranking
    infeasible : combinations that cannot occur
    states : the states, where the scenario names its own; otherwise each feasible combination of options is one
    moves : who can go from where to where, where that is drawn; otherwise it follows from the options
    status_quo : id of the state that holds now; otherwise what the options say `initially`
    agreement : an expression over options, and over states where the scenario names them, that holds in the states
        that count as agreement
    held : options that an approach holds taken or left
    attitudes : who cares about what others prefer; by default nobody
    perceptions : who sees another conflict than there is; by default nobody
    grounds : what the choice of options rests on
    """

    options: tuple[Option, ...] = ()
    preferences: tuple[Preference, ...] = ()
    infeasible: tuple[Infeasible, ...] = ()
    states: tuple[State, ...] = ()
    moves: tuple[DrawnMove, ...] = ()
    status_quo: StateId | None = None
    agreement: Annotated[str, Expresses("states")] | None = None
    held: tuple[Choice, ...] = ()
    attitudes: tuple[Attitude, ...] = ()
    perceptions: tuple[Perception, ...] = ()
    grounds: tuple[Ground, ...] = ()
