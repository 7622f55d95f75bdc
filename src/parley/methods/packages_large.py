"""Packages in spaces too large to be listed, by mixed-integer programs. `nash_package` is the main name.

What is found is proven by the solver: optimal, or impossible, to within a millionth of what each party's parts can make
out (`SLACK`). Where it stops before that, `Found` says what is proven; `GaveUpError` is raised where it had nothing. Of
packages that tie, one is found.

Source
------
The Nash product by tangents of the logarithm from outside, [DuranGrossmann1986]_.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parley.methods.package_programs import (
    GAVE_UP,
    MAX_CUTS,
    SLACK,
    Found,
    GaveUpError,
    Program,
    Work,
    all_sign,
    at_least,
    levels_of,
    program,
    signed,
    solve,
    worth,
)
from parley.methods.packages import Space

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

__all__ = ["best_package", "fairest_package", "ideal_gains", "nash_package", "opening_sets"]

Array = NDArray[np.float64]
Places = NDArray[np.intp]

GAP = 1e-9
"""How far the proven bound on the logarithm of the Nash product may lie above what was found, relative to it."""

STEPS = (1.0, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1, 0.05)
"""The logarithm of a gain has its first tangents at these shares of the most that the party could gain."""


def best_package(space: Space, weight: Array, *, work: Work | None = None) -> Found | None:
    """Find the package with the largest weighted sum of payoffs that gives nobody less than its reserve value.

    Parameters
    ----------
    space : the space
    weight : array, shape (party,), >= 0
    work : what the solver may look at; None: as much as it needs

    Returns
    -------
    The package, or None where nobody could sign any.

    Raises
    ------
    GaveUpError
        If the solver stopped before it found any.
    """
    made = program(space, work=work)
    scaled = weight * made.unit
    most = max(scaled.max(), np.finfo(float).tiny)
    found = signed(made, -(scaled @ made.payoff) / most)
    return found and replace(found, value=float(weight @ found.payoff), bound=found.bound * most)


def ideal_gains(space: Space, *, work: Work | None = None) -> Array | None:
    """What each party could gain at most where all would sign, shape (party,); -inf where it does not count.

    None where nobody could sign any.

    Raises
    ------
    GaveUpError
        If that is not proven for some party.
    """
    made = program(space, work=work)
    result = np.full(space.parties, -np.inf)
    for party in _counted(space):
        found = signed(made, -made.payoff[party])
        if found is None:
            return None
        if not found.proven:
            raise GaveUpError(
                "the search by integer programs stopped before it knew what each party could gain at most"
            )
        result[party] = found.payoff[party] - space.reserve[party]
    return result


def nash_package(space: Space, weight: Array | None = None, *, work: Work | None = None) -> Found | None:
    """Find the package with the largest product of gains over the reserve values, to proven optimality.

    The logarithm of each gain lies below its tangents. With a few of them the program gives a package and a bound;
    tangents at that package's gains sharpen the bound, until it is no better than the best package found. Parties that
    can gain in no package are left out of the product; where no package lets all others gain, one with the largest sum
    is found.

    Parameters
    ----------
    space : the space
    weight : how many times each party's gain counts, shape (party,); None: once
    work : what the solver may look at; None: as much as it needs

    Returns
    -------
    The package, or None where nobody could sign any

    Raises
    ------
    GaveUpError
        If the solver stopped before it found any in which all gain who can.
    """
    work = work or Work()
    ideal = ideal_gains(space, work=work)
    if ideal is None:
        return None
    able = np.flatnonzero(ideal > SLACK)
    counts = np.ones(able.size) if weight is None else weight[able]
    product = _Product(made=program(space, work=work), able=able, counts=counts)
    if able.size and (found := _largest(product, ideal)):
        return found
    return best_package(space, np.isfinite(space.reserve) * 1.0, work=work)


@dataclass(slots=True, kw_only=True, eq=False)
class _Product:
    """The search for the largest product of gains of those who are able to gain.

    Attributes
    ----------
    made, able, counts : the space, who is able to gain, and how many times each counts
    cuts : tangents that are held
    best : the best package so far; None where there is none in which all of them gain
    """

    made: Program
    able: Places
    counts: Array
    cuts: list[LinearConstraint] = field(default_factory=list)
    best: Found | None = None

    def hold(self, gain: Array) -> None:
        """Hold the tangents of the logarithms at these gains, shape (able party,)."""
        self.cuts.append(_tangents(self.made, self.able, gain))

    def take(self, levels: Sequence[int], ideal: Array) -> None:
        """Keep a package if it is the best so far, and hold the tangents at its gains."""
        payoff = worth(self.made, np.array(levels, dtype=np.intp))
        gain = (payoff - self.made.space.reserve)[self.able]
        if all_sign(self.made, payoff) and (gain > GAP * self.made.unit[self.able]).all():
            value = float(self.counts @ np.log(gain))
            if self.best is None or value > self.best.value:
                self.best = Found(levels=tuple(levels), payoff=payoff, value=value, bound=np.inf, proven=False)
        self.hold(np.maximum(gain, SLACK * ideal[self.able]))

    def tolerance(self) -> float:
        """How much the logarithm of the best product changes where each payoff is off by what the solver allows."""
        assert self.best is not None
        gain = (self.best.payoff - self.made.space.reserve)[self.able]
        return float(2 * SLACK * (self.counts @ (self.made.unit[self.able] / gain)))


def _largest(product: _Product, ideal: Array) -> Found | None:
    """See `nash_package`; None where no package lets all gain who are able to."""
    made, seen, bound = product.made, set(), np.inf
    goal = np.concatenate([np.zeros(made.payoff.shape[1]), -product.counts])
    for share in STEPS:
        product.hold(share * ideal[product.able])
    for _ in range(MAX_CUTS):
        try:
            solved = solve(made, goal, [*at_least(made, made.space.reserve), *product.cuts], free=product.able.size)
        except GaveUpError:
            break
        if solved is None:
            break
        bound, levels = min(bound, -solved.bound), tuple(levels_of(made, solved.variables).tolist())
        product.take(levels, ideal)
        if product.best is None and not _started(product, ideal):
            return None
        best, again = product.best, levels in seen
        assert best is not None
        if bound - best.value <= max(GAP * max(1.0, abs(best.value)), product.tolerance() if again else 0.0):
            return replace(best, bound=bound, proven=True)
        if again or not solved.proven:
            break
        seen.add(levels)
    if product.best is None:
        raise GaveUpError(GAVE_UP)
    return replace(product.best, bound=bound)


def _started(product: _Product, ideal: Array) -> bool:
    """Start from the package that is fairest in shares of what each could gain; False where it lets somebody out."""
    made = product.made
    fair = fairest_package(made.space, _shares(ideal), passes=1, work=made.work)
    if fair is not None:
        product.take(fair.levels, ideal)
    if product.best is None and fair is not None and not fair.proven:
        raise GaveUpError(GAVE_UP)
    return product.best is not None


def fairest_package(space: Space, rate: Array, *, passes: int | None = None, work: Work | None = None) -> Found | None:
    """Find the package whose smallest gain is largest, of these that whose next smallest is, and so on.

    The sum of the k smallest gains y is the most that k r - sum(max(0, r - y)) can be, over r.

    Parameters
    ----------
    space : the space
    rate : what a gain of each party is multiplied by before they are compared, shape (party,); 0 leaves it out
    passes : compare so many of the smallest gains; None: all
    work : what the solver may look at; None: as much as it needs

    Returns
    -------
    The package, or None where nobody could sign any. Where the solver stops at a later pass, what it had by then.

    Raises
    ------
    GaveUpError
        If the solver stopped before it found any.
    """
    made, who = program(space, work=work), np.flatnonzero((rate > 0) & np.isfinite(space.reserve))
    size, count = made.payoff.shape[1], who.size
    rates = rate[who] * made.unit[who]
    most = rates.max(initial=0.0)
    rates, base = rates / most if count else rates, (space.reserve / made.unit)[who]
    free, held = max(count - 1, 0) * (count + 1), []
    found: Found | None = None
    for k in range(1, min(count, passes or count) + 1):
        rows, goal = _smallest(rates[:, np.newaxis] * made.payoff[who], rates * base, k=k, free=free)
        held += rows
        try:
            new = signed(made, -goal, held, free=free)
        except GaveUpError:
            if found is None:
                raise
            return replace(found, proven=False)
        if new is None:
            return None if found is None else replace(found, proven=False)
        gains = np.sort(rates * ((new.payoff / made.unit)[who] - base))
        shift = float(rates @ base) if k == count else 0.0
        found = replace(
            new,
            value=float(gains[0]) * most,
            bound=((new.bound - shift) if found is None else found.bound / most) * most,
            proven=new.proven and (found is None or found.proven),
        )
        held.append(_at_least_sum(goal, gains[:k].sum() + shift - SLACK))
    return found if found is not None else signed(made, np.zeros(size))


def _smallest(slope: Array, base: Array, *, k: int, free: int) -> tuple[list[LinearConstraint], Array]:
    """What is held of, and the goal for, the sum of the k smallest gains `slope @ variables - base`.

    Parameters
    ----------
    slope : shape (party, variable)
    base : shape (party,)
    k : how many; of all, the goal is the sum before `base` is taken off
    free : how many more variables stand behind
    """
    from scipy.optimize import LinearConstraint

    count, size = slope.shape
    at, goal = size + (k - 1) * (count + 1), np.zeros(size + free)
    if k == count:
        goal[:size] = slope.sum(axis=0)
        return [], goal
    short = np.zeros((2 * count, size + free))
    short[:count, :size] = slope
    short[:count, at] = -1.0
    short[:, at + 1 : at + 1 + count] = np.tile(np.eye(count), (2, 1))
    goal[at], goal[at + 1 : at + 1 + count] = k, -1.0
    return [LinearConstraint(short, np.concatenate([base, np.zeros(count)]), np.inf)], goal


def _at_least_sum(goal: Array, least: float) -> LinearConstraint:
    from scipy.optimize import LinearConstraint

    return LinearConstraint(goal[np.newaxis], least, np.inf)


def opening_sets(
    space: Space, *, largest: int, most: int, work: Work | None = None
) -> tuple[tuple[tuple[str | int, ...], ...], bool]:
    """Find the smallest sets of bars and reserve values whose falling would open the zone of possible agreement.

    Parameters
    ----------
    space : the space
    largest : no larger sets are looked for once one is known
    most : stop after so many sets
    work : what the solver may look at; None: as much as it needs

    Returns
    -------
    Sets of names of bars and places of parties (their reserve value), the shortest first, and whether these are all
    with up to `largest` members
    """
    from scipy.optimize import LinearConstraint

    made, who = program(space, falling=True, work=work), _counted(space)
    goal = np.zeros(made.payoff.shape[1])
    goal[list(made.named.values())] = 1.0
    reserve = (space.reserve / made.unit)[who]
    lowered = made.payoff[who].copy()
    lowered[np.arange(who.size), [made.named[int(party)] for party in who]] = np.maximum(reserve - made.least[who], 0)
    held = [LinearConstraint(lowered, reserve - SLACK, np.inf)]
    names = list(made.named)
    found: list[tuple[str | int, ...]] = []
    while len(found) < most:
        try:
            solved = solve(made, goal, held)
        except GaveUpError:
            break
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


def _tangents(made: Program, who: Places, gain: Array) -> LinearConstraint:
    """For each party its variable t is below the tangent of the logarithm of its gain at `gain`."""
    from scipy.optimize import LinearConstraint

    slope = made.payoff[who] * (made.unit[who] / gain)[:, np.newaxis]
    high = np.log(gain) - 1 - made.space.reserve[who] / gain
    return LinearConstraint(np.concatenate([-slope, np.eye(who.size)], axis=1), -np.inf, high)
