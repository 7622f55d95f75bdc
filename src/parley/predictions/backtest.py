"""Engines held against what was really decided: `backtest`.

All issues of a table are one set of draws of a single scenario, so an engine answers them in one call. An engine that
names one point is given its own residuals as a distribution, taken from the issues of other proposals; the settlement
distribution brings its own, and is fitted anew wherever it would be scored on a proposal that it was fitted on.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley import engines as engine_modules
from parley.domain.decided import DecidedIssues
from parley.domain.draws import Draws, quantities
from parley.domain.engine import BatchEngine, Engine
from parley.domain.estimate import Estimate
from parley.domain.issue import Issue
from parley.domain.outcome import DecisionRule, ReferencePoint
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario
from parley.errors import UsageError
from parley.methods.settlement_distribution import Parameters, distribution, shipped_parameters
from parley.predictions.council import council_capability, of_the_council
from parley.predictions.settlement_fit import fit, standings
from parley.predictions.settlement_validation import Difference, Scores, difference, on_grid

__all__ = ["BASE", "Backtest", "Scored", "backtest", "draws_of"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]
Progress = Callable[[int, int, str], None]

BASE = "compromise_model"
"""What every engine is compared with."""

DISTRIBUTION = "settlement_distribution"
FOLDS, REPEATS = 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How well one engine did.

    Attributes
    ----------
    n : number of issues on which it has an answer
    weights : whose power decided: `file`, `council` or `salience`
    mae : mean absolute error of its settlement, 0..100
    rmse : root mean square error of its settlement
    crps : mean continuous ranked probability score of its distribution, 0..100
    coverage80 : share of outcomes in the central 80 % of its distribution, by the randomised PIT
    by_mae, by_crps : differences from the compromise mean on the issues that both answer; below 0: better

    A score is NaN where there is nothing to take it from: no answer, or, for CRPS, coverage and intervals, no other
    proposal.
    """

    n: int
    weights: str
    mae: float
    rmse: float
    crps: float
    coverage80: float
    by_mae: Difference
    by_crps: Difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """How well every engine did on a table of decided issues.

    Attributes
    ----------
    data : name of the table
    citation : where it comes from
    issues : number of issues
    groups : number of proposals
    left_out : number of issues that cannot be used, by the reason
    weights : whose power decides, as asked for
    seed : seed of the folds and of the bootstrap
    engines : by name of the engine
    missing : engines that could not run, with the sections that they lack
    refitted : whether the settlement distribution was fitted anew in each fold, since it was made from these proposals
    """

    data: str
    citation: str
    issues: int
    groups: int
    left_out: Mapping[str, int]
    weights: str
    seed: int
    engines: Mapping[str, Scored]
    missing: Mapping[str, tuple[str, ...]]
    refitted: bool


