"""Periods by names, alone or with a word that points: *March*, *next spring*. `NameGrammar` is the main name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from parley.reading.feasts import FEASTS
from parley.reading.periods import SEASONS, Period, day, decade, month, months, season, shifted, unit_around
from parley.reading.time_days import PARTS_OF_DAY, YEAR, ZONES, Direction, Match
from parley.reading.time_weeks import WeekGrammar
from parley.reading.time_words import DAYS, MONTHS, UNITS, word_set

__all__ = ["NameGrammar"]

_THIS = {"this": 0, "current": 0, "present": 0, "next": 1, "coming": 1, "last": -1}
_OF_THE_DAY = word_set(
    "midnight noon nightfall midday sunset sundown dusk dawn daybreak sunrise teatime lunchtime breakfast"
)
_POINTING = word_set("day same following next very")
_CLOSING = word_set("business trading play polls")
_DECADE = re.compile(r"((?:19|20)[0-9]0)s")
_APART_FROM_ITS_NAME = word_set("recess session vacation break holidays festival season")
_DASHES = frozenset(("-", "/"))
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGrammar(WeekGrammar):
    """Reads days, weeks, feasts and periods by their names from words."""

    def deictic(self, at: int, direction: Direction) -> Match | None:
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

    def named(self, at: int, direction: Direction) -> Match | None:
        """What needs a preposition before it: *March*, *spring*, *2026*, *the 2030s*, *Easter*, *midnight*."""
        for rule in (self.feast_named, self.season_or_month):
            if found := rule(at, direction):
                return found
        at = self.past(at, "the", "year")
        word = self.word(at)
        if YEAR.fullmatch(word) and self.word(at + 1) not in {"%", "per"}:
            short = self.word(at + 1) in _DASHES and self.word(at + 2) == f"{(int(word) + 1) % 100:02}"
            return months(int(word), 1, 24 if short else 12), at + (3 if short else 1)
        if tens := _DECADE.fullmatch(word):
            return decade(int(tens[1])), at + 1
        if word == "weekend":
            around = unit_around(self.published, word, self._weekend(0, word, direction))
            return (replace(around, relative=True), at + 1) if around else None
        closing = word == "close" and self.word(at + 1) == "of" and self.word(at + 2) in _CLOSING
        if due := self.due_hour(at):
            return due
        light = word in {"first", "last"} and self.word(at + 1) == "light"
        if word in _OF_THE_DAY or closing or light:
            at = self.past(at + (3 if closing else 1 + light), *ZONES)
            on = at + (self.word(at) == "on")
            if self.word(at) in {"the", "that"} and self.word(at + 1) in _POINTING:
                return None
            side = "future" if direction == "later" else direction
            if (named := self.deictic(on, side) or self.day(on, side) or self.feast_named(on, side)) is not None:
                return replace(named[0], edge=named[0].first == named[0].last), named[1]
            return replace(day(self.published), relative=True, edge=True), at
        return None

    def season_or_month(self, at: int, direction: Direction) -> Match | None:
        """*March*, *the spring of 2026*, *June of next year*; not *the winter session*."""
        at = self.past(at, "the")
        word = self.word(at)
        make: Callable[[int], Period]
        if word in SEASONS:
            make = lambda year: season(year, word)  # noqa: E731
        elif word in MONTHS:
            make = lambda year: month(year, MONTHS[word])  # noqa: E731
        else:
            return None
        if word in SEASONS and self.word(at + 1) in _APART_FROM_ITS_NAME:
            return None
        after = self.past(at + 1, "of", ",")
        if YEAR.fullmatch(self.word(after)):
            return make(int(self.word(after))), after + 1
        if self.word(after) in _THIS and self.word(after + 1) == "year":
            return replace(make(self.published.year + _THIS[self.word(after)]), relative=True), after + 2
        year = self.published.year
        return self.turned(make(year), direction, lambda shift: make(year + shift)), at + 1
