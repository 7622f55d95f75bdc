"""Payoffs that are stated number by number: what is sound, and what is told of the rest, in files and on nouns."""

import dataclasses

import pytest

from parley.domain.payoffs import LevelWorth, StatedPayoff
from parley.errors import ScenarioError
from parley.files import saving, scenarios
from tests.payoff_scenarios import exactly, ladder, stated_scenario, worth_of

TWO = stated_scenario([[[1, 5, 2.5]], [[3, 0, 4]]], [[0.5], [2]], [1, None])

FILE = """\
schema: parley/scenario/1
title: Talks
question: {text: Which package?, asked_by: buyer}
as_of: 2020-01-01
parties:
  - {id: buyer, name: Buyer, role: other, capability: 1}
  - {id: seller, name: Seller, role: other, capability: 1}
issues:
  - id: price
    name: Price
    question: "?"
    scale:
      low: 0
      high: 2
      ladder: true
      anchors:
        - {at: 0, rung: dear, words: Dear}
        - {at: 1, rung: fair, words: Fair}
        - {at: 2, rung: cheap, words: Cheap}
  - {id: day, name: Day, question: "?"}
payoffs:
"""


def problems(payoffs):
    checked = scenarios.check_bytes((FILE + payoffs).encode(), "talks.yaml")
    return [(each.line, each.message, each.hint) for each in checked.problems]


def test_a_file_states_payoffs_by_the_names_of_rungs():
    text = """\
  - party: buyer
    reserve: 3
    discount: 0.9
    issues:
      - issue: price
        weight: 0.5
        levels: [{at: cheap, worth: 10}, {at: dear, worth: -1.5}, {at: fair, worth: {low: 4, mode: 5, high: 7}}]
"""
    checked = scenarios.check_bytes((FILE + text).encode())
    assert checked.problems == ()
    (payoff,) = checked.scenario.payoffs
    assert [(level.at, level.worth.mode) for level in payoff.issues[0].levels] == [(100, 10), (0, -1.5), (50, 5)]
    assert (payoff.reserve.mode, payoff.discount.mode, payoff.base) == (3, 0.9, None)


def test_what_is_saved_names_the_rungs_and_is_read_back_the_same():
    text = saving.new_text(TWO)
    assert "at: b" in text
    assert scenarios.check_bytes(text.encode()).scenario == TWO


def test_every_problem_of_stated_payoffs_is_told_at_its_line():
    text = """\
  - party: buyer
    discount: 2
    issues:
      - issue: price
        weight: 0.5
        levels:
          - {at: cheap, worth: 10}
          - {at: cheap, worth: 11}
      - {issue: day, weight: 1, levels: []}
      - {issue: price, weight: 1, levels: [{at: dear, worth: 1}, {at: fare, worth: 1}, {at: 0.5, worth: x}]}
  - {party: buyer, issues: []}
  - {party: sailor, issues: [{issue: prise, weight: 1, levels: []}]}
"""
    assert [each[:2] for each in problems(text)] == [
        (23, "2 is out of range"),
        (25, "the worth of 'dear', 'fair' is not stated"),
        (29, "the worth of 'cheap' is stated twice"),
        (30, "the worth of levels is stated, but the scale of 'day' is no ladder"),
        (31, "'price' stands here a second time"),
        (31, "the scale has no rung 'fare'"),
        (31, "0.5 is no rung of the ladder"),
        (31, "is text ('x'); it must be a number, or a mapping with low, mode and high"),
        (32, "a second list of payoffs of 'buyer'"),
        (33, "there is no party 'sailor'"),
        (33, "there is no issue 'prise'"),
    ]


def test_every_problem_comes_with_a_hint():
    assert all(hint for _, _, hint in problems("  - {party: bayer, issues: [{issue: day, weight: 1, levels: []}]}\n"))


def test_nouns_keep_the_same_rules():
    levels = TWO.payoffs[0].issues[0].levels
    odd = dataclasses.replace(TWO.payoffs[0].issues[0], levels=(*levels[:2], LevelWorth(at=75, worth=exactly(1))))
    with pytest.raises(ScenarioError, match=r"1\.5 is no rung of the ladder"):
        dataclasses.replace(TWO, payoffs=(StatedPayoff(party="party_0", issues=(odd,)),))


def test_a_party_may_leave_out_issues_that_it_does_not_care_about():
    issues = (ladder("x", 2), ladder("y", 3))
    payoffs = (StatedPayoff(party="party_0", issues=(worth_of(issues[1], 1, [1, 2, 3]),)),)
    assert dataclasses.replace(TWO, issues=issues, payoffs=payoffs).payoffs[0].issues[0].issue == "y"
