"""The whole graph of a conflict with every verdict, for other programs to draw: `conflict_graph`."""

from __future__ import annotations

import numpy as np

from parley.domain.conflict_graph import ConflictGraph, GraphMove, GraphState
from parley.domain.scenario import Scenario
from parley.engines.graph_model import GraphModel
from parley.engines.graph_model.model import model_of
from parley.errors import EngineError

__all__ = ["MAX_MOVES", "conflict_graph"]

MAX_MOVES = 200_000


def conflict_graph(scenario: Scenario, *, max_states: int = 4096) -> ConflictGraph:
    """Lay out the graph of a scenario's conflict, at the modes of all estimates.

    Parameters
    ----------
    scenario : a scenario with a conflict
    max_states : refuse conflicts with more feasible states than this

    Raises
    ------
    EngineError
        If there is no state, or there are too many, or more than 200,000 moves.
    """
    model = model_of(scenario, max_states=max_states)
    engine = GraphModel(max_states=max_states)
    detail = engine.detail(engine.forecast(scenario, np.random.default_rng(0)))
    count = sum(len(targets) for lists in model.lists for targets in lists)
    if count > MAX_MOVES:
        raise EngineError(f"the conflict has {count:,} moves; {MAX_MOVES:,} at most: rule combinations of options out")
    ids = [str(each["id"]) for each in detail["states"]]
    ranks = {maker: list(by_state.values()) for maker, by_state in detail["rank"].items()}
    return ConflictGraph(
        title=scenario.title,
        options={} if scenario.conflict is None else {each.id: each.name for each in scenario.conflict.options},
        parties={maker: scenario.party(maker).name for maker in model.makers},
        concepts=tuple(detail["stable"]),
        states=tuple(
            GraphState(
                id=str(each["id"]),
                label=each["label"],
                taken=each["options"],
                ranks={maker: rank[place] for maker, rank in ranks.items()},
                stable={
                    concept: tuple(maker for maker in model.makers if each["id"] in by_maker[maker])
                    for concept, by_maker in detail["stable"].items()
                },
                equilibrium={concept: each["id"] in states for concept, states in detail["equilibria"].items()},
                status_quo=each["id"] == detail["status_quo"],
                reachable=each["id"] in detail["reachable"],
            )
            for place, each in enumerate(detail["states"])
        ),
        moves=tuple(
            GraphMove(party=maker, leaves=ids[state], reaches=ids[to], improves=ranks[maker][to] < ranks[maker][state])
            for maker, lists in zip(model.makers, model.lists, strict=True)
            for state, targets in enumerate(lists)
            for to in sorted(targets)
        ),
    )
