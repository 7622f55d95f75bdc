"""The compiled stability analysis agrees with the definitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods import graph
from parley.methods.graph import CONCEPTS, arrows
from parley.methods.option_form import OptionMoves, dense_ranks, simultaneously_stable
from parley.methods.stability import simultaneously_stable_in_profiles, stable_in_profiles
from tests.graph_models import drawn_graphs, option_models


def compiled(moves, rank, concept):
    return stable_in_profiles(moves, rank, np.arange(len(rank))[np.newaxis], concept)[0]


@settings(max_examples=1000, deadline=None)
@given(drawn_graphs())
def test_the_kernel_agrees_with_the_definitions_on_drawn_graphs(model):
    moves, rank = model
    for concept in CONCEPTS:
        np.testing.assert_array_equal(compiled(moves, rank, concept), graph.stable(moves, rank, concept), concept)


@settings(max_examples=1000, deadline=None)
@given(option_models())
def test_both_kernels_agree_with_the_definitions_on_conflicts_in_option_form(model):
    moves, rank = model.moves, model.rank
    for concept in CONCEPTS:
        expected = graph.stable(moves, rank, concept)
        np.testing.assert_array_equal(compiled(moves, rank, concept), expected, concept)
        np.testing.assert_array_equal(compiled(model.by_option, rank, concept), expected, concept)


@settings(max_examples=1000, deadline=None)
@given(option_models(max_options=4))
def test_the_kernel_agrees_with_the_definition_of_simultaneous_stability(model):
    found = simultaneously_stable_in_profiles(model.by_option, model.rank, np.arange(len(model.rank))[np.newaxis])[0]
    np.testing.assert_array_equal(found, simultaneously_stable(model.codes, model.moves, model.rank))


@pytest.mark.parametrize("seed", range(12))
def test_the_kernels_agree_with_the_definitions_on_conflicts_of_dozens_of_states(seed):
    rng = np.random.default_rng(seed)
    makers, options = 2 + seed % 4, 6
    owner = rng.integers(makers, size=options)
    codes = np.flatnonzero(rng.random(2**options) < rng.uniform(0.4, 1))
    one_way = rng.integers(4, size=options)
    moves = OptionMoves(
        codes=codes,
        own=tuple(sum(1 << k for k in range(options) if owner[k] == i) for i in range(makers)),
        stays_taken=sum(1 << k for k in range(options) if one_way[k] == 1),
        stays_dropped=sum(1 << k for k in range(options) if one_way[k] == 2),
    )
    rank = dense_ranks(rng.integers(rng.integers(3, 60), size=(makers, codes.size)))
    for concept in CONCEPTS:
        expected = graph.stable(moves.lists, rank, concept)
        np.testing.assert_array_equal(compiled(moves, rank, concept), expected, concept)
        np.testing.assert_array_equal(compiled(moves.lists, rank, concept), expected, concept)


@settings(max_examples=100, deadline=None)
@given(option_models(), st.randoms(use_true_random=False))
def test_another_order_of_the_options_and_saying_left_for_taken_leave_the_answers_where_they_were(model, random):
    """Option k becomes option `place[k]`, and where `flipped` to take it is now to leave it."""
    count = max(5, (max(model.codes) | sum(model.own)).bit_length())
    place, flipped = random.sample(range(count), count), [random.random() < 0.5 for _ in range(count)]

    def moved(code, *, flip=False):
        return sum(1 << place[k] for k in range(count) if (code >> k & 1 > 0) != (flip and flipped[k]))

    turned = sum(1 << k for k in range(count) if flipped[k])
    taken, dropped = model.stays_taken, model.stays_dropped
    renamed = OptionMoves(
        codes=np.array([moved(code, flip=True) for code in model.codes]),
        own=tuple(map(moved, model.own)),
        stays_taken=moved(taken & ~turned | dropped & turned),
        stays_dropped=moved(dropped & ~turned | taken & turned),
    )
    row = np.arange(len(model.own))[np.newaxis]
    for concept in CONCEPTS:
        expected = stable_in_profiles(model.by_option, model.rank, row, concept)
        np.testing.assert_array_equal(stable_in_profiles(renamed, model.rank, row, concept), expected, concept)
    expected = simultaneously_stable_in_profiles(model.by_option, model.rank, row)
    np.testing.assert_array_equal(simultaneously_stable_in_profiles(renamed, model.rank, row), expected)


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
