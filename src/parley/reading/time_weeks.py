"""Periods told by a day in them: *the week of 5 August*, *the year from 1 July*. `WeekGrammar` is the main name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parley.reading.periods import day, shifted, unit_around
from parley.reading.time_amounts import AmountGrammar
from parley.reading.time_days import Direction, Match
from parley.reading.time_feasts import FeastGrammar
from parley.reading.time_words import word_set

__all__ = ["WeekGrammar"]

_TELLING_WEEKS = word_set("of beginning starting commencing ending")
_BESIDE = {"day": 1, "week": 7}
_COUNTED = word_set("day week fortnight month year")
_OF_ACCOUNTS = word_set("fiscal financial budget tax marketing crop school academic farming accounting business")
_BEGINS = word_set("start begin open run starts begins opens runs starting beginning opening running")
_BEGINNING = word_set("early small first wee opening")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekGrammar(FeastGrammar):
    """Reads days, feasts, and periods told by a day, from words."""

    def week_of(self, at: int, direction: Direction) -> Match | None:
        """*The week of 5 August*, *the week beginning on Monday*, *the weekend of 8 June*."""
        at = self.past(at, "the")
        unit, linked = self.word(at), self.word(at + 1)
        if unit in _BESIDE and linked in {"before", "after"} and self.word(at - 1) == "the":
            return self._beside_day(at + 2, direction, length=_BESIDE[unit], before=linked == "before")
        if unit not in {"week", "weekend"} or linked not in _TELLING_WEEKS:
            return None
        found = self.day(at + 2 + (self.word(at + 2) == "on"), "future" if direction == "later" else direction)
        around = found and unit_around(found[0].first, unit)
        if found is None or around is None or unit == "weekend" and around.last < found[0].first:
            return None
        if linked in {"beginning", "starting", "commencing"}:
            around = replace(around, first=found[0].first, last=shifted(found[0].first, 6, "day"))
        elif linked == "ending":
            around = replace(around, first=shifted(found[0].last, -6, "day"), last=found[0].last)
        return replace(around, relative=found[0].relative), found[1]

    def counted_day(self, at: int) -> Match | None:
        """*A week on Friday*, *two weeks today*, *ten days from now*: a day counted from one named or from today.

        Parameters
        ----------
        at : place of its first word
        """
        found = AmountGrammar(words=self.words).amount(at)
        if found is None or found[0].bare or found[0].ranged or found[0].coming or found[0].unit not in _COUNTED:
            return None
        amount, after = found
        link = self.word(after)
        if link == "hence" or link == "from" and self.word(after + 1) in {"now", "today"}:
            start: Match = day(self.published), after + 1 + (link == "from")
        else:
            near = link in {"today", "tomorrow"}
            told = self.day(after + (not near), "future") if near or link in {"on", "from"} else None
            if told is None or told[0].first != told[0].last:
                return None
            start = told
        return replace(day(shifted(start[0].first, amount.low, amount.unit)), relative=True), start[1]

    def _beside_day(self, at: int, direction: Direction, *, length: int, before: bool) -> Match | None:
        """*The week before Christmas*: the seven days before it; *the day after New Year*."""
        found = self.feast_named(at, direction) or self.day(at, direction)
        if found is None or self.word(at) == "tomorrow":
            return None
        start, end = (found[0].first, -1) if before else (found[0].last, 1)
        days = sorted((shifted(start, end, "day"), shifted(start, length * end, "day")))
        return replace(found[0], first=days[0], last=days[1], deadline=None, opens=False), found[1]

    def eve_of(self, at: int, direction: Direction) -> Match | None:
        """*The eve of Diwali*, *the eve of 5 May*: the day before."""
        at = self.past(at, "the")
        if self.words[at : at + 2] != ["eve", "of"]:
            return None
        found = self.feast_named(at + 2, direction) or self.day(at + 2, direction)
        if found is None:
            return None
        eve = shifted(found[0].first, -1, "day")
        return replace(found[0], first=eve, last=eve, deadline=None, opens=False), found[1]

    def year_of_accounts(self, at: int, direction: Direction) -> Match | None:
        """*The fiscal year that starts on 1 October*, *the tax year from 6 April*: a year from that day."""
        at = self.past(at, "the", "next", "new", "coming")
        if self.word(at) not in _OF_ACCOUNTS or self.word(at + 1) != "year":
            return None
        after = self.past(at + 2, ",", "that", "which", "will", "is", "to")
        told = self.past(after + (self.word(after) in _BEGINS), "on", "from")
        begins = self.word(after) in _BEGINS or self.word(after) == "from"
        found = self.day(told, "past" if direction == "past" else "future") if begins else None
        if found is None:
            return None
        end = shifted(shifted(found[0].first, 1, "year"), -1, "day")
        return replace(found[0], last=end, deadline=None), found[1]

    def small_hours(self, at: int, direction: Direction) -> Match | None:
        """*The early hours of Monday*."""
        at = self.past(at, "the", "very")
        if self.word(at) not in _BEGINNING or self.words[at + 1 : at + 2] != ["hours"]:
            return None
        return self.day(at + 3, direction) if self.word(at + 2) in {"of", "on"} else None
