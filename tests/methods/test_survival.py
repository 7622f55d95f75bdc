"""How long things last: published curves, a second estimator, and what must hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from parley.methods.survival import cumulative_incidence, median_survival, net_survival, renewed

REMISSIONS = (6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35)
RELAPSED = (1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)
"""Weeks in remission of the 21 treated patients of Freireich and others (1963), and whether they relapsed."""

spells = st.lists(st.tuples(st.integers(0, 40), st.integers(-1, 2)), min_size=1, max_size=30)


def read(rows):
    durations = np.array([row[0] for row in rows], dtype=float)
    return durations, np.stack([[row[1] == cause for row in rows] for cause in range(3)])


def test_the_remissions_of_1963_have_the_curve_printed_in_every_textbook():
    """Shares in remission after each relapse: .857, .807, .753, .690, .627, .538, .448."""
    curve = net_survival(
        np.array(REMISSIONS, dtype=float),
        np.array([RELAPSED], dtype=bool),
        np.ones(21),
        np.array([5.9, 6, 7, 10, 13, 16, 22, 23, 35], dtype=float),
    )
    assert np.round(curve[0], 3).tolist() == [1.0, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448, 0.448]


def test_their_median_remission_is_23_weeks():
    durations, relapsed = np.array(REMISSIONS, dtype=float), np.array(RELAPSED, dtype=bool)
    assert median_survival(durations, relapsed, np.ones(21)) == 23


def test_a_median_that_is_never_reached_is_unknown():
    assert np.isnan(median_survival(np.array([1.0, 2.0, 3.0]), np.array([True, False, False]), np.ones(3)))


@given(spells)
def test_lifelines_finds_the_same_curve(rows):
    lifelines = pytest.importorskip("lifelines")
    durations, ended = read(rows)
    at = np.arange(41, dtype=float)
    fitted = lifelines.KaplanMeierFitter().fit(durations, ended[0])
    mine = net_survival(durations, ended, np.ones(len(rows)), at)[0]
    np.testing.assert_allclose(mine, fitted.survival_function_at_times(at).to_numpy(), atol=1e-9)


@given(spells)
def test_a_weight_of_two_is_the_same_spell_twice(rows):
    at = np.arange(41, dtype=float)
    once, twice = read(rows), read(rows + rows[:1])
    weight = np.ones(len(rows))
    weight[0] = 2
    np.testing.assert_allclose(
        net_survival(*once, weight, at), net_survival(*twice, np.ones(len(rows) + 1), at), atol=1e-12
    )


@given(arrays.arrays(float, (3, 12), elements=st.floats(0, 2)))
def test_all_that_ended_in_some_way_and_what_still_lasts_add_up_to_one(steps):
    ended, lasting = cumulative_incidence(steps.cumsum(axis=-1))
    np.testing.assert_allclose(ended.sum(axis=-2) + lasting, 1.0, atol=1e-12)
    assert (np.diff(ended, axis=-1) >= 0).all()


def test_one_cause_alone_ends_what_does_not_survive_it():
    hazard = np.array([[0.1, 0.5, 0.9]])
    ended, lasting = cumulative_incidence(hazard)
    np.testing.assert_allclose(ended[0], 1 - np.exp(-hazard[0]))
    np.testing.assert_allclose(lasting, np.exp(-hazard[0]))


def test_two_equal_causes_share_what_ends():
    ended, _ = cumulative_incidence(np.array([[0.3, 0.8], [0.3, 0.8]]))
    np.testing.assert_allclose(ended[0], ended[1])
    np.testing.assert_allclose(ended.sum(axis=0), 1 - np.exp([-0.6, -1.6]))


def test_what_renews_itself_each_day_comes_to_the_sum_of_a_geometric_series():
    """It happens on day 1 with 0.2, or is renewed with 0.5: by day n, 0.2 (1 - 0.5^n) / 0.5."""
    days = 8
    event, renewal = np.full((1, 1, days), 0.2), np.full((1, days), 0.5)
    event[..., 0] = renewal[..., 0] = 0.0
    expected = 0.2 * (1 - 0.5 ** np.arange(days)) / 0.5
    np.testing.assert_allclose(renewed(event, renewal)[0, 0], expected)


def test_without_renewal_nothing_is_added():
    event = np.linspace(0, 0.6, 10).reshape(1, 1, 10)
    np.testing.assert_allclose(renewed(event, np.zeros((1, 10))), event)
