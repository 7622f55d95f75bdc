"""Which changes of preferences make a state an equilibrium: each verified forward, none smaller among all there are."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.graph import CONCEPTS, stable
from parley.methods.graph_inverse import (
    Impossible,
    PreferenceChange,
    nearest_preferences,
    who_could_bring_it_about,
)
from parley.methods.graph_inverse_statements import StatementChange, nearest_statement_orders
from parley.methods.option_form import (
    OptionMoves,
    coalesced_moves,
    combinations,
    option_prioritisation,
    reachable_lists,
    simultaneously_stable,
)
from parley.methods.rankings import half_swaps
from tests.graph_models import drawn_graphs
from tests.methods.test_rankings import makes_no_tie, weak_orders

PRISONERS = reachable_lists(range(4), [0b01, 0b10])
"""States 0 to 3: nobody defects, the first, the second, both."""
DILEMMA = np.array([[2, 1, 4, 3], [2, 4, 1, 3]])


class TestTheCaseWithAPublishedCount:
    """Six states, of which Syria moves among 1, 2, 3 and among 4, 5, 6, and Iraq between 1 and 4, 2 and 5, 3 and 6.

    Iraq ranks 2 4 6 1 5 3, best first; Syria may rank as it likes. For state 2 the handout of GMCR+ counts 240 rankings
    of Syria under Nash stability and 420 under sequential stability. The second count is wrong: state 2 fails if and
    only if Syria prefers 1 and 4 to 2, or 3 and 6; that is 1/3 + 1/3 - 1/5 = 7/15 of the 720 rankings: 384 are left.
    Under SMR and SSEQ it holds if 2 is the best of 1, 2, 3, or of 2, 4, 5, 6: 1/3 + 1/4 - 1/6 of them, 300.
    """

    moves = (
        tuple(frozenset(q for q in range(6) if q // 3 == s // 3 and q != s) for s in range(6)),
        tuple(frozenset({(s + 3) % 6}) for s in range(6)),
    )
    iraq = tuple([2, 4, 6, 1, 5, 3].index(state) + 1 for state in range(1, 7))
    counted = {"R": 240, "SEQ": 384, "GMR": 384, "SMR": 300, "SSEQ": 300}

    @pytest.mark.parametrize("concept", CONCEPTS)
    def test_has_these_counts_by_enumeration(self, concept):
        rankings = itertools.permutations(range(1, 7))
        assert self.counted[concept] == sum(
            bool(stable(self.moves, np.array([syria, self.iraq]), concept)[:, 1].all()) for syria in rankings
        )

    def test_fails_under_seq_just_where_the_proof_by_hand_says(self):
        for syria in itertools.permutations(range(1, 7)):
            better = {state for state in range(1, 7) if syria[state - 1] < syria[1]}
            fails = {1, 4} <= better or {3, 6} <= better
            assert stable(self.moves, np.array([syria, self.iraq]), "SEQ")[:, 1].all() == (not fails)


def nearest_by_enumeration(moves, rank, wished, concept, willing):
    """Second method: the least distance over all profiles without new ties, None where none will do."""
    lists = [
        [new for new in weak_orders(rank.shape[1]) if makes_no_tie(row, new)] if i in willing else [row]
        for i, row in enumerate(rank)
    ]
    costs = [[half_swaps(row, new) for new in each] for row, each in zip(rank, lists, strict=True)]
    by_cost = sorted(
        itertools.product(*(range(len(each)) for each in lists)),
        key=lambda places: sum(cost[place] for cost, place in zip(costs, places, strict=True)),
    )
    for places in by_cost:
        profile = np.array([each[place] for each, place in zip(lists, places, strict=True)])
        if stable(moves, profile, concept)[:, wished].all():
            return sum(cost[place] for cost, place in zip(costs, places, strict=True))
    return None


@settings(max_examples=80, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=4), st.data())
def test_no_permitted_profile_is_nearer_and_each_answer_holds_forward(model, data):
    moves, rank = model
    makers, states = rank.shape
    wished = data.draw(st.integers(0, states - 1))
    concept = data.draw(st.sampled_from(CONCEPTS))
    willing = data.draw(st.frozensets(st.integers(0, makers - 1), max_size=2 if states < 4 else 1))
    found = nearest_preferences(moves, rank, wished, concept, willing=willing)
    least = nearest_by_enumeration(moves, rank, wished, concept, willing)
    assert isinstance(found, Impossible) == (least is None)
    if isinstance(found, PreferenceChange):
        assert stable(moves, found.rank, concept)[:, wished].all()
        assert sum(found.half_swaps) == least
        assert set(found.persuaded) <= willing
        assert all(makes_no_tie(old, new) for old, new in zip(rank, found.rank, strict=True))


def weak_profile(draw, makers, states):
    return np.array([draw(st.sampled_from(weak_orders(states))) for _ in range(makers)])


def option_moves(draw):
    """Two decision makers with an option each, or the first with two, of which some combinations may be infeasible."""
    options = draw(st.sampled_from([2, 3]))
    codes = sorted(draw(st.sets(st.integers(0, 2**options - 1), min_size=2, max_size=4)))
    one_way = draw(st.integers(0, 2**options - 1))
    own = (0b01, 0b10) if options == 2 else (0b011, 0b100)
    return OptionMoves(codes=np.array(codes, dtype=np.int64), own=own, stays_taken=one_way)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_where_all_move_at_once_no_permitted_profile_is_nearer_either(data):
    """SIM, against the definition in every profile without new ties."""
    moves = option_moves(data.draw)
    states = moves.codes.size
    rank, wished = weak_profile(data.draw, 2, states), data.draw(st.integers(0, states - 1))
    willing = data.draw(st.frozensets(st.integers(0, 1)))
    lists = [
        [new for new in weak_orders(states) if makes_no_tie(row, new)] if i in willing else [row]
        for i, row in enumerate(rank)
    ]
    distances = [
        sum(half_swaps(old, new) for old, new in zip(rank, profile, strict=True))
        for profile in itertools.product(*lists)
        if simultaneously_stable(moves.codes.tolist(), moves.lists, np.array(profile))[:, wished].all()
    ]
    found = nearest_preferences(moves, rank, wished, "SIM", willing=willing)
    assert isinstance(found, Impossible) == (not distances)
    if isinstance(found, PreferenceChange):
        assert sum(found.half_swaps) == min(distances)
        assert simultaneously_stable(moves.codes.tolist(), moves.lists, found.rank)[:, wished].all()


def test_what_comes_of_moving_at_once_is_not_known_of_a_drawn_graph():
    with pytest.raises(EngineError, match="told by options"):
        nearest_preferences(PRISONERS, DILEMMA, 0, "SIM")


@settings(max_examples=40, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=5), st.data())
def test_each_smallest_set_of_parties_is_enough_and_no_other_set_is_without_one(model, data):
    moves, rank = model
    concept, wished = data.draw(st.sampled_from(CONCEPTS)), data.draw(st.integers(0, rank.shape[1] - 1))
    willing = data.draw(st.frozensets(st.integers(0, len(moves) - 1)))
    sets = [set(each.persuaded) for each in who_could_bring_it_about(moves, rank, wished, concept, willing=willing)]
    for size in range(len(willing) + 1):
        for group in itertools.combinations(sorted(willing), size):
            found = nearest_preferences(moves, rank, wished, concept, willing=group)
            assert isinstance(found, PreferenceChange) == any(each <= set(group) for each in sets)
    assert not any(one < other for one, other in itertools.permutations(sets, 2))


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_state_that_is_several_combinations_of_options_is_as_good_a_target(data):
    """Three options; what the second decision maker does makes no difference once the third option is taken."""
    moves = OptionMoves(codes=np.arange(8, dtype=np.int64), own=(0b101, 0b010), stays_taken=0b100)
    lists = coalesced_moves(moves, np.array([0, 1, 2, 3, 4, 4, 4, 4]))
    rank = np.array([data.draw(st.permutations(range(1, 6))) for _ in range(2)])
    concept, wished = data.draw(st.sampled_from(CONCEPTS)), data.draw(st.integers(0, 4))
    willing = data.draw(st.sampled_from([(0,), (1,)]))
    distances = [
        half_swaps(rank[willing[0]], np.array(new))
        for new in itertools.permutations(range(1, 6))
        if stable(lists, np.array([new if i in willing else rank[i] for i in range(2)]), concept)[:, wished].all()
    ]
    found = nearest_preferences(lists, rank, wished, concept, willing=willing)
    assert isinstance(found, Impossible) == (not distances)
    if isinstance(found, PreferenceChange):
        assert sum(found.half_swaps) == min(distances)


def strict_profile(draw, states):
    return np.array([draw(st.permutations(range(1, states + 1))) for _ in range(2)])


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_at_five_states_what_is_said_to_be_impossible_is_so_under_every_ranking(data):
    """All 120 strict rankings of the one who may change."""
    targets = st.frozensets(st.integers(0, 4), max_size=2)
    moves = [[data.draw(targets) - {state} for state in range(5)] for _ in range(2)]
    rank, concept = strict_profile(data.draw, 5), data.draw(st.sampled_from(CONCEPTS))
    found = nearest_preferences(moves, rank, 0, concept, willing=[1])
    distances = [
        half_swaps(rank[1], np.array(new))
        for new in itertools.permutations(range(1, 6))
        if stable(moves, np.array([rank[0], new]), concept)[:, 0].all()
    ]
    assert isinstance(found, Impossible) == (not distances)
    if isinstance(found, PreferenceChange):
        assert sum(found.half_swaps) == min(distances)


@settings(max_examples=100, deadline=None)
@given(drawn_graphs(max_makers=4, max_states=7), st.data())
def test_with_everybody_willing_every_state_can_be_an_equilibrium(model, data):
    moves, rank = model
    wished, concept = data.draw(st.integers(0, rank.shape[1] - 1)), data.draw(st.sampled_from(CONCEPTS))
    found = nearest_preferences(moves, rank, wished, concept)
    assert isinstance(found, PreferenceChange)
    assert stable(moves, found.rank, concept)[:, wished].all()
    assert (found.half_swaps == (0,) * len(moves)) == bool(stable(moves, rank, concept)[:, wished].all())


@settings(max_examples=60, deadline=None)
@given(drawn_graphs(max_makers=3, max_states=6), st.data())
def test_an_improvement_named_as_unmet_stays_so_whatever_those_who_may_change_come_to_prefer(model, data):
    moves, rank = model
    concept, wished = data.draw(st.sampled_from(CONCEPTS)), data.draw(st.integers(0, rank.shape[1] - 1))
    willing = data.draw(st.frozensets(st.integers(0, len(moves) - 1)))
    found = nearest_preferences(moves, rank, wished, concept, willing=willing)
    for i, improvement in found.unmet if isinstance(found, Impossible) else ():
        assert i not in willing
        assert improvement in moves[i][wished]
        for _ in range(5):
            profile = rank.copy()
            for j in willing:
                profile[j] = data.draw(st.permutations(range(1, rank.shape[1] + 1)))
            assert not stable(moves, profile, concept)[i, wished]


class TestTheDilemma:
    def test_needs_both_to_prefer_cooperation_for_a_nash_equilibrium(self):
        found = nearest_preferences(PRISONERS, DILEMMA, 0, "R")
        assert found.rank.tolist() == [[1, 2, 4, 3], [1, 4, 2, 3]]
        assert found.half_swaps == (2, 2)
        assert found.now_preferred(DILEMMA) == [(0, 0, 1), (1, 0, 2)]

    def test_needs_nothing_for_a_sequential_one(self):
        assert nearest_preferences(PRISONERS, DILEMMA, 0, "SEQ").persuaded == ()

    def test_is_beyond_whoever_could_change_only_one_of_the_two(self):
        found = nearest_preferences(PRISONERS, DILEMMA, 0, "R", willing=[0])
        assert found == Impossible(unmet=((1, 2),), searched=0)

    def test_names_who_must_be_persuaded(self):
        assert [each.persuaded for each in who_could_bring_it_about(PRISONERS, DILEMMA, 0, "R")] == [(0, 1)]


class TestAThreatMadeCredible:
    """The first gains by 0 -> 1; the second could punish by 1 -> 2, but would rather not."""

    moves = [[frozenset({1}), frozenset(), frozenset()], [frozenset(), frozenset({2}), frozenset()]]
    rank = np.array([[2, 1, 3], [3, 1, 2]])

    def test_is_one_way_and_contentment_the_other(self):
        found = who_could_bring_it_about(self.moves, self.rank, 0, "SEQ")
        assert [each.persuaded for each in found] == [(0,), (1,)]
        assert [each.now_preferred(self.rank) for each in found] == [[(0, 0, 1)], [(1, 2, 1)]]

    def test_is_not_needed_where_empty_threats_deter(self):
        assert nearest_preferences(self.moves, self.rank, 0, "GMR").persuaded == ()


def test_a_search_that_does_not_end_is_told_and_not_taken_for_a_proof():
    with pytest.raises(EngineError, match="did not end within 1 profiles"):
        nearest_preferences(PRISONERS, DILEMMA, 0, "R", max_searched=1)


class TestStatements:
    """The dilemma by statements: that the other does not defect, then to defect oneself."""

    taken = combinations(2)
    truth = (np.column_stack([~taken[:, 1], taken[:, 0]]), np.column_stack([~taken[:, 0], taken[:, 1]]))

    def test_cannot_make_cooperation_a_nash_equilibrium_where_defection_is_wished_for_whatever_the_other_does(self):
        found = nearest_statement_orders(PRISONERS, self.truth, 0, "R")
        assert found == Impossible(unmet=((0, 1), (1, 2)), searched=0)

    def test_are_moved_one_by_each_where_trust_stands_second(self):
        """Each wants most to defect, then that nobody does; with these two turned round both rest at cooperation."""
        neither = ~self.taken.any(axis=1)
        truth = tuple(np.column_stack([self.taken[:, i], neither]) for i in range(2))
        found = nearest_statement_orders(PRISONERS, truth, 0, "R")
        assert (found.orders, found.moved) == (((1, 0), (1, 0)), (1, 1))
        assert stable(PRISONERS, found.rank, "R")[:, 0].all()
        assert isinstance(nearest_statement_orders(PRISONERS, truth, 0, "R", willing=[1]), Impossible)

    def test_are_not_tried_without_end(self):
        defects, neither = self.taken[:, :1], ~self.taken.any(axis=1, keepdims=True)
        truth = (np.hstack([defects] * 6 + [neither]), np.zeros((4, 0), dtype=bool))
        assert nearest_statement_orders(PRISONERS, truth, 0, "R").moved == (1, 0)
        with pytest.raises(EngineError, match="within 3"):
            nearest_statement_orders(PRISONERS, truth, 0, "R", max_searched=3)


def moved(order):
    """Statements that are moved: all but a longest run that keeps its order."""
    return len(order) - max(
        size
        for size in range(len(order) + 1)
        for kept in itertools.combinations(order, size)
        if list(kept) == sorted(kept)
    )


@st.composite
def statement_models(draw):
    moves, rank = draw(drawn_graphs(max_makers=2, max_states=5))
    makers, states = rank.shape
    truth = []
    for _ in range(makers):
        statements = draw(st.integers(0, 3))
        bits = draw(st.lists(st.booleans(), min_size=states * statements, max_size=states * statements))
        truth.append(np.array(bits, dtype=bool).reshape(states, statements))
    return moves, truth, draw(st.integers(0, states - 1)), draw(st.sampled_from(CONCEPTS))


@settings(max_examples=100, deadline=None)
@given(statement_models(), st.data())
def test_no_order_of_statements_moves_fewer(model, data):
    """Second method: all orders of all decision makers."""
    moves, truth, wished, concept = model
    willing = data.draw(st.frozensets(st.integers(0, len(moves) - 1)))
    found = nearest_statement_orders(moves, truth, wished, concept, willing=willing)
    every = [
        list(itertools.permutations(range(each.shape[1]))) if i in willing else [tuple(range(each.shape[1]))]
        for i, each in enumerate(truth)
    ]
    costs = [
        sum(map(moved, orders))
        for orders in itertools.product(*every)
        if stable(
            moves,
            np.array([option_prioritisation(each[:, list(o)]) for each, o in zip(truth, orders, strict=True)]),
            concept,
        )[:, wished].all()
    ]
    assert isinstance(found, Impossible) == (not costs)
    if isinstance(found, StatementChange):
        assert sum(found.moved) == min(costs) == sum(map(moved, found.orders))
        assert stable(moves, found.rank, concept)[:, wished].all()
