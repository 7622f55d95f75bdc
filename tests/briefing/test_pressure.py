"""What a briefing says of pressing the sides of a war, of doubt and resolve, and of whether a truce would be kept."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.domain.briefing import Briefing
from parley.domain.comparison import Comparison
from parley.domain.scenario import Scenario
from parley.domain.war import War
from tests.briefing.stories import DRAWS, answered, constant, part, text_of
from tests.builders import exactly, tiny_scenario
from tests.engines.test_war_doubts import doubt, resolved
from tests.engines.test_war_truces import peaceful
from tests.war_scenes import broker, pressed, rule, with_clock, with_war

RULES = ("nothing", "threat", "help")


def scenario(**parts: Any) -> Scenario:
    """The north and the south with a league that could threaten the north or help the south."""
    return with_war(
        pressed(rule("threat", north=("sanctions",), name="Threat"), rule("help", south=("aid",), name="Help")), **parts
    )


def by_rule(*values: float) -> tuple[tuple[str, str], np.ndarray[Any, Any]]:
    """The same numbers in every draw, one for doing nothing and one for each rule."""
    return ("draw", "rule"), np.tile(np.array(values, dtype=np.float64), (DRAWS, 1))


def ruled(
    told: Scenario | None = None,
    *,
    details: Mapping[str, Any] | None = None,
    draws: Mapping[str, Any] | None = None,
    **of: Any,
) -> Briefing:
    """The briefing of a war model that answers these numbers by rule, and these in `draws`."""
    plain = {
        "value_a": (0.5, 0.5, 0.5),
        "value_b": (0.4, 0.4, 0.4),
        "agreement": (0.6, 0.6, 0.6),
        "credible": (0, 0, 0),
        "credible_on_path": (0, 0, 0),
    }
    numbers = {f"rule_{name}": by_rule(*values) for name, values in {**plain, **of}.items()}
    answers: Mapping[str, Any] = {"agreement": constant(0.6), **numbers, **(draws or {})}
    made = answered({"war_bargaining": {None: answers}, "durability": {None: {}}}, scenario() if told is None else told)
    return compose(_named(made), details={"war_bargaining": details or {}})


def _named(comparison: Comparison) -> Comparison:
    """The comparison with the names of the rules on the war model's numbers."""
    runs = dict(comparison.baseline.runs)
    run = runs["war_bargaining"]
    runs["war_bargaining"] = dataclasses.replace(run, data=run.data.assign_coords(rule=list(RULES)))
    return dataclasses.replace(comparison, baseline=dataclasses.replace(comparison.baseline, runs=runs))


# Rules


def test_a_rule_is_told_by_what_it_changes_for_each_side_and_for_agreement() -> None:
    text = text_of(
        ruled(value_a=(0.5, 0.42, 0.5), value_b=(0.4, 0.45, 0.4), agreement=(0.6, 0.75, 0.6), credible=(0, 1, 0)),
        "pressure",
    )
    assert "Threat: the North −8 (−8 to −8), the South +5 (+5 to +5). Agreement goes from 60% to 75%." in text
    assert "Help: the North 0 (0 to 0), the South 0 (0 to 0). Agreement stays as likely, 60%." in text
    assert "“Threat” changes most: it costs the North 8 points" in text


def test_rules_that_change_nothing_are_said_to() -> None:
    assert "No rule changes either side's terms by much" in text_of(ruled(), "pressure")


def test_a_rule_is_said_to_be_believed_in_the_draws_in_which_it_is() -> None:
    credible = np.tile([0.0, 1.0, 0.0], (DRAWS, 1))
    credible[:10, 1] = 0
    briefing = ruled(draws={"rule_credible": (("draw", "rule"), credible)}, credible_on_path=(0, 1, 0.0))
    text = text_of(briefing, "pressure")
    assert "It would be believed in 75% of draws; in 100% it never comes to carrying it out" in text
    assert "It would be believed in 0% of draws" in text
    assert "Only “Threat” would be believed in most draws" in text_of(briefing, "bottom-line")


