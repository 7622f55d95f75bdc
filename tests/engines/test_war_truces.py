"""Whether a truce would be kept as power shifts, and why a war is not settled now."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.doubt import Peace
from parley.domain.draws import Draws
from parley.engines.war_bargaining import WarBargaining
from parley.engines.war_bargaining.truces import LADDER, truce_game
from parley.ensembles import draw
from parley.methods.power_shift import bargain_each_round, least_guarantee
from parley.methods.war_delay import causes_of_delay
from parley.methods.war_game import LeverSet, WarGame
from parley.methods.war_solver import solve_war
from tests.builders import exactly, tiny_scenario
from tests.war_scenes import free_of_red_lines, shipped, with_clock, with_red_line, with_war

RNG = np.random.default_rng(0)
MIDDLE = 0.5
"""Side A's share along the line: place 2 of 0..4."""


def told(scenario, **parameters):
    engine = WarBargaining(**parameters)
    return engine.detail(engine.forecast(scenario, RNG))


def peaceful(*, a_gains=0.0, b_gains=0.0, war_loss=0.2, guarantee=None, base=None, **penalties):
    """The tiny scenario with power that shifts in peace, without red lines; penalties of `a` and `b`."""
    section = Peace(
        a_gains=exactly(a_gains),
        b_gains=exactly(b_gains),
        war_loss=exactly(war_loss),
        guarantee=None if guarantee is None else exactly(guarantee),
    )
    scenario = with_war(free_of_red_lines(tiny_scenario()) if base is None else base, peace=section)
    return with_war(scenario, **{f"breach_penalty_{side}": exactly(value) for side, value in penalties.items()})


def commitment(scenario):
    return told(scenario)["commitment"]


def broken(scenario):
    """The chance within the horizon that each side breaks the truce."""
    return [sum(commitment(scenario)["truce"]["broken_by"][side]) for side in "ab"]


# Commitment


def test_where_power_does_not_shift_and_breaking_is_dear_a_truce_is_in_force_for_ever():
    truce = commitment(peaceful(a=0.5, b=0.5))["truce"]
    assert truce["share"] == pytest.approx(MIDDLE)
    assert truce["in_force"] == pytest.approx([1] * 6)
    assert broken(peaceful(a=0.5, b=0.5)) == [0, 0]
    assert truce["guarantee_needed"] == 0
    assert truce["signed_now"] == pytest.approx(1)


def test_a_side_that_power_moves_to_breaks_the_truce():
    """The longer peace lasts the stronger the side whose power grows, while its share stays where it was fixed."""
    to_a, to_b = broken(peaceful(a_gains=0.3, a=0.1, b=0.1)), broken(peaceful(b_gains=0.3, a=0.1, b=0.1))
    assert to_a[0] > 0.5
    assert to_a[1] == pytest.approx(0, abs=1e-12)
    assert to_b[1] > 0.5
    assert to_b[0] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("grows", ["a_gains", "b_gains"])
def test_the_faster_power_shifts_the_less_likely_a_truce_is_to_last(grows):
    lasting = [
        commitment(peaceful(a=0.1, b=0.1, **{grows: each}))["truce"]["in_force"][-1] for each in (0, 0.1, 0.2, 0.3)
    ]
    assert lasting == sorted(lasting, reverse=True)
    assert lasting[0] == pytest.approx(1)
    assert lasting[-1] < 0.3


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 0.2), st.floats(0, 1))
def test_a_truce_is_in_force_or_has_been_broken_by_one_of_the_two(a_gains, b_gains, penalty, loss):
    scenario = peaceful(a_gains=a_gains, b_gains=b_gains, war_loss=loss, a=penalty, b=penalty)
    truce = commitment(scenario)["truce"]
    gone = np.cumsum(np.sum([truce["broken_by"][side] for side in "ab"], axis=0))
    np.testing.assert_allclose(truce["in_force"][1:] + gone, 1, rtol=0, atol=1e-9)


