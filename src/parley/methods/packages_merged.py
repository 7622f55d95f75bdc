"""Frontiers of large spaces, by merging those of issues that hang together. `merged_frontier` is the main name.

Issues hang together where some part of a payoff, or a bar, looks at both. Payoffs of different groups of issues add up;
so a package on the joint frontier consists of packages on the frontier of each group, and only those need be joined.
With two parties, spaces far beyond listing are solved exactly, and each point knows the levels that it is made of.

Source
------
The frontier of a sum lies in the sum of frontiers, [DaellenbachDeKluyver1980]_.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.frontier import frontier
from parley.methods.packages import MAX_PACKAGES, Bar, Part, Space, listed, open_packages, payoffs

__all__ = ["DIGITS", "Merged", "groups", "merged_frontier", "worth_of"]

Array = NDArray[np.float64]
Places = NDArray[np.intp]


ALIKE = 10_000
"""As many packages are kept where several have the same payoffs; of more, one for each point of the frontier."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Merged:
    """The packages on the frontier of a space.

    Attributes
    ----------
    levels : the level of each issue, shape (package, issue)
    payoff : what each package is worth, shape (party, package)
    """

    levels: Places
    payoff: Array


def groups(issues: int, looks: Iterable[Sequence[int]]) -> tuple[tuple[int, ...], ...]:
    """Sort issues into groups that hang together.

    Parameters
    ----------
    issues : number of issues
    looks : the issues that some part or bar looks at together, each by place

    Returns
    -------
    The issues of each group, rising; groups by their first issue

    Examples
    --------
    >>> groups(5, [(0, 3), (3, 4), (1,)])
    ((0, 3, 4), (1,), (2,))
    """
    held = list(range(issues))
    for together in looks:
        for issue in together[1:]:
            old, new = held[issue], held[together[0]]
            held = [new if each == old else each for each in held]
    found = dict.fromkeys(held)
    return tuple(tuple(i for i in range(issues) if held[i] == group) for group in found)


DIGITS = 12
"""Payoffs that are the same to so many decimals are the same: what is left is the rounding of sums."""


def merged_frontier(space: Space, *, most: int = MAX_PACKAGES, digits: int | None = DIGITS) -> Merged:
    """Find the frontier among packages that cross no bar, whatever the reserve values.

    Parameters
    ----------
    space : the space; parties whose reserve value is -inf do not count, but their payoffs are given
    most : the most packages of one group that may be listed
    digits : payoffs count as the same to so many decimals; None: to the last bit of their sums

    Returns
    -------
    The packages on the frontier, from the best for the first party that counts downwards, with payoffs to so many
    decimals. Packages with the same payoffs are all kept while no more than `ALIKE` are on the frontier, else the first
    of them; no packages at all where every one crosses a bar.

    Raises
    ------
    EngineError
        If a group has more packages than may be listed.
    """
    looks = [*(part.issues for part in space.parts), *(bar.issues for bar in space.bars)]
    counted = np.isfinite(space.reserve)
    levels, payoff = np.zeros((1, 0), dtype=np.intp), np.zeros((space.parties, 1))
    order: list[int] = []
    for issues in groups(len(space.sizes), looks):
        part = _group(space, issues, most, digits)
        sums = (payoff[:, np.newaxis, :] + part.payoff[:, :, np.newaxis]).reshape(space.parties, -1)
        kept = _on_frontier(_rounded(sums[counted], digits))
        here, before = np.divmod(kept, max(payoff.shape[1], 1))
        levels = np.concatenate([levels[before], part.levels[here]], axis=1)
        payoff = sums[:, kept]
        order += issues
    return Merged(levels=levels[:, np.argsort(order)], payoff=_rounded(payoff, digits))


def _rounded(payoff: Array, digits: int | None) -> Array:
    return payoff if digits is None else np.round(payoff, digits)


def worth_of(space: Space, levels: Places) -> Array:
    """What packages are worth, shape (party, package), from their levels, shape (package, issue), without listing."""
    result = np.zeros((space.parties, len(levels)))
    for part in space.parts:
        key: tuple[slice | Places, ...] = (slice(None), *(levels[:, issue] for issue in part.issues))
        result += part.payoff[key]
    return result


def _group(space: Space, issues: Sequence[int], most: int, digits: int | None) -> Merged:
    """The frontier of one group's packages that cross no bar."""
    place = {issue: k for k, issue in enumerate(issues)}

    def moved(looks: Sequence[int]) -> tuple[int, ...]:
        return tuple(place[issue] for issue in looks)

    sizes = tuple(space.sizes[issue] for issue in issues)
    if math.prod(sizes) > most:
        raise EngineError(
            f"{len(issues)} issues hang together in {math.prod(sizes):,} packages, and up to {most:,} can be listed: "
            "give them fewer levels"
        )
    alone = Space(
        sizes=sizes,
        parties=space.parties,
        parts=tuple(
            Part(issues=moved(part.issues), payoff=part.payoff)
            for part in space.parts
            if set(part.issues) <= set(place)
        ),
        bars=tuple(
            Bar(name=bar.name, issues=moved(bar.issues), closed=bar.closed)
            for bar in space.bars
            if set(bar.issues) <= set(place)
        ),
        reserve=space.reserve,
    )
    worth = payoffs(alone)
    free = np.flatnonzero(open_packages(replace(alone, reserve=np.full(space.parties, -np.inf)), worth))
    kept = free[_on_frontier(_rounded(worth[np.isfinite(space.reserve)][:, free], digits))]
    return Merged(levels=listed(alone, kept), payoff=worth[:, kept])


def _on_frontier(worth: Array) -> Places:
    """The places of the frontier in falling order of the first payoff; each point once where there are too many."""
    found = frontier(worth)
    found = found[np.lexsort((found, *-worth[::-1, found]))]
    if found.size <= ALIKE:
        return np.asarray(found)
    new = np.append(True, (worth[:, found[1:]] != worth[:, found[:-1]]).any(axis=0))
    return np.asarray(found[new[: found.size]])
