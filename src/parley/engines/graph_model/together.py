"""What coalitions could do, in single forecasts of small conflicts: `variables` lays it out, `detail` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from parley.engines.graph_model.model import Model
from parley.errors import EngineError
from parley.methods.graph_coalitions import (
    COALITIONAL,
    Reach,
    by_legal_sequences,
    coalitions,
    fused,
    joint_improvements,
    jumps_between,
    stable_for,
)
from parley.methods.option_form import OptionMoves

__all__ = ["VARIABLES", "CoalitionMoves", "detail", "equilibria", "jumps", "variables"]

CoalitionMoves = Literal["by_legal_sequences", "fused"]

MAX_MAKERS = 8
"""With more decision makers than this there are too many coalitions to judge every one."""

ONLY = "small conflicts only"

VARIABLES = {
    "member": f"{ONLY}: 1 where the decision maker belongs to the coalition",
    "coalition_stable": f"{ONLY}: 1 where the state is stable for the coalition under CNash, CGMR, CSMR or CSEQ",
    "gain_by": f"{ONLY}: number of the coalition, from 0, whose members would all gain by going elsewhere together",
    "gain_from": f"{ONLY}: the state that they would leave",
    "gain_to": f"{ONLY}: the state that they would get to",
    "jump_by": f"{ONLY}: number of the coalition that could go from one equilibrium to another that all members prefer",
    "jump_from": f"{ONLY}: the equilibrium, under the chosen concept, that it would leave",
    "jump_to": f"{ONLY}: the equilibrium that it would get to",
}


def variables(model: Model, rank: NDArray[np.int32], resting: NDArray[np.bool_], how: CoalitionMoves) -> dict[str, Any]:
    """Judge every state for every coalition; nothing where there are more than `MAX_MAKERS` decision makers.

    Parameters
    ----------
    model : the graph model
    rank : shape (decision maker, state)
    resting : the equilibria under the chosen concept, shape (state,)
    how : how coalitions move

    Raises
    ------
    EngineError
        If coalitions are to be fused where moves do not follow from options.
    """
    if len(model.makers) > MAX_MAKERS:
        return {}
    moves, reach, ids = model.lists, _reach(model, how), model.states.ids
    groups = list(coalitions(range(len(model.makers))))
    stable = [[stable_for(moves, rank, group, concept, reach=reach) for group in groups] for concept in COALITIONAL]
    gains = [
        (number, state, target)
        for number, group in enumerate(groups)
        for state in range(ids.size)
        for target in sorted(joint_improvements(reach, rank, group, state))
    ]
    found = jumps_between(np.flatnonzero(resting).tolist(), rank, reach)
    jumps = [(groups.index(jump.coalition), jump.start, jump.end) for jump in found]
    return {
        "coalitional_concept": ("coalitional_concept", list(COALITIONAL)),
        "member": (("coalition", "decision_maker"), [[int(i in each) for i in range(len(rank))] for each in groups]),
        "coalition_stable": (("coalitional_concept", "coalition", "state"), np.array(stable, dtype=np.int8)),
        **_rows("gain", gains, ids),
        **_rows("jump", jumps, ids),
    }


def jumps(
    model: Model, rank: NDArray[np.int32], resting: Sequence[int], how: CoalitionMoves
) -> list[tuple[tuple[str, ...], int, int]]:
    """List who could go together from one resting point to another that all of them prefer.

    Parameters
    ----------
    model : the graph model
    rank : shape (decision maker, state)
    resting : positions of the resting points
    how : how coalitions move

    Returns
    -------
    The decision makers, and the positions of the two states; nothing where there are too many decision makers.
    """
    if len(model.makers) > MAX_MAKERS:
        return []
    found = jumps_between(resting, rank, _reach(model, how))
    return [(tuple(model.makers[i] for i in sorted(each.coalition)), each.start, each.end) for each in found]


def _reach(model: Model, how: CoalitionMoves) -> Reach:
    if how == "by_legal_sequences":
        return by_legal_sequences(model.lists)
    if not isinstance(model.moves, OptionMoves):
        raise EngineError(
            "a fused coalition changes its members' options at once; where moves are drawn, or a state is several "
            "combinations of options, nothing says what comes of that: set coalition_moves to by_legal_sequences"
        )
    moves = model.moves
    one_way = {"stays_taken": moves.stays_taken, "stays_dropped": moves.stays_dropped}
    return fused(moves.codes.tolist(), moves.own, **one_way)


def _rows(name: str, rows: list[tuple[int, int, int]], ids: NDArray[Any]) -> dict[str, Any]:
    by, start, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return {f"{name}_by": (name, by), f"{name}_from": (name, ids[start]), f"{name}_to": (name, ids[end])}


def equilibria(data: xr.Dataset) -> dict[str, list[Any]]:
    """By coalitional concept, the states that are stable for every coalition; none where coalitions were not judged."""
    if "coalition_stable" not in data:
        return {}
    stable, ids = data["coalition_stable"].values > 0, data["state"].values
    return {concept: ids[rows.all(axis=0)].tolist() for concept, rows in zip(COALITIONAL, stable, strict=True)}


def detail(data: xr.Dataset, how: str) -> dict[str, Any] | None:
    """Tell what every coalition could do, by the scenario's own names; None where coalitions were not judged.

    Parameters
    ----------
    data : a single forecast's variables
    how : how coalitions move
    """
    if "coalition_stable" not in data:
        return None
    ids, makers = data["state"].values, data["decision_maker"].values
    parties = [makers[row].tolist() for row in data["member"].values > 0]
    improvements: list[dict[Any, list[Any]]] = [{} for _ in parties]
    for by, start, end in _told(data, "gain"):
        improvements[by].setdefault(start, []).append(end)
    stable = data["coalition_stable"].values > 0
    return {
        "moves": how,
        "by_coalition": [
            {
                "parties": parties[k],
                "stable": {concept: ids[stable[c, k]].tolist() for c, concept in enumerate(COALITIONAL)},
                "improvements": improvements[k],
            }
            for k in range(len(parties))
        ],
        "jumps": [{"from": start, "to": end, "parties": parties[by]} for by, start, end in _told(data, "jump")],
    }


def _told(data: xr.Dataset, name: str) -> list[tuple[int, Any, Any]]:
    return list(zip(*(data[f"{name}_{part}"].values.tolist() for part in ("by", "from", "to")), strict=True))
