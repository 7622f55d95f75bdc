"""Whether a truce holds: clocks from a reference class, shifted by factors. `clocks` is the main name.

Each clock is a chance of its own, given the clock before it: that the truce is agreed; that it is in force, once
agreed; and, once in force, that it is violated, has lapsed, was prolonged or replaced, or turned into a settlement.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.durability import NORMAL_90, Factor
from parley.domain.terms import Terms
from parley.methods.durability_tables import (
    ANY,
    CAUSES,
    DAYS,
    JOINT,
    POPULATION,
    ReferenceClass,
    figures,
    reference_class,
    term_of,
)
from parley.methods.survival import cumulative_incidence, renewed

__all__ = ["CLOCKS", "NOISES", "OUTCOMES", "Clocks", "class_of", "clocks", "described", "factors_of"]

Array = NDArray[np.float64]

CLOCKS = ("agreed", "in_force", "violated", "lapsed", "prolonged", "settled")
OUTCOMES = (*CAUSES, "in_force")
"""How the truce itself stands: ended in one of these ways, or still in force under its own terms; they add up to 1."""

EVERY_DAY = np.arange(DAYS[-1] + 1, dtype=np.float64)

JUDGED: Mapping[str, tuple[float, float, float]] = {"separation": (0.5, 0.2, 1.0), "imposed": (1.8, 1.2, 3.0)}
"""Ratios of rates that are judgements, not estimates, with 90% ranges: no data at hand speaks of these."""

VIOLATED: Mapping[int, tuple[float, float, float]] = {
    0: (0.10, 0.01, 0.40),
    1: (0.60, 0.30, 0.90),
    3: (0.85, 0.60, 0.97),
    7: (0.95, 0.85, 0.99),
    30: (0.98, 0.92, 0.995),
    365: (0.99, 0.95, 0.998),
}
"""Chance that a violation has been reported by a day on a front of high intensity: a judgement, with a 90% range."""

ESTIMATED = ("monitoring", "peacekeepers", "written", "part_of_process", "partial", "holiday", "mediated")

NOISES = (*CAUSES, "in_force", "violated", "factors")
"""What a draw varies, one standard normal number each."""


def class_of(terms: Terms, length: float | None) -> ReferenceClass:
    """The reference class of a truce.

    Parameters
    ----------
    terms : what it would say
    length : its fixed term, in days; None: open-ended
    """
    return reference_class(terms.side, terms.ceasefire_class, term_of(length))


def factors_of(terms: Terms, reference: ReferenceClass) -> tuple[Factor, ...]:
    """What sets a truce apart from its reference class, for each of its terms that is known.

    Parameters
    ----------
    terms : what it would say
    reference : its class; what the class leaves out, such as the side, comes back as a factor

    Returns
    -------
    The estimated ones first; of the classes separation is a part, so that it shifts only bare cessations.
    """
    known = figures()["factors"]
    found = [
        _factor(name, value, reference, known["provisions"][name])
        for name in ESTIMATED
        if (value := getattr(terms, name)) is not None
    ]
    if terms.humanitarian is not None:
        found.append(_factor("humanitarian", terms.humanitarian, reference, known["with_humanitarian"]["humanitarian"]))
    if reference.ceasefire_class == ANY and terms.ceasefire_class is not None:
        for name in ("preliminary", "definitive"):
            found.append(_factor(name, terms.ceasefire_class == name, reference, known["classes"][name]))
    if reference.side in (ANY, JOINT) and terms.side is not None:
        found.append(_factor("bilateral", terms.side == "bilateral", reference, known["classes"]["bilateral"]))
    for name, (ratio, low, high) in JUDGED.items():
        if getattr(terms, name) and not (
            name == "separation" and terms.ceasefire_class in ("preliminary", "definitive")
        ):
            found.append(Factor(name=name, value=True, share=0.0, ratio=ratio, low=low, high=high, judged=True))
    return tuple(found)


def described(terms: Terms, length: float | None) -> dict[str, Any]:
    """The reference class of a truce and its factors, as plain mappings for output.

    Parameters
    ----------
    terms : what it would say
    length : its fixed term, in days; None: open-ended
    """
    reference = class_of(terms, length)
    named = {"side": reference.side, "class": reference.ceasefire_class, "term": reference.term}
    counted = {"n": reference.n, "countries": reference.countries, "population": POPULATION}
    fields = ("value", "share", "ratio", "low", "high", "judged")
    return {
        "reference_class": named | counted,
        "factors": [
            {"term": each.name} | {field: getattr(each, field) for field in fields}
            for each in factors_of(terms, reference)
        ],
    }


def _factor(name: str, value: bool, reference: ReferenceClass, entry: Mapping[str, float]) -> Factor:  # noqa: FBT001
    return Factor(
        name=name,
        value=value,
        share=reference.shares[name],
        ratio=entry["ratio"],
        low=entry["low"],
        high=entry["high"],
        judged=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clocks:
    """The clocks of a truce in many draws.

    Attributes
    ----------
    chance : shape (draw, clock, day), chances 0..1 by each of `DAYS`; NaN where nothing is known
    outcome : shape (draw, outcome, day), shares of `OUTCOMES`, which add up to 1
    held_back : whether the shift of some draw was held back by what 95% of the class shows
    """

    chance: Array
    outcome: Array
    held_back: bool


def clocks(terms: Terms, length: Array | None, agreed: Array, noise: Array) -> Clocks:
    """Run the clocks of a truce.

    Parameters
    ----------
    terms : what it would say
    length : array, shape (draw,)
        Its fixed term, in days, > 0; None: open-ended.
    agreed : array, shape (draw,)
        Chance 0..1 that it is agreed; NaN: unknown.
    noise : array, shape (draw, noise)
        Standard normal numbers, one for each of `NOISES`; zeros give the middle estimate.

    Returns
    -------
    All clocks on `DAYS`.
    """
    hazard, held_back = _hazards(terms, length, noise)
    ended, lasting = cumulative_incidence(hazard)
    lapsed, prolonged, replaced, settled = (ended[:, k] for k in range(len(CAUSES)))
    again = prolonged + replaced
    chance = np.full((len(noise), len(CLOCKS), len(DAYS)), np.nan)
    chance[:, CLOCKS.index("agreed")] = agreed[:, np.newaxis]
    chance[:, CLOCKS.index("in_force")] = _entry(noise[:, NOISES.index("in_force")])
    if terms.high_intensity:
        chance[:, CLOCKS.index("violated")] = _violated(noise[:, NOISES.index("violated")])
    in_the_end = renewed(np.stack((lapsed, settled)), again)[..., list(DAYS)]
    chance[:, CLOCKS.index("lapsed")], chance[:, CLOCKS.index("settled")] = in_the_end
    chance[:, CLOCKS.index("prolonged")] = again[:, list(DAYS)]
    outcome = np.concatenate((ended, lasting[:, np.newaxis]), axis=1)[..., list(DAYS)]
    return Clocks(chance=chance, outcome=outcome, held_back=held_back)


def _hazards(terms: Terms, length: Array | None, noise: Array) -> tuple[Array, bool]:
    """Cumulative hazards day by day, shape (draw, cause, day), and whether the class held a shift back."""
    if length is None:
        return _hazard(terms, None, noise)
    result, held_back = np.empty((len(noise), len(CAUSES), EVERY_DAY.size)), False
    for each in np.unique(length):
        mine = length == each
        result[mine], held = _hazard(terms, float(each), noise[mine])
        held_back = held_back or held
    return result, held_back


def _hazard(terms: Terms, length: float | None, noise: Array) -> tuple[Array, bool]:
    """As `_hazards`, for draws with the same length."""
    reference = class_of(terms, length)
    drawn = reference.hazard * np.exp(noise[:, : len(CAUSES), np.newaxis] * reference.deviation)
    found = factors_of(terms, reference)
    spread = math.sqrt(sum(each.deviation**2 for each in found))
    shift = sum(each.shift for each in found) + noise[:, NOISES.index("factors")] * spread
    drawn[:, 0] *= np.exp(shift)[:, np.newaxis]
    held_back = not terms.because and _hold_back(drawn, reference)
    curve = np.concatenate((np.zeros_like(drawn[..., :1]), np.maximum.accumulate(drawn, axis=-1)), axis=-1)
    unit = max(length or 1.0, 0.5) if reference.relative else 1.0
    return _interpolated(EVERY_DAY / unit, np.concatenate(([0.0], reference.time)), curve), held_back


def _hold_back(drawn: Array, reference: ReferenceClass) -> bool:
    """Keep the share that has not lapsed within what 95% of the class shows, in place; whether that changed any."""
    if reference.least is None or reference.most is None:
        return False
    low, high = -np.log(np.maximum(reference.most, 1e-3)), -np.log(np.maximum(reference.least, 1e-3))
    before = drawn[:, 0].copy()
    drawn[:, 0] = np.clip(before, low, high)
    return bool((np.abs(drawn[:, 0] - before) > 1e-9).any())


def _interpolated(at: Array, time: Array, curve: Array) -> Array:
    """Curves (..., time) at other times, straight between the points and level after the last."""
    unit = np.eye(time.size)
    weight = np.stack([np.interp(at, time, row) for row in unit])
    return np.asarray(curve @ weight, dtype=np.float64)


def _entry(noise: Array) -> Array:
    """Chance that an agreed truce is in force by each of `DAYS`, shape (draw, day)."""
    entry = figures()["entry_into_force"]
    middle, low, high = (_logit(np.array(entry[name])) for name in ("share", "low", "high"))
    return _logistic(middle + noise[:, np.newaxis] * (high - low) / (2.0 * NORMAL_90))


def _violated(noise: Array) -> Array:
    """Chance that a violation has been reported by each of `DAYS`, shape (draw, day)."""
    table = _logit(np.array(list(VIOLATED.values())).T)
    days, known = np.log1p(np.array(DAYS, dtype=np.float64)), np.log1p(np.array(list(VIOLATED), dtype=np.float64))
    middle, low, high = (np.interp(days, known, row) for row in table)
    drawn = middle + noise[:, np.newaxis] * (high - low) / (2.0 * NORMAL_90)
    return np.maximum.accumulate(_logistic(drawn), axis=-1)


def _logit(share: Array) -> Array:
    return np.asarray(np.log(share) - np.log1p(-share), dtype=np.float64)


def _logistic(value: Array) -> Array:
    return np.asarray(1.0 / (1.0 + np.exp(-value)), dtype=np.float64)
