"""The solutions of `parley.methods.bargaining` where losses grow in proportion to distance: `solve` is the main name.

Between two neighbouring positions every gain is a straight line, so that a settlement is a sum of stretches, each taken
in part: linear programmes find the egalitarian and the Kalai-Smorodinsky solution, Newton steps along the central path
the Nash solution. There may be several settlements that everybody likes equally; of these the one nearest to the
compromise mean is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.bargaining import LEAST_WEIGHT, STUCK, Bargain, Solution, Stage, gains, movable, scaled

__all__ = ["linear_stage", "nash_on_one_issue", "solve"]

Array = NDArray[np.float64]

ZERO = 1e-9
"""A multiplier of a linear programme counts as 0 up to this."""

LEVEL = 1e-7
"""A slope, as a share of the slopes that make it up, counts as 0 up to this."""

BARRIER = 1e-18
"""Where the central path ends: far below the least weight times the least gain, which it must not hide."""

HALVINGS = 60
"""Of an interval of length 1 this leaves nothing that a number could tell."""

TINY = 1e-290
"""Stands in for 0 where something is divided by it."""

STEPS = 300
"""Newton steps at most; 30 to 60 are usual."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Stretches:
    """Settlements as sums of stretches between neighbouring positions.

    Attributes
    ----------
    base : lowest position on each issue, shape (issue,)
    gain : what each party gains there, shape (party,)
    issue : the issue of each stretch, rising along each, shape (stretch,)
    length : shape (stretch,)
    slope : gain of each party along each stretch, shape (party, stretch)
    """

    base: Array
    gain: Array
    issue: NDArray[np.intp]
    length: Array
    slope: Array

    def settlement(self, taken: Array) -> Array:
        """The settlement if so much of each stretch is taken."""
        return np.asarray(self.base + np.bincount(self.issue, weights=taken, minlength=self.base.size))


def solve(bargain: Bargain, which: Literal["nash", "kalai_smorodinsky", "egalitarian"]) -> Solution:
    """Solve a bargain with linear losses; as `parley.methods.bargaining.solve`."""
    parties, issues = movable(bargain, linear_stage)
    interval, price = np.full((issues.size, 2), np.nan), np.full(parties.size, np.nan)
    settlement = interval[:, 0].copy()
    if parties.any():
        inner = bargain.part(parties, issues)
        if which == "nash":
            point, prices = _nash(inner)
            price[parties] = inner.weight / inner.weight.sum() / gains(inner, point, power=1)
        elif which == "egalitarian":
            point, prices = _raised(inner)
        else:
            point, prices = _raised(unit := scaled(inner, _ideal_gains(inner)))
            prices = prices * unit.share.sum(axis=1) / inner.share.sum(axis=1)
        settlement[issues], interval[issues] = _settled(inner, point, prices)
    return Solution(settlement=settlement, interval=interval, price=price, parties=parties, issues=issues)


def nash_on_one_issue(
    position: Array, distance: Array, beyond: Array, weight: Array, takes_part: NDArray[np.bool_]
) -> tuple[Array, Array]:
    """The Nash solution of many bargains about one issue each, with linear losses.

    The slope of the logarithm of the product, the sum of a / g over those to the right less that over those to the
    left, falls throughout: halving the interval in which all gain finds where it changes its sign.

    Parameters
    ----------
    position, distance, beyond, weight, takes_part : arrays, shape (bargain, party)
        As in `Bargain`.

    Returns
    -------
    settlement : array, shape (bargain,), 0..1; NaN where nobody can gain
    price : array, shape (bargain, party), as `Solution.price`, but 0 for NaN
    """
    reach = np.where(takes_part, distance + beyond, np.inf)
    low = np.where(takes_part, position - reach, -np.inf).max(axis=1)
    high = np.where(takes_part, position + reach, np.inf).min(axis=1)
    able = takes_part.any(axis=1) & (high - low > 2 * STUCK)
    low = np.maximum(low, np.where(takes_part, position, np.inf).min(axis=1))
    high = np.minimum(high, np.where(takes_part, position, -np.inf).max(axis=1))
    low, high = np.where(able, low, 0.0), np.where(able, high, 0.0)
    power = np.where(takes_part, weight, 0.0)
    total = np.where(able, power.sum(axis=1), 1.0)[:, np.newaxis]
    largest = np.maximum(power.max(axis=1, keepdims=True), TINY)
    power = np.where(takes_part, np.maximum(power / largest, LEAST_WEIGHT), 0.0)
    for _ in range(HALVINGS):
        middle = ((low + high) / 2)[:, np.newaxis]
        gain = np.maximum(reach - np.abs(middle - position), TINY)
        rises = (np.sign(position - middle) * power / gain).sum(axis=1) > 0
        low, high = np.where(rises, middle[:, 0], low), np.where(rises, high, middle[:, 0])
    settlement = (low + high) / 2
    gain = np.where(takes_part & able[:, np.newaxis], reach - np.abs(settlement[:, np.newaxis] - position), np.inf)
    return np.where(able, settlement, np.nan), np.where(takes_part, weight, 0.0) / total / gain


