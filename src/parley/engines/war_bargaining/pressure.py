"""A broker that commits itself to a rule, draw by draw: `under_rules` is the main name.

Every rule of the scenario is played beside doing nothing. A rule's threats are credible where carrying them out is best
for the broker at the node where it must, among the rule's own lever sets and doing nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.broker import Rule as Announced
from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.outcome import wars
from parley.engines.war_bargaining.reading import Reading
from parley.methods.war import TIE
from parley.methods.war_game import Rule, unconditional
from parley.methods.war_many import play

__all__ = ["NOTHING", "RULE_VARIABLES", "lever_sets", "rule_names", "rule_of", "under_rules"]

Array = NDArray[np.float64]

NOTHING = "nothing"
"""The name of doing nothing among the rules."""

RULE_VARIABLES = {
    "rule_value_a": "side A's value if the broker commits itself to the rule (rule), in shares of the pie",
    "rule_value_b": "the same for side B",
    "rule_broker": "what the rule is worth to the broker, in its own unit",
    "rule_agreement": "probability of agreement under the rule",
    "rule_share": "side A's expected share given a settlement under the rule",
    "rule_days": "expected days before a settlement, given one, under the rule",
    "rule_settles_now": "chance that the first offer settles it under the rule",
    "rule_carried_out": "expected steps fought under a response of the rule",
    "rule_credible": "1 where carrying the rule out is best for the broker wherever it may have to, else 0",
    "rule_credible_on_path": "1 where it is best for the broker wherever it is expected to have to, else 0",
    "rule_temptation": "the most that the broker could gain by not carrying the rule out, once",
}
"""What the rules add to a forecast."""


def rule_names(war: War) -> list[str]:
    """Doing nothing, and the rules of the broker."""
    return [NOTHING, *(rule.id for rule in (war.broker.rules if war.broker else ()))]


def lever_sets(rule: Announced, war: War) -> tuple[tuple[str, ...], ...]:
    """The levers that are in force: none; the rule's own; those after a rejection by side A; and by side B."""
    after = {response.after: response for response in rule.responses}
    found = [(), rule.pulls]
    for side in (war.side_a, war.side_b):
        response = after.get(side)
        kept = rule.pulls if response is None else tuple(each for each in rule.pulls if each not in response.drops)
        found.append(tuple(dict.fromkeys((*kept, *(response.pulls if response else ())))))
    return tuple(found)


def rule_of(rule: Announced, rounds: int, *, own: int, of_a: int, of_b: int) -> Rule:
    """The rule as lever sets by round, state of memory and side that rejected.

    Parameters
    ----------
    rule : the rule as announced
    rounds : number of rounds with an offer
    own, of_a, of_b : lever sets of the rule itself, after a rejection by side A, and by side B
    """
    states = 3 if rule.lag else 1
    acts = np.full((max(rounds, 1), states, 2), own, dtype=np.int64)
    if rule.lag:
        acts[rule.from_step :, 1], acts[rule.from_step :, 2] = of_a, of_b
        return Rule(acts=acts, follows=np.tile([1, 2], (3, 1)))
    acts[rule.from_step :, 0] = (of_a, of_b)
    return Rule(acts=acts, follows=np.zeros((1, 2), dtype=np.int64))


