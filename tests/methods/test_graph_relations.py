"""Stability where preferences are unknown in part, of several degrees, or mixed with those of others."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.graph import CONCEPTS, stable
from parley.methods.graph_relations import (
    KINDS,
    RELATIONAL,
    preferred,
    stable_by,
    stable_to_degree,
    stable_unknown,
    stable_with_attitudes,
)
from parley.methods.option_form import reachable_lists
from tests.graph_models import _joint, drawn_graphs, relabelled
from tests.methods.test_graph import graph


def relation(draw, makers, states, values):
    """For each pair of states one of some values, for each decision maker; no transitivity."""
    pairs = list(itertools.combinations(range(states), 2))
    return [
        dict(zip(pairs, draw(st.lists(st.sampled_from(values), min_size=len(pairs), max_size=len(pairs))), strict=True))
        for _ in range(makers)
    ]


@st.composite
def unknown_models(draw):
    moves, rank = draw(drawn_graphs(max_makers=3, max_states=5))
    makers, states = rank.shape
    better, unknown = (np.zeros((makers, states, states), dtype=bool) for _ in range(2))
    for i, pairs in enumerate(relation(draw, makers, states, "<>=?")):
        for (s, q), how in pairs.items():
            better[i, s, q], better[i, q, s] = how == "<", how == ">"
            unknown[i, s, q] = unknown[i, q, s] = how == "?"
    return moves, better, unknown


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=4, max_states=6))
def test_with_rankings_everything_is_as_with_rankings(model):
    """The crisp limit: nothing unknown, one degree, everybody minding its own business."""
    moves, rank = model
    better = preferred(rank)
    nothing, selfish = np.zeros_like(better), np.eye(len(moves), dtype=int)
    for concept in CONCEPTS:
        expected = stable(moves, rank, concept)
        for kind in KINDS:
            np.testing.assert_array_equal(stable_unknown(moves, better, nothing, concept, kind), expected)
        np.testing.assert_array_equal(stable_to_degree(moves, better.astype(int), concept), expected)
        np.testing.assert_array_equal(stable_with_attitudes(moves, better, selfish, concept), expected)


@settings(max_examples=80, deadline=None)
@given(unknown_models())
def test_who_dares_less_or_fears_more_stays_wherever_the_other_does(model):
    moves, better, unknown = model
    for concept in RELATIONAL:
        verdict = {kind: stable_unknown(moves, better, unknown, concept, kind) for kind in KINDS}
        for narrow, wide in ("ab", "ac", "bd", "cd"):
            assert (verdict[narrow] <= verdict[wide]).all(), (concept, narrow, wide)


@settings(max_examples=80, deadline=None)
@given(unknown_models(), st.sampled_from(KINDS))
def test_the_concepts_nest_as_they_do_for_rankings(model, kind):
    verdict = {concept: stable_unknown(*model, concept, kind) for concept in RELATIONAL}
    for narrow, wide in (("R", "SMR"), ("SMR", "GMR"), ("SEQ", "GMR"), ("R", "SSEQ"), ("SSEQ", "SEQ"), ("SSEQ", "SMR")):
        assert (verdict[narrow] <= verdict[wide]).all(), (narrow, wide)


@settings(max_examples=60, deadline=None)
@given(unknown_models(), st.randoms(use_true_random=False), st.sampled_from(RELATIONAL))
def test_renaming_states_and_decision_makers_changes_nothing(model, random, concept):
    moves, better, unknown = model
    renamed, _, (new_maker, new_state) = relabelled((moves, better[:, 0].astype(int)), random)
    placed, states = np.ix_(new_maker[:, 0], new_state[0], new_state[0]), (new_maker, new_state)
    moved = [np.empty_like(each) for each in (better, unknown)]
    for there, here in zip(moved, (better, unknown), strict=True):
        there[placed] = here
    for kind in KINDS:
        np.testing.assert_array_equal(
            stable_unknown(renamed, *moved, concept, kind)[states], stable_unknown(*model, concept, kind)
        )
    degree = better.astype(int) * 2
    np.testing.assert_array_equal(
        stable_to_degree(renamed, moved[0].astype(int) * 2, concept, at_least=2)[states],
        stable_to_degree(moves, degree, concept, at_least=2),
    )


def by_matrices(moves, leaving, deterring, concept, answering):
    """Second method: the matrix form, with the relations in the place of the preference matrices."""
    makers, states = leaving.shape[:2]
    one = np.ones((states, states), dtype=np.int64)
    move = [
        np.array([[q in lists[s] for q in range(states)] for s in range(states)], dtype=np.int64) for lists in moves
    ]
    rows = []
    for i in range(makers):
        others = [j for j in range(makers) if j != i]
        credible = [m * a for m, a in zip(move, answering, strict=True)]
        joint = _joint(credible if concept in ("SEQ", "SSEQ") else move, others, states)
        leave, deter = move[i] * leaving[i], deterring[i].astype(np.int64)
        if concept in ("SMR", "SSEQ"):
            deter = deter * (one - np.sign((one - deter) @ move[i].T))
        unsanctioned = one if concept == "R" else one - np.sign(joint @ deter.T)
        rows.append(np.diagonal(leave @ unsanctioned) == 0)
    return np.array(rows)


@settings(max_examples=80, deadline=None)
@given(unknown_models(), st.sampled_from(RELATIONAL))
def test_the_matrix_form_and_the_logical_form_agree_for_any_relations(model, concept):
    moves, leaving, deterring = model
    answering = leaving | deterring
    np.testing.assert_array_equal(
        stable_by(moves, leaving, deterring, concept, answering=answering),
        by_matrices(moves, leaving, deterring, concept, answering),
    )


def pairs(states, *by_maker):
    """Relations from one mapping a decision maker: (s, q) to whether q is better, or unknown, as compared with s."""
    result = np.zeros((len(by_maker), states, states), dtype=bool)
    for i, each in enumerate(by_maker):
        for s, q in each:
            result[i, s, q] = True
    return result


class TestUnknown:
    """The first may go from 0 to 1, the second on from 1 to 2; the first knows too little."""

    moves = graph(3, {0: [1]}, {1: [2]})

    def kinds_that_stay(self, better, unknown, concept="GMR"):
        unknown = unknown | np.swapaxes(unknown, 1, 2)
        return {kind for kind in KINDS if stable_unknown(self.moves, better, unknown, concept, kind)[0, 0]}

    def test_who_does_not_dare_stays_where_the_gain_is_unknown(self):
        assert self.kinds_that_stay(pairs(3, [], []), pairs(3, [(0, 1)], []), "R") == {"b", "d"}

    def test_who_fears_the_unknown_is_deterred_by_it(self):
        assert self.kinds_that_stay(pairs(3, [(0, 1)], []), pairs(3, [(0, 2)], [])) == {"c", "d"}

    def test_what_is_known_to_be_worse_deters_all(self):
        assert self.kinds_that_stay(pairs(3, [(0, 1), (2, 0)], []), pairs(3, [], [])) == set(KINDS)

    def test_an_answer_whose_worth_is_unknown_to_who_gives_it_is_credible(self):
        better, unknown = pairs(3, [(0, 1), (2, 0)], []), pairs(3, [], [(1, 2)])
        assert self.kinds_that_stay(better, unknown, "SEQ") == set(KINDS)
        assert self.kinds_that_stay(better, pairs(3, [], []), "SEQ") == set()

    def test_a_preference_that_goes_round_in_a_circle_is_taken_as_it_is(self):
        # 1 over 0, 2 over 1, 0 over 2: from each the first may move on, and gains
        moves = graph(3, {0: [1], 1: [2], 2: [0]}, {})
        better = pairs(3, [(0, 1), (1, 2), (2, 0)], [])
        assert not stable_unknown(moves, better, np.zeros_like(better), "GMR", "d")[0].any()

    def test_contradictions_are_all_named(self):
        better, unknown = pairs(2, [(0, 1), (1, 0)], []), pairs(2, [], [(0, 1)])
        with pytest.raises(
            ValueError, match="decision maker 0: state 1 is preferred both.*\n.*\n.*1 is unknown in one"
        ):
            stable_unknown(graph(2, {}, {}), better, unknown, "R", "a")


class TestDegree:
    """The first may go from 0 to 1, which is better; the second may then bring about 2, and the first escape to 3."""

    moves = graph(4, {0: [1], 2: [3]}, {1: [2]})

    def strongest(self, loss, escape, concept):
        degree = np.zeros((2, 4, 4), dtype=int)
        degree[0, 0, 1], degree[0, 2, 0], degree[0, 3, 0] = 1, loss, escape
        return [d for d in range(3) if stable_to_degree(self.moves, degree, concept, at_least=d)[0, 0]]

    def test_a_sanction_is_as_strong_as_the_loss_that_it_brings(self):
        assert self.strongest(loss=2, escape=1, concept="GMR") == [0, 1, 2]
        assert self.strongest(loss=1, escape=1, concept="GMR") == [0, 1]
        assert self.strongest(loss=0, escape=1, concept="GMR") == [0]

    def test_and_no_stronger_than_the_best_escape(self):
        assert self.strongest(loss=2, escape=2, concept="SMR") == [0, 1, 2]
        assert self.strongest(loss=2, escape=1, concept="SMR") == [0, 1]

    def test_who_cannot_gain_is_stable_to_any_degree(self):
        assert stable_to_degree(self.moves, np.zeros((2, 4, 4), dtype=int), "R", at_least=9).all()


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=5), st.data())
def test_what_is_strongly_stable_is_stable_and_how_mild_an_improvement_is_does_not_matter(model, data):
    moves, rank = model
    step = np.array(data.draw(st.lists(st.integers(1, 3), min_size=rank.shape[1], max_size=rank.shape[1])))
    height = -np.cumsum(step)[rank - 1]
    degree = np.clip(height[:, np.newaxis, :] - height[:, :, np.newaxis], 0, None)
    for concept in CONCEPTS:
        verdict = [stable_to_degree(moves, degree, concept, at_least=d) for d in range(4)]
        np.testing.assert_array_equal(verdict[0], stable(moves, rank, concept))
        assert all((stronger <= weaker).all() for weaker, stronger in itertools.pairwise(verdict))


class TestAttitudes:
    """The Prisoner's Dilemma: states 0 nobody defects, 1 the first, 2 the second, 3 both."""

    moves = reachable_lists(range(4), [0b01, 0b10])
    better = preferred(np.array([[2, 1, 4, 3], [2, 4, 1, 3]]))

    def holds(self, attitude, concept="R"):
        verdict = stable_with_attitudes(self.moves, self.better, np.array(attitude), concept)
        return np.flatnonzero(verdict.all(axis=0)).tolist()

    def test_who_minds_itself_defects(self):
        assert self.holds([[1, 0], [0, 1]]) == [3]

    def test_who_will_not_gain_at_the_other_ones_cost_stays_wherever_it_is(self):
        assert self.holds([[1, 1], [1, 1]]) == [0, 1, 2, 3]

    def test_who_minds_only_the_other_cooperates(self):
        assert self.holds([[0, 1], [1, 0]]) == [0]

    def test_who_wants_to_harm_the_other_defects(self):
        assert self.holds([[0, -1], [-1, 0]]) == [3]

    def test_who_minds_nobody_rests_nowhere(self):
        assert self.holds([[0, 0], [0, 0]]) == []

    def test_there_are_three(self):
        with pytest.raises(ValueError, match="positive"):
            self.holds([[2, 0], [0, 1]])


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=6))
def test_towards_nobody_all_concepts_are_one(model):
    """A theorem of the literature for totally neutral attitudes."""
    moves, rank = model
    neutral = np.zeros((len(moves), len(moves)), dtype=int)
    verdict = [stable_with_attitudes(moves, preferred(rank), neutral, concept) for concept in CONCEPTS]
    cannot_move = np.array([[not targets for targets in lists] for lists in moves])
    assert all((each == cannot_move).all() for each in verdict)
