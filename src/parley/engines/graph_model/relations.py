"""What holds where preferences are no plain rankings, or where decision makers see different conflicts.

In single forecasts of small conflicts, and where the scenario says something of it: preferences that are unknown in
part or of two degrees, attitudes towards others, and misperceptions. `variables` lays it out, `detail` tells it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from parley.domain.conflict import Conflict, Preference
from parley.domain.draws import Draws
from parley.engines.graph_model.model import Model
from parley.engines.graph_model.perceived import perceptions_of
from parley.engines.graph_model.preferences import Wishes, importance_of
from parley.methods.graph import CONCEPTS
from parley.methods.graph_misperception import Perceived, stable_as_perceived
from parley.methods.graph_relations import (
    KINDS,
    Relational,
    preferred,
    stable_to_degree,
    stable_unknown,
    stable_with_attitudes,
)
from parley.methods.option_form import statement_order

__all__ = ["VARIABLES", "detail", "variables"]

UNKNOWN: tuple[Relational, ...] = ("R", "GMR", "SMR", "SEQ")
"""The concepts of the literature for unknown preferences and, with an R before each, for attitudes."""

GRADED: tuple[Relational, ...] = ("GMR", "SMR", "SEQ")
"""The concepts under which a state can be stable strongly or weakly."""

VALUES = {"positive": 1, "neutral": 0, "negative": -1}

ONLY = "small conflicts only, where the scenario has"

VARIABLES = {
    "unknown": f"{ONLY} unknown preferences: 1 where it is unknown which of two states the decision maker prefers",
    "unknown_stable": f"{ONLY} unknown preferences: 1 where the state is stable for decision makers of kind a, b, c, d",
    "degree": f"{ONLY} degrees of preference: 2 where the decision maker prefers the other state strongly, 1 mildly",
    "degree_stable": f"{ONLY} degrees of preference: 2 where the state is strongly stable, 1 weakly, 0 not",
    "attitude": f"{ONLY} attitudes: 1, 0 or -1, that of the decision maker towards another",
    "attitude_stable": f"{ONLY} attitudes: 1 where the state is stable under RNash, RGMR, RSMR or RSEQ",
    "seen": f"{ONLY} perceptions: 1 where the decision maker knows of the state",
    "perceived_stable": f"{ONLY} perceptions: 1 where the state is stable in the conflict that the decision maker sees",
}

Ids = NDArray[Any]

Pairs = NDArray[np.bool_]
"""Shape (state, state)."""


def variables(conflict: Conflict, model: Model, draws: Draws, rank: NDArray[np.int32]) -> dict[str, Any]:
    """Judge every state by whatever the scenario says beyond plain preferences.

    Parameters
    ----------
    conflict : the conflict
    model : its graph model
    draws : its one draw
    rank : shape (decision maker, state)

    Raises
    ------
    EngineError
        If somebody is said not to see a move that does not exist.
    """
    return {
        **_unknown_variables(conflict, model, draws, rank),
        **_degree_variables(conflict, model, draws, rank),
        **_attitude_variables(conflict, model, rank),
        **_perception_variables(conflict, model, rank),
    }


def _own(conflict: Conflict, model: Model) -> Iterator[tuple[int, Preference]]:
    """What the scenario says of each decision maker's preferences, with its position."""
    for each in conflict.preferences:
        if each.party in model.makers:
            yield model.makers.index(each.party), each


def _unknown_variables(conflict: Conflict, model: Model, draws: Draws, rank: NDArray[np.int32]) -> dict[str, Any]:
    if not any(p.unknown or any(each.unknown for each in p.statements) for p in conflict.preferences):
        return {}
    unknown = np.zeros((len(rank), rank.shape[1], rank.shape[1]), dtype=np.bool_)
    for i, preference in _own(conflict, model):
        unknown[i] = _unknown_pairs(preference, model.wishes[i], draws, model.states.ids)
    better = preferred(rank) & ~unknown
    stable = [[stable_unknown(model.lists, better, unknown, c, kind) for c in UNKNOWN] for kind in KINDS]
    return {
        "unknown_kind": ("unknown_kind", list(KINDS)),
        "unknown_concept": ("unknown_concept", list(UNKNOWN)),
        "unknown": (("decision_maker", "state", "other_state"), unknown.astype(np.int8)),
        "unknown_stable": (("unknown_kind", "unknown_concept", "decision_maker", "state"), np.array(stable, np.int8)),
    }


