"""Packages in spaces too large to be listed, by mixed-integer programs. Main names: `nash_package`, `frontier_of_two`.

Each issue's level is a choice of one of its binary variables; a part that looks at several issues gets a variable for
each combination of levels that it pays for. The solver is HiGHS, as scipy ships it.

Source
------
The frontier by constraints on one payoff with a second pass for the other, [HaimesLasdonWismer1971]_; the Nash product
by tangents of the logarithm from outside, [DuranGrossmann1986]_.
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.packages import Part, Space

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

__all__ = ["Found", "best_package", "frontier_of_two", "nash_package"]

Array = NDArray[np.float64]

GAP = 1e-9
"""How far, relative to the sum, the proven bound on the logarithm of the Nash product may lie above what was found."""

SLACK = 1e-6
"""The solver's tolerance, relative to size: to within this, floors are held and points of the frontier told apart."""

MAX_CUTS = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A package that was found.

    Attributes
    ----------
    levels : the level of each issue
    payoff : what it is worth to each party, shape (party,)
    bound : a proven bound on what was maximised: no package has more
    """

    levels: tuple[int, ...]
    payoff: Array
    bound: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Program:
    """The space as a program in binary variables.

    Attributes
    ----------
    payoff : what each variable adds to each party's payoff, shape (party, variable)
    rows, low, high : constraints on the variables
    first : the first variable of each issue
    integral : 1 for the variables of levels, 0 for those of combinations, which follow
    """

    payoff: Array
    rows: Any
    low: Array
    high: Array
    first: NDArray[np.intp]
    integral: NDArray[np.int64]


def best_package(space: Space, weight: Array, floor: Array) -> Found | None:
    """Find the package with the largest weighted sum of payoffs that gives nobody less than its floor.

    Parameters
    ----------
    space : the space
    weight : array, shape (party,), >= 0
    floor : array, shape (party,); -inf for none

    Returns
    -------
    The package, or None where no package gives everybody its floor.
    """
    program = _program(space)
    solved = _solve(program, -(weight @ program.payoff), [*_floors(program, floor)])
    return None if solved is None else _found(space, program, solved[0], -solved[1])


def nash_package(space: Space) -> Found | None:
    """Find the package with the largest product of gains over the reserve values, to proven optimality.

    The logarithm of each gain lies below its tangents. With a few of them the program gives a package and a bound;
    tangents at that package's gains sharpen the bound, until it is no better than the best package found.

    Returns
    -------
    The package (`bound` is the bound on the sum of logarithms), or None where nobody could sign anything or somebody
    cannot gain

    Raises
    ------
    EngineError
        If the bound has not met the package after 200 turns.
    """
    program = _program(space)
    counted = np.flatnonzero(np.isfinite(space.reserve))
    ideal = _ideals(program, space.reserve, counted)
    if ideal is None or (ideal <= GAP).any():
        return None
    size, best, value = program.payoff.shape[1], None, -np.inf
    cuts = [_tangents(program, space.reserve, counted, ideal * part) for part in (1.0, 0.5, 0.2, 0.05)]
    goal = np.concatenate([np.zeros(size), -np.ones(counted.size)])
    for _ in range(MAX_CUTS):
        solved = _solve(program, goal, [*_floors(program, space.reserve), *cuts], free=counted.size)
        if solved is None:
            return best
        found = _found(space, program, solved[0], -solved[1])
        gain = found.payoff[counted] - space.reserve[counted]
        here = float(np.log(np.maximum(gain, 1e-300)).sum())
        if best is None or here > value:
            best, value = found, here
        if found.bound - value <= GAP * max(1.0, abs(value)):
            return Found(levels=best.levels, payoff=best.payoff, bound=found.bound)
        cuts.append(_tangents(program, space.reserve, counted, np.maximum(gain, 1e-6 * ideal)))
    raise EngineError(f"the Nash package was not proven after {MAX_CUTS} turns")


def frontier_of_two(space: Space, parties: tuple[int, int] = (0, 1), *, most: int = 1000) -> tuple[list[Found], bool]:
    """List the frontier between two parties, from the best for the first to the best for the second.

    Parameters
    ----------
    space : the space; floors are the reserve values
    parties : the two
    most : stop after so many packages

    Returns
    -------
    One package for each point of the frontier, and whether these are all.
    """
    program, (first, second) = _program(space), parties
    floor = space.reserve.copy()
    result: list[Found] = []
    while len(result) < most:
        top = _solve(program, -program.payoff[first], [*_floors(program, floor)])
        if top is None:
            return result, True
        least = floor.copy()
        # the second pass: of all that give the first so much, the one that gives the second most
        least[first] = max(least[first], _found(space, program, *top).payoff[first])
        solved = _solve(program, -program.payoff[second], [*_floors(program, least)])
        assert solved is not None
        found = _found(space, program, solved[0], -solved[1])
        result.append(found)
        floor[second] = found.payoff[second] + 3 * _slack(found.payoff[second])
    return result, False


def _slack(value: Array) -> Array:
    return np.asarray(SLACK * np.maximum(1.0, np.abs(value)))


def _program(space: Space) -> _Program:
    first = np.concatenate([[0], np.cumsum(space.sizes)]).astype(np.intp)
    levels = int(first[-1])
    payoff = [np.zeros((space.parties, levels))]
    entries: list[tuple[int, int, float]] = []
    low: list[float] = []
    high: list[float] = []

    def row(variables: Sequence[int], factors: Sequence[float], least: float, most: float) -> None:
        entries.extend((len(low), variable, factor) for variable, factor in zip(variables, factors, strict=True))
        low.append(least)
        high.append(most)

    for issue, size in enumerate(space.sizes):
        row(range(int(first[issue]), int(first[issue]) + size), [1.0] * size, 1, 1)
    width = levels
    for part in space.parts:
        if len(part.issues) == 1:
            at = int(first[part.issues[0]])
            payoff[0][:, at : at + part.payoff.shape[1]] += part.payoff
            continue
        for cell in itertools.product(*(range(size) for size in part.payoff.shape[1:])):
            worth = _cell(part, cell)
            if not worth.any():
                continue
            chosen = [int(first[issue]) + level for issue, level in zip(part.issues, cell, strict=True)]
            for variable in chosen:
                row([width, variable], [1.0, -1.0], -np.inf, 0)
            row([width, *chosen], [1.0] + [-1.0] * len(chosen), 1 - len(chosen), np.inf)
            payoff.append(worth[:, np.newaxis])
            width += 1
    for bar in space.bars:
        for closed in np.argwhere(bar.closed).tolist():
            chosen = [int(first[issue]) + level for issue, level in zip(bar.issues, closed, strict=True)]
            row(chosen, [1.0] * len(chosen), -np.inf, len(chosen) - 1)
    from scipy.sparse import csr_array

    where, variables, factors = (list(column) for column in zip(*entries, strict=True))
    return _Program(
        payoff=np.concatenate(payoff, axis=1),
        rows=csr_array((factors, (where, variables)), shape=(len(low), width)),
        low=np.array(low),
        high=np.array(high),
        first=first[:-1],
        integral=(np.arange(width) < levels).astype(np.int64),
    )


def _cell(part: Part, levels: tuple[int, ...]) -> Array:
    """What a part adds to each party's payoff at these levels of its issues, shape (party,)."""
    key: tuple[slice | int, ...] = (slice(None), *levels)
    return np.asarray(part.payoff[key])


