"""A ceasefire of the past, as a data set records it: `Ceasefire`."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

__all__ = ["CeasefireClass", "Ceasefire", "Ending", "Period", "Side"]

Side = Literal["unilateral", "bilateral", "multilateral"]
CeasefireClass = Literal["cessation", "preliminary", "definitive"]
Ending = Literal["expired", "ended by a party", "replaced", "never took effect", "still in force", "unclear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A date as far as it is known: the first and the last day that it can be.

    Attributes
    ----------
    first : the earliest day
    last : the latest day
    """

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it begins ({self.first})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceasefire:
    """One ceasefire of a civil conflict.

    Attributes
    ----------
    country : where, in the data set's spelling
    code : the country's number in the data set
    number : the ceasefire's number within the country
    dyads : numbers of the pairs of enemies that it is between
    declared : when it was declared; None where even the year is missing
    started : when it took effect, or was declared where that is missing; None where no year is known
    ended : when it ended; None where it has not, or nobody recorded it
    ending : how it ended
    side : whether one, two or more sides committed themselves
    ceasefire_class : what it provides for
    fixed : whether it had a fixed term; None where nobody recorded it
    length_days : the fixed term; None where it had none or nobody recorded it
    monitoring : whether there was a mechanism of monitoring or implementation; None where nobody recorded it
    enforcement : whether a mission was to enforce it
    demobilisation : whether it provides for disarmament, demobilisation or reintegration
    written : whether there is a text
    part_of_process : whether it is tied to a peace process
    partial : whether it covers only some places, weapons or targets
    holiday : whether it marks a holiday
    humanitarian : whether it lets relief or people through
    mediated : whether a third party mediated
    """

    country: str
    code: int
    number: int
    dyads: frozenset[int]
    declared: Period | None
    started: Period | None
    ended: Period | None
    ending: Ending
    side: Side
    ceasefire_class: CeasefireClass
    fixed: bool | None
    length_days: int | None
    monitoring: bool | None
    enforcement: bool
    demobilisation: bool
    written: bool
    part_of_process: bool
    partial: bool
    holiday: bool
    humanitarian: bool
    mediated: bool
