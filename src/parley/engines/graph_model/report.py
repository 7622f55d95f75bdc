"""What a single forecast of the graph model tells besides the answers common to draws: `picture` and `detail_of`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.forecast import Forecast
from parley.engines.graph_model.model import Model
from parley.engines.graph_model.preferences import Wishes
from parley.methods.graph import improvements
from parley.methods.option_form import statement_order

__all__ = ["LISTED_STATES", "detail_of", "picture"]

LISTED_STATES = 4096
"""Up to this many states improvements, statements and labels in words are listed, and SIM is judged unasked."""


def picture(model: Model, draws: Draws, rank: NDArray[np.int32], stable: NDArray[np.bool_]) -> dict[str, Any]:
    """Lay out the variables of a single forecast.

    Parameters
    ----------
    model : the graph model
    draws : its one draw
    rank : shape (decision maker, state)
    stable : shape (concept, decision maker, state)
    """
    small = model.states.ids.size <= LISTED_STATES
    now = np.arange(model.states.ids.size) == (-1 if model.status_quo is None else model.status_quo)
    return {
        "stable": (("concept", "decision_maker", "state"), stable.astype(np.int8)),
        "rank": (("decision_maker", "state"), rank),
        "taken": (("state", "option"), _taken(model)),
        "label": ("state", _labels(model)),
        "reachable": ("state", model.reachable.astype(np.int8)),
        "status_quo": ("state", now.astype(np.int8)),
        "indifferent": ("decision_maker", (rank == 1).all(axis=1).astype(np.int8)),
        **(_improvements(model, rank) | _statements(model, draws) if small else {}),
    }


def _taken(model: Model) -> NDArray[Any]:
    taken, left_open = model.states.taken, model.states.left_open
    return np.where(left_open, np.nan, taken) if left_open.any() else taken.astype(np.int8)


def _labels(model: Model) -> list[str] | NDArray[np.str_]:
    """The options taken in each state, in words; where there are very many states, as Y and N in their order."""
    if model.states.ids.size <= LISTED_STATES or not model.names:
        return [model.label(state) for state in range(model.states.ids.size)]
    letters = np.where(model.states.taken, "Y", np.where(model.states.left_open, "-", "N"))
    return letters.view(f"<U{letters.shape[1]}").reshape(-1)


def _improvements(model: Model, rank: NDArray[np.int32]) -> dict[str, Any]:
    steps = [
        (maker, state, target)
        for maker, lists in zip(model.makers, improvements(model.lists, rank), strict=True)
        for state, targets in enumerate(lists)
        for target in sorted(targets)
    ]
    by, origin, target = zip(*steps, strict=True) if steps else ((), (), ())
    return {
        "improvement_by": ("improvement", np.array(by, dtype=np.str_)),
        "improvement_from": ("improvement", model.states.ids[np.array(origin, dtype=np.intp)]),
        "improvement_to": ("improvement", model.states.ids[np.array(target, dtype=np.intp)]),
    }


def _statements(model: Model, draws: Draws) -> dict[str, Any]:
    """Every decision maker's statements, most important first, and where they hold."""
    by, says, scored = [], [], [np.zeros((0, model.states.ids.size), dtype=np.int8)]
    for maker, wishes in zip(model.makers, model.wishes, strict=True):
        order = _order(wishes, draws)
        by += [maker] * len(order)
        says += [wishes.says[k] for k in order]
        scored.append(wishes.truth.T[order].astype(np.int8))
    return {
        "statement_by": ("statement", np.array(by, dtype=np.str_)),
        "statement_says": ("statement", np.array(says, dtype=np.str_)),
        "scored": (("statement", "state"), np.concatenate(scored)),
    }


def _order(wishes: Wishes, draws: Draws) -> list[int]:
    importance = np.array([draws.column(path)[0] for path in wishes.importance], dtype=np.float64)
    return [int(k) for k in statement_order(importance)]


def detail_of(forecast: Forecast) -> dict[str, Any]:
    """Turn a single forecast into the detail that `GraphModel.detail` describes."""
    data = forecast.data
    ids, makers = data["state"].values, data["decision_maker"].values.tolist()
    concepts, stable = data["concept"].values.tolist(), data["stable"].values > 0
    now = ids[data["status_quo"].values > 0].tolist()
    return {
        "concept": forecast.made.parameters["concept"],
        "states": _states(data),
        "stable": {
            concept: {maker: ids[stable[c, i]].tolist() for i, maker in enumerate(makers)}
            for c, concept in enumerate(concepts)
        },
        "equilibria": {concept: ids[stable[c].all(axis=0)].tolist() for c, concept in enumerate(concepts)},
        "rank": {
            maker: dict(zip(ids.tolist(), row, strict=True))
            for maker, row in zip(makers, data["rank"].values.tolist(), strict=True)
        },
        "improvements": _reasons(data, makers),
        "statements": _scores(data, makers),
        "status_quo": now[0] if now else None,
        "reachable": ids[data["reachable"].values > 0].tolist(),
        "indifferent": [maker for maker, flat in zip(makers, data["indifferent"].values, strict=True) if flat],
    }


def _states(data: Any) -> list[dict[str, Any]]:
    options = data["option"].values.tolist()
    rows = [[None if np.isnan(each) else bool(each) for each in row] for row in data["taken"].values]
    return [
        {"id": id_, "options": dict(zip(options, row, strict=True)), "label": label}
        for id_, row, label in zip(data["state"].values.tolist(), rows, data["label"].values.tolist(), strict=True)
    ]


def _reasons(data: Any, makers: list[str]) -> dict[str, dict[Any, list[Any]]] | None:
    """By decision maker and state, the improvements; None where they are not listed."""
    if "improvement_by" not in data:
        return None
    reasons: dict[str, dict[Any, list[Any]]] = {maker: {} for maker in makers}
    steps = (data[f"improvement_{name}"].values.tolist() for name in ("by", "from", "to"))
    for by, origin, target in zip(*steps, strict=True):
        reasons[by].setdefault(origin, []).append(target)
    return reasons


def _scores(data: Any, makers: list[str]) -> dict[str, list[dict[str, Any]]] | None:
    """By decision maker, its statements by importance and the states in which each scores; None where not listed."""
    if "statement_by" not in data:
        return None
    result: dict[str, list[dict[str, Any]]] = {maker: [] for maker in makers}
    texts = zip(data["statement_by"].values.tolist(), data["statement_says"].values.tolist(), strict=True)
    for (by, says), row in zip(texts, data["scored"].values > 0, strict=True):
        result[by].append({"says": says, "scores_in": data["state"].values[row].tolist()})
    return result
