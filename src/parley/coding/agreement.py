"""How far two or more coders agree: Krippendorff's alpha with an interval by bootstrap. `alpha` and `agreement` do it.

Alpha is 1 where coders always agree and 0 where they agree as often as chance would have it. It is computed by NLTK.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from parley.domain.coding import Coding
from parley.errors import UsageError

__all__ = ["Agreement", "Alpha", "Level", "agreement", "alpha"]

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Units = Sequence[Mapping[str, Hashable]]
"""For each unit the value that each coder gave it; a coder who gave none is left out."""

FAR = 10.0
"""Positions that are farther apart than this are told, 0..100."""
DECIMALS = 6
"""Points on a scale are compared to so many decimals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """The agreement of coders on one thing.

    Attributes
    ----------
    what : `kind`, `issue` or `position`
    level : how values are compared
    value : alpha, at most 1; absent where no unit has two values
    low, high : the middle 95 per cent of alpha when the units are drawn again
    units : units with two values or more
    """

    what: str
    level: Level
    value: float | None
    low: float | None
    high: float | None
    units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement of coders.

    Attributes
    ----------
    coders : their names
    alphas : for kinds, issues and positions
    differ : for each statement on which they differ in kind or issue, or by more than a tenth of the scale in
        position, what each says
    seed, draws : of the bootstrap
    """

    coders: tuple[str, ...]
    alphas: tuple[Alpha, ...]
    differ: Mapping[str, Mapping[str, tuple[Any, ...]]]
    seed: int
    draws: int


def alpha(units: Units, level: Level) -> float:
    """Krippendorff's alpha.

    Parameters
    ----------
    units : the values of each unit by coder; units with fewer than two values say nothing
    level : `nominal`, `ordinal`, `interval` or `ratio`

    Returns
    -------
    alpha, at most 1; NaN where no unit has two values; 1 where there is one value only

    Raises
    ------
    UsageError
        If NLTK, of the extra `reading`, is not installed.

    Source
    ------
    [Krippendorff2011]_.
    """
    try:
        from nltk.metrics.agreement import AnnotationTask
    except ImportError as error:
        raise UsageError("agreement needs nltk; install it with: pip install 'parley[reading]'") from error
    pairable = [unit for unit in units if len(unit) >= 2]
    values = [value for unit in pairable for value in unit.values()]
    if not pairable:
        return math.nan
    if len(set(values)) == 1:
        return 1.0
    triples = [(coder, number, value) for number, unit in enumerate(pairable) for coder, value in unit.items()]
    return float(AnnotationTask(triples, distance=_distance(level, values)).alpha())


def agreement(coders: Mapping[str, Sequence[Coding]], rng: np.random.Generator, *, draws: int, seed: int) -> Agreement:
    """Compare the codings that several coders made of the same statements.

    A unit is a statement for kinds and issues, and a statement on an issue for positions.

    Parameters
    ----------
    coders : the codings by coder
    rng : draws the units again
    draws : number of times that they are drawn
    seed : told in the result

    Raises
    ------
    UsageError
        If there are fewer than two coders.
    """
    if len(coders) < 2:
        raise UsageError("agreement needs two files of claims or more")
    views: tuple[tuple[str, Level, Callable[[Coding], tuple[Hashable, Hashable] | None]], ...] = (
        ("kind", "nominal", lambda each: (_statement(each), each.kind)),
        ("issue", "nominal", lambda each: (_statement(each), each.issue or "none")),
        ("position", "interval", _placed),
    )
    alphas = []
    for what, level, view in views:
        units = [unit for unit in _units(coders, view).values() if len(unit) >= 2]
        low, high = _interval(units, level, rng, draws)
        value = alpha(units, level)
        alphas.append(
            Alpha(what=what, level=level, value=_finite(value), low=_finite(low), high=_finite(high), units=len(units))
        )
    return Agreement(coders=tuple(coders), alphas=tuple(alphas), differ=_differences(coders), seed=seed, draws=draws)


def _distance(level: Level, values: Sequence[Any]) -> Callable[[Any, Any], float]:
    """The squared difference of two values at a level of measurement, [Krippendorff2011]_, section C."""
    if level == "nominal":
        return lambda left, right: float(left != right)
    if level == "interval":
        return lambda left, right: (left - right) ** 2
    if level == "ratio":
        return lambda left, right: 0.0 if left == right else ((left - right) / (left + right)) ** 2
    counts = {value: values.count(value) for value in sorted(set(values))}
    ends = [counts[value] for value in counts]
    place = {value: number for number, value in enumerate(counts)}

    def ordinal(left: Any, right: Any) -> float:
        first, last = sorted((place[left], place[right]))
        return float(sum(ends[first : last + 1]) - (ends[first] + ends[last]) / 2) ** 2

    return ordinal


def _interval(units: Units, level: Level, rng: np.random.Generator, draws: int) -> tuple[float, float]:
    """The middle 95 per cent of alpha over units drawn with replacement; NaN where there are fewer than two units."""
    if len(units) < 2 or draws == 0:
        return math.nan, math.nan
    picks = rng.integers(0, len(units), (draws, len(units)))
    found = np.array([alpha([units[at] for at in pick], level) for pick in picks])
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)


def _units(
    coders: Mapping[str, Sequence[Coding]], view: Callable[[Coding], tuple[Hashable, Hashable] | None]
) -> dict[Hashable, dict[str, Hashable]]:
    """For each unit what each coder says; of several codings of one statement the first counts."""
    found: dict[Hashable, dict[str, Hashable]] = {}
    for coder, codings in coders.items():
        for coding in codings:
            seen = view(coding)
            if seen is not None:
                found.setdefault(seen[0], {}).setdefault(coder, seen[1])
    return found


def _statement(coding: Coding) -> tuple[str, str]:
    return coding.source.digest, coding.statement


def _placed(coding: Coding) -> tuple[Hashable, Hashable] | None:
    if coding.position is None:
        return None
    return (*_statement(coding), coding.issue), round(coding.position.mode, DECIMALS)


def _differences(coders: Mapping[str, Sequence[Coding]]) -> dict[str, dict[str, tuple[Any, ...]]]:
    found: dict[str, dict[str, tuple[Any, ...]]] = {}
    views: dict[tuple[str, str], dict[str, Coding]] = {}
    for coder, codings in coders.items():
        for coding in codings:
            views.setdefault(_statement(coding), {}).setdefault(coder, coding)
    for (_, statement), said in views.items():
        tells = {
            coder: (each.kind, each.issue, None if each.position is None else each.position.mode)
            for coder, each in said.items()
        }
        if len({tell[:2] for tell in tells.values()}) > 1 or _apart([tell[2] for tell in tells.values()]):
            first = next(iter(said.values()))
            found[f"{first.source.doc} {statement}"] = tells
    return found


def _apart(modes: Sequence[float | None]) -> bool:
    """Whether some have a point and others none, or two points are more than `FAR` apart."""
    placed = [mode for mode in modes if mode is not None]
    return bool(placed) and (len(placed) < len(modes) or max(placed) - min(placed) > FAR)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
