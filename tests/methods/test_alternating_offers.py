"""Closed forms of alternating offers: known values, recursion as a second method, and what each circumstance does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.alternating_offers import (
    random_proposer_share,
    rubinstein_share,
    share_under_breakdown,
    share_with_outside_option,
    stahl_share,
)

DISCOUNTS = st.floats(0.01, 0.99)


@pytest.mark.parametrize(
    ("first", "second", "share"), [(0.9, 0.9, 0.526316), (0.95, 0.8, 0.833333), (0.5, 0.99, 0.019802)]
)
def test_patience_is_leverage(first, second, share):
    """Rubinstein 1982: (1 - d2) / (1 - d1 d2)."""
    assert rubinstein_share(first, second) == pytest.approx(share, abs=1e-6)


def test_two_sides_that_can_wait_for_ever_have_no_unique_division():
    with pytest.raises(EngineError, match="discount below 1"):
        rubinstein_share(1, 1)


@pytest.mark.parametrize(("rounds", "share"), [(1, 1.0), (2, 0.1), (3, 0.91), (10, 0.3428008)])
def test_who_makes_the_last_of_a_few_offers_has_the_better_of_it(rounds, share):
    """Ståhl 1972, with a common discount of 0.9: (1 - (-d)^n) / (1 + d)."""
    assert stahl_share(0.9, 0.9, rounds) == pytest.approx(share, abs=1e-7)
    assert stahl_share(0.9, 0.9, rounds) == pytest.approx((1 - (-0.9) ** rounds) / 1.9)


@given(DISCOUNTS, DISCOUNTS)
def test_many_rounds_come_close_to_bargaining_without_end(first, second):
    assert stahl_share(first, second, 3000) == pytest.approx(float(rubinstein_share(first, second)), abs=1e-6)


@given(DISCOUNTS, DISCOUNTS, st.floats(0, 1))
def test_an_exit_that_would_not_be_taken_changes_nothing_and_a_better_one_is_paid_in_full(first, second, option):
    without = float(rubinstein_share(first, second))
    share = float(share_with_outside_option(first, second, option))
    assert share == pytest.approx(without if option <= 1 - without else 1 - option)


def test_the_known_values_with_an_exit():
    """Binmore, Shaked and Sutton 1989, with a common discount of 0.9."""
    assert share_with_outside_option(0.9, 0.9, [0.3, 0.45, 0.6]) == pytest.approx([0.526316, 0.526316, 0.4], abs=1e-6)


def test_the_known_values_with_a_risk_of_breakdown():
    """Binmore, Rubinstein and Wolinsky 1986, with breakdown worth 0.2 and 0.3."""
    assert share_under_breakdown(0.2, 0.3, [0.1, 0.01]) == pytest.approx([0.463158, 0.451256], abs=1e-6)


@given(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0.001, 1))
def test_breakdown_solves_the_two_conditions_of_indifference(mine, theirs, risk):
    first = float(share_under_breakdown(mine, theirs, risk))
    second = 1 - float(share_under_breakdown(theirs, mine, risk))  # the first's share when the second offers
    assert 1 - first == pytest.approx(risk * theirs + (1 - risk) * (1 - second))
    assert second == pytest.approx(risk * mine + (1 - risk) * first)


def test_a_small_risk_of_breakdown_gives_the_nash_bargaining_solution():
    assert share_under_breakdown(0.2, 0.3, 1e-9) == pytest.approx((1 + 0.2 - 0.3) / 2)


def test_the_known_value_where_chance_picks_who_offers():
    assert random_proposer_share(0.4, 0.9, 0.02, 0.05) == pytest.approx(0.48)


@given(st.floats(0, 1), st.floats(0.5, 0.95), st.floats(0, 0.05), st.floats(0, 0.05))
def test_the_share_where_chance_picks_who_offers_is_that_of_the_recursion(proposes, discount, cost_a, cost_b):
    value = proposes
    for _ in range(2000):
        rejected_a, rejected_b = discount * value - cost_a, discount * (1 - value) - cost_b
        value = proposes * (1 - rejected_b) + (1 - proposes) * rejected_a
    assert random_proposer_share(proposes, discount, cost_a, cost_b) == pytest.approx(value, abs=1e-9)
