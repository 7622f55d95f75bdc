"""What can be signed in each draw: by the readable methods, or by their compiled twin. `by_kernel` is the main name."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.engines.package_search import large
from parley.methods import frontier
from parley.methods.package_programs import GaveUpError, Work
from parley.methods.package_tables import Table
from parley.methods.packages_merged import Merged, merged_frontier

__all__ = ["SOLUTIONS", "Outcome", "by_kernel", "by_methods", "chosen_of", "joined", "picked", "tried"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")
"""The points that theory picks, by the names that `detail` gives them, in the order of the kernel's numbers."""

CELLS = 4_000_000
"""As many payoffs are held at once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """What can be signed.

    Attributes
    ----------
    zone : whether there is a package that all would sign, shape (draw,)
    unbarred : whether some package crosses no red line and breaks no condition, shape (draw,)
    points : the package picked, shape (draw, issue on the table), 0..100; NaN where there is none
    stays : whether an issue is left as it is, shape (draw, issue on the table)
    gap : how much more there may be of what the solution maximises, see `large.gap`, shape (draw,)
    proven : whether the package, or that there is none, is proven, shape (draw,)
    failure : why there is no answer; empty where there is one, shape (draw,)
    """

    zone: Flags
    unbarred: Flags
    points: Array
    stays: Flags
    gap: Array
    proven: Flags
    failure: NDArray[np.str_]


def picked(found: Merged, reserve: Array, solution: str) -> NDArray[np.intp]:
    """All packages of a frontier that a solution picks."""
    return np.asarray(getattr(frontier, solution)(found.payoff, reserve))


def by_methods(table: Table, solution: str, *, draw: int = 0, work: Work | None = None) -> Outcome:
    """Solve one draw with the readable methods.

    Parameters
    ----------
    table : the draws
    solution : which package is picked
    draw : which of them
    work : what programs may look at; None: `large.EACH`

    Raises
    ------
    GaveUpError
        If programs stopped before they found a package or that there is none.
    """
    space, levels = table.space(draw)
    if table.way == "programs":
        work = work or Work(left=large.EACH)
        one = large.picked(space, solution, work)
        free = one is not None or large.free(space, work) is not None
        chosen = None if one is None else np.array(one.levels)
        result = _outcome(table, draw, levels, chosen, unbarred=free)
        if one is None or one.proven:
            return result
        return replace(result, gap=np.array([large.gap(one, solution)]), proven=np.zeros(1, dtype=np.bool_))
    found = merged_frontier(space, most=table.most, digits=table.digits)
    best = picked(found, table.reserve[draw], solution)
    if len(table.signers) > 2 and best.size:
        # as in the compiled twin: of packages that tie, the first in the list of all
        best = best[np.lexsort(found.levels[best].T[::-1])]
    chosen = found.levels[best[0]] if best.size else None
    return _outcome(table, draw, levels, chosen, unbarred=found.levels.shape[0] > 0)


def _outcome(
    table: Table, draw: int, levels: tuple[Array, ...], chosen: NDArray[np.intp] | None, *, unbarred: bool
) -> Outcome:
    stays = [
        at is not None and chosen is not None and int(chosen[k]) == _last(table, k, draw)
        for k, at in enumerate(table.stays)
    ]
    points = np.full(len(table.issues), np.nan) if chosen is None else _points(levels, chosen)
    return Outcome(
        zone=np.array([chosen is not None]),
        unbarred=np.array([unbarred]),
        points=points[np.newaxis],
        stays=np.array([stays], dtype=np.bool_),
        gap=np.zeros(1),
        proven=np.ones(1, dtype=np.bool_),
        failure=np.array([""]),
    )


def by_kernel(table: Table, solution: str, *, left_out: Sequence[str] = ()) -> Outcome:
    """Solve every draw with the compiled twin; with the readable methods where it would have to list too much.

    Parameters
    ----------
    table : the draws
    solution : which package is picked
    left_out : for each draw, why it is not to be solved; empty where it is. Heard only where programs are solved.
    """
    draws, parties = table.reserve.shape
    grouped = table.groups
    if table.way == "programs" or (parties > 2 and len(grouped) > 1):
        reasons = left_out or [""] * draws
        each = [
            _unsolved(table, reason) if reason else tried(table, solution, draw, Work(left=large.DRAW))
            for draw, reason in enumerate(reasons)
        ]
        return joined(each)
    sizes = [tuple(table.levels[k].shape[1] for k in group) for group in grouped]
    starts = np.concatenate([[0], np.cumsum([int(np.prod(size)) for size in sizes])]).astype(np.int64)
    width = max(parties, 2)
    step = max(1, CELLS // (int(starts[-1]) * width))
    points = np.full((draws, len(table.issues)), np.nan)
    stays = np.zeros(points.shape, dtype=np.bool_)
    zone, unbarred = np.zeros(draws, dtype=np.bool_), np.zeros(draws, dtype=np.bool_)
    for first in range(0, draws, step):
        part = slice(first, min(first + step, draws))
        worth, free = _listed(table, part, grouped, sizes)
        reserve = np.zeros((worth.shape[0], width))
        reserve[:, :parties] = table.reserve[part]
        chosen, unbarred[part] = chosen_of(worth, free, starts, reserve, SOLUTIONS.index(solution))
        zone[part] = chosen[:, 0] >= 0
        rows = np.flatnonzero(zone[part])
        for g, group in enumerate(grouped):
            for k, place in zip(group, np.unravel_index(chosen[rows, g], sizes[g]), strict=True):
                points[first + rows, k] = table.levels[k][first + rows, place]
                if table.stays[k] is not None:
                    stays[first + rows, k] = place == table.stays[k]
    return Outcome(
        zone=zone,
        unbarred=unbarred,
        points=points,
        stays=stays,
        gap=np.zeros(draws),
        proven=np.ones(draws, dtype=np.bool_),
        failure=np.full(draws, ""),
    )


def tried(table: Table, solution: str, draw: int, work: Work | None = None) -> Outcome:
    """As `by_methods`; where programs stopped before they found anything, `failure` says so."""
    try:
        return by_methods(table, solution, draw=draw, work=work)
    except GaveUpError as error:
        return _unsolved(table, str(error))


def joined(outcomes: Sequence[Outcome]) -> Outcome:
    """Several draws' outcomes as one."""
    return Outcome(**{each.name: np.concatenate([getattr(one, each.name) for one in outcomes])
                      for each in fields(Outcome)})  # fmt: skip


