"""What an engine is: the `Engine` protocol, and its `EngineCard`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

import numpy as np

from parley.domain.draws import Draws
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["COMMON_VARIABLES", "BatchEngine", "DrawsEngine", "Engine", "EngineCard", "PacedEngine", "Shown"]

COMMON_VARIABLES: Mapping[str, tuple[str, ...]] = {
    "agreement": (),
    "settlement": ("issue",),
    "time_to_agreement": (),
    "payoff": ("party",),
}
"""What every engine reports, with its dims; NaN where the engine is silent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineCard:
    """What a user should know of an engine before believing it.

    Attributes
    ----------
    title : name of the model in the literature
    short : its name inside a sentence, to follow "the"
    question : the question that it answers, in plain words
    needs : sections of the scenario without which it has nothing to say; of `positions or payoffs` one is enough
    assumptions : what it takes for granted, one sentence each
    silent_on : common variables on which it says nothing (they are NaN)
    cannot_say : what a reader might expect of it and will not get, one sentence each
    variables : its own variables, each with a description
    references : keys of the bibliography
    stochastic : whether it draws random numbers of its own
    published : whether it is a published method; False for one of our own
    """

    title: str
    short: str
    question: str
    needs: tuple[str, ...]
    assumptions: tuple[str, ...]
    silent_on: tuple[str, ...] = ()
    cannot_say: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    stochastic: bool = False
    published: bool = True

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of all sections that it needs, or of which it needs one."""
        return tuple(section for need in self.needs for section in need.split(" or "))

    def lacks(self, scenario: Scenario) -> tuple[str, ...]:
        """What of `needs` a scenario does not have."""
        return tuple(
            need for need in self.needs if not any(getattr(scenario, section) for section in need.split(" or "))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An engine as `engines` shows it.

    Attributes
    ----------
    name : its name
    card : what it answers, needs, assumes and cites
    parameters : its parameters, with their defaults
    missing : the sections that the scenario lacks; None where no scenario was given
    """

    name: str
    card: EngineCard
    parameters: Mapping[str, Any]
    missing: tuple[str, ...] | None


@runtime_checkable
class Engine(Protocol):
    """A published model that turns a scenario into a forecast; a frozen dataclass whose fields are its parameters."""

    card: ClassVar[EngineCard]

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:
        """Forecast one scenario, taking each estimate at its mode.

        Raises
        ------
        EngineError
            If the model has no answer for these numbers.
        """

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """Everything else that the engine says of one scenario, as plain lists and mappings for JSON and pictures."""


@runtime_checkable
class BatchEngine(Engine, Protocol):
    """An engine that can take many draws at once."""

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:
        """Forecast each draw, as `forecast` would.

        Returns
        -------
        A dataset with the common variables and the engine's own along `draw`, and `failure` (draw): the reason in
        words where the
        model has no answer for a draw, empty otherwise.
        """


@runtime_checkable
class DrawsEngine(Engine, Protocol):
    """An engine that has more to say of many draws than of each by itself."""

    def detail_of_draws(self, data: xr.Dataset) -> dict[str, Any]:
        """What it says of all draws together, as plain lists and mappings that join those of `detail`.

        Parameters
        ----------
        data : its answers along `draw`
        """


@runtime_checkable
class PacedEngine(Engine, Protocol):
    """An engine that takes long over a draw of some scenarios."""

    def draws_at_once(self, scenario: Scenario) -> int | None:
        """How many draws of a scenario are answered between two signs of progress; None: as many as usual.

        Raises
        ------
        EngineError
            If the model has no answer for the scenario.
        """
