"""How a conflict can get from the present state to another: `Routes`, made by `routes`, is the main name.

As everywhere in the graph model nobody moves twice in a row, so a path that is shortest to a state may not be the
beginning of a shortest path beyond it: the search runs over states together with who moved last.
"""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Concept, Moves, stable

__all__ = ["Path", "Routes", "equilibria_within_reach", "least_reluctant_path", "routes"]

Path = tuple[tuple[int, int], ...]
"""Step by step, who moves and the state that the move leads to."""

Node = tuple[int, int | None]
"""A state and who moved last; nobody at the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """Where legal sequences of moves lead from one state.

    Attributes
    ----------
    start : the state that they start from
    steps : by state that is reached, the least number of moves to it; 0 for the start
    before : by state and last mover, all that come right before it on a shortest sequence that ends with that mover
    distance : by state and last mover, the length of such a sequence
    """

    start: int
    steps: dict[int, int]
    before: dict[Node, tuple[Node, ...]]
    distance: dict[Node, int]

    def shortest(self, target: int, *, most: int = 100) -> tuple[tuple[Path, ...], bool]:
        """List the shortest legal paths to a state.

        Parameters
        ----------
        target : a state
        most : list no more than this many

        Returns
        -------
        paths : in order of their movers and states; none where the target cannot be reached; one without steps for
            the start itself
        complete : whether these are all
        """
        if target not in self.steps:
            return (), True
        ends = [node for node, length in self.distance.items() if node[0] == target and length == self.steps[target]]
        every = itertools.chain.from_iterable(self._to(node) for node in sorted(ends, key=_order))
        found = tuple(itertools.islice(every, most + 1))
        return found[:most], len(found) <= most

    def _to(self, node: Node) -> Iterator[Path]:
        state, mover = node
        if mover is None:
            yield ()
            return
        for previous in sorted(self.before[node], key=_order):
            for path in self._to(previous):
                yield (*path, (mover, state))


def routes(moves: Moves, start: int, *, movers: Collection[int] | None = None) -> Routes:
    """Search for the states that some decision makers can bring about, and the shortest ways there.

    Parameters
    ----------
    moves : reachable lists by decision maker and state; `improvements` of them, where each step must better its mover
    start : the state that they start from
    movers : the decision makers that may move; all of them unless given

    Source
    ------
    The analysis of evolution from the status quo in [LiKilgourHipel2005]_; shortest coloured paths, the colours being
    the movers, in [XuKilgourHipelKemkes2010]_.
    """
    everyone = range(len(moves)) if movers is None else sorted(movers)
    origin: Node = (start, None)
    distance: dict[Node, int] = {origin: 0}
    before: dict[Node, list[Node]] = {origin: []}
    waiting = deque([origin])
    while waiting:
        node = waiting.popleft()
        state, last = node
        for mover in everyone:
            for target in sorted(moves[mover][state]) if mover != last else ():
                following = (target, mover)
                if following not in distance:
                    distance[following] = distance[node] + 1
                    before[following] = []
                    waiting.append(following)
                if distance[following] == distance[node] + 1:
                    before[following].append(node)
    steps: dict[int, int] = {}
    for (state, _), length in distance.items():
        steps[state] = min(length, steps.get(state, length))
    return Routes(
        start=start, steps=steps, before={node: tuple(each) for node, each in before.items()}, distance=distance
    )


def least_reluctant_path(moves: Moves, rank: NDArray[np.integer], start: int, target: int) -> Path | None:
    """Find a legal path on which as few moves as possible are against, or indifferent to, their mover's preference.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    start, target : where it begins and ends

    Returns
    -------
    Of the paths with the fewest moves that do not better their mover a shortest one, the first in order of movers and
    states; None where no legal path leads there.

    Source
    ------
    Ours: the search of `routes`, in which a move that does not better its mover outweighs any number that do.
    """
    waiting: list[tuple[int, int, Path]] = [(0, 0, ())]
    settled: set[Node] = set()
    while waiting:
        against, length, path = heapq.heappop(waiting)
        last, state = path[-1] if path else (None, start)
        if state == target:
            return path
        if (state, last) in settled:
            continue
        settled.add((state, last))
        for mover, lists in enumerate(moves):
            for reached in lists[state] if mover != last else ():
                if (reached, mover) not in settled:
                    cost = against + int(rank[mover, reached] >= rank[mover, state])
                    heapq.heappush(waiting, (cost, length + 1, (*path, (mover, reached))))
    return None


def equilibria_within_reach(
    moves: Moves, rank: NDArray[np.integer], concept: Concept, found: Routes
) -> tuple[tuple[int, int], ...]:
    """List the equilibria that a conflict could come to rest at, with the least number of moves to each.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
    concept : the stability that a resting point needs
    found : the routes from the status quo, by moves or by improvements

    Returns
    -------
    Pairs of a state and a number of moves, the nearest first.
    """
    resting = np.flatnonzero(stable(moves, rank, concept).all(axis=0)).tolist()
    reached = [(state, found.steps[state]) for state in resting if state in found.steps]
    return tuple(sorted(reached, key=lambda each: (each[1], each[0])))


def _order(node: Node) -> tuple[int, int]:
    state, mover = node
    return (-1 if mover is None else mover, state)
