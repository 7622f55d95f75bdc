"""Estimates as distributions."""

import dataclasses
import math

import numpy as np
import pytest
from scipy.integrate import quad

from parley.domain.draws import quantities
from parley.ensembles import draw
from parley.ensembles.draws import engine_rngs, quantiles
from parley.errors import UsageError
from tests.builders import about, exactly, tiny_scenario


def one(low, mode, high, shape="pert"):
    """A quantity of `tiny_scenario` with another estimate, capability of the north: 0 or more."""
    first = quantities(tiny_scenario())[0]
    return dataclasses.replace(first, estimate=about(low, mode, high, shape=shape))


def sampled(low, mode, high, shape="pert", count=4001):
    """The estimate's quantiles at evenly spaced probabilities."""
    probability = (np.arange(count) + 0.5) / count
    return quantiles((one(low, mode, high, shape),), probability[:, np.newaxis])[:, 0]


def pert_cdf(x, low, mode, high):
    """The distribution function by numerical integration of the density: a second way, without the inverse."""
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    scale = math.gamma(a + b) / (math.gamma(a) * math.gamma(b))
    t = (x - low) / (high - low)
    return scale * quad(lambda s: s ** (a - 1) * (1 - s) ** (b - 1), 0, t)[0]


PERTS = [(0.0, 0.5, 1.0), (2.0, 3.0, 10.0), (0.0, 0.0, 1.0), (5.0, 9.0, 9.0), (0.1, 0.7, 0.8)]


@pytest.mark.parametrize(("low", "mode", "high"), PERTS)
def test_the_mean_of_an_estimate_is_low_plus_four_modes_plus_high_over_six(low, mode, high):
    assert sampled(low, mode, high).mean() == pytest.approx((low + 4 * mode + high) / 6, abs=2e-4 * (high - low))


@pytest.mark.parametrize(("low", "mode", "high"), PERTS)
def test_as_much_of_the_density_lies_below_a_quantile_as_its_probability_says(low, mode, high):
    probability = np.array([0.05, 0.1, 0.5, 0.9, 0.95])
    found = quantiles((one(low, mode, high),), probability[:, np.newaxis])[:, 0]
    assert [pert_cdf(x, low, mode, high) for x in found] == pytest.approx(probability, abs=1e-9)


def test_a_triangular_estimate_has_its_mean_at_a_third_of_the_sum_of_its_corners():
    assert sampled(1, 2, 6, "triangular").mean() == pytest.approx((1 + 2 + 6) / 3, abs=1e-3)


def test_a_triangular_estimate_has_mode_less_low_over_width_below_its_mode():
    assert (sampled(1, 2, 6, "triangular") <= 2).mean() == pytest.approx((2 - 1) / (6 - 1), abs=1e-3)


def test_a_uniform_estimate_takes_no_notice_of_its_mode():
    assert sampled(0, 1, 4, "uniform", count=4) == pytest.approx([0.5, 1.5, 2.5, 3.5])


@pytest.mark.parametrize("shape", ["pert", "triangular", "uniform"])
def test_a_number_known_exactly_is_the_same_in_every_draw(shape):
    assert set(sampled(3, 3, 3, shape)) == {3.0}


@pytest.mark.parametrize("shape", ["pert", "triangular", "uniform"])
def test_a_sample_never_falls_where_its_uniform_number_rises(shape):
    assert (np.diff(sampled(0.2, 0.3, 0.9, shape)) >= 0).all()


@pytest.mark.parametrize("shape", ["pert", "triangular", "uniform"])
def test_samples_stay_between_low_and_high_even_at_the_ends(shape):
    ends = quantiles((one(0.2, 0.3, 0.9, shape),), np.array([[0.0], [1.0]]))
    assert ends[:, 0] == pytest.approx([0.2, 0.9])


def test_samples_stay_within_the_quantitys_own_bounds():
    scenario = tiny_scenario()
    values = draw(scenario, 500, seed=3).values
    for column, quantity in enumerate(quantities(scenario)):
        assert values[:, column].min() >= max(quantity.low, quantity.estimate.low)
        assert values[:, column].max() <= min(quantity.high, quantity.estimate.high)


def test_the_same_seed_gives_the_same_draws():
    first, second = draw(tiny_scenario(), 50, seed=7), draw(tiny_scenario(), 50, seed=7)
    assert first.values.tobytes() == second.values.tobytes()
    assert first.chance.tobytes() == second.chance.tobytes()


def test_a_draw_is_the_same_however_many_are_made():
    few, many = draw(tiny_scenario(), 10, seed=7), draw(tiny_scenario(), 300, seed=7)
    assert few.values.tobytes() == many.values[:10].tobytes()
    assert few.chance.tobytes() == many.chance[:10].tobytes()


def test_another_seed_gives_other_draws_and_zero_is_a_seed():
    zero, one_more = draw(tiny_scenario(), 50, seed=0), draw(tiny_scenario(), 50, seed=1)
    assert draw(tiny_scenario(), 50, seed=0).values.tobytes() == zero.values.tobytes()
    assert (zero.values != one_more.values).any()


def test_draws_of_different_numbers_are_not_tied_to_each_other():
    draws = draw(tiny_scenario(), 2000, seed=0)
    spread = draws.values[:, np.ptp(draws.values, axis=0) > 0]
    correlation = np.corrcoef(spread, rowvar=False)
    off_diagonal = correlation[~np.eye(len(correlation), dtype=bool)]
    # with 2,000 draws a correlation of independent numbers has a standard error of 1/sqrt(2000) = 0.022
    assert np.abs(off_diagonal).max() < 5 / math.sqrt(2000)


def test_no_draws_means_the_modes():
    scenario = tiny_scenario()
    assert draw(scenario, 0, seed=0).values[0].tolist() == [each.estimate.mode for each in quantities(scenario)]


@pytest.mark.parametrize(("count", "seed"), [(-1, 0), (10, -1)])
def test_a_negative_number_of_draws_or_seed_is_refused(count, seed):
    with pytest.raises(UsageError, match="0 or more"):
        draw(tiny_scenario(), count, seed)


def test_an_engines_chance_depends_on_its_own_name_and_the_draws_number_only():
    draws = draw(tiny_scenario(), 20, seed=5)
    whole = [rng.random() for rng in engine_rngs("war_bargaining", draws, 5)]
    part = [rng.random() for rng in engine_rngs("war_bargaining", draws.part(12, 20), 5)]
    other = [rng.random() for rng in engine_rngs("graph_model", draws, 5)]
    assert part == whole[12:]
    assert not set(whole) & set(other)


def test_an_engine_that_asks_twice_for_a_draws_chance_goes_on_where_it_was():
    draws = draw(tiny_scenario(), 3, seed=5)
    asked, fresh = engine_rngs("toy", draws, 5), engine_rngs("toy", draws, 5)[1]
    assert [asked[1].random(), asked[-2].random(), asked[:2][1].random()] == list(fresh.random(3))


def test_a_scenario_of_exact_numbers_is_the_same_in_every_draw():
    parties = tuple(dataclasses.replace(each, capability=exactly(0.7)) for each in tiny_scenario().parties)
    draws = draw(tiny_scenario(parties=parties), 5, seed=0)
    assert set(draws.column(("parties", 0, "capability"))) == {0.7}
