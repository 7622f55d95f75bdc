"""What decision makers do who look several moves ahead."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.graph import stable
from parley.methods.graph_limited import limited_move, metarational, stackelberg
from parley.methods.option_form import reachable_lists
from tests.graph_models import drawn_graphs
from tests.methods.test_graph import graph
from tests.published.test_graph_model_cases import TestElmira as Elmira

CC, DC, CD, DD = range(4)
"""Who defects: nobody, the first (row), the second (column), both."""
TWO_BY_TWO = reachable_lists(range(4), [0b01, 0b10])
DILEMMA = np.array([[2, 1, 4, 3], [2, 4, 1, 3]])
CHICKEN = np.array([[2, 1, 3, 4], [2, 3, 1, 4]])


def equilibria(found, horizon):
    return set(np.flatnonzero(found.at(horizon).all(axis=0)))


class TestThePrisonersDilemma:
    found = limited_move(TWO_BY_TWO, DILEMMA)

    def test_is_stuck_in_defection_for_who_looks_one_move_ahead_and_not_from_two_on(self):
        assert equilibria(self.found, 1) == {DD}
        assert all(equilibria(self.found, horizon) == {CC, DD} for horizon in range(2, 9))
        assert set(np.flatnonzero(self.found.non_myopic.all(axis=0))) == {CC, DD}


class TestChicken:
    found = limited_move(TWO_BY_TWO, CHICKEN)

    def test_goes_from_one_giving_way_over_nowhere_to_both_giving_way_as_the_horizon_grows(self):
        assert equilibria(self.found, 1) == {CD, DC}
        assert equilibria(self.found, 2) == set()
        assert all(equilibria(self.found, horizon) == {CC} for horizon in range(3, 9))
        assert set(np.flatnonzero(self.found.non_myopic.all(axis=0))) == {CC}

    def test_is_won_by_who_leads(self):
        assert np.flatnonzero(stackelberg(TWO_BY_TWO, CHICKEN, 0)).tolist() == [DC]
        assert np.flatnonzero(stackelberg(TWO_BY_TWO, CHICKEN, 1)).tolist() == [CD]


def test_in_matching_pennies_what_is_stable_goes_round_in_a_cycle_and_no_long_horizon_decides():
    """The first wants the two alike, the second different.

    By hand: who looks one move ahead leaves what it dislikes. Who looks two moves ahead stays anywhere, for the other
    would undo the move; and so on in turn.
    """
    found = limited_move(TWO_BY_TWO, np.array([[1, 2, 2, 1], [2, 1, 1, 2]]))
    alike = [True, False, False, True]
    assert (found.settled, found.period) == (1, 2)
    assert all(found.at(horizon).tolist() == [alike, [not each for each in alike]] for horizon in (1, 3, 5, 99))
    assert all(found.at(horizon).all() for horizon in (2, 4, 6, 100))
    assert found.non_myopic.tolist() == [alike, [not each for each in alike]]


def by_recursion(moves, rank, i, state, horizon):
    """The final state by the recursion as it stands in the literature, for two decision makers and without ties."""
    if horizon == 0 or not moves[i][state]:
        return state
    ends = [by_recursion(moves, rank, 1 - i, x, horizon - 1) for x in moves[i][state]]
    best = min(ends, key=lambda end: rank[i][end])
    return best if rank[i][best] < rank[i][state] else state


def strict_pairs(max_states=5):
    def with_ranks(states):
        lists = st.lists(
            st.frozensets(st.integers(0, states - 1), max_size=2), min_size=2 * states, max_size=2 * states
        )
        return st.tuples(lists, *(st.permutations(range(1, states + 1)) for _ in range(2)))

    def as_model(drawn):
        lists, *rows = drawn
        states = len(rows[0])
        moves = [[lists[i * states + s] - {s} for s in range(states)] for i in range(2)]
        return moves, np.array(rows)

    return st.integers(2, max_states).flatmap(with_ranks).map(as_model)


@settings(max_examples=100, deadline=None)
@given(strict_pairs(max_states=4))
def test_without_ties_the_final_states_are_those_of_the_recursion(model):
    moves, rank = model
    found = limited_move(moves, rank)
    assert found.unique
    for horizon in range(1, 8):
        expected = [[by_recursion(moves, rank, i, s, horizon) == s for s in range(rank.shape[1])] for i in range(2)]
        stays = [[not moves[i][s] or expected[i][s] for s in range(rank.shape[1])] for i in range(2)]
        assert found.at(horizon).tolist() == stays


@settings(max_examples=100, deadline=None)
@given(strict_pairs())
def test_from_where_it_has_settled_on_everything_repeats(model):
    moves, rank = model
    found = limited_move(moves, rank)
    for horizon in range(found.settled, found.settled + 2 * found.period + 2):
        np.testing.assert_array_equal(found.at(horizon), found.at(horizon + found.period))


@settings(max_examples=100, deadline=None)
@given(strict_pairs())
def test_whoever_stays_at_a_horizon_is_metarational_at_it(model):
    """A theorem of the literature for two decision makers."""
    moves, rank = model
    found = limited_move(moves, rank)
    for horizon in range(1, 7):
        assert (found.at(horizon) <= metarational(moves, rank, horizon)).all()


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=4, max_states=6))
def test_one_move_ahead_is_nash_stability_for_any_number_of_decision_makers(model):
    moves, rank = model
    np.testing.assert_array_equal(limited_move(moves, rank).at(1), stable(moves, rank, "R"))


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=4, max_states=6))
def test_general_metarationality_begins_with_nash_gmr_and_smr(model):
    for horizon, concept in enumerate(("R", "GMR", "SMR"), start=1):
        np.testing.assert_array_equal(metarational(*model, horizon), stable(*model, concept), concept)


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=6))
def test_with_the_last_word_one_more_round_can_only_deter_less_and_without_it_more(model):
    verdict = {horizon: metarational(*model, horizon) for horizon in range(1, 8)}
    for horizon in range(1, 6):
        narrow, wide = (horizon, horizon + 2) if horizon % 2 else (horizon + 2, horizon)
        assert (verdict[narrow] <= verdict[wide]).all()
    assert all((verdict[odd] <= verdict[even]).all() for odd in (1, 3, 5) for even in (2, 4, 6))


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=5), st.randoms(use_true_random=False))
def test_with_ties_and_several_decision_makers_renaming_states_changes_nothing(model, random):
    moves, rank = model
    states = rank.shape[1]
    new = random.sample(range(states), states)
    renamed = [[frozenset()] * states for _ in moves]
    for i, lists in enumerate(moves):
        for s, targets in enumerate(lists):
            renamed[i][new[s]] = frozenset(new[q] for q in targets)
    new_rank = np.empty_like(rank)
    new_rank[:, new] = rank
    one, other = limited_move(moves, rank), limited_move(renamed, new_rank)
    assert (one.settled, one.period, one.unique) == (other.settled, other.period, other.unique)
    np.testing.assert_array_equal(one.stable, other.stable[:, :, new])


def test_with_three_decision_makers_the_variant_is_named():
    assert limited_move(Elmira.moves, Elmira.rank).variant == "cautious"


def test_of_two_best_moves_whoever_waits_for_them_counts_on_the_worse():
    # The second may leave 1 for 2 or 3, which are one to it; the first would gain by 2 and lose by 3
    moves = graph(4, {0: [1]}, {1: [2, 3]})
    rank = np.array([[2, 2, 1, 3], [2, 2, 1, 1]])
    found = limited_move(moves, rank)
    assert found.ends[1][1][1] == {2, 3}
    assert not found.unique
    assert found.at(2)[0, 0]


def test_the_lead_needs_two():
    with pytest.raises(EngineError, match="two decision makers; there are 3"):
        stackelberg(Elmira.moves, Elmira.rank, 0)


@pytest.mark.parametrize(
    "ask", [lambda h: limited_move(TWO_BY_TWO, CHICKEN).at(h), lambda h: metarational(TWO_BY_TWO, CHICKEN, h)]
)
def test_a_horizon_is_one_or_more(ask):
    with pytest.raises(ValueError, match="1 or more, not 0"):
        ask(0)
