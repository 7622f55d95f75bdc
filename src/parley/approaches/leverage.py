"""A party's own best moves, and whom it would gain by persuading: `leverage`.

Each engine is asked from outside: it runs on draws in which one number is another, so the question means the same for
every model. What a party gains is always measured by what it truly wants.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley import engines as engine_modules
from parley.domain.draws import Draws
from parley.domain.engine import BatchEngine, Engine
from parley.domain.leverage import EngineLeverage, Leverage, Step, StepKind
from parley.domain.scenario import Scenario
from parley.engines.compromise_model import CompromiseModel
from parley.ensembles.draws import draw, engine_rngs
from parley.ensembles.statistics import statistic
from parley.errors import UsageError, did_you_mean
from parley.methods import influence
from parley.methods.collective import batch_weights
from parley.methods.columns import no_agreement, positions, saliences
from parley.methods.payoff import expected, payoffs
from parley.methods.weighted import best_stated_position

__all__ = ["CARE", "NEAR", "leverage"]

Array = NDArray[np.float64]
Progress = Callable[[int, int, str], None]

NEAR = 10.0
"""Points by which another party is persuaded to move, at most."""

CARE = 0.1
"""Salience by which a party is persuaded to care more or less, at most."""

STATED = np.linspace(0.0, 100.0, 21)
SALIENCES = np.linspace(0.0, 1.0, 11)

SLIGHT = 1e-9
"""Gains below this are rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Try:
    """A number that could be another: which column of the draws, and by how much at the modes."""

    kind: StepKind
    party: int
    issue: int
    column: int
    before: float
    after: float


def leverage(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    scenario: Scenario,
    party: str | None = None,
    *,
    engines: Mapping[str, Engine] | None = None,
    draws: int = 400,
    seed: int = 0,
    top: int = 12,
    progress: Progress | None = None,
) -> Leverage:
    """Find what one party could do about where the issues settle.

    Every step is first tried at the modes: the party states each point of a grid (for the compromise model the exact
    best point), cares more or less, or persuades each other party to move towards it by `NEAR` points or to care by
    `CARE` more or less. The steps that gain most there are then tried on all draws; those that gain on average stay.

    Parameters
    ----------
    scenario : the scenario
    party : id of the party; None: the party that asks
    engines : engines by name; None: all that read positions
    draws : number of draws; 0: the modes alone
    seed : seed of the draws
    top : number of steps that are kept for each engine
    progress : called with (done, total, label)

    Raises
    ------
    UsageError
        If there is no such party, or it takes no position.
    """
    name = scenario.question.asked_by if party is None else party
    if name not in scenario.party_ids:
        raise UsageError(f"there is no party '{name}'; {did_you_mean(name, scenario.party_ids, noun='parties')}")
    if not any(position.party == name for position in scenario.positions):
        raise UsageError(f"{name} takes no position, so there is nothing that it could gain")
    asked = dataclasses.replace(scenario, question=dataclasses.replace(scenario.question, asked_by=name), approaches=())
    known = {name: kind() for name, kind in engine_modules.available().items() if "positions" in kind.card.reads}
    chosen = known if engines is None else engines
    lacking = {name: engine_modules.missing(engine, asked) for name, engine in chosen.items()}
    sample, modes = draw(asked, draws, seed), Draws.of_modes(asked)
    found: dict[str, EngineLeverage] = {}
    usable = [name for name in chosen if not lacking[name] and isinstance(chosen[name], BatchEngine)]
    for done, each in enumerate(usable):
        if progress:
            progress(done, len(usable), each)
        engine = chosen[each]
        assert isinstance(engine, BatchEngine)
        found[each] = _of_engine(_Asked(engine, each, seed, asked.party_ids.index(name)), modes, sample, top)
    missing = {name: sections for name, sections in lacking.items() if sections}
    return Leverage(party=name, engines=found, draws=draws, seed=seed, missing=missing)


@dataclass(frozen=True, slots=True)
class _Asked:
    """An engine with the party whose gain counts."""

    engine: BatchEngine
    name: str
    seed: int
    party: int

    def answers(self, draws: Draws, wants: Draws) -> tuple[Array, Array]:
        """Settlements (draw, issue), and payoffs (draw, party) by what the parties want in `wants`."""
        data = self.engine.forecast_many(draws, engine_rngs(self.name, wants, self.seed))
        settlement = data["settlement"].transpose("draw", "issue").values
        worth = payoffs(settlement, positions(wants), saliences(wants))
        payoff = expected(data["agreement"].values, worth, no_agreement(wants))
        return settlement, np.where((data["failure"].values != "")[:, np.newaxis], np.nan, payoff)


