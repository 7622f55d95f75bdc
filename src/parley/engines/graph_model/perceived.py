"""The conflict as each decision maker sees it: `perceptions_of`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict import Conflict, DrawnMove, Perception
from parley.engines.graph_model.model import Model
from parley.engines.graph_model.preferences import ranked
from parley.errors import EngineError
from parley.methods import graph_misperception as methods
from parley.methods.graph import Moves
from parley.methods.option_form import option_prioritisation

__all__ = ["perceptions_of"]


def perceptions_of(conflict: Conflict, model: Model, rank: NDArray[np.int32]) -> list[methods.Perception]:
    """Put together what each decision maker sees; who has no perception of its own sees the conflict as it is.

    Parameters
    ----------
    conflict : the conflict
    model : its graph model
    rank : what the decision makers do prefer, shape (decision maker, state)

    Raises
    ------
    EngineError
        If somebody is said not to see a move that does not exist.
    """
    own = {perception.party: perception for perception in conflict.perceptions}
    return [_seen(own.get(maker, Perception(party=maker)), model, rank) for maker in model.makers]


def _seen(perception: Perception, model: Model, rank: NDArray[np.int32]) -> methods.Perception:
    believed = rank.copy()
    for belief in perception.believes:
        i = model.makers.index(belief.party)
        if belief.ranking:
            believed[i] = ranked(belief.ranking, model.states)
        else:
            believed[i] = option_prioritisation(model.states.truth(belief.wants))
    unseen = model.states.truth([perception.unseen])[:, 0] if perception.unseen else np.zeros(0, dtype=np.bool_)
    return methods.Perception(
        moves=_without(model, perception.unseen_moves),
        rank=believed,
        unseen=frozenset(np.flatnonzero(unseen).tolist()),
    )


def _without(model: Model, unseen: Sequence[DrawnMove]) -> Moves:
    """The moves without those that are not seen; states that a held option rules out are passed over."""
    place = {name: state for state, name in enumerate(model.states.ids.tolist())}
    moves = [list(lists) for lists in model.lists]
    for move in unseen:
        lists = moves[model.makers.index(move.party)]
        if move.leaves not in place:
            continue
        for name in move.reaches:
            if name in place and place[name] not in lists[place[move.leaves]]:
                raise EngineError(
                    f"'{move.party}' cannot move from '{move.leaves}' to '{name}', so that nobody fails to see it: "
                    "look at unseen_moves"
                )
        lists[place[move.leaves]] -= {place[name] for name in move.reaches if name in place}
    return moves
