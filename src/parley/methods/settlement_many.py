"""The settlement distribution of many issues at once: `settle`, the twin of `parley.methods.settlement_distribution`.

The same equations on arrays with one row for each issue of each draw. Whole arrays are quick enough here (some
hundredths of a millisecond a row) that nothing need be compiled.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parley.methods.settlement_distribution import (
    BROAD,
    EVEN,
    FAINT,
    KEPT,
    POINTS,
    REACH,
    SPREAD,
    TENTHS,
    TIE,
    TRACE,
    TWENTIETHS,
    WIDE,
    Parameters,
)

__all__ = ["OUTCOMES", "settle"]

Array = NDArray[np.float64]

OUTCOMES = ("median", "lower", "upper", "sampled", "mean", "compromise_mean")
"""Columns of the outcomes of an issue; points 0..100. `lower` and `upper` are the 10th and the 90th percentile."""

BLOCK = 200_000  # numbers in the largest array


def settle(position: Array, weight: Array, chance: Array, parameters: Parameters) -> Array:
    """Settle each issue of each draw.

    Parameters
    ----------
    position, weight : arrays, shape (draw, party, issue)
        Points 0..100, NaN where a party takes none; weights >= 0.
    chance : array, shape (draw, issue)
        A uniform number 0..1 each, for the column `sampled`.
    parameters : the coefficients

    Returns
    -------
    array, shape (draw, issue, 6)
        The columns `OUTCOMES`; NaN on an issue on which nobody with weight takes a position.
    """
    parties = position.shape[1]
    points, weights = (np.moveaxis(each, 1, 2).reshape(chance.size, parties) for each in (position, weight))
    level = np.column_stack([np.tile([0.5, 0.1, 0.9], (chance.size, 1)), chance.ravel()])
    outcomes = np.full((chance.size, len(OUTCOMES)), np.nan)
    taken = np.where(np.isnan(points), 0.0, weights)
    counts = taken > TIE * taken.max(axis=1, keepdims=True, initial=0.0)
    rows = np.flatnonzero(counts.any(axis=1))
    size = max(1, BLOCK // ((101 + parties) * max(parties, 1)))
    for start in range(0, rows.size, size):
        block = rows[start : start + size]
        outcomes[block] = _settle(points[block], np.where(counts, taken, 0.0)[block], level[block], parameters)
    return outcomes.reshape(*chance.shape, len(OUTCOMES))


def _settle(position: Array, weight: Array, level: Array, parameters: Parameters) -> Array:
    """Settle rows of shape (row, party) that each hold somebody; a party with weight 0 does not count."""
    here = weight > 0
    low = np.where(here, position, np.inf).min(axis=1, keepdims=True)
    high = np.where(here, position, -np.inf).max(axis=1, keepdims=True)
    apart = high - low > TIE
    position = np.where(here, position, low)
    place = 100.0 * (position - low) / np.where(apart, high - low, 1.0)
    share = weight / weight.sum(axis=1, keepdims=True)
    probability = _probability(place, share, here, parameters)
    value = np.hstack([np.minimum(low + (high - low) * (POINTS / 100.0), high), position])
    order = np.argsort(value, axis=1, kind="stable")
    value, probability = (np.take_along_axis(each, order, axis=1) for each in (value, probability))
    reached = np.cumsum(probability, axis=1)
    reached[:, -1] = np.inf
    place_of = [np.argmax(reached >= level[:, k, np.newaxis] - TIE, axis=1) for k in range(level.shape[1])]
    outcomes = np.empty((position.shape[0], len(OUTCOMES)))
    outcomes[:, :4] = np.take_along_axis(value, np.stack(place_of, axis=1), axis=1)
    outcomes[:, 4] = (probability * value).sum(axis=1)
    outcomes[:, 5] = (share * position).sum(axis=1)
    return np.where(apart, outcomes, low)


def _probability(place: Array, share: Array, here: NDArray[np.bool_], parameters: Parameters) -> Array:
    """Chance of the points 0, 1, ..., 100 and of each party's position, shape (row, 101 + party)."""
    between = np.abs(place[:, :, np.newaxis] - place[:, np.newaxis])
    support = _averaged(np.maximum(0.0, 1.0 - between / REACH), share)
    measure = share / (support + TRACE)
    few = np.clip(3.0 - measure.sum(axis=1, keepdims=True), 0.0, 1.0)
    edge = np.maximum(0.0, 1.0 - np.minimum(place, 100.0 - place) / REACH)
    log_measure = np.log(measure, out=np.full(measure.shape, -np.inf), where=here)
    log_support = np.log(support + FAINT)
    mean = (share * place).sum(axis=1, keepdims=True)

    choice = parameters.choice
    every = np.hstack([np.broadcast_to(POINTS, (place.shape[0], 101)), place])
    away = np.abs(every[:, :, np.newaxis] - place[:, np.newaxis])
    utility = choice[0] * ((every - mean) / 100.0) ** 2 + choice[1] * _averaged(away, share) / 100.0
    utility += choice[2] * np.log(_averaged(np.exp(-0.5 * (away / BROAD) ** 2), share) + FAINT)
    utility[:, :101] += choice[7] * TENTHS + choice[8] * TWENTIETHS + choice[9] * (POINTS == 50)
    utility[:, 101:] += choice[3] * log_support + choice[4] + choice[5] * few + choice[6] * edge + log_measure
    first = _softmax(utility)

    mixture = parameters.mixture
    utility = mixture[0] * log_support + mixture[1] * _averaged(between, share) / 100.0 + mixture[2] * edge
    part = _softmax(np.hstack([utility + log_measure, mixture[3] + mixture[4] * few]))
    rounds = np.exp(parameters.tilt[0] * TENTHS + parameters.tilt[1] * TWENTIETHS)
    points = (1.0 - EVEN) * _spread(place, part[:, :-1] * (1.0 - KEPT), SPREAD, rounds)
    points += (1.0 - EVEN) * _spread(mean, part[:, -1:], WIDE, rounds) + EVEN * rounds / rounds.sum()
    second = np.hstack([points, (1.0 - EVEN) * KEPT * part[:, :-1]])
    return np.asarray((first + second) / 2.0, dtype=np.float64)


def _spread(centre: Array, part: Array, width: float, rounds: Array) -> Array:
    """Spread parts about their centres, both of shape (row, centre), by normal kernels tilted to round numbers."""
    kernel = np.exp(-0.5 * ((POINTS - centre[:, :, np.newaxis]) / width) ** 2)
    return np.asarray(((part / (kernel @ rounds))[:, np.newaxis] @ kernel)[:, 0] * rounds, dtype=np.float64)


def _averaged(each: Array, share: Array) -> Array:
    """The mean over parties, weighted by share: (row, k, party) and (row, party) to (row, k)."""
    return np.asarray((each @ share[:, :, np.newaxis])[:, :, 0], dtype=np.float64)


def _softmax(utility: Array) -> Array:
    result = np.exp(utility - utility.max(axis=1, keepdims=True))
    return np.asarray(result / result.sum(axis=1, keepdims=True), dtype=np.float64)
