"""Conflicts that bring their own states: coalesced, or drawn as a graph; and preferences told in several ways."""

import numpy as np
import pytest
from hypothesis import given, settings

from parley.domain.conflict import (
    Choice,
    Conflict,
    DrawnMove,
    Infeasible,
    Meaning,
    Option,
    Preference,
    PreferenceStatement,
    State,
)
from parley.domain.estimate import Estimate
from parley.domain.party import Party
from parley.domain.scenario import Question
from parley.engines.graph_model import GraphModel
from parley.engines.graph_model.model import model_of
from parley.errors import EngineError
from parley.files.saving import new_text
from parley.files.scenarios import load_bytes
from parley.methods.option_form import OptionMoves, coalesced_moves, reachable_lists
from tests.builders import exactly, tiny_scenario
from tests.engines.test_graph_model import RNG, conflict, detail, option, wants
from tests.graph_models import option_models
from tests.published.test_graph_model_cases import TestElmira as Published

PARTIES = ("moe", "uniroyal", "local")
RANKINGS = ([7, 3, 4, 8, 5, 1, 2, 6, 9], [1, 4, 8, 5, 9, 3, 7, 2, 6], [7, 3, 5, 1, 8, 6, 4, 2, 9])


def people(*names):
    return tuple(Party(id=name, name=name, role="other", capability=exactly(1)) for name in names)


def scenario_of(model, *names):
    return tiny_scenario(
        conflict=model,
        parties=people(*names),
        question=Question(text="What holds?", asked_by=names[0]),
        **dict.fromkeys(("positions", "levers", "approaches", "links", "opinion", "predictions"), ()),
        **dict.fromkeys(("war", "clock"), None),
    )


def ranked(numbers):
    return tuple((f"s{number}",) for number in numbers)


def elmira(**changes):
    """Nine states: where Uniroyal abandons its plant, what the others do makes no difference any more."""
    options = (
        Option(id="modify", name="Modify", party="moe", words="modifies its order", changes="stays_taken"),
        Option(id="delay", name="Delay", party="uniroyal", words="delays", changes="stays_dropped", initially=True),
        Option(id="accept", name="Accept", party="uniroyal", words="accepts the order"),
        Option(id="abandon", name="Abandon", party="uniroyal", words="abandons the plant", changes="stays_taken"),
        Option(id="insist", name="Insist", party="local", words="insists on the first order"),
    )
    whens = [
        f"{what} & {'' if k % 2 else '-'}modify & {'' if late else '-'}insist"
        for late in (False, True)
        for what in ("delay", "accept")
        for k in (0, 1)
    ]
    states = tuple(State(id=f"s{k}", when=when) for k, when in enumerate((*whens, "abandon"), start=1))
    exclusive = ("delay & accept", "delay & abandon", "accept & abandon", "-delay & -accept & -abandon")
    fields = {
        "options": options,
        "infeasible": tuple(Infeasible(when=when) for when in exclusive),
        "states": states,
        "preferences": tuple(Preference(party=p, ranking=ranked(r)) for p, r in zip(PARTIES, RANKINGS, strict=True)),
        "agreement": "accept",
    }
    return scenario_of(Conflict(**{**fields, **changes}), *PARTIES)


def elmira_drawn():
    moves = tuple(
        DrawnMove(party=party, leaves=f"s{k + 1}", reaches=tuple(f"s{q + 1}" for q in sorted(targets)))
        for party, lists in zip(PARTIES, Published.moves, strict=True)
        for k, targets in enumerate(lists)
        if targets
    )
    states = tuple(State(id=f"s{k}", name=f"State {k}") for k in range(1, 10))
    return elmira(options=(), infeasible=(), states=states, moves=moves, status_quo="s1", agreement="s8 | s4 | s3 | s7")


EXPECTED = {concept: [f"s{k}" for k in sorted(states)] for concept, states in Published.published.items()}


