"""Weighted mean and weighted median of positions: the two oldest forecasts of a collective decision."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError

__all__ = ["best_stated_position", "pulls", "relative", "weighted_mean_settlement", "weighted_median_interval"]

Array = NDArray[np.float64]


def relative(weight: Array, axis: int) -> Array:
    """Bring weights to a largest of 1 along an axis, so that no sum of them leaves the range of numbers.

    Parameters
    ----------
    weight : array, >= 0, any shape
    axis : along which only relations matter

    Returns
    -------
    array of the same shape, 0..1; all 0 where every weight is 0.
    """
    largest = weight.max(axis=axis, keepdims=True, initial=0.0)
    result: Array = np.divide(weight, largest, out=np.zeros(weight.shape), where=largest > 0)
    return result


def weighted_mean_settlement(position: Array, salience: Array, capability: Array) -> Array:
    """Settle each issue at the mean position, weighted by salience times capability.

    Parameters
    ----------
    position : array, shape (party, issue)
        Where each party stands, 0..100 on the issue's scale; NaN where it takes no position.
    salience : array, shape (party, issue)
        How much the party cares, 0..1; 0 where `position` is NaN.
    capability : array, shape (party,)
        Relative power to shape the outcome, >= 0, no unit.

    Returns
    -------
    array, shape (issue,)
        Settlement on each issue's scale, 0..100; NaN on an issue on which no party takes a position.

    Raises
    ------
    EngineError
        If parties stand on some issue but none with capability cares about it: the mean is then undefined.

    Source
    ------
    The compromise model, [VandenBos1991]_; shown to approximate the Nash bargaining solution in [Achen2006]_.
    """
    weight = _weights(position, salience, capability)
    total = weight.sum(axis=0)
    pulled = (weight * np.nan_to_num(position)).sum(axis=0)
    settlement: Array = np.divide(pulled, total, out=np.full(total.shape, np.nan), where=total > 0)
    return settlement


def weighted_median_interval(position: Array, salience: Array, capability: Array) -> tuple[Array, Array]:
    """Find the weighted median on each issue, as the interval of all points that are one.

    A point is a weighted median where at most half of the weight lies to its left and at most half to its right.
    Where the
    weights split exactly in half, every point between two positions is one.

    Parameters
    ----------
    position, salience, capability : arrays
        As in `weighted_mean_settlement`.

    Returns
    -------
    two arrays, shape (issue,)
        Lower and upper end, 0..100; equal except in a tie; NaN on an issue on which no party takes a position.

    Raises
    ------
    EngineError
        As in `weighted_mean_settlement`.

    Source
    ------
    [Black1948]_; with weights it is the point that wins every pairwise vote in proportion to distance.
    """
    weight = _weights(position, salience, capability)
    lower, upper = np.full(position.shape[1], np.nan), np.full(position.shape[1], np.nan)
    for j in np.flatnonzero(weight.sum(axis=0) > 0):
        order = np.argsort(position[:, j], kind="stable")
        points, heights = position[order, j], weight[order, j]
        points, heights = points[heights > 0], heights[heights > 0]
        reached, half = np.cumsum(heights), heights.sum() / 2
        tolerance = 1e-12 * heights.sum()
        lower[j] = points[np.flatnonzero(reached >= half - tolerance)[0]]
        upper[j] = points[np.flatnonzero(reached > half + tolerance)[0]]
    return lower, upper


def _weights(position: Array, salience: Array, capability: Array) -> Array:
    stands = ~np.isnan(position)
    weight = np.where(stands, salience * relative(capability, 0)[:, np.newaxis], 0.0)
    orphaned = stands.any(axis=0) & (weight.sum(axis=0) <= 0)
    if orphaned.any():
        raise EngineError(f"no party with capability cares about {int(orphaned.sum())} issue(s)")
    return weight


def best_stated_position(position: Array, weight: Array, party: int) -> Array:
    """The positions that a party would state to bring the compromise mean as near to its true ones as it can.

    The mean is linear in each position, so the best one solves mean = true position, kept on the scale:
    y = (x_p W - sum of the others' w x) / w_p.

    Parameters
    ----------
    position : array, shape (..., party, issue)
        True positions, 0..100; NaN where a party takes none.
    weight : array, shape (..., party, issue)
        Capability times salience, >= 0; 0 where a party takes no position.
    party : index of the party

    Returns
    -------
    array, shape (..., issue)
        0..100; the true position where the party has no weight, NaN where it takes none.

    Source
    ------
    The compromise mean of [VandenBos1991]_, solved for one position; ours.
    """
    own, pull = position[..., party, :], weight[..., party, :]
    total = weight.sum(axis=-2)
    others = (weight * np.nan_to_num(position)).sum(axis=-2) - pull * np.nan_to_num(own)
    wanted = np.divide(own * total - others, pull, out=np.array(np.broadcast_to(own, pull.shape)), where=pull > 0)
    stated: Array = np.where(np.isnan(own), np.nan, np.clip(wanted, 0.0, 100.0))
    return stated


def pulls(position: Array, salience: Array, capability: Array) -> tuple[Array, Array]:
    """How the compromise mean answers to a small change of one party's position, and of its salience.

    Parameters
    ----------
    position, salience, capability : arrays
        As in `weighted_mean_settlement`.

    Returns
    -------
    two arrays, shape (party, issue)
        d mean / d position = w / W, 0..1; d mean / d salience = c (x - mean) / W, points for each unit of salience; NaN
        where the party takes no position.

    Raises
    ------
    EngineError
        As in `weighted_mean_settlement`.

    Source
    ------
    Derivatives of the compromise mean of [VandenBos1991]_; ours.
    """
    weight = _weights(position, salience, capability)
    total = np.where(weight.sum(axis=0) > 0, weight.sum(axis=0), np.nan)
    mean = weighted_mean_settlement(position, salience, capability)
    by_position: Array = np.where(np.isnan(position), np.nan, weight / total)
    by_salience: Array = relative(capability, 0)[:, np.newaxis] * (position - mean) / total
    return by_position, by_salience
