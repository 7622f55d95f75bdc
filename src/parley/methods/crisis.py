"""One demand in the shadow of war: what can be agreed, what is demanded of whom one does not know, and who ratifies.

`screening` is the main name. War is one lottery here: side A wins with probability p, and fighting costs each side once
(`methods.war` has a war of many battles). Payoffs are shares of a pie of 1. All functions work elementwise on arrays.

Source
------
[Fearon1995]_ for the range and for demands under private information, [Fearon1994]_ for audiences, [Putnam1988]_ for
ratification, [Kydd2003]_ for mediators; the formulas for audiences and mediators are ours, in the spirit of these.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Mediation",
    "Screening",
    "audience_floor",
    "mediation",
    "ratified_floor",
    "screening",
    "war_range",
]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


def war_range(wins: ArrayLike, cost_a: ArrayLike, cost_b: ArrayLike) -> tuple[Array, Array]:
    """Find the shares of side A's that both sides prefer to war.

    (1)  [p - c_A, p + c_B]

    It is never empty if war costs anybody anything. Whoever finds no room for agreement must be able to say which
    premise fails: that the pie can be divided at will (a red line), that promises are kept, or that both know p and c.

    Parameters
    ----------
    wins : array, chance p that side A wins the war, 0..1
    cost_a, cost_b : arrays, what war costs each side, in shares of the pie, >= 0

    Returns
    -------
    two arrays : the least that side A accepts, and the most that side B leaves it; both may lie outside 0..1

    Source
    ------
    [Fearon1995]_.
    """
    p, a, b = (np.asarray(each, dtype=np.float64) for each in (wins, cost_a, cost_b))
    return np.asarray(p - a), np.asarray(p + b)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Screening:
    """What side A demands when it does not know how much war costs side B.

    Attributes
    ----------
    threshold : the belief below which side A demands what only the weak side B grants
    safe : what the demand that both grant is worth to side A
    risky : what the demand that only the weak one grants is worth to it
    demand : the share that it demands
    war : the chance of war
    """

    threshold: Array
    safe: Array
    risky: Array
    demand: Array
    war: Array


def screening(
    wins: ArrayLike, cost_a: ArrayLike, *, cost_tough: ArrayLike, cost_weak: ArrayLike, tough: ArrayLike
) -> Screening:
    """Choose a demand against a side B that may be tough (war costs it little) or weak.

    The demand p + c_T is granted by both. The demand p + c_W is granted by the weak one and fought by the tough one, so
    that it is worth (1 - f) (p + c_W) + f (p - c_A). It is the better one if

    (2)  f < f* = (c_W - c_T) / (c_W + c_A)

    War then comes with probability f, and with probability 0 from f* on: more fear of a tough side B can bring peace.

    Parameters
    ----------
    wins : array, chance p that side A wins, 0..1
    cost_a : array, what war costs side A, >= 0
    cost_tough, cost_weak : arrays, what it costs a tough and a weak side B; the first is smaller
    tough : array, side A's belief f that side B is tough, 0..1

    Source
    ------
    [Fearon1995]_; equation (2) is derived here.
    """
    numbers = (np.asarray(each, dtype=np.float64) for each in (wins, cost_a, cost_tough, cost_weak, tough))
    p, a, t, w, f = np.broadcast_arrays(*numbers)
    threshold = (w - t) / (w + a)
    safe, risky = np.asarray(p + t), np.asarray((1 - f) * (p + w) + f * (p - a))
    dares = np.asarray(f < threshold)
    return Screening(
        threshold=np.asarray(threshold),
        safe=safe,
        risky=risky,
        demand=np.where(dares, p + w, p + t),
        war=np.where(dares, f, 0.0),
    )


def audience_floor(reservation: ArrayLike, public_line: ArrayLike, penalty: ArrayLike) -> Array:
    """Find the least that a side accepts once it has drawn a line in public.

    Below the line a settlement costs it the penalty. It accepts x if x >= line, or if x - a >= w, where w is what it
    gets without agreement. So the least that it accepts is

    (3)  min(line, w + a)    where w < line, else w

    The line helps whoever draws it as long as the other side can still grant that much; beyond, it closes the range.

    Parameters
    ----------
    reservation : array, the least that the side accepts otherwise, in shares of the pie
    public_line : array, the share below which its public would punish it; NaN for none
    penalty : array, what that costs it, >= 0

    Source
    ------
    After [Fearon1994]_; equation (3) is derived here.
    """
    w, line, a = (np.asarray(each, dtype=np.float64) for each in (reservation, public_line, penalty))
    return np.where(w < line, np.minimum(line, w + a), w)


def ratified_floor(floors: ArrayLike, weights: ArrayLike, quota: ArrayLike = 1.0) -> Array:
    """Find the least share that enough ratifiers accept.

    Each ratifier accepts what is at least its floor. With a quota of all the weight this is the highest floor; with
    less, that of the ratifier whose consent reaches the quota. A quota of 0 asks nobody.

    Parameters
    ----------
    floors : array, shape (..., ratifier), the least share that each accepts
    weights : array, shape (..., ratifier), its votes, >= 0
    quota : array, shape (...), share of all votes that must consent, 0..1

    Returns
    -------
    array, shape (...); -inf where nobody need consent or nobody has a vote

    Source
    ------
    Win-sets as in [Putnam1988]_.
    """
    low, votes = np.broadcast_arrays(np.asarray(floors, dtype=np.float64), np.asarray(weights, dtype=np.float64))
    order = np.argsort(low, axis=-1)
    consenting = np.cumsum(np.take_along_axis(votes, order, axis=-1), axis=-1)
    total = consenting[..., -1:]
    needed = np.asarray(quota, dtype=np.float64)[..., np.newaxis] * total
    place = np.argmax(consenting >= needed - 1e-12 * total, axis=-1)[..., np.newaxis]
    pivotal = np.take_along_axis(np.take_along_axis(low, order, axis=-1), place, axis=-1)
    return np.where((needed > 0)[..., 0], pivotal[..., 0], -np.inf)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mediation:
    """Whether a mediator who knows side B's type would tell side A the truth about it.

    Attributes
    ----------
    believed_weak : whether "side B is weak, press on" is believed
    believed_tough : whether "side B is tough, ask for less" is believed
    least_bias : the least weight on side A's share with which the first is believed; inf if none would do
    """

    believed_weak: Flags
    believed_tough: Flags
    least_bias: Array


def mediation(
    *,
    bias: ArrayLike,
    war_cost: ArrayLike,
    risk: ArrayLike,
    cost_a: ArrayLike,
    cost_tough: ArrayLike,
    cost_weak: ArrayLike,
) -> Mediation:
    """Ask which messages of a mediator side A can believe.

    The mediator loses `war_cost` if there is war, and has side A's share times `bias`. Told "weak", side A demands
    p + c_W; even a weak side B then fights with probability e. Told "tough", it demands p + c_T, which is granted. So
    the mediator tells the truth about a weak side B if

    (4)  b ((1 - e) c_W - e c_A - c_T) >= k e

    and about a tough one if k + b (c_A + c_T) >= 0, for a lie would bring war. A mediator who cares for peace alone
    (b = 0) would always counsel restraint, and so is not believed when it says that one can press on.

    Parameters
    ----------
    bias : array, weight b of side A's share in the mediator's payoff; below 0: on side B's side
    war_cost : array, what war costs the mediator, k >= 0
    risk : array, chance e that even a weak side B fights the larger demand, 0..1
    cost_a, cost_tough, cost_weak : as in `screening`

    Source
    ------
    The question and its answer in outline are those of [Kydd2003]_; this small model is ours, not his.
    """
    numbers = (np.asarray(each, dtype=np.float64) for each in (bias, war_cost, risk, cost_a, cost_tough, cost_weak))
    b, k, e, a, t, w = np.broadcast_arrays(*numbers)
    gained = (1 - e) * w - e * a - t
    none = np.where(k * e > 0, np.inf, 0.0)
    least = np.divide(k * e, gained, out=none, where=gained > 0)
    return Mediation(
        believed_weak=np.asarray(b * gained >= k * e), believed_tough=np.asarray(k + b * (a + t) >= 0), least_bias=least
    )
