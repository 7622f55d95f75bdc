"""What a briefing says that no model makes use of."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from parley.approaches import compare
from parley.briefing.compose import compose
from parley.domain.doubt import Audience, HomeFront, Peace
from parley.domain.prediction import Observation, OpinionSeries
from parley.domain.scenario import Scenario
from parley.engines.war_bargaining import WarBargaining
from tests.briefing.stories import text_of
from tests.builders import exactly, tiny_scenario

UNHEARD = "Measured opinion: what the north thinks of a truce"
UNASKED = "no model asks whom it would deter"


def scene(**changes: Any) -> Scenario:
    """The tiny war with penalties for breaking a truce and one series of opinion."""
    seen = Observation(when="December 2019", value=exactly(40.0))
    series = OpinionSeries(
        id="mood", words="what the north thinks of a truce", unit="per cent", party="north", observations=(seen,)
    )
    scenario = tiny_scenario(opinion=(series,))
    assert scenario.war is not None
    war = dataclasses.replace(scenario.war, breach_penalty_a=exactly(0.1), breach_penalty_b=exactly(0.1), **changes)
    return dataclasses.replace(scenario, war=war)


def blind_spots(scenario: Scenario) -> str:
    told = compare(scenario, engines={"war_bargaining": WarBargaining()}, draws=2, seed=0)
    return text_of(compose(told), "blind-spots")


def public(opinion: str | None) -> HomeFront:
    line, penalty = exactly(60.0), exactly(0.1)
    audience = Audience(party="north", words="A line", issue="border", line=line, penalty=penalty, opinion=opinion)
    return HomeFront(audiences=(audience,))


@pytest.mark.parametrize("home", [None, public(None)], ids=["nobody at home", "a public that no poll measures"])
def test_opinion_by_which_no_public_is_weighed_is_told_as_unread(home: HomeFront | None) -> None:
    assert UNHEARD in blind_spots(scene(home_front=home))


def test_opinion_that_weighs_a_public_is_not_told_as_unread() -> None:
    assert "Measured opinion" not in blind_spots(scene(home_front=public("mood")))


def test_what_breaking_a_truce_costs_is_told_as_unread_only_while_nothing_is_said_of_peace() -> None:
    peace = Peace(a_gains=exactly(0.1), b_gains=exactly(0.1), war_loss=exactly(0.1))
    assert UNASKED in blind_spots(scene())
    assert UNASKED not in blind_spots(scene(peace=peace))
