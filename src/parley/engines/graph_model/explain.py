"""Why a state holds, or who would leave it: `reasons`, the certificates of one state by the scenario's own names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parley.engines.graph_model.model import Model
from parley.errors import EngineError, did_you_mean
from parley.methods.graph import Concept, Moves
from parley.methods.graph_certificates import Certificate, certifier, simultaneous_certificate
from parley.methods.option_form import OptionMoves, on_demand

__all__ = ["certificates", "place_of", "reasons"]


def place_of(model: Model, state: int | str) -> int:
    """The position of a state, by its number or its id.

    Raises
    ------
    EngineError
        If there is no such state, or a held option rules it out.
    """
    known = [str(each) for each in model.states.ids.tolist()]
    if str(state) not in known:
        raise EngineError(f"there is no state '{state}': {did_you_mean(str(state), known, noun='state')}")
    return known.index(str(state))


def certificates(
    model: Model, rank: NDArray[np.integer], concept: Concept | Literal["SIM"]
) -> Callable[[int, int], Certificate]:
    """Make the function that certifies a decision maker and a state, both by position.

    Parameters
    ----------
    model : the graph model
    rank : array, shape (decision maker, state)
    concept : the stability; SIM only where `model.moves` are told by options
    """
    moves: Moves = on_demand(model.moves) if isinstance(model.moves, OptionMoves) else model.moves
    if concept != "SIM":
        return certifier(moves, rank, concept)
    codes = model.states.codes.tolist()
    return lambda maker, state: simultaneous_certificate(codes, moves, rank, maker, state)


def reasons(
    model: Model, rank: NDArray[np.integer], concept: Concept | Literal["SIM"], place: int
) -> dict[str, dict[str, Any]]:
    """Say for each decision maker why a state is stable, or why not; see `certificates`.

    Returns
    -------
    By decision maker: `stable`; `unanswered`, the best improvement that nobody answers, else None; `answers`, where it
    is stable, to each `improvement` the `steps` of the others (`party` and `to`) and where they `end`.
    """
    certify = certificates(model, rank, concept)
    ids = model.states.ids.tolist()

    def told(found: Certificate) -> dict[str, Any]:
        return {
            "stable": found.stable,
            "unanswered": None if found.unanswered is None else ids[found.unanswered],
            "answers": [
                {
                    "improvement": ids[answer.improvement],
                    "steps": [{"party": model.makers[step.mover], "to": ids[step.to]} for step in answer.steps],
                    "end": ids[answer.end],
                }
                for answer in found.answers
            ],
        }

    return {maker: told(certify(i, place)) for i, maker in enumerate(model.makers)}
