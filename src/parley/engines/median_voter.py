"""The median voter: each issue settles where half of the weight stands on either side. `MedianVoter`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.methods import influence
from parley.methods.collective import CARD_ASSUMPTIONS, CARD_UNREAD, batch_weights, detail, judged, undefined
from parley.methods.columns import capabilities, positions, saliences
from parley.methods.results import dataset, made, single
from parley.methods.weighted import weighted_median_interval

if TYPE_CHECKING:
    import xarray as xr

    from parley.methods.weighted import Array

__all__ = ["MedianVoter"]


@dataclass(frozen=True, kw_only=True)
class MedianVoter:
    """Forecast each issue by the weighted median.

    Attributes
    ----------
    tie : which point to name where the weights split exactly in half: the `middle`, the `lower` or the `upper` end
        of the interval; the
        ends themselves are always reported
    """

    tie: Literal["middle", "lower", "upper"] = "middle"

    card: ClassVar[EngineCard] = EngineCard(
        title="Weighted median voter",
        short="median voter model",
        question="If each issue were voted on with weights, which point would beat every other?",
        needs=("positions",),
        assumptions=(
            *CARD_ASSUMPTIONS,
            "Parties vote on each issue by itself, with capability times salience as their weight.",
            "Each party prefers points nearer to its position.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "Whether there will be an agreement: it takes a decision for granted.",
            "Anything about threats, the war or time, beyond what changes a capability or a salience.",
            *CARD_UNREAD,
            "How strongly the losers object.",
        ),
        variables={
            "lower": "lower end of the interval of weighted medians on the issue",
            "upper": "upper end of that interval; above the lower end only where the weights split exactly in half",
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            **influence.VARIABLES,
        },
        references=("Black1948",),
    )

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`."""
        draws = Draws.of_modes(scenario)
        lower, upper = weighted_median_interval(positions(draws)[0], saliences(draws)[0], capabilities(draws)[0])
        data = dataset(scenario, 1, self._variables(draws, lower[np.newaxis], upper[np.newaxis]))
        data = single(data).assign(influence.blockers(self, draws))
        return Forecast(made=made("median_voter", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`."""
        position, weight = positions(draws), batch_weights(draws)
        order = np.argsort(np.where(weight > 0, position, np.inf), axis=1, kind="stable")
        points = np.take_along_axis(position, order, axis=1)
        reached = np.cumsum(np.take_along_axis(weight, order, axis=1), axis=1)
        total = weight.sum(axis=1, keepdims=True)
        tolerance = 1e-12 * total
        first = np.argmax(reached >= total / 2 - tolerance, axis=1)[:, np.newaxis]
        second = np.argmax(reached > total / 2 + tolerance, axis=1)[:, np.newaxis]
        decided = total[:, 0] > 0
        lower = np.where(decided, np.take_along_axis(points, first, axis=1)[:, 0], np.nan)
        upper = np.where(decided, np.take_along_axis(points, second, axis=1)[:, 0], np.nan)
        return dataset(
            draws.base, len(draws), self._variables(draws, lower, upper), failure=undefined(position, weight)
        )

    def _variables(self, draws: Draws, lower: Array, upper: Array) -> dict[str, Any]:
        settlement = {"middle": (lower + upper) / 2, "lower": lower, "upper": upper}[self.tie]
        return judged(draws, settlement) | {"lower": (("draw", "issue"), lower), "upper": (("draw", "issue"), upper)}

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`."""
        return detail(forecast) | {"blockers": influence.detail(forecast)}
