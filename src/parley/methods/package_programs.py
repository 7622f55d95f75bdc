"""A space of packages as a mixed-integer program, and its solver. `program` and `solve` are the main names.

Each issue's level is a choice of one of its binary variables. A part that looks at several issues gets a variable for
each product of levels on which it pays the same, else for each combination of levels that it pays for. Payoffs are put
in shares of what each party's parts can make out at most, so that the solver's tolerances mean the same for every unit.
The solver is HiGHS, as scipy ships it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.packages import Space
from parley.methods.packages_merged import worth_of

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

__all__ = ["SLACK", "Program", "Solved", "at_least", "levels_of", "other_than", "program", "solve", "worth"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

SLACK = 1e-6
"""The solver's tolerance, in shares of a party's unit: to within this, floors are held and payoffs told apart."""

NODES = 50_000
"""After so many nodes of its tree the solver stops, and what it has found is not proven."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Program:
    """A space as a program.

    Attributes
    ----------
    space : the space
    unit : how far apart the best and the worst of each party's parts lie in all, shape (party,); 1 where nowhere
    payoff : what each variable adds to each party's payoff, in its unit, shape (party, variable)
    rows, low, high : constraints on the variables
    first : the first variable of each issue
    integral : 1 for the variables that must be whole; those of combinations follow
    named : the variable by which all bars of a name, or the reserve value of a party, fall; empty where none may
    """

    space: Space
    unit: Array
    payoff: Array
    rows: Any
    low: Array
    high: Array
    first: NDArray[np.intp]
    integral: NDArray[np.int64]
    named: dict[str | int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solved:
    """What the solver found.

    Attributes
    ----------
    variables : the best that it found
    bound : no solution has less
    proven : whether it went through the whole tree
    """

    variables: Array
    bound: float
    proven: bool


@dataclass(slots=True)
class _Rows:
    """Constraints as they are gathered."""

    entries: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, factors: Sequence[tuple[int, float]], low: float, high: float) -> None:
        self.entries.extend((len(self.low), variable, factor) for variable, factor in factors)
        self.low.append(low)
        self.high.append(high)


def program(space: Space, *, falling: bool = False) -> Program:
    """Write a space as a program.

    Parameters
    ----------
    space : the space; its reserve values are left to the caller, see `at_least`
    falling : whether bars may fall: each name gets a variable that is 1 where its bars do not hold; so does each party
        with a reserve value
    """
    from scipy.sparse import csr_array

    first = np.concatenate([[0], np.cumsum(space.sizes)]).astype(np.intp)
    unit = sum(
        (np.ptp(part.payoff.reshape(space.parties, -1), axis=1) for part in space.parts), np.zeros(space.parties)
    )
    unit = np.where(unit > 0, unit, 1.0)
    rows, columns = _Rows(), [np.zeros((space.parties, int(first[-1])))]
    for issue, size in enumerate(space.sizes):
        rows.add([(int(first[issue]) + level, 1.0) for level in range(size)], 1, 1)
    width = int(first[-1])
    for part in space.parts:
        if len(part.issues) == 1:
            at = int(first[part.issues[0]])
            columns[0][:, at : at + part.payoff.shape[1]] += part.payoff
            continue
        for sides, worth in _paying(part.payoff):
            _all_of(
                rows, width, [(first[issue] + side).tolist() for issue, side in zip(part.issues, sides, strict=True)]
            )
            columns.append(worth[:, np.newaxis])
            width += 1
    counted = np.flatnonzero(np.isfinite(space.reserve)).tolist()
    names: list[str | int] = [*dict.fromkeys(bar.name for bar in space.bars), *counted] if falling else []
    named = {name: width + k for k, name in enumerate(names)}
    for bar in space.bars:
        for sides in _boxes(bar.closed):
            chosen = [(int(first[i]) + int(k), 1.0) for i, side in zip(bar.issues, sides, strict=True) for k in side]
            lets = [(named[bar.name], -1.0)] if falling else []
            rows.add([*chosen, *lets], -np.inf, len(sides) - 1)
    columns.append(np.zeros((space.parties, len(named))))
    where, variables, factors = (list(column) for column in zip(*rows.entries, strict=True))
    whole = np.isin(np.arange(width + len(named)), [*range(int(first[-1])), *named.values()])
    return Program(
        space=space,
        unit=unit,
        payoff=np.concatenate(columns, axis=1) / unit[:, np.newaxis],
        rows=csr_array((factors, (where, variables)), shape=(len(rows.low), width + len(named))),
        low=np.array(rows.low),
        high=np.array(rows.high),
        first=first[:-1],
        integral=whole.astype(np.int64),
        named=named,
    )