@pytest.mark.parametrize(
    ("credible", "said"),
    [
        ((0, 0, 0), "None of the rules for pressing them would be believed in most draws"),
        ((0, 1, 1), "Every rule for pressing them would be believed in most draws"),
        ((1, 0, 1), "Only “Help” would be believed in most draws"),
    ],
)
def test_the_bottom_line_says_which_rules_would_be_believed(credible: tuple[int, ...], said: str) -> None:
    assert said in text_of(ruled(credible=credible), "bottom-line")


def test_why_a_rule_is_not_believed_is_what_breaking_it_would_gain() -> None:
    told = {
        "pressure": {"threat": {"credible": False, "temptation": 0.032}, "help": {"credible": True, "temptation": 0.0}}
    }
    text = text_of(ruled(details=told), "pressure")
    assert "not keeping to it for a step is worth up to 3.2 of a hundred points to the League" in text
    assert text.count("Why not:") == 1


def test_what_people_think_of_the_means_stands_beside_the_model() -> None:
    text = text_of(ruled(), "pressure")
    assert "Sanctions: judged 20% to 80% likely to be carried out and to bite" in text
    assert "Both dearer" not in text


def test_a_scenario_without_a_broker_says_that_nothing_plays_a_third_party() -> None:
    told = answered({"war_bargaining": {None: {"agreement": constant(0.5)}}})
    briefing = compose(told, details={})
    assert (
        text_of(briefing, "pressure") == "No model here plays a third party that presses the sides of a war by a rule."
    )
    assert "believed" not in text_of(briefing, "bottom-line")


def test_a_broker_without_rules_has_nothing_to_compare() -> None:
    briefing = ruled(with_war(pressed(), broker=broker()))
    assert "No model here plays a third party" in text_of(briefing, "pressure")
    assert "believed" not in text_of(briefing, "bottom-line")


def test_a_broker_of_whom_no_engine_says_anything_is_not_said_to_be_believed_or_not() -> None:
    briefing = compose(answered({"compromise_model": {None: {"agreement": constant(0.5)}}}, scenario()))
    assert "No model here plays a third party" in text_of(briefing, "pressure")
    assert "believed" not in text_of(briefing, "bottom-line")


# Doubt and resolve

DOUBT = {"asks": "north", "about": "south", "offer": "screen"}


def doubted(offer: str = "screen", **fields: Any) -> str:
    draws = {"doubt_dares": constant(0.7), "doubt_war": constant(0.35)}
    draws |= {"believed_weak": constant(0.25), "believed_tough": constant(1.0)} if fields.pop("asked", True) else {}
    told = scenario(doubt=doubt(fights_all_the_same=0.1))
    return text_of(ruled(told, details={"doubt": {**DOUBT, "offer": offer}}, draws=draws), "pressure")


def test_doubt_is_told_by_what_it_makes_a_side_dare_and_by_the_war_that_comes_of_it() -> None:
    text = doubted()
    assert "The North does not know whether war wears the South down." in text
    assert (
        "in 70% of draws ask for what the South grants only if worn down, and the chance of war from doubt alone is 35%"
        in text
    )


@pytest.mark.parametrize(
    ("offer", "said"),
    [
        ("pool", "accepts either way"),
        ("screen", "is one that the South accepts only if it is worn down"),
        ("hold", "lets the fighting go on"),
    ],
)
def test_the_first_offer_under_doubt_is_told_in_words(offer: str, said: str) -> None:
    assert said in doubted(offer)


def test_who_can_believe_the_broker_is_told_only_where_it_was_asked() -> None:
    assert "the North could believe it in 25% of draws; told that it is not, in 100%" in doubted()
    assert "could believe it" not in doubted(asked=False)


