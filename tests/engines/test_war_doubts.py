"""Doubt and resolve in a war: demands of an opponent one does not know, who is believed, and who folds first."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from parley.domain.doubt import Doubt, Resolve
from parley.domain.draws import Draws
from parley.domain.estimate import Estimate
from parley.engines.war_bargaining import WarBargaining
from parley.ensembles import draw
from parley.methods.crisis import mediation, screening
from parley.methods.reputation import concessions
from tests.builders import exactly, tiny_scenario
from tests.war_scenes import broker, free_of_red_lines, pressed, shipped, with_clock, with_war

RNG = np.random.default_rng(0)
share = st.floats(0, 1)


def forecast(scenario):
    return WarBargaining().forecast(scenario, RNG)


def number(scenario, name):
    return forecast(scenario).data[name].item()


def detail(scenario):
    return WarBargaining().detail(forecast(scenario))


def doubt(about="south", tough=0.5, cost_tough=0.02, cost_weak=0.08, **fields):
    told = {"tough": tough, "cost_tough": cost_tough, "cost_weak": cost_weak, **fields}
    return Doubt(about=about, **{name: exactly(value) for name, value in told.items()})


def doubtful(base=None, **fields):
    return with_war(tiny_scenario() if base is None else base, doubt=doubt(**fields))


def mirrored(scenario):
    """The same war with the sides in each other's place: all that is said of the one is now said of the other."""
    war, last = scenario.war, len(scenario.war.front.places) - 1
    front = dataclasses.replace(
        war.front, start=exactly(last - war.front.start.mode), a_gains=war.front.b_gains, b_gains=war.front.a_gains
    )
    pie = tuple(dataclasses.replace(each, a_wants={"high": "low", "low": "high"}[each.a_wants]) for each in war.pie)
    swapped = {"side_a": war.side_b, "side_b": war.side_a, "cost_a": war.cost_b, "cost_b": war.cost_a}
    return with_war(scenario, front=front, pie=pie, proposer=exactly(1 - war.proposer.mode), **swapped)


# One demand, then war


def test_one_demand_under_doubt_is_that_of_the_walk_to_the_end_by_hand():
    """An even walk from the middle of 0..4 that moves in half of the steps: the north wins with .5, after 8 steps.

    So war costs the north 8 x .03 = .24, a tough south 8 x .02 = .16, and a weak one 8 x .08 = .64. To demand what only
    a weak south grants is better below f* = (.64 - .16) / (.64 + .24) = 6/11.
    """
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(0.25), b_gains=exactly(0.25))
    base = with_war(tiny_scenario(), front=front)
    for tough, dares in ((0.5, 1), (0.6, 0)):
        data = forecast(doubtful(base, tough=tough)).data
        assert data["doubt_threshold"].item() == pytest.approx(6 / 11)
        assert data["doubt_dares"].item() == dares
        assert data["doubt_war"].item() == pytest.approx(tough * dares)


def test_more_fear_of_a_tough_opponent_first_makes_war_likelier_and_then_brings_peace():
    wars = [number(doubtful(tough=each), "doubt_war") for each in (0, 0.2, 0.4, 0.9, 1)]
    assert wars == pytest.approx([0, 0.2, 0.4, 0, 0])


@settings(max_examples=20, deadline=None)
@given(share, st.floats(0.01, 0.1), st.floats(0.01, 0.1))
def test_the_demand_is_that_of_the_screening_game_with_costs_of_the_whole_war(tough, one, other):
    cost_tough, cost_weak = sorted((one, other))
    data = forecast(doubtful(tough=tough, cost_tough=cost_tough, cost_weak=cost_weak)).data
    steps = data["war_length"].item() / 30
    r = 0.15 / 0.2
    wins = (1 - r**2) / (1 - r**4)
    expected = screening(wins, steps * 0.03, cost_tough=steps * cost_tough, cost_weak=steps * cost_weak, tough=tough)
    assert data["doubt_threshold"].item() == pytest.approx(float(expected.threshold))
    assert data["doubt_war"].item() == pytest.approx(float(expected.war))


