"""The shipped figures on how long ceasefires of the past held: `figures` gives all, `reference_class` what fits.

They are derived by `scripts/durability_tables.py`; their README says from what.
"""

from __future__ import annotations

import csv
import datetime
import functools
import io
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley import resources
from parley.domain.durability import PastTruce, Record

__all__ = [
    "ANY",
    "CAUSES",
    "DATA_UNTIL",
    "DAYS",
    "GRID",
    "JOINT",
    "POPULATION",
    "PROVISIONS",
    "TABLE_DAYS",
    "TERMS",
    "ReferenceClass",
    "figures",
    "past_truces",
    "prolongation_of",
    "record_of",
    "reference_class",
    "term_of",
]

Array = NDArray[np.float64]

FOLDER = "datasets/durability"

CAUSES = ("lapsed", "prolonged", "replaced", "settled")
"""How a ceasefire ends: with nothing after it, or with a successor of its class, of another, or a definitive one."""

DAYS = (0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 30, 33, 40, 60, 90, 120, 180, 270, 365)
"""Days on which the clocks are read."""

TABLE_DAYS = (1, 3, 7, 14, 30, 60, 90, 180, 365, 730)
"""Days of the published tables."""

GRID: Mapping[bool, tuple[float, ...]] = {
    False: (1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90, 120, 180, 270, 365),
    True: (0.1, 0.25, 0.5, 0.75, 0.9, 1.0, 1.1, 1.5, 2, 3, 4, 6, 9, 12, 25, 50, 100, 365),
}
"""Times of the curves of reference classes: days, or (True) multiples of the fixed term."""

PROVISIONS = (
    *("bilateral", "multilateral", "preliminary", "definitive", "fixed", "monitoring", "peacekeepers"),
    *("demobilisation", "written", "part_of_process", "partial", "holiday", "humanitarian", "mediated"),
)
"""What a ceasefire of the data set is known to provide for, by the names of factors."""

TERMS: Mapping[str, tuple[float, float]] = {
    "1-3 days": (1, 3),
    "4-13 days": (4, 13),
    "14-27 days": (14, 27),
    "28-35 days": (28, 35),
    "36-99 days": (36, 99),
    "100-370 days": (100, 370),
}
"""Lengths of a fixed term that make classes of their own, in days, both ends included."""

POPULATION = "civil conflicts, 1989 to 2020"
DATA_UNTIL = datetime.date(2020, 12, 31)

ANY, JOINT = "any", "two or more sides"

FEWEST, FEWEST_COUNTRIES = 30, 5
"""A reference class has at least so many ceasefires, from so many countries."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReferenceClass:
    """Ceasefires of the past that are like the one in question.

    Attributes
    ----------
    side, ceasefire_class, term : which ones; `ANY` or `JOINT` where they were taken together
    n, countries : how many ceasefires with a known time in force, from how many countries
    relative : whether `time` counts terms or days
    time : shape (time,), of the curves
    hazard : shape (cause, time), cumulative hazard of each of `CAUSES`
    deviation : shape (cause, time), standard deviation of its logarithm
    least, most : shape (time,), what 95% of its countries show of the share that has not lapsed; None: too few of them
    shares : share of its ceasefires with each of `PROVISIONS`
    """

    side: str
    ceasefire_class: str
    term: str
    n: int
    countries: int
    relative: bool
    time: Array
    hazard: Array
    deviation: Array
    least: Array | None
    most: Array | None
    shares: Mapping[str, float]


@functools.cache
def figures() -> Mapping[str, Any]:
    """All shipped figures, as their README describes them.

    Raises
    ------
    FileError
        If the shipped file has been changed.
    """
    content: dict[str, Any] = json.loads(resources.read(f"{FOLDER}/figures.json"))
    return content


@functools.cache
def past_truces() -> tuple[PastTruce, ...]:
    """The truces of the past that ship by name."""
    text = resources.read(f"{FOLDER}/truces.csv").decode("utf-8")
    return tuple(
        PastTruce(
            country=row["country"],
            began=row["began"],
            side=row["side"],
            ceasefire_class=row["class"],
            length_days=int(row["term_days"]) if row["term_days"] else None,
            monitoring={"yes": True, "no": False}.get(row["monitoring"]),
            held_days=float(row["held_days"]),
            ended=row["ended"],
        )
        for row in csv.DictReader(io.StringIO(text, newline=""))
    )


def record_of(country: str) -> Record | None:
    """What is known of the ceasefires of a country; None where the figures do not tell it apart."""
    entry = figures()["countries"].get(country)
    if entry is None:
        return None
    missing = {name: math.nan for name in ("median", "over_within_30") if entry[name] is None}
    return Record(country=country, **(dict(entry) | missing))


def prolongation_of(term: str) -> Mapping[str, float] | None:
    """How many truces of a class of length, one of `TERMS`, were prolonged or replaced; None for other terms."""
    found: Mapping[str, Mapping[str, float]] = dict(zip(TERMS, figures()["prolongation"], strict=True))
    return found.get(term)


def term_of(days: float | None) -> str:
    """The class of a term: `open-ended` for none, one of `TERMS`, or `fixed` for one that is longer than these."""
    if days is None:
        return "open-ended"
    return next((name for name, (_, most) in TERMS.items() if days < most + 1), "fixed")


def reference_class(side: str | None, ceasefire_class: str | None, term: str) -> ReferenceClass:
    """The narrowest class of ceasefires of the past that has enough of them.

    Parameters
    ----------
    side : `unilateral`, `bilateral`, `multilateral`; None: unknown
    ceasefire_class : `cessation`, `preliminary`, `definitive`; None: unknown
    term : as `term_of` gives it

    Returns
    -------
    By side, class and term where such a class ships; else bilateral and multilateral ones are taken together, then all
    classes, then all sides, and last all lengths of a term.
    """
    together = JOINT if side in ("bilateral", "multilateral") else side
    kinds = [
        (side, ceasefire_class, term),
        (together, ceasefire_class, term),
        (together, None, term),
        (None, None, term),
        (together, ceasefire_class, "fixed"),
        (together, None, "fixed"),
    ]
    names = ["/".join((one or ANY, two or ANY, three)) for one, two, three in kinds]
    known = figures()["classes"]
    return _class(next(name for name in names if name in known))


@functools.cache
def _class(name: str) -> ReferenceClass:
    side, ceasefire_class, term = name.split("/")
    entry = figures()["classes"][name]
    curves = {key: None if entry[key] is None else np.array(entry[key]) for key in ("least", "most")}
    return ReferenceClass(
        side=side,
        ceasefire_class=ceasefire_class,
        term=term,
        n=entry["n"],
        countries=entry["countries"],
        relative=entry["relative"],
        time=np.array(GRID[entry["relative"]], dtype=np.float64),
        hazard=np.array(entry["hazard"]),
        deviation=np.array(entry["deviation"]),
        shares=entry["shares"],
        **curves,
    )
