"""Which states hold when decision makers may act together. `stable_for` is the main name.

A coalition leaves a state for one that every member prefers, and stays if the others could answer so that some member
ends no better off. How a coalition moves is a choice of the analyst: by a legal sequence of its members' moves
(`by_legal_sequences`), or as one decision maker that has the options of all and changes them at once (`fused`).
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Concept, Moves, legally_reached, stable
from parley.methods.option_form import reachable_lists

__all__ = [
    "COALITIONAL",
    "Coalitional",
    "Jump",
    "Reach",
    "by_legal_sequences",
    "coalitions",
    "equilibrium_jumps",
    "fused",
    "joint_improvements",
    "jumps_between",
    "stable_for",
    "universally_stable",
]

Coalitional = Literal["CNash", "CGMR", "CSMR", "CSEQ"]
"""The coalitional forms of R, GMR, SMR and SEQ."""

COALITIONAL: tuple[Coalitional, ...] = get_args(Coalitional)

Coalition = frozenset[int]

Reach = Callable[[Coalition, int], frozenset[int]]
"""Where a coalition can get to from a state by acting together."""


def by_legal_sequences(moves: Moves) -> Reach:
    """Let members of a coalition move one after another, none twice in a row; every state in between is visited.

    Parameters
    ----------
    moves : reachable lists by decision maker and state

    Source
    ------
    The reachable list of a coalition in [FangHipelKilgour1993]_.
    """

    @functools.cache
    def reach(coalition: Coalition, state: int) -> frozenset[int]:
        return legally_reached(moves, sorted(coalition), state) - {state}

    return reach


def fused(codes: Sequence[int], own: Sequence[int], *, stays_taken: int = 0, stays_dropped: int = 0) -> Reach:
    """Let a coalition act as one decision maker that changes all its members' options in one move.

    Nothing in between needs to be feasible, so that a fused coalition may get to where no sequence leads.

    Parameters
    ----------
    codes, own, stays_taken, stays_dropped : see `reachable_lists`

    Source
    ------
    What the program gmcr-py does; no published definition is known to us.
    """

    @functools.cache
    def lists(coalition: Coalition) -> tuple[frozenset[int], ...]:
        together = functools.reduce(int.__or__, (own[i] for i in coalition))
        return reachable_lists(codes, [together], stays_taken=stays_taken, stays_dropped=stays_dropped)[0]

    def reach(coalition: Coalition, state: int) -> frozenset[int]:
        return lists(coalition)[state]

    return reach


def coalitions(members: Sequence[int]) -> Iterator[Coalition]:
    """Every coalition of one member or more, smaller ones first."""
    for size in range(1, len(members) + 1):
        yield from map(frozenset, itertools.combinations(members, size))


def joint_improvements(reach: Reach, rank: NDArray[np.integer], coalition: Coalition, state: int) -> frozenset[int]:
    """Find the states that a coalition can get to and that every member prefers; steps on the way need not be better.

    Parameters
    ----------
    reach : how coalitions move
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    coalition : who acts together
    state : where they start

    Source
    ------
    Coalitional improvements, [KilgourHipelFangPeng2001]_.
    """
    place = rank[sorted(coalition)]
    wanted = np.logical_and.reduce(place < place[:, [state]])
    return frozenset(target for target in reach(coalition, state) if wanted[target])


def _all_prefer(rank: NDArray[np.integer], coalition: Coalition) -> list[list[bool]]:
    """Whether every member prefers one state to another: by the old state and the new one."""
    place = rank[sorted(coalition)]
    result: list[list[bool]] = np.logical_and.reduce(place[:, np.newaxis, :] < place[:, :, np.newaxis]).tolist()
    return result


def stable_for(
    moves: Moves, rank: NDArray[np.integer], coalition: Coalition, concept: Coalitional, *, reach: Reach | None = None
) -> NDArray[np.bool_]:
    """Tell which states are stable for a coalition.

    A state s is stable for the coalition H under

    - CNash if H has no coalitional improvement from s;
    - CGMR if after each such improvement s1 the others can reach, by legal sequences of moves, some s2 that some member
      of H likes no better than s;
    - CSMR if such an s2 can be found from which, in addition, H can reach only states that some member likes no better
      than s;
    - CSEQ if such an s2 can be reached by coalitional improvements of coalitions among the others, one after another,
      the same coalition never twice in a row.

    For one decision maker these are R, GMR, SMR, and, where there is one opponent, SEQ.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    coalition : who acts together
    concept : which of the four
    reach : how coalitions move when they leave a state, escape, or improve; by legal sequences unless given

    Returns
    -------
    array of bool, shape (state,)

    Source
    ------
    CNash: [KilgourHipelFangPeng2001]_; the others: [InoharaHipel2008]_.
    """
    together = by_legal_sequences(moves) if reach is None else reach
    others = [j for j in range(len(moves)) if j not in coalition]
    answers = _answers(moves, rank, others, concept, together)
    wanted = _all_prefer(rank, coalition)

    def sanctioned(state: int, after: int) -> bool:
        ends = [end for end in answers(after) if not wanted[state][end]]
        if concept == "CSMR":
            return any(not any(wanted[state][escape] for escape in together(coalition, end)) for end in ends)
        return bool(ends)

    result = np.ones(rank.shape[1], dtype=np.bool_)
    for state, row in enumerate(wanted):
        better = [target for target in together(coalition, state) if row[target]]
        result[state] = not better if concept == "CNash" else all(sanctioned(state, after) for after in better)
    return result


def _answers(
    moves: Moves, rank: NDArray[np.integer], others: Sequence[int], concept: Coalitional, together: Reach
) -> Callable[[int], frozenset[int]]:
    """What the others can bring about in each state that a coalition has just moved to."""
    if concept != "CSEQ":
        return lambda after: legally_reached(moves, others, after)
    parts = list(coalitions(others))
    as_moves = [
        [
            frozenset(target for target in together(part, state) if row[target])
            for state, row in enumerate(_all_prefer(rank, part))
        ]
        for part in parts
    ]
    return lambda after: legally_reached(as_moves, range(len(parts)), after)


def universally_stable(
    moves: Moves, rank: NDArray[np.integer], concept: Coalitional, *, reach: Reach | None = None
) -> NDArray[np.bool_]:
    """Tell which states are stable for every coalition, from each decision maker alone to all together.

    Parameters
    ----------
    moves, rank, concept, reach : see `stable_for`

    Returns
    -------
    array of bool, shape (state,)

    Source
    ------
    Universal coalitional stability in [InoharaHipel2008]_.
    """
    together = by_legal_sequences(moves) if reach is None else reach
    each = [stable_for(moves, rank, group, concept, reach=together) for group in coalitions(range(len(moves)))]
    result: NDArray[np.bool_] = np.logical_and.reduce(each)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A step from one equilibrium to another that a coalition of two or more can make, and that all members prefer.

    Attributes
    ----------
    start, end : the two states
    coalition : who would have to act together
    """

    start: int
    end: int
    coalition: Coalition


