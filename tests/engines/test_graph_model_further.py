"""What the graph model tells of small conflicts beyond plain stability, from files through the command."""

import itertools
import re
import textwrap
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.conflict import Choice, Preference, PreferenceStatement
from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.engines.graph_model import GraphModel, ahead
from parley.errors import EngineError, UsageError
from parley.files.saving import new_text
from parley.files.scenarios import load, load_bytes
from tests.engines.test_graph_model import RNG, answers, conflict, detail, option, stag_hunt, wants
from tests.engines.test_graph_model_states import elmira
from tests.graph_scenarios import DILEMMA, ran, ranked, told, written

PRISONERS = ranked(row="dc cc dd cd", column="cd cc dd dc")
CHICKEN = ranked(row="dc cc cd dd", column="cd cc dc dd")
ORDINARY = ("R", "GMR", "SMR", "SEQ")


class TestCoalitions:
    pact = """
  options:
    - {id: ours, name: Ours, party: row, words: signs}
    - {id: theirs, name: Theirs, party: column, words: signs}
  infeasible: [{when: ours & -theirs | -ours & theirs, words: a treaty has two signatures}]
  preferences:
    - {party: row, statements: [{says: ours}]}
    - {party: column, statements: [{says: theirs}]}
"""

    def test_move_one_after_another_unless_they_are_said_to_be_fused(self, tmp_path):
        case = written(self.pact, "row", "column")
        step_by_step = told(tmp_path, case)
        assert step_by_step["coalitions"]["moves"] == "by_legal_sequences"
        assert step_by_step["equilibria"]["CNash"] == [1, 2] and step_by_step["coalitions"]["jumps"] == []
        at_once = told(tmp_path, case, "--set", "coalition_moves=fused")
        assert at_once["coalitions"]["moves"] == "fused"
        assert at_once["equilibria"]["CNash"] == [2]
        assert at_once["coalitions"]["jumps"] == [{"from": 1, "to": 2, "parties": ["row", "column"]}]

    def test_are_not_fused_where_nothing_says_what_comes_of_it(self):
        with pytest.raises(EngineError, match="set coalition_moves to by_legal_sequences"):
            answers(elmira(), coalition_moves="fused")

    def test_of_one_are_decision_makers(self):
        found = detail(stag_hunt())
        alone = {each["parties"][0]: each["stable"] for each in found["coalitions"]["by_coalition"][:2]}
        for party, stable in alone.items():
            for coalitional, concept in zip(("CNash", "CGMR", "CSMR", "CSEQ"), ORDINARY, strict=True):
                assert stable[coalitional] == found["stable"][concept][party]

    def test_jump_between_the_equilibria_of_the_chosen_concept(self):
        # Both meet at the truce if each holds its fire; that both do is better for both
        assert detail(stag_hunt())["coalitions"]["jumps"] == [{"from": 1, "to": 4, "parties": ["north", "south"]}]


class TestSize:
    beyond = ("coalitions", "looking_ahead", "unknown", "degree", "attitudes", "misperception")

    def test_bounds_what_is_told(self):
        found = detail(stag_hunt(), extended_states=3)
        assert [found[name] for name in self.beyond] == [None] * 6
        assert list(found["equilibria"]) == ["R", "GMR", "SMR", "SEQ", "SSEQ", "SIM"]

    def test_bounds_the_number_of_coalitions(self):
        parties = tuple(f"p{k}" for k in range(9))
        drawn = "  status_quo: s\n  states: [{id: s}, {id: t}]\n  moves: [{party: p0, leaves: s, reaches: [t]}]\n"
        for count, told_of in ((8, 255), (9, None)):
            text = written(drawn + ranked(**dict.fromkeys(parties[:count], "t s")), *parties)
            coalitions = detail(load_bytes(text.encode()))["coalitions"]
            assert (coalitions and len(coalitions["by_coalition"])) == told_of

    def test_may_be_raised(self):
        assert detail(stag_hunt(), extended_states=4)["coalitions"] is not None

    def test_does_not_matter_to_draws(self):
        draws = Draws.of_modes(stag_hunt())
        assert (
            GraphModel()
            .forecast_many(draws, [RNG])
            .identical(GraphModel(extended_states=0).forecast_many(draws, [RNG]))
        )


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"horizon": 0}, "horizon is 0; it must lie in 1..50"),
        ({"horizon": 51}, "horizon is 51"),
        ({"coalition_moves": "together"}, "coalition_moves is 'together'; it must be one of by_legal_sequences, fused"),
        ({"concept": "NASH"}, "concept is 'NASH'"),
    ],
)
def test_a_setting_that_means_nothing_is_refused(setting, message):
    with pytest.raises(UsageError, match=message):
        GraphModel(**setting)


