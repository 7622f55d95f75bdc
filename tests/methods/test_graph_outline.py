"""What of a state graph is drawn: nothing that is left out is lost."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.graph import improvements
from parley.methods.graph_outline import lines, salient
from tests.graph_models import drawn_graphs, option_models
from tests.methods.test_graph import graph
from tests.methods.test_graph_paths import all_paths


def heads(found, mover):
    """The moves that have a head of their own."""
    ways = [(line.worse, line.better) for line in found if line.mover == mover and line.up]
    return {*ways, *((line.better, line.worse) for line in found if line.mover == mover and line.down)}


def closure(pairs, states):
    """Where one gets by any number of steps, Warshall's way, without what leads back to its start."""
    reach = np.zeros((states, states), dtype=bool)
    for s, q in pairs:
        reach[s, q] = True
    for k in range(states):
        reach |= np.outer(reach[:, k], reach[k])
    return {(s, q) for s, q in itertools.product(range(states), repeat=2) if reach[s, q] and s != q}


def pairs_of(lists, kept):
    return {(s, q) for s in kept for q in lists[s] if q in kept}


@settings(max_examples=150, deadline=None)
@given(option_models(), st.data())
def test_every_move_between_the_states_follows_from_the_lines(model, data):
    states = len(model.codes)
    kept = data.draw(st.frozensets(st.integers(0, states - 1)))
    found = lines(model.moves, model.rank, kept)
    for mover, lists in enumerate(model.moves):
        assert closure(heads(found, mover), states) == pairs_of(lists, kept)


@settings(max_examples=150, deadline=None)
@given(drawn_graphs())
def test_a_line_is_a_gain_where_its_mover_improves(model):
    moves, rank = model
    improving = improvements(moves, rank)
    for line in lines(moves, rank, range(rank.shape[1])):
        assert line.gains == (line.better in improving[line.mover][line.worse])
        assert line.worse not in improving[line.mover][line.better]


@settings(max_examples=80, deadline=None)
@given(option_models(full_cube=True))
def test_a_mover_that_can_go_anywhere_in_a_group_of_states_has_one_line_fewer_than_the_group_has_states(model):
    states = len(model.codes)
    found = lines(model.moves, model.rank, range(states))
    for mover, lists in enumerate(model.moves):
        groups = {lists[state] | {state} for state in range(states)}
        assert sum(line.mover == mover for line in found) == states - len(groups)


def test_every_move_is_a_line_where_two_moves_do_not_make_a_third():
    # From 0 the first can go to 1 and 2 and from 1 to 2, but from 2 back to 0 only: 1 to 0 is no move
    moves = graph(3, {0: [1, 2], 1: [2], 2: [0]})
    found = lines(moves, np.array([[3, 2, 1]]), range(3))
    assert [(line.worse, line.better, line.up, line.down) for line in found] == [
        (0, 1, True, False),
        (0, 2, True, True),
        (1, 2, True, False),
    ]


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=5), st.data())
def test_the_states_shown_are_the_present_one_the_equilibria_and_those_on_shortest_paths_of_up_to_three_moves(
    model, data
):
    moves, rank = model
    states = rank.shape[1]
    start = data.draw(st.integers(0, states - 1))
    held = data.draw(st.frozensets(st.integers(0, states - 1)))
    found, complete = salient(moves, held, start, most=states + 50)
    assert complete
    expected = {start, *held}
    for target in held - {start}:
        for length in range(1, 4):
            paths = [path for path in all_paths(moves, start, length) if path[-1][1] == target]
            if paths:
                expected |= {state for path in paths for _, state in path}
                break
    assert expected <= set(found)
    near = [all_paths(moves, start, length) for length in range(1, 4)]
    if all(any(path[-1][1] == target for paths in near for path in paths) for target in held - {start}):
        assert set(found) == expected


def test_where_there_is_no_room_for_all_the_equilibria_nearest_to_the_present_state_are_shown():
    moves = graph(6, {0: [1], 2: [3], 4: [5]}, {1: [2], 3: [4]})
    assert salient(moves, {1, 3, 5}, 0, most=3) == ((0, 1, 3), False)
    assert salient(moves, {1, 3, 5}, 0, most=5) == ((0, 1, 2, 3, 5), False)
    assert salient(moves, {3, 5}, None, most=1) == ((3,), True)
    assert salient(moves, {1, 3, 5}, 0, most=6) == ((0, 1, 2, 3, 4, 5), True)
