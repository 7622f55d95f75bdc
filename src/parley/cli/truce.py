"""Whether a truce holds, for people: `durability`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from parley.briefing import truces, words

if TYPE_CHECKING:
    from rich.console import Console

    from parley.domain.durability import Durability

__all__ = ["clocks", "durability"]


def durability(console: Console, found: Durability) -> None:
    """Print the clocks of a truce, what they rest on, what would lengthen it, and the truces most like it."""
    console.print(words.capital(truces.named(found.terms, found.length_days)), style="bold")
    console.print(f"\n{_filled(truces.lead(found))}\n")
    console.print(clocks(found))
    console.print(_standing(found))
    console.print(f"Reference class: {_filled(truces.of_class(found.reference))}.\n")
    if truces.telling(found.factors):
        console.print(_factors(found))
    if found.switches:
        console.print(_switches(found))
    console.print(_nearest(found))
    if found.record is not None:
        console.print(f"{_filled(truces.of_country(found.record))}\n")
    for note in found.notes:
        console.print(note, style="dim")


def _filled(sentence: tuple[str, dict[str, str]]) -> str:
    text, parts = sentence
    return text.format(**parts)


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left", overflow="fold")
    return table


def clocks(found: Durability) -> Table:
    """A row for each clock, a column for each of some days."""
    days = truces.days_shown(found.length_days)
    table = _table("The clocks, each with its 90% interval", "By day", *map(str, days))
    for name, readings in found.clocks.items():
        table.add_row(truces.CLOCKS[name], *(truces.chance(truces.at(readings, day)) for day in days))
    return table


def _standing(found: Durability) -> Table:
    day = truces.after_term(found.length_days)
    table = _table(f"How the truce itself stands on day {day}; the chances add up to 100%", "It is", "Chance")
    for name, told in truces.ENDINGS.items():
        table.add_row(told, truces.chance(truces.at(found.outcomes[name], day)))
    return table


def _factors(found: Durability) -> Table:
    title = "What sets it apart: rates of lapsing with and without, 95% intervals"
    table = _table(title, "The truce is", "In its class", "Ratio", "So it lapses")
    for each in truces.telling(found.factors):
        way = "sooner" if each.shift > 0 else "later"
        share = "unknown" if each.judged else f"{each.share:.0%}"
        judged = " [judgement]" if each.judged else ""
        table.add_row(truces.factor_named(each) + judged, share, truces.ratio(each), way)
    return table


def _switches(found: Durability) -> Table:
    day = found.switches[0].day
    title = f"What would lengthen it most: chance that it, or what follows it, holds on day {day}"
    table = _table(title, "One term changed", "Chance", "Change in points", "90% interval")
    for each in found.switches:
        judged = " [judgement]" if each.judged else ""
        spread = f"{100 * each.low:+.0f} to {100 * each.high:+.0f}"
        table.add_row(truces.changed(each) + judged, f"{each.holding:.0%}", f"{100 * each.change:+.0f}", spread)
    return table


def _nearest(found: Durability) -> Table:
    table = _table("Truces of the past most like it", "Where and when", "Kind", "Term", "Watched", "In force", "End")
    for each in found.nearest:
        term = "open" if each.length_days is None else f"{each.length_days} d"
        watched = {None: "?", True: "yes", False: "no"}[each.monitoring]
        kind = f"{each.side} {each.ceasefire_class}"
        table.add_row(f"{each.country} {each.began}", kind, term, watched, f"{each.held_days:.0f} d", each.ended)
    return table
