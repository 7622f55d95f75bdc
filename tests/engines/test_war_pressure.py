"""Pressing the sides of a war by a rule: whom it helps, what it changes, and whether it is believed."""

import dataclasses
import functools

import numpy as np
import pytest

from parley.domain.draws import Draws
from parley.engines.war_bargaining import WarBargaining
from parley.ensembles import draw
from parley.methods.war_course import follow
from parley.methods.war_game import LeverSet, WarGame, after_rejection
from parley.methods.war_patron import Patron, judge
from parley.methods.war_solver import solve_war
from tests.builders import exactly, tiny_scenario
from tests.war_scenes import broker, free_of_red_lines, pressed, rule, shipped, with_clock, with_red_line, with_war

RNG = np.random.default_rng(0)
OUTCOMES = ("value_a", "value_b", "agreement", "share", "days", "settles_now")


def forecast(scenario, **parameters):
    return WarBargaining(**parameters).forecast(scenario, RNG).data


def under(data, rule_id, name):
    return data[f"rule_{name}"].sel(rule=rule_id).values


def change(data, rule_id, name):
    """What a rule adds to doing nothing."""
    return under(data, rule_id, name) - under(data, "nothing", name)


@functools.cache
def shipped_draws(count=60):
    return draw(shipped(), count, 0)


def played(draws):
    return WarBargaining().forecast_many(draws, [RNG] * len(draws))


@functools.cache
def shipped_played():
    return played(shipped_draws())


def changed_draws(draws, path, factor):
    """The same draws with one number times a factor."""
    values = draws.values.copy()
    values[:, draws.index(path)] *= factor
    return dataclasses.replace(draws, values=values)


# What matters changes the answer


@pytest.mark.parametrize(("path", "own"), [(("war", "cost_a"), "a"), (("war", "cost_b"), "b")])
def test_a_dearer_war_lowers_what_the_talks_are_worth_to_the_side_that_pays_it_in_the_shipped_case(path, own):
    dearer = played(changed_draws(shipped_draws(), path, 1.5))
    lost = shipped_played()[f"value_{own}"].values - dearer[f"value_{own}"].values
    assert (lost >= -1e-12).all()
    assert lost.mean() > 0.01


def test_a_dearer_war_lowers_a_sides_value_and_raises_the_others_where_everything_can_be_agreed():
    scenario = free_of_red_lines(pressed())
    plain, dearer = forecast(scenario), forecast(with_war(scenario, cost_a=exactly(0.06)))
    assert dearer["value_a"].item() < plain["value_a"].item() - 0.01
    assert dearer["value_b"].item() > plain["value_b"].item() + 0.01


def test_more_cost_to_the_broker_of_a_month_of_war_makes_every_rule_worth_less_to_it_where_the_war_goes_on():
    cheap, dear = shipped_played(), played(changed_draws(shipped_draws(), ("war", "broker", "war_cost"), 2.0))
    lost = (cheap["rule_broker"] - dear["rule_broker"]).values
    assert (lost >= -1e-12).all()
    assert (lost.mean(axis=0) > 0.001).all()


def test_a_lever_that_bites_harder_changes_more():
    """Sanctions after the north's rejections, at twice the cost of a step and at four times."""
    scenario = free_of_red_lines(pressed(rule("threat", north=("sanctions",))))
    harder = dataclasses.replace(scenario.levers[0].effects[0], times=exactly(4.0))
    levers = (dataclasses.replace(scenario.levers[0], effects=(harder,)), *scenario.levers[1:])
    mild = change(forecast(scenario), "threat", "value_a")
    hard = change(forecast(dataclasses.replace(scenario, levers=levers)), "threat", "value_a")
    assert hard < mild < -0.005


def test_in_the_shipped_case_the_rules_differ_and_pressing_russia_moves_value_from_russia_to_ukraine():
    data = shipped_played()
    moved_a, moved_b = (change(data, "sanction_if_russia_rejects", name) for name in ("value_a", "value_b"))
    assert moved_a.mean() < -0.005
    assert moved_b.mean() > 0.005
    means = data["rule_value_b"].mean("draw").values
    assert len({round(float(each), 6) for each in means}) == len(means)


# Whom a threat of cost alone can help


def rejector_scenarios():
    """Wars in which everything can be agreed, in which one side has a red line, and in which both have."""
    both = pressed(
        rule("on_a", north=("sanctions",)), rule("on_b", south=("both_dearer",)), rule("aid_on_b", south=("aid",))
    )
    front = with_war(both, terminal_rule="front")
    closed = with_red_line(front, "north", "border", at_least=exactly(80))
    return [free_of_red_lines(front), front, closed]


