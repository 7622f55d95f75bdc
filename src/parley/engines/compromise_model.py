"""The compromise model: each issue settles at the mean position, weighted by salience and power. `CompromiseModel`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.methods import influence
from parley.methods.collective import CARD_ASSUMPTIONS, CARD_UNREAD, batch_weights, detail, judged, undefined
from parley.methods.columns import capabilities, positions, saliences
from parley.methods.results import dataset, made, single
from parley.methods.weighted import weighted_mean_settlement

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["CompromiseModel"]


@dataclass(frozen=True, kw_only=True)
class CompromiseModel:
    """Forecast each issue by the compromise mean."""

    card: ClassVar[EngineCard] = EngineCard(
        title="Compromise model",
        short="compromise model",
        question="If everybody gives way in proportion to power and interest, where does each issue settle?",
        needs=("positions",),
        assumptions=(
            *CARD_ASSUMPTIONS,
            "Everybody prefers a bad compromise to no decision: disagreement is much disliked.",
            "Influence is capability times salience.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "Whether there will be an agreement: it takes one for granted.",
            "Anything about threats, the war or time, beyond what changes a capability or a salience.",
            *CARD_UNREAD,
            "It splits every difference, even where only the ends of a scale make sense.",
        ),
        variables={
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            **influence.VARIABLES,
        },
        references=("VandenBos1991", "Achen2006"),
    )

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`."""
        draws = Draws.of_modes(scenario)
        settlement = weighted_mean_settlement(positions(draws)[0], saliences(draws)[0], capabilities(draws)[0])
        data = dataset(scenario, 1, judged(draws, settlement[np.newaxis]))
        data = single(data).assign(influence.blockers(self, draws))
        return Forecast(made=made("compromise_model", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`."""
        position, weight = positions(draws), batch_weights(draws)
        total = weight.sum(axis=1)
        pulled = (weight * np.nan_to_num(position)).sum(axis=1)
        settlement = np.divide(pulled, total, out=np.full(total.shape, np.nan), where=total > 0)
        return dataset(draws.base, len(draws), judged(draws, settlement), failure=undefined(position, weight))

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`."""
        return detail(forecast) | {"blockers": influence.detail(forecast)}