def _unsolved(table: Table, reason: str) -> Outcome:
    """One draw without an answer."""
    issues, no = len(table.issues), np.zeros(1, dtype=np.bool_)
    stays = np.zeros((1, issues), dtype=np.bool_)
    return Outcome(zone=no, unbarred=no, points=np.full((1, issues), np.nan), stays=stays, gap=np.full(1, np.inf),
                   proven=no, failure=np.array([reason]))  # fmt: skip


def chosen_of(
    worth: Array, free: Flags, starts: NDArray[np.int64], reserve: Array, solution: int
) -> tuple[NDArray[np.int64], Flags]:
    """Run the compiled twin where every group has a package that crosses no bar.

    Parameters
    ----------
    worth : what each group's packages add to the payoffs, shape (draw, package of all groups, party)
    free : whether each crosses no bar, shape (draw, package of all groups)
    starts : where each group's packages begin, and the end of the last
    reserve : shape (draw, party)
    solution : its place in `SOLUTIONS`

    Returns
    -------
    The package of each group, shape (draw, group), -1 where nothing can be signed; and whether each group has some
    package that crosses no bar, shape (draw,)
    """
    from parley.kernels.packages import FINE, solve

    sizes = np.add.reduceat(free, starts[:-1], axis=1, dtype=np.int64)
    some = np.asarray((sizes > 0).all(axis=1))
    worth, free, sizes = worth[some], free[some], sizes[some]
    order = np.empty(free.shape, dtype=np.int64)
    for start, stop in itertools.pairwise(starts):
        here = slice(start, stop)
        keys: tuple[NDArray[Any], ...] = (~free[:, here],)
        if reserve.shape[1] == 2:
            keys = (*(-np.rint(worth[:, here, p] * FINE) for p in (1, 0)), *keys)
        order[:, here] = np.lexsort(keys, axis=-1)
    chosen = np.full((len(some), len(starts) - 1), -1, dtype=np.int64)
    if some.any():
        chosen[some] = solve(np.ascontiguousarray(worth), order, sizes, starts[:-1], reserve[some], solution)
    return chosen, some


def _listed(
    table: Table, part: slice, grouped: tuple[tuple[int, ...], ...], sizes: list[tuple[int, ...]]
) -> tuple[Array, Flags]:
    """Payoffs (draw, package of all groups, party) and whether each package crosses no bar."""
    parties = len(table.signers)
    count = len(table.reserve[part])
    worths, frees = [], []
    for group, size in zip(grouped, sizes, strict=True):

        def spread(at: tuple[int, ...], group: tuple[int, ...] = group) -> tuple[int, ...]:
            return tuple(table.levels[k].shape[1] if k in at else 1 for k in group)

        worth = np.zeros((count, max(parties, 2), *size))
        for at, payoff in table.parts:
            if set(at) <= set(group):
                worth[:, :parties] += payoff[part].reshape(count, parties, *spread(at))
        free = np.ones((count, *size), dtype=np.bool_)
        for _, at, closed in table.bars:
            if set(at) <= set(group):
                free &= ~closed[part].reshape(count, *spread(at))
        for k in group:
            free &= ~np.isnan(table.levels[k][part]).reshape(count, *spread((k,)))
        worths.append(worth.reshape(count, max(parties, 2), -1))
        frees.append(free.reshape(count, -1))
    together = np.concatenate(worths, axis=2).transpose(0, 2, 1)
    return np.ascontiguousarray(together), np.concatenate(frees, axis=1)


def _points(levels: tuple[Array, ...], chosen: NDArray[np.intp]) -> Array:
    return np.array([levels[k][place] for k, place in enumerate(chosen)], dtype=np.float64)


def _last(table: Table, k: int, draw: int) -> int:
    """The place, among the levels that there are, at which an issue stays as it is; -1 where it cannot."""
    level = table.levels[k][draw]
    return -1 if np.isnan(level[-1]) else int((~np.isnan(level)).sum()) - 1
