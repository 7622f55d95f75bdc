"""One demand in the shadow of war: known values, and searches over all demands and messages as a second method."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.methods.crisis import audience_floor, mediation, ratified_floor, screening, war_range

COSTS = st.floats(0.01, 0.4)
SHARES = st.floats(0, 1)


@given(SHARES, COSTS, COSTS)
def test_there_is_always_room_for_agreement_where_war_costs_something(wins, cost_a, cost_b):
    low, high = war_range(wins, cost_a, cost_b)
    assert high - low == pytest.approx(cost_a + cost_b)
    assert low < wins < high


def test_more_fear_of_a_tough_opponent_can_bring_peace():
    """Known values: p = .5, c_A = .1, c_T = .05, c_W = .3."""
    found = screening(0.5, 0.1, cost_tough=0.05, cost_weak=0.3, tough=[0.5, 0.75])
    assert found.threshold == pytest.approx(0.625)
    assert found.risky == pytest.approx([0.60, 0.50])
    assert found.safe == pytest.approx([0.55, 0.55])
    assert found.war.tolist() == [0.5, 0.0]
    assert found.demand == pytest.approx([0.8, 0.55])


@given(SHARES, COSTS, COSTS, st.floats(0.01, 0.4), SHARES)
def test_no_other_demand_is_better_than_the_one_that_screening_picks(wins, cost_a, cost_tough, more, tough):
    cost_weak = cost_tough + more
    found = screening(wins, cost_a, cost_tough=cost_tough, cost_weak=cost_weak, tough=tough)

    def worth(demand):
        fought = tough * (demand > wins + cost_tough + 1e-12) + (1 - tough) * (demand > wins + cost_weak + 1e-12)
        return (1 - fought) * demand + fought * (wins - cost_a)

    best = max(worth(each) for each in [*np.linspace(0, 1.5, 301), wins + cost_tough, wins + cost_weak])
    assert worth(float(found.demand)) == pytest.approx(max(float(found.safe), float(found.risky)))
    assert worth(float(found.demand)) >= best - 1e-9


@given(SHARES, SHARES, st.floats(0, 0.5))
def test_the_least_that_is_accepted_under_a_public_line_is_found_by_trying_every_share(reservation, line, penalty):
    shares = np.append(np.linspace(0, 2, 4001), [line, reservation, reservation + penalty])
    accepted = np.where(shares >= line, shares, shares - penalty) >= reservation - 1e-13
    assert audience_floor(reservation, line, penalty) == pytest.approx(shares[accepted].min(), abs=1e-12)


def test_a_line_drawn_in_public_helps_until_it_closes_the_range():
    low, high = war_range(0.5, 0.1, 0.1)
    assert float(low) < float(audience_floor(low, 0.55, 0.3)) <= high
    assert float(audience_floor(low, 0.7, 0.3)) > high
    assert audience_floor(low, np.nan, 0.3) == low


def test_all_must_consent_or_as_many_as_reach_the_quota():
    floors, votes = [0.3, 0.5, 0.7], [40, 25, 35]
    assert ratified_floor(floors, votes) == 0.7
    assert ratified_floor(floors, votes, 0.5) == 0.5
    assert ratified_floor(floors, votes, 0.4) == 0.3
    assert ratified_floor(floors, votes, 0) == -np.inf


@given(
    st.lists(st.tuples(SHARES, st.integers(0, 5)), min_size=1, max_size=5).filter(lambda rows: any(v for _, v in rows)),
    st.sampled_from([0.25, 0.5, 0.75, 1.0]),
)
def test_the_pivotal_floor_is_the_least_share_to_which_the_quota_consents(ratifiers, quota):
    floors, votes = zip(*ratifiers, strict=True)
    found = float(ratified_floor(floors, votes, quota))

    def consents(share):
        return sum(vote for floor, vote in ratifiers if floor <= share) >= quota * sum(votes)

    assert consents(found)
    assert not any(consents(floor) for floor in floors if floor < found)


@given(st.lists(SHARES, min_size=2, max_size=5))
def test_a_larger_win_set_lowers_a_sides_own_share_and_never_closes_the_range(floors):
    fewer = ratified_floor(floors[1:], np.ones(len(floors) - 1))
    assert ratified_floor(floors, np.ones(len(floors))) >= fewer


def test_only_a_mediator_on_your_side_is_believed_when_it_says_that_you_can_press_on():
    """Known value: e = .1, c_W = .3, c_A = .1, c_T = .05, k = 1 need a bias of .47619 at least."""
    numbers = {"war_cost": 1.0, "risk": 0.1, "cost_a": 0.1, "cost_tough": 0.05, "cost_weak": 0.3}
    found = mediation(bias=[0.0, 0.476, 0.4762, -5.0, -8.0], **numbers)
    assert found.least_bias[0] == pytest.approx(0.47619, abs=1e-5)
    assert found.believed_weak.tolist() == [False, False, True, False, False]
    assert found.believed_tough.tolist() == [True, True, True, True, False]
    assert mediation(bias=0.0, **{**numbers, "risk": 0.0}).believed_weak.all()
    assert np.isinf(mediation(bias=9.0, **{**numbers, "cost_weak": 0.05}).least_bias)


@given(st.floats(-3, 3), st.floats(0, 2), SHARES, COSTS, COSTS, COSTS, SHARES)
def test_a_message_is_believed_if_the_mediator_would_not_gain_by_the_other_one(bias, war_cost, risk, a, tough, more, p):
    """Second method: the mediator's payoffs written out."""
    weak = tough + more
    found = mediation(bias=bias, war_cost=war_cost, risk=risk, cost_a=a, cost_tough=tough, cost_weak=weak)

    def payoff(says, truth):
        if says == "tough":
            return bias * (p + tough)
        war = risk if truth == "weak" else 1.0
        return bias * ((1 - war) * (p + weak) + war * (p - a)) - war_cost * war

    for truth, other, believed in (("weak", "tough", found.believed_weak), ("tough", "weak", found.believed_tough)):
        gap = payoff(truth, truth) - payoff(other, truth)
        if abs(gap) > 1e-12:
            assert bool(believed) == (gap > 0)