def equilibrium_jumps(
    moves: Moves, rank: NDArray[np.integer], concept: Concept, *, reach: Reach | None = None
) -> tuple[Jump, ...]:
    """List where an equilibrium, from which nobody moves alone, gives way to another by a coalition.

    Parameters
    ----------
    moves, rank, reach : see `stable_for`
    concept : the stability, for each decision maker alone, that makes a state an equilibrium

    Returns
    -------
    For each pair of equilibria the smallest coalitions of two or more that gain by the step, none with another one
    inside. That a member alone would gain by it, and be deterred, does not keep the coalition from making it.

    Source
    ------
    Equilibrium jumps, [KilgourHipelFangPeng2001]_.
    """
    together = by_legal_sequences(moves) if reach is None else reach
    return jumps_between(np.flatnonzero(stable(moves, rank, concept).all(axis=0)).tolist(), rank, together)


def jumps_between(resting: Sequence[int], rank: NDArray[np.integer], reach: Reach) -> tuple[Jump, ...]:
    """List the jumps between given equilibria, whatever makes them such; see `equilibrium_jumps`.

    Parameters
    ----------
    resting : the equilibria
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    reach : how coalitions move
    """
    found: list[Jump] = []
    for start in resting:
        for group in filter(lambda each: len(each) > 1, coalitions(range(len(rank)))):
            for end in sorted(joint_improvements(reach, rank, group, start) & set(resting)):
                known = [jump for jump in found if (jump.start, jump.end) == (start, end)]
                if not any(jump.coalition < group for jump in known):
                    found.append(Jump(start=start, end=end, coalition=group))
    return tuple(found)
