"""Packages in spaces too large to be listed: what is told of them, proven by programs. `told` is the main name.

Each answer may cost a fixed amount of work, counted in what the solver looks at and never in seconds, so that every
computer gives the same answers; what is not proven by then is told as open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.methods.package_programs import SLACK, Found, GaveUpError, Work
from parley.methods.package_tables import Table
from parley.methods.packages import Space
from parley.methods.packages_large import best_package, fairest_package, ideal_gains, nash_package, opening_sets
from parley.methods.packages_points import points_between

__all__ = ["DRAW", "EACH", "WHOLE", "Open", "Told", "closing_sets", "free", "gap", "picked", "told"]

Array = NDArray[np.float64]

EACH = 300_000
"""The work that one answer may cost; a second brings about 30,000 and more."""

DRAW = 100_000
"""The work that a draw may cost, of many."""

WHOLE = 1_400_000
"""The work that all answers to one scenario may cost together."""

MOST_POINTS = 24
"""As many points of the frontier are told."""

MOST_SETS = 50
"""As many smallest sets are told that open the zone."""

Open = tuple[str, float]
"""A role whose package is not proven to be best, or that was not found; and its gap, see `gap`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Told:
    """What is told of a space.

    Attributes
    ----------
    roles : why a package is told, and its levels
    whole : whether the frontier is whole
    step : where it is not, see `parley.methods.packages_points.Points`
    left : what is left open
    """

    roles: tuple[tuple[str, NDArray[np.intp]], ...]
    whole: bool
    step: float
    left: tuple[Open, ...]


def picked(space: Space, solution: str, work: Work) -> Found | None:
    """The package that a solution picks; of several that tie, one. None where nobody could sign any.

    Raises
    ------
    GaveUpError
        If the work was not enough to find one.
    """
    if solution == "nash":
        return nash_package(space, work=work)
    if solution == "utilitarian":
        return best_package(space, np.ones(space.parties), work=work)
    if solution == "egalitarian":
        return fairest_package(space, np.ones(space.parties), work=work)
    ideal = ideal_gains(space, work=work)
    return None if ideal is None else fairest_package(space, _shares(ideal), work=work)


def gap(found: Found, solution: str) -> float:
    """How much more there may be at most of what a solution maximises; 0 where that much is proven.

    Of the product of gains a share of it; else as it is: of the sum, of the smallest gain or share of the ideal gain.
    """
    if found.proven:
        return 0.0
    more = found.bound - found.value
    if more <= SLACK * max(1.0, abs(found.value)):
        return 0.0
    return float(np.expm1(more)) if solution == "nash" else more


def told(table: Table, solutions: Sequence[str], names: Sequence[str], whole: Work) -> Told:
    """The frontier, what each solution picks, and what leans to a signer or is best for it.

    Parameters
    ----------
    table : one draw
    solutions : the names of solutions
    names : the ids of those who must sign
    whole : the work that all this may cost together
    """
    space, _ = table.space()
    asked = list(_asked(space, solutions, names, whole))
    try:
        some = free(space, whole.part(EACH))
    except GaveUpError:
        return Told(roles=(), whole=False, step=np.inf, left=tuple((role, np.inf) for role, *_ in asked))
    unbarred = space if some else space.without([bar.name for bar in space.bars])
    roles: list[tuple[str, Found]] = []
    left: list[Open] = []
    for role, solution, find in asked if unbarred is space else ():
        try:
            found = find()
        except GaveUpError:
            left.append((role, np.inf))
            continue
        if found is not None:
            roles.append((role, found))
            left += [] if found.proven else [(role, gap(found, solution))]
    everything = replace(unbarred, reserve=np.full(space.parties, -np.inf))
    points = points_between(everything, most=MOST_POINTS, work=whole.part(2 * EACH))
    roles = [*(("pareto", each) for each in points.found), *roles]
    return Told(
        roles=tuple((role, np.array(each.levels, dtype=np.intp)) for role, each in roles),
        whole=points.whole,
        step=points.step,
        left=tuple(left),
    )


def _asked(
    space: Space, solutions: Sequence[str], names: Sequence[str], whole: Work
) -> Iterator[tuple[str, str, Callable[[], Found | None]]]:
    """What is told besides the frontier: its role, what it maximises, and how it is found."""
    for name in solutions:
        yield name, name, lambda name=name: picked(space, name, whole.part(EACH))  # type: ignore[misc]
    for j, name in enumerate(names if space.parties > 1 else ()):
        weight = 1 + np.eye(space.parties)[j]
        yield f"leans {name}", "nash", lambda weight=weight: nash_package(space, weight, work=whole.part(EACH))  # type: ignore[misc]
    for j, name in enumerate(names):
        yield f"nearest {name}", "utilitarian", lambda j=j: _nearest(space, j, whole.part(EACH))  # type: ignore[misc]


def closing_sets(
    table: Table, names: Sequence[str], *, largest: int, work: Work
) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The smallest sets of ids whose falling opens the zone of the first draw, and whether these are all.

    Conditions that move a party elsewhere where they are not met bar nothing, and are in none of the sets.
    """
    sets, complete = opening_sets(table.space()[0], largest=largest, most=MOST_SETS, work=work)
    named = [tuple(f"{names[one]}:no_agreement" if isinstance(one, int) else one for one in each) for each in sets]
    return tuple(named), complete


def free(space: Space, work: Work) -> Found | None:
    """Some package that crosses no bar."""
    return best_package(replace(space, reserve=np.full(space.parties, -np.inf)), np.zeros(space.parties), work=work)


def _nearest(space: Space, party: int, work: Work) -> Found | None:
    """Of the packages that all would sign, the best for a party, and of these the best for the others."""
    top = best_package(space, np.eye(space.parties)[party], work=work)
    if top is None or not top.proven:
        return top
    held = space.reserve.copy()
    held[party] = top.payoff[party]
    return best_package(replace(space, reserve=held), np.ones(space.parties), work=work)


def _shares(ideal: Array) -> Array:
    """Gains times this are shares of the ideal gains; 0 for a party that cannot gain."""
    return np.divide(1.0, ideal, out=np.zeros(ideal.size), where=ideal > 1e-9)
