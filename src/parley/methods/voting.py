"""Voting on points of a scale: who is decisive, which points hold, and what can replace a reference point.

Every party prefers points nearer to its position. A change passes if the parties that prefer it satisfy every
condition of the rule: a share of some weight, which may be that of a single party. `pivots` and `win_set` are the main
names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Condition", "nearest", "pivots", "win_set"]

Array = NDArray[np.float64]

TOLERANCE = 1e-9
"""Shares of weight closer than this to a threshold count as the threshold."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Condition:
    """One thing that a decision needs.

    Attributes
    ----------
    weight : weight of each party, >= 0, shape (draw, party)
    threshold : share of the weight of those who take a position that must consent, 0.5..1; at 0.5, more than half
    """

    weight: Array
    threshold: float


def pivots(position: Array, condition: Condition) -> tuple[Array, Array]:
    """Find the two positions between which every point holds.

    Points above the upper one can be moved down: those who stand at or below it have the weight to decide. Points below
    the lower one can be moved up by those who stand at or above it. Nothing in between can be moved.

    Parameters
    ----------
    position : array, shape (draw, party), 0..100
        Where the parties stand on one issue; NaN where one takes no position and so has no vote.
    condition : what a decision needs

    Returns
    -------
    two arrays, shape (draw,)
        The lower and the upper end of the points that hold under this condition, lower <= upper; NaN where nobody with
        weight takes a position.

    Source
    ------
    The pivots of [Krehbiel1998]_, for any weights and threshold; at more than half both are weighted medians
    ([Black1948]_).
    """
    weight = np.where(np.isnan(position), 0.0, condition.weight)
    order = np.argsort(np.where(weight > 0, position, np.inf), axis=1, kind="stable")
    points, heights = np.take_along_axis(position, order, axis=1), np.take_along_axis(weight, order, axis=1)
    total = weight.sum(axis=1, keepdims=True)
    upwards = np.cumsum(heights, axis=1)
    downwards = total - upwards + heights
    need = condition.threshold * total
    # At one half exactly, two camps of the same size could each decide: so more than half is needed
    slack = TOLERANCE * total if condition.threshold <= 1 / 2 else -TOLERANCE * total
    last = heights.shape[1] - 1 - np.argmax(((downwards >= need + slack) & (heights > 0))[:, ::-1], axis=1)
    first = np.argmax((upwards >= need + slack) & (heights > 0), axis=1)
    known = total[:, 0] > 0
    rows = np.arange(len(points))
    return np.where(known, points[rows, last], np.nan), np.where(known, points[rows, first], np.nan)


def win_set(core_low: Array, core_high: Array, reference: Array) -> tuple[Array, Array]:
    """Find the points that can replace a reference point.

    Who stands at the end of the core that is nearer to the reference point is decisive: it consents to points at which
    it is no worse off, and so does everybody beyond it. Whoever is indifferent consents.

    Parameters
    ----------
    core_low, core_high : arrays, shape (draw,), 0..100
        The points that hold.
    reference : array, shape (draw,), 0..100
        What holds without a decision; NaN where nobody says.

    Returns
    -------
    two arrays, shape (draw,)
        Lowest and highest point, 0..100, the reference point among them; both equal to it where nothing can replace
        it (gridlock), NaN where it is unknown.

    Source
    ------
    The win set of [Tsebelis2002]_ on one dimension; [RomerRosenthal1978]_ for the proposer who faces it.
    """
    below, above = reference < core_low, reference > core_high
    low = np.where(above, 2 * core_high - reference, reference)
    high = np.where(below, 2 * core_low - reference, reference)
    return np.clip(low, 0.0, 100.0), np.clip(high, 0.0, 100.0)


def nearest(low: Array, high: Array, point: Array) -> Array:
    """The point of an interval that lies nearest to a given point; NaN where any of them is."""
    return np.minimum(np.maximum(point, low), high)