def test_costs_of_the_side_in_doubt_make_it_dare_less():
    dear = with_war(tiny_scenario(), cost_a=exactly(0.1))
    assert number(doubtful(dear), "doubt_threshold") < number(doubtful(), "doubt_threshold") - 0.1


def test_who_the_doubt_is_about_decides_whose_costs_count():
    """About the north: it is the south that is in doubt, and its own .05 a step that daring puts at risk."""
    about_south, about_north = (number(doubtful(about=each), "doubt_threshold") for each in ("south", "north"))
    assert about_south == pytest.approx((0.08 - 0.02) / (0.08 + 0.03))
    assert about_north == pytest.approx((0.08 - 0.02) / (0.08 + 0.05))


def test_without_doubt_nothing_is_said_of_it():
    data = forecast(tiny_scenario()).data
    assert not [name for name in data.data_vars if str(name).startswith(("doubt", "believed"))]
    assert detail(tiny_scenario())["doubt"] is None


# A mediator's word


def told(side_b_share, war_cost=0.02, about="south", risk=0.1, **numbers):
    """What can be believed of a broker to whom the south's share is worth so much."""
    base = with_war(pressed(), broker=broker(side_b_share=side_b_share, war_cost=war_cost))
    data = forecast(doubtful(base, about=about, fights_all_the_same=risk, **numbers)).data
    return data["believed_weak"].item(), data["believed_tough"].item()


def test_a_mediator_who_cares_for_peace_alone_is_believed_when_it_counsels_restraint_and_not_when_it_says_press_on():
    assert told(0, about="south") == (0, 1)
    assert told(0, about="north") == (0, 1)


def test_a_mediator_on_the_side_of_the_one_in_doubt_can_be_believed_when_it_says_press_on():
    """The broker cares for the south's share, and it is the south that doubts the north; about the south, it is not."""
    assert told(1.0, about="north", war_cost=0.001) == (1, 1)
    assert told(1.0, about="south", war_cost=0.001)[0] == 0


def test_a_mediator_who_loses_nothing_by_war_and_favours_the_other_side_would_lie_about_toughness():
    """Told "weak" of a tough south, the north demands more and is fought: with no cost of war, and the south's share
    dear to it, the broker would rather let them fight than see the north granted p + c_T."""
    assert told(1.0, about="south", war_cost=0.0)[1] == 0


def test_where_even_a_weak_one_never_fights_the_larger_demand_a_peace_lover_has_no_reason_to_lie():
    assert told(0, risk=0) == (1, 1)


@settings(max_examples=20, deadline=None)
@given(share, st.floats(0, 0.1), share, st.sampled_from(["north", "south"]))
def test_who_is_believed_is_the_mediation_game_with_costs_of_the_whole_war(favour, war_cost, risk, about):
    base = with_war(pressed(), broker=broker(side_b_share=favour, war_cost=war_cost))
    data = forecast(doubtful(base, about=about, fights_all_the_same=risk)).data
    steps = data["war_length"].item() / 30
    expected = mediation(
        bias=favour if about == "north" else -favour,
        war_cost=steps * war_cost,
        risk=risk,
        cost_a=steps * (0.05 if about == "north" else 0.03),
        cost_tough=steps * 0.02,
        cost_weak=steps * 0.08,
    )
    assert data["believed_weak"].item() == bool(expected.believed_weak)
    assert data["believed_tough"].item() == bool(expected.believed_tough)


def test_without_the_chance_that_a_weak_one_fights_all_the_same_no_message_is_judged():
    base = with_war(pressed(), broker=broker())
    assert detail(doubtful(base))["doubt"]["believed"] == {"weak": None, "tough": None}
    assert detail(doubtful(fights_all_the_same=0.1))["doubt"]["believed"] == {"weak": None, "tough": None}


# Rounds of offers


