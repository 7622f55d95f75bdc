"""The answer for each approach of the shipped case follows the inputs that should matter, and no others."""

import dataclasses
import functools

import numpy as np
import pytest

from parley.approaches import apply
from parley.domain.draws import Draws
from parley.domain.scenario import Scenario
from parley.engines import named
from parley.ensembles import draw
from parley.errors import Path
from tests.war_scenes import shipped

COUNT = 20
APPROACHES = (
    "give_up_ukraine",
    "give_up_relationship",
    "walk_away",
    "agree_and_pivot",
    "previous_strategy",
    "wait",
)
WAR = {
    "the front's drift to one side": ("war", "front", "a_gains"),
    "the front's drift to the other": ("war", "front", "b_gains"),
    "what a step costs one side": ("war", "cost_a"),
    "what a step costs the other": ("war", "cost_b"),
    "who makes the offers": ("war", "proposer"),
    "what counts most in the pie": ("war", "pie", 0, "weight"),
    "a public line": ("war", "home_front", "audiences", 0, "penalty"),
}
"""Numbers that the game of war and talks rests on."""

PEACE = {
    "the guarantee": ("war", "peace", "guarantee"),
    "what breaking a truce costs one side": ("war", "breach_penalty_a"),
    "how fast power shifts in peace": ("war", "peace", "a_gains"),
    "what war destroys": ("war", "peace", "war_loss"),
}
"""Numbers that how it ends rests on."""


def index(draws: Draws, path: Path) -> int:
    place = draws.index(path)
    assert place is not None, path
    return place


@functools.cache
def case() -> Scenario:
    return shipped()


@functools.cache
def base() -> Draws:
    return draw(case(), COUNT, 0)


def changed(path: Path, factor: float = 0.25) -> Draws:
    """The draws with one number at a quarter of what it was, and nothing else changed."""
    values = base().values.copy()
    values[:, index(base(), path)] *= factor
    return dataclasses.replace(base(), values=values)


def answer(draws: Draws, approach: str, engine: str = "war_bargaining"):
    rngs = [np.random.default_rng(k) for k in range(COUNT)]
    return named(engine).forecast_many(apply(draws, approach), rngs)


@functools.cache
def usual(approach: str, engine: str = "war_bargaining"):
    return answer(base(), approach, engine)


def differs(one, other, *names: str) -> bool:
    return any(not np.array_equal(one[name].values, other[name].values, equal_nan=True) for name in names)


def test_these_are_all_the_approaches_of_the_case():
    assert tuple(each.id for each in case().approaches) == APPROACHES


@pytest.mark.parametrize("path", WAR.values(), ids=WAR.keys())
@pytest.mark.parametrize("approach", APPROACHES)
def test_the_answer_for_each_approach_changes_with_the_numbers_of_the_war(approach, path):
    assert differs(usual(approach), answer(changed(path), approach), "agreement", "settlement", "value_a", "value_b")


@pytest.mark.parametrize("path", PEACE.values(), ids=PEACE.keys())
@pytest.mark.parametrize("approach", APPROACHES)
def test_how_it_ends_under_each_approach_changes_with_what_a_truce_rests_on(approach, path):
    found = answer(changed(path), approach)
    assert differs(usual(approach), found, "ends_in")
    assert not differs(usual(approach), found, "agreement", "settlement", "value_a", "value_b")


LEVERS = {
    "give_up_ukraine": "hold_back_aid",
    "give_up_relationship": "new_sanctions",
    "agree_and_pivot": "economic_deals",
    "previous_strategy": "more_aid",
}
"""A lever on the war that an approach pulls."""


def lever(name: str) -> int:
    return [each.id for each in case().levers].index(name)


@pytest.mark.parametrize(("approach", "name"), LEVERS.items())
def test_each_approach_that_pulls_a_lever_on_the_war_changes_with_what_that_lever_does_and_no_other_does(
    approach, name
):
    effects = case().levers[lever(name)].effects
    on_cost = next(k for k, effect in enumerate(effects) if effect.on == "war_cost")
    bites = changed(("levers", lever(name), "effects", on_cost, "times"), factor=3.0)
    certain = changed(("levers", lever(name), "credibility"), factor=0.0)
    for each in (bites, certain):
        assert differs(usual(approach), answer(each, approach), "value_a", "value_b")
        assert not differs(usual("walk_away"), answer(each, "walk_away"), "value_a", "value_b")


@pytest.mark.parametrize("approach", ["previous_strategy", "wait"])
def test_an_approach_that_waits_changes_with_how_long_it_waits(approach):
    place = [each.id for each in case().approaches].index(approach)
    longer = changed(("approaches", place, "wait"), factor=2.0)
    names = ("value_a", "value_b", "time_to_agreement", "ends_in", "p_win_a")
    assert differs(usual(approach), answer(longer, approach), *names)
    assert not differs(usual("walk_away"), answer(longer, "walk_away"), *names)


def test_walking_away_changes_with_what_the_broker_weighs_once_it_has_stepped_back():
    """It pulls no lever on the war, which the model of war therefore cannot see; the mean of positions can."""
    step_back = changed(("levers", lever("step_back"), "effects", 0, "times"))
    assert not differs(usual("walk_away"), answer(step_back, "walk_away"), "value_a", "ends_in")
    engine = "compromise_model"
    assert differs(usual("walk_away", engine), answer(step_back, "walk_away", engine), "settlement")
    assert not differs(usual("wait", engine), answer(step_back, "wait", engine), "settlement")


@pytest.mark.parametrize(
    "approach", ["give_up_ukraine", "give_up_relationship", "agree_and_pivot", "previous_strategy"]
)
def test_an_approach_that_moves_positions_changes_with_where_it_moves_them(approach):
    place = [each.id for each in case().approaches].index(approach)
    moved = changed(("approaches", place, "moves", 0, "to"))
    engine = "compromise_model"
    assert differs(usual(approach, engine), answer(moved, approach, engine), "settlement")
    assert not differs(usual("wait", engine), answer(moved, "wait", engine), "settlement")
