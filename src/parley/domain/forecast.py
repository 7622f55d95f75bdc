"""What engines answer: a `Forecast` of one scenario, an `Ensemble` of many draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

    from parley.domain.scenario import Scenario

__all__ = ["Ensemble", "EngineRun", "Failure", "Forecast", "Made"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How a result was made.

    Attributes
    ----------
    engine : name of the engine
    parameters : its parameters
    scenario_digest : SHA-256 of the scenario's content
    version : version of Parley
    seed : seed of the draws; None where chance plays no part
    """

    engine: str
    parameters: Mapping[str, Any]
    scenario_digest: str
    version: str
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """One engine's answer for one scenario.

    Attributes
    ----------
    made : how it was made
    data : `agreement` (probability 0..1), `settlement` (issue; 0..100, given agreement), `time_to_agreement` (days),
        `payoff` (party;
        0..1), and the engine's own variables; NaN where the engine is silent
    """

    made: Made
    data: xr.Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A draw for which an engine has no answer.

    Attributes
    ----------
    draw : number of the draw
    reason : why, in words
    """

    draw: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EngineRun:
    """One engine's answers for many draws.

    Attributes
    ----------
    made : how they were made
    data : the forecasts along `draw`; NaN throughout where a draw failed
    failures : the draws that failed, with reasons
    """

    made: Made
    data: xr.Dataset
    failures: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ensemble:
    """All engines' answers for the same draws of a scenario.

    Attributes
    ----------
    scenario : the scenario
    seed : seed of the draws
    draws : number of draws
    runs : each engine's answers, by its name
    gaps : engines that could not run, with the sections that they lack
    """

    scenario: Scenario
    seed: int
    draws: int
    runs: Mapping[str, EngineRun]
    gaps: Mapping[str, tuple[str, ...]]