def _unknown_pairs(preference: Preference, wishes: Wishes, draws: Draws, ids: Ids) -> Pairs:
    importance, marked = importance_of(wishes, draws), np.array([each.unknown for each in preference.statements], bool)
    if preference.counts == "by_weight":
        result = _outweighed(wishes.truth, importance, marked)
    else:
        order = statement_order(importance)
        deciding = _deciding(wishes.truth[:, order])
        result = (deciding >= 0) & np.append(marked[order], np.False_)[deciding]
    for group in preference.unknown:
        member = np.isin(ids, group)
        result |= np.logical_and.outer(member, member)
    return result & ~np.eye(ids.size, dtype=np.bool_)


def _deciding(truth: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The first statement on which two states differ, shape (state, state); -1 where they differ on none.

    Parameters
    ----------
    truth : which statements hold, most important first, shape (state, statement)
    """
    result = np.full((len(truth), len(truth)), -1)
    for k in reversed(range(truth.shape[1])):
        result[np.not_equal.outer(truth[:, k], truth[:, k])] = k
    return result


def _outweighed(truth: NDArray[np.bool_], weight: NDArray[np.float64], marked: NDArray[np.bool_]) -> Pairs:
    """Pairs of states whose order depends on whether the marked statements count for, against or not at all."""
    sure = np.where(marked, 0.0, weight)
    lead = np.abs(np.subtract.outer(truth @ sure, truth @ sure))
    swing = (truth[:, np.newaxis, :] != truth[np.newaxis, :, :]) @ (weight - sure)
    # Rounded as the sums of weights are: the same weights in another order are the same sum
    result: Pairs = (swing > 0) & (np.round(lead - swing, 9) <= 0)
    return result


def _degree_variables(conflict: Conflict, model: Model, draws: Draws, rank: NDArray[np.int32]) -> dict[str, Any]:
    if not any(p.much_worse_from or any(each.strongly for each in p.statements) for p in conflict.preferences):
        return {}
    degree = preferred(rank).astype(np.int8)
    for i, preference in _own(conflict, model):
        degree[i] *= 1 + _far_apart(preference, model.wishes[i], draws, model.states.ids)
    generally, fully = (
        np.array([stable_to_degree(model.lists, degree, concept, at_least=least) for concept in GRADED])
        for least in (0, 2)
    )
    return {
        "graded_concept": ("graded_concept", list(GRADED)),
        "degree": (("decision_maker", "state", "other_state"), degree),
        "degree_stable": (("graded_concept", "decision_maker", "state"), generally.astype(np.int8) + fully),
    }


def _far_apart(preference: Preference, wishes: Wishes, draws: Draws, ids: Ids) -> Pairs:
    """Pairs of states of which the better one is much better."""
    if preference.much_worse_from:
        level = _levels(preference.ranking, preference.much_worse_from, ids)
        return np.not_equal.outer(level, level)
    order = statement_order(importance_of(wishes, draws))
    strong = [k for k, place in enumerate(order) if preference.statements[place].strongly]
    deciding = _deciding(wishes.truth[:, order])
    return (deciding >= 0) & (deciding <= max(strong, default=-1))


def _levels(ranking: Sequence[Sequence[str]], gaps: Iterable[str], ids: Ids) -> NDArray[np.intp]:
    """How many gaps of a ranking lie above each state."""
    group = {name: place for place, names in enumerate(ranking) for name in names}
    first = np.unique([group[name] for name in gaps])
    return np.searchsorted(first, [group[name] for name in ids.tolist()], side="right")


def _attitude_variables(conflict: Conflict, model: Model, rank: NDArray[np.int32]) -> dict[str, Any]:
    if not conflict.attitudes:
        return {}
    attitude = np.eye(len(model.makers), dtype=np.int8)
    for each in conflict.attitudes:
        attitude[model.makers.index(each.party), model.makers.index(each.towards)] = VALUES[each.attitude]
    stable = [stable_with_attitudes(model.lists, preferred(rank), attitude, concept) for concept in UNKNOWN]
    return {
        "relational_concept": ("relational_concept", [_relational(concept) for concept in UNKNOWN]),
        "towards": ("towards", list(model.makers)),
        "attitude": (("decision_maker", "towards"), attitude),
        "attitude_stable": (("relational_concept", "decision_maker", "state"), np.array(stable, dtype=np.int8)),
    }


def _relational(concept: Relational) -> str:
    return "RNash" if concept == "R" else f"R{concept}"


def _perception_variables(conflict: Conflict, model: Model, rank: NDArray[np.int32]) -> dict[str, Any]:
    if not conflict.perceptions:
        return {}
    seen_by = perceptions_of(conflict, model, rank)
    found = [stable_as_perceived(seen_by, concept) for concept in CONCEPTS]
    return {
        "perceived_concept": ("perceived_concept", list(CONCEPTS)),
        "seen": (("decision_maker", "state"), found[0].seen.astype(np.int8)),
        "perceived_stable": (
            ("perceived_concept", "decision_maker", "state"),
            np.array([each.stable for each in found], dtype=np.int8),
        ),
    }


def detail(data: xr.Dataset) -> dict[str, Any]:
    """Tell it by the scenario's own names; None for each part of which the scenario says nothing."""
    return {
        "unknown": _unknown_detail(data) if "unknown" in data else None,
        "degree": _degree_detail(data) if "degree" in data else None,
        "attitudes": _attitude_detail(data) if "attitude" in data else None,
        "misperception": _perception_detail(data) if "seen" in data else None,
    }


def _stable(data: xr.Dataset, concepts: Iterable[str], stable: NDArray[np.bool_]) -> dict[str, Any]:
    """`stable` and `equilibria` by concept, from an array of shape (concept, decision maker, state)."""
    ids, makers = data["state"].values, data["decision_maker"].values.tolist()
    named = list(zip(concepts, stable, strict=True))
    return {
        "stable": {
            concept: {maker: ids[own].tolist() for maker, own in zip(makers, rows, strict=True)}
            for concept, rows in named
        },
        "equilibria": {concept: ids[rows.all(axis=0)].tolist() for concept, rows in named},
    }


def _pairs(data: xr.Dataset, where: NDArray[np.bool_]) -> dict[str, list[list[Any]]]:
    """By decision maker, the pairs of states for which something holds."""
    ids = data["state"].values.tolist()
    return {
        maker: [[ids[s], ids[q]] for s, q in np.argwhere(own).tolist()]
        for maker, own in zip(data["decision_maker"].values.tolist(), where, strict=True)
    }


def _unknown_detail(data: xr.Dataset) -> dict[str, Any]:
    stable = data["unknown_stable"].values > 0
    by_kind = {kind: _stable(data, UNKNOWN, stable[k]) for k, kind in enumerate(KINDS)}
    return {
        "pairs": _pairs(data, np.triu(data["unknown"].values > 0)),
        "stable": {kind: each["stable"] for kind, each in by_kind.items()},
        "equilibria": {kind: each["equilibria"] for kind, each in by_kind.items()},
    }


def _degree_detail(data: xr.Dataset) -> dict[str, Any]:
    stable, strongly = data["degree_stable"].values > 0, data["degree_stable"].values == 2  # noqa: PLR2004
    every, fully = _stable(data, GRADED, stable), _stable(data, GRADED, strongly)
    weakly = _stable(data, GRADED, stable & ~strongly)
    held = {
        concept: [state for state in states if state not in fully["equilibria"][concept]]
        for concept, states in every["equilibria"].items()
    }
    return {
        "much_better": _pairs(data, np.swapaxes(data["degree"].values == 2, 1, 2)),  # noqa: PLR2004
        "stable": {"strongly": fully["stable"], "weakly": weakly["stable"]},
        "equilibria": {"strongly": fully["equilibria"], "weakly": held},
    }


def _attitude_detail(data: xr.Dataset) -> dict[str, Any]:
    makers = data["decision_maker"].values.tolist()
    words = {value: word for word, value in VALUES.items()}
    rows = zip(makers, data["attitude"].values.tolist(), strict=True)
    towards = {maker: dict(zip(makers, (words[value] for value in row), strict=True)) for maker, row in rows}
    concepts = data["relational_concept"].values.tolist()
    return {"towards": towards, **_stable(data, concepts, data["attitude_stable"].values > 0)}


def _perception_detail(data: xr.Dataset) -> dict[str, Any]:
    ids, makers = data["state"].values, data["decision_maker"].values.tolist()
    stable, seen = data["perceived_stable"].values > 0, data["seen"].values > 0
    return {
        "unseen": {maker: ids[~row].tolist() for maker, row in zip(makers, seen, strict=True)},
        **_stable(data, CONCEPTS, stable),
        "surprises": {
            concept: ids[Perceived(stable=rows, seen=seen).surprises].tolist()
            for concept, rows in zip(CONCEPTS, stable, strict=True)
        },
    }
