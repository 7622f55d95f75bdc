"""Whether a truce would hold, what other terms would change, and truces of the past most like it: `durability`."""

from __future__ import annotations

import dataclasses
import datetime
import math
from collections.abc import Iterator, Sequence
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from parley.domain.ceasefire import CeasefireClass
from parley.domain.durability import Durability, Factor, PastTruce, Reading, Reference, Switch
from parley.domain.estimate import Estimate
from parley.domain.terms import Terms
from parley.methods.durability import CLOCKS, JUDGED, NOISES, OUTCOMES, class_of, clocks, factors_of
from parley.methods.durability_tables import (
    DATA_UNTIL,
    DAYS,
    POPULATION,
    ReferenceClass,
    past_truces,
    prolongation_of,
    record_of,
)

__all__ = ["SWITCHED_ON", "durability"]

Array = NDArray[np.float64]

SAMPLE, SWITCH_SAMPLE = 400, 100
"""Draws from which intervals are taken: of the clocks, and of what a change of terms would bring."""

SWITCHED_ON = 365
"""The day on which other terms are compared: late enough that a longer term is no gain by itself."""

SHOWN, FROM_ONE_COUNTRY = 8, 2
"""So many of the nearest truces are shown, and so many from one country: some prolonged one truce a dozen times."""

BETTER: dict[str, bool] = {
    "monitoring": True,
    "peacekeepers": True,
    "separation": True,
    "written": True,
    "part_of_process": True,
    "partial": False,
    "holiday": False,
    "humanitarian": False,
    "imposed": False,
}
"""Terms that a negotiator could change, and what they could become.

Whether there is a mediator is not among them, since mediators go to the hard cases.
"""

CLASSES: tuple[CeasefireClass, ...] = get_args(CeasefireClass)
LENGTHS = (30, 60, 90, 180)


def durability(
    terms: Terms,
    *,
    seed: int,
    as_of: datetime.date | None = None,
    truces: Sequence[PastTruce] | None = None,
) -> Durability:
    """Judge a truce by its terms.

    Parameters
    ----------
    terms : what it would say
    seed : seed of the intervals
    as_of : the day of what may be known; None: no such day
    truces : truces of the past to look for the nearest; None: those that ship

    Returns
    -------
    The clocks with their intervals, and everything that they rest on.
    """
    length = None if terms.length_days is None else terms.length_days.mode
    noise = _noise(seed)
    middle, drawn = _run(terms, length, noise)
    reference = class_of(terms, length)
    factors = factors_of(terms, reference)
    known = truces if truces is not None else past_truces()
    return Durability(
        terms=terms,
        length_days=length,
        seed=seed,
        clocks=_readings(CLOCKS, middle.chance[0], drawn.chance),
        outcomes=_readings(OUTCOMES, middle.outcome[0], drawn.outcome),
        reference=_reference(reference),
        factors=factors,
        switches=_switches(terms, noise),
        nearest=_nearest(terms, length, known, as_of),
        record=record_of(terms.country),
        held_back=middle.held_back,
        notes=tuple(_notes(terms, reference, factors, as_of, held_back=middle.held_back)),
    )


def _noise(seed: int) -> Array:
    """A row of zeros, which gives the middle estimate, and then the draws."""
    rng = np.random.default_rng(seed)
    return np.concatenate((np.zeros((1, len(NOISES))), rng.standard_normal((SAMPLE, len(NOISES)))))


def _run(terms: Terms, length: float | None, noise: Array) -> tuple[Any, Any]:
    """The clocks at the middle, and in the draws."""
    agreed = np.full(len(noise), math.nan if terms.agreed is None else terms.agreed.mode)
    each = None if length is None else np.full(len(noise), length)
    first = clocks(terms, None if each is None else each[:1], agreed[:1], noise[:1])
    return first, clocks(terms, None if each is None else each[1:], agreed[1:], noise[1:])


def _readings(names: Sequence[str], middle: Array, drawn: Array) -> dict[str, tuple[Reading, ...]]:
    low, high = np.quantile(drawn, (0.05, 0.95), axis=0)
    return {
        name: tuple(
            Reading(day=day, probability=float(middle[k, i]), low=float(low[k, i]), high=float(high[k, i]))
            for i, day in enumerate(DAYS)
        )
        for k, name in enumerate(names)
    }


def _reference(found: ReferenceClass) -> Reference:
    return Reference(
        side=found.side,
        ceasefire_class=found.ceasefire_class,
        term=found.term,
        n=found.n,
        countries=found.countries,
        population=POPULATION,
    )


