"""All packages that a scenario's parties can talk about, listed draw by draw. `read` is the main name.

Each issue has a few levels between the places where those who must sign stand; red lines that leave room bound them.
Where somebody states what the rungs of a ladder are worth, its rungs are the levels. What packages are worth, and who
would not sign them, is read by `parley.methods.package_wishes`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.scenario import Scenario
from parley.errors import EngineError
from parley.methods import columns
from parley.methods.package_tables import Table, laid
from parley.methods.package_wishes import Reader, signers
from parley.methods.packages_merged import DIGITS

__all__ = ["MOST_RUNGS", "Reading", "read", "sizes_of"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

MOST_LEVELS = 9
"""An issue gets no more levels than this, however many packages there may be; stated rungs are not counted."""

MOST_RUNGS = 500_000
"""As many packages are listed where rungs are stated; of more, some rungs are left out."""

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
    rungs : number of rungs of each whose worth is stated, 0 where none; `sizes` is smaller where some are left out
    levels : where they lie, 0..100, shape (draw, issue talked about, level); NaN beyond an issue's last
    worth : what each package is worth, to 12 decimals, shape (draw, party counted, package)
    signs : whether a party would sign it, shape (draw, party that must sign, package)
    reserve : what no agreement is worth, shape (draw, party counted)
    closed : whether red lines leave no level of an issue, shape (draw, issue talked about)
    """

    parties: tuple[int, ...]
    signing: int
    issues: tuple[int, ...]
    sizes: tuple[int, ...]
    rungs: tuple[int, ...]
    levels: Array
    worth: Array
    signs: Flags
    reserve: Array
    closed: Flags

    def points(self, draw: Places, package: Places) -> Array:
        """Where packages settle each issue talked about, shape (..., issue talked about), 0..100.

        Parameters
        ----------
        draw, package : arrays of one shape
        """
        chosen = np.stack(np.unravel_index(package, self.sizes), axis=-1)
        return self.levels[draw[..., np.newaxis], np.arange(len(self.sizes)), chosen]


def read(draws: Draws, *, others: Sequence[int] = (), most: int = 1024) -> Reading:
    """List the packages of every draw.

    Parameters
    ----------
    draws : the draws
    others : places of parties whose worth is counted though they do not sign
    most : how many packages there may be; where rungs are stated, `MOST_RUNGS`

    Raises
    ------
    EngineError
        If fewer than two parties must sign, or none of them takes a position or states payoffs.
    """
    scenario, table = draws.base, signers(draws.base)
    if len(table) < 2:
        raise EngineError("talks need two parties or more that want something and must sign")
    parties = (*table, *(place for place in others if place not in table))
    valued = Reader(draws.part(0, 1), table, {}).valued()
    stands = ~np.isnan(columns.positions(draws)[0, list(table)])
    for k, place in enumerate(table):
        mine = {each.issue for payoff in scenario.payoffs if payoff.party == scenario.party_ids[place]
                for each in payoff.issues}  # fmt: skip
        stands[k] |= [name in mine for name in scenario.issue_ids]
    issues = tuple(int(i) for i in np.flatnonzero(stands.any(axis=0)))
    if not issues:
        raise EngineError("nobody who must sign takes a position on any issue")
    rungs = [len(scenario.issues[i].scale.anchors) if scenario.issue_ids[i] in valued else 0 for i in issues]
    sizes = sizes_of(scenario, issues, stands[:, list(issues)].sum(axis=0), rungs, most=most)
    levels, closed = _levels(draws, (table, issues), sizes, rungs)
    reader = Reader(draws, parties, {})
    each_level = tuple(levels[:, k, :size] for k, size in enumerate(sizes))
    found = laid(reader, issues, each_level, (None,) * len(issues))
    return Reading(
        parties=parties,
        signing=len(table),
        issues=issues,
        sizes=sizes,
        rungs=tuple(rungs),
        levels=levels,
        worth=_worth(found, sizes),
        signs=_signs(scenario, found, sizes, len(table)),
        reserve=found.reserve,
        closed=closed,
    )


def _worth(table: Table, sizes: tuple[int, ...]) -> Array:
    """What every package is worth, shape (draw, party, package)."""
    draws, parties = table.reserve.shape
    result = np.zeros((draws, parties, *sizes))
    for at, payoff in table.parts:
        result += payoff.reshape(draws, parties, *_spread(at, sizes))
    return np.asarray(np.round(result, DIGITS).reshape(draws, parties, -1), dtype=np.float64)


