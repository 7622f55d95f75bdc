"""CPU seconds of packages: frontiers, Nash points, spaces too large to list, and the engine; `pytest benchmarks -s`.

A peer (NegMAS 0.11) was measured elsewhere, on two busy cores, at 0.27 s for the frontier of 10,000 outcomes of two
parties and 2.76 s for 100,000, its Nash point aside. Preferences are opposed here: on every issue
one party loses what the other gains, so that frontiers are long.
"""

import time
from dataclasses import replace

import numpy as np
import pytest

from parley import ensembles
from parley.engines.package_search import PackageSearch
from parley.files import scenarios
from parley.methods.frontier import frontier, nash
from parley.methods.packages import Part, Space
from parley.methods.packages_large import nash_package
from parley.methods.packages_merged import merged_frontier, worth_of
from tests.builders import about
from tests.engines.test_package_search import three_way

MEASURED_ELSEWHERE = {10_000: 0.27, 100_000: 2.76}


def opposed(rng, size, apart):
    """Payoffs of one issue's levels: what one party gains from a level to the next the other loses, times a weight.

    The nearer the weights are to each other (`apart` to 0), the fewer packages beat each other, and the longer the
    frontier of all issues together.
    """
    steps = np.sort(rng.random(size))
    weight = rng.uniform(1 - apart, 1 + apart, 2)
    return np.stack([weight[0] * steps, weight[1] * (1 - steps)])


def seconds(function, *arguments, times=3):
    """CPU seconds, the least of several, and the answer."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        result = function(*arguments)
        taken.append(time.process_time() - start)
    return min(taken), result


@pytest.mark.parametrize("count", MEASURED_ELSEWHERE)
def test_frontier_and_nash_point_take_a_fifteenth_of_what_a_peer_takes(count):
    rng = np.random.default_rng(0)
    worth = np.stack([first := rng.random(count), 1 - first + 0.2 * rng.random(count)])
    reserve = np.full(2, 0.3)
    taken, found = seconds(lambda: (frontier(worth), nash(worth, reserve)))
    peer = MEASURED_ELSEWHERE[count]
    print(f"{count:,} outcomes, {found[0].size} on the frontier: {taken:.4f} s; a peer, measured elsewhere: {peer} s")
    assert taken < peer / 15


@pytest.mark.parametrize("apart", [0.5, 0.05, 0.01])
def test_the_exact_frontier_of_a_million_million_packages_takes_under_five_seconds(apart):
    rng = np.random.default_rng(1)
    parts = tuple(Part(issues=(i,), payoff=opposed(rng, 10, apart)) for i in range(12))
    space = Space(sizes=(10,) * 12, parties=2, parts=parts, reserve=np.zeros(2))
    taken, found = seconds(merged_frontier, space, times=1)
    print(f"12 issues x 10 levels, weights {apart:.0%} apart, {found.payoff.shape[1]:,} on the frontier: {taken:.2f} s")
    assert taken < 5.0
    assert (np.diff(found.payoff[0]) < 0).all() and (np.diff(found.payoff[1]) > 0).all()
    assert np.allclose(worth_of(space, found.levels), found.payoff)


@pytest.mark.parametrize("seed", range(3))
def test_the_nash_package_of_thirty_linked_issues_is_proven_in_under_ten_seconds(seed):
    """30 issues x 6 levels, 60 links of two issues each, worth something to both, to one more than to the other."""
    rng = np.random.default_rng(seed)
    parts = [Part(issues=(i,), payoff=opposed(rng, 6, 0.5)) for i in range(30)]
    for _ in range(60):
        pair = tuple(sorted(int(i) for i in rng.choice(30, 2, replace=False)))
        table = np.zeros((2, 6, 6))
        table[:, rng.integers(6), rng.integers(6)] = rng.uniform(-0.2, 0.3, 2)
        parts.append(Part(issues=pair, payoff=table))
    space = Space(sizes=(6,) * 30, parties=2, parts=tuple(parts), reserve=np.full(2, 5.0))
    taken, found = seconds(nash_package, space, times=1)
    value = np.log(found.payoff - space.reserve).sum()
    print(f"30 issues x 6 levels with 60 links: {taken:.2f} s, bound {found.bound - value:.1e} above the package")
    assert taken < 10.0
    assert found.bound - value < 1e-6


@pytest.mark.parametrize("signers", [2, 3])
def test_all_that_is_asked_of_thirty_linked_issues_takes_under_a_minute(signers):
    """30 issues x 6 rungs, 60 links: frontier, solutions, prices, finer levels and single text of one scenario."""
    made, engine = three_way(3, names=("north", "south", "west")[:signers]), PackageSearch()
    taken, found = seconds(engine.forecast, made, np.random.default_rng(0), times=1)
    left = [str(role) for role in found.data["unproven"].values]
    print(f"one forecast for {signers} signers over 30 linked issues: {taken:.1f} s, left open: {left}")
    assert taken < 60.0


@pytest.mark.parametrize("signers", [2, 3])
def test_a_draw_of_thirty_linked_issues_takes_under_two_seconds(signers):
    made = three_way(3, names=("north", "south", "west")[:signers])
    vague = tuple(
        replace(each, salience=about(each.salience.mode / 2, each.salience.mode, 1)) for each in made.positions
    )
    draws, engine = ensembles.draw(replace(made, positions=vague), 20, 0), PackageSearch()
    taken, found = seconds(engine.forecast_many, draws, [], times=1)
    print(f"a draw for {signers} signers over 30 linked issues: {taken / 20:.2f} s, "
          f"proven in {found['proven'].values.mean():.0%} of draws")  # fmt: skip
    assert taken / 20 < 2.0


def test_two_hundred_draws_of_the_shipped_case_take_a_small_part_of_a_second():
    draws, engine = ensembles.draw(scenarios.load("ceasefires/ukraine-2025-03"), 200, 0), PackageSearch()
    engine.forecast_many(draws, [])
    taken, _ = seconds(engine.forecast_many, draws, [])
    print(f"200 draws of 12 issues: {taken:.3f} s")
    assert taken < 0.1


def test_all_that_is_asked_of_one_scenario_takes_a_part_of_a_second():
    made, engine = scenarios.load("ceasefires/ukraine-2025-03"), PackageSearch()
    engine.forecast(made, np.random.default_rng(0))
    taken, _ = seconds(engine.forecast, made, np.random.default_rng(0))
    print(f"one forecast with closings, prices and single text: {taken:.3f} s")
    assert taken < 0.5
