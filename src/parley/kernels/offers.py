"""Many negotiations by alternating offers at once: the compiled twin of `parley.methods.offers`.

`negotiate` is the main name. Packages are ranked once a table, so that a turn costs a search among the ranks.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["AGREED", "MEDIATED", "PACE", "STEP", "WALKED", "negotiate"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

TIE = 1e-9
"""As in `parley.methods.frontier`."""

PACE, EXPONENT, OPENING, STALL, WALK, LOOK = range(6)
"""Columns of styles."""

AGREED, STEP, MEDIATED, WALKED = range(4)
"""Columns of results."""

MICRO, TIT_FOR_TAT = 4.0, 3.0
NONE, OFFER, ACCEPT, REFUSE, SILENT, WALKS, PROPOSE = range(7)


@njit(cache=True)
def negotiate(
    worths: tuple[Array, Array],
    signed: tuple[Flags, Places],
    places: tuple[Places, Places],
    of: Places,
    styles: Array,
    when: tuple[Array, Places],
) -> tuple[Places, NDArray[np.int8], Places, Array]:
    """Let the parties of each negotiation talk.

    Parameters
    ----------
    worths, signed : arrays, shape (table, party, package), and how many each party would sign, shape (table, party)
        `worth` and `own`, `signs` and `count` of each table, as in `parley.methods.offers.Table`.
    places : arrays, shape (table, party, package) and (table, look, party, package)
        `order` and `choice` of each table, as in `parley.methods.offers.Table`.
    of : array, shape (negotiation,)
        The table of each negotiation.
    styles : array, shape (negotiation, party, 6)
        Place of the pace in `PACES`, exponent, opening, steps of stalling, the step from which it may leave, and the
        look.
    when : arrays
        Reserve values, shape (negotiation, party, step), and the mediator's packages, shape (negotiation, step), -1
        where there is none.

    Returns
    -------
    results, shape (negotiation, 4): package or -1, step, 1 if it was the mediator's, the party that left or -1;
    `kinds`, `offers` and `targets` as in `parley.methods.offers.Course`, along negotiations
    """
    reserve, proposals = when
    number, parties, steps = reserve.shape
    results = np.full((number, 4), -1, np.int64)
    kinds = np.zeros((number, steps, parties + 1), np.int8)
    offers = np.full((number, steps, parties + 1), -1, np.int64)
    targets = np.full((number, steps, parties), np.nan)
    said = np.empty((parties, steps), np.int64)
    size = np.empty(parties, np.int64)
    heard = np.empty(parties)
    gain = np.empty((parties, parties, 2))
    for k in range(number):
        size[:] = 0
        heard[:] = -np.inf
        gain[:] = -np.inf
        table = of[k]
        held = (
            worths[0][table],
            signed[0][table],
            places[0][table],
            places[1][table],
            worths[1][table],
            signed[1][table],
        )
        told = kinds[k], offers[k], targets[k]
        _talk(held, (styles[k], reserve[k], proposals[k]), (said, size, heard, gain), told, results[k])
    return results, kinds, offers, targets


@njit(cache=True)
def _talk(table, rules, memory, told, result):  # type: ignore[no-untyped-def]
    worth, signs, order, choice, own, _ = table
    styles, reserve, proposals = rules
    heard = memory[2]
    kinds, offers, targets = told
    parties, steps = reserve.shape
    lies, speaker, willing = -1, -1, 0
    result[MEDIATED] = 0
    for step in range(steps):
        result[STEP] = step
        if proposals[step] >= 0 and _mediated(table, rules, memory, told, step):
            result[AGREED], result[MEDIATED] = proposals[step], 1
            return
        for party in range(parties):
            target, rank = _content(table, rules, memory, step, party)
            targets[step, party] = target
            slack = _slack(own[party, 0])
            may = lies >= 0 and speaker != party and signs[party, lies]
            if may and worth[party, lies] >= target - slack:
                kinds[step, party], offers[step, party] = ACCEPT, lies
                willing += 1
                if willing == parties - 1:
                    result[AGREED] = lies
                    return
                continue
            if step >= styles[party, WALK] and heard[party] < reserve[party, step] - slack:
                kinds[step, party], result[WALKED] = WALKS, party
                return
            if rank < 0:
                kinds[step, party] = SILENT
                lies = -1
                continue
            look = int(styles[party, LOOK])
            lies = order[party, rank] if styles[party, PACE] == MICRO else choice[look, party, rank]
            speaker, willing = party, 0
            kinds[step, party], offers[step, party] = OFFER, lies
            _hear(worth, signs, memory, (party, lies))


@njit(cache=True)
def _mediated(table, rules, memory, told, step):  # type: ignore[no-untyped-def]
    """Whether all are content with the mediator's package."""
    worth, signs, _, _, own, _ = table
    proposed, parties = rules[2][step], worth.shape[0]
    content = True
    for party in range(parties):
        target, _ = _content(table, rules, memory, step, party)
        slack = _slack(own[party, 0])
        content = content and signs[party, proposed] and worth[party, proposed] >= target - slack
    told[0][step, parties], told[1][step, parties] = PROPOSE, proposed
    for party in range(parties):
        if signs[party, proposed]:
            memory[2][party] = max(memory[2][party], worth[party, proposed])
        if content:
            told[0][step, party] = ACCEPT
    return content


