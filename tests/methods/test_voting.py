"""Voting on points of a scale: cases of the literature, and a search over all points and all coalitions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.voting import Condition, nearest, pivots, win_set


def core(positions, weights, threshold):
    low, high = pivots(
        np.array([positions], dtype=float), Condition(weight=np.array([weights], dtype=float), threshold=threshold)
    )
    return float(low[0]), float(high[0])


def test_the_two_pivots_of_a_legislature_that_needs_three_fifths():
    """A hundred members in a row, sixty of whom can end a debate: the 41st and the 60th are decisive (Krehbiel)."""
    assert core(range(1, 101), [1] * 100, 0.6) == (41, 60)


def test_with_more_than_half_the_pivots_are_the_median_or_the_gap_that_splits_the_votes():
    assert core([10, 50, 90], [1, 1, 1], 0.5) == (50, 50)
    assert core([10, 20, 80, 90], [1, 1, 1, 1], 0.5) == (20, 80)


def test_under_unanimity_everything_between_the_outermost_holds():
    assert core([10, 50, 90], [1, 5, 1], 1.0) == (10, 90)


def test_a_party_without_a_position_or_a_vote_blocks_nothing():
    assert core([0, 50, np.nan, 60], [0, 1, 9, 1], 1.0) == (50, 60)
    assert np.isnan(core([np.nan, 5], [1, 0], 0.5)).all()


def test_a_proposer_who_faces_a_bad_status_quo_gets_twice_the_distance_to_the_median():
    """Romer and Rosenthal: with the median at 50, a status quo of 20 lets a proposer have anything up to 80."""
    median = np.array([50.0])
    low, high = win_set(median, median, np.array([20.0]))
    assert (low[0], high[0]) == (20, 80)
    assert nearest(low, high, np.array([100.0]))[0] == 80
    assert nearest(low, high, np.array([70.0]))[0] == 70
    low, high = win_set(median, median, np.array([60.0]))
    assert nearest(low, high, np.array([100.0]))[0] == 60, "a proposer who wants more keeps what it has"


def test_what_lies_between_the_pivots_cannot_be_replaced():
    low, high = win_set(np.array([41.0]), np.array([60.0]), np.array([50.0]))
    assert (low[0], high[0]) == (50, 50)


STEP = 5
PLACES = st.lists(st.integers(0, 20), min_size=1, max_size=6)


def winning(supporters, rules):
    """Whether a coalition satisfies every rule; straight from the definition, in exact numbers."""
    for weights, threshold in rules:
        share = Fraction(sum(weights[i] for i in supporters), sum(weights))
        if share < threshold or (threshold == Fraction(1, 2) and share == threshold):
            return False
    return True


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_search_over_all_points_finds_the_same_core_and_the_same_win_set(data):
    places = [STEP * place for place in data.draw(PLACES)]
    count = len(places)
    rules = []
    for _ in range(data.draw(st.integers(1, 2))):
        weights = data.draw(st.lists(st.integers(0, 4), min_size=count, max_size=count).filter(any))
        rules.append(
            (weights, data.draw(st.sampled_from([Fraction(1, 2), Fraction(3, 5), Fraction(3, 4), Fraction(1)])))
        )
    found = [core(places, weights, float(threshold)) for weights, threshold in rules]
    low, high = min(each[0] for each in found), max(each[1] for each in found)
    grid = [Fraction(STEP * k, 2) for k in range(-1, 42)]

    def passes(new, old, *, indifferent):
        near = [(abs(place - new), abs(place - old)) for place in places]
        return winning([i for i, (a, b) in enumerate(near) if a < b or (indifferent and a == b)], rules)

    def holds(point):
        return not any(passes(other, point, indifferent=False) for other in grid if other != point)

    for point in {
        0,
        100,
        *places,
        *(place + STEP for place in places),
        *(Fraction(2 * place + STEP, 2) for place in places),
    }:
        assert holds(point) == (low <= point <= high), point
    reference = STEP * data.draw(st.integers(0, 20))
    bottom, top = (float(end[0]) for end in win_set(np.array([low]), np.array([high]), np.array([float(reference)])))
    for point in (each for each in grid if 0 <= each <= 100 and each != reference):
        assert passes(point, reference, indifferent=True) == (bottom <= point <= top and bottom < top), point


@settings(max_examples=100, deadline=None)
@given(
    places=st.lists(st.floats(0, 100), min_size=1, max_size=8),
    weights=st.lists(st.floats(0.01, 10), min_size=8, max_size=8),
    thresholds=st.tuples(st.floats(0.5, 1), st.floats(0.5, 1)),
)
def test_there_is_always_a_point_that_holds_and_more_of_them_the_more_consent_is_needed(places, weights, thresholds):
    weights = weights[: len(places)]
    (low, high), (lower, higher) = (core(places, weights, each) for each in sorted(thresholds))
    assert min(places) <= lower <= low <= high <= higher <= max(places)
    mirrored = core([100 - place for place in places], weights, sorted(thresholds)[0])
    assert mirrored == pytest.approx((100 - high, 100 - low))
