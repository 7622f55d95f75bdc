"""Hours told before the name of a day: *5 p.m. on Friday*, *twelve noon on 3 May*. `HourGrammar` is the main name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parley.reading.periods import day, shifted
from parley.reading.time_days import ZONES, DayGrammar, Match
from parley.reading.time_words import NUMBERS, word_set

__all__ = ["HourGrammar"]

_HOUR = re.compile(r"(?:[0-9]{1,2}([:.][0-9]{2})?(am|pm|h)?|[0-2][0-9][0-5][0-9])")
_AFTER_A_WORD = word_set("am pm a.m p.m o'clock noon midnight")
_CLOCK = ZONES | _AFTER_A_WORD | {"hours"}
_DAYPARTS = word_set("morning afternoon evening")
_BEFORE = word_set("by before until till")
_LAST_HOUR = 12
_LEADING = (
    ("first", "thing", "on"), ("last", "thing", "on"), ("first", "thing"), ("last", "thing"), ("the", "stroke", "of"),
)  # fmt: skip
"""Words before a day or an hour that leave the day as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourGrammar(DayGrammar):
    """Reads days, and the hours told before them, from words."""

    def past_clock(self, at: int) -> int:
        """The place after the hour of a day that follows: *5 p.m. on Friday*, *first thing on Monday*.

        Parameters
        ----------
        at : place of its first word
        """
        length = next((len(words) for words in _LEADING if tuple(self.words[at : at + len(words)]) == words), 0)
        told = None if length else self.hour(at)
        if told is None:
            return at + length
        after = self.past(told[1], "on", ",")
        return after if self.day(after, "future") else at

    def hour(self, at: int) -> tuple[bool, int] | None:
        """Whether an hour such as *6 a.m.* or *17:00* is one of the morning, and the place after it.

        Parameters
        ----------
        at : place of its first word
        """
        word, after = self.word(at), self.past(at + 1, *_CLOCK)
        hour = _HOUR.fullmatch(word)
        told = after > at + 1 or hour is not None and bool(hour[1] or hour[2])
        least, most = NUMBERS.get(word, (0, 0))
        spelt = 1 <= least == most <= _LAST_HOUR and len(word) > 2 and self.word(at + 1) in _AFTER_A_WORD
        if not told or hour is None and not spelt:
            return None
        morning = hour is not None and hour[2] == "am" or not {"am", "a.m"}.isdisjoint(self.words[at:after])
        return morning, after

    def due_hour(self, at: int) -> Match | None:
        """*By the evening*, *before 6 a.m.*: today's, or tomorrow morning's.

        Parameters
        ----------
        at : place of its first word, behind the preposition
        """
        if not _BEFORE.intersection(self.words[max(0, at - 2) : at]):
            return None
        morning, after = self.word(at) == "morning", at + 1
        if self.word(at) not in _DAYPARTS:
            if (told := self.hour(at)) is None:
                return None
            morning, after = told
        return replace(day(shifted(self.published, int(morning), "day")), relative=True, edge=True), after
