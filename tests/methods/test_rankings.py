"""How far apart rankings are, and which is the nearest that meets demands: against every ranking there is."""

import functools
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods import rankings
from parley.methods.rankings import half_swaps, nearest_ranking


@functools.cache
def weak_orders(states):
    """Every ranking, with and without ties, of a few states."""
    found = {
        tuple(1 + sorted(set(each)).index(x) for x in each) for each in itertools.product(range(states), repeat=states)
    }
    return [np.array(each) for each in sorted(found)]


def meets(rank, demands):
    return all(rank[x] < rank[y] if strictly else rank[x] >= rank[y] for x, y, strictly in demands)


def makes_no_tie(old, new):
    return all(old[x] == old[y] for x, y in itertools.combinations(range(len(old)), 2) if new[x] == new[y])


def nearest_of_all(rank, demands):
    return min(
        (half_swaps(rank, new) for new in weak_orders(len(rank)) if meets(new, demands) and makes_no_tie(rank, new)),
        default=None,
    )


@st.composite
def tasks(draw, max_states=5):
    states = draw(st.integers(2, max_states))
    levels = draw(st.lists(st.integers(0, states), min_size=states, max_size=states))
    pair = st.tuples(st.integers(0, states - 1), st.integers(0, states - 1)).filter(lambda each: each[0] != each[1])
    demands = draw(st.lists(st.tuples(pair, st.booleans()), max_size=4))
    return 1 + np.unique(levels, return_inverse=True)[1], [(x, y, strictly) for (x, y), strictly in demands]


def test_a_reversed_pair_is_two_half_swaps_and_a_tie_broken_is_one():
    assert half_swaps(np.array([1, 2, 3]), np.array([3, 2, 1])) == 6
    assert half_swaps(np.array([1, 1, 2]), np.array([1, 2, 3])) == 1


def test_without_demands_the_ranking_stays():
    assert nearest_ranking(np.array([1, 3, 2]), [])[0].tolist() == [1, 3, 2]


def test_it_can_be_nearer_to_raise_the_state_past_one_that_nobody_asked_to_lower():
    # a b w s: a and b must go below s; s over all three is 3 swaps, w kept above would cost 4
    rank, cost = nearest_ranking(np.array([1, 2, 3, 4]), [(0, 3, False), (1, 3, False)])
    assert (rank.tolist(), cost) == ([2, 3, 4, 1], 6)


def test_demands_that_go_round_in_a_circle_cannot_be_met():
    assert nearest_ranking(np.array([1, 2, 3]), [(0, 1, True), (1, 2, True), (2, 0, True)]) is None


def test_who_gets_past_a_state_also_gets_past_one_tied_with_it_or_parts_the_two():
    # y, then s ~ z. s rises over y and leaves z: one swap and one tie broken; no ranking without new ties is nearer
    assert nearest_ranking(np.array([1, 2, 2]), [(0, 1, False)])[1] == 3 == nearest_of_all([1, 2, 2], [(0, 1, False)])


@settings(max_examples=120, deadline=None)
@given(tasks())
def test_no_ranking_that_meets_the_demands_is_nearer(task):
    rank, demands = task
    found, least = nearest_ranking(rank, demands), nearest_of_all(rank, demands)
    assert (found is None) == (least is None)
    if found is not None:
        assert meets(found[0], demands)
        assert makes_no_tie(rank, found[0])
        assert half_swaps(rank, found[0]) == found[1] == least


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_recursion_for_lowered_states_and_the_general_search_agree(data):
    states = data.draw(st.integers(2, 7))
    rank = (
        1 + np.unique(data.draw(st.lists(st.integers(0, 9), min_size=states, max_size=states)), return_inverse=True)[1]
    )
    demands = {(x, 0, False) for x in data.draw(st.frozensets(st.integers(1, states - 1), min_size=1))}
    found = rankings._Placing(rank, demands, rankings.Work(10**6)).nearest()
    assert found[1] == half_swaps(rank, found[0]) == nearest_ranking(rank, demands)[1]


def test_a_ranking_with_ties_and_many_demands_is_refused_and_not_searched_for_ever():
    demands = [(x, 1, True) for x in range(20, 40)]
    with pytest.raises(EngineError, match="too many demands to rank 21 states anew"):
        nearest_ranking(np.repeat(np.arange(1, 21), 2), demands)


@pytest.mark.parametrize("states", [12, 40])
def test_a_long_ranking_turned_round_at_one_pair_is_found_at_once(states):
    rank, cost = nearest_ranking(np.arange(1, states + 1), [(states - 1, 0, True)])
    assert cost == 2 * (states - 1)
    assert rank[states - 1] < rank[0]
