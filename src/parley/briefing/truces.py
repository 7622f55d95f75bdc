"""A truce, its clocks and its factors in words: `named`, `of_class`, `holding` and the rest are parts of sentences."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from parley.briefing import words
from parley.domain.durability import Durability, Factor, PastTruce, Reading, Record, Reference, Switch
from parley.domain.terms import Terms
from parley.methods.durability_tables import ANY, DAYS, JOINT

__all__ = [
    "CLOCKS",
    "ENDINGS",
    "after_term",
    "at",
    "chance",
    "changed",
    "days_shown",
    "factor_named",
    "lead",
    "named",
    "of_class",
    "of_country",
    "past",
    "ratio",
    "telling",
]

CLOCKS: Mapping[str, str] = {
    "agreed": "agreed",
    "in_force": "in force, once agreed",
    "violated": "violated, once in force",
    "lapsed": "lapsed, it or what followed it, once in force",
    "prolonged": "prolonged or replaced, once in force",
    "settled": "turned into a settlement, once in force",
}
"""What each clock says has happened, and given what."""

ENDINGS: Mapping[str, str] = {
    "in_force": "still in force under its own terms",
    "prolonged": "prolonged, by a truce of the same class",
    "replaced": "replaced by a truce of another class",
    "settled": "turned into a definitive ceasefire",
    "lapsed": "over, with nothing after it",
}
"""How the truce itself stands."""

CLASSES = {
    "cessation": "cessation of hostilities",
    "preliminary": "preliminary ceasefire",
    "definitive": "definitive ceasefire",
}

TERMS = {
    "bilateral": "between two sides",
    "preliminary": "a preliminary ceasefire",
    "definitive": "a definitive ceasefire",
    "partial": "partial, for some places or weapons only",
    "monitoring": "monitored",
    "peacekeepers": "with peacekeepers or an enforcement mission",
    "separation": "with forces separated",
    "written": "in writing",
    "part_of_process": "part of a peace process",
    "mediated": "mediated",
    "imposed": "imposed from outside",
    "holiday": "for a holiday",
    "humanitarian": "for relief or people to pass",
}

WITHOUT = {
    "partial": "full, for all places and weapons",
    "monitoring": "not monitored",
    "peacekeepers": "without peacekeepers",
    "separation": "without separation of forces",
    "written": "not in writing",
    "part_of_process": "not part of a peace process",
    "holiday": "not for a holiday",
    "humanitarian": "not for relief alone",
    "imposed": "not imposed from outside",
}


def named(terms: Terms, length: float | None) -> str:
    """A truce in a few words, such as `bilateral cessation of hostilities for 30 days, mediated`."""
    kind = CLASSES[terms.ceasefire_class] if terms.ceasefire_class else "ceasefire"
    side = f"{terms.side} " if terms.side else ""
    span = "open-ended" if length is None else f"for {length:.0f} days"
    said = [TERMS[name] for name in TERMS if name in WITHOUT or name == "mediated" if getattr(terms, name, None)]
    return ", ".join((f"{side}{kind} {span}" if length is not None else f"{span} {side}{kind}", *said))


def of_class(reference: Reference) -> tuple[str, dict[str, str]]:
    """A reference class: a clause with names in braces, and the numbers that stand there."""
    kind = "ceasefire" if reference.ceasefire_class == ANY else CLASSES[reference.ceasefire_class]
    plural = {"cessation of hostilities": "cessations of hostilities"}.get(kind, f"{kind}s")
    side = {ANY: "", JOINT: " between two or more sides"}.get(reference.side)
    before = f"{reference.side} " if side is None else ""
    term = {"fixed": " with a fixed term", "open-ended": " without a term"}.get(reference.term, f" of {reference.term}")
    text = f"{{n}} {before}{plural}{side or ''}{term}, from {{countries}} countries, {reference.population}"
    return text, {"n": str(reference.n), "countries": str(reference.countries)}


def after_term(length: float | None) -> int:
    """The first day of the clocks on which a fixed term is over, with a tenth for slack; 30 for none."""
    if length is None:
        return 30
    return next((day for day in DAYS if day >= 1.1 * length), DAYS[-1])


def days_shown(length: float | None) -> tuple[int, ...]:
    """The days to show: a week, the end of the term, three months, and a year."""
    return tuple(sorted({7, after_term(length), 90, 365}))


def at(readings: Sequence[Reading], day: int) -> Reading:
    """What a clock shows on a day."""
    return next(each for each in readings if each.day == day)


def chance(reading: Reading) -> str:
    """A chance with its interval, as `31% (13–55%)`; a dash where nothing is known."""
    if math.isnan(reading.probability):
        return "–"
    middle, low, high = (_whole(value) for value in (reading.probability, reading.low, reading.high))
    return f"{middle}%" if low == middle == high else f"{middle}% ({low}–{high}%)"


def _whole(share: float) -> int:
    """Per cent, never 0 or 100 where it is not."""
    return round(100 * share) if share in (0.0, 1.0) else min(99, max(1, round(100 * share))) if share > 1e-4 else 0


def telling(factors: Sequence[Factor]) -> tuple[Factor, ...]:
    """The factors that shift the truce from its class by something that can be seen."""
    return tuple(each for each in factors if abs(each.shift) >= 0.005)


def factor_named(factor: Factor) -> str:
    """What a factor says of the truce."""
    if factor.value or factor.name not in WITHOUT:
        return TERMS[factor.name] if factor.value else f"not {TERMS[factor.name]}"
    return WITHOUT[factor.name]


def ratio(factor: Factor) -> str:
    """The ratio of rates, with its interval."""
    return f"{factor.ratio:.2f} ({factor.low:.2f}–{factor.high:.2f})"


def changed(switch: Switch) -> str:
    """What a switch does, such as `monitored` or `a term of 60 days`."""
    if switch.term == "ceasefire_class":
        return f"a {CLASSES[switch.to]}"
    if switch.term == "side":
        return f"{switch.to}"
    if switch.term == "length_days":
        return "without a term" if switch.to == "open-ended" else f"a term of {switch.to} days"
    return TERMS[switch.term] if switch.to == "yes" else WITHOUT[switch.term]


def past(truce: PastTruce) -> tuple[str, dict[str, str]]:
    """A truce of the past: a clause with names in braces, and the numbers that stand there."""
    term = "open-ended" if truce.length_days is None else f"{truce.length_days} days"
    watched = {None: "", True: ", monitored", False: ", not monitored"}[truce.monitoring]
    named = f"{truce.country} {truce.began} ({truce.side} {truce.ceasefire_class}, {term}{watched})"
    return f"{named}: in force for {{held}}, {truce.ended}", {"held": words.duration(truce.held_days)}


def of_country(record: Record) -> tuple[str, dict[str, str]]:
    """The record of a country: a sentence with names in braces, and the numbers that stand there."""
    parts = {"n": str(record.n), "cessations": f"{record.cessations:.0%}"}
    text = f"{record.country} had {{n}} ceasefires from {record.first} to {record.last}, {{cessations}} of them bare "
    text += "cessations"
    if not record.ended:
        return f"{text}.", parts
    parts |= {"known": str(record.ended), "median": f"{record.median:.0f} days", "over": f"{record.over_within_30:.0%}"}
    more = "of the {known} whose start and end are known, half were over within {median} and {over} within 30 days"
    return f"{text}; {more}.", parts


def lead(found: Durability) -> tuple[str, dict[str, str]]:
    """The answer: two sentences with names in braces, and the numbers that stand there."""
    lapsed, day = found.clocks["lapsed"], after_term(found.length_days)
    later = {f"day_{each}": chance(at(lapsed, each)) for each in (90, 365) if each != day}
    told = " and ".join(f"{{{name}}} by day {name.removeprefix('day_')}" for name in later)
    when, went_on = f"by day {day}", ""
    if found.length_days is not None:
        when = f"by day {day}, when its term is over,"
        went_on = "; with {again} it has been prolonged or replaced by then"
    text = (
        f"Once in force, it has lapsed {when} with a chance of {{first}}{went_on}. The chance that it, or what follows "
    )
    parts = {"first": chance(at(lapsed, day)), "again": chance(at(found.clocks["prolonged"], day)), **later}
    return f"{text}it, has lapsed is {told}.", parts
