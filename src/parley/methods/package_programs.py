"""A space of packages as a mixed-integer program, and its solver. `program` and `solve` are the main names.

Each issue's level is a choice of one of its binary variables. A part that looks at several issues gets a variable for
each product of levels on which it pays the same, else for each combination of levels that it pays for. Payoffs are put
in shares of what each party's parts can make out at most, so that the solver's tolerances mean the same for every unit;
each party's payoff is a variable of its own, so that floors and goals are short rows. The solver is HiGHS, as scipy
ships it. It is stopped by what it has looked at and never by time: the same on every computer.
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

__all__ = ["GAVE_UP", "MAX_CUTS", "SLACK", "Found", "GaveUpError", "Program", "Solved", "Work", "all_sign", "at_least",
           "levels_of", "other_than", "program", "signed", "solve", "worth"]  # fmt: skip

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

SLACK = 1e-6
"""The solver's tolerance, in shares of a party's unit: to within this, floors are held and payoffs told apart."""

NODES = 50_000
"""After so many nodes of its tree the solver stops in any case, and what it has found is not proven."""


INFEASIBLE = 2
"""The solver's word for it; that it has reached its limit of nodes has no number of its own."""

GAVE_UP = (
    "the search by integer programs stopped at its limit before it found a package, and did not prove that there is "
    "none: give issues fewer levels, or leave out links or conditions"
)

MAX_CUTS = 200
"""As many packages at most are cut off by one that the solver may look at."""


class GaveUpError(EngineError):
    """The solver stopped before it found anything, and did not prove that there is nothing."""


