"""Stability in the option form of the graph model, without a list of moves.

Where decision makers change options, what one of them can do in two moves running it can also do in one. So it is
enough to ask who can lead where, and not who moved last: a sequence in which somebody moves twice in a row stands for
a legal one. (It may also lead back to where it started, which never sanctions anything: the state that i has just
moved to is better for i than the one it left.)

The states among which a decision maker moves freely form a *cell*: they differ only in options of its own that change
both ways. Its options that change one way only, in the order of their bits, number the cells of a *group*; a move
leads to the same cell, or to one in which more of these have changed for good.
"""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["reached", "simultaneously_stable", "stable"]

R, GMR, SMR, SEQ, SSEQ = 0, 1, 2, 3, 4

Cells: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.int64]]
Answers: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32], int]
"""States cell by cell for each decision maker, how much it minds each, and 1 where it may also move for the worse."""
Search: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_], NDArray[np.int32], NDArray[np.int64]]
Options: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], int, int]


@njit(cache=True)
def stable(cells: Cells, rank: NDArray[np.int32], row: NDArray[np.int64], concept: int) -> NDArray[np.bool_]:
    """Tell which states are stable for which decision maker in which preference profile.

    For a focal decision maker i let the worst answer to a state s1 be the largest rank (the least preferred) that the
    others can bring about after s1. A state s is not stable for i if and only if i can move to some s1 such that both
    s1 and the worst answer to it have a smaller rank than s. A search backwards from the least preferred states
    finds the worst answers: each state is looked at once by each decision maker, whatever the number of moves.

    Parameters
    ----------
    cells : four arrays
        Shape (decision maker, state), int32: the cell of each state, a group's number times two to the power of the
        number of one-way options, plus which of these have changed for good. Shape (decision maker, cell + 1), int32:
        where the states of each cell start in the third array. Shape (decision maker, state), int32: the states, cell
        after cell. Shape (decision maker,), int64: the number of one-way options.
    rank : int32 array, shape (ranking, state)
        1 for the most preferred states, larger for less preferred ones, no more than the number of states.
    row : int64 array, shape (profile, decision maker)
        Which ranking each decision maker has in each profile.
    concept : int
        0 for R, 1 for GMR, 2 for SMR, 3 for SEQ, 4 for SSEQ.

    Returns
    -------
    bool array, shape (profile, decision maker, state)

    Source
    ------
    The definitions of [KilgourHipelFang1987]_ with the legal sequences of [FangHipelKilgour1993]_; SSEQ is from
    [RegoVieira2017]_.
    """
    cell, begin, member, bits = cells
    makers, states = cell.shape
    result = np.ones((row.shape[0], makers, states), dtype=np.bool_)
    anything = np.ones((makers, states), dtype=np.int32)
    for profile in range(row.shape[0]):
        if concept in (SEQ, SSEQ):
            answers = (_worst_first(cells, rank, row[profile]), rank[row[profile]], 0)
        else:
            answers = (member, anything, 1)
        for i in range(makers):
            mine = rank[row[profile, i]]
            claim = mine.copy()
            if concept != R:
                value = mine.copy()
                if concept in (SMR, SSEQ):
                    escape = _lowest(begin[i], member[i], bits[i], mine)
                    for state in range(states):
                        value[state] = escape[cell[i, state]]
                _raise_to_worst_answers(claim, value, i, cells, answers)
            lowest = _lowest(begin[i], member[i], bits[i], claim)
            for state in range(states):
                result[profile, i, state] = lowest[cell[i, state]] >= mine[state]
    return result


@njit(cache=True)
def _worst_first(cells: Cells, rank: NDArray[np.int32], row: NDArray[np.int64]) -> NDArray[np.int32]:
    """List the states cell by cell for each decision maker, those that it likes least first."""
    cell, begin, member, _ = cells
    ordered = np.empty_like(member)
    for j in range(member.shape[0]):
        place = begin[j].copy()
        for state in _falling(rank[row[j]]):
            ordered[j, place[cell[j, state]]] = state
            place[cell[j, state]] += 1
    return ordered


