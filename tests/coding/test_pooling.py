"""Pooled estimates, by hand and by their properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.coding.pooling import pooled
from parley.domain.estimate import Estimate


def estimate(low, mode, high):
    return Estimate(low=low, mode=mode, high=high)


points = st.floats(0, 100)
estimates = st.tuples(points, points, points).map(lambda each: estimate(*sorted(each)))
weighted = st.lists(st.tuples(estimates, st.floats(0.01, 1)), min_size=1, max_size=6)


def test_two_claims_pooled_by_hand():
    """Modes 20, 40, weights 3, 1: m = 25; s² = (3·25 + 225)/4 = 75; below² = 3·100/4; above² = (3·25 + 400)/4."""
    found = pooled([estimate(10, 20, 25), estimate(40, 40, 60)], [3, 1])
    assert found.mode == pytest.approx(25)
    assert found.low == pytest.approx(25 - math.sqrt(75 + 75))
    assert found.high == pytest.approx(25 + math.sqrt(118.75 + 75))


def test_two_claims_that_contradict_each_other_leave_the_whole_scale_open():
    found = pooled([estimate(0, 0, 0), estimate(100, 100, 100)], [1, 1])
    assert (found.low, found.mode, found.high) == (0, 50, 100)


@given(estimates, st.integers(1, 5))
def test_claims_that_agree_are_as_wide_as_each(each, count):
    found = pooled([each] * count, [1.0] * count)
    assert (found.low, found.mode, found.high) == pytest.approx((each.low, each.mode, each.high), abs=1e-6)


@given(weighted)
def test_the_pool_lies_on_the_scale_and_its_mode_between_the_modes(pairs):
    each, weights = zip(*pairs, strict=True)
    found = pooled(each, weights)
    modes = [one.mode for one in each]
    assert 0 <= found.low <= found.mode <= found.high <= 100
    assert min(modes) - 1e-9 <= found.mode <= max(modes) + 1e-9


@given(weighted)
def test_the_order_of_the_claims_does_not_matter(pairs):
    each, weights = zip(*pairs, strict=True)
    one, other = pooled(each, weights), pooled(each[::-1], weights[::-1])
    assert (one.low, one.mode, one.high) == pytest.approx((other.low, other.mode, other.high), abs=1e-6)


@given(weighted)
def test_turning_the_scale_around_turns_the_pool_around(pairs):
    each, weights = zip(*pairs, strict=True)
    turned = [estimate(100 - one.high, 100 - one.mode, 100 - one.low) for one in each]
    there, back = pooled(each, weights), pooled(turned, weights)
    assert (there.low, there.mode, there.high) == pytest.approx(
        (100 - back.high, 100 - back.mode, 100 - back.low), abs=1e-5
    )


def test_nothing_cannot_be_pooled():
    with pytest.raises(ValueError, match="nothing"):
        pooled([], [])
