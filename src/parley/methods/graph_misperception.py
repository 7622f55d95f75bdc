"""Stability where decision makers see different conflicts. `stable_as_perceived` is the main name.

Somebody may not know of an option, take a move for impossible, or be wrong about what others prefer. Each decision
maker then judges states in the conflict that it sees, and acts on that.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.graph import Concept, Moves, stable

__all__ = ["Perceived", "Perception", "stable_as_perceived", "without_states"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Perception:
    """The conflict as one decision maker sees it; states have the same numbers for everybody.

    Attributes
    ----------
    moves : the reachable lists that it believes in, of all decision makers
    rank : the preferences that it believes in, its own and those of the others, shape (decision maker, state)
    unseen : states that it does not know of
    """

    moves: Moves
    rank: NDArray[np.integer]
    unseen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Perceived:
    """Which states hold for whom, each by its own lights.

    Attributes
    ----------
    stable : array of bool, shape (decision maker, state); False where it does not see the state
    seen : array of bool, shape (decision maker, state)
    """

    stable: NDArray[np.bool_]
    seen: NDArray[np.bool_]

    @property
    def equilibria(self) -> NDArray[np.bool_]:
        """States that everybody sees and nobody would leave, shape (state,)."""
        result: NDArray[np.bool_] = np.logical_and.reduce(self.stable)
        return result

    @property
    def surprises(self) -> NDArray[np.bool_]:
        """States that nobody who sees them would leave, and that somebody does not see, shape (state,)."""
        held = np.logical_and.reduce(self.stable | ~self.seen)
        result: NDArray[np.bool_] = held & np.logical_or.reduce(self.seen) & ~np.logical_and.reduce(self.seen)
        return result


def without_states(moves: Moves, unseen: Collection[int]) -> Moves:
    """Leave out the moves from and to states that somebody does not know of.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    unseen : the states
    """
    hidden = frozenset(unseen)
    return [
        [frozenset() if state in hidden else targets - hidden for state, targets in enumerate(lists)] for lists in moves
    ]


def stable_as_perceived(perceptions: Sequence[Perception], concept: Concept) -> Perceived:
    """Tell which states are stable for each decision maker in the conflict that it sees.

    Parameters
    ----------
    perceptions : how each decision maker sees the conflict
    concept : the stability that is meant

    Raises
    ------
    ValueError
        If the perceptions are not of as many decision makers, or not of the same states.

    Source
    ------
    Hypergames, [Bennett1977]_, as brought into conflict analysis in [WangHipelFraser1988]_.
    """
    shapes = {perception.rank.shape for perception in perceptions}
    if len(shapes) != 1 or next(iter(shapes))[0] != len(perceptions):
        raise ValueError(
            f"{len(perceptions)} perceptions, of decision makers and states {sorted(shapes)}: these differ"
        )
    seen = np.ones(next(iter(shapes)), dtype=np.bool_)
    verdict = np.zeros_like(seen)
    for i, perception in enumerate(perceptions):
        seen[i, list(perception.unseen)] = False
        verdict[i] = stable(without_states(perception.moves, perception.unseen), perception.rank, concept)[i]
    return Perceived(stable=verdict & seen, seen=seen)
