"""Who folds first: wars of attrition, and bargaining between sides that may be stubborn. Main name: `concessions`.

Source
------
[AbreuGul2000]_; attrition as in [MaynardSmith1974]_ and [BishopCannings1978]_.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parley.errors import EngineError

__all__ = ["Concessions", "attrition_hazards", "attrition_quits", "concessions"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Concessions:
    """When two sides that may be stubborn give in.

    Attributes
    ----------
    hazard : rate at which each side concedes while neither has, per unit of time, shape (..., side)
    at_once : chance that each side concedes at the very start, 0..1, shape (..., side); 0 for one side at least
    end : time from which on both are known to be stubborn, shape (...)
    first : chance that each side is the one that concedes, at the start or later, shape (..., side)
    never : chance that nobody ever does, since both are stubborn, shape (...)
    """

    hazard: Array
    at_once: Array
    end: Array
    first: Array
    never: Array

    def conceded(self, time: ArrayLike) -> Array:
        """The chance that each side would have conceded by a time if the other never did, shape (..., side)."""
        reached = np.minimum(np.asarray(time, dtype=np.float64), self.end)[..., np.newaxis]
        return np.asarray(1 - (1 - self.at_once) * np.exp(-self.hazard * reached))


def concessions(demand: ArrayLike, discount_rate: ArrayLike, stubborn: ArrayLike) -> Concessions:
    """Find who concedes to whom, and when, if each side may be one that never takes less than its demand.

    A side that concedes gets what the other's demand leaves it. While neither has, each concedes at the rate that makes
    the other one indifferent between conceding and waiting,

    (1)  h_i = r_j (1 - a_i) / (a_1 + a_2 - 1)

    and a side whose rate would show it to be stubborn only after T_i = -ln z_i / h_i, later than the other, must
    concede at once with the probability that lets both be known to be stubborn at the same time T = min(T_1, T_2):

    (2)  1 - z_i exp(h_i T)

    Parameters
    ----------
    demand : array, shape (..., side), the share a_i that each demands, 0..1; together more than 1
    discount_rate : array, shape (..., side), the rate r_i at which each discounts, per unit of time, above 0
    stubborn : array, shape (..., side), chance z_i that each is stubborn, above 0, at most 1

    Raises
    ------
    EngineError
        If the demands can both be met, or a rate or a chance is not positive.

    Source
    ------
    [AbreuGul2000]_; the chances to be first follow by integration.
    """
    a, r, z = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (demand, discount_rate, stubborn)))
    excess = a.sum(axis=-1, keepdims=True) - 1
    if (excess <= 0).any():
        raise EngineError("the two demands add up to no more than the pie: both can be met, and nobody need concede")
    if (r <= 0).any() or (z <= 0).any():
        raise EngineError("discount rates and the chances of being stubborn must lie above 0")
    hazard = r[..., ::-1] * (1 - a) / excess
    alone = np.divide(-np.log(z), hazard, out=np.where(z < 1, np.inf, 0.0), where=hazard > 0)
    end = alone.min(axis=-1)
    if np.isinf(end).any():
        raise EngineError("both sides demand the whole pie: conceding gains nothing, and nobody does")
    left = np.minimum(z * np.exp(hazard * end[..., np.newaxis]), 1.0)
    both = left.prod(axis=-1, keepdims=True)
    rate = hazard.sum(axis=-1, keepdims=True)
    later = np.divide(hazard, rate, out=np.zeros_like(hazard), where=rate > 0)
    never = z.prod(axis=-1)
    return Concessions(
        hazard=hazard,
        at_once=1 - left,
        end=end,
        first=1 - left + later * (both - never[..., np.newaxis]),
        never=never,
    )


def attrition_hazards(prize: ArrayLike, cost: ArrayLike) -> Array:
    """Find the rates at which two sides quit a war of attrition in which both know everything.

    Each quits at the rate that makes the other indifferent: h_j = k_i / v_i. So the side whose cost is higher for its
    prize makes the *other* quit faster: a known oddity of the mixed equilibrium, and a reason not to give advice by it.

    Parameters
    ----------
    prize : array, shape (..., side), what winning is worth to each, above 0
    cost : array, shape (..., side), what each pays per unit of time, >= 0

    Returns
    -------
    array, shape (..., side), rate per unit of time

    Source
    ------
    [MaynardSmith1974]_; the condition of indifference is derived in the docs.
    """
    v, k = (np.asarray(each, dtype=np.float64) for each in (prize, cost))
    return np.asarray((k / v)[..., ::-1])


def attrition_quits(prize: ArrayLike) -> Array:
    """Say when a side gives up if prizes are known to their owners alone, evenly spread over 0..1, at a cost of 1.

    (3)  t(v) = -v - ln(1 - v)

    Parameters
    ----------
    prize : array, 0..1 and below 1

    Source
    ------
    [BishopCannings1978]_.
    """
    v = np.asarray(prize, dtype=np.float64)
    return np.asarray(-v - np.log1p(-v))
