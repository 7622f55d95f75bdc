"""Packages over several issues: every package written out as a second method, and what closes the zone."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.errors import EngineError
from parley.methods.packages import Bar, Part, Space, closings, listed, open_packages, payoffs, place_of


def random_space(seed, *, parties=2, whole=True):
    """Up to four issues with links and bars at random, reserve values near the middle."""
    rng = np.random.default_rng(seed)
    sizes = tuple(int(size) for size in rng.integers(1, 5, rng.integers(1, 5)))

    def number(shape):
        return rng.integers(-9, 50, shape) * 1.0 if whole else rng.normal(size=shape)

    parts = [Part(issues=(i,), payoff=number((parties, size))) for i, size in enumerate(sizes)]
    bars = []
    for k in range(rng.integers(0, 4) if len(sizes) > 1 else 0):
        pair = tuple(sorted(int(i) for i in rng.choice(len(sizes), 2, replace=False)))
        shape = tuple(sizes[i] for i in pair)
        parts.append(Part(issues=pair, payoff=number((parties, *shape)) * (rng.random(shape) < 0.3)))
        bars.append(Bar(name=f"bar {k}", issues=pair, closed=rng.random(shape) < 0.4))
    space = Space(sizes=sizes, parties=parties, parts=tuple(parts), bars=tuple(bars), reserve=np.zeros(parties))
    return replace(space, reserve=np.median(payoffs(space), axis=1) + rng.integers(-20, 25))


SPACES = st.builds(random_space, st.integers(0, 10**6), parties=st.integers(1, 3))


def one_by_one(space):
    """Second method: each package with its payoffs and everything that stands against it, by the definitions."""
    for levels in itertools.product(*(range(size) for size in space.sizes)):
        worth = [
            sum(part.payoff[(p, *(levels[i] for i in part.issues))] for part in space.parts)
            for p in range(space.parties)
        ]
        against = [bar.name for bar in space.bars if bar.closed[tuple(levels[i] for i in bar.issues)]]
        against += [p for p in range(space.parties) if worth[p] < space.reserve[p]]
        yield levels, worth, frozenset(against)


@settings(max_examples=60, deadline=None)
@given(SPACES)
def test_payoffs_and_what_can_be_signed_are_those_of_each_package_by_itself(space):
    worth = payoffs(space)
    signed = open_packages(space, worth)
    for place, (levels, each, against) in enumerate(one_by_one(space)):
        assert place == place_of(space, levels)
        assert tuple(listed(space, np.intp(place))) == levels
        assert worth[:, place] == pytest.approx(each)
        assert signed[place] == (not against)


@settings(max_examples=60, deadline=None)
@given(SPACES)
def test_what_closes_the_zone_is_found_by_trying_every_set(space):
    against = {each for _, _, each in one_by_one(space)}
    everything = [*(bar.name for bar in space.bars), *range(space.parties)]
    opening = [
        set(some)
        for size in range(len(everything) + 1)
        for some in itertools.combinations(everything, size)
        if any(each <= set(some) for each in against)
    ]
    smallest = [some for some in opening if not any(other < some for other in opening)]
    found = closings(space, payoffs(space))
    assert sorted(map(sorted, (map(str, some) for some in found))) == sorted(
        map(sorted, (map(str, some) for some in smallest))
    )


@settings(max_examples=60, deadline=None)
@given(SPACES)
def test_dropping_what_closes_the_zone_opens_it(space):
    for some in closings(space, payoffs(space)):
        reserve = np.where(
            np.isin(np.arange(space.parties), [p for p in some if isinstance(p, int)]), -np.inf, space.reserve
        )
        opened = replace(space.without([name for name in some if isinstance(name, str)]), reserve=reserve)
        assert open_packages(opened, payoffs(opened)).any()


def test_a_space_that_is_too_large_to_be_listed_is_refused_before_anything_is_built():
    part = Part(issues=(0,), payoff=np.zeros((1, 10)))
    with pytest.raises(EngineError, match=r"1,000,000,000 packages"):
        payoffs(Space(sizes=(10,) * 9, parties=1, parts=(part,), reserve=np.zeros(1)))
