"""The packages that no other one beats for all, and the points on that frontier that bargaining theory picks.

`frontier` and `nash` are the main names. Every function returns *all* packages that tie. Payoffs stand in arrays of
shape (party, package); larger is better.

Source
------
[Nash1950]_, [KalaiSmorodinsky1975]_, [Kalai1977]_; egalitarian ties by leximin, [Imai1983]_.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parley.kernels.skyline import undominated

__all__ = ["TIE", "added", "egalitarian", "frontier", "kalai_smorodinsky", "nash", "utilitarian"]

Array = NDArray[np.float64]
Places = NDArray[np.intp]

FEW = 256
"""So few packages are sorted as they are."""

TIE = 1e-9
"""How far, relative to the largest, two values may differ and still tie."""


def frontier(worth: Array) -> Places:
    """Find the packages than which no other is at least as good for all and better for somebody (Pareto optimal).

    Parameters
    ----------
    worth : array, shape (party, package)

    Returns
    -------
    array, shape (package on the frontier,), places, rising; packages with the same payoffs are all kept
    """
    hopeful = _hopeful(worth)
    order = hopeful[np.lexsort(-worth[::-1, hopeful])]
    ranked = worth[:, order]
    if ranked.shape[0] == 1:
        kept = ranked[0] == ranked[0].max(initial=-np.inf)
    elif ranked.shape[0] == 2:
        kept = _staircase(ranked)
    else:
        kept = undominated(np.ascontiguousarray(ranked.T))
    return np.sort(order[kept])


def _hopeful(worth: Array) -> Places:
    """The packages to which none of a few good ones is better for everybody; the others need not be sorted.

    The good ones have the largest sums, with the parties weighted alike and with each weighted more than the others.
    """
    left = np.arange(worth.shape[1])
    if worth.shape[1] <= FEW:
        return left
    span = np.ptp(worth, axis=1)
    unit = np.divide(1.0, span, out=np.zeros(span.size), where=span > 0)
    mixes = [
        unit,
        *(unit * np.where(np.arange(unit.size) == i, more, 1.0) for more in (3, 12) for i in range(unit.size)),
    ]
    values = worth
    for mix in mixes:
        good = values[:, np.argmax(mix @ values)]
        kept = ~(values < good[:, np.newaxis]).all(axis=0)
        left, values = left[kept], values[:, kept]
    return left


def _staircase(ranked: Array) -> NDArray[np.bool_]:
    """For two parties: the second must get more than wherever the first gets as much or more."""
    first, second = ranked
    if not first.size:
        return np.zeros(0, dtype=np.bool_)
    starts = np.append(True, first[1:] != first[:-1])
    best_of_group = second[starts]  # within a group of equal first payoffs the best second comes first
    before = np.append(-np.inf, np.maximum.accumulate(best_of_group)[:-1])
    group = np.cumsum(starts) - 1
    return np.asarray((second == best_of_group[group]) & (best_of_group > before)[group])


def nash(worth: Array, reserve: Array) -> Places:
    """Find the packages with the largest product of gains over the reserve values.

    Only packages that give nobody less than its reserve value are looked at, before any product is taken: two losses
    would otherwise make a gain. Parties that can gain in none of these are left out of the product.

    Parameters
    ----------
    worth : array, shape (party, package)
    reserve : array, shape (party,); -inf for a party that does not count

    Returns
    -------
    array of places, all that tie and that no other package beats; empty where nobody can sign anything
    """
    gains, rational = _gains(worth, reserve)
    if not rational.size:
        return rational
    able = gains.max(axis=1) > 0
    with np.errstate(divide="ignore"):
        product = np.log(gains[able]).sum(axis=0)
    best = product.max()
    tied = product >= best + np.log1p(-TIE) if np.isfinite(best) else np.ones(product.size, dtype=np.bool_)
    return _unbeaten(worth, reserve, rational[tied])


def kalai_smorodinsky(worth: Array, reserve: Array) -> Places:
    """Find the packages at which the party that comes least near to its ideal comes as near as possible.

    Gains are counted in shares of the most that each could gain in a package that all would sign. Parameters and result
    are those of `nash`.
    """
    gains, rational = _gains(worth, reserve)
    if not rational.size:
        return rational
    ideal = gains.max(axis=1, keepdims=True)
    shares = gains[ideal[:, 0] > 0] / ideal[ideal > 0][:, np.newaxis]
    return _unbeaten(worth, reserve, rational[_leximin(shares)])


def egalitarian(worth: Array, reserve: Array) -> Places:
    """Find the packages at which the smallest gain is largest, then the next smallest; see `nash`."""
    gains, rational = _gains(worth, reserve)
    return _unbeaten(worth, reserve, rational[_leximin(gains)]) if rational.size else rational


def utilitarian(worth: Array, reserve: Array) -> Places:
    """Find the packages with the largest sum of payoffs among those that all would sign; see `nash`."""
    counted = np.isfinite(reserve)
    _, rational = _gains(worth, reserve)
    if not rational.size:
        return rational
    total = worth[counted][:, rational].sum(axis=0)
    return _unbeaten(worth, reserve, rational[total >= total.max() - TIE * max(1.0, abs(total.max()))])


def added(first: Array, second: Array) -> tuple[Array, Places, Places]:
    """Merge the frontiers of two sets of issues that do not touch each other into the frontier of both together.

    Payoffs add up, and a package on the joint frontier consists of packages on each; so nothing is lost by merging
    frontiers one after another, and spaces far too large to be listed can be solved exactly.

    Parameters
    ----------
    first, second : arrays, shape (party, package), frontiers

    Returns
    -------
    The joint frontier, shape (party, package), and which packages of the first and of the second each consists of. Of
    packages with the same payoffs one is kept.
    """
    sums = (first[:, :, np.newaxis] + second[:, np.newaxis, :]).reshape(first.shape[0], -1)
    kept = frontier(sums)
    _, once = np.unique(sums[:, kept], axis=1, return_index=True)
    kept = kept[np.sort(once)]
    return sums[:, kept], kept // second.shape[1], kept % second.shape[1]


def _gains(worth: Array, reserve: Array) -> tuple[Array, Places]:
    """The gains of those who count, and the packages that give none of them less than its reserve value."""
    counted = np.isfinite(reserve)
    over = worth[counted] - reserve[counted, np.newaxis]
    rational = np.flatnonzero((over >= 0).all(axis=0))
    return over[:, rational], rational


def _leximin(gains: Array) -> Places:
    """The packages whose smallest gain is largest, of these those whose next smallest is, and so on."""
    ranked = np.sort(gains, axis=0)
    kept = np.arange(gains.shape[1])
    for row in ranked:
        best = row[kept].max()
        kept = kept[row[kept] >= best - TIE * max(1.0, abs(best))]
    return kept


def _unbeaten(worth: Array, reserve: Array, places: Places) -> Places:
    """Of packages that tie, those that no other one of them beats for the parties that count."""
    return places[frontier(worth[np.isfinite(reserve)][:, places])]
