"""The option form of the graph model: states, moves and preferences from what each decision maker can do.

A state says of every option whether it is taken; its code is that vector read as a binary number, the first option
lowest. `reachable_lists` and `option_prioritisation` are the main names.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["combinations", "option_prioritisation", "reachable_lists", "statement_order"]


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
    width, rows = packed.shape[1], packed.tobytes()
    keys = [rows[state * width : (state + 1) * width] for state in range(truth.shape[0])]
    place = {key: rank for rank, key in enumerate(sorted(set(keys), reverse=True), start=1)}
    return np.array([place[key] for key in keys], dtype=np.int32)
