"""Who holds a settlement where it is: what happens without each party, or with it won over. `blockers` is the main one.

The question is put to an engine from outside, by running it on changed scenarios, so that it means the same for every
model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.domain.scenario import Scenario
from parley.methods.columns import capabilities, saliences

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["VARIABLES", "blockers", "detail", "ranked", "won_over", "without"]

Array = NDArray[np.float64]

VARIABLES: Mapping[str, str] = MappingProxyType(
    {
        "without": "one forecast only: where each issue would settle if the party took no part (party, issue)",
        "won_over": "one forecast only: where each issue would settle if the party came round to the positions of the "
        "party that asks (party, issue)",
        "gain_without": "one forecast only: what the asking party's payoff gains if the party took no part (party)",
        "gain_won_over": "one forecast only: what the asking party's payoff gains if the party is won over (party)",
        "asked_about": "one forecast only: 1 where the model was run again for the party, 0 where it was left out: "
        "among very many parties only the weightiest are asked about (party)",
    }
)
"""The variables that `blockers` gives, for an engine's card."""


class _Batch(Protocol):
    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset: ...


def blockers(engine: _Batch, draws: Draws, *, most: int | None = None) -> dict[str, Any]:
    """Run an engine without each party, and with each party won over to what the asking party wants.

    Parameters
    ----------
    engine : the engine
    draws : one draw, such as the modes
    most : about how many parties the engine is run again, those with the largest weight; None: about all

    Returns
    -------
    `without` and `won_over`, shape (party, issue), points 0..100; `gain_without` and `gain_won_over`, shape (party,),
    differences of the asking party's payoff, -1..1; `asked_about`, shape (party,), 0 or 1. NaN where the engine then
    has no answer or was not run, and in the asking party's own row of what winning it over would change.
    """
    scenario, count = draws.base, len(draws.base.parties)
    asker = scenario.party_ids.index(scenario.question.asked_by)
    weight = (capabilities(draws)[0, :, np.newaxis] * saliences(draws)[0]).sum(axis=1)
    chosen = np.sort(np.argsort(-weight, kind="stable")[:most])
    names, first, wants = [scenario.party_ids[i] for i in chosen], draws.values[0], scenario.question.asked_by
    rows = [first, *(without(scenario, first, party) for party in names)]
    rows += [won_over(scenario, first, party, wants) for party in names]
    variants = Draws(base=scenario, values=np.array(rows), chance=np.repeat(draws.chance[:1], len(rows), axis=0))
    data = engine.forecast_many(variants, [np.random.default_rng(0) for _ in rows])
    settlement, payoff = data["settlement"].values, data["payoff"].values[:, asker]
    gone, turned = np.full((2, count, len(scenario.issues)), np.nan)
    lost, gained = np.full((2, count), np.nan)
    gone[chosen], turned[chosen] = settlement[1 : 1 + chosen.size], settlement[1 + chosen.size :]
    lost[chosen], gained[chosen] = payoff[1 : 1 + chosen.size] - payoff[0], payoff[1 + chosen.size :] - payoff[0]
    turned[asker], gained[asker] = np.nan, np.nan
    return {
        "without": (("party", "issue"), gone),
        "won_over": (("party", "issue"), turned),
        "gain_without": (("party",), lost),
        "gain_won_over": (("party",), gained),
        "asked_about": (("party",), np.isin(np.arange(count), chosen).astype(np.float64)),
    }


def without(scenario: Scenario, values: Array, party: str) -> Array:
    """The numbers of a draw, shape (quantity,), with one party taking no part: it has no position and no salience."""
    changed = values.copy()
    for k, position in enumerate(scenario.positions):
        if position.party == party:
            _set(scenario, changed, ("positions", k, "position"), np.nan)
            _set(scenario, changed, ("positions", k, "salience"), 0.0)
    return changed


def won_over(scenario: Scenario, values: Array, party: str, to: str) -> Array:
    """The numbers of a draw, shape (quantity,), with one party holding another's positions where both hold one."""
    changed = values.copy()
    wanted = {
        position.issue: Draws(base=scenario, values=values[np.newaxis], chance=np.zeros((1, 0))).column(
            ("positions", k, "position")
        )[0]
        for k, position in enumerate(scenario.positions)
        if position.party == to
    }
    for k, position in enumerate(scenario.positions):
        if position.party == party and position.issue in wanted:
            _set(scenario, changed, ("positions", k, "position"), wanted[position.issue])
    return changed


def _set(scenario: Scenario, values: Array, path: tuple[str | int, ...], value: float) -> None:
    column = Draws(base=scenario, values=values[np.newaxis], chance=np.zeros((1, 0))).index(path)
    if column is not None:
        values[column] = value


def detail(forecast: Forecast) -> list[dict[str, Any]]:
    """What each party holds, as `ranked` lays it out, for an engine's `detail`."""
    return ranked(forecast.data)


def ranked(data: xr.Dataset) -> list[dict[str, Any]]:
    """Lay out what each party holds, the one whose part moves the settlement most first.

    Parameters
    ----------
    data : `settlement` of one forecast, and what `blockers` gives

    Returns
    -------
    For each party that the engine was run again for: `party`; `without` and `won_over`, points by issue, None where
    there is no answer; `moves_settlement`, the mean distance over issues, 0..100, of what taking no part or being won
    over would change, whichever is larger; `gain_without` and `gain_won_over` as in `blockers`.
    """
    issues = [str(issue) for issue in data["issue"].values]
    settled = data["settlement"].values
    entries = []
    for i, party in enumerate(data["party"].values):
        if not data["asked_about"].values[i]:
            continue
        moved = [_distance(data[name].values[i] - settled) for name in ("without", "won_over")]
        entries.append(
            {
                "party": str(party),
                "without": _spots(data["without"].values[i], issues),
                "won_over": _spots(data["won_over"].values[i], issues),
                "moves_settlement": max(moved),
                "gain_without": _plain(float(data["gain_without"].values[i])),
                "gain_won_over": _plain(float(data["gain_won_over"].values[i])),
            }
        )
    return sorted(entries, key=lambda entry: -float(entry["moves_settlement"]))


def _distance(moved: Array) -> float:
    known = np.abs(moved[~np.isnan(moved)])
    return float(known.mean()) if known.size else 0.0


def _spots(points: Array, issues: Sequence[str]) -> dict[str, Spot | None]:
    return {
        issue: None if np.isnan(point) else Spot(float(point), issue)
        for issue, point in zip(issues, points, strict=True)
    }


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else value