def backtest(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    decided: DecidedIssues,
    engines: Mapping[str, Engine],
    *,
    weights: str = "recorded",
    seed: int = 0,
    fitted: DecidedIssues | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """Score engines on decided issues.

    Parameters
    ----------
    decided : the issues
    engines : engines by name
    weights : `recorded` (each engine's as its record has it: for the settlement distribution `council` where
        governments of the European Union decide, else `file`), `file` (the table's capability), `council` (votes in
        the Council of the European Union) or `salience` (all parties alike)
    seed : seed of the folds, of the bootstrap, and of engines that draw numbers
    fitted : the issues that the settlement distribution was fitted on; where proposals of `decided` are among them, it
        is fitted anew in each fold, without those that it is then scored on
    progress : called with (done, total, label)

    Raises
    ------
    UsageError
        If the weights are unknown, or votes are asked for where nobody has one.
    """
    plain = "file" if weights == "recorded" else weights
    draws = draws_of(decided, _capability(decided, plain))
    missing = {name: engine_modules.missing(engine, draws.base) for name, engine in engines.items()}
    usable = {name: engine for name, engine in engines.items() if not missing[name]}
    groups = np.unique(decided.groups, return_inverse=True)[1]
    folds = _folds(groups, seed)
    base = _scores(_settlements(engine_modules.named(BASE), draws, seed), decided.outcome, folds)
    seen = fitted is not None and not set(decided.groups).isdisjoint(fitted.groups)
    found = {}
    for done, (name, engine) in enumerate(usable.items()):
        if progress:
            progress(done, len(usable), name)
        used = plain
        if name == DISTRIBUTION:
            used = "council" if weights == "recorded" and of_the_council(decided) else plain
            scores = _of_distribution(decided, used, folds, fitted if seen else None)
        else:
            scores = _scores(_settlements(engine, draws, seed), decided.outcome, folds)
        found[name] = _scored(scores, base, groups, seed=seed, weights=used)
    return Backtest(
        data=decided.name,
        citation=decided.citation,
        issues=len(decided),
        groups=int(groups.max()) + 1,
        left_out=decided.left_out,
        weights=weights,
        seed=seed,
        engines=found,
        missing={name: sections for name, sections in missing.items() if sections},
        refitted=seen and DISTRIBUTION in usable,
    )


def draws_of(decided: DecidedIssues, capability: Array) -> Draws:
    """All issues of a table as draws of one scenario with all its parties and a single issue.

    Parameters
    ----------
    decided : the issues
    capability : shape (issue, party)
    """
    scenario = _template(len(decided.parties))
    columns = {quantity.path: k for k, quantity in enumerate(quantities(scenario))}
    values = np.full((len(decided), len(columns)), np.nan)
    for i in range(len(decided.parties)):
        values[:, columns["parties", i, "capability"]] = np.nan_to_num(capability[:, i])
        values[:, columns["positions", i, "position"]] = decided.position[:, i]
        values[:, columns["positions", i, "salience"]] = np.nan_to_num(decided.salience[:, i])
    values[:, columns["decision_rule", "reference_points", 0, "at"]] = decided.reference
    return Draws(base=scenario, values=values, chance=np.zeros((len(decided), 0)))


def _template(parties: int) -> Scenario:
    anywhere, share = (Estimate(low=0.0, mode=0.5 * top, high=top, because="a place to fill") for top in (100.0, 1.0))
    names = tuple(f"party_{i}" for i in range(parties))
    return Scenario(
        title="Decided issues",
        question=Question(text="Where was it settled?", asked_by=names[0]),
        as_of=datetime.date(2000, 1, 1),
        parties=tuple(Party(id=name, name=name, role="other", capability=share) for name in names),
        issues=(Issue(id="issue", name="Issue", question="Where was it settled?"),),
        positions=tuple(Position(party=name, issue="issue", position=anywhere, salience=share) for name in names),
        decision_rule=DecisionRule(words="unknown", reference_points=(ReferencePoint(issue="issue", at=anywhere),)),
    )


def _capability(decided: DecidedIssues, weights: str) -> Array:
    match weights:
        case "file":
            return decided.capability
        case "council":
            return council_capability(decided)
        case "salience":
            return np.ones(decided.capability.shape)
    raise UsageError(f"there are no weights '{weights}'; use recorded, file, council or salience")


def _settlements(engine: Engine, draws: Draws, seed: int) -> Array:
    """Where an engine settles each issue, shape (issue,); NaN where it has no answer."""
    rngs = [np.random.default_rng([seed, i]) for i in range(len(draws))]
    if isinstance(engine, BatchEngine):
        data = engine.forecast_many(draws, rngs)
        return np.where(data["failure"].values == "", data["settlement"].values[:, 0], np.nan)
    found = [engine.forecast(draws.scenario(i), rng).data["settlement"].item() for i, rng in enumerate(rngs)]
    return np.array(found, dtype=np.float64)


def _folds(groups: Index, seed: int) -> list[Index]:
    """The number of the fold of each issue, once for each repeat; issues of a proposal stay together."""
    rng = np.random.default_rng(seed)
    return [rng.permutation(groups.max() + 1)[groups] % FOLDS for _ in range(REPEATS)]


def _scores(point: Array, outcome: Array, folds: Sequence[Index]) -> Scores:
    """Scores of one point for each issue, with its own residuals from other folds as its distribution."""
    known = ~np.isnan(point)
    repeats = []
    for fold in folds:
        once = np.zeros((point.size, 101))
        for k in range(FOLDS):
            train = known & (fold != k)
            for i in np.flatnonzero(known & (fold == k)) if train.any() else ():
                sample = np.clip(point[i] + (outcome - point)[train], 0.0, 100.0)
                once[i] = on_grid(sample, np.full(sample.size, 1.0 / sample.size))
        repeats.append(once)
    found, error = Scores.of(repeats, outcome), np.abs(point - outcome)
    learned = known & (np.min([each.sum(axis=1) for each in repeats], axis=0) > 0)
    rest = {name: np.where(learned, getattr(found, name), np.nan) for name in ("crps", "inside", "closed", "width")}
    return Scores(absolute_error=error, squared_error=error**2, **rest)


def _of_distribution(
    decided: DecidedIssues, weights: str, folds: Sequence[Index], fitted: DecidedIssues | None
) -> Scores:
    """Scores of the settlement distribution, its median as the point."""
    stands, repeats = standings(decided, _capability(decided, weights)), []
    lessons = standings(fitted, _capability(fitted, weights)) if fitted else ()
    for fold in folds if fitted else folds[:1]:
        once = np.zeros((len(decided), 101))
        for k in range(FOLDS):
            parameters, held = shipped_parameters(), [decided.groups[i] for i in np.flatnonzero(fold == k)]
            if fitted and held:
                train = np.flatnonzero(~np.isin(fitted.groups, held))
                parameters = fit([lessons[i] for i in train], fitted.outcome[train])
            for i in np.flatnonzero(fold == k):
                once[i] = _on_whole_points(stands[i], parameters)
        repeats.append(once)
    return Scores.of(repeats, decided.outcome)


def _on_whole_points(stands: object, parameters: Parameters) -> Array:
    value, probability = distribution(stands, parameters)  # type: ignore[arg-type]
    return on_grid(value, probability)


def _scored(scores: Scores, base: Scores, groups: Index, *, seed: int, weights: str) -> Scored:
    def against(name: str) -> Difference:
        here, there = getattr(scores, name), getattr(base, name)
        both = ~np.isnan(here - there)
        if not both.any():
            return Difference(mean=math.nan, low=math.nan, high=math.nan)
        found = difference(here[both], there[both], groups[both], seed=seed)
        alone = np.unique(groups[both]).size < 2
        return Difference(mean=found.mean, low=math.nan, high=math.nan) if alone else found

    return Scored(
        n=int((~np.isnan(scores.absolute_error)).sum()),
        weights=weights,
        mae=_mean(scores.absolute_error),
        rmse=math.sqrt(_mean(scores.squared_error)),
        crps=_mean(scores.crps),
        coverage80=_mean(scores.inside),
        by_mae=against("absolute_error"),
        by_crps=against("crps"),
    )


def _mean(scores: Array) -> float:
    known = scores[~np.isnan(scores)]
    return float(known.mean()) if known.size else math.nan