def _floors(program: _Program, floor: Array) -> list[LinearConstraint]:
    from scipy.optimize import LinearConstraint

    bound = np.isfinite(floor)
    return [LinearConstraint(program.payoff[bound], floor[bound] - _slack(floor[bound]), np.inf)] if bound.any() else []


def _tangents(program: _Program, reserve: Array, counted: NDArray[np.intp], gain: Array) -> LinearConstraint:
    """For each party that counts: its variable t is below the tangent of the logarithm of its gain at `gain`."""
    from scipy.optimize import LinearConstraint

    slope = program.payoff[counted] / gain[:, np.newaxis]
    high = np.log(gain) - 1 - reserve[counted] / gain
    return LinearConstraint(np.concatenate([-slope, np.eye(counted.size)], axis=1), -np.inf, high)


def _ideals(program: _Program, reserve: Array, counted: NDArray[np.intp]) -> Array | None:
    result = np.zeros(counted.size)
    for place, party in enumerate(counted):
        solved = _solve(program, -program.payoff[party], _floors(program, reserve))
        if solved is None:
            return None
        result[place] = -solved[1] - reserve[party]
    return result


def _solve(
    program: _Program, goal: Array, more: Sequence[LinearConstraint], *, free: int = 0
) -> tuple[Array, float] | None:
    """Minimise; `free` more variables without bounds stand behind the program's. None where nothing is feasible.

    Returns the variables and a proven bound on the minimum.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = program.payoff.shape[1]
    constraints = [LinearConstraint(program.rows, program.low, program.high), *more]
    if free:
        constraints = [
            LinearConstraint(_padded(each.A, size + free - each.A.shape[1]), each.lb, each.ub) for each in constraints
        ]
    low = np.concatenate([np.zeros(size), np.full(free, -np.inf)])
    high = np.concatenate([np.ones(size), np.full(free, np.inf)])
    integral = np.concatenate([program.integral, np.zeros(free, dtype=np.int64)])
    bounds, options = Bounds(low, high), {"mip_rel_gap": 0.0}
    with _silence():
        found = milp(goal, integrality=integral, bounds=bounds, constraints=constraints, options=options)
    if found.x is None:
        if found.status == 2:
            return None
        raise EngineError(f"the solver gave up: {found.message}")
    return found.x, float(found.fun if found.mip_dual_bound is None else found.mip_dual_bound)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Keep what the solver prints past Python from standard output, which may be a document that a program reads."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:
        # there is no standard output to be kept clean
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        # what lies in the buffer of the C library must not come out later
        ctypes.CDLL("msvcrt" if os.name == "nt" else None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _padded(matrix: Any, extra: int) -> Any:
    from scipy.sparse import csr_array, hstack

    if not extra:
        return matrix
    return hstack([csr_array(matrix), csr_array((matrix.shape[0], extra))], format="csr")


def _found(space: Space, program: _Program, variables: Array, bound: float) -> Found:
    levels = tuple(
        int(np.argmax(variables[at : at + size])) for at, size in zip(program.first, space.sizes, strict=True)
    )
    payoff = np.zeros(space.parties)
    for part in space.parts:
        payoff += _cell(part, tuple(levels[issue] for issue in part.issues))
    return Found(levels=levels, payoff=payoff, bound=bound)
