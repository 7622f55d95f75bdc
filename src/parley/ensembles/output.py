"""An ensemble as the JSON document of `parley run`: `run_document`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parley import engines as engine_modules
from parley.domain.comparison import Measures, Statistic
from parley.domain.engine import Engine
from parley.domain.forecast import Ensemble
from parley.domain.scenario import Scenario
from parley.ensembles.run import details
from parley.ensembles.statistics import measures

if TYPE_CHECKING:
    from parley.domain.forecast import EngineRun

__all__ = ["measures_document", "number", "run_document"]

QUANTILES = ("mean", "q05", "q10", "q50", "q90", "q95")


def run_document(ensemble: Ensemble, engines: Mapping[str, Engine] | None = None) -> dict[str, Any]:
    """Lay an ensemble out as `parley run --json` shows it, the head (`schema`, `seed`, `inputs`) left out.

    Parameters
    ----------
    ensemble : the answers; with 0 draws, those of the modes, which give single values
    engines : the engines by name, for `detail`; None: those of Parley, with the parameters of the run

    Returns
    -------
    Plain mappings; settlements in the issue's own unit, None for NaN. `detail` speaks of the modes, whatever the
    number of draws.
    """
    used = _engines(ensemble) if engines is None else engines
    more = details(ensemble.scenario, {name: used[name] for name in ensemble.runs if name in used}, seed=ensemble.seed)
    shown = {}
    for name, run in ensemble.runs.items():
        shown[name] = _engine_document(ensemble, run) | {"detail": _plain(more.get(name, {}))}
    for name, gap in ensemble.gaps.items():
        shown[name] = _silent(ensemble, gap)
    return {"draws": ensemble.draws, "engines": shown}


def measures_document(scenario: Scenario, found: Measures, *, single: bool, difference: bool = False) -> dict[str, Any]:
    """Lay the common variables out for JSON.

    Parameters
    ----------
    scenario : gives each issue's unit
    found : the statistics
    single : whether to show single values, of one draw, in place of statistics
    difference : whether they are differences: these have the unit's length, but not its zero

    Returns
    -------
    `agreement`, `settlement`, `time_to_agreement`, `payoff`.
    """

    def shown(statistic: Statistic, factor: float = 1.0, offset: float = 0.0) -> Any:
        values = {name: number(offset + factor * getattr(statistic, name)) for name in QUANTILES}
        return values["mean"] if single else values

    settlement = {}
    for issue in scenario.issues:
        scale = issue.scale
        offset = 0.0 if difference else scale.low
        settlement[issue.id] = shown(found.settlement[issue.id], (scale.high - scale.low) / 100.0, offset)
    return {
        "agreement": shown(found.agreement),
        "settlement": settlement,
        "time_to_agreement": shown(found.time_to_agreement),
        "payoff": {party: shown(found.payoff[party]) for party in scenario.party_ids},
    }


def number(value: float) -> float | None:
    """A number for JSON: None for NaN and infinities."""
    return float(value) if math.isfinite(value) else None


def _engine_document(ensemble: Ensemble, run: EngineRun) -> dict[str, Any]:
    found = measures_document(ensemble.scenario, measures(run.data), single=ensemble.draws == 0)
    return {"parameters": dict(run.made.parameters), **found, "missing": [], "failed_draws": len(run.failures)}


def _silent(ensemble: Ensemble, gap: tuple[str, ...]) -> dict[str, Any]:
    scenario = ensemble.scenario
    return {
        "parameters": {},
        "agreement": None,
        "settlement": dict.fromkeys(scenario.issue_ids),
        "time_to_agreement": None,
        "payoff": dict.fromkeys(scenario.party_ids),
        "missing": list(gap),
        "failed_draws": 0,
        "detail": {},
    }


def _engines(ensemble: Ensemble) -> dict[str, Engine]:
    known = engine_modules.available()
    return {name: known[name](**run.made.parameters) for name, run in ensemble.runs.items() if name in known}


def _plain(value: Any) -> Any:
    """The same with numpy's numbers and arrays as Python's, and None for NaN."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    return number(value) if isinstance(value, float) else value
