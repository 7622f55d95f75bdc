"""The exchange model: equal gains, a second method, its compiled twin, and what must not matter."""

import dataclasses
import json

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parley.domain.draws import Draws
from parley.domain.issue import Scale
from parley.engines import named
from parley.ensembles.output import in_units
from parley.errors import EngineError, UsageError
from parley.kernels.exchange import trade
from parley.methods.exchange import Table, next_positions, one_round
from parley.methods.exchange_terms import Dice, Rules, largest_gains
from tests import exchange_cases as cases
from tests.builders import tiny_scenario

SEEDS = st.integers(0, 2**32 - 1)
FLAGS = ("current_outcome", "left_at_outcome", "once", "capped", "partly", "random_ties")


def drawn(seed, *, plain=False):
    """Positions, saliences and weights of a few parties on a few issues; round numbers and gaps unless `plain`."""
    rng = np.random.default_rng(seed)
    shape = rng.integers(2, 7), rng.integers(2, 5)
    if plain:
        x, s, c = rng.uniform(0, 100, shape), rng.uniform(0.05, 1, shape), rng.uniform(0.1, 1, shape[0])
        return x, s, s * c[:, np.newaxis]
    x = rng.choice([0.0, 25, 50, 75, 100], shape) if seed % 2 else rng.uniform(0, 100, shape)
    s = rng.choice([0, 0.25, 0.5, 1], shape) if seed % 3 else rng.uniform(0, 1, shape)
    gone = rng.random(shape) < 0.15
    x[gone], s[gone] = np.nan, 0
    return x, s, s * rng.choice([0, 0.25, 0.5, 1], shape[0])[:, np.newaxis]


def played(x, s, w, rules, rounds=1, seed=0):
    """Votes, number of trades, and gains by party and kind, by the readable formulas."""
    dice, count, votes = Dice(seed), 0, x
    own, felt = np.zeros(len(x)), np.zeros((len(x), 4))
    for t in range(rounds):
        x = next_positions(x, votes, s, rules) if t else x
        votes, trades = one_round(x, s, w, rules, dice)
        count += len(trades)
        for each in trades:
            own[[each.i, each.j]] += each.gains
            for kind in range(4):
                felt[each.effect == kind + 1, kind] += each.external[each.effect == kind + 1]
    return votes, count, own, felt


def compiled(x, s, w, rules, rounds=1, seed=0):
    chosen = tuple(getattr(rules, name) for name in FLAGS)
    seeds = np.array([seed], dtype=np.uint64)
    result = trade(x[np.newaxis], s[np.newaxis], w[np.newaxis], rounds, (chosen, rules.randomness), seeds)
    return tuple(each[0] for each in result)


def outcome(votes, w):
    return (w * np.nan_to_num(votes)).sum(axis=0) / w.sum(axis=0)


