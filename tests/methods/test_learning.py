"""Learning by fighting: known values of the two-type model, fractions as a second method, and what battles teach."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.learning import HOLD, POOL, SCREEN, Doubt, learn, updated
from parley.methods.war import fight_to_finish


def doubt(*, places=4, rounds=3, up=(0.2, 0.2), down=(0.2, 0.2), costs=(0.01, 0.0, 0.2), discount=1.0):
    """A war of doubt that is fought to the finish after the last round; `costs` are side A's, and B's by type."""
    finish = [
        fight_to_finish(
            np.array(up[each]),
            np.array(down[each]),
            np.array([costs[0], costs[1 + each]]),
            np.full(2, discount),
            places + 1,
        )
        for each in (0, 1)
    ]
    return Doubt(
        rounds=rounds,
        up=up,
        down=down,
        cost_a=costs[0],
        cost_b=costs[1:],
        discount_a=discount,
        discount_b=discount,
        terminal=np.stack(finish),
    )


def test_with_one_round_it_is_fearons_screening():
    """Known values .60 and .55: one battle decides, p = .5, c_A = .1, c_T = .05, c_W = .3."""
    war = doubt(places=2, rounds=1, up=(0.5, 0.5), down=(0.5, 0.5), costs=(0.1, 0.05, 0.3))
    risky, safe = learn(war, place=1, belief=0.5), learn(war, place=1, belief=0.75)
    assert (risky.offer, safe.offer) == (SCREEN, POOL)
    assert (risky.value_a, safe.value_a) == pytest.approx((0.60, 0.55))
    assert risky.settles == pytest.approx((0.5,))


def test_where_battles_teach_nothing_waiting_for_the_deadline_can_still_be_best():
    """Known values of the two-type model with three offers: holding .538 beats screening .532 and pooling .5."""
    found = learn(doubt(places=2, rounds=2), place=1, belief=0.8)
    assert found.offer == HOLD
    assert found.value_a == pytest.approx(0.538)
    assert found.settles == pytest.approx((0, 0.2 * 0.6))
    assert found.belief == pytest.approx((0.8, 0.8))


def test_battles_that_a_tough_side_wins_more_often_teach_that_it_is_tough():
    assert updated(0.5, 0.3, 0.1) == pytest.approx(0.75)
    assert updated(0.4, 0.2, 0.2) == pytest.approx(0.4)
    assert updated(0.4, 0.0, 0.0) == 0.4


CHANCES = st.sampled_from([0.1, 0.2, 0.3, 0.4])


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(CHANCES, CHANCES, CHANCES, CHANCES),
    st.tuples(st.sampled_from([0.01, 0.05, 0.1]), st.sampled_from([0.0, 0.02]), st.sampled_from([0.05, 0.2])),
    st.sampled_from([0.25, 0.5, 0.75]),
    st.integers(1, 3),
)
def test_the_values_are_those_of_a_recursion_in_fractions(moves, costs, belief, rounds):
    """Second method: written another way, forward over histories of battles, with exact fractions."""
    war = doubt(rounds=rounds, up=moves[:2], down=moves[2:], costs=costs)
    found = learn(war, place=2, belief=belief)
    exact = by_histories(war, 2, Fraction(belief), rounds)
    assert [found.value_a, *found.value_b] == pytest.approx([float(each) for each in exact], abs=1e-9)


def by_histories(war, place, belief, left):
    """Values of side A, of a tough and of a weak side B; `left` rounds remain."""
    last = war.terminal.shape[2] - 1
    if place in (0, last) or left == 0:
        (a_tough, tough), (a_weak, weak) = [[Fraction(float(x)) for x in row] for row in war.terminal[:, :, place]]
        return belief * a_tough + (1 - belief) * a_weak, tough, weak
    moves = zip(war.up, war.down, strict=True)
    chances = [[Fraction(up), Fraction(down), 1 - Fraction(up) - Fraction(down)] for up, down in moves]

    def fought(b):
        after = []
        for step, tough, weak in zip((1, -1, 0), *chances, strict=True):
            seen = b * tough + (1 - b) * weak
            now = b * tough / seen if seen else b
            after.append((tough, weak, seen, by_histories(war, place + step, now, left - 1)))
        return (
            -Fraction(war.cost_a) + sum(seen * value[0] for _, _, seen, value in after),
            -Fraction(war.cost_b[0]) + sum(tough * value[1] for tough, _, _, value in after),
            -Fraction(war.cost_b[1]) + sum(weak * value[2] for _, weak, _, value in after),
        )

    known, held = fought(Fraction(1)), fought(belief)
    pool, screen = min(1, 1 - max(known[1:])), min(1, 1 - known[2])
    options = [(pool, 1 - pool, 1 - pool)] if pool >= 0 else []
    if belief < 1 and screen > pool + Fraction(1, 10**12) and screen >= 0:
        options.append(((1 - belief) * screen + belief * known[0], known[1], 1 - screen))
    options.append(held)
    best = max(option[0] for option in options)
    return next(option for option in options if best - option[0] < Fraction(1, 10**12))


@settings(max_examples=40, deadline=None)
@given(st.tuples(CHANCES, CHANCES, CHANCES, CHANCES), st.floats(0.05, 0.95), st.integers(1, 5))
def test_chances_of_agreement_are_chances_and_beliefs_start_where_they_stand(moves, belief, rounds):
    war = doubt(rounds=rounds, up=moves[:2], down=moves[2:], costs=(0.02, 0.01, 0.2))
    found = learn(war, place=2, belief=belief)
    assert 0 <= sum(found.settles) <= 1 + 1e-12
    assert found.belief[0] == pytest.approx(belief)
    assert -1 <= found.value_a <= 1
