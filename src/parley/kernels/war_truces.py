"""Wars with truces that may be broken: the compiled twin of `parley.methods.war_truce`. Main name: `solve_truces`."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from parley.kernels.war_states import SETTLE, WAR, fight_round, ties

__all__ = ["course_truces", "solve_truces"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


def solve_truces(
    game: tuple[Any, ...],
    truce: tuple[Array, Array, Flags],
    rounds: int,
    solution: tuple[Any, ...],
    peace: tuple[Any, ...],
) -> None:
    """Solve a game with truces by backward induction; `solution` and `peace` are filled.

    Parameters
    ----------
    game : as in `parley.kernels.war_states.solve`
    truce : the shares (share,), rising; the chances that power moves up or down in peace and the penalties of A and B;
        and whether a truce with a share may be signed at a place (place, share)
    rounds : number of rounds with an offer
    solution : as in `parley.kernels.war_states.solve`, with every round kept
    peace : `values`, `signing` and `breakers` as in `parley.methods.war_truce.Peace`, the last round filled
    """
    if rounds > 0:
        _solve_truces(game, truce, rounds, solution, peace)


@njit(cache=True)
def _solve_truces(
    game: tuple[Any, ...],
    truce: tuple[Array, Array, Flags],
    rounds: int,
    solution: tuple[Any, ...],
    peace: tuple[Any, ...],
) -> None:
    proposer = game[6]
    values, rejected, ends, shares, posteriors = solution
    _, _, _, states, places = values.shape
    for t in range(rounds - 1, -1, -1):
        fight_round(game, solution, (t, t, t + 1))
        _keep(game, truce, t, rejected, peace)
        chance = proposer[t % proposer.shape[0]]
        for state in range(states):
            for k in range(places):
                for player in range(2):
                    values[t, player, 0, state, k] = 0.0
                for side in range(2):
                    weight = chance if side == 0 else 1.0 - chance
                    x = _offer(truce[2], (t, state, k, side), rejected, peace[1])
                    for player in range(2):
                        worth = rejected[t, 1 - side, player, 0, state, k]
                        if x >= 0:
                            worth = peace[1][t, player, state, k, x]
                        values[t, player, 0, state, k] += weight * worth
                    posteriors[t, side, 0, state, k] = 0
                    ends[t, side, 0, state, k] = SETTLE if x >= 0 else WAR
                    shares[t, side, 0, state, k] = truce[0][x] if x >= 0 else math.nan
                if k in (0, places - 1):
                    for player in range(2):
                        values[t, player, 0, state, k] = rejected[t, 0, player, 0, state, k]


@njit(cache=True)
def _keep(
    game: tuple[Any, ...], truce: tuple[Array, Array, Flags], t: int, rejected: Array, peace: tuple[Any, ...]
) -> None:
    """One round of peace: what it is worth if it holds, and who breaks it."""
    shares, switches = truce[0], truce[1]
    values, signing, breakers = peace
    _, _, states, places, grid = values.shape
    discount = game[4][0]
    for state in range(states):
        for k in range(places):
            inside = 0 < k < places - 1
            up, down = (switches[0], switches[1]) if inside else (0.0, 0.0)
            above, below = (min(k + 1, places - 2), max(k - 1, 1)) if inside else (k, k)
            for x in range(grid):
                for side in range(2):
                    later = (1.0 - up - down) * values[t + 1, side, state, k, x]
                    later += up * values[t + 1, side, state, above, x] + down * values[t + 1, side, state, below, x]
                    flow = shares[x] if side == 0 else 1.0 - shares[x]
                    signing[t, side, state, k, x] = flow + discount * later
                a_breaks = rejected[t, 0, 0, 0, state, k] - switches[2]
                b_breaks = rejected[t, 1, 1, 0, state, k] - switches[3]
                a_wants = not ties(a_breaks, signing[t, 0, state, k, x])
                b_wants = not ties(b_breaks, signing[t, 1, state, k, x])
                worth_a, worth_b = signing[t, 0, state, k, x], signing[t, 1, state, k, x]
                breakers[t, state, k, x] = (1 if a_wants else 0) + (2 if b_wants else 0)
                if a_wants and b_wants:
                    worth_a = (a_breaks + rejected[t, 1, 0, 0, state, k]) / 2.0
                    worth_b = (rejected[t, 0, 1, 0, state, k] + b_breaks) / 2.0
                elif a_wants:
                    worth_a, worth_b = a_breaks, rejected[t, 0, 1, 0, state, k]
                elif b_wants:
                    worth_a, worth_b = rejected[t, 1, 0, 0, state, k], b_breaks
                values[t, 0, state, k, x], values[t, 1, state, k, x] = worth_a, worth_b


@njit(cache=True)
def _offer(offered: Flags, where: tuple[int, int, int, int], rejected: Array, signing: Array) -> int:
    """Index of the share that a side offers and the other accepts; -1 where there is none."""
    t, state, k, side = where
    if k == 0 or k == signing.shape[3] - 1:
        return -1
    other = 1 - side
    own_after = rejected[t, other, side, 0, state, k]
    other_after = rejected[t, other, other, 0, state, k]
    most, kindest = -math.inf, -math.inf
    for x in range(offered.shape[1]):
        if offered[k, x] and ties(other_after, signing[t, other, state, k, x]):
            most = max(most, signing[t, side, state, k, x])
    for x in range(offered.shape[1]):
        good = offered[k, x] and ties(other_after, signing[t, other, state, k, x])
        if good and ties(most, signing[t, side, state, k, x]):
            kindest = max(kindest, signing[t, other, state, k, x])
    for x in range(offered.shape[1]):
        good = offered[k, x] and ties(other_after, signing[t, other, state, k, x])
        if good and ties(most, signing[t, side, state, k, x]) and ties(kindest, signing[t, other, state, k, x]):
            return x if ties(own_after, signing[t, side, state, k, x]) else -1
    return -1


def course_truces(
    game: tuple[Any, ...], truce: tuple[Array, Array, Flags], solution: tuple[Any, ...], breakers: Any, start: Array
) -> tuple[Array, Array, Array, Array]:
    """Follow a solved game with truces from one place: the twin of `parley.methods.war_course.follow`.

    Parameters
    ----------
    game, truce, solution : as in `solve_truces`
    breakers : who breaks a truce, as in `parley.methods.war_truce.Peace`
    start : chance that the front stands at each place at the first round, shape (place,)

    Returns
    -------
    outcomes : array, shape (5,)
        Expected sum of shares agreed, chances that A and that B wins, and that the war goes on after the last round,
        and expected rounds fought.
    signed : array, shape (round,)
        Probability that a truce is signed in each round.
    broken : array, shape (round, side)
        Probability that a truce is broken by each side in each round.
    peace : array, shape (share,)
        Probability that a truce with this share is in force after the last round.
    """
    rounds, _, _, states, places = solution[2].shape
    outcomes, signed, broken = np.zeros(5), np.zeros(rounds), np.zeros((rounds, 2))
    war, calm = np.zeros((2, states, places)), np.zeros((2, states, places, len(truce[0])))
    war[0, 0] = start
    _course(game, truce, (solution[2], solution[3], breakers), (war, calm, outcomes, signed, broken))
    left = war[rounds % 2].sum(axis=0)
    outcomes[1], outcomes[2], outcomes[3] = left[-1], left[0], left[1:-1].sum()
    return outcomes, signed, broken, calm[rounds % 2].sum(axis=(0, 1))


@njit(cache=True)
def _course(
    game: tuple[Any, ...], truce: tuple[Array, Array, Flags], policy: tuple[Any, ...], tally: tuple[Any, ...]
) -> None:
    """Fill the tally; its `war` and `calm` hold chances now and next."""
    ends, shares, breakers = policy
    war, calm, outcomes, signed, broken = tally
    proposer = game[6]
    _, states, places, grid = calm.shape
    for t in range(signed.shape[0]):
        now, later = t % 2, (t + 1) % 2
        war[later], calm[later] = 0.0, 0.0
        chance = proposer[t % proposer.shape[0]]
        for state, k in np.ndindex(states, places):
            if k in (0, places - 1):
                war[later, state, k] += war[now, state, k]
                continue
            for x in range(grid):
                here, who = calm[now, state, k, x], breakers[t, state, k, x]
                if here > 0.0 and who == 0:
                    _rest(truce, calm, (later, state, k, x), here)
                elif here > 0.0:
                    for side in range(2):
                        part = here * (0.5 if who == 3 else (1.0 if who == side + 1 else 0.0))
                        broken[t, side] += part
                        _battle(game, war, outcomes, (t, state, k, side), part)
            for side in range(2):
                part = war[now, state, k] * (chance if side == 0 else 1.0 - chance)
                if ends[t, side, 0, state, k] == SETTLE:
                    signed[t] += part
                    outcomes[0] += part * shares[t, side, 0, state, k]
                    x = np.searchsorted(truce[0], shares[t, side, 0, state, k])
                    _rest(truce, calm, (later, state, k, x), part)
                else:
                    _battle(game, war, outcomes, (t, state, k, 1 - side), part)


@njit(cache=True)
def _rest(truce: tuple[Array, Array, Flags], calm: Array, where: tuple[int, int, int, int], part: float) -> None:
    """Let power move while a truce holds; it keeps off the ends."""
    later, state, k, x = where
    up, down = truce[1][0], truce[1][1]
    calm[later, state, k, x] += part * (1.0 - up - down)
    calm[later, state, min(k + 1, calm.shape[2] - 2), x] += part * up
    calm[later, state, max(k - 1, 1), x] += part * down


@njit(cache=True)
def _battle(game: tuple[Any, ...], war: Array, outcomes: Array, where: tuple[int, int, int, int], part: float) -> None:
    """Move the front by a battle under the lever set that answers a rejection, or a breach, by this side."""
    _, sets, acts, follows, _, _, _, _ = game
    t, state, k, side = where
    chosen, after = acts[min(t, acts.shape[0] - 1), state, side], follows[state, side]
    later, up, down = (t + 1) % 2, sets[chosen, 0], sets[chosen, 1]
    outcomes[4] += part
    war[later, after, k + 1] += part * up
    war[later, after, k - 1] += part * down
    war[later, after, k] += part * (1.0 - up - down)