@pytest.mark.parametrize("scenario", rejector_scenarios(), ids=["free", "red lines", "closed"])
def test_a_threat_of_cost_alone_never_helps_the_side_that_it_is_made_to(scenario):
    data = forecast(scenario)
    assert change(data, "on_a", "value_a") <= 1e-12
    assert change(data, "on_b", "value_b") <= 1e-12


def test_a_threat_of_cost_alone_never_helps_the_side_that_it_is_made_to_in_any_draw():
    for scenario in rejector_scenarios():
        data = played(draw(scenario, 100, 3))
        assert (change(data, "on_a", "value_a") <= 1e-12).all()
        assert (change(data, "on_b", "value_b") <= 1e-12).all()


def test_cutting_aid_after_its_rejections_never_helps_ukraine_in_the_shipped_case():
    assert (change(shipped_played(), "cut_if_ukraine_rejects", "value_b") <= 1e-12).all()


def test_sanctions_after_its_rejections_never_help_russia_in_the_shipped_case():
    assert (change(shipped_played(), "sanction_if_russia_rejects", "value_a") <= 1e-12).all()


def test_a_pause_of_aid_after_the_souths_rejections_hurts_it_where_everything_can_be_agreed():
    assert change(forecast(rejector_scenarios()[0]), "aid_on_b", "value_b") < -0.01


# What changes nothing


def assert_same_game(data, one, other):
    for name in OUTCOMES:
        np.testing.assert_allclose(under(data, one, name), under(data, other, name), rtol=0, atol=1e-12, err_msg=name)


def test_doing_nothing_is_the_game_without_a_broker():
    data = forecast(pressed(rule("threat", north=("sanctions",))))
    alone = WarBargaining().forecast(tiny_scenario(), RNG).data
    names = {"share": "settlement_share", "days": "time_to_agreement"}
    for name in OUTCOMES:
        expected = alone[names.get(name, name)].item()
        assert under(data, "nothing", name) == pytest.approx(expected, abs=1e-12), name


def test_doing_nothing_is_the_engines_own_answer_in_every_draw_of_the_shipped_case():
    data, names = shipped_played(), {"share": "settlement_share", "days": "time_to_agreement"}
    for name in OUTCOMES:
        np.testing.assert_allclose(under(data, "nothing", name), data[names.get(name, name)].values, atol=1e-9)


def test_a_broker_does_not_change_the_game_that_is_played_without_its_rules():
    plain, broked = WarBargaining().forecast(tiny_scenario(), RNG).data, forecast(pressed(rule("r", north=("aid",))))
    for name in ("value_a", "value_b", "agreement", "settlement_share", "waiting_a", "waiting_b"):
        assert broked[name].item() == plain[name].item(), name


def test_a_rule_whose_means_change_nothing_and_cost_nothing_is_believed_everywhere_and_changes_nothing():
    scenario = pressed(rule("idle", north=("nothing_at_all",), south=("nothing_at_all",)), costs=0.0)
    closed = with_red_line(scenario, "north", "border", at_least=exactly(80))
    for each in (scenario, closed):
        data = forecast(each)
        assert_same_game(data, "idle", "nothing")
        assert under(data, "idle", "broker") == pytest.approx(under(data, "nothing", "broker"), abs=1e-15)
        assert (under(data, "idle", "credible"), under(data, "idle", "temptation")) == (1, 0)


def test_a_rule_that_answers_only_after_the_horizon_is_doing_nothing():
    rules = (rule("late", north=("sanctions",), from_step=6), rule("in_time", north=("sanctions",), from_step=5))
    data = forecast(pressed(*rules))
    assert_same_game(data, "late", "nothing")
    assert change(data, "in_time", "value_a") < -1e-4
    later = forecast(pressed(rule("late", north=("sanctions",), from_step=6, lag=1)))
    assert_same_game(later, "late", "nothing")


def test_a_rule_that_pulls_whoever_rejects_is_the_same_as_one_that_answers_both_sides_alike():
    rules = (rule("always", pulls=("aid",)), rule("answers", north=("aid",), south=("aid",)))
    data = forecast(pressed(*rules))
    assert_same_game(data, "always", "answers")
    assert abs(change(data, "always", "value_a")) > 0.01


