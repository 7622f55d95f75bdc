"""Equilibria in all and in some completions of uncertain preferences, beside every completion tried one by one."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods import graph, graph_completions
from parley.methods.graph import CONCEPTS
from parley.methods.graph_completions import Completions, held_in_completions, rankings_of_statements
from parley.methods.option_form import OptionMoves, option_prioritisation, simultaneously_stable, statement_order
from tests.graph_models import drawn_graphs, option_models

NAN = np.nan


def by_trying_values(truth, low, high):
    """Every ranking that importances on a fine grid give; ends are whole numbers.

    An order fixes only which importances rise; of k numbers within the same unit no more than k differ, so that a step
    of 1 / (k + 1) leaves nothing out.
    """
    k = truth.shape[1]
    steps = [[NAN] if np.isnan(a) else np.arange(a * (k + 1), b * (k + 1) + 1) for a, b in zip(low, high, strict=True)]
    orders = {tuple(statement_order(np.array(values, dtype=float))) for values in itertools.product(*steps)}
    return {tuple(option_prioritisation(truth[:, list(order)])) for order in orders}


@st.composite
def statements(draw):
    """Truths of up to four statements in up to six states, and whole-numbered ranges, some of which only touch."""
    count, states = draw(st.integers(0, 4)), draw(st.integers(1, 6))
    truth = np.array([draw(st.lists(st.booleans(), min_size=count, max_size=count)) for _ in range(states)], dtype=bool)
    ends = [sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3)))) for _ in range(count)]
    low, high = (np.array([each[end] for each in ends], dtype=float) for end in (0, 1))
    without = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    low[without], high[without] = NAN, NAN
    return truth.reshape(states, count), low, high


@settings(max_examples=300, deadline=None)
@given(statements())
def test_the_rankings_are_those_that_some_importances_within_the_ranges_give(model):
    found = rankings_of_statements(*model)
    assert len({tuple(each) for each in found}) == len(found)
    assert {tuple(each) for each in found} == by_trying_values(*model)


@pytest.mark.parametrize("count", [5, 6])
def test_ranges_that_all_overlap_allow_every_permutation(count):
    truth = np.random.default_rng(count).random((12, count)) < 0.5
    expected = {tuple(option_prioritisation(truth[:, order])) for order in itertools.permutations(range(count))}
    found = rankings_of_statements(truth, np.zeros(count), np.ones(count))
    assert {tuple(each) for each in found} == expected


def test_ranges_that_do_not_overlap_leave_one_order():
    truth = np.array([[True, False, True], [False, True, True], [False, True, False]])
    found = rankings_of_statements(truth, np.array([0.0, 2.0, 5.0]), np.array([1.0, 3.0, 6.0]))
    assert found.tolist() == [[2, 1, 3]]  # the third statement, then the second, then the first


def test_equally_important_statements_keep_their_order_also_where_another_could_come_between():
    # Statements 0 and 2 are equally important for certain. Statement 1 may come before, between or after them, but
    # never so that 2 stands before 0: three orders of six.
    truth = np.eye(3, dtype=bool)
    found = rankings_of_statements(truth, np.array([1.0, 0.0, 1.0]), np.array([1.0, 2.0, 1.0]))
    assert {tuple(each) for each in found} == {(2, 1, 3), (1, 2, 3), (1, 3, 2)}


def test_a_later_statement_does_not_come_between_two_that_are_equally_important():
    truth = np.eye(3, dtype=bool)
    found = rankings_of_statements(truth, np.array([1.0, 1.0, 0.0]), np.array([1.0, 1.0, 2.0]))
    assert {tuple(each) for each in found} == {(1, 2, 3), (2, 3, 1)}


def test_too_many_orders_are_given_up():
    truth = np.random.default_rng(0).random((30, 12)) < 0.5
    assert rankings_of_statements(truth, np.zeros(12), np.ones(12), most=500) is None


@st.composite
def uncertain(draw, models, most=4):
    """A model, and besides the ranking that each decision maker has some others that it may have."""
    model = draw(models)
    moves, rank = (model.by_option, model.rank) if hasattr(model, "by_option") else model
    states = st.lists(st.integers(1, 3), min_size=rank.shape[1], max_size=rank.shape[1])
    may = []
    for own in rank.tolist():
        others = draw(st.lists(states, max_size=most - 1))
        dense = [np.unique(each, return_inverse=True)[1].reshape(-1) + 1 for each in (own, *others)]
        may.append(np.unique(np.array(dense, dtype=np.int32), axis=0))
    return moves, may


def by_trying_profiles(moves, may, concept):
    """Whether each state is an equilibrium in all, and in some, profiles of rankings: by the definition."""
    lists = moves.lists if isinstance(moves, OptionMoves) else moves
    found = []
    for profile in itertools.product(*may):
        rank = np.array(profile)
        judged = (
            simultaneously_stable(moves.codes.tolist(), lists, rank)
            if concept == "SIM"
            else graph.stable(lists, rank, concept)
        )
        found.append(judged.all(axis=0))
    return np.all(found, axis=0), np.any(found, axis=0)


SMALL = st.one_of(
    uncertain(drawn_graphs(max_makers=3, max_states=6)), uncertain(option_models(max_makers=3, max_options=3))
)


def concepts_of(moves):
    return [*CONCEPTS, "SIM"] if isinstance(moves, OptionMoves) else CONCEPTS


@settings(max_examples=150, deadline=None)
@given(SMALL)
def test_what_is_necessary_and_what_is_possible_is_what_trying_all_profiles_finds(model):
    moves, may = model
    for concept in concepts_of(moves):
        held = held_in_completions(moves, [Completions(rank=each, whole=True) for each in may], concept)
        every, some = by_trying_profiles(moves, may, concept)
        np.testing.assert_array_equal(held.necessary, every, concept)
        np.testing.assert_array_equal(held.possible, some, concept)


@pytest.mark.parametrize("narrowed", [0, 512])
@settings(max_examples=100, deadline=None)
@given(model=SMALL)
def test_what_is_said_of_too_many_profiles_is_true_as_far_as_it_goes(model, narrowed):
    moves, may = model
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(graph_completions, "MOST_JUDGED", 1)
        patch.setattr(graph_completions, "NARROWED_STATES", narrowed)
        for concept in concepts_of(moves):
            held = held_in_completions(moves, [Completions(rank=each, whole=True) for each in may], concept)
            _agree(held, *by_trying_profiles(moves, may, concept))
            if concept in ("R", "GMR", "SMR"):
                assert not np.isnan([held.necessary, held.possible]).any(), "one's own rankings decide"


@settings(max_examples=100, deadline=None)
@given(SMALL, st.data())
def test_what_is_said_where_some_rankings_are_not_known_is_true_whatever_they_are(model, data):
    moves, may = model
    known = [data.draw(st.integers(1, len(each))) for each in may]
    completions = [Completions(rank=each[:n], whole=n == len(each)) for n, each in zip(known, may, strict=True)]
    for concept in concepts_of(moves):
        _agree(held_in_completions(moves, completions, concept), *by_trying_profiles(moves, may, concept))


def _agree(held, every, some):
    for said, true in ((held.necessary, every), (held.possible, some)):
        decided = ~np.isnan(said)
        np.testing.assert_array_equal(said[decided], true[decided])


def test_bounds_alone_settle_a_prisoners_dilemma_whose_players_may_like_two_outcomes_alike(monkeypatch):
    # Either may be indifferent between the outcomes in which the other cooperates: it then has no reason to defect
    # from CC, and none to cooperate at DD. So both stay sequential equilibria, whatever they like better.
    monkeypatch.setattr(graph_completions, "MOST_JUDGED", 1)
    row = [frozenset({2}), frozenset({3}), frozenset({0}), frozenset({1})]
    column = [frozenset({1}), frozenset({0}), frozenset({3}), frozenset({2})]
    first = Completions(rank=np.array([[2, 4, 1, 3], [1, 3, 1, 2]], dtype=np.int32), whole=True)
    second = Completions(rank=np.array([[2, 1, 4, 3], [1, 1, 3, 2]], dtype=np.int32), whole=True)
    held = held_in_completions([row, column], [first, second], "SEQ")
    assert held.necessary.tolist() == [1, 0, 0, 1]
