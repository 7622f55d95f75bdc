"""How long ceasefires of the past held: `survival`, `cell`, `prolongation` and the rest sum it up.

Two clocks run on each ceasefire. *Ended* is any end, by expiry or a successor too. *Lapsed* is an end without a
successor: it expired, a party ended it, or it ended in an unclear way on a known date; a ceasefire that another one
replaced counts as observed until then. Intervals come from drawing countries anew, and with each drawing all dates of
which the day is unknown lie at one and the same random place between their bounds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.ceasefire import Ceasefire
from parley.methods.durability_tables import CAUSES, DAYS, GRID, PROVISIONS, TABLE_DAYS
from parley.methods.survival import median_survival, net_survival
from parley.predictions.spells import Spells

__all__ = ["cell", "entry_into_force", "factors", "prolongation", "survival"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

DRAWINGS = 1000
KNOWN_ENDINGS = ("expired", "ended by a party", "replaced")


def survival(sample: Spells, seed: int) -> dict[str, Any]:
    """Sum up how long some ceasefires held: both clocks, with intervals.

    Parameters
    ----------
    sample : the ceasefires
    seed : seed of the drawings of countries

    Returns
    -------
    `n`, `countries`, and for the clocks `ended` and `lapsed`: `median` days (None where not reached), `share` still
    holding after each of `TABLE_DAYS`, `low` and `high` (95%, by country and dates), `dates` (the shares with all
    unknown dates at their shortest, and at their longest).
    """
    days = np.array(TABLE_DAYS, dtype=np.float64)
    ones = np.ones(len(sample))
    flags = np.stack([sample.cause >= 0, sample.cause == 0])
    middle = sample.at(0.5)
    share = net_survival(middle, flags, ones, days)
    bounds = [net_survival(sample.at(place), flags, ones, days) for place in (0.0, 1.0)]
    drawn = np.stack([net_survival(time, flags, weight, days) for time, weight in _drawings(sample, seed)])
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    result: dict[str, Any] = {"n": len(sample), "countries": int(np.unique(sample.country).size)}
    for k, clock in enumerate(("ended", "lapsed")):
        median = median_survival(middle, flags[k], ones)
        result[clock] = {
            "median": None if math.isnan(median) else median,
            "share": _rounded(share[k]),
            "low": _rounded(low[k]),
            "high": _rounded(high[k]),
            "dates": [_rounded(each[k]) for each in bounds],
        }
    return result


def _drawings(sample: Spells, seed: int) -> list[tuple[Array, Array]]:
    """For each drawing of countries: times in force and weights."""
    rng = np.random.default_rng(seed)
    present, country = np.unique(sample.country, return_inverse=True)
    result = []
    for _ in range(DRAWINGS):
        times = rng.multinomial(present.size, np.full(present.size, 1.0 / present.size))
        result.append((sample.at(float(rng.random())), times[country].astype(np.float64)))
    return result


def cell(sample: Spells, *, relative: bool, seed: int) -> dict[str, Any]:
    """Sum up a reference class as the engine reads it: net survival of each cause of ending.

    Parameters
    ----------
    sample : the ceasefires of the class
    relative : whether time is counted in terms, 1 being the end of the fixed term, or in days
    seed : seed of the drawings of countries

    Returns
    -------
    `n`, `countries`, `relative`; `hazard` (cumulative, cause by time of `GRID`), with half a lapse more than was seen,
    so that none seen does not mean none possible; `deviation`, the standard deviation of its logarithm, not below that
    of a count of so many ends and one; `least` and `most`, what 95% of its countries show of the share that has not
    lapsed, None where there are too few countries; and `shares`: how many of its ceasefires have each provision.
    """
    grid = np.array(GRID[relative], dtype=np.float64)
    unit = np.array([float(each.length_days or 1) if relative else 1.0 for each in sample.truces])
    flags = np.stack([sample.cause == k for k in range(len(CAUSES))])
    floor = 0.5 / len(sample)
    ones = np.ones(len(sample))
    middle = sample.at(0.5) / unit
    hazard = -np.log(np.maximum(net_survival(middle, flags, ones, grid), floor))
    hazard[0] += floor
    drawn = np.stack(
        [net_survival(time / unit, flags, weight, grid) for time, weight in _drawings(sample, seed) if weight.any()]
    )
    logs = np.log(np.maximum(-np.log(np.maximum(drawn, floor)), floor))
    events = np.stack([((middle <= each) & flags).sum(axis=1) for each in grid], axis=1)
    least, most = _by_country(sample, unit, grid)
    return {
        "n": len(sample),
        "countries": int(np.unique(sample.country).size),
        "relative": relative,
        "hazard": [_rounded(row) for row in hazard],
        "deviation": [_rounded(row) for row in np.maximum(logs.std(axis=0), 1.0 / np.sqrt(events + 1.0))],
        "least": least,
        "most": most,
        "shares": {name: round(share, 4) for name, share in _shares(sample.truces).items()},
    }


FEWEST_OF_COUNTRY, FEWEST_COUNTRIES = 3, 5


def _by_country(sample: Spells, unit: Array, grid: Array) -> tuple[list[float] | None, list[float] | None]:
    """The share that has not lapsed, by country, from its 2.5th to its 97.5th percentile over ceasefires."""
    curves, counts = [], []
    for country in np.unique(sample.country):
        own = sample.country == country
        if own.sum() >= FEWEST_OF_COUNTRY:
            flags = (sample.cause == 0)[np.newaxis, own]
            curves.append(net_survival((sample.at(0.5) / unit)[own], flags, np.ones(int(own.sum())), grid)[0])
            counts.append(int(own.sum()))
    if len(curves) < FEWEST_COUNTRIES:
        return None, None
    spread = np.repeat(np.array(curves), counts, axis=0)
    low, high = np.quantile(spread, (0.025, 0.975), axis=0, method="inverted_cdf")
    return _rounded(low), _rounded(high)


def _shares(truces: Sequence[Ceasefire]) -> dict[str, float]:
    return {name: float(np.mean([holds(each) for each in truces])) for name, holds in HOLDS.items()}


HOLDS: Mapping[str, Callable[[Ceasefire], bool]] = {
    "bilateral": lambda each: each.side == "bilateral",
    "multilateral": lambda each: each.side == "multilateral",
    "preliminary": lambda each: each.ceasefire_class == "preliminary",
    "definitive": lambda each: each.ceasefire_class == "definitive",
    "fixed": lambda each: each.fixed is True,
    "monitoring": lambda each: each.monitoring is True,
    "peacekeepers": lambda each: each.enforcement,
    "demobilisation": lambda each: each.demobilisation,
    "written": lambda each: each.written,
    "part_of_process": lambda each: each.part_of_process,
    "partial": lambda each: each.partial,
    "holiday": lambda each: each.holiday,
    "humanitarian": lambda each: each.humanitarian,
    "mediated": lambda each: each.mediated,
}
"""What a ceasefire may provide for, by the names of the factors."""

assert tuple(HOLDS) == PROVISIONS


def factors(sample: Spells, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Estimate by how much provisions go with a higher or lower rate of lapsing: Cox's regression, by lifelines.

    Parameters
    ----------
    sample : the ceasefires
    names : the provisions that are compared at once, keys of `HOLDS`

    Returns
    -------
    For each its `ratio` of rates with the 95% interval `low`, `high`, robust to likeness within countries.
    """
    import pandas as pd
    from lifelines import CoxPHFitter

    table = pd.DataFrame({name: [float(HOLDS[name](each)) for each in sample.truces] for name in names})
    table = table.assign(days=sample.at(0.5), lapsed=sample.cause == 0, country=sample.country)
    fitted = CoxPHFitter().fit(table, "days", "lapsed", cluster_col="country")
    bounds = np.exp(fitted.confidence_intervals_.to_numpy())
    return {
        name: {"ratio": round(float(ratio), 4), "low": round(float(low), 4), "high": round(float(high), 4)}
        for name, ratio, (low, high) in zip(names, np.exp(fitted.params_.to_numpy()), bounds, strict=True)
    }


