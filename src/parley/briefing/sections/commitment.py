"""Beside the record of past truces: whether the two sides would keep one as power shifts. Main name: `structure`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.prose import Run, caution, items, paragraph, plain, strong, write
from parley.domain.briefing import Block, Piece
from parley.domain.durability import Durability

__all__ = ["structure"]

ENGINE = "war_bargaining"
APART = 0.15
"""How far two chances may lie apart and still be said to agree."""


def structure(desk: Desk, record: Durability, basis: str) -> list[Block]:
    """Say whether a truce would be kept by the model of shifting power, and where that differs from the record.

    Parameters
    ----------
    desk : what the briefing is about
    record : what the record of past truces says
    basis : what the numbers of the record rest on

    Returns
    -------
    Nothing where the scenario says nothing of power in peace
    """
    told = desk.details.get(ENGINE, {}).get("commitment")
    war, clock = desk.scenario.war, desk.scenario.clock
    if told is None or war is None or clock is None:
        return []
    runs = [_kept(desk, told["truce"]), _breaker(desk, told["truce"]), _slack(desk), _guarantee(desk, told)]
    return [
        paragraph(strong("Beside the record: would it pay to keep it?"), _model(desk)),
        *items(run for run in runs if run),
        _beside(desk, told["truce"], record, basis),
    ]


def _model(desk: Desk) -> Run:
    return write(
        "In {engine}, a truce along the line as it stands fixes what each side gets from step to step, power drifts "
        "while it holds, and either side breaks it once fighting is worth more to it than keeping it, the penalty "
        "included.",
        engine=desk.mention(ENGINE),
    )


def _steps(desk: Desk, days: int) -> int:
    assert desk.scenario.clock is not None
    return max(1, round(days / desk.scenario.clock.step_days))


def _kept(desk: Desk, truce: Mapping[str, Any]) -> Run:
    assert desk.scenario.clock is not None
    basis, held = desk.result(ENGINE, "commitment"), truce["in_force"]
    days = desk.scenario.clock.step_days
    marks = dict.fromkeys((1, len(held) // 2, len(held) - 1))
    told = [
        f"{words.percentage(held[step])} after {words.duration(step * days)}" for step in marks if 0 < step < len(held)
    ]
    if not told:
        return ()
    return write(
        "It is still in force with a chance of {told}, at the most plausible numbers.",
        told=Piece(text=words.listed(told), basis=basis),
    )


def _breaker(desk: Desk, truce: Mapping[str, Any]) -> Run:
    war = desk.scenario.war
    assert war is not None and desk.scenario.clock is not None
    broken = {war.side_a: sum(truce["broken_by"]["a"]), war.side_b: sum(truce["broken_by"]["b"])}
    most = max(broken, key=lambda side: broken[side])
    if broken[most] < 0.005:
        return plain("Within the horizon neither side would break it.")
    series = truce["broken_by"]["a" if most == war.side_a else "b"]
    latest = int(np.argmax(series))
    when = words.duration((latest + 1) * desk.scenario.clock.step_days)
    basis = desk.result(ENGINE, "commitment")
    return write(
        "If it breaks, it is sooner broken by {party} ({chance} within the horizon), most likely about {when} "
        "on{last}.",
        party=desk.named(most),
        chance=desk.share(broken[most], basis),
        when=Piece(text=when, basis=basis),
        last=", the last step in which the model lets anybody break it" if latest == len(series) - 1 else "",
    )


def _slack(desk: Desk) -> Run:
    values = desk.values(ENGINE, "peace_slack")
    known = np.array([]) if values is None else values[np.isfinite(values)]
    if not known.size:
        return ()
    basis = desk.result(ENGINE, "slack")
    return write(
        "Where terms are struck anew in each step, peace is better than attacking before power shifts by {worth} "
        "points of a hundred; in {war} of draws it is not, and shifting power would bring war.",
        worth=Piece(text=words.balance(*np.quantile(known, [0.1, 0.9]).tolist()), basis=basis),
        war=desk.share(float((known < 0).mean()), basis),
    )


def _guarantee(desk: Desk, told: Mapping[str, Any]) -> Run:
    needed = told["truce"]["guarantee_needed"]
    if needed is None:
        return plain("No guarantee that was tried would hold it to the end of the horizon.")
    if needed == 0:
        return plain("It would be held to the end of the horizon without any further guarantee.")
    basis = desk.result(ENGINE, "commitment")
    return write(
        "A guarantee that made breaking it dearer by {needed} points of a hundred would hold it to the end of the "
        "horizon.",
        needed=Piece(text=f"{100 * needed:g}", basis=basis),
    )


def _beside(desk: Desk, truce: Mapping[str, Any], record: Durability, basis: str) -> Block:
    """Where the record and the model disagree, and why they may."""
    assert desk.scenario.clock is not None
    lapsed = _lapsed(record)
    step = min(_steps(desk, lapsed[0]), len(truce["in_force"]) - 1)
    ends = 1.0 - truce["in_force"][step]
    parts = {
        "record": Piece(text=words.percentage(lapsed[1]), basis=basis),
        "model": Piece(text=words.percentage(ends), basis=desk.result(ENGINE, "commitment")),
        "when": Piece(text=words.duration(lapsed[0]), basis=basis),
    }
    if abs(lapsed[1] - ends) <= APART:
        return caution(write("Record and model agree: {record} and {model} are over after {when}.", **parts))
    return caution(
        write(
            "Record and model disagree: {record} of past truces like it are over after {when}, {model} in the model. "
            "The record counts truces that lapse through indiscipline, spoilers and neglect, which the model does not "
            "see; the model knows these two sides, as the scenario's judgements have them, which the record does not.",
            **parts,
        )
    )


def _lapsed(record: Durability) -> tuple[int, float]:
    """The first day about which the record tells of lapsing after the term, and the chance of that."""
    points = record.clocks["lapsed"]
    day = 30 if record.length_days is None else int(record.length_days)
    first = next((each for each in points if each.day > day), points[-1])
    return first.day, first.probability
