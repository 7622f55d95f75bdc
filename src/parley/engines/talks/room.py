"""From a scenario's numbers and samples of tactics to talks, draw by draw. `prepare` is the main name.

How each ploy works is a rule of ours; `docs/engines/talks.md` says each in full.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.scenario import Scenario
from parley.engines.talks.beliefs import PLOYS, Profiles
from parley.errors import EngineError
from parley.methods.mediation import single_text
from parley.methods.offers import EXPONENTS, PACES, Style, Table, ranked
from parley.methods.package_reading import Reading, read
from parley.methods.package_wishes import signers, states

__all__ = ["Mediation", "Room", "Rounds", "Seats", "prepare", "rounds_of", "seats_of", "style_of"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

Mediation = Literal["nash", "single_text", "none"]

STALL, TEMPT, PRESS, THREATEN, WALK = range(len(PLOYS))

USUAL, COURTED = range(2)
"""What a party looks at among packages that it is content with."""

BLIND_EXPONENT = [EXPONENTS.get(pace, 1.0) for pace in PACES]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """Who sits at the table.

    Attributes
    ----------
    signing : places of the parties that must sign
    broker : place of the party that mediates, None if nobody does
    """

    signing: tuple[int, ...]
    broker: int | None

    @property
    def all(self) -> tuple[int, ...]:
        """Those who must sign, then the broker."""
        return self.signing if self.broker is None else (*self.signing, self.broker)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Room:
    """Everything that does not depend on tactics.

    Attributes
    ----------
    seats : who sits at the table
    reading : the packages
    table : as each party that must sign sees them, with the looks `USUAL` and `COURTED`
    reserve : what no agreement is worth, shape (draw, party at the table); NaN taken as 0
    pressure : by how much the levers of each at the table would lower the reserve value of each that must sign, shape
        (draw, party that must sign, holder at the table)
    texts : what the broker would propose, counting those who must sign, and counting itself too; -1 for nothing, shape
        (draw, 2, step)
    steps : number of steps
    stalls : steps that each stalls if it does, shape (draw, party that must sign)
    stated : whether each at the table states its payoffs, so that they are in a unit of its own
    shared : whether all draws have the same numbers, so that their tables are views of one
    """

    seats: Seats
    reading: Reading
    table: Table
    reserve: Array
    pressure: Array
    texts: Places
    steps: int
    stalls: Places
    stated: tuple[bool, ...]
    shared: bool = False

    @property
    def different(self) -> slice:
        """The draws whose tables differ: all, or the first."""
        return slice(0, 1) if self.shared else slice(None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rounds:
    """What the talks of every sample begin with, draw after draw.

    Attributes
    ----------
    of : the draw of each, shape (talks,)
    styles : as the compiled twin takes them, shape (talks, party that must sign, 6)
    reserve : shape (talks, party that must sign, step)
    proposals : shape (talks, step)
    leans : who leans on whom: shape (talks, party that must sign), how much its reserve value will have fallen at the
        end
    threats : how much a threat of each at the table lowers it from the start, shape (talks, party that must sign,
        holder)
    """

    of: Places
    styles: Array
    reserve: Array
    proposals: Places
    leans: Array
    threats: Array


def seats_of(scenario: Scenario) -> Seats:
    """Who sits at the table: those who must sign, and the first broker among the others that wants something."""
    signing = signers(scenario)
    standing = {position.party for position in scenario.positions} | states(scenario)
    brokers = (
        k
        for k, party in enumerate(scenario.parties)
        if party.role == "broker" and k not in signing and party.id in standing
    )
    return Seats(signing=signing, broker=next(brokers, None))


def prepare(draws: Draws, *, mediation: Mediation, packages: int, known: bool) -> Room:
    """Set the table.

    Parameters
    ----------
    draws : the draws
    mediation : what the broker proposes
    packages : how many packages there may be
    known : whether parties look at what packages are worth to others

    Raises
    ------
    EngineError
        If the scenario has no clock, or fewer than two parties must sign.
    """
    if len(draws) > 1 and draws.alike:
        one = prepare(draws.part(0, 1), mediation=mediation, packages=packages, known=known)
        return _for_each(one, len(draws))
    clock = draws.base.clock
    if clock is None:
        raise EngineError("talks turn by turn need the section 'clock'")
    seats = seats_of(draws.base)
    others = () if seats.broker is None else (seats.broker,)
    reading = read(draws, others=others, most=packages)
    signing = reading.worth[:, : reading.signing]
    total = signing.sum(axis=1, keepdims=True)
    courted = total - signing if seats.broker is None else np.broadcast_to(reading.worth[:, -1:], signing.shape)
    looks = (total - signing if known else None, courted)
    reserve = reading.reserve
    return Room(
        seats=seats,
        reading=reading,
        table=ranked(signing, reading.signs, looks),
        reserve=reserve,
        pressure=_pressure(draws, seats, reserve),
        texts=_texts(reading, reserve, seats, (mediation, clock.horizon)),
        steps=clock.horizon,
        stalls=_stalls(draws, seats, clock.horizon),
        stated=tuple(draws.base.party_ids[place] in states(draws.base) for place in seats.all),
    )


def _for_each(room: Room, draws: int) -> Room:
    """One draw's room for so many that have the same numbers."""

    def repeated(value: Any) -> Any:
        return np.broadcast_to(value, (draws, *value.shape[1:])) if isinstance(value, np.ndarray) else value

    def filled(noun: Any) -> Any:
        return type(noun)(**{name: repeated(getattr(noun, name)) for name in noun.__slots__})

    fields = {name: repeated(getattr(room, name)) for name in room.__slots__}
    return Room(**{**fields, "reading": filled(room.reading), "table": filled(room.table), "shared": True})


