"""Which judgements a result hangs on most: `leading_judgements`.

The measure is Spearman's rank correlation between a quantity's samples and the result, over the draws: it needs no
further run, and it sees every rising or falling dependence, straight or not.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws, Quantity, quantities

__all__ = ["Influence", "leading_judgements", "rank_correlations"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """How closely a result follows one quantity.

    Attributes
    ----------
    quantity : the quantity
    correlation : Spearman's rank correlation with the result, -1..1
    draws : number of draws that it is computed from
    """

    quantity: Quantity
    correlation: float
    draws: int

    @property
    def is_noise(self) -> bool:
        """Whether chance alone would often give as much: it is below two standard errors, 2 / sqrt(draws)."""
        return self.draws < 3 or abs(self.correlation) < 2 / math.sqrt(self.draws)


def leading_judgements(result: Array, draws: Draws) -> tuple[Influence, ...]:
    """Rank the quantities of a scenario by how closely a result follows them.

    Parameters
    ----------
    result : array, shape (draw,)
        Any result, such as a payoff or a difference of payoffs; draws where it is NaN are left out.
    draws : the draws that it was computed from, in the same order

    Returns
    -------
    Quantities that vary, the closest first; those that chance alone would explain are at the end and say so. Empty
    where the result does not vary.

    Source
    ------
    [Spearman1904]_.
    """
    usable = ~np.isnan(result)
    values = draws.values[usable]
    correlations = rank_correlations(np.asarray(result, dtype=np.float64)[usable], values)
    found = [
        Influence(quantity=quantity, correlation=float(correlation), draws=len(values))
        for quantity, correlation in zip(quantities(draws.base), correlations, strict=True)
        if not math.isnan(correlation)
    ]
    return tuple(sorted(found, key=lambda influence: -abs(influence.correlation)))


def rank_correlations(result: Array, values: Array) -> Array:
    """Spearman's rank correlation of a result with each column; ties get the mean of their ranks.

    Parameters
    ----------
    result : array, shape (draw,)
    values : array, shape (draw, quantity)

    Returns
    -------
    array, shape (quantity,)
        -1..1; NaN where a column or the result is constant.
    """
    correlation = np.full(values.shape[1], np.nan)
    if len(result) < 2:
        return correlation
    outcome = _centred_ranks(result)
    for column in range(values.shape[1]):
        ranks = _centred_ranks(values[:, column])
        scale = math.sqrt(float(ranks @ ranks) * float(outcome @ outcome))
        if scale > 0:
            correlation[column] = float(ranks @ outcome) / scale
    return correlation


def _centred_ranks(values: Array) -> Array:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(count) - (count - 1) / 2
    ranks = middle[place]
    return np.asarray(ranks - ranks.mean(), dtype=np.float64)
