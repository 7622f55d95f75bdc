"""What people claim about time and the war stands beside the war model's own answer."""

from __future__ import annotations

import dataclasses
import functools

import numpy as np

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.domain.briefing import Briefing, Table
from parley.domain.comparison import Comparison
from parley.domain.scenario import Scenario
from parley.domain.source import Fact
from parley.engines import named
from tests.briefing.stories import part
from tests.builders import tiny_scenario
from tests.war_scenes import shipped, with_clock, with_war


@functools.cache
def ceasefire() -> Comparison:
    """The shipped case by the war model, without any approach."""
    scenario = dataclasses.replace(shipped(), approaches=())
    return compare(scenario, engines={"war_bargaining": named("war_bargaining")}, draws=40, seed=0)


@functools.cache
def story() -> Briefing:
    """Its briefing."""
    return compose(ceasefire())


def answers(briefing: Briefing) -> dict[str, str]:
    """What stands beside each claim, by the fact that holds it."""
    tables = [block for block in part(briefing, "delay").blocks if isinstance(block, Table)]
    (beside,) = (each for each in tables if each.columns[0] == "Said")
    found = {}
    for said, answer in beside.rows:
        (fact,) = {cite for piece in said for cite in piece.cites}
        found[fact] = "".join(piece.text for piece in answer)
    return found


def test_every_claim_of_the_analyst_about_time_and_pressure_stands_beside_an_answer_of_the_model() -> None:
    found = answers(story())
    for fact in ("F9", "F10", "F11", "F12", "F13", "F14", "F15", "F16", "F17"):
        assert found[fact], fact


def test_a_claim_about_a_date_is_answered_by_whom_waiting_serves_on_that_date() -> None:
    """The end of 2025 is nine whole steps of 30 days after 17 March."""
    data = ceasefire().baseline.runs["war_bargaining"].data
    shares = (data["waiting_by_step"].transpose("draw", "offer", "side").values[:, 9] > 0).mean(axis=0)
    expected = [
        f"{100 * share:.0f}% of draws for {name}" for share, name in zip(shares, ("Russia", "Ukraine"), strict=True)
    ]
    for fact in ("F15", "F16", "F17"):
        assert f"On 31 December 2025 waiting pays in {expected[0]} and {expected[1]}." in answers(story())[fact]


def test_a_claim_about_who_holds_out_is_answered_by_who_gives_in_first() -> None:
    chance = float(np.nanmean(ceasefire().baseline.runs["war_bargaining"].data["folds_first_a"]))
    expected = f"In a contest of patience Russia gives in first with a chance of {100 * chance:.0f}%"
    assert expected in answers(story())["F9"]


def test_a_claim_about_pressing_a_side_is_answered_by_the_rule_that_does_so() -> None:
    data = ceasefire().baseline.runs["war_bargaining"].data
    change = data["rule_value_b"].sel(rule="cut_if_ukraine_rejects") - data["rule_value_b"].sel(rule="nothing")
    found = answers(story())
    for fact in ("F11", "F14"):
        assert "“Hold aid back if Ukraine rejects” is worth" in found[fact]
        assert f"−{abs(100 * float(change.mean())):.0f} points to Ukraine" in found[fact]
    best = max(
        (name for name in data["rule"].values.tolist() if name != "nothing"),
        key=lambda name: float(data["rule_broker"].sel(rule=name).mean()),
    )
    rules = {rule.id: rule.name for rule in shipped().war.broker.rules}  # type: ignore[union-attr]
    assert f"“{rules[best]}” is worth most to it" in found["F12"]


def test_a_claim_about_an_army_that_advances_is_answered_for_both_sides() -> None:
    found = answers(story())["F10"]
    assert "Waiting pays for Russia in" in found
    assert "Waiting pays for Ukraine in" in found


def claimed(scenario: Scenario) -> Scenario:
    """The one fact of the tiny scenario as an assessment of the report."""
    fact = Fact(id="F1", source="S1", words="time is on somebody's side", said_by="the report", kind="assessment")
    return dataclasses.replace(scenario, facts=(fact,), approaches=())


def told(scenario: Scenario) -> str:
    comparison = compare(scenario, engines={"war_bargaining": named("war_bargaining")}, draws=5, seed=0)
    only = dataclasses.replace(compose(comparison), sections=(part(compose(comparison), "delay"),))
    return "".join(piece.text for piece in only.pieces())


def test_where_no_model_follows_the_war_a_claim_stands_by_itself() -> None:
    scenario = with_clock(claimed(dataclasses.replace(tiny_scenario(), war=None)))
    assert "Waiting pays" not in told(scenario)
    assert "The report: time is on somebody's side" in told(scenario)


def test_a_claim_that_is_cited_for_nothing_the_model_answers_is_listed_apart() -> None:
    """Only what there is to divide rests on the claim: of that the model says nothing."""
    scenario = claimed(tiny_scenario())
    assert "Also said about time and the war" not in told(scenario)
    other = Fact(id="F2", source="S1", words="the border matters most", said_by="the report", kind="assessment")
    assert scenario.war is not None
    pie = tuple(
        dataclasses.replace(each, weight=dataclasses.replace(each.weight, grounds=("F2",))) for each in scenario.war.pie
    )
    text = told(with_war(dataclasses.replace(scenario, facts=(*scenario.facts, other)), pie=pie))
    assert "Also said about time and the war" in text
    assert text.index("Also said") < text.index("the border matters most")
