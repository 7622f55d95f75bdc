"""The voting model on scenarios: whose rule counts, what holds now, and who makes the proposal."""

import dataclasses

import numpy as np
import pytest

from parley import ensembles
from parley.domain.outcome import DecisionRule, ReferencePoint, Votes
from parley.domain.party import Party
from parley.domain.position import Position
from parley.engines import named
from parley.errors import EngineError, UsageError
from tests.builders import exactly, tiny_scenario

PLACES = {"a": 10.0, "b": 30.0, "c": 50.0, "d": 70.0, "e": 90.0}


def council(**rule):
    """Five parties in a row on one issue, under a rule of decision."""
    base = tiny_scenario()
    issue = base.issues[0]
    return dataclasses.replace(
        base,
        parties=tuple(Party(id=name, name=name.upper(), role="other", capability=exactly(1)) for name in PLACES),
        issues=(issue,),
        positions=tuple(
            Position(party=name, issue=issue.id, position=exactly(at), salience=exactly(0.5), basis="assumed")
            for name, at in PLACES.items()
        ),
        question=dataclasses.replace(base.question, asked_by="a"),
        outcomes=(),
        levers=(),
        approaches=(),
        conflict=None,
        war=None,
        clock=None,
        decision_rule=DecisionRule(words="As agreed.", **rule) if rule else None,
    )


def now(at):
    return (ReferencePoint(issue=tiny_scenario().issues[0].id, at=exactly(at)),)


def answer(scenario, **parameters):
    data = named("qualified_majority", **parameters).forecast(scenario, np.random.default_rng(0)).data
    return {name: float(data[name].values[0]) for name in ("settlement", "core_low", "core_high", "gridlock")}


def test_more_than_half_settles_at_the_median():
    assert answer(council(), rule="majority")["settlement"] == 50


def test_four_fifths_leave_three_places_that_hold():
    found = answer(council(), threshold=0.8)
    assert (found["core_low"], found["core_high"], found["settlement"]) == (30, 70, 50)
    assert answer(council(), threshold=0.8, point="upper")["settlement"] == 70


def test_what_holds_now_goes_on_holding_in_gridlock_and_moves_to_the_pivot_otherwise():
    stuck = answer(council(reference_points=now(60)), threshold=0.8)
    assert (stuck["settlement"], stuck["gridlock"]) == (60, 1)
    moved = answer(council(reference_points=now(20)), threshold=0.8)
    assert (moved["settlement"], moved["gridlock"]) == (30, 0)


def test_whoever_makes_the_proposal_gets_as_near_to_its_wish_as_the_pivot_allows():
    poor = council(reference_points=now(20))
    assert answer(poor, threshold=0.8, setter="e")["settlement"] == 40
    assert answer(poor, threshold=0.8, setter="b")["settlement"] == 30
    assert answer(poor, rule="majority", setter="e")["settlement"] == 80


def test_the_parties_whose_consent_the_scenario_asks_for_hold_everything_between_them():
    found = answer(council(unanimity=("b", "e"), reference_points=now(0)))
    assert (found["core_low"], found["core_high"], found["settlement"]) == (30, 90, 30)


def test_votes_and_threshold_of_the_scenario_count_and_a_share_of_heads_on_top():
    votes = tuple(Votes(party=name, votes=exactly(count)) for name, count in zip(PLACES, (1, 1, 1, 5, 2), strict=True))
    weighted = council(votes=votes, threshold=0.7)
    assert answer(weighted)["core_low"] == answer(weighted)["core_high"] == 70
    assert answer(weighted, members=0.8)["core_low"] == 30


def test_an_issue_on_which_nobody_with_a_say_stands_stays_as_it_is_or_has_no_answer():
    stays = council(unanimity=("a",), reference_points=now(15))
    stays = dataclasses.replace(stays, positions=stays.positions[1:])
    assert answer(stays)["settlement"] == 15
    unknown = council(unanimity=("a",))
    unknown = dataclasses.replace(unknown, positions=unknown.positions[1:])
    with pytest.raises(EngineError, match="nobody with a vote takes a position on 1 issue"):
        answer(unknown)


def test_settings_out_of_range_are_refused():
    for wrong in ({"threshold": 0.4}, {"members": 2.0}, {"rule": "all"}, {"votes": "heads"}):
        with pytest.raises(UsageError, match=next(iter(wrong))):
            named("qualified_majority", **wrong)
    with pytest.raises(EngineError, match="setter is 'aa'; did you mean 'a'"):
        answer(council(), setter="aa")


def test_at_more_than_half_of_the_influence_it_is_the_median_voter():
    draws = ensembles.draw(council(), 200, 3)
    rngs = [np.random.default_rng(0)] * 200
    voting = named("qualified_majority", rule="majority", votes="influence").forecast_many(draws, rngs)
    median = named("median_voter").forecast_many(draws, rngs)
    np.testing.assert_allclose(voting["settlement"].values, median["settlement"].values, atol=1e-12)


def test_the_detail_tells_the_points_that_hold_and_who_blocks():
    engine = named("qualified_majority", threshold=0.8)
    detail = engine.detail(engine.forecast(council(reference_points=now(60)), np.random.default_rng(0)))
    issue = tiny_scenario().issues[0].id
    assert [float(end) for end in detail["core"][issue]] == [30, 70]
    assert [float(end) for end in detail["win_set"][issue]] == [60, 60]
    assert detail["gridlock"] == [issue]
    assert len(detail["blockers"]) == 5
