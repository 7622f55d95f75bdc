"""Packages in spaces too large to be listed, by mixed-integer programs. Main names: `nash_package`, `points_between`.

What is found is proven by the solver: optimal, or impossible, to within a millionth of what each party's parts can make
out (`SLACK`). Of packages that tie, one is found.

Source
------
The frontier by constraints on the payoffs with a second pass, [HaimesLasdonWismer1971]_; the Nash product by tangents
of the logarithm from outside, [DuranGrossmann1986]_.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.package_programs import SLACK, Program, at_least, levels_of, other_than, program, solve, worth
from parley.methods.packages import Space

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

__all__ = ["Found", "Points", "best_package", "fairest_package", "ideal_gains", "nash_package", "opening_sets",
           "points_between"]  # fmt: skip

Array = NDArray[np.float64]
Places = NDArray[np.intp]

GAP = 1e-9
"""How far, relative to the sum, the proven bound on the logarithm of the Nash product may lie above what was found."""

MAX_CUTS = 200

Zone = tuple[float, tuple[float, ...]]
"""How far floors may still be raised there, as a share with its sign turned; and the floors, by party."""

APART = 5 * SLACK
"""So much more, in shares of its unit, must a party get on another point of the frontier."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A package that was found.

    Attributes
    ----------
    levels : the level of each issue
    payoff : what it is worth to each party, shape (party,)
    proven : whether no package is better, to within the tolerance
    """

    levels: tuple[int, ...]
    payoff: Array
    proven: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Points:
    """Points of the frontier.

    Attributes
    ----------
    found : one package for each, from the best for the first party that counts downwards
    whole : whether these are all
    step : where they are not all: in no package does everybody get more by this share of its range than in the corner
        between the points told; 0 where they are all
    """

    found: tuple[Found, ...]
    whole: bool
    step: float


def best_package(space: Space, weight: Array) -> Found | None:
    """Find the package with the largest weighted sum of payoffs that gives nobody less than its reserve value.

    Parameters
    ----------
    space : the space
    weight : array, shape (party,), >= 0

    Returns
    -------
    The package, or None where nobody could sign any.
    """
    made = program(space)
    weight = weight * made.unit
    return _signed(made, -(weight @ made.payoff) / max(weight.max(), np.finfo(float).tiny))


def ideal_gains(space: Space) -> Array | None:
    """What each party could gain at most where all would sign, shape (party,); -inf where it does not count.

    None where nobody could sign any.
    """
    made = program(space)
    result = np.full(space.parties, -np.inf)
    for party in _counted(space):
        found = _signed(made, -made.payoff[party])
        if found is None:
            return None
        result[party] = found.payoff[party] - space.reserve[party]
    return result


def nash_package(space: Space, weight: Array | None = None) -> Found | None:
    """Find the package with the largest product of gains over the reserve values, to proven optimality.

    The logarithm of each gain lies below its tangents. With a few of them the program gives a package and a bound;
    tangents at that package's gains sharpen the bound, until it is no better than the best package found. Parties that
    can gain in no package are left out of the product; where no package lets all others gain, one with the largest sum
    is found.

    Parameters
    ----------
    space : the space
    weight : how many times each party's gain counts, shape (party,); None: once

    Returns
    -------
    The package, or None where nobody could sign any
    """
    ideal = ideal_gains(space)
    if ideal is None:
        return None
    able = np.flatnonzero(ideal > SLACK)
    fair = fairest_package(space, _shares(ideal)) if able.size else None
    if fair is None or (fair.payoff - space.reserve)[able].min(initial=np.inf) <= GAP:
        return best_package(space, np.isfinite(space.reserve) * 1.0)
    made, counts = program(space), np.ones(able.size) if weight is None else weight[able]
    cuts = [_tangents(made, able, ideal[able] * part) for part in (1.0, 0.5, 0.2)]
    cuts.append(_tangents(made, able, (fair.payoff - space.reserve)[able]))
    goal = np.concatenate([np.zeros(made.payoff.shape[1]), -counts])
    best, value = fair, float(counts @ np.log((fair.payoff - space.reserve)[able]))
    for _ in range(MAX_CUTS):
        solved = solve(made, goal, [*at_least(made, space.reserve), *cuts], free=able.size)
        if solved is None:
            break
        levels = levels_of(made, solved.variables)
        found, bound = _found(made, levels, proven=True), -solved.bound
        gain = (found.payoff - space.reserve)[able]
        if _all_sign(made, found.payoff) and gain.min() > 0 and (here := float(counts @ np.log(gain))) > value:
            best, value = found, here
        if bound - value <= GAP * max(1.0, abs(value)):
            return best
        if not solved.proven:
            break
        cuts.append(_tangents(made, able, np.maximum(gain, 1e-6 * ideal[able])))
    return Found(levels=best.levels, payoff=best.payoff, proven=False)


def fairest_package(space: Space, rate: Array) -> Found | None:
    """Find the package whose smallest gain is largest, of these that whose next smallest is, and so on.

    The sum of the k smallest gains y is the most that k r - sum(max(0, r - y)) can be, over r.

    Parameters
    ----------
    space : the space
    rate : what a gain of each party is multiplied by before they are compared, shape (party,); 0 leaves it out

    Returns
    -------
    The package, or None where nobody could sign any.
    """
    from scipy.optimize import LinearConstraint

    made, who = program(space), np.flatnonzero((rate > 0) & np.isfinite(space.reserve))
    size, count = made.payoff.shape[1], who.size
    rates = rate[who] * made.unit[who]
    rates, base = rates / rates.max(initial=0.0), (space.reserve / made.unit)[who]
    slope = rates[:, np.newaxis] * made.payoff[who]
    free = max(count - 1, 0) * (count + 1)
    held: list[LinearConstraint] = []
    found: Found | None = None
    for k in range(1, count + 1):
        at, goal = size + (k - 1) * (count + 1), np.zeros(size + free)
        if k < count:
            short = np.zeros((2 * count, size + free))
            short[:count, :size] = slope
            short[:count, at] = -1.0
            short[:, at + 1 : at + 1 + count] = np.tile(np.eye(count), (2, 1))
            held.append(LinearConstraint(short, np.concatenate([rates * base, np.zeros(count)]), np.inf))
            goal[at], goal[at + 1 : at + 1 + count] = k, -1.0
        else:
            goal[:size] = slope.sum(axis=0)
        found = _signed(made, -goal, held, free=free)
        if found is None:
            return None
        gains = np.sort(rates * ((found.payoff / made.unit)[who] - base))
        least = gains[:k].sum() + (rates @ base if k == count else 0.0)
        held.append(LinearConstraint(goal[np.newaxis], least - SLACK, np.inf))
    return found if found is not None else _signed(made, np.zeros(size))


def points_between(space: Space, *, most: int) -> Points:
    """List points of the frontier among packages that cross no bar and give nobody less than its reserve value.

    Each point found leaves zones in which others may lie: floors for every party, one of which is what it gets there.
    In the widest zone left the floors of all are raised alike, in shares of each party's range, as far as they go; a
    second pass takes the package with the largest sum above them, which no other beats. A zone without a package is
    closed. So all points come in the end, whether or not they are best for some weights.

    Parameters
    ----------
    space : the space; parties whose reserve value is -inf count where all are -inf, else they do not
    most : stop after so many points
    """
    made, who = program(space), _counted(space)
    who = who if who.size else np.arange(space.parties)
    found = _ends(made, who)
    if not found:
        return Points(found=(), whole=True, step=0.0)
    worst = np.maximum(_worst(made), space.reserve / made.unit)[who] - APART
    at = [(each.payoff / made.unit)[who] for each in found]
    ideal = np.max(at, axis=0)
    zones: list[Zone] = [(-1.0, tuple(worst.tolist()))]
    for point in at:
        zones = _split(zones, point, ideal)
    while zones and len(found) < most:
        heapq.heapify(zones)
        width, floor = heapq.heappop(zones)
        reached, new = _raised(made, who, np.array(floor), ideal - worst)
        if new is not None:
            found.append(new)
            zones = _split([(max(width, -reached), floor), *zones], (new.payoff / made.unit)[who], ideal)
    step = max((-width for width, _ in zones), default=0.0)
    ranked = sorted(found, key=lambda each: tuple(-each.payoff[who]))
    return Points(found=tuple(ranked), whole=not zones, step=step)


def opening_sets(space: Space, *, largest: int, most: int) -> tuple[tuple[tuple[str | int, ...], ...], bool]:
    """Find the smallest sets of bars and reserve values whose falling would open the zone of possible agreement.

    Parameters
    ----------
    space : the space
    largest : no larger sets are looked for once one is known
    most : stop after so many sets

    Returns
    -------
    Sets of names of bars and places of parties (their reserve value), the shortest first, and whether these are all
    with up to `largest` members
    """
    from scipy.optimize import LinearConstraint

    made, who = program(space, falling=True), _counted(space)
    goal = np.zeros(made.payoff.shape[1])
    goal[list(made.named.values())] = 1.0
    reserve = (space.reserve / made.unit)[who]
    lowered = made.payoff[who].copy()
    lowered[np.arange(who.size), [made.named[int(party)] for party in who]] = np.maximum(reserve - _worst(made)[who], 0)
    held = [LinearConstraint(lowered, reserve - SLACK, np.inf)]
    names = list(made.named)
    found: list[tuple[str | int, ...]] = []
    while len(found) < most:
        solved = solve(made, goal, held)
        if solved is None:
            return tuple(found), True
        fallen = [name for name in names if solved.variables[made.named[name]] > 0.5]
        if not solved.proven or (found and len(fallen) > max(largest, len(found[0]))):
            return tuple(found), solved.proven
        found.append(tuple(fallen))
        if not fallen:
            return tuple(found), True
        row = np.zeros((1, goal.size))
        row[0, [made.named[name] for name in fallen]] = 1.0
        held.append(LinearConstraint(row, -np.inf, len(fallen) - 1))
    return tuple(found), False


def _counted(space: Space) -> Places:
    return np.flatnonzero(np.isfinite(space.reserve))


def _shares(ideal: Array) -> Array:
    """Gains times this are shares of the ideal gains; 0 for a party that cannot gain."""
    able = ideal > SLACK
    return np.divide(1.0, ideal, out=np.zeros(ideal.size), where=able)


def _worst(made: Program) -> Array:
    """No package is worth less to a party, in its unit, shape (party,)."""
    parts = (part.payoff.reshape(made.space.parties, -1).min(axis=1) for part in made.space.parts)
    return np.asarray(sum(parts, np.zeros(made.space.parties)) / made.unit)


def _all_sign(made: Program, payoff: Array) -> bool:
    """Whether nobody gets less than its reserve value, to 12 decimals of its unit: nearer than the solver looks."""
    return bool((np.round((payoff - made.space.reserve) / made.unit, 12) >= 0).all())


def _found(made: Program, levels: Places, *, proven: bool) -> Found:
    return Found(levels=tuple(levels.tolist()), payoff=worth(made, levels), proven=proven)


def _signed(made: Program, goal: Array, more: Sequence[LinearConstraint] = (), *, free: int = 0) -> Found | None:
    """The package that minimises `goal` among those that all would sign; None where there is none."""
    held = [*at_least(made, made.space.reserve), *more]
    for _ in range(MAX_CUTS):
        solved = solve(made, goal, held, free=free)
        if solved is None:
            return None
        found = _found(made, levels := levels_of(made, solved.variables), proven=solved.proven)
        if _all_sign(made, found.payoff):
            return found
        held.append(other_than(made, levels))
    raise EngineError(f"after {MAX_CUTS} turns every package still falls short of a reserve value by a rounding")


def _tangents(made: Program, who: Places, gain: Array) -> LinearConstraint:
    """For each party its variable t is below the tangent of the logarithm of its gain at `gain`."""
    from scipy.optimize import LinearConstraint

    slope = made.payoff[who] * (made.unit[who] / gain)[:, np.newaxis]
    high = np.log(gain) - 1 - made.space.reserve[who] / gain
    return LinearConstraint(np.concatenate([-slope, np.eye(who.size)], axis=1), -np.inf, high)


def _ends(made: Program, who: Places) -> list[Found]:
    """For each party the package that is best for it, and of these the one with the largest sum; each once."""
    result: list[Found] = []
    for party in who:
        top = _signed(made, -made.payoff[party])
        if top is None:
            return []
        least = np.full(len(made.unit), -np.inf)
        least[party] = top.payoff[party]
        found = _signed(made, -made.payoff[who].sum(axis=0), at_least(made, least))
        assert found is not None
        if all((np.abs(found.payoff - each.payoff)[who] > APART * made.unit[who]).any() for each in result):
            result.append(found)
    return result


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
    """How far floors can be raised, in shares of the spread, and a package there that no other beats."""
    from scipy.optimize import LinearConstraint

    size = made.payoff.shape[1]
    shares = made.payoff[who] / spread[:, np.newaxis]
    held = [
        LinearConstraint(made.payoff[who], floor + APART, np.inf),
        LinearConstraint(np.concatenate([shares, -np.ones((who.size, 1))], axis=1), floor / spread, np.inf),
    ]
    goal = np.append(np.zeros(size), -1.0)
    first = _signed(made, goal, held, free=1)
    if first is None:
        return 0.0, None
    least = np.full(len(made.unit), -np.inf)
    least[who] = first.payoff[who]
    found = _signed(made, -shares.sum(axis=0), at_least(made, least))
    assert found is not None
    return float((((first.payoff / made.unit)[who] - floor) / spread).min()), found
