"""What comes out of the talks of every draw, named for a forecast. `variables` is the main name."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.engines.talks.room import Room, Rounds, style_of
from parley.errors import EngineError
from parley.methods import columns
from parley.methods.offers import OFFER, Course, Talks, negotiate
from parley.methods.offers_many import Courses, negotiate_many
from parley.methods.payoff import expected, payoffs

__all__ = ["by_formulas", "by_kernel", "discounts", "flow_values", "flows", "opening_steps", "settlements", "variables"]

Array = NDArray[np.float64]
Places = NDArray[np.int64]


def by_kernel(room: Room, rounds: Rounds) -> Courses:
    """Hold all talks with the compiled twin."""
    table, of = room.table.part(room.different), np.zeros_like(rounds.of) if room.shared else rounds.of
    return negotiate_many(table, of, rounds.styles, rounds.reserve, rounds.proposals)


def by_formulas(room: Room, rounds: Rounds) -> Courses:
    """Hold all talks with the readable rules."""
    courses: list[Course] = []
    tables = [room.table.part(draw) for draw in range(len(room.table.worth))]
    for k, draw in enumerate(rounds.of):
        talks = Talks(table=tables[draw], reserve=rounds.reserve[k], proposals=rounds.proposals[k])
        courses.append(negotiate(talks, [style_of(row, room.steps) for row in rounds.styles[k]]))
    return Courses(**{name: np.array([getattr(each, name) for each in courses]) for name in Courses.__slots__})


def discounts(draws: Draws, parties: tuple[int, ...]) -> Array:
    """What a payoff one step later is worth now, shape (draw, party); 1 where the scenario says nothing.

    The patience of the clock comes before what a party's stated payoffs say of the end of the talks.
    """
    clock, ids = draws.base.clock, draws.base.party_ids
    result = np.ones((len(draws), len(parties)))
    for k, payoff in enumerate(draws.base.payoffs):
        if ids.index(payoff.party) in parties and clock is not None and clock.horizon:
            at_the_end = draws.column(("payoffs", k, "discount"), 1.0)
            result[:, parties.index(ids.index(payoff.party))] = at_the_end ** (1.0 / clock.horizon)
    for k, discount in enumerate(clock.discounts if clock else ()):
        place = draws.base.party_ids.index(discount.party)
        if place in parties:
            result[:, parties.index(place)] = draws.column(("clock", "discounts", k, "per_step"))
    return result


def opening_steps(draws: Draws) -> Array:
    """Steps that pass before the first offer, shape (draw,)."""
    return np.maximum(np.rint(draws.column(("clock", "opening"), default=0.0)), 0.0)


def flows(meanwhile: Array, worth: Array, discount: Array, steps: Array) -> Array:
    """What the end of the talks so many steps ahead is worth now, with what a party has meanwhile.

    (1)  (1 - d^s) m + d^s u

    On the common yardstick no agreement holds meanwhile; stated payoffs come at the end alone, m = 0.
    """
    later = discount**steps
    return np.asarray((1.0 - later) * meanwhile + later * worth)


def settlements(draws: Draws, room: Room, of: Places, package: Places) -> Array:
    """Where packages settle every issue, shape (talks, issue); NaN for issues that nobody talks about."""
    points = np.full((len(of), len(draws.base.issues)), np.nan)
    points[:, list(room.reading.issues)] = room.reading.points(of, package)
    return points


def variables(draws: Draws, room: Room, rounds: Rounds, courses: Courses) -> dict[str, Any]:
    """The common variables and the engine's own, along draws.

    Raises
    ------
    EngineError
        If the scenario has no clock.
    """
    clock = draws.base.clock
    if clock is None:
        raise EngineError("talks turn by turn need the section 'clock'")
    number, count = len(draws), len(rounds.of) // max(1, len(draws))
    agreed = courses.package >= 0
    settled = settlements(draws, room, rounds.of[agreed], courses.package[agreed])
    of = rounds.of[agreed]
    agreement = agreed.reshape(number, count).mean(axis=1)
    position, salience = columns.positions(draws), columns.saliences(draws)
    gained = payoffs(settled, position[of], salience[of])
    at_settlement = _means(gained, of, number)
    without = columns.no_agreement(draws)
    begun = opening_steps(draws)
    steps = courses.step.astype(np.float64)
    value = np.full((number, len(draws.base.parties)), np.nan)
    value[:, list(room.seats.all)] = flow_values(draws, room, (rounds, courses), begun)
    return {
        "agreement": agreement,
        "settlement": _means(settled, of, number),
        "time_to_agreement": _means((begun[of] + steps[agreed])[:, np.newaxis], of, number)[:, 0] * clock.step_days,
        "payoff": expected(agreement, at_settlement, without),
        "value": (("draw", "party"), value),
        "conceded": (("draw", "party"), _conceded(draws, room, rounds, courses)),
        "steps": (steps.reshape(number, count) + 1).mean(axis=1),
        "mediated": courses.mediated.reshape(number, count).mean(axis=1),
        "walked": (courses.walked >= 0).reshape(number, count).mean(axis=1),
        "zone_open": _zone(room),
    }


def _means(values: Array, of: Places, number: int) -> Array:
    """Means by draw, shape (draw, ...), of rows that belong to draws; NaN for draws without a row."""
    total = np.zeros((number, values.shape[1]))
    np.add.at(total, of, values)
    rows = np.bincount(of, minlength=number).astype(np.float64)[:, np.newaxis]
    return np.asarray(np.divide(total, rows, out=np.full(total.shape, np.nan), where=rows > 0))


def _zone(room: Room) -> Array:
    """Whether some package beats no agreement for all and crosses no red line."""
    signing = room.reading.signing
    one = room.different
    rational = np.all(room.reading.worth[one, :signing] >= room.reserve[one, :signing, np.newaxis] - 1e-9, axis=1)
    found = np.any(rational & room.reading.signs[one].all(axis=1), axis=1).astype(np.float64)
    return np.array(np.broadcast_to(found, len(room.reserve)))


def flow_values(draws: Draws, room: Room, held: tuple[Rounds, Courses], begun: Array, *, each: bool = False) -> Array:
    """What the talks are worth now to those at the table, by equation (1) of `flows`.

    Parameters
    ----------
    draws, room : the draws and their tables
    held : the talks as they began, and how they went
    begun : steps that pass before the first offer, shape (draw,)
    each : whether to give every talk by itself, shape (draw, talk, seat), or the mean of a draw's, shape (draw, seat)
    """
    rounds, courses = held
    seats = room.seats.all
    discount = discounts(draws, seats)[rounds.of]
    without = room.reserve[rounds.of]
    agreed = courses.package >= 0
    named = room.reading.worth[rounds.of, :, np.where(agreed, courses.package, 0)]
    worth = np.where(agreed[:, np.newaxis], named, without)
    last = np.where(agreed | (courses.walked >= 0), courses.step, room.steps)
    steps = (begun[rounds.of] + last)[:, np.newaxis]
    meanwhile = np.where(room.stated, 0.0, without)
    value = flows(meanwhile, worth, discount, steps).reshape(len(draws), -1, len(seats))
    return value if each else value.mean(axis=1)


def _conceded(draws: Draws, room: Room, rounds: Rounds, courses: Courses) -> Array:
    """How far each that must sign has come by its last offer, in shares of the way to its reserve value."""
    number = len(draws)
    result = np.full((number, len(draws.base.parties)), np.nan)
    if not room.steps:
        return result
    best = room.table.own[:, :, 0]
    best = np.where(np.isfinite(best), best, 0.0)
    of = rounds.of
    for party, place in enumerate(room.seats.signing):
        spoke = courses.kinds[:, :, party] == OFFER
        last = room.steps - 1 - spoke[:, ::-1].argmax(axis=1)
        named = np.maximum(courses.offers[np.arange(len(last)), last, party], 0)
        top = best[of, party]
        way = np.where(spoke.any(axis=1), top - np.minimum(room.reserve[of, party], top), 0.0)
        come = top - room.table.worth[of, party, named]
        gone = np.divide(come, way, out=np.zeros(len(way)), where=way > 1e-12)
        result[:, place] = np.clip(gone, 0.0, 1.0).reshape(number, -1).mean(axis=1)
    return result
