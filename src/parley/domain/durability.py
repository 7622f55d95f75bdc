"""Whether a truce would hold: `Durability`, with its clocks, reference class, factors and nearest truces."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from parley.domain.terms import Terms

__all__ = ["Durability", "Factor", "PastTruce", "Reading", "Record", "Reference", "Switch"]

NORMAL_95, NORMAL_90 = 1.959964, 1.644854


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a clock shows on a day.

    Attributes
    ----------
    day : days since the event before: the present, the agreement, or the entry into force
    probability : middle estimate, 0..1; NaN where nothing is known
    low, high : its 90% interval
    """

    day: int
    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The truces of the past that a truce is held against.

    Attributes
    ----------
    side, ceasefire_class, term : which ones, as the shipped figures name them
    n, countries : how many with a known time in force, from how many countries
    population : what kind of conflicts they come from, and when
    """

    side: str
    ceasefire_class: str
    term: str
    n: int
    countries: int
    population: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """By how much one of the terms goes with a higher or lower rate of lapsing, beside the reference class.

    Attributes
    ----------
    name : the term
    value : whether the truce has it
    share : how many of the reference class have it, 0..1; 0 where that is not known
    ratio : ratio of rates of truces with it and without it, > 0
    low, high : its 95% interval, or the 90% range of a judgement
    judged : whether the ratio is a judgement, and no estimate
    """

    name: str
    value: bool
    share: float
    ratio: float
    low: float
    high: float
    judged: bool

    @property
    def weight(self) -> float:
        """How far the truce lies from the class's mean, -1..1."""
        return float(self.value) - self.share

    @property
    def shift(self) -> float:
        """What it adds to the logarithm of the rate."""
        return self.weight * math.log(self.ratio)

    @property
    def deviation(self) -> float:
        """Standard deviation of that."""
        width = NORMAL_90 if self.judged else NORMAL_95
        return abs(self.weight) * math.log(self.high / self.low) / (2.0 * width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """What would change if one of the terms were another.

    Attributes
    ----------
    term : name of the term
    to : what it would be, as `yes`, `no`, a class, a side, or a number of days
    day : the day on which the two are compared
    holding : chance that the truce or a successor still holds by then, with the change
    change : what the change adds to that chance; negative: it would hold less long
    low, high : its 90% interval
    judged : whether it rests on a judgement, and not on an estimate
    """

    term: str
    to: str
    day: int
    holding: float
    change: float
    low: float
    high: float
    judged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTruce:
    """A truce of the past by name.

    Attributes
    ----------
    country : where
    began : year and month, or the year
    side, ceasefire_class : what it was
    length_days : its fixed term; None: open-ended
    monitoring : whether somebody verified it; None: unknown
    held_days : how long it was in force; for one that still was, to the end of the data
    ended : how it ended, in words
    """

    country: str
    began: str
    side: str
    ceasefire_class: str
    length_days: int | None
    monitoring: bool | None
    held_days: float
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of the ceasefires of one country.

    Attributes
    ----------
    country : which
    n : how many the data set has
    ended : of how many it knows when they took effect and ended
    median : median time in force of these, in days; NaN where there are none
    over_within_30 : share of these that were over within 30 days; NaN where there are none
    cessations : share of all that were bare cessations of hostilities
    first, last : years of the first and the last
    """

    country: str
    n: int
    ended: int
    median: float
    over_within_30: float
    cessations: float
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Durability:
    """Whether a truce would hold.

    Attributes
    ----------
    terms : what it would say
    length_days : its fixed term at the most plausible number; None: open-ended
    seed : seed of the intervals
    clocks : by name, the readings on each day; each chance given the clock before it
    outcomes : by name, how the truce itself stands on each day; the probabilities add up to 1
    reference : its reference class
    factors : what sets it apart from that
    switches : other terms one at a time, those that would lengthen it most first
    nearest : truces of the past most like it
    record : earlier truces of its country; None where none are known
    held_back : whether a shift was held back by what 95% of the class shows
    notes : what a reader should know, one sentence each
    """

    terms: Terms
    length_days: float | None
    seed: int
    clocks: Mapping[str, tuple[Reading, ...]]
    outcomes: Mapping[str, tuple[Reading, ...]]
    reference: Reference
    factors: tuple[Factor, ...]
    switches: tuple[Switch, ...]
    nearest: tuple[PastTruce, ...]
    record: Record | None
    held_back: bool
    notes: tuple[str, ...]
