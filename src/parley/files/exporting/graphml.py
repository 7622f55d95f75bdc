"""The graph of a conflict as GraphML, which yEd, Gephi, Cytoscape, networkx and igraph read: `to_graphml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from parley.domain.conflict_graph import ConflictGraph, GraphState
from parley.files.exporting.tables import Exported

__all__ = ["to_graphml"]

SPACE = "http://graphml.graphdrawing.org/xmlns"
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOTE = "GraphML holds states, moves and verdicts, at the most plausible values, and not what they follow from"
Value = str | bool | int
Part = tuple[str, dict[str, str], dict[str, Value]]
"""The name of an element, its attributes, and what is said of it."""

TYPES = {str: "string", bool: "boolean", int: "int"}


def to_graphml(graph: ConflictGraph) -> Exported:
    """Write the graph of a conflict.

    Parameters
    ----------
    graph : its states and moves

    Returns
    -------
    One file, `conflict.graphml`, a directed graph. A node is a state: `label`, `option_X` for each option (absent where
    the state leaves it open), `rank_P` for each decision maker, and for each concept `stable_C`, the decision makers
    for whom it is stable, and `equilibrium_C`; besides, `status_quo` and `reachable`. An edge is a move: `mover`, and
    whether it is an `improvement` for the mover. Two decision makers with the same move have an edge each.
    """
    root = ElementTree.Element("graphml", {"xmlns": SPACE})
    body: Part = ("graph", {"id": "conflict", "edgedefault": "directed"}, dict(_of_graph(graph)))
    parts: list[Part] = [("node", {"id": state.id}, dict(_of_state(state))) for state in graph.states]
    for number, move in enumerate(graph.moves, start=1):
        ends = {"id": f"e{number}", "source": move.leaves, "target": move.reaches}
        parts.append(("edge", ends, {"mover": move.party, "improvement": move.improves}))
    keys: dict[tuple[str, str], str] = {}
    for tag, _, said in (body, *parts):
        for name, value in said.items():
            if (tag, name) not in keys:
                key = keys[tag, name] = f"k{len(keys)}"
                attributes = {"id": key, "for": tag, "attr.name": name, "attr.type": TYPES[type(value)]}
                ElementTree.SubElement(root, "key", attributes)
    inside = _put(root, body, keys)
    for part in parts:
        _put(inside, part, keys)
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
    return Exported(files={"conflict.graphml": content}, notes=(NOTE,))


def _of_graph(graph: ConflictGraph) -> Iterator[tuple[str, Value]]:
    """What is said of the whole: its title, and the names that belong to ids."""
    yield "title", graph.title
    for party, name in graph.parties.items():
        yield f"name_of_party_{party}", name
    for option, name in graph.options.items():
        yield f"name_of_option_{option}", name


def _of_state(state: GraphState) -> Iterator[tuple[str, Value]]:
    """What is said of a state, by the name of the attribute."""
    yield "label", state.label
    for option, taken in state.taken.items():
        if taken is not None:
            yield f"option_{option}", taken
    for party, rank in state.ranks.items():
        yield f"rank_{party}", int(rank)
    for concept, parties in state.stable.items():
        yield f"stable_{concept}", " ".join(parties)
        yield f"equilibrium_{concept}", state.equilibrium[concept]
    yield "status_quo", state.status_quo
    yield "reachable", state.reachable


def _put(parent: ElementTree.Element, part: Part, keys: Mapping[tuple[str, str], str]) -> ElementTree.Element:
    tag, attributes, said = part
    element = ElementTree.SubElement(parent, tag, attributes)
    for name, value in said.items():
        data = ElementTree.SubElement(element, "data", {"key": keys[tag, name]})
        data.text = str(value).lower() if isinstance(value, bool) else NOT_IN_XML.sub("\ufffd", str(value))
    return element
