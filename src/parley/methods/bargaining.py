"""Cooperative solutions of a bargaining problem over issues: `solve` is the main name.

A party gains over the breakdown of the talks, on each issue by itself, weighted by salience; gains are concave in the
settlement. Three solutions are found: [Nash1950]_ with weights, [KalaiSmorodinsky1975]_ and [Kalai1977]_ (egalitarian),
each to rounding error. Here are quadratic losses, by Newton steps along the central path; `bargaining_linear` has
linear ones. `parley.kernels.bargaining` is the compiled twin of this module.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from parley.methods.challenge import weighted_medians

__all__ = [
    "STUCK",
    "Bargain",
    "Solution",
    "Stage",
    "gains",
    "ideal_gains",
    "movable",
    "quadratic_stage",
    "scaled",
    "shortfalls",
    "solve",
]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

STUCK = 1e-10
"""Gains up to this share of the range of payoffs count as none."""

LEAST_WEIGHT = 1e-9
"""A bargaining weight counts as at least this share of the largest."""

BARRIER = 1e-13
"""Slack times multiplier at which a solution that lies on its constraints counts as found."""

STEPS = 200
"""Newton steps at most; 15 to 30 are usual."""

LAST_STEPS = 3
"""Steps that are taken after that: each squares what is left of the error."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bargain:
    """Who bargains about what, and what each gets if the talks break down. Positions run 0..1 here.

    Attributes
    ----------
    position : where each party stands, 0..1; anything where `share` is 0, shape (party, issue)
    share : each issue's share of a party's salience, 0..1, shape (party, issue); 0 where it takes no part
    distance : how far breakdown leaves each party from its position on the issue, 0..1, shape (party, issue)
    beyond : what breakdown costs each party beyond that, >= 0, in payoffs, shape (party,)
    weight : bargaining weight, > 0 where the party takes part, shape (party,)
    """

    position: Array
    share: Array
    distance: Array
    beyond: Array
    weight: Array

    def part(self, parties: Mask, issues: Mask) -> Bargain:
        """The bargain among some parties about some issues alone."""
        both = np.ix_(parties, issues)
        return Bargain(
            position=self.position[both],
            share=self.share[both],
            distance=self.distance[both],
            beyond=self.beyond[parties],
            weight=self.weight[parties],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stage:
    """The point at which the smallest of several gains is largest.

    Attributes
    ----------
    settlement : shape (issue,), 0..1
    value : the smallest gain
    price : multipliers, >= 0, of the parties' gains; they add up to 1 over those that are maximised, shape (party,)
    bound : which parties hold the value down, shape (party,)
    """

    settlement: Array
    value: float
    price: Array
    bound: Mask


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """A settlement and what it rests on.

    Attributes
    ----------
    settlement : shape (issue,), 0..1; NaN on an issue that is not moved
    interval : lowest and highest point of each issue in settlements that are as good for everybody, shape (issue, 2)
    price : weight over gain of each party, the multipliers of equation (4), for weights that add up to 1 over those who
        can gain; NaN for others, and for the other two solutions
    parties : who can gain, shape (party,)
    issues : what can be moved, shape (issue,)
    """

    settlement: Array
    interval: Array
    price: Array
    parties: Mask
    issues: Mask


def gains(bargain: Bargain, settlement: Array, *, power: int = 2) -> Array:
    """What each party gains over breakdown at a settlement; equation (1).

    Parameters
    ----------
    bargain : the bargain
    settlement : array, shape (issue,), 0..1
    power : 2 for quadratic losses, 1 for linear ones

    Returns
    -------
    array, shape (party,), in payoffs
    """
    apart = np.abs(settlement - bargain.position)
    closer = bargain.distance - apart
    if power == 2:
        closer = closer * (bargain.distance + apart)  # a^2 - b^2 without loss of digits where a is close to b
    return np.asarray(bargain.beyond + np.where(bargain.share > 0, bargain.share * closer, 0.0).sum(axis=1))


def movable(bargain: Bargain, stage: Callable[[Bargain], Stage]) -> tuple[Mask, Mask]:
    """Who can gain, and what can be moved, without loss to anybody.

    If the smallest gain cannot be raised above 0, those who hold it there can gain nothing: what they care about stays
    as it is, and the others bargain about the rest.

    Returns
    -------
    two arrays, shape (party,) and (issue,)
    """
    parties: Mask = np.asarray(bargain.share.any(axis=1))
    issues: Mask = np.asarray(bargain.share.any(axis=0))
    while parties.any():
        found = stage(bargain.part(parties, issues))
        if found.value > STUCK:
            break
        parties[np.flatnonzero(parties)[found.bound]] = False
        stuck = bargain.share.any(axis=1) & ~parties
        issues &= ~bargain.share[stuck].any(axis=0)
        parties &= bargain.share[:, issues].any(axis=1)
    return parties, issues & bargain.share[parties].any(axis=0)


def solve(bargain: Bargain, which: Literal["nash", "kalai_smorodinsky", "egalitarian"]) -> Solution:
    """Solve a bargain with quadratic losses.

    Parameters
    ----------
    bargain : the bargain
    which : the solution that is wanted

    Returns
    -------
    The settlement, unique here, to rounding error.
    """
    parties, issues = movable(bargain, quadratic_stage)
    settlement, price = np.full(issues.size, np.nan), np.full(parties.size, np.nan)
    if parties.any():
        inner = bargain.part(parties, issues)
        if which == "nash":
            point, price[parties] = _nash(inner)
        elif which == "egalitarian":
            point = _raised(inner)
        else:
            point = _raised(scaled(inner, ideal_gains(inner)))
        settlement[issues] = point
    interval = np.column_stack([settlement, settlement])
    return Solution(settlement=settlement, interval=interval, price=price, parties=parties, issues=issues)


def quadratic_stage(bargain: Bargain) -> Stage:
    """Raise the smallest gain as far as it goes, under quadratic losses."""
    start = bargain.position[np.argmax(bargain.share, axis=0), np.arange(bargain.share.shape[1])]
    common = bargain.beyond.min()  # what all gain alike would only cost digits
    found = _highest(replace(bargain, beyond=bargain.beyond - common), np.ones(bargain.weight.size), start, 0.1)
    return replace(found, value=found.value + common)


def scaled(bargain: Bargain, unit: Array) -> Bargain:
    """The same bargain with each party's gains counted in a unit of its own."""
    return replace(bargain, share=bargain.share / unit[:, np.newaxis], beyond=bargain.beyond / unit)


def ideal_gains(bargain: Bargain) -> Array:
    """The most that each party can gain while nobody loses, shape (party,)."""
    fair = quadratic_stage(bargain)
    each = np.eye(bargain.weight.size)
    return np.array([_highest(bargain, one, fair.settlement, fair.value).value for one in each])


def shortfalls(planes: Array, settlement: Array, price: Array, *, linear: bool = False) -> Array:
    """By how much the logarithm of the Nash product may at most fall short of its maximum; equation (5).

    With prices a / g the whole gain counted in them is largest, issue by issue, at the weighted mean position
    (under linear loss at the weighted median), and no settlement has a Nash product beyond what that gain allows.

    Parameters
    ----------
    planes : array, shape (bargain, 3, party, issue)
        Position, share and distance as in `Bargain`.
    settlement : array, shape (bargain, issue)
        NaN on issues that are not moved.
    price : array, shape (bargain, party)
        Weight over gain, where the weights of those who can gain add up to 1; NaN or 0 for the others.

    Returns
    -------
    array, shape (bargain,), >= 0
    """
    position, moved = planes[:, 0], ~np.isnan(settlement)
    pull = np.where(moved[:, np.newaxis, :], np.nan_to_num(price)[:, :, np.newaxis] * planes[:, 1], 0.0)
    point = np.where(moved, settlement, 0.0)
    total = pull.sum(axis=1)
    if linear:
        best = weighted_medians(position.swapaxes(1, 2), pull.swapaxes(1, 2))
        nearer = np.abs(point[:, np.newaxis] - position) - np.abs(best[:, np.newaxis] - position)
        missed = np.where(moved, (pull * np.nan_to_num(nearer)).sum(axis=1), 0.0)
    else:
        best = np.divide((pull * position).sum(axis=1), total, out=np.zeros(total.shape), where=total > 0)
        missed = total * (point - best) ** 2
    return np.asarray(np.maximum(missed.sum(axis=1), 0.0))


def _raised(bargain: Bargain) -> Array:
    """Raise the smallest gain, then the next smallest of those who are not held down yet, and so on (leximin)."""
    settlement = np.full(bargain.share.shape[1], np.nan)
    parties, issues, inner = np.ones(bargain.weight.size, dtype=bool), np.isnan(settlement), bargain
    while parties.any():
        found = quadratic_stage(inner.part(parties, issues))
        held = np.flatnonzero(parties)[found.bound]
        fixed = issues & bargain.share[held].any(axis=0)
        settlement[fixed] = found.settlement[fixed[issues]]
        apart = np.abs(settlement - bargain.position)
        closer = (bargain.distance - apart) * (bargain.distance + apart)
        inner = replace(inner, beyond=inner.beyond + np.where(fixed, bargain.share * closer, 0.0).sum(axis=1))
        issues = issues & ~fixed
        parties[held] = False
        parties &= bargain.share[:, issues].any(axis=1)
    return settlement


def _nash(bargain: Bargain) -> tuple[Array, Array]:
    """Maximise the product of gains to the power of the weights; equations (2) to (4)."""
    weight = np.maximum(bargain.weight / bargain.weight.max(), LEAST_WEIGHT)
    settlement = quadratic_stage(bargain).settlement
    price = 1.0 / gains(bargain, settlement)
    barrier = 1.0
    for _ in range(STEPS):
        slack, slope = gains(bargain, settlement), _slopes(bargain, settlement)
        target = np.maximum(weight, barrier)
        step = _newton(bargain, slope, slack, price, target, np.zeros(settlement.size))
        turned = (target - price * (slope @ step)) / slack - price
        share = _share(lambda far: gains(bargain, settlement + far * step), slack, price, turned)  # noqa: B023
        settlement, price = settlement + share * step, price + share * turned
        if barrier <= LEAST_WEIGHT and np.abs(share * step).max() <= 1e-15:
            break
        barrier = max(barrier * (0.1 if share > 0.8 else 0.5), LEAST_WEIGHT)
    return settlement, bargain.weight / bargain.weight.sum() / gains(bargain, settlement)


def _highest(bargain: Bargain, counts: Array, start: Array, room: float) -> Stage:
    """Maximise t where gain >= counts t for each party; `room` is how far below its limit t starts."""
    point, size = start.copy(), start.size
    limit = np.where(counts > 0, gains(bargain, start) / np.where(counts > 0, counts, 1.0), np.inf)
    value, price = float(limit.min()) - room, np.full(counts.size, 1.0 / counts.sum())
    goal = np.append(np.zeros(size), 1.0)
    share, finished = 0.0, 0
    for _ in range(STEPS):
        slack = gains(bargain, point) - counts * value
        slope = np.column_stack([_slopes(bargain, point), -counts])
        mean = float((slack * price).mean())
        finished += int(mean <= BARRIER)
        if finished > LAST_STEPS:
            break
        target = np.full(counts.size, max(mean * (0.1 if share > 0.8 else 0.5), BARRIER / 10))
        step = _newton(bargain, slope, slack, price, target, goal)
        turned = (target - price * (slope @ step)) / slack - price

        def room_at(far: float) -> Array:
            limit = counts * (value + far * float(step[-1]))  # noqa: B023 - called in this turn alone
            return np.asarray(gains(bargain, point + far * step[:-1]) - limit)  # noqa: B023

        share = _share(room_at, slack, price, turned)
        point, value, price = point + share * step[:-1], value + share * float(step[-1]), price + share * turned
    bound = price > gains(bargain, point) - counts * value
    bound[np.argmax(price)] = True
    return Stage(settlement=point, value=value, price=price, bound=bound)


def _slopes(bargain: Bargain, settlement: Array) -> Array:
    return np.where(bargain.share > 0, 2.0 * bargain.share * (bargain.position - settlement), 0.0)


def _newton(bargain: Bargain, slope: Array, slack: Array, price: Array, target: Array, goal: Array) -> Array:  # noqa: PLR0913
    """The step at which, to first order, price times slack is the target and the prices balance the slopes."""
    matrix = slope.T @ (slope * (price / slack)[:, np.newaxis])
    bend = 2.0 * (price[:, np.newaxis] * bargain.share).sum(axis=0)
    matrix[np.arange(bend.size), np.arange(bend.size)] += bend
    return np.asarray(np.linalg.solve(matrix, goal + slope.T @ (target / slack)))


def _share(slack_at: Callable[[float], Array], slack: Array, price: Array, turned: Array) -> float:
    """How much of a step leaves slacks and prices above 0."""
    falls = turned < 0
    share = min(1.0, 0.95 * float((-price[falls] / turned[falls]).min(initial=np.inf)))
    while share > 1e-12 and (slack_at(share) <= 0.02 * slack).any():
        share *= 0.7
    return share
