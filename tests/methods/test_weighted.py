"""Properties of the weighted mean and the weighted median of positions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from parley.errors import EngineError
from parley.methods.weighted import weighted_mean_settlement, weighted_median_interval

PARTIES = st.shared(st.integers(1, 7), key="parties")
POSITION = PARTIES.flatmap(lambda n: hnp.arrays(np.float64, (n, 1), elements=st.floats(0, 100)))
SALIENCE = PARTIES.flatmap(lambda n: hnp.arrays(np.float64, (n, 1), elements=st.floats(0.01, 1)))
CAPABILITY = PARTIES.flatmap(lambda n: hnp.arrays(np.float64, (n,), elements=st.floats(0.01, 100)))


@given(POSITION, SALIENCE, CAPABILITY)
def test_the_settlement_lies_between_the_two_parties_furthest_apart(position, salience, capability):
    mean = weighted_mean_settlement(position, salience, capability)[0]
    lower, upper = weighted_median_interval(position, salience, capability)
    for point in (mean, lower[0], upper[0]):
        assert position.min() - 1e-9 <= point <= position.max() + 1e-9


@given(POSITION, SALIENCE, CAPABILITY)
def test_doubling_every_capability_leaves_the_settlement_where_it_was(position, salience, capability):
    once = weighted_mean_settlement(position, salience, capability)
    assert weighted_mean_settlement(position, salience, 2 * capability) == pytest.approx(once, rel=1e-12)
    assert weighted_median_interval(position, salience, 2 * capability) == weighted_median_interval(
        position, salience, capability
    )


@given(POSITION, SALIENCE, CAPABILITY)
def test_the_median_is_a_point_that_minimises_the_weighted_distance_to_all(position, salience, capability):
    weight = (salience * capability[:, np.newaxis])[:, 0]
    lower, upper = weighted_median_interval(position, salience, capability)
    cost = [float((weight * np.abs(position[:, 0] - point)).sum()) for point in position[:, 0]]
    for end in (lower[0], upper[0]):
        assert (weight * np.abs(position[:, 0] - end)).sum() == pytest.approx(min(cost), rel=1e-9, abs=1e-9)


def test_an_exact_half_gives_the_whole_interval_between_the_two_middle_positions():
    lower, upper = weighted_median_interval(np.array([[10.0], [40.0], [70.0], [90.0]]), np.ones((4, 1)), np.ones(4))
    assert (lower[0], upper[0]) == (40.0, 70.0)


def test_a_party_without_a_position_has_no_weight():
    position = np.array([[0.0], [np.nan], [50.0]])
    salience = np.array([[1.0], [0.0], [1.0]])
    assert weighted_mean_settlement(position, salience, np.array([1.0, 100.0, 1.0]))[0] == 25.0


def test_an_issue_on_which_nobody_stands_is_not_settled():
    position = np.array([[0.0, np.nan], [50.0, np.nan]])
    salience = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert np.isnan(weighted_mean_settlement(position, salience, np.ones(2))[1])
    assert np.isnan(weighted_median_interval(position, salience, np.ones(2))[0][1])


def test_an_issue_on_which_only_the_powerless_care_has_no_settlement_and_says_so():
    with pytest.raises(EngineError, match="no party with capability cares about 1 issue"):
        weighted_mean_settlement(np.array([[10.0], [20.0]]), np.array([[1.0], [0.0]]), np.array([0.0, 5.0]))