def prolongation(truces: Sequence[Ceasefire], least: int, most: int, seed: int) -> dict[str, Any]:
    """How many truces with a fixed term of so many days were prolonged or replaced when they ended.

    Parameters
    ----------
    truces : all ceasefires of the data set
    least, most : the length of the term, in days
    seed : seed of the drawings of countries

    Returns
    -------
    `n` with a known kind of end, the `share` of these with its 90% interval `low`, `high`, `share_of_all` (unknown
    ends counted as not prolonged) and `mean_of_countries`.
    """
    of_length = [each for each in truces if each.length_days is not None and least <= each.length_days <= most]
    known = [each for each in of_length if each.ending in KNOWN_ENDINGS]
    country = np.unique([each.code for each in known], return_inverse=True)[1]
    went_on = np.array([each.ending == "replaced" for each in known], dtype=np.float64)
    counts, sums = np.bincount(country).astype(np.float64), np.bincount(country, went_on)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(counts.size, np.full(counts.size, 1.0 / counts.size), DRAWINGS).astype(np.float64)
    low, high = np.quantile((drawn @ sums) / (drawn @ counts), (0.05, 0.95))
    figures: Mapping[str, float] = {
        "share": float(went_on.mean()),
        "low": float(low),
        "high": float(high),
        "share_of_all": float(np.mean([each.ending == "replaced" for each in of_length])),
        "mean_of_countries": float((sums / counts).mean()),
    }
    named = {name: round(value, 4) for name, value in figures.items()}
    return {"least": least, "most": most, "n": len(known), "of": len(of_length), **named}


