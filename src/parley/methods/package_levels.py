"""The levels on which each issue may be agreed, draw by draw. `levels_of` is the main name."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parley.domain.issue import Issue

__all__ = ["filled", "thinned"]

Array = NDArray[np.float64]

SAME = 1e-9
"""Points that differ by no more are one level."""


def thinned(
    issues: Sequence[Issue], wanted: Sequence[int], groups: Sequence[Sequence[int]], most: int
) -> tuple[int, ...]:
    """How many levels each issue may have, so that no group of issues makes more packages than may be listed.

    Parameters
    ----------
    issues : the issues on the table
    wanted : how many levels each would have; a ladder keeps all its rungs
    groups : the issues that hang together, by place
    most : the most packages of one group

    Returns
    -------
    A number for each issue. A group that makes too many packages even with two levels for each issue that is no ladder
    keeps all that it would have: it is not listed, and need not be short.
    """
    result = list(wanted)
    for group in groups:
        if math.prod(wanted[i] if issues[i].scale.ladder else min(wanted[i], 2) for i in group) > most:
            continue
        while math.prod(result[i] for i in group) > most:
            loose = [i for i in group if not issues[i].scale.ladder and result[i] > 2]
            result[max(loose, key=lambda i: (result[i], -i))] -= 1
    return tuple(result)


def filled(points: Array, count: int) -> Array:
    """Choose so many different levels for each draw, rising.

    Parameters
    ----------
    points : what suggests itself, the most important first, shape (draw, point), 0..100
    count : how many levels there are to be

    Returns
    -------
    array, shape (draw, count)
        The first `count` different points; where there are fewer, the middle of the widest gap is added until there are
        enough; NaN, at the end, where no gap is left.
    """
    draws = len(points)
    chosen = np.full((draws, count), np.nan)
    size = np.zeros(draws, dtype=np.intp)
    for column in points.T:
        new = (size < count) & ~(np.abs(chosen - column[:, np.newaxis]) <= SAME).any(axis=1)
        chosen[new, size[new]] = column[new]
        size += new
    chosen.sort(axis=1)
    every = np.arange(draws)
    while (size < count).any():
        gaps = np.nan_to_num(np.diff(chosen, axis=1), nan=-1.0) if count > 1 else np.full((draws, 1), -1.0)
        widest = gaps.argmax(axis=1)
        room = (size < count) & (gaps[every, widest] > 2 * SAME)
        if not room.any():
            break
        chosen[room, size[room]] = chosen[room, widest[room]] + gaps[room, widest[room]] / 2
        size += room
        chosen.sort(axis=1)
    return chosen
