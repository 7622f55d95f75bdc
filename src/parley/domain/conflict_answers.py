"""What the graph model answers about single states: `Explanation`, `Ways` and `Inverse`.

States, parties and options appear by their ids. Each answer lists the states that it mentions under `states`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Explained",
    "Explanation",
    "Finding",
    "Inverse",
    "NamedState",
    "OrderChange",
    "Preferred",
    "RankingChange",
    "Sanction",
    "Shift",
    "Standing",
    "StateKey",
    "StatementScore",
    "Step",
    "Unmet",
    "Verdict",
    "WayTo",
    "Ways",
]

StateKey = int | str
"""The number of a state, or its id where the scenario names its states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedState:
    """A state and what is done in it.

    Attributes
    ----------
    id : its number or its id
    label : its name, or the names of the options taken in it
    options : by option, whether it is taken; None where the state leaves it open
    agreement : whether it counts as agreement; None where the conflict does not say
    status_quo : whether it holds now
    """

    id: StateKey
    label: str
    options: Mapping[str, bool | None]
    agreement: bool | None
    status_quo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move.

    Attributes
    ----------
    party : who moves
    start : the state that it leaves
    to : the state that it leads to
    change : what the mover makes of it, by its own preference
    """

    party: str
    start: StateKey
    to: StateKey
    change: Literal["better", "same", "worse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """How the others can answer an improvement so that it does not pay.

    Attributes
    ----------
    improvement : the state that the party would move to
    steps : the others' moves from there; under SIM those that each would make from the state that is judged
    end : where that leads
    """

    improvement: StateKey
    steps: tuple[Step, ...]
    end: StateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a party would stay in a state, and what proves it.

    Attributes
    ----------
    concept : the stability that is judged
    stable : whether it would stay
    unanswered : where it would not, its best improvement that nobody answers
    answers : where it would, an answer to each of its improvements; none under R
    """

    concept: str
    stable: bool
    unanswered: StateKey | None
    answers: tuple[Sanction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementScore:
    """One preference statement in one state.

    Attributes
    ----------
    says : the statement
    words : the statement in words; empty where the scenario has none
    holds : whether it scores in the state
    """

    says: str
    words: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one party makes of a state.

    Attributes
    ----------
    party : the decision maker
    rank : 1 for its best states
    ranks : how many ranks it tells apart
    moves : how many states it can move to alone
    improvements : those among them that it prefers
    verdicts : whether it would stay, by concept
    statements : its preference statements, most important first; none where it ranks states directly
    """

    party: str
    rank: int
    ranks: int
    moves: int
    improvements: tuple[StateKey, ...]
    verdicts: tuple[Verdict, ...]
    statements: tuple[StatementScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """Why one state holds, or who would leave it.

    Attributes
    ----------
    state : the state
    equilibrium : the concepts, among those asked for, under which nobody leaves it
    parties : what each decision maker makes of it
    """

    state: StateKey
    equilibrium: tuple[str, ...]
    parties: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why some states hold, or who would leave them.

    Attributes
    ----------
    concepts : the concepts that were judged
    explained : the states that were asked for
    states : every state that is mentioned
    """

    concepts: tuple[str, ...]
    explained: tuple[Explained, ...]
    states: tuple[NamedState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayTo:
    """How one state can be reached from the status quo.

    Attributes
    ----------
    state : the state
    equilibrium : the concepts, among those asked for, under which it is an equilibrium
    moves : least number of moves; None where none lead there
    improvements : least number of moves that each better their mover; None where none lead there
    shortest : paths with the least number of moves
    complete : whether these are all
    willing : a shortest path by moves that each better their mover; None where there is none
    reluctant : else a path with the fewest moves that do not better their mover; None where there is none
    """

    state: StateKey
    equilibrium: tuple[str, ...]
    moves: int | None
    improvements: int | None
    shortest: tuple[tuple[Step, ...], ...]
    complete: bool
    willing: tuple[Step, ...] | None
    reluctant: tuple[Step, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the conflict can go from the status quo.

    Attributes
    ----------
    status_quo : the state that holds now
    concepts : the concepts that were judged
    count : how many states there are
    by_moves : the states that moves can reach, the nearest first
    by_improvements : those that moves can reach which each better their mover
    ways : how the state that was asked for, or each equilibrium, can be reached
    states : every state that is mentioned
    """

    status_quo: StateKey
    concepts: tuple[str, ...]
    count: int
    by_moves: tuple[StateKey, ...]
    by_improvements: tuple[StateKey, ...]
    ways: tuple[WayTo, ...]
    states: tuple[NamedState, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferred:
    """Preferences that are new.

    Attributes
    ----------
    state : the state that the party comes to prefer
    to : the states that it comes to prefer it to
    """

    state: StateKey
    to: tuple[StateKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankingChange:
    """How one party would have to rank states anew.

    Attributes
    ----------
    party : the party
    half_swaps : 2 for each pair of states in reversed order, 1 for each tie broken
    prefers : what it would have to prefer and does not prefer now
    ranking : its new ranking, best first, states that it likes equally well together
    """

    party: str
    half_swaps: int
    prefers: tuple[Preferred, ...]
    ranking: tuple[tuple[StateKey, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A preference statement that is put in another place.

    Attributes
    ----------
    says : the statement
    words : the statement in words; empty where the scenario has none
    before : the statement that comes right after it then; None where it comes last
    before_words : that statement in words
    """

    says: str
    words: str
    before: str | None
    before_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChange:
    """How one party would have to order its preference statements anew.

    Attributes
    ----------
    party : the party
    moved : the statements that it would have to put in another place
    order : its statements in the new order, most important first
    """

    party: str
    moved: tuple[Shift, ...]
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """An improvement that remains without answer, whatever those who are willing come to prefer.

    Attributes
    ----------
    party : who would leave the wished-for state
    improvement : for which state
    """

    party: str
    improvement: StateKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Which change of preferences would make the wished-for state an equilibrium.

    Attributes
    ----------
    outcome : `found`: this is the smallest change, or nothing need change; `impossible`: none will do, which is
        proved; `undecided`: the search was given up, and the change shown, if any, does but may not be the smallest
    size : half swaps, or statements moved; None where no change is shown
    rankings : by party, how it would have to rank anew
    orders : by party, how it would have to order its statements anew
    equilibrium : the concepts under which the wished-for state then is an equilibrium, by the definitions
    unmet : where impossible, improvements that remain without answer, each a proof by itself
    searched : how many rankings or orders of all parties were looked at; where impossible and nothing is unmet, the
        proof is that they were all there are
    """

    outcome: Literal["found", "impossible", "undecided"]
    size: int | None
    rankings: tuple[RankingChange, ...] = ()
    orders: tuple[OrderChange, ...] = ()
    equilibrium: tuple[str, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    searched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Inverse:
    """What would have to change in whose preferences for a state to be an equilibrium.

    Attributes
    ----------
    state : the wished-for state
    concept : the stability that it is to have
    willing : the parties whose preferences may change
    equilibrium : the concepts under which it is an equilibrium already
    swaps : the change with the fewest pairs of states swapped
    statements : the change with the fewest preference statements moved; None where nobody who is willing has any
    parties : for each smallest set of parties that is enough, its change with the fewest pairs swapped
    every_set : whether these are all; else some sets were too much to search
    states : every state that is mentioned
    """

    state: StateKey
    concept: str
    willing: tuple[str, ...]
    equilibrium: tuple[str, ...]
    swaps: Finding
    statements: Finding | None
    parties: tuple[Finding, ...]
    every_set: bool
    states: tuple[NamedState, ...]
