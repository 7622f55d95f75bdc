"""Exchanges of positions, many runs at once: the compiled twin of `parley.methods.exchange`. Main name: `trade`."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["trade"]

Array = NDArray[np.float64]
Index = NDArray[np.int64]

SMALL, SAME, TIE = 1e-10, 1e-9, 1e-12
"""As in `parley.methods.exchange`."""

SALIENCE_WEIGHT, FIXED_WEIGHT = 0.4, 0.1

CURRENT, LEFT, ONCE, CAPPED, PARTLY, RANDOM_TIES = range(6)
"""Places of the rules."""

WANTS, CARES, PULLS, VOTES, SIDE, MISSED = range(6)
"""Layers of `at`, shape (layer, party, issue): positions, saliences, weights, votes, sides of the outcome, and what the
first moves that a demander has bought add to weight times vote."""

TOTAL, BEGUN, NOW = range(3)
"""Rows of `sums`, shape (row, issue): all weight, the outcome at the start of the round, and after all trades."""

SHIFT, GAIN, PLANNED, SIGN, SHARE, RATIO, BEFORE, REACH = 0, 2, 3, 5, 7, 9, 10, 12
"""Places in an offer, the first of two where there is one for p and one for q: shifts of the outcomes at equal gains,
the gain, moves planned before, directions, shares of the weight, shift on q for each on p, outcomes by which it is
judged, and the largest shifts."""


def trade(
    position: Array,
    salience: Array,
    weight: Array,
    rounds: int,
    rules: tuple[tuple[bool, bool, bool, bool, bool, bool], float],
    seeds: NDArray[np.uint64],
) -> tuple[Array, Array, Array, Array]:
    """Trade for a number of rounds in each run.

    Parameters
    ----------
    position, salience, weight : arrays, shape (run, party, issue)
        As in `parley.methods.exchange.one_round`.
    rounds : number of rounds, >= 0
    rules : `current_outcome`, `left_at_outcome`, `once`, `capped`, `partly`, `random_ties`, and `randomness`
    seeds : one for each run

    Returns
    -------
    Votes after the last round, shape (run, party, issue); number of trades, shape (run,); what each party gains by its
    own trades, shape (run, party); and by those of others: inner gain, inner loss, outer gain, outer loss, shape
    (run, party, 4).
    """
    runs, parties, _ = position.shape
    votes, trades, gained = np.array(position, dtype=np.float64), np.zeros(runs), np.zeros((runs, parties))
    felt = np.zeros((runs, parties, 4))
    care, power = (np.ascontiguousarray(each, dtype=np.float64) for each in (salience, weight))
    state = np.array(seeds, dtype=np.uint64)
    chosen = np.array(rules[0], dtype=np.bool_)
    _trade((votes, care, power), rounds, chosen, rules[1], state, trades, gained, felt)
    return votes, trades, gained, felt


@njit(cache=True)
def _trade(  # noqa: PLR0913 - compiled code takes its arrays one by one
    given: tuple[Array, Array, Array],
    rounds: int,
    rules: NDArray[np.bool_],
    randomness: float,
    seeds: NDArray[np.uint64],
    trades: Array,
    gained: Array,
    felt: Array,
) -> None:
    runs, n, m = given[0].shape
    most = max(1, m * (m - 1) // 2 * (n * n // 4 + 1))
    pairs, offers = np.empty((most, 4), dtype=np.int64), np.empty((most, 14))
    at, sums, seen = np.empty((6, n, m)), np.empty((3, m)), np.empty((n, m, n))
    for run in range(runs):
        state = seeds[run : run + 1]
        for k in range(n):
            for d in range(m):
                at[WANTS, k, d], at[VOTES, k, d] = given[0][run, k, d], given[0][run, k, d]
                at[CARES, k, d], at[PULLS, k, d] = given[1][run, k, d], given[2][run, k, d]
        for t in range(rounds):
            _begin(at, sums, seen, rules, t)
            left = _offers(at, sums, seen, rules, pairs, offers)
            if left == 0:
                break
            while left > 0:
                chosen = _best(left, offers, rules, state)
                if randomness > 0.0:
                    _divide(at, pairs[chosen], offers[chosen], randomness, state)
                _make(at, sums, seen, pairs[chosen], offers[chosen], gained[run], felt[run])
                left = _still(at, sums, seen, rules, pairs, offers, chosen, left)
                trades[run] += 1.0
        for k in range(n):
            for d in range(m):
                given[0][run, k, d] = at[VOTES, k, d]


@njit(cache=True)
def _begin(at: Array, sums: Array, seen: Array, rules: NDArray[np.bool_], t: int) -> None:
    """Set the positions of round t, the outcomes, and who stands on which side of them."""
    _, n, m = at.shape
    for d in range(m):
        total, pulled = 0.0, 0.0
        for k in range(n):
            follows = (1.0 - at[CARES, k, d]) * SALIENCE_WEIGHT + FIXED_WEIGHT if rules[PARTLY] and t > 0 else 1.0
            at[WANTS, k, d] += (at[VOTES, k, d] - at[WANTS, k, d]) * follows
            at[VOTES, k, d] = at[WANTS, k, d]
            at[MISSED, k, d] = 0.0
            for other in range(n):
                seen[k, d, other] = np.nan
            if not np.isnan(at[WANTS, k, d]):
                total += at[PULLS, k, d]
                pulled += at[PULLS, k, d] * at[WANTS, k, d]
        sums[TOTAL, d] = total
        sums[BEGUN, d] = sums[NOW, d] = pulled / total if total > 0.0 else np.nan
        for k in range(n):
            apart = at[WANTS, k, d] - sums[BEGUN, d]
            at[SIDE, k, d] = 1.0 if apart > SAME else -1.0 if apart < -SAME else 0.0
            if rules[LEFT] and abs(apart) <= SAME:
                at[SIDE, k, d] = -1.0


@njit(cache=True)
def _offers(at: Array, sums: Array, seen: Array, rules: NDArray[np.bool_], pairs: Index, offers: Array) -> int:  # noqa: C901, PLR0913 - as above
    """Enter everybody who may trade, and at what gain."""
    _, n, m = at.shape
    s, side, count = at[CARES], at[SIDE], 0
    for p in range(m):
        for q in range(p + 1, m):
            for first in (1.0, -1.0):
                for a in range(n):
                    if side[a, p] != first or side[a, q] != 1.0:
                        continue
                    for b in range(n):
                        if side[b, p] != -first or side[b, q] != -1.0:
                            continue
                        i, j = (a, b) if s[a, p] * s[b, q] < s[b, p] * s[a, q] else (b, a)
                        if at[PULLS, i, p] <= 0.0 or at[PULLS, j, q] <= 0.0:
                            continue
                        pair, offer = pairs[count], offers[count]
                        pair[0], pair[1], pair[2], pair[3] = i, j, p, q
                        offer[PLANNED], offer[PLANNED + 1] = 0.0, 0.0
                        offer[SIGN] = 1.0 if at[WANTS, j, p] > at[WANTS, i, p] else -1.0
                        offer[SIGN + 1] = 1.0 if at[WANTS, i, q] > at[WANTS, j, q] else -1.0
                        offer[SHARE] = at[PULLS, i, p] / sums[TOTAL, p]
                        offer[SHARE + 1] = at[PULLS, j, q] / sums[TOTAL, q]
                        offer[RATIO] = (s[i, p] + s[j, p]) / (s[i, q] + s[j, q])
                        if _priced(at, sums, seen, rules, pair, offer):
                            count += 1
    return count


@njit(cache=True)
def _priced(at: Array, sums: Array, seen: Array, rules: NDArray[np.bool_], pair: Index, offer: Array) -> bool:  # noqa: C901, PLR0911, PLR0912, PLR0913 - as above
    """Find the largest equal gain; see `parley.methods.exchange.Table.priced`."""
    room_p, room_q, behind_p, behind_q, ahead_p, ahead_q = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for turn in range(2):
        supplier, demander, d = pair[turn], pair[1 - turn], pair[2 + turn]
        sign, share = offer[SIGN + turn], offer[SHARE + turn]
        wanted, vote = at[WANTS, demander, d], at[VOTES, supplier, d]
        distance = sign * (wanted - vote)
        if distance <= SMALL:
            return False
        if rules[CURRENT]:
            before = measured = sums[NOW, d]
            if sign * (wanted - before) <= SAME or sign * (before - at[WANTS, supplier, d]) < -SAME:
                return False
        else:
            measured = sums[BEGUN, d] + at[MISSED, demander, d] / sums[TOTAL, d]
            known = seen[demander, d, supplier]
            if np.isnan(known):
                before = measured = measured + share * (vote - at[WANTS, supplier, d])
            else:
                before = measured + share * (vote - known)
        room, ahead = distance * share, sign * (wanted - before)
        offer[BEFORE + turn] = before
        offer[REACH + turn] = min(room, ahead) if ahead > SAME else room
        if turn == 0:
            room_p, ahead_p, behind_p = room, ahead, abs(wanted - measured)
        else:
            room_q, ahead_q, behind_q = room, ahead, abs(wanted - measured)
    ratio = offer[RATIO]
    if room_p <= 0.0 or room_q <= 0.0 or ratio <= 0.0:
        return False
    shift_p = min(room_p, room_q / ratio)
    shift_q = shift_p * ratio
    for turn in range(2):
        offer[SHIFT], offer[SHIFT + 1] = shift_p, shift_q
        offer[GAIN] = at[CARES, pair[0], pair[3]] * shift_q - at[CARES, pair[0], pair[2]] * shift_p
        if turn == 0 and offer[GAIN] < SMALL:
            return False
        for k in range(2):
            move = offer[SIGN + k] * offer[SHIFT + k] / offer[SHARE + k]
            vote = at[VOTES, pair[k], pair[2 + k]] + move
            if abs(move) <= SMALL or vote < -SAME or vote > 100.0 + SAME:
                return False
            if rules[CAPPED] and offer[PLANNED + k] + move > 100.0 + SAME:
                return False
        if SAME < ahead_q < shift_q - SAME:
            shift_q = behind_q
        shift_p = shift_q / ratio
        if SAME < ahead_p < shift_p - SAME:
            shift_p = behind_p
        shift_q = shift_p * ratio
    return True


@njit(cache=True)
def _roll(state: NDArray[np.uint64]) -> float:
    state[0] += np.uint64(0x9E3779B97F4A7C15)
    mixed = state[0]
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return float((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(11)) / 9007199254740992.0


@njit(cache=True)
def _best(left: int, offers: Array, rules: NDArray[np.bool_], state: NDArray[np.uint64]) -> int:
    chosen, ties = 0, 1
    for k in range(1, left):
        slack = TIE * (1.0 + offers[chosen, GAIN])
        if offers[k, GAIN] > offers[chosen, GAIN] + slack:
            chosen, ties = k, 1
        elif rules[RANDOM_TIES] and offers[k, GAIN] >= offers[chosen, GAIN] - slack:
            ties += 1
            if _roll(state) * ties < 1.0:
                chosen = k
    return chosen


@njit(cache=True)
def _divide(at: Array, pair: Index, offer: Array, randomness: float, state: NDArray[np.uint64]) -> None:
    """Let chance divide the gain of the trade that is made; see `parley.methods.exchange.Table._divided`."""
    i, j, p, q, s, gain = pair[0], pair[1], pair[2], pair[3], at[CARES], offer[GAIN]
    u, v, step = _roll(state), _roll(state), randomness * _roll(state)
    room_p, room_q = offer[REACH], offer[REACH + 1]
    if u < 0.5:
        most = min(room_p, room_q * s[j, q] / s[j, p]) * (s[i, q] * s[j, p] / s[j, q] - s[i, p])
    else:
        most = min(room_p, room_q * s[i, q] / s[i, p]) * (s[j, p] - s[j, q] * s[i, p] / s[i, q])
    wanted = gain + step * (most - gain) if v < 0.5 else gain * (1.0 - step)
    offer[SHIFT], offer[SHIFT + 1] = room_p, room_q
    if u < 0.5:
        back = (wanted + s[i, p] * room_p) / s[i, q]
        if back <= room_q:
            offer[SHIFT + 1] = back
        else:
            offer[SHIFT] = (s[i, q] * room_q - wanted) / s[i, p]
    else:
        back = (wanted + s[j, q] * room_q) / s[j, p]
        if back <= room_p:
            offer[SHIFT] = back
        else:
            offer[SHIFT + 1] = (s[j, p] * room_p - wanted) / s[j, q]


@njit(cache=True)
def _make(at: Array, sums: Array, seen: Array, pair: Index, offer: Array, gained: Array, felt: Array) -> None:  # noqa: PLR0913 - as above
    """Move both parties, and enter what everybody gains."""
    i, j, p, q = pair[0], pair[1], pair[2], pair[3]
    s, x, side = at[CARES], at[WANTS], at[SIDE]
    gained[i] += s[i, q] * offer[SHIFT + 1] - s[i, p] * offer[SHIFT]
    gained[j] += s[j, p] * offer[SHIFT] - s[j, q] * offer[SHIFT + 1]
    for k in range(x.shape[0]):
        if k in (i, j):
            continue
        value = 0.0
        for turn in range(2):
            d = pair[2 + turn]
            if not np.isnan(x[k, d]):
                before = offer[BEFORE + turn]
                after = before + offer[SIGN + turn] * offer[SHIFT + turn]
                value += s[k, d] * (abs(before - x[k, d]) - abs(after - x[k, d]))
        like_i, like_j = side[k, p] == side[i, p] and side[k, q] == side[i, q], side[k, p] == side[j, p]
        inner = like_i or (like_j and side[k, q] == side[j, q])
        if abs(value) > SMALL:
            felt[k, (0 if inner else 2) + (1 if value < 0.0 else 0)] += value
    for turn in range(2):
        supplier, demander, d = pair[turn], pair[1 - turn], pair[2 + turn]
        end = at[VOTES, supplier, d] + offer[SIGN + turn] * offer[SHIFT + turn] / offer[SHARE + turn]
        at[VOTES, supplier, d] = x[demander, d] if abs(end - x[demander, d]) <= SAME else end
        if np.isnan(seen[demander, d, supplier]):
            seen[demander, d, supplier] = at[VOTES, supplier, d]
            at[MISSED, demander, d] += at[PULLS, supplier, d] * (at[VOTES, supplier, d] - x[supplier, d])
        pulled = 0.0
        for k in range(x.shape[0]):
            if not np.isnan(x[k, d]):
                pulled += at[PULLS, k, d] * at[VOTES, k, d]
        sums[NOW, d] = pulled / sums[TOTAL, d]


@njit(cache=True)
def _still(  # noqa: C901, PLR0913 - as above
    at: Array,
    sums: Array,
    seen: Array,
    rules: NDArray[np.bool_],
    pairs: Index,
    offers: Array,
    chosen: int,
    left: int,
) -> int:
    """Keep the offers that still stand after a trade, priced anew if it touched them; gives their number."""
    i, j, p, q, kept = pairs[chosen, 0], pairs[chosen, 1], pairs[chosen, 2], pairs[chosen, 3], 0
    for k in range(left):
        if k == chosen:
            continue
        a, b, c, d = pairs[k, 0], pairs[k, 1], pairs[k, 2], pairs[k, 3]
        first, second = (a == i and c == p) or (a == j and c == q), (b == i and d == p) or (b == j and d == q)
        if rules[ONCE] and (first or second):
            continue
        if first:
            offers[k, PLANNED] += offers[k, SIGN] * offers[k, SHIFT] / offers[k, SHARE]
        if second:
            offers[k, PLANNED + 1] += offers[k, SIGN + 1] * offers[k, SHIFT + 1] / offers[k, SHARE + 1]
        if rules[CURRENT]:
            touched = c == p or c == q or d == p or d == q  # noqa: PLR1714 - quicker compiled
        else:
            demands = (a == i and d == q) or (a == j and d == p) or (b == i and c == q) or (b == j and c == p)
            touched = first or second or demands
        if touched and not _priced(at, sums, seen, rules, pairs[k], offers[k]):
            continue
        if kept != k:
            for place in range(4):
                pairs[kept, place] = pairs[k, place]
            for place in range(14):
                offers[kept, place] = offers[k, place]
        kept += 1
    return kept
