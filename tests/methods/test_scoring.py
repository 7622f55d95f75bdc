"""Scores of probability forecasts."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from parley.methods.scoring import (
    closed_coverage,
    crps,
    crps_of_sample,
    interval_coverage,
    quantile,
    randomised_pit,
)

GRID = np.arange(101.0)
chance = st.floats(0.01, 1)
forecasts = arrays(float, 101, elements=chance).map(lambda each: each / each.sum())
points = st.integers(0, 100).map(float)


def test_the_score_of_a_normal_forecast_is_the_one_in_closed_form():
    """Gneiting and Raftery 2007, sec. 4.2: s (2 f(z) + z (2 F(z) - 1) - 1 / sqrt(pi)), z = (y - m) / s."""
    fine = np.linspace(-200, 300, 50_001)
    density = np.exp(-0.5 * ((fine - 50) / 20) ** 2)
    for outcome in (50.0, 60.0, 95.0):
        z = (outcome - 50) / 20
        closed = 20 * (
            2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) + z * math.erf(z / math.sqrt(2)) - 1 / math.sqrt(math.pi)
        )
        np.testing.assert_allclose(crps(density / density.sum(), fine, np.array(outcome)), closed, rtol=1e-6)


@settings(max_examples=50, deadline=None)
@given(forecasts, points)
def test_the_score_sums_the_squared_distance_of_the_cumulative_forecast_from_what_came_about(forecast, outcome):
    reached = np.cumsum(forecast)
    expected = ((reached - (outcome <= GRID)) ** 2).sum()
    np.testing.assert_allclose(crps(forecast, GRID, np.array(outcome)), expected, rtol=1e-9)


@settings(max_examples=50, deadline=None)
@given(arrays(float, 7, elements=st.floats(0, 100)), st.floats(0, 100))
def test_the_score_of_a_sample_compares_each_member_with_the_outcome_and_with_each_other(sample, outcome):
    apart = np.abs(sample[:, np.newaxis] - sample).mean() / 2
    expected = np.abs(sample - outcome).mean() - apart
    np.testing.assert_allclose(crps_of_sample(sample, np.array(outcome)), expected, rtol=1e-9, atol=1e-9)


@given(points, points)
def test_a_forecast_that_is_sure_of_one_point_scores_its_distance(point, outcome):
    assert crps((point == GRID).astype(float), GRID, np.array(outcome)) == abs(point - outcome)


@settings(max_examples=50, deadline=None)
@given(forecasts, forecasts)
def test_nobody_expects_a_better_score_from_saying_what_it_does_not_believe(belief, said):
    honest = belief @ crps(np.tile(belief, (101, 1)), GRID, GRID)
    assert honest <= belief @ crps(np.tile(said, (101, 1)), GRID, GRID) + 1e-9


@settings(max_examples=50, deadline=None)
@given(forecasts, st.floats(0.1, 0.95))
def test_a_true_forecast_is_covered_exactly_as_often_as_announced(forecast, level):
    covered = interval_coverage(np.tile(forecast, (101, 1)), GRID, GRID, level)
    np.testing.assert_allclose(forecast @ covered, level, rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(forecasts, points, st.integers(0, 100))
def test_the_place_of_an_outcome_in_its_forecast_lies_within_the_atom_at_the_outcome(forecast, outcome, seed):
    found = randomised_pit(forecast, GRID, np.array(outcome), np.random.default_rng(seed))
    reached = np.cumsum(forecast)
    assert reached[int(outcome)] - forecast[int(outcome)] - 1e-9 <= found <= reached[int(outcome)] + 1e-9


def test_an_outcome_that_had_no_chance_is_covered_where_the_forecast_has_reached_the_middle():
    halves = np.zeros(101)
    halves[[0, 100]] = 0.5
    assert interval_coverage(halves, GRID, np.array(50.0)) == 1
    assert interval_coverage((GRID == 0).astype(float), GRID, np.array(50.0)) == 0


def test_an_interval_holds_its_ends():
    assert closed_coverage(np.array(10.0), np.array(90.0), np.array([10, 50, 90.0, 91])).tolist() == [1, 1, 1, 0]


def test_the_median_of_an_even_coin_is_its_lower_side():
    halves = np.zeros((2, 101))
    halves[:, [20, 80]] = 0.5
    assert quantile(halves, GRID, 0.5).tolist() == [20, 20]
    assert quantile(halves, GRID, 0.51).tolist() == [80, 80]
