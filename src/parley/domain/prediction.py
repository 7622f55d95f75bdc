"""What named people forecast (`Prediction`) and measured opinion (`OpinionSeries`)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from parley.domain.estimate import Estimate, Ground, Words
from parley.domain.marks import Defines
from parley.domain.party import PartyId
from parley.domain.source import Hedge
from parley.errors import Problem, ScenarioError

__all__ = ["Chance", "Horizon", "Observation", "OpinionSeries", "Prediction"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A probability known as a range.

    Attributes
    ----------
    low : lower end, 0..1
    high : upper end, 0..1
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise ScenarioError(
                [Problem(message=f"the range {self.low:g}..{self.high:g}", hint="write 0 <= low <= high <= 1")]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """The period in which a forecast should come true.

    Attributes
    ----------
    earliest : first day
    latest : last day
    """

    earliest: datetime.date
    latest: datetime.date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ScenarioError(
                [Problem(message=f"{self.latest} is before {self.earliest}", hint="earliest <= latest")]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A forecast by a named person, dated and resolvable.

    Attributes
    ----------
    id : short name
    by : who makes it
    words : the forecast in words
    probability : how sure the person sounds, as a range
    criterion : what would have to be seen for it to have come true
    hedge : the hedge that the range is read from
    horizon : when; absent where the person names no time
    parties : ids of the parties that it is about
    outcome : whether it came true; absent while open
    resolved_on : when that was known
    grounds : the facts that hold it, and judgements on its range or horizon
    """

    id: Annotated[str, Defines("prediction")]
    by: Words
    words: Words
    probability: Chance
    criterion: Words
    hedge: Hedge | None = None
    horizon: Horizon | None = None
    parties: tuple[PartyId, ...] = ()
    outcome: bool | None = None
    resolved_on: datetime.date | None = None
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        if (self.outcome is None) != (self.resolved_on is None):
            raise ScenarioError(
                [Problem(message="outcome and resolved_on belong together", hint="give both or neither")]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One measurement of a series.

    Attributes
    ----------
    when : the time in words
    value : what was measured, in the series' unit
    date : the day, where known
    """

    when: Words
    value: Estimate
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionSeries:
    """Measured or reported opinion that bears on what a party can do.

    Attributes
    ----------
    id : short name
    words : what is measured
    unit : the unit, such as `per cent`
    party : id of the party that it bears on
    observations : the measurements, oldest first
    bearing : how it bears on the party, in words
    grounds : facts that report it
    """

    id: Annotated[str, Defines("opinion")]
    words: Words
    unit: Words
    party: PartyId
    observations: tuple[Observation, ...]
    bearing: Words = ""
    grounds: tuple[Ground, ...] = ()