@njit(cache=True)
def _hear(worth, signs, memory, spoken):  # type: ignore[no-untyped-def]
    said, size, heard, gain = memory
    speaker, package = spoken
    known = False
    for k in range(size[speaker]):
        known = known or said[speaker, k] == package
    if not known:
        said[speaker, size[speaker]] = package
        size[speaker] += 1
    for party in range(worth.shape[0]):
        if party != speaker:
            value = worth[party, package]
            if signs[party, package]:
                heard[party] = max(heard[party], value)
            if gain[party, speaker, 0] == -np.inf:
                gain[party, speaker, 0] = value
            gain[party, speaker, 1] = max(gain[party, speaker, 1], value)


@njit(cache=True)
def _content(table, rules, memory, step, party):  # type: ignore[no-untyped-def]
    """What a party is content with, and down to which rank; NaN and -1 if with nothing."""
    own, count = table[4][party], table[5]
    styles, reserve, _ = rules
    said, size, _, gain = memory
    signed = count[party]
    best = own[0]
    slack = _slack(best)
    if signed == 0 or best < reserve[party, step] - slack:
        return np.nan, -1
    floor = max(reserve[party, step], own[signed - 1])
    start = floor + styles[party, OPENING] * (best - floor)
    stall, pace = styles[party, STALL], styles[party, PACE]
    if pace == MICRO:
        last = _ranks(own, signed, floor - slack) - 1
        first = min(_ranks(own, signed, np.nextafter(start + slack, np.inf)), last)
        least = -1
        for other in range(size.size):
            if other != party and (least < 0 or size[other] < least):
                least = size[other]
        named = size[party]
        further = named <= least and first + named <= last and step >= stall
        rank = first + named if named == 0 or further else min(first + named - 1, last)
        return own[rank], rank
    target = start
    if step >= stall:
        if pace == TIT_FOR_TAT:
            least_gain = np.inf
            for other in range(size.size):
                if other != party:
                    none = size[other] == 0
                    least_gain = min(least_gain, 0.0 if none else gain[party, other, 1] - gain[party, other, 0])
            target = max(floor, start - least_gain)
        else:
            rest = own.dtype.type(reserve.shape[1] - 1) - stall
            share = (step - stall) / rest if rest > 0 else 1.0
            target = start - (start - floor) * share ** (1.0 / styles[party, EXPONENT])
    return target, _ranks(own, signed, target - slack) - 1


@njit(cache=True)
def _slack(best):  # type: ignore[no-untyped-def]
    """How far two worths may differ and still tie."""
    return TIE * max(1.0, abs(best)) if best > -np.inf else TIE


@njit(cache=True)
def _ranks(own, signed, least):  # type: ignore[no-untyped-def]
    """How many of the falling worths of the packages that are signed are no less than that."""
    low, high = 0, signed
    while low < high:
        middle = (low + high) // 2
        if own[middle] >= least:
            low = middle + 1
        else:
            high = middle
    return low
