"""Bargaining while fighting, many games at once: the compiled twin of `parley.methods.war`. Main name: `bargain`.

The compiled functions use plain loops over scalars and allocate once: whole-array
statements would triple the time to compile.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["NUMBERS", "OUTCOMES", "bargain"]

Array = NDArray[np.float64]

NUMBERS = (
    "up",
    "down",
    "cost_a",
    "cost_b",
    "discount_a",
    "discount_b",
    "floor",
    "ceiling",
    "start",
    "opening",
)
"""Columns of the numbers of a game; `start` is a place 1..K-1, `opening` the rounds fought before the first offer."""

OUTCOMES = (
    "value_a",
    "value_b",
    "reservation_a",
    "reservation_b",
    "agreement",
    "share",
    "offers_before",
    "p_win_a",
    "p_win_b",
    "p_deadline",
    "fighting",
    "settles_now",
)
"""Columns of the outcomes of a game; `offers_before` is the expected round of a settlement, from 0, given one."""


def bargain(numbers: Array, proposer: Array, terminal: Array, rounds: int) -> tuple[Array, Array]:
    """Solve each game by backward induction and follow it from its starting place.

    Parameters
    ----------
    numbers : the columns `NUMBERS`, shape (game, 10)
    proposer : chance that side A proposes, by round; it repeats; shape (game, cycle)
    terminal : payoffs after the last round, shape (game, side, place), military outcomes at the ends
    rounds : number of rounds with an offer, >= 0

    Returns
    -------
    outcomes : array, shape (game, 12)
        The columns `OUTCOMES`; NaN where a column has no meaning.
    settlement_time : array, shape (game, rounds)
        Probability that the sides settle in each round.
    """
    outcomes = np.full((len(numbers), len(OUTCOMES)), np.nan)
    settlement_time = np.zeros((len(numbers), rounds))
    policy = np.empty((rounds, terminal.shape[2]))
    numbers, proposer, terminal = (np.ascontiguousarray(each) for each in (numbers, proposer, terminal))
    _bargain(numbers, proposer, terminal, policy, outcomes, settlement_time)
    return outcomes, settlement_time


@njit(cache=True)
def _bargain(
    numbers: Array, proposer: Array, terminal: Array, policy: Array, outcomes: Array, settlement_time: Array
) -> None:
    """Fill `outcomes` and `settlement_time`; `policy` is room for the share agreed by round and place, NaN for war."""
    rounds, places = policy.shape
    work = np.empty((3, places))
    for game in range(numbers.shape[0]):
        now, opening = int(numbers[game, 8]), int(numbers[game, 9])
        for k in range(places):
            work[0, k], work[1, k] = terminal[game, 0, k], terminal[game, 1, k]
        outcomes[game, 11] = 0.0
        for t in range(rounds - 1, -1, -1):
            _fight(numbers, game, work)
            if t == 0:
                outcomes[game, 2], outcomes[game, 3] = work[0, now], work[1, now]
            _talk(numbers, game, proposer[game, t % proposer.shape[1]], work, policy, t)
            if t == 0 and not math.isnan(policy[0, now]):
                outcomes[game, 11] = 1.0
        for _ in range(opening):
            _fight(numbers, game, work)
        outcomes[game, 0], outcomes[game, 1] = work[0, now], work[1, now]
        _follow(numbers, game, work, policy, outcomes, settlement_time)


@njit(cache=True)
def _fight(numbers: Array, game: int, work: Array) -> None:
    """Replace the values in rows 0 and 1 by what each side gets if a round is fought before them."""
    up, down = numbers[game, 0], numbers[game, 1]
    stay = 1.0 - up - down
    for side in range(2):
        cost, discount = numbers[game, 2 + side], numbers[game, 4 + side]
        below = work[side, 0]
        for k in range(1, work.shape[1] - 1):
            here = work[side, k]
            work[side, k] = -cost + discount * (up * work[side, k + 1] + down * below + stay * here)
            below = here


@njit(cache=True)
def _talk(numbers: Array, game: int, chance_a: float, work: Array, policy: Array, t: int) -> None:
    """Replace what rejection gives, rows 0 and 1, by the value of a round of offers; enter the mean share agreed."""
    for k in range(1, work.shape[1] - 1):
        least, most = max(numbers[game, 6], work[0, k]), min(numbers[game, 7], 1.0 - work[1, k])
        policy[t, k] = math.nan
        if least - most <= 1e-12 * (1.0 + abs(least) + abs(most)):
            work[0, k] = chance_a * most + (1.0 - chance_a) * least
            work[1, k] = chance_a * (1.0 - most) + (1.0 - chance_a) * (1.0 - least)
            policy[t, k] = work[0, k]


@njit(cache=True)
def _follow(numbers: Array, game: int, work: Array, policy: Array, outcomes: Array, settlement_time: Array) -> None:
    """Walk from the starting place through all rounds, in row 2; fill the columns from `agreement` to `fighting`."""
    rounds, places = policy.shape
    agreement, shared, offers_before, fighting = 0.0, 0.0, 0.0, 0.0
    for k in range(places):
        work[2, k] = 0.0
    work[2, int(numbers[game, 8])] = 1.0
    for t in range(-int(numbers[game, 9]), rounds):
        for k in range(1, places - 1):
            if t >= 0 and not math.isnan(policy[t, k]):
                settlement_time[game, t] += work[2, k]
                shared += work[2, k] * policy[t, k]
                offers_before += work[2, k] * t
                agreement += work[2, k]
                work[2, k] = 0.0
            fighting += work[2, k]
        _move(work, numbers[game, 0], numbers[game, 1])
    outcomes[game, 4] = min(1.0, agreement)
    if agreement > 0.0:
        outcomes[game, 5], outcomes[game, 6] = shared / agreement, offers_before / agreement
    outcomes[game, 7], outcomes[game, 8] = work[2, places - 1], work[2, 0]
    outcomes[game, 9] = 0.0
    for k in range(1, places - 1):
        outcomes[game, 9] += work[2, k]
    outcomes[game, 10] = fighting


@njit(cache=True)
def _move(work: Array, up: float, down: float) -> None:
    """Move the distribution over places, row 2, by a round of fighting; the ends hold what has reached them."""
    last = work.shape[1] - 1
    below, here = 0.0, work[2, 1]
    work[2, 0] += down * here
    for k in range(1, last):
        above = work[2, k + 1] if k + 1 < last else 0.0
        work[2, k] = (1.0 - up - down) * here + up * below + down * above
        below, here = here, above
    work[2, last] += up * below
