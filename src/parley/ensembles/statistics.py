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
        return {str(key): statistic(column) for key, column in zip(data[dim].values, of(name).T, strict=True)}

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
    known = values[~np.isnan(values)]
    n = int(known.size)
    quantiles = [float(each) for each in np.quantile(known, (0.05, 0.1, 0.5, 0.9, 0.95))] if n else [float("nan")] * 5
    q05, q10, q50, q90, q95 = quantiles
    return Statistic(
        mean=float(known.mean()) if n else float("nan"),
        q05=q05,
        q10=q10,
        q50=q50,
        q90=q90,
        q95=q95,
        standard_error=float(known.std(ddof=1) / np.sqrt(n)) if n > 1 else float("nan"),
        n=n,
    )
