"""A grammar of the English names of periods: days, weeks, months, seasons, years. `TimeGrammar` is the main name.

Each rule is given the place of a word and answers with the period that starts there and the place after it, or with
nothing. What each name means is set out in `docs/explanation/horizons-and-hedges.md`; where usage is divided, the
convention is ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from parley.reading.feasts import FEASTS
from parley.reading.periods import (
    SEASONS,
    Period,
    cut,
    day,
    decade,
    half,
    month,
    months,
    quarter,
    season,
    shifted,
    unit_around,
    weekday_of,
)
from parley.reading.time_amounts import AmountGrammar
from parley.reading.time_days import PARTS_OF_DAY, YEAR, ZONES, Direction, Match
from parley.reading.time_weeks import WeekGrammar
from parley.reading.time_words import DAYS, MONTHS, ORDINALS, PLURALS, UNITS, word_set

__all__ = ["TimeGrammar"]

_THIS = {"this": 0, "current": 0, "present": 0, "next": 1, "coming": 1, "last": -1}
_EDGES = word_set("end close beginning start turn middle outset opening rest remainder")
_ENDS = word_set("end close")
_THIRDS = {"early": 0, "mid": 1, "late": 2, "latter": 2}
_OF_THE_DAY = word_set("midnight noon nightfall midday sunset sundown dusk dawn daybreak sunrise teatime lunchtime")
_POINTING = word_set("day same following next very")
_CLOSING = word_set("business trading play polls")
_FIRST_OR_LAST = {"first": 0, "opening": 0, "early": 0, "last": -1, "final": -1, "closing": -1, "dying": -1}
_FEW_DAYS = {"day": 7, "week": 21, "month": 90}
_ALIKE, _NEAR_IN_LIST = 3, 7
_BEFORE_JOINED = word_set("on in over at any hour time even")
_DAYPARTS = word_set("morning afternoon evening")
_BEFORE = word_set("by before until till")
_NEAR = word_set("toward towards near around")
_JOINING = word_set("or and through")
_FRAMING = word_set("course month feast festival holiday holidays fast run")
_DECADE = re.compile(r"((?:19|20)[0-9]0)s")
_LONGEST_FEAST, _SATURDAY = 6, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGrammar(WeekGrammar):
    """Reads periods from words."""

    def period(self, at: int, direction: Direction = None, *, named: bool = True) -> Match | None:
        """Read the name of a period.

        Parameters
        ----------
        at : place of its first word
        direction : on which side of publication a name such as *March* is looked for, or, `later`, beginning after it
        named : whether a name may stand alone, such as *March* or *2026*; true after a preposition

        Returns
        -------
        the period and the place after it
        """
        found = self.one(at, direction, named=named)
        if found is None:
            return None
        (period, after), joining = found, self.word(found[1])
        if joining == "," and (listed := self._listed(period, after, named=named)):
            return listed
        to_a_day = joining == "to" and period.first == period.last and self.day(after + 1, "future") is not None
        return self._joined(period, after, named=named) if to_a_day or joining in _JOINING else found

    def one(self, at: int, direction: Direction = None, *, named: bool = True) -> Match | None:
        """As `period`, without what *and* and *or* join to it."""
        at = self.past_clock(self._past_frame(at))
        if named and "holiday" in self.words[at : at + _LONGEST_FEAST] and (kept := self.feast_named(at, direction)):
            return kept
        first = (
            self.year_of_accounts,
            self.small_hours,
            self.eve_of,
            self._edge,
            self._edge_after,
            self._portion,
            self._third,
        )
        for rule in (*first, self._ordered, self.week_of, self._deictic):
            if found := rule(at, direction):
                return found
        named_first = self.feast_named(at, direction) if named else None
        return named_first or self.day(at, direction) or (self._named(at, direction) if named else None)

    def _past_frame(self, at: int) -> int:
        """The place after *the course of*, *the month of*, which add nothing to *next year* and *Ramadan*."""
        framing = self.past(at, "the", "fasting", "holy")
        return framing + 2 if self.word(framing) in _FRAMING and self.word(framing + 1) == "of" else at

    def _listed(self, period: Period, at: int, *, named: bool) -> Match | None:
        """*Monday, Tuesday and Wednesday*, where the last of a list is joined to it."""
        other = TimeGrammar(words=self.words, published=period.first).one(at + 1, "future", named=named)
        if other is None or self.word(other[1]) not in {"and", "or"} or period.first != period.last:
            return None
        both, after = self._joined(other[0], other[1], named=named)
        if both == other[0] or not 0 < (other[0].first - period.first).days <= _NEAR_IN_LIST:
            return None
        return replace(period, last=both.last, deadline=None), after

    def _joined(self, period: Period, at: int, *, named: bool) -> Match:
        """*Friday or Saturday*, *this year or next*: from the first day of one to the last of the other."""
        length = (period.last - period.first).days
        after_it = TimeGrammar(words=self.words, published=period.first)
        if self.word(at + 1) == "next" and self.word(at - 1) in UNITS and self.word(at) == "or":
            further = unit_around(period.last, self.word(at - 1), 1)
            return (replace(period, last=further.last), at + 2) if further else (period, at)
        start = self.past(at + 1, *_BEFORE_JOINED)
        other = after_it.one(start, "future", named=named or start > at + 1)
        if other is None or other[0].first <= period.last:
            return period, at
        gap = (other[0].first - period.last).days
        alike = abs((other[0].last - other[0].first).days - length) <= _ALIKE
        if not alike or gap > max(7, 2 * length):
            return period, at
        return replace(period, last=other[0].last, deadline=None), other[1]

    def _portion(self, at: int, direction: Direction) -> Match | None:
        """*The first week of June*, *the last days of the year*, *the first three months of 2026*."""
        direction = "future" if direction == "later" else direction
        at = self.past(at, "the", "very")
        number = _FIRST_OR_LAST.get(self.word(at), ORDINALS.get(self.word(at), 0) - 1)
        if number < -1 or (number == -1 and self.word(at) not in _FIRST_OR_LAST):
            return None
        if self.word(at + 1) == "weekend":
            return self._weekend_of(at, number, direction)
        if self.word(at + 1) in DAYS:
            inner = self.whole(at + 3, direction) if self.word(at + 2) in {"of", "in"} else None
            return (weekday_of(inner[0], DAYS[self.word(at + 1)], number), inner[1]) if inner else None
        counted = AmountGrammar(words=self.words).amount(at + 1)
        unit, after = self.word(at + 1), at + 2
        count = 1.0
        if unit in PLURALS and PLURALS[unit] in _FEW_DAYS:
            count, unit = _FEW_DAYS[PLURALS[unit]], "day"
        elif unit not in {"day", "week", "fortnight", "month"}:
            if counted is None or counted[0].high_unit is not None:
                return None
            count, unit, after = counted[0].high, counted[0].unit, counted[1]
        inner = self.whole(after + 1, direction) if self.word(after) in {"of", "in"} else None
        return (cut(inner[0], number, count, unit), inner[1]) if inner else None

    def _weekend_of(self, at: int, number: int, direction: Direction) -> Match | None:
        """*The first weekend of June*: its first Saturday and the day after."""
        inner = self.whole(at + 3, direction) if self.word(at + 2) in {"of", "in"} else None
        if inner is None:
            return None
        saturday = weekday_of(inner[0], _SATURDAY, number)
        return replace(saturday, last=shifted(saturday.first, 1, "day")), inner[1]

    def _edge(self, at: int, direction: Direction) -> Match | None:
        direction = "future" if direction == "later" else direction
        at = self.past(at, "the", "very")
        edge = self.word(at)
        if edge not in _EDGES:
            return None
        linked = self.word(at + 1) in {"of", "-"}
        inner = self.whole(at + (2 if linked else 1), direction)
        if inner is None or not (linked or edge == "end"):
            return None
        period, after = inner
        if edge in {"rest", "remainder"}:
            return replace(period, first=min(max(period.first, self.published), period.last), relative=True), after
        if edge == "middle":
            return period.middle, after
        if edge == "turn":
            if direction == "past" and period.last >= self.published:
                period = replace(period, last=shifted(period.first, -1, "day"))
            return replace(period.close, last=shifted(period.last, 1, "day"), deadline=period.last), after
        if self.word(at - 1 - (self.word(at - 1) == "the")) in _NEAR:
            return period.part(2 if edge in _ENDS else 0, 3), after
        return (period.close if edge in _ENDS else period.opening), after

    def _edge_after(self, at: int, direction: Direction) -> Match | None:
        """A name such as *this year's end*, *year-end*."""
        direction = "future" if direction == "later" else direction
        inner = self.whole(at, direction)
        if inner is None or self.word(inner[1]) not in {"'s", "-", "end"}:
            return None
        after = self.past(inner[1], "'s", "-")
        return (inner[0].close, after + 1) if self.word(after) == "end" else None

    def whole(self, at: int, direction: Direction) -> Match | None:
        """Read a period of which a part can be named: *the year*, *next month*, *March*, *2025*.

        Parameters
        ----------
        at : place of its first word
        direction : whether it is looked for after or before the day of publication
        """
        bare = self.past(at, "the", "old")
        unit = UNITS.get(self.word(bare))
        if unit and unit not in {"hour", "minute"} and self.word(bare + 1) not in {"before", "after"}:
            around = unit_around(self.published, unit)
            return (replace(around, relative=True), bare + 1) if around else None
        return (
            self._third(at, direction)
            or self._ordered(at, direction)
            or self._deictic(at, direction)
            or self._named(at, direction)
        )

    def _third(self, at: int, direction: Direction) -> Match | None:
        direction = "future" if direction == "later" else direction
        at = self.past(at, "the")
        third = _THIRDS.get(self.word(at))
        if third is None:
            return self._later(at, direction)
        after = self.past(at + 1, "-")
        if self.word(after) == "part" and self.word(after + 1) in {"of", "in"}:
            after += 2
        elif self.word(after) in {"in", "on"} and third != 1:
            after += 1
        unit = UNITS.get(self.word(after))
        apart = third == 1 or self.word(after - 1) in {"in", "of"}
        inner = self.whole(after, direction) if unit is None or apart else None
        if inner is None:
            return None
        return (inner[0].middle if third == 1 else inner[0].part(third, 3)), inner[1]

    def _later(self, at: int, direction: Direction) -> Match | None:
        """*Later this month*, *later in the year*: what is left of it."""
        after = at + 1 + (self.word(at + 1) in {"in", "on"})
        if self.word(at) != "later" or direction == "past":
            return None
        found = self.whole(after, direction) or self.day(after, direction)
        if found is None:
            return None
        first = min(max(found[0].first, self.published), found[0].last)
        return replace(found[0], first=first, relative=True), found[1]

    def _ordered(self, at: int, direction: Direction) -> Match | None:
        """*The second half of 2025*, *the third quarter*, *Q3 2025*."""
        at = self.past(at, "the")
        word = self.word(at)
        if short := re.fullmatch(r"([qh])([1-4])", word):
            number, part, after = int(short[2]), {"q": "quarter", "h": "half"}[short[1]], at + 1
        else:
            after = self.past(at + 1, "-")
            part = self.word(after)
            last = {"half": 2, "quarter": 4}.get(part, 0)
            number, after = (last if word in {"last", "final", "latter"} else ORDINALS.get(word, 0)), after + 1
        if part not in {"half", "quarter"} or not number or number > {"half": 2, "quarter": 4}[part]:
            return None
        parts = 2 if part == "half" else 4
        linked = self.past(after, "of", "in")
        inner = self.whole(linked, direction)
        if inner and (linked > after or YEAR.fullmatch(self.word(linked))):
            return inner[0].part(number - 1, parts), inner[1]
        if word == "last" or linked > after:
            return None
        year = self.published.year
        found = half(year, number) if part == "half" else quarter(year, number)
        return self.turned(
            found, direction, lambda shift: half(year + shift, number) if parts == 2 else quarter(year + shift, number)
        ), after

    def _deictic(self, at: int, direction: Direction) -> Match | None:
        """A name that points, such as *this week*, *next spring*, *last March*, *next Tuesday*, *this evening*."""
        articled = self.word(at) == "the"
        at += articled
        if articled and self.word(at) in UNITS and self.words[at + 1 : at + 3] == ["after", "next"]:
            around = unit_around(self.published, self.word(at), 2)
            return (replace(around, relative=True), at + 3) if around else None
        at += self.word(at) == "this" and self.word(at + 1) == "coming"
        coming = self.word(at) == "coming"
        shift = _THIS.get(self.word(at))
        word = self.word(at + 1)
        if coming and (word in DAYS or word == "weekend"):
            first = self.weekday(word, "future") if word in DAYS else unit_around(self.published, word)
            return (replace(first, relative=True), at + 2) if first else None
        if shift is None or (articled and self.word(at) in {"next", "last", "this"}):
            return None
        if word in PARTS_OF_DAY and shift == 0:
            return replace(day(self.published), relative=True), at + 2
        if word == "day" and shift == 0 and self.word(at + 2) == "week":
            return replace(day(shifted(self.published, 1, "week")), relative=True), at + 3
        if word in UNITS:
            around = unit_around(self.published, word, self._weekend(shift, word, direction))
            return (replace(around, relative=True), at + 2) if around else None
        named = self._shifted_name(word, shift, direction)
        return (replace(named, relative=True), at + 2) if named else None

    def _weekend(self, shift: int, word: str, direction: Direction) -> int:
        past = word == "weekend" and shift == 0 and direction == "past" and self.published.weekday() < _SATURDAY
        return -1 if past else shift

    def _shifted_name(self, word: str, shift: int, direction: Direction) -> Period | None:
        today = self.published
        if word in DAYS:
            this = unit_around(today, "week", shift)
            return (
                day(shifted(this.first, DAYS[word], "day"))
                if this and shift >= 0
                else self.weekday(word, "past", strict=True)
            )
        if word in MONTHS:
            number = MONTHS[word]
            year = today.year
            if shift > 0:
                year += number <= today.month
            elif shift < 0:
                year -= number >= today.month
            return month(year, number)
        if word in SEASONS:
            start = today.year
            if word == "winter":
                start -= today.month <= 2
                return season(start + (0 if shift > 0 and 2 < today.month < 12 else shift), word)
            ended = season(start, word).last < today
            return season(start + (shift if shift >= 0 or not ended else 0), word)
        if word in FEASTS:
            return self.feast_of(word, today.year + shift)
        return None

    def _named(self, at: int, direction: Direction) -> Match | None:
        """What needs a preposition before it: *March*, *spring*, *2026*, *the 2030s*, *Easter*, *midnight*."""
        for rule in (self.feast_named, self._season_or_month):
            if found := rule(at, direction):
                return found
        at = self.past(at, "the", "year")
        word = self.word(at)
        if YEAR.fullmatch(word) and self.word(at + 1) not in {"%", "per"}:
            return months(int(word), 1, 12), at + 1
        if tens := _DECADE.fullmatch(word):
            return decade(int(tens[1])), at + 1
        if word == "weekend":
            around = unit_around(self.published, word, self._weekend(0, word, direction))
            return (replace(around, relative=True), at + 1) if around else None
        closing = word == "close" and self.word(at + 1) == "of" and self.word(at + 2) in _CLOSING
        if due := self._due_hour(at):
            return due
        if word in _OF_THE_DAY or closing:
            at = self.past(at + (3 if closing else 1), *ZONES)
            on = at + (self.word(at) == "on")
            if self.word(at) in {"the", "that"} and self.word(at + 1) in _POINTING:
                return None
            side = "future" if direction == "later" else direction
            if (named := self._deictic(on, side) or self.day(on, side)) is not None:
                return replace(named[0], edge=named[0].first == named[0].last), named[1]
            return replace(day(self.published), relative=True, edge=True), at
        return None

    def _due_hour(self, at: int) -> Match | None:
        """*By the evening*, *before 6 a.m.*: today's, or tomorrow morning's."""
        if not _BEFORE.intersection(self.words[max(0, at - 2) : at]):
            return None
        morning, after = self.word(at) == "morning", at + 1
        if self.word(at) not in _DAYPARTS:
            if (told := self.hour(at)) is None:
                return None
            morning, after = told
        return replace(day(shifted(self.published, int(morning), "day")), relative=True, edge=True), after

    def _season_or_month(self, at: int, direction: Direction) -> Match | None:
        at = self.past(at, "the")
        word = self.word(at)
        make: Callable[[int], Period]
        if word in SEASONS:
            make = lambda year: season(year, word)  # noqa: E731
        elif word in MONTHS:
            make = lambda year: month(year, MONTHS[word])  # noqa: E731
        else:
            return None
        after = self.past(at + 1, "of", ",")
        if YEAR.fullmatch(self.word(after)):
            return make(int(self.word(after))), after + 1
        if self.word(after) in _THIS and self.word(after + 1) == "year":
            return replace(make(self.published.year + _THIS[self.word(after)]), relative=True), after + 2
        year = self.published.year
        return self.turned(make(year), direction, lambda shift: make(year + shift)), at + 1
