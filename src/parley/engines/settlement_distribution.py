"""The settlement distribution: where each issue may settle, and how likely each point is. `SettlementDistribution`.

A method of our own, fitted to decided issues of the European Union; the formulas lie in
`parley.methods.settlement_distribution`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.domain.scenario import Scenario
from parley.errors import EngineError
from parley.methods import influence
from parley.methods.collective import CARD_ASSUMPTIONS, CARD_UNREAD, batch_weights, detail, judged, undefined
from parley.methods.columns import positions
from parley.methods.results import dataset, made, single
from parley.methods.settlement_distribution import distribution, quantiles, shipped_parameters, standing
from parley.methods.settlement_many import OUTCOMES, settle

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["SettlementDistribution"]

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
OWN = ("lower", "upper", "sampled", "mean", "compromise_mean")


@dataclass(frozen=True, kw_only=True)
class SettlementDistribution:
    """Forecast each issue by a distribution, whose median is the settlement."""

    card: ClassVar[EngineCard] = EngineCard(
        title="Settlement distribution",
        short="settlement distribution",
        question="Where may each issue settle, how likely is each point, and how wide is the honest interval?",
        needs=("positions",),
        assumptions=(
            *CARD_ASSUMPTIONS,
            "Outcomes fall about positions as they did on 351 issues decided in the European Union, 1996 to 2019.",
            "Only differences between positions count, as shares of the distance between the outermost two.",
            "No direction of a scale is preferred, and what came before is not.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "Whether there will be an agreement: it takes a decision for granted.",
            "Anything beyond the outermost positions: it gives no chance to such an outcome.",
            "Who wins where two camps stand against each other: then it is little better than a coin.",
            "How well it does in a war or at a ceasefire: its record is of lawmaking at peace.",
            "Anything about threats, the war or time, beyond what changes a capability or a salience.",
            *CARD_UNREAD,
            "Whether a point makes sense: on a ladder some of the chance lies between the rungs.",
        ),
        variables={
            "lower": "10th percentile of the distribution on the issue",
            "upper": "90th percentile of the distribution on the issue",
            "mean": "mean of the distribution on the issue",
            "compromise_mean": "mean position, weighted by capability times salience, for comparison",
            "sampled": "one point drawn from the distribution on the issue; over many draws, what may come out",
            "quantile": "one forecast only: further percentiles of the distribution (level, issue)",
            "at_position": "one forecast only: chance that the issue settles where the party stands (party, issue)",
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            **influence.VARIABLES,
        },
        references=("ArreguiPerarnaud2022", "Achen2006", "GneitingRaftery2007"),
        stochastic=True,
        published=False,
    )

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:
        """See `Engine.forecast`."""
        draws = Draws.of_modes(scenario)
        position, weight = positions(draws), batch_weights(draws)
        reason = str(undefined(position, weight)[0])
        if reason:
            raise EngineError(reason)
        chance = rng.random(len(scenario.issues))
        outcomes, quantile, at_position = _one_by_one(position[0], weight[0], chance)
        data = single(dataset(scenario, 1, _variables(draws, outcomes[np.newaxis])))
        data = data.assign_coords(level=list(LEVELS)).assign(
            quantile=(("level", "issue"), quantile), at_position=(("party", "issue"), at_position)
        )
        data = data.assign(influence.blockers(self, draws))
        return Forecast(made=made("settlement_distribution", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:
        """See `BatchEngine.forecast_many`."""
        position, weight = positions(draws), batch_weights(draws)
        chance = np.array([rng.random(position.shape[2]) for rng in rngs]).reshape(len(draws), position.shape[2])
        outcomes = settle(position, weight, chance, shipped_parameters())
        return dataset(draws.base, len(draws), _variables(draws, outcomes), failure=undefined(position, weight))

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`."""
        data = forecast.data
        issues = [str(issue) for issue in data["issue"].values]
        return detail(forecast) | {
            "quantiles": {issue: _quantiles(data["quantile"].values[:, i], issue) for i, issue in enumerate(issues)},
            "at_positions": {
                issue: {
                    str(party): float(chance)
                    for party, chance in zip(data["party"].values, data["at_position"].values[:, i], strict=True)
                    if not np.isnan(chance)
                }
                for i, issue in enumerate(issues)
            },
            "blockers": influence.detail(forecast),
        }


def _one_by_one(position: Array, weight: Array, chance: Array) -> tuple[Array, Array, Array]:
    """Settle each issue by the readable formulas, from arrays of shape (party, issue) and (issue,).

    Returns
    -------
    outcomes, shape (issue, 6), in the columns `OUTCOMES`; quantiles, shape (level, issue); the chance of each party's
    position, shape (party, issue).
    """
    issues = chance.size
    outcomes, quantile = np.full((issues, len(OUTCOMES)), np.nan), np.full((len(LEVELS), issues), np.nan)
    at_position = np.full(position.shape, np.nan)
    for i in range(issues):
        stands = standing(position[:, i], weight[:, i])
        if stands is None:
            continue
        value, probability = distribution(stands, shipped_parameters())
        outcomes[i, :4] = quantiles(value, probability, [0.5, 0.1, 0.9, chance[i]])
        outcomes[i, 4:] = probability @ value, stands.share @ stands.position
        quantile[:, i] = quantiles(value, probability, LEVELS)
        near = np.abs(value - position[:, i, np.newaxis]) <= np.ptp(stands.position) / 200.0 + 1e-9
        at_position[:, i] = np.where(np.isnan(position[:, i]), np.nan, near @ probability)
    return outcomes, quantile, at_position


def _variables(draws: Draws, outcomes: Array) -> dict[str, Any]:
    named = {name: outcomes[:, :, k] for k, name in enumerate(OUTCOMES)}
    return judged(draws, named["median"]) | {name: (("draw", "issue"), named[name]) for name in OWN}


def _quantiles(points: Array, issue: str) -> dict[str, Spot | None]:
    return {
        f"{level:g}": None if np.isnan(point) else Spot(float(point), issue)
        for level, point in zip(LEVELS, points, strict=True)
    }
