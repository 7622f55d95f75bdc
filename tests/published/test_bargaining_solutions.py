"""Textbook bargains whose solutions follow by hand: a pie to divide, and two goods that two people value differently.

The rules are those that every textbook gives (Osborne and Rubinstein 1990, ch. 2; Muthoo 1999, ch. 2; Thomson's chapter
in the Handbook of Game Theory, 1994); the books were not at hand, so that each number is worked out in its test.
"""

import numpy as np
import pytest

from parley.methods import bargaining, bargaining_linear
from parley.methods.bargaining import Bargain
from parley.methods.bargaining_many import solve_many

SOLUTIONS = ("nash", "kalai_smorodinsky", "egalitarian")


def pie(keeps=(0.0, 0.0), weight=(1.0, 1.0)):
    """A pie of 1: the settlement is the first side's part; without agreement each side keeps so much of it."""
    first, second = keeps
    return Bargain(
        position=np.array([[1.0], [0.0]]),
        share=np.ones((2, 1)),
        distance=np.array([[1.0 - first], [1.0 - second]]),
        beyond=np.zeros(2),
        weight=np.array(weight),
    )


def two_goods(first, second):
    """Two goods to give away; both want all of both, and value the first at so much and the other at the rest."""
    return Bargain(
        position=np.array([[1.0, 1.0], [0.0, 0.0]]),
        share=np.array([[first, 1 - first], [second, 1 - second]]),
        distance=np.ones((2, 2)),
        beyond=np.zeros(2),
        weight=np.ones(2),
    )


@pytest.mark.parametrize("which", SOLUTIONS)
def test_two_equals_divide_a_pie_in_halves(which):
    assert bargaining_linear.solve(pie(), which).settlement == pytest.approx([0.5], abs=1e-12)


def test_the_nash_solution_splits_the_difference():
    # What is left after each has what it keeps, 1 - 0.3 - 0.1 = 0.6, is halved: 0.3 + 0.3
    assert bargaining_linear.solve(pie(keeps=(0.3, 0.1)), "nash").settlement == pytest.approx([0.6], abs=1e-12)


def test_with_weights_the_rest_is_divided_in_their_proportion():
    # 0.3 + 0.6 x 3 / 4
    found = bargaining_linear.solve(pie(keeps=(0.3, 0.1), weight=(3, 1)), "nash").settlement
    assert found == pytest.approx([0.75], abs=1e-12)


@pytest.mark.parametrize("shuns", [0.5, 0.25, 0.1])
def test_who_shuns_risk_gets_less(shuns):
    # Utilities m and m ** shuns: x (1 - x) ** shuns is largest at x = 1 / (1 + shuns), as if `shuns` were a weight
    assert bargaining_linear.solve(pie(weight=(1, shuns)), "nash").settlement == pytest.approx([1 / (1 + shuns)])


def test_two_who_keep_more_than_there_is_do_not_agree():
    assert not bargaining_linear.solve(pie(keeps=(0.6, 0.6)), "nash").issues.any()


def test_the_nash_solution_gives_each_the_good_that_it_values_more():
    # The frontier runs (1, 0), (.8, .7), (0, 1) in payoffs. Along 1 - .375 u the product u (1 - .375 u) still rises at
    # u = .8 (slope 1 - .75 x .8 = .4), along .7 - 3.5 (u - .8) it falls at once: the corner, .8 x .7, is largest.
    bargain = two_goods(0.8, 0.3)
    found = bargaining_linear.solve(bargain, "nash")
    assert found.settlement == pytest.approx([1, 0], abs=1e-12)
    assert bargaining.gains(bargain, found.settlement, power=1) == pytest.approx([0.8, 0.7])


@pytest.mark.parametrize("which", ["kalai_smorodinsky", "egalitarian"])
def test_of_two_goods_equal_gains_leave_the_first_side_a_little_less_than_one(which):
    # u = 1 - .375 u at u = 8 / 11: the first side gets .8 x = 8 / 11, x = 10 / 11 of its good
    found = bargaining_linear.solve(two_goods(0.8, 0.3), which)
    assert found.settlement == pytest.approx([10 / 11, 0], abs=1e-12)


def test_equal_shares_of_ideal_gains_differ_from_equal_gains():
    # The first side keeps 0.5: gains x - .5 and 1 - x, ideal gains .5 and .5: x = .75 either way. If besides it loses
    # .25 by disagreement, its gains are x - .25 with ideal .75, the other's 1 - x with ideal .75 (the first never loses
    # from x = .25 on): x - .25 = 1 - x, x = .625. If the other's payoffs count double, equal gains change, equal shares
    # do not: x - .25 = 2 (1 - x), x = .75.
    kept = pie(keeps=(0.5, 0.0))
    assert bargaining_linear.solve(kept, "kalai_smorodinsky").settlement == pytest.approx([0.75])
    hurt = Bargain(
        position=kept.position,
        share=np.array([[1.0], [2.0]]),
        distance=kept.distance,
        beyond=np.array([0.25, 0.0]),
        weight=kept.weight,
    )
    assert bargaining_linear.solve(hurt, "kalai_smorodinsky").settlement == pytest.approx([0.625])
    assert bargaining_linear.solve(hurt, "egalitarian").settlement == pytest.approx([0.75])


def test_a_third_who_gains_little_at_most_does_not_keep_the_others_from_gaining_more():
    # The first two divide a pie; the third cares for something else alone, of which it lacks a tenth. The smallest gain
    # cannot be raised above .1, which is the third's; then that of the other two is raised to a half each.
    bargain = Bargain(
        position=np.array([[1.0, 0], [0, 0], [0, 1]]),
        share=np.array([[1.0, 0], [1, 0], [0, 1]]),
        distance=np.array([[1.0, 0], [1, 0], [0, 0.1]]),
        beyond=np.zeros(3),
        weight=np.ones(3),
    )
    found = bargaining_linear.solve(bargain, "egalitarian")
    assert bargaining.gains(bargain, found.settlement, power=1) == pytest.approx([0.5, 0.5, 0.1])


def test_two_who_shun_risk_and_weigh_two_to_one_meet_at_the_root_of_a_cubic():
    # (1 - x^2)^2 (1 - (1 - x)^2) is largest where 3 x^3 - 5 x^2 - x + 1 = 0
    root = next(x.real for x in np.roots([3, -5, -1, 1]) if 0 < x.real < 1)
    bargain = pie(weight=(1, 2))
    assert bargaining.solve(bargain, "nash").settlement == pytest.approx([root], abs=1e-13)
    planes = np.stack([bargain.position, bargain.share, bargain.distance])[np.newaxis]
    together, _, _ = solve_many(planes, bargain.beyond[np.newaxis], bargain.weight[np.newaxis], "nash")
    assert together[0] == pytest.approx([root], abs=1e-13)