def _of_engine(asked: _Asked, modes: Draws, sample: Draws, top: int) -> EngineLeverage:
    settlement, payoff = asked.answers(modes, modes)
    if np.isnan(payoff[0, asked.party]):
        return EngineLeverage(
            steps=(), tried=0, blockers=(), failure="it has no answer where every number is at its mode"
        )
    tries = list(_tries(asked, modes))
    values = np.repeat(modes.values, len(tries), axis=0)
    for row, each in enumerate(tries):
        values[row, each.column] = each.after
    many = dataclasses.replace(modes, values=values, chance=np.repeat(modes.chance, len(tries), axis=0))
    wants = dataclasses.replace(many, values=np.repeat(modes.values, len(tries), axis=0))
    moved, gained = asked.answers(many, wants)
    gains = np.nan_to_num(gained[:, asked.party] - payoff[0, asked.party])
    steps, level = [], asked.answers(sample, sample)[1][:, asked.party]
    for row in _best(tries, gains)[:top]:
        each = tries[row]
        step = Step(
            kind=each.kind,
            party=modes.base.party_ids[each.party],
            issue=modes.base.issue_ids[each.issue],
            before=each.before,
            after=each.after,
            gives=_gives(asked, each, float(payoff[0, each.party] - gained[row, each.party]), modes),
            settlement=float(moved[row, each.issue] - settlement[0, each.issue]),
            **_over_draws(asked, each, sample, level),
        )
        steps.append(step)
    kept = tuple(sorted((step for step in steps if step.gain.mean > SLIGHT), key=lambda step: -step.gain.mean))
    return EngineLeverage(steps=kept, tried=len(tries), blockers=tuple(_blockers(asked, modes)))


def _tries(asked: _Asked, modes: Draws) -> Iterator[_Try]:
    """Every step to try at the modes."""
    scenario = modes.base
    wanted = positions(modes)[0, asked.party]
    exact = best_stated_position(positions(modes)[0], batch_weights(modes)[0], asked.party)
    for k, position in enumerate(scenario.positions):
        party, issue = scenario.party_ids.index(position.party), scenario.issue_ids.index(position.issue)
        place, care = modes.index(("positions", k, "position")), modes.index(("positions", k, "salience"))
        assert place is not None and care is not None
        at, salience = float(modes.values[0, place]), float(modes.values[0, care])
        kinds: list[tuple[StepKind, int, float, float]] = []
        if party == asked.party:
            stated = [float(exact[issue])] if isinstance(asked.engine, CompromiseModel) else STATED.tolist()
            kinds += [("state_position", place, at, each) for each in stated]
            kinds += [("own_salience", care, salience, each) for each in SALIENCES.tolist()]
        elif not np.isnan(wanted[issue]):
            nearer = at + float(np.clip(wanted[issue] - at, -NEAR, NEAR))
            kinds.append(("persuade_to_move", place, at, nearer))
            kinds.append(("persuade_to_care_more", care, salience, min(1.0, salience + CARE)))
            kinds.append(("persuade_to_care_less", care, salience, max(0.0, salience - CARE)))
        for kind, column, before, after in kinds:
            if abs(after - before) > SLIGHT:
                yield _Try(kind=kind, party=party, issue=issue, column=column, before=before, after=after)


def _best(tries: list[_Try], gains: Array) -> list[int]:
    """Rows that gain something, the largest gain first; of each kind, party and issue the best only."""
    order = sorted(range(len(tries)), key=lambda row: (-gains[row], abs(tries[row].after - tries[row].before)))
    seen, result = set(), []
    for row in order:
        key = (tries[row].kind, tries[row].party, tries[row].issue)
        if gains[row] > SLIGHT and key not in seen:
            seen.add(key)
            result.append(row)
    return result


def _over_draws(asked: _Asked, each: _Try, sample: Draws, level: Array) -> dict[str, Any]:
    """Try one step on all draws: the number changes by as much as at the modes, within its bounds."""
    values = sample.values.copy()
    if each.kind == "state_position":
        values[:, each.column] = each.after
    else:
        ceiling = 100.0 if each.kind == "persuade_to_move" else 1.0
        values[:, each.column] = np.clip(values[:, each.column] + each.after - each.before, 0.0, ceiling)
    gained = asked.answers(dataclasses.replace(sample, values=values), sample)[1][:, asked.party] - level
    known = gained[~np.isnan(gained)]
    return {
        "gain": statistic(gained),
        "positive": float((known > SLIGHT).mean()) if known.size else float("nan"),
    }


def _gives(asked: _Asked, each: _Try, loss: float, modes: Draws) -> float:
    if each.kind == "own_salience":
        return abs(each.after - each.before)
    if each.kind == "state_position":
        weight = saliences(modes)[0, asked.party]
        return float(abs(each.after - each.before) / 100.0 * weight[each.issue] / weight.sum())
    return loss


def _blockers(asked: _Asked, modes: Draws) -> list[dict[str, object]]:
    data = asked.engine.forecast_many(modes, engine_rngs(asked.name, modes, asked.seed)).isel(draw=0, drop=True)
    return influence.ranked(data.assign(influence.blockers(asked.engine, modes)))