def under_rules(draws: Draws, reading: Reading) -> dict[str, Any]:
    """Play the games of all draws under every rule of the broker, and with nothing done.

    Parameters
    ----------
    draws : samples of a scenario with a war and a clock
    reading : what was read from them

    Returns
    -------
    The variables `RULE_VARIABLES` and `waiting_by_step` with their dims, as `parley.methods.results.dataset` takes them
    """
    war, clock, games = draws.base.war, draws.base.clock, reading.games
    assert war is not None and clock is not None
    announced = war.broker.rules if war.broker else ()
    combinations: list[tuple[str, ...]] = [()]
    rules, used = [unconditional()], [{0}]
    for rule in announced:
        places = []
        for levers in lever_sets(rule, war):
            if levers not in combinations:
                combinations.append(levers)
            places.append(combinations.index(levers))
        used.append(set(places))
        rules.append(rule_of(rule, games.rounds, own=places[1], of_a=places[2], of_b=places[3]))
    played = play(
        wars(
            games,
            number=_patron(draws, war),
            sets=np.stack([_set(draws, war, reading, levers) for levers in combinations], axis=1),
            patron_cost=np.stack([_cost(draws, war, levers) for levers in combinations], axis=1),
            rules=rules,
            open_sets=np.array([[each in own for each in range(len(combinations))] for own in used]),
        )
    )
    answered = (reading.failure == "")[:, np.newaxis]
    size = TIE * (1.0 + np.abs(played.value[2]))
    agreement = played.settlement_time.sum(axis=2)
    before = (played.settlement_time * np.arange(games.rounds)).sum(axis=2)
    steps = np.divide(before, agreement, out=np.full(before.shape, np.nan), where=agreement > 0)
    rows = {
        "rule_value_a": played.value[0],
        "rule_value_b": played.value[1],
        "rule_broker": played.value[2],
        "rule_agreement": np.minimum(agreement, 1.0),
        "rule_share": played.share,
        "rule_days": (games.numbers["opening"][:, np.newaxis] + steps) * clock.step_days,
        "rule_settles_now": played.settles_now,
        "rule_carried_out": played.carried_out,
        "rule_credible": (played.gain_anywhere <= size) * 1.0,
        "rule_credible_on_path": (played.gain_on_path <= size) * 1.0,
        "rule_temptation": np.maximum(played.gain_anywhere, 0.0),
    }
    rows = {name: np.where(answered, values, np.nan) for name, values in rows.items()}
    if war.broker is None:
        rows = {}
    result: dict[str, Any] = {name: (("draw", "rule"), values) for name, values in rows.items()}
    waits = np.where(answered[:, :, np.newaxis], _waiting(played.reservation[:, :, 0], reading), np.nan)
    return {**result, "waiting_by_step": (("draw", "offer", "side"), waits)}


def _waiting(reservation: Array, reading: Reading) -> Array:
    """What rejecting an offer gives each side beyond the best share that the other accepts, shape (draw, offer, side).

    Parameters
    ----------
    reservation : what it gives, shape (side, draw, offer)
    """
    of_a, of_b = reservation
    floor, ceiling = (bound[:, np.newaxis] for bound in reading.of_the_pie)
    most, least = np.minimum(ceiling, 1.0 - of_b), np.maximum(floor, of_a)
    return np.stack([of_a - most, of_b - (1.0 - least)], axis=2)


def _patron(draws: Draws, war: War) -> dict[str, Array]:
    """What the broker wants, and how patient it is."""
    if war.broker is None:
        return {}
    patience = ("clock", "discounts", _discount(draws, war), "per_step")
    return {
        "favour": draws.column(("war", "broker", "side_b_share")),
        "discount_patron": draws.column(patience, default=1.0),
    }


def _discount(draws: Draws, war: War) -> int:
    """Where the broker's discount stands; -1 where the clock gives none."""
    assert draws.base.clock is not None and war.broker is not None
    parties = [each.party for each in draws.base.clock.discounts]
    return parties.index(war.broker.party) if war.broker.party in parties else -1


def _set(draws: Draws, war: War, reading: Reading, levers: Sequence[str]) -> Array:
    """The chances of moving and the costs of a step while some levers are in force, shape (draw, 4)."""
    known = reading.games.numbers
    number = {name: known[name].copy() for name in ("up", "down", "cost_a", "cost_b")}
    for place, lever in enumerate(draws.base.levers):
        if lever.id not in levers or lever.target not in (war.side_a, war.side_b):
            continue
        side = "a" if lever.target == war.side_a else "b"
        works_on = {"war_cost": f"cost_{side}", "front_gain": "up" if side == "a" else "down"}
        for k, effect in enumerate(lever.effects):
            if effect.on in works_on:
                path = ("levers", place, "effects", k)
                name = works_on[effect.on]
                changed = number[name] * draws.column((*path, "times"), default=1.0)
                number[name] = np.maximum(changed + draws.column((*path, "plus"), default=0.0), 0.0)
    moving = number["up"] + number["down"]
    excess = np.maximum(moving, 1.0)
    return np.stack([number["up"] / excess, number["down"] / excess, number["cost_a"], number["cost_b"]], axis=1)


def _cost(draws: Draws, war: War, levers: Sequence[str]) -> Array:
    """What a step of fighting costs the broker while some levers are in force, shape (draw,)."""
    if war.broker is None:
        return np.zeros(len(draws))
    assert draws.base.clock is not None
    total = draws.column(("war", "broker", "war_cost")).copy()
    listed = {each.lever: place for place, each in enumerate(war.broker.lever_costs)}
    for place, lever in enumerate(draws.base.levers):
        if lever.id not in levers or lever.holder != war.broker.party:
            continue
        if lever.id in listed:
            total += draws.column(("war", "broker", "lever_costs", listed[lever.id], "per_step"))
        else:
            total += draws.column(("levers", place, "cost")) / max(draws.base.clock.horizon, 1)
    return total
