"""Bargaining solutions: a second method, the compiled twin, and the demands that define them."""

import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, minimize

from parley.methods import bargaining, bargaining_linear
from parley.methods.bargaining import STUCK, Bargain, gains, ideal_gains, shortfalls
from parley.methods.bargaining_many import solve_many

SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian")
SOLVE = {1: bargaining_linear.solve, 2: bargaining.solve}


def random_bargain(seed, *, coarse=False, parties=None, issues=None):
    """A bargain with positions, saliences and reference points at random; coarse ones are on a few round numbers."""
    rng = np.random.default_rng(seed)
    n, m = parties or rng.integers(1, 7), issues or rng.integers(1, 7)
    position, salience = rng.random((n, m)), rng.random((n, m)) * (rng.random((n, m)) < 0.7)
    reference = np.clip(rng.normal(0.5, 0.6, m), 0, 1)
    if coarse:
        position, salience = np.round(position * 4) / 4, np.ceil(salience * 2) / 2
        reference = rng.choice([0.0, 0.5, 1.0], m)
    salience[salience.sum(axis=1) == 0, 0] = 0.5
    return Bargain(
        position=position,
        share=salience / salience.sum(axis=1, keepdims=True),
        distance=np.abs(reference - position),
        beyond=np.zeros(n) if rng.random() < 0.5 else rng.random(n) / 10,
        weight=rng.random(n) + 0.01,
    )


def moving_bargain(seed, **sizes):
    """The first bargain from this seed on in which somebody can gain."""
    found = (random_bargain(1000 * seed + k, **sizes) for k in range(1000))
    return next(each for each in found if bargaining.solve(each, "nash").parties.any())


def planes(bargain):
    return np.stack([bargain.position, bargain.share, bargain.distance])[np.newaxis]


def solved(bargain, which, power=2):
    """The bargain among those who can gain, and the settlement of what they can move."""
    found = SOLVE[power](bargain, which)
    inner = bargain.part(found.parties, found.issues)
    return inner, found.settlement[found.issues]


BARGAINS = st.builds(random_bargain, st.integers(0, 10**6), coarse=st.booleans())
MOVING = BARGAINS.filter(lambda bargain: bargaining.solve(bargain, "nash").parties.any())
POWERS = st.sampled_from([1, 2])


