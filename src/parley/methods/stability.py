"""Stability of many states in many preference profiles, by compiled twins of the definitions.

`stable_in_profiles` is the main name; `parley.methods.graph.stable` and
`parley.methods.option_form.simultaneously_stable` are the definitions that it must agree with.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import CONCEPTS, Concept, Moves, arrows, legally_reached
from parley.methods.option_form import OptionMoves, cells

__all__ = ["reached_from", "simultaneously_stable_in_profiles", "stable_in_profiles"]

Bools = NDArray[np.bool_]


def stable_in_profiles(
    moves: OptionMoves | Moves, rank: NDArray[np.int32], row: NDArray[np.int64], concept: Concept
) -> Bools:
    """Tell which states are stable for which decision maker in which preference profile.

    Parameters
    ----------
    moves : what moves there are: listed, or told by options, which takes far less time and memory
    rank : every ranking that some decision maker has, shape (ranking, state), from 1, dense
    row : which ranking each decision maker has in each profile, shape (profile, decision maker)
    concept : the stability

    Returns
    -------
    array of bool, shape (profile, decision maker, state)

    Source
    ------
    See `parley.methods.graph.stable`.
    """
    number = CONCEPTS.index(concept)
    result: Bools
    if isinstance(moves, OptionMoves):
        from parley.kernels import option_form

        result = option_form.stable(cells(moves), rank, row, number)
    else:
        from parley.kernels import graph

        result = graph.stable(arrows(moves), arrows(moves, backwards=True), rank, row, number)
    return result


def simultaneously_stable_in_profiles(moves: OptionMoves, rank: NDArray[np.int32], row: NDArray[np.int64]) -> Bools:
    """Tell which states are stable when everybody moves at the same time (SIM); see `stable_in_profiles`.

    Source
    ------
    See `parley.methods.option_form.simultaneously_stable`.
    """
    from parley.kernels import option_form

    place = np.full(1 << (int(moves.codes.max()) | sum(moves.own)).bit_length(), -1, dtype=np.int32)
    place[moves.codes] = np.arange(moves.codes.size)
    options = (moves.codes, place, np.array(moves.own, dtype=np.int64), moves.stays_taken, moves.stays_dropped)
    result: Bools = option_form.simultaneously_stable(options, rank, row)
    return result


def reached_from(moves: OptionMoves | Moves, start: int) -> Bools:
    """Find the states that all decision makers together can lead to by legal sequences.

    Parameters
    ----------
    moves : what moves there are, listed or told by options
    start : the state that they start from

    Returns
    -------
    array of bool, shape (state,)
        `start` among them.

    Source
    ------
    See `parley.methods.graph.legally_reached`.
    """
    if isinstance(moves, OptionMoves):
        from parley.kernels import option_form

        found: Bools = option_form.reached(cells(moves), start)
        return found
    result = np.zeros(len(moves[0]) if moves else start + 1, dtype=np.bool_)
    result[[start, *legally_reached(moves, range(len(moves)), start)]] = True
    return result
