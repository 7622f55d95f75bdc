"""The settlement distribution, its two parts, and its twin for many issues."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.settlement_distribution import (
    Parameters,
    choice_part,
    distribution,
    mixture_part,
    quantiles,
    shipped_parameters,
    standing,
)
from parley.methods.settlement_many import settle

SHIPPED = shipped_parameters()
spots = st.one_of(st.floats(0, 100), st.sampled_from([0.0, 20.0, 50.0, 70.0, 100.0]))
weights = st.floats(0.05, 1)
stances = st.lists(st.tuples(spots, weights), min_size=2, max_size=7).filter(
    lambda each: max(x for x, _ in each) - min(x for x, _ in each) > 1
)


def issue(stances):
    position, weight = np.array(stances).T
    return standing(position, weight)


def settled(stances):
    return distribution(issue(stances), SHIPPED)


def reached(stances):
    """Cumulative chances at 21 points, and the mean."""
    value, probability = settled(stances)
    return np.array(
        [probability[value <= point].sum() for point in np.linspace(-0.5, 100.5, 21)] + [value @ probability]
    )


class TestByHand:
    """Two parties at the ends with equal weight: support 0.5 each, measure 0.5 / 0.53."""

    ends = ((0.0, 1.0), (100.0, 1.0))

    def test_without_coefficients_the_choice_is_by_measure_alone(self):
        part = choice_part(issue(self.ends), np.zeros(10))
        measure = 0.5 / 0.53
        np.testing.assert_allclose(part[:101], 1 / (101 + 2 * measure))
        np.testing.assert_allclose(part[101:], measure / (101 + 2 * measure))

    def test_without_coefficients_a_position_keeps_nine_tenths_of_its_measure_beside_the_wide_part(self):
        part = mixture_part(issue(self.ends), np.zeros(5), np.zeros(2))
        measure = 0.5 / 0.53
        np.testing.assert_allclose(part[101:], 0.95 * 0.9 * measure / (2 * measure + 1))

    def test_a_tilt_makes_round_numbers_likelier_by_about_its_exponential(self):
        even = mixture_part(issue(self.ends), np.array([0, 0, 0, 50.0, 0]), np.zeros(2))
        tilted = mixture_part(issue(self.ends), np.array([0, 0, 0, 50.0, 0]), np.array([np.log(3), np.log(2)]))
        ratio = tilted[:101] / even[:101]
        np.testing.assert_allclose(ratio[45] / ratio[44], 2, rtol=1e-4)
        np.testing.assert_allclose(ratio[40] / ratio[44], 6, rtol=1e-4)

    def test_a_third_place_makes_them_no_longer_few(self):
        """Measures 0.5/0.53 twice are 1.887: few is 1. With 50 added at equal weights, 3 (1/3)/(1/3 + 0.03) = 2.752."""
        assert issue(self.ends).few == 1
        assert issue((*self.ends, (50.0, 1.0))).few == pytest.approx(3 - 1 / (1 / 3 + 0.03), abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(stances)
def test_the_chances_sum_to_one_and_lie_between_the_outermost_positions(stances):
    value, probability = settled(stances)
    assert probability.sum() == pytest.approx(1)
    assert (probability >= 0).all() and (np.diff(value) >= 0).all()
    assert value[0] == min(x for x, _ in stances) and value[-1] == max(x for x, _ in stances)


@settings(max_examples=40, deadline=None)
@given(stances)
def test_turning_the_scale_round_turns_the_distribution_round(stances):
    value, probability = settled(stances)
    turned, same = settled([(100 - x, w) for x, w in stances])
    np.testing.assert_allclose(turned @ same, 100 - value @ probability, rtol=1e-9)
    np.testing.assert_allclose(((turned - 50) ** 2) @ same, ((value - 50) ** 2) @ probability, rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(stances, st.floats(0.1, 0.9))
def test_a_narrower_dispute_gives_the_same_distribution_made_narrower(stances, by):
    value, probability = settled(stances)
    narrow, same = settled([(by * x, w) for x, w in stances])
    np.testing.assert_allclose(narrow @ same, by * (value @ probability), rtol=1e-6)
    np.testing.assert_allclose(narrow**2 @ same, by**2 * (value**2 @ probability), rtol=1e-6)


@settings(max_examples=40, deadline=None)
@given(stances, st.integers(0, 6))
def test_a_party_that_splits_in_two_changes_nothing(stances, which):
    x, w = stances[which % len(stances)]
    split = [*stances, (x, 0.3 * w)]
    split[which % len(stances)] = (x, 0.7 * w)
    np.testing.assert_allclose(reached(split), reached(stances), rtol=1e-9, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(stances, st.floats(0.2, 0.8))
def test_a_party_with_hardly_any_weight_hardly_matters_unless_it_stands_outermost(stances, where):
    low, high = (limit(x for x, _ in stances) for limit in (min, max))
    value, probability = settled(stances)
    other, chances = settled([*stances, (low + where * (high - low), 1e-6)])
    assert other @ chances == pytest.approx(value @ probability, abs=0.02)


def test_parties_that_nearly_agree_count_nearly_as_one():
    together, apart = settled([(0, 1), (60, 2), (100, 1)]), settled([(0, 1), (59.9, 1), (60.1, 1), (100, 1)])
    for first, second in zip(together, apart, strict=True):
        assert first.size + 1 == second.size
    assert together[0] @ together[1] == pytest.approx(apart[0] @ apart[1], abs=0.5)


def test_more_weight_draws_the_distribution_to_a_party():
    means = [np.dot(*settled([(0, 1), (40, 1), (100, power)])) for power in (0.25, 0.5, 1, 2, 4)]
    assert (np.diff(means) > 0).all()


def test_where_all_agree_there_is_one_point():
    value, probability = settled([(30, 1), (30, 2)])
    assert value.tolist() == [30] and probability.tolist() == [1]


def test_nobody_with_weight_stands_nowhere():
    assert standing(np.array([10.0, np.nan]), np.array([0.0, 1.0])) is None


def test_quantiles_are_the_first_points_by_which_the_level_is_reached():
    value, probability = np.array([10.0, 20.0, 30.0]), np.array([0.25, 0.25, 0.5])
    assert quantiles(value, probability, [0.0, 0.25, 0.26, 0.5, 1.0]).tolist() == [10, 10, 20, 20, 30]


def test_coefficients_survive_being_written_and_read():
    again = Parameters.of_mapping(SHIPPED.as_mapping())
    for part in ("choice", "mixture", "tilt"):
        assert (getattr(again, part) == getattr(SHIPPED, part)).all()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(spots | st.just(np.nan), weights | st.just(0.0)), min_size=4, max_size=4),
        min_size=1,
        max_size=5,
    ),
    st.floats(0, 1),
)
def test_the_twin_gives_what_the_readable_formulas_give(issues, chance):
    position, weight = np.moveaxis(np.array(issues), 2, 0)
    outcomes = settle(position.T[np.newaxis], weight.T[np.newaxis], np.full((1, len(issues)), chance), SHIPPED)[0]
    for i in range(len(issues)):
        stands = standing(position[i], weight[i])
        if stands is None:
            assert np.isnan(outcomes[i]).all()
            continue
        value, probability = distribution(stands, SHIPPED)
        expected = [*quantiles(value, probability, [0.5, 0.1, 0.9, chance]), value @ probability]
        np.testing.assert_allclose(outcomes[i], [*expected, stands.share @ stands.position], rtol=1e-12, atol=1e-12)


def test_the_twin_takes_no_issues_and_no_parties():
    assert settle(np.zeros((2, 3, 0)), np.zeros((2, 3, 0)), np.zeros((2, 0)), SHIPPED).shape == (2, 0, 6)
    assert np.isnan(settle(np.zeros((2, 0, 1)), np.zeros((2, 0, 1)), np.zeros((2, 1)), SHIPPED)).all()
