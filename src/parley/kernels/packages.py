"""Packages for many draws at once: the compiled twin of merging and picking. `solve` is the main name.

A draw's packages come as groups of issues that hang together, each listed whole; payoffs of different groups add up.
Plain loops throughout: they compile in a fraction of the time that array expressions take.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["EGALITARIAN", "FINE", "KALAI_SMORODINSKY", "NASH", "UTILITARIAN", "solve"]

NASH, KALAI_SMORODINSKY, EGALITARIAN, UTILITARIAN = range(4)

TIE = 1e-9
"""As in `parley.methods.frontier`."""

FINE = 1e12
"""One over the difference at which payoffs count as different, as in `parley.methods.packages_merged`."""

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True)
def solve(worth: Array, order: Ints, sizes: Ints, starts: Ints, reserve: Array, solution: int) -> Ints:
    """Pick a package for each draw.

    Parameters
    ----------
    worth : what each group's packages add to the payoffs, shape (draw, package of all groups, party); with more than
        two parties there must be one group
    order : for each draw and group the packages that cross no bar, counted within the group, in the order in which they
        are looked at; with two parties by falling first payoff, then by falling second, both to 12 decimals; shape
        (draw, package of all groups)
    sizes : how many packages of each group these are, at least one, shape (draw, group)
    starts : where each group's packages begin, shape (group,)
    reserve : what each party gets without agreement, shape (draw, party)
    solution : which point

    Returns
    -------
    The package of each group, counted within it, shape (draw, group); -1 where nothing can be signed
    """
    draws, parties = reserve.shape
    count = starts.size
    chosen = np.full((draws, count), -1, np.int64)
    least = np.empty(parties)
    for d in range(draws):
        for p in range(parties):
            least[p] = np.rint(reserve[d, p] * FINE) / FINE
        if parties == 2:
            points, packages = _joined(worth[d], order[d], sizes[d], starts, least)
        else:
            points, packages = _listed(worth[d], order[d], sizes[d, 0])
        best = _pick(points, least, solution)
        if best >= 0:
            for g in range(count):
                chosen[d, g] = packages[best, g]
    return chosen


@njit(cache=True)
def _listed(worth: Array, order: Ints, size: int) -> tuple[Array, Ints]:
    """The payoffs of one group's packages, to 12 decimals."""
    parties = worth.shape[1]
    points = np.empty((size, parties))
    packages = np.empty((size, 1), np.int64)
    for k in range(size):
        packages[k, 0] = order[k]
        for p in range(parties):
            points[k, p] = np.rint(worth[order[k], p] * FINE) / FINE
    return points, packages


@njit(cache=True)
def _joined(worth: Array, order: Ints, sizes: Ints, starts: Ints, reserve: Array) -> tuple[Array, Ints]:
    """The points of the joint frontier that may reach both reserve values, and the package of each group."""
    count = starts.size
    # the most that each party can still get from the groups that are to come
    ahead = np.zeros((count + 1, 2))
    for g in range(count - 1, -1, -1):
        for p in range(2):
            most = -np.inf
            for k in range(sizes[g]):
                most = max(most, worth[starts[g] + order[starts[g] + k], p])
            ahead[g, p] = ahead[g + 1, p] + most
    points = np.zeros((1, 2))
    packages = np.zeros((1, count), np.int64)
    least = np.empty(2)
    for g in range(count):
        own, steps = _staircase(worth, order, starts[g], sizes[g])
        for p in range(2):
            least[p] = reserve[p] - ahead[g + 1, p]
            least[p] -= 1e-9 * (1 + abs(least[p]))
        points, before, here = _merged(points, steps, least)
        longer = np.empty((before.size, count), np.int64)
        for k in range(before.size):
            for earlier in range(g):
                longer[k, earlier] = packages[before[k], earlier]
            longer[k, g] = own[here[k]]
        packages = longer
    for k in range(points.shape[0]):
        for p in range(2):
            points[k, p] = np.rint(points[k, p] * FINE) / FINE
    return points, packages


@njit(cache=True)
def _staircase(worth: Array, order: Ints, start: int, size: int) -> tuple[Ints, Array]:
    """One group's frontier for two parties, each point once, in falling order of the first payoff."""
    own = np.empty(size, np.int64)
    steps = np.empty((size, 2))
    kept, best = 0, -np.inf
    for k in range(size):
        place = start + order[start + k]
        second = np.rint(worth[place, 1] * FINE)
        if second > best:
            best = second
            own[kept] = order[start + k]
            steps[kept, 0], steps[kept, 1] = worth[place, 0], worth[place, 1]
            kept += 1
    return own[:kept], steps[:kept]


