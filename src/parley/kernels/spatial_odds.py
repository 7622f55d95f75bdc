"""Votes, coalitions and chances of the spatial model of politics, compiled. `outcome_odds` is the main name.

Arrays have the shapes that `parley.kernels.spatial_politics` describes. Its compiled code takes these functions in, and
is kept by the state of its own file: after a change here, change or clear what is kept of that one too.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["outcome_odds", "utility", "vote_of"]

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

NO_COALITION, NO_CHALLENGE, MOST_ITERATIONS, VOTE = 1e-8, 1e-10, 1000, 4


@njit(cache=True, error_model="numpy")
def utility(distance: float, risk: float) -> float:
    """What a position at a distance is worth to a party with a risk attitude."""
    return (1.0 - distance) * (1.0 + min(1.0, distance) * risk)


@njit(cache=True, error_model="numpy")
def vote_of(rule: int, numbers: Array, weight: float, gain: float) -> float:
    """How a party of some weight votes between two prospects, given what the first is worth more."""
    if rule == 0:
        return weight * gain
    if rule == 5:
        return (2.0 * weight * gain) / 3.0 if gain > 0.0 else weight * gain
    all_or_nothing = min(1.0, max(-1.0, gain / 1e-8))
    heard: float = numbers[VOTE] * gain + numbers[VOTE + 1] * all_or_nothing + numbers[VOTE + 2] * (gain * gain * gain)
    return weight * heard


@njit(cache=True, error_model="numpy")
def _victory(odds: int, one: float, other: float) -> tuple[float, float]:
    """The chance that one coalition beats the other, and the opposite."""
    if odds == 4:
        share = (one / (one + other) * (1.10 + 1.0) - 1.0) / (1.10 - 1.0)
        if one >= 1.10 * other:
            one, other = 1.0, 1e-6
        elif other >= 1.10 * one:
            one, other = 1e-6, 1.0
        else:
            one, other = share, 1.0 - share
    elif odds == 1:
        one, other = one * one, other * other
    elif odds > 1:
        one, other = one * one * one * one, other * other * other * other
        if odds == 3:
            one, other = one * one, other * other
    return one / (one + other), other / (one + other)


@njit(cache=True, error_model="numpy")
def outcome_odds(switches: Whole, numbers: Array, options: int, size: int, column: Array, work: Array) -> None:  # noqa: PLR0913 - compiled
    """Fill the coalitions, the odds of each option against each other, and each option's chance of being the outcome.

    The parties' utilities of the options are given.
    """
    for i in range(options):
        work[0, i, i], work[1, i, i] = NO_COALITION, 0.5
        for j in range(i):
            pro, con = NO_COALITION, NO_COALITION
            for k in range(size):
                vote = vote_of(switches[0], numbers, column[0, k], work[3, k, i] - work[3, k, j])
                pro, con = pro + max(vote, 0.0), con - min(vote, 0.0)
            work[0, i, j], work[0, j, i] = pro, con
            work[1, i, j], work[1, j, i] = _victory(switches[1], pro, con)
    if switches[2] > 0:
        _long_run(switches[2], options, work)
        return
    total = 0.0
    for i in range(options):
        chance = 1.0
        for j in range(options):
            chance = chance * work[1, i, j]
        work[2, 0, i] = chance
        total += chance
    for i in range(options):
        work[2, 0, i] = work[2, 0, i] / total if total > 0.0 else 1.0 / options


@njit(cache=True, error_model="numpy")
def _long_run(model: int, options: int, work: Array) -> None:
    """The chances as a long run of challenges: all alike (2), or the likelier the more there is to gain (1)."""
    coalition, odds, chance = work[0], work[1], work[2]
    for j in range(options):
        total = 0.0
        for i in range(options):
            coalition[i, j] = coalition[i, j] * odds[i, j] + (NO_CHALLENGE if i == j else 0.0)
            total += coalition[i, j]
        for i in range(options):
            coalition[i, j] = coalition[i, j] / total if model == 1 else 1.0
        chance[0, j] = 1.0 / options
    change, iterations, count = 1.0, 0, 1.0 if model == 1 else options
    while change > (1e-8 if model == 1 else 1e-6) and iterations < MOST_ITERATIONS:
        change, iterations = 0.0, iterations + 1
        for i in range(options):
            total = 0.0
            for j in range(options):
                total += odds[i, j] * (chance[0, i] * coalition[j, i] + chance[0, j] * coalition[i, j])
            chance[1, i] = total / count
            change = max(change, abs(chance[1, i] - chance[0, i]))
        for i in range(options):
            chance[0, i] = (chance[0, i] + chance[1, i]) / 2.0
