"""What of a state graph to draw so that it can be read: `lines` of moves, and `salient` states where there are many.

Nothing that is left out is lost: a move that is not a line follows from lines, and a state that is not salient lies on
no shortest path to an equilibrium.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Moves
from parley.methods.graph_paths import routes

__all__ = ["Line", "lines", "salient"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The moves of one decision maker between two states, one way or both.

    Attributes
    ----------
    mover : who moves
    worse, better : the two states; of two that the mover likes equally well, the lower one is `worse`
    up, down : whether it can move to the better one, and to the worse one
    gains : whether it prefers the better one, and can move there: a unilateral improvement
    """

    mover: int
    worse: int
    better: int
    up: bool
    down: bool
    gains: bool


def lines(moves: Moves, rank: NDArray[np.integer], states: Collection[int]) -> tuple[Line, ...]:
    """Find the fewest lines from which every move between some states follows.

    Where a decision maker's moves are transitive, as those of options are, its ways along lines that follow one
    another are also single moves: of these only the lines are kept, the transitive reduction. Where they are not, every
    move is a line.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
    states : the states between which moves count

    Returns
    -------
    The lines, decision maker after decision maker, by their states.
    """
    kept = frozenset(states)
    found: list[Line] = []
    for mover, lists in enumerate(moves):
        targets = {state: lists[state] & kept for state in sorted(kept)}
        every = _lines_of(mover, targets, rank[mover].tolist())
        found += _reduced(every) if _transitive(targets) else every
    return tuple(found)


def _lines_of(mover: int, targets: dict[int, frozenset[int]], place: Sequence[int]) -> list[Line]:
    pairs = {(min(s, q), max(s, q)) for s, reached in targets.items() for q in reached}
    found = []
    for s, q in sorted(pairs):
        worse, better = (q, s) if place[s] < place[q] else (s, q)
        up, down = better in targets[worse], worse in targets[better]
        gains = up and place[better] < place[worse]
        found.append(Line(mover=mover, worse=worse, better=better, up=up, down=down, gains=gains))
    return found


def _transitive(targets: dict[int, frozenset[int]]) -> bool:
    return all(targets[q] - {s} <= reached for s, reached in targets.items() for q in reached)


def _reduced(every: Sequence[Line]) -> list[Line]:
    """Leave out each line that follows from two others, which again may follow from others, and so on."""
    up = {(line.worse, line.better): (line.up, line.down) for line in every}
    above: dict[int, list[int]] = {}
    for line in every:
        above.setdefault(line.worse, []).append(line.better)

    def follows(line: Line) -> bool:
        for middle in above[line.worse]:
            if (middle, line.better) in up:
                first, second = up[line.worse, middle], up[middle, line.better]
                if (first[0] and second[0]) >= line.up and (first[1] and second[1]) >= line.down:
                    return True
        return False

    return [line for line in every if not follows(line)]


def salient(moves: Moves, equilibria: Collection[int], start: int | None, *, most: int) -> tuple[tuple[int, ...], bool]:
    """Choose the states that tell most: the status quo, the equilibria, and what lies on the shortest paths to them.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    equilibria : the states that hold
    start : the status quo; None where it is infeasible
    most : choose no more than this many; the equilibria nearest to the status quo go first, then what lies on a path
        to each, the nearest again first

    Returns
    -------
    states : the states, rising
    complete : whether all that lies on a shortest path to one of these equilibria is among them
    """
    if start is None:
        return tuple(sorted(equilibria)[:most]), True
    found = routes(moves, start)
    nearest = sorted(equilibria, key=lambda state: (found.steps.get(state, len(moves[0])), state))
    shown = nearest[: most - 1]
    chosen, complete = {start, *shown}, True
    for state in shown:
        paths, every = found.shortest(state)
        complete &= every
        for path in paths:
            grown = chosen | {reached for _, reached in path}
            complete &= len(grown) <= most
            chosen = grown if len(grown) <= most else chosen
    return tuple(sorted(chosen)), complete
