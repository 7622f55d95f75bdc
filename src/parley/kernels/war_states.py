"""Wars with talks over a pie, with levers and a hidden type: the compiled twin of `parley.methods.war_solver`. `solve`.

A game comes as one tuple of arrays and its solution goes into another, both described at `solve`. Loops run over
scalars and nothing is allocated inside them.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["NUMBERS", "course", "fight_round", "solve", "ties"]

Array = NDArray[np.float64]

NUMBERS = (
    "floor",
    "ceiling",
    "outside_a",
    "outside_b",
    "breakdown",
    "broken_a",
    "broken_b",
    "types",
    "mixed",
    "pooling",
    "pie",
)
"""The scalars of a game; `outside_a` is NaN where nobody can walk out, the three after `broken_b` are 0 or 1."""

WAR, SETTLE, LEAVE, PART = 0, 1, 2, 3


def solve(game: tuple[Any, ...], rounds: int, solution: tuple[Any, ...]) -> None:
    """Solve a game by backward induction; `solution` is filled.

    Parameters
    ----------
    game : `numbers` (the scalars `NUMBERS`), `sets` (lever set, 2 + player: up, down, then each player's cost), `acts`
        (round, state, side), `follows` (state, side), `patience` (player,), `beliefs` (belief,), `proposer` (cycle,),
        `yields` (player, place)
    rounds : number of rounds with an offer
    solution : `values` (round + 1, player, belief, state, place), whose last row holds what follows the last round,
        `rejections`, `ends`, `shares` and `posteriors` as in `parley.methods.war_solver.WarSolution`. Where only the
        first round is wanted, `values` has two rows and the others one; row `rounds % 2` of `values` then holds what
        follows.
    """
    if rounds > 0:
        _solve(game, rounds, solution)


@njit(cache=True)
def _solve(game: tuple[Any, ...], rounds: int, solution: tuple[Any, ...]) -> None:
    values = solution[0]
    kept, beliefs = values.shape[0] == rounds + 1, game[5]
    room = np.empty((2 + beliefs.shape[0], beliefs.shape[0]))
    for now in range(beliefs.shape[0]):
        for later in range(now + 1, beliefs.shape[0]):
            room[2 + now, later] = beliefs[now] / beliefs[later]
    for t in range(rounds - 1, -1, -1):
        row, here, ahead = (t, t, t + 1) if kept else (0, t % 2, (t + 1) % 2)
        fight_round(game, solution, (t, row, ahead))
        _talk(game, solution, (t, row, here), room)


@njit(cache=True)
def fight_round(game: tuple[Any, ...], solution: tuple[Any, ...], at: tuple[int, int, int]) -> None:
    """What a rejection by either side gives, in every state."""
    numbers, sets, acts, follows, patience, _, _, yields = game
    values, rejected, _, _, _ = solution
    t, row, ahead = at
    _, players, beliefs, states, places = values.shape
    last, broken = places - 1, numbers[4]
    step = min(t, acts.shape[0] - 1)
    for side in range(2):
        for player in range(players):
            spoiled, discount = broken * (numbers[5] if player == 0 else numbers[6]), patience[player]
            won = numbers[10] if player == 0 else 0.0
            for belief in range(beliefs):
                for state in range(states):
                    chosen, after = acts[step, state, side], follows[state, side]
                    up, down, cost = sets[chosen, 0], sets[chosen, 1], sets[chosen, 2 + player]
                    stay = 1.0 - up - down
                    rejected[row, side, player, belief, state, 0] = numbers[10] - won
                    rejected[row, side, player, belief, state, last] = won
                    for k in range(1, last):
                        expected = up * values[ahead, player, belief, after, k + 1]
                        expected += down * values[ahead, player, belief, after, k - 1]
                        expected += stay * values[ahead, player, belief, after, k]
                        fought = yields[player, k] - cost + discount * expected
                        rejected[row, side, player, belief, state, k] = spoiled + (1.0 - broken) * fought


@njit(cache=True)
def _talk(game: tuple[Any, ...], solution: tuple[Any, ...], at: tuple[int, int, int], room: Array) -> None:
    """The offers of both sides, in every state; `room` is for the offers open to A where B has types."""
    numbers, proposer = game[0], game[6]
    values, rejected, ends, shares, posteriors = solution
    t, row, now = at
    _, players, beliefs, states, places = values.shape
    chance = proposer[t % proposer.shape[0]]
    for state, k in np.ndindex(states, places):
        if k in (0, places - 1):
            for belief in range(beliefs):
                for player in range(players):
                    values[now, player, belief, state, k] = rejected[row, 0, player, belief, state, k]
                for side in range(2):
                    ends[row, side, belief, state, k], shares[row, side, belief, state, k] = WAR, math.nan
                    posteriors[row, side, belief, state, k] = belief
            continue
        if numbers[7] == 1.0:
            _open_to_a(game, solution, (row, state, k), room)
        for belief in range(beliefs):
            for player in range(players):
                values[now, player, belief, state, k] = 0.0
            where = (row, now, belief, state, k)
            if numbers[7] == 0.0:
                _open_offer(game, solution, where, 0, chance)
                _open_offer(game, solution, where, 1, 1.0 - chance)
            else:
                _screening_offer(game, solution, where, chance, room)
                _pooled_answer(game, solution, where, 1.0 - chance)


@njit(cache=True, inline="always")
def ties(least: float, most: float) -> bool:
    """Whether one number is at most another, a tie included, as in `parley.methods.war.settles`."""
    return least - most <= 1e-12 * (1.0 + abs(least) + abs(most))


@njit(cache=True)
def _open_offer(
    game: tuple[Any, ...], solution: tuple[Any, ...], where: tuple[int, ...], proposer: int, chance: float
) -> None:
    """The offer of a side that knows everything."""
    numbers = game[0]
    values, rejected, ends, shares, posteriors = solution
    row, now, belief, state, k = where
    responder = 1 - proposer
    after_a, after_b = rejected[row, responder, 0, belief, state, k], rejected[row, responder, 1, belief, state, k]
    leaves = numbers[2 + responder] > (after_b if responder == 1 else after_a)
    if leaves:
        after_a, after_b = numbers[2], numbers[3]
    least, most = max(numbers[0], after_a), min(numbers[1], 1.0 - after_b)
    posteriors[row, proposer, belief, state, k] = belief
    if ties(least, most):
        share = most if proposer == 0 else least
        values[now, 0, belief, state, k] += chance * share
        values[now, 1, belief, state, k] += chance * (1.0 - share)
        ends[row, proposer, belief, state, k], shares[row, proposer, belief, state, k] = SETTLE, share
    else:
        values[now, 0, belief, state, k] += chance * after_a
        values[now, 1, belief, state, k] += chance * after_b
        ends[row, proposer, belief, state, k] = LEAVE if leaves else WAR
        shares[row, proposer, belief, state, k] = math.nan


@njit(cache=True)
def _open_to_a(game: tuple[Any, ...], solution: tuple[Any, ...], where: tuple[int, int, int], room: Array) -> None:
    """Offers to a weak B by belief after a rejection, NaN where not open, and what A then gets: the rows of `room`."""
    numbers, beliefs = game[0], game[5]
    rejected = solution[1]
    row, state, k = where
    certain = beliefs.shape[0] - 1
    shown = max(rejected[row, 1, 1, certain, state, k], rejected[row, 1, 2, certain, state, k])
    pool = min(numbers[1], 1.0 - shown)
    for n in range(1, certain + 1):
        passed = rejected[row, 1, 2, n, state, k]
        offer = min(numbers[1], 1.0 - passed)
        allowed = not ties(offer, pool) and ties(numbers[0], offer)
        if n < certain:
            allowed &= not ties(rejected[row, 1, 1, n, state, k], passed) and ties(1.0 - passed, numbers[1])
        room[0, n] = offer if allowed else math.nan
        room[1, n] = rejected[row, 1, 0, n, state, k]


@njit(cache=True, inline="always")
def _screening_offer(
    game: tuple[Any, ...], solution: tuple[Any, ...], where: tuple[int, ...], chance: float, room: Array
) -> None:
    """The offer of side A to a B whose type it does not know."""
    numbers, beliefs = game[0], game[5]
    values, rejected, ends, shares, posteriors = solution
    row, now, belief, state, k = where
    certain = beliefs.shape[0] - 1
    tough, weak = rejected[row, 1, 1, certain, state, k], rejected[row, 1, 2, certain, state, k]
    pool = min(numbers[1], 1.0 - max(tough, weak))
    pools, mixed = ties(numbers[0], pool), numbers[8] == 1.0
    held = rejected[row, 1, 0, belief, state, k]
    best, end, share, after = held, WAR, math.nan, belief
    if mixed and pools and not ties(pool, held):
        best, end, share, after = pool, SETTLE, pool, certain
    for n in range(belief + 1, certain + 1):
        refused = room[2 + belief, n]
        worth = (1.0 - refused) * room[0, n] + refused * room[1, n]
        if ties(best, worth):
            best, end, share, after = worth, PART, room[0, n], n
    if not mixed and pools and ties(best, pool):
        best, end, share, after = pool, SETTLE, pool, certain
    tough, weak = rejected[row, 1, 1, after, state, k], rejected[row, 1, 2, after, state, k]
    if end == SETTLE:
        tough = 1.0 - share
    if end != WAR:
        weak = 1.0 - share
    values[now, 0, belief, state, k] += chance * best
    values[now, 1, belief, state, k] += chance * tough
    values[now, 2, belief, state, k] += chance * weak
    ends[row, 0, belief, state, k], shares[row, 0, belief, state, k] = end, share
    posteriors[row, 0, belief, state, k] = after


@njit(cache=True, inline="always")
def _pooled_answer(game: tuple[Any, ...], solution: tuple[Any, ...], where: tuple[int, ...], chance: float) -> None:
    """The offer of a side B whose type A does not know: none, or the same from both types."""
    numbers = game[0]
    values, rejected, ends, shares, posteriors = solution
    row, now, belief, state, k = where
    least = max(numbers[0], rejected[row, 0, 0, belief, state, k])
    worst = max(rejected[row, 0, 1, belief, state, k], rejected[row, 0, 2, belief, state, k])
    agreed = numbers[9] == 1.0 and ties(least, min(numbers[1], 1.0 - worst))
    for player in range(3):
        worth = rejected[row, 0, player, belief, state, k]
        if agreed:
            worth = least if player == 0 else 1.0 - least
        values[now, player, belief, state, k] += chance * worth
    ends[row, 1, belief, state, k] = SETTLE if agreed else WAR
    shares[row, 1, belief, state, k] = least if agreed else math.nan
    posteriors[row, 1, belief, state, k] = belief


def course(game: tuple[Any, ...], solution: tuple[Any, ...], start: int) -> tuple[Array, Array]:
    """Follow a solved game from one place of the front: the twin of `parley.methods.war_course.follow`.

    Parameters
    ----------
    game, solution : as in `solve`, with every round kept
    start : place of the front at the first round

    Returns
    -------
    outcomes : array, shape (7,)
        Expected sum of shares agreed, chances that A and that B wins, that a responder walks out, that talks break
        down, that the last round passes, and expected rounds fought.
    settlement_time : array, shape (round,)
        Probability that the sides settle in each round.
    """
    rounds, _, beliefs, states, places = solution[2].shape
    outcomes, times = np.zeros(7), np.zeros(rounds)
    war = np.zeros((2, 2, beliefs, states, places))
    war[0, 0, 0, 0, start] = game[5][0] if game[0][7] else 1.0
    war[0, 1, 0, 0, start] = 1.0 - war[0, 0, 0, 0, start]
    _course(game, solution, war, outcomes, times)
    left = war[rounds % 2].sum(axis=(0, 1, 2))
    outcomes[1], outcomes[2], outcomes[5] = left[-1], left[0], left[1:-1].sum()
    return outcomes, times


@njit(cache=True)
def _course(game: tuple[Any, ...], solution: tuple[Any, ...], war: Array, outcomes: Array, times: Array) -> None:
    """Fill `outcomes` and `times`; `war` holds chances now and next, shape (2, type, belief, state, place)."""
    _, _, beliefs, states, places = war.shape
    for t in range(times.shape[0]):
        now, later = t % 2, (t + 1) % 2
        war[later] = 0.0
        for kind, belief, state, k in np.ndindex(2, beliefs, states, places):
            if k in (0, places - 1):
                war[later, kind, belief, state, k] += war[now, kind, belief, state, k]
            elif war[now, kind, belief, state, k] > 0.0:
                _move_on(game, solution, (war, outcomes, times), (t, kind, belief, state, k))


@njit(cache=True)
def _move_on(game: tuple[Any, ...], solution: tuple[Any, ...], tally: tuple[Any, ...], where: tuple[int, ...]) -> None:
    """Enter what one state brings in one round: an end, or a round of fighting that leads elsewhere."""
    numbers, sets, acts, follows, _, beliefs, proposer, _ = game
    _, _, ends, shares, posteriors = solution
    war, outcomes, times = tally
    t, kind, belief, state, k = where
    step, later = min(t, acts.shape[0] - 1), (t + 1) % 2
    for side in range(2):
        chance = proposer[t % proposer.shape[0]] if side == 0 else 1.0 - proposer[t % proposer.shape[0]]
        here = chance * war[t % 2, kind, belief, state, k]
        end, after = ends[t, side, belief, state, k], posteriors[t, side, belief, state, k]
        if here == 0.0:
            continue
        if end == LEAVE:
            outcomes[3] += here
            continue
        accepted = here if end == SETTLE else 0.0
        if end == PART and kind == 1:
            accepted = here * (1.0 - beliefs[belief] / beliefs[after]) / (1.0 - beliefs[belief])
        times[t] += accepted
        outcomes[0] += accepted * shares[t, side, belief, state, k] if accepted > 0.0 else 0.0
        fought = (here - accepted) * (1.0 - numbers[4])
        outcomes[4] += (here - accepted) * numbers[4]
        outcomes[6] += fought
        chosen, follow = acts[step, state, 1 - side], follows[state, 1 - side]
        war[later, kind, after, follow, k + 1] += fought * sets[chosen, 0]
        war[later, kind, after, follow, k - 1] += fought * sets[chosen, 1]
        war[later, kind, after, follow, k] += fought * (1.0 - sets[chosen, 0] - sets[chosen, 1])