def _others(terms: Terms) -> Iterator[tuple[str, str, Terms]]:
    """The truce with one of its terms changed: the term, what it becomes, and the terms then."""
    for name, better in BETTER.items():
        if getattr(terms, name) is (not better) or (better and getattr(terms, name) is None):
            changed: dict[str, Any] = {name: better}
            yield name, "yes" if better else "no", dataclasses.replace(terms, **changed)
    if terms.ceasefire_class is not None and terms.ceasefire_class != CLASSES[-1]:
        stronger = CLASSES[CLASSES.index(terms.ceasefire_class) + 1]
        yield "ceasefire_class", stronger, dataclasses.replace(terms, ceasefire_class=stronger)
    if terms.side == "unilateral":
        yield "side", "bilateral", dataclasses.replace(terms, side="bilateral")
    if terms.length_days is not None:
        for days in LENGTHS:
            if days > terms.length_days.mode:
                longer = Estimate.exactly(float(days))
                yield "length_days", str(days), dataclasses.replace(terms, length_days=longer)
        yield "length_days", "open-ended", dataclasses.replace(terms, length_days=None)


def _switches(terms: Terms, noise: Array) -> tuple[Switch, ...]:
    day, lapsed = DAYS.index(SWITCHED_ON), CLOCKS.index("lapsed")

    def holding(each: Terms) -> Array:
        length = None if each.length_days is None else each.length_days.mode
        middle, drawn = _run(each, length, noise[: SWITCH_SAMPLE + 1])
        return 1.0 - np.concatenate((middle.chance[:, lapsed, day], drawn.chance[:, lapsed, day]))

    base, found = holding(terms), []
    for name, to, other in _others(terms):
        changed = holding(other)
        low, high = np.quantile(changed[1:] - base[1:], (0.05, 0.95))
        found.append(
            Switch(
                term=name,
                to=to,
                day=SWITCHED_ON,
                holding=float(changed[0]),
                change=float(changed[0] - base[0]),
                low=float(low),
                high=float(high),
                judged=name in JUDGED,
            )
        )
    return tuple(sorted(found, key=lambda each: -each.change))


def _nearest(
    terms: Terms, length: float | None, truces: Sequence[PastTruce], as_of: datetime.date | None
) -> tuple[PastTruce, ...]:
    """The truces of the past that differ least, none that began later than may be known."""
    known = [each for each in truces if as_of is None or each.began <= as_of.isoformat()]
    found: list[PastTruce] = []
    latest_first = sorted(known, key=lambda each: each.began, reverse=True)
    for each in sorted(latest_first, key=lambda each: _apart(terms, length, each)):
        if len(found) < SHOWN and sum(other.country == each.country for other in found) < FROM_ONE_COUNTRY:
            found.append(each)
    return tuple(found)


def _apart(terms: Terms, length: float | None, truce: PastTruce) -> float:
    """How far a truce of the past is from this one: 1 for a class or a doubled term, less for smaller differences."""
    result = 0.0
    if terms.side is not None and terms.side != truce.side:
        result += 1.0 if "unilateral" in (terms.side, truce.side) else 0.5
    if terms.ceasefire_class is not None:
        result += abs(CLASSES.index(terms.ceasefire_class) - CLASSES.index(truce.ceasefire_class))
    if (length is None) != (truce.length_days is None):
        result += 1.5
    elif length and truce.length_days:
        result += abs(math.log2(length / truce.length_days))
    if terms.monitoring is not None:
        result += 0.4 if truce.monitoring is None else 0.75 * (terms.monitoring != truce.monitoring)
    return result - 0.25 * (truce.country == terms.country)


def _notes(
    terms: Terms, reference: ReferenceClass, factors: Sequence[Factor], as_of: datetime.date | None, *, held_back: bool
) -> Iterator[str]:
    yield f"The record is of {POPULATION}; a war between states may differ."
    yield "Ratios are associations, not effects: mediators and peacekeepers go to the hard cases."
    yield "The data set does not record violations; a truce can be violated daily and still be in force."
    judged = [each.name for each in factors if each.judged]
    if judged:
        yield f"Judgements, not estimates: the ratios for {', '.join(judged).replace('_', ' ')}."
    if terms.high_intensity:
        yield "The clock of violations is a judgement, not an estimate."
    entry = prolongation_of(reference.term)
    if entry is not None:
        yield (
            f"Of {entry['n']} truces of {reference.term} whose kind of end is known, {entry['share']:.0%} "
            f"({entry['low']:.0%} to {entry['high']:.0%}) were prolonged or replaced; {entry['share_of_all']:.0%} if "
            f"unknown ends count as not, and {entry['mean_of_countries']:.0%} as the mean of countries, since a few "
            "renewed theirs many times."
        )
    if held_back:
        yield (
            "The terms would shift the truce beyond what 95% of its class shows; it was held back there. Give a reason "
            "(because) to let it pass."
        )
    if as_of is not None and as_of < DATA_UNTIL:
        yield f"The figures rest on data until {DATA_UNTIL}, later than the scenario's day {as_of}."
