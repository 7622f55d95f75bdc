"""A few members that stand for all: every choice tried as a second method."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.medoids import medoids, typical


def distances(points):
    return np.abs(points[:, np.newaxis] - points[np.newaxis]).sum(axis=2)


def test_each_of_three_far_groups_gets_its_middle_member():
    points = np.array([[0.0], [1], [2], [50], [51], [52], [53], [54], [99]])
    assert sorted(medoids(distances(points), 3).tolist()) == [1, 5, 8]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_no_exchange_of_one_medoid_helps_and_the_best_choice_is_near(seed, count):
    """Second method: every choice of so many members."""
    distance = distances(np.random.default_rng(seed).random((9, 2)))
    chosen = medoids(distance, count)
    cost = distance[:, chosen].min(axis=1).sum()
    best = min(distance[:, list(each)].min(axis=1).sum() for each in itertools.combinations(range(9), count))
    assert best <= cost + 1e-9 <= 1.3 * best + 1e-6
    for k, other in itertools.product(range(count), range(9)):
        tried = [other if place == k else each for place, each in enumerate(chosen)]
        assert distance[:, tried].min(axis=1).sum() >= cost - 1e-9


def test_members_that_are_all_alike_have_one_that_stands_for_them():
    chosen, belongs = typical(np.zeros((5, 5)), most=4, enough=0.2)
    assert chosen.tolist() == [0] and belongs.tolist() == [0] * 5


def test_the_medoid_that_stands_for_most_comes_first_and_everybody_goes_to_the_nearest():
    points = np.array([[0.0], [10], [10.1], [10.2], [0.1]])
    chosen, belongs = typical(distances(points), most=3, enough=0.1)
    assert chosen[0] in (1, 2, 3) and belongs.tolist() == [1, 0, 0, 0, 1]
