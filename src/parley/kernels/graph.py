"""Stability in a graph of states and moves for many preference profiles at once. `stable` is the main name.

For a focal decision maker i let the worst answer to a state s1 be the largest rank (the least preferred) that the
others can bring about after s1 by a legal sequence. Then a state s is stable for i if and only if each improvement s1
of i from s has a worst answer of at least the rank of s. One search backwards, from the least preferred states first,
finds the worst answers to all states: each pair of a state and a mover is met once, so that the cost is that of
walking every move once for each focal decision maker. Where moves come from options, `parley.kernels.option_form` needs
no list of them.
"""

from typing import TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["stable"]

R, GMR, SMR, SEQ, SSEQ = 0, 1, 2, 3, 4
NOBODY, EVERYBODY = -1, -2

Arrows: TypeAlias = tuple[NDArray[np.int64], NDArray[np.int32]]


@njit(cache=True)
def stable(
    forwards: Arrows, backwards: Arrows, rank: NDArray[np.int32], row: NDArray[np.int64], concept: int
) -> NDArray[np.bool_]:
    """Tell which states are stable for which decision maker in which preference profile.

    Parameters
    ----------
    forwards : pair of arrays
        Shape (decision maker, state + 1), int64: where the moves from each state start in the second array; shape
        (move,), int32: where each move leads.
    backwards : pair of arrays
        The same moves listed by the state that they lead to, with the state that they come from.
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
    start, end = forwards
    profiles, makers = row.shape
    states = rank.shape[1]
    result = np.ones((profiles, makers, states), dtype=np.bool_)
    for profile in range(profiles):
        for i in range(makers):
            mine = rank[row[profile, i]]
            worst = np.zeros(states, dtype=np.int32)
            if concept != R:
                value = _sanction(i, forwards, mine, concept in (SMR, SSEQ))
                worst = _worst_answers(i, backwards, rank, row[profile], value, concept in (SEQ, SSEQ))
            for state in range(states):
                for move in range(start[i, state], start[i, state + 1]):
                    if mine[end[move]] < mine[state] and worst[end[move]] < mine[state]:
                        result[profile, i, state] = False
    return result


@njit(cache=True)
def _sanction(i: int, forwards: Arrows, mine: NDArray[np.int32], can_escape: bool) -> NDArray[np.int32]:  # noqa: FBT001
    """Rank that i is left with in each state; where it can escape, that of the best state in its reach."""
    start, end = forwards
    value = mine.copy()
    if can_escape:
        for state in range(value.size):
            for move in range(start[i, state], start[i, state + 1]):
                value[state] = min(value[state], mine[end[move]])
    return value


@njit(cache=True)
def _worst_answers(
    i: int,
    backwards: Arrows,
    rank: NDArray[np.int32],
    row: NDArray[np.int64],
    value: NDArray[np.int32],
    credible: bool,  # noqa: FBT001
) -> NDArray[np.int32]:
    """Find the largest value that the others can still bring about in each state that i has just moved to.

    Nobody moves twice in a row, so what can follow depends on the state and on who moved last. Where `credible`, only
    improvements of their mover count.
    """
    start, end = backwards
    makers, states = row.size, value.size
    worst = np.zeros(states, dtype=np.int32)
    # Who leads on from a state to what was met: whoever else moved last, or everybody where two do or it was met itself
    leader = np.full(states, NOBODY, dtype=np.int32)
    queue = np.empty(makers * states, dtype=np.int64)
    head = tail = 0
    for target in _falling(value):
        if leader[target] != EVERYBODY:
            tail = _open(leader, queue, tail, target, EVERYBODY, makers)
            worst[target] = max(worst[target], value[target])
        while head < tail:
            mover, state = queue[head] // states, queue[head] % states
            head += 1
            if mover == i:
                continue
            his = rank[row[mover]]
            for move in range(start[mover, state], start[mover, state + 1]):
                before = end[move]
                if leader[before] in (mover, EVERYBODY) or (credible and his[state] >= his[before]):
                    continue
                worst[before] = max(worst[before], value[target])
                tail = _open(leader, queue, tail, before, mover, makers)
    return worst


@njit(cache=True)
def _open(leader: NDArray[np.int32], queue: NDArray[np.int64], tail: int, state: int, by: int, makers: int) -> int:
    """Queue the pairs of a mover and this state that a sequence led on `by` somebody lets look back from."""
    states = leader.size
    for mover in range(makers):
        met = leader[state] not in (NOBODY, mover)
        if mover != by and not met:
            queue[tail] = mover * states + state
            tail += 1
    leader[state] = by if leader[state] == NOBODY else EVERYBODY
    return tail


@njit(cache=True)
def _falling(value: NDArray[np.int32]) -> NDArray[np.int64]:
    """List the states, largest value first; values lie in 1..number of states."""
    place = np.zeros(value.size + 2, dtype=np.int64)
    for each in value:
        place[each - 1] += 1
    for each in range(value.size - 1, -1, -1):
        place[each] += place[each + 1]
    # place[v - 1] counts the states of value v or more, so place[v] is where those of value v begin
    order = np.empty(value.size, dtype=np.int64)
    for state in range(value.size):
        order[place[value[state]]] = state
        place[value[state]] += 1
    return order
