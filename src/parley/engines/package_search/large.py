"""Packages in spaces too large to be listed: what is told of them, proven by programs. `told` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.methods.package_tables import Table
from parley.methods.packages import Space
from parley.methods.packages_large import (
    Found,
    best_package,
    fairest_package,
    ideal_gains,
    nash_package,
    opening_sets,
    points_between,
)

__all__ = ["MOST_POINTS", "Told", "closing_sets", "free", "picked", "told"]

Array = NDArray[np.float64]

MOST_POINTS = 24
"""As many points of the frontier between two are told."""

MOST_POINTS_OF_MANY = 8
"""As many of the frontier between more, whose programs take longer."""

MOST_SETS = 50
"""As many smallest sets are told that open the zone."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Told:
    """What is told of a space.

    Attributes
    ----------
    roles : why a package is told, and its levels
    whole : whether the frontier is whole
    step : where it is not, see `parley.methods.packages_large.Points`
    unproven : roles whose package may not be the best
    """

    roles: tuple[tuple[str, NDArray[np.intp]], ...]
    whole: bool
    step: float
    unproven: tuple[str, ...]


def picked(space: Space, solution: str) -> Found | None:
    """The package that a solution picks; of several that tie, one. None where nobody could sign any."""
    if solution == "nash":
        return nash_package(space)
    if solution == "utilitarian":
        return best_package(space, np.ones(space.parties))
    if solution == "egalitarian":
        return fairest_package(space, np.ones(space.parties))
    ideal = ideal_gains(space)
    return None if ideal is None else fairest_package(space, _shares(ideal))


def told(table: Table, solutions: Sequence[str], names: Sequence[str]) -> Told:
    """The frontier, what each solution picks, and what leans to a signer or is best for it.

    Parameters
    ----------
    table : one draw
    solutions : the names of solutions
    names : the ids of those who must sign
    """
    space, _ = table.space()
    unbarred = space if free(space) is not None else space.without([bar.name for bar in space.bars])
    most = MOST_POINTS if space.parties <= 2 else MOST_POINTS_OF_MANY
    points = points_between(replace(unbarred, reserve=np.full(space.parties, -np.inf)), most=most)
    found: list[tuple[str, Found | None]] = [("pareto", each) for each in points.found]
    if unbarred is space:
        found += [(name, picked(space, name)) for name in solutions]
        one = np.eye(space.parties)
        if space.parties > 1:
            found += [(f"leans {name}", nash_package(space, 1 + one[j])) for j, name in enumerate(names)]
        found += [(f"nearest {name}", _nearest(space, j)) for j, name in enumerate(names)]
    kept = [(role, each) for role, each in found if each is not None]
    return Told(
        roles=tuple((role, np.array(each.levels, dtype=np.intp)) for role, each in kept),
        whole=points.whole,
        step=points.step,
        unproven=tuple(dict.fromkeys(role for role, each in kept if not each.proven)),
    )


def closing_sets(table: Table, names: Sequence[str], *, largest: int) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The smallest sets of ids whose falling opens the zone of the first draw, and whether these are all.

    Conditions that move a party elsewhere where they are not met bar nothing, and are in none of the sets.
    """
    sets, complete = opening_sets(table.space()[0], largest=largest, most=MOST_SETS)
    named = [tuple(f"{names[one]}:no_agreement" if isinstance(one, int) else one for one in each) for each in sets]
    return tuple(named), complete


def free(space: Space) -> Found | None:
    """Some package that crosses no bar."""
    return best_package(replace(space, reserve=np.full(space.parties, -np.inf)), np.zeros(space.parties))


def _nearest(space: Space, party: int) -> Found | None:
    """Of the packages that all would sign, the best for a party, and of these the best for the others."""
    top = best_package(space, np.eye(space.parties)[party])
    if top is None:
        return None
    held = space.reserve.copy()
    held[party] = top.payoff[party]
    return best_package(replace(space, reserve=held), np.ones(space.parties))


def _shares(ideal: Array) -> Array:
    """Gains times this are shares of the ideal gains; 0 for a party that cannot gain."""
    return np.divide(1.0, ideal, out=np.zeros(ideal.size), where=ideal > 1e-9)