@njit(cache=True)
def _lowest(
    begin: NDArray[np.int32], member: NDArray[np.int32], bits: int, number: NDArray[np.int32]
) -> NDArray[np.int32]:
    """The smallest number among the states that a mover can reach from each of its cells, or stay in."""
    lowest = np.full(begin.size - 1, np.iinfo(np.int32).max, dtype=np.int32)
    for cell in range(lowest.size):
        for k in range(begin[cell], begin[cell + 1]):
            lowest[cell] = min(lowest[cell], number[member[k]])
    for bit in range(bits):
        for cell in range(lowest.size):
            if not cell >> bit & 1 and cell | 1 << bit < lowest.size:
                lowest[cell] = min(lowest[cell], lowest[cell | 1 << bit])
    return lowest


@njit(cache=True)
def _raise_to_worst_answers(
    claim: NDArray[np.int32], value: NDArray[np.int32], i: int, cells: Cells, answers: Answers
) -> None:
    """Raise the claim on each state to the largest value that the others than i can lead to from there."""
    cell, begin, _, _ = cells
    makers, states = cell.shape
    met = np.zeros(states, dtype=np.bool_)
    entered = np.full((makers, begin.shape[1] - 1), np.iinfo(np.int32).max, dtype=np.int32)
    search = (entered, begin.copy(), met, np.empty(states, dtype=np.int32), np.empty(1024, dtype=np.int64))
    queue = search[3]
    head = tail = 0
    for target in _falling(value):
        if met[target]:
            continue
        met[target] = True
        queue[tail] = target
        tail += 1
        while head < tail:
            state = queue[head]
            head += 1
            claim[state] = max(claim[state], value[target])
            for j in range(makers):
                if j != i:
                    tail = _look_back(search, tail, j, state, cells, answers)


@njit(cache=True)
def _look_back(search: Search, tail: int, j: int, state: int, cells: Cells, answers: Answers) -> int:
    """Queue the states not yet met from which j leads to this one; return where the queue now ends.

    A cell remembers the best state that j has entered from it: those states of the cell that come before that one,
    which j likes less, have all been met.
    """
    entered, following, met, queue, waiting = search
    cell, begin, _, bits = cells
    ordered, standing, slack = answers
    bar = standing[j, state] - slack
    waiting[0], count = cell[j, state], 1
    while count:
        count -= 1
        here = waiting[count]
        if entered[j, here] <= bar:
            continue
        entered[j, here] = bar
        k, end = following[j, here], begin[j, here + 1]
        while k < end and standing[j, ordered[j, k]] > bar:
            if not met[ordered[j, k]]:
                met[ordered[j, k]] = True
                queue[tail] = ordered[j, k]
                tail += 1
            k += 1
        following[j, here] = k
        for bit in range(bits[j]):
            if here >> bit & 1:
                waiting[count] = here ^ 1 << bit
                count += 1
    return tail


@njit(cache=True)
def _falling(value: NDArray[np.int32]) -> NDArray[np.int32]:
    """List the states, largest value first; values lie in 1..number of states."""
    place = np.zeros(value.size + 2, dtype=np.int32)
    for each in value:
        place[each - 1] += 1
    for each in range(value.size - 1, -1, -1):
        place[each] += place[each + 1]
    # place[v - 1] counts the states of value v or more, so place[v] is where those of value v begin
    order = np.empty(value.size, dtype=np.int32)
    for state in range(value.size):
        order[place[value[state]]] = state
        place[value[state]] += 1
    return order


