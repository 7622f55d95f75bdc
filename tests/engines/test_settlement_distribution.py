"""The settlement distribution as an engine."""

import dataclasses

import numpy as np
import pytest

from parley import ensembles
from parley.domain.draws import Draws
from parley.domain.measure import Spot
from parley.engines import named
from parley.errors import EngineError
from parley.files import scenarios
from tests.builders import exactly, tiny_scenario

CASE = "ceasefires/ukraine-2025-03"


@pytest.fixture(scope="module")
def engine():
    return named("settlement_distribution")


@pytest.fixture(scope="module")
def case():
    return scenarios.load(CASE)


def test_what_may_come_out_follows_the_percentiles_that_are_announced(engine, case):
    """Of 4000 samples of one scenario, a tenth lies below the 10th percentile, give or take the atoms and chance."""
    draws = Draws.of_modes(case)
    many = dataclasses.replace(draws, values=np.repeat(draws.values, 4000, axis=0), chance=draws.chance.repeat(4000, 0))
    data = engine.forecast_many(many, [np.random.default_rng(seed) for seed in range(4000)])
    sampled, settlement = data["sampled"].values, data["settlement"].values[0]
    for i in np.flatnonzero(~np.isnan(settlement)):
        low, high = data["lower"].values[0, i], data["upper"].values[0, i]
        assert (sampled[:, i] < low).mean() < 0.1 + 0.02 and (sampled[:, i] <= low).mean() > 0.1 - 0.02
        assert (sampled[:, i] > high).mean() < 0.1 + 0.02 and (sampled[:, i] >= high).mean() > 0.1 - 0.02
        assert sampled[:, i].mean() == pytest.approx(data["mean"].values[0, i], abs=2.5)


def test_what_may_come_out_is_drawn_anew_for_each_draw_and_is_the_same_for_the_same_chance(engine, case):
    draws = ensembles.draw(case, 40, 5)
    first, again = (
        engine.forecast_many(draws, [np.random.default_rng(seed) for seed in range(40)])["sampled"].values for _ in "12"
    )
    np.testing.assert_array_equal(first, again)
    other = engine.forecast_many(draws, [np.random.default_rng(seed + 999) for seed in range(40)])["sampled"].values
    assert not np.array_equal(first, other, equal_nan=True)


def test_the_settlement_does_not_depend_on_chance(engine, case):
    first, second = (engine.forecast(case, np.random.default_rng(seed)).data for seed in (1, 2))
    np.testing.assert_array_equal(first["settlement"], second["settlement"])


def test_the_interval_holds_the_median_and_lies_within_the_positions(engine, case):
    data = engine.forecast_many(ensembles.draw(case, 60, 2), [np.random.default_rng(seed) for seed in range(60)])
    known = ~np.isnan(data["settlement"].values)
    low, middle, high = (data[name].values[known] for name in ("lower", "settlement", "upper"))
    assert (low <= middle).all() and (middle <= high).all()


def test_the_compromise_mean_beside_it_is_that_of_the_compromise_model(engine, case):
    mine = engine.forecast(case, np.random.default_rng(0)).data["compromise_mean"].values
    np.testing.assert_allclose(
        mine, named("compromise_model").forecast(case, np.random.default_rng(0)).data["settlement"].values, rtol=1e-12
    )


def test_the_detail_gives_percentiles_in_the_unit_of_the_issue_and_the_chance_of_each_position(engine, case):
    detail = engine.detail(engine.forecast(case, np.random.default_rng(0)))
    for issue in case.issue_ids:
        points = [point for point in detail["quantiles"][issue].values() if point is not None]
        assert all(isinstance(point, Spot) and point.issue == issue for point in points)
        assert points == sorted(points)
        assert all(0 <= chance <= 1 for chance in detail["at_positions"][issue].values())
    assert {entry["party"] for entry in detail["blockers"]} == set(case.party_ids)


def test_nobody_who_cares_leaves_the_engine_without_an_answer(engine):
    scenario = tiny_scenario()
    careless = tuple(dataclasses.replace(each, salience=exactly(0.0)) for each in scenario.positions)
    with pytest.raises(EngineError, match="nobody|no party"):
        engine.forecast(dataclasses.replace(scenario, positions=careless), np.random.default_rng(0))


def test_parties_that_agree_settle_where_they_stand(engine):
    scenario = tiny_scenario()
    agreed = tuple(dataclasses.replace(each, position=exactly(40.0)) for each in scenario.positions)
    data = engine.forecast(dataclasses.replace(scenario, positions=agreed), np.random.default_rng(0)).data
    for name in ("settlement", "lower", "upper", "mean", "sampled", "compromise_mean"):
        np.testing.assert_allclose(data[name].values, 40.0, rtol=1e-12, err_msg=name)