def test_two_parties_trade_as_worked_out_by_hand():
    """Issue 1 shifts by 100 / 7 to 100, issue 2 by half of that; each gains 90 / 14 - 10 / 7 = 5."""
    x, s = np.array([[0.0, 0], [100, 100]]), np.array([[0.1, 0.9], [0.6, 0.5]])
    votes, trades = one_round(x, s, s, Rules(), Dice(0))
    assert votes == pytest.approx(np.array([[100, 0], [100, 80]]))
    assert len(trades) == 1
    assert trades[0].gains == pytest.approx((5, 5))
    assert outcome(votes, s) == pytest.approx([100, 100 * 0.8 * 0.5 / 1.4])


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_best_trade_of_two_parties_is_the_one_that_a_search_over_all_moves_finds(seed):
    """Of all moves on a grid at which both gain nearly the same, none gains more."""
    rng = np.random.default_rng(seed)
    x = np.array([rng.uniform(0, 40, 2), rng.uniform(60, 100, 2)])
    s = rng.uniform(0.1, 1, (2, 2))
    votes, trades = one_round(x, s, s, Rules(), Dice(0))
    base = outcome(x, s)
    steps = np.linspace(0, 1, 201)
    best = 0.0
    for i in range(2):
        first, second = x[i, 0] + steps * (x[1 - i, 0] - x[i, 0]), x[1 - i, 1] + steps * (x[i, 1] - x[1 - i, 1])
        moved = [s[i, 0] * (first - x[i, 0]) / s[:, 0].sum(), s[1 - i, 1] * (second - x[1 - i, 1]) / s[:, 1].sum()]
        shifts = np.meshgrid(np.abs(moved[0]), np.abs(moved[1]), indexing="ij")
        gain_i = s[i, 1] * shifts[1] - s[i, 0] * shifts[0]
        gain_j = s[1 - i, 0] * shifts[0] - s[1 - i, 1] * shifts[1]
        inside = (shifts[0] <= abs(x[1 - i, 0] - base[0])) & (shifts[1] <= abs(x[i, 1] - base[1]))
        best = max(best, np.where(inside, np.minimum(gain_i, gain_j), 0).max())
    found = trades[0].gains[0] if trades else 0.0
    assert found >= best - 1e-9
    assert found <= best + 1.5


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_both_parties_of_a_trade_truly_gain_the_same(seed):
    """Replayed vote by vote, each trade brings both as much nearer to what they want as it says."""
    x, s, w = drawn(seed, plain=True)
    votes = x.copy()
    for each in one_round(x, s, w, Rules(), Dice(0))[1]:
        before = outcome(votes, w)
        assert (votes[each.i, each.p], votes[each.j, each.q]) == pytest.approx(each.begin)
        votes[each.i, each.p], votes[each.j, each.q] = each.end
        gained = (s * (np.abs(before - x) - np.abs(outcome(votes, w) - x))).sum(axis=1)
        assert gained[each.i] == pytest.approx(gained[each.j], abs=1e-7)
        assert gained[each.i] == pytest.approx(each.gain, abs=1e-7)
        assert each.gain > 0
        assert gained == pytest.approx(each.external, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_what_everybody_gains_adds_up_to_how_much_nearer_the_outcomes_came(seed):
    x, s, w = drawn(seed, plain=True)
    votes, _, own, felt = played(x, s, w, Rules())
    nearer = (s * (np.abs(outcome(x, w) - x) - np.abs(outcome(votes, w) - x))).sum(axis=1)
    assert own + felt.sum(axis=1) == pytest.approx(nearer, abs=1e-7)
    assert (own >= 0).all()
    assert (felt[:, [0, 2]] >= 0).all()
    assert (felt[:, [1, 3]] <= 0).all()


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.tuples(*[st.booleans()] * 6), st.sampled_from([0.0, 0.3, 1.0]))
@example(388965, (False,) * 6, 0.0).via("an outcome that reaches the demander's position exactly")
def test_the_kernel_agrees_with_the_readable_formulas(seed, flags, randomness):
    rules = Rules(**dict(zip(FLAGS, flags, strict=True)), randomness=randomness)
    x, s, w = drawn(seed)
    for found, wanted in zip(compiled(x, s, w, rules, 3, seed), played(x, s, w, rules, 3, seed), strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-7)