class TestTheSecondMethod:
    """General-purpose optimisers that know nothing of the structure of the problem."""

    @pytest.mark.parametrize("seed", range(12))
    @pytest.mark.parametrize("power", [1, 2])
    def test_no_finer_grid_on_one_issue_has_a_larger_nash_product(self, seed, power):
        inner, point = solved(moving_bargain(seed, parties=4, issues=1), "nash", power)
        weight = inner.weight / inner.weight.sum()

        def products(xs):
            at = np.array([gains(inner, np.array([x]), power=power) for x in xs])
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.where((at > 0).all(axis=1), np.exp((weight * np.log(at)).sum(axis=1)), 0.0)

        grid = np.linspace(0, 1, 4001)
        near = np.linspace(max(0.0, point[0] - 1e-3), min(1.0, point[0] + 1e-3), 4001)
        best, here = max(products(grid).max(), products(near).max()), products(point)[0]
        assert best <= here * (1 + 1e-12)
        assert abs(grid[products(grid).argmax()] - point[0]) <= 1 / 2000 + 1e-4

    @pytest.mark.parametrize("seed", range(10))
    def test_a_general_optimiser_finds_the_same_nash_solution(self, seed):
        inner, point = solved(moving_bargain(seed), "nash")
        weight = inner.weight / inner.weight.sum()
        start = bargaining.quadratic_stage(inner).settlement

        def missed(x):
            at = gains(inner, x)
            return 1e6 if (at <= 0).any() else -(weight * np.log(at)).sum()

        found = minimize(
            missed, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-14, "maxiter": 40000}
        )
        assert missed(point) <= found.fun + 1e-12
        assert found.x == pytest.approx(point, abs=2e-4)

    @pytest.mark.parametrize("seed", range(10))
    @pytest.mark.parametrize("which", ["kalai_smorodinsky", "egalitarian"])
    def test_a_general_optimiser_raises_the_smallest_gain_as_far(self, seed, which):
        inner, point = solved(moving_bargain(seed), which)

        def most(goal, limits):
            start = np.append(bargaining.quadratic_stage(inner).settlement, 0.0)
            return -minimize(
                lambda v: -goal(v), start, constraints={"type": "ineq", "fun": limits}, options={"ftol": 1e-14}
            ).fun

        unit = np.ones(inner.weight.size)
        if which == "kalai_smorodinsky":
            unit = np.array(
                [most(lambda v, p=p: gains(inner, v[:-1])[p], lambda v: gains(inner, v[:-1])) for p in range(unit.size)]
            )
            assert ideal_gains(inner) == pytest.approx(unit, rel=1e-5, abs=1e-7)
        highest = most(lambda v: v[-1], lambda v: gains(inner, v[:-1]) / unit - v[-1])
        assert (gains(inner, point) / unit).min() == pytest.approx(highest, rel=1e-5, abs=1e-7)

    @pytest.mark.parametrize("seed", range(12))
    def test_under_linear_loss_a_programme_with_a_variable_for_each_distance_raises_the_smallest_gain_as_far(
        self, seed
    ):
        inner, point = solved(moving_bargain(seed, coarse=seed % 2 == 0), "egalitarian", 1)
        n, m = inner.share.shape
        rows, limits = [], []  # variables: settlement (m), distances (n m), smallest gain
        for p in range(n):
            for i in range(m):
                for side in (1.0, -1.0):
                    row = np.zeros(m + n * m + 1)
                    row[i], row[m + p * m + i] = side, -1.0
                    rows.append(row)
                    limits.append(side * inner.position[p, i])
            row = np.zeros(m + n * m + 1)
            row[m + p * m : m + p * m + m], row[-1] = inner.share[p], 1.0
            rows.append(row)
            limits.append(inner.beyond[p] + inner.share[p] @ inner.distance[p])
        goal = np.append(np.zeros(m + n * m), -1.0)
        found = linprog(goal, A_ub=np.array(rows), b_ub=limits, bounds=[(0, 1)] * m + [(0, 2)] * (n * m) + [(-9, 9)])
        assert gains(inner, point, power=1).min() == pytest.approx(found.x[-1], abs=1e-9)

    @settings(max_examples=15, deadline=None)
    @given(MOVING, POWERS, st.integers(0, 1000))
    def test_no_other_settlement_comes_closer_to_the_maximum_than_the_shortfall_allows(self, bargain, power, seed):
        found = SOLVE[power](bargain, "nash")
        assume(found.parties.any())
        inner = bargain.part(found.parties, found.issues)
        rng, weight = np.random.default_rng(seed), inner.weight / inner.weight.sum()
        best, point = found.settlement[found.issues], found.settlement[found.issues]
        for size in (0.3, 0.03, 1e-3):  # from a point that is not the best, too
            moved = np.clip(best + size * rng.normal(size=best.size), 0, 1)
            at = gains(inner, moved, power=power)
            if (at > 0).all():
                allowed = shortfalls(planes(inner), moved[np.newaxis], (weight / at)[np.newaxis], linear=power == 1)[0]
                missed = weight @ np.log(gains(inner, point, power=power) / at)
                assert -1e-13 <= missed <= allowed + 1e-13
        assert (
            shortfalls(planes(bargain), found.settlement[np.newaxis], found.price[np.newaxis], linear=power == 1)
            < 1e-10
        )


class TestTheCompiledTwin:
    @pytest.mark.parametrize("which", SOLUTIONS)
    def test_it_agrees_with_the_readable_formulas(self, which):
        for seed in range(60):
            bargain = random_bargain(seed, coarse=seed % 3 == 0)
            alone = bargaining.solve(bargain, which)
            together, price, able = solve_many(planes(bargain), bargain.beyond[None], bargain.weight[None], which)
            assert (able[0] == alone.parties).all()
            np.testing.assert_allclose(together[0], alone.settlement, rtol=0, atol=1e-8 if which != "nash" else 1e-12)
            if which == "nash":
                np.testing.assert_allclose(price[0], np.nan_to_num(alone.price), rtol=1e-9)

    def test_many_at_once_are_solved_as_each_alone(self):
        bargains = [random_bargain(seed, parties=4, issues=3, coarse=seed % 2 == 0) for seed in range(30)]
        together = np.concatenate([planes(each) for each in bargains])
        beyond, weight = (np.stack([getattr(each, name) for each in bargains]) for name in ("beyond", "weight"))
        for which in SOLUTIONS:
            found, _, _ = solve_many(together, beyond, weight, which)
            for k in range(len(bargains)):
                alone, _, _ = solve_many(together[k : k + 1], beyond[k : k + 1], weight[k : k + 1], which)
                np.testing.assert_array_equal(found[k], alone[0])


