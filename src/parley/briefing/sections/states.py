"""What each side can do, and which states hold: the picture of the state graph. `states` is the main name."""

from __future__ import annotations

import numpy as np

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.prose import Run, caution, plain, strong, write
from parley.briefing.state_graph import state_graph, title
from parley.domain.briefing import Block
from parley.engines.graph_model import GraphModel
from parley.engines.graph_model.state_graph import StateGraph

__all__ = ["held", "states"]

ENGINE = "graph_model"

TOO_MANY = 4096
"""With more states than this there is no picture."""

NAMED = 4
"""As many of the states that hold are named in the bottom line."""


def states(desk: Desk) -> list[Block]:
    """Draw the state graph, where the graph model has an answer."""
    graph = _graph(desk)
    if graph is None:
        return []
    if graph.equilibrium.size > TOO_MANY:
        return [caution(plain("The conflict has too many states for a picture of who can move where."))]
    return [state_graph(desk.scenario, graph, basis=desk.result(ENGINE, "states"))]


def held(desk: Desk) -> Run:
    """Name the states that hold, where the graph model is the only one that has an answer."""
    graph = _graph(desk) if desk.engines == (ENGINE,) else None
    if graph is None or not graph.equilibrium.any():
        return ()
    places = np.flatnonzero(graph.equilibrium).tolist()
    named = [f"“{graph.model.label(place)}”" for place in places[:NAMED]]
    if len(places) > NAMED:
        named.append(f"{words.count(len(places) - NAMED)} more")
    return write("{finding}: {named}.", finding=strong(title(graph)), named=words.listed(named))


def _graph(desk: Desk) -> StateGraph | None:
    """The state graph at the most plausible numbers; None where the graph model has no answer."""
    if ENGINE not in desk.engines or desk.scenario.conflict is None:
        return None
    parameters = desk.baseline.runs[ENGINE].made.parameters
    return desk.once("state graph", lambda: GraphModel(**parameters).graph(desk.scenario))
