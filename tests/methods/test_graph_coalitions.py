"""Which states hold when decision makers act together."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.graph import stable
from parley.methods.graph_coalitions import (
    COALITIONAL,
    Jump,
    by_legal_sequences,
    coalitions,
    equilibrium_jumps,
    fused,
    joint_improvements,
    stable_for,
    universally_stable,
)
from parley.methods.option_form import reachable_lists
from tests.graph_models import drawn_graphs, option_models, relabelled
from tests.methods.test_graph import graph
from tests.published.test_graph_model_cases import SOVIET_UNION, UNITED_STATES
from tests.published.test_graph_model_cases import TestElmira as Elmira

MINISTRY, UNIROYAL, LOCAL = range(3)
ALONE = {"CNash": "R", "CGMR": "GMR", "CSMR": "SMR", "CSEQ": "SEQ"}


class TestElmiraTogether:
    """The equilibrium 5 gave way to 8 when the ministry and Uniroyal agreed in 1991; states are one less here."""

    moves, rank = Elmira.moves, Elmira.rank

    def test_jumps_from_five_to_eight_by_the_ministry_and_uniroyal_and_nowhere_else(self):
        both = frozenset({MINISTRY, UNIROYAL})
        for concept in ("R", "SEQ"):
            assert equilibrium_jumps(self.moves, self.rank, concept) == (Jump(start=4, end=7, coalition=both),)

    def test_nobody_improves_on_eight_and_nine_together(self):
        reach = by_legal_sequences(self.moves)
        for state, group in itertools.product((7, 8), coalitions(range(3))):
            assert joint_improvements(reach, self.rank, group, state) == frozenset()
        universal = universally_stable(self.moves, self.rank, "CNash")
        assert np.flatnonzero(universal).tolist() == [7, 8]

    def test_from_the_status_quo_the_ministry_and_the_local_government_improve_to_five(self):
        reach = by_legal_sequences(self.moves)
        assert joint_improvements(reach, self.rank, frozenset({MINISTRY, LOCAL}), 0) == {4}


class TestTwoByTwo:
    moves = reachable_lists(range(4), [0b01, 0b10])
    everybody = frozenset({0, 1})

    def test_in_the_prisoners_dilemma_both_together_leave_mutual_defection(self):
        rank = np.array([[2, 1, 4, 3], [2, 4, 1, 3]])
        jumps = equilibrium_jumps(self.moves, rank, "SEQ")
        assert jumps == (Jump(start=3, end=0, coalition=self.everybody),)
        assert universally_stable(self.moves, rank, "CSEQ").tolist() == [True, False, False, False]
        assert not universally_stable(self.moves, rank, "CNash").any()

    @pytest.mark.parametrize("stays_taken", [0b0001, 0])
    def test_in_the_cuban_missile_crisis_both_prefer_that_the_blockade_end_once_the_missiles_are_withdrawn(
        self, stays_taken
    ):
        """By hand: of the sequential equilibria 4, 6 (and 5), both rank 4 before 6: 4 6 5 ..., and 0 4 6 ... 5."""
        moves = reachable_lists(range(12), [0b0011, 0b1100], stays_taken=stays_taken)
        rank = np.array([[1 + order.index(d) for d in range(12)] for order in (UNITED_STATES, SOVIET_UNION)])
        withdrawal, with_blockade = 0b0100, 0b0110
        jump = Jump(start=with_blockade, end=withdrawal, coalition=self.everybody)
        assert equilibrium_jumps(moves, rank, "SEQ") == (jump,)
        assert universally_stable(moves, rank, "CSEQ")[withdrawal]
        assert not universally_stable(moves, rank, "CSEQ")[with_blockade]


class TestTheTwoWaysToMoveTogether:
    """Options 1 and 2 exclude none, but the states with just one of them taken are infeasible."""

    codes, own = (0b00, 0b11), (0b01, 0b10)
    moves = reachable_lists(codes, own)
    rank = np.array([[2, 1], [2, 1]])

    def test_a_sequence_may_not_pass_through_what_is_infeasible(self):
        assert universally_stable(self.moves, self.rank, "CNash").tolist() == [True, True]

    def test_a_fused_coalition_may_jump_over_it(self):
        reach = fused(self.codes, self.own)
        assert universally_stable(self.moves, self.rank, "CNash", reach=reach).tolist() == [False, True]

    def test_a_sequence_may_do_what_the_fused_coalition_may_not_where_members_share_a_move(self):
        # One option that stays taken, moved by both: the sequence is a single step either way
        assert fused([0, 1], [0b1, 0b1], stays_taken=0b1)(frozenset({0, 1}), 1) == frozenset()

    @settings(max_examples=80, deadline=None)
    @given(option_models(max_makers=3, full_cube=True), st.sampled_from(COALITIONAL))
    def test_they_agree_where_everything_is_feasible_and_reversible(self, model, concept):
        group = frozenset(range(min(2, len(model.own))))
        separately = stable_for(model.moves, model.rank, group, concept)
        together = stable_for(model.moves, model.rank, group, concept, reach=fused(model.codes, model.own))
        np.testing.assert_array_equal(separately, together)


@settings(max_examples=100, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=6))
def test_a_coalition_of_one_is_judged_as_a_decision_maker_alone(model):
    moves, rank = model
    for i, (together, alone) in itertools.product(range(len(moves)), ALONE.items()):
        if alone == "SEQ" and len(moves) > 2:
            continue
        np.testing.assert_array_equal(
            stable_for(moves, rank, frozenset({i}), together), stable(moves, rank, alone)[i], together
        )


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=6))
def test_a_coalition_that_looks_no_further_and_stays_also_stays_under_the_wider_concepts(model):
    moves, rank = model
    for group in coalitions(range(len(moves))):
        verdict = {concept: stable_for(moves, rank, group, concept) for concept in COALITIONAL}
        for narrow, wide in (("CNash", "CSMR"), ("CSMR", "CGMR"), ("CNash", "CSEQ")):
            assert (verdict[narrow] <= verdict[wide]).all(), (narrow, wide)


@settings(max_examples=40, deadline=None)
@given(option_models(max_makers=3))
def test_in_option_form_a_credible_answer_is_one_of_those_that_could_be_given(model):
    for group in coalitions(range(len(model.own))):
        credible = stable_for(model.moves, model.rank, group, "CSEQ")
        assert (credible <= stable_for(model.moves, model.rank, group, "CGMR")).all()


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=4, max_states=6))
def test_universal_stability_asks_no_less_than_an_equilibrium(model):
    moves, rank = model
    for together in ("CNash", "CGMR", "CSMR"):
        universal = universally_stable(moves, rank, together)
        assert (universal <= stable(moves, rank, ALONE[together]).all(axis=0)).all()


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=6), st.randoms(use_true_random=False))
def test_renaming_states_and_decision_makers_changes_nothing(model, random):
    moves, rank = model
    renamed, new_rank, (new_maker, new_state) = relabelled(model, random)
    for group, concept in itertools.product(coalitions(range(len(moves))), COALITIONAL):
        same = frozenset(new_maker[sorted(group), 0].tolist())
        moved = stable_for(renamed, new_rank, same, concept)[new_state[0]]
        np.testing.assert_array_equal(moved, stable_for(moves, rank, group, concept), concept)


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=6))
def test_every_jump_is_an_improvement_for_all_who_make_it(model):
    moves, rank = model
    resting = stable(moves, rank, "GMR").all(axis=0)
    for jump in equilibrium_jumps(moves, rank, "GMR"):
        assert resting[[jump.start, jump.end]].all()
        assert all(rank[i, jump.end] < rank[i, jump.start] for i in jump.coalition)


def test_one_member_that_would_lose_is_enough_to_deter():
    # 0 and 1 go to state 1, which both prefer; the third can answer with state 2, worse for 0 and better for 1
    moves = graph(3, {0: [1]}, {}, {1: [2]})
    rank = np.array([[2, 1, 3], [3, 2, 1], [1, 2, 3]])
    group = frozenset({0, 1})
    assert [bool(stable_for(moves, rank, group, concept)[0]) for concept in COALITIONAL] == [False, True, True, False]


@pytest.mark.parametrize("concept", COALITIONAL)
def test_everybody_together_has_nobody_to_fear(concept):
    moves = graph(2, {0: [1]}, {1: [0]})
    rank = np.array([[2, 1], [2, 1]])
    assert stable_for(moves, rank, frozenset({0, 1}), concept).tolist() == [False, True]
