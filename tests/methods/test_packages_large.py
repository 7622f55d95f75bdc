"""Packages in spaces too large to be listed, held against listing on spaces that are not."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods import frontier
from parley.methods.package_programs import GaveUpError, Work
from parley.methods.packages import Bar, Part, Space, closings, open_packages, payoffs
from parley.methods.packages_large import (
    best_package,
    fairest_package,
    ideal_gains,
    nash_package,
    opening_sets,
)
from parley.methods.packages_points import points_between
from tests.methods.test_packages import random_space

LINKED = st.builds(random_space, st.integers(0, 10**6), parties=st.integers(1, 3), whole=st.booleans())


def signed(space):
    """What the packages that all would sign are worth, shape (party, package)."""
    worth = payoffs(space)
    return worth[:, open_packages(space, worth)]


def points(space):
    """Each point of the listed frontier once, from the best for the first party downwards."""
    worth = signed(space)
    return sorted({tuple(worth[:, k].round(9).tolist()) for k in frontier.frontier(worth)}, reverse=True)


def rounded(found):
    return [tuple(each.payoff.round(9).tolist()) for each in found.found]


@settings(max_examples=60, deadline=None)
@given(LINKED, st.booleans())
def test_programs_find_exactly_the_points_of_the_listed_frontier(space, reserved):
    if not reserved:
        space = replace(space, reserve=np.full(space.parties, -np.inf))
    found = points_between(space, most=10_000)
    assert found.whole and found.step == 0
    assert rounded(found) == points(space)


@settings(max_examples=30, deadline=None)
@given(LINKED, st.integers(1, 6))
def test_points_told_of_a_frontier_that_is_cut_short_lie_on_it_and_the_step_says_what_may_lie_between(space, most):
    found, every = points_between(space, most=most), points(space)
    assert set(rounded(found)) <= set(every)
    assert found.whole == (len(found.found) == len(every)) or not found.whole
    assert (found.step > 0) == (not found.whole)


@settings(max_examples=60, deadline=None)
@given(LINKED)
def test_programs_find_a_package_that_each_solution_picks_from_the_list(space):
    worth, everybody = signed(space), np.ones(space.parties)
    ideal = ideal_gains(space)
    assert (ideal is None) == (worth.shape[1] == 0)
    shares = everybody if ideal is None else np.divide(1, ideal, out=np.zeros(ideal.size), where=ideal > 1e-9)
    for name, found in {
        "nash": nash_package(space),
        "utilitarian": best_package(space, everybody),
        "egalitarian": fairest_package(space, everybody),
        "kalai_smorodinsky": fairest_package(space, shares),
    }.items():
        picked = getattr(frontier, name)(worth, space.reserve)
        assert (found is None) == (picked.size == 0), name
        if found is not None:
            assert found.proven, name
            assert any(worth[:, k] == pytest.approx(found.payoff, abs=1e-9) for k in picked), name


@settings(max_examples=60, deadline=None)
@given(LINKED)
def test_programs_find_every_smallest_set_that_opens_the_zone(space):
    every = closings(space, payoffs(space))
    found, complete = opening_sets(space, largest=max(map(len, every)), most=1000)
    assert complete and {frozenset(each) for each in found} == {frozenset(each) for each in every}


@settings(max_examples=30, deadline=None)
@given(LINKED, st.integers(-6, 6))
def test_the_unit_in_which_a_party_states_its_payoffs_changes_no_package(space, power):
    """Tolerances count in shares of what a party's parts make out; a party may count in millionths or in billions."""
    scale = np.append(10.0**power, np.ones(space.parties - 1))
    moved = replace(
        space,
        parts=tuple(
            Part(issues=part.issues, payoff=part.payoff * scale.reshape(-1, *(1,) * len(part.issues)))
            for part in space.parts
        ),
        reserve=space.reserve * scale,
    )
    plain, other = points_between(space, most=1000), points_between(moved, most=1000)
    assert len(plain.found) == len(other.found)
    for each, same in zip(plain.found, other.found, strict=True):
        assert same.payoff / scale == pytest.approx(each.payoff)


@settings(max_examples=60, deadline=None)
@given(LINKED, st.integers(0, 400))
def test_what_is_found_before_the_work_runs_out_is_signed_and_no_better_than_its_bound(space, work):
    """However little work there is: what is called proven is what listing finds; the true best is below the bound."""
    worth, everybody = signed(space), np.ones(space.parties)
    for name, find in {
        "nash": lambda: nash_package(space, work=Work(left=work)),
        "utilitarian": lambda: best_package(space, everybody, work=Work(left=work)),
        "egalitarian": lambda: fairest_package(space, everybody, work=Work(left=work)),
    }.items():
        try:
            found = find()
        except GaveUpError:
            continue
        picked = getattr(frontier, name)(worth, space.reserve)
        assert (found is None) == (picked.size == 0), name
        if found is None:
            continue
        assert (found.payoff >= space.reserve - 1e-9).all()
        assert found.value <= found.bound + 1e-6
        if found.proven:
            assert any(worth[:, k] == pytest.approx(found.payoff, abs=1e-9) for k in picked), name
        if name == "utilitarian":
            assert worth.sum(axis=0).max() <= found.bound + 1e-6


