"""Packages over several issues at once: what each is worth to whom, and which can be agreed. `Space` is the main name.

A package puts each issue on one of its levels. What it is worth to a party is a sum of parts, each of which looks at
one issue or at a few together; what somebody will not sign is told by bars in the same manner. Small spaces are listed
whole, in one array with an axis for each issue.

Source
------
Additive and linked payoffs as in [KeeneyRaiffa1976]_ and [Raiffa1982]_.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError

__all__ = ["MAX_PACKAGES", "Bar", "Part", "Space", "closings", "listed", "open_packages", "payoffs", "place_of"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

MAX_PACKAGES = 3_000_000
"""The most packages that are listed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """What the levels of some issues together add to the parties' payoffs.

    Attributes
    ----------
    issues : the issues that it looks at, by place, rising
    payoff : what it adds, shape (party, level of the first issue, level of the second, ...)
    """

    issues: tuple[int, ...]
    payoff: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bar:
    """Levels of some issues that somebody will not sign: a red line, or a condition that is not met.

    Attributes
    ----------
    name : what it is called, such as `ukraine:territory`
    issues : the issues that it looks at, by place, rising
    closed : where it bars an agreement, shape (level of the first issue, level of the second, ...)
    """

    name: str
    issues: tuple[int, ...]
    closed: Flags


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Space:
    """All packages, what they are worth, and what bars them.

    Attributes
    ----------
    sizes : number of levels of each issue
    parties : number of parties
    parts : what payoffs are made of
    bars : what nobody signs
    reserve : what each party gets without agreement, shape (party,); -inf for a party whose consent is not needed
    """

    sizes: tuple[int, ...]
    parties: int
    parts: tuple[Part, ...]
    reserve: Array
    bars: tuple[Bar, ...] = ()

    @property
    def count(self) -> int:
        """How many packages there are."""
        return math.prod(self.sizes)

    def without(self, names: Sequence[str]) -> Space:
        """The same space without the bars of these names."""
        return replace(self, bars=tuple(bar for bar in self.bars if bar.name not in names))


def payoffs(space: Space) -> Array:
    """What every package is worth to every party.

    Parameters
    ----------
    space : a space of `MAX_PACKAGES` packages at the most

    Returns
    -------
    array, shape (party, package); packages are counted with the last issue's level running fastest

    Raises
    ------
    EngineError
        If there are more packages than can be listed.
    """
    if space.count > MAX_PACKAGES:
        raise EngineError(
            f"there are {space.count:,} packages, and up to {MAX_PACKAGES:,} can be listed: give issues fewer levels"
        )
    # parts of one issue after the other are added while the list is still short
    grown = np.zeros((space.parties, 1))
    first = 0
    while first < len(space.parts) and space.parts[first].issues == (first,):
        grown = (grown[:, :, np.newaxis] + space.parts[first].payoff[:, np.newaxis, :]).reshape(space.parties, -1)
        first += 1
    left = space.count // max(grown.shape[1], 1)
    result = grown if left == 1 else np.repeat(grown, left, axis=1)
    whole = result.reshape(space.parties, *space.sizes)
    for part in space.parts[first:]:
        whole += part.payoff.reshape((space.parties, *_spread(space, part.issues)))
    return result


def listed(space: Space, places: Places) -> Places:
    """The levels of packages, shape (..., issue), by their places in the list, shape (...)."""
    return np.stack(np.unravel_index(places, space.sizes), axis=-1)


def place_of(space: Space, levels: Sequence[int]) -> int:
    """The place in the list of the package with these levels."""
    return int(np.ravel_multi_index(tuple(levels), space.sizes))


def open_packages(space: Space, worth: Array) -> Flags:
    """Which packages everybody would sign: no bar is crossed, and nobody gets less than without agreement.

    Parameters
    ----------
    space : the space
    worth : array, shape (party, package), as from `payoffs`

    Returns
    -------
    array, shape (package,)
    """
    result = np.ones(space.sizes, dtype=np.bool_)
    for bar in space.bars:
        result &= ~bar.closed.reshape(_spread(space, bar.issues))
    return np.asarray(result.reshape(-1) & (worth >= space.reserve[:, np.newaxis]).all(axis=0))


def closings(space: Space, worth: Array) -> tuple[tuple[str | int, ...], ...]:
    """Find the smallest sets of bars and reserve values whose falling would open the zone of possible agreement.

    A package can be signed if all that stands against it falls. So a set opens the zone if it contains everything that
    stands against some package, and the smallest such sets are the least of these, by inclusion.

    Parameters
    ----------
    space : the space; 62 bars and parties together at the most
    worth : as from `payoffs`

    Returns
    -------
    Sets of names of bars and places of parties (their reserve value), the shortest first; `((),)` if the zone is open

    Raises
    ------
    EngineError
        If there are too many bars.
    """
    stands: list[str | int] = [*(bar.name for bar in space.bars), *range(space.parties)]
    if len(stands) > 62:
        raise EngineError(f"{len(space.bars)} bars and {space.parties} parties are too many; 62 can be told apart")
    against = np.zeros(space.sizes, dtype=np.int64)
    for place, bar in enumerate(space.bars):
        against |= bar.closed.reshape(_spread(space, bar.issues)).astype(np.int64) << place
    flat = against.reshape(-1)
    for party in range(space.parties):
        flat |= (worth[party] < space.reserve[party]).astype(np.int64) << (len(space.bars) + party)
    least: list[int] = []
    for mask in sorted(np.unique(flat).tolist(), key=lambda each: (each.bit_count(), each)):
        if not any(mask & other == other for other in least):
            least.append(mask)
    return tuple(tuple(name for place, name in enumerate(stands) if mask >> place & 1) for mask in least)


def _spread(space: Space, issues: Sequence[int]) -> tuple[int, ...]:
    """The shape of a table over some issues among all of them."""
    return tuple(size if place in issues else 1 for place, size in enumerate(space.sizes))
