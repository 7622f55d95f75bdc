"""Ceasefires of the past as spells of time in force: `spells` takes those of which it is known how long they held."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.ceasefire import Ceasefire
from parley.domain.durability import PastTruce
from parley.methods.durability_tables import CAUSES

__all__ = ["Spells", "has_successor", "past_truces", "spells"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

LAST_DAY = datetime.date(2020, 12, 31)
"""The last day that the data set covers: what is still in force was observed until then."""

SUCCESSOR_DAYS = 7
"""A successor begins within so many days of the end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spells:
    """Ceasefires in arrays with one row each.

    Attributes
    ----------
    truces : the ceasefires
    country : number of the country, from 0
    low, high : shortest and longest time in force that the dates allow, in days
    cause : index into `CAUSES` of how it ended; -1 where it was still in force
    """

    truces: tuple[Ceasefire, ...]
    country: NDArray[np.intp]
    low: Array
    high: Array
    cause: NDArray[np.intp]

    def __len__(self) -> int:
        """The number of ceasefires."""
        return len(self.truces)

    def at(self, place: float) -> Array:
        """Times in force, in days, with unknown days at one place 0..1 between their bounds."""
        return np.asarray(self.low + place * (self.high - self.low), dtype=np.float64)

    def part(self, wanted: Flags) -> Spells:
        """Those that are wanted."""
        truces = tuple(each for each, take in zip(self.truces, wanted, strict=True) if take)
        return Spells(
            truces=truces,
            country=self.country[wanted],
            low=self.low[wanted],
            high=self.high[wanted],
            cause=self.cause[wanted],
        )


def spells(truces: Sequence[Ceasefire], *, count_never: bool = False) -> Spells:
    """Take the ceasefires of which it is known how long they were in force.

    Parameters
    ----------
    truces : all ceasefires of the data set
    count_never : whether to take those that never took effect as in force until the end of the data; this reproduces
        figures that were made so, and is wrong

    Returns
    -------
    Those that took effect, with a known year of start, and of end where they ended.
    """
    codes = {code: index for index, code in enumerate(sorted({each.code for each in truces}))}
    taken, rows = [], []
    for each in truces:
        never = each.ending == "never took effect"
        lasting = each.ended is None and (each.ending == "still in force" or (never and count_never))
        if each.started is None or (never and not count_never) or (each.ended is None and not lasting):
            continue
        first, last = (each.ended.first, each.ended.last) if each.ended else (LAST_DAY, LAST_DAY)
        high = (last - each.started.first).days
        if high < 0:
            continue
        low = max((first - each.started.last).days, 0)
        taken.append(each)
        rows.append((codes[each.code], low, high, -1 if each.ended is None else _cause(each, truces)))
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return Spells(
        truces=tuple(taken),
        country=table[:, 0].astype(np.intp),
        low=table[:, 1],
        high=table[:, 2],
        cause=table[:, 3].astype(np.intp),
    )


def _cause(truce: Ceasefire, truces: Sequence[Ceasefire]) -> int:
    """How a ceasefire ended: lapsed, or by the class of its successor prolonged, replaced or settled."""
    if truce.ending != "replaced":
        return CAUSES.index("lapsed")
    successor = _successor(truce, truces)
    if successor is None or successor.ceasefire_class == truce.ceasefire_class:
        return CAUSES.index("prolonged")
    return CAUSES.index("settled" if successor.ceasefire_class == "definitive" else "replaced")


def has_successor(truce: Ceasefire, truces: Sequence[Ceasefire]) -> bool:
    """Whether another ceasefire of the same country begins within a week of the end."""
    return _successor(truce, truces) is not None


def _successor(truce: Ceasefire, truces: Sequence[Ceasefire]) -> Ceasefire | None:
    """The ceasefire of the same country that begins when this one ends; between the same enemies where there is one."""
    assert truce.ended is not None and truce.started is not None
    found = []
    for each in truces:
        if each.code != truce.code or each.number == truce.number or each.started is None:
            continue
        gap = max((each.started.first - truce.ended.last).days, (truce.ended.first - each.started.last).days, 0)
        if gap <= SUCCESSOR_DAYS and each.started.last >= truce.started.first:
            apart = not each.dyads & truce.dyads
            found.append((apart, gap, each.number < truce.number, abs(each.number - truce.number), each))
    return min(found, key=lambda item: item[:4])[-1] if found else None


ENDED = {"expired": "ran out", "ended by a party": "cancelled", "replaced": "prolonged or replaced"}
"""How a ceasefire ended, in the words of a list of truces."""


def past_truces(sample: Spells) -> tuple[PastTruce, ...]:
    """Some ceasefires by name, with how long each was in force."""
    return tuple(
        PastTruce(
            country=each.country,
            began=_month(each),
            side=each.side,
            ceasefire_class=each.ceasefire_class,
            length_days=each.length_days,
            monitoring=each.monitoring,
            held_days=round(float(held)),
            ended="in force" if each.ended is None else ENDED.get(each.ending, "unclear"),
        )
        for each, held in zip(sample.truces, sample.at(0.5), strict=True)
    )


def _month(truce: Ceasefire) -> str:
    """Year and month of the start, or the year where the month is unknown."""
    assert truce.started is not None
    first, last = truce.started.first, truce.started.last
    return first.strftime("%Y-%m") if (first.year, first.month) == (last.year, last.month) else str(first.year)
