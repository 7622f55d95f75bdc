"""What a single forecast of the graph model tells besides the answers common to draws: `picture` and `detail_of`."""

from __future__ import annotations

import itertools
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.forecast import Forecast
from parley.engines.graph_model import ahead, relations, together
from parley.engines.graph_model.explain import certificates
from parley.engines.graph_model.model import Model
from parley.engines.graph_model.preferences import Wishes, importance_of
from parley.methods.graph import Concept, improvements
from parley.methods.option_form import statement_order

__all__ = ["LISTED_STATES", "REASONED_STATES", "detail_of", "picture", "reason_rows"]

LISTED_STATES = 4096
"""Up to this many states improvements, statements and labels in words are listed, and SIM is judged unasked."""


REASONED_STATES = 256
"""Up to this many states every verdict under the chosen concept comes with its reason."""

REASON = ("by", "state", "improvement", "step", "mover", "to", "end")


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


def reason_rows(model: Model, rank: NDArray[np.int32], concept: Concept | Literal["SIM"]) -> dict[str, Any]:
    """Every certificate as rows: one for each step of each answer, or one for the improvement that is not answered."""
    certify = certificates(model, rank, concept)
    rows: list[tuple[str, int, int, int, str, int, int]] = []
    for (i, maker), state in itertools.product(enumerate(model.makers), range(model.states.ids.size)):
        found = certify(i, state)
        if found.unanswered is not None:
            rows.append((maker, state, found.unanswered, 0, "", found.unanswered, found.unanswered))
        for answer in found.answers:
            gain, end = answer.improvement, answer.end
            steps = enumerate(answer.steps, start=1)
            rows += [(maker, state, gain, k, model.makers[step.mover], step.to, end) for k, step in steps]
    columns = list(zip(*rows, strict=True)) or [()] * len(REASON)
    data: dict[str, Any] = {}
    for name, column in zip(REASON, columns, strict=True):
        if name in ("by", "mover"):
            data[f"reason_{name}"] = ("reason", np.array(column, dtype=np.str_))
        else:
            numbers = np.array(column, dtype=np.int64)
            data[f"reason_{name}"] = ("reason", numbers if name == "step" else model.states.ids[numbers])
    return data


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
    return [int(k) for k in statement_order(importance_of(wishes, draws))]


def detail_of(forecast: Forecast) -> dict[str, Any]:
    """Turn a single forecast into the detail that `GraphModel.detail` describes."""
    data = forecast.data
    ids, makers = data["state"].values, data["decision_maker"].values.tolist()
    stable = dict(zip(data["concept"].values.tolist(), data["stable"].values > 0, strict=True)) | ahead.stable(data)
    now = ids[data["status_quo"].values > 0].tolist()
    moved = forecast.made.parameters["coalition_moves"]
    return {
        "concept": forecast.made.parameters["concept"],
        "states": _states(data),
        "stable": {
            concept: {maker: ids[row].tolist() for maker, row in zip(makers, rows, strict=True)}
            for concept, rows in stable.items()
        },
        "equilibria": {concept: ids[rows.all(axis=0)].tolist() for concept, rows in stable.items()}
        | together.equilibria(data),
        "rank": {
            maker: dict(zip(ids.tolist(), row, strict=True))
            for maker, row in zip(makers, data["rank"].values.tolist(), strict=True)
        },
        "improvements": _reasons(data, makers),
        "reasons": _certificates(data, makers),
        "statements": _scores(data, makers),
        "status_quo": now[0] if now else None,
        "reachable": ids[data["reachable"].values > 0].tolist(),
        "indifferent": [maker for maker, flat in zip(makers, data["indifferent"].values, strict=True) if flat],
        "coalitions": together.detail(data, moved),
        "looking_ahead": ahead.detail(data),
        **relations.detail(data),
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


def _certificates(data: Any, makers: list[str]) -> dict[str, dict[Any, dict[str, Any]]] | None:
    """By decision maker and state that it could leave for the better: stable or not, and what proves it."""
    if "reason_by" not in data:
        return None
    result: dict[str, dict[Any, dict[str, Any]]] = {maker: {} for maker in makers}
    rows = zip(*(data[f"reason_{name}"].values.tolist() for name in REASON), strict=True)
    for by, state, improvement, step, mover, to, end in rows:
        found = result[by].setdefault(state, {"stable": step > 0, "unanswered": None, "answers": []})
        if not step:
            found["unanswered"] = improvement
            continue
        if step == 1:
            found["answers"].append({"improvement": improvement, "steps": [], "end": end})
        found["answers"][-1]["steps"].append({"party": mover, "to": to})
    return result


def _scores(data: Any, makers: list[str]) -> dict[str, list[dict[str, Any]]] | None:
    """By decision maker, its statements by importance and the states in which each scores; None where not listed."""
    if "statement_by" not in data:
        return None
    result: dict[str, list[dict[str, Any]]] = {maker: [] for maker in makers}
    texts = zip(data["statement_by"].values.tolist(), data["statement_says"].values.tolist(), strict=True)
    for (by, says), row in zip(texts, data["scored"].values > 0, strict=True):
        result[by].append({"says": says, "scores_in": data["state"].values[row].tolist()})
    return result
