"""Packages for many draws at once: the compiled twin of merging and picking. `solve` is the main name.

A draw's packages come as groups of issues that hang together, each listed whole; payoffs of different groups add up.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["EGALITARIAN", "KALAI_SMORODINSKY", "NASH", "UTILITARIAN", "solve"]

NASH, KALAI_SMORODINSKY, EGALITARIAN, UTILITARIAN = range(4)

TIE = 1e-9
"""As in `parley.methods.frontier`."""

FINE = 1e12
"""One over the difference at which payoffs count as different, as in `parley.methods.packages_merged`."""

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


@njit(cache=True)
def solve(worth: Array, free: Flags, starts: Ints, reserve: Array, solution: int) -> tuple[Ints, Flags]:
    """Pick a package for each draw.

    Parameters
    ----------
    worth : what each group's packages add to the payoffs, shape (draw, package of all groups, party); with more than
        two parties there must be one group
    free : whether a package crosses no bar, shape (draw, package of all groups)
    starts : where each group's packages begin, and the end of the last, shape (group + 1,)
    reserve : what each party gets without agreement, shape (draw, party)
    solution : which point

    Returns
    -------
    The package of each group, counted within it, shape (draw, group), -1 where nothing can be signed; and whether each
    group has a package that crosses no bar, shape (draw, group)
    """
    draws, parties = reserve.shape
    count = starts.size - 1
    chosen = np.full((draws, count), -1, np.int64)
    some = np.zeros((draws, count), np.bool_)
    for d in range(draws):
        for g in range(count):
            some[d, g] = free[d, starts[g] : starts[g + 1]].any()
        if not some[d].all():
            continue
        if parties == 2:
            points, packages = _joined(worth[d], free[d], starts, reserve[d])
        else:
            kept = np.flatnonzero(free[d])
            points, packages = worth[d][kept], kept.reshape(-1, 1)
        best = _pick(np.rint(points * FINE) / FINE, np.rint(reserve[d] * FINE) / FINE, solution)
        if best >= 0:
            chosen[d] = packages[best]
    return chosen, some


@njit(cache=True)
def _joined(worth: Array, free: Flags, starts: Ints, reserve: Array) -> tuple[Array, Ints]:
    """The points of the joint frontier that may reach both reserve values, and the package of each group."""
    count = starts.size - 1
    # the most that each party can still get from the groups that are to come
    ahead = np.zeros((count + 1, 2))
    for g in range(count - 1, -1, -1):
        for p in range(2):
            most = -np.inf
            for k in range(starts[g], starts[g + 1]):
                if free[k] and worth[k, p] > most:
                    most = worth[k, p]
            ahead[g, p] = ahead[g + 1, p] + most
    points = np.zeros((1, 2))
    packages = np.zeros((1, 0), np.int64)
    for g in range(count):
        own = _staircase(worth[starts[g] : starts[g + 1]], free[starts[g] : starts[g + 1]])
        least = reserve - ahead[g + 1]
        least = least - 1e-9 * (1 + np.abs(least))
        points, before, here = _merged(points, worth[starts[g] : starts[g + 1]][own], least)
        longer = np.empty((before.size, g + 1), np.int64)
        for k in range(before.size):
            longer[k, :g] = packages[before[k]]
            longer[k, g] = own[here[k]]
        packages = longer
    return points, packages


@njit(cache=True)
def _staircase(worth: Array, free: Flags) -> Ints:
    """The frontier of two parties, each point once, in falling order of the first payoff."""
    kept = np.flatnonzero(free)
    worth = np.rint(worth * FINE)
    # a stable sort by the first payoff of what is sorted by the second: equals stay in the order of the list
    kept = kept[np.argsort(-worth[kept, 1], kind="mergesort")]
    kept = kept[np.argsort(-worth[kept, 0], kind="mergesort")]
    result = np.empty(kept.size, np.int64)
    size, best = 0, -np.inf
    for k in kept:
        if worth[k, 1] > best:
            best = worth[k, 1]
            result[size] = k
            size += 1
    return result[:size]


@njit(cache=True)
def _merged(first: Array, second: Array, least: Array) -> tuple[Array, Ints, Ints]:
    """All sums of a point of each staircase that no other sum beats; shifted staircases are merged one by one."""
    n, size = first.shape[0], 0
    at = np.empty((0, 2))
    fine = np.empty((0, 2))
    before = np.empty(0, np.int64)
    here = np.empty(0, np.int64)
    low = np.rint(least * FINE)
    for b in range(second.shape[0]):
        added = first + second[b]
        shifted = np.rint(added * FINE)
        at_new = np.empty((size + n, 2))
        fine_new = np.empty((size + n, 2))
        before_new = np.empty(size + n, np.int64)
        here_new = np.empty(size + n, np.int64)
        i, j, kept, best = 0, 0, 0, -np.inf
        while i < size or j < n:
            # of equals the one that was there stays
            if j >= n:
                old = True
            elif i >= size:
                old = False
            else:
                old = fine[i, 0] > shifted[j, 0] or (fine[i, 0] == shifted[j, 0] and fine[i, 1] >= shifted[j, 1])
            u, v = (fine[i, 0], fine[i, 1]) if old else (shifted[j, 0], shifted[j, 1])
            if v > best and u >= low[0] and v >= low[1]:
                best = v
                fine_new[kept, 0], fine_new[kept, 1] = u, v
                at_new[kept] = at[i] if old else added[j]
                before_new[kept] = before[i] if old else j
                here_new[kept] = here[i] if old else b
                kept += 1
            if old:
                i += 1
            else:
                j += 1
        at, fine, before, here, size = at_new, fine_new, before_new, here_new, kept
    return at[:size].copy(), before[:size].copy(), here[:size].copy()


@njit(cache=True)
def _pick(points: Array, reserve: Array, solution: int) -> int:
    """The place of the first best point of those that give everybody its reserve value; -1 where there is none."""
    count, parties = points.shape
    rational = np.ones(count, np.bool_)
    ideal = np.zeros(parties)
    some = False
    for k in range(count):
        for p in range(parties):
            if points[k, p] < reserve[p]:
                rational[k] = False
        if rational[k]:
            some = True
            for p in range(parties):
                ideal[p] = max(ideal[p], points[k, p] - reserve[p])
    if not some:
        return -1
    able = ideal > 0
    if solution in (NASH, UTILITARIAN):
        value = np.full(count, -np.inf)
        for j in np.flatnonzero(rational):
            if solution == UTILITARIAN:
                value[j] = points[j].sum()
            else:
                value[j] = np.log((points[j] - reserve)[able]).sum() if able.any() else 0.0
        best = value.max()
        slack = TIE * max(1.0, abs(best)) if solution == UTILITARIAN else -np.log1p(-TIE)
        tied = rational if best == -np.inf else value >= best - slack
    else:
        tied = _leximin(points, reserve, ideal if solution == KALAI_SMORODINSKY else np.ones(parties), rational)
    return _first_unbeaten(points, tied)


@njit(cache=True)
def _leximin(points: Array, reserve: Array, scale: Array, rational: Flags) -> Flags:
    kept = np.flatnonzero(rational)
    used = np.flatnonzero(scale > 0)
    gains = np.empty((kept.size, used.size))
    for k in range(kept.size):
        gains[k] = np.sort((points[kept[k]][used] - reserve[used]) / scale[used])
    here = np.arange(kept.size)
    for p in range(used.size):
        best = gains[here, p].max() if here.size else 0.0
        here = here[gains[here, p] >= best - TIE * max(1.0, abs(best))]
    result = np.zeros(rational.size, np.bool_)
    result[kept[here]] = True
    return result


@njit(cache=True)
def _first_unbeaten(points: Array, tied: Flags) -> int:
    places = np.flatnonzero(tied)
    for k in places:
        beaten = False
        for j in places:
            if (points[j] >= points[k]).all() and (points[j] > points[k]).any():
                beaten = True
                break
        if not beaten:
            return int(k)
    return -1
