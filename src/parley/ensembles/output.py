"""An ensemble as the JSON document of `parley run`: `run_document`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from parley import engines as engine_modules
from parley.domain.comparison import Measures, Statistic
from parley.domain.engine import DrawsEngine, Engine
from parley.domain.forecast import Ensemble
from parley.domain.measure import Shift, Spot
from parley.domain.scenario import Scenario
from parley.ensembles.run import details
from parley.ensembles.statistics import measures

if TYPE_CHECKING:
    from parley.domain.forecast import EngineRun

__all__ = ["details_of", "draws_details", "in_units", "measures_document", "number", "run_document"]

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
    number of draws; with draws, an engine that has more to say of them adds it.
    """
    more = details_of(ensemble, engines)
    for name, found in draws_details(ensemble, engines).items():
        more.setdefault(name, {}).update(found)
    shown = {}
    for name, run in ensemble.runs.items():
        shown[name] = _engine_document(ensemble, run) | {"detail": in_units(more.get(name, {}), ensemble.scenario)}
    for name, gap in ensemble.gaps.items():
        shown[name] = _silent(ensemble, gap)
    return {"draws": ensemble.draws, "engines": shown}


def details_of(ensemble: Ensemble, engines: Mapping[str, Engine] | None = None) -> dict[str, dict[str, Any]]:
    """What each engine says of the modes beyond the common variables, with the parameters of the run.

    Parameters
    ----------
    ensemble : the answers
    engines : the engines by name; None: those of Parley
    """
    used = _engines(ensemble) if engines is None else engines
    return details(ensemble.scenario, {name: used[name] for name in ensemble.runs if name in used}, seed=ensemble.seed)


def draws_details(ensemble: Ensemble, engines: Mapping[str, Engine] | None = None) -> dict[str, dict[str, Any]]:
    """What engines say of all draws together, see `DrawsEngine`; nothing without draws.

    Parameters
    ----------
    ensemble : the answers
    engines : the engines by name; None: those of Parley
    """
    used = (_engines(ensemble) if engines is None else engines) if ensemble.draws else {}
    told = {name: engine for name, engine in used.items() if name in ensemble.runs and isinstance(engine, DrawsEngine)}
    return {name: engine.detail_of_draws(ensemble.runs[name].data) for name, engine in told.items()}


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


def in_units(value: Any, scenario: Scenario) -> Any:
    """Plain data for JSON: positions in the issue's own unit, numpy's numbers and arrays as Python's, None for NaN.

    Parameters
    ----------
    value : mappings, lists, numbers and texts; points and distances on an issue as `Spot` and `Shift`
    scenario : gives each issue's unit
    """
    if isinstance(value, Mapping):
        return {str(key): in_units(item, scenario) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [in_units(item, scenario) for item in value]
    if isinstance(value, Spot | Shift):
        return number(value.in_unit(scenario.issue(value.issue).scale))
    if hasattr(value, "tolist"):
        return in_units(value.tolist(), scenario)
    return number(value) if isinstance(value, float) else value


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