def test_a_dearer_breach_needs_less_of_a_guarantee():
    """What is tried rises, so that the two needed are compared by their places."""
    needed = [commitment(peaceful(a_gains=0.3, a=each, b=each))["truce"]["guarantee_needed"] for each in (0, 0.05, 0.5)]
    assert all(each is not None for each in needed)
    assert needed[0] > 0
    assert needed[0] >= needed[1] >= needed[2] == 0


def test_a_guarantee_counts_as_a_penalty_of_both_sides():
    guaranteed = commitment(peaceful(a_gains=0.3, a=0.02, b=0.03, guarantee=0.05))
    penalised = commitment(peaceful(a_gains=0.3, a=0.07, b=0.08))
    assert guaranteed == penalised


def test_the_guarantee_that_is_named_is_the_least_of_those_tried_that_holds_the_truce():
    needed = commitment(peaceful(a_gains=0.3))["truce"]["guarantee_needed"]
    less = LADDER[LADDER.index(needed) - 1]
    held, lapsed = (commitment(peaceful(a_gains=0.3, guarantee=each))["truce"]["in_force"] for each in (needed, less))
    assert held[-1] >= 0.9 > lapsed[-1]


def test_war_that_destroys_more_makes_a_truce_last():
    mild, harsh = (commitment(peaceful(a_gains=0.4, war_loss=each)) for each in (0.02, 0.6))
    assert harsh["truce"]["in_force"][-1] >= mild["truce"]["in_force"][-1]
    assert min(harsh["chain"]["slack"]) > min(mild["chain"]["slack"])


def test_the_chain_is_the_model_of_shifting_power_with_numbers_put_in_by_hand():
    """From the middle the north gains (.3 - .1) / 4 of the front a step, up to 6 steps; both discount with .95."""
    found = commitment(peaceful(a_gains=0.3, b_gains=0.1, war_loss=0.05))["chain"]
    power = 0.5 + 0.05 * np.arange(7)
    expected = bargain_each_round(power, discount=0.95, destroyed=0.05)
    assert found["rising"] == "north"
    np.testing.assert_allclose(found["slack"], expected.slack * 0.05, rtol=0, atol=1e-12)
    assert found["lasts"] == expected.lasts
    assert found["least_guarantee"] == pytest.approx(0.05 * least_guarantee(power, discount=0.95, destroyed=0.05))


def test_the_narrowest_slack_is_what_a_forecast_says_of_peace():
    scenario = peaceful(a_gains=0.3, b_gains=0.1, war_loss=0.05)
    data = WarBargaining().forecast(scenario, RNG).data
    assert data["peace_slack"].item() == pytest.approx(min(commitment(scenario)["chain"]["slack"]))


def test_a_large_shift_alone_brings_war_by_powells_inequality():
    """One step, from .5 to .75: it is critical at (.5 + s / (1 - s)) / d: .643 for s = .1, .789 for s = .2."""
    for destroyed, fights in ((0.1, True), (0.2, False)):
        critical = (0.5 + destroyed / (1 - destroyed)) / 0.95
        assert (critical < 0.75) == fights
        base = with_clock(free_of_red_lines(tiny_scenario()), horizon=1)
        chain = commitment(peaceful(a_gains=1.0, war_loss=destroyed, base=base))["chain"]
        assert (chain["lasts"] == 0) == fights
        assert (min(chain["slack"]) < 0) == fights


def test_the_side_that_power_moves_to_rises_and_its_share_of_the_front_counts():
    front = dataclasses.replace(tiny_scenario().war.front, start=exactly(1))
    base = with_war(free_of_red_lines(tiny_scenario()), front=front)
    one = commitment(peaceful(b_gains=0.2, base=base))["chain"]
    expected = bargain_each_round(0.75 + 0.05 * np.arange(7).clip(max=5), discount=0.95, destroyed=0.2)
    assert one["rising"] == "south"
    np.testing.assert_allclose(one["slack"], expected.slack * 0.05, rtol=0, atol=1e-12)


