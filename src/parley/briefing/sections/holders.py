"""Who holds the settlements where they are: what would change without a party, or with it won over. `holders`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.families import mention
from parley.briefing.prose import Cells, Run, items, joined, paragraph, plain, strong, table, write
from parley.domain.briefing import Block, Piece

__all__ = ["Holder", "held_by", "holders"]

SHOWN = 3
"""As many parties are told of in words."""

LISTED = 8
"""As many stand in the table."""

MOVES = 1.0
"""Settlements that a party moves by less than this, 0..100, it does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """What one party holds, engine by engine.

    Attributes
    ----------
    party : id of the party
    moves : by how much its part, or winning it over, moves the settlements, 0..100 on average over the issues
    gain_without, gain_won_over : what the asking party's payoff gains without it, or with it won over, -1..1
    """

    party: str
    moves: Mapping[str, float] = field(default_factory=dict)
    gain_without: Mapping[str, float] = field(default_factory=dict)
    gain_won_over: Mapping[str, float] = field(default_factory=dict)


def held_by(desk: Desk) -> list[Holder]:
    """What each party holds by every engine that says so; the one that moves most, by the middle engine, first."""
    found = {name: each["blockers"] for name, each in desk.details.items() if each.get("blockers")}
    result = []
    for party in desk.scenario.party_ids:
        entries = {name: entry for name, rows in found.items() for entry in rows if entry["party"] == party}
        holder = Holder(
            party=party,
            moves=_known(entries, "moves_settlement"),
            gain_without=_known(entries, "gain_without"),
            gain_won_over=_known(entries, "gain_won_over"),
        )
        if holder.moves:
            result.append(holder)
    return sorted(result, key=lambda each: -median(each.moves.values()))


def _known(entries: Mapping[str, Mapping[str, object]], name: str) -> dict[str, float]:
    values = {engine: entry.get(name) for engine, entry in entries.items()}
    return {engine: float(each) for engine, each in values.items() if isinstance(each, int | float)}


def holders(desk: Desk) -> list[Block]:
    """Say who holds the settlements where they are, and whom it would help most to win over."""
    found = [each for each in held_by(desk) if median(each.moves.values()) >= MOVES]
    if not found:
        return []
    asked = list(dict.fromkeys(engine for each in found for engine in each.moves))
    opening = write(
        "Who holds the settlements where they are? {who} {verb} asked where the issues would settle if a party took no "
        "part, and if it took the positions of {asker}. Whoever moves the settlements most, in points of a hundred "
        "of their scales, holds them.",
        who=words.capital(mention(desk, asked, asked)),
        verb="was" if len(asked) == 1 else "were",
        asker=desk.asker,
    )
    told = items(_told(desk, each) for each in found[:SHOWN])
    rows = [_line(desk, each) for each in found[:LISTED]]
    columns = ("Party", "Moves the settlements by", "Change if it is won over", "Change without it")
    caption = (
        f"What each party holds, and what the payoff of {desk.asker} would change by, in points of a hundred: the "
        "lowest and the highest of the models"
    )
    return [paragraph(opening), *told, table(caption, columns, rows, numeric=(1, 2, 3))]


def _told(desk: Desk, holder: Holder) -> Run:
    who = strong(words.capital(desk.named(holder.party)))
    first = write(
        "{who}: the settlements move by {size} on average", who=who, size=_size(desk, holder.moves, "moves", " points")
    )
    if holder.party == desk.comparison.asked_by:
        return (*first, *plain("; it is the party that asks."))
    parts = [
        write("by {size} if it were won over", size=_gain(desk, holder.gain_won_over)) if holder.gain_won_over else (),
        write("by {size} without it", size=_gain(desk, holder.gain_without)) if holder.gain_without else (),
    ]
    told = joined([each for each in parts if each])
    worth = write("; the payoff of {asker} would change {told}", asker=desk.asker, told=told) if told else ()
    return write("{first}{worth}.", first=first, worth=worth)


def _size(desk: Desk, values: Mapping[str, float], what: str, unit: str = "") -> Piece:
    low, high = round(min(values.values())), round(max(values.values()))
    text = f"{low}" if low == high else f"{low} to {high}"
    return Piece(text=f"{text}{unit}", basis=_basis(desk, values, what))


def _gain(desk: Desk, values: Mapping[str, float]) -> Piece:
    low, high = words.signed(min(values.values())), words.signed(max(values.values()))
    return Piece(text=low if low == high else f"{low} to {high}", basis=_basis(desk, values, "gains"))


def _basis(desk: Desk, values: Mapping[str, float], what: str) -> str:
    engines = sorted(values)
    if len(engines) == 1:
        return desk.result(engines[0], "blockers")
    used = [desk.result(engine, "blockers") for engine in engines]
    says = (
        "Each model run again with the party taking no part, and with the party holding the positions of the party "
        "that asks, at the most plausible numbers: the lowest and the highest of the models."
    )
    return desk.results(f"blockers {what} {' '.join(engines)}", says, used)


def _line(desk: Desk, holder: Holder) -> Cells:
    def gain(values: Mapping[str, float]) -> Piece | str:
        known = {engine: each for engine, each in values.items() if math.isfinite(each)}
        return _gain(desk, known) if known else "–"

    asks = holder.party == desk.comparison.asked_by
    won = "–" if asks else gain(holder.gain_won_over)
    return desk.party(holder.party), _size(desk, holder.moves, "moves"), won, gain(holder.gain_without)
