"""Who folds first: known values, the conditions of indifference, and play by play as a second method."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.reputation import attrition_hazards, attrition_quits, concessions

DEMANDS = st.tuples(st.floats(0.5, 0.95), st.floats(0.55, 0.95))
RATES = st.tuples(st.floats(0.01, 0.5), st.floats(0.01, 0.5))
STUBBORN = st.tuples(st.floats(0.001, 0.9), st.floats(0.001, 0.9))


def test_the_known_case_of_two_unlike_sides():
    """a = (.7, .6), r = (.1, .05), z = (.05, .02)."""
    found = concessions([0.7, 0.6], [0.1, 0.05], [0.05, 0.02])
    assert found.hazard == pytest.approx([0.05, 0.133333], abs=1e-6)
    assert found.end == pytest.approx(29.340173, abs=1e-6)
    assert found.at_once == pytest.approx([0.783188, 0], abs=1e-6)


def test_the_known_case_of_two_like_sides():
    """z = .05, a = .6, r = .1: nobody concedes at once."""
    found = concessions([0.6, 0.6], 0.1, 0.05)
    assert found.end == pytest.approx(14.978661, abs=1e-6)
    assert found.at_once == pytest.approx([0, 0])
    assert found.first == pytest.approx([(1 - 0.05**2) / 2] * 2)


@given(DEMANDS, RATES, STUBBORN)
def test_nobody_would_rather_concede_earlier_or_later(demand, rate, stubborn):
    found = concessions(demand, rate, stubborn)
    for i, j in ((0, 1), (1, 0)):
        waits = found.hazard[j] * (demand[i] - (1 - demand[j]))  # what may come of waiting a moment
        assert waits == pytest.approx(rate[i] * (1 - demand[j]))  # what waiting a moment costs


@given(DEMANDS, RATES, STUBBORN)
def test_both_are_known_to_be_stubborn_at_the_same_time_and_somebody_folds_or_nobody_does(demand, rate, stubborn):
    found = concessions(demand, rate, stubborn)
    assert found.conceded(found.end) == pytest.approx(1 - np.array(stubborn))
    assert found.conceded(1e9) == pytest.approx(1 - np.array(stubborn))
    assert (found.at_once >= 0).all()
    assert found.at_once.min() == pytest.approx(0, abs=1e-12)
    assert found.first.sum() + found.never == pytest.approx(1)


@settings(max_examples=20)
@given(DEMANDS, RATES, STUBBORN)
def test_who_folds_first_is_what_adding_up_over_small_steps_of_time_gives(demand, rate, stubborn):
    found = concessions(demand, rate, stubborn)
    times = np.linspace(0, float(found.end), 20_001)
    conceded = found.conceded(times)
    still = 1 - (conceded[1:] + conceded[:-1]) / 2
    first = found.at_once + (np.diff(conceded, axis=0) * still[:, ::-1]).sum(axis=0)
    assert found.first == pytest.approx(first, abs=1e-6)


def test_more_patience_makes_a_side_fold_less_often():
    chances = [float(concessions([0.6, 0.6], [rate, 0.1], 0.05).first[0]) for rate in (0.05, 0.1, 0.2)]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


@pytest.mark.parametrize(
    ("demand", "rate", "stubborn", "says"),
    [
        ([0.5, 0.5], 0.1, 0.1, "both can be met"),
        ([0.6, 0.6], 0.0, 0.1, "above 0"),
        ([0.6, 0.6], 0.1, 0.0, "above 0"),
        ([1.0, 1.0], 0.1, 0.1, "whole pie"),
    ],
)
def test_what_makes_no_sense_is_refused(demand, rate, stubborn, says):
    with pytest.raises(EngineError, match=says):
        concessions(demand, rate, stubborn)


def test_in_a_war_of_attrition_the_higher_cost_makes_the_other_quit_faster():
    assert attrition_hazards([1.0, 2.0], [0.3, 0.2]).tolist() == [0.1, 0.3]


def test_the_known_times_at_which_a_prize_is_given_up():
    """t(v) = -v - ln(1 - v)."""
    assert attrition_quits([0.25, 0.5, 0.9]) == pytest.approx([0.037682, 0.193147, 1.402585], abs=1e-6)
