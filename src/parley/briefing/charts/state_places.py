"""Where the states of a conflict stand on a sheet: in `grids` where options tell them apart, or else in `layers`.

In a grid each column and each row is what some of the movers do, so that every mover's moves run one way: across, or up
and down. States that are drawn rather than told by options stand in layers, by their distance from the status quo.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

__all__ = ["Grid", "Key", "grids", "layers"]

Key = tuple[int | None, ...]
"""What each mover of an axis does: the number of its choice, None where the state leaves that open."""

CLEAR = 0.75
"""States that share a column stand so many rows apart at least, and those that share a row so many columns."""

SWEEPS = 6
"""How often the order within the layers is gone over."""

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """States in columns and rows.

    Attributes
    ----------
    across, down : the movers whose choices tell columns and rows apart
    columns, rows : what they do in each
    place : by state, its column and row; in the middle of several where the state leaves open which of them it is in
    """

    across: tuple[str, ...]
    down: tuple[str, ...]
    columns: tuple[Key, ...]
    rows: tuple[Key, ...]
    place: Mapping[str, tuple[float, float]]


def grids(states: Sequence[State], choices: Mapping[str, Sequence[str]]) -> list[Grid]:
    """Find every way to give the movers that have a choice to columns and rows, as evenly as can be.

    Parameters
    ----------
    states : each with its `id` and, by mover, the number of its choice `at`, None where it is open
    choices : by mover, its choices in words; empty where states are drawn

    Returns
    -------
    The grids in which every state has a place of its own.
    """
    movers = tuple(mover for mover, words in choices.items() if len(words) > 1)
    half = len(movers) // 2
    found = [
        _grid(states, across, tuple(mover for mover in movers if mover not in across))
        for size in sorted({half, len(movers) - half}, reverse=True)
        for across in itertools.combinations(movers, size)
    ]
    return [each for each in found if each is not None] if movers else []


def _grid(states: Sequence[State], across: tuple[str, ...], down: tuple[str, ...]) -> Grid | None:
    keys = [[tuple(state["at"][mover] for mover in axis) for state in states] for axis in (across, down)]
    columns, rows = (tuple(sorted({key for key in held if None not in key})) for held in keys)
    if not (columns and rows):
        return None
    place = {
        str(state["id"]): (_middle(column, columns), _middle(row, rows))
        for state, column, row in zip(states, *keys, strict=True)
    }
    crowded = any(
        abs(x - other_x) < CLEAR and abs(y - other_y) < CLEAR
        for (x, y), (other_x, other_y) in itertools.combinations(place.values(), 2)
    )
    return None if crowded else Grid(across=across, down=down, columns=columns, rows=rows, place=place)


def _middle(key: Key, settled: Sequence[Key]) -> float:
    """The middle of those among the settled keys that this one may be."""
    held = [
        number
        for number, other in enumerate(settled)
        if all(mine in (None, theirs) for mine, theirs in zip(key, other, strict=True))
    ]
    return fmean(held or range(len(settled)))


def layers(
    states: Sequence[str], links: Collection[tuple[str, str]], start: str | None, *, most: int
) -> list[list[str]]:
    """Put states in layers by their distance from the start, in an order in which few links cross.

    Parameters
    ----------
    states : their ids
    links : pairs of states between which somebody can move
    start : the status quo, alone in the first layer; None: the first state takes its place
    most : a layer holds no more states than this; the rest stand in further ones right after it

    Returns
    -------
    The layers from the top; states that no link leads to come last, from the first of them on.
    """
    beside: dict[str, list[str]] = {state: [] for state in states}
    for first, second in sorted(links):
        beside[first].append(second)
        beside[second].append(first)
    rest = [state for state in states if state != start]
    found: list[list[str]] = []
    while start is not None or rest:
        layer = [start if start is not None else rest[0]]
        start = None
        while layer:
            rest = [state for state in rest if state not in layer]
            found.append(layer)
            reached = {other for state in layer for other in beside[state]}
            layer = [state for state in rest if state in reached]
    return [layer[k : k + most] for layer in _uncrossed(found, beside) for k in range(0, len(layer), most)]


def _uncrossed(found: list[list[str]], beside: Mapping[str, list[str]]) -> list[list[str]]:
    """Sweep down and up over the layers, putting each state at the mean place of those linked to it: barycentres.

    Source
    ------
    Sugiyama, Tagawa and Toda (1981), Methods for visual understanding of hierarchical system structures.
    """
    place = {state: (k + 0.5) / len(layer) for layer in found for k, state in enumerate(layer)}
    for sweep in range(SWEEPS):
        for layer in found if sweep % 2 == 0 else reversed(found):
            centre = {state: fmean([place[each] for each in beside[state]] or [place[state]]) for state in layer}
            layer.sort(key=lambda state: centre[state])
            place |= {state: (k + 0.5) / len(layer) for k, state in enumerate(layer)}
    return found