def test_a_conflict_that_says_nothing_of_doubts_and_the_like_is_told_nothing_of_them(tmp_path):
    found = told(tmp_path, written(DILEMMA + PRISONERS, "row", "column"))
    assert [found[name] for name in ("unknown", "degree", "attitudes", "misperception")] == [None] * 4


class TestUnknownPreferences:
    """Row does not know, or we do not, whether mutual defection is worse for it than being cheated."""

    doubtful = DILEMMA + PRISONERS.replace("- party: row\n", "- party: row\n      unknown: [[dd, cd]]\n")

    def test_leave_it_to_what_a_decision_maker_dares_where_it_rests(self, tmp_path):
        found = told(tmp_path, written(self.doubtful, "row", "column"))["unknown"]
        assert found["pairs"] == {"row": [["cd", "dd"]], "column": []}
        # Row improves from cc to dc for sure, and perhaps from cd to dd or back
        rests = {kind: found["stable"][kind]["R"]["row"] for kind in "abcd"}
        assert rests == {"a": ["dc"], "b": ["dc", "cd", "dd"], "c": ["dc"], "d": ["dc", "cd", "dd"]}

    def test_do_not_change_what_holds_if_the_wish_is_taken_as_it_is_written(self, tmp_path):
        doubtful = told(tmp_path, written(self.doubtful, "row", "column"))
        sure = told(tmp_path, written(DILEMMA + PRISONERS, "row", "column"))
        assert (doubtful["stable"], doubtful["equilibria"]) == (sure["stable"], sure["equilibria"])

    def test_that_decide_nothing_leave_all_four_kinds_with_the_ordinary_concepts(self, tmp_path):
        # The unknown statement repeats a known one, so that no two states differ on it first
        options = DILEMMA[: DILEMMA.index("  states:")]
        wishes = """
  preferences:
    - {party: row, statements: [{says: -column_defects}, {says: row_defects}, {says: row_defects, unknown: true}]}
    - {party: column, statements: [{says: -row_defects}, {says: column_defects}]}
"""
        found = told(tmp_path, written(options + wishes, "row", "column"))
        assert found["unknown"]["pairs"] == {"row": [], "column": []}
        for kind in "abcd":
            for concept in ORDINARY:
                assert found["unknown"]["stable"][kind][concept] == found["stable"][concept]
                assert found["unknown"]["equilibria"][kind][concept] == found["equilibria"][concept]

    @settings(max_examples=40, deadline=None)
    @given(
        marks=st.lists(st.booleans(), min_size=3, max_size=3),
        weights=st.one_of(st.none(), st.lists(st.integers(0, 3), min_size=3, max_size=3)),
    )
    def test_are_those_whose_order_turns_with_what_the_marked_statements_mean(self, marks, weights):
        """A marked statement may count for, against, or not at all; known is what comes out the same in each case."""
        says = ("a", "b IF a", "-c")
        statements = tuple(
            PreferenceStatement(
                says=text,
                unknown=mark,
                importance=None if weights is None else Estimate.exactly(weights[k], because="a test"),
            )
            for k, (text, mark) in enumerate(zip(says, marks, strict=True))
        )
        wished = Preference(party="north", statements=statements, counts="in_order" if weights is None else "by_weight")
        scenario = conflict([option(name, "north") for name in "abc"], (wished,))
        data = answers(scenario)
        if not any(marks):
            assert "unknown" not in data
            return
        holds = np.array([[a, b or not a, not c] for c, b, a in itertools.product((0, 1), repeat=3)], dtype=int)
        size = np.array([4, 2, 1] if weights is None else weights)
        meanings = itertools.product(*((1, 0, -1) if mark else (1,) for mark in marks))
        scores = np.array([holds @ (size * meaning) for meaning in meanings])
        order = np.sign(scores[:, np.newaxis, :] - scores[:, :, np.newaxis])
        turns = (order != order[0]).any(axis=0)
        np.testing.assert_array_equal(data["unknown"].values[0] > 0, turns)


