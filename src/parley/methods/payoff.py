"""The common payoff, on which every engine's answer can be compared.

A party p gets at a settlement x the mean over issues, weighted by its salience, of 1 - |x - position| / 100; without
agreement it gets
its `no_agreement` estimate; in expectation, agreement times the first plus (1 - agreement) times the second.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["expected", "payoffs"]

Array = NDArray[np.float64]


def payoffs(settlement: Array, position: Array, salience: Array) -> Array:
    """Each party's payoff at a settlement.

    Parameters
    ----------
    settlement : array, shape (..., issue)
        Points 0..100; NaN where nothing is settled on an issue, which is then left out of the mean.
    position : array, shape (..., party, issue)
        Where each party stands, 0..100; NaN where it takes no position.
    salience : array, shape (..., party, issue)
        How much it cares, 0..1.

    Returns
    -------
    array, shape (..., party)
        0..1, 1 where a party gets all it asks for; NaN for a party that has no salient position on a settled issue.

    Source
    ------
    Spatial loss, linear in distance, as in the compromise model of [VandenBos1991]_; the common yardstick of this
    library.
    """
    closeness = 1.0 - np.abs(settlement[..., np.newaxis, :] - position) / 100.0
    weight = np.where(np.isnan(closeness), 0.0, salience)
    total = weight.sum(axis=-1)
    gained = np.where(weight > 0, weight * np.nan_to_num(closeness), 0.0).sum(axis=-1)
    result: Array = np.divide(gained, total, out=np.full(np.broadcast(gained, total).shape, np.nan), where=total > 0)
    return result


def expected(agreement: Array, at_settlement: Array, no_agreement: Array) -> Array:
    """Each party's payoff before it is known whether there will be agreement.

    Parameters
    ----------
    agreement : array, shape (...)
        Probability of agreement, 0..1; NaN where an engine takes agreement for granted: the result is then the
        payoff at the settlement.
    at_settlement : array, shape (..., party)
        Payoff given agreement, 0..1.
    no_agreement : array, shape (..., party)
        Payoff without agreement, 0..1; NaN where unknown.

    Returns
    -------
    array, shape (..., party)
        0..1; NaN where a part that has weight is unknown.
    """
    chance = np.where(np.isnan(agreement), 1.0, agreement)[..., np.newaxis]
    with_agreement = np.where(chance > 0, chance * at_settlement, 0.0)
    without = np.where(chance < 1, (1.0 - chance) * no_agreement, 0.0)
    return np.asarray(with_agreement + without, dtype=np.float64)