def one_offer(**fields):
    """The textbook's single demand: from the middle of three places one battle decides with chances .5 and .5."""
    base = free_of_red_lines(with_clock(tiny_scenario(), horizon=1, discounts=()))
    places = base.war.front.places[::2]
    front = dataclasses.replace(
        base.war.front, places=places, start=exactly(1), a_gains=exactly(0.5), b_gains=exactly(0.5)
    )
    numbers = {"tough": 0.5, "cost_tough": 0.05, "cost_weak": 0.3, **fields}
    return doubtful(with_war(base, front=front, cost_a=exactly(0.1)), **numbers)


def test_with_one_offer_the_game_is_fearons_screening_with_the_textbooks_numbers():
    """p = .5, c_A = .1, c_T = .05, c_W = .3: at .5 the risky demand is worth .60, at .75 the safe one .55."""
    risky, safe = detail(one_offer())["doubt"], detail(one_offer(tough=0.75))["doubt"]
    assert (risky["offer"], risky["share"], risky["value"]) == ("screen", pytest.approx(0.8), pytest.approx(0.6))
    assert risky["settlement_time"] == pytest.approx([0.5])
    assert (safe["offer"], safe["share"], safe["value"]) == ("pool", pytest.approx(0.55), pytest.approx(0.55))
    assert safe["settlement_time"] == pytest.approx([1])
    for each in (risky, safe):
        assert each["threshold"] == pytest.approx(0.625)
    assert risky["value_if_known"] == pytest.approx(0.5 * 0.55 + 0.5 * 0.8)
    assert safe["value_if_known"] == pytest.approx(0.75 * 0.55 + 0.25 * 0.8)


@settings(max_examples=20, deadline=None)
@given(share, st.floats(0, 0.1), st.floats(0, 0.1), st.sampled_from(["front", "fight_to_finish"]))
def test_to_know_the_others_type_never_hurts_where_everything_can_be_agreed(tough, one, other, rule):
    cost_tough, cost_weak = sorted((one, other))
    base = free_of_red_lines(with_war(tiny_scenario(), terminal_rule=rule))
    found = detail(doubtful(base, tough=tough, cost_tough=cost_tough, cost_weak=cost_weak))["doubt"]
    assert found["value_if_known"] >= found["value"] - 1e-9


def test_an_opponent_known_to_be_tough_leaves_nothing_to_be_learned():
    found = detail(free_of_red_lines(doubtful(tough=1)))["doubt"]
    assert found["value"] == pytest.approx(found["value_if_known"])
    assert found["settlement_time"][0] == pytest.approx(1)


def test_an_opponent_known_to_be_weak_leaves_nothing_to_be_learned_from_a_single_demand():
    found = detail(one_offer(tough=0))["doubt"]
    assert (found["offer"], found["value"], found["value_if_known"]) == ("screen", *[pytest.approx(0.8)] * 2)


def test_types_that_do_not_differ_leave_no_doubt():
    found = detail(free_of_red_lines(doubtful(cost_tough=0.05, cost_weak=0.05)))["doubt"]
    assert (found["offer"], found["settlement_time"][0]) == ("pool", pytest.approx(1))
    assert found["value"] == pytest.approx(found["value_if_known"])
    assert (found["threshold"], found["war"]) == (0, 0)


@settings(max_examples=20, deadline=None)
@given(share, st.floats(0, 0.1), st.floats(0.001, 0.1), st.sampled_from(["front", "fight_to_finish", "zero"]))
def test_doubt_about_one_side_is_doubt_about_the_other_in_its_place(tough, cost, more, rule):
    base = with_war(tiny_scenario(), terminal_rule=rule)
    numbers = {"tough": tough, "cost_tough": cost, "cost_weak": cost + more}
    # which of two sides is named first must not decide how close calls come out
    one = detail(doubtful(base, about="south", **numbers))["doubt"]
    other = detail(doubtful(mirrored(base), about="south", **numbers))["doubt"]
    assume(abs(tough - one["threshold"]) > 1e-9)
    assert (one["asks"], one["about"]) == (other["asks"], other["about"]) == ("north", "south")
    assert other["value"] == pytest.approx(one["value"], abs=1e-9)
    assert other["value_if_known"] == pytest.approx(one["value_if_known"], abs=1e-9)
    assert other["threshold"] == pytest.approx(one["threshold"])
    assert other["war"] == pytest.approx(one["war"])


