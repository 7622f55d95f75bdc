"""Whether a truce holds, by the record of ceasefires of the past. `TruceDurability` is the engine.

The formulas lie in `parley.methods.durability`, the figures in the data set `durability`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.domain.terms import Terms
from parley.errors import EngineError
from parley.methods.durability import CLOCKS, NOISES, OUTCOMES, Clocks, clocks, described
from parley.methods.durability_tables import DAYS
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["TruceDurability"]

SAMPLE = 400
"""Draws from which the intervals of a single forecast are taken."""


@dataclass(frozen=True, kw_only=True)
class TruceDurability:
    """Run the clocks of the scenario's truce: agreed, in force, violated, lapsed, prolonged, settled."""

    card: ClassVar[EngineCard] = EngineCard(
        title="Durability of a truce",
        short="record of past truces",
        question="If they sign, does it hold?",
        needs=("terms",),
        assumptions=(
            "A truce holds as those of its class did, by side, class and length, in civil conflicts from 1989 to 2020.",
            "Each term shifts the rate of lapsing by the same factor on every day, as Cox's regression estimates it.",
            "A truce that is prolonged or replaced goes on as one of its kind, and can lapse or be settled in turn.",
            "Ceasefires whose end nobody recorded, a third of all, held as long as the others.",
            "Nothing lies beyond what 95% of the class shows, unless the terms give a reason.",
        ),
        silent_on=("agreement", "settlement", "time_to_agreement", "payoff"),
        cannot_say=(
            "Whether there will be a truce: the clock `agreed` only repeats the scenario's own estimate.",
            "What a term would do: its ratio is an association, and mediators and peacekeepers go to the hard cases.",
            "Whether a war between states is like this: its record is of civil conflicts.",
            "How often a truce is violated: the data do not say, and the clock of violations is a judgement.",
            "Anything about who gains from breaking the truce, or about approaches: it reads the terms alone.",
        ),
        variables={
            "chance": "chance that the clock has struck by the day, given the clock before it, drawn from the "
            "uncertainty of the record (clock, day)",
            "outcome": "how the truce itself stands on the day, drawn likewise; the shares add up to 1 (ending, day)",
            "probability": "one forecast only: the middle estimate of the chance (clock, day)",
            "low": "one forecast only: 5th percentile of the chance (clock, day)",
            "high": "one forecast only: 95th percentile of the chance (clock, day)",
        },
        references=(
            *("ClaytonEtAl2022", "ClaytonSticher2021", "KaplanMeier1958", "AalenJohansen1978", "Cox1972"),
            *("Feller1968", "WernerYuen2005"),
        ),
        stochastic=True,
        published=False,
    )

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:
        """See `Engine.forecast`."""
        draws = Draws.of_modes(scenario)
        length = _length(draws)
        if length is not None and not (length > 0).all():
            raise EngineError(NO_LENGTH)
        drawn = _run(draws, rng.standard_normal((1, len(NOISES))))
        middle = _run(draws, np.zeros((1, len(NOISES))))
        sample = _run(draws, rng.standard_normal((SAMPLE, len(NOISES))))
        low, high = np.quantile(sample.chance, (0.05, 0.95), axis=0)
        data = single(dataset(scenario, 1, _variables(drawn)).assign_coords(_coords()))
        own = {"probability": middle.chance[0], "low": low, "high": high}
        data = data.assign({name: (("clock", "day"), values) for name, values in own.items()})
        assert scenario.terms is not None
        data.attrs["described"] = described(scenario.terms, None if length is None else float(length[0]))
        return Forecast(made=made("durability", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:
        """See `BatchEngine.forecast_many`."""
        noise = np.array([rng.standard_normal(len(NOISES)) for rng in rngs]).reshape(len(draws), len(NOISES))
        length = _length(draws)
        failure = np.full(len(draws), "", dtype=f"<U{len(NO_LENGTH)}")
        if length is not None:
            failure[~(length > 0)] = NO_LENGTH
        found = _run(draws, noise)
        return dataset(draws.base, len(draws), _variables(found), failure=failure).assign_coords(_coords())

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`."""
        data = forecast.data
        curves = {name: data[name].values for name in ("probability", "low", "high")}
        readings = {
            clock: [
                {"day": day} | {name: _number(values[k, i]) for name, values in curves.items()}
                for i, day in enumerate(DAYS)
            ]
            for k, clock in enumerate(CLOCKS)
        }
        return {"clocks": readings, **data.attrs["described"]}


NO_LENGTH = "a truce of no days is none; leave length_days out where it is open-ended"


def _length(draws: Draws) -> Array | None:
    terms = draws.base.terms
    return None if terms is None or terms.length_days is None else draws.column(("terms", "length_days"))


def _run(draws: Draws, noise: Array) -> Clocks:
    """The clocks of the draws; of the only one as often as there is noise."""
    terms = draws.base.terms
    assert terms is not None
    length, agreed = _length(draws), draws.column(("terms", "agreed"))
    size = len(noise)
    lengths = None if length is None else np.broadcast_to(np.maximum(length, 1e-6), (size,)).tobytes()
    return _kept(terms, lengths, np.broadcast_to(agreed, (size,)).tobytes(), noise.tobytes())


@functools.lru_cache(maxsize=4)
def _kept(terms: Terms, length: bytes | None, agreed: bytes, noise: bytes) -> Clocks:
    """The clocks, kept for the next time: no approach changes the terms, so each asks the same again."""
    lengths = None if length is None else np.frombuffer(length)
    return clocks(terms, lengths, np.frombuffer(agreed), np.frombuffer(noise).reshape(-1, len(NOISES)))


def _variables(found: Clocks) -> dict[str, Any]:
    return {
        "chance": (("draw", "clock", "day"), found.chance),
        "outcome": (("draw", "ending", "day"), found.outcome),
    }


def _coords() -> dict[str, list[Any]]:
    return {"clock": list(CLOCKS), "ending": list(OUTCOMES), "day": list(DAYS)}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