@settings(max_examples=60, deadline=None)
@given(st.builds(random_space, st.integers(0, 10**6), parties=st.just(2), whole=st.booleans()), st.integers(0, 3000))
def test_between_the_points_of_a_frontier_cut_short_by_the_work_nobody_gets_more_than_the_step_says(space, work):
    """A point not told lies between two that are; the smaller of both gains over their corner is within the step."""
    space = replace(space, reserve=np.full(2, -np.inf))
    every = points(space)
    found = points_between(space, most=10_000, work=Work(left=work))
    told = rounded(found)
    assert set(told) <= set(every)
    assert (found.step == 0) == found.whole and (len(told) == len(every) or not found.whole)
    if not told:
        return
    least = sum(part.payoff.reshape(2, -1).min(axis=1) for part in space.parts)
    spread = np.max(every, axis=0) - least
    for missing in set(every) - set(told):
        before, after = max(p for p in told if p < missing), min(p for p in told if p > missing)
        corner = np.array([before[0], after[1]])
        assert ((np.array(missing) - corner) / spread).min() <= found.step + 1e-5


def test_parts_of_the_work_spend_the_whole_and_no_more_than_is_left():
    whole = Work(left=100)
    whole.part(30).spend(40)
    assert whole.left == 60
    assert whole.part(1000).left == 60


def test_a_search_that_stops_before_it_finds_anything_says_so_and_what_to_do():
    part = Part(issues=(0,), payoff=np.array([[0.0, 1], [1, 0]]))
    space = Space(sizes=(2,), parties=2, parts=(part,), reserve=np.zeros(2))
    with pytest.raises(GaveUpError, match="stopped at its limit.*give issues fewer levels"):
        nash_package(space, work=Work(left=0))


def test_a_package_that_falls_short_of_a_reserve_value_by_a_hair_is_not_signed():
    """0.4999999 is below 0.5, though the solver would let it pass; without it only the second level is left."""
    part = Part(issues=(0,), payoff=np.array([[0.4999999, 0.6, 0.0], [1.0, 0.2, 0.0]]))
    space = Space(sizes=(3,), parties=2, parts=(part,), reserve=np.array([0.5, 0.0]))
    assert best_package(space, np.ones(2)).levels == (1,)
    assert nash_package(space).levels == (1,)
    assert [each.levels for each in points_between(space, most=10).found] == [(1,)]


def test_no_a_unless_b_among_more_packages_than_could_ever_be_listed():
    """Forty issues; whoever gets the first must give the second. By hand: 1 for each issue but one."""
    ones = np.array([[0.0, 1.0], [0.0, 0.0]])
    other = np.array([[0.0, 0.0], [1.0, 0.0]])
    parts = tuple(Part(issues=(k,), payoff=ones if k % 2 == 0 else other) for k in range(40))
    unless = Bar(name="a unless b", issues=(0, 1), closed=np.array([[False, False], [True, False]]))
    space = Space(sizes=(2,) * 40, parties=2, parts=parts, reserve=np.zeros(2), bars=(unless,))
    found = nash_package(space)
    assert sorted(found.payoff) == [19, 20]
    assert space.count == 2**40


def test_the_smallest_sets_that_open_a_zone_among_more_packages_than_could_ever_be_listed():
    """Two parties exclude each other on two of thirty issues: one of the two lines must fall on each."""
    flat = tuple(Part(issues=(k,), payoff=np.array([[0.0, 1, 2], [2.0, 1, 0]])) for k in range(30))
    bars = tuple(
        Bar(name=f"{who} {k}", issues=(k,), closed=np.array(closed))
        for k in (0, 1)
        for who, closed in (("north", [True, True, False]), ("south", [False, True, True]))
    )
    space = Space(sizes=(3,) * 30, parties=2, parts=flat, reserve=np.zeros(2), bars=bars)
    found, complete = opening_sets(space, largest=3, most=50)
    assert complete
    assert {frozenset(each) for each in found} == {
        frozenset((f"{a} 0", f"{b} 1")) for a in ("north", "south") for b in ("north", "south")
    }


NOISY = """
import ctypes, json
import numpy as np
import scipy.optimize
from parley.methods.packages import Part, Space
from parley.methods.packages_large import nash_package

honest = scipy.optimize.milp

def noisy(*arguments, **options):
    ctypes.CDLL(None).puts(b"a line from the depths of the solver")
    return honest(*arguments, **options)

scipy.optimize.milp = noisy
parts = tuple(Part(issues=(k,), payoff=np.array([[0.0, 1, 3], [3.0, 2, 0]])) for k in range(3))
found = nash_package(Space(sizes=(3,) * 3, parties=2, parts=parts, reserve=np.zeros(2)))
print(json.dumps({"payoff": found.payoff.tolist()}))
"""


@pytest.mark.skipif(os.name == "nt", reason="the C library is found by another name there")
def test_what_the_solver_prints_past_python_never_reaches_standard_output():
    """The solver is known to print a line now and then; a program that reads the output would stumble over it."""
    done = subprocess.run([sys.executable, "-c", NOISY], capture_output=True, text=True, check=True)
    first, second = json.loads(done.stdout)["payoff"]
    assert first * second == 20, "of (3,0), (1,2) and (0,3) three times: 4 and 5, or 5 and 4"
