"""Points of the frontier of packages too many to be listed, by mixed-integer programs: `points_between`.

Source
------
Constraints on the payoffs with a second pass, [HaimesLasdonWismer1971]_.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.package_programs import GAVE_UP, SLACK, Found, GaveUpError, Program, Work, at_least, program, signed
from parley.methods.packages import Space

__all__ = ["Points", "points_between"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

Zone = tuple[float, tuple[float, ...]]
"""How far floors may still be raised there, as a share with its sign turned; and the floors, by party."""

APART = 5 * SLACK
"""So much more, in shares of its unit, must a party get on another point of the frontier."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Points of the frontier.

    Attributes
    ----------
    found : one package for each, from the best for the first party that counts downwards
    whole : whether these are all
    step : where they are not all: in no package does everybody get more by this share of its range than in the corner
        between the points told, infinity where that is not known; 0 where they are all
    """

    found: tuple[Found, ...]
    whole: bool
    step: float


def points_between(space: Space, *, most: int, work: Work | None = None) -> Points:
    """List points of the frontier among packages that cross no bar and give nobody less than its reserve value.

    Each point found leaves zones in which others may lie: floors for every party, one of which is what it gets there.
    In the widest zone left the floors of all are raised alike, in shares of each party's range, as far as they go; a
    second pass takes the package with the largest sum above them, which no other beats. A zone without a package is
    closed. So all points come in the end, whether or not they are best for some weights.

    Parameters
    ----------
    space : the space; parties whose reserve value is -inf count where all are -inf, else they do not
    most : stop after so many points
    work : what the solver may look at; None: as much as it needs
    """
    made, who = program(space, work=work), np.flatnonzero(np.isfinite(space.reserve))
    who = who if who.size else np.arange(space.parties)
    try:
        found = _ends(made, who)
    except GaveUpError:
        return Points(found=(), whole=False, step=np.inf)
    if not found:
        return Points(found=(), whole=True, step=0.0)
    worst = np.maximum(made.least, space.reserve / made.unit)[who] - APART
    at = [(each.payoff / made.unit)[who] for each in found]
    ideal = np.max(at, axis=0)
    zones: list[Zone] = [(-1.0, tuple(worst.tolist()))]
    for point in at:
        zones = _split(zones, point, ideal)
    while zones and len(found) < most:
        heapq.heapify(zones)
        width, floor = heapq.heappop(zones)
        try:
            reached, new = _raised(made, who, np.array(floor), ideal - worst)
        except GaveUpError:
            zones.append((width, floor))
            break
        if new is not None:
            found.append(new)
            zones = _split([(max(width, -reached), floor), *zones], (new.payoff / made.unit)[who], ideal)
    step = max((-width for width, _ in zones), default=0.0)
    ranked = sorted(found, key=lambda each: tuple(-each.payoff[who]))
    return Points(found=tuple(ranked), whole=not zones, step=step)


def _ends(made: Program, who: Places) -> list[Found]:
    """For each party the package that is best for it, and of these the one with the largest sum; each once."""
    result: list[Found] = []
    for party in who:
        top = _proven(signed(made, -made.payoff[party]))
        if top is None:
            return []
        found = _unbeaten(made, who, np.arange(len(made.unit)) == party, top)
        if all((np.abs(found.payoff - each.payoff)[who] > APART * made.unit[who]).any() for each in result):
            result.append(found)
    return result


def _unbeaten(made: Program, who: Places, held: Flags, than: Found) -> Found:
    """The package with the largest sum, in shares, of those that give the parties held what another gives them."""
    least = np.where(held, than.payoff, -np.inf)
    # where the solver says by a rounding that there is no such package, none beats the one that there is
    return _proven(signed(made, -made.payoff[who].sum(axis=0), at_least(made, least))) or than


def _proven(found: Found | None) -> Found | None:
    """What was found; of the frontier nothing is told that is not proven."""
    if found is not None and not found.proven:
        raise GaveUpError(GAVE_UP)
    return found


def _split(zones: Sequence[Zone], point: Array, ideal: Array) -> list[Zone]:
    """What is left of the zones where the point lies in some: in each, somebody must get more than at the point."""
    kept, new = [], []
    for width, floor in zones:
        if not all(low + SLACK < x for low, x in zip(floor, point, strict=True)):
            kept.append((width, floor))
            continue
        for j, x in enumerate(point.tolist()):
            if x + SLACK < ideal[j]:
                new.append((width, (*floor[:j], x, *floor[j + 1 :])))
    for each in new:
        others = (*kept, *(other for other in new if other is not each))
        if not any(_within(each[1], other[1]) and (other not in new or other[1] != each[1]) for other in others):
            kept.append(each)
    return kept


def _within(inner: Sequence[float], outer: Sequence[float]) -> bool:
    return all(low >= other for low, other in zip(inner, outer, strict=True))


def _raised(made: Program, who: Places, floor: Array, spread: Array) -> tuple[float, Found | None]:
    """How far at most floors can be raised, in shares of the spread, and a package there that no other beats."""
    from scipy.optimize import LinearConstraint

    size = made.payoff.shape[1]
    shares = made.payoff[who] / spread[:, np.newaxis]
    held = [
        LinearConstraint(made.payoff[who], floor + APART, np.inf),
        LinearConstraint(np.concatenate([shares, -np.ones((who.size, 1))], axis=1), floor / spread, np.inf),
    ]
    first = signed(made, np.append(np.zeros(size), -1.0), held, free=1)
    if first is None:
        return 0.0, None
    return first.bound, _unbeaten(made, who, np.isin(np.arange(len(made.unit)), who), first)
