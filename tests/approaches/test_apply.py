"""Approaches as arithmetic on draws."""

import dataclasses

import numpy as np
import pytest

from parley.approaches import apply, costs, parts_of, silent_effects
from parley.domain.approach import Move
from parley.domain.conflict import Choice
from parley.domain.draws import Draws, quantities
from parley.domain.lever import Effect
from parley.domain.party import Party
from parley.ensembles import draw
from parley.errors import UsageError
from tests.builders import about, exactly, lever, tiny_scenario, with_approaches, with_levers

ALWAYS, NEVER = exactly(1), exactly(0)


def columns_that_differ(one, other):
    """Names of the quantities whose samples differ, and which both have."""
    here, there = ({each.name: k for k, each in enumerate(quantities(draws.base))} for draws in (one, other))
    return {name for name in here.keys() & there if (one.values[:, here[name]] != other.values[:, there[name]]).any()}


def pushed(*levers, count=200, **changes):
    """Draws without and with an approach that pulls these levers."""
    base = draw(with_levers(*levers, **changes), count, seed=1)
    return base, apply(base, "push")


def test_an_approach_without_parts_changes_nothing():
    base = draw(with_approaches({"id": "nothing"}), 50, seed=0)
    applied = apply(base, "nothing")
    assert applied.base is base.base
    assert applied.values.tobytes() == base.values.tobytes()
    assert applied.chance.tobytes() == base.chance.tobytes()


def test_an_approach_leaves_the_draws_that_it_is_applied_to_as_they_were():
    base = draw(tiny_scenario(), 50, seed=0)
    before = base.values.tobytes()
    for approach in base.base.approaches:
        apply(base, approach.id)
    assert base.values.tobytes() == before


@pytest.mark.parametrize(
    ("approach", "changed"),
    [
        ("press", {"war.cost_b"}),
        ("press_harder", {"war.cost_b", "parties[south].capability"}),
        ("soften", {"positions[north, border].position"}),
        ("hold_fire", set()),
        ("wait", set()),
    ],
)
def test_an_approach_changes_its_own_numbers_and_no_other(approach, changed):
    base = draw(tiny_scenario(), 200, seed=0)
    applied = apply(base, approach)
    assert columns_that_differ(base, applied) == changed
    assert applied.chance.tobytes() == base.chance.tobytes()


def test_a_lever_acts_in_the_share_of_draws_that_its_credibility_gives():
    base, applied = pushed(lever("l", Effect(on="capability", plus=exactly(1)), credibility=exactly(0.3)), count=2000)
    acted = applied.column(("parties", 1, "capability")) != base.column(("parties", 1, "capability"))
    # a share of 2,000 draws has a standard error of sqrt(.3 * .7 / 2000) = .010
    assert acted.mean() == pytest.approx(0.3, abs=0.04)


def test_a_lever_with_credibility_zero_never_acts():
    base, applied = pushed(lever("l", Effect(on="capability", plus=exactly(1)), credibility=NEVER))
    assert applied.values.tobytes() == base.values.tobytes()
    modes = Draws.of_modes(base.base)
    assert apply(modes, "push").values.tobytes() == modes.values.tobytes()


def test_a_lever_with_credibility_one_always_acts():
    base, applied = pushed(lever("l", Effect(on="capability", times=exactly(2), plus=exactly(0.5)), credibility=ALWAYS))
    old, new = (draws.column(("parties", 1, "capability")) for draws in (base, applied))
    assert new == pytest.approx(2 * old + 0.5)


def test_a_lever_acts_in_the_same_draws_whatever_else_is_pulled():
    effects = [lever(name, Effect(on="capability", plus=exactly(1))) for name in ("one", "two")]
    scenario = with_levers(*effects)
    alone = dataclasses.replace(scenario.approaches[0], id="alone", pulls=("two",))
    base = draw(dataclasses.replace(scenario, approaches=(*scenario.approaches, alone)), 200, seed=0)
    path = ("parties", 1, "capability")
    gained = (apply(base, "push").column(path) - base.column(path)).round()
    by_two = (apply(base, "alone").column(path) - base.column(path)).round()
    assert set(by_two) == {0.0, 1.0}
    assert set(gained - by_two) == {0.0, 1.0}


def test_the_war_cost_that_a_lever_changes_is_its_targets():
    on_north = lever("l", Effect(on="war_cost", times=exactly(2)), target="north", credibility=ALWAYS)
    on_south = lever("l", Effect(on="war_cost", times=exactly(2)), credibility=ALWAYS)
    assert columns_that_differ(*pushed(on_north)) == {"war.cost_a"}
    assert columns_that_differ(*pushed(on_south)) == {"war.cost_b"}


def test_numbers_stay_within_their_bounds():
    base, applied = pushed(lever("l", Effect(on="war_cost", times=exactly(1000)), credibility=ALWAYS))
    assert set(applied.column(("war", "cost_b"))) == {1.0}
    base, applied = pushed(lever("l", Effect(on="no_agreement", plus=exactly(-5)), credibility=ALWAYS))
    assert set(applied.column(("parties", 1, "no_agreement"))) == {0.0}


def test_the_front_cannot_move_both_ways_more_often_than_always():
    base, applied = pushed(lever("l", Effect(on="front_gain", plus=exactly(0.95)), credibility=ALWAYS))
    a_gains, b_gains = (applied.column(("war", "front", name)) for name in ("a_gains", "b_gains"))
    assert a_gains.tobytes() == base.column(("war", "front", "a_gains")).tobytes()
    assert a_gains + b_gains == pytest.approx(1.0)