@njit(cache=True)
def _merged(first: Array, second: Array, least: Array) -> tuple[Array, Ints, Ints]:
    """All sums of a point of each staircase that no other sum beats; shifted staircases are merged one by one."""
    n, size = first.shape[0], 0
    at, fine = np.empty((0, 2)), np.empty((0, 2))
    before, here = np.empty(0, np.int64), np.empty(0, np.int64)
    low, high = np.rint(least[0] * FINE), np.rint(least[1] * FINE)
    for b in range(second.shape[0]):
        at_new, fine_new = np.empty((size + n, 2)), np.empty((size + n, 2))
        before_new, here_new = np.empty(size + n, np.int64), np.empty(size + n, np.int64)
        i, j, kept, best = 0, 0, 0, -np.inf
        x, y, u, v = 0.0, 0.0, -np.inf, -np.inf
        fresh = True
        while i < size or j < n:
            if fresh and j < n:
                x, y = first[j, 0] + second[b, 0], first[j, 1] + second[b, 1]
                u, v = np.rint(x * FINE), np.rint(y * FINE)
                fresh = False
            # of equals the one that was there stays
            old = i < size and (j >= n or fine[i, 0] > u or (fine[i, 0] == u and fine[i, 1] >= v))
            left, right = (fine[i, 0], fine[i, 1]) if old else (u, v)
            if right > best and left >= low and right >= high:
                best = right
                fine_new[kept, 0], fine_new[kept, 1] = left, right
                at_new[kept, 0], at_new[kept, 1] = (at[i, 0], at[i, 1]) if old else (x, y)
                before_new[kept] = before[i] if old else j
                here_new[kept] = here[i] if old else b
                kept += 1
            if old:
                i += 1
            else:
                j += 1
                fresh = True
        at, fine, before, here, size = at_new, fine_new, before_new, here_new, kept
    return at[:size], before[:size], here[:size]


@njit(cache=True)
def _pick(points: Array, reserve: Array, solution: int) -> int:
    """The place of the first best point of those that give everybody its reserve value; -1 where there is none."""
    count, parties = points.shape
    tied = np.ones(count, np.bool_)
    ideal = np.zeros(parties)
    some = 0
    for k in range(count):
        for p in range(parties):
            if points[k, p] < reserve[p]:
                tied[k] = False
        if tied[k]:
            some += 1
            for p in range(parties):
                ideal[p] = max(ideal[p], points[k, p] - reserve[p])
    if not some:
        return -1
    if solution in (NASH, UTILITARIAN):
        _keep_largest(points, reserve, ideal, tied, solution == UTILITARIAN)
    else:
        if solution == EGALITARIAN:
            ideal[:] = 1.0
        _keep_leximin(points, reserve, ideal, tied)
    return _first_unbeaten(points, tied)


@njit(cache=True)
def _keep_largest(points: Array, reserve: Array, ideal: Array, tied: NDArray[np.bool_], added: bool) -> None:  # noqa: FBT001
    """Keep the points with the largest sum, or the largest product of gains of those who can gain."""
    count, parties = points.shape
    value = np.full(count, -np.inf)
    best = -np.inf
    for k in range(count):
        if not tied[k]:
            continue
        total = 0.0
        for p in range(parties):
            if added:
                total += points[k, p]
            elif ideal[p] > 0:
                gain = points[k, p] - reserve[p]
                total += np.log(gain) if gain > 0 else -np.inf
        value[k] = total
        best = max(best, total)
    if best == -np.inf:
        return
    slack = TIE * max(1.0, abs(best)) if added else -np.log1p(-TIE)
    for k in range(count):
        tied[k] = tied[k] and value[k] >= best - slack


@njit(cache=True)
def _keep_leximin(points: Array, reserve: Array, scale: Array, tied: NDArray[np.bool_]) -> None:
    """Keep the points whose smallest gain is largest, of these those whose next smallest is, and so on."""
    count, parties = points.shape
    gains = np.empty((count, parties))
    used = 0
    for p in range(parties):
        if scale[p] > 0:
            # each gain goes to its place among the smaller ones
            for k in range(count):
                gain, place = (points[k, p] - reserve[p]) / scale[p], used
                while place > 0 and gains[k, place - 1] > gain:
                    gains[k, place] = gains[k, place - 1]
                    place -= 1
                gains[k, place] = gain
            used += 1
    for rank in range(used):
        best = -np.inf
        for k in range(count):
            if tied[k]:
                best = max(best, gains[k, rank])
        for k in range(count):
            tied[k] = tied[k] and gains[k, rank] >= best - TIE * max(1.0, abs(best))


@njit(cache=True)
def _first_unbeaten(points: Array, tied: NDArray[np.bool_]) -> int:
    """The first of the points that tie which no other of them beats."""
    count, parties = points.shape
    for k in range(count):
        if not tied[k]:
            continue
        beaten = False
        for j in range(count):
            if tied[j] and j != k:
                at_least, more = True, False
                for p in range(parties):
                    at_least = at_least and points[j, p] >= points[k, p]
                    more = more or points[j, p] > points[k, p]
                if at_least and more:
                    beaten = True
                    break
        if not beaten:
            return k
    return -1
