"""A comparison in numbers: `summarise`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parley.domain.comparison import (
    ApproachSummary,
    Comparison,
    ComparisonSummary,
    EngineSummary,
    Statistic,
)
from parley.ensembles.statistics import measures, statistic
from parley.methods.outcomes import outcome_shares

if TYPE_CHECKING:
    from parley.domain.forecast import EngineRun, Ensemble

__all__ = ["summarise"]

Array = NDArray[np.float64]

SAME = 1e-12
"""Payoffs that differ by no more are equal: the difference is of rounding."""


def summarise(comparison: Comparison) -> ComparisonSummary:
    """Summarise each approach, engine by engine, alone and against no change.

    Parameters
    ----------
    comparison : the answers draw by draw

    Returns
    -------
    Means, quantiles and standard errors of the common variables and of their paired differences from no change; how
    often each approach is the best for the party that asks; the shares of the outcomes.
    """
    candidates: dict[str | None, Ensemble] = {None: comparison.baseline}
    candidates |= {each.id: comparison.ensembles[each.id] for each in comparison.approaches}
    engines = [name for name in comparison.baseline.runs if all(name in each.runs for each in candidates.values())]
    found: dict[str | None, dict[str, EngineSummary]] = {name: {} for name in candidates}
    for engine in engines:
        runs = {name: ensemble.runs[engine] for name, ensemble in candidates.items()}
        ranks = _rank({name: _payoff(run, comparison.asked_by) for name, run in runs.items()})
        for name, run in runs.items():
            found[name][engine] = _engine_summary(comparison, run, runs[None], ranks[name])
    baseline, *approaches = (ApproachSummary(id=name, engines=summaries) for name, summaries in found.items())
    return ComparisonSummary(
        asked_by=comparison.asked_by, draws=comparison.baseline.draws, baseline=baseline, approaches=tuple(approaches)
    )


@dataclass(frozen=True, slots=True)
class _Rank:
    """How often a candidate is best: see `EngineSummary`."""

    best: float
    tied: float
    usable: int
    left_out: int


def _payoff(run: EngineRun, party: str) -> Array:
    return np.asarray(run.data["payoff"].sel(party=party), dtype=np.float64)


def _rank(payoffs: Mapping[str | None, Array]) -> dict[str | None, _Rank]:
    """Rank candidates by payoff in each draw in which all have one; those that are equal best share the draw."""
    table = np.stack(list(payoffs.values()))
    usable = ~np.isnan(table).any(axis=0)
    count, left_out = int(usable.sum()), int((~usable).sum())
    if not count:
        return {name: _Rank(float("nan"), float("nan"), 0, left_out) for name in payoffs}
    table = table[:, usable]
    best = table >= table.max(axis=0) - SAME
    winners = best.sum(axis=0)
    share, tied = (best / winners).mean(axis=1), (best & (winners > 1)).mean(axis=1)
    return {name: _Rank(float(share[k]), float(tied[k]), count, left_out) for k, name in enumerate(payoffs)}


def _engine_summary(comparison: Comparison, run: EngineRun, base: EngineRun, rank: _Rank) -> EngineSummary:
    settlement = np.asarray(run.data["settlement"].transpose("draw", "issue"), dtype=np.float64)
    return EngineSummary(
        levels=measures(run.data),
        difference=measures(run.data, base.data),
        best_share=rank.best,
        tied_share=rank.tied,
        usable=rank.usable,
        left_out=rank.left_out,
        failed=len(run.failures),
        outcomes=outcome_shares(comparison.scenario, np.asarray(run.data["agreement"], dtype=np.float64), settlement),
        endings=_endings(run),
        endings_difference=_endings(run, base),
    )


def _endings(run: EngineRun, base: EngineRun | None = None) -> dict[str, Statistic]:
    """The chance of each ending of a war, or its difference from another run; nothing where the engine is silent."""
    if "ends_in" not in run.data:
        return {}
    chances = run.data["ends_in"].transpose("draw", "ending")
    values = np.asarray(chances, dtype=np.float64)
    if base is not None:
        values = values - np.asarray(base.data["ends_in"].transpose("draw", "ending"), dtype=np.float64)
    names = [str(name) for name in chances["ending"].values]
    return {name: statistic(values[:, place]) for place, name in enumerate(names)}
