"""What must not matter: the order in which parties and issues are listed, the unit of power, which side is called A."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley import ensembles
from parley.domain.estimate import Estimate
from parley.engines import available, named
from parley.errors import EngineError
from tests.builders import exactly, tiny_scenario

ENGINES = sorted(available())
IN_TURN = ("talks",)
"""Engines whose cards say that parties speak in the order in which they are listed."""

MIRRORED = {"high": "low", "low": "high"}


@st.composite
def scenarios(draw):
    """The tiny scenario with numbers drawn from its estimates."""
    return ensembles.draw(tiny_scenario(), 1, draw(st.integers(0, 10_000))).scenario(0)


def forecast(name, scenario):
    """The common variables by party and issue, so that the order in which these are listed is gone."""
    try:
        data = named(name).forecast(scenario, np.random.default_rng(0)).data
    except EngineError as error:
        return str(error)
    numbers = {variable: float(data[variable]) for variable in ("agreement", "time_to_agreement")}
    numbers |= {issue: float(data["settlement"].sel(issue=issue)) for issue in scenario.issue_ids}
    return numbers | {party: float(data["payoff"].sel(party=party)) for party in scenario.party_ids}


def same(first, second):
    assert first == (pytest.approx(second, rel=1e-9, abs=1e-9, nan_ok=True) if isinstance(second, dict) else second)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=15, deadline=None)
@given(scenario=scenarios())
def test_the_order_in_which_parties_issues_and_positions_are_listed_does_not_matter(name, scenario):
    fields = ("issues", "positions") if name in IN_TURN else ("parties", "issues", "positions")
    turned = {field: getattr(scenario, field)[::-1] for field in fields}
    same(forecast(name, dataclasses.replace(scenario, **turned)), forecast(name, scenario))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("factor", [1e-300, 0.01, 7, 1e307])
@settings(max_examples=5, deadline=None)
@given(scenario=scenarios())
def test_capabilities_count_only_relative_to_each_other(name, factor, scenario):
    def scaled(power: Estimate) -> Estimate:
        return exactly(power.mode * factor)

    parties = tuple(dataclasses.replace(party, capability=scaled(party.capability)) for party in scenario.parties)
    same(forecast(name, dataclasses.replace(scenario, parties=parties)), forecast(name, scenario))


@settings(max_examples=25, deadline=None)
@given(scenario=scenarios())
def test_which_side_of_the_war_is_called_a_does_not_matter(scenario):
    war = scenario.war
    last = len(war.front.places) - 1
    front = dataclasses.replace(
        war.front,
        places=war.front.places[::-1],
        start=exactly(last - round(war.front.start.mode)),
        a_gains=war.front.b_gains,
        b_gains=war.front.a_gains,
    )
    mirrored = dataclasses.replace(
        war,
        side_a=war.side_b,
        side_b=war.side_a,
        front=front,
        cost_a=war.cost_b,
        cost_b=war.cost_a,
        pie=tuple(dataclasses.replace(part, a_wants=MIRRORED[part.a_wants]) for part in war.pie),
        proposer=exactly(1 - war.proposer.mode),
    )
    same(forecast("war_bargaining", dataclasses.replace(scenario, war=mirrored)), forecast("war_bargaining", scenario))
