"""Frontiers by merging, and advice on packages: listing every package as a second method, and cases by hand."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.frontier import frontier, nash
from parley.methods.packages import Bar, Part, Space, open_packages, payoffs
from parley.methods.packages_advice import crossed, issue_by_issue, leaning, single_text
from parley.methods.packages_merged import ALIKE, groups, merged_frontier, worth_of
from tests.methods.test_packages import SPACES, random_space


def points_of(worth):
    return sorted({tuple(worth[:, k]) for k in range(worth.shape[1])})


@settings(max_examples=80, deadline=None)
@given(SPACES)
def test_merging_gives_the_frontier_of_all_packages_that_cross_no_bar(space):
    found = merged_frontier(space)
    worth = payoffs(space)
    unbarred = worth[:, open_packages(replace(space, reserve=np.full(space.parties, -np.inf)), worth)]
    assert points_of(found.payoff) == points_of(unbarred[:, frontier(unbarred)])
    assert found.payoff.shape[1] == frontier(unbarred).size, "packages with the same payoffs are all kept"
    assert len({tuple(levels) for levels in found.levels.tolist()}) == len(found.levels)


def test_of_too_many_packages_with_the_same_payoffs_one_is_kept_for_each_point():
    """Five issues of ten levels on which nothing depends: 100,000 packages are alike."""
    parts = tuple(Part(issues=(k,), payoff=np.zeros((2, 10))) for k in range(5))
    found = merged_frontier(Space(sizes=(10,) * 5, parties=2, parts=parts, reserve=np.zeros(2)))
    assert found.payoff.shape[1] <= ALIKE and found.levels[0].tolist() == [0] * 5


@settings(max_examples=80, deadline=None)
@given(SPACES)
def test_each_point_knows_the_levels_that_it_is_made_of(space):
    found = merged_frontier(space)
    assert worth_of(space, found.levels) == pytest.approx(found.payoff)
    assert not crossed(space, found.levels).any()


def test_a_party_whose_consent_is_not_needed_does_not_shape_the_frontier():
    part = Part(issues=(0,), payoff=np.array([[0.0, 1, 2], [2.0, 1, 0]]))
    space = Space(sizes=(3,), parties=2, parts=(part,), reserve=np.array([0.0, -np.inf]))
    assert merged_frontier(space).payoff.tolist() == [[2.0], [0.0]]


def test_issues_hang_together_through_a_chain_of_links():
    assert groups(6, [(0, 2), (2, 5), (1, 4)]) == ((0, 2, 5), (1, 4), (3,))


def test_two_linked_issues_with_too_many_levels_are_refused_with_their_number():
    part = Part(issues=(0, 1), payoff=np.zeros((2, 9, 9)))
    with pytest.raises(EngineError, match="81 packages"):
        merged_frontier(Space(sizes=(9, 9), parties=2, parts=(part,), reserve=np.zeros(2)), most=80)


def test_a_space_of_a_million_million_packages_has_the_frontier_that_arithmetic_gives():
    """Twelve issues, one worth to A twice what it is to B per level, the others the other way round.

    B gives all of the first issue before A gives anything: A's ten levels of the first issue, then steps of the others.
    """
    level = np.arange(10.0)
    parts = [Part(issues=(0,), payoff=np.array([2 * level, -level]))]
    parts += [Part(issues=(i,), payoff=np.array([level, -2 * level])) for i in range(1, 12)]
    found = merged_frontier(Space(sizes=(10,) * 12, parties=2, parts=tuple(parts), reserve=np.full(2, -1e9)))
    steps = np.arange(11 * 9 + 1.0)
    expected = {(2.0 * k, -1.0 * k) for k in range(10)} | {(18 + s, -9 - 2 * s) for s in steps}
    assert {tuple(each) for each in found.payoff.T} == expected


def trade():
    """Two issues of three levels: A cares three times as much about the first, B about the second."""
    level = np.array([0.0, 0.5, 1.0])
    parts = (
        Part(issues=(0,), payoff=np.array([0.75 * level, 0.25 * (1 - level)])),
        Part(issues=(1,), payoff=np.array([0.25 * level, 0.75 * (1 - level)])),
    )
    return Space(sizes=(3, 3), parties=2, parts=parts, reserve=np.zeros(2))


def test_issue_by_issue_the_difference_is_split_and_the_trade_is_missed():
    """Alone, each issue's product of gains is largest in the middle: 1/2 each. Traded, each gets 3/4."""
    space = trade()
    assert issue_by_issue(space, (0, 0)).tolist() == [1, 1]
    worth = payoffs(space)
    assert worth[:, nash(worth, space.reserve)].tolist() == [[0.75], [0.75]]


