"""Conflicts of the graph-model literature whose equilibria are known.

The models are as the literature gives them, by way of two programs that compute them independently (GMCR+ among them);
the original pages were not read again.
"""

import datetime
import itertools

import numpy as np
import pytest

from parley.domain.conflict import Conflict, Infeasible, Option, Preference, PreferenceStatement
from parley.domain.estimate import Estimate
from parley.domain.party import Party
from parley.domain.scenario import Question, Scenario
from parley.engines.graph_model import GraphModel
from parley.methods.graph import CONCEPTS, stable
from parley.methods.option_form import reachable_lists
from tests.graph_models import matrix_stable


def ranks(*preferences):
    """Ranks from lists of states, numbered from 1, best first."""
    return np.array([[1 + order.index(s) for s in range(1, len(order) + 1)] for order in preferences], dtype=np.int32)


def drawn(states, *arcs):
    """Reachable lists from one mapping a decision maker, states numbered from 1."""
    return [[frozenset(q - 1 for q in each.get(s, ())) for s in range(1, states + 1)] for each in arcs]


def equilibria(moves, rank, numbered_from=1):
    return {c: set(np.flatnonzero(stable(moves, rank, c).all(axis=0)) + numbered_from) for c in CONCEPTS}


class TestElmira:
    """The groundwater conflict of Elmira, Ontario, 1991: nine states, the last for all in which Uniroyal leaves.

    Kilgour, Hipel and Fang; printed in Xu, Hipel, Kilgour and Fang (2018). Decision makers: the Ministry of the
    Environment, Uniroyal, the local government.
    """

    moves = drawn(
        9,
        {1: [2], 3: [4], 5: [6], 7: [8]},
        {1: [3, 9], 2: [4, 9], 3: [9], 4: [9], 5: [7, 9], 6: [8, 9], 7: [9], 8: [9]},
        {1: [5], 5: [1], 2: [6], 6: [2], 3: [7], 7: [3], 4: [8], 8: [4]},
    )
    rank = ranks([7, 3, 4, 8, 5, 1, 2, 6, 9], [1, 4, 8, 5, 9, 3, 7, 2, 6], [7, 3, 5, 1, 8, 6, 4, 2, 9])
    published = {"R": {5, 8, 9}, "GMR": {1, 4, 5, 8, 9}, "SMR": {1, 4, 5, 8, 9}, "SEQ": {5, 8, 9}, "SSEQ": {5, 8, 9}}
    # SSEQ follows, since it lies between R and SEQ

    def test_has_the_published_equilibria(self):
        assert equilibria(self.moves, self.rank) == self.published

    def test_has_the_same_equilibria_with_the_rankings_that_gmcr_plus_ships(self):
        other = ranks([7, 3, 4, 8, 5, 1, 2, 6, 9], [1, 4, 8, 5, 9, 2, 3, 7, 6], [7, 3, 5, 1, 8, 6, 4, 2, 9])
        assert equilibria(self.moves, other) == self.published

    @pytest.mark.parametrize("concept", CONCEPTS)
    def test_is_judged_alike_by_the_matrix_form(self, concept):
        np.testing.assert_array_equal(
            matrix_stable(self.moves, self.rank, concept), stable(self.moves, self.rank, concept)
        )


UNITED_STATES = [4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8]
SOVIET_UNION = [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]


class TestCubanMissileCrisis:
    """The Cuban missile crisis, Fraser and Hipel (1984): states by the decimal value of their option vector.

    Options in order: air strike, blockade (United States); withdraw, escalate (Soviet Union), of which the last two
    exclude each other.
    """

    cautious = {0, 1, 2, 4, 5, 6, 7}
    by_air_strike = {
        "stays_taken": {"R": {5}, "GMR": cautious, "SMR": cautious, "SEQ": {4, 5, 6}, "SSEQ": {4, 5, 6}},
        "both_ways": {"R": set(), "GMR": cautious, "SMR": cautious, "SEQ": {4, 6}, "SSEQ": {4, 6}},
    }

    @pytest.mark.parametrize("changes", by_air_strike)
    def test_has_the_published_equilibria_as_a_graph(self, changes):
        moves = reachable_lists(range(12), [0b0011, 0b1100], stays_taken=0b0001 if changes == "stays_taken" else 0)
        rank = np.array([[1 + order.index(d) for d in range(12)] for order in (UNITED_STATES, SOVIET_UNION)])
        assert equilibria(moves, rank, numbered_from=0) == self.by_air_strike[changes]

    @pytest.mark.parametrize("changes", by_air_strike)
    def test_has_the_published_equilibria_as_a_scenario_through_the_engine(self, changes):
        engine = GraphModel()
        detail = engine.detail(engine.forecast(cuba(changes), np.random.default_rng(0)))
        found = {concept: {state - 1 for state in states} for concept, states in detail["equilibria"].items()}
        # GMCR+ finds the same simultaneous stability where the air strike cannot be undone
        expected = self.by_air_strike[changes] | {"SIM": {5} if changes == "stays_taken" else set()}
        assert expected.items() <= found.items()
        assert [state["id"] for state in detail["states"]] == list(range(1, 13))
        assert sorted(detail["rank"]["us"], key=detail["rank"]["us"].get) == [d + 1 for d in UNITED_STATES]

    def test_what_happened_in_history_is_sequentially_stable_either_way(self):
        blockade_and_withdrawal = 0b0110
        assert all(blockade_and_withdrawal in each["SEQ"] for each in self.by_air_strike.values())