class TestTheDemands:
    """What defines the solutions: each axiom on bargains at random."""

    @settings(max_examples=20, deadline=None)
    @given(BARGAINS, POWERS, st.sampled_from(SOLUTIONS))
    def test_nobody_loses(self, bargain, power, which):
        found = SOLVE[power](bargain, which)
        stays = np.where(np.isnan(found.settlement)[np.newaxis], 0.0, 1.0)
        point = np.nan_to_num(found.settlement)
        apart = np.abs(point - bargain.position)
        closer = (bargain.distance**power - apart**power) * bargain.share * stays
        assert (bargain.beyond + closer.sum(axis=1) >= -1e-9).all()

    @settings(max_examples=20, deadline=None)
    @given(MOVING, POWERS, st.sampled_from(SOLUTIONS), st.integers(0, 1000))
    def test_no_settlement_is_better_for_all(self, bargain, power, which, seed):
        inner, point = solved(bargain, which, power)
        here, rng = gains(inner, point, power=power), np.random.default_rng(seed)
        for size in (1.0, 0.1, 0.01, 1e-4):
            for _ in range(20):
                there = gains(inner, np.clip(point + size * rng.normal(size=point.size), 0, 1), power=power)
                assert not ((there >= here + 1e-9).all())

    @settings(max_examples=15, deadline=None)
    @given(MOVING, POWERS, st.integers(0, 1000))
    def test_the_nash_and_kalai_smorodinsky_solutions_do_not_mind_in_what_unit_payoffs_are_counted(
        self, bargain, power, seed
    ):
        unit = np.random.default_rng(seed).uniform(0.2, 5, bargain.weight.size)
        unscaled, _ = solved(bargain, "nash", power)
        part = bargaining.scaled(unscaled, unit[SOLVE[power](bargain, "nash").parties])
        for which in ("nash", "kalai_smorodinsky"):
            inner, point = solved(bargain, which, power)
            again = SOLVE[power](part, which)
            if again.parties.all():  # a larger unit may bring a gain below what counts
                # under linear losses several settlements may be as good for everybody, so that gains are compared
                here, there = (gains(inner, each, power=power) for each in (point, again.settlement))
                assert there == pytest.approx(here, abs=1e-6)

    @settings(max_examples=15, deadline=None)
    @given(MOVING, POWERS)
    def test_striking_agreements_off_that_were_not_chosen_does_not_change_the_nash_solution(self, bargain, power):
        inner, point = solved(bargain, "nash", power)
        if point.size < 2:
            return
        kept = np.arange(point.size) > 0  # the first issue is no longer open: it is at what was agreed
        apart = np.abs(point - inner.position)
        won = inner.share * (inner.distance**power - apart**power)
        fewer = dataclasses.replace(
            inner.part(np.ones(inner.weight.size, dtype=bool), kept), beyond=inner.beyond + won[:, 0]
        )
        cares = fewer.share.any(axis=1)
        found = SOLVE[power](fewer.part(cares, kept[1:]), "nash")
        if found.parties.all():
            here = gains(inner, point, power=power)
            there = gains(inner, np.append(point[0], found.settlement), power=power)
            assert there == pytest.approx(here, abs=1e-8)

    @settings(max_examples=15, deadline=None)
    @given(st.integers(0, 10**6), POWERS, st.sampled_from(SOLUTIONS))
    def test_equals_are_treated_equally(self, seed, power, which):
        one = random_bargain(seed, parties=1, issues=4)
        swapped = [1, 0, 3, 2]  # the second side is the mirror image of the first, with issues changed in pairs
        position = np.vstack([one.position, (1 - one.position)[:, swapped]])
        both = Bargain(
            position=position,
            share=np.vstack([one.share, one.share[:, swapped]]),
            distance=np.abs(0.5 - position),
            beyond=np.full(2, 0.05),
            weight=np.ones(2),
        )
        inner, point = solved(both, which, power)
        first, second = gains(inner, point, power=power)
        assert first == pytest.approx(second, abs=1e-8)

    @settings(max_examples=15, deadline=None)
    @given(BARGAINS, POWERS, st.sampled_from(SOLUTIONS), st.integers(0, 1000))
    def test_the_order_of_parties_and_issues_does_not_matter(self, bargain, power, which, seed):
        rng = np.random.default_rng(seed)
        who, what = rng.permutation(bargain.weight.size), rng.permutation(bargain.share.shape[1])
        turned = Bargain(
            **{name: getattr(bargain, name)[who][:, what] for name in ("position", "share", "distance")},
            **{name: getattr(bargain, name)[who] for name in ("beyond", "weight")},
        )
        here, there = SOLVE[power](bargain, which), SOLVE[power](turned, which)
        assert (there.parties == here.parties[who]).all()
        assert there.settlement == pytest.approx(here.settlement[what], abs=1e-6, nan_ok=True)

    @settings(max_examples=15, deadline=None)
    @given(st.floats(0.5, 0.95), st.floats(0.05, 0.5), st.floats(0, 0.04), st.floats(0, 0.04))
    def test_of_two_nobody_loses_by_more_to_divide_if_ideal_gains_stay(self, first, second, more, less):
        """Kalai and Smorodinsky's own demand. Two goods: the further apart their tastes, the more there is."""

        def payoffs(a, b):
            goods = Bargain(
                position=np.array([[1.0, 1.0], [0.0, 0.0]]),
                share=np.array([[a, 1 - a], [b, 1 - b]]),
                distance=np.ones((2, 2)),
                beyond=np.zeros(2),
                weight=np.ones(2),
            )
            point = bargaining_linear.solve(goods, "kalai_smorodinsky").settlement
            assert bargaining_linear._ideal_gains(goods) == pytest.approx([1, 1])
            return gains(goods, point, power=1)

        assert (payoffs(first + more, second - less) >= payoffs(first, second) - 1e-9).all()

    @settings(max_examples=15, deadline=None)
    @given(MOVING, POWERS, st.floats(0.001, 0.2))
    def test_of_more_to_divide_the_smallest_egalitarian_gain_grows(self, bargain, power, more):
        inner, point = solved(bargain, "egalitarian", power)
        richer = dataclasses.replace(inner, beyond=inner.beyond + more * np.eye(inner.weight.size)[0])
        again = SOLVE[power](richer, "egalitarian").settlement
        assert gains(richer, again, power=power).min() >= gains(inner, point, power=power).min() - 1e-9

    @settings(max_examples=15, deadline=None)
    @given(MOVING, st.integers(0, 5))
    def test_who_gets_more_weight_does_not_gain_less(self, bargain, which):
        inner, point = solved(bargain, "nash")
        p = which % inner.weight.size
        heavier = dataclasses.replace(inner, weight=inner.weight * np.where(np.arange(inner.weight.size) == p, 3, 1))
        assert gains(inner, bargaining.solve(heavier, "nash").settlement)[p] >= gains(inner, point)[p] - 1e-10


