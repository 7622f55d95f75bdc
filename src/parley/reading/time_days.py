"""Days by their name or number: *Tuesday*, *17 March 2025*, *tomorrow*. `DayGrammar` is the main name."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from parley.reading.periods import Period, day, month, shifted, unit_around
from parley.reading.time_amounts import Words
from parley.reading.time_words import DAYS, MONTHS, ORDINALS, UNITS, word_set

__all__ = ["PARTS_OF_DAY", "YEAR", "ZONES", "DayGrammar", "Direction", "Match"]

Direction = Literal["future", "later", "past"] | None
Date = datetime.date
Match = tuple[Period, int]

PARTS_OF_DAY = word_set("morning dawn afternoon evening night midnight noon lunchtime")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
"""What is taken for the number of a year."""

_WEEKS = {"this": 0, "next": 1, "last": -1}
_WEEKS_ON = {"week": 1, "fortnight": 2}
_MONTHS_BY_PLACE = frozenset(("this", "next", "last", "the"))
_NEAR_DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_DAY_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_SUFFIXED = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)")
_TENS = {"twenty": 20, "thirty": 30}
_ALONE = frozenset((*list(ORDINALS)[4:20], "twenty", "thirty"))
_AFTER_NUMBER = word_set("| , . ; : ? ! on onward onwards and or but at by if unless when while to") | {""}
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2}|[ivx]{1,4})\.((?:19|20)?[0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{2}")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_SHORT_DAYS = word_set("mon tue tues wed thu thur thurs fri sat sun")
ZONES = word_set("gmt utc bst est edt cet local eastern greenwich moscow time")
_BETWEEN_NUMBERS = word_set("- to and or through")
_DECEMBER, _LONGEST_MONTH = 12, 31


@dataclass(frozen=True, slots=True, kw_only=True)
class DayGrammar(Words):
    """Reads days from words.

    Attributes
    ----------
    published : the day of publication, on which relative times rest
    """

    published: Date

    def day(self, at: int, direction: Direction) -> Match | None:
        """Read a day.

        Parameters
        ----------
        at : place of its first word
        direction : whether it is looked for after or before the day of publication

        Returns
        -------
        the day, or the days of *17-19 March*, and the place after it
        """
        return self._day(at, direction) or self._near(at, direction) or self._of_some_month(at, direction)

    def _day(self, at: int, direction: Direction) -> Match | None:
        """A date by its number, with or without its year, or a day of the week."""
        at = self.past(at, "the")
        at += self.word(at) in _SHORT_DAYS and self._calendar_day(self.past(at + 1, ","), direction) is not None
        if found := self._numeric(at) or self._calendar_day(at, direction):
            return found
        word = self.word(at)
        if word not in DAYS or self.word(at + 1) == "'s":
            return None
        dated = self._calendar_day(self.past(at + 1, ",", "the"), direction)
        if dated:
            return dated
        if numbered := self._of_some_month(self.past(at + 1, ","), direction):
            return numbered
        after = at + 1 + (self.word(at + 1) in PARTS_OF_DAY)
        in_week = self.past(after, "of", "in")
        if (shift := _WEEKS.get(self.word(in_week))) is not None and self.word(in_week + 1) == "week":
            week = unit_around(self.published, "week", shift)
            return (replace(day(shifted(week.first, DAYS[word], "day")), relative=True), in_week + 2) if week else None
        named = self.weekday(word, direction)
        if self.word(after) in _WEEKS_ON and self.word(after + 1) != "of":
            further = _WEEKS_ON[self.word(after)]
            named, after = day(shifted(self.weekday(word, "future").first, further, "week")), after + 1
        if self.word(after) == "next" and self.word(after + 1) in _AFTER_NUMBER:
            week = unit_around(self.published, "week", 1)
            named, after = (day(shifted(week.first, DAYS[word], "day")) if week else named), after + 1
        return replace(named, relative=True), after

    def weekday(self, word: str, direction: Direction, *, strict: bool = False) -> Period:
        """A day of the week: today or later for the future, today or earlier for the past, which `strict` rules out."""
        ahead = (DAYS[word] - self.published.weekday()) % 7
        if direction == "past":
            ahead -= 7 if ahead or strict else 0
        elif direction == "later":
            ahead = ahead or 7
        return day(shifted(self.published, ahead, "day"))

    def _numeric(self, at: int) -> Match | None:
        """*2025-03-17*, *17/03/2025*, *17.3.2025*; where both orders are possible the day is read first."""
        word, parts = self.word(at), [self.word(at + step) for step in range(5)]
        if dotted := _DOTTED.fullmatch(word):
            number = _ROMAN.get(dotted[2], 0) or (int(dotted[2]) if dotted[2].isdecimal() else 0)
            return self._dated(self._year(dotted[3]), number, int(dotted[1]), at + 1)
        if parts[1] != parts[3] or parts[1] not in {"-", "/"} or not all(each.isdecimal() for each in parts[::2]):
            return None
        if YEAR.fullmatch(parts[0]):
            return self._dated(int(parts[0]), int(parts[2]), int(parts[4]), at + 5)
        if not YEAR.fullmatch(parts[4]) and not (parts[1] == "/" and _SHORT_YEAR.fullmatch(parts[4])):
            return None
        first, second = int(parts[0]), int(parts[2])
        number, date = (second, first) if second <= _DECEMBER else (first, second)
        return self._dated(self._year(parts[4]), number, date, at + 5)

    def _year(self, digits: str) -> int:
        """The year that digits tell; of two, the one of the century of publication."""
        return int(digits) if len(digits) > 2 else self.published.year // 100 * 100 + int(digits)

    @staticmethod
    def _dated(year: int, number: int, date: int, after: int) -> Match | None:
        try:
            return day(Date(year, number, date)), after
        except ValueError:
            return None

    def _calendar_day(self, at: int, direction: Direction) -> Match | None:
        """*17 March 2025*, *March 17(, 2025)*, *the 17th of March*, *17-19 March*, *17 and 18 March*."""
        first, last, after = self._numbers(at)
        roman = _ROMAN.get(self.word(after)) if YEAR.fullmatch(self.word(after + 1)) else None
        if first and (name := MONTHS.get(self.word(self.past(after, "of"))) or roman):
            after = self.past(after, "of") + 1
        elif (name := MONTHS.get(self.word(at))) and self.word(at) in MONTHS:
            first, last, after = self._numbers(at + 1)
        if not (first and name):
            return None
        year = self.past(after, ",", "of")
        try:
            if (shift := _WEEKS.get(self.word(year))) is not None and self.word(year + 1) == "year":
                of_year = self.published.year + shift
                days = Period(first=Date(of_year, name, first), last=Date(of_year, name, last), relative=True)
                return days, year + 2
            if YEAR.fullmatch(self.word(year)):
                stated = int(self.word(year))
                return Period(first=Date(stated, name, first), last=Date(stated, name, last)), year + 1
            start = self.turned(
                month(self.published.year, name),
                direction,
                lambda shift: month(self.published.year + shift, name),
                first,
            )
            return (
                replace(start, first=start.first.replace(day=first), last=start.first.replace(day=last)),
                after,
            )
        except ValueError:
            return None

    def _numbers(self, at: int) -> tuple[int, int, int]:
        """Numbers of days at a place: first, last and the place after; zeros where there are none."""
        one = _DAY_NUMBER.fullmatch(self.word(at))
        if not one:
            number, after = self._ordinal(at)
            return number, number, after
        if not 1 <= int(one[1]) <= _LONGEST_MONTH:
            return 0, 0, at
        if self.word(at + 1) == "," and (further := self._numbers(at + 2))[1] > int(one[1]) and further[2] > at + 3:
            return int(one[1]), further[1], further[2]
        other = _DAY_NUMBER.fullmatch(self.word(at + 2))
        if other and self.word(at + 1) in _BETWEEN_NUMBERS and int(one[1]) < int(other[1]) <= _LONGEST_MONTH:
            return int(one[1]), int(other[1]), at + 3
        return int(one[1]), int(one[1]), at + 1

    def _ordinal(self, at: int) -> tuple[int, int]:
        """The number of a day in words, *twenty-fourth*, and the place after it; zero where there is none."""
        word = self.word(at)
        if tens := _TENS.get(word):
            ones = ORDINALS.get(self.word(self.past(at + 1, "-")), _LONGEST_MONTH)
            fits = ones < 10 and tens + ones <= _LONGEST_MONTH
            return (tens + ones, self.past(at + 1, "-") + 1) if fits else (0, at)
        return ORDINALS.get(word, 0), at + 1

    def _of_some_month(self, at: int, direction: Direction) -> Match | None:
        """*The 24th*, *the eighteenth*: the next day, or the last one, of that number."""
        if self.word(at) != "the" or not _SUFFIXED.fullmatch(self.word(at + 1)) and self.word(at + 1) not in _ALONE:
            return None
        number, last, after = self._numbers(at + 1)
        if number and self.word(after) == "of" and self.word(after + 2) == "month":
            around = unit_around(self.published, "month", _WEEKS.get(self.word(after + 1), 0))
            fits = around is not None and self.word(after + 1) in _MONTHS_BY_PLACE and last <= around.last.day
            if around is not None and fits:
                first, last_day = around.first.replace(day=number), around.first.replace(day=last)
                return Period(first=first, last=last_day, relative=True), after + 3
        if not number or self.word(after) not in _AFTER_NUMBER:
            return None
        steps = (0, -1, -2) if direction == "past" else (0, 1, 2)
        for step in steps:
            around = unit_around(self.published, "month", step)
            if around is None or last > around.last.day:
                continue
            found = around.first.replace(day=number)
            if step or (found <= self.published if direction == "past" else found >= self.published):
                return Period(first=found, last=found.replace(day=last), relative=True), after
        return None

    def _near(self, at: int, direction: Direction) -> Match | None:
        if self.words[at : at + 3] == ["this", "very", "night"]:
            return replace(day(self.published), relative=True), at + 3
        if self.words[at : at + 4] == ["the", "day", "after", "tomorrow"]:
            return replace(day(shifted(self.published, 2, "day")), relative=True), at + 4
        if self.word(at) == "this" and self.word(at + 1) == "time":
            return self._this_time(at + 2, direction)
        if self.word(at) == "overnight":
            night = Period(first=self.published, last=shifted(self.published, 1, "day"), relative=True)
            last_night = Period(first=shifted(self.published, -1, "day"), last=self.published, relative=True)
            return (last_night if direction == "past" else night), at + 1
        if self.word(at) not in _NEAR_DAYS:
            return None
        if self.word(at) in {"today", "tomorrow"} and self.word(at + 1) == "week":
            return replace(day(shifted(self.published, 7 + _NEAR_DAYS[self.word(at)], "day")), relative=True), at + 2
        after = at + 1 + (self.word(at + 1) in PARTS_OF_DAY)
        return replace(day(shifted(self.published, _NEAR_DAYS[self.word(at)], "day")), relative=True), after

    def _this_time(self, at: int, direction: Direction) -> Match | None:
        """What follows *this time*: *next year*, *tomorrow*."""
        if self.word(at) in _NEAR_DAYS:
            return self._near(at, direction)
        shift, unit = _WEEKS.get(self.word(at)), self.word(at + 1)
        if not shift or unit not in UNITS:
            return None
        return replace(day(shifted(self.published, shift, unit)), relative=True), at + 2

    def turned(
        self, this: Period, direction: Direction, another: Callable[[int], Period], date: int | None = None
    ) -> Period:
        """The period of its kind that comes next or came last, or the nearest, as the direction says."""
        found = {shift: another(shift) for shift in (-1, 1)} | {0: this}
        today = self.published
        day_of = {shift: (each.first, each.last) for shift, each in found.items()}
        if date is not None:
            day_of = {shift: (shifted(first, date - 1, "day"),) * 2 for shift, (first, _) in day_of.items()}
        if direction == "future":
            shift = min((shift for shift in found if day_of[shift][1] >= today), default=1)
        elif direction == "later":
            shift = min((shift for shift in found if day_of[shift][0] > today), default=1)
        elif direction == "past":
            shift = max((shift for shift in found if day_of[shift][0] <= today), default=-1)
        else:
            shift = min(
                found, key=lambda shift: max((day_of[shift][0] - today).days, (today - day_of[shift][1]).days, 0)
            )
        return replace(found[shift], relative=True)
