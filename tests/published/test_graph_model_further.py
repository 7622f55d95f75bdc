"""Coalitions, limited moves and leaders in the known conflicts, from their files through the command."""

import pytest

from tests.graph_scenarios import told


class TestElmira:
    def test_is_left_at_five_for_eight_by_the_ministry_and_uniroyal_as_history_had_it(self, tmp_path):
        found = told(tmp_path, "graph-model/elmira-1991")
        assert found["coalitions"]["jumps"] == [{"from": "s5", "to": "s8", "parties": ["ministry", "uniroyal"]}]
        assert found["equilibria"]["CNash"] == ["s8", "s9"]

    def test_is_left_at_the_status_quo_for_five_by_the_ministry_and_the_local_government(self, tmp_path):
        together = told(tmp_path, "graph-model/elmira-1991")["coalitions"]["by_coalition"]
        (pair,) = (each for each in together if each["parties"] == ["ministry", "local"])
        assert "s5" in pair["improvements"]["s1"] and "s1" not in pair["stable"]["CNash"]

    def test_has_no_stackelberg_equilibria_since_there_are_three(self, tmp_path):
        found = told(tmp_path, "graph-model/elmira-1991")["looking_ahead"]
        assert found["stackelberg"] is None and found["variant"] == "cautious"


class TestLimitedMoves:
    """States 1 to 4: both cooperate, row alone defects, column alone defects, both defect."""

    def test_hold_up_cooperation_in_the_prisoners_dilemma_from_two_moves_on(self, tmp_path):
        found = told(tmp_path, "graph-model/prisoners-dilemma", "--set", "horizon=8")
        assert found["equilibria"]["L1"] == [4]
        assert [found["equilibria"][f"L{h}"] for h in range(2, 9)] == [[1, 4]] * 7

    def test_go_in_chicken_from_one_giving_way_over_nowhere_to_both(self, tmp_path):
        found = told(tmp_path, "graph-model/chicken", "--set", "horizon=8")
        assert [found["equilibria"][f"L{h}"] for h in range(1, 4)] == [[2, 3], [], [1]]
        assert [found["equilibria"][f"L{h}"] for h in range(3, 9)] == [[1]] * 6
        assert found["equilibria"]["NM"] == [1]
        assert found["looking_ahead"]["variant"] == "two decision makers" and found["looking_ahead"]["period"] == 1

    def test_are_told_up_to_the_horizon_that_is_set(self, tmp_path):
        found = told(tmp_path, "graph-model/chicken", "--set", "horizon=2")
        assert [name for name in found["stable"] if name.startswith("L")] == ["L1", "L2"]
        assert found["looking_ahead"]["horizon"] == 2


def test_whoever_leads_in_chicken_drives_on(tmp_path):
    led = told(tmp_path, "graph-model/chicken")["looking_ahead"]["stackelberg"]
    assert led == {"row": [2], "column": [3]}


@pytest.mark.parametrize("name", ["elmira-1991", "cuba-1962", "prisoners-dilemma", "chicken"])
def test_the_metarational_tree_begins_with_nash_gmr_and_smr(tmp_path, name):
    stable = told(tmp_path, f"graph-model/{name}")["stable"]
    assert [stable[f"MR{h}"] for h in (1, 2, 3)] == [stable[concept] for concept in ("R", "GMR", "SMR")]
    assert stable["L1"] == stable["R"]


def test_both_together_leave_mutual_defection_in_the_prisoners_dilemma(tmp_path):
    found = told(tmp_path, "graph-model/prisoners-dilemma")
    assert found["equilibria"]["CNash"] == []
    assert found["coalitions"]["jumps"] == [{"from": 4, "to": 1, "parties": ["row", "column"]}]