@njit(cache=True)
def reached(cells: Cells, start: int) -> NDArray[np.bool_]:
    """Find the states that legal sequences of moves of all decision makers lead to.

    Parameters
    ----------
    cells : see `stable`
    start : the state that they start from

    Returns
    -------
    bool array, shape (state,)
        `start` among them.
    """
    cell, begin, member, bits = cells
    makers, states = cell.shape
    met = np.zeros(states, dtype=np.bool_)
    entered = np.zeros((makers, begin.shape[1] - 1), dtype=np.bool_)
    queue = np.empty(states, dtype=np.int32)
    waiting = np.empty(1024, dtype=np.int64)
    met[start], queue[0] = True, start
    head, tail = 0, 1
    while head < tail:
        state = queue[head]
        head += 1
        for j in range(makers):
            waiting[0], count = cell[j, state], 1
            while count:
                count -= 1
                here = waiting[count]
                if entered[j, here]:
                    continue
                entered[j, here] = True
                for k in range(begin[j, here], begin[j, here + 1]):
                    if not met[member[j, k]]:
                        met[member[j, k]] = True
                        queue[tail] = member[j, k]
                        tail += 1
                for bit in range(bits[j]):
                    if not here >> bit & 1:
                        waiting[count] = here | 1 << bit
                        count += 1
    return met


@njit(cache=True)
def simultaneously_stable(options: Options, rank: NDArray[np.int32], row: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which states are stable for which decision maker when everybody moves at the same time (SIM).

    Parameters
    ----------
    options : three arrays and two numbers
        Shape (state,), int64: codes of the feasible states. Shape (2 ** number of options,), int32: which state has
        each code, -1 where it is infeasible. Shape (decision maker,), int64: the options of each as a code. The options
        that cannot be dropped once taken, and those that cannot be taken again once dropped, as codes.
    rank : int32 array, shape (ranking, state)
        1 for the most preferred states, larger for less preferred ones.
    row : int64 array, shape (profile, decision maker)
        Which ranking each decision maker has in each profile.

    Returns
    -------
    bool array, shape (profile, decision maker, state)

    Source
    ------
    The simultaneous sanctions of [FraserHipel1984]_.
    """
    codes, _, own, _, _ = options
    makers, most = own.size, 1
    for mine in own:
        size = 1
        while mine:
            mine, size = mine & (mine - 1), 2 * size
        most = max(most, size)
    result = np.ones((row.shape[0], makers, codes.size), dtype=np.bool_)
    changes = np.zeros((makers, most), dtype=np.int64)
    count = np.zeros(makers, dtype=np.int64)
    for profile in range(row.shape[0]):
        for state in range(codes.size):
            for j in range(makers):
                count[j] = _improving_changes(options, j, rank[row[profile, j]], state, changes[j])
            for i in range(makers):
                mine = rank[row[profile, i]]
                for k in range(1, count[i]):
                    if not _met_by_others(options, mine, (state, i, k), changes, count):
                        result[profile, i, state] = False
                        break
    return result


@njit(cache=True)
def _improving_changes(options: Options, j: int, his: NDArray[np.int32], state: int, changes: NDArray[np.int64]) -> int:
    """Write no change, then the changes of j's options that are improvements for it; return their number."""
    codes, place, own, stays_taken, stays_dropped = options
    code, change, count = codes[state], own[j], 1
    changes[0] = 0
    while change:
        target = code ^ change
        allowed = not (code & ~target & stays_taken) and not (target & ~code & stays_dropped)
        if allowed and place[target] >= 0 and his[place[target]] < his[state]:
            changes[count] = change
            count += 1
        change = (change - 1) & own[j]
    return count


@njit(cache=True)
def _met_by_others(
    options: Options,
    mine: NDArray[np.int32],
    gain: tuple[int, int, int],
    changes: NDArray[np.int64],
    count: NDArray[np.int64],
) -> bool:
    """Whether some combination of the others' changes makes i's k-th change end in a state no better for it."""
    codes, place, own, _, _ = options
    state, i, k = gain
    at = np.zeros(own.size, dtype=np.int64)
    while True:
        code = codes[state] ^ changes[i, k]
        for j in range(own.size):
            if j != i:
                code ^= changes[j, at[j]]
        if place[code] >= 0 and mine[place[code]] >= mine[state]:
            return True
        j = 0
        while j < own.size and (j == i or at[j] == count[j] - 1):
            at[j] = 0
            j += 1
        if j == own.size:
            return False
        at[j] += 1
