"""The issues that two sides divide, as one pie: `shares_in_step` spreads a settlement of the pie over its issues.

A share is side A's, 0..1; an issue's point 0..100 is one or the other way round, by the end of the scale that A wants.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["ceiling_of_b", "floor_of_a", "point_of_share", "share_of_a", "shares_in_step"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


def share_of_a(point: Array, a_wants_high: Flags) -> Array:
    """Turn points 0..100 into side A's share 0..1 of each issue of the pie.

    Parameters
    ----------
    point : points, shape (..., issue)
    a_wants_high : whether side A wants the high end, shape (issue,)
    """
    return np.where(a_wants_high, point / 100.0, 1.0 - point / 100.0)


def point_of_share(share: Array, a_wants_high: Flags) -> Array:
    """Turn side A's shares 0..1 into points 0..100, shape (..., issue): the inverse of `share_of_a`."""
    return np.where(a_wants_high, 100.0 * share, 100.0 - 100.0 * share)


def floor_of_a(lowest: Array, highest: Array, a_wants_high: Flags) -> Array:
    """The least share of each issue that side A's red lines allow.

    Parameters
    ----------
    lowest, highest : the bounds of side A's red lines, points 0..100, shape (..., issue); NaN where it names none
    a_wants_high : whether side A wants the high end, shape (issue,)

    Returns
    -------
    array, shape (..., issue)
        0..1; 0 without a red line. A bound on the side's own good (giving it too much) does not bind and is left out.
    """
    bound = share_of_a(np.where(a_wants_high, lowest, highest), a_wants_high)
    return np.where(np.isnan(bound), 0.0, bound)


def ceiling_of_b(lowest: Array, highest: Array, a_wants_high: Flags) -> Array:
    """The largest share of each issue for side A that side B's red lines allow; 1 without one. See `floor_of_a`."""
    bound = share_of_a(np.where(a_wants_high, highest, lowest), a_wants_high)
    return np.where(np.isnan(bound), 1.0, bound)


def shares_in_step(share: Array, weight: Array, floor: Array, ceiling: Array) -> Array:
    """Spread a settlement of the pie over its issues: all move in step from side A's floor to side B's ceiling.

    Parameters
    ----------
    share : side A's share of the pie, shape (...), between the weighted floor and the weighted ceiling
    weight : weights of the issues, adding up to 1, shape (..., issue)
    floor, ceiling : bounds of side A's share of each issue, shape (..., issue)

    Returns
    -------
    array, shape (..., issue)
        Shares whose weighted mean is `share`; the midpoint of floor and ceiling where these leave the pie no room.
    """
    least, most = (weight * floor).sum(axis=-1), (weight * ceiling).sum(axis=-1)
    room = most - least
    step = np.divide(share - least, room, out=np.full(np.shape(room), 0.5), where=np.abs(room) > 1e-12)
    return floor + (ceiling - floor) * np.where(np.isnan(share), np.nan, step)[..., np.newaxis]
