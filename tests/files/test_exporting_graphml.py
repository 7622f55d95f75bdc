"""The graph of a conflict as GraphML."""

import dataclasses
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings

from parley import resources, workbench
from parley.engines.graph_model import GraphModel
from parley.engines.graph_model import conflict_graph as layout
from parley.engines.graph_model.model import model_of
from parley.errors import EngineError, UsageError
from parley.files import scenarios
from parley.files.exporting import to_graphml
from tests.files.test_exporting_gmcr import TINY, conflicts, options_of, with_conflict

SPACE = "{http://graphml.graphdrawing.org/xmlns}"
CONVERT = {"string": str, "int": int, "boolean": {"true": True, "false": False}.__getitem__}


def read(content):
    """Nodes and edges of a GraphML text, as its definition says to read them."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SPACE}graphml"
    keys = {key.get("id"): key for key in root.findall(f"{SPACE}key")}
    (body,) = root.findall(f"{SPACE}graph")
    assert body.get("edgedefault") == "directed"

    def said(element, owner):
        found = {}
        for data in element.findall(f"{SPACE}data"):
            key = keys[data.get("key")]
            assert key.get("for") == owner
            found[key.get("attr.name")] = CONVERT[key.get("attr.type")](data.text or "")
        return found

    nodes = {node.get("id"): said(node, "node") for node in body.findall(f"{SPACE}node")}
    edges = [(edge.get("source"), edge.get("target"), said(edge, "edge")) for edge in body.findall(f"{SPACE}edge")]
    assert len({edge.get("id") for edge in body.findall(f"{SPACE}edge")}) == len(edges)
    assert {end for source, target, _ in edges for end in (source, target)} <= set(nodes)
    return said(body, "graph"), nodes, edges


def graph_of(scenario):
    (content,) = to_graphml(layout.conflict_graph(scenario)).files.values()
    return read(content)


def test_elmira_has_the_states_moves_and_equilibria_of_the_literature(tmp_path):
    """States, moves and equilibria as in the studies of the conflict, in which s9 stands for four combinations."""
    workbench.export("graphml", "graph-model/elmira-1991", tmp_path / "elmira.graphml")
    about, nodes, edges = read((tmp_path / "elmira.graphml").read_bytes())
    assert about["name_of_party_local"] == "Local government"
    assert list(nodes) == [f"s{k}" for k in range(1, 10)]
    makers = ("ministry", "uniroyal", "local")
    moves = {maker: {s[1] + t[1] for s, t, said in edges if said["mover"] == maker} for maker in makers}
    assert {maker: " ".join(sorted(found)) for maker, found in moves.items()} == {
        "ministry": "12 34 56 78",
        "uniroyal": "13 19 24 29 39 49 57 59 68 69 79 89",
        "local": "15 26 37 48 51 62 73 84",
    }
    for concept, states in (("R", "589"), ("SEQ", "589"), ("GMR", "14589"), ("SMR", "14589")):
        assert "".join(name[1] for name, node in nodes.items() if node[f"equilibrium_{concept}"]) == states
    assert [name for name, node in nodes.items() if node["status_quo"]] == ["s1"]
    assert [nodes[f"s{k}"]["rank_ministry"] for k in (7, 3, 4, 8, 5, 1, 2, 6, 9)] == list(range(1, 10))
    assert "option_modify" not in nodes["s9"], "abandoning leaves open whether the order is modified"
    assert nodes["s9"]["option_abandon"] is True
    better = {(s, t) for s, t, said in edges if said["mover"] == "uniroyal" and said["improvement"]}
    assert better == {("s2", "s4"), ("s2", "s9"), ("s3", "s9"), ("s6", "s8"), ("s6", "s9"), ("s7", "s9")}


@settings(max_examples=60, deadline=None)
@given(conflicts())
def test_the_graph_says_of_every_conflict_what_the_engine_says(scenario):
    engine, model = GraphModel(), model_of(scenario, max_states=99)
    detail = engine.detail(engine.forecast(scenario, np.random.default_rng(0)))
    _, nodes, edges = graph_of(scenario)
    names = {str(each["id"]): each["id"] for each in detail["states"]}
    assert list(nodes) == list(names)
    for name, node in nodes.items():
        for concept, by_maker in detail["stable"].items():
            holding = [maker for maker in model.makers if names[name] in by_maker[maker]]
            assert node[f"stable_{concept}"].split() == holding
            assert node[f"equilibrium_{concept}"] == (holding == list(model.makers))
    found = {maker: {} for maker in model.makers}
    for source, target, said in edges:
        if said["improvement"]:
            found[said["mover"]].setdefault(names[source], []).append(names[target])
    assert found == detail["improvements"]
    listed = [(i, s, t) for i, lists in enumerate(model.lists) for s, targets in enumerate(lists) for t in targets]
    assert len(edges) == len(listed)


def test_names_with_any_signs_keep_the_file_well_formed():
    name = '<a href="x">&amp; ]]> \ufffe 日本 😀\nsecond line'
    option = dataclasses.replace(options_of(0)[0], name=name, words="x")
    about, nodes, _ = graph_of(with_conflict(options=(option,)))
    assert about["name_of_option_o0"] == name.replace("\ufffe", "\ufffd")
    assert nodes["2"]["label"] == name.replace("\ufffe", "\ufffd")


def test_a_scenario_without_a_conflict_has_no_graph(tmp_path):
    with pytest.raises(UsageError, match="no conflict"):
        workbench.export("graphml", TINY, tmp_path / "x.graphml")
    with pytest.raises(EngineError, match="no options"):
        workbench.export("graphml", with_conflict(), tmp_path / "x.graphml")
    assert not (tmp_path / "x.graphml").exists()


def test_a_graph_of_too_many_moves_is_refused(monkeypatch):
    monkeypatch.setattr(layout, "MAX_MOVES", 11)
    with pytest.raises(EngineError, match="12 moves; 11 at most"):
        layout.conflict_graph(with_conflict(options=options_of(0, 0)))


@pytest.mark.parametrize("case", [case for case in resources.cases() if scenarios.load(case).conflict is not None])
def test_every_shipped_conflict_has_a_graph_in_which_the_status_quo_is_reached(case, tmp_path):
    made = workbench.export("graphml", case, tmp_path / "x.graphml")
    _, nodes, _ = read((tmp_path / "x.graphml").read_bytes())
    assert [node["reachable"] for node in nodes.values() if node["status_quo"]] == [True]
    assert len(made.notes) == 1
