"""Which orders of preference statements would make a wished-for state an equilibrium.

`nearest_statement_orders` is the main name. A decision maker that ranks states by option prioritisation may come to see
things otherwise without wanting anything new: it puts another statement first.
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
from parley.methods.graph import Concept, Moves
from parley.methods.graph_inverse import Impossible, Wish
from parley.methods.option_form import OptionMoves, option_prioritisation

__all__ = ["StatementChange", "nearest_statement_orders"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StatementChange:
    """Orders of the preference statements under which the state is an equilibrium, as near as possible to those given.

    Attributes
    ----------
    orders : by decision maker, the old positions of its statements, in their new order
    moved : by decision maker, how many statements must be taken out and put in elsewhere
    rank : the ranks that follow, shape (decision maker, state)
    """

    orders: tuple[tuple[int, ...], ...]
    moved: tuple[int, ...]
    rank: NDArray[np.int32]


def nearest_statement_orders(
    moves: Moves | OptionMoves,
    truth: Sequence[NDArray[np.bool_]],
    wished: int,
    concept: Concept | Literal["SIM"],
    *,
    willing: Collection[int] | None = None,
    max_searched: int = 200_000,
) -> StatementChange | Impossible:
    """Find the orders of preference statements nearest to those given that make a state an equilibrium.

    The distance is the number of statements that are moved: taken out and put in at another place, the others
    keeping their order among themselves (the distance of Ulam). The sum over decision makers is the smallest.

    Parameters
    ----------
    moves : reachable lists by decision maker and state, or moves told by options: only these say what SIM means
    truth : for each decision maker, which of its statements hold, most important first, shape (state, statement)
    wished : the state that is to be an equilibrium
    concept : the stability that is meant
    willing : the decision makers whose statements may be put in another order; all of them unless given
    max_searched : give up after looking at this many orders, or combinations of orders

    Returns
    -------
    The change, or why there is none. `Impossible.unmet` rests on dominance: a state in which all statements hold that
    hold in another, and more, is preferred to it in any order.

    Raises
    ------
    EngineError
        If the search has looked at `max_searched` orders without an end, or SIM is asked of moves that no options tell.

    Source
    ------
    Ours; the distance is that of [Ulam1972]_.
    """
    ready = frozenset(range(len(truth)) if willing is None else willing)
    rank = np.array([option_prioritisation(each) for each in truth], dtype=np.int64)
    wish = Wish.of(moves, rank, wished, concept)
    hopeless = wish.hopeless(ready, [_dominating(each, wished) for each in truth])
    if hopeless:
        return Impossible(unmet=hopeless, searched=0)
    chosen: list[Entry] = [(0, tuple(range(each.shape[1])), row) for each, row in zip(truth, rank, strict=True)]
    searched = 0
    for focal in wish.settled_together():
        lists = [_Orders(truth[i], reorder=i in ready) for i in focal]
        for number, entries in enumerate(_cheapest_first(lists, max_searched), start=searched + 1):
            searched, profile = number, rank.copy()
            profile[focal] = [row for _, _, row in entries]
            if wish.violation(profile, focal) is None:
                for i, entry in zip(focal, entries, strict=True):
                    chosen[i] = entry
                break
        else:
            return Impossible(unmet=(), searched=searched)
    return StatementChange(
        orders=tuple(order for _, order, _ in chosen),
        moved=tuple(moved for moved, _, _ in chosen),
        rank=np.array([row for _, _, row in chosen], dtype=np.int32),
    )


def _dominating(truth: NDArray[np.bool_], state: int) -> frozenset[int]:
    """States in which all statements hold that hold in one state, and more."""
    more = (truth >= truth[state]).all(axis=1) & (truth > truth[state]).any(axis=1)
    return frozenset(np.flatnonzero(more).tolist())


Entry = tuple[int, tuple[int, ...], NDArray[np.integer]]
"""How many statements are moved, the order, and the ranking that follows."""


class _Orders:
    """The orders of some statements, nearest first; of several that lead to one ranking, only the nearest."""

    def __init__(self, truth: NDArray[np.bool_], *, reorder: bool) -> None:
        self.found: list[Entry] = []
        self.looked_at = 0
        self._more = self._each(truth, reorder=reorder)
        self._known: set[bytes] = set()

    def reaches(self, place: int, limit: int) -> bool:
        """Look for the entry at a place; False if there are not that many."""
        while len(self.found) <= place:
            following = next(self._more, None)
            if following is None:
                return False
            self.looked_at += 1
            if self.looked_at > limit:
                raise EngineError(f"the search for the nearest order of statements did not end within {limit:,} orders")
            key = following[2].tobytes()
            if key not in self._known:
                self._known.add(key)
                self.found.append(following)
        return True

    @staticmethod
    def _each(truth: NDArray[np.bool_], *, reorder: bool) -> Iterator[Entry]:
        level = [tuple(range(truth.shape[1]))]
        seen = set(level)
        for moved in itertools.count():
            for order in level:
                yield moved, order, option_prioritisation(truth[:, list(order)])
            level = sorted({other for order in level for other in _one_moved(order)} - seen) if reorder else []
            seen.update(level)
            if not level:
                return


def _one_moved(order: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    for place, each in enumerate(order):
        rest = order[:place] + order[place + 1 :]
        for target in range(len(order)):
            yield (*rest[:target], each, *rest[target:])


def _cheapest_first(lists: Sequence[_Orders], limit: int) -> Iterator[list[Entry]]:
    """Go through the combinations of the lists' entries, least sum of moved statements first."""
    first = (0,) * len(lists)
    waiting, seen = [(0, first)] if all(each.reaches(0, limit) for each in lists) else [], {first}
    for _ in range(limit):
        if not waiting:
            return
        cost, places = heapq.heappop(waiting)
        yield [each.found[place] for each, place in zip(lists, places, strict=True)]
        for k, each in enumerate(lists):
            further = (*places[:k], places[k] + 1, *places[k + 1 :])
            if further not in seen and each.reaches(places[k] + 1, limit):
                seen.add(further)
                step = each.found[places[k] + 1][0] - each.found[places[k]][0]
                heapq.heappush(waiting, (cost + step, further))
    raise EngineError(f"the search for the nearest orders of statements did not end within {limit:,} combinations")
