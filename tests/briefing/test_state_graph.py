"""The picture of the state graph: every state and move is there or told, and nothing covers anything."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import workbench
from parley.briefing import charts
from parley.briefing.charts.state_places import layers
from parley.briefing.state_graph import MOST_STATES, drawn, state_graph
from parley.domain.briefing import Chart
from parley.domain.conflict import (
    Conflict,
    DrawnMove,
    Infeasible,
    Option,
    Preference,
    PreferenceStatement,
    State,
)
from parley.domain.scenario import Scenario
from parley.engines.graph_model import GraphModel
from parley.errors import UsageError
from parley.methods.graph import stable
from tests.builders import tiny_scenario
from tests.methods.test_graph_outline import closure

CASES = ("elmira-1991", "cuba-1962", "prisoners-dilemma", "chicken", "ceasefires/ukraine-2025-03")
WIDTHS = (charts.WIDE, charts.NARROW)
SVG = "{http://www.w3.org/2000/svg}"
MOVERS = ("north", "south", "broker")

load = functools.cache(workbench.load)


def rows(chart: Chart, width: int) -> list[dict[str, Any]]:
    return [row for layer in charts.spec(chart, width=width)["layer"] for row in layer["data"]["values"]]


def boxes(chart: Chart, width: int) -> dict[str, tuple[float, float, float, float]]:
    """By state, the corners of its mark or box, found by what it says of itself when pointed at."""
    said = {state["said"]: state["id"] for state in chart.data["states"]}
    found = {}
    for row in rows(chart, width):
        if row.get("tip") in said and row.get("shape") != "diamond":
            half = row["size"] ** 0.5 / 2 if "size" in row else 0.0
            corners = row["x"] - half, row["y"] - half, row.get("x2", row["x"]) + half, row.get("y2", row["y"]) + half
            found.setdefault(said[row["tip"]], corners)
    return found


def apart(first: tuple[float, ...], second: tuple[float, ...], room: float) -> bool:
    gaps = first[0] - second[2], second[0] - first[2], first[1] - second[3], second[1] - first[3]
    return max(gaps) >= room


def of_three(conflict: Conflict) -> Scenario:
    parties = tiny_scenario().parties
    broker = dataclasses.replace(parties[0], id="broker", name="Broker", aliases=())
    return tiny_scenario(parties=(*parties, broker), conflict=conflict, approaches=())


def by_options(counts: tuple[int, ...], wishes: list[int], ruled_out: list[tuple[int, int]]) -> Scenario:
    """A conflict in which each party has so many options and the wishes that the numbers say."""
    owner = [i for i, count in enumerate(counts) for _ in range(count)]
    options = tuple(
        Option(id=f"o{k}", name=f"Do thing {chr(97 + k)}", party=MOVERS[i], words="It does.")
        for k, i in enumerate(owner)
    )
    preferences = tuple(
        Preference(party=MOVERS[i], statements=tuple(_statements(len(owner), np.random.default_rng(wishes[i]))))
        for i in range(len(counts))
    )
    infeasible = tuple(Infeasible(when=f"o{a} & o{b}") for a, b in ruled_out if a != b and max(a, b) < len(owner))
    return of_three(Conflict(options=options, preferences=preferences, infeasible=infeasible))


def _statements(options: int, rng: np.random.Generator) -> list[PreferenceStatement]:
    signs = rng.choice(["", "-"], size=options)
    return [PreferenceStatement(says=f"{signs[k]}o{k}") for k in rng.permutation(options)]


def by_drawing(count: int, moves: list[tuple[int, int, int]]) -> Scenario:
    """A conflict of so many states, with the moves that are listed: who, from where, to where."""
    states = tuple(State(id=f"s{k}", name=f"What there is in the state of number {k}") for k in range(count))
    listed = tuple(
        DrawnMove(party=MOVERS[i], leaves=f"s{a % count}", reaches=(f"s{b % count}",))
        for i, a, b in ((0, 0, 1), *moves)
        if a % count != b % count
    )
    ranking = tuple((state.id,) for state in states)
    preferences = tuple(Preference(party=mover, ranking=ranking) for mover in MOVERS[:2])
    return of_three(Conflict(states=states, moves=listed, preferences=preferences, status_quo="s0"))


scenarios = st.one_of(
    st.builds(
        by_options,
        st.tuples(st.integers(1, 3), st.integers(1, 3)) | st.tuples(*[st.integers(1, 2)] * 3),
        st.lists(st.integers(0, 99), min_size=3, max_size=3),
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=2),
    ),
    st.builds(
        by_drawing,
        st.integers(2, 30),
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 29), st.integers(0, 29)), max_size=60),
    ),
)


def told_moves(chart: Chart, width: int) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows(chart, width):
        if "move" in row:
            found.setdefault(row["party"], set()).add(tuple(row["move"]))
    return found


@settings(max_examples=40, deadline=None)
@given(scenarios, st.sampled_from(WIDTHS))
def test_no_two_states_overlap_and_none_leaves_the_sheet(scenario, width):
    found = boxes(drawn(scenario), width)
    assert all(left >= 0 and right <= width for left, _, right, _ in found.values())
    assert all(apart(first, second, 4) for first, second in itertools.combinations(found.values(), 2))


@settings(max_examples=40, deadline=None)
@given(scenarios)
def test_every_state_is_drawn_and_every_move_has_its_head_follows_from_others_or_is_counted(scenario):
    graph = GraphModel().graph(scenario)
    model = graph.model
    chart = state_graph(scenario, graph)
    if model.states.ids.size > MOST_STATES:
        return
    marks = [str(each) for each in model.states.ids.tolist()]
    assert set(boxes(chart, charts.WIDE)) == set(marks)
    told = told_moves(chart, charts.WIDE)
    gaining_only = "gain their mover nothing" in chart.subtitle
    for i, maker in enumerate(model.makers):
        every = {(s, q) for s, reached in enumerate(model.lists[i]) for q in reached}
        heads = {(marks.index(a), marks.index(b)) for a, b in told.get(maker, set())}
        assert heads <= every
        if gaining_only:
            assert {(s, q) for s, q in every if graph.rank[i, q] < graph.rank[i, s]} <= closure(heads, len(marks))
        else:
            assert every <= closure(heads, len(marks))


@settings(max_examples=30, deadline=None)
@given(scenarios, st.sampled_from(WIDTHS))
def test_every_head_touches_the_state_that_its_move_leads_to_and_comes_from_outside(scenario, width):
    chart = drawn(scenario)
    found = boxes(chart, width)
    for row in rows(chart, width):
        if "move" in row:
            left, top, right, below = found[row["move"][1]]
            corners = [float(each) for each in re.findall(r"-?[\d.]+", row["path"])]
            tail = row["x"] + (corners[2] + corners[4]) / 2, row["y"] + (corners[3] + corners[5]) / 2
            tip = row["x"], row["y"]
            away = [max(left - x, x - right, top - y, y - below) for x, y in (tip, tail)]
            assert away[0] < 6
            assert away[1] > away[0]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_no_line_of_a_shipped_case_runs_through_a_state_that_it_does_not_touch(case, width):
    chart = drawn(load(case))
    found = boxes(chart, width)
    lines = [row for row in rows(chart, width) if "C" in row.get("path", "")]
    assert len(lines) == len(chart.data["rows"])
    ends = {row["said"]: (row["from"], row["to"]) for row in chart.data["rows"]}
    t = np.linspace(0.0, 1.0, 60)[:, np.newaxis]
    for line in lines:
        numbers = [float(each) for each in re.findall(r"-?[\d.]+", line["path"])]
        a, b, c, d = np.array(numbers).reshape(4, 2) + (line["x"], line["y"])
        points = a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t**2 * (1 - t) + d * t**3
        for state, (left, top, right, below) in found.items():
            if state not in ends[line["tip"]]:
                middle, radius = np.array([(left + right) / 2, (top + below) / 2]), (right - left) / 2
                assert np.hypot(*(points - middle).T).min() > radius


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("case", CASES)
def test_what_holds_is_a_square_that_says_so_and_the_present_state_says_now(case, width):
    scenario = load(case)
    graph = GraphModel().graph(scenario)
    held = stable(graph.model.lists, graph.rank, "SEQ").all(axis=0)
    texts = [row["text"] for row in rows(drawn(scenario), width) if row.get("weight") == "bold" and "text" in row]
    tags = [tag for text in texts for tag in text.split(", ")]
    assert tags.count("holds") == held.sum()
    assert tags.count("now") == 1
    squares = [row for row in rows(drawn(scenario), width) if row.get("shape") == "square" and "tip" in row]
    ids = [str(each) for each in graph.model.states.ids[held].tolist()]
    assert sorted(row["tip"].split(":")[0] for row in squares) == sorted(ids)


def test_every_mover_of_a_conflict_of_options_moves_one_way_across_the_sheet_or_down():
    chart = drawn(load("cuba-1962"))
    place = {name: ((a + c) / 2, (b + d) / 2) for name, (a, b, c, d) in boxes(chart, charts.WIDE).items()}
    axis = {"united_states": 1, "soviet_union": 0}
    for row in chart.data["rows"]:
        start, end = place[row["from"]], place[row["to"]]
        assert start[axis[row["party"]]] == pytest.approx(end[axis[row["party"]]])


def test_a_large_conflict_is_reduced_to_what_holds_and_the_shortest_ways_there():
    """In 35 Russia's conditional yes and Ukraine's yes stand; 6, 31 and 40 hold.

    On the way to 6 each of the three parties changes what it does once, in any order but that Russia and the United
    States never need to move twice: eight states, of 136.
    """
    chart = drawn(load("ceasefires/ukraine-2025-03"))
    assert {state["id"] for state in chart.data["states"]} == {"35", "40", "26", "31", "10", "1", "15", "6"}
    assert {state["id"] for state in chart.data["states"] if state["holds"]} == {"6", "31", "40"}
    assert chart.subtitle.startswith("Of 136 states the picture shows eight")
    assert len(chart.table.rows) == 8


def test_a_state_that_leaves_options_open_stands_between_the_columns_that_it_may_be_in():
    """Uniroyal abandons its plant whatever the ministry and the local government do: s9, in the middle."""
    chart = drawn(load("elmira-1991"))
    middle = {name: (a + c) / 2 for name, (a, _, c, _) in boxes(chart, charts.WIDE).items()}
    first, last = min(middle.values()), max(middle.values())
    assert middle["s9"] == pytest.approx((first + last) / 2, abs=0.1)


@pytest.mark.parametrize(
    ("case", "title"),
    [
        ("elmira-1991", "three states hold, one of them an agreement"),
        ("cuba-1962", "three states hold, all of them agreements"),
        ("prisoners-dilemma", "two states hold, one of them an agreement"),
        ("chicken", "two states hold, none of them an agreement"),
    ],
)
def test_the_title_tells_how_many_states_hold_and_how_many_of_these_are_agreements(case, title):
    """The equilibria of the literature: Elmira's s5, s8 and s9, of which s8 is an agreement, and so on."""
    assert drawn(load(case)).title == f"By the graph model {title}"


