"""Stability where decision makers see different conflicts."""

import numpy as np
import pytest
from hypothesis import given, settings

from parley.methods.graph import CONCEPTS, stable
from parley.methods.graph_misperception import Perception, stable_as_perceived, without_states
from parley.methods.option_form import reachable_lists
from tests.graph_models import drawn_graphs
from tests.methods.test_graph import graph

TWO_BY_TWO = reachable_lists(range(4), [0b01, 0b10])
DILEMMA = np.array([[2, 1, 4, 3], [2, 4, 1, 3]])
CHICKEN = np.array([[2, 1, 3, 4], [2, 3, 1, 4]])


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=4, max_states=6))
def test_where_all_see_the_same_it_is_the_ordinary_model(model):
    moves, rank = model
    for concept in CONCEPTS:
        found = stable_as_perceived([Perception(moves=moves, rank=rank)] * len(moves), concept)
        np.testing.assert_array_equal(found.stable, stable(moves, rank, concept))
        assert not found.surprises.any()


def test_a_threat_that_one_takes_for_credible_deters_though_it_is_not():
    """Mutual cooperation: the first takes the second for a player of the dilemma, who would answer defection in kind.

    In truth the second plays Chicken and would give way. It is deterred itself, for the first does play the dilemma.
    """
    rank = np.array([DILEMMA[0], CHICKEN[1]])
    true = Perception(moves=TWO_BY_TWO, rank=rank)
    mistaken = Perception(moves=TWO_BY_TWO, rank=DILEMMA)
    assert not stable_as_perceived([true, true], "SEQ").equilibria[0]
    assert stable_as_perceived([mistaken, true], "SEQ").equilibria[0]


class TestAStateThatOneDoesNotKnow:
    """The first may go from 0 to 1, the second may answer with 2, of which the first knows nothing."""

    moves = graph(3, {0: [1]}, {1: [2]})
    rank = np.array([[2, 1, 3], [3, 2, 1]])
    aware, unaware = Perception(moves=moves, rank=rank), Perception(moves=moves, rank=rank, unseen=frozenset({2}))

    def test_does_not_deter(self):
        assert stable_as_perceived([self.aware, self.aware], "SEQ").stable[0, 0]
        assert not stable_as_perceived([self.unaware, self.aware], "SEQ").stable[0, 0]

    def test_is_a_surprise_where_the_conflict_comes_to_rest_in_it(self):
        found = stable_as_perceived([self.unaware, self.aware], "SEQ")
        assert found.surprises.tolist() == [False, False, True]
        assert found.equilibria.tolist() == [False, False, False]
        assert found.seen.tolist() == [[True, True, False], [True, True, True]]

    def test_is_neither_left_nor_entered(self):
        assert without_states(self.moves, [1]) == [[frozenset()] * 3, [frozenset()] * 3]


def test_perceptions_are_of_the_same_states_and_of_everybody():
    with pytest.raises(ValueError, match="1 perceptions"):
        stable_as_perceived([Perception(moves=TWO_BY_TWO, rank=DILEMMA)], "R")
