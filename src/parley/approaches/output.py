"""What is compared and tried, as JSON documents: `compare_document`, `durability_document`, `leverage_document`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from parley.approaches.apply import silent_effects
from parley.approaches.summary import summarise
from parley.domain.comparison import ApproachSummary, Comparison, EngineSummary, Measures, Statistic
from parley.domain.durability import Durability, Reading
from parley.domain.leverage import EngineLeverage, Leverage, Step
from parley.domain.measure import Shift, Spot
from parley.domain.scenario import Scenario
from parley.ensembles.output import in_units, measures_document, number
from parley.methods.durability import described

__all__ = ["compare_document", "durability_document", "leverage_document"]


def compare_document(comparison: Comparison) -> dict[str, Any]:
    """Lay a comparison out as `parley compare --json` shows it, the head (`schema`, `seed`, `inputs`) left out.

    Parameters
    ----------
    comparison : the answers draw by draw

    Returns
    -------
    Plain mappings; settlements in the issue's own unit, None for NaN. Beside the documented names each engine has
    `difference_standard_error` (of the mean), `tied_share`, `usable_draws`, `failed_draws` and `outcomes`; what fits
    no outcome, or leaves open an issue that decides it, is under `unclassified`.
    """
    scenario, summary = comparison.scenario, summarise(comparison)
    single = summary.draws == 0
    approaches = [
        {
            "id": approach.id,
            "engines": _engines_document(scenario, approach, single=single),
            "silent_effects": list(silent_effects(scenario, str(approach.id))),
        }
        for approach in summary.approaches
    ]
    return {
        "asked_by": summary.asked_by,
        "draws": summary.draws,
        "baseline": {"engines": _engines_document(scenario, summary.baseline, single=single)},
        "approaches": approaches,
        "missing": {name: list(gap) for name, gap in comparison.baseline.gaps.items()},
    }


def _engines_document(scenario: Scenario, approach: ApproachSummary, *, single: bool) -> dict[str, Any]:
    return {name: _engine_document(scenario, engine, single=single) for name, engine in approach.engines.items()}


def _engine_document(scenario: Scenario, engine: EngineSummary, *, single: bool) -> dict[str, Any]:
    return {
        **measures_document(scenario, engine.levels, single=single),
        "difference": measures_document(scenario, engine.difference, single=single, difference=True),
        "difference_standard_error": _standard_errors(scenario, engine.difference),
        "best_share": number(engine.best_share),
        "tied_share": number(engine.tied_share),
        "usable_draws": engine.usable,
        "failed_draws": engine.failed,
        "outcomes": _outcomes(engine.outcomes),
        **_endings(engine, single=single),
    }


def _endings(engine: EngineSummary, *, single: bool) -> dict[str, Any]:
    """How a war ends, where the engine says so."""
    if not engine.endings:
        return {}
    return {
        name: {ending: _shown(found, single=single) for ending, found in each.items()}
        for name, each in (("endings", engine.endings), ("endings_difference", engine.endings_difference))
    }


def _shown(found: Statistic, *, single: bool) -> Any:
    spread = {name: number(getattr(found, name)) for name in ("mean", "q05", "q10", "q50", "q90", "q95")}
    return spread["mean"] if single else spread


def _standard_errors(scenario: Scenario, difference: Measures) -> dict[str, Any]:
    lengths = {issue.id: (issue.scale.high - issue.scale.low) / 100.0 for issue in scenario.issues}
    settlement = {issue: length * difference.settlement[issue].standard_error for issue, length in lengths.items()}
    return {
        "agreement": number(difference.agreement.standard_error),
        "settlement": {issue: number(error) for issue, error in settlement.items()},
        "time_to_agreement": number(difference.time_to_agreement.standard_error),
        "payoff": {party: number(difference.payoff[party].standard_error) for party in scenario.party_ids},
    }


def _outcomes(shares: Mapping[str | None, float]) -> dict[str, float | None]:
    return {outcome or "unclassified": number(share) for outcome, share in shares.items()}


def leverage_document(leverage: Leverage, scenario: Scenario) -> dict[str, Any]:
    """Lay a party's steps out as `parley sensitivity --json` shows them, the head left out.

    Parameters
    ----------
    leverage : the steps, engine by engine
    scenario : gives each issue's unit

    Returns
    -------
    Plain mappings; positions and settlements in the issue's own unit, None for NaN.
    """
    single = leverage.draws == 0
    engines = {name: _steps_document(found, single=single) for name, found in leverage.engines.items()}
    document: dict[str, Any] = in_units({"engines": engines}, scenario)
    missing = {name: list(gap) for name, gap in leverage.missing.items()}
    return {"party": leverage.party, "draws": leverage.draws, **document, "missing": missing}


def _steps_document(found: EngineLeverage, *, single: bool) -> dict[str, Any]:
    steps = [_step_document(step, single=single) for step in found.steps]
    return {"failure": found.failure, "tried": found.tried, "steps": steps, "blockers": list(found.blockers)}


def _step_document(step: Step, *, single: bool) -> dict[str, Any]:
    on_scale = step.kind in ("state_position", "persuade_to_move")
    before, after = (Spot(each, step.issue) if on_scale else each for each in (step.before, step.after))
    gain = step.gain
    spread = {name: getattr(gain, name) for name in ("mean", "q05", "q10", "q50", "q90", "q95")}
    return {
        "kind": step.kind,
        "party": step.party,
        "issue": step.issue,
        "before": before,
        "after": after,
        "gain": gain.mean if single else spread,
        "positive_share": step.positive,
        "price": step.gives,
        "moves_settlement": Shift(step.settlement, step.issue),
    }


def durability_document(found: Durability) -> dict[str, Any]:
    """Lay out whether a truce holds as `parley durability --json` shows it, the head left out.

    Parameters
    ----------
    found : what was found

    Returns
    -------
    Plain mappings; None for NaN.
    """
    terms = asdict(found.terms)
    stated = {name: terms[name] for name in terms if name not in ("length_days", "agreed", "grounds")}
    agreed = found.terms.agreed
    return {
        "terms": {**stated, "length_days": found.length_days, "agreed": None if agreed is None else agreed.mode},
        "clocks": {name: _readings(readings) for name, readings in found.clocks.items()},
        "outcomes": {name: _readings(readings) for name, readings in found.outcomes.items()},
        **described(found.terms, found.length_days),
        "held_back": found.held_back,
        "lengthen": [asdict(each) for each in found.switches],
        "nearest": [asdict(each) for each in found.nearest],
        "country": None if found.record is None else _without_nan(asdict(found.record)),
        "notes": list(found.notes),
    }


def _readings(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    return [_without_nan(asdict(each)) for each in readings]


def _without_nan(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: number(value) if isinstance(value, float) else value for name, value in values.items()}
