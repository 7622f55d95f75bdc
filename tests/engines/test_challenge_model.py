"""The challenge model: attitudes to risk, a second method, its compiled twin, and what must not matter."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.engines import named
from parley.errors import UsageError
from parley.kernels.challenge import play
from parley.methods.challenge import (
    Rules,
    chances,
    expected_utilities,
    one_round,
    repeats,
    risk_exponents,
    weighted_medians,
)
from tests import ec_cars
from tests.builders import tiny_scenario

PLACES = st.lists(
    st.tuples(st.sampled_from([0.0, 10, 25, 40, 50, 75, 90, 100]), st.floats(0.05, 1), st.floats(0.05, 1)),
    min_size=2,
    max_size=6,
)


def arrays(parties):
    return (np.array(column, dtype=np.float64) for column in zip(*parties, strict=True))


def test_the_attitudes_to_risk_of_the_first_round_are_those_of_the_replication():
    x, s, c = (np.array([row[k] for row in ec_cars.TABLE.values()], dtype=float) for k in (1, 2, 0))
    ones = np.ones(10)
    challenger, _ = expected_utilities(x, s, ones, chances(x, s * c, ones, 6.0, all_pairs=True), 6.0)
    wanted = [1.40565, 0.75420, 0.50886, 1.40565, 1.04652, 1.04652, 1.96490, 0.5, 2, 1.11212]
    assert risk_exponents(challenger) == pytest.approx(wanted, abs=0.00001)


def by_plain_loops(x, s, w, span):
    """One round with the default rules, written party by party with nothing but `math`."""
    n = len(x)

    def vote(k, a, b, r):
        return w[k] * ((abs(x[k] - x[b]) / span) ** r[k] - (abs(x[k] - x[a]) / span) ** r[k])

    def chance(a, b, r):
        cast = math.fsum(abs(vote(k, i, j, r)) for k in range(n) for i in range(n) for j in range(n))
        return math.fsum(max(0.0, vote(k, a, b, r)) for k in range(n)) / cast if cast else 0.0

    def expects(viewer, attacker, defender, r):
        d, p, risk = abs(x[attacker] - x[defender]) / span, chance(attacker, defender, r), r[viewer]
        wins, loses, stays = 2 - 4 * (0.5 - d / 2) ** risk, 2 - 4 * (0.5 + d / 2) ** risk, 2 - 4 * 0.5**risk
        return s[defender] * (p * wins + (1 - p) * loses) + (1 - s[defender]) * wins - stays

    ones = [1.0] * n
    threat = [math.fsum(expects(j, j, i, ones) for j in range(n) if j != i) for i in range(n)]
    most, least = max(threat), min(threat)
    if most - least <= 1e-12 * (1 + max(map(abs, threat))):
        r = ones
    else:
        risk = [(2 * each - most - least) / (most - least) for each in threat]
        r = [(1 - each / 3) / (1 + each / 3) for each in risk]
    return [[(expects(i, i, j, r), expects(i, j, i, r)) for j in range(n)] for i in range(n)]


@settings(max_examples=25, deadline=None)
@given(PLACES)
def test_a_program_written_another_way_expects_the_same(parties):
    x, s, c = arrays(parties)
    if np.ptp(x) == 0:
        return
    played = one_round(x, s, s * c, float(np.ptp(x)), Rules())
    other = np.array(by_plain_loops(x.tolist(), s.tolist(), (s * c).tolist(), float(np.ptp(x))))
    off = ~np.eye(len(x), dtype=bool)
    assert played.challenger[off] == pytest.approx(other[..., 0][off], abs=1e-9)
    assert played.challenged[off] == pytest.approx(other[..., 1][off], abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(PLACES, st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()))
def test_the_kernel_agrees_with_the_readable_formulas(parties, flags):
    x, s, c = arrays(parties)
    names = ("all_pairs", "own_risk_in_votes", "least_movement", "recomputed_risk")
    rules = Rules(**dict(zip(names, flags, strict=True)))
    history, span = [x], float(np.ptp(x))
    for _ in range(4):
        history.append(one_round(history[-1], s, s * c, span, rules).position)
    together = play(x[np.newaxis], s[np.newaxis], (s * c)[np.newaxis], 4, flags)[0]
    assert together == pytest.approx(np.array(history), abs=1e-7)


def test_the_kernel_agrees_where_round_numbers_make_exact_ties():
    rng, names = np.random.default_rng(1), ("all_pairs", "own_risk_in_votes", "least_movement", "recomputed_risk")
    for _ in range(3000):
        count = rng.integers(2, 6)
        x = rng.choice([0.0, 25, 50, 75, 100], count)
        s, c = rng.choice([0.25, 0.5, 1.0], (2, count))
        flags = tuple(bool(flag) for flag in rng.integers(0, 2, 4))
        moved = one_round(x, s, s * c, float(np.ptp(x)), Rules(**dict(zip(names, flags, strict=True)))).position
        together = play(x[np.newaxis], s[np.newaxis], (s * c)[np.newaxis], 1, flags)[0, 1]
        np.testing.assert_allclose(together, moved, atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(PLACES)
def test_nobody_leaves_the_range_of_the_first_positions(parties):
    x, s, c = arrays(parties)
    history = play(x[np.newaxis], s[np.newaxis], (s * c)[np.newaxis], 6, (True, True, False, True))
    assert (history >= x.min() - 1e-9).all()
    assert (history <= x.max() + 1e-9).all()


def test_a_longer_scale_with_the_same_years_gives_the_same_years():
    engine = named("challenge_model")
    short, long = (
        engine.forecast(ec_cars.scenario(0 if far else 4, 20 if far else 10), np.random.default_rng(0))
        for far in (0, 1)
    )
    years = [4 + 6 * short.data["settlement"].item() / 100, 20 * long.data["settlement"].item() / 100]
    assert years[0] == pytest.approx(years[1], abs=1e-9)


def test_where_all_stand_together_nobody_moves():
    table = {name: (c, 7, s) for name, (c, _, s) in ec_cars.TABLE.items()}
    data = named("challenge_model").forecast(ec_cars.scenario(table=table), np.random.default_rng(0)).data
    assert data["settlement"].item() == pytest.approx(50.0)
    assert data["moved"].item() == 0
    assert data["cycle_length"].item() == 1


def test_positions_that_come_back_are_called_a_circle():
    history = np.array([[[0.0, 9], [1, 9], [2, 9], [1, 9], [2, 9]], [[0.0, 9], [1, 9], [2, 9], [3, 9], [4, 9]]])
    first, length = repeats(history)
    assert (first[0], length.tolist()) == (1.0, [2.0, 0.0])
    assert np.isnan(first[1])


def test_the_case_of_the_cars_never_comes_to_rest():
    data = named("challenge_model", rounds=300).forecast(ec_cars.scenario(), np.random.default_rng(0)).data
    assert data["cycle_length"].item() != 1
    assert np.ptp(data["round_median"].values[-8:]) > 40


def test_a_median_of_two_equal_weights_lies_between_them():
    assert weighted_medians(np.array([20.0, 60.0]), np.array([0.5, 0.5])) == pytest.approx(40.0)


def test_without_rounds_it_is_the_median_voter():
    scenario, rng = tiny_scenario(), np.random.default_rng(0)
    here = named("challenge_model", rounds=0).forecast(scenario, rng).data["settlement"].values
    assert here == pytest.approx(named("median_voter").forecast(scenario, rng).data["settlement"].values)


@pytest.mark.parametrize("wrong", [{"rounds": -1}, {"risk": "none"}, {"votes": "all"}, {"settlement": "mode"}])
def test_a_setting_that_is_none_is_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        dataclasses.replace(named("challenge_model"), **wrong)