@pytest.mark.parametrize("name", ["copenhagen", "sample"])
@pytest.mark.parametrize("rules", [Rules(), Rules(randomness=0.5, random_ties=True)], ids=["equal", "drawn"])
def test_the_kernel_agrees_with_the_readable_formulas_on_a_full_case(name, rules):
    _, _, x, s, w = cases.table(name)
    for found, wanted in zip(compiled(x, s, w, rules, 2, 7), played(x, s, w, rules, 2, 7), strict=True):
        np.testing.assert_allclose(found, wanted, atol=1e-7)


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.tuples(*[st.booleans()] * 6), st.sampled_from([0.0, 1.0]))
def test_nobody_votes_beyond_the_outermost_positions(seed, flags, randomness):
    x, s, w = drawn(seed)
    votes = compiled(x, s, w, Rules(**dict(zip(FLAGS, flags, strict=True)), randomness=randomness), 4, seed)[0]
    assert (np.isnan(votes) == np.isnan(x)).all()
    for d in np.flatnonzero((~np.isnan(x)).any(axis=0)):
        low, high = np.nanmin(x[:, d]) - 1e-7, np.nanmax(x[:, d]) + 1e-7
        assert np.nanmin(votes[:, d]) >= low
        assert np.nanmax(votes[:, d]) <= high


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_it_does_not_matter_in_what_order_parties_and_issues_are_listed(seed):
    x, s, w = drawn(seed, plain=True)
    rng = np.random.default_rng(seed)
    order = np.ix_(rng.permutation(x.shape[0]), rng.permutation(x.shape[1]))
    votes, shuffled = compiled(x, s, w, Rules())[0], compiled(x[order], s[order], w[order], Rules())[0]
    assert shuffled == pytest.approx(votes[order], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_it_does_not_matter_which_end_of_a_scale_is_called_zero(seed):
    x, s, w = drawn(seed, plain=True)
    turned = x.copy()
    turned[:, 0] = 100 - turned[:, 0]
    votes, mirrored = compiled(x, s, w, Rules())[0], compiled(turned, s, w, Rules())[0]
    assert mirrored[:, 0] == pytest.approx(100 - votes[:, 0], abs=1e-6)
    assert mirrored[:, 1:] == pytest.approx(votes[:, 1:], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.floats(0.2, 5))
def test_the_unit_of_capability_does_not_matter(seed, unit):
    x, s, w = drawn(seed, plain=True)
    assert compiled(x, s, w * unit, Rules())[0] == pytest.approx(compiled(x, s, w, Rules())[0], abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_nobody_trades_where_all_parties_weigh_the_issues_alike(seed):
    x, _, _ = drawn(seed, plain=True)
    rng = np.random.default_rng(seed)
    s = np.outer(rng.uniform(0.1, 1, x.shape[0]), rng.uniform(0.1, 1, x.shape[1]))
    votes, count, *_ = compiled(x, s, s, Rules())
    assert count == 0
    assert (votes == x).all()


def test_nobody_trades_who_stands_on_the_same_side_of_an_issue():
    x, s = np.array([[0.0, 0], [20, 100], [100, 50]]), np.array([[0.1, 0.9], [0.9, 0.1], [1, 0]])
    assert compiled(x, s, s, Rules())[1] == 0


def test_the_trade_with_the_highest_gain_comes_first():
    _, _, x, s, w = cases.table("copenhagen")
    start = Table(position=x, salience=s, weight=w, rules=Rules())
    gains = [offer.gain for offer in start.offers() if start.priced(offer)]
    assert one_round(x, s, w, Rules(), Dice(0))[1][0].gain == max(gains)


def test_a_party_that_supplies_once_does_not_supply_the_same_issue_again_in_a_round():
    _, _, x, s, w = cases.table("copenhagen")
    supplied = {}
    for once in (False, True):
        trades = one_round(x, s, w, Rules(once=once), Dice(0))[1]
        supplied[once] = [pair for each in trades for pair in ((each.i, each.p), (each.j, each.q))]
    assert len(supplied[True]) == len(set(supplied[True]))
    assert len(supplied[False]) > len(set(supplied[False]))


def test_a_party_exactly_at_the_outcome_trades_only_if_it_counts_as_left_of_it():
    x, s = np.array([[50.0, 0], [100, 100], [0, 50]]), np.array([[0.2, 0.9], [0.9, 0.2], [0.9, 0]])
    assert outcome(x, s)[0] == pytest.approx(50)
    assert compiled(x, s, s, Rules())[1] == 0
    assert compiled(x, s, s, Rules(left_at_outcome=True))[1] == 1


def test_positions_that_follow_votes_in_part_follow_the_less_the_more_a_party_cares():
    x, votes, s = np.array([[0.0, 0, 0]]), np.array([[100.0, 100, 100]]), np.array([[0, 0.5, 1]])
    assert next_positions(x, votes, s, Rules(partly=True)) == pytest.approx(np.array([[50, 30, 10]]))
    assert (next_positions(x, votes, s, Rules()) == votes).all()


def test_of_two_trades_with_equal_gains_chance_makes_one_or_the_other():
    x, s = np.array([[0.0, 0], [100, 100], [100, 100]]), np.array([[0.1, 0.9], [0.6, 0.5], [0.6, 0.5]])
    firsts = [one_round(x, s, s, Rules(random_ties=True), Dice(seed))[1][0] for seed in range(200)]
    share = np.mean([1 in (each.i, each.j) for each in firsts])
    assert 0.35 < share < 0.65
    listed = one_round(x, s, s, Rules(), Dice(0))[1][0]
    assert 1 in (listed.i, listed.j)


def test_chance_divides_a_gain_between_nothing_and_the_most_that_a_party_can_get():
    x, s = np.array([[0.0, 0], [100, 100]]), np.array([[0.1, 0.9], [0.6, 0.5]])
    most = largest_gains((0.1, 0.9), (0.6, 0.5), (100 / 7, 250 / 7))
    assert most == pytest.approx((14, 7.777778), abs=1e-6)
    gains = np.array([one_round(x, s, s, Rules(randomness=1), Dice(k))[1][0].gains for k in range(400)])
    assert (gains >= -1e-9).all()
    assert (gains <= np.array(most) + 1e-9).all()
    assert gains.max(axis=0) == pytest.approx(most, rel=0.1)
    assert gains.min(axis=0) == pytest.approx([0, 0], abs=0.5)


def test_a_little_chance_leaves_the_gains_near_the_equal_ones():
    x, s = np.array([[0.0, 0], [100, 100]]), np.array([[0.1, 0.9], [0.6, 0.5]])
    gains = [one_round(x, s, s, Rules(randomness=1e-6), Dice(k))[1][0].gains for k in range(50)]
    assert np.array(gains) == pytest.approx(np.full((50, 2), 5.0), abs=1e-4)
    assert np.ptp(gains) > 0


def test_each_draw_has_its_own_chance_and_the_same_generator_gives_the_same_answer():
    engine, scenario = named("exchange_model", randomness=1.0, preset="peer"), cases.case("sample")
    draws = Draws.of_modes(scenario)
    one, again, other = (
        engine.forecast_many(draws, [np.random.default_rng(seed)])["settlement"].values[0] for seed in (1, 1, 2)
    )
    alone = engine.forecast(scenario, np.random.default_rng(1)).data["settlement"].values
    assert (one == again).all()
    assert np.abs(one - other).max() > 0.01
    assert alone == pytest.approx(one, abs=1e-9)


def test_without_rounds_or_with_a_single_issue_it_is_the_compromise_model():
    rng, scenario = np.random.default_rng(0), tiny_scenario()
    compromise = named("compromise_model").forecast(scenario, rng).data["settlement"].values
    assert named("exchange_model", rounds=0).forecast(scenario, rng).data["settlement"].values == pytest.approx(
        compromise
    )
    single = cases.scenario(["a", "b"], ["one"], np.array([[0.0], [100]]), np.array([[0.2], [0.6]]), [1, 1])
    data = named("exchange_model", rounds=5).forecast(single, rng).data
    assert data["settlement"].item() == pytest.approx(75)
    assert data["exchanges"].item() == 0
    assert data.sizes["trade"] == 0


def test_after_a_round_without_a_trade_nothing_changes():
    x, s = np.array([[0.0, 0], [100, 100]]), np.array([[0.1, 0.9], [0.6, 0.5]])
    scenario = cases.scenario(["a", "b"], ["one", "two"], x, s, [1, 1])
    data = named("exchange_model", rounds=5).forecast(scenario, np.random.default_rng(0)).data
    votes = data["round_position"].values
    assert votes.shape[0] == 6
    assert data["trade_round"].values.tolist() == [1]
    assert (votes[1:] == votes[1]).all()


@pytest.mark.parametrize("tiny", [5e-324, 1e-310, 1e-160])
def test_interests_next_to_nothing_stop_neither_path(tiny):
    x, s = np.array([[0.0, 0], [100, 100], [0, 100]]), np.array([[tiny, 1.0], [1, tiny], [tiny, tiny]])
    for first, second in ((s, s), (s[:, ::-1], s), (s, s * np.array([[1e-5], [1], [1]]))):
        found, wanted = compiled(x, first, second, Rules(), 2), played(x, first, second, Rules(), 2)
        np.testing.assert_allclose(found[0], wanted[0], atol=1e-7)
        assert found[1] == wanted[1]


def test_issues_on_which_nobody_or_nobody_with_power_cares_are_told():
    x = np.array([[0.0, 10, np.nan], [100, 90, np.nan]])
    s = np.array([[0.2, 0.9, 0], [0.9, 0.2, 0]])
    empty = cases.scenario(["a", "b"], ["one", "two", "three"], x, s, [1, 1])
    data = named("exchange_model").forecast(empty, np.random.default_rng(0)).data
    assert np.isnan(data["settlement"].values[2])
    assert data["exchanges"].item() == 1
    powerless = cases.scenario(["a", "b"], ["one", "two", "three"], x, s, [0, 0])
    with pytest.raises(EngineError, match="no party with capability cares about 2"):
        named("exchange_model").forecast(powerless, np.random.default_rng(0))


def test_the_detail_tells_rounds_trades_and_what_they_give_others_in_the_issues_own_units():
    x, s = np.array([[0.0, 0], [100, 100], [20, 80]]), np.array([[0.1, 0.9], [0.6, 0.5], [0.5, 0.5]])
    scenario = cases.scenario(
        ["a", "b", "c"], ["one", "two"], x, s, [1, 1, 1], {"two": Scale(low=0, high=10, unit="years")}
    )
    engine = named("exchange_model")
    detail = in_units(engine.detail(engine.forecast(scenario, np.random.default_rng(0))), scenario)
    assert [each["round"] for each in detail["rounds"]] == [0, 1]
    assert detail["rounds"][0]["positions"]["two"] == {"a": 0, "b": 10, "c": 8}
    start, end = ([each["mean"]["two"] for each in detail["rounds"]][k] for k in (0, 1))
    assert start == pytest.approx((0.5 * 10 + 0.5 * 8) / 1.9)
    assert end == pytest.approx(engine.forecast(scenario, np.random.default_rng(0)).data["settlement"].values[1] / 10)
    first = detail["exchanges"][0]
    assert (first["supplier"]["party"], first["supplier"]["issue"], first["supplier"]["from"]) == ("a", "one", 0)
    assert (first["demander"]["party"], first["demander"]["issue"], first["demander"]["from"]) == ("b", "two", 10)
    assert set(first["externalities"]) == {"c"}
    assert first["kinds"]["c"] in {"outer gain", "outer loss"}
    assert first["gain"] == first["supplier"]["gain"] == pytest.approx(first["demander"]["gain"])
    assert {"blockers", "red_lines_crossed", "externalities"} <= set(detail)
    assert json.dumps(detail, allow_nan=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rounds": -1},
        {"randomness": 1.1},
        {"randomness": float("nan")},
        {"among_equals": "last"},
        {"outcome": "old"},
        {"supply": "once", "preset": "peer"},
    ],
)
def test_a_setting_that_is_none_is_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        dataclasses.replace(named("exchange_model"), **wrong)


def test_the_preset_is_the_settings_that_it_stands_for():
    spelled = named(
        "exchange_model", outcome="shared", at_outcome="left", supply="again", planned="capped", next_round="partly"
    )
    assert spelled.rules == named("exchange_model", preset="peer").rules
