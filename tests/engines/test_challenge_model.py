"""The challenge model: attitudes to risk, a second method, its compiled twin, and what must not matter."""

import dataclasses
import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.draws import Draws
from parley.engines import named
from parley.errors import UsageError
from parley.kernels.challenge import play
from parley.methods.challenge import (
    CHOICES,
    PEER,
    Rules,
    chances,
    closed,
    expected_utilities,
    one_round,
    repeats,
    risk_exponents,
    span_of,
    weighted_medians,
)
from tests import ec_cars
from tests.builders import tiny_scenario

PLACES = st.lists(
    st.tuples(st.sampled_from([0.0, 10, 25, 40, 50, 75, 90, 100]), st.floats(0.05, 1), st.floats(0.05, 1)),
    min_size=2,
    max_size=6,
)
RULES = st.builds(
    Rules,
    **{name: st.sampled_from(get_args(words)) for name, words in CHOICES.items()},
    status_quo=st.sampled_from([1.0, 0.7, 0.3, 0.0]),
)


def arrays(parties):
    return (np.array(column, dtype=np.float64) for column in zip(*parties, strict=True))


def test_the_attitudes_to_risk_of_the_first_round_are_those_of_the_replication():
    x, s, c = (np.array([row[k] for row in ec_cars.TABLE.values()], dtype=float) for k in (1, 2, 0))
    ones = np.ones(10)
    challenger, _ = expected_utilities(x, s, ones, chances(x, s * c, ones, 6.0, all_pairs=True), 6.0)
    wanted = [1.40565, 0.75420, 0.50886, 1.40565, 1.04652, 1.04652, 1.96490, 0.5, 2, 1.11212]
    threat = challenger.sum(axis=0) - np.diagonal(challenger)
    assert risk_exponents(threat, threat.max(), threat.min()) == pytest.approx(wanted, abs=0.00001)


def by_plain_loops(x, s, w, span, q, before):
    """What everybody expects of everybody with the default rules, written with nothing but `math`.

    Q is given, and so are the attitudes to risk where they are carried on from the round before.
    """
    n = len(x)
    places, half, middle = sorted((x[k], w[k]) for k in range(n)), math.fsum(w) / 2, []
    for k in range(n):
        reached = math.fsum(weight for _, weight in places[: k + 1])
        if reached >= half - 1e-12 and not middle:
            middle = [places[k][0]]
        if reached > half + 1e-12:
            middle.append(places[k][0])
            break
    median = sum(middle) / 2

    def vote(k, a, b, r):
        return w[k] * ((abs(x[k] - x[b]) / span) ** r[k] - (abs(x[k] - x[a]) / span) ** r[k])

    def chance(a, b, r):
        cast = math.fsum(abs(vote(k, i, j, r)) for k in range(n) for i in range(n) for j in range(n))
        return math.fsum(max(0.0, vote(k, a, b, r)) for k in range(n)) / cast if cast else 0.0

    def expects(viewer, attacker, defender, r):
        d, p, risk = abs(x[attacker] - x[defender]) / span, chance(attacker, defender, r), r[viewer]
        wins, loses, stays = 2 - 4 * (0.5 - d / 2) ** risk, 2 - 4 * (0.5 + d / 2) ** risk, 2 - 4 * 0.5**risk
        gained = s[defender] * (p * wins + (1 - p) * loses) + (1 - s[defender]) * wins
        to_median, to_other = abs(x[attacker] - median), abs(x[attacker] - x[defender])
        shift = (to_median + to_other) / span / 4
        changed = 2 - 4 * (0.5 - shift if to_median < to_other - 1e-9 else 0.5 + shift) ** risk
        return gained - q * stays - (1 - q) * changed

    ones = [1.0] * n
    threat = [math.fsum(expects(j, j, i, ones) for j in range(n) if j != i) for i in range(n)]
    most, least = max(threat), min(threat)
    if most - least <= 1e-12 * (1 + max(map(abs, threat))):
        r = ones
    else:
        risk = [(2 * each - most - least) / (most - least) for each in threat]
        r = [(1 - each / 3) / (1 + each / 3) for each in risk]
    r = before or r
    return [[(expects(i, i, j, r), expects(i, j, i, r)) for j in range(n)] for i in range(n)]


@settings(max_examples=25, deadline=None)
@given(PLACES, st.sampled_from([1.0, 0.6, 0.0]), st.booleans())
def test_a_program_written_another_way_expects_the_same(parties, q, carried):
    x, s, c = arrays(parties)
    if np.ptp(x) == 0:
        return
    before = np.linspace(0.5, 2, len(x)) if carried else None
    rules = Rules(status_quo=q, risk="carried" if carried else "recomputed")
    played = one_round(x, s, s * c, float(np.ptp(x)), rules, before=before)
    given_before = None if before is None else before.tolist()
    other = np.array(by_plain_loops(x.tolist(), s.tolist(), (s * c).tolist(), float(np.ptp(x)), q, given_before))
    off = ~np.eye(len(x), dtype=bool)
    assert played.challenger[off] == pytest.approx(other[..., 0][off], abs=1e-9)
    assert played.challenged[off] == pytest.approx(other[..., 1][off], abs=1e-9)


def history(x, s, w, rules, rounds):
    """Positions by round, by the readable formulas."""
    stands, before = [x], None
    for _ in range(rounds):
        played = one_round(stands[-1], s, w, span_of(x, stands[-1], rules), rules, before=before)
        before = played.exponent
        stands.append(played.position)
    return np.array(stands)


def compiled(x, s, w, rules, rounds):
    together = play(x[np.newaxis], s[np.newaxis], w[np.newaxis], rounds, rules.numbers, rules.status_quo)
    return together[0]


