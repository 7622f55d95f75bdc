"""The engine of truces: what it adds to the contract that every engine keeps."""

import dataclasses

import numpy as np
import pytest

from parley import ensembles, workbench
from parley.domain.estimate import Estimate
from parley.engines import named
from parley.errors import EngineError
from parley.methods.durability import CLOCKS
from parley.methods.durability_tables import DAYS

CASE = "ceasefires/ukraine-2025-03"


@pytest.fixture(scope="module")
def scenario():
    return workbench.load(CASE)


def with_terms(scenario, **changed):
    return dataclasses.replace(scenario, terms=dataclasses.replace(scenario.terms, **changed))


def forecast(scenario, seed=0):
    return named("durability").forecast(scenario, np.random.default_rng(seed))


def test_the_detail_has_the_documented_names(scenario):
    detail = named("durability").detail(forecast(scenario))
    assert set(detail) == {"clocks", "reference_class", "factors"}
    assert set(detail["clocks"]) == {"agreed", "in_force", "violated", "lapsed", "prolonged", "settled"}
    for readings in detail["clocks"].values():
        assert [each["day"] for each in readings] == list(DAYS)
        assert all(set(each) == {"day", "probability", "low", "high"} for each in readings)


def test_the_middle_estimate_does_not_depend_on_the_seed_and_the_rest_only_on_it(scenario):
    first, again, other = (forecast(scenario, seed).data for seed in (1, 1, 2))
    assert first.identical(again)
    assert first["probability"].identical(other["probability"])
    assert not first["low"].identical(other["low"])


def test_the_draws_spread_about_the_middle_estimate(scenario):
    draws = ensembles.draw(scenario, 400, 0)
    rngs = [np.random.default_rng(i) for i in range(400)]
    chance = named("durability").forecast_many(draws, rngs)["chance"].sel(clock="lapsed", day=90).values
    middle = float(forecast(scenario).data["probability"].sel(clock="lapsed", day=90))
    low, high = np.quantile(chance, (0.1, 0.9))
    assert low < middle < high


def test_longer_terms_of_the_scenarios_draws_run_out_later(scenario):
    short, long = (with_terms(scenario, length_days=Estimate.exactly(days)) for days in (20, 90))
    at = {"clock": "lapsed", "day": 60}
    assert float(forecast(short).data["probability"].sel(**at)) > float(forecast(long).data["probability"].sel(**at))


def test_agreement_is_the_scenarios_own_and_silence_otherwise(scenario):
    stated = with_terms(scenario, agreed=Estimate.exactly(0.25))
    assert (forecast(stated).data["probability"].sel(clock="agreed") == 0.25).all()
    assert np.isnan(forecast(scenario).data["probability"].sel(clock="agreed")).all()


def test_a_truce_of_no_days_is_refused(scenario):
    nothing = with_terms(scenario, length_days=Estimate.exactly(0))
    with pytest.raises(EngineError, match="a truce of no days is none"):
        forecast(nothing)
    draws = ensembles.draw(nothing, 3, 0)
    failure = named("durability").forecast_many(draws, [np.random.default_rng(0)] * 3)["failure"].values
    assert all("no days" in each for each in failure)


def test_the_clocks_of_the_engine_are_those_of_the_command(scenario):
    found = workbench.durability(CASE)
    data = forecast(scenario).data
    for name in CLOCKS:
        mine = [each.probability for each in found.clocks[name]]
        np.testing.assert_allclose(data["probability"].sel(clock=name).values, mine)
