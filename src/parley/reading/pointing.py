"""Times that point back to one named before: *by then*, *that day*, *a week later*. `pointed` is the main name.

What they point back to is the last time named before them, in their own sentence or in the one before; if that is over,
vague or no calendar's, they have no dates.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.frames import Found
from parley.reading.horizons import all_times
from parley.reading.parsing import Paragraph
from parley.reading.periods import Period, day, shifted, unit_around
from parley.reading.tenses import SAYING, direction_at, governor
from parley.reading.time_amounts import AmountGrammar
from parley.reading.time_days import PARTS_OF_DAY
from parley.reading.time_grammar import TimeGrammar
from parley.reading.time_words import DAYS, MONTHS, UNITS, word_set, words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["pointed"]

Date = datetime.date
_LINKS: dict[str, tuple[HorizonKind, str]] = {
    "by": ("by", "by"), "before": ("by", "before"), "until": ("until", "until"), "till": ("until", "until"),
    "after": ("from", "after"), "from": ("from", "from"),
}  # fmt: skip
_WITHIN = word_set("on in at during over within")
_SAME = word_set("that this same very")
_ON_IT = word_set("day date time deadline")
_WHO_ACTS = word_set(", the a he she it they we i you his her its their our my there no nobody all any each every")
_LATER = word_set("later afterwards afterward on")
_NEXT = word_set("following next")
_CALENDAR = frozenset(UNITS) - {"hour", "minute", "century"}
_NUMBER = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th)")
_ENDS = word_set("end close")
_PARTS = _ENDS | word_set("beginning start outset middle")
_SHORTEST = 27
_LONGEST = datetime.timedelta(days=31)


def pointed(tokens: Sequence[Token], paragraphs: Sequence[Paragraph], *, published: Date) -> Found | None:
    """Find a time that points back to one named before.

    Parameters
    ----------
    tokens : a proposition's tokens, in order
    paragraphs : the whole article
    published : its day of publication

    Returns
    -------
    the time, with dates; None where there is none, or what it points back to has none or is over
    """
    words, places = words_of(tokens)
    for at in range(len(words)):
        pointer = _Pointer(words=words, published=published).at(at)
        done = pointer is not None and pointer.unit and pointer.link != "by"
        if pointer is None or done and direction_at(tokens[places[at]]) == "past":
            continue
        anchor = _anchor(tokens[places[at]], paragraphs, published) or (day(published) if pointer.named else None)
        period = anchor and pointer.period(anchor)
        if period is None:
            return None
        first, last = places[at], places[pointer.after - 1]
        return _bounded(pointer, period, published, first, last)
    return None


def in_month_named(found: Found, tokens: Sequence[Token], *, published: Date) -> Found:
    """Put a day told by its number alone into the month named before it: *in June, if they sign by the 28th*.

    Parameters
    ----------
    found : a time with dates
    tokens : the tokens in which it was found
    published : the day of publication

    Returns
    -------
    the time in that month, where its sentence names one still to come; else as it was
    """
    words, _ = words_of(tokens[found.first : found.last + 1])
    start = tokens[found.first]
    if not _NUMBER.fullmatch(words[-1]) or not MONTHS.keys().isdisjoint(words) or found.latest is None:
        return found
    times = all_times(list(start.doc[start.sent.start : start.i]), published=published)
    month = times[-1] if times and times[-1].kind == "within" else None
    if month is None or month.days is None or month.days[0].day != 1 or month.days[0] <= found.latest:
        return found
    if not _SHORTEST <= (month.days[1] - month.days[0]).days <= _LONGEST.days:
        return found
    steps = 12 * (month.days[0].year - found.latest.year) + month.days[0].month - found.latest.month
    latest = shifted(found.latest, steps, "month")
    same = found.earliest is None or found.earliest == published and found.kind in ("by", "until")
    earliest = found.earliest if same or found.earliest is None else shifted(found.earliest, steps, "month")
    return replace(found, earliest=earliest, latest=latest)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pointing:
    """Words that point back: their link, the place after them, and how far from the anchor they lead."""

    link: str
    after: int
    unit: str = ""
    count: int = 0
    named: str = ""
    part: str = ""

    def period(self, anchor: Period) -> Period | None:
        """What they mean once the anchor is known."""
        whole = self._whole(anchor)
        if whole is None or not self.part:
            return whole
        return whole.middle if self.part == "middle" else whole.close if self.part in _ENDS else whole.opening

    def _whole(self, anchor: Period) -> Period | None:
        single = anchor.first == anchor.last
        if self.named:
            found = TimeGrammar(words=[self.named], published=anchor.last).whole(0, "later")
            if self.named in DAYS:
                return TimeGrammar(words=[], published=anchor.last).weekday(self.named, "later")
            return found[0] if found else None
        if not self.unit:
            return anchor
        if self.unit == "day" or self.count and single:
            return day(shifted(anchor.first, self.count, self.unit)) if single else None
        return unit_around(anchor.last, self.unit, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pointer:
    """Reads words that point back."""

    words: Sequence[str]
    published: Date

    def at(self, at: int) -> _Pointing | None:
        """What points back from a place on."""
        word = self.words[at]
        link = word if word in _LINKS else ""
        start = at + (bool(link) or word in _WITHIN)
        start += start > at and self._word(start) in PARTS_OF_DAY
        if start > at and (part := self._part_of_it(start, link)):
            return part
        if start >= len(self.words):
            return None
        for rule in (self._then, self._same, self._next, self._later):
            if found := rule(start, link):
                return found
        return None

    def _word(self, at: int) -> str:
        return self.words[at] if at < len(self.words) else ""

    def _then(self, at: int, link: str) -> _Pointing | None:
        """*By then*; *after that* before who acts: *after that the prosecutor would take over*."""
        acts = self._word(at) == "that" and link == "after" and self._word(at + 1) in _WHO_ACTS
        return _Pointing(link=link, after=at + 1) if link and self._word(at) == "then" or acts else None

    def _same(self, at: int, link: str) -> _Pointing | None:
        """*That day*, *the same month*."""
        start = at + (self._word(at) == "the")
        if start == at and self._word(at) != "that" or self._word(start) not in _SAME:
            return None
        while self._word(start) in _SAME:
            start += 1
        if self._word(start) in _ON_IT:
            return _Pointing(link=link, after=start + 1)
        unit = self._word(start)
        return _Pointing(link=link, after=start + 1, unit=unit) if unit in _CALENDAR else None

    def _part_of_it(self, at: int, link: str) -> _Pointing | None:
        """*The end of that month*, *the middle of the following year*."""
        edge = self._word(at + 1)
        if self._word(at) != "the" or edge not in _PARTS or self._word(at + 2) != "of":
            return None
        whole = self._same(at + 3, link) or self._next(at + 3, link)
        return replace(whole, part=edge) if whole and whole.unit else None

    def _next(self, at: int, link: str) -> _Pointing | None:
        """*The day after*, *the following week*, *the following spring*."""
        words = tuple(self.words[at : at + 3])
        if words[:2] == ("the", "day") and words[2:] in (("after",), ("before",)):
            further = self._word(at + 3)
            ends = further in {"", ",", ".", "|", ";", ":", "that"} or not further.isalnum()
            count = 1 if words[2] == "after" else -1
            return _Pointing(link=link, after=at + 3, unit="day", count=count) if ends else None
        if self._word(at) != "the" or self._word(at + 1) not in _NEXT:
            return None
        named = self._word(at + 2)
        if named in _CALENDAR and (named == "day" or words[1] == "following"):
            return _Pointing(link=link, after=at + 3, unit=named, count=1)
        names = words[1] == "following" and named not in UNITS
        fits = names and TimeGrammar(words=[named], published=self.published).whole(0, "later") or named in DAYS
        return _Pointing(link=link, after=at + 3, named=named) if fits else None

    def _later(self, at: int, link: str) -> _Pointing | None:
        """*A week later*, *two days afterwards*."""
        found = AmountGrammar(words=self.words).amount(at)
        if found is None or found[0].bare or found[0].low != found[0].high or self._word(found[1]) not in _LATER:
            return None
        amount, after = found
        if self._word(after) == "on" and self._word(after + 1) not in {"", ",", "."}:
            return None
        return _Pointing(link=link, after=after + 1, unit=amount.unit, count=round(amount.low))


def _bounded(pointer: _Pointing, period: Period, published: Date, first: int, last: int) -> Found:
    kind, side = _LINKS.get(pointer.link, ("within", "within"))
    earliest, latest = period.first, period.last
    if side == "before":
        latest = shifted(period.first, -1, "day")
    elif side == "until":
        latest = period.first
    elif side == "after":
        earliest = latest = shifted(period.last, 1, "day")
    if kind in ("by", "until"):
        earliest = min(published, latest)
    return Found(kind=kind, first=first, last=last, earliest=earliest, latest=latest)


def _anchor(token: Token, paragraphs: Sequence[Paragraph], published: Date) -> Period | None:
    """The last time named before a token, in its sentence or the one before; None if it is over, vague or undated."""
    for before in _before(token, paragraphs):
        times = [each for each in all_times(before, published=published) if _names(each, before)]
        if times:
            days = times[-1].days
            if days is None or days[1] < published:
                return None
            last = times[-1]
            if last.kind in ("by", "until"):
                return day(days[1])
            if exact := _closing_day(before[last.first : last.last + 1], days[1]):
                return exact
            vague = days[1] - days[0] > _LONGEST or days[0] == published and days[1] > published
            return None if vague else Period(first=days[0], last=days[1])
    return None


def _closing_day(tokens: Sequence[Token], date: Date) -> Period | None:
    """The day with which a time closes, as *between now and the 28th* does."""
    words, _ = words_of(tokens)
    grammar = TimeGrammar(words=words, published=date)
    for at in range(len(words)):
        found = grammar.day(at, "future")
        if found and found[1] == len(words) and found[0].first == found[0].last == date:
            return day(date)
    return None


def _names(found: Found, tokens: Sequence[Token]) -> bool:
    """Whether a time is not that of saying something."""
    verb = governor(tokens[found.first])
    return verb is None or verb.lemma_.lower() not in SAYING


def _before(token: Token, paragraphs: Sequence[Paragraph]) -> Iterator[list[Token]]:
    """The words before a token in its sentence, then the sentence before, if need be of the paragraph before."""
    doc, sentence = token.doc, token.sent
    if own := list(doc[sentence.start : token.i]):
        yield own
    if sentence.start > 0:
        last = doc[sentence.start - 1].sent
        yield list(last)
        if last.start > 0:
            yield list(doc[last.start - 1].sent)
        return
    docs = [paragraph.doc for paragraph in paragraphs if paragraph.kind == "prose"]
    place = next((index for index, each in enumerate(docs) if each is doc), 0)
    if place:
        yield list(list(docs[place - 1].sents)[-1])