@dataclass(slots=True, kw_only=True)
class Work:
    """What several programs may look at together; each solution lowers what is left.

    Attributes
    ----------
    left : nodes of trees, times the entries of the constraints that hold there
    whole : of what this is a part; None: of nothing
    """

    left: float = np.inf
    whole: Work | None = None

    def part(self, most: float) -> Work:
        """A part of it for some programs: as much as this, and no more than is left."""
        return Work(left=min(most, self.left), whole=self)

    def spend(self, amount: float) -> None:
        """Lower what is left, here and in the whole."""
        self.left -= amount
        if self.whole is not None:
            self.whole.spend(amount)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Program:
    """A space as a program.

    Attributes
    ----------
    space : the space
    unit : how far apart the best and the worst of each party's parts lie in all, shape (party,); 1 where nowhere
    least, most : between these lies every payoff, in its unit, shape (party,)
    payoff : 1 for the variable that holds a party's payoff, in its unit, shape (party, variable)
    rows, low, high : constraints on the variables
    first : the first variable of each issue
    integral : 1 for the variables that must be whole; those of combinations follow
    named : the variable by which all bars of a name, or the reserve value of a party, fall; empty where none may
    work : what the solver may still look at
    """

    space: Space
    unit: Array
    least: Array
    most: Array
    payoff: Array
    rows: Any
    low: Array
    high: Array
    first: NDArray[np.intp]
    integral: NDArray[np.int64]
    named: dict[str | int, int]
    work: Work


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A package that was found.

    Attributes
    ----------
    levels : the level of each issue
    payoff : what it is worth to each party, shape (party,)
    value : what was maximised: a weighted sum, the smallest gain, or the weighted sum of the gains' logarithms
    bound : no package has more of that; infinity where nothing is known
    proven : whether no package is better, to within the tolerance, also where several have as much of it
    """

    levels: tuple[int, ...]
    payoff: Array
    value: float
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


def program(space: Space, *, falling: bool = False, work: Work | None = None) -> Program:
    """Write a space as a program.

    Parameters
    ----------
    space : the space; its reserve values are left to the caller, see `at_least`
    falling : whether bars may fall: each name gets a variable that is 1 where its bars do not hold; so does each party
        with a reserve value
    work : what the solver may look at; None: as much as it needs
    """
    from scipy.sparse import csr_array

    first = np.concatenate([[0], np.cumsum(space.sizes)]).astype(np.intp)
    least, most = np.zeros((2, space.parties))
    for part in space.parts:
        flat = part.payoff.reshape(space.parties, -1)
        least, most = least + flat.min(axis=1), most + flat.max(axis=1)
    unit = np.where(most > least, most - least, 1.0)
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
    width += len(named)
    for party, adds in enumerate(np.concatenate(columns, axis=1) / unit[:, np.newaxis]):
        paying = [(int(k), float(adds[k])) for k in np.flatnonzero(adds)]
        rows.add([*paying, (width + party, -1.0)], 0.0, 0.0)
    where, variables, factors = (list(column) for column in zip(*rows.entries, strict=True))
    size = width + space.parties
    whole = np.isin(np.arange(size), [*range(int(first[-1])), *named.values()])
    return Program(
        space=space,
        unit=unit,
        least=least / unit,
        most=most / unit,
        payoff=np.eye(space.parties, size, width),
        rows=csr_array((factors, (where, variables)), shape=(len(rows.low), size)),
        low=np.array(rows.low),
        high=np.array(rows.high),
        first=first[:-1],
        integral=whole.astype(np.int64),
        named=named,
        work=work or Work(),
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
    GaveUpError
        If the solver stopped before it found anything.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, vstack

    (parties, size), work = program.payoff.shape, program.work
    blocks = [
        _padded(csr_array(rows), size + free - rows.shape[1]) for rows in (program.rows, *(each.A for each in more))
    ]
    low = np.concatenate([program.low, *(np.broadcast_to(each.lb, len(each.A)) for each in more)])
    high = np.concatenate([program.high, *(np.broadcast_to(each.ub, len(each.A)) for each in more)])
    held = LinearConstraint(vstack(blocks, format="csr"), low, high)
    loose, others = np.full(free, np.inf), np.zeros(size - parties)
    bounds = Bounds(
        np.concatenate([others, program.least - 1, -loose]),
        np.concatenate([others + 1, program.most + 1, loose]),
    )
    integral = np.concatenate([program.integral, np.zeros(free, dtype=np.int64)])
    for presolve in (True, False):
        if work.left <= 0:
            raise GaveUpError(GAVE_UP)
        options = {"mip_rel_gap": 0.0, "node_limit": int(min(NODES, work.left // held.A.nnz + 1)), "presolve": presolve}
        with _silence():
            found = milp(goal, integrality=integral, bounds=bounds, constraints=held, options=options)
        work.spend(held.A.nnz * ((found.mip_node_count or 0) + 1))
        # the solver's presolve may fail, or find nothing where floors leave little room though there is something
        if found.x is not None or (found.status != INFEASIBLE and found.mip_node_count):
            break
    if found.x is None:
        if found.status == INFEASIBLE:
            return None
        raise GaveUpError(GAVE_UP)
    bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    return Solved(variables=found.x, bound=float(bound), proven=found.status == 0)


def signed(made: Program, goal: Array, more: Sequence[LinearConstraint] = (), *, free: int = 0) -> Found | None:
    """Find the package that minimises a goal among those that all would sign; None where there is none.

    Parameters
    ----------
    made : the program
    goal : a factor for each variable, those that are free last
    more : what is held besides
    free : as for `solve`

    Raises
    ------
    GaveUpError
        If the solver stopped before it found any.
    """
    held = [*at_least(made, made.space.reserve), *more]
    for _ in range(MAX_CUTS):
        solved = solve(made, goal, held, free=free)
        if solved is None:
            return None
        payoff = worth(made, levels := levels_of(made, solved.variables))
        if all_sign(made, payoff):
            value = -float(goal @ solved.variables)
            return Found(levels=tuple(levels.tolist()), payoff=payoff, value=value, bound=-solved.bound,
                         proven=solved.proven)  # fmt: skip
        held.append(other_than(made, levels))
    raise GaveUpError(f"after {MAX_CUTS} turns every package still falls short of a reserve value by a rounding")


def all_sign(made: Program, payoff: Array) -> bool:
    """Whether nobody gets less than its reserve value, to 12 decimals of its unit: nearer than the solver looks."""
    return bool((np.round((payoff - made.space.reserve) / made.unit, 12) >= 0).all())


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

    return hstack([matrix, csr_array((matrix.shape[0], extra))], format="csr") if extra else matrix