def test_nothing_is_said_of_peace_without_its_section_or_where_a_side_is_endlessly_patient():
    assert commitment(tiny_scenario()) is None
    patient = peaceful(base=with_clock(free_of_red_lines(tiny_scenario()), discounts=()))
    assert commitment(patient) is None
    assert np.isnan(WarBargaining().forecast(patient, RNG).data["peace_slack"].item())
    assert "peace_slack" not in WarBargaining().forecast(tiny_scenario(), RNG).data


def test_with_one_offer_or_none_a_truce_has_no_time_to_be_broken():
    for horizon, signed in ((1, 1), (0, 0)):
        base = with_clock(free_of_red_lines(tiny_scenario()), horizon=horizon)
        truce = commitment(peaceful(a_gains=0.3, base=base))["truce"]
        assert truce["broken_by"] == {"a": [], "b": []}
        assert (truce["in_force"], truce["signed_now"]) == ([1], pytest.approx(signed))


def test_whether_a_finer_grid_of_shares_changes_the_answer_is_found_by_solving_the_finer_one():
    for scenario in (peaceful(a=0.5, b=0.5), peaceful(a_gains=0.5), shipped()):
        found = commitment(scenario)
        engine, draws = WarBargaining(), Draws.of_modes(scenario)
        reading = engine._read(draws)
        signed = []
        for shares in (41, 81):
            game = truce_game(draws, scenario.war, reading, 0, shares=shares)
            assert len(game.truce.shares) == shares
            talks = solve_war(game).shares[0, :, 0, 0, int(reading.games.numbers["start"][0])]
            signed.append([not np.isnan(each) for each in talks])
        if signed[0] != signed[1]:
            assert found["grid_changes"]
        assert found["truce"]["signed_now"] == pytest.approx(np.mean(signed[0]), abs=0.2)


def test_a_truce_within_red_lines_gives_no_side_less_than_its_own():
    """The north's red line at 60 lies above the line of the middle, so that the nearest truce gives it .6."""
    base = with_red_line(free_of_red_lines_of_south(), "north", "border", at_least=exactly(60))
    assert commitment(peaceful(a=0.5, b=0.5, base=base))["truce"]["share"] == pytest.approx(0.6)


def free_of_red_lines_of_south():
    base = tiny_scenario()
    positions = tuple(
        dataclasses.replace(each, red_line=None) if each.party == "south" else each for each in base.positions
    )
    return dataclasses.replace(base, positions=positions)


def test_in_the_shipped_case_faster_rearming_by_one_side_makes_peace_narrower():
    draws = draw(shipped(), 60, 0)
    values = draws.values.copy()
    a, b = (draws.index(("war", "peace", f"{side}_gains")) for side in "ab")
    values[:, a] = 0.5
    values[:, b] = 0.0
    fast = WarBargaining().forecast_many(dataclasses.replace(draws, values=values), [RNG] * 60)["peace_slack"].values
    slow = WarBargaining().forecast_many(draws, [RNG] * 60)["peace_slack"].values
    known = np.isfinite(fast) & np.isfinite(slow)
    assert known.sum() > 30
    assert (fast[known] < slow[known]).mean() > 0.95


# Causes of delay


def causes(scenario):
    return told(scenario)["waiting"]["north"]["causes"]


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 0.2), st.floats(0, 0.2), st.floats(0.05, 0.45), st.floats(0, 1))
def test_with_complete_information_no_drift_and_no_red_line_it_settles_at_once_and_nothing_causes_delay(
    a, b, move, offers
):
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(move), b_gains=exactly(move))
    scenario = with_war(
        free_of_red_lines(tiny_scenario()), front=front, cost_a=exactly(a), cost_b=exactly(b), proposer=exactly(offers)
    )
    found = told(scenario)
    assert found["settles_now"]
    assert found["settlement_time"][0] == pytest.approx(1)
    assert all(each["causes"] == [] and each["value"] <= 1e-9 for each in found["waiting"].values())