def test_given_ends_are_mirrored_with_the_sides():
    given_a, given_b = (0.0, 0.1, 0.4, 0.5, 1.0), (1.0, 0.6, 0.5, 0.2, 0.0)
    base = with_war(tiny_scenario(), terminal_rule="given", terminal_a=given_a, terminal_b=given_b)
    other = with_war(mirrored(base), terminal_a=given_b[::-1], terminal_b=given_a[::-1])
    one, mirror = detail(doubtful(base))["doubt"], detail(doubtful(other))["doubt"]
    assert mirror["value"] == pytest.approx(one["value"])
    assert mirror["share"] == pytest.approx(one["share"])
    assert mirror["settlement_time"] == pytest.approx(one["settlement_time"])


@pytest.mark.parametrize("about", ["north", "south"])
@pytest.mark.parametrize("rule", ["fight_to_finish", "front"])
@pytest.mark.parametrize("tough", [0.2, 0.6])
def test_battles_that_go_alike_for_both_types_teach_nothing(about, rule, tough):
    """Second method: the program that follows battles one by one, given the front's own chances for both types."""
    base = with_clock(with_war(free_of_red_lines(tiny_scenario()), terminal_rule=rule), horizon=3)
    front = base.war.front
    gains = (front.a_gains if about == "north" else front.b_gains).mode
    plain = detail(doubtful(base, about=about, tough=tough))["doubt"]
    followed = detail(doubtful(base, about=about, tough=tough, gains_tough=gains, gains_weak=gains))["doubt"]
    assert followed["offer"] == plain["offer"]
    assert followed["settlement_time"] == pytest.approx(plain["settlement_time"], abs=1e-9)
    for name in ("share", "value", "value_if_known"):
        assert followed[name] == pytest.approx(plain[name], abs=1e-9)


def test_an_opponent_who_fights_better_when_tough_is_worth_knowing():
    base = with_clock(free_of_red_lines(tiny_scenario()), horizon=6)
    found = detail(doubtful(base, tough=0.5, gains_tough=0.4, gains_weak=0.05))["doubt"]
    assert found["value"] < found["value_if_known"]


def test_with_no_offer_to_come_there_is_no_game_of_doubt():
    assert detail(with_clock(doubtful(), horizon=0))["doubt"] is None


def test_in_the_shipped_case_more_fear_that_russia_is_tough_is_worth_less_to_ukraine():
    """Were it not for red lines, which leave it nothing to ask for at the most plausible numbers."""
    base, engine, values = shipped(), WarBargaining(red_lines="none"), []
    for each in (0.05, 0.5, 0.95):
        number = Estimate(low=each, mode=each, high=each, because="to see what changes")
        scenario = with_war(base, doubt=dataclasses.replace(base.war.doubt, tough=number))
        values.append(engine.detail(engine.forecast(scenario, RNG))["doubt"]["value"])
    assert values[0] >= values[1] >= values[2]
    assert values[0] > values[2] + 1e-3


# Resolve


def resolved(stubborn_a=0.05, stubborn_b=0.02, base=None, **demands):
    section = Resolve(
        stubborn_a=exactly(stubborn_a),
        stubborn_b=exactly(stubborn_b),
        **{name: exactly(value) for name, value in demands.items()},
    )
    return with_war(tiny_scenario() if base is None else base, resolve=section)


def patience(rate_a, rate_b):
    base = tiny_scenario()
    found = zip(base.clock.discounts, (rate_a, rate_b), strict=True)
    return with_clock(
        base, discounts=tuple(dataclasses.replace(each, per_step=exactly(math.exp(-rate))) for each, rate in found)
    )


def test_who_folds_first_is_that_of_the_textbook():
    """Demands .7 and .6, rates .1 and .05 a step, stubborn with .05 and .02: T = 29.340173 steps; A gives in at once
    with .783188."""
    data = forecast(resolved(base=patience(0.1, 0.05), demand_a=0.7, demand_b=0.6)).data
    assert data["standoff_days"].item() == pytest.approx(29.340173 * 30, rel=1e-7)
    assert data["folds_at_once_a"].item() == pytest.approx(0.783188, abs=5e-7)
    assert data["folds_at_once_b"].item() == pytest.approx(0, abs=1e-12)
    assert data["never_folds"].item() == pytest.approx(0.05 * 0.02)


