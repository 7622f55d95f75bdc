"""Every verdict of the graph model comes with what proves it."""

import pytest

from parley.engines.graph_model import CONCEPTS, GraphModel
from parley.errors import EngineError
from tests.engines.test_graph_model import conflict, detail, option, stag_hunt, wants
from tests.engines.test_graph_model_states import elmira, elmira_drawn
from tests.published.test_graph_model_cases import cuba


def chicken():
    options = (option("north_stops", "north"), option("south_stops", "south"))
    preferences = (
        wants("north", "south_stops", "north_stops IF -south_stops", "-north_stops"),
        wants("south", "north_stops", "south_stops IF -north_stops", "-south_stops"),
    )
    return conflict(options, preferences)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_reasons_agree_with_the_verdicts(concept):
    for case in (stag_hunt(), chicken()):
        stable = detail(case)["stable"][concept]
        for state in (1, 2, 3, 4):
            found = GraphModel(concept=concept).explain(case, state)
            assert {maker: each["stable"] for maker, each in found["parties"].items()} == {
                maker: state in states for maker, states in stable.items()
            }
            assert found["equilibrium"] == all(state in states for states in stable.values())


def test_a_threat_is_told_move_by_move():
    # When the north drives on, the south could drive on as well, which is worst for both: GMR, and not SEQ
    by_threat = GraphModel(concept="GMR").explain(chicken(), 4)["parties"]["north"]
    assert by_threat == {
        "stable": True,
        "unanswered": None,
        "answers": [{"improvement": 3, "steps": [{"party": "south", "to": 1}], "end": 1}],
    }
    credible = GraphModel(concept="SEQ").explain(chicken(), 4)["parties"]["north"]
    assert credible == {"stable": False, "unanswered": 3, "answers": []}


def test_what_happens_at_once_is_told_by_what_each_would_do_by_itself():
    # Each would gain by driving on alone, to 3 and to 2; both at once end in 1
    found = GraphModel(concept="SIM").explain(chicken(), 4)["parties"]["north"]
    assert found["answers"] == [{"improvement": 3, "steps": [{"party": "south", "to": 2}], "end": 1}]


@pytest.mark.parametrize("case", [elmira, elmira_drawn])
def test_reasons_call_states_by_the_names_that_the_scenario_gives_them(case):
    found = GraphModel(concept="SEQ").explain(case(), "s1")
    assert not found["equilibrium"]
    assert found["parties"]["local"] == {"stable": False, "unanswered": "s5", "answers": []}
    assert found["parties"]["uniroyal"] == {"stable": True, "unanswered": None, "answers": []}


def test_the_model_refuses_to_explain_a_state_that_is_not_there():
    with pytest.raises(EngineError, match="there is no state '7'"):
        GraphModel().explain(stag_hunt(), 7)


def test_a_state_of_a_large_conflict_is_explained_without_listing_its_moves():
    options = [option(f"option_{k}", "north" if k % 2 else "south") for k in range(16)]
    case = conflict(options, (wants("north", "-1", "2"), wants("south", "-2", "1")))
    found = GraphModel(concept="GMR", max_states=2**16).explain(case, 1)
    # The north likes best that option 1, which is the south's, is not taken, then to take option 2; the south the
    # reverse: after the north takes option 2, the south can take option 1
    north = found["parties"]["north"]
    assert north["stable"] and all(answer["steps"][0]["party"] == "south" for answer in north["answers"])
    assert len(north["answers"]) == 2**7


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_forecast_has_the_reason_of_every_verdict_on_a_state_that_somebody_could_gain_by_leaving(concept):
    cases = [stag_hunt(), chicken(), cuba("stays_taken"), cuba("both_ways")]
    cases += [] if concept == "SIM" else [elmira(), elmira_drawn()]
    for case in cases:
        engine = GraphModel(concept=concept)
        found = detail(case, concept=concept)
        expected = {maker: {} for maker in found["improvements"]}
        for maker, states in found["improvements"].items():
            for state in states:
                parties = engine.explain(case, state)["parties"]
                expected[maker][state] = parties[maker]
        assert found["reasons"] == expected


def test_a_forecast_of_many_states_leaves_the_reasons_to_whoever_asks_for_one():
    options = [option(f"option_{k}", "north" if k % 2 else "south") for k in range(9)]
    case = conflict(options, (wants("north", "-1", "2"), wants("south", "-2", "1")))
    assert detail(case)["reasons"] is None
    assert GraphModel().explain(case, 1)["parties"]["north"]["stable"]