class TestElmira:
    """The published nine states, which options alone cannot say."""

    def test_has_the_published_moves_where_they_follow_from_options(self):
        model = model_of(elmira(), max_states=100)
        assert [list(lists) for lists in model.moves] == Published.moves

    @pytest.mark.parametrize("case", [elmira, elmira_drawn])
    def test_has_the_published_equilibria(self, case):
        found = detail(case())
        assert EXPECTED.items() <= found["equilibria"].items()
        assert found["status_quo"] == "s1"
        assert [state["id"] for state in found["states"]] == [f"s{k}" for k in range(1, 10)]
        assert found["rank"]["moe"]["s7"] == 1 and found["rank"]["moe"]["s9"] == 9

    @pytest.mark.parametrize("case", [elmira, elmira_drawn])
    def test_is_judged_alike_by_the_definitions_and_by_their_compiled_twin(self, case, monkeypatch):
        from parley.engines import graph_model

        engine = GraphModel(concept="GMR")
        readable = engine.forecast(case(), RNG).data
        monkeypatch.setattr(graph_model, "READABLE_STATES", 0)
        assert engine.forecast(case(), RNG).data.identical(readable)

    def test_leaves_open_what_a_coalesced_state_does_not_settle(self):
        last = detail(elmira())["states"][-1]
        assert last == {
            "id": "s9",
            "options": {"modify": None, "delay": False, "accept": False, "abandon": True, "insist": None},
            "label": "Abandon",
        }

    def test_calls_drawn_states_by_their_names_and_knows_no_options_of_theirs(self):
        assert detail(elmira_drawn())["states"][0] == {"id": "s1", "options": {}, "label": "State 1"}

    def test_starts_from_what_the_options_say_initially_unless_a_state_is_named(self):
        assert detail(elmira())["reachable"] == [f"s{k}" for k in range(1, 10)]
        assert detail(elmira(status_quo="s8"))["reachable"] == ["s4", "s8", "s9"]

    def test_keeps_the_states_that_agree_with_a_held_option_and_those_that_leave_it_open(self):
        held = elmira(held=(Choice(option="insist", taken=True),))
        assert [state["id"] for state in detail(held)["states"]] == ["s5", "s6", "s7", "s8", "s9"]
        assert detail(held)["status_quo"] == "s5"

    def test_holds_the_option_in_the_state_that_is_named_as_the_status_quo(self):
        held = elmira(status_quo="s4", held=(Choice(option="insist", taken=True),))
        assert detail(held)["status_quo"] == "s8"

    def test_counts_as_agreement_what_an_expression_over_options_or_over_states_says(self):
        for case in (elmira(), elmira_drawn()):
            data = GraphModel(concept="R").forecast(case, RNG).data
            # Of 5, 8 and 9 only 8 is an acceptance
            assert data["agreement"] == pytest.approx(1 / 3)

    def test_judges_no_simultaneous_moves_where_nothing_says_what_comes_of_them(self):
        assert "SIM" not in detail(elmira())["equilibria"]
        with pytest.raises(EngineError, match="SIM"):
            GraphModel(concept="SIM").forecast(elmira(), RNG)

    def test_refuses_a_statement_that_a_coalesced_state_leaves_open(self):
        preferences = (wants("moe", "-modify"),)
        with pytest.raises(EngineError, match="'-modify' holds in some of the combinations that are the state 's9'"):
            detail(elmira(preferences=preferences))

    def test_takes_statements_over_states(self):
        preferences = (wants("moe", "s7", "-abandon & s3 | s4"),)
        ranks = detail(elmira(preferences=preferences))["rank"]["moe"]
        assert [ranks[f"s{k}"] for k in (7, 3, 4, 1)] == [1, 2, 2, 3]


class TestDrawnGraphs:
    def drawn(self, *moves):
        """Four states that the north likes in the order s4, s2, s1, s3; the others follow."""
        orders = {"north": (4, 2, 1, 3), "south": (3, 2, 4, 1), "east": (3, 4, 2, 1)}
        return scenario_of(
            Conflict(
                states=tuple(State(id=f"s{k}") for k in range(1, 5)),
                moves=tuple(DrawnMove(party=p, leaves=a, reaches=tuple(b)) for p, a, b in moves),
                preferences=tuple(Preference(party=p, ranking=ranked(order)) for p, order in orders.items()),
                status_quo="s1",
            ),
            *orders,
        )

    def test_need_not_be_transitive(self):
        # The north can go 1 -> 2 and 2 -> 4 but not 1 -> 4, and nobody else can move: nothing punishes it
        found = detail(self.drawn(("north", "s1", ["s2"]), ("north", "s2", ["s4"])))
        assert found["improvements"]["north"] == {"s1": ["s2"], "s2": ["s4"]}
        assert found["stable"]["GMR"]["north"] == ["s3", "s4"]

    def test_may_give_two_decision_makers_the_same_move(self):
        # South and east can both go 2 -> 3: so after 1 -> 2 by the north, either of them punishes it
        found = detail(self.drawn(("north", "s1", ["s2"]), ("south", "s2", ["s3"]), ("east", "s2", ["s3"])))
        assert "s1" in found["stable"]["SEQ"]["north"]
        assert "s1" not in found["stable"]["R"]["north"]

    def test_gather_the_moves_of_one_state_from_several_lines(self):
        found = detail(self.drawn(("north", "s1", ["s2"]), ("north", "s1", ["s4"])))
        assert found["improvements"]["north"]["s1"] == ["s2", "s4"]

    def test_may_be_drawn_between_states_that_options_describe(self):
        model = Conflict(
            options=(option("sign", "north"), option("leave", "south")),
            states=(State(id="war", when="-sign"), State(id="peace", when="sign", name="Peace")),
            moves=(DrawnMove(party="south", leaves="war", reaches=("peace",)),),
            preferences=(wants("north", "sign"), wants("south", "sign")),
            agreement="sign",
        )
        found = detail(scenario_of(model, "north", "south"))
        assert found["improvements"] == {"north": {}, "south": {"war": ["peace"]}}
        assert found["states"][1] == {"id": "peace", "options": {"sign": True, "leave": None}, "label": "Peace"}


