"""The compiled stability analysis agrees with the definitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods import graph
from parley.methods.graph import CONCEPTS, arrows
from parley.methods.option_form import OptionMoves, simultaneously_stable
from parley.methods.stability import simultaneously_stable_in_profiles, stable_in_profiles
from tests.graph_models import drawn_graphs, option_models


def compiled(moves, rank, concept):
    return stable_in_profiles(moves, rank, np.arange(len(rank))[np.newaxis], concept)[0]


@settings(max_examples=600, deadline=None)
@given(drawn_graphs())
def test_the_kernel_agrees_with_the_definitions_on_drawn_graphs(model):
    moves, rank = model
    for concept in CONCEPTS:
        np.testing.assert_array_equal(compiled(moves, rank, concept), graph.stable(moves, rank, concept), concept)


@settings(max_examples=600, deadline=None)
@given(option_models())
def test_both_kernels_agree_with_the_definitions_on_conflicts_in_option_form(model):
    moves, rank = model.moves, model.rank
    for concept in CONCEPTS:
        expected = graph.stable(moves, rank, concept)
        np.testing.assert_array_equal(compiled(moves, rank, concept), expected, concept)
        np.testing.assert_array_equal(compiled(model.by_option, rank, concept), expected, concept)


@settings(max_examples=300, deadline=None)
@given(option_models(max_options=4))
def test_the_kernel_agrees_with_the_definition_of_simultaneous_stability(model):
    found = simultaneously_stable_in_profiles(model.by_option, model.rank, np.arange(len(model.rank))[np.newaxis])[0]
    np.testing.assert_array_equal(found, simultaneously_stable(model.codes, model.moves, model.rank))


@settings(max_examples=40, deadline=None)
@given(option_models(), st.integers(0, 2**32 - 1))
def test_profiles_that_share_rankings_are_each_judged_alone(model, seed):
    rng = np.random.default_rng(seed)
    moves, rank = model.moves, model.rank
    row = rng.integers(len(rank), size=(4, len(rank)))
    for concept in CONCEPTS:
        alone = [graph.stable(moves, rank[each], concept) for each in row]
        np.testing.assert_array_equal(stable_in_profiles(moves, rank, row, concept), alone)
        np.testing.assert_array_equal(stable_in_profiles(model.by_option, rank, row, concept), alone)
    alone = [simultaneously_stable(model.codes, moves, rank[each]) for each in row]
    np.testing.assert_array_equal(simultaneously_stable_in_profiles(model.by_option, rank, row), alone)


@given(drawn_graphs())
def test_the_arrays_of_moves_list_every_move_once_in_both_directions(model):
    moves, _ = model
    expected = [(i, s, q) for i, lists in enumerate(moves) for s, targets in enumerate(lists) for q in sorted(targets)]

    def listed(pair):
        start, end = pair
        states = start.shape[1] - 1
        places = ((i, s) for i in range(start.shape[0]) for s in range(states))
        return [(i, s, int(q)) for i, s in places for q in end[start[i, s] : start[i, s + 1]]]

    assert listed(arrows(moves)) == expected
    assert sorted((i, s, q) for i, q, s in listed(arrows(moves, backwards=True))) == expected


@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_large_cube_of_separable_wishes_rests_where_everybody_has_what_it_wants(concept):
    # Each decision maker cares about its own options only, so the one state in which all have their wish is the only
    # Nash equilibrium; no answer can hurt anybody, so the other concepts find no other.
    codes, own = np.arange(2**10), (0b11, 0b1100, 0b110000, 0b11000000, 0b1100000000)
    moves = OptionMoves(codes=codes, own=own)
    rank = np.array([[1 + bin(~code & mine).count("1") for code in codes.tolist()] for mine in own], dtype=np.int32)
    assert np.flatnonzero(compiled(moves, rank, concept).all(axis=0)).tolist() == [2**10 - 1]
    assert np.flatnonzero(compiled(moves.lists, rank, concept).all(axis=0)).tolist() == [2**10 - 1]
