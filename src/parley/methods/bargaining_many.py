"""The solutions of `parley.methods.bargaining` for many bargains with quadratic losses at once: `solve_many`.

The decisions are those of the readable module, taken for all bargains together; the Newton steps are compiled.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parley.kernels.bargaining import DISTANCE, POSITION, SHARE, highest, nash
from parley.methods.bargaining import LEAST_WEIGHT, STUCK

__all__ = ["solve_many"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def solve_many(
    planes: Array, beyond: Array, weight: Array, which: Literal["nash", "kalai_smorodinsky", "egalitarian"]
) -> tuple[Array, Array, Mask]:
    """Solve each bargain.

    Parameters
    ----------
    planes : array, shape (bargain, 3, party, issue)
        Position, share and distance as in `parley.methods.bargaining.Bargain`, without NaN.
    beyond, weight : arrays, shape (bargain, party)
    which : the solution that is wanted

    Returns
    -------
    settlement : array, shape (bargain, issue), 0..1; NaN on issues that are not moved
    price : array, shape (bargain, party), as `Solution.price`, but 0 for NaN
    able : array, shape (bargain, party), who can gain
    """
    left, settlement, value = _movable(planes, beyond)
    able, moved = _any(left[:, SHARE], 2), _any(left[:, SHARE], 1)
    price, some = np.zeros(weight.shape), _any(able, 1)
    inner, power = left[some], np.where(able, weight, 0.0)[some]
    if which == "nash" and some.any():
        largest = power.max(axis=1, keepdims=True)
        power = np.where(able[some], np.maximum(power / largest, LEAST_WEIGHT), 0.0)
        settlement[some], found = nash(inner, beyond[some], power, settlement[some])
        price[some] = found / power.sum(axis=1, keepdims=True)
    elif some.any():
        cost = beyond[some]
        if which == "kalai_smorodinsky":
            ideal = _ideal_gains(inner, cost, settlement[some], value[some])
            inner[:, SHARE] /= ideal[:, :, np.newaxis]
            cost = cost / ideal
        settlement[some] = _raised(inner, cost)
    settlement[~moved] = np.nan
    return settlement, price, able


def _movable(planes: Array, beyond: Array) -> tuple[Array, Array, Array]:
    """Bargains without the parties that can gain nothing and the issues that stay, with the egalitarian point."""
    left = planes.copy()
    settlement, value = np.full(planes[:, 0, 0].shape, np.nan), np.zeros(len(planes))
    open_ones = np.flatnonzero(_any(left[:, SHARE], (1, 2)))
    while open_ones.size:
        here = left[open_ones]
        settlement[open_ones], value[open_ones], price, slack = _stage(here, beyond[open_ones])
        stuck = value[open_ones] <= STUCK
        held = _bound(here, price, slack)
        pinned = _any(here[:, SHARE] * held[:, :, np.newaxis], 1)
        here[:, SHARE] *= ~(held[:, :, np.newaxis] | pinned[:, np.newaxis, :])
        left[open_ones[stuck]] = here[stuck]
        open_ones = open_ones[stuck & _any(here[:, SHARE], (1, 2))]
    return left, settlement, value


def _stage(planes: Array, beyond: Array) -> tuple[Array, Array, Array, Array]:
    """Raise the smallest gain, from the positions of those who care most."""
    keenest = planes[:, SHARE].argmax(axis=1)[:, np.newaxis, :]
    start = np.take_along_axis(planes[:, POSITION], keenest, axis=1)[:, 0]
    common = np.where(_any(planes[:, SHARE], 2), beyond, np.inf).min(axis=1)
    counts, room = np.ones(beyond.shape), np.full(len(planes), 0.1)
    point, value, price, slack = highest(planes, beyond - common[:, np.newaxis], counts, start, room)
    return point, value + common, price, slack


def _bound(planes: Array, price: Array, slack: Array) -> Mask:
    """Who holds the smallest gain down."""
    bound = (price > slack) & _any(planes[:, SHARE], 2)
    bound[np.arange(len(planes)), price.argmax(axis=1)] = True
    return bound


def _ideal_gains(planes: Array, beyond: Array, start: Array, room: Array) -> Array:
    """The most that each party can gain while nobody loses; 1 for a party that takes no part."""
    able, ideal = _any(planes[:, SHARE], 2), np.ones(beyond.shape)
    for p in range(beyond.shape[1]):
        some = able[:, p]
        if some.any():
            counts = np.zeros((int(some.sum()), beyond.shape[1]))
            counts[:, p] = 1.0
            ideal[some, p] = highest(planes[some], beyond[some], counts, start[some], room[some])[1]
    return ideal


def _raised(planes: Array, beyond: Array) -> Array:
    """Raise the smallest gain, then the next smallest of those who are not held down yet, and so on (leximin)."""
    left, cost = planes.copy(), beyond.copy()
    settlement = np.full(planes[:, 0, 0].shape, np.nan)
    open_ones = np.arange(len(planes))
    while open_ones.size:
        here = left[open_ones]
        point, _, price, slack = _stage(here, cost[open_ones])
        held = _bound(here, price, slack)
        fixed = _any(here[:, SHARE] * held[:, :, np.newaxis], 1)
        settlement[open_ones] = np.where(fixed, point, settlement[open_ones])
        apart = np.abs(point[:, np.newaxis, :] - here[:, POSITION])
        closer = here[:, SHARE] * (here[:, DISTANCE] - apart) * (here[:, DISTANCE] + apart)
        cost[open_ones] += np.where(fixed[:, np.newaxis, :], closer, 0.0).sum(axis=2)
        here[:, SHARE] *= ~(held[:, :, np.newaxis] | fixed[:, np.newaxis, :])
        left[open_ones] = here
        open_ones = open_ones[_any(here[:, SHARE], (1, 2))]
    return settlement


def _any(values: NDArray[Any], axis: int | tuple[int, ...]) -> Mask:
    return np.asarray(values.any(axis=axis))
