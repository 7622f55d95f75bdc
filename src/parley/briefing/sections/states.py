"""What each side can do, and which states hold: the picture of the state graph. `states` is the main name."""

from __future__ import annotations

from parley.briefing.desk import Desk
from parley.briefing.prose import caution, plain
from parley.briefing.state_graph import state_graph
from parley.domain.briefing import Block
from parley.engines.graph_model import GraphModel

__all__ = ["states"]

ENGINE = "graph_model"

TOO_MANY = 4096
"""With more states than this there is no picture."""


def states(desk: Desk) -> list[Block]:
    """Draw the state graph, where the graph model has an answer."""
    if ENGINE not in desk.engines or desk.scenario.conflict is None:
        return []
    graph = GraphModel(**desk.baseline.runs[ENGINE].made.parameters).graph(desk.scenario)
    if graph.equilibrium.size > TOO_MANY:
        return [caution(plain("The conflict has too many states for a picture of who can move where."))]
    return [state_graph(desk.scenario, graph, basis=desk.result(ENGINE, "states"))]