class TestDegrees:
    """Row finds mutual defection much worse than mutual cooperation."""

    gap = DILEMMA + PRISONERS.replace("- party: row\n", "- party: row\n      much_worse_from: [dd]\n")

    def test_hold_cooperation_strongly_for_the_one_who_would_lose_much(self, tmp_path):
        found = told(tmp_path, written(self.gap, "row", "column"))["degree"]
        assert found["much_better"] == {
            "row": [["cc", "cd"], ["cc", "dd"], ["dc", "cd"], ["dc", "dd"]],
            "column": [],
        }
        assert "cc" in found["stable"]["strongly"]["SEQ"]["row"] and "cc" in found["stable"]["weakly"]["SEQ"]["column"]
        assert found["equilibria"]["weakly"]["SEQ"] == ["cc"]
        # Nobody can gain by leaving mutual defection, which is stable as strongly as can be
        assert found["equilibria"]["strongly"]["SEQ"] == ["dd"]

    def test_are_told_by_statements_as_well(self, tmp_path):
        wishes = """
  preferences:
    - {party: row, statements: [{says: -column_defects, strongly: true}, {says: row_defects}]}
    - {party: column, statements: [{says: -row_defects}, {says: column_defects}]}
"""
        by_statements = told(tmp_path, written(DILEMMA + wishes, "row", "column"))
        assert by_statements["degree"] == told(tmp_path, written(self.gap, "row", "column"))["degree"]

    @settings(max_examples=40, deadline=None)
    @given(marks=st.lists(st.booleans(), min_size=4, max_size=4).filter(any))
    def test_add_up_what_is_better_than_much_better_is_much_better(self, marks):
        says = ("a & b", "-c", "a IFF c", "b")
        statements = tuple(PreferenceStatement(says=t, strongly=m) for t, m in zip(says, marks, strict=True))
        wished = Preference(party="north", statements=statements)
        data = answers(conflict([option(name, "north") for name in "abc"], (wished,)))
        degree = data["degree"].values[0]
        for s, q, x in itertools.product(range(8), repeat=3):
            if degree[s, q] and degree[q, x]:
                assert degree[s, x] >= max(degree[s, q], degree[q, x])


class TestAttitudes:
    def case(self, *lines):
        rows = "".join(f"    - {{party: {a}, towards: {b}, attitude: {how}}}\n" for a, b, how in lines)
        return written(DILEMMA + PRISONERS + "  attitudes:\n" + rows, "row", "column")

    def test_of_prisoners_who_mind_only_each_other_make_them_cooperate(self, tmp_path):
        other = [("row", "row", "neutral"), ("row", "column", "positive")]
        mirrored = [("column", "column", "neutral"), ("column", "row", "positive")]
        found = told(tmp_path, self.case(*other, *mirrored))["attitudes"]
        assert found["towards"]["row"] == {"row": "neutral", "column": "positive"}
        assert found["equilibria"]["RNash"] == ["cc"]

    def test_that_are_the_usual_ones_leave_everything_as_it_was(self, tmp_path):
        found = told(tmp_path, self.case(("row", "column", "neutral"), ("row", "row", "positive")))
        for concept in ORDINARY:
            relational = "RNash" if concept == "R" else f"R{concept}"
            assert found["attitudes"]["stable"][relational] == found["stable"][concept]

    def test_count_only_in_the_conflict_that_has_them(self, tmp_path):
        # Whoever is positive towards both gives up what costs the other: from cc row no longer goes to dc
        found = told(tmp_path, self.case(("row", "column", "positive")))
        assert "cc" in found["attitudes"]["stable"]["RNash"]["row"] and "cc" not in found["stable"]["R"]["row"]
        assert found["attitudes"]["towards"]["column"] == {"row": "neutral", "column": "positive"}


