"""A grammar of the English names of periods: days, weeks, months, seasons, years, and parts of them. `TimeGrammar` is the main name.

Each rule is given the place of a word and answers with the period that starts there and the place after it, or with nothing. What
each name means is set out in `docs/explanation/horizons-and-hedges.md`; where usage is divided, the convention is ours.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

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
from parley.reading.time_words import DAYS, MONTHS, NUMBERS, ORDINALS, PLURALS, UNITS

__all__ = ["Amount", "Direction", "Match", "TimeGrammar"]

Direction = Literal["future", "later", "past"] | None
Date = datetime.date
Match = tuple[Period, int]

_THIS = {
    "this": 0,
    "current": 0,
    "present": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
    "last": -1,
    "past": -1,
    "previous": -1,
}
_EDGES = {"end", "close", "beginning", "start", "turn", "middle", "outset"}
_THIRDS = {"early": 0, "mid": 1, "late": 2}
_PARTS_OF_DAY = {"morning", "afternoon", "evening", "night", "midnight", "noon", "lunchtime"}
_NEAR_DAYS = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}
_ABOUT = {
    "about",
    "around",
    "roughly",
    "nearly",
    "almost",
    "approximately",
    "another",
    "just",
    "maybe",
    "perhaps",
    "some",
    "only",
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_DECADE = re.compile(r"(?:the )?((?:19|20)\d0)s")
_DAY_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)")
_LONGEST_FEAST = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of time, such as *three to four months*.

    Attributes
    ----------
    low, high : least and greatest number of units
    unit : the unit in the singular
    coming : whether it is said to start now, as in *the next three months*
    ranged : whether two numbers are given
    bare : whether no number is given, as in *the coming weeks*
    """

    low: float
    high: float
    unit: str
    coming: bool = False
    ranged: bool = False
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGrammar:
    """Reads times from words.

    Attributes
    ----------
    words : words in small letters, as `time_words.words_of` gives them
    published : the day of publication, on which relative times rest
    """

    words: Sequence[str]
    published: Date

    def word(self, at: int) -> str:
        """The word at a place; empty beyond the last."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def past(self, at: int, *skipped: str) -> int:
        """The first place from `at` on that holds none of the words."""
        while self.word(at) in skipped and at < len(self.words):
            at += 1
        return at

    def period(self, at: int, direction: Direction = None, *, named: bool = True) -> Match | None:
        """Read the name of a period.

        Parameters
        ----------
        at : place of its first word
        direction : whether a name such as *March* is looked for after or before the day of publication, or, `later`, beginning
            after it; the nearest where absent
        named : whether a name may stand alone, such as *March* or *2026*; true after a preposition

        Returns
        -------
        the period and the place after it
        """
        for rule in (self._edge, self._edge_after, self._third, self._ordered, self._deictic, self._day, self._near):
            if found := rule(at, direction):
                return found
        return self._named(at, direction) if named else None

    def amount(self, at: int) -> Amount | None:
        """Read an amount of time; `after_amount` tells where it ends."""
        found = self._amount(at)
        return found[0] if found else None

    def after_amount(self, at: int) -> int:
        """The place after the amount that starts at a place; that place itself where none does."""
        found = self._amount(at)
        return found[1] if found else at

    def _edge(self, at: int, direction: Direction) -> Match | None:
        direction = "future" if direction == "later" else direction
        at = self.past(at, "the", "very")
        edge = self.word(at)
        if edge not in _EDGES:
            return None
        linked = self.word(at + 1) == "of"
        inner = self._whole(at + (2 if linked else 1), direction)
        if inner is None or not (linked or edge == "end"):
            return None
        period, after = inner
        if edge == "middle":
            return period.middle, after
        return (period.close if edge in {"end", "close"} else period.opening), after

    def _edge_after(self, at: int, direction: Direction) -> Match | None:
        """*This year's end*, *year-end*."""
        direction = "future" if direction == "later" else direction
        inner = self._whole(at, direction)
        if inner is None or self.word(inner[1]) not in {"'s", "-", "end"}:
            return None
        after = self.past(inner[1], "'s", "-")
        return (inner[0].close, after + 1) if self.word(after) == "end" else None

    def _whole(self, at: int, direction: Direction) -> Match | None:
        """A period of which a part can be named: *the year*, *next month*, *March*, *2025*, *the second half of 2025*."""
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
        inner = self._whole(after, direction) if unit is None or third == 1 or self.word(after - 1) == "in" else None
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
        inner = self._whole(linked, direction)
        if inner and (linked > after or _YEAR.fullmatch(self.word(linked))):
            return inner[0].part(number - 1, parts), inner[1]
        if word == "last" or linked > after:
            return None
        year = self.published.year
        found = half(year, number) if part == "half" else quarter(year, number)
        return self._turned(
            found, direction, lambda shift: half(year + shift, number) if parts == 2 else quarter(year + shift, number)
        ), after

    def _deictic(self, at: int, direction: Direction) -> Match | None:
        """*This week*, *next spring*, *last March*, *the coming year*, *next Tuesday*, *this evening*."""
        articled = self.word(at) == "the"
        at += articled
        shift = _THIS.get(self.word(at))
        word = self.word(at + 1)
        if shift is None or (articled and self.word(at) in {"next", "following", "last", "past", "previous", "this"}):
            return None
        if self.word(at) in {"following", "previous", "past"}:
            return None
        if word in _PARTS_OF_DAY and shift == 0:
            return replace(day(self.published), relative=True), at + 2
        if word in UNITS:
            around = unit_around(self.published, word, self._weekend(shift, word, direction))
            return (replace(around, relative=True), at + 2) if around else None
        named = self._shifted_name(word, shift, direction)
        return (replace(named, relative=True), at + 2) if named else None

    def _weekend(self, shift: int, word: str, direction: Direction) -> int:
        past = word == "weekend" and shift == 0 and direction == "past" and self.published.weekday() < SATURDAY
        return -1 if past else shift

    def _shifted_name(self, word: str, shift: int, direction: Direction) -> Period | None:
        today = self.published
        if word in DAYS:
            this = unit_around(today, "week", shift)
            return (
                day(shifted(this.first, DAYS[word], "day"))
                if this and shift >= 0
                else self._weekday(word, "past", strict=True)
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

    def _day(self, at: int, direction: Direction) -> Match | None:
        """A date by its number, with or without its year, or a day of the week."""
        at = self.past(at, "the")
        if found := self._numeric(at) or self._calendar_day(at, direction):
            return found
        word = self.word(at)
        if word not in DAYS or self.word(at + 1) == "'s":
            return None
        dated = self._calendar_day(self.past(at + 1, ",", "the"), direction)
        if dated:
            return dated
        after = at + 1 + (self.word(at + 1) in _PARTS_OF_DAY)
        if self.word(after) == "week":
            after += 1
        return replace(self._weekday(word, direction), relative=True), after

    def _weekday(self, word: str, direction: Direction, *, strict: bool = False) -> Period:
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
            return self._dated(int(dotted[3]), int(dotted[2]), int(dotted[1]), at + 1)
        if parts[1] != parts[3] or parts[1] not in {"-", "/"} or not all(each.isdecimal() for each in parts[::2]):
            return None
        if _YEAR.fullmatch(parts[0]):
            return self._dated(int(parts[0]), int(parts[2]), int(parts[4]), at + 5)
        if not _YEAR.fullmatch(parts[4]):
            return None
        first, second = int(parts[0]), int(parts[2])
        number, date = (second, first) if second <= DECEMBER else (first, second)
        return self._dated(int(parts[4]), number, date, at + 5)

    @staticmethod
    def _dated(year: int, number: int, date: int, after: int) -> Match | None:
        try:
            return day(Date(year, number, date)), after
        except ValueError:
            return None

    def _calendar_day(self, at: int, direction: Direction) -> Match | None:
        """*17 March 2025*, *March 17(, 2025)*, *the 17th of March*, *17-19 March*, *17 and 18 March*."""
        first, last, after = self._numbers(at)
        if first and (name := MONTHS.get(self.word(self.past(after, "of")))):
            after = self.past(after, "of") + 1
        elif (name := MONTHS.get(self.word(at))) and self.word(at) in MONTHS:
            first, last, after = self._numbers(at + 1)
        if not (first and name):
            return None
        year = self.past(after, ",")
        try:
            if _YEAR.fullmatch(self.word(year)):
                stated = int(self.word(year))
                return Period(first=Date(stated, name, first), last=Date(stated, name, last)), year + 1
            start = self._turned(
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
        if not one or not 1 <= int(one[1]) <= LONGEST_MONTH:
            return 0, 0, at
        other = _DAY_NUMBER.fullmatch(self.word(at + 2))
        if other and self.word(at + 1) in {"-", "to", "and", "or"} and int(one[1]) < int(other[1]) <= LONGEST_MONTH:
            return int(one[1]), int(other[1]), at + 3
        return int(one[1]), int(one[1]), at + 1

    def _near(self, at: int, direction: Direction) -> Match | None:
        if self.words[at : at + 4] == ["the", "day", "after", "tomorrow"]:
            return replace(day(shifted(self.published, 2, "day")), relative=True), at + 4
        if self.word(at) not in _NEAR_DAYS:
            return None
        after = at + 1 + (self.word(at + 1) in _PARTS_OF_DAY)
        return replace(day(shifted(self.published, _NEAR_DAYS[self.word(at)], "day")), relative=True), after

    def _named(self, at: int, direction: Direction) -> Match | None:
        """What needs a preposition before it: *March*, *spring*, *2026*, *the 2030s*, *Easter*, *midnight*."""
        for rule in (self._feast_named, self._season_or_month):
            if found := rule(at, direction):
                return found
        at = self.past(at, "the", "year")
        word = self.word(at)
        if _YEAR.fullmatch(word) and self.word(at + 1) not in {"%", "per"}:
            return months(int(word), 1, 12), at + 1
        if found := _DECADE.fullmatch(word):
            return decade(int(found[1])), at + 1
        if word in {"midnight", "noon", "nightfall", "midday", "sunset", "dawn"}:
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
        if _YEAR.fullmatch(self.word(after)):
            return make(int(self.word(after))), after + 1
        if self.word(after) in _THIS and self.word(after + 1) == "year":
            return replace(make(self.published.year + _THIS[self.word(after)]), relative=True), after + 2
        year = self.published.year
        return self._turned(make(year), direction, lambda shift: make(year + shift)), at + 1

    def _feast_named(self, at: int, direction: Direction) -> Match | None:
        at = self.past(at, "the")
        for length in range(_LONGEST_FEAST, 0, -1):
            name = " ".join(self.words[at : at + length])
            if name not in FEASTS or at + length > len(self.words):
                continue
            after = at + length
            if _YEAR.fullmatch(self.word(after)):
                return self._feast(name, int(self.word(after))), after + 1
            year = self.published.year
            return self._turned(
                self._feast(name, year), direction, lambda shift: self._feast(name, year + shift)
            ), after  # noqa: B023
        return None

    @staticmethod
    def _feast(name: str, year: int) -> Period:
        first, last = feast(name, year)
        return Period(first=first, last=last)

    def _turned(
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

    def _amount(self, at: int) -> tuple[Amount, int] | None:
        coming, after = self._coming(at)
        after = self.past(after, *_ABOUT)
        after += (
            2
            if self.words[after : after + 2] in (["at", "least"], ["at", "most"], ["up", "to"], ["less", "than"])
            else 0
        )
        low = self._number(after)
        if low is None:
            unit = PLURALS.get(self.word(after)) or (UNITS.get(self.word(after)) if coming else None)
            if unit is None:
                return None
            plural = self.word(after) in PLURALS
            if not plural and self.word(at) not in {"the", "these"}:
                return None
            return Amount(low=1, high=1, unit=unit, coming=coming, bare=plural), after + 1
        (least, most), after, ranged = low[0], low[1], False
        if self.word(after) in {"to", "-", "or"} and (high := self._number(after + 1)):
            most, after, ranged = high[0][1], high[1], True
        coming_inside, after = self._coming(after)
        unit = PLURALS.get(self.word(after)) or UNITS.get(self.word(after))
        if unit is None or most < least:
            return None
        after += 1
        if self.words[after : after + 3] == ["and", "a", "half"]:
            least, most, after = least + 0.5, most + 0.5, after + 3
        return Amount(low=least, high=most, unit=unit, coming=coming or coming_inside, ranged=ranged), after

    def _coming(self, at: int) -> tuple[bool, int]:
        after = self.past(at, "the", "these")
        if self.word(after) in {"next", "coming"}:
            return True, after + 1
        return False, at

    def _number(self, at: int) -> tuple[tuple[float, float], int] | None:
        word = self.word(at)
        if self.words[at : at + 3] == ["half", "a", "year"] or self.words[at : at + 3] == ["half", "a", "century"]:
            return (0.5, 0.5), at + 2
        if word in {"a", "the"} and self.word(at + 1) in {"few", "couple", "handful", "dozen", "hundred"}:
            return self._number(at + 1)
        if word.isdecimal() and len(word) <= LONGEST_NUMBER:
            return (int(word), int(word)), at + 1
        if word not in NUMBERS:
            return None
        least, most = NUMBERS[word]
        after = at + 1
        if least >= 20 and least % 10 == 0 and least < 100 and self.word(self.past(after, "-")) in NUMBERS:
            ones = NUMBERS[self.word(self.past(after, "-"))]
            if ones[0] < 10 and ones[0] == ones[1] and self.past(after, "-") > after:
                return (least + ones[0], least + ones[0]), self.past(after, "-") + 1
        if self.word(after) == "of":
            after += 1
        return (least, most), after


SATURDAY, DECEMBER, LONGEST_MONTH, LONGEST_NUMBER = 5, 12, 31, 4
