"""Several estimates of one point as one, which is the wider the more they differ. `pooled` is the main name.

With modes m_i, lows l_i, highs h_i and weights w_i that sum to 1::

    m    = Σ w_i m_i
    s²   = Σ w_i (m_i − m)²                        how far they disagree
    low  = m − sqrt(Σ w_i (m_i − l_i)² + s²)
    high = m + sqrt(Σ w_i (h_i − m_i)² + s²)

cut off at 0 and 100. One estimate alone stays as it is; estimates that agree stay as wide as they are; two that
contradict each other, 0 and 100, give 50 with the whole scale. Low and high spread as the standard deviation of a
mixture does: its variance is the mean of the variances plus the variance of the means, as in the linear opinion pool
of [Stone1961]_.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from parley.domain.estimate import Estimate

__all__ = ["pooled"]


def pooled(estimates: Sequence[Estimate], weights: Sequence[float]) -> Estimate:
    """Pool estimates of one point.

    Parameters
    ----------
    estimates : the estimates, on 0..100
    weights : a weight for each, >= 0; they need not sum to 1

    Returns
    -------
    the pooled estimate, without grounds

    Raises
    ------
    ValueError
        If there is no estimate, or no weight above 0.
    """
    total = math.fsum(weights)
    if not estimates or total <= 0:
        raise ValueError("nothing to pool")
    shares = [weight / total for weight in weights]
    pairs = list(zip(estimates, shares, strict=True))
    mode = math.fsum(share * each.mode for each, share in pairs)
    spread = math.fsum(share * (each.mode - mode) ** 2 for each, share in pairs)
    below = math.fsum(share * (each.mode - each.low) ** 2 for each, share in pairs)
    above = math.fsum(share * (each.high - each.mode) ** 2 for each, share in pairs)
    mode = min(max(mode, 0.0), 100.0)
    return Estimate(
        low=_tidy(max(0.0, mode - math.sqrt(below + spread))),
        mode=_tidy(mode),
        high=_tidy(min(100.0, mode + math.sqrt(above + spread))),
    )


def _tidy(value: float) -> float:
    """Twelve significant digits, as points of a scale have."""
    return float(f"{value:.12g}")
