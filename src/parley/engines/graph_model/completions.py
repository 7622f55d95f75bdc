"""Which states are equilibria for all importances within their ranges, and for some: `completion_answers`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import quantities
from parley.domain.scenario import Scenario
from parley.engines.graph_model.model import Model
from parley.engines.graph_model.preferences import Wishes
from parley.errors import Path
from parley.methods.graph_completions import Completions, Held, held_in_completions, rankings_of_statements

__all__ = ["completion_answers", "completion_detail"]


def completion_answers(
    model: Model, scenario: Scenario, rank: NDArray[np.int32], concepts: Sequence[Any], stable: NDArray[np.bool_]
) -> dict[str, Any]:
    """Lay out what holds in all and in some completions as variables.

    Parameters
    ----------
    model : the graph model
    scenario : gives the range of each importance
    rank : the rankings at the modes, shape (decision maker, state)
    concepts : the concepts that are judged
    stable : what is stable at the modes, shape (concept, decision maker, state)
    """
    ranges = {each.path: (each.estimate.low, each.estimate.high) for each in quantities(scenario)}
    found = [_completions(wishes, own, ranges) for wishes, own in zip(model.wishes, rank, strict=True)]
    if all(each.whole and len(each.rank) == 1 for each in found):
        at_modes = np.logical_and.reduce(stable, axis=1).astype(np.float64)
        held = [Held(necessary=each, possible=each) for each in at_modes]
    else:
        held = [held_in_completions(model.moves, found, concept) for concept in concepts]
    count = [len(each.rank) if each.whole else np.nan for each in found]
    return {
        "necessary": (("concept", "state"), np.array([each.necessary for each in held])),
        "possible": (("concept", "state"), np.array([each.possible for each in held])),
        "rankings": ("decision_maker", np.array(count, dtype=np.float64)),
    }


def _completions(wishes: Wishes, at_modes: NDArray[np.int32], ranges: dict[Path, tuple[float, float]]) -> Completions:
    one = Completions(rank=at_modes[np.newaxis], whole=True)
    low, high = np.array([ranges.get(path, (np.nan, np.nan)) for path in wishes.importance]).reshape(-1, 2).T
    if wishes.ranking is not None or not (low < high).any():
        return one
    listed = None if wishes.by_weight else rankings_of_statements(wishes.truth, low, high)
    return Completions(rank=one.rank, whole=False) if listed is None else Completions(rank=listed, whole=True)


def completion_detail(data: Any) -> dict[str, Any]:
    """Turn the variables into lists of states: `necessary`, `possible`, `undecided`, and how many `rankings`."""
    ids, concepts = data["state"].values, data["concept"].values.tolist()
    values = {name: data[name].values for name in ("necessary", "possible")}
    listed = {
        name: {concept: ids[row == 1].tolist() for concept, row in zip(concepts, found, strict=True)}
        for name, found in values.items()
    }
    undecided = {
        concept: {name: ids[np.isnan(found[c])].tolist() for name, found in values.items()}
        for c, concept in enumerate(concepts)
    }
    counts = zip(data["decision_maker"].values.tolist(), data["rankings"].values.tolist(), strict=True)
    return listed | {
        "undecided": undecided,
        "rankings": {maker: None if np.isnan(count) else int(count) for maker, count in counts},
    }
