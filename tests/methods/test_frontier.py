"""The frontier and the points that theory picks: every pair and package tried as a second method, and known faults."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.frontier import added, egalitarian, frontier, kalai_smorodinsky, nash, utilitarian

SOLUTIONS = {
    "nash": nash,
    "kalai_smorodinsky": kalai_smorodinsky,
    "egalitarian": egalitarian,
    "utilitarian": utilitarian,
}


@st.composite
def worths(draw, parties=(1, 5), most=40):
    """Payoffs on a few whole numbers, so that ties abound."""
    n, m = draw(st.integers(*parties)), draw(st.integers(1, most))
    return (
        np.random.default_rng(draw(st.integers(0, 10**6))).integers(0, draw(st.sampled_from([3, 8, 50])), (n, m)) * 1.0
    )


def beats(first, second):
    return (first >= second).all() and (first > second).any()


def by_pairs(worth):
    """Second method: every pair compared."""
    columns = worth.T
    return [k for k, here in enumerate(columns) if not any(beats(there, here) for there in columns)]


@settings(max_examples=200, deadline=None)
@given(worths())
def test_the_frontier_is_what_comparing_every_pair_leaves(worth):
    assert frontier(worth).tolist() == by_pairs(worth)


def test_packages_with_the_same_payoffs_are_all_on_the_frontier():
    """A peer keeps one of each: 55 in place of 71 in a known domain."""
    assert frontier(np.array([[1.0, 3, 3, 0], [2.0, 1, 1, 2]])).tolist() == [0, 1, 2]


def test_a_package_below_a_reserve_value_is_on_the_frontier_all_the_same():
    """A peer drops it silently; who asks for the frontier among what can be signed says so."""
    assert frontier(np.array([[0.1, 0.5], [0.9, 0.5]])).tolist() == [0, 1]


def test_two_losses_do_not_make_a_gain():
    """A peer returns (.5, .5) against reserve values (.8, .7), for the product of two losses is positive."""
    assert nash(np.array([[0.5], [0.5]]), np.array([0.8, 0.7])).size == 0


def test_a_reserve_value_below_all_payoffs_is_taken_as_stated():
    """Nice or die: with reserve 0 the product is largest at the ends; a peer raises it to 160 and gets 299 each."""
    worth = np.array([[160.0, 1000, 299], [1000.0, 160, 299]])
    assert nash(worth, np.zeros(2)).tolist() == [0, 1]
    assert nash(worth, np.full(2, 160.0)).tolist() == [2]


def log_product(gains, able):
    return np.prod(gains[able]) if able.any() else 1.0


@settings(max_examples=150, deadline=None)
@given(worths(parties=(2, 4)), st.integers(0, 8))
def test_each_solution_is_what_trying_every_package_gives(worth, level):
    """Second method: by the definition, package by package, in plain arithmetic on whole numbers."""
    reserve = np.full(worth.shape[0], float(level)) / 2
    signed = [k for k in range(worth.shape[1]) if (worth[:, k] >= reserve).all()]
    if not signed:
        assert all(solve(worth, reserve).size == 0 for solve in SOLUTIONS.values())
        return
    gains = {k: worth[:, k] - reserve for k in signed}
    ideal = np.max([gains[k] for k in signed], axis=0)
    able = ideal > 0
    scores = {
        "nash": {k: log_product(gains[k], able) for k in signed},
        "utilitarian": {k: worth[:, k].sum() for k in signed},
        "egalitarian": {k: tuple(sorted(gains[k])) for k in signed},
        "kalai_smorodinsky": {k: tuple(np.round(sorted(gains[k][able] / ideal[able]), 9)) for k in signed},
    }
    for name, solve in SOLUTIONS.items():
        best = max(scores[name].values())
        tied = [k for k in signed if scores[name][k] == pytest.approx(best, rel=1e-12)]
        unbeaten = [k for k in tied if not any(beats(worth[:, j], worth[:, k]) for j in tied)]
        assert solve(worth, reserve).tolist() == unbeaten


@given(worths(parties=(2, 4)), st.integers(0, 3))
def test_a_party_whose_consent_is_not_needed_changes_nothing_for_the_others(worth, level):
    reserve = np.full(worth.shape[0], float(level))
    more = np.vstack([worth, np.arange(worth.shape[1])])
    for solve in SOLUTIONS.values():
        found = solve(worth, reserve)
        with_it = solve(more, np.append(reserve, -np.inf))
        assert set(with_it) <= set(found)
        assert bool(with_it.size) == bool(found.size)


@settings(max_examples=60, deadline=None)
@given(worths(parties=(3, 3), most=8), worths(parties=(3, 3), most=8), worths(parties=(3, 3), most=8))
def test_merging_frontiers_issue_by_issue_gives_the_frontier_of_all_packages(first, second, third):
    every = np.array([a + b + c for a, b, c in itertools.product(first.T, second.T, third.T)]).T
    joint, of_first, of_second = added(first[:, frontier(first)], second[:, frontier(second)])
    assert (first[:, frontier(first)][:, of_first] + second[:, frontier(second)][:, of_second] == joint).all()
    joint, _, _ = added(joint, third[:, frontier(third)])
    expected = {tuple(every[:, k]) for k in frontier(every)}
    assert {tuple(column) for column in joint.T} == expected
    assert joint.shape[1] == len(expected)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 9), st.sampled_from([3, 20, 10**6]))
def test_the_frontier_of_many_packages_is_that_of_all_pairs_and_the_nash_points_lie_on_it(seed, parties, values):
    """With few values many packages tie, and with many parties hardly any is beaten."""
    rng = np.random.default_rng(seed)
    worth = rng.integers(0, values, (parties, int(rng.integers(257, 900)))).astype(float)
    worth[rng.random(parties) < 0.1] = 7.0
    at_least = (worth[:, :, np.newaxis] >= worth[:, np.newaxis, :]).all(axis=0)
    more = (worth[:, :, np.newaxis] > worth[:, np.newaxis, :]).any(axis=0)
    best = np.flatnonzero(~(at_least & more).any(axis=0))
    assert frontier(worth).tolist() == best.tolist()
    reserve = np.median(worth, axis=1) - rng.integers(0, values)
    assert nash(worth, reserve).tolist() == best[nash(worth[:, best], reserve)].tolist()
