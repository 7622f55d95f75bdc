"""The document of a run."""

import json
import math

import numpy as np
import pytest

from parley.ensembles import run
from parley.ensembles.output import run_document
from parley.ensembles.statistics import statistic
from tests.builders import tiny_scenario
from tests.ensembles.toys import Dice, Needy, NorthDecides

TOYS = {"dice": Dice(), "needy": Needy(), "north_decides": NorthDecides()}


def test_modes_give_single_values_in_the_issues_own_unit():
    document = run_document(run(tiny_scenario(), TOYS, draws=0), TOYS)
    north = document["engines"]["north_decides"]
    # the north asks for point 75 of 0..100 on a scale of 0..60 days: 45 days; its capability 1 over 2 is the agreement
    assert north["settlement"] == {"border": 90.0, "truce": 45.0}
    assert north["agreement"] == 0.5
    assert north["time_to_agreement"] is None


def test_draws_give_means_and_quantiles():
    ensemble = run(tiny_scenario(), TOYS, draws=100)
    truce = run_document(ensemble, TOYS)["engines"]["north_decides"]["settlement"]["truce"]
    points = np.sort(ensemble.runs["north_decides"].data["settlement"].sel(issue="truce").values)
    assert list(truce) == ["mean", "q05", "q10", "q50", "q90", "q95"]
    assert truce["mean"] == pytest.approx(0.6 * points.mean())
    # the median of 100 values lies halfway between the 50th and the 51st
    assert truce["q50"] == pytest.approx(0.6 * (points[49] + points[50]) / 2)


def test_failed_draws_are_counted_and_gaps_named():
    ensemble = run(tiny_scenario(), TOYS, draws=100)
    engines = run_document(ensemble, TOYS)["engines"]
    assert engines["dice"]["failed_draws"] == len(ensemble.runs["dice"].failures) > 0
    assert engines["dice"]["parameters"] == {"limit": 1.05}
    assert engines["needy"]["missing"] == ["opinion"]
    assert engines["needy"]["settlement"] == {"border": None, "truce": None}


def test_the_detail_is_the_engines_own():
    document = run_document(run(tiny_scenario(), {"dice": Dice()}, draws=0), {"dice": Dice()})
    assert document["engines"]["dice"]["detail"] == {"die": document["engines"]["dice"]["agreement"]}


def test_a_document_is_json_without_nan():
    text = json.dumps(run_document(run(tiny_scenario(), draws=3)), allow_nan=False)
    assert "compromise_model" in text


def test_the_standard_error_is_the_deviation_over_the_root_of_the_number_of_draws():
    # 1 2 3 4: the variance is 5/3, so the standard error is sqrt(5/3/4)
    found = statistic(np.array([1.0, 2.0, np.nan, 3.0, 4.0]))
    assert (found.mean, found.n) == (2.5, 4)
    assert found.standard_error == pytest.approx(math.sqrt(5 / 12))


def test_a_mean_exceeds_the_noise_beyond_two_standard_errors():
    assert statistic(np.array([1.0, 2.0, 3.0, 4.0])).exceeds_noise
    assert not statistic(np.array([-1.0, 2.0, -3.0, 4.0])).exceeds_noise
    assert not statistic(np.array([5.0])).exceeds_noise
    assert math.isnan(statistic(np.array([np.nan])).mean)
