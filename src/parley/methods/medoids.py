"""A few members of a set that stand for all of it: k-medoids. `medoids` is the main name.

Source
------
Partitioning around medoids, [KaufmanRousseeuw1990]_, ch. 2: one medoid after another is added where it helps most,
then any is exchanged while that helps. Nothing is left to chance: of equally good members the first is taken.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["medoids", "typical"]

Array = NDArray[np.float64]
Places = NDArray[np.intp]

GAIN = 1e-12


def medoids(distance: Array, count: int) -> Places:
    """Choose members so that the sum of everybody's distances to the nearest of them is small.

    Parameters
    ----------
    distance : array, shape (member, member), >= 0, 0 on the diagonal
    count : how many, 1 or more

    Returns
    -------
    array, shape (at most count,), places in the order in which they were chosen; fewer where more would not help
    """
    chosen = [int(distance.sum(axis=1).argmin())]
    while len(chosen) < count:
        near = distance[:, chosen].min(axis=1)
        gain = np.maximum(near[np.newaxis, :] - distance, 0.0).sum(axis=1)
        if gain.max() <= GAIN:
            break
        chosen.append(int(gain.argmax()))
    while _swapped(distance, chosen):
        pass
    return np.array(chosen, dtype=np.intp)


def _swapped(distance: Array, chosen: list[int]) -> bool:
    """Make the exchange that helps most, if any does."""
    now = distance[:, chosen].min(axis=1).sum()
    best, change = now - GAIN * max(1.0, now), None
    for k in range(len(chosen)):
        kept = [each for place, each in enumerate(chosen) if place != k]
        near = distance[:, kept].min(axis=1) if kept else np.full(len(distance), np.inf)
        sums = np.minimum(near[np.newaxis, :], distance).sum(axis=1)
        if sums.min() < best:
            best, change = sums.min(), (k, int(sums.argmin()))
    if change is None:
        return False
    chosen[change[0]] = change[1]
    return True


def typical(distance: Array, *, most: int, enough: float) -> tuple[Places, Places]:
    """Choose as few members as tell the set, and give every other to the nearest.

    Parameters
    ----------
    distance : as in `medoids`
    most : how many there may be
    enough : more are taken until the sum of distances is at most this share of what it is with a single one, 0..1

    Returns
    -------
    The medoids, those that stand for most members first, and for each member which of them it belongs to
    """
    alone = distance[:, medoids(distance, 1)].min(axis=1).sum()
    for count in range(1, most + 1):
        chosen = medoids(distance, count)
        if distance[:, chosen].min(axis=1).sum() <= enough * alone + GAIN:
            break
    belongs = distance[:, chosen].argmin(axis=1)
    sizes = np.bincount(belongs, minlength=len(chosen))
    order = np.lexsort((chosen, -sizes))
    return chosen[order], np.argsort(order)[belongs]