class TestMisperception:
    mixed = ranked(row="dc cc dd cd", column="cd cc dc dd")
    """A prisoner against a player of Chicken."""

    def case(self, perception):
        return written(DILEMMA + self.mixed + "  perceptions:\n" + perception, "row", "column")

    def test_can_hold_up_what_would_not_hold(self, tmp_path):
        # Row takes column for a prisoner who would answer defection with defection; column would give way
        beliefs = "    - {party: row, believes: [{party: column, ranking: [[cd], [cc], [dd], [dc]]}]}\n"
        found = told(tmp_path, self.case(beliefs))
        assert "cc" not in found["stable"]["SEQ"]["row"]
        assert "cc" in found["misperception"]["stable"]["SEQ"]["row"]

    def test_tells_beliefs_by_statements_as_by_rankings(self, tmp_path):
        ranking = "    - {party: row, believes: [{party: column, ranking: [[cd], [cc], [dd], [dc]]}]}\n"
        wished = "    - {party: row, believes: [{party: column, wants: [-row_defects, column_defects]}]}\n"
        assert told(tmp_path, self.case(ranking))["misperception"] == told(tmp_path, self.case(wished))["misperception"]

    def test_may_end_in_a_surprise(self, tmp_path):
        # In Chicken dc holds; column does not know that row could defect
        found = told(
            tmp_path,
            written(
                DILEMMA + CHICKEN + "  perceptions: [{party: column, unseen: row_defects}]\n",
                "row",
                "column",
            ),
        )["misperception"]
        assert found["unseen"] == {"row": [], "column": ["dc", "dd"]}
        assert found["surprises"]["R"] == ["dc"] and found["equilibria"]["R"] == ["cd"]

    def test_may_be_of_moves(self, tmp_path):
        # Row takes it for impossible that column follows from dc to dd, so that nothing deters it at cc
        blind = "    - {party: row, unseen_moves: [{party: column, leaves: dc, reaches: [dd]}]}\n"
        case = written(DILEMMA + PRISONERS + "  perceptions:\n" + blind, "row", "column")
        found = told(tmp_path, case)
        assert "cc" in found["stable"]["SEQ"]["row"]
        assert "cc" not in found["misperception"]["stable"]["SEQ"]["row"]
        assert found["misperception"]["stable"]["SEQ"]["column"] == found["stable"]["SEQ"]["column"]

    def test_is_not_of_moves_that_do_not_exist(self, tmp_path):
        blind = "    - {party: row, unseen_moves: [{party: column, leaves: cc, reaches: [dd]}]}\n"
        case = written(DILEMMA + PRISONERS + "  perceptions:\n" + blind, "row", "column")
        assert "'column' cannot move from 'cc' to 'dd'" in str(ran(tmp_path, case)["detail"])

    def test_of_nothing_is_the_ordinary_conflict(self, tmp_path):
        found = told(tmp_path, self.case("    - {party: row}\n"))
        assert all(rows == found["stable"][c] for c, rows in found["misperception"]["stable"].items())
        assert all(states == found["equilibria"][c] for c, states in found["misperception"]["equilibria"].items())


def test_limited_moves_that_do_not_settle_are_left_out_and_the_rest_is_told(monkeypatch):
    # In matching pennies what is stable goes round in a cycle of two moves
    options = (option("heads", "north"), option("tails", "south"))
    pennies = conflict(options, (wants("north", "heads IFF tails"), wants("south", "-(heads IFF tails)")))
    found = detail(pennies)["looking_ahead"]
    assert (found["settled"], found["period"]) == (1, 2)
    monkeypatch.setattr(ahead, "MAX_HORIZON", 1)
    cut = detail(pennies)
    assert (cut["looking_ahead"]["settled"], cut["looking_ahead"]["variant"]) == (None, None)
    assert "NM" not in cut["stable"] and "L1" not in cut["stable"] and "MR4" in cut["stable"]


