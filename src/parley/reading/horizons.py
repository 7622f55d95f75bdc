"""Of which time a proposition speaks: `horizon` finds the deadline or period, `all_times` every time that it names.

The grammar is our own, and so are its conventions where usage is divided: they are listed in the page
`docs/explanation/horizons-and-hedges.md`. No time is made up: lengths without a start (*a 30-day truce*), times told
from another event (*two days later*) and the day on which something is said give no horizon.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.horizon_words import (
    AT_ONCE,
    BOUNDS,
    EVENTS,
    LOOKING_BACK,
    NOT_FROM_NOW,
    SUPERLATIVE,
    UNDATED,
    WITHIN,
    mentions_time,
    starts_of_times,
)
from parley.reading.periods import Period, shifted
from parley.reading.tenses import direction_at, governor, when_said
from parley.reading.time_amounts import Amount, AmountGrammar
from parley.reading.time_days import Direction
from parley.reading.time_grammar import TimeGrammar
from parley.reading.time_words import UNITS, VAGUE, words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Found", "all_times", "horizon"]

Date = datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A time that a proposition names.

    Attributes
    ----------
    earliest, latest : its first and last day; absent where it cannot be dated, as *before the summit*, or as
        *next week* without a day of publication
    kind : `by` a day, `within` a period, `until` its end or `from` its start
    first, last : positions in the tokens given of its first and its last word
    """

    kind: HorizonKind
    first: int
    last: int
    earliest: Date | None = None
    latest: Date | None = None

    @property
    def days(self) -> tuple[Date, Date] | None:
        """First and last day; None where it cannot be dated."""
        return (self.earliest, self.latest) if self.earliest and self.latest else None


def horizon(tokens: Sequence[Token], *, published: Date | None, ahead: Token | None = None) -> Found | None:
    """Find the time that a proposition speaks of.

    Parameters
    ----------
    tokens : the proposition's tokens, in order; they need not be adjacent
    published : the day of publication; where it is absent, or outside 1600..2200, only times that name their year are
        dated
    ahead : the verb of a proposition that looks ahead, so that what it says is still to come whatever its tense, as in
        *a signing in August was likely*; absent where it need not

    Returns
    -------
    the time, one with dates and a deadline before others, else the first; None where no time is named
    """
    found = all_times(tokens, published=published, ahead=ahead)
    return min(found, key=lambda each: (each.days is None, each.kind == "from", each.kind == "within"), default=None)


def all_times(tokens: Sequence[Token], *, published: Date | None, ahead: Token | None = None) -> tuple[Found, ...]:
    """Find every time that a run of tokens names, in order and without overlaps.

    Parameters
    ----------
    tokens : tokens of one document, in order; they need not be adjacent
    published : the day of publication; where it is absent only times that name their year are dated
    ahead : as for `horizon`
    """
    if not mentions_time(tokens):
        return ()
    if published is not None and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None
    words, places = words_of(tokens)
    frames = _Frames(words=words, places=places, tokens=tokens, published=published, ahead=ahead)
    return tuple(frames.times())


