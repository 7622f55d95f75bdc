"""Who holds a settlement where it is, against calculations by hand."""

import json

import numpy as np
import pytest

from parley.domain.draws import Draws
from parley.domain.measure import Shift, Spot
from parley.engines import named
from parley.ensembles.output import in_units
from parley.methods import influence
from tests.builders import tiny_scenario


@pytest.fixture
def found():
    """North: weight 1.0 x 0.8 at 90; south: 0.6 x 0.9 at 10, on the border; 0.4 and 0.18 at 75 and 10 on the truce."""
    scenario = tiny_scenario()
    engine, modes = named("compromise_model"), Draws.of_modes(scenario)
    data = engine.forecast_many(modes, [np.random.default_rng(0)]).isel(draw=0, drop=True)
    return data.assign(influence.blockers(engine, modes))


def test_without_a_party_the_issue_settles_where_the_other_one_stands(found):
    assert found["without"].sel(party="north").values == pytest.approx([10.0, 10.0])
    assert found["without"].sel(party="south").values == pytest.approx([90.0, 75.0])


def test_a_party_won_over_holds_the_asking_partys_positions(found):
    assert found["won_over"].sel(party="south").values == pytest.approx([90.0, 75.0])
    assert np.isnan(found["won_over"].sel(party="north")).all()


def test_the_asking_party_gains_what_separates_it_from_the_settlement(found):
    border = (0.8 * 90 + 0.54 * 10) / 1.34
    truce = (0.4 * 75 + 0.18 * 10) / 0.58
    distance = (0.8 * (90 - border) + 0.4 * (75 - truce)) / 1.2 / 100
    assert found["gain_won_over"].sel(party="south").item() == pytest.approx(distance)


def test_the_party_that_moves_the_settlement_most_comes_first(found):
    ranked = influence.ranked(found)
    assert [each["party"] for each in ranked] == ["north", "south"]
    sizes = [each["moves_settlement"] for each in ranked]
    assert sizes == sorted(sizes, reverse=True)


def test_among_too_many_parties_only_the_weightiest_are_asked_about():
    """North weighs 1.0 x (0.8 + 0.4), the south 0.6 x (0.9 + 0.3)."""
    scenario = tiny_scenario()
    engine, modes = named("compromise_model"), Draws.of_modes(scenario)
    data = engine.forecast_many(modes, [np.random.default_rng(0)]).isel(draw=0, drop=True)
    ranked = influence.ranked(data.assign(influence.blockers(engine, modes, most=1)))
    assert [each["party"] for each in ranked] == ["north"]
    assert ranked[0]["without"]["border"] == pytest.approx(10.0)


def test_points_and_distances_are_shown_in_the_issues_own_unit():
    """The truce runs over 0..60 days: point 75 is 45 days, a distance of 10 is 6 days."""
    shown = in_units({"at": [Spot(75.0, "truce"), Shift(10.0, "truce"), Spot(float("nan"), "truce")]}, tiny_scenario())
    assert json.dumps(shown) == '{"at": [45.0, 6.0, null]}'
