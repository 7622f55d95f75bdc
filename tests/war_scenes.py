"""Scenarios of a war with a broker, for tests: `pressed`, and ways to change one number of a war."""

from __future__ import annotations

import dataclasses
from typing import Any

from parley.domain.broker import Broker, LeverCost, Response, Rule
from parley.domain.estimate import Estimate
from parley.domain.lever import Effect, Lever
from parley.domain.party import Party
from parley.domain.position import RedLine
from parley.domain.scenario import Scenario
from tests.builders import exactly, lever, tiny_scenario

__all__ = ["broker", "free_of_red_lines", "pressed", "rule", "shipped", "with_clock", "with_red_line", "with_war"]

AID = Effect(on="front_gain", times=exactly(0.5))
"""What a pause of aid does to the south: it gains ground half as often."""

SANCTIONS = Effect(on="war_cost", times=exactly(2.0), plus=exactly(0.01))


def shipped() -> Scenario:
    """The shipped case of a ceasefire."""
    from parley.files.scenarios import load
    from parley.resources import case_path

    return load(case_path("ceasefires/ukraine-2025-03"))


def rule(rule_id: str, *, pulls: tuple[str, ...] = (), **fields: Any) -> Rule:
    """A rule; `north` and `south` are the levers pulled once that side has rejected an offer."""
    answers = tuple(
        Response(after=side, pulls=fields.pop(side)) for side in ("north", "south") if fields.get(side) is not None
    )
    return Rule(**{"id": rule_id, "name": rule_id, "words": rule_id, "pulls": pulls, "responses": answers, **fields})


def broker(*rules: Rule, war_cost: float = 0.02, side_b_share: float = 0.3, costs: float | None = None) -> Broker:
    """The league as a broker; `costs` is what each lever costs it by the step (None: the lever's own cost, spread)."""
    listed = dict.fromkeys(("sanctions", "aid", "both_dearer", "nothing_at_all")) if costs is not None else ()
    return Broker(
        party="league",
        war_cost=exactly(war_cost),
        side_b_share=exactly(side_b_share),
        lever_costs=tuple(LeverCost(lever=each, per_step=exactly(costs or 0.0)) for each in listed),
        rules=rules,
    )


def levers() -> tuple[Lever, ...]:
    """Sanctions on the north, a pause of aid to the south, and levers of the league that change nothing in the war."""
    held: dict[str, Any] = {"holder": "league", "cost": exactly(0.12)}
    return (
        lever("sanctions", SANCTIONS, target="north", **held),
        lever("aid", AID, target="south", **held),
        lever("both_dearer", Effect(on="war_cost", plus=exactly(0.02)), target="south", **held),
        lever("nothing_at_all", Effect(on="war_cost", times=exactly(1.0)), target="south", **held),
    )


def pressed(*rules: Rule, **numbers: Any) -> Scenario:
    """The tiny scenario with the league as a broker that has these rules."""
    league = Party(id="league", name="The League", role="broker", capability=exactly(1), no_agreement=exactly(0.5))
    base = tiny_scenario()
    changed = dataclasses.replace(base, parties=(*base.parties, league), levers=levers(), approaches=())
    return with_war(changed, broker=broker(*rules, **numbers))


def with_war(scenario: Scenario, **changes: Any) -> Scenario:
    """The scenario with these fields of its war."""
    assert scenario.war is not None
    return dataclasses.replace(scenario, war=dataclasses.replace(scenario.war, **changes))


def with_clock(scenario: Scenario, **changes: Any) -> Scenario:
    """The scenario with these fields of its clock."""
    assert scenario.clock is not None
    return dataclasses.replace(scenario, clock=dataclasses.replace(scenario.clock, **changes))


def with_red_line(scenario: Scenario, party: str, issue: str, **bounds: Estimate) -> Scenario:
    """The scenario with this red line of a party on an issue."""
    positions = tuple(
        dataclasses.replace(each, red_line=RedLine(**bounds)) if (each.party, each.issue) == (party, issue) else each
        for each in scenario.positions
    )
    return dataclasses.replace(scenario, positions=positions)


def free_of_red_lines(scenario: Scenario) -> Scenario:
    """The scenario in which nobody has a red line."""
    return dataclasses.replace(
        scenario, positions=tuple(dataclasses.replace(each, red_line=None) for each in scenario.positions)
    )