class TestTheCompromiseMean:
    """Achen's reading: the compromise mean is where the Nash solution goes as disagreement becomes a disaster."""

    @settings(max_examples=15, deadline=None)
    @given(st.integers(0, 10**6))
    def test_the_nash_solution_approaches_it_in_proportion_to_the_cost_of_disagreement(self, seed):
        bargain, rng = random_bargain(seed), np.random.default_rng(seed)
        care = rng.uniform(0.5, 3, bargain.weight.size)  # the sum of saliences
        power = rng.uniform(0.1, 1, care.size)
        pull = power[:, np.newaxis] * care[:, np.newaxis] * bargain.share
        cared = bargain.share.any(axis=0)
        mean = (pull * bargain.position).sum(axis=0)[cared] / pull.sum(axis=0)[cared]

        def missed(cost):
            far = dataclasses.replace(bargain, beyond=np.full(care.size, cost), weight=power * care)
            return np.abs(bargaining.solve(far, "nash").settlement[cared] - mean).max()

        assert missed(1e5) <= 2e-5
        assert missed(1e4) <= max(0.011 * missed(1e2), 1e-9)


class TestStuck:
    def test_between_two_positions_nothing_moves(self):
        bargain = random_bargain(0, parties=2, issues=1)
        low, high = np.sort(bargain.position[:, 0])
        for reference in np.linspace(low, high, 5):
            stuck = dataclasses.replace(bargain, distance=np.abs(reference - bargain.position), beyond=np.zeros(2))
            assert not any(SOLVE[power](stuck, which).issues.any() for power in (1, 2) for which in SOLUTIONS)

    def test_a_party_that_wants_no_change_holds_what_it_cares_about_and_nothing_else(self):
        # The third party stands at the reference points of the first issue; the other two both want to move the second.
        bargain = Bargain(
            position=np.array([[0.9, 0.8], [0.7, 0.6], [0.2, 0.0]]),
            share=np.array([[0.5, 0.5], [0.5, 0.5], [1.0, 0.0]]),
            distance=np.abs(np.array([0.2, 0.1]) - np.array([[0.9, 0.8], [0.7, 0.6], [0.2, 0.0]])),
            beyond=np.zeros(3),
            weight=np.ones(3),
        )
        for power in (1, 2):
            for which in SOLUTIONS:
                found = SOLVE[power](bargain, which)
                assert found.parties.tolist() == [True, True, False]
                assert np.isnan(found.settlement[0]) and 0.6 <= found.settlement[1] <= 0.8

    @pytest.mark.parametrize("away", [0.1, 1e-2, 1e-3, 1e-4])
    def test_a_reference_point_just_outside_the_positions_leaves_a_little_to_gain(self, away):
        position = np.array([[0.5], [0.6], [0.9]])
        bargain = Bargain(
            position=position,
            share=np.ones((3, 1)),
            distance=position - 0.5 + away,
            beyond=np.zeros(3),
            weight=np.ones(3),
        )
        for power in (1, 2):
            found = SOLVE[power](bargain, "nash").settlement[0]
            assert 0.5 - away < found < 0.5 + away  # the nearest party gains up to as far on its other side

    def test_gains_too_small_to_count_are_none(self):
        position = np.array([[0.5], [0.6]])
        bargain = Bargain(
            position=position,
            share=np.ones((2, 1)),
            distance=position - 0.5 + STUCK / 10,
            beyond=np.zeros(2),
            weight=np.ones(2),
        )
        assert not any(SOLVE[power](bargain, "nash").issues.any() for power in (1, 2))


