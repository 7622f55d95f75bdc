"""The option form of the graph model: states, moves and preferences from what each decision maker can do.

A state says of every option whether it is taken; its code is that vector read as a binary number, the first option
lowest. `reachable_lists` and `option_prioritisation` are the main names; simultaneous stability stands here because
it speaks of options and not of moves alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Moves, improvements

__all__ = [
    "OptionMoves",
    "cells",
    "coalesced_moves",
    "combinations",
    "dense_ranks",
    "many_prioritisations",
    "on_demand",
    "option_prioritisation",
    "ranking_as_statements",
    "reachable_lists",
    "simultaneously_stable",
    "statement_order",
]


EXACT_BITS = 62
"""Scores of so many statements are exact as whole numbers of 64 bits; more are compared as rows."""

LARGE = 4096
"""With more states than this, orders are taken one at a time."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OptionMoves:
    """What moves there are, told by options and without listing them.

    Attributes
    ----------
    codes : the feasible states, shape (state,), rising
    own : for each decision maker, its options as a code
    stays_taken : options that cannot be dropped once they are taken, as a code
    stays_dropped : options that cannot be taken again once they are dropped, as a code
    """

    codes: NDArray[np.int64]
    own: tuple[int, ...]
    stays_taken: int = 0
    stays_dropped: int = 0

    @property
    def lists(self) -> tuple[tuple[frozenset[int], ...], ...]:
        """The moves listed, see `reachable_lists`: for small models."""
        one_way = {"stays_taken": self.stays_taken, "stays_dropped": self.stays_dropped}
        return reachable_lists(self.codes.tolist(), self.own, **one_way)


def combinations(options: int) -> NDArray[np.bool_]:
    """Every way to take or leave a number of options.

    Parameters
    ----------
    options : how many options there are

    Returns
    -------
    array of bool, shape (2 ** options, option)
        Row c is the vector whose code is c.
    """
    codes, result = np.arange(2**options), np.empty((2**options, options), dtype=np.bool_)
    for option in range(options):
        result[:, option] = codes >> option & 1
    return result


def reachable_lists(
    codes: Sequence[int], own: Sequence[int], *, stays_taken: int = 0, stays_dropped: int = 0
) -> tuple[tuple[frozenset[int], ...], ...]:
    """Find where each decision maker can go in one move.

    One move may change several of the mover's options at once; nothing in between needs to be feasible.

    Parameters
    ----------
    codes : the feasible states
    own : for each decision maker, its options as a code
    stays_taken : options that cannot be dropped once they are taken, as a code
    stays_dropped : options that cannot be taken again once they are dropped, as a code

    Returns
    -------
    By decision maker and state, the positions in `codes` of the states that it can move to.

    Source
    ------
    The option form in [FangHipelKilgour1993]_; irreversible moves as common there.
    """
    result = []
    for mine in own:
        alike: dict[int, list[int]] = {}
        for state, code in enumerate(codes):
            alike.setdefault(code & ~mine, []).append(state)
        result.append(
            tuple(
                frozenset(
                    other
                    for other in alike[code & ~mine]
                    if other != state
                    and not code & ~codes[other] & stays_taken
                    and not codes[other] & ~code & stays_dropped
                )
                for state, code in enumerate(codes)
            )
        )
    return tuple(result)


def cells(
    moves: OptionMoves,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]:
    """Lay moves out as cells of states among which a decision maker moves freely, as the compiled twin takes them.

    Returns
    -------
    cell : array, shape (decision maker, state)
        The number of the state's group (what the decision maker cannot change) times two to the power of the number
        of its options that change one way only, plus which of these have changed for good, as a code.
    begin : array, shape (decision maker, cell + 1)
        Where the states of each cell start in `member`; it stops where the next one starts.
    member : array, shape (decision maker, state)
        The states, cell after cell.
    bits : array, shape (decision maker,)
        The number of options that change one way only.
    """
    makers, states = len(moves.own), moves.codes.size
    cell = np.zeros((makers, states), dtype=np.int32)
    member, bits, counts = np.zeros_like(cell), np.zeros(makers, dtype=np.int64), []
    for j, own in enumerate(moves.own):
        one_way = own & (moves.stays_taken ^ moves.stays_dropped)
        frozen = own & moves.stays_taken & moves.stays_dropped
        kept, group = np.unique(moves.codes & ~np.int64(own & ~frozen), return_inverse=True)
        places = [place for place in range(one_way.bit_length()) if one_way >> place & 1]
        bits[j] = len(places)
        cell[j] = group.reshape(-1) << len(places)
        for bit, place in enumerate(places):
            cell[j] |= (((moves.codes ^ moves.stays_dropped) >> place & 1) << bit).astype(np.int32)
        member[j] = np.argsort(cell[j], kind="stable")
        counts.append(kept.size << len(places))
    begin = np.zeros((makers, max(counts, default=0) + 1), dtype=np.int32)
    for j in range(makers):
        begin[j, 1:] = np.cumsum(np.bincount(cell[j], minlength=begin.shape[1] - 1))
    return cell, begin, member, bits