_FIRST_YEAR, _LAST_YEAR = 1600, 2200
_ANY_DAY = Date(2000, 1, 3)
_REACH_OF_SUPERLATIVE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frames:
    """Reads times together with the prepositions before them."""

    words: Sequence[str]
    places: Sequence[int]
    tokens: Sequence[Token]
    published: Date | None
    ahead: Token | None = None

    def times(self) -> Iterator[Found]:
        done = 0
        for at in starts_of_times(self.words):
            if at < done or not (found := self._time(at)):
                continue
            time, after = found
            done = max(after, at + 1)
            if time is not None:
                yield time

    @property
    def _today(self) -> Date:
        return self.published or _ANY_DAY

    @property
    def _grammar(self) -> TimeGrammar:
        return TimeGrammar(words=self.words, published=self._today)

    def _time(self, at: int) -> tuple[Found | None, int] | None:
        """The time that starts at a word, if any, and the place after it; a time that is no horizon is passed over."""
        word = self.words[at]
        if word in {"|", ",", "."}:
            return None
        for rule in (self._phrase, self._between, self._bounded, self._amount_framed, self._placed):
            if found := rule(at, word):
                return found
        return None

    def _direction(self, at: int) -> Direction:
        token = self.tokens[self.places[min(at, len(self.places) - 1)]]
        if self.ahead is not None:
            verb = governor(token)
            if verb is None or verb.i == self.ahead.i or not self.tokens[0].i <= verb.i <= self.tokens[-1].i:
                return "future"
        return direction_at(token)

    def _make(
        self, kind: HorizonKind, at: int, after: int, days: tuple[Date, Date], *, relative: bool
    ) -> tuple[Found, int]:
        first, last = self.places[at], self.places[after - 1]
        if relative and self.published is None:
            return Found(kind=kind, first=first, last=last), after
        return Found(kind=kind, first=first, last=last, earliest=min(days), latest=days[1]), after

    def _phrase(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*As soon as possible*, which gives no date, and *at once*, which is the day of publication."""
        for phrase in UNDATED:
            if word == phrase[0] and tuple(self.words[at : at + len(phrase)]) == phrase:
                after = at + len(phrase)
                if self._direction(at) == "past" and len(phrase) == 1 or self._word(after) == "after":
                    return None, after
                return Found(kind="within", first=self.places[at], last=self.places[after - 1]), after
        for phrase in AT_ONCE:
            if word == phrase[0] and tuple(self.words[at : at + len(phrase)]) == phrase:
                after = at + len(phrase)
                narrated = word == "immediately" and self._direction(at) == "past"
                if narrated or self._word(after) in {
                    "after",
                    "before",
                    "following",
                    "family",
                    "neighbour",
                    "neighbours",
                }:
                    return None, after
                return self._make("within", at, after, (self._today, self._today), relative=True)
        return None

    def _word(self, at: int) -> str:
        return self.words[at] if 0 <= at < len(self.words) else ""

    def _between(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*Between May and July*, *from June to August*."""
        if word not in {"between", "from"}:
            return None
        joins = {"and"} if word == "between" else {"to", "until", "till", "through", "-"}
        grammar, direction = self._grammar, self._direction(at) or "future"
        one = grammar.period(at + 1, direction)
        if one is None or self._word(one[1]) not in joins:
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
        return self._make("within", at, after, days, relative=end.relative or (start.relative and end.relative))

    def _bounded(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """Deadlines and bounds: *by*, *before*, *until*, *from*, *since* and *after* a period or an event."""
        bound = self._bound(at, word)
        if bound is None:
            return None
        kind, name, start = bound
        whole = self._grammar.whole(start, "future") if name == "before" else None
        if whole and (over := self._is_over(whole[1])):
            return self._make(kind, at, over, self._bounds("by", whole[0]), relative=whole[0].relative)
        back = name == "since" or (name in {"by", "after", "from"} and self._direction(at) == "past")
        found = self._grammar.period(start, "past" if back else "later" if name in {"before", "until"} else "future")
        if found is None:
            return self._event(at, start, kind)
        period, after = found
        days = self._bounds(name, period)
        made, after = self._make(kind, at, after, days, relative=period.relative)
        if self.published is None and name not in {"from", "after"}:
            open_end = {"latest": None} if name == "since" else {"earliest": None}
            made = replace(made, **open_end)  # type: ignore[arg-type]
        return made, after

    def _is_over(self, at: int) -> int | None:
        """The place after *is out*, *ends* and the like: *before the summer is out* bounds it by its last day."""
        if self._word(at) in {"ends", "end", "ended", "closes", "expires"}:
            return at + 1
        ended = self._word(at) in {"is", "are", "was", "were"} and self._word(at + 1) in {"out", "over", "up", "done"}
        return at + 2 if ended else None

    def _bound(self, at: int, word: str) -> tuple[HorizonKind, str, int] | None:
        """The kind of a bound, which side of the period it means, and where the period starts."""
        for length in (3, 2, 1):
            if found := BOUNDS.get(tuple(self.words[at : at + length])):
                return (*found, at + length)
        return None

    def _bounds(self, name: str, period: Period) -> tuple[Date, Date]:
        today = self._today
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
        if self._word(at) in {"from", "since", "after", "through", "starting", "beginning", "effective", "up", "by"}:
            return None
        for after in range(start, min(start + 5, len(self.words))):
            if self.words[after] in {",", ".", "|", "he", "she", "it", "they", "we"}:
                return None
            if self.words[after] in EVENTS:
                return Found(kind=kind, first=self.places[at], last=self.places[after]), after + 1
        return None

    def _amount_framed(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*Within six weeks*, *in the next three to four months*, *six weeks from now*; lengths are passed over."""
        framed = word in WITHIN
        start = at + framed
        matter = self.words[start : start + 3] == ["a", "matter", "of"]
        start += 3 * matter
        found = AmountGrammar(words=self.words).amount(start)
        if found is None:
            return None
        amount, after = found
        if not framed and word in {"the", "this", "these"} and not amount.coming:
            return None
        return self._horizon_of(amount, at, after, word if framed else "", matter=matter)

    def _horizon_of(self, amount: Amount, at: int, after: int, frame: str, *, matter: bool) -> tuple[Found | None, int]:
        told = after + (self._word(after) in {"'s", "'"})
        in_time = told > after and self._word(told) == "time"
        after = told + 1 if in_time else after
        follows = self._word(after)
        from_now = (follows, self._word(after + 1)) in {("from", "now"), ("from", "today")} or follows in {
            "hence",
            "away",
        }
        if from_now:
            after += 1 if follows in {"hence", "away"} else 2
            if self._direction(at) == "past":
                return None, after
            return self._spread(amount, at, after, "within", at_once=frame == "within")
        if follows in LOOKING_BACK:
            return None, after + 1
        if frame == "within" and follows in NOT_FROM_NOW:
            return Found(kind="within", first=self.places[at], last=self.places[after - 1]), after
        if frame == "within" or (amount.coming and frame in {"in", "over", "during", "throughout", "within", "", "at"}):
            if self._direction(at) == "past" and not amount.coming:
                return None, after
            return self._spread(amount, at, after, "within", at_once=frame == "within" or not amount.ranged)
        if amount.coming and frame == "for":
            return self._spread(amount, at, after, "until", at_once=True)
        if frame == "in" and (matter or self._looks_ahead(amount, at, after, in_time=in_time)):
            return self._spread(amount, at, after, "within", at_once=matter)
        return None, after

    def _looks_ahead(self, amount: Amount, at: int, after: int, *, in_time: bool) -> bool:
        """Whether *in six weeks* is six weeks on, and not a time taken or gone by."""
        if in_time:
            return True
        if self._word(after) in {"of", "past"} or amount.unit in {"century", "minute"}:
            return False
        if SUPERLATIVE.intersection(self.words[max(0, at - _REACH_OF_SUPERLATIVE) : at]):
            return False
        direction = self._direction(at)
        return direction == "future" or (direction is None and not amount.bare)

    def _spread(self, amount: Amount, at: int, after: int, kind: HorizonKind, *, at_once: bool) -> tuple[Found, int]:
        today = self._today
        if amount.bare:
            count, unit = VAGUE[amount.unit]
            days = today, shifted(today, count, unit)
        else:
            start = today if at_once else shifted(today, amount.low, amount.unit)
            days = start, shifted(today, amount.high, amount.high_unit or amount.unit)
        return self._make(kind, at, after, days, relative=True)

    def _placed(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*On Tuesday*, *in March*, *next week*, *tomorrow*, *late this year*."""
        framed = word in WITHIN
        start = at + framed
        unnamed = word == "the" and self._word(at + 1) in UNITS and self._word(at + 3) != "tomorrow"
        if not framed and (self._word(at - 1) == "of" or unnamed):
            return None
        direction = self._direction(at)
        found = self._grammar.period(start, direction, named=framed)
        if found is None or (framed and word == "for" and found[0].last < self._today and direction != "past"):
            return None
        period, after = found
        token = self.tokens[self.places[at]]
        if self._word(after) in {"'s"}:
            after += 1
        if (self.published is None or period.first <= self._today) and when_said(token, self.tokens):
            return None, after
        days = (period.first, period.last)
        if self.published and period.first <= self._today <= period.last and direction:
            days = (self._today, period.last) if direction == "future" else (period.first, self._today)
        return self._make("within", at, after, days, relative=period.relative)


def _in_year_of(start: Period, end: Period) -> Period:
    """The start of a span whose end alone names the year: *from June to August 2026*."""
    year = end.first.year
    first = (
        start.first.replace(year=year, day=1)
        if start.first.day == 1
        else shifted(start.first, 12 * (year - start.first.year), "month")
    )
    return Period(first=first if first <= end.last else shifted(first, -1, "year"), last=end.last)