def test_red_lines_that_exclude_each_other_are_the_one_cause():
    assert causes(with_red_line(tiny_scenario(), "north", "border", at_least=exactly(80))) == [["red_line"]]


def test_causes_are_the_minimal_sets_of_the_game_written_out_by_hand():
    """The south never gives more than .5, and the front moves forward for sure: drift alone, or the red line alone."""
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(1.0), b_gains=exactly(0.0))
    base = with_clock(with_war(tiny_scenario(), front=front, terminal_rule="front"), horizon=1, discounts=())
    scenario = with_red_line(base, "south", "border", at_most=exactly(50))
    game = WarGame(
        rounds=1,
        places=5,
        sets=(LeverSet(up=1.0, down=0.0, cost=(0.03, 0.05)),),
        discount=(1.0, 1.0),
        proposer=(0.5,),
        terminal="front",
        floor=0.3,
        ceiling=0.5,
    )
    expected = causes_of_delay(game, 2, horizon=60, solver=solve_war).causes
    assert causes(scenario) == [list(each) for each in expected]
    assert ["drift"] in causes(scenario)


@settings(max_examples=10, deadline=None)
@given(st.floats(0, 0.8), st.floats(0.2, 1), st.floats(0, 1), st.floats(0, 1))
def test_no_cause_contains_another_and_without_delay_there_is_none(floor, ceiling, a_gains, offers):
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(a_gains), b_gains=exactly(1 - a_gains))
    scenario = with_war(tiny_scenario(), front=front, proposer=exactly(offers), terminal_rule="front")
    scenario = with_red_line(scenario, "north", "border", at_least=exactly(100 * floor))
    found = told(with_red_line(scenario, "south", "border", at_most=exactly(100 * ceiling)))
    sets = [set(each) for each in found["waiting"]["north"]["causes"]]
    assert not any(one < other for one in sets for other in sets)
    assert (sets == []) == (found["settlement_time"][0] > 1 - 1e-9)


def test_a_cause_that_is_taken_away_lets_it_settle_now():
    closed = with_red_line(tiny_scenario(), "north", "border", at_least=exactly(80))
    assert not told(closed)["settles_now"]
    assert told(free_of_red_lines(closed))["settles_now"]


@pytest.mark.parametrize("red_lines", ["whole_pie", "none"])
@pytest.mark.parametrize(
    "scenario", [tiny_scenario(), peaceful(a_gains=0.2), shipped()], ids=["tiny", "free", "shipped"]
)
def test_waiting_at_the_first_offer_is_what_waiting_is_worth(scenario, red_lines):
    for side in told(scenario, red_lines=red_lines)["waiting"].values():
        assert side["by_offer"][0] == pytest.approx(side["value"], abs=1e-12)
        assert len(side["by_offer"]) == scenario.clock.horizon


def test_waiting_is_told_for_every_offer_by_the_values_of_the_states():
    """Holding out in step t from place 2 is worth -.03 + .95 (.2 V(3) + .15 V(1) + .65 V(2)) to the north."""
    engine = WarBargaining()
    forecast = engine.forecast(tiny_scenario(), RNG)
    values = forecast.data["state_values"].values
    found = engine.detail(forecast)["waiting"]["north"]["by_offer"]
    for t in range(6):
        north, south = (values[t + 1, :, side] for side in (0, 1))
        mine = -0.03 + 0.95 * (0.2 * north[3] + 0.15 * north[1] + 0.65 * north[2])
        theirs = -0.05 + 0.95 * (0.2 * south[3] + 0.15 * south[1] + 0.65 * south[2])
        assert found[t] == pytest.approx(mine - min(0.7, 1 - theirs))


def test_where_each_issue_binds_by_itself_waiting_at_the_first_offer_is_still_what_waiting_is_worth():
    closed = with_red_line(tiny_scenario(), "north", "border", at_least=exactly(80))
    for side in told(closed, red_lines="each_issue")["waiting"].values():
        assert side["by_offer"][0] == pytest.approx(side["value"], abs=1e-12)