class _ReachedFrom(Sequence[frozenset[int]]):
    """The reachable lists of one decision maker, each made when it is asked for."""

    def __init__(self, cell: NDArray[np.int32], begin: NDArray[np.int32], member: NDArray[np.int32], bits: int) -> None:
        self.cell, self.begin, self.member, self.bits = cell, begin, member, bits

    def __len__(self) -> int:
        return self.cell.size

    @overload
    def __getitem__(self, state: int) -> frozenset[int]: ...

    @overload
    def __getitem__(self, state: slice) -> list[frozenset[int]]: ...

    def __getitem__(self, state: int | slice) -> frozenset[int] | list[frozenset[int]]:
        if isinstance(state, slice):
            return [self[each] for each in range(*state.indices(len(self)))]
        here = int(self.cell[state])
        unchanged = more = ~here & (1 << self.bits) - 1
        found: set[int] = set()
        while True:
            found.update(self.member[self.begin[here | more] : self.begin[(here | more) + 1]].tolist())
            if not more:
                return frozenset(found - {state if state >= 0 else state + len(self)})
            more = (more - 1) & unchanged


def on_demand(moves: OptionMoves) -> Moves:
    """List the moves of a large model only where somebody looks: the same as `OptionMoves.lists`."""
    cell, begin, member, bits = cells(moves)
    return [_ReachedFrom(*each) for each in zip(cell, begin, member, bits.tolist(), strict=True)]


def coalesced_moves(moves: OptionMoves, owner: NDArray[np.integer]) -> tuple[tuple[frozenset[int], ...], ...]:
    """List the moves between states each of which is several combinations of options.

    A decision maker can go from one to another if it can from some combination of the first to some of the second.

    Parameters
    ----------
    moves : the moves between combinations, which take the place of its states
    owner : which state each combination is, shape (combination,), counted from 0

    Returns
    -------
    By decision maker and state, the states that it can move to.
    """
    cell, _, _, bits = cells(moves)
    result = []
    for numbers, one_way in zip(cell, bits.tolist(), strict=True):
        lists: list[set[int]] = [set() for _ in range(int(owner.max()) + 1)]
        pairs = np.unique(np.stack([numbers, owner]), axis=1).T.tolist()
        alike: dict[int, list[tuple[int, int]]] = {}
        for number, state in pairs:
            alike.setdefault(number >> one_way, []).append((number, state))
        for group in alike.values():
            for (before, source), (after, target) in itertools.permutations(group, 2):
                if source != target and not before & ~after:
                    lists[source].add(target)
        result.append(tuple(frozenset(targets) for targets in lists))
    return tuple(result)