def cuba(air_strike):
    names = ("air_strike", "blockade", "withdraw", "escalate")
    options = tuple(
        Option(
            id=name,
            name=name,
            words=name,
            party="us" if place < 2 else "ussr",
            changes=air_strike if name == "air_strike" else "both_ways",
        )
        for place, name in enumerate(names)
    )

    def only(d):
        return " & ".join(name if d >> place & 1 else f"-{name}" for place, name in enumerate(names))

    preferences = tuple(
        Preference(party=party, statements=tuple(PreferenceStatement(says=only(d)) for d in order))
        for party, order in (("us", UNITED_STATES), ("ussr", SOVIET_UNION))
    )
    one = Estimate.exactly(1, because="a test")
    return Scenario(
        title="Cuba",
        question=Question(text="What holds?", asked_by="us"),
        as_of=datetime.date(1962, 10, 17),
        parties=tuple(Party(id=name, name=name, role="belligerent", capability=one) for name in ("us", "ussr")),
        issues=(),
        conflict=Conflict(
            options=options, preferences=preferences, infeasible=(Infeasible(when="withdraw & escalate"),)
        ),
    )


TWO_BY_TWO = drawn(4, {1: [3], 3: [1], 2: [4], 4: [2]}, {1: [2], 2: [1], 3: [4], 4: [3]})
"""Rows CC, CD, DC, DD are the states 1 to 4: the row player moves between 1 and 3, 2 and 4."""


def test_in_the_prisoners_dilemma_cooperation_is_stable_for_those_who_look_ahead():
    rank = ranks([3, 1, 4, 2], [2, 1, 4, 3])
    assert equilibria(TWO_BY_TWO, rank) == {"R": {4}, "GMR": {1, 4}, "SMR": {1, 4}, "SEQ": {1, 4}, "SSEQ": {1, 4}}


def test_in_chicken_cooperation_is_held_up_by_a_threat_that_is_not_credible():
    # At CC the row player gains by DC; only DD would punish it, and DD is the column player's worst: no SEQ.
    rank = ranks([3, 1, 2, 4], [2, 1, 3, 4])
    cautious = {1, 2, 3}
    assert equilibria(TWO_BY_TWO, rank) == {
        "R": {2, 3},
        "GMR": cautious,
        "SMR": cautious,
        "SEQ": {2, 3},
        "SSEQ": {2, 3},
    }


@pytest.mark.parametrize(("concept", "count"), [("R", 240), ("SEQ", 384), ("GMR", 384), ("SMR", 300)])
def test_so_many_rankings_of_one_side_make_a_wished_for_state_hold(concept, count):
    """The inverse case of the GMCR+ handout, section 4.2, two sides with three and two choices; it wishes for state 2.

    By hand: after the first side's move from 2 to 1 or 3 the second side gains by moving on to 4 or 6. So SEQ fails
    where the first side prefers 1 and 4 to 2, or 3 and 6 to 2: 1/3 + 1/3 - 1/5 = 7/15 of its 720 strict rankings; 8/15
    are left, 384 (the handout prints 420). R needs 2 before 1 and 3: 1/3. SMR holds where R does or 4, 5 and 6 are all
    worse than 2: 1/3 + 1/4 - 1/6 = 5/12.
    """
    first = {s: {1, 2, 3} - {s} for s in (1, 2, 3)} | {s: {4, 5, 6} - {s} for s in (4, 5, 6)}
    moves = drawn(6, first, {1: [4], 4: [1], 2: [5], 5: [2], 3: [6], 6: [3]})
    rankings = (ranks(list(order), [2, 4, 6, 1, 5, 3]) for order in itertools.permutations(range(1, 7)))
    assert sum(stable(moves, rank, concept)[:, 1].all() for rank in rankings) == count
