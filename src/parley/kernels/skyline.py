"""The points that no other point beats, for any number of dimensions: the compiled twin of a search over all pairs.

`undominated` is the main name.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["undominated"]


@njit(cache=True)
def undominated(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find the points that no other one beats; larger is better.

    Parameters
    ----------
    points : array, shape (point, dimension), sorted so that no point is beaten by one that comes after it

    Returns
    -------
    array, shape (point,); a point that equals one that is not beaten is not beaten either
    """
    count, dimensions = points.shape
    kept = np.empty(count, np.int64)
    size = 0
    result = np.zeros(count, np.bool_)
    for i in range(count):
        beaten = False
        for place in range(size):
            j = kept[place]
            at_least, more = True, False
            for d in range(dimensions):
                if points[j, d] < points[i, d]:
                    at_least = False
                    break
                if points[j, d] > points[i, d]:
                    more = True
            if at_least and more:
                beaten = True
                # what beats one point often beats the next, too
                kept[place] = kept[place // 2]
                kept[place // 2] = j
                break
        if not beaten:
            kept[size] = i
            size += 1
            result[i] = True
    return result
