"""Times that have a bound: deadlines, ends, starts and spans. `Bounds` is the main name."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.frames import Found, Frames
from parley.reading.horizon_words import BOUNDS, EVENTS
from parley.reading.periods import Period, day, shifted
from parley.reading.tenses import ARRANGING, GRANTING, arranged, denied, governor, has_been, lasting
from parley.reading.time_days import YEAR, Direction, Match
from parley.reading.time_grammar import TimeGrammar
from parley.reading.time_words import DAYS, MONTHS, UNITS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

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
_VAGUELY = (
    ("well", "into"), ("deep", "into"), ("far", "into"), ("some", "time", "in"), ("sometime", "in"), ("sometime",),
    ("at", "some", "point", "in"), ("some", "point", "in"), ("late", "into"),
)  # fmt: skip
_FORETELLING = word_set("expect seem appear tip forecast predict likely happen think believe")
_WANTING = word_set("want need like prefer see get have")
_EDGES = word_set("end close start beginning opening")
_READY = word_set("ready done finished complete completed built rebuilt repaired drafted place time")
_DEFINITE = word_set("the this that his her its their our your")
_OVER = word_set("out over up done through")
_ENDING = word_set("end expire lapse finish close")
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
            return self._span(at, one)
        other = grammar.period(one[1] + 1, direction) or self._following(one)
        if other is None and now:
            other = self._beside_event(at, one[1] + 1, "until", "future")
        if other is None:
            return None
        (start, _), (end, after) = one, other
        start = self._in_month_of(start, end, (at + 1, one[1], after))
        if start.relative and not end.relative:
            start = _in_year_of(start, end)
        elif end.last < start.first and end.relative:
            end = TimeGrammar(words=self.words, published=start.first).period(one[1] + 1, "future")[0]  # type: ignore[index]
        days = (min(start.first, end.last), end.last)
        return self.make("within", at, after, days, relative=end.relative or (start.relative and end.relative))

    def _in_month_of(self, start: Period, end: Period, places: tuple[int, int, int]) -> Period:
        """The start of *between the 15th and the 17th of June*, in the month that its end names."""
        first, middle, after = places
        numbered = any(word[0].isdigit() for word in self.words[first:middle])
        named = [
            not MONTHS.keys().isdisjoint(self.words[part]) for part in (slice(first, middle), slice(middle, after))
        ]
        if not numbered or named != [False, True] or start.first.day > end.first.day:
            return start
        return replace(start, first=end.first.replace(day=start.first.day), last=end.first.replace(day=start.last.day))

    def _following(self, start: Match) -> Match | None:
        """*The following Friday*, behind the day from which something lasts until then."""
        name, after = self.word(start[1] + 3), start[1] + 4
        if self.words[start[1] + 1 : start[1] + 3] != ["the", "following"] or name not in DAYS:
            return None
        found = TimeGrammar(words=(), published=start[0].first).weekday(name, "later")
        return replace(found, relative=start[0].relative), after

    def _span(self, at: int, found: Match | None) -> tuple[Found | None, int] | None:
        """*From 3 to 10 May*, *from May 3 through 10*, *from Monday through Wednesday*."""
        if found is None or not {"to", "-", "through"}.intersection(self.words[at : found[1]]):
            return None
        return self.make("within", at, found[1], (found[0].first, found[0].last), relative=found[0].relative)

    def bounded(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """Deadlines and bounds: *by*, *before*, *until*, *from*, *since* and *after* a period or an event."""
        if word in {"with", "for"}:
            return self._ends_with(at) if word == "with" else self._ready_for(at)
        bound = self._bound(at, word)
        if bound is None:
            return None
        kind, name, start = bound
        if name == "until" and (arranged(self.token(at), GRANTING) or self.token(at - 1).lemma_ == "have" and at):
            kind = "by"
        if over := self._until_over(kind, name, at, start):
            return over
        back = self._looks_back(at, name)
        direction: Direction = "past" if back else "later" if name in {"before", "until"} else "future"
        found = self.grammar.counted_day(start) or self.grammar.period(start, direction)
        beside = None if found else self._beside_event(at, start, name, direction)
        match = found or beside
        if match is None:
            return self._event(at, start, kind)
        period, after = match
        if name == "after" and back or kind == "from" and self._names_thing(after):
            return None, after
        if name == "after" and beside and period.last > period.first:
            name = "from"
        if (kind, name) == ("from", "from") and self.word(after) in _ONWARDS:
            after += 1
        elif limit := self.limit(after):
            kind, name = (kind, name) if name == "until" else limit[:2]
            after = limit[2]
        return self._made(kind, name, at, after, period)

    def _names_thing(self, at: int) -> bool:
        """Whether a time only tells of which a thing is, as in *from next year's kids*."""
        return self.word(at) == "'s" and EVENTS.isdisjoint(self.words[at + 1 : at + 4])

    def _until_over(self, kind: HorizonKind, name: str, at: int, start: int) -> tuple[Found, int] | None:
        """*Before the month is out*, *until the year ends*, *before Sunday is over*: bounded by the last day."""
        if name not in {"before", "until"}:
            return None
        whole = self.grammar.whole(start, "future") or self.grammar.day(start, "future")
        after = whole and self._is_over(whole[1])
        if whole is None or not after:
            return None
        days = self.days_of("through", replace(whole[0], opens=False))
        return self.make(kind, at, after, days, relative=whole[0].relative)

    def _looks_back(self, at: int, name: str) -> bool:
        """Whether a bound is one of what has been: *has been open since May*, *went home after Easter*."""
        if name == "since":
            return True
        if name not in {"by", "after", "from"} or self.direction(at) != "past" or name == "by" and self._wanted(at):
            return False
        if name == "by":
            return not has_been(self.token(at))
        return not arranged(self.token(at), ARRANGING)

    def _wanted(self, at: int) -> bool:
        """Whether something is wanted done: *they want a pact signed by Friday*."""
        verb = governor(self.token(at))
        if verb is None or verb.tag_ != "VBN":
            return False
        if verb.dep_ == "acl" and (verb.head == self.ahead or verb.head.dep_ == "dobj"):
            return verb.head == self.ahead or verb.head.head.lemma_ in _WANTING
        return verb.dep_ in {"ccomp", "xcomp"} and verb.head.lemma_ in _WANTING

    def _made(self, kind: HorizonKind, name: str, at: int, after: int, period: Period) -> tuple[Found, int]:
        made, after = self.make(kind, at, after, self.days_of(name, period), relative=period.relative)
        if self.published is None and name not in {"from", "after"}:
            open_end = {"latest": None} if name == "since" else {"earliest": None}
            made = replace(made, **open_end)  # type: ignore[arg-type]
        return made, after

    def _ends_with(self, at: int) -> tuple[Found | None, int] | None:
        """*The mandate ends with the year*: on its last day."""
        verb, unit = governor(self.token(at)), self.word(at + 2)
        if self.word(at + 1) != "the" or unit not in UNITS or verb is None or verb.lemma_ not in _ENDING:
            return None
        found = self.grammar.whole(at + 1, "future")
        if found is None or self.word(found[1]) == "'s" or self.direction(at) == "past":
            return None
        return self.make("within", at, found[1], (found[0].last, found[0].last), relative=True)

    def _ready_for(self, at: int) -> tuple[Found, int] | None:
        """*A text ready for the summit on 20 September*, *the road finished for Easter*: by then."""
        if self.word(at - 1) not in _READY or self.direction(at) == "past" and not self._wanted(at):
            return None
        event = None if self.grammar.period(at + 1) else self._beside_event(at, at + 1, "through", "future")
        found = event or self.grammar.period(at + 1, "future")
        if found is None or event and self.word(at + 1) not in _DEFINITE:
            return None
        return self._made("by", "before" if event else "by", at, found[1], found[0])

    def limit(self, at: int) -> tuple[HorizonKind, str, int] | None:
        """The bound that *at the latest* or *at the very earliest* sets from behind, and the place after it."""
        if self.word(at) != "at" or self.word(at + 1) != "the":
            return None
        last = at + 2 + (self.word(at + 2) == "very")
        found = _LIMITS.get(self.word(last))
        return (*found, last + 1) if found else None

    def _beside_event(self, at: int, start: int, name: str, direction: Direction) -> Match | None:
        """The day told behind an event that bounds: *before the vote on 14 June*, *until his term ends in August*."""
        if name not in {"before", "until", "through", "after", "by"} or self.word(at) == "through":
            return None
        edge = self.words[start : start + 1] == ["the"] and self.word(start + 1) in _EDGES
        event = edge or name in {"until", "through", "after"} or self.word(at) in {"ahead", "prior", "in"}
        for place in range(start, min(start + _FARTHEST, len(self.words))):
            word = self.words[place]
            event = event or self._is_told_after(place, start)
            if word == "," and self._is_told_after(place, start):
                continue
            if word in _BREAKS or (word,) in BOUNDS:
                return None
            event = event or word in EVENTS or (name == "before" and self.token(place).tag_ in _HAPPENING)
            if name == "before" and word in _BODIES and self.token(place + 1).tag_ not in _GOES_ON:
                return None
            placed = place + (word in {"on", "in", "at", "during", "of"})
            of_year = word == "of" and event and YEAR.fullmatch(self.word(place + 1)) is not None
            if word == "of" and not of_year and (event or not self._is_of_day(at, place)):
                continue
            event = event or word == "of" or word == "on" and self.word(place - 1) in {"day", "eve", "holiday"}
            if place > start and event and (found := self.grammar.period(placed, direction, named=placed > place)):
                return found
        return None

    def _is_of_day(self, at: int, place: int) -> bool:
        """Whether *of* tells the day of an event: *by the council of 17 October*."""
        return self.token(at).dep_ != "agent" and self.grammar.day(place + 1, "future") is not None

    def _is_told_after(self, comma: int, start: int) -> bool:
        """Whether the time of an event follows a comma: *the summit, which opens on the 12th*, *the recess, in May*."""
        if self.word(comma) != "," or comma == start:
            return False
        following = self.word(comma + 1)
        if following in {"which", "whose"}:
            return self.token(comma + 1).head.dep_ == "relcl"
        return following in {"in", "on"} and self.grammar.period(comma + 2, "future") is not None

    def _is_over(self, at: int) -> int | None:
        """The place after *is out*, *ends* and the like: *before the summer is out* bounds it by its last day."""
        if self.word(at) in {"ends", "end", "ended", "closes", "expires"}:
            return at + 1
        ended = self.word(at) in {"is", "are", "was", "were"} and self.word(at + 1) in _OVER
        return at + 2 if ended else None

    def _bound(self, at: int, word: str) -> tuple[HorizonKind, str, int] | None:
        """The kind of a bound, which side of the period it means, and where the period starts."""
        for length in (4, 3, 2, 1):
            if found := BOUNDS.get(tuple(self.words[at : at + length])):
                return self._turned(at, *found, self._past_vague(at + length))
        return None

    def _past_vague(self, at: int) -> int:
        """The place after *well into*, *sometime in* and the like, which add nothing to a bound."""
        length = next((len(words) for words in _VAGUELY if tuple(self.words[at : at + len(words)]) == words), 0)
        return at + length

    def _turned(self, at: int, kind: HorizonKind, name: str, start: int) -> tuple[HorizonKind, str, int] | None:
        """The bound as *not* turns it: what does not happen before May happens from May on, if ever.

        Who undertakes not to act before May, or is told not to, leaves it until then. A thing that is not expected,
        *a deal before May*, is one by May.
        """
        if name not in {"before", "until", "through"} or not denied(self.token(at)) or self._on_condition(at):
            return kind, name, start
        if name == "until" and lasting(self.token(at)):
            return None
        if self.kept or _undertaken(self.token(at)):
            return "until", name, start
        if name == "before" and not any(token.tag_.startswith("VB") for token in self.tokens):
            return kind, name, start
        return "from", "after" if name == "through" else "from", start

    def _on_condition(self, at: int) -> bool:
        """Whether a bound is that of a condition: who warns *if they do not sign before May* sets a deadline."""
        verb = governor(self.token(at))
        marks = () if verb is None else (child.lower_ for child in verb.children if child.dep_ == "mark")
        return self.word(at) == "before" and not {"if", "unless"}.isdisjoint(marks)

    def days_of(self, name: str, period: Period) -> tuple[Date, Date]:
        """First and last day of what a period bounds from the side that a name such as *before* tells."""
        today = self.today
        if self.published is None and not period.relative:
            today = period.first
        if name == "by":
            due = period.last if period.turn and period.turn < today <= period.last else period.due
            return min(today, due), due
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


def _undertaken(token: Token) -> bool:
    """Whether a time stands with what somebody undertakes, or is told, not to do: *agreed not to sell before May*."""
    verb = governor(token)
    if verb is None or verb.tag_ != "VB" or verb.head.lemma_ in _FORETELLING:
        return False
    not_to = (child.i for child in verb.children if child.dep_ == "neg")
    to = next((child.i for child in verb.children if child.tag_ == "TO"), -1)
    return any(place < to for place in not_to)


def _in_year_of(start: Period, end: Period) -> Period:
    """The start of a span whose end alone names the year: *from June to August 2026*."""
    year = end.first.year
    first = (
        start.first.replace(year=year, day=1)
        if start.first.day == 1
        else shifted(start.first, 12 * (year - start.first.year), "month")
    )
    return Period(first=first if first <= end.last else shifted(first, -1, "year"), last=end.last)
