"""The challenge model, many runs at once: the compiled twin of `parley.methods.challenge`. Main name: `play`."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["play"]

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

TIE = 1e-12
"""As in `parley.methods.challenge`."""

# Places of the rules among the numbers of `parley.methods.challenge.Rules`; 0 is the default of each.
DENOMINATOR, COMPROMISE, OFFERS, COMPELLED, RISK, RISK_AMONG, VOTES, SCALE = range(8)


def play(  # noqa: PLR0913 - the arrays and the rules
    position: Array, salience: Array, weight: Array, rounds: int, rules: tuple[int, ...], status_quo: float = 1.0
) -> Array:
    """Play each run for a number of rounds.

    Parameters
    ----------
    position, salience, weight : arrays, shape (run, party)
        Position NaN where a party takes no part.
    rounds : number of rounds, >= 0
    rules : the `numbers` of `parley.methods.challenge.Rules`
    status_quo : as there

    Returns
    -------
    array, shape (run, round, party)
        Positions from the start on; NaN where a party takes no part.
    """
    history = np.full((position.shape[0], rounds + 1, position.shape[1]), np.nan)
    start, care, power = (np.ascontiguousarray(each, dtype=np.float64) for each in (position, salience, weight))
    _play(start, care, power, np.array(rules, dtype=np.int64), float(status_quo), history)
    return history


@njit(cache=True)
def _play(  # noqa: PLR0913 - compiled code takes its arrays one by one
    position: Array, salience: Array, weight: Array, rules: Numbers, stays: float, history: Array
) -> None:
    runs, parties = position.shape
    present = np.empty(parties, dtype=np.int64)
    x, moved, s, w, r = np.empty(parties), np.empty(parties), np.empty(parties), np.empty(parties), np.empty(parties)
    power, chance = np.empty((parties, parties)), np.empty((parties, parties))
    for run in range(runs):
        n = 0
        for k in range(parties):
            if not np.isnan(position[run, k]):
                present[n], x[n], s[n], w[n] = k, position[run, k], salience[run, k], weight[run, k]
                r[n] = 1.0
                n += 1
        span = _span(n, x, rules)
        for t in range(history.shape[1]):
            for k in range(n):
                history[run, t, present[k]] = x[k]
            if rules[SCALE] == 1:
                span = _span(n, x, rules)
            if t + 1 == history.shape[1] or not span > 0.0:
                continue
            median = _attitudes(n, x, s, w, r, power, chance, span, rules, stays, t > 0)
            for k in range(n):
                moved[k] = _choice(n, k, x, s, r, chance, span, rules, stays, median)
            for k in range(n):
                x[k] = moved[k]


@njit(cache=True)
def _span(n: int, x: Array, rules: Numbers) -> float:
    if n == 0:
        return 0.0
    result: float = 100.0 if rules[SCALE] == 2 else x[:n].max() - x[:n].min()
    return result


@njit(cache=True)
def _attitudes(  # noqa: C901, PLR0913 - as above
    n: int,
    x: Array,
    s: Array,
    w: Array,
    r: Array,
    power: Array,
    chance: Array,
    span: float,
    rules: Numbers,
    stays: float,
    later: bool,  # noqa: FBT001 - compiled
) -> float:
    """Fill `r` and `chance`: first with no risk, then with what follows from it.

    Gives the median, or NaN where nobody needs it.
    """
    carried = later and rules[RISK] == 1
    if not carried:
        r[:n] = 1.0
    _chances(n, x, w, r, power, chance, span, rules)
    median = _median(n, x, w) if stays < 1.0 else np.nan
    if carried or rules[RISK] == 2:
        return median
    threat, most, least = np.empty(n), np.empty(n), np.empty(n)
    for j in range(n):
        threat[j] = _threat(n, j, x, s, r, chance, span, stays, median)
    most[:], least[:] = threat.max(), threat.min()
    if rules[RISK_AMONG] == 1:
        for i in range(n):
            here = x[i]
            most[i], least[i] = -np.inf, np.inf
            for j in range(n):
                x[i] = here if j == i else x[j]
                _chances(n, x, w, r, power, chance, span, rules)
                elsewhere = _median(n, x, w) if stays < 1.0 else np.nan
                found = _threat(n, i, x, s, r, chance, span, stays, elsewhere)
                most[i], least[i] = max(most[i], found), min(least[i], found)
            x[i] = here
    for j in range(n):
        spread = most[j] - least[j]
        known = spread > TIE * (1.0 + max(abs(most[j]), abs(least[j])))
        risk = (2.0 * threat[j] - most[j] - least[j]) / spread if known else 0.0
        r[j] = (1.0 - risk / 3.0) / (1.0 + risk / 3.0)
    if rules[VOTES] == 0 or rules[RISK_AMONG] == 1:
        _chances(n, x, w, r, power, chance, span, rules)
    return median


@njit(cache=True)
def _threat(  # noqa: PLR0913 - as above
    n: int, j: int, x: Array, s: Array, r: Array, chance: Array, span: float, stays: float, median: float
) -> float:
    """What all others together expect of challenging party j."""
    total = 0.0
    for i in range(n):
        if i != j:
            away = abs(x[i] - median) / span
            total += _expected(abs(x[i] - x[j]) / span, r[i], s[j], chance[i, j], stays, away)
    return total


@njit(cache=True)
def _chances(n: int, x: Array, w: Array, r: Array, power: Array, chance: Array, span: float, rules: Numbers) -> None:  # noqa: C901, PLR0913 - as above
    """Fill `chance`; `power` is room for the distances as each voter sees them."""
    all_pairs, neutral = rules[DENOMINATOR] == 0, rules[VOTES] == 1
    for k in range(n):
        for a in range(n):
            distance = abs(x[k] - x[a]) / span
            power[k, a] = w[k] * (distance if neutral or r[k] == 1.0 else distance ** r[k])
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
def _median(n: int, x: Array, w: Array) -> float:
    """The weighted median, the middle one where there are many."""
    order = np.argsort(x[:n], kind="mergesort")
    total, reached, lower = 0.0, 0.0, np.nan
    for k in order:
        total += w[k]
    for k in order:
        if w[k] <= 0.0:
            continue
        reached += w[k]
        if np.isnan(lower) and reached >= total / 2.0 - TIE * total:
            lower = x[k]
        if reached > total / 2.0 + TIE * total:
            upper: float = x[k]
            return (lower + upper) / 2.0
    return np.nan


@njit(cache=True)
def _expected(distance: float, r: float, resists: float, wins: float, stays: float, away: float) -> float:  # noqa: PLR0913 - as above
    """Equation 25; `away` is how far the challenger is from the median, without meaning where `stays` is 1."""
    if r == 1.0:
        success, failure, status_quo = 2.0 * distance, -2.0 * distance, 0.0
    else:
        success = 2.0 - 4.0 * (0.5 - 0.5 * distance) ** r
        failure = 2.0 - 4.0 * (0.5 + 0.5 * distance) ** r
        status_quo = 2.0 - 4.0 * 0.5**r
    result: float = resists * (wins * success + (1.0 - wins) * failure) + (1.0 - resists) * success
    if stays == 1.0:
        return result - status_quo
    sign = -0.25 if away < distance - TIE else 0.25
    change = 2.0 - 4.0 * (0.5 + sign * (away + distance)) ** r
    result -= stays * status_quo + (1.0 - stays) * change
    return result


@njit(cache=True)
def _choice(  # noqa: C901, PLR0913 - as above
    n: int,
    i: int,
    x: Array,
    s: Array,
    r: Array,
    chance: Array,
    span: float,
    rules: Numbers,
    stays: float,
    median: float,
) -> float:
    """Where party i goes."""
    best, rank, least = float(x[i]), 4, 0.0
    for j in range(n):
        if x[j] == x[i]:
            continue
        distance = abs(x[j] - x[i])
        own = _expected(distance / span, r[i], s[j], chance[i, j], stays, abs(x[i] - median) / span)
        rival = _expected(distance / span, r[i], s[i], chance[j, i], stays, abs(x[j] - median) / span)
        if rival <= TIE or abs(own) <= TIE or (own > 0.0 and rival <= own + TIE):
            continue
        offer, kind = float(x[j]), 1 if own > 0.0 else 3
        if kind == 3 and rival > TIE - own:
            offer, kind = x[i] + (x[j] - x[i]) * -own / rival, 2
        if kind == 3 and rules[COMPELLED] == 1:
            continue
        cost = abs(offer - x[i])
        if kind == 2 and rules[OFFERS] == 0 and rules[COMPROMISE] == 0:
            cost = -rival
        elif kind == 2 and rules[OFFERS] == 0 and rules[COMPROMISE] == 2:
            cost = (rival * x[j] - own * x[i]) / (rival - own)
        order = kind if rules[OFFERS] == 0 else 0
        if order < rank or (order == rank and cost < least - TIE * (1.0 + abs(cost))):
            best, rank, least = offer, order, cost
    return best