def entry_into_force(truces: Sequence[Ceasefire], seed: int) -> dict[str, Any]:
    """How many declared ceasefires were in force so many days after they were declared.

    Parameters
    ----------
    truces : all ceasefires of the data set
    seed : seed of the drawings of countries

    Returns
    -------
    `n` with exact dates, `never` (how many never took effect, of `of`), and after each of `DAYS`: the `share` in
    force, with its 90% interval `low`, `high`.
    """
    never = np.array([each.ending == "never took effect" for each in truces])
    lags = np.array([_lag(each) for each in truces], dtype=np.float64)
    used = never | np.isfinite(lags)
    wait = np.where(never, np.inf, lags)[used]
    country = np.unique([each.code for each in truces], return_inverse=True)[1][used]
    come = (wait[:, np.newaxis] <= np.array(DAYS)).astype(np.float64)
    counts = np.bincount(country).astype(np.float64)
    sums = np.stack([np.bincount(country, column, counts.size) for column in come.T], axis=1)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(counts.size, np.full(counts.size, 1.0 / counts.size), DRAWINGS).astype(np.float64)
    low, high = np.quantile((drawn @ sums) / (drawn @ counts)[:, np.newaxis], (0.05, 0.95), axis=0)
    return {
        "n": int(used.sum()),
        "never": int(never.sum()),
        "of": len(truces),
        "share": _rounded(come.mean(axis=0)),
        "low": _rounded(low),
        "high": _rounded(high),
    }


def _lag(truce: Ceasefire) -> float:
    """Days from declaration to effect, 0 where it took effect before; NaN where a date is not exact."""
    declared, started = truce.declared, truce.started
    if declared is None or started is None or declared.first < declared.last or started.first < started.last:
        return math.nan
    return float(max((started.first - declared.first).days, 0))


def _rounded(values: Array) -> list[float]:
    return [round(float(value), 4) + 0.0 for value in values]