def _pressure(draws: Draws, seats: Seats, reserve: Array) -> Array:
    """What levers take from the reserve value of each that must sign if their holder uses them, times credibility.

    Shape (draw, party that must sign, holder at the table).
    """
    scenario, ids = draws.base, draws.base.party_ids
    result = np.zeros((len(draws), len(seats.signing), len(seats.all)))
    for k, lever in enumerate(scenario.levers):
        holder, target = ids.index(lever.holder), ids.index(lever.target)
        if lever.kind != "pressure" or holder not in seats.all or target not in seats.signing or holder == target:
            continue
        place = seats.signing.index(target)
        before = reserve[:, place]
        after = before.copy()
        for m, effect in enumerate(lever.effects):
            if effect.on == "no_agreement":
                path = ("levers", k, "effects", m)
                after = after * draws.column((*path, "times"), default=1.0) + draws.column((*path, "plus"), default=0.0)
        credible = draws.column(("levers", k, "credibility"))
        result[:, place, seats.all.index(holder)] += credible * np.maximum(before - after, 0.0)
    return result


def _stalls(draws: Draws, seats: Seats, steps: int) -> Places:
    """Steps that a party stalls if it does: until the last of its own deadlines, else a third of the talks."""
    scenario, clock = draws.base, draws.base.clock
    assert clock is not None
    opening = np.maximum(np.rint(draws.column(("clock", "opening"), default=0.0)), 0.0)
    result = np.full((len(draws), len(seats.signing)), max(1, steps // 3), dtype=np.int64)
    for k, place in enumerate(seats.signing):
        days = [
            (each.date - scenario.as_of).days
            for each in clock.deadlines
            if each.party == scenario.party_ids[place] and each.date > scenario.as_of
        ]
        if days:
            result[:, k] = np.clip(math.ceil(max(days) / clock.step_days) - opening, 0, max(0, steps - 1))
    return result


def _texts(reading: Reading, reserve: Array, seats: Seats, how: tuple[Mediation, int]) -> Places:
    """The broker's proposals, without and with itself counted, from the second step on."""
    mediation, steps = how
    draws = len(reserve)
    texts = np.full((draws, 2, steps), -1, dtype=np.int64)
    if mediation == "none" or seats.broker is None:
        return texts
    gains = reading.worth - reserve[:, :, np.newaxis]
    able: Flags = np.all(reading.signs, axis=1) & np.all(gains[:, : reading.signing] >= 0, axis=1)
    product = np.where(able, np.maximum(gains[:, : reading.signing], 0.0).prod(axis=1), -1.0)
    biased = np.where(able, product * np.maximum(gains[:, -1], 0.0), -1.0)
    for k, value in enumerate((product, biased)):
        best = np.where(value.max(axis=1) >= 0, value.argmax(axis=1), -1)
        texts[:, k, 1:] = best[:, np.newaxis]
    if mediation == "single_text":
        counted = (reading.worth[:, : reading.signing], reading.worth)
        for draw in np.flatnonzero(able.any(axis=1)):
            start = int(np.flatnonzero(able[draw])[able[draw].sum() // 2])
            for k, worth in enumerate(counted):
                grown = single_text(worth[draw], reading.sizes, start=start, signs=able[draw])
                texts[draw, k, 1:] = [grown[min(step, len(grown) - 1)] for step in range(steps - 1)]
    return texts


def rounds_of(room: Room, profiles: Profiles) -> Rounds:
    """Turn samples of tactics into talks.

    Parameters
    ----------
    room : the table
    profiles : samples for the parties at the table, in the order of `Seats.all`
    """
    draws, count = profiles.pace.shape[:2]
    of = np.repeat(np.arange(draws), count)
    pace = profiles.pace.reshape(len(of), -1)
    ploys = profiles.ploys.reshape(len(of), *profiles.ploys.shape[2:])
    signing, steps = len(room.seats.signing), room.steps
    leaves = np.full(len(of), steps)
    if room.seats.broker is not None:
        leaves = np.where(ploys[:, -1, WALK], steps // 2, steps)
    leans, threats = _pressed(room, of, ploys)
    time = np.arange(steps)
    stays = time < leaves[:, np.newaxis]
    passed = np.where(stays, time / max(1, steps - 1), 0.0)
    standing = threats[:, :, :signing].sum(axis=2)[:, :, np.newaxis] + np.zeros(steps)
    standing += threats[:, :, signing:].sum(axis=2)[:, :, np.newaxis] * stays[:, np.newaxis]
    reserve = room.reserve[of, :signing, np.newaxis] - standing
    reserve = reserve - leans[:, :, np.newaxis] * passed[:, np.newaxis]
    tempted = ploys[:, :signing, TEMPT].any(axis=1).astype(np.int64)
    proposals = np.where(stays, room.texts[of, tempted], -1)
    styles = np.empty((len(of), signing, 6))
    styles[:, :, 0] = pace[:, :signing]
    styles[:, :, 1] = np.array(BLIND_EXPONENT)[pace[:, :signing]]
    styles[:, :, 2] = 1.0
    styles[:, :, 3] = np.where(ploys[:, :signing, STALL], room.stalls[of], 0)
    styles[:, :, 4] = np.where(ploys[:, :signing, WALK], steps // 2, steps)
    styles[:, :, 5] = np.where(ploys[:, :signing, TEMPT], COURTED, USUAL)
    return Rounds(of=of, styles=styles, reserve=reserve, proposals=proposals, leans=leans, threats=threats)


def _pressed(room: Room, of: Places, ploys: Flags) -> tuple[Array, Array]:
    """What leaning and threats take from reserve values; see `Rounds`."""
    signing = len(room.seats.signing)
    pressure = room.pressure[of]
    leans, threats = np.zeros((len(of), signing)), np.zeros(pressure.shape)
    for party in range(signing):
        for other in range(signing):
            if other != party:
                threats[:, party, other] = np.where(ploys[:, other, THREATEN], pressure[:, party, other], 0.0)
    if room.seats.broker is None:
        return leans, threats
    asked = ploys[:, :signing, PRESS]
    worth = room.reading.worth[room.different]
    ideal = worth[:, -1].argmax(axis=1)
    apart = np.take_along_axis(worth[:, :signing], ideal[:, np.newaxis, np.newaxis], axis=2)[:, :, 0].argmin(axis=1)
    apart = np.broadcast_to(apart, len(room.reserve))[of]
    for party in range(signing):
        others = np.delete(np.arange(signing), party)
        leaned = ploys[:, -1, PRESS] & asked[:, others].any(axis=1)
        leans[:, party] = np.where(leaned, pressure[:, party, -1], 0.0)
        made = ploys[:, -1, THREATEN] & (apart == party) & ~leaned
        threats[:, party, -1] = np.where(made, pressure[:, party, -1], 0.0)
    return leans, threats


def style_of(row: Array, steps: int) -> Style:
    """A row of styles in words."""
    return Style(
        pace=PACES[int(row[0])],
        exponent=float(row[1]),
        opening=float(row[2]),
        stall=int(row[3]),
        walk=None if row[4] >= steps else int(row[4]),
        look=int(row[5]),
    )