def linear_stage(bargain: Bargain) -> Stage:
    """Raise the smallest gain as far as it goes, under linear losses."""
    stretches = _stretches(bargain)
    taken, value, price = _highest(stretches, np.full(bargain.weight.size, np.nan))
    return Stage(settlement=stretches.settlement(taken), value=value, price=price, bound=price > ZERO)


def _stretches(bargain: Bargain) -> _Stretches:
    base, issue, length, slope = np.empty(bargain.share.shape[1]), [], [], []
    for i in range(base.size):
        cares = bargain.share[:, i] > 0
        points = np.unique(bargain.position[cares, i])
        base[i] = points[0]
        for low, high in zip(points, points[1:], strict=False):
            issue.append(i)
            length.append(high - low)
            slope.append(np.where(bargain.position[:, i] >= high, 1.0, -1.0) * bargain.share[:, i])
    return _Stretches(
        base=base,
        gain=gains(bargain, base, power=1),
        issue=np.array(issue, dtype=np.intp),
        length=np.array(length, dtype=np.float64),
        slope=np.array(slope, dtype=np.float64).reshape(-1, bargain.weight.size).T,
    )


def _programme(goal: Array, rows: Array, limits: Array, upper: Array) -> tuple[Array, Array]:
    """Maximise goal x where rows x <= limits, 0 <= x <= upper (the last without bounds where `upper` is NaN).

    Returns
    -------
    two arrays: x, and the multipliers of the rows, >= 0
    """
    from scipy.optimize import linprog  # heavy, and needed for linear losses alone

    if not goal.size:
        return goal, np.zeros(limits.size)
    bounds = [(None, None) if np.isnan(each) else (0.0, each) for each in upper]
    fine = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    found = linprog(-goal, A_ub=rows, b_ub=limits, bounds=bounds, method="highs-ds", options=fine)
    if found.x is None:
        raise EngineError(f"a linear programme was not solved: {found.message}")
    return np.asarray(found.x), np.asarray(-found.ineqlin.marginals)


def _highest(stretches: _Stretches, held: Array) -> tuple[Array, float, Array]:
    """Raise the smallest gain of those whose gain is not held (NaN) while the others keep what they hold."""
    free = np.isnan(held)
    rows = np.column_stack([-stretches.slope, free.astype(np.float64)])
    limits = stretches.gain - np.where(free, 0.0, held)
    goal, upper = np.append(np.zeros(stretches.length.size), 1.0), np.append(stretches.length, np.nan)
    found, price = _programme(goal, rows, limits, upper)
    return found[:-1], float(found[-1]), price


def _ideal_gains(bargain: Bargain) -> Array:
    """The most that each party can gain while nobody loses, shape (party,)."""
    stretches = _stretches(bargain)
    best = []
    for p in range(bargain.weight.size):
        taken, _ = _programme(stretches.slope[p], -stretches.slope, stretches.gain, stretches.length)
        best.append(stretches.gain[p] + stretches.slope[p] @ taken)
    return np.array(best)


def _raised(bargain: Bargain) -> tuple[Array, Array]:
    """Raise the smallest gain, then the next smallest, and so on; with prices, all > 0, that support the result."""
    stretches, held = _stretches(bargain), np.full(bargain.weight.size, np.nan)
    while np.isnan(held).any():
        _, value, price = _highest(stretches, held)
        bound = np.isnan(held) & (price > ZERO)
        held[bound] = value
    together = stretches.slope.sum(axis=0)
    taken, price = _programme(together, -stretches.slope, stretches.gain - held, stretches.length)
    return stretches.settlement(taken), 1.0 + price


def _nash(bargain: Bargain) -> tuple[Array, Array]:
    """Maximise the product of gains to the power of the weights, with what is left of each stretch kept above 0."""
    stretches, weight = _stretches(bargain), np.maximum(bargain.weight / bargain.weight.max(), LEAST_WEIGHT)
    if not stretches.length.size:
        return stretches.base, weight / stretches.gain
    taken = _inside(stretches)
    left = stretches.length - taken
    price, low, high = 1.0 / (stretches.gain + stretches.slope @ taken), 1.0 / taken, 1.0 / left
    barrier = 1.0
    for _ in range(STEPS):
        slack = stretches.gain + stretches.slope @ taken
        target = np.maximum(weight, barrier)
        matrix = stretches.slope.T @ (stretches.slope * (price / slack)[:, np.newaxis])
        matrix[np.diag_indices_from(matrix)] += low / taken + high / left
        unit = 1.0 / np.sqrt(np.diagonal(matrix))  # stretches at an end would otherwise drown the others
        pull = stretches.slope.T @ (target / slack) + barrier / taken - barrier / left
        matrix = matrix * unit * unit[:, np.newaxis] + 1e-14 * np.eye(unit.size)  # level ways have no curvature
        step = unit * np.linalg.solve(matrix, unit * pull)
        turns = (
            (target - price * (stretches.slope @ step)) / slack - price,
            (barrier - low * step) / taken - low,
            (barrier + high * step) / left - high,
        )
        here = np.concatenate([slack, taken, left, price, low, high])
        change = np.concatenate([stretches.slope @ step, step, -step, *turns])
        falls = change < 0
        share = min(1.0, 0.95 * float((-here[falls] / change[falls]).min(initial=np.inf)))
        taken, left = taken + share * step, left - share * step
        price, low, high = (each + share * turn for each, turn in zip((price, low, high), turns, strict=True))
        if barrier <= BARRIER and share > 0.9:
            break
        barrier = max(barrier * (0.1 if share > 0.8 else 0.5), BARRIER)
    face = _face(stretches, price)
    return _polished(bargain, face, stretches.settlement(taken), weight), price