def test_only_by_nash_stability_a_state_holds_whatever_the_others_answer():
    told = {
        concept: state_graph(load("chicken"), GraphModel(concept=concept).graph(load("chicken"))).subtitle
        for concept in ("R", "SEQ")
    }
    assert "once the others have answered" in told["SEQ"]
    assert told["R"].endswith("a state holds where nobody gains by leaving it (Nash stability)")


def test_lines_of_different_movers_have_different_strokes():
    looks = {}
    for row in rows(drawn(load("elmira-1991")), charts.WIDE):
        if "C" in row.get("path", ""):
            looks.setdefault(row["party"], set()).add((row["colour"], tuple(row["dash"])))
    assert all(len(each) == 1 for each in looks.values())
    assert len({dash for each in looks.values() for _, dash in each}) == 3


def test_the_same_conflict_gives_the_same_bytes_in_every_process(tmp_path):
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.svg"
        command = [sys.executable, "-m", "parley", "export", "svg", "elmira-1991", "-o", str(out)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_a_hostile_name_stays_text_in_the_exported_picture(tmp_path):
    states = (State(id="a", name='</text><script>x</script>"&'), State(id="b", name="]]><!--"))
    moves = (DrawnMove(party="north", leaves="a", reaches=("b",)),)
    preference = (Preference(party="north", ranking=(("a",), ("b",))),)
    conflict = Conflict(states=states, moves=moves, preferences=preference, status_quo="a")
    out = tmp_path / "graph.svg"
    workbench.export("svg", tiny_scenario(conflict=conflict, approaches=()), out)
    found = ET.fromstring(out.read_text(encoding="utf-8"))
    assert not list(found.iter(f"{SVG}script"))
    assert any(text.text and "<script>" in text.text for text in found.iter(f"{SVG}text"))


def test_a_scenario_without_a_conflict_has_no_state_graph_to_export(tmp_path):
    with pytest.raises(UsageError, match="no conflict"):
        workbench.export("svg", tiny_scenario(conflict=None, approaches=()), tmp_path / "graph.svg")
    assert not list(tmp_path.iterdir())


def test_states_out_of_reach_stand_in_layers_of_their_own():
    assert layers(["a", "b", "c", "d"], {("b", "a"), ("c", "d")}, "a", most=9) == [["a"], ["b"], ["c"], ["d"]]
    assert layers(["a", "b", "c", "d"], {("a", "b"), ("a", "c"), ("a", "d")}, "a", most=2) == [
        ["a"],
        ["b", "c"],
        ["d"],
    ]


def test_the_order_in_a_layer_keeps_links_from_crossing():
    links = {("a", "b"), ("a", "c"), ("b", "e"), ("c", "d")}
    _, second, third = layers(["a", "b", "c", "d", "e"], links, "a", most=9)
    below = {"b": "e", "c": "d"}
    assert third == [below[state] for state in second]
