"""Which changes of preferences would make a wished-for state an equilibrium. `nearest_preferences` is the main name.

The inverse question to `parley.methods.graph`: not where a conflict with these preferences rests, but what would have
to be preferred so that it rests where we wish. Here a change is measured by the pairs of states that are swapped; in
`parley.methods.graph_inverse_statements` by the preference statements that are put in another place.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.graph import Concept, Moves, improvements_on_demand, legally_reached
from parley.methods.option_form import OptionMoves
from parley.methods.rankings import Demand, Work, half_swaps, nearest_ranking

__all__ = [
    "Impossible",
    "PreferenceChange",
    "Violation",
    "Wish",
    "nearest_preferences",
    "who_could_bring_it_about",
]

TRIES_PER_PROFILE = 500
"""How much work a search may do for each profile that it may look at; see `Work`."""

CREDIBLE: Collection[str] = ("SEQ", "SSEQ", "SIM")
NO_ESCAPE: Collection[str] = ("SMR", "SSEQ")

Unmet = tuple[int, int]
"""A decision maker, and an improvement of its own that nobody would sanction."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreferenceChange:
    """Preferences under which the state is an equilibrium, as near as possible to those given.

    Attributes
    ----------
    rank : the new ranks, shape (decision maker, state)
    half_swaps : distance by decision maker: 2 for each pair of states in reversed order, 1 for each tie broken
    """

    rank: NDArray[np.int32]
    half_swaps: tuple[int, ...]

    @property
    def persuaded(self) -> tuple[int, ...]:
        """The decision makers whose preferences change."""
        return tuple(i for i, distance in enumerate(self.half_swaps) if distance)

    def now_preferred(self, before: NDArray[np.integer]) -> list[tuple[int, int, int]]:
        """List what changes: decision maker, the state that it comes to prefer, the state that it prefers it to."""
        old, new = (each[:, :, np.newaxis] < each[:, np.newaxis] for each in (before, self.rank))
        return [(i, x, y) for i, x, y in np.argwhere(new & ~old).tolist()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """That no permitted change makes the state an equilibrium, and why.

    Attributes
    ----------
    unmet : improvements that would remain without sanction even at the best: if everything that those who may change
        could come to prefer suited us at once. Each is a proof by itself.
    searched : how many profiles were looked at; where `unmet` is empty, the proof is that all ways out were tried
    """

    unmet: tuple[Unmet, ...]
    searched: int


def nearest_preferences(
    moves: Moves | OptionMoves,
    rank: NDArray[np.integer],
    wished: int,
    concept: Concept | Literal["SIM"],
    *,
    willing: Collection[int] | None = None,
    max_searched: int = 20_000,
) -> PreferenceChange | Impossible:
    """Find the smallest change of preferences that makes a state an equilibrium.

    Where a preference for x over y is to give way, y comes to be preferred: rankings that make new ties are not
    looked at, for no one can aim at an exact balance. Of several changes that are equally small, one is given.

    Under R, GMR and SMR, a decision maker's stability depends only on which states it prefers to the wished-for one,
    so each is settled by itself. Under SEQ and SIM what the others prefer decides what they would answer, and the
    search is over all together: from the preferences given, best bound first, it takes an improvement that nobody
    sanctions, and branches over all that a solution could have in its place. Either the improvement is none, or a state
    that the others reach already is no better than the wished-for one, or one of them prefers a move that it does not
    prefer now. Every solution agrees with one of the branches, so that the first one found is nearest, and a search
    that ends without one is a proof.

    Parameters
    ----------
    moves : reachable lists by decision maker and state, or moves told by options: only these say what SIM means
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    wished : the state that is to be an equilibrium
    concept : the stability that is meant
    willing : the decision makers whose preferences may change; all of them unless given
    max_searched : give up after looking at this many profiles

    Returns
    -------
    The change, or why there is none.

    Raises
    ------
    EngineError
        If the search has looked at `max_searched` profiles, or done the work of so many, without an end, or SIM is
        asked of moves that no options tell.

    Source
    ------
    The conditions on preferences in [KinsaraKilgourHipel2015]_; to look for the cheapest change,
    [RegoSilvaRodrigues2021]_.
    """
    wish = Wish.of(moves, np.asarray(rank, dtype=np.int64), wished, concept)
    ready = frozenset(range(len(wish.moves)) if willing is None else willing)
    hopeless = wish.hopeless(ready)
    if hopeless:
        return Impossible(unmet=hopeless, searched=0)
    together = wish.settled_together()
    result, searched = np.array(rank, dtype=np.int32), 0
    for focal in together:
        found, looked_at = _search(wish, focal, ready, max_searched - searched)
        searched += looked_at
        if found is None:
            return Impossible(unmet=(), searched=searched)
        for i, row in found.items():
            result[i] = row
    distance = tuple(half_swaps(old, new) for old, new in zip(wish.rank, result, strict=True))
    return PreferenceChange(rank=result, half_swaps=distance)


def who_could_bring_it_about(
    moves: Moves | OptionMoves,
    rank: NDArray[np.integer],
    wished: int,
    concept: Concept | Literal["SIM"],
    *,
    willing: Collection[int] | None = None,
    max_searched: int = 20_000,
) -> tuple[PreferenceChange, ...]:
    """Find each smallest set of decision makers whose change of preferences is enough, with their nearest change.

    Parameters
    ----------
    moves, rank, wished, concept, max_searched : see `nearest_preferences`
    willing : look at sets of these only; of all of them unless given

    Returns
    -------
    A change for each set of which no part would be enough, smaller sets first. Under R, GMR and SMR there is only one
    set: those for whom the state is not stable.
    """
    found: list[PreferenceChange] = []
    everyone = range(len(rank)) if willing is None else sorted(willing)
    for size in range(len(everyone) + 1):
        for group in itertools.combinations(everyone, size):
            if not any(set(each.persuaded) <= set(group) for each in found):
                change = nearest_preferences(moves, rank, wished, concept, willing=group, max_searched=max_searched)
                if isinstance(change, PreferenceChange):
                    found.append(change)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Violation:
    """An improvement that nobody sanctions.

    Attributes
    ----------
    i : who would make it
    improvement : the state that it leads to
    ends : the states that the others could bring about from there
    turns : the states at which they could arrive in between or at the end, each with those who may move next; under
        SIM the wished-for state, from which all move at once
    """

    i: int
    improvement: int
    ends: frozenset[int]
    turns: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A state that is to be an equilibrium.

    Attributes
    ----------
    moves : reachable lists by decision maker and state
    rank : the preferences as they are, shape (decision maker, state)
    wished : the state
    concept : the stability that is meant
    codes : the states as combinations of options; empty where moves are listed
    """

    moves: Moves
    rank: NDArray[np.int64]
    wished: int
    concept: str
    codes: tuple[int, ...] = ()

    @classmethod
    def of(cls, moves: Moves | OptionMoves, rank: NDArray[np.int64], wished: int, concept: str) -> Wish:
        """Make a wish, of moves that are listed or told by options.

        Raises
        ------
        EngineError
            If SIM is asked of listed moves.
        """
        if isinstance(moves, OptionMoves):
            return cls(moves.lists, rank, wished, concept, tuple(moves.codes.tolist()))
        if concept == "SIM":
            raise EngineError("simultaneous stability (SIM) needs moves that are told by options")
        return cls(moves, rank, wished, concept)

    def settled_together(self) -> list[list[int]]:
        """Groups of decision makers whose preferences bear on each other's stability."""
        everyone = range(len(self.moves))
        return [list(everyone)] if self.concept in CREDIBLE else [[i] for i in everyone]

    def violation(self, rank: NDArray[np.int64], focal: Collection[int]) -> Violation | None:
        """Find an improvement from the state that nobody sanctions, by the definitions; None if it is stable."""
        answering = improvements_on_demand(self.moves, rank) if self.concept in CREDIBLE else self.moves
        for i in focal:
            better = frozenset(np.flatnonzero(rank[i] < rank[i, self.wished]).tolist())
            for after in sorted(self.moves[i][self.wished] & better):
                ends = self._ends(answering, i, after)
                if not any(self._deters(i, better, end) for end in ends):
                    return Violation(i, after, ends, self._turns(answering, i, after))
        return None

    def hopeless(
        self, ready: Collection[int], always_better: Sequence[frozenset[int]] | None = None
    ) -> tuple[Unmet, ...]:
        """List improvements without sanction if the ready rank states as suits us, and make any move as an answer.

        A ready decision maker then prefers to the wished-for state no more than what it must: `always_better`.
        """
        answering = [
            self.moves[j] if j in ready or self.concept not in CREDIBLE else improving
            for j, improving in enumerate(improvements_on_demand(self.moves, self.rank))
        ]
        result = []
        for i, place in enumerate(self.rank):
            better = frozenset(np.flatnonzero(place < place[self.wished]).tolist())
            if i in ready:
                better = frozenset() if always_better is None else always_better[i]
            for after in sorted(self.moves[i][self.wished] & better):
                if not any(self._deters(i, better, end) for end in self._ends(answering, i, after)):
                    result.append((i, after))
        return tuple(result)

    def needed(self, i: int, end: int) -> frozenset[int]:
        """States that must be no better than the wished-for one for i to be deterred by an end."""
        return frozenset({end}) | self.moves[i][end] if self.concept in NO_ESCAPE else frozenset({end})

    def _deters(self, i: int, better: frozenset[int], end: int) -> bool:
        return not self.needed(i, end) & better

    def _others(self, i: int) -> list[int]:
        return [j for j in range(len(self.moves)) if j != i]

    def _ends(self, answering: Moves, i: int, after: int) -> frozenset[int]:
        if self.concept == "SIM":
            return self._at_once(answering, i, after)
        return frozenset() if self.concept == "R" else legally_reached(answering, self._others(i), after)

    def _at_once(self, answering: Moves, i: int, after: int) -> frozenset[int]:
        """Where an improvement leads if each of the others stays or moves from the wished-for state by itself."""
        place_of = {code: place for place, code in enumerate(self.codes)}
        here, reached = self.codes[self.wished], {self.codes[after]}
        for j in self._others(i):
            reached |= {code ^ here ^ self.codes[x] for code in reached for x in answering[j][self.wished]}
        return frozenset(place_of[code] for code in reached if code in place_of)

    def _turns(self, answering: Moves, i: int, after: int) -> frozenset[tuple[int, int]]:
        if self.concept == "SIM":
            return frozenset((self.wished, j) for j in self._others(i))
        return _turns(answering, self._others(i), after)


def _turns(answering: Moves, movers: Sequence[int], start: int) -> frozenset[tuple[int, int]]:
    waiting = [(start, mover) for mover in movers]
    found = set(waiting)
    while waiting:
        state, mover = waiting.pop()
        following = {(target, other) for target in answering[mover][state] for other in movers if other != mover}
        waiting.extend(following - found)
        found |= following
    return frozenset(found)


Demands = tuple[frozenset[Demand], ...]


class _Profiles:
    """The profile nearest to the preferences as they are, for demands on each decision maker."""

    def __init__(self, rank: NDArray[np.int64], work: Work) -> None:
        self._rank, self._work = rank, work
        self._known: dict[tuple[int, frozenset[Demand]], tuple[NDArray[np.int32], int] | None] = {}

    def nearest(self, demands: Demands) -> tuple[int, NDArray[np.int64]] | None:
        """The distance in half swaps, and the profile; None where some demands cannot be met."""
        total, rank = 0, self._rank.copy()
        for i, wanted in enumerate(demands):
            found = self._row(i, wanted)
            if found is None:
                return None
            rank[i], total = found[0], total + found[1]
        return total, rank

    def at_least(self, demands: Demands, i: int, wanted: frozenset[Demand]) -> int | None:
        """A bound on the distance where more is demanded of i: as if the new demands were all that is."""
        rows = [self._row(k, wanted if k == i else each) for k, each in enumerate(demands)]
        costs = [row[1] for row in rows if row is not None]
        return sum(costs) if len(costs) == len(rows) else None

    def _row(self, i: int, wanted: frozenset[Demand]) -> tuple[NDArray[np.int32], int] | None:
        if (i, wanted) not in self._known:
            unchanged = self._rank[i].astype(np.int32), 0
            self._known[i, wanted] = nearest_ranking(self._rank[i], wanted, self._work) if wanted else unchanged
        return self._known[i, wanted]


def _search(
    wish: Wish, focal: Collection[int], ready: Collection[int], max_searched: int
) -> tuple[dict[int, NDArray[np.int32]] | None, int]:
    """Meet demand after demand, nearest profile first, until the state is stable for all focal decision makers.

    A profile is made when a bound on its distance has come to be the least that is waiting.
    The new rankings by decision maker, or None if there are none; and how many profiles were looked at.
    """
    work = Work(TRIES_PER_PROFILE * max_searched)
    profiles, number, searched = _Profiles(wish.rank, work), itertools.count(), 0
    nothing: Demands = (frozenset(),) * len(wish.moves)
    waiting: list[tuple[int, int, int, Demands, NDArray[np.int64] | None]] = [(0, 0, next(number), nothing, wish.rank)]
    seen = {nothing}
    while waiting:
        distance, depth, order, demands, rank = heapq.heappop(waiting)
        if rank is None:
            reached = profiles.nearest(demands)
            if reached is not None:
                heapq.heappush(waiting, (reached[0], depth, order, demands, reached[1]))
            continue
        if searched == max_searched:
            raise EngineError(f"the search for the nearest preferences did not end within {max_searched:,} profiles")
        searched += 1
        violation = wish.violation(rank, focal)
        if violation is None:
            return {i: rank[i].astype(np.int32) for i, wanted in enumerate(demands) if wanted}, searched
        for i, wanted in _ways_out(wish, violation, rank, ready):
            more = (*demands[:i], demands[i] | wanted, *demands[i + 1 :])
            least = None if more in seen else profiles.at_least(demands, i, wanted)
            seen.add(more)
            if least is not None:
                heapq.heappush(waiting, (max(distance, least), depth - 1, next(number), more, None))
    return None, searched


def _ways_out(
    wish: Wish, violation: Violation, rank: NDArray[np.int64], ready: Collection[int]
) -> Iterator[tuple[int, frozenset[Demand]]]:
    """Of which at least one must hold in a solution: whose preferences, and what they must meet."""
    i, place = violation.i, rank[violation.i]
    if i in ready:
        groups = [frozenset({violation.improvement}), *(wish.needed(i, end) for end in sorted(violation.ends))]
        for group in groups:
            yield i, frozenset((x, wish.wished, False) for x in group if place[x] < place[wish.wished])
    if wish.concept in CREDIBLE:
        for state, j in sorted(violation.turns):
            for target in sorted(wish.moves[j][state]) if j in ready else ():
                if rank[j, target] >= rank[j, state]:
                    yield j, frozenset({(target, state, True)})
