"""A grammar of the English names of periods: days, weeks, months, seasons, years. `TimeGrammar` is the main name.

Each rule is given the place of a word and answers with the period that starts there and the place after it, or with
nothing. What each name means is set out in `docs/explanation/horizons-and-hedges.md`; where usage is divided, the
convention is ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from parley.reading.feasts import FEASTS, feast
from parley.reading.periods import (
    SEASONS,
    Period,
    day,
    decade,
    half,
    month,
    months,
    quarter,
    season,
    shifted,
    unit_around,
)
from parley.reading.time_days import PARTS_OF_DAY, YEAR, DayGrammar, Direction, Match
from parley.reading.time_words import DAYS, MONTHS, ORDINALS, UNITS, word_set

__all__ = ["TimeGrammar"]

_THIS = {"this": 0, "current": 0, "present": 0, "next": 1, "coming": 1, "last": -1}
_EDGES = word_set("end close beginning start turn middle outset rest remainder")
_ENDS = word_set("end close")
_THIRDS = {"early": 0, "mid": 1, "late": 2}
_OF_THE_DAY = word_set("midnight noon nightfall midday sunset dawn")
_DECADE = re.compile(r"((?:19|20)[0-9]0)s")
_LONGEST_FEAST = 4
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGrammar(DayGrammar):
    """Reads periods from words."""

    def period(self, at: int, direction: Direction = None, *, named: bool = True) -> Match | None:
        """Read the name of a period.

        Parameters
        ----------
        at : place of its first word
        direction : whether a name such as *March* is looked for after or before the day of publication, or, `later`,
            beginning
            after it; the nearest where absent
        named : whether a name may stand alone, such as *March* or *2026*; true after a preposition

        Returns
        -------
        the period and the place after it
        """
        for rule in (self._edge, self._edge_after, self._third, self._ordered, self._deictic, self.day):
            if found := rule(at, direction):
                return found
        return self._named(at, direction) if named else None

    def _edge(self, at: int, direction: Direction) -> Match | None:
        direction = "future" if direction == "later" else direction
        at = self.past(at, "the", "very")
        edge = self.word(at)
        if edge not in _EDGES:
            return None
        linked = self.word(at + 1) == "of"
        inner = self.whole(at + (2 if linked else 1), direction)
        if inner is None or not (linked or edge == "end"):
            return None
        period, after = inner
        if edge in {"rest", "remainder"}:
            return replace(period, first=min(max(period.first, self.published), period.last), relative=True), after
        if edge == "middle":
            return period.middle, after
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
        bare = at + 1 if self.word(at) == "the" else at
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
            return None
        after = self.past(at + 1, "-")
        if self.word(after) in {"in", "on"} and third != 1:
            after += 1
        unit = UNITS.get(self.word(after))
        inner = self.whole(after, direction) if unit is None or third == 1 or self.word(after - 1) == "in" else None
        if inner is None:
            return None
        return (inner[0].middle if third == 1 else inner[0].part(third, 3)), inner[1]

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
        shift = _THIS.get(self.word(at))
        word = self.word(at + 1)
        if shift is None or (articled and self.word(at) in {"next", "last", "this"}):
            return None
        if word in PARTS_OF_DAY and shift == 0:
            return replace(day(self.published), relative=True), at + 2
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
            return self._feast(word, today.year + shift)
        return None

    def _named(self, at: int, direction: Direction) -> Match | None:
        """What needs a preposition before it: *March*, *spring*, *2026*, *the 2030s*, *Easter*, *midnight*."""
        for rule in (self._feast_named, self._season_or_month):
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
        if word in _OF_THE_DAY:
            on = at + 1 + (self.word(at + 1) in {"on", "this", "next"})
            if (named := self.day(on, "future" if direction == "later" else direction)) is not None:
                return named
            return replace(day(self.published), relative=True), at + 1
        return None

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

    def _feast_named(self, at: int, direction: Direction) -> Match | None:
        at = self.past(at, "the")
        for length in range(_LONGEST_FEAST, 0, -1):
            name = " ".join(self.words[at : at + length])
            if at + length > len(self.words) or name not in FEASTS:
                continue
            after = at + length
            if YEAR.fullmatch(self.word(after)):
                return self._feast(name, int(self.word(after))), after + 1
            year = self.published.year
            return self.turned(self._feast(name, year), direction, lambda shift: self._feast(name, year + shift)), after  # noqa: B023
        return None

    @staticmethod
    def _feast(name: str, year: int) -> Period:
        first, last = feast(name, year)
        return Period(first=first, last=last)
