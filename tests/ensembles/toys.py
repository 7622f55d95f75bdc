"""Engines simple enough to know what they will say."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.errors import EngineError
from parley.methods.columns import capabilities, no_agreement, positions, saliences
from parley.methods.payoff import expected, payoffs
from parley.methods.results import dataset, made, single


def card(*needs: str) -> EngineCard:
    return EngineCard(title="Toy", short="toy model", question="What would a toy say?", needs=needs, assumptions=())


@dataclass(frozen=True, kw_only=True)
class NorthDecides:
    """Everything settles where the north stands, with the north's capability over 2 as probability of agreement."""

    card: ClassVar[EngineCard] = card("positions")

    def forecast_many(self, draws, rngs):
        settlement = positions(draws)[:, 0]
        agreement = capabilities(draws)[:, 0] / 2
        at_settlement = payoffs(settlement, positions(draws), saliences(draws))
        payoff = expected(agreement, at_settlement, no_agreement(draws))
        return dataset(draws.base, len(draws), {"agreement": agreement, "settlement": settlement, "payoff": payoff})

    def forecast(self, scenario, rng):
        data = single(self.forecast_many(Draws.of_modes(scenario), [rng]))
        return Forecast(made=made("toy", self, scenario), data=data)

    def detail(self, forecast) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, kw_only=True)
class Dice:
    """One draw at a time: throws a die of its own, and has no answer where the north's capability is above a limit."""

    limit: float = 1.05

    card: ClassVar[EngineCard] = card("positions")

    def forecast(self, scenario, rng):
        capability = scenario.party("north").capability.mode
        if capability > self.limit:
            raise EngineError(f"the north's capability is above {self.limit:g}")
        die = rng.random()
        variables = {
            "agreement": np.array([die]),
            "settlement": np.full((1, 2), 50.0),
            "payoff": np.full((1, 2), 0.5),
            "capability_met": np.array([capability]),
            "verdict": np.array(["low" if die < 0.5 else "high"]),
            "throws": np.array([1]),
        }
        return Forecast(made=made("dice", self, scenario), data=single(dataset(scenario, 1, variables)))

    def detail(self, forecast) -> dict[str, Any]:
        return {"die": float(forecast.data["agreement"])}


@dataclass(frozen=True, kw_only=True)
class Needy(NorthDecides):
    """Has nothing to say without terms and opinion."""

    card: ClassVar[EngineCard] = card("terms", "opinion")


@dataclass(frozen=True, kw_only=True)
class Slow(NorthDecides):
    """Takes its time over a chunk."""

    seconds: float = 0.2

    def forecast_many(self, draws, rngs):
        time.sleep(self.seconds)
        return NorthDecides.forecast_many(self, draws, rngs)


@dataclass(frozen=True, kw_only=True)
class Interrupted(NorthDecides):
    """Is interrupted by the user from this draw on."""

    at: int = 250

    def forecast_many(self, draws, rngs):
        if draws.first >= self.at:
            raise KeyboardInterrupt
        return NorthDecides.forecast_many(self, draws, rngs)


@dataclass(frozen=True, kw_only=True)
class Refusing(NorthDecides):
    """Refuses every chunk whole."""

    def forecast_many(self, draws, rngs):
        raise EngineError("not today")