class TestHeldOptions:
    """An approach may hold an option, which leaves out states of which the scenario speaks."""

    def test_leave_of_doubts_gaps_and_moves_what_is_still_there(self):
        held = told_of_the_dilemma(
            "    - party: row\n      ranking: [[dc], [cc], [dd], [cd]]\n      unknown: [[dd, cd], [cc, dc]]\n"
            "      much_worse_from: [dd]\n    - {party: column, ranking: [[cd], [cc], [dd], [dc]]}\n"
            "  perceptions: [{party: row, unseen_moves: [{party: column, leaves: dc, reaches: [dd]}]}]\n",
            row_defects=False,
        )
        assert [state["id"] for state in held["states"]] == ["cc", "cd"]
        assert held["unknown"]["pairs"] == {"row": [], "column": []}
        assert held["degree"]["much_better"] == {"row": [["cc", "cd"]], "column": []}
        assert held["misperception"]["stable"]["R"] == held["stable"]["R"]


def told_of_the_dilemma(preferences, **held):
    """The detail where options are held taken or left."""
    scenario = load_bytes(written(f"{DILEMMA}  preferences:\n{preferences}", "row", "column").encode())
    choices = tuple(Choice(option=name, taken=taken) for name, taken in held.items())
    return detail(replace(scenario, conflict=replace(scenario.conflict, held=choices)))


def test_everything_that_a_conflict_may_say_is_the_same_after_it_was_written_to_a_file():
    wishes = PRISONERS.replace(
        "- party: row\n", "- party: row\n      unknown: [[dd, cd]]\n      much_worse_from: [dd]\n"
    )
    more = """
  attitudes: [{party: row, towards: column, attitude: negative}]
  perceptions:
    - {party: row, unseen: dd, believes: [{party: column, wants: [-row_defects]}]}
    - {party: column, believes: [{party: row, ranking: [[cc], [cd, dc, dd]]}],
       unseen_moves: [{party: row, leaves: cc, reaches: [dc]}]}
"""
    scenario = load_bytes(written(DILEMMA + wishes + more, "row", "column").encode())
    assert scenario.conflict.perceptions[1].believes[0].ranking == (("cc",), ("cd", "dc", "dd"))
    assert load_bytes(new_text(scenario).encode()) == scenario


def test_the_example_of_the_documentation_is_told_whole(tmp_path):
    page = Path(__file__).parents[2] / "docs/engines/graph_model_extensions.md"
    (example,) = re.findall(r"```yaml\n(preferences:.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    found = told(tmp_path, written(DILEMMA + textwrap.indent(example, "  "), "row", "column"))
    assert found["unknown"]["pairs"] == {"row": [["cd", "dd"]], "column": [["cc", "cd"], ["dc", "dd"]]}
    assert found["degree"]["much_better"]["column"] == [["cc", "dc"], ["cc", "dd"], ["cd", "dc"], ["cd", "dd"]]
    assert found["attitudes"]["towards"]["row"]["column"] == "negative"
    assert found["misperception"]["unseen"]["column"] == ["dd"]


def test_a_conflict_with_all_of_it_has_every_variable_of_the_card(tmp_path):
    path = tmp_path / "scenario.yaml"
    wishes = PRISONERS.replace(
        "- party: row\n", "- party: row\n      unknown: [[dd, cd]]\n      much_worse_from: [dd]\n"
    )
    more = (
        "  attitudes: [{party: row, towards: column, attitude: negative}]\n  perceptions: [{party: row, unseen: dd}]\n"
    )
    path.write_text(written(DILEMMA + wishes + more, "row", "column"), encoding="utf-8")
    data = GraphModel().forecast(load(str(path)), RNG).data
    assert set(GraphModel.card.variables) <= set(data.data_vars)