def _signs(scenario: Scenario, table: Table, sizes: tuple[int, ...], signing: int) -> Flags:
    """Whether each that must sign would sign a package, shape (draw, party that must sign, package)."""
    result = np.ones((len(table.reserve), signing, *sizes), dtype=np.bool_)
    for name, at, closed in table.bars:
        seat = table.signers.index(scenario.party_ids.index(name.partition(":")[0]))
        if seat < signing and closed.any():
            result[:, seat] &= ~closed.reshape(len(closed), *_spread(at, sizes))
    return result.reshape(len(result), signing, -1)


def _spread(at: Sequence[int], sizes: Sequence[int]) -> tuple[int, ...]:
    """The shape of a table over some issues among all of them."""
    return tuple(size if place in at else 1 for place, size in enumerate(sizes))


def sizes_of(
    scenario: Scenario, issues: Sequence[int], standing: Places, rungs: Sequence[int], *, most: int
) -> tuple[int, ...]:
    """How many levels each issue gets: one where one party stands alone, else two, then more while there is room.

    This must not depend on any sampled number, so that every draw is read alike.

    Parameters
    ----------
    scenario : the scenario
    issues : places of the issues talked about
    standing : how many of those who must sign stand on each of these
    rungs : for each, how many rungs have a stated worth; 0 where none
    most : how many packages there may be

    Returns
    -------
    Numbers of levels; where even two for each contested issue would be too many packages, those on which fewest parties
    stand have one, the last listed first
    """
    heard = [sum(position.issue == scenario.issue_ids[issue] for position in scenario.positions) for issue in issues]
    order = sorted(range(len(issues)), key=lambda k: (-standing[k], -heard[k], k))
    contested = [k for k in order if standing[k] > 1 and not rungs[k]]
    sizes = [max(1, count) for count in rungs]
    while math.prod(sizes) > MOST_RUNGS:
        sizes[int(np.argmax(sizes))] -= 1
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


def _levels(
    draws: Draws, of: tuple[tuple[int, ...], tuple[int, ...]], sizes: Sequence[int], rungs: Sequence[int]
) -> tuple[Array, Flags]:
    """Where the levels lie, and where red lines leave none."""
    table, issues = of
    rows = np.ix_(range(len(draws)), table, issues)
    position, salience = columns.positions(draws)[rows], columns.saliences(draws)[rows]
    least, most = (bound[rows] for bound in columns.red_lines(draws))
    low = np.where(np.isnan(least), 0.0, least).max(axis=1)
    high = np.where(np.isnan(most), 100.0, most).min(axis=1)
    closed = low > high + SAME
    levels = np.full((len(draws), len(issues), max(sizes)), np.nan)
    for k, size in enumerate(sizes):
        scale = draws.base.issues[issues[k]].scale
        anchors = np.array([scale.point(anchor.at) for anchor in scale.anchors])
        if rungs[k]:
            kept = anchors[np.linspace(0, len(anchors) - 1, size).round().astype(np.intp)]
            levels[:, k, :size] = kept
        else:
            shut = closed[:, k]
            bounds = np.where(shut, 0.0, low[:, k]), np.where(shut, 100.0, high[:, k])
            levels[:, k, :size] = _between((position[:, :, k], salience[:, :, k]), bounds, size)
            if scale.ladder:
                levels[:, k, :size] = _on_rungs(levels[:, k, :size], anchors, bounds)
        if scale.ladder:
            on = levels[:, k, :size]
            closed[:, k] |= ((on < low[:, [k]] - SAME) | (on > high[:, [k]] + SAME)).all(axis=1)
    return levels, closed


def _between(stands: tuple[Array, Array], bounds: tuple[Array, Array], size: int) -> Array:
    """Points at equal distances between the outermost positions within bounds, shape (draw, level).

    A single one lies in the middle, weighted by salience.
    """
    position, salience = stands
    held = np.clip(position, bounds[0][:, np.newaxis], bounds[1][:, np.newaxis])
    if size == 1:
        weight = np.where(np.isnan(held), 0.0, salience + SAME)
        return np.asarray((weight * np.nan_to_num(held)).sum(axis=1) / weight.sum(axis=1))[:, np.newaxis]
    first, last = np.nanmin(held, axis=1), np.nanmax(held, axis=1)
    return np.asarray(first[:, np.newaxis] + np.linspace(0.0, 1.0, size) * (last - first)[:, np.newaxis])


def _on_rungs(points: Array, rungs: Array, bounds: tuple[Array, Array]) -> Array:
    """The nearest rung within the bounds to each point; where none lies within, the nearest of all."""
    low, high = (bound[:, np.newaxis] for bound in bounds)
    able = (rungs >= low - SAME) & (rungs <= high + SAME)
    able |= ~able.any(axis=1, keepdims=True)
    far = np.abs(points[:, :, np.newaxis] - rungs) + np.where(able, 0.0, 1e6)[:, np.newaxis, :]
    return np.asarray(rungs[far.argmin(axis=2)])
