"""The issues that two sides divide, as one pie."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.methods.pie import ceiling_of_b, floor_of_a, point_of_share, share_of_a, shares_in_step

HIGH = np.array([True, False])


def test_the_end_of_the_scale_that_a_side_wants_is_all_of_the_pie_to_it():
    assert share_of_a(np.array([100.0, 0.0]), HIGH).tolist() == [1, 1]
    assert share_of_a(np.array([30.0, 30.0]), HIGH) == pytest.approx([0.3, 0.7])


def test_points_and_shares_turn_into_one_another():
    points = np.array([12.5, 80.0])
    assert point_of_share(share_of_a(points, HIGH), HIGH) == pytest.approx(points)


def test_only_the_bound_against_a_sides_own_wish_is_a_floor():
    lowest, highest = np.array([40.0, 40.0]), np.array([90.0, 90.0])
    assert floor_of_a(lowest, highest, HIGH) == pytest.approx([0.4, 0.1])
    assert ceiling_of_b(lowest, highest, HIGH) == pytest.approx([0.9, 0.6])


def test_without_a_red_line_everything_can_be_agreed():
    none = np.full(2, np.nan)
    assert floor_of_a(none, none, HIGH).tolist() == [0, 0]
    assert ceiling_of_b(none, none, HIGH).tolist() == [1, 1]


def test_the_issues_stand_midway_where_the_red_lines_leave_no_room():
    floor, ceiling = np.array([0.2, 0.6]), np.array([0.4, 0.4])
    shares = shares_in_step(np.array(0.4), np.array([0.5, 0.5]), floor, ceiling)
    assert shares == pytest.approx([0.3, 0.5])


def test_no_settlement_is_nowhere():
    shares = shares_in_step(np.array(np.nan), np.array([0.5, 0.5]), np.zeros(2), np.ones(2))
    assert np.isnan(shares).all()


share = st.floats(0, 1)


@given(weight=st.floats(0.01, 0.99), floor=st.tuples(share, share), room=st.tuples(share, share), part=share)
def test_the_issues_together_give_the_share_of_the_pie_and_keep_the_red_lines(weight, floor, room, part):
    weights, low = np.array([weight, 1 - weight]), np.array(floor)
    high = low + (1 - low) * np.array(room)
    least, most = weights @ low, weights @ high
    agreed = least + part * (most - least)
    shares = shares_in_step(np.array(agreed), weights, low, high)
    assert weights @ shares == pytest.approx(agreed, abs=1e-9)
    assert (shares >= low - 1e-9).all() and (shares <= high + 1e-9).all()
