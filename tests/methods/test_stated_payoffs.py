"""Stated payoffs as a space of packages: every package written out as a second method, with up to nine parties."""

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.domain.payoffs import StatedPayoff
from parley.ensembles import draw
from parley.errors import EngineError
from parley.methods.frontier import frontier, nash
from parley.methods.packages import listed, open_packages, payoffs
from parley.methods.stated_payoffs import space, stated, valued_issues
from tests.payoff_scenarios import exactly, ladder, stated_scenario, worth_of


def tables(seed, parties):
    """Whole numbers at random, so that sums are exact and many packages tie."""
    rng = np.random.default_rng(seed)
    sizes = rng.integers(2, 5, rng.integers(1, 5))
    worth = [[rng.integers(0, 9, size).tolist() for size in sizes] for _ in range(parties)]
    weights = rng.integers(0, 4, (parties, len(sizes))).tolist()
    return worth, weights, rng.integers(0, 12, parties).tolist()


def packages(worth, weights):
    """Each package and its payoffs, by the definition."""
    for levels in itertools.product(*(range(len(table)) for table in worth[0])):
        yield (
            levels,
            tuple(
                sum(w * table[k] for w, table, k in zip(ws, mine, levels, strict=True))
                for ws, mine in zip(weights, worth, strict=True)
            ),
        )


def beaten(one, others):
    return any(all(a >= b for a, b in zip(other, one, strict=True)) and other != one for other in others)


def product(gains, able):
    return np.prod([float(gain) for gain, can in zip(gains, able, strict=True) if can])


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 9))
def test_frontier_and_nash_points_of_up_to_nine_parties_are_those_of_every_package_by_itself(seed, parties):
    worth, weights, reserves = tables(seed, parties)
    made = stated(Draws.of_modes(stated_scenario(worth, weights, reserves))).space()
    values = payoffs(made)
    listing = dict(packages(worth, weights))
    distinct = set(listing.values())
    best = {levels for levels, one in listing.items() if not beaten(one, distinct)}
    assert {tuple(row) for row in listed(made, frontier(values)).tolist()} == best
    rational = {
        levels: [a - b for a, b in zip(one, reserves, strict=True)]
        for levels, one in listing.items()
        if all(a >= b for a, b in zip(one, reserves, strict=True))
    }
    assert set(np.flatnonzero(open_packages(made, values))) == {list(listing).index(each) for each in rational}
    able = [any(gains[i] > 0 for gains in rational.values()) for i in range(parties)]
    most = max((product(gains, able) for gains in rational.values()), default=0)
    points = {each for each, gains in rational.items() if product(gains, able) == most}
    chosen = {levels for levels in points if not beaten(listing[levels], {listing[each] for each in points})}
    assert {tuple(row) for row in listed(made, nash(values, made.reserve)).tolist()} == chosen


def test_a_package_is_worth_weight_times_worth_as_it_is_stated():
    """0.5 * 5 + 2 * 7 = 16.5, and 3 * -1 + 0.25 * 8 = -1."""
    scenario = stated_scenario([[[1, 5], [7, 3]], [[0, -1], [8, 2]]], [[0.5, 2], [3, 0.25]], [1, 2])
    values = payoffs(stated(Draws.of_modes(scenario)).space())
    assert values[:, 2].tolist() == [16.5, -1]


def test_what_every_package_is_worth_is_added_once():
    worth = [np.array([[1.0, 5.0]]), np.array([[7.0, 3.0]])]
    made = space(worth, np.ones((1, 2)), reserve=np.zeros(1), base=np.array([100.0]))
    assert payoffs(made).tolist() == [[108, 104, 112, 108]]


def test_without_a_reserve_value_any_package_is_better_than_none():
    worth = [np.array([[1.0, 5.0], [2.0, 4.0]]), np.array([[7.0, 3.0], [6.0, 6.0]])]
    made = space(worth, np.array([[1.0, 1.0], [1.0, -2.0]]), reserve=np.array([np.nan, np.nan]))
    assert made.reserve.tolist() == [4, -10]
    assert open_packages(made, payoffs(made)).all()


def test_a_party_that_states_no_payoffs_need_not_consent_and_an_issue_that_nobody_values_is_no_part_of_a_package():
    scenario = stated_scenario([[[1, 5]], [[3, 2]]], [[1], [1]], [0, 0])
    more = (*scenario.issues, ladder("idle", 3))
    scenario = dataclasses.replace(scenario, issues=more, payoffs=scenario.payoffs[1:])
    found = stated(Draws.of_modes(scenario))
    made = found.space()
    assert (valued_issues(scenario), found.issues, found.parties) == (("issue_0",), (0,), (1,))
    assert found.points[0].tolist() == [0, 100]
    assert made.sizes == (2,)
    assert made.reserve.tolist() == [-np.inf, 0]


def test_levels_may_be_stated_in_any_order():
    scenario = stated_scenario([[[1, 5, 9]], [[3, 2, 1]]], [[1], [1]], [0, 0])
    issue = scenario.payoffs[0].issues[0]
    turned = dataclasses.replace(issue, levels=issue.levels[::-1])
    payoff = dataclasses.replace(scenario.payoffs[0], issues=(turned,))
    other = dataclasses.replace(scenario, payoffs=(payoff, scenario.payoffs[1]))
    spaces = [stated(Draws.of_modes(each)).space() for each in (scenario, other)]
    assert np.array_equal(payoffs(spaces[0]), payoffs(spaces[1]))


def test_each_draw_has_its_own_numbers():
    unsure = Estimate(low=2, mode=4, high=6, grounds=("F1",))
    scenario = stated_scenario([[[1, 5]], [[3, 2]]], [[1], [1]], [0, 0])
    issue = dataclasses.replace(worth_of(scenario.issues[0], 1, [1, 5]), weight=unsure)
    payoff = StatedPayoff(party="party_0", issues=(issue,), reserve=exactly(0), discount=exactly(0.5))
    drawn = draw(dataclasses.replace(scenario, payoffs=(payoff, scenario.payoffs[1])), 50, 0)
    found = stated(drawn)
    assert found.discount.tolist() == [[0.5, 1.0]] * 50
    assert len(set(found.weight[:, 0, 0])) == 50
    for k in range(50):
        assert payoffs(found.space(k))[0].tolist() == pytest.approx([found.weight[k, 0, 0], 5 * found.weight[k, 0, 0]])


def test_where_nobody_states_anything_there_is_no_package():
    with pytest.raises(EngineError, match="nobody states"):
        space([], np.zeros((2, 0)), reserve=np.zeros(2))
    with pytest.raises(EngineError, match="nobody states"):
        stated(Draws.of_modes(dataclasses.replace(stated_scenario([[[1, 5]]], [[1]], [0]), payoffs=())))


def test_the_parts_of_all_draws_are_those_of_each_draw():
    scenario = stated_scenario([[[1, 5], [2, 0, 4]], [[3, 2], [1, 1, 0]]], [[1, 2], [3, 1]], [None, 0])
    payoff = dataclasses.replace(scenario.payoffs[0], base=Estimate(low=1, mode=2, high=3, grounds=("F1",)))
    found = stated(draw(dataclasses.replace(scenario, payoffs=(payoff, scenario.payoffs[1])), 5, 0))
    for k in range(5):
        made = found.space(k)
        assert [part.payoff.tolist() for part in made.parts] == [part[k].tolist() for part in found.parts]
        assert made.reserve.tolist() == found.reserve[k].tolist() == [payoffs(made)[0].min(), 0]
