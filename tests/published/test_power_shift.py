"""War because power shifts: the numbers of the one-shift inequality, and a second solver in exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.methods.power_shift import bargain_each_round, critical_power, least_guarantee


def exact_chain(power, discount, destroyed, penalty):
    """R's and D's values and who fights, round by round, as a reader of the rules would work them out."""
    endless = 1 / (1 - discount)

    def war(t):
        return (1 - destroyed) * power[t] * endless - (penalty if t else 0), (1 - destroyed) * (1 - power[t]) * endless

    last = len(power) - 1
    lasting = max(war(last)[0], Fraction(0))
    ahead, found = (lasting, endless - lasting), []
    for t in range(last, -1, -1):
        share = max(Fraction(0), war(t)[0] - discount * ahead[0])
        peace = (share + discount * ahead[0], 1 - share + discount * ahead[1])
        fights = share > 1 or war(t)[1] > peace[1]
        ahead = war(t) if fights else peace
        found.append((ahead, fights))
    return found[::-1]


@pytest.mark.parametrize(
    ("destroyed", "discount", "critical"), [(0.2, 0.95, 0.578947), (0.1, 0.95, 0.432749), (0.2, 0.8, 0.6875)]
)
def test_one_shift_brings_war_above_the_critical_power(destroyed, discount, critical):
    """Powell (2006): d M_R' - M_R > 1 / (1 - d) - M_R - M_D, with p = .3: p' above (p + s / (1 - s)) / d."""
    found = critical_power(0.3, discount=discount, destroyed=destroyed)
    assert found == pytest.approx(critical, abs=5e-7)
    for after, lasts in ((found - 1e-6, None), (found, None), (found + 1e-6, 0)):
        chain = bargain_each_round(np.array([0.3, after]), discount=discount, destroyed=destroyed)
        assert chain.lasts == lasts


@pytest.mark.parametrize(("after", "discount", "lasts"), [(0.6, 0.95, 0), (0.5, 0.95, None), (0.6, 0.8, None)])
def test_patience_makes_preventive_war_more_likely(after, discount, lasts):
    """p = .3, s = .2: at d = .95 a rise to .6 brings war and one to .5 does not; at d = .8 the rise to .6 does not."""
    assert bargain_each_round(np.array([0.3, after]), discount=discount, destroyed=0.2).lasts == lasts


def test_the_least_guarantee_of_one_shift_is_what_the_shift_exceeds_the_surplus_by():
    """g = max(0, d M_R' - M_R - surplus) / d = (9.12 - 4.8 - 4) / .95 for p = .3, p' = .6, s = .2, d = .95."""
    power, game = np.array([0.3, 0.6]), {"discount": 0.95, "destroyed": 0.2}
    found = least_guarantee(power, **game)
    assert found == pytest.approx(0.32 / 0.95, rel=1e-12)
    assert bargain_each_round(power, penalty=found, **game).lasts is None
    assert bargain_each_round(power, penalty=found - 1e-6, **game).lasts == 0
    assert bargain_each_round(power, **game).slack[0] == pytest.approx(-0.32)


def test_two_shifts_bring_war_where_neither_does_by_itself():
    """.3, .45, .62: d M_R(1) = 6.84 <= 8.8 and d M_R(2) = 9.424 <= 11.2, but d d M_R(2) = 8.953 > 8.8."""
    both = bargain_each_round(np.array([0.3, 0.45, 0.62]), discount=0.95, destroyed=0.2)
    assert both.lasts == 0
    assert both.slack == pytest.approx([8.8 - 0.95**2 * 9.92, 11.2 - 0.95 * 9.92, 20 - 0.8 * 0.38 * 20 - 0.95 * 9.92])
    for pair in ([0.3, 0.45], [0.45, 0.62]):
        assert bargain_each_round(np.array(pair), discount=0.95, destroyed=0.2).lasts is None


def test_a_side_that_falls_too_fast_fights_before_its_fall():
    """From .9 to .1 at s = .1, d = .9: R secures 8.1 and gets .81 later, so it asks 7.29 of a round that yields 1."""
    chain = bargain_each_round(np.array([0.9, 0.1]), discount=0.9, destroyed=0.1)
    assert chain.lasts == 0
    assert chain.shares[0] == pytest.approx(8.1 - 0.9 * 0.9)
    assert chain.room[0] == pytest.approx(1 - 7.29)
    assert least_guarantee(np.array([0.9, 0.1]), discount=0.9, destroyed=0.1) == np.inf


def test_a_guarantee_can_be_too_large():
    """.3 to .6 as before: the least guarantee is .337; with 9.6, R gets nothing later and asks 4.8 at once."""
    power = np.array([0.3, 0.6])
    assert bargain_each_round(power, discount=0.95, destroyed=0.2, penalty=9.6).lasts == 0


tenths = st.integers(0, 10).map(lambda n: Fraction(n, 10))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(tenths, min_size=1, max_size=5),
    st.sampled_from([Fraction(1, 2), Fraction(4, 5), Fraction(19, 20)]),
    st.sampled_from([Fraction(0), Fraction(1, 10), Fraction(1, 5)]),
    st.integers(0, 12).map(lambda n: Fraction(n, 4)),
)
def test_recursion_in_exact_fractions_agrees(power, discount, destroyed, penalty):
    expected = exact_chain(power, discount, destroyed, penalty)
    chain = bargain_each_round(
        np.array([float(p) for p in power]),
        discount=float(discount),
        destroyed=float(destroyed),
        penalty=float(penalty),
    )
    for t, (values, fights) in enumerate(expected):
        assert chain.values[:, t] == pytest.approx([float(each) for each in values], rel=1e-12, abs=1e-11)
        assert chain.fights[t] == fights


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=5), st.sampled_from([0.5, 0.8, 0.95]), st.sampled_from([0.05, 0.2])
)
def test_no_smaller_guarantee_than_the_least_keeps_the_peace(power, discount, destroyed):
    power, game = np.array(power), {"discount": discount, "destroyed": destroyed}
    least = least_guarantee(power, **game)
    tried = np.linspace(0, 1.2 / (1 - discount), 60)
    peaceful = [g for g in tried if bargain_each_round(power, penalty=g, **game).lasts is None]
    assert all(g >= least - 1e-9 for g in peaceful)
    if least < np.inf:
        assert bargain_each_round(power, penalty=least, **game).lasts is None


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.sampled_from([0.5, 0.8, 0.95]), st.sampled_from([0.05, 0.2]))
def test_with_one_rise_the_recursion_is_the_inequality(now, later, discount, destroyed):
    low, high = sorted((now, later))
    endless = 1 / (1 - discount)
    shift = (1 - destroyed) * endless * (discount * high - low)
    surplus = endless * destroyed
    if abs(shift - surplus) > 1e-9:
        chain = bargain_each_round(np.array([low, high]), discount=discount, destroyed=destroyed)
        assert (chain.lasts == 0) == (shift > surplus)
