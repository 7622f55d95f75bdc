"""The ranking nearest to a given one that meets demands on pairs of states. `nearest_ranking` is the main name.

Rankings are told apart by the distance of Kemeny and Snell, counted in half swaps: 2 for each pair whose order is
reversed, 1 for each tie that is broken or made. Without ties that is twice Kendall's tau distance, the number of
swaps of neighbours that lead from one ranking to the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError

__all__ = ["Demand", "Work", "half_swaps", "nearest_ranking"]

Ranks = NDArray[np.integer]

Demand: TypeAlias = tuple[int, int, bool]
"""(x, y, True): x must be preferred to y. (x, y, False): x must be no better than y."""

MOST_TRIES = 10_000_000
"""As many groups of states are tried in a place unless a search says otherwise."""

MAX_BEGINNINGS = 20_000
"""Sets of states that may come to stand before the others, as many as are looked at."""


@dataclass(slots=True)
class Work:
    """What a search may still do, shared by all its parts; a count and no time, so that it always ends alike.

    Attributes
    ----------
    left : groups of states that may still be tried in a place
    """

    left: int

    def spend(self) -> None:
        """Count one try.

        Raises
        ------
        EngineError
            If nothing is left.
        """
        self.left -= 1
        if self.left < 0:
            raise EngineError("the search for the nearest preferences did not end within its limit of work")


def half_swaps(rank: Ranks, other: Ranks) -> int:
    """Count how far apart two rankings of the same states are.

    Parameters
    ----------
    rank, other : arrays, shape (state,)
        1 for the most preferred states, larger for less preferred ones; equal where the two are tied.

    Returns
    -------
    2 for each pair in reversed order and 1 for each that is tied in one ranking only.

    Source
    ------
    The distance between rankings in [KemenySnell1962]_; half of it, without ties, is the tau distance of
    [Kendall1938]_.
    """
    return int(np.abs(_order(rank) - _order(other)).sum()) // 2


def nearest_ranking(
    rank: Ranks, demands: Iterable[Demand], work: Work | None = None
) -> tuple[NDArray[np.int32], int] | None:
    """Find the ranking that meets all demands and is nearest to a given one, making no tie that was not there.

    Demands that some states be no better than one and the same state are met by a recursion over the states above it.
    In general the problem is NP-hard. States of which nothing is demanded keep their order among themselves in some
    nearest ranking; into these the others are put from above, one after another or tied states together. What that
    costs in the least depends on the past only through which have been put and where the last one went. So the work
    grows with the number of states, and exponentially only with the number of those of which something is demanded.

    Parameters
    ----------
    rank : array, shape (state,)
        1 for the most preferred states, larger for less preferred ones; equal where two are tied.
    demands : what must hold
    work : what the search that this is part of may still do; by itself, ten million tries

    Returns
    -------
    The ranking and its distance in half swaps; None where no ranking without new ties meets the demands.

    Raises
    ------
    EngineError
        If the demands are so many and so independent of each other that there are too many ways to begin, or the work
        is used up.

    Source
    ------
    The nearest neighbour of a total among the extensions of a partial order, [BrandenburgGleissnerHofmeier2013]_,
    who show that it is NP-hard to find.
    """
    wanted = frozenset(demands)
    above = {y for _, y, strictly in wanted if not strictly}
    if all(not strictly for _, _, strictly in wanted) and len(above) <= 1:
        return _with_lowered(rank, next(iter(above), 0), {x for x, _, _ in wanted})
    return _Placing(rank, wanted, work or Work(MOST_TRIES)).nearest()


def _order(rank: Ranks) -> NDArray[np.int8]:
    """1 where the row's state is preferred to the column's, 0 where they are tied, -1 where it is the other way."""
    place = np.asarray(rank, dtype=np.int64)
    result: NDArray[np.int8] = np.sign(place[np.newaxis, :] - place[:, np.newaxis]).astype(np.int8)
    return result


def _from_order(order: NDArray[np.int8]) -> NDArray[np.int32]:
    beaten_by = (order < 0).sum(axis=1)
    return (1 + np.unique(beaten_by, return_inverse=True)[1]).astype(np.int32)


def _with_lowered(rank: Ranks, state: int, lowered: set[int]) -> tuple[NDArray[np.int32], int]:
    """Make some states no better than one: put it, then them, below what stays better, all in their old order.

    It can be nearer to put further states below with them. Going down through the better states, the least cost
    depends on the past only through how many have been put below so far.
    """
    place = rank.tolist()
    better = [x for x in range(len(place)) if place[x] < place[state]]
    forced = [x for x in better if x in lowered]
    if not forced:
        return _from_order(_order(rank)), 0
    cheapest: dict[int, tuple[int, frozenset[int]]] = {0: (0, frozenset())}
    for _, group in itertools.groupby(sorted(better, key=lambda x: (place[x], x not in lowered, x)), place.__getitem__):
        tied = list(group)
        least = sum(x in lowered for x in tied)
        following: dict[int, tuple[int, frozenset[int]]] = {}
        for before, (cost, down) in cheapest.items():
            for more in range(least, len(tied) + 1):
                kept = len(tied) - more
                total = cost + 2 * more + 2 * before * kept + more * kept
                if before + more not in following or total < following[before + more][0]:
                    following[before + more] = (total, down.union(tied[:more]))
        cheapest = following
    cost, down = min(cheapest.values(), key=lambda each: each[0])
    key = [(place[x] < place[state] and x not in down, x == state, -place[x]) for x in range(len(place))]
    ranked = {each: number for number, each in enumerate(sorted(set(key), reverse=True), start=1)}
    ties_broken = sum(place[x] == place[state] for x in range(len(place))) - 1
    return np.array([ranked[each] for each in key], dtype=np.int32), cost + ties_broken


class _Placing:
    """States of which something is demanded, to be put among the tiers of the others.

    Slot 2 g is the place before tier g, slot 2 g + 1 the place in it: only for what was in that tier before.
    """

    def __init__(self, rank: Ranks, demands: Iterable[Demand], work: Work) -> None:
        self._work = work
        self._place = rank.tolist()
        wanted = sorted(demands)
        self._placed = sorted({state for x, y, _ in wanted for state in (x, y)}, key=lambda x: (self._place[x], x))
        number = {state: k for k, state in enumerate(self._placed)}
        rest = [x for x in range(len(self._place)) if x not in number]
        by_tier = itertools.groupby(sorted(rest, key=self._place.__getitem__), self._place.__getitem__)
        self._tiers = [list(tier) for _, tier in by_tier]
        self._before = [0] * len(self._placed)  # bits of those that must stand before it
        self._not_after = [0] * len(self._placed)  # bits of those that must stand before it or be tied with it
        for x, y, strictly in wanted:
            if strictly:
                self._before[number[y]] |= 1 << number[x]
            else:
                self._not_after[number[x]] |= 1 << number[y]
        self._keep_the_order_of_likes()
        self._cost = np.array([self._cost_by_slot(x) for x in self._placed])
        self._between = 1 - _order(np.array([self._place[x] for x in self._placed])).astype(np.int64)

    def _keep_the_order_of_likes(self) -> None:
        """Without ties, the better of two stays first where what binds it binds the other, and no less depends on it.

        Else the two could change places, which would be nearer and meet the demands as well.
        """
        if len(set(self._place)) < len(self._place):
            return
        earlier = [before | other for before, other in zip(self._before, self._not_after, strict=True)]
        later = [sum(1 << y for y, bits in enumerate(earlier) if bits >> x & 1) for x in range(len(earlier))]
        for x, y in itertools.combinations(range(len(earlier)), 2):
            if not earlier[x] & ~earlier[y] and not later[y] & ~later[x]:
                self._before[y] |= 1 << x

    def _cost_by_slot(self, x: int) -> NDArray[np.float64]:
        tier = np.arange(len(self._tiers))
        was = np.sign([self._place[each[0]] - self._place[x] for each in self._tiers]).astype(np.int64)
        now = np.sign(2 * tier[:, np.newaxis] + 1 - np.arange(2 * tier.size + 1))
        sizes = np.array([len(each) for each in self._tiers], dtype=np.float64)
        cost: NDArray[np.float64] = sizes @ np.abs(now - was[:, np.newaxis])
        cost[2 * tier[was != 0] + 1] = np.inf
        return cost

    def nearest(self) -> tuple[NDArray[np.int32], int] | None:
        """Put block after block; `best` has for each set of placed states and slot of the last the least cost."""
        slots = self._cost.shape[1]
        best = {0: np.where(np.arange(slots) == 0, 0.0, np.inf)}
        came: dict[int, list[tuple[int, int, int] | None]] = {0: [None] * slots}
        for many in range(len(self._placed)):
            for done in [each for each in best if each.bit_count() == many]:
                self._go_on(done, best, came)
            if len(best) > MAX_BEGINNINGS:
                raise EngineError(f"there are too many demands to rank {len(self._placed)} states anew")
        everything = (1 << len(self._placed)) - 1
        if everything not in best or not np.isfinite(best[everything]).any():
            return None
        last = int(np.argmin(best[everything]))
        return self._ranking(everything, last, came), int(best[everything][last])

    def _go_on(
        self, done: int, best: dict[int, NDArray[np.float64]], came: dict[int, list[tuple[int, int, int] | None]]
    ) -> None:
        cost = best[done]
        least = np.minimum.accumulate(cost)
        where = np.maximum.accumulate(np.where(cost == least, np.arange(cost.size), 0))
        # two blocks in one tier would be tied: there the one before must stand further up
        least[1::2], where[1::2] = least[:-1:2], where[:-1:2]
        for block in self._blocks(done):
            members = [k for k in range(len(self._placed)) if block >> k & 1]
            above = [k for k in range(len(self._placed)) if done >> k & 1]
            total = least + self._cost[members].sum(axis=0) + self._between[np.ix_(above, members)].sum()
            following = done | block
            if following not in best:
                best[following] = np.full(cost.size, np.inf)
                came[following] = [None] * cost.size
            for slot in np.flatnonzero(total < best[following]).tolist():
                best[following][slot] = total[slot]
                came[following][slot] = (done, block, int(where[slot]))

    def _blocks(self, done: int) -> Iterator[int]:
        """What may come next: states that were tied with each other, after all that must come before them."""
        left = [k for k in range(len(self._placed)) if not done >> k & 1]
        for _, tied in itertools.groupby(left, key=lambda k: self._place[self._placed[k]]):
            ready = [k for k in tied if not self._before[k] & ~done]
            for size in range(1, len(ready) + 1):
                for chosen in itertools.combinations(ready, size):
                    self._work.spend()
                    block = sum(1 << k for k in chosen)
                    if all(not self._not_after[k] & ~(done | block) for k in chosen):
                        yield block

    def _ranking(self, done: int, slot: int, came: dict[int, list[tuple[int, int, int] | None]]) -> NDArray[np.int32]:
        at: dict[int, list[list[int]]] = {}
        while done:
            step = came[done][slot]
            assert step is not None
            at.setdefault(slot, []).insert(0, [x for k, x in enumerate(self._placed) if step[1] >> k & 1])
            done, slot = step[0], step[2]
        tiers: list[list[int]] = []
        for slot in range(2 * len(self._tiers) + 1):
            blocks = at.get(slot, [])
            tiers += [self._tiers[slot // 2] + sum(blocks, [])] if slot % 2 else blocks
        result = np.empty(len(self._place), dtype=np.int32)
        for number, tier in enumerate(tiers, start=1):
            result[tier] = number
        return result