def test_a_means_over_a_party_that_does_not_fight_changes_nothing_in_the_war():
    scenario = pressed(rule("threat", north=("sanctions",)))
    levers = (dataclasses.replace(scenario.levers[0], target="league"), *scenario.levers[1:])
    assert_same_game(forecast(dataclasses.replace(scenario, levers=levers)), "threat", "nothing")


def test_relief_that_is_dropped_after_either_rejection_never_reaches_a_battle():
    from parley.domain.broker import Response

    drops = tuple(Response(after=side, drops=("aid",)) for side in ("north", "south"))
    empty = rule("empty", pulls=("aid",)), dataclasses.replace(rule("kept", pulls=("aid",)), responses=drops)
    assert_same_game(forecast(pressed(*empty)), "kept", "nothing")


# The second method: one game after the other


def game_of(scenario, sets, chosen):
    """The tiny war written out as a game of its own, with the north's red line at .3 and the south's at .7."""
    return WarGame(
        rounds=6,
        places=5,
        sets=sets,
        discount=(0.95, 0.95),
        proposer=(0.5,),
        terminal=scenario.war.terminal_rule,
        floor=0.3,
        ceiling=0.7,
        rule=chosen,
    )


BASE = LeverSet(up=0.2, down=0.15, cost=(0.03, 0.05))
SANCTIONED = LeverSet(up=0.2, down=0.15, cost=(0.03 * 2 + 0.01, 0.05))
WITHOUT_AID = LeverSet(up=0.2, down=0.15 * 0.5, cost=(0.03, 0.05))


@pytest.mark.parametrize("lag", [0, 1])
@pytest.mark.parametrize("terminal_rule", ["front", "fight_to_finish", "zero"])
@pytest.mark.parametrize("line", [None, 80], ids=["open", "closed"])
def test_the_numbers_of_a_rule_are_those_of_the_game_written_out_by_hand(lag, terminal_rule, line):
    """Levers, costs and red lines are put in by hand here, and one game is solved with the readable formulas.

    A lever that is not listed costs the broker its cost, .12, spread over the 6 steps: .02 for each.
    """
    scenario = with_war(
        pressed(rule("both", north=("sanctions",), south=("aid",), lag=lag)), terminal_rule=terminal_rule
    )
    if line:
        scenario = with_red_line(scenario, "north", "border", at_least=exactly(line))
    data = forecast(scenario)
    game = game_of(scenario, (BASE, SANCTIONED, WITHOUT_AID), after_rejection(of_a=1, of_b=2, lag=lag))
    game = dataclasses.replace(game, floor=line / 100) if line else game
    solution = solve_war(game)
    course = follow(solution, game, 2)
    found = judge(solution, game, Patron(cost=(0.02, 0.04, 0.04), favour=0.3, discount=1.0))
    values = solution.values[0, :, 0, 0, 2]
    assert [under(data, "both", name) for name in ("value_a", "value_b")] == pytest.approx(values, abs=1e-12)
    assert under(data, "both", "broker") == pytest.approx(found.values[0, 0, 2], abs=1e-12)
    assert under(data, "both", "agreement") == pytest.approx(course.settlement_time.sum(), abs=1e-12)
    assert under(data, "both", "share") == pytest.approx(course.share, nan_ok=True)
    assert under(data, "both", "settles_now") == pytest.approx(course.settlement_time[0], abs=1e-12)
    gain = max(0.0, float(np.nanmax(found.gain)))
    assert under(data, "both", "temptation") == pytest.approx(gain, abs=1e-12)
    assert bool(under(data, "both", "credible")) == bool(found.credible[found.nodes].all())


def test_a_lever_the_broker_does_not_hold_costs_it_nothing():
    scenario = pressed(rule("threat", pulls=("sanctions",)), side_b_share=0)
    closed = with_red_line(scenario, "north", "border", at_least=exactly(80))
    others = (dataclasses.replace(closed.levers[0], holder="south"), *closed.levers[1:])
    own, foreign = forecast(closed), forecast(dataclasses.replace(closed, levers=others))
    assert change(own, "threat", "broker") < -0.01
    assert change(foreign, "threat", "broker") == pytest.approx(0)


# Whether it is believed


def test_a_threat_that_costs_a_broker_who_can_win_nothing_is_not_believed():
    """War costs it nothing and the border is the same to it: to carry the threat out can only cost it .05 a step."""
    scenario = pressed(rule("threat", north=("sanctions",)), war_cost=0, side_b_share=0, costs=0.05)
    data = forecast(scenario)
    assert under(data, "threat", "credible") == 0
    assert under(data, "threat", "temptation") == pytest.approx(0.05)
    assert under(data, "threat", "broker") == 0