def simultaneously_stable(codes: Sequence[int], moves: Moves, rank: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Tell which states are stable for which decision maker when everybody moves at the same time (SIM).

    A state s is stable for i if for each unilateral improvement of i from s the others could each either stay or make
    a unilateral improvement of their own from that same s, such that all these changes together lead to a feasible
    state which i likes no better than s.

    Parameters
    ----------
    codes : the feasible states
    moves : reachable lists by decision maker and state, as `reachable_lists` gives them
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.

    Returns
    -------
    array of bool, shape (decision maker, state)

    Source
    ------
    The simultaneous sanctions of [FraserHipel1984]_.
    """
    improving = improvements(moves, rank)
    place_of = {code: place for place, code in enumerate(codes)}

    def sanctioned(i: int, state: int, after: int) -> bool:
        own = codes[state] ^ codes[after]
        others = [[0, *(codes[state] ^ codes[target] for target in improving[j][state])] for j in rows if j != i]
        together = (place_of.get(codes[state] ^ sum(changes, own)) for changes in itertools.product(*others))
        return any(end is not None and rank[i, end] >= rank[i, state] for end in together)

    rows = range(len(moves))
    result = np.ones(rank.shape, dtype=np.bool_)
    for i, state in itertools.product(rows, range(len(codes))):
        result[i, state] = all(sanctioned(i, state, after) for after in improving[i][state])
    return result


def statement_order(importance: NDArray[np.float64]) -> NDArray[np.intp]:
    """Order preference statements by their importance.

    Parameters
    ----------
    importance : array, shape (..., statement)
        In the order listed; NaN for a statement without an importance of its own.

    Returns
    -------
    array, shape (..., statement)
        Positions of the statements, largest importance first, then those without one; equals keep their listed order.
    """
    return np.argsort(-importance, axis=-1, kind="stable")


def option_prioritisation(truth: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Rank states by preference statements: a statement outweighs all those after it together.

    That is the order of the scores that add 2 ** (k - j) for each true statement j of k; comparing the rows of truth
    values from the left gives the same order, for any number of statements.

    Parameters
    ----------
    truth : array of bool, shape (state, statement)
        Whether each statement, most important first, holds in each state.

    Returns
    -------
    array, shape (state,)
        1 for the most preferred states, 2 for the next, and so on; the same for states in which the same statements
        hold. All 1 where there is no statement: the decision maker is indifferent.

    Source
    ------
    Option prioritising, [FangHipelKilgour1993]_ and the decision support system GMCR II.
    """
    packed = np.packbits(truth, axis=1)
    words = np.zeros((truth.shape[0], max(1, -(-packed.shape[1] // 8)) * 8), dtype=np.uint8)
    words[:, : packed.shape[1]] = ~packed
    # Big-endian words compare like the rows; statements that hold count as 0, so that the best states come first
    columns = words.view(">u8").astype(np.uint64)
    order = np.lexsort(columns.T[::-1])
    sorted_rows = columns[order]
    new = (sorted_rows[1:] != sorted_rows[:-1]).any(axis=1)
    rank = np.empty(truth.shape[0], dtype=np.int32)
    rank[order] = np.cumsum(np.concatenate(([1], new))) if truth.shape[0] else 1
    return rank


def ranking_as_statements(rank: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Write a ranking as statements that lead to it: "one of the best", "one of the best two ranks", and so on.

    Parameters
    ----------
    rank : array, shape (state,)
        1 for the most preferred states, larger for less preferred ones; dense.

    Returns
    -------
    array of bool, shape (state, statement)
        Which statements hold in each state; `option_prioritisation` gives the ranking back, in whatever order they are.
    """
    result: NDArray[np.bool_] = rank[:, np.newaxis] <= np.arange(1, int(rank.max()))
    return result


def many_prioritisations(truth: NDArray[np.bool_], orders: NDArray[np.intp]) -> NDArray[np.int32]:
    """Rank states by preference statements in each of many orders; see `option_prioritisation`.

    Parameters
    ----------
    truth : array of bool, shape (state, statement)
        Whether each statement holds in each state.
    orders : array, shape (order, statement)
        Positions of the statements, most important first.

    Returns
    -------
    array, shape (order, state)
    """
    result = np.empty((orders.shape[0], truth.shape[0]), dtype=np.int32)
    if truth.shape[1] > EXACT_BITS or truth.shape[0] > LARGE:
        for place, order in enumerate(orders):
            result[place] = option_prioritisation(truth[:, order])
        return result
    step = max(1, (1 << 22) // max(1, truth.shape[0]))
    for start in range(0, orders.shape[0], step):
        some = orders[start : start + step]
        falling = np.broadcast_to(1 << np.arange(some.shape[1], dtype=np.int64)[::-1], some.shape)
        power = np.empty(some.shape, dtype=np.int64)
        np.put_along_axis(power, some, falling, axis=1)
        result[start : start + step] = dense_ranks(power @ truth.T.astype(np.int64))
    return result


def dense_ranks(score: NDArray[Any]) -> NDArray[np.int32]:
    """Rank along the last axis: 1 for the largest score, 2 for the next; equal scores have equal ranks."""
    order = np.argsort(-score, axis=-1, kind="stable")
    falling = np.take_along_axis(score, order, axis=-1)
    new = np.ones(score.shape, dtype=np.int32)
    new[..., 1:] = falling[..., 1:] != falling[..., :-1]
    rank = np.empty(score.shape, dtype=np.int32)
    np.put_along_axis(rank, order, np.cumsum(new, axis=-1, dtype=np.int32), axis=-1)
    return rank
