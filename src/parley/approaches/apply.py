"""Approaches as arithmetic on draws: `apply`, what it costs (`costs`), and what it cannot reach (`silent_effects`).

Applying an approach changes the columns that it bears on and leaves every other number as it was drawn, so that draw i
with the approach and draw i without it are a pair.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict import Choice
from parley.domain.draws import Draws, copied, quantities
from parley.domain.estimate import Estimate
from parley.domain.lever import Effect, Lever
from parley.domain.scenario import Scenario
from parley.errors import Path, UsageError, did_you_mean

__all__ = ["Parts", "apply", "costs", "parts_of", "silent_effects"]

Array = NDArray[np.float64]

OPENING: Path = ("clock", "opening")
GUARANTEE: Path = ("war", "peace", "guarantee")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """All that an approach does, its parents' parts included.

    Attributes
    ----------
    pulls : ids of the levers, the parents' first
    takes : whether each option is held taken, by its id
    moves : where the new position of each (party, issue) stands in the scenario
    wait : where the number of steps stands; None: it does not wait
    """

    pulls: tuple[str, ...] = ()
    takes: Mapping[str, bool] = field(default_factory=dict)
    moves: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    wait: Path | None = None


def parts_of(scenario: Scenario, approach_id: str) -> Parts:
    """Put an approach's parts together with those of the approaches that it extends; its own come last and override.

    Raises
    ------
    UsageError
        If there is no such approach.
    """
    places = {approach.id: place for place, approach in enumerate(scenario.approaches)}
    if approach_id not in places:
        hint = did_you_mean(approach_id, list(places), noun="approaches")
        raise UsageError(f"there is no approach '{approach_id}'; {hint}")
    place = places[approach_id]
    own = scenario.approaches[place]
    parent = parts_of(scenario, own.extends) if own.extends else Parts()
    moves = {(own.by, move.issue): ("approaches", place, "moves", k, "to") for k, move in enumerate(own.moves)}
    return Parts(
        pulls=tuple(dict.fromkeys((*parent.pulls, *own.pulls))),
        takes={**parent.takes, **{choice.option: choice.taken for choice in own.takes}},
        moves={**parent.moves, **moves},
        wait=parent.wait if own.wait is None else ("approaches", place, "wait"),
    )


def apply(draws: Draws, approach_id: str) -> Draws:
    """Apply an approach to each draw.

    Options that it takes are held in the scenario's conflict; positions that it moves are replaced by the move's own
    samples; waiting adds to the steps before the first offer; a lever acts in the draws in which its chance lies below
    its credibility.

    Parameters
    ----------
    draws : the draws without the approach
    approach_id : id of the approach

    Returns
    -------
    The same draws with the approach. Numbers that it changes are kept within their bounds, and the front's chances of
    moving within a sum of 1; all others are the same.

    Raises
    ------
    UsageError
        If there is no such approach.
    """
    parts = parts_of(draws.base, approach_id)
    result = _restructured(draws, parts)
    values = result.values.copy()
    for (party, issue), source in parts.moves.items():
        for target in _positions(result.base, party, issue, "position"):
            values[:, _index(result, target)] = result.column(source)
    if parts.wait and result.index(OPENING) is not None:
        opening = _index(result, OPENING)
        values[:, opening] += draws.column(parts.wait)
    for lever in _levers(draws.base, parts):
        acts = _acts(draws, lever)
        for place, effect in enumerate(draws.base.levers[lever].effects):
            for target in _targets(result.base, draws.base.levers[lever], effect):
                column = _index(result, target)
                _work(draws, ("levers", lever, "effects", place), acts, values[:, column])
                _keep_in_bounds(result, values, column)
    return dataclasses.replace(result, values=values)


def costs(draws: Draws, approach_id: str) -> dict[str, Array]:
    """What an approach's levers cost their holders, on the common yardstick.

    Parameters
    ----------
    draws : the draws without the approach
    approach_id : id of the approach

    Returns
    -------
    By id of the party that pays: array, shape (draw,), >= 0: the cost of each lever in the draws in which it acts.
    """
    result: dict[str, Array] = {}
    for lever in _levers(draws.base, parts_of(draws.base, approach_id)):
        holder = draws.base.levers[lever].holder
        cost = np.where(_acts(draws, lever), draws.column(("levers", lever, "cost")), 0.0)
        result[holder] = result.get(holder, np.zeros(len(draws))) + cost
    return result


def silent_effects(scenario: Scenario, approach_id: str) -> tuple[str, ...]:
    """What an approach does that no number of the scenario answers to, a sentence each without a full stop.

    Examples are a lever on the war costs of a party that is on neither side, and waiting where there is no clock.
    """
    parts = parts_of(scenario, approach_id)
    found = []
    for place in _levers(scenario, parts):
        lever = scenario.levers[place]
        for effect in lever.effects:
            if not _targets(scenario, lever, effect):
                where = f" on '{effect.issue}'" if effect.issue else ""
                where += f" of the wish '{effect.wish}'" if effect.wish else ""
                number = "the guarantee of a truce"
                if effect.on != "guarantee":
                    number = f"{effect.on}{where} of '{lever.target}'"
                found.append(f"the lever '{lever.id}' would change {number}, which the scenario does not state")
    if parts.wait and scenario.clock is None:
        found.append(f"the approach '{approach_id}' waits, but the scenario has no clock")
    return tuple(found)


def _levers(scenario: Scenario, parts: Parts) -> list[int]:
    places = {lever.id: place for place, lever in enumerate(scenario.levers)}
    return [places[lever] for lever in parts.pulls]


def _acts(draws: Draws, lever: int) -> NDArray[np.bool_]:
    return np.asarray(draws.chance[:, lever] < draws.column(("levers", lever, "credibility")), dtype=np.bool_)


def _restructured(draws: Draws, parts: Parts) -> Draws:
    """Hold options, give the clock an opening where waiting needs one, and peace a guarantee where a lever adds to it.

    Each column keeps its path. What is put in was checked with the approach, so the scenario is not checked again.
    """
    base = draws.base
    if parts.takes and base.conflict is not None:
        held = {choice.option: choice.taken for choice in base.conflict.held} | dict(parts.takes)
        choices = tuple(Choice(option=option, taken=taken) for option, taken in held.items())
        base = copied(base, {"conflict": copied(base.conflict, {"held": choices})})
    if parts.wait and base.clock is not None and base.clock.opening is None:
        opening = Estimate.exactly(0.0, because="talks would open at once")
        base = copied(base, {"clock": copied(base.clock, {"opening": opening})})
    if base.war is not None and base.war.peace is not None and base.war.peace.guarantee is None:
        levers = (base.levers[place] for place in _levers(base, parts))
        if any(effect.on == "guarantee" for lever in levers for effect in lever.effects):
            nothing = Estimate.exactly(0.0, because="nobody would guarantee a truce")
            peace = copied(base.war.peace, {"guarantee": nothing})
            base = copied(base, {"war": copied(base.war, {"peace": peace})})
    if base is draws.base:
        return draws
    columns = [draws.column(each.path, default=each.estimate.mode) for each in quantities(base)]
    return dataclasses.replace(draws, base=base, values=np.stack(columns, axis=1))


def _targets(scenario: Scenario, lever: Lever, effect: Effect) -> list[Path]:
    """Where the numbers stand that an effect changes; none where the scenario does not state them."""
    party = scenario.party_ids.index(lever.target)
    match effect.on:
        case "capability":
            return [("parties", party, "capability")]
        case "no_agreement":
            return [] if scenario.parties[party].no_agreement is None else [("parties", party, "no_agreement")]
        case "salience":
            return _positions(scenario, lever.target, effect.issue, "salience")
        case "importance":
            return _wishes(scenario, lever.target, effect.wish)
        case "guarantee":
            return [] if scenario.war is None or scenario.war.peace is None else [GUARANTEE]
        case "war_cost" | "front_gain":
            return _of_side(scenario, lever.target, effect.on)


def _positions(scenario: Scenario, party: str, issue: str | None, field_name: str) -> list[Path]:
    """Where this number stands in the party's position on an issue, or on every issue."""
    return [
        ("positions", place, field_name)
        for place, position in enumerate(scenario.positions)
        if position.party == party and issue in (None, position.issue)
    ]


