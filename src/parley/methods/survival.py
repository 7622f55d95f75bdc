"""How long things last: net survival by cause from records that break off (`net_survival`), and back to outcomes.

An *end by a cause* is counted as in the Kaplan-Meier estimate, with ends by other causes as if observation had broken
off. `cumulative_incidence` joins such curves into the shares that have ended in each way by each day, and `renewed`
follows what succeeds an end.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["cumulative_incidence", "median_survival", "net_survival", "renewed"]

Array = NDArray[np.float64]


def net_survival(duration: Array, ended: NDArray[np.bool_], weight: Array, at: Array) -> Array:
    """The share that lasts longer than each of some times, for several kinds of end at once.

    Parameters
    ----------
    duration : array, shape (spell,)
        How long each spell was observed, >= 0, in any unit of time.
    ended : array, shape (cause, spell)
        Whether it ended so then; otherwise observation broke off then.
    weight : array, shape (spell,)
        How often each spell counts, >= 0.
    at : array, shape (time,)
        Times, in the same unit.

    Returns
    -------
    array, shape (cause, time)
        Shares 0..1, never rising. After the last spell the curve stays where it is.

    Source
    ------
    The product-limit estimate, [KaplanMeier1958]_: each end takes its weight in the share of those still observed.
    """
    times, where = np.unique(duration, return_inverse=True)
    leaving = np.bincount(where, weight, times.size)
    present = leaving[::-1].cumsum()[::-1]
    events = np.stack([np.bincount(where, weight * row, times.size) for row in ended])
    kept = 1.0 - np.divide(events, present, out=np.zeros_like(events), where=present > 0)
    curve = np.concatenate((np.ones((len(ended), 1)), np.maximum(kept, 0.0).cumprod(axis=1)), axis=1)
    return np.asarray(curve[:, np.searchsorted(times, at, side="right")], dtype=np.float64)


def median_survival(duration: Array, ended: NDArray[np.bool_], weight: Array) -> float:
    """The first time at which half or less still last; NaN where that is never reached.

    Parameters
    ----------
    duration, ended, weight : arrays, shape (spell,)
        As for `net_survival`, for one kind of end.
    """
    times = np.unique(duration)
    curve = net_survival(duration, ended[np.newaxis], weight, times)[0]
    reached = np.flatnonzero(curve <= 0.5 + 1e-12)
    return float(times[reached[0]]) if reached.size else float("nan")


def cumulative_incidence(hazard: Array) -> tuple[Array, Array]:
    """From each cause's cumulative hazard to the share that has ended in each way.

    Parameters
    ----------
    hazard : array, shape (..., cause, time)
        Cumulative hazards, 0 or more, never falling: minus the logarithm of net survival.

    Returns
    -------
    ended : array, shape (..., cause, time)
        Share 0..1 that has ended so by each time.
    lasting : array, shape (..., time)
        Share 0..1 that still lasts; all add up to 1.

    Source
    ------
    The Aalen-Johansen estimate [AalenJohansen1978]_, with each cause's share of a step in proportion to its hazard.
    """
    step = np.diff(hazard, axis=-1, prepend=0.0)
    total = step.sum(axis=-2)
    lasting = np.exp(-total.cumsum(axis=-1))
    before = np.concatenate((np.ones_like(lasting[..., :1]), lasting[..., :-1]), axis=-1)
    share = np.divide(before - lasting, total, out=np.zeros_like(total), where=total > 0)
    ended = (step * share[..., np.newaxis, :]).cumsum(axis=-1)
    return ended, lasting


def renewed(event: Array, renewal: Array) -> Array:
    """The share in which something has happened, at first or after any number of renewals.

    Parameters
    ----------
    event : array, shape (event, draw, day)
        Share 0..1 in which each thing has happened without a renewal by each day, from day 0 on, one after the other.
    renewal : array, shape (draw, day)
        Share 0..1 that has been renewed by each day; what is renewed begins again as on day 0.

    Returns
    -------
    array, shape (event, draw, day)
        Shares 0..1, never falling.

    Source
    ------
    The renewal equation, [Feller1968]_: what happens is what happens at first, and after the first renewal the same
    again. A renewal takes a day at least.
    """
    result = np.moveaxis(event, -1, 0).copy()
    step = np.diff(renewal.T, axis=0, prepend=0.0)
    step[1] += step[0]
    backwards = step[::-1].copy()
    days = len(step)
    for day in range(1, days):
        result[day] += np.einsum("ij,ikj->kj", backwards[days - 1 - day : days - 1], result[:day])
    return np.moveaxis(result, 0, -1)