def test_on_one_issue_only_red_lines_on_that_issue_count():
    space = trade()
    bars = (
        Bar(name="a", issues=(0,), closed=np.array([False, True, False])),
        Bar(name="b", issues=(0, 1), closed=np.ones((3, 3), dtype=np.bool_)),
    )
    assert issue_by_issue(replace(space, bars=bars), (0, 0)).tolist() == [0, 1]


def test_the_single_text_finds_the_trade_that_separate_talks_missed():
    """From the middle of both issues no change of one is good for both; to trade one for the other is, in one step."""
    space = trade()
    steps = single_text(space, [1, 1], [np.array([0.0, 50, 100])] * 2)
    assert [step.levels.tolist() for step in steps] == [[2, 0]]
    assert steps[0].gain == pytest.approx([0.25, 0.25])


def test_the_single_text_takes_the_smaller_of_two_changes_that_are_good_for_all():
    part = Part(issues=(0,), payoff=np.array([[0.0, 1, 5], [0.0, 1, 5]]))
    space = Space(sizes=(3,), parties=2, parts=(part,), reserve=np.zeros(2))
    assert [each.levels.tolist() for each in single_text(space, [0], [np.array([0.0, 10, 90])])] == [[1], [2]]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_no_step_of_the_single_text_hurts_anybody_or_crosses_a_new_line(seed, parties):
    space = random_space(seed, parties=parties)
    text = np.zeros(len(space.sizes), dtype=np.intp)
    for step in single_text(space, text, [np.arange(float(size)) for size in space.sizes]):
        before, after = (worth_of(space, each[np.newaxis])[:, 0] for each in (text, step.levels))
        assert step.gain == pytest.approx(after - before)
        assert (step.gain >= -1e-9).all() and (step.gain > 1e-9).any()
        assert not (crossed(space, step.levels[np.newaxis]) & ~crossed(space, text[np.newaxis])).any()
        assert np.flatnonzero(step.levels != text).tolist() == list(step.issues)
        assert len(step.issues) <= 2
        text = step.levels


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_where_the_single_text_ends_no_small_change_is_good_for_all(seed):
    space = random_space(seed)
    start = np.zeros(len(space.sizes), dtype=np.intp)
    steps = single_text(space, start, [np.arange(float(size)) for size in space.sizes], most=1000)
    text = steps[-1].levels if steps else start
    worth = worth_of(space, text[np.newaxis])[:, 0]
    held = crossed(space, text[np.newaxis])[0]
    for levels in itertools.product(*(range(size) for size in space.sizes)):
        if (np.array(levels) != text).sum() in (1, 2):
            other = worth_of(space, np.array([levels]))[:, 0]
            better = (other >= worth - 1e-9).all() and (other > worth + 1e-9).any()
            assert not better or (crossed(space, np.array([levels]))[0] & ~held).any()


def test_who_counts_twice_gets_more():
    """Gains along x + y = 3: products x y are largest in the middle, x x y at x = 2."""
    worth = np.array([[1.0, 1.5, 2.0], [2.0, 1.5, 1.0]])
    assert leaning(worth, np.zeros(2), np.array([1.0, 1.0])) == 1
    assert leaning(worth, np.zeros(2), np.array([2.0, 1.0])) == 2
    assert leaning(worth, np.zeros(2), np.array([1.0, 2.0])) == 0
    assert leaning(worth, np.full(2, 9.0), np.ones(2)) is None