def _inside(stretches: _Stretches) -> Array:
    """How much of each stretch to take to be inside all of them, with gains for everybody."""
    highest, value, _ = _highest(stretches, np.full(stretches.gain.size, np.nan))
    share = 0.5
    while True:
        taken = (1 - share) * highest + share * stretches.length / 2
        if (stretches.gain + stretches.slope @ taken).min() >= value / 2:
            return taken
        share /= 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Face:
    """The box of settlements at which the whole gain, counted in prices, is largest.

    Attributes
    ----------
    low, high : its ends, shape (issue,)
    free : the issues on which it is wider than a point
    slope : gain of each party along these, shape (party, free issue)
    """

    low: Array
    high: Array
    free: NDArray[np.intp]
    slope: Array


def _face(stretches: _Stretches, price: Array) -> _Face:
    """Take each stretch along which the whole gain rises, leave those along which it falls; level ones are free."""
    rise = price @ stretches.slope
    level = np.abs(rise) <= LEVEL * (price @ np.abs(stretches.slope))
    low = stretches.settlement(np.where(~level & (rise > 0), stretches.length, 0.0))
    high = stretches.settlement(np.where(level | (rise > 0), stretches.length, 0.0))
    free = np.flatnonzero(high > low)
    first = [int(np.flatnonzero((stretches.issue == i) & level)[0]) for i in free]
    return _Face(low=low, high=high, free=free, slope=stretches.slope[:, first])


def _polished(bargain: Bargain, face: _Face, point: Array, weight: Array) -> Array:
    """Remove what rounding left in a Nash solution, by Newton steps along the free issues."""
    point = np.clip(point, face.low, face.high)
    for _ in range(4 if face.free.size else 0):
        gain = gains(bargain, point, power=1)
        root = np.sqrt(weight)  # the Newton step is that of least squares, with the square roots of the equations
        step = np.zeros(point.size)
        step[face.free] = np.linalg.lstsq(face.slope * (root / gain)[:, np.newaxis], root, rcond=1e-12)[0]
        moved = np.clip(point + step, face.low, face.high)
        if (gains(bargain, moved, power=1) <= 0).any():
            break
        point = moved
    return point


def _settled(bargain: Bargain, point: Array, price: Array) -> tuple[Array, Array]:
    """Of all settlements that everybody likes as much as `point`, find the one nearest to the compromise mean.

    Returns
    -------
    two arrays: that settlement, shape (issue,), and the lowest and highest point of all on each issue, (issue, 2)
    """
    face = _face(_stretches(bargain), price)
    point = np.clip(point, face.low, face.high)
    interval = np.column_stack([point, point])
    _, sizes, axes = np.linalg.svd(face.slope, full_matrices=True)
    ways = axes[int((sizes > 1e-9 * sizes.max(initial=0.0)).sum()) :].T  # how the free issues may move together
    if not ways.size:
        return point, interval
    low, high = face.low[face.free] - point[face.free], face.high[face.free] - point[face.free]
    rows, limits = np.vstack([ways, -ways]), np.concatenate([high, -low])
    for way, i in zip(ways, face.free, strict=True):
        ends = [way @ _programme(side * way, rows, limits, np.full(way.size, np.nan))[0] for side in (-1.0, 1.0)]
        interval[i] = point[i] + np.array(ends)
    pull = bargain.weight[:, np.newaxis] * bargain.share
    mean = (pull * bargain.position).sum(axis=0) / pull.sum(axis=0)
    nearest = point.copy()
    nearest[face.free] += ways @ _nearest(ways.T @ (mean - point)[face.free], rows, limits)
    return np.clip(nearest, face.low, face.high), interval


def _nearest(wanted: Array, rows: Array, limits: Array) -> Array:
    """The point nearest to the wanted one where rows x <= limits: least distance programming of [LawsonHanson1974]_."""
    from scipy.optimize import nnls

    beyond = rows @ wanted - limits
    if (beyond <= 0).all():
        return wanted
    system = np.vstack([-rows.T, beyond])
    goal = np.append(np.zeros(wanted.size), 1.0)
    rest = system @ nnls(system, goal)[0] - goal
    return np.asarray(wanted - rest[:-1] / rest[-1])
