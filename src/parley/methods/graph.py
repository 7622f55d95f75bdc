"""Stability in a graph of states and moves: the graph model for conflict resolution. `stable` is the main name.

A model is a list of moves and a rank for each decision maker, whether it was drawn as a graph or comes from options
(`parley.methods.option_form`). States are numbered from 0 here. The definitions are written as in the literature, with
sets; `parley.kernels.graph` is their compiled twin.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from typing import Literal, get_args, overload

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CONCEPTS",
    "Concept",
    "Moves",
    "arrows",
    "improvements",
    "improvements_on_demand",
    "legally_reached",
    "stable",
]

Concept = Literal["R", "GMR", "SMR", "SEQ", "SSEQ"]
"""Nash stability (R), general and symmetric metarationality (GMR, SMR), sequential and symmetric sequential stability
(SEQ, SSEQ)."""

CONCEPTS: tuple[Concept, ...] = get_args(Concept)

Moves = Sequence[Sequence[frozenset[int]]]
"""By decision maker and state, the states that the decision maker can move to in one step: its reachable list."""


def improvements(moves: Moves, rank: NDArray[np.integer]) -> Moves:
    """Keep the moves that leave their mover better off: the unilateral improvements.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.

    Returns
    -------
    By decision maker and state, the states that it can move to and prefers.
    """
    return [
        [frozenset(target for target in targets if place[target] < place[state]) for state, targets in enumerate(lists)]
        for lists, place in zip(moves, rank.tolist(), strict=True)
    ]


def improvements_on_demand(moves: Moves, rank: NDArray[np.integer]) -> Moves:
    """List the improvements only of the states at which somebody looks: the same as `improvements`."""
    return [_Improving(lists, place) for lists, place in zip(moves, rank.tolist(), strict=True)]


class _Improving(Sequence[frozenset[int]]):
    """The unilateral improvements of one decision maker by state, each list made when it is asked for."""

    def __init__(self, lists: Sequence[frozenset[int]], place: Sequence[int]) -> None:
        self.lists, self.place = lists, place

    def __len__(self) -> int:
        return len(self.lists)

    @overload
    def __getitem__(self, state: int) -> frozenset[int]: ...

    @overload
    def __getitem__(self, state: slice) -> list[frozenset[int]]: ...

    def __getitem__(self, state: int | slice) -> frozenset[int] | list[frozenset[int]]:
        if isinstance(state, slice):
            return [self[each] for each in range(*state.indices(len(self)))]
        return frozenset(target for target in self.lists[state] if self.place[target] < self.place[state])


def legally_reached(moves: Moves, movers: Collection[int], start: int) -> frozenset[int]:
    """Find the states that some decision makers can reach together, by one move or more.

    In a legal sequence nobody moves twice in a row; a mover may move again after another one has. So the search runs
    over states together with who moves next.

    Parameters
    ----------
    moves : reachable lists by decision maker and state, or only their improvements
    movers : the decision makers that may move
    start : the state that they start from

    Returns
    -------
    The reached states; `start` itself only where a sequence leads back to it.

    Source
    ------
    The inductive definition of the reachable list of a coalition in [FangHipelKilgour1993]_.
    """
    arrived: dict[int, set[int]] = {mover: set() for mover in movers}
    waiting = [(start, mover) for mover in movers]
    queued = set(waiting)
    while waiting:
        state, mover = waiting.pop()
        for target in moves[mover][state] - arrived[mover]:
            arrived[mover].add(target)
            following = [(target, other) for other in movers if other != mover and (target, other) not in queued]
            queued.update(following)
            waiting.extend(following)
    return frozenset().union(*arrived.values())


def stable(moves: Moves, rank: NDArray[np.integer], concept: Concept) -> NDArray[np.bool_]:
    """Tell which states are stable for which decision maker.

    A state s is stable for i under

    - R (Nash) if i has no unilateral improvement from s;
    - GMR if after each improvement s1 the others can reach together, by legal moves, some s2 that i likes no better
      than s;
    - SMR if such an s2 can be found from which, in addition, no move of i leads to anything that i prefers to s;
    - SEQ if they can reach such an s2 by improvements of their own, each better for its mover than the state before;
    - SSEQ as SEQ, if in addition no move of i from that s2 leads to anything that i prefers to s.

    Simultaneous stability (SIM) needs to know what each decision maker can do; see
    `parley.methods.option_form.simultaneously_stable`.

    Parameters
    ----------
    moves : reachable lists by decision maker and state; any graph, also one that is not transitive
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    concept : which of the five

    Returns
    -------
    array of bool, shape (decision maker, state)
        A state that is stable for every decision maker is an equilibrium under the concept.

    Source
    ------
    [KilgourHipelFang1987]_ for two decision makers and more; [FangHipelKilgour1993]_ for the legal sequences;
    [RegoVieira2017]_ for SSEQ.
    """
    improving = improvements(moves, rank)
    answering = improving if concept in ("SEQ", "SSEQ") else moves
    everyone = range(len(moves))

    @functools.cache
    def answers(i: int, after: int) -> frozenset[int]:
        return legally_reached(answering, [j for j in everyone if j != i], after)

    def sanctioned(i: int, place: list[int], state: int, after: int) -> bool:
        bad_enough = [end for end in answers(i, after) if place[end] >= place[state]]
        if concept in ("SMR", "SSEQ"):
            return any(all(place[escape] >= place[state] for escape in moves[i][end]) for end in bad_enough)
        return bool(bad_enough)

    result = np.ones(rank.shape, dtype=np.bool_)
    for i, place in enumerate(rank.tolist()):
        for state, better in enumerate(improving[i]):
            result[i, state] = not better if concept == "R" else all(sanctioned(i, place, state, s1) for s1 in better)
    return result


def arrows(moves: Moves, *, backwards: bool = False) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Lay moves out as arrays, as the compiled twin takes them.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    backwards : list for each state where the decision maker can come from, in place of where it can go

    Returns
    -------
    start : array, shape (decision maker, state + 1)
        Where the list of each state starts in `end`; it stops where the next one starts.
    end : array, shape (move,)
        The states at the other end of the moves, decision maker after decision maker, rising within a list.
    """
    states = len(moves[0]) if moves else 0
    start = np.zeros((len(moves), states + 1), dtype=np.int64)
    ends, before = [], 0
    for i, lists in enumerate(moves):
        count = np.fromiter(map(len, lists), dtype=np.int64, count=states)
        here = np.repeat(np.arange(states, dtype=np.int32), count)
        there = np.fromiter((target for targets in lists for target in targets), dtype=np.int32, count=int(count.sum()))
        if backwards:
            here, there = there, here
        start[i, 1:] = np.cumsum(np.bincount(here, minlength=states))
        start[i] += before
        before += there.size
        ends.append(there[np.lexsort((there, here))])
    return start, np.concatenate(ends) if ends else np.zeros(0, dtype=np.int32)
