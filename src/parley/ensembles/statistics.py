"""The common variables of many draws as statistics: `measures`, `statistic`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parley.domain.comparison import Measures, Statistic

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["measures", "statistic"]

Array = NDArray[np.float64]

NUMBERS = ("mean", "q05", "q10", "q50", "q90", "q95", "standard_error")


def measures(data: xr.Dataset, base: xr.Dataset | None = None) -> Measures:
    """Summarise the common variables of a dataset, or their differences from another, draw by draw.

    Parameters
    ----------
    data : the common variables along `draw`
    base : what to subtract, with the same draws; None: nothing
    """

    def of(name: str) -> Array:
        values = np.asarray(data[name].transpose("draw", ...), dtype=np.float64)
        return values if base is None else values - np.asarray(base[name].transpose("draw", ...), dtype=np.float64)

    def each(name: str, dim: str) -> dict[str, Statistic]:
        return dict(zip(map(str, data[dim].values), _statistics(of(name)), strict=True))

    return Measures(
        agreement=statistic(of("agreement")),
        settlement=each("settlement", "issue"),
        time_to_agreement=statistic(of("time_to_agreement")),
        payoff=each("payoff", "party"),
    )


def statistic(values: Array) -> Statistic:
    """Summarise the values of many draws; NaN values are left out.

    Parameters
    ----------
    values : array, shape (draw,)
    """
    return _statistics(values[:, np.newaxis])[0]


def _statistics(values: Array) -> list[Statistic]:
    """Summarise each column of values, shape (draw, column); columns without a gap are summarised together."""
    rows = np.ascontiguousarray(values.T)
    whole = ~np.isnan(rows).any(axis=1)
    result = {}
    if values.shape[0] and whole.any():
        result = dict(zip(np.flatnonzero(whole).tolist(), _summed_up(rows[whole]), strict=True))
    for k in np.flatnonzero(~whole).tolist():
        known = rows[k][~np.isnan(rows[k])]
        result |= {k: _summed_up(known[np.newaxis])[0]} if known.size else {}
    nothing = Statistic(**dict.fromkeys(NUMBERS, float("nan")), n=0)
    return [result.get(k, nothing) for k in range(len(rows))]


def _summed_up(rows: Array) -> list[Statistic]:
    """Summarise rows of at least one number each, none of them NaN."""
    n = rows.shape[1]
    quantiles = np.quantile(rows, (0.05, 0.1, 0.5, 0.9, 0.95), axis=1)
    error = rows.std(axis=1, ddof=1) / np.sqrt(n) if n > 1 else np.full(len(rows), np.nan)
    numbers = np.vstack([rows.mean(axis=1), quantiles, error]).T.tolist()
    return [Statistic(**dict(zip(NUMBERS, each, strict=True)), n=n) for each in numbers]