class TestPreferences:
    def pair(self, *preferences):
        return conflict((option("a", "north"), option("b", "south")), preferences)

    def test_tell_which_statements_score_in_which_state_by_importance(self):
        one, two = (Estimate.exactly(x, because="a test") for x in (1, 2))
        found = detail(self.pair(wants("north", ("a", one), ("b IF a", two)), wants("south", "-b")))
        assert found["statements"] == {
            "north": [{"says": "b IF a", "scores_in": [1, 3, 4]}, {"says": "a", "scores_in": [2, 4]}],
            "south": [{"says": "-b", "scores_in": [1, 2]}],
        }

    def test_by_weight_add_up_so_that_two_small_wishes_can_outweigh_a_large_one(self):
        three, two = (Estimate.exactly(x, because="a test") for x in (3, 2))
        says = (("a", three), ("b", two), ("b | -a", two))
        in_order = detail(self.pair(wants("north", *says)))["rank"]["north"]
        statements = wants("north", *says).statements
        weighed = detail(self.pair(Preference(party="north", counts="by_weight", statements=statements)))["rank"][
            "north"
        ]
        # Weights of the states 1..4 (nothing, a, b, both): 2, 3, 4, 7
        assert weighed == {1: 4, 2: 3, 3: 2, 4: 1}
        assert in_order == {1: 4, 2: 2, 3: 3, 4: 1}

    def test_by_weight_are_tied_where_the_same_weights_add_up_in_another_order(self):
        weights = [Estimate.exactly(x, because="a test") for x in (0.1, 0.2, 0.3)]
        says = ("a & -b", "a & -b", "-a & b")
        statements = tuple(PreferenceStatement(says=s, importance=w) for s, w in zip(says, weights, strict=True))
        ranks = detail(self.pair(Preference(party="north", counts="by_weight", statements=statements)))["rank"]["north"]
        assert ranks[2] == ranks[3] == 1 and ranks[1] == ranks[4] == 2

    def test_by_ranking_keep_their_order_and_their_ties_where_an_option_is_held(self):
        states = tuple(State(id=f"s{k}", when=when) for k, when in enumerate(("-a & -b", "a & -b", "-a & b", "a & b")))
        model = Conflict(
            options=(option("a", "north"), option("b", "south")),
            states=states,
            preferences=(Preference(party="north", ranking=(("s3", "s1"), ("s0",), ("s2",))),),
            held=(Choice(option="b", taken=False),),
        )
        assert detail(scenario_of(model, "north", "south"))["rank"]["north"] == {"s0": 2, "s1": 1}

    def test_over_states_that_are_single_combinations_keep_everything_that_option_form_has(self):
        """The order of the states wins; which states are stable stays the same."""
        order = ("a & b", "-a & -b", "a & -b", "-a & b")
        plain = self.pair(wants("north", "b", "-a"), wants("south", "a", "-b"))
        named = conflict(
            plain.conflict.options,
            plain.conflict.preferences,
            states=tuple(State(id=f"s{k}", when=when) for k, when in enumerate(order)),
        )
        number = {"s0": 4, "s1": 1, "s2": 2, "s3": 3}
        for concept, found in detail(named)["equilibria"].items():
            assert sorted(number[each] for each in found) == detail(plain)["equilibria"][concept], concept

    def test_place_issues_only_by_options_that_a_state_settles(self):
        means = (Meaning(issue="border", at=exactly(80)),)
        model = Conflict(
            options=(option("a", "north", means=means), option("b", "south")),
            states=(State(id="s1", when="a"), State(id="s2", when="-a")),
            preferences=(wants("north", "a"),),
            agreement="a",
        )
        data = GraphModel().forecast(tiny_scenario(conflict=model, approaches=()), RNG).data
        assert data["settlement"].sel(issue="border") == 80


@settings(max_examples=100, deadline=None)
@given(option_models(max_makers=3, max_options=4))
def test_states_of_one_combination_each_have_the_moves_of_the_option_form(model):
    assert coalesced_moves(model.by_option, np.arange(len(model.codes))) == model.moves


def test_who_can_go_from_some_combination_of_a_state_to_some_of_another_can_make_the_move():
    # Two options of the one, a third of the other; the states tell how many of the first two are taken
    moves = OptionMoves(codes=np.arange(8), own=(0b011, 0b100), stays_taken=0b001)
    owner = np.array([0, 1, 1, 2, 0, 1, 1, 2])
    listed = reachable_lists(range(8), moves.own, stays_taken=0b001)
    expected = [
        [{int(owner[q]) for s in range(8) if owner[s] == k for q in lists[s]} - {k} for k in range(3)]
        for lists in listed
    ]
    assert [[set(each) for each in lists] for lists in coalesced_moves(moves, owner)] == expected
    assert expected[1] == [set(), set(), set()]


@pytest.mark.parametrize("case", [elmira, elmira_drawn])
def test_a_conflict_that_names_its_states_is_the_same_after_it_was_written_to_a_file(case):
    assert load_bytes(new_text(case()).encode()) == case()
