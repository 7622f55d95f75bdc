"""What a war's broker, doubts and home front must keep to: every slip is told, at its place."""

import pytest

from parley.domain.broker import Broker, LeverCost, Response, Rule
from parley.domain.doubt import Audience, Doubt, HomeFront, Peace, Ratifier
from parley.domain.estimate import Estimate
from parley.domain.war import Front, PieIssue, Place, War
from parley.errors import ScenarioError


def exactly(value):
    return Estimate.exactly(value, because="made up")


def war(**parts):
    """A war of `north` and `south` about `border`."""
    places = tuple(Place(words=f"place {k}") for k in range(5))
    front = Front(places=places, start=exactly(2), a_gains=exactly(0.1), b_gains=exactly(0.1))
    pie = (PieIssue(issue="border", a_wants="high", weight=exactly(1)),)
    numbers = {"cost_a": exactly(0.01), "cost_b": exactly(0.02), "proposer": exactly(0.5)}
    return War(side_a="north", side_b="south", front=front, pie=pie, **numbers, **parts)


def broker(*rules, **parts):
    return Broker(party="league", war_cost=exactly(0.01), side_b_share=exactly(0), rules=rules, **parts)


def places(caught):
    return [problem.path for problem in caught.value.problems]


def test_all_strangers_to_the_war_are_told_at_once():
    rule = Rule(id="r", name="R", words="w", responses=(Response(after="west", pulls=("aid",)),))
    home = HomeFront(
        audiences=(Audience(party="east", words="w", issue="border", line=exactly(9), penalty=exactly(0.1)),),
        ratifiers=(Ratifier(party="north", name="n", issue="toll", line=exactly(9), votes=exactly(1)),),
    )
    doubt = Doubt(about="west", tough=exactly(0.5), cost_tough=exactly(0.1), cost_weak=exactly(0.2))
    with pytest.raises(ScenarioError) as caught:
        war(broker=broker(rule), home_front=home, doubt=doubt)
    assert places(caught) == [
        ("doubt", "about"),
        ("broker", "rules", 0, "responses", 0, "after"),
        ("home_front", "audiences", 0, "party"),
        ("home_front", "ratifiers", 0, "issue"),
    ]


def test_the_same_war_without_the_slips_is_sound():
    rule = Rule(id="r", name="R", words="w", pulls=("relief",), responses=(Response(after="north", drops=("relief",)),))
    home = HomeFront(ratifiers=(Ratifier(party="north", name="n", issue="border", line=exactly(9), votes=exactly(1)),))
    doubt = Doubt(about="south", tough=exactly(0.5), cost_tough=exactly(0.1), cost_weak=exactly(0.2))
    assert war(broker=broker(rule), home_front=home, doubt=doubt).broker.rules[0].lag == 0


def test_a_rule_can_let_go_only_of_what_it_holds_and_answers_each_side_once():
    with pytest.raises(ScenarioError, match="cannot be let go"):
        Rule(id="r", name="R", words="w", responses=(Response(after="north", drops=("relief",)),))
    with pytest.raises(ScenarioError, match="response to"):
        Rule(id="r", name="R", words="w", responses=(Response(after="north"), Response(after="north")))
    with pytest.raises(ScenarioError, match="from_step"):
        Rule(id="r", name="R", words="w", from_step=-1)
    with pytest.raises(ScenarioError, match="cost of"):
        broker(lever_costs=(LeverCost(lever="aid", per_step=exactly(0)), LeverCost(lever="aid", per_step=exactly(1))))


def test_the_tough_type_is_the_one_that_fighting_costs_less_and_gains_come_in_pairs():
    with pytest.raises(ScenarioError) as caught:
        Doubt(about="a", tough=exactly(0.5), cost_tough=exactly(0.2), cost_weak=exactly(0.1), gains_weak=exactly(0.1))
    assert places(caught) == [("gains_tough",), ("cost_tough",)]


def test_power_cannot_shift_both_ways_for_sure():
    with pytest.raises(ScenarioError, match="more than 1"):
        Peace(a_gains=exactly(0.6), b_gains=exactly(0.6), war_loss=exactly(0.1))
