"""What one party could do: exact for the compromise model, and never more than its engine grants."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.approaches.leverage import leverage
from parley.engines import named
from parley.errors import UsageError
from parley.methods.weighted import best_stated_position, pulls, weighted_mean_settlement
from tests.builders import tiny_scenario

COMPROMISE = {"compromise_model": named("compromise_model")}


@pytest.fixture(scope="module")
def steps():
    found = leverage(tiny_scenario(), engines=COMPROMISE, draws=0).engines["compromise_model"]
    return {(step.kind, step.party, step.issue): step for step in found.steps}


def test_the_best_stated_position_overshoots_the_wish_by_what_the_other_pulls(steps):
    """North wants 90 with weight .8 against .54 at 10: 90 x 1.34 - .54 x 10 = 115.2, over .8 = 144: it states 100."""
    step = steps["state_position", "north", "border"]
    assert step.after == 100.0
    assert step.settlement == pytest.approx(0.8 * 10 / 1.34)
    assert step.gain.mean == pytest.approx(0.8 / 1.2 * 0.8 * 10 / 1.34 / 100)


def test_persuading_the_other_to_move_gains_by_its_share_of_the_weight(steps):
    step = steps["persuade_to_move", "south", "border"]
    moved = 0.54 * 10 / 1.34
    assert (step.before, step.after) == (10.0, 20.0)
    assert step.settlement == pytest.approx(moved)
    assert step.gain.mean == pytest.approx(0.8 / 1.2 * moved / 100)
    assert step.gives == pytest.approx(0.9 / 1.2 * moved / 100)


def test_a_rival_that_cares_less_is_a_gain_and_one_that_cares_more_is_none(steps):
    assert ("persuade_to_care_less", "south", "border") in steps
    assert ("persuade_to_care_more", "south", "border") not in steps


def test_the_steps_come_with_the_largest_gain_first():
    gains = [
        step.gain.mean
        for step in leverage(tiny_scenario(), engines=COMPROMISE, draws=30).engines["compromise_model"].steps
    ]
    assert gains == sorted(gains, reverse=True)
    assert min(gains) > 0


def test_the_other_party_is_asked_in_its_own_right():
    found = leverage(tiny_scenario(), "south", engines=COMPROMISE, draws=0)
    stated = [step for step in found.engines["compromise_model"].steps if step.kind == "state_position"]
    assert found.party == "south"
    assert all(step.party == "south" and step.after == 0.0 for step in stated)


def test_an_unknown_party_is_refused_with_a_suggestion():
    with pytest.raises(UsageError, match="did you mean 'north'"):
        leverage(tiny_scenario(), "nort")


SPOTS = st.lists(st.tuples(st.floats(0, 100), st.floats(0.05, 1)), min_size=2, max_size=6)


@settings(max_examples=60, deadline=None)
@given(SPOTS, st.floats(0, 100))
def test_no_other_statement_brings_the_mean_nearer_to_the_wish(parties, other):
    position = np.array([[point] for point, _ in parties])
    salience = np.array([[weight] for _, weight in parties])
    capability = np.ones(len(parties))

    def distance(stated):
        changed = position.copy()
        changed[0, 0] = stated
        return abs(weighted_mean_settlement(changed, salience, capability)[0] - position[0, 0])

    best = best_stated_position(position, salience, 0)[0]
    assert distance(best) <= distance(other) + 1e-9


@settings(max_examples=60, deadline=None)
@given(SPOTS)
def test_the_pulls_are_the_slopes_of_the_mean(parties):
    position = np.array([[point] for point, _ in parties])
    salience = np.array([[0.05 + 0.9 * weight] for _, weight in parties])
    capability = np.linspace(0.5, 1.0, len(parties))
    by_position, by_salience = pulls(position, salience, capability)
    mean, small = weighted_mean_settlement(position, salience, capability)[0], 1e-6
    moved, cared = position.copy(), salience.copy()
    moved[0, 0] += small
    cared[0, 0] += small
    slope = (weighted_mean_settlement(moved, salience, capability)[0] - mean) / small
    assert by_position[0, 0] == pytest.approx(slope, abs=1e-5)
    slope = (weighted_mean_settlement(position, cared, capability)[0] - mean) / small
    assert by_salience[0, 0] == pytest.approx(slope, abs=1e-3)