def test_the_chances_of_who_folds_are_those_of_the_reputation_model_and_add_up_to_one():
    data = forecast(resolved(0.3, 0.2, base=patience(0.1, 0.05), demand_a=0.7, demand_b=0.6)).data
    expected = concessions([0.7, 0.6], [0.1, 0.05], [0.3, 0.2])
    first = [data[f"folds_first_{side}"].item() for side in "ab"]
    assert first == pytest.approx(expected.first.tolist())
    assert sum(first) + data["never_folds"].item() == pytest.approx(1)


def test_what_a_side_insists_on_is_its_stated_position_where_nothing_else_is_said():
    """The north asks for 90 of the border, the south for 10, which is .9 of the pie for itself."""
    assert detail(resolved())["resolve"]["demands"] == {"north": pytest.approx(0.9), "south": pytest.approx(0.9)}
    assert detail(resolved(demand_b=0.4))["resolve"]["demands"]["south"] == pytest.approx(0.4)


def test_a_side_more_likely_to_be_stubborn_folds_first_less_often():
    less, more = (number(resolved(each, 0.1), "folds_first_a") for each in (0.05, 0.5))
    assert more < less - 0.1


def silent(scenario):
    found = detail(scenario)["resolve"]
    every = [*found["folds_first"].values(), *found["folds_at_once"].values(), found["never"], found["standoff_days"]]
    return all(each is None for each in every)


def test_nothing_is_said_of_folding_where_both_demands_can_be_met():
    assert silent(resolved(demand_a=0.5, demand_b=0.5))
    assert silent(resolved(demand_a=0.6, demand_b=0.3))
    assert not silent(resolved(demand_a=0.6, demand_b=0.5))


def test_nothing_is_said_of_folding_where_a_side_is_endlessly_patient():
    assert silent(resolved(base=with_clock(tiny_scenario(), discounts=())))
    assert silent(resolved(base=patience(0.1, 0.0)))


def test_nothing_is_said_of_folding_where_both_want_all_or_a_side_is_never_stubborn():
    assert silent(resolved(demand_a=1, demand_b=1))
    assert silent(resolved(0, 0.5))


def test_the_sides_in_each_others_place_fold_with_each_others_chances():
    one = forecast(resolved(0.3, 0.1, base=patience(0.1, 0.05), demand_a=0.7, demand_b=0.6)).data
    other = forecast(resolved(0.1, 0.3, base=mirrored(patience(0.1, 0.05)), demand_a=0.6, demand_b=0.7)).data
    for name in ("folds_first", "folds_at_once"):
        assert one[f"{name}_a"].item() == pytest.approx(other[f"{name}_b"].item())
        assert one[f"{name}_b"].item() == pytest.approx(other[f"{name}_a"].item())


def test_in_draws_only_those_with_an_answer_say_who_folds():
    scenario = shipped()
    data = WarBargaining().forecast_many(draw(scenario, 200, 0), [RNG] * 200)
    first = np.stack([data[f"folds_first_{side}"].values for side in "ab"])
    known = np.isfinite(first).all(axis=0)
    assert known.any()
    total = first.sum(axis=0) + data["never_folds"].values
    np.testing.assert_allclose(total[known], 1, atol=1e-9)
    assert np.isnan(data["never_folds"].values[~known]).all()


def test_the_modes_and_many_draws_tell_the_same_of_doubt_and_resolve():
    scenario = with_war(resolved(base=doubtful(pressed(), fights_all_the_same=0.2)), broker=broker())
    one = forecast(scenario).data
    many = WarBargaining().forecast_many(Draws.of_modes(scenario), [RNG])
    for name in (each for each in one.data_vars if str(each).startswith(("doubt", "believed", "folds", "never"))):
        assert many[name].item() == one[name].item(), name