class TestTies:
    def test_of_equally_good_agreements_the_nearest_to_the_compromise_mean_is_taken_and_all_are_shown(self):
        # Two issues that both value alike, opposed on both: only x1 + x2 matters. The compromise mean is the middle.
        bargain = Bargain(
            position=np.array([[0.0, 0.0], [1.0, 1.0]]),
            share=np.full((2, 2), 0.5),
            distance=np.ones((2, 2)),
            beyond=np.zeros(2),
            weight=np.ones(2),
        )
        for which in SOLUTIONS:
            found = bargaining_linear.solve(bargain, which)
            assert found.settlement == pytest.approx([0.5, 0.5], abs=1e-9)
            assert found.interval == pytest.approx(np.array([[0, 1], [0, 1]]), abs=1e-9)

    def test_with_weights_the_nearest_point_lies_off_the_mean(self):
        # Weights 3 to 1: the gains of the first, 1 - (x1 + x2) / 2, are 3/4: x1 + x2 = 1/2; compromise mean 1/4 each
        bargain = Bargain(
            position=np.array([[0.0, 0.0], [1.0, 1.0]]),
            share=np.full((2, 2), 0.5),
            distance=np.ones((2, 2)),
            beyond=np.zeros(2),
            weight=np.array([3.0, 1.0]),
        )
        found = bargaining_linear.solve(bargain, "nash")
        assert found.settlement == pytest.approx([0.25, 0.25], abs=1e-9)
        assert found.interval == pytest.approx(np.array([[0, 0.5], [0, 0.5]]), abs=1e-9)

    @settings(max_examples=20, deadline=None)
    @given(BARGAINS, st.sampled_from(SOLUTIONS))
    def test_the_ends_of_the_interval_enclose_the_settlement(self, bargain, which):
        found = bargaining_linear.solve(bargain, which)
        low, high = found.interval[found.issues].T
        assert (low <= found.settlement[found.issues] + 1e-9).all()
        assert (found.settlement[found.issues] <= high + 1e-9).all()


@settings(max_examples=20, deadline=None)
@given(MOVING, st.lists(st.sampled_from([1e-300, 1e-15, 1e-6, 1.0]), min_size=6, max_size=6))
def test_weights_of_very_different_size_are_no_obstacle(bargain, sizes):
    heavy = dataclasses.replace(bargain, weight=np.array(sizes[: bargain.weight.size]))
    for power in (1, 2):
        found = SOLVE[power](heavy, "nash")
        assert np.isfinite(found.settlement[found.issues]).all()
        inner = heavy.part(found.parties, found.issues)
        assert (gains(inner, found.settlement[found.issues], power=power) >= -1e-12).all()
    together, _, _ = solve_many(planes(heavy), heavy.beyond[None], heavy.weight[None], "nash")
    assert together[0] == pytest.approx(bargaining.solve(heavy, "nash").settlement, abs=1e-8, nan_ok=True)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_halving_the_interval_finds_the_nash_solution_of_one_issue_too(seed, coarse):
    bargain = random_bargain(seed, coarse=coarse, issues=1)
    alone = bargaining_linear.solve(bargain, "nash")
    columns = (bargain.position[:, 0], bargain.distance[:, 0], bargain.beyond, bargain.weight, bargain.share[:, 0] > 0)
    point, price = bargaining_linear.nash_on_one_issue(*(each[np.newaxis] for each in columns))
    assert point == pytest.approx(alone.settlement, abs=1e-12, nan_ok=True)
    assert price[0] == pytest.approx(np.nan_to_num(alone.price), rel=1e-8)
