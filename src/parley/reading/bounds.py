"""Times that have a bound: deadlines, ends, starts and spans. `Bounds` is the main name."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from parley.domain.statement import HorizonKind
from parley.reading.frames import Found, Frames
from parley.reading.horizon_words import BOUNDS, EVENTS
from parley.reading.periods import Period, day, shifted
from parley.reading.tenses import ARRANGING, GRANTING, arranged, has_been
from parley.reading.time_days import Direction, Match
from parley.reading.time_grammar import TimeGrammar
from parley.reading.time_words import word_set

__all__ = ["Bounds"]

Date = datetime.date
_ONWARDS = frozenset(("on", "onwards", "onward"))
_BREAKS = frozenset((",", ".", "|", ";", ":", "if", "unless", "because"))
_HAPPENING = frozenset(("VBZ", "VBP", "VBD", "VB", "NN", "NNS", "NNP"))
_GOES_ON = frozenset(("POS", "NN", "NNS", "VBZ", "VBP", "VBD"))
_BODIES = word_set(
    """court courts judge judges tribunal parliament senate house council committee commission cameras press magistrate
    magistrates panel board cabinet jury world public"""
)
_FARTHEST = 10
_LIMITS: dict[str, tuple[HorizonKind, str]] = {
    "latest": ("by", "by"), "earliest": ("from", "from"), "soonest": ("from", "from"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds(Frames):
    """Reads bounds from words."""

    def between(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*Between May and July*, *from June to August*."""
        if word not in {"between", "from"}:
            return None
        if word == "from" and self.word(at + 1) == "now" and self.word(at + 2) in _ONWARDS:
            return self.make("from", at, at + 3, (self.today, self.today), relative=True)
        joins = {"and"} if word == "between" else {"to", "until", "till", "through", "-"}
        grammar, direction = self.grammar, self.direction(at) or "future"
        now = (replace(day(self.today), relative=True), at + 2) if self.word(at + 1) == "now" else None
        one = now or grammar.one(at + 1, direction)
        if one is None or self.word(one[1]) not in joins:
            return None
        other = grammar.period(one[1] + 1, direction)
        if other is None:
            return None
        (start, _), (end, after) = one, other
        if start.relative and not end.relative:
            start = _in_year_of(start, end)
        elif end.last < start.first and end.relative:
            end = TimeGrammar(words=self.words, published=start.first).period(one[1] + 1, "future")[0]  # type: ignore[index]
        days = (min(start.first, end.last), end.last)
        return self.make("within", at, after, days, relative=end.relative or (start.relative and end.relative))

    def bounded(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """Deadlines and bounds: *by*, *before*, *until*, *from*, *since* and *after* a period or an event."""
        bound = self._bound(at, word)
        if bound is None:
            return None
        kind, name, start = bound
        if name == "until" and arranged(self.token(at), GRANTING):
            kind = "by"
        whole = self.grammar.whole(start, "future") if name in {"before", "until"} else None
        if whole and (over := self._is_over(whole[1])):
            days = self.days_of("by" if name == "before" else "through", whole[0])
            return self.make(kind, at, over, days, relative=whole[0].relative)
        back = name == "since" or (name in {"by", "after", "from"} and self.direction(at) == "past")
        back = back and not (name == "from" and arranged(self.token(at), ARRANGING))
        back = back and not (name == "by" and has_been(self.token(at)))
        direction: Direction = "past" if back else "later" if name in {"before", "until"} else "future"
        found = self.grammar.period(start, direction) or self._beside_event(at, start, name, direction)
        if found is None:
            return self._event(at, start, kind)
        period, after = found
        if (kind, name) == ("from", "from") and self.word(after) in _ONWARDS:
            after += 1
        elif limit := self.limit(after):
            kind, name, after = limit[0], limit[1], after + 3
        days = self.days_of(name, period)
        made, after = self.make(kind, at, after, days, relative=period.relative)
        if self.published is None and name not in {"from", "after"}:
            open_end = {"latest": None} if name == "since" else {"earliest": None}
            made = replace(made, **open_end)  # type: ignore[arg-type]
        return made, after

    def limit(self, at: int) -> tuple[HorizonKind, str] | None:
        """The bound that *at the latest* or *at the earliest* sets from behind."""
        if self.word(at) != "at" or self.word(at + 1) != "the":
            return None
        return _LIMITS.get(self.word(at + 2))

    def _beside_event(self, at: int, start: int, name: str, direction: Direction) -> Match | None:
        """The day told behind an event that bounds: *before the vote on 14 June*, *until his term ends in August*."""
        if name not in {"before", "until", "after", "by"}:
            return None
        event = name in {"until", "after"} or self.word(at) in {"ahead", "prior"}
        for place in range(start, min(start + _FARTHEST, len(self.words))):
            word = self.words[place]
            if word in _BREAKS or (word,) in BOUNDS:
                return None
            event = event or word in EVENTS or (name == "before" and self.token(place).tag_ in _HAPPENING)
            if name == "before" and word in _BODIES and self.token(place + 1).tag_ not in _GOES_ON:
                return None
            placed = place + (word in {"on", "in", "at", "during"})
            if place > start and event and (found := self.grammar.period(placed, direction, named=placed > place)):
                return found
        return None

    def _is_over(self, at: int) -> int | None:
        """The place after *is out*, *ends* and the like: *before the summer is out* bounds it by its last day."""
        if self.word(at) in {"ends", "end", "ended", "closes", "expires"}:
            return at + 1
        ended = self.word(at) in {"is", "are", "was", "were"} and self.word(at + 1) in {"out", "over", "up", "done"}
        return at + 2 if ended else None

    def _bound(self, at: int, word: str) -> tuple[HorizonKind, str, int] | None:
        """The kind of a bound, which side of the period it means, and where the period starts."""
        for length in (3, 2, 1):
            if found := BOUNDS.get(tuple(self.words[at : at + length])):
                return (*found, at + length)
        return None

    def days_of(self, name: str, period: Period) -> tuple[Date, Date]:
        """First and last day of what a period bounds from the side that a name such as *before* tells."""
        today = self.today
        if self.published is None and not period.relative:
            today = period.first
        if name == "by":
            return min(today, period.due), period.due
        if name == "before":
            last = period.due if period.edge or period.deadline else shifted(period.first, -1, "day")
            return min(today, last), last
        if name == "through":
            return min(today, period.last), period.last
        if name == "until":
            return min(today, period.deadline or period.first), period.deadline or period.first
        if name == "since":
            return min(period.first, today), max(period.first, today)
        if name == "after":
            return (shifted(period.last, 1, "day"),) * 2
        return period.first, period.last

    def _event(self, at: int, start: int, kind: HorizonKind) -> tuple[Found | None, int] | None:
        """*Before the summit*: named, but without a date."""
        if self.word(at) in {"from", "since", "after", "through", "starting", "beginning", "effective", "up", "by"}:
            return None
        for after in range(start, min(start + 5, len(self.words))):
            if self.words[after] in {",", ".", "|", "he", "she", "it", "they", "we"}:
                return None
            if self.words[after] in EVENTS:
                return Found(kind=kind, first=self.places[at], last=self.places[after]), after + 1
        return None


def _in_year_of(start: Period, end: Period) -> Period:
    """The start of a span whose end alone names the year: *from June to August 2026*."""
    year = end.first.year
    first = (
        start.first.replace(year=year, day=1)
        if start.first.day == 1
        else shifted(start.first, 12 * (year - start.first.year), "month")
    )
    return Period(first=first if first <= end.last else shifted(first, -1, "year"), last=end.last)
