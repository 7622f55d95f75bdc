"""Bargaining while fighting: what must hold of the game, and what the engine makes of a scenario."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.draws import Draws, quantities
from parley.domain.war import PieIssue
from parley.engines.war_bargaining import WarBargaining
from parley.errors import EngineError, UsageError
from parley.methods.war import Game, fight_to_finish, solve, walk
from tests.builders import about, exactly, tiny_scenario

RNG = np.random.default_rng(0)

# Properties of the game

share = st.floats(0, 1)


@st.composite
def wars(draw, bounded=True):
    places = draw(st.integers(3, 7))
    move, even = draw(st.floats(0.05, 1)), draw(share)
    up, down = move * even, move * (1 - even)
    cost = np.array([0.3 * draw(share), 0.3 * draw(share)])
    discount = np.array([0.7 + 0.3 * draw(share), 0.7 + 0.3 * draw(share)])
    held = np.arange(places) / (places - 1)
    terminal = np.stack([held, 1 - held])
    if draw(st.booleans()):
        terminal = fight_to_finish(np.array(up), np.array(down), cost, discount, places)
    return Game(
        rounds=draw(st.integers(1, 6)),
        up=up,
        down=down,
        cost=cost,
        discount=discount,
        proposer=tuple(draw(st.lists(share, min_size=1, max_size=3))),
        terminal=terminal,
        floor=0.7 * draw(share) if bounded else 0.0,
        ceiling=0.4 + 0.6 * draw(share) if bounded else 1.0,
    )


def front_terminal(game):
    held = np.arange(game.terminal.shape[1]) / (game.terminal.shape[1] - 1)
    return dataclasses.replace(game, terminal=np.stack([held, 1 - held]))


def near(found, expected):
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


def has_a_near_tie(game):
    """Whether some state is so near the edge of settling that rounding decides."""
    rejection = solve(game).rejections[:, :, 1:-1]
    gap = np.minimum(game.ceiling, 1 - rejection[:, 1]) - np.maximum(game.floor, rejection[:, 0])
    return bool((np.abs(gap) < 1e-9).any())


@settings(max_examples=100, deadline=None)
@given(wars(bounded=False))
def test_without_red_lines_it_settles_everywhere_at_once(game):
    """The null result: complete information, and fighting that costs something or nothing."""
    solution = solve(game)
    assert not np.isnan(solution.offers[:, :, 1:-1]).any()
    for start in range(1, game.terminal.shape[1] - 1):
        course = walk(solution, game, start)
        assert course.settlement_time[0] == pytest.approx(1)
        assert course.fighting == pytest.approx(0)


@settings(max_examples=100, deadline=None)
@given(wars())
def test_the_two_sides_never_share_more_than_the_pie(game):
    assert (solve(game).values.sum(axis=1) <= 1 + 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(wars(), st.integers(0, 3))
def test_the_chances_of_all_ends_add_up_to_one(game, opening):
    course = walk(solve(game), game, 1, opening=opening)
    assert course.settlement_time.sum() + course.victory.sum() + course.deadline == pytest.approx(1)
    assert 0 <= course.fighting <= opening + game.rounds + 1e-9


@settings(max_examples=100, deadline=None)
@given(wars())
def test_naming_the_sides_the_other_way_round_changes_nothing(game):
    if has_a_near_tie(game):
        return
    mirrored = dataclasses.replace(
        game,
        up=game.down,
        down=game.up,
        cost=game.cost[::-1],
        discount=game.discount[::-1],
        proposer=tuple(1 - chance for chance in game.proposer),
        terminal=game.terminal[::-1, ::-1],
        floor=1 - game.ceiling,
        ceiling=1 - game.floor,
    )
    one, other = solve(game), solve(mirrored)
    near(other.values, one.values[:, ::-1, ::-1])
    near(other.offers, 1 - one.offers[:, ::-1, ::-1])


@settings(max_examples=100, deadline=None)
@given(wars(), st.floats(0.01, 0.2))
def test_a_war_that_costs_a_side_more_never_helps_it_nor_hurts_the_other(game, more):
    game = front_terminal(game)
    dearer = dataclasses.replace(game, cost=game.cost + [more, 0.0])
    if has_a_near_tie(game) or has_a_near_tie(dearer):
        return
    cheap, dear = solve(game).values[0], solve(dearer).values[0]
    assert (dear[0] <= cheap[0] + 1e-9).all()
    if game.floor == 0 and game.ceiling == 1:
        assert (dear[1] >= cheap[1] - 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(wars(bounded=False), st.floats(0.01, 0.2))
def test_without_red_lines_the_dearer_war_of_one_side_helps_the_other(game, more):
    dearer = dataclasses.replace(front_terminal(game), cost=game.cost + [0.0, more])
    assert (solve(dearer).values[0, 0] >= solve(front_terminal(game)).values[0, 0] - 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(wars(), share)
def test_making_more_of_the_offers_never_hurts(game, part):
    if has_a_near_tie(game):
        return
    oftener = dataclasses.replace(game, proposer=tuple(chance + part * (1 - chance) for chance in game.proposer))
    if has_a_near_tie(oftener):
        return
    assert (solve(oftener).values[0, 0] >= solve(game).values[0, 0] - 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(wars(bounded=False))
def test_without_red_lines_a_better_front_is_worth_more(game):
    values = solve(front_terminal(game)).values[0, 0]
    assert (np.diff(values) >= -1e-9).all()


@settings(max_examples=100, deadline=None)
@given(wars(bounded=False), st.floats(0.01, 0.3))
def test_without_red_lines_better_chances_in_battle_are_worth_more(game, part):
    stronger = dataclasses.replace(game, up=game.up + part * game.down, down=game.down * (1 - part))
    better, worse = solve(front_terminal(stronger)), solve(front_terminal(game))
    assert (better.values[0, 0] >= worse.values[0, 0] - 1e-9).all()


@settings(max_examples=100, deadline=None)
@given(wars(), share)
def test_a_tighter_red_line_of_one_side_alone_never_makes_more_fronts_settle(game, part):
    free = dataclasses.replace(game, floor=0.5 * part, ceiling=1.0)
    tight = dataclasses.replace(free, floor=0.5 * part + 0.3)
    if has_a_near_tie(free) or has_a_near_tie(tight):
        return
    settles_free, settles_tight = (~np.isnan(solve(each).offers[0]).any(axis=0) for each in (free, tight))
    assert (settles_tight <= settles_free).all()


# What the engine makes of a scenario


def forecast(scenario, **parameters):
    return WarBargaining(**parameters).forecast(scenario, RNG).data


def with_war(scenario, **changes):
    return dataclasses.replace(scenario, war=dataclasses.replace(scenario.war, **changes))


def with_clock(scenario, **changes):
    return dataclasses.replace(scenario, clock=dataclasses.replace(scenario.clock, **changes))


def with_red_line(scenario, index, **bounds):
    positions = list(scenario.positions)
    line = dataclasses.replace(positions[index].red_line, **bounds)
    positions[index] = dataclasses.replace(positions[index], red_line=line)
    return dataclasses.replace(scenario, positions=tuple(positions))


def test_the_border_settles_where_a_calculation_by_hand_puts_it():
    """One offer, endless patience, each keeps what it holds if it is refused.

    From place 2 of 0..4 the front reaches .75 with chance .2 and .25 with chance .15, so holding is worth
    .5 + .05 x .25 = .5125 to the north and .4875 to the south. The north takes no less than .5125 - .03 = .4825, the
    south leaves it up to 1 - (.4875 - .05) = .5625; each makes half of the offers: (.4825 + .5625) / 2 = .5225.
    """
    scenario = with_clock(with_war(tiny_scenario(), terminal_rule="front"), horizon=1, discounts=())
    data = forecast(scenario)
    assert data["settlement"].sel(issue="border").item() == pytest.approx(52.25)
    assert data["reservation_a"].item() == pytest.approx(0.4825)
    assert data["reservation_b"].item() == pytest.approx(0.4375)
    assert data["surplus_now"].item() == pytest.approx(0.08)
    assert data["waiting_a"].item() == pytest.approx(-0.08)
    assert data["agreement"].item() == 1
    assert data["time_to_agreement"].item() == 0


def test_it_says_nothing_of_issues_outside_the_pie():
    assert math.isnan(forecast(tiny_scenario())["settlement"].sel(issue="truce").item())


def test_the_payoff_of_a_side_is_its_closeness_to_the_settlement_of_the_pie():
    data = forecast(tiny_scenario())
    border = data["settlement"].sel(issue="border").item()
    assert data["payoff"].sel(party="north").item() == pytest.approx(1 - (90 - border) / 100)
    assert data["payoff"].sel(party="south").item() == pytest.approx(1 - (border - 10) / 100)


def test_red_lines_that_exclude_each_other_leave_no_agreement():
    scenario = with_red_line(tiny_scenario(), 0, at_least=exactly(80))
    data = forecast(scenario)
    assert data["agreement"].item() == 0
    assert data["issues_closed"].item() == 1
    assert data["floor"].item() == pytest.approx(0.8)
    assert data["ceiling"].item() == pytest.approx(0.7)
    assert np.isnan(data["settlement"]).all()
    assert math.isnan(data["time_to_agreement"].item())
    assert data["payoff"].values.tolist() == pytest.approx([0.4, 0.3])
    assert (data["settles_now"].item(), data["settles_without_red_lines"].item()) == (0, 1)
    ends = [data[name].item() for name in ("p_win_a", "p_win_b", "p_deadline")]
    assert sum(ends) == pytest.approx(1)


def test_leaving_the_red_lines_out_lets_it_settle():
    scenario = with_red_line(tiny_scenario(), 0, at_least=exactly(80))
    data = forecast(scenario, red_lines="none")
    assert data["agreement"].item() == 1
    assert (data["floor"].item(), data["ceiling"].item()) == (0, 1)


def test_a_side_may_be_compensated_on_another_issue_of_the_pie():
    """Both issues weigh alike: floor (.8 + 0) / 2 = .4, ceiling (.7 + 1) / 2 = .85, and the border alone is closed."""
    pie = (
        PieIssue(issue="border", a_wants="high", weight=exactly(3)),
        PieIssue(issue="truce", a_wants="low", weight=exactly(3)),
    )
    data = forecast(with_war(with_red_line(tiny_scenario(), 0, at_least=exactly(80)), pie=pie))
    assert data["floor"].item() == pytest.approx(0.4)
    assert data["ceiling"].item() == pytest.approx(0.85)
    assert data["issues_closed"].item() == 1
    part = (data["settlement_share"].item() - 0.4) / 0.45
    expected = [80 - 10 * part, 100 - 100 * part]
    assert data["settlement"].values == pytest.approx(expected)


def test_where_nothing_compensates_for_a_red_line_one_closed_issue_closes_the_whole_pie():
    pie = (
        PieIssue(issue="border", a_wants="high", weight=exactly(3)),
        PieIssue(issue="truce", a_wants="low", weight=exactly(3)),
    )
    scenario = with_war(with_red_line(tiny_scenario(), 0, at_least=exactly(80)), pie=pie)
    lenient, strict = forecast(scenario), forecast(scenario, red_lines="each_issue")
    assert (lenient["agreement"].item(), lenient["agreement_each_issue"].item()) == (1, 0)
    assert (strict["agreement"].item(), strict["settles_now"].item()) == (0, 0)
    assert np.isnan(strict["settlement"]).all()
    assert strict["floor"].item() == pytest.approx(lenient["floor"].item())


def test_where_no_issue_is_closed_both_readings_of_red_lines_are_the_same_game():
    lenient, strict = forecast(tiny_scenario()), forecast(tiny_scenario(), red_lines="each_issue")
    assert lenient["issues_closed"].item() == 0
    assert lenient.identical(strict)
    assert lenient["agreement_each_issue"].item() == lenient["agreement"].item()


def test_an_unknown_reading_of_red_lines_is_refused():
    with pytest.raises(UsageError, match="whole_pie, each_issue, none"):
        WarBargaining(red_lines="both")


def test_a_drift_can_be_the_only_cause_of_delay():
    """The south never gives more than .5. A front that moves only forward promises the north .75 - .03; one that goes
    nowhere on average promises .5 - .03, and it settles."""
    scenario = with_war(tiny_scenario(), terminal_rule="front")
    front = dataclasses.replace(scenario.war.front, a_gains=exactly(1.0), b_gains=exactly(0.0))
    scenario = with_war(with_clock(scenario, horizon=1, discounts=()), front=front)
    scenario = with_red_line(scenario, 2, at_most=exactly(50))
    data = forecast(scenario)
    assert data["settles_now"].item() == 0
    assert data["settles_without_drift"].item() == 1
    assert data["waiting_a"].item() == pytest.approx(0.72 - 0.5)
    assert data["waiting_b"].item() == pytest.approx(0.2 - (1 - 0.72))
    causes = WarBargaining().detail(WarBargaining().forecast(scenario, RNG))["waiting"]["north"]["causes"]
    assert causes == [["drift"], ["red_line"]]


def test_steps_before_the_first_offer_are_fought_and_counted():
    """The value is that of talks one step later, less a round of war."""
    scenario = with_clock(tiny_scenario(), discounts=())
    later_talks = with_clock(scenario, opening=exactly(1))
    now, later = forecast(scenario, red_lines="none"), forecast(later_talks, red_lines="none")
    assert later["reservation_a"].item() == pytest.approx(now["reservation_a"].item())
    values = now["state_values"].values[0]
    expected = -0.03 + 0.2 * values[3, 0] + 0.15 * values[1, 0] + 0.65 * values[2, 0]
    assert later["value_a"].item() == pytest.approx(expected)
    assert later["expected_rounds"].item() == pytest.approx(1)
    assert later["time_to_agreement"].item() == pytest.approx(30)
    engine = WarBargaining(red_lines="none")
    detail = engine.detail(engine.forecast(later_talks, RNG))
    assert detail["settlement_time"][:2] == pytest.approx([0, 1])
    assert [state["offers"]["north"] for state in detail["by_state"][:5]] == [None] * 5


def test_a_war_may_be_won_before_the_talks_open():
    data = forecast(with_clock(tiny_scenario(), opening=exactly(12)))
    assert data["agreement"].item() < 0.7
    won = data["p_win_a"].item() + data["p_win_b"].item()
    assert data["agreement"].item() + won == pytest.approx(1)


def test_a_side_without_a_discount_is_endlessly_patient():
    scenario = tiny_scenario()
    patient = tuple(dataclasses.replace(each, per_step=exactly(1)) for each in scenario.clock.discounts)
    one, other = forecast(with_clock(scenario, discounts=patient)), forecast(with_clock(scenario, discounts=()))
    assert one.identical(other)


def test_weights_count_only_relative_to_each_other():
    one, other = (
        forecast(with_war(tiny_scenario(), pie=(PieIssue(issue="border", a_wants="high", weight=exactly(weight)),)))
        for weight in (1, 7)
    )
    assert one.identical(other)


def test_the_start_is_rounded_to_a_place_between_the_ends():
    draws = Draws.of_modes(tiny_scenario())
    column = [quantity.path for quantity in quantities(draws.base)].index(("war", "front", "start"))
    values = np.repeat(draws.values, 4, axis=0)
    values[:, column] = [-3, 0.4, 2.4, 99]
    many = Draws(base=draws.base, values=values, chance=np.repeat(draws.chance, 4, axis=0))
    found = WarBargaining().forecast_many(many, [RNG] * 4)["value_a"].values
    states = forecast(tiny_scenario())["state_values"].values[0, :, 0]
    assert found == pytest.approx(states[[1, 1, 2, 3]])


def test_taking_turns_favours_whoever_makes_the_last_offer():
    """The last offer takes all that is left to divide, as in Ståhl's talks; of six the other side makes the last."""
    cycles = ((1.0, 0.0), (0.0, 1.0))
    scenarios = [with_war(tiny_scenario(), proposer_cycle=each) for each in cycles]
    for horizon, first_gains in ((5, True), (6, False)):
        north, south = (forecast(each, red_lines="none", horizon=horizon)["value_a"].item() for each in scenarios)
        assert (north > south) == first_gains