def _all_of(rows: _Rows, variable: int, sides: Sequence[Sequence[int]]) -> None:
    """The variable is 1 where on each side one of its levels is chosen, else 0."""
    for side in sides:
        rows.add([(variable, 1.0), *((level, -1.0) for level in side)], -np.inf, 0)
    chosen = [(level, -1.0) for side in sides for level in side]
    rows.add([(variable, 1.0), *chosen], 1 - len(sides), np.inf)


def _paying(payoff: Array) -> Iterator[tuple[tuple[NDArray[np.intp], ...], Array]]:
    """The products of levels on which a part pays, with what it pays there, shape (party,)."""
    flat = payoff.reshape(len(payoff), -1)
    worths, which = np.unique(flat, axis=1, return_inverse=True)
    for k, worth in enumerate(worths.T):
        if worth.any():
            for sides in _boxes((which.reshape(-1) == k).reshape(payoff.shape[1:])):
                yield sides, worth


def _boxes(flags: Flags) -> Iterator[tuple[NDArray[np.intp], ...]]:
    """Products of levels that make out what is flagged: one where it is a product, else each combination by itself."""
    found = np.argwhere(flags)
    sides = tuple(np.unique(column) for column in found.T)
    if found.size and np.prod([side.size for side in sides]) == len(found):
        yield sides
    else:
        for each in found:
            yield tuple(np.array([level]) for level in each)


def at_least(program: Program, floor: Array) -> list[LinearConstraint]:
    """Nobody gets less than its floor, shape (party,), in its own payoffs; -inf for none."""
    from scipy.optimize import LinearConstraint

    bound = np.isfinite(floor)
    low = (floor / program.unit)[bound] - SLACK
    return [LinearConstraint(program.payoff[bound], low, np.inf)] if bound.any() else []


def other_than(program: Program, levels: NDArray[np.intp]) -> LinearConstraint:
    """Some issue is on another level than in this package."""
    from scipy.optimize import LinearConstraint

    row = np.zeros((1, program.payoff.shape[1]))
    row[0, program.first + levels] = 1.0
    return LinearConstraint(row, -np.inf, len(levels) - 1)


def levels_of(program: Program, variables: Array) -> NDArray[np.intp]:
    """The level of each issue."""
    ends = zip(program.first, program.space.sizes, strict=True)
    return np.array([np.argmax(variables[at : at + size]) for at, size in ends], dtype=np.intp)


def worth(program: Program, levels: NDArray[np.intp]) -> Array:
    """What a package is worth to each party, in its own payoffs, shape (party,)."""
    return np.asarray(worth_of(program.space, levels[np.newaxis])[:, 0])


def solve(program: Program, goal: Array, more: Sequence[LinearConstraint], *, free: int = 0) -> Solved | None:
    """Minimise; `free` more variables without bounds stand behind the program's. None where nothing is feasible.

    Raises
    ------
    EngineError
        If the solver gave up before it found anything.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = program.payoff.shape[1]
    constraints = [
        LinearConstraint(_padded(each.A, size + free - each.A.shape[1]), each.lb, each.ub)
        for each in (LinearConstraint(program.rows, program.low, program.high), *more)
    ]
    low = np.concatenate([np.zeros(size), np.full(free, -np.inf)])
    high = np.concatenate([np.ones(size), np.full(free, np.inf)])
    integral = np.concatenate([program.integral, np.zeros(free, dtype=np.int64)])
    options = {"mip_rel_gap": 0.0, "node_limit": NODES}
    with _silence():
        found = milp(goal, integrality=integral, bounds=Bounds(low, high), constraints=constraints, options=options)
    if found.x is None:
        if found.status == 2:
            return None
        raise EngineError(f"the solver gave up: {found.message}")
    bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    return Solved(variables=found.x, bound=float(bound), proven=found.status == 0)


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
