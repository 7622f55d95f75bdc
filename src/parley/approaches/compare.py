"""Approaches side by side on the same draws: `compare`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.approaches.apply import apply, costs
from parley.domain.comparison import Comparison
from parley.domain.draws import Draws
from parley.domain.engine import Engine
from parley.domain.forecast import EngineRun
from parley.domain.scenario import Scenario
from parley.ensembles.draws import draw
from parley.ensembles.run import Progress, run_each
from parley.files.runs import RunStore
from parley.methods.columns import no_agreement, positions, saliences
from parley.methods.payoff import expected, payoffs

__all__ = ["NO_CHANGE", "compare"]

Array = NDArray[np.float64]

NO_CHANGE = "no change"
"""What the talks without any approach are called; it cannot be an approach's id."""


def compare(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    scenario: Scenario,
    *,
    engines: Mapping[str, Engine] | None = None,
    draws: int = 2000,
    seed: int = 0,
    jobs: int = 1,
    store: RunStore | Path | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Run every engine without any approach, and with each approach of the party that asks, on the same draws.

    Payoffs are made comparable in two ways. What the levers cost is taken off their holder's payoff in the draws in
    which they act, so it may fall below 0. And each party's payoff is measured by what it wanted before the approach:
    asking for less does not make the same settlement worth more.

    Parameters
    ----------
    scenario : the scenario
    engines : engines by name; None: all there are, with their usual parameters
    draws : number of draws; 0 compares the modes alone, as one draw
    seed, jobs, store, progress : as for `parley.ensembles.run`

    Returns
    -------
    The answers; draw i is the same draw throughout.

    Raises
    ------
    UsageError, FileError
        As `parley.ensembles.run` does.
    """
    base = draw(scenario, draws, seed)
    chosen = tuple(each for each in scenario.approaches if each.by == scenario.question.asked_by)
    applied = {each.id: apply(base, each.id) for each in chosen}
    answers = run_each({NO_CHANGE: base, **applied}, engines, seed=seed, jobs=jobs, store=store, progress=progress)
    ensembles = {}
    for name, ensemble in answers.items():
        runs = ensemble.runs
        if name != NO_CHANGE:
            paid = costs(base, name)
            runs = {engine: _comparable(run, base, applied[name], paid) for engine, run in runs.items()}
        ensembles[name] = dataclasses.replace(ensemble, runs=runs, draws=draws)
    return Comparison(
        scenario=scenario,
        asked_by=scenario.question.asked_by,
        baseline=ensembles.pop(NO_CHANGE),
        approaches=chosen,
        ensembles=ensembles,
    )


def _comparable(run: EngineRun, base: Draws, applied: Draws, paid: Mapping[str, Array]) -> EngineRun:
    """The run with payoffs by what parties wanted before the approach, less what its levers cost."""
    payoff = run.data["payoff"].transpose("draw", "party")
    values = payoff.values + _remeasured(run, base, applied)
    for party, cost in paid.items():
        values[:, base.base.party_ids.index(party)] -= cost
    return dataclasses.replace(run, data=run.data.assign(payoff=payoff.copy(data=values)))


def _remeasured(run: EngineRun, base: Draws, applied: Draws) -> Array:
    """What to add to payoffs under an approach, shape (draw, party): 0 for parties whose wants it leaves alone."""
    old, new = (positions(base), saliences(base)), (positions(applied), saliences(applied))
    same = (np.nan_to_num(old[0], nan=-1.0) == np.nan_to_num(new[0], nan=-1.0)) & (old[1] == new[1])
    settlement = run.data["settlement"].transpose("draw", "issue").values
    agreement, without = run.data["agreement"].values, no_agreement(applied)
    before = expected(agreement, payoffs(settlement, *old), without)
    after = expected(agreement, payoffs(settlement, *new), without)
    return np.where(same.all(axis=2), 0.0, before - after)