def _wishes(scenario: Scenario, party: str, wish: str | None) -> list[Path]:
    """Where the importance of a party's preference statement stands."""
    preferences = scenario.conflict.preferences if scenario.conflict else ()
    return [
        ("conflict", "preferences", place, "statements", k, "importance")
        for place, preference in enumerate(preferences)
        for k, statement in enumerate(preference.statements)
        if preference.party == party and statement.id == wish and statement.importance is not None
    ]


def _of_side(scenario: Scenario, party: str, on: str) -> list[Path]:
    war = scenario.war
    if war is None or party not in (war.side_a, war.side_b):
        return []
    side = "a" if party == war.side_a else "b"
    return [("war", f"cost_{side}")] if on == "war_cost" else [("war", "front", f"{side}_gains")]


def _index(draws: Draws, path: Path) -> int:
    index = draws.index(path)
    assert index is not None, path
    return index


def _work(draws: Draws, effect: Path, acts: NDArray[np.bool_], column: Array) -> None:
    """Change a column, in place, where the lever acts: times the factor, plus the summand."""
    times = draws.column((*effect, "times"), default=1.0)
    plus = draws.column((*effect, "plus"), default=0.0)
    column[acts] = column[acts] * times[acts] + plus[acts]


def _keep_in_bounds(draws: Draws, values: Array, column: int) -> None:
    """Keep a column, in place, within its bounds, and a side's chance of gaining ground beside the other's."""
    quantity = quantities(draws.base)[column]
    high: float | Array = quantity.high
    for mine, other in (("a_gains", "b_gains"), ("b_gains", "a_gains")):
        if quantity.path == ("war", "front", mine):
            high = 1.0 - values[:, _index(draws, ("war", "front", other))]
    np.clip(values[:, column], quantity.low, high, out=values[:, column])
