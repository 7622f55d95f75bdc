"""How good a probability forecast of one number was: `crps`, the randomised PIT and the coverage of intervals.

A forecast is a distribution over the points of a grid, such as 0, 1, ..., 100; every function takes many at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["closed_coverage", "crps", "crps_of_sample", "interval_coverage", "quantile", "randomised_pit"]

Array = NDArray[np.float64]

TIE = 1e-9
"""Cumulative probabilities as near as this to one another count as equal."""


def crps(probability: Array, grid: Array, outcome: Array) -> Array:
    """The continuous ranked probability score: the absolute error of a whole distribution; smaller is better.

    crps = integral of (F(y) - 1[y >= outcome])^2 = E|X - outcome| - E|X - X'| / 2, with X and X' drawn apart.

    Parameters
    ----------
    probability : array, shape (..., point)
        Of each point; each row sums to 1.
    grid : array, shape (point,) or (..., point)
        The points, in ascending order, in any unit.
    outcome : array, shape (...)
        What came about, in that unit.

    Returns
    -------
    array, shape (...), in the unit of the grid, >= 0; |point - outcome| for a forecast that is sure of one point.

    Source
    ------
    [GneitingRaftery2007]_, sec. 4.2.
    """
    reached = np.cumsum(probability, axis=-1)[..., :-1]
    away = (probability * np.abs(grid - np.asarray(outcome)[..., np.newaxis])).sum(axis=-1)
    apart = (reached * (1.0 - reached) * np.diff(grid, axis=-1)).sum(axis=-1)
    return np.asarray(away - apart, dtype=np.float64)


def crps_of_sample(sample: Array, outcome: Array) -> Array:
    """The score `crps` of the distribution that gives each member of a sample the same probability.

    Parameters
    ----------
    sample : array, shape (..., member)
        In any order.
    outcome : array, shape (...)

    Returns
    -------
    array, shape (...), in the unit of the sample, >= 0
    """
    ordered = np.sort(sample, axis=-1)
    return crps(np.full(ordered.shape, 1.0 / ordered.shape[-1]), ordered, outcome)


def quantile(probability: Array, grid: Array, level: float) -> Array:
    """The first point of the grid by which a distribution has reached a level.

    Parameters
    ----------
    probability : array, shape (..., point)
    grid : array, shape (point,)
        In ascending order.
    level : 0..1; 0.5 for the median

    Returns
    -------
    array, shape (...), points of the grid
    """
    reached = np.cumsum(probability, axis=-1) >= level - TIE
    reached[..., -1] = True
    return np.asarray(grid[np.argmax(reached, axis=-1)], dtype=np.float64)


def randomised_pit(probability: Array, grid: Array, outcome: Array, rng: np.random.Generator) -> Array:
    """Where each outcome falls in its forecast, 0..1, uniform over many forecasts if they are calibrated.

    F(outcome-) + U p(outcome): where the forecast has an atom at the outcome, the place within it is drawn.

    Parameters
    ----------
    probability, grid, outcome : arrays
        As in `crps`.
    rng : draws the place within atoms

    Returns
    -------
    array, shape (...), 0..1

    Source
    ------
    [CzadoGneitingHeld2009]_.
    """
    below, at = _below_and_at(probability, grid, outcome)
    return np.asarray(below + rng.random(below.shape) * at, dtype=np.float64)


def interval_coverage(probability: Array, grid: Array, outcome: Array, level: float = 0.8) -> Array:
    """Chance that the randomised PIT of each outcome lies in the central interval; its mean should be `level`.

    Parameters
    ----------
    probability, grid, outcome : arrays
        As in `crps`.
    level : probability of the central interval, 0..1

    Returns
    -------
    array, shape (...), 0..1: no chance is left in it
    """
    below, at = _below_and_at(probability, grid, outcome)
    low, high = (1.0 - level) / 2.0, (1.0 + level) / 2.0
    inside = np.clip(below + at, low, high) - np.clip(below, low, high)
    point = np.asarray((below >= low) & (below <= high), dtype=np.float64)
    return np.divide(inside, at, out=point, where=at > 0)


def closed_coverage(lower: Array, upper: Array, outcome: Array) -> Array:
    """1 where an outcome lies between two ends or on one of them, else 0.

    A forecast with atoms at its ends covers more than its level by this count; `interval_coverage` does not.

    Parameters
    ----------
    lower, upper, outcome : arrays, shape (...)

    Returns
    -------
    array, shape (...)
    """
    return np.asarray((outcome >= lower - TIE) & (outcome <= upper + TIE), dtype=np.float64)


def _below_and_at(probability: Array, grid: Array, outcome: Array) -> tuple[Array, Array]:
    """Probability below each outcome, and at it."""
    place = np.asarray(outcome)[..., np.newaxis]
    below = np.where(grid < place - TIE, probability, 0.0).sum(axis=-1)
    return below, np.where(np.abs(grid - place) <= TIE, probability, 0.0).sum(axis=-1)
