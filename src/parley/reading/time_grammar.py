"""A grammar of the English names of periods: days, weeks, months, seasons, years. `TimeGrammar` is the main name.

Each rule is given the place of a word and answers with the period that starts there and the place after it, or with
nothing. What each name means is set out in `docs/explanation/horizons-and-hedges.md`; where usage is divided, the
convention is ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parley.reading.periods import (
    Period,
    cut,
    half,
    quarter,
    shifted,
    unit_around,
    weekday_of,
)
from parley.reading.time_amounts import AmountGrammar
from parley.reading.time_days import YEAR, Direction, Match
from parley.reading.time_names import NameGrammar
from parley.reading.time_words import DAYS, ORDINALS, PLURALS, UNITS, word_set

__all__ = ["TimeGrammar"]

_EDGES = word_set("end close beginning start turn middle outset opening rest remainder")
_ENDS = word_set("end close")
_THIRDS = {"early": 0, "mid": 1, "late": 2, "latter": 2}
_THIRDS_BY_NAME = {
    ("back", "end"): 2, ("tail", "end"): 2, ("fag", "end"): 2, ("front", "end"): 0,
    ("height",): 1, ("depth",): 1, ("depths",): 1, ("heart",): 1, ("dead",): 1,
}  # fmt: skip
"""Names of a third of a period before *of*."""
_HALVES = {"back": 2, "front": 1}
_FIRST_OR_LAST = {"first": 0, "opening": 0, "early": 0, "last": -1, "final": -1, "closing": -1, "dying": -1}
_FEW_DAYS = {"day": 7, "week": 21, "month": 90}
_ALIKE, _NEAR_IN_LIST = 3, 7
_BEFORE_JOINED = word_set("on in over at any hour time even")
_NEAR = word_set("toward towards near around")
_JOINING = word_set("or and through")
_DASHES = frozenset(("-", "/"))
_FRAMING = word_set("course month festival holiday holidays fast run")
_LONGEST_FEAST, _SATURDAY = 6, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGrammar(NameGrammar):
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
        dashed = joining in _DASHES and self.word(after + 1) not in _BEFORE_JOINED
        joined = to_a_day or dashed or joining in _JOINING
        return self._joined(period, after, named=named or dashed) if joined else found

    def one(self, at: int, direction: Direction = None, *, named: bool = True) -> Match | None:
        """As `period`, without what *and* and *or* join to it."""
        framed = self._past_frame(at)
        if framed > at and self.word(framed - 1) == "of" and (whole := self.whole(framed, direction)):
            return whole
        at = self.past_clock(framed)
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
        for rule in (*first, self._ordered, self.week_of, self.deictic):
            if found := rule(at, direction):
                return found
        named_first = self.feast_named(at, direction) if named else None
        return named_first or self.day(at, direction) or (self.named(at, direction) if named else None)

    def _past_frame(self, at: int) -> int:
        """The place after *the course of*, *the month of*, which add nothing to *next year* and *Ramadan*."""
        framing = self.past(at, "the", "fasting", "holy", "very")
        if self.words[at : at + 2] == ["all", "of"] or self.words[at : at + 3] == ["the", "whole", "of"]:
            return at + 2 + (self.word(at) == "the")
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
        if not alike or gap > max(7, 2 * length) and self.word(at) in {"and", "or"}:
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
        if (third := self._third_by_name(at, direction)) is not None:
            return third
        if edge not in _EDGES:
            return None
        linked = self.word(at + 1) in {"of", "-"}
        start, begins = at + (2 if linked else 1), edge in {"beginning", "start", "outset", "opening"}
        inner = self.whole(start, "later" if begins and direction == "future" else direction)
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

    def _third_by_name(self, at: int, direction: Direction) -> Match | None:
        """*The back end of next year*, *the depths of winter*."""
        length = next((len(words) for words in _THIRDS_BY_NAME if tuple(self.words[at : at + len(words)]) == words), 0)
        if not length or self.word(at + length) != "of":
            return None
        inner = self.whole(at + length + 1, direction)
        number = _THIRDS_BY_NAME[tuple(self.words[at : at + length])]
        return (inner[0].part(number, 3), inner[1]) if inner and inner[0].last > inner[0].first else None

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
            or self.deictic(at, direction)
            or self.named(at, direction)
        )

    def _third(self, at: int, direction: Direction) -> Match | None:
        direction = "future" if direction == "later" else direction
        at = self.past(at, "the")
        third = _THIRDS.get(self.word(at))
        if third is None:
            return self._later(at, direction)
        after = self.past(at + 1, "-")
        if self.word(after) == "to" and (other := _THIRDS.get(self.word(self.past(after + 1, "-")), 0)) > third:
            inner = self.whole(self.past(self.past(after + 1, "-") + 1, "-"), direction)
            both = inner and replace(inner[0].part(third, 3), last=inner[0].part(other, 3).last)
            return (both, inner[1]) if inner and both else None
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
            named = last if word in {"last", "final", "latter"} else _HALVES.get(word, 0) if last == len(_HALVES) else 0
            number, after = named or ORDINALS.get(word, 0), after + 1
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