def test_who_would_give_in_first_is_told_with_the_chance_that_nobody_does() -> None:
    draws = {"folds_first_a": constant(0.62), "folds_first_b": constant(0.32), "never_folds": constant(0.06)}
    text = text_of(ruled(resolved(base=scenario()), draws=draws), "pressure")
    assert "the first to give in is 62% for the North, 32% for the South; with 6% neither ever does" in text


def test_nothing_is_told_of_giving_in_where_no_draw_has_an_answer() -> None:
    draws = {name: constant(np.nan) for name in ("folds_first_a", "folds_first_b", "never_folds")}
    assert "Who would give in first" not in text_of(ruled(resolved(base=scenario()), draws=draws), "pressure")
    assert "Who would give in first" not in text_of(ruled(), "pressure")


# Commitment


def kept(*in_force: float, a: tuple[float, ...] = (), b: tuple[float, ...] = (), needed: float | None = 0.0) -> str:
    """What is said of a truce with these chances of being in force, broken by the sides with these."""
    none = (0.0,) * (len(in_force) - 1)
    truce = {
        "in_force": list(in_force),
        "broken_by": {"a": list(a or none), "b": list(b or none)},
        "guarantee_needed": needed,
    }
    slack = np.where(np.arange(DRAWS) < DRAWS // 4, -0.02, 0.06)
    briefing = ruled(
        peaceful(base=scenario()), details={"commitment": {"truce": truce, "chain": {}}}, draws={"peace_slack": slack}
    )
    return text_of(briefing, "durability")


def test_a_truce_that_both_would_keep_is_said_to_hold() -> None:
    text = kept(1, 1, 1, 1, 1, 1)
    assert "It is still in force with a chance of 100% after 4 weeks" in text
    assert "Within the horizon neither side would break it." in text
    assert "held to the end of the horizon without any further guarantee" in text


def test_a_truce_is_said_to_be_broken_by_the_side_that_breaks_it_and_when() -> None:
    text = kept(1, 0.9, 0.5, 0.5, 0.4, 0.4, a=(0.1, 0.4, 0, 0, 0), b=(0, 0, 0, 0.1, 0), needed=0.05)
    assert "it is sooner broken by the North (50% within the horizon), most likely about" in text
    assert "the last step in which" not in text
    assert "A guarantee that made breaking it dearer by 5 points of a hundred would hold it" in text


def test_a_breach_in_the_last_step_is_told_as_such() -> None:
    text = kept(1, 1, 1, 1, 1, 0.2, b=(0, 0, 0, 0, 0.8), needed=None)
    assert "it is sooner broken by the South (80% within the horizon)" in text
    assert "the last step in which the model lets anybody break it" in text
    assert "No guarantee that was tried would hold it" in text


def test_where_the_talks_end_with_the_first_offer_nothing_is_said_of_how_long_a_truce_lasts() -> None:
    text = kept(1)
    assert "It is still in force with a chance" not in text
    assert "Within the horizon neither side would break it." in text


def test_how_narrow_peace_is_while_power_shifts_is_told_with_the_draws_in_which_it_brings_war() -> None:
    assert "by −2 to +6 points of a hundred; in 25% of draws it is not" in kept(1, 1, 1, 1, 1, 1)


def test_record_and_model_are_set_beside_each_other() -> None:
    """Most truces like the tiny scenario's lapse at some time; one in force for ever, and one over at once, differ."""
    texts = kept(1, 1, 1, 1, 1, 1), kept(1, 0, 0, 0, 0, 0, a=(1, 0, 0, 0, 0))
    assert all("Record and model" in text for text in texts)
    assert any("Record and model disagree" in text for text in texts)


def test_a_scenario_that_says_nothing_of_peace_leaves_the_model_of_commitment_out() -> None:
    assert "would it pay to keep it" not in text_of(ruled(), "durability")


# Computed answers, and where each number comes from


@functools.cache
def computed() -> Comparison:
    """A war with a broker, doubt, resolve and peace, under every engine."""
    told = resolved(base=scenario(doubt=doubt(fights_all_the_same=0.1)), demand_a=0.7, demand_b=0.6)
    war = peaceful(a_gains=0.3, base=told).war
    assert isinstance(war, War)
    return compare(dataclasses.replace(told, war=war), draws=10, seed=0)


def test_a_computed_briefing_tells_the_numbers_of_the_engine() -> None:
    comparison = computed()
    data = comparison.baseline.runs["war_bargaining"].data
    change = (data["rule_value_a"].sel(rule="threat") - data["rule_value_a"].sel(rule="nothing")).mean().item()
    text = text_of(compose(comparison), "pressure")
    sign = "−" if change < 0 else "+"
    assert f"Threat: the North {sign}{abs(100 * change):.0f} (" in text
    assert f"the chance of war from doubt alone is {100 * data['doubt_war'].mean().item():.0f}%" in text
    assert "Who would give in first" in text
    assert "would it pay to keep it" in text_of(compose(comparison), "durability")


def test_the_numbers_of_pressing_rest_on_the_war_and_on_the_levers_that_the_rules_pull() -> None:
    briefing = compose(computed())
    used = {piece.basis for piece in _pieces(briefing, "pressure") if piece.basis}
    bases = [briefing.bases[each] for each in used if briefing.bases[each].made]
    assert bases
    for basis in bases:
        assert any(name.startswith("levers[sanctions]") for name in basis.quantities)
        assert not any(name.startswith("levers[both_dearer]") for name in basis.quantities)
        assert any(name.startswith("war.broker") for name in basis.quantities)


def test_the_record_and_the_model_of_commitment_rest_on_different_things() -> None:
    briefing = compose(computed())
    used = {piece.basis for piece in _pieces(briefing, "durability") if piece.basis}
    engines = {made.engine for each in used if (made := briefing.bases[each].made)}
    assert "war_bargaining" in engines
    assert any(
        briefing.bases[each].says.startswith("Record") or "past ceasefires" in briefing.bases[each].says
        for each in used
    )


def _pieces(briefing: Briefing, section: str) -> list[Any]:
    only = dataclasses.replace(briefing, sections=(part(briefing, section),))
    return list(only.pieces())


def test_a_tiny_war_says_why_delay_pays_step_by_step() -> None:
    steps = np.zeros((DRAWS, 6, 2))
    steps[:, :, 0], steps[:, :, 1] = -0.1, -0.1
    steps[: DRAWS // 2, 2, 0] = 0.1
    draws = {
        "waiting_by_step": (("draw", "offer", "side"), steps),
        "waiting_a": constant(-0.1),
        "waiting_b": constant(-0.1),
    }
    made = {"war_bargaining": {None: {"agreement": constant(0.5), "surplus_now": constant(0.1), **draws}}}
    text = text_of(compose(answered(made, tiny_scenario()), details={}), "delay")
    assert "The North gains by waiting in 0% of draws now, and in the most draws, 50%, 9 weeks later." in text
    assert "The South hardly ever gains by waiting, at any step." in text
    later = with_clock(tiny_scenario(), opening=exactly(2))
    text = text_of(compose(answered(made, later), details={}), "delay")
    assert "in 0% of draws at the first offer, and in the most draws, 50%, 9 weeks later." in text


def test_causes_that_must_go_together_are_told_together() -> None:
    causes = [["drift", "red_line"], ["deadline"]]
    told = {"waiting": {side: {"value": 0.1, "causes": causes, "by_offer": []} for side in ("north", "south")}}
    made = {"war_bargaining": {None: {"agreement": constant(0.5), "surplus_now": constant(-0.1)}}}
    made["war_bargaining"][None] |= {"waiting_a": constant(0.1), "waiting_b": constant(0.1)}
    text = text_of(compose(answered(made), details={"war_bargaining": told}), "delay")
    expected = "what keeps them from settling now is the drift of the front and a red line or the end of the talks."
    assert expected in text