def test_salience_changes_on_one_issue_or_on_all():
    one = lever("l", Effect(on="salience", issue="truce", times=exactly(0.5)), credibility=ALWAYS)
    every = lever("l", Effect(on="salience", times=exactly(0.5)), credibility=ALWAYS)
    assert columns_that_differ(*pushed(one)) == {"positions[south, truce].salience"}
    assert columns_that_differ(*pushed(every)) == {
        "positions[south, border].salience",
        "positions[south, truce].salience",
    }


def test_two_levers_on_one_number_work_in_the_order_in_which_they_are_pulled():
    double = lever("double", Effect(on="capability", times=exactly(2)), credibility=ALWAYS)
    add = lever("add", Effect(on="capability", plus=exactly(1)), credibility=ALWAYS)
    base = draw(with_levers(double, add, pulls=("add", "double")), 20, seed=0)
    path = ("parties", 1, "capability")
    assert apply(base, "push").column(path) == pytest.approx((base.column(path) + 1) * 2)


def test_a_moved_position_is_the_moves_own_sample():
    base = draw(tiny_scenario(), 50, seed=0)
    moved = apply(base, "soften").column(("positions", 0, "position"))
    assert moved.tobytes() == base.column(("approaches", 2, "moves", 0, "to")).tobytes()
    assert 50 <= moved.min() <= moved.max() <= 70


def test_options_that_an_approach_takes_are_held():
    applied = apply(draw(tiny_scenario(), 5, seed=0), "hold_fire")
    assert applied.base.conflict.held == (Choice(option="attack", taken=False),)
    assert applied.base.conflict.options == tiny_scenario().conflict.options


def test_waiting_gives_the_clock_an_opening_where_it_had_none():
    base = draw(tiny_scenario(), 50, seed=0)
    applied = apply(base, "wait")
    assert set(applied.column(("clock", "opening"))) == {2.0}
    assert base.index(("clock", "opening")) is None
    for quantity in quantities(base.base):
        assert applied.column(quantity.path).tobytes() == base.column(quantity.path).tobytes()


def test_waiting_adds_to_the_opening_that_there_is():
    clock = dataclasses.replace(tiny_scenario().clock, opening=about(1, 2, 3))
    base = draw(tiny_scenario(clock=clock), 50, seed=0)
    opening = ("clock", "opening")
    assert apply(base, "wait").column(opening) == pytest.approx(base.column(opening) + 2)


def test_an_approach_takes_over_the_parts_of_the_one_it_extends():
    scenario = tiny_scenario()
    assert parts_of(scenario, "press_harder").pulls == ("sanctions", "aid_pause")
    base = draw(scenario, 200, seed=0)
    both, one = apply(base, "press_harder"), apply(base, "press")
    assert both.column(("war", "cost_b")).tobytes() == one.column(("war", "cost_b")).tobytes()


def test_an_approachs_own_parts_override_those_it_takes_over():
    scenario = with_approaches(
        {
            "id": "child",
            "extends": "parent",
            "moves": (Move(issue="border", to=exactly(40)),),
            "takes": (Choice(option="attack", taken=True),),
            "wait": exactly(1),
        },
        {
            "id": "parent",
            "moves": (Move(issue="border", to=exactly(60)), Move(issue="truce", to=exactly(20))),
            "takes": (Choice(option="attack", taken=False),),
            "wait": exactly(5),
        },
    )
    applied = apply(draw(scenario, 3, seed=0), "child")
    assert set(applied.column(("positions", 0, "position"))) == {40.0}
    assert set(applied.column(("positions", 1, "position"))) == {20.0}
    assert set(applied.column(("clock", "opening"))) == {1.0}
    assert applied.base.conflict.held == (Choice(option="attack", taken=True),)


def test_a_levers_cost_is_paid_where_it_acts():
    always = lever("always", Effect(on="capability", plus=exactly(1)), credibility=ALWAYS, cost=exactly(0.1))
    never = lever("never", Effect(on="capability", plus=exactly(1)), credibility=NEVER, cost=exactly(0.5))
    sometimes = lever("sometimes", Effect(on="capability", plus=exactly(1)), cost=exactly(0.2))
    base = draw(with_levers(always, never, sometimes), 100, seed=0)
    acts = base.chance[:, 2] < base.column(("levers", 2, "credibility"))
    paid = costs(base, "push")
    assert paid.keys() == {"north"}
    assert paid["north"] == pytest.approx(np.where(acts, 0.3, 0.1))
    assert 0 < acts.mean() < 1


def test_what_no_number_answers_to_is_said():
    bystander = Party(id="east", name="The East", role="other", capability=exactly(1))
    parties = (*tiny_scenario().parties, bystander)
    effects = [Effect(on=on, times=exactly(2)) for on in ("war_cost", "front_gain", "no_agreement", "capability")]
    effects.append(Effect(on="salience", issue="truce", times=exactly(2)))
    silent = silent_effects(with_levers(lever("l", *effects, target="east"), parties=parties), "push")
    number = ["war_cost of", "front_gain of", "no_agreement of", "salience on 'truce' of"]
    assert len(silent) == len(number)
    assert all(f"would change {words} 'east'" in sentence for words, sentence in zip(number, silent, strict=True))
    assert silent_effects(tiny_scenario(), "press_harder") == ()


def test_waiting_without_a_clock_is_said():
    scenario = tiny_scenario(clock=None)
    assert silent_effects(scenario, "wait") == ("the approach 'wait' waits, but the scenario has no clock",)
    base = draw(scenario, 5, seed=0)
    assert apply(base, "wait").values.tobytes() == base.values.tobytes()


def test_an_unknown_approach_is_refused_with_the_one_that_was_meant():
    with pytest.raises(UsageError, match="did you mean 'press'"):
        apply(draw(tiny_scenario(), 1, seed=0), "pres")
