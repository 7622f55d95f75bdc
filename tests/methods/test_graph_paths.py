"""Where moves and improvements lead from the status quo, and by which shortest ways."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.graph import improvements, legally_reached, stable
from parley.methods.graph_paths import equilibria_within_reach, least_reluctant_path, routes
from tests.graph_models import drawn_graphs
from tests.methods.test_graph import graph
from tests.published.test_graph_model_cases import TestElmira as Elmira


def all_paths(moves, start, length):
    """Second method: every legal sequence of so many moves, one after another."""
    paths = [()]
    for _ in range(length):
        paths = [
            (*path, (mover, target))
            for path in paths
            for mover in range(len(moves))
            if not path or path[-1][0] != mover
            for target in moves[mover][path[-1][1] if path else start]
        ]
    return paths


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=5), st.data())
def test_the_shortest_paths_are_those_found_by_trying_every_sequence(model, data):
    moves, rank = model
    start = data.draw(st.integers(0, rank.shape[1] - 1))
    found = routes(moves, start)
    for length in range(1, 4):
        ending = {}
        for path in all_paths(moves, start, length):
            ending.setdefault(path[-1][1], set()).add(path)
        for state, paths in ending.items():
            assert found.steps[state] <= length
            if found.steps[state] == length:
                assert set(found.shortest(state, most=10_000)[0]) == paths
    assert set(found.steps) == legally_reached(moves, range(len(moves)), start) | {start}


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=5), st.data())
def test_on_no_path_are_fewer_moves_against_somebodys_preference(model, data):
    """Second method: every legal sequence of up to four moves."""
    moves, rank = model
    start, target = (data.draw(st.integers(0, rank.shape[1] - 1)) for _ in range(2))

    def cost(path):
        before = [start, *(state for _, state in path)][: len(path)]
        pairs = zip(path, before, strict=True)
        return sum(rank[mover, state] >= rank[mover, here] for (mover, state), here in pairs), len(path)

    found = least_reluctant_path(moves, rank, start, target)
    tried = [path for length in range(5) for path in all_paths(moves, start, length)]
    there = [cost(path) for path in tried if (path[-1][1] if path else start) == target]
    assert (found is not None) == (target in routes(moves, start).steps)
    if there:
        assert cost(found) <= min(there)
    if found is not None and len(found) < 5:
        assert found in tried
        assert cost(found) == min(there)
    if found and target in routes(improvements(moves, rank), start).steps:
        assert cost(found) == (0, routes(improvements(moves, rank), start).steps[target])


def test_a_shortest_path_may_go_through_a_state_by_a_way_that_is_not_the_shortest_to_it():
    # To 2 the first gets in one move, but then it may not go on to 3; by way of 1 the second arrives there
    moves = graph(4, {0: [2, 1], 2: [3]}, {1: [2]})
    found = routes(moves, 0)
    assert found.steps[2] == 1
    assert found.shortest(3) == ((((0, 1), (1, 2), (0, 3)),), True)


def test_only_so_many_paths_are_listed_and_that_is_said():
    # 0 to 5 by any of four states in between
    moves = graph(6, {0: [1, 2, 3, 4]}, {s: [5] for s in (1, 2, 3, 4)})
    paths, complete = routes(moves, 0).shortest(5, most=3)
    assert (len(paths), complete) == (3, False)
    assert routes(moves, 0).shortest(5, most=4) == ((*paths, ((0, 4), (1, 5))), True)


def test_the_start_is_reached_by_doing_nothing_and_what_is_out_of_reach_by_no_path():
    found = routes(graph(3, {0: [1]}, {}), 0)
    assert found.shortest(0) == (((),), True)
    assert found.shortest(2) == ((), True)


def test_who_may_not_move_does_not():
    assert set(routes(graph(3, {0: [1]}, {0: [2]}), 0, movers=[1]).steps) == {0, 2}


class TestElmiraFromTheStatusQuo:
    """From state 1 (0 here) history went to state 5, where the local government insists, and to 8 in 1991."""

    moves, rank = Elmira.moves, Elmira.rank

    def test_could_come_to_rest_at_every_equilibrium(self):
        assert equilibria_within_reach(self.moves, self.rank, "R", routes(self.moves, 0)) == ((4, 1), (8, 1), (7, 3))

    def test_comes_to_rest_at_five_if_each_step_is_to_better_its_mover(self):
        by_improvements = routes(improvements(self.moves, self.rank), 0)
        assert by_improvements.steps == {0: 0, 4: 1}
        assert by_improvements.shortest(4) == ((((2, 4),),), True)
        assert equilibria_within_reach(self.moves, self.rank, "SEQ", by_improvements) == ((4, 1),)

    def test_gets_to_eight_only_if_all_three_move_once_in_whatever_order(self):
        paths, complete = routes(self.moves, 0).shortest(7)
        assert complete
        assert sorted(tuple(mover for mover, _ in path) for path in paths) == list(itertools.permutations(range(3)))
        assert ((2, 4), (0, 5), (1, 7)) in paths


def test_what_history_could_come_to_is_stable():
    moves, rank = Elmira.moves, Elmira.rank
    for state, _ in equilibria_within_reach(moves, rank, "GMR", routes(moves, 0)):
        assert stable(moves, np.asarray(rank), "GMR")[:, state].all()
