"""The exchange model against the open program Decide 2025.3.1, whose tables and trades are in `exchange/`.

The trades and outcomes are what that program computed, run without its coin for equal gains. They are compared as far
as no order hangs on the last of its 28 digits.
"""

import numpy as np
import pytest

from parley.domain.draws import Draws
from parley.engines import named
from parley.methods.exchange import Table, next_positions, one_round
from parley.methods.exchange_terms import PEER, Dice, Rules, largest_gains
from tests import exchange_cases as cases

SAMPLE = (
    (67.177856052, 48.600508906, 50.682796964, 16.234703272, 75.14619883, 46.772733525),
    (69.759597766, 54.359238695, 50.448818327, 10.761764571, 80.913904441, 40.510336956),
    (60.240426447, 58.269720102, 66.754881026, 5.701451751, 87.761125787, 46.02295224),
    (69.505138853, 56.604546684, 48.301260449, 8.576731492, 71.290550276, 38.083504352),
)
"""Outcomes of the sample after each of four rounds, issues in the table's order."""

DRAWN = (
    (54.061575803, 52.291300333, 40.03817961, 20.712099723, 38.802430657),
    (43.179654849, 45.30932769, 40.097433174, 27.243274178, 39.980192024),
    (55.565455272, 37.922831312, 43.19786749, 35.683054448, 39.517588391),
    (54.47976932, 36.420591201, 44.929784614, 33.205021517, 37.826101341),
)
"""The same of a case with drawn numbers, in which some parties take no position on some issues."""

CASES = [("sample", SAMPLE, (39, 37, 36, 42)), ("drawn", DRAWN, (26, 23, 24, 21))]

TWO = np.array([[0.0, 0], [100, 100]]), np.array([[10.0, 90], [60, 50]])
"""Positions and saliences of the example in the program's own tests; both have power 1."""


def test_the_example_of_two_parties_has_the_outcomes_and_the_largest_gains_of_the_programs_own_test():
    position, salience = TWO
    start = Table(position=position, salience=salience, weight=salience, rules=Rules())
    assert start.now == pytest.approx([85.714285714, 35.714285714])
    offer = start.offers()[0]
    assert start.priced(offer)
    rooms = 100 - start.now[0], start.now[1]
    assert largest_gains(salience[0], salience[1], rooms) == pytest.approx((1400, 777.7778), abs=0.0001)
    assert rooms[0] * np.array([10, 60]) == pytest.approx([1000 / 7, 6000 / 7])
    assert rooms[1] * np.array([90, 50]) == pytest.approx([22500 / 7, 12500 / 7])


def test_the_first_trade_of_copenhagen_is_between_the_usa_and_china_with_india():
    engine = named("exchange_model", preset="peer")
    first = engine.detail(engine.forecast(cases.case("copenhagen"), np.random.default_rng(0)))["exchanges"][0]
    other, usa = first["supplier"], first["demander"]
    assert (usa["party"], usa["issue"], usa["from"], usa["to"]) == ("usa", "extra", 10.0, 90.0)
    assert (other["party"], other["issue"], other["from"]) == ("china_india", "commitments", 85.0)
    assert other["to"] == pytest.approx(21.893662728, abs=1e-9)
    assert first["gain"] == pytest.approx(3.278817734, abs=1e-9)


def test_the_first_trade_of_copenhagen_costs_and_gives_the_others_what_the_program_says():
    engine = named("exchange_model", preset="peer")
    first = engine.detail(engine.forecast(cases.case("copenhagen"), np.random.default_rng(0)))["exchanges"][0]
    wanted = {
        "eu_incl_norway": -3.9093596059,
        "australia": -0.2522167488,
        "canadas": -0.2522167488,
        "japans": -3.9093596059,
        "brazil": -10.3802955665,
        "least_developed_countries": 2.4275862069,
        "developing_countries": 3.9881773399,
        "alliance_of_small_island_states": 2.4275862069,
    }
    found = {party: value for party, value in first["externalities"].items() if party != "russia"}
    assert found == pytest.approx(wanted, abs=1e-9)


def test_all_trades_of_the_first_round_of_copenhagen_are_those_of_the_program():
    parties, issues, x, s, weight = cases.table("copenhagen")
    _, trades = one_round(x, s, weight, PEER, Dice(0))
    wanted = cases.rows("copenhagen_round_1")
    assert len(wanted) == 48
    for trade, row in zip(trades, wanted, strict=True):
        names = (parties[trade.j], issues[trade.q], parties[trade.i], issues[trade.p])
        assert names == tuple(row[key] for key in ("party", "issue", "other_party", "other_issue"))
        numbers = (trade.begin[1], trade.end[1], trade.begin[0], trade.end[0], trade.gain)
        keys = ("from", "to", "other_from", "other_to", "gain")
        assert numbers == pytest.approx([float(row[key]) for key in keys], abs=1e-9)


@pytest.mark.parametrize(("name", "wanted", "count"), CASES, ids=["sample", "drawn"])
def test_four_rounds_have_the_trades_and_outcomes_of_the_program(name, wanted, count):
    _, _, x, s, weight = cases.table(name)
    for t in range(4):
        votes, trades = one_round(x, s, weight, PEER, Dice(0))
        assert len(trades) == count[t]
        assert _outcome(votes, weight) == pytest.approx(wanted[t], abs=1e-8)
        x = next_positions(x, votes, s, PEER)


@pytest.mark.parametrize("rounds", [1, 4])
@pytest.mark.parametrize(("name", "wanted", "count"), CASES, ids=["sample", "drawn"])
def test_the_engine_gives_the_outcomes_of_the_program_through_both_of_its_paths(name, wanted, count, rounds):
    scenario, engine = cases.case(name), named("exchange_model", preset="peer", rounds=rounds)
    alone = engine.forecast(scenario, np.random.default_rng(0)).data
    many = engine.forecast_many(Draws.of_modes(scenario), [np.random.default_rng(0)])
    assert alone["settlement"].values == pytest.approx(wanted[rounds - 1], abs=1e-8)
    assert many["settlement"].values[0] == pytest.approx(wanted[rounds - 1], abs=1e-8)
    assert alone["exchanges"].item() == many["exchanges"].item() == sum(count[:rounds])


@pytest.mark.parametrize(("rules", "losing"), [(PEER, 2), (Rules(), 0)], ids=["peer", "own"])
def test_judged_by_part_of_the_trades_two_of_copenhagen_make_a_party_lose_and_judged_by_all_none_does(rules, losing):
    """Replayed vote by vote; the party whose outcome others have moved past it buys what it does not want."""
    _, _, x, s, weight = cases.table("copenhagen")
    votes, lost = x.copy(), 0
    for trade in one_round(x, s, weight, rules, Dice(0))[1]:
        outcomes = [_outcome(votes, weight)]
        votes[trade.i, trade.p], votes[trade.j, trade.q] = trade.end
        outcomes.append(_outcome(votes, weight))
        gained = np.nansum(s * (np.abs(outcomes[0] - x) - np.abs(outcomes[1] - x)), axis=1)
        lost += min(gained[trade.i], gained[trade.j]) < -0.01
    assert lost == losing


def _outcome(votes, weight):
    return (weight * np.nan_to_num(votes)).sum(axis=0) / weight.sum(axis=0)


def test_the_outcome_after_all_trades_leads_elsewhere_than_the_outcome_that_the_program_looks_at():
    """The program judges trades by part of what was traded before; judged by all of it, fewer are left."""
    _, _, x, s, weight = cases.table("copenhagen")
    assert len(one_round(x, s, weight, Rules(), Dice(0))[1]) < 48