@settings(max_examples=100, deadline=None)
@given(PLACES, RULES)
def test_the_kernel_agrees_with_the_readable_formulas(parties, rules):
    x, s, c = arrays(parties)
    assert compiled(x, s, s * c, rules, 4) == pytest.approx(history(x, s, s * c, rules, 4), abs=1e-7)


def test_the_kernel_agrees_where_round_numbers_make_exact_ties():
    rng = np.random.default_rng(1)
    for _ in range(3000):
        count = rng.integers(2, 6)
        x = rng.choice([0.0, 25, 50, 75, 100], count)
        s, c = rng.choice([0.25, 0.5, 1.0], (2, count))
        words = {name: str(rng.choice(get_args(allowed))) for name, allowed in CHOICES.items()}
        rules = Rules(**words, status_quo=float(rng.choice([1.0, 0.5])))
        np.testing.assert_allclose(compiled(x, s, s * c, rules, 1), history(x, s, s * c, rules, 1), atol=1e-9)


@settings(max_examples=60, deadline=None)
@given(PLACES, RULES)
def test_nobody_leaves_the_range_of_the_first_positions(parties, rules):
    x, s, c = arrays(parties)
    stands = compiled(x, s, s * c, rules, 6)
    assert (stands >= x.min() - 1e-9).all()
    assert (stands <= x.max() + 1e-9).all()


@settings(max_examples=60, deadline=None)
@given(PLACES)
def test_the_offer_of_least_movement_is_never_further_away_than_the_one_by_kind(parties):
    x, s, c = arrays(parties)
    if np.ptp(x) == 0:
        return
    moves = {
        order: np.abs(one_round(x, s, s * c, float(np.ptp(x)), Rules(offers=order)).position - x)
        for order in ("by_kind", "least_movement")
    }
    assert (moves["least_movement"] <= moves["by_kind"] + 1e-9).all()


def test_a_party_that_would_rather_stay_is_not_compelled():
    """By hand, r = 1, P = 0 both ways without third parties' votes: b = 2d(1 - 2 s_i) > 0 > a = 2d(1 - 2 s_j)."""
    x, s, w = np.array([0.0, 100]), np.array([0.2, 0.9]), np.zeros(2)
    gives_in, stays = (one_round(x, s, w, 100.0, Rules(risk="off", compelled=each)) for each in ("gives_in", "stays"))
    assert gives_in.challenger[0, 1] == pytest.approx(2 * (1 - 2 * 0.9))
    assert gives_in.challenged[0, 1] == pytest.approx(2 * (1 - 2 * 0.2))
    assert (gives_in.kind[0], gives_in.position[0]) == (3, 100.0)
    assert (stays.kind[0], stays.position[0]) == (0, 0.0)


def test_who_expects_the_other_to_come_nearer_anyway_gains_less_by_a_challenge():
    """By hand, r = 1: i at 0, j at 100, the median at 20 (X = 100): better off by 4 (.25)(.2 + 1) = 1.2, with 1 - Q."""
    x, s = np.array([0.0, 100, 20]), np.array([0.5, 0.5, 0.5])
    sure, open_ = (
        expected_utilities(x, s, np.ones(3), np.zeros((3, 3)), 100.0, status_quo=q, median=20.0)[0] for q in (1, 0.25)
    )
    assert sure[0, 1] - open_[0, 1] == pytest.approx(0.75 * 1.2)
    # 0 faces 20, which is the median itself and would stay: no better off, so worse by 4 (.25)(.2 + .2) = .4
    assert sure[0, 2] - open_[0, 2] == pytest.approx(-0.75 * 0.4)


def test_talks_are_closed_once_the_median_hardly_moves():
    stands = np.array([[[0.0, 50, 100], [0, 60, 100], [0, 60.5, 100], [0, 90, 100]]])
    weight = np.array([[1.0, 1, 1]])
    kept, last = closed(stands, weight, 1.0)
    assert last.tolist() == [2]
    assert kept[0, 3].tolist() == [0, 60.5, 100]
    assert closed(stands, weight, 0.0)[1].tolist() == [3]


def test_talks_that_are_closed_early_end_where_the_longer_ones_stood():
    scenario, rng = ec_cars.scenario(), np.random.default_rng(0)
    engine = named("challenge_model", stop_change=1.0)
    short, long = engine.forecast(scenario, rng), named("challenge_model").forecast(scenario, rng)
    medians = long.data["round_median"].values[:, 0]
    last = 1 + np.flatnonzero(np.abs(np.diff(medians)) < 1)[0]
    assert short.data["last_round"].item() == last < 10
    assert short.data["settlement"].item() == pytest.approx(medians[last])
    many = engine.forecast_many(Draws.of_modes(scenario), [rng])
    assert many["settlement"].item() == pytest.approx(medians[last])
    detail = engine.detail(short)
    assert len(detail["rounds"]) == last + 1
    assert max(move["round"] for move in detail["moves"]) <= last


def test_the_preset_is_the_settings_that_it_stands_for():
    assert named("challenge_model", preset="peer").rules == named("challenge_model", **PEER).rules
    with pytest.raises(UsageError, match="compromise_rule"):
        named("challenge_model", preset="peer", compromise_rule="least_movement")


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


@pytest.mark.parametrize(
    "wrong",
    [
        {"rounds": -1},
        {"risk": "none"},
        {"votes": "all"},
        {"settlement": "mode"},
        {"status_quo": 1.5},
        {"stop_change": float("nan")},
        {"scale": "years"},
    ],
)
def test_a_setting_that_is_none_is_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        dataclasses.replace(named("challenge_model"), **wrong)
