"""An estimate: a number that is not known exactly, and what it rests on. `Estimate` is the main name."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.marks import OnScale, Refers, Text, Within
from parley.errors import Problem, ScenarioError

__all__ = ["Estimate", "Ground", "NonNegative", "Point", "Share", "Words"]

Ground = Annotated[str, Refers("fact", ("claim", "judgement"))]
"""The id of a fact, a claim or a judgement."""

Words = Annotated[str, Text()]
"""Words of a person, shown as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number given as low, mode and high, with its grounds.

    Attributes
    ----------
    low : the lowest value that is still plausible
    mode : the single most plausible value
    high : the highest value that is still plausible
    grounds : ids of the facts, claims and judgements that it rests on
    because : the reason in a few words, where the estimate is a judgement made in this place
    shape : how plausible the values between are: `pert` (a smooth hump at the mode; the default), `triangular`,
        `uniform`

    Raises
    ------
    ScenarioError
        If a number is not finite, or low <= mode <= high does not hold.
    """

    low: float
    mode: float
    high: float
    grounds: tuple[Ground, ...] = ()
    because: Words = ""
    shape: Literal["pert", "triangular", "uniform"] = "pert"

    def __post_init__(self) -> None:
        problems = [
            Problem(path=(name,), message=f"{name} is {value}; it must be a finite number")
            for name, value in (("low", self.low), ("mode", self.mode), ("high", self.high))
            if not math.isfinite(value)
        ]
        if not problems and not self.low <= self.mode <= self.high:
            numbers = f"low {self.low:g}, mode {self.mode:g}, high {self.high:g}"
            problems = [Problem(message=f"{numbers}: they must rise", hint="write low <= mode <= high")]
        if problems:
            raise ScenarioError(problems)

    @classmethod
    def exactly(cls, value: float, *, because: str = "") -> Estimate:
        """Make the estimate of a number that is known exactly."""
        return cls(low=value, mode=value, high=value, because=because)

    @property
    def rests_on_nothing(self) -> bool:
        """Whether neither a ground nor a reason is given."""
        return not self.grounds and not self.because.strip()


Share = Annotated[Estimate, Within(0, 1)]
"""An estimate in 0..1."""

NonNegative = Annotated[Estimate, Within(low=0)]
"""An estimate that is zero or more."""

Point = Annotated[Estimate, OnScale()]
"""An estimate of a point on an issue's scale, 0..100 in nouns, the issue's own unit in files."""