@pytest.mark.parametrize("rule", ["fight_to_finish", "front", "zero"])
def test_the_rule_for_the_end_of_the_horizon_can_be_set(rule):
    scenario = with_clock(tiny_scenario(), horizon=1)
    expected = forecast(with_war(scenario, terminal_rule=rule))
    assert forecast(scenario, terminal_rule=rule).identical(expected)


def test_given_payoffs_for_the_end_of_the_horizon_are_used_between_the_ends():
    given_a, given_b = (5.0, 0.1, 0.2, 0.3, 5.0), (5.0, 0.4, 0.3, 0.2, 5.0)
    scenario = with_war(tiny_scenario(), terminal_rule="given", terminal_a=given_a, terminal_b=given_b)
    states = forecast(scenario)["state_values"].values
    assert states[-1].tolist() == [[0, 1], [0.1, 0.4], [0.2, 0.3], [0.3, 0.2], [1, 0]]


def test_the_horizon_can_be_set():
    assert forecast(tiny_scenario(), horizon=2).sizes["offer"] == 2
    assert forecast(tiny_scenario()).sizes["offer"] == 6


def test_without_any_offer_there_is_no_agreement():
    data = forecast(with_clock(tiny_scenario(), horizon=0))
    assert data["agreement"].item() == 0
    assert math.isnan(data["reservation_a"].item())
    assert data["p_deadline"].item() == 1


