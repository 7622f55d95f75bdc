"""Would it hold: the clocks of the truce, what would lengthen it, and truces of the past like it."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from parley.approaches import durability as lasting
from parley.briefing import truces, words
from parley.briefing.desk import Desk
from parley.briefing.prose import Cells, Run, caution, items, joined, paragraph, plain, strong, table, write
from parley.briefing.sections.commitment import structure
from parley.briefing.sections.endings import ends
from parley.domain.briefing import Basis, Block, Chart, Items, Paragraph, Piece, Section, Table
from parley.domain.durability import Durability, Reading

__all__ = ["section", "verdict"]

ENGINE = "durability"
MOST_SWITCHES = 6
NUMBER = re.compile(r"(\d+(?:[-–.]\d+)*%?)")


def section(desk: Desk) -> Section:
    """Write the section on whether a truce would hold."""
    found = _found(desk)
    if found is not None:
        basis = _basis(desk)
        blocks = [_grounded(each, basis) for each in _blocks(found, basis)]
        blocks += [*structure(desk, found, basis), *ends(desk)]
    elif desk.scenario.terms is None:
        blocks = [paragraph(plain("The scenario does not say what a truce would be.")), *ends(desk)]
    else:
        blocks = [paragraph(plain("The record of past truces was not asked.")), *ends(desk)]
    return Section(id="durability", title="Would it hold?", blocks=tuple(blocks))


def verdict(desk: Desk) -> Run:
    """Say in one sentence whether a truce would hold, for the bottom line; nothing where there is none."""
    found = _found(desk)
    if found is None:
        return ()
    basis = _basis(desk)
    return (*strong("If they sign, does it hold?"), *plain(" "), *_parts(_filled(truces.lead(found), basis), basis))


def _found(desk: Desk) -> Durability | None:
    terms = desk.scenario.terms
    if terms is None or ENGINE not in desk.apart:
        return None
    seed, day = desk.baseline.seed, desk.scenario.as_of
    return desk.once("durability", lambda: lasting.durability(terms, seed=seed, as_of=day))


def _basis(desk: Desk) -> str:
    """What all numbers of the section rest on."""
    terms = desk.scenario.terms
    assert terms is not None
    names = tuple(each.name for path, each in desk.quantities.items() if path[0] == "terms")
    estimates = (each.estimate for path, each in desk.quantities.items() if path[0] == "terms")
    grounds = (*terms.grounds, *(ground for each in estimates for ground in each.grounds))
    return desk.register(
        "durability",
        Basis(
            id="",
            says=f"{desk.title(ENGINE)}, seed {desk.baseline.seed}: what became of past ceasefires with such terms.",
            quantities=names,
            grounds=tuple(dict.fromkeys(grounds)),
            made=desk.baseline.runs[ENGINE].made if names else None,
        ),
    )


def _grounded(block: Block, basis: str) -> Block:
    """A block in which every number, also that of a day, rests on the record."""
    match block:
        case Paragraph(pieces=pieces):
            return dataclasses.replace(block, pieces=_parts(pieces, basis))
        case Items(items=runs):
            return dataclasses.replace(block, items=tuple(_parts(run, basis) for run in runs))
        case Table(rows=rows):
            return dataclasses.replace(block, rows=tuple(tuple(_parts(cell, basis) for cell in row) for row in rows))
        case Chart(table=shown):
            grounded = _grounded(shown, basis)
            assert isinstance(grounded, Table)
            return dataclasses.replace(block, table=grounded)


def _parts(run: Run, basis: str) -> Run:
    """A run whose bare numbers have become pieces of their own."""
    parts: list[Piece] = []
    for piece in run:
        if piece.basis is not None:
            parts.append(piece)
            continue
        for number, text in enumerate(NUMBER.split(piece.text)):
            if text:
                found = basis if number % 2 else None
                parts.append(dataclasses.replace(piece, text=text, basis=found))
    return tuple(parts)


def _blocks(found: Durability, basis: str) -> Iterator[Block]:
    yield paragraph(*_lead(found, basis))
    yield _chart(found, basis)
    yield from items(_clocks(found, basis))
    yield _outcomes(found, basis)
    yield from _factors(found, basis)
    yield from _switches(found, basis)
    yield paragraph(plain("Truces of the past most like it, by name:"))
    yield from items(_filled(truces.past(each), basis) for each in found.nearest)
    if found.record is not None:
        yield paragraph(_filled(truces.of_country(found.record), basis))
    yield caution(*(plain(note) for note in found.notes))


def _filled(sentence: tuple[str, dict[str, str]], basis: str) -> Run:
    """A sentence in which each number rests on the record."""
    text, parts = sentence
    return write(text, **{name: Piece(text=part, basis=basis) for name, part in parts.items()})


def _chance(reading: Reading, basis: str) -> Piece:
    return Piece(text=truces.chance(reading), basis=basis)


def _lead(found: Durability, basis: str) -> Iterator[Run]:
    yield write(
        "{truce}, held against {reference}.",
        truce=strong(words.capital(truces.named(found.terms, found.length_days))),
        reference=_filled(truces.of_class(found.reference), basis),
    )
    yield _filled(truces.lead(found), basis)
    yield plain(
        "Each chance is given with its 90% interval, which covers the record and the ratios, not the choice of class."
    )


LINES = (
    "It, or what follows it, has not lapsed (band: 90%)",
    "It is still in force under its own terms",
    "It was prolonged or replaced",
)
"""What each line says."""


def _chart(found: Durability, basis: str) -> Chart:
    points = (_left(found), *(_points(each) for each in (found.outcomes["in_force"], found.clocks["prolonged"])))
    lines = [{"name": name, "points": each} for name, each in zip(LINES, points, strict=True)]
    days = truces.days_shown(found.length_days)
    rows: list[Cells] = [(str(day), *(_chance(_reading(each, day), basis) for each in points)) for day in days]
    last = _reading(points[0], days[-1])
    title = f"After a year the chance that the truce, or what follows it, has not lapsed is {truces.chance(last)}"
    columns = ("Day", "Has not lapsed", "In force under its own terms", "Prolonged or replaced")
    return Chart(
        id="survival",
        title=title,
        subtitle="Chance by day, once the truce is in force; the days stand closer the later they are",
        kind="survival",
        data={"rows": lines, "term": found.length_days},
        alt=f"Lines that fall with time. {title}.",
        table=table("Chance by day, once in force", columns, rows, numeric=(1, 2, 3)),
    )


def _points(readings: Sequence[Reading]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(each) for each in readings]


def _left(found: Durability) -> list[dict[str, Any]]:
    return [
        {"day": each.day, "probability": 1 - each.probability, "low": 1 - each.high, "high": 1 - each.low}
        for each in found.clocks["lapsed"]
    ]


def _reading(points: Sequence[Mapping[str, Any]], day: int) -> Reading:
    return Reading(**next(each for each in points if each["day"] == day))


def _clocks(found: Durability, basis: str) -> Iterator[Run]:
    if found.terms.agreed is None:
        yield write("{clock}: the record cannot say; other models here do, above.", clock=strong("Agreed"))
    else:
        agreed = _chance(found.clocks["agreed"][0], basis)
        yield write("{clock}: {chance}, as the scenario has it.", clock=strong("Agreed"), chance=agreed)
    term = truces.after_term(found.length_days)
    told = {
        "in_force": (3, 30),
        "violated": (1, 7),
        "lapsed": (term, 365),
        "prolonged": (term, 365),
        "settled": (90, 365),
    }
    for name, days in told.items():
        readings, clock = found.clocks[name], strong(words.capital(truces.CLOCKS[name]))
        if math.isnan(readings[0].probability):
            yield write("{clock}: nothing is known.", clock=clock)
            continue
        chances = [
            write("{chance} by day {day}", chance=_chance(truces.at(readings, day), basis), day=str(day))
            for day in days
        ]
        more = "; a judgement, and not by itself the end of the truce" if name == "violated" else ""
        yield write("{clock}: {chances}{more}.", clock=clock, chances=joined(chances), more=more)


def _outcomes(found: Durability, basis: str) -> Block:
    day = truces.after_term(found.length_days)
    rows = [(told, _chance(truces.at(found.outcomes[name], day), basis)) for name, told in truces.ENDINGS.items()]
    caption = f"How the truce itself stands on day {day}; the chances add up to 100%"
    return table(caption, ("It is", "Chance"), rows, numeric=(1,))


def _factors(found: Durability, basis: str) -> Iterator[Block]:
    factors = truces.telling(found.factors)
    if not factors:
        return
    rows = []
    for each in factors:
        way = "sooner" if each.shift > 0 else "later"
        share = "not known" if each.judged else Piece(text=f"{each.share:.0%}", basis=basis)
        named = words.capital(truces.factor_named(each)) + (" (a judgement)" if each.judged else "")
        rows.append((named, share, Piece(text=truces.ratio(each), basis=basis), way))
    caption = "What sets it apart: the rate of lapsing of truces with and without, and what that does here"
    headings = ("The truce is", "Share of its class", "Ratio of rates (95%)", "So it lapses")
    yield table(caption, headings, rows, numeric=(1, 2))


def _switches(found: Durability, basis: str) -> Iterator[Block]:
    helping = [each for each in found.switches if each.change > 0.005][:MOST_SWITCHES]
    if not helping:
        return
    day = helping[0].day
    base = 1 - truces.at(found.clocks["lapsed"], day).probability
    rows = [
        (
            words.capital(truces.changed(each)) + (" (a judgement)" if each.judged else ""),
            Piece(text=f"{each.holding:.0%}", basis=basis),
            Piece(
                text=f"{100 * each.change:+.0f} ({100 * each.low:+.0f} to {100 * each.high:+.0f})".replace("-", "−"),
                basis=basis,
            ),
        )
        for each in helping
    ]
    yield paragraph(
        write(
            "What would lengthen it most, one term changed at a time: the chance that it, or what follows it, still "
            "holds on day {day} is {base} as it stands.",
            day=str(day),
            base=Piece(text=f"{base:.0%}", basis=basis),
        ),
        plain("These compare truces that had the term with truces that had not; they are not what the term would do."),
    )
    yield table("One term changed", ("The truce would be", "Chance", "Change in points (90%)"), rows, numeric=(1, 2))
