"""The challenge model, many runs at once: the compiled twin of `parley.methods.challenge`. Main name: `play`."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["play"]

Array = NDArray[np.float64]

TIE = 1e-12
"""As in `parley.methods.challenge`."""


def play(position: Array, salience: Array, weight: Array, rounds: int, rules: tuple[bool, bool, bool, bool]) -> Array:
    """Play each run for a number of rounds.

    Parameters
    ----------
    position, salience, weight : arrays, shape (run, party)
        Position NaN where a party takes no part.
    rounds : number of rounds, >= 0
    rules : `all_pairs`, `own_risk_in_votes`, `least_movement` and `recomputed_risk` of `parley.methods.challenge.Rules`

    Returns
    -------
    array, shape (run, round, party)
        Positions from the start on; NaN where a party takes no part.
    """
    history = np.full((position.shape[0], rounds + 1, position.shape[1]), np.nan)
    start, care, power = (np.ascontiguousarray(each, dtype=np.float64) for each in (position, salience, weight))
    _play(start, care, power, np.array(rules, dtype=np.bool_), history)
    return history


@njit(cache=True)
def _play(position: Array, salience: Array, weight: Array, rules: NDArray[np.bool_], history: Array) -> None:
    runs, parties = position.shape
    present = np.empty(parties, dtype=np.int64)
    x, moved, s, w, r = np.empty(parties), np.empty(parties), np.empty(parties), np.empty(parties), np.empty(parties)
    power, chance = np.empty((parties, parties)), np.empty((parties, parties))
    for run in range(runs):
        n, low, high = 0, np.inf, -np.inf
        for k in range(parties):
            if not np.isnan(position[run, k]):
                present[n], x[n], s[n], w[n] = k, position[run, k], salience[run, k], weight[run, k]
                low, high = min(low, x[n]), max(high, x[n])
                n += 1
        for t in range(history.shape[1]):
            for k in range(n):
                history[run, t, present[k]] = x[k]
            if t + 1 == history.shape[1] or n == 0 or not high > low:
                continue
            _attitudes(n, x, s, w, r, power, chance, high - low, rules)
            for k in range(n):
                moved[k] = _choice(n, k, x, s, r, chance, high - low, rules[2])
            for k in range(n):
                x[k] = moved[k]


@njit(cache=True)
def _attitudes(  # noqa: PLR0913 - compiled code takes its arrays one by one
    n: int, x: Array, s: Array, w: Array, r: Array, power: Array, chance: Array, span: float, rules: NDArray[np.bool_]
) -> None:
    """Fill `r` and `chance`: first with no risk, then with what follows from it."""
    for k in range(n):
        r[k] = 1.0
    _chances(n, x, w, r, power, chance, span, rules[0])
    if not rules[3]:
        return
    lowest, highest, largest = np.inf, -np.inf, 0.0
    for j in range(n):
        threat = 0.0
        for i in range(n):
            if i != j:
                threat += _expected(abs(x[i] - x[j]) / span, 1.0, s[j], chance[i, j])
        power[0, j] = threat
        lowest, highest, largest = min(lowest, threat), max(highest, threat), max(largest, abs(threat))
    if highest - lowest <= TIE * (1.0 + largest):
        return
    for j in range(n):
        risk = (2.0 * power[0, j] - highest - lowest) / (highest - lowest)
        r[j] = (1.0 - risk / 3.0) / (1.0 + risk / 3.0)
    if rules[1]:
        _chances(n, x, w, r, power, chance, span, rules[0])


@njit(cache=True)
def _chances(n: int, x: Array, w: Array, r: Array, power: Array, chance: Array, span: float, all_pairs: bool) -> None:  # noqa: C901, FBT001, PLR0913 - as above
    """Fill `chance`; `power` is room for the distances as each voter sees them."""
    for k in range(n):
        for a in range(n):
            distance = abs(x[k] - x[a]) / span
            power[k, a] = w[k] * (distance if r[k] == 1.0 else distance ** r[k])
    total = 0.0
    for a in range(n):
        chance[a, a] = 0.0
        for b in range(a + 1, n):
            wins, loses = 0.0, 0.0
            for k in range(n):
                vote = power[k, b] - power[k, a]
                if vote > 0.0:
                    wins += vote
                else:
                    loses -= vote
            cast = wins + loses
            total += 2.0 * cast
            share = 1.0 if all_pairs or cast == 0.0 else cast
            chance[a, b], chance[b, a] = wins / share, loses / share
    if all_pairs:
        for a in range(n):
            for b in range(n):
                chance[a, b] = chance[a, b] / total if total > 0.0 else 0.0


@njit(cache=True)
def _expected(distance: float, r: float, resists: float, wins: float) -> float:
    if r == 1.0:
        success, failure, status_quo = 2.0 * distance, -2.0 * distance, 0.0
    else:
        success = 2.0 - 4.0 * (0.5 - 0.5 * distance) ** r
        failure = 2.0 - 4.0 * (0.5 + 0.5 * distance) ** r
        status_quo = 2.0 - 4.0 * 0.5**r
    result: float = resists * (wins * success + (1.0 - wins) * failure) + (1.0 - resists) * success - status_quo
    return result


@njit(cache=True)
def _choice(  # noqa: PLR0913 - as above
    n: int,
    i: int,
    x: Array,
    s: Array,
    r: Array,
    chance: Array,
    span: float,
    least_movement: bool,  # noqa: FBT001 - compiled
) -> float:
    """Where party i goes."""
    best, rank, least = float(x[i]), 4, 0.0
    for j in range(n):
        if x[j] == x[i]:
            continue
        distance = abs(x[j] - x[i])
        own = _expected(distance / span, r[i], s[j], chance[i, j])
        rival = _expected(distance / span, r[i], s[i], chance[j, i])
        if rival <= TIE or abs(own) <= TIE or (own > 0.0 and rival <= own + TIE):
            continue
        offer, kind, cost = float(x[j]), 1, distance
        if own < 0.0 and rival > TIE - own:
            offer, kind = x[i] + (x[j] - x[i]) * -own / rival, 2
            cost = abs(offer - x[i]) if least_movement else -rival
        elif own < 0.0:
            kind = 3
        if kind < rank or (kind == rank and cost < least - TIE * (1.0 + abs(cost))):
            best, rank, least = offer, kind, cost
    return best
