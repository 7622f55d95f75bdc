"""How a war ends where truces can be broken: no agreement, temporary truce, frozen conflict, lasting peace."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.domain.doubt import Peace
from parley.domain.draws import Draws
from parley.engines.war_bargaining import WarBargaining
from parley.ensembles import draw
from parley.methods.war_endings import ENDINGS
from tests.builders import exactly, tiny_scenario
from tests.war_scenes import free_of_red_lines, shipped, with_clock, with_red_line, with_war

RNG = np.random.default_rng(0)


def peaceful(base=None, *, a_gains=0.0, b_gains=0.0, guarantee=0.0, war_loss=0.2):
    """A war with power that shifts in peace; without red lines, where no other is given."""
    section = Peace(
        a_gains=exactly(a_gains), b_gains=exactly(b_gains), war_loss=exactly(war_loss), guarantee=exactly(guarantee)
    )
    return with_war(free_of_red_lines(tiny_scenario()) if base is None else base, peace=section)


def closed():
    """The north takes no less than 60 of the border, the south gives no more than 55."""
    base = with_red_line(tiny_scenario(), "south", "border", at_most=exactly(55))
    return with_red_line(base, "north", "border", at_least=exactly(60))


def ends(scenario):
    """The chance of each ending at the modes."""
    data = WarBargaining().forecast_many(Draws.of_modes(scenario), [RNG])
    assert data["ending"].values.tolist() == list(ENDINGS)
    return dict(zip(ENDINGS, data["ends_in"].values.ravel().tolist(), strict=True))


def only(name):
    return {each: pytest.approx(float(each == name), abs=1e-12) for each in ENDINGS}


def test_where_all_can_be_agreed_and_nobody_gains_by_breaking_it_peace_lasts():
    assert ends(peaceful(guarantee=2.0)) == only("lasting_peace")


def test_where_red_lines_exclude_each_other_the_best_that_can_hold_is_a_frozen_conflict():
    found = ends(peaceful(closed(), guarantee=2.0))
    assert found["lasting_peace"] == 0
    assert found["frozen_conflict"] > 0.95
    assert ends(peaceful(closed(), a_gains=0.3))["lasting_peace"] == 0


def test_power_that_shifts_with_nothing_to_hold_the_sides_turns_a_frozen_conflict_into_a_temporary_truce():
    still, shifting = (ends(peaceful(closed(), a_gains=each)) for each in (0.0, 0.2))
    assert still["temporary_truce"] < 0.01
    assert shifting["temporary_truce"] > 0.1
    assert shifting["frozen_conflict"] < still["frozen_conflict"] - 0.1


def test_without_any_offer_nothing_is_signed():
    assert ends(with_clock(peaceful(), horizon=0)) == only("no_agreement")


def test_a_war_that_is_won_before_the_talks_open_ends_without_agreement():
    """The front moves forward for sure, two places from the end: after two steps there is nothing left to agree on."""
    front = dataclasses.replace(tiny_scenario().war.front, a_gains=exactly(1), b_gains=exactly(0))
    base = with_war(peaceful(guarantee=2.0), front=front)
    for opening, ending in ((0, "lasting_peace"), (1, "lasting_peace"), (2, "no_agreement")):
        assert ends(with_clock(base, opening=exactly(opening))) == only(ending), opening


def test_steps_before_the_talks_spread_the_front_over_the_places_where_they_may_open():
    """After one step the front is at 3 with .2, at 1 with .15, else at 2: the ends are those from there, so weighed."""

    def standing(place):
        front = dataclasses.replace(tiny_scenario().war.front, start=exactly(place))
        return ends(peaceful(with_war(closed(), front=front), a_gains=0.2))

    later = ends(with_clock(peaceful(closed(), a_gains=0.2), opening=exactly(1)))
    for name in ENDINGS:
        expected = 0.2 * standing(3)[name] + 0.15 * standing(1)[name] + 0.65 * standing(2)[name]
        assert later[name] == pytest.approx(expected, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.floats(0, 0.5), st.floats(0, 0.5), st.floats(0, 0.3))
def test_the_chances_of_the_four_endings_add_up_to_one(seed, a_gains, b_gains, guarantee):
    base = draw(tiny_scenario(), 1, seed).scenario(0)
    found = ends(peaceful(base, a_gains=a_gains, b_gains=b_gains, guarantee=guarantee))
    assert sum(found.values()) == pytest.approx(1)
    assert min(found.values()) >= 0


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 0.4), st.floats(0, 0.4), st.floats(0, 0.2), st.sampled_from([0.0, 0.3, 0.5, 1.0]))
def test_the_sides_in_each_others_place_come_to_the_same_end(a_gains, b_gains, guarantee, offers):
    scenario = with_war(
        peaceful(closed(), a_gains=a_gains, b_gains=b_gains, guarantee=guarantee), proposer=exactly(offers)
    )
    war = scenario.war
    front = dataclasses.replace(
        war.front, places=war.front.places[::-1], a_gains=war.front.b_gains, b_gains=war.front.a_gains
    )
    mirrored = with_war(
        scenario,
        side_a=war.side_b,
        side_b=war.side_a,
        front=front,
        cost_a=war.cost_b,
        cost_b=war.cost_a,
        proposer=exactly(1 - offers),
        pie=tuple(dataclasses.replace(each, a_wants="low") for each in war.pie),
        peace=dataclasses.replace(war.peace, a_gains=war.peace.b_gains, b_gains=war.peace.a_gains),
    )
    one, other = ends(scenario), ends(mirrored)
    assert {name: pytest.approx(each, abs=1e-9) for name, each in one.items()} == other


def test_the_detail_of_the_modes_has_them_with_a_word_on_a_finer_grid():
    engine, scenario = WarBargaining(), peaceful(closed(), a_gains=0.2)
    told = engine.detail(engine.forecast(scenario, RNG))["commitment"]["endings"]
    assert {name: told[name] for name in ENDINGS} == ends(scenario)
    assert told["grid_changes"] in (True, False)


def test_over_the_draws_their_means_are_told_and_a_draw_of_endless_patience_has_none():
    scenario = peaceful(closed(), a_gains=0.2)
    engine, draws = WarBargaining(), draw(scenario, 30, 0)
    values = draws.values.copy()
    for each in range(2):
        values[0, draws.index(("clock", "discounts", each, "per_step"))] = 1.0
    data = engine.forecast_many(dataclasses.replace(draws, values=values), [RNG] * 30)
    assert np.isnan(data["ends_in"].values[0]).all()
    found = engine.detail_of_draws(data)["endings_of_draws"]
    for place, name in enumerate(ENDINGS):
        assert found[name]["mean"] == pytest.approx(data["ends_in"].values[1:, place].mean())
    assert sum(each["mean"] for each in found.values()) == pytest.approx(1)


def test_many_draws_and_the_modes_tell_the_same():
    for scenario in (peaceful(closed(), a_gains=0.2), shipped()):
        one = WarBargaining().forecast(scenario, RNG).data["ends_in"].values.ravel()
        assert dict(zip(ENDINGS, one.tolist(), strict=True)) == ends(scenario)


def test_a_scenario_that_says_nothing_of_peace_says_nothing_of_how_it_ends():
    data = WarBargaining().forecast(tiny_scenario(), RNG).data
    assert "ends_in" not in data
    assert WarBargaining().detail_of_draws(WarBargaining().forecast_many(draw(tiny_scenario(), 3, 0), [RNG] * 3)) == {}


def test_in_the_shipped_case_no_guarantee_at_all_makes_a_truce_more_often_temporary():
    draws = draw(shipped(), 60, 0)
    values = draws.values.copy()
    for path in (("war", "peace", "guarantee"), ("war", "breach_penalty_a"), ("war", "breach_penalty_b")):
        values[:, draws.index(path)] = 0.0
    bare = WarBargaining().forecast_many(dataclasses.replace(draws, values=values), [RNG] * 60)["ends_in"].values
    kept = WarBargaining().forecast_many(draws, [RNG] * 60)["ends_in"].values
    assert bare[:, 1].mean() > kept[:, 1].mean() + 0.005


def test_dearer_war_makes_it_less_likely_that_nothing_is_signed():
    scenario = peaceful(closed(), b_gains=0.3)
    cheap, dear = (
        ends(with_war(scenario, cost_a=exactly(each), cost_b=exactly(each)))["no_agreement"] for each in (0.0, 0.2)
    )
    assert cheap > dear
