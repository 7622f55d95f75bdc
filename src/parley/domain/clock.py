"""Time in the talks: `Clock`, with each party's patience and the deadlines."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from parley.domain.estimate import Ground, NonNegative, Share, Words
from parley.domain.marks import Defines
from parley.domain.party import PartyId
from parley.errors import Problem, ScenarioError, repeats

__all__ = ["Clock", "Deadline", "Discount"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """A party's patience.

    Attributes
    ----------
    party : id of the party
    per_step : what a payoff one step later is worth now, 0..1; 1 is endless patience
    """

    party: PartyId
    per_step: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A date that matters to somebody.

    Attributes
    ----------
    id : short name
    words : what happens then
    date : when
    party : whom it presses; absent: everybody
    grounds : what it rests on
    """

    id: Annotated[str, Defines("deadline")]
    words: Words
    date: datetime.date
    party: PartyId | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Steps, horizon and patience.

    Attributes
    ----------
    step_days : length of a step in days
    horizon : number of steps with an offer until the talks end without agreement
    opening : steps that pass before the first offer (0: talks open at once)
    discounts : each party's patience
    deadlines : dates that matter
    grounds : what the length of the step and the horizon rest on
    """

    step_days: int
    horizon: int
    opening: NonNegative | None = None
    discounts: tuple[Discount, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        problems = [
            Problem(path=(name,), message=f"{name} is {value}", hint=f"it must lie in {low}..{high}")
            for name, value, low, high in (("step_days", self.step_days, 1, 3660), ("horizon", self.horizon, 0, 10_000))
            if not low <= value <= high
        ]
        problems += repeats("discounts", [each.party for each in self.discounts], "discount of")
        if problems:
            raise ScenarioError(problems)