def test_the_length_of_a_war_without_talks_is_that_of_the_walk():
    """From the middle of K = 4 an even walk takes k (K - k) = 4 moves; moving in half of the steps, 8 steps."""
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(0.25), b_gains=exactly(0.25))
    assert forecast(with_war(tiny_scenario(), front=front))["war_length"].item() == pytest.approx(8 * 30)


def test_a_fight_to_the_finish_on_a_front_that_never_moves_has_no_answer():
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(0), b_gains=exactly(0))
    scenario = with_clock(with_war(tiny_scenario(), front=front), discounts=())
    with pytest.raises(EngineError, match="never ends"):
        forecast(scenario)
    many = WarBargaining().forecast_many(Draws.of_modes(scenario), [RNG])
    assert "never ends" in many["failure"].item()
    assert math.isnan(many["value_a"].item())
    assert math.isnan(forecast(scenario, terminal_rule="front")["war_length"].item())


def test_a_draw_whose_front_moves_with_more_than_certainty_fails_with_a_reason():
    draws = Draws.of_modes(tiny_scenario())
    paths = [quantity.path for quantity in quantities(draws.base)]
    draws.values[0, paths.index(("war", "front", "a_gains"))] = 0.9
    many = WarBargaining().forecast_many(draws, [RNG])
    assert "more than 1" in many["failure"].item()
    assert math.isnan(many["agreement"].item())


