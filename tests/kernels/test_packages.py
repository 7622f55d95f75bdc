"""The compiled search of packages agrees with the readable methods, on spaces at random."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.engines.package_search.outcome import chosen_of
from parley.methods import frontier
from parley.methods.packages import listed, open_packages, payoffs, place_of
from parley.methods.packages_merged import groups, merged_frontier, worth_of
from tests.methods.test_packages import random_space

SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian", "utilitarian")


def alone(space, issues):
    """The payoffs of one group's packages, and which cross no bar, by listing."""
    count = int(np.prod([space.sizes[i] for i in issues]))
    levels = np.zeros((count, len(space.sizes)), dtype=np.intp)
    levels[:, list(issues)] = np.stack(np.unravel_index(np.arange(count), [space.sizes[i] for i in issues]), axis=-1)
    worth, free = np.zeros((space.parties, count)), np.ones(count, dtype=np.bool_)
    for part in space.parts:
        if set(part.issues) <= set(issues):
            worth += part.payoff[(slice(None), *(levels[:, i] for i in part.issues))]
    for bar in space.bars:
        if set(bar.issues) <= set(issues):
            free &= ~bar.closed[tuple(levels[:, i] for i in bar.issues)]
    return worth, free


def solved(space, solution):
    looks = [part.issues for part in space.parts] + [bar.issues for bar in space.bars]
    split = groups(len(space.sizes), looks) if space.parties == 2 else (tuple(range(len(space.sizes))),)
    tables = [alone(space, group) for group in split]
    worth = np.concatenate([each for each, _ in tables], axis=1).T[np.newaxis]
    free = np.concatenate([each for _, each in tables])[np.newaxis]
    starts = np.cumsum([0] + [each.shape[1] for each, _ in tables]).astype(np.int64)
    chosen, some = chosen_of(worth, free, starts, space.reserve[np.newaxis], SOLUTIONS.index(solution))
    levels = np.zeros(len(space.sizes), dtype=np.intp)
    for g, group in enumerate(split):
        levels[list(group)] = np.unravel_index(max(chosen[0, g], 0), [space.sizes[i] for i in group])
    return (levels if chosen[0, 0] >= 0 else None), some[0]


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 4), st.sampled_from(SOLUTIONS), st.booleans())
def test_the_compiled_twin_picks_a_package_that_the_methods_pick_of_all(seed, parties, solution, whole):
    space = random_space(seed, parties=parties, whole=whole)
    levels, some = solved(space, solution)
    worth = payoffs(space)
    unbarred = open_packages(space, np.full_like(worth, np.inf))
    assert some == unbarred.any()
    places = np.flatnonzero(unbarred)
    best = places[getattr(frontier, solution)(worth[:, unbarred], space.reserve)] if places.size else places
    if levels is None:
        assert best.size == 0
    else:
        there = worth_of(space, levels[np.newaxis])[:, 0]
        assert any(there == pytest.approx(worth[:, k], rel=1e-12) for k in best)
        assert unbarred[place_of(space, levels)]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_with_two_parties_the_twin_takes_the_very_package_that_merging_takes_first(seed):
    space = random_space(seed)
    found = merged_frontier(space)
    best = frontier.nash(found.payoff, space.reserve)
    levels, _ = solved(space, "nash")
    assert (levels is None) == (best.size == 0)
    if levels is not None:
        assert levels.tolist() == found.levels[best[0]].tolist()
        assert listed(space, np.intp(place_of(space, levels))).tolist() == levels.tolist()
