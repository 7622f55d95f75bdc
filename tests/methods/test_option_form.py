"""States, moves and preferences of the option form."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parley.methods.option_form import (
    combinations,
    many_prioritisations,
    on_demand,
    option_prioritisation,
    ranking_as_statements,
    reachable_lists,
    statement_order,
)
from tests.graph_models import option_models


def test_states_count_up_with_the_first_option_lowest():
    assert combinations(2).tolist() == [[False, False], [True, False], [False, True], [True, True]]


def test_without_options_there_is_one_state():
    assert combinations(0).shape == (1, 0)


def test_one_move_may_change_several_of_a_decision_makers_own_options():
    assert reachable_lists(range(8), [0b011, 0b100])[0][0] == {1, 2, 3}
    assert reachable_lists(range(8), [0b011, 0b100])[1][0] == {4}


def test_a_move_may_jump_over_an_infeasible_state():
    # 0 and 3 stand at the positions 0 and 1; neither 1 nor 2 is feasible
    assert reachable_lists([0, 3], [0b11]) == ((frozenset({1}), frozenset({0})),)


def test_an_option_that_stays_taken_cannot_be_dropped():
    assert reachable_lists(range(4), [0b11], stays_taken=0b01)[0] == (
        frozenset({1, 2, 3}),
        frozenset({3}),
        frozenset({0, 1, 3}),
        frozenset({1}),
    )


def test_an_option_that_stays_dropped_cannot_be_taken_again():
    assert reachable_lists(range(2), [0b1], stays_dropped=0b1)[0] == (frozenset(), frozenset({0}))


def test_statements_stand_in_the_order_of_their_importance():
    assert statement_order(np.array([0.2, 0.9, 0.5])).tolist() == [1, 2, 0]


@given(st.lists(st.integers(0, 3), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_ranking_written_as_statements_comes_back_in_whatever_order_they_stand(levels, chance):
    rank = 1 + np.unique(levels, return_inverse=True)[1]
    truth = ranking_as_statements(rank)
    order = list(range(truth.shape[1]))
    chance.shuffle(order)
    assert option_prioritisation(truth[:, order]).tolist() == rank.tolist()


def test_equally_important_statements_keep_their_listed_order():
    assert statement_order(np.array([0.5, 0.9, 0.5, 0.9])).tolist() == [1, 3, 0, 2]


def test_statements_without_importance_come_last_as_listed():
    assert statement_order(np.array([np.nan, 0.0, np.nan, 0.7])).tolist() == [3, 1, 0, 2]


def test_a_statement_outweighs_all_those_after_it_together():
    assert option_prioritisation(np.array([[False, True, True], [True, False, False]])).tolist() == [2, 1]


def test_states_in_which_the_same_statements_hold_are_tied():
    assert option_prioritisation(np.array([[True], [False], [True]])).tolist() == [1, 2, 1]


def test_without_statements_every_state_is_as_good_as_any_other():
    assert option_prioritisation(np.zeros((3, 0), dtype=bool)).tolist() == [1, 1, 1]


@given(st.integers(0, 80).flatmap(lambda k: arrays(np.bool_, (6, k))))
def test_the_ranks_follow_the_scores_also_beyond_sixty_two_statements(truth):
    k = truth.shape[1]
    scores = [sum(2 ** (k - j) for j in range(1, k + 1) if row[j - 1]) for row in truth.tolist()]
    expected = [1 + sorted(set(scores), reverse=True).index(score) for score in scores]
    assert option_prioritisation(truth).tolist() == expected


def test_the_last_of_seventy_statements_still_breaks_a_tie():
    truth = np.ones((2, 70), dtype=bool)
    truth[0, 69] = False
    assert option_prioritisation(truth).tolist() == [2, 1]


@given(st.integers(0, 70).flatmap(lambda k: arrays(np.bool_, (6, k))), st.integers(0, 2**32 - 1))
def test_many_orders_of_statements_are_ranked_as_each_by_itself(truth, seed):
    rng = np.random.default_rng(seed)
    orders = np.array([rng.permutation(truth.shape[1]) for _ in range(3)], dtype=np.intp).reshape(3, -1)
    alone = [option_prioritisation(truth[:, order]) for order in orders]
    assert many_prioritisations(truth, orders).tolist() == [each.tolist() for each in alone]


def test_no_states_have_no_ranks():
    assert option_prioritisation(np.zeros((0, 3), dtype=bool)).shape == (0,)


@settings(max_examples=200, deadline=None)
@given(option_models())
def test_moves_that_are_listed_where_somebody_looks_are_the_same(model):
    assert [list(lists) for lists in on_demand(model.by_option)] == [list(lists) for lists in model.moves]