def test_an_endless_wait_is_refused():
    with pytest.raises(EngineError, match="before the first offer"):
        forecast(with_clock(tiny_scenario(), opening=exactly(1e12)))


def test_a_pie_without_weight_is_refused():
    pie = (PieIssue(issue="border", a_wants="high", weight=about(0, 0, 1)),)
    with pytest.raises(EngineError, match="weights"):
        forecast(with_war(tiny_scenario(), pie=pie))


def test_a_scenario_without_a_war_is_refused():
    with pytest.raises(EngineError, match="'war'"):
        forecast(tiny_scenario(war=None))


@pytest.mark.parametrize("wrong", [{"terminal_rule": "given"}, {"horizon": -1}, {"horizon": 10_001}])
def test_a_parameter_out_of_range_is_refused(wrong):
    with pytest.raises(UsageError):
        WarBargaining(**wrong)


def test_the_detail_lists_every_round_and_place():
    engine = WarBargaining()
    detail = engine.detail(engine.forecast(tiny_scenario(), RNG))
    assert [(state["round"], state["front"]) for state in detail["by_state"]] == [
        (t, k) for t in range(7) for k in range(5)
    ]
    middle = detail["by_state"][2]
    assert middle["settles"] and middle["values"] == detail["values"]
    assert middle["values"]["north"] == pytest.approx(sum(middle["offers"].values()) / 2)
    assert not detail["by_state"][0]["settles"]
    assert len(detail["settlement_time"]) == 6
    assert detail["bracket"] is None
    assert set(detail["waiting"]) == {"north", "south"}


def test_the_batch_path_answers_as_the_readable_one():
    base = Draws.of_modes(tiny_scenario())
    rng = np.random.default_rng(5)
    spread = [quantity.estimate for quantity in quantities(base.base)]
    values = np.stack([rng.uniform([e.low for e in spread], [e.high for e in spread]) for _ in range(20)])
    draws = Draws(base=base.base, values=values, chance=np.zeros((20, base.chance.shape[1])))
    many = WarBargaining().forecast_many(draws, [RNG] * 20)
    for i in range(20):
        alone = forecast(draws.scenario(i))
        for name in set(many.data_vars) - {"failure"}:
            np.testing.assert_allclose(many[name].values[i], alone[name].values, rtol=1e-12, atol=1e-13, err_msg=name)