def test_a_threat_is_believed_on_the_path_where_it_settles_at_once_and_nobody_has_to_carry_it_out():
    scenario = free_of_red_lines(pressed(rule("threat", north=("sanctions",)), war_cost=0, side_b_share=0, costs=0.05))
    data = forecast(scenario)
    assert under(data, "threat", "settles_now") == 1
    assert (under(data, "threat", "carried_out"), under(data, "threat", "credible_on_path")) == (0, 1)


def test_a_threat_that_must_be_carried_out_and_only_costs_is_not_believed_on_the_path_either():
    scenario = pressed(rule("threat", north=("sanctions",)), war_cost=0, side_b_share=0, costs=0.05)
    data = forecast(with_red_line(scenario, "north", "border", at_least=exactly(80)))
    assert under(data, "threat", "carried_out") > 1
    assert under(data, "threat", "credible_on_path") == 0


def test_a_threat_whose_carrying_out_pays_is_believed():
    """Arming the south costs nothing here and brings it ground, and what the south holds is worth something to it.

    So it would arm whoever rejects: a rule that arms after the north's rejections alone tempts it to arm after the
    south's too. In the last step before nothing more is to be had, at the place next to the north's defeat, that gains
    the .15 more that the south wins, times the .5 which that is worth.
    """
    rules = (rule("arm", pulls=("aid",)), rule("arm_after_north", north=("aid",)))
    scenario = pressed(*rules, side_b_share=0.5, costs=0.0)
    arming = dataclasses.replace(scenario.levers[1].effects[0], times=exactly(2.0))
    levers = (scenario.levers[0], dataclasses.replace(scenario.levers[1], effects=(arming,)), *scenario.levers[2:])
    data = forecast(free_of_red_lines(with_war(dataclasses.replace(scenario, levers=levers), terminal_rule="front")))
    assert (under(data, "arm", "credible"), under(data, "arm", "temptation")) == (1, 0)
    assert under(data, "arm_after_north", "credible") == 0
    assert under(data, "arm_after_north", "temptation") == pytest.approx(0.5 * 0.15)
    other = with_war(scenario, broker=broker(rule("pause", south=("aid",)), side_b_share=0.5, costs=0.0))
    assert under(forecast(other), "pause", "credible") == 0


def test_what_a_step_of_war_costs_the_broker_bears_on_what_ending_it_is_worth():
    closed = with_red_line(
        pressed(rule("r", pulls=("nothing_at_all",)), costs=0.0), "north", "border", at_least=exactly(80)
    )
    quiet = with_war(closed, broker=broker(rule("r", pulls=("nothing_at_all",)), war_cost=0, costs=0.0))
    cheap, dear = forecast(quiet), forecast(closed)
    assert under(dear, "r", "broker") < under(cheap, "r", "broker") - 0.02


# Draws and steps


def test_the_forecast_of_the_modes_and_that_of_many_draws_tell_the_same_of_every_rule():
    scenario = pressed(rule("threat", north=("sanctions",)), rule("later", south=("aid",), lag=1, from_step=2))
    one, many = forecast(scenario), played(Draws.of_modes(scenario))
    for name in one.data_vars:
        if str(name).startswith("rule_"):
            np.testing.assert_allclose(many[name].values[0], one[name].values, rtol=0, atol=1e-12, err_msg=name)


def test_steps_before_the_first_offer_are_fought_without_the_rule():
    scenario = free_of_red_lines(with_clock(pressed(rule("threat", north=("sanctions",))), opening=exactly(2)))
    data = forecast(scenario)
    assert under(data, "threat", "days") == pytest.approx(60)
    assert under(data, "threat", "carried_out") == 0
    for name in OUTCOMES:
        own = {"share": "settlement_share", "days": "time_to_agreement"}.get(name, name)
        assert under(data, "nothing", name) == pytest.approx(data[own].item()), name


def test_a_draw_without_an_answer_has_none_under_any_rule():
    draws = Draws.of_modes(pressed(rule("threat", north=("sanctions",))))
    draws.values[0, draws.index(("war", "front", "a_gains"))] = 0.9
    data = played(draws)
    assert "more than 1" in data["failure"].item()
    assert all(np.isnan(data[name]).all() for name in data.data_vars if str(name).startswith("rule_"))
