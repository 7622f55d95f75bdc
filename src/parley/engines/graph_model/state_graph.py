"""The state graph of a scenario, to be drawn: `StateGraph`, made by `GraphModel.graph`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.engines.graph_model.model import Model
from parley.methods.graph import Moves
from parley.methods.option_form import OptionMoves, on_demand

__all__ = ["StateGraph"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StateGraph:
    """States, moves and resting points at the modes of all estimates.

    Attributes
    ----------
    concept : the stability that a resting point needs
    model : the graph model
    rank : shape (decision maker, state); 1 for its best states
    equilibrium : whether the state is stable for all, reachable or not, shape (state,)
    """

    concept: str
    model: Model
    rank: NDArray[np.int32]
    equilibrium: NDArray[np.bool_]

    @property
    def moves(self) -> Moves:
        """The moves, listed where somebody looks."""
        moves = self.model.moves
        return on_demand(moves) if isinstance(moves, OptionMoves) else moves
