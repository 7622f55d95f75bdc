"""What the definitions of stability say, on graphs small enough to follow by eye and on random ones."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.graph import CONCEPTS, improvements, improvements_on_demand, legally_reached, stable
from parley.methods.option_form import simultaneously_stable
from tests.graph_models import drawn_graphs, matrix_stable, option_models, relabelled


def graph(states, *arcs):
    """Reachable lists from one mapping a decision maker, states numbered from 0."""
    return [[frozenset(each.get(s, ())) for s in range(states)] for each in arcs]


FIRST, SECOND, THIRD = range(3)


def test_a_mover_may_move_again_after_another_one():
    # 1 -> 2 by the second, 2 -> 3 by the third, 3 -> 4 by the second again
    moves = graph(5, {}, {1: [2], 3: [4]}, {2: [3]})
    assert legally_reached(moves, [SECOND, THIRD], 1) == {2, 3, 4}


def test_nobody_moves_twice_in_a_row():
    moves = graph(4, {}, {1: [2], 2: [3]}, {})
    assert legally_reached(moves, [SECOND, THIRD], 1) == {2}


def test_a_state_reached_by_two_last_movers_lets_either_of_them_go_on():
    moves = graph(4, {}, {0: [1], 1: [2]}, {0: [1]})
    assert legally_reached(moves, [SECOND, THIRD], 0) == {1, 2}


def test_the_start_counts_as_reached_only_where_a_sequence_leads_back():
    assert legally_reached(graph(2, {0: [1]}, {1: [0]}), [FIRST, SECOND], 0) == {0, 1}
    assert legally_reached(graph(2, {0: [1]}, {}), [FIRST, SECOND], 0) == {1}


def test_a_sanction_may_need_the_same_sanctioner_twice():
    """After 0 -> 1 second, third, second punish; each step betters its mover, one move each will not do."""
    moves = graph(5, {0: [1]}, {1: [2], 3: [4]}, {2: [3]})
    rank = np.array([[4, 1, 2, 3, 5], [5, 4, 3, 2, 1], [5, 4, 3, 2, 1]])
    assert all(stable(moves, rank, concept)[FIRST, 0] for concept in ("GMR", "SMR", "SEQ", "SSEQ"))
    assert not stable(moves, rank, "R")[FIRST, 0]


def test_a_sanction_in_which_one_decision_maker_would_move_twice_running_does_not_count():
    moves = graph(4, {0: [1]}, {1: [2], 2: [3]}, {})
    rank = np.array([[3, 1, 2, 4], [4, 3, 2, 1], [1, 1, 1, 1]])
    assert not any(stable(moves, rank, concept)[FIRST, 0] for concept in CONCEPTS)


def test_a_sanction_that_hurts_the_sanctioner_deters_under_gmr_and_not_under_seq():
    moves = graph(3, {0: [1]}, {1: [2]})
    rank = np.array([[2, 1, 3], [1, 2, 3]])
    assert [bool(stable(moves, rank, concept)[FIRST, 0]) for concept in CONCEPTS] == [False, True, True, False, False]


def test_a_sanction_that_can_be_escaped_deters_under_gmr_and_seq_and_not_under_smr_and_sseq():
    moves = graph(4, {0: [1], 2: [3]}, {1: [2]})
    rank = np.array([[3, 1, 4, 2], [4, 3, 1, 2]])
    assert [bool(stable(moves, rank, concept)[FIRST, 0]) for concept in CONCEPTS] == [False, True, False, True, False]


def test_being_led_back_to_the_state_that_was_left_is_a_sanction():
    moves = graph(2, {0: [1]}, {1: [0]})
    rank = np.array([[2, 1], [1, 2]])
    assert [bool(stable(moves, rank, concept)[FIRST, 0]) for concept in CONCEPTS] == [False, True, False, True, False]


def test_a_move_to_an_equally_good_state_is_no_improvement():
    moves = graph(2, {0: [1]})
    assert improvements(moves, np.array([[1, 1]])) == [[frozenset(), frozenset()]]
    assert stable(moves, np.array([[1, 1]]), "R").all()


@settings(max_examples=150, deadline=None)
@given(drawn_graphs(max_makers=4))
def test_the_matrix_form_and_the_logical_form_agree(model):
    moves, rank = model
    for concept in CONCEPTS:
        np.testing.assert_array_equal(matrix_stable(moves, rank, concept), stable(moves, rank, concept), concept)


@settings(max_examples=150, deadline=None)
@given(st.one_of(drawn_graphs(), option_models().map(lambda model: (model.moves, model.rank))))
def test_whoever_is_stable_looking_no_further_is_stable_under_the_wider_concepts(model):
    verdict = {concept: stable(*model, concept) for concept in CONCEPTS}
    for narrow, *wider in (("R", "SSEQ"), ("SSEQ", "SEQ", "SMR"), ("SMR", "GMR"), ("SEQ", "GMR")):
        for wide in wider:
            assert (verdict[narrow] <= verdict[wide]).all(), (narrow, wide)


@settings(max_examples=150, deadline=None)
@given(option_models(max_options=4))
def test_whoever_cannot_gain_is_stable_when_everybody_moves_at_once(model):
    assert (stable(model.moves, model.rank, "R") <= simultaneously_stable(model.codes, model.moves, model.rank)).all()


@settings(max_examples=150, deadline=None)
@given(st.one_of(option_models(max_makers=2), option_models(max_options=4, full_cube=True)))
def test_what_deters_at_once_deters_one_after_another_between_two_or_where_everything_is_feasible(model):
    """Then the others can make the same changes one after another; elsewhere a state in between may be infeasible."""
    at_once = simultaneously_stable(model.codes, model.moves, model.rank)
    assert (at_once <= stable(model.moves, model.rank, "GMR")).all()


@settings(max_examples=100, deadline=None)
@given(drawn_graphs(), st.randoms(use_true_random=False))
def test_renaming_states_and_decision_makers_leaves_the_answers_where_they_were(model, random):
    moves, rank = model
    renamed, new_rank, places = relabelled(model, random)
    for concept in CONCEPTS:
        moved = stable(renamed, new_rank, concept)[places]
        np.testing.assert_array_equal(moved, stable(moves, rank, concept))


@settings(max_examples=100, deadline=None)
@given(option_models(max_makers=3, full_cube=True))
def test_where_everything_is_feasible_and_reversible_nash_stability_is_pure_nash_equilibrium(model):
    """Second method: the normal form in which each decision maker chooses a subset of its options, searched by hand."""

    def choices(mine):
        bits = [1 << place for place in range(5) if mine >> place & 1]
        return [sum(chosen) for size in range(len(bits) + 1) for chosen in itertools.combinations(bits, size)]

    nash = [
        all(
            model.rank[i, (state & ~mine) | choice] >= model.rank[i, state]
            for i, mine in enumerate(model.own)
            for choice in choices(mine)
        )
        for state in model.codes
    ]
    assert stable(model.moves, model.rank, "R").all(axis=0).tolist() == nash


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_decision_maker_alone_rests_only_where_it_cannot_gain(concept):
    assert stable(graph(3, {0: [1, 2], 1: [2]}), np.array([[3, 2, 1]]), concept).tolist() == [[False, False, True]]


@settings(max_examples=60, deadline=None)
@given(drawn_graphs())
def test_improvements_listed_where_somebody_looks_are_the_same_improvements(model):
    moves, rank = model
    assert [each[:] for each in improvements_on_demand(moves, rank)] == [
        list(each) for each in improvements(moves, rank)
    ]
