"""The packages that a scenario's parties can talk about, draw by draw. `read` is the main name.

Each issue has a few levels between the places where those who must sign stand; red lines that leave room bound them.
A package puts each issue on one level. Its worth follows the common payoff, with conditions and links read as the
scenario states them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain import expression
from parley.domain.draws import Draws
from parley.domain.scenario import Scenario
from parley.errors import EngineError
from parley.methods import columns

__all__ = ["Reading", "read", "signers", "sizes_of"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

MOST_LEVELS = 9
"""An issue gets no more levels than this, however many packages there may be."""

SAME = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """Packages of every draw.

    Attributes
    ----------
    parties : places of those whose worth is counted: first those who must sign, then the others
    signing : how many of them must sign
    issues : places of the issues that are talked about
    sizes : number of levels of each
    levels : where they lie, 0..100, shape (draw, issue talked about, level); NaN beyond an issue's last
    worth : what each package is worth, about 0..1, shape (draw, party counted, package)
    signs : whether a party would sign it, shape (draw, party that must sign, package)
    closed : whether red lines leave no level of an issue, shape (draw, issue talked about)
    """

    parties: tuple[int, ...]
    signing: int
    issues: tuple[int, ...]
    sizes: tuple[int, ...]
    levels: Array
    worth: Array
    signs: Flags
    closed: Flags

    def points(self, draw: Places, package: Places) -> Array:
        """Where packages settle each issue talked about, shape (..., issue talked about), 0..100.

        Parameters
        ----------
        draw, package : arrays of one shape
        """
        chosen = np.stack(np.unravel_index(package, self.sizes), axis=-1)
        return self.levels[draw[..., np.newaxis], np.arange(len(self.sizes)), chosen]


def signers(scenario: Scenario) -> tuple[int, ...]:
    """Places of the parties that must sign: as the rule of decision says, else all that take a position.

    Raises
    ------
    EngineError
        If there are fewer than two.
    """
    named = scenario.decision_rule.unanimity if scenario.decision_rule else ()
    standing = {position.party for position in scenario.positions}
    found = tuple(
        place
        for place, party in enumerate(scenario.party_ids)
        if party in standing and (party in named if named else scenario.parties[place].role != "public")
    )
    if len(found) < 2:
        raise EngineError("talks need two parties or more that take positions and must sign")
    return found


def read(draws: Draws, *, others: Sequence[int] = (), most: int = 1024) -> Reading:
    """Read the packages of every draw.

    Parameters
    ----------
    draws : the draws
    others : places of parties whose worth is counted though they do not sign
    most : how many packages there may be

    Raises
    ------
    EngineError
        If fewer than two parties must sign, or none of them takes a position.
    """
    scenario = draws.base
    table = signers(scenario)
    parties = (*table, *(place for place in others if place not in table))
    position, salience = columns.positions(draws), columns.saliences(draws)
    stands = ~np.isnan(position[0, list(table)])
    issues = tuple(int(i) for i in np.flatnonzero(stands.any(axis=0)))
    sizes = sizes_of(scenario, issues, stands[:, list(issues)].sum(axis=0), most)
    levels, closed = _levels(draws, (table, issues), sizes)
    values = _points(scenario, issues, levels, sizes)
    whole = position[:, list(parties)][:, :, list(issues)], salience[:, list(parties)][:, :, list(issues)]
    share = _shares(*whole)
    worth = _worth((whole[0], share), levels, sizes)
    signs = _within_red_lines(draws, (table, issues), levels, sizes)
    _apply_conditions(draws, (parties, issues), (values, whole[0], share), (worth, signs))
    _apply_links(draws, parties, values, worth)
    return Reading(
        parties=parties,
        signing=len(table),
        issues=issues,
        sizes=sizes,
        levels=levels,
        worth=worth.reshape(*worth.shape[:2], -1),
        signs=signs.reshape(*signs.shape[:2], -1),
        closed=closed,
    )


def sizes_of(scenario: Scenario, issues: Sequence[int], standing: Places, most: int) -> tuple[int, ...]:
    """How many levels each issue gets: one where one party stands alone, else two, then more while there is room.

    This must not depend on any sampled number, so that every draw is read alike.

    Parameters
    ----------
    scenario : the scenario
    issues : places of the issues talked about
    standing : how many of those who must sign stand on each of these
    most : how many packages there may be

    Returns
    -------
    Numbers of levels; where even two for each contested issue would be too many packages, those on which fewest parties
    stand have one, the last listed first
    """
    heard = [sum(position.issue == scenario.issue_ids[issue] for position in scenario.positions) for issue in issues]
    order = sorted(range(len(issues)), key=lambda k: (-standing[k], -heard[k], k))
    contested = [k for k in order if standing[k] > 1]
    sizes = [1] * len(issues)
    for k in contested:
        if math.prod(sizes) * 2 <= most:
            sizes[k] = 2
    grown = True
    while grown:
        grown = False
        for k in contested:
            scale = scenario.issues[issues[k]].scale
            limit = min(len(scale.anchors), MOST_LEVELS) if scale.ladder else MOST_LEVELS
            if 2 <= sizes[k] < limit and math.prod(sizes) // sizes[k] * (sizes[k] + 1) <= most:
                sizes[k] += 1
                grown = True
    return tuple(sizes)


def _points(scenario: Scenario, issues: Sequence[int], levels: Array, sizes: Sequence[int]) -> dict[str, Array]:
    """Where packages settle the issues that positions, conditions and links speak of; NaN for those not talked about.

    Each is an array with an axis for the draw and one for each issue talked about, of length 1 but for its own.
    """
    scales = {issue.id: issue.scale for issue in scenario.issues}
    texts = [condition.only_if for position in scenario.positions for condition in position.conditions]
    texts += [link.when for link in scenario.links]
    needed = {name for text in texts for name in expression.names(expression.parse(text, issues=scales))}
    result = {name: np.full((1,) * (1 + len(sizes)), np.nan) for name in needed}
    for k, issue in enumerate(issues):
        result[scenario.issue_ids[issue]] = _along(levels[:, k], k, sizes)
    return result


def _levels(draws: Draws, of: tuple[tuple[int, ...], tuple[int, ...]], sizes: Sequence[int]) -> tuple[Array, Flags]:
    """Where the levels lie, and where red lines leave none."""
    table, issues = of
    rows = np.ix_(range(len(draws)), table, issues)
    position, salience = columns.positions(draws)[rows], columns.saliences(draws)[rows]
    least, most = (bound[rows] for bound in columns.red_lines(draws))
    low = np.where(np.isnan(least), 0.0, least).max(axis=1)
    high = np.where(np.isnan(most), 100.0, most).min(axis=1)
    closed = low > high + SAME
    bounds = np.where(closed, 0.0, low)[:, np.newaxis], np.where(closed, 100.0, high)[:, np.newaxis]
    held = np.clip(position, *bounds)
    first, last = np.nanmin(held, axis=1), np.nanmax(held, axis=1)
    weight = np.where(np.isnan(held), 0.0, salience + SAME)
    middle = (weight * np.nan_to_num(held)).sum(axis=1) / weight.sum(axis=1)
    levels = np.full((len(draws), len(issues), max(sizes)), np.nan)
    for k, size in enumerate(sizes):
        share = np.linspace(0.0, 1.0, size) if size > 1 else np.zeros(1)
        start = first[:, k] if size > 1 else middle[:, k]
        levels[:, k, :size] = start[:, np.newaxis] + share * (last[:, k] - start)[:, np.newaxis]
        scale = draws.base.issues[issues[k]].scale
        if scale.ladder:
            rungs = np.array([scale.point(anchor.at) for anchor in scale.anchors])
            levels[:, k, :size] = _on_rungs(levels[:, k, :size], rungs, [bound[:, 0, k] for bound in bounds])
    ladder = np.array([draws.base.issues[issue].scale.ladder for issue in issues])
    on = levels[:, :, 0]
    closed |= ladder & ((on < low - SAME) | (on > high + SAME))
    return levels, closed


def _on_rungs(points: Array, rungs: Array, bounds: Sequence[Array]) -> Array:
    """The nearest rung within the bounds to each point; where none lies within, the nearest of all."""
    low, high = (bound[:, np.newaxis] for bound in bounds)
    able = (rungs >= low - SAME) & (rungs <= high + SAME)
    able |= ~able.any(axis=1, keepdims=True)
    far = np.abs(points[:, :, np.newaxis] - rungs) + np.where(able, 0.0, 1e6)[:, np.newaxis, :]
    return np.asarray(rungs[far.argmin(axis=2)])


def _along(table: NDArray[Any], k: int, sizes: Sequence[int]) -> NDArray[Any]:
    """A table of shape (..., level of issue k) as an array with an axis for each issue."""
    shape = [size if place == k else 1 for place, size in enumerate(sizes)]
    return table[..., : sizes[k]].reshape(*table.shape[:-1], *shape)


def _shares(position: Array, salience: Array) -> Array:
    """The share of each issue in what each party cares about, shape (draw, party, issue talked about)."""
    weight = np.where(np.isnan(position), 0.0, salience)
    total = weight.sum(axis=2, keepdims=True)
    return np.asarray(np.divide(weight, total, out=np.zeros(weight.shape), where=total > 0))


def _worth(known: tuple[Array, Array], levels: Array, sizes: Sequence[int]) -> Array:
    """The common payoff of every package, shape (draw, party, level of the first issue, ...)."""
    position, share = known
    result = np.zeros((*position.shape[:2], *(1 for _ in sizes)))
    for k in reversed(range(len(sizes))):
        apart = np.abs(levels[:, np.newaxis, k] - position[:, :, [k]])
        result = result + _along(share[:, :, [k]] * (1.0 - np.nan_to_num(apart) / 100.0), k, sizes)
    return result


def _within_red_lines(
    draws: Draws, of: tuple[tuple[int, ...], tuple[int, ...]], levels: Array, sizes: Sequence[int]
) -> Flags:
    table, issues = of
    rows = np.ix_(range(len(draws)), table, issues)
    least, most = (bound[rows] for bound in columns.red_lines(draws))
    result = np.ones((len(draws), len(table), *sizes), dtype=np.bool_)
    for k in range(len(sizes)):
        point = levels[:, np.newaxis, k]
        crossed = (point < least[:, :, [k]] - SAME) | (point > most[:, :, [k]] + SAME)
        if crossed.any():
            result &= ~_along(crossed, k, sizes)
    return result


def _apply_conditions(
    draws: Draws,
    of: tuple[tuple[int, ...], tuple[int, ...]],
    known: tuple[Mapping[str, Array], Array, Array],
    changed: tuple[Array, Flags],
) -> None:
    """Where a condition does not hold, the party stands elsewhere, or would not sign."""
    (parties, issues), (values, position, share), (worth, signs) = of, known, changed
    scenario = draws.base
    scales = {issue.id: issue.scale for issue in scenario.issues}
    wide = (len(draws), *(1 for _ in issues))
    for number, held in enumerate(scenario.positions):
        place, issue = scenario.party_ids.index(held.party), scenario.issue_ids.index(held.issue)
        if place not in parties or issue not in issues:
            continue
        p, k = parties.index(place), issues.index(issue)
        unmet: Flags = np.zeros((1,) * len(wide), dtype=np.bool_)
        for c, condition in enumerate(held.conditions):
            holds = np.asarray(expression.parse(condition.only_if, issues=scales).holds(values))
            now, unmet = ~holds & ~unmet, unmet | ~holds
            if condition.otherwise is not None:
                elsewhere = draws.column(("positions", number, "conditions", c, "otherwise")).reshape(wide)
                point = values[held.issue]
                nearer = np.abs(point - position[:, p, k].reshape(wide)) - np.abs(point - elsewhere)
                worth[:, p] += np.where(now, share[:, p, k].reshape(wide) * nearer / 100.0, 0.0)
            elif p < signs.shape[1]:
                signs[:, p] &= ~now


def _apply_links(draws: Draws, parties: Sequence[int], values: Mapping[str, Array], worth: Array) -> None:
    """What combinations are worth, and what is paid for them."""
    scenario = draws.base
    scales = {issue.id: issue.scale for issue in scenario.issues}
    for k, link in enumerate(scenario.links):
        holds = expression.parse(link.when, issues=scales).holds(values)
        worth_of = draws.column(("links", k, "worth")).reshape(len(draws), *(1 for _ in worth.shape[2:]))
        paid = np.where(holds, worth_of, 0.0)
        for party, sign in ((link.party, 1.0), (link.paid_by, -1.0)):
            place = scenario.party_ids.index(party) if party is not None else -1
            if place in parties:
                worth[:, parties.index(place)] += sign * paid
