"""When an event takes place, by what the article says of it elsewhere. `Events` is the main name."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.horizons import Found, all_times
from parley.reading.parsing import Paragraph
from parley.reading.pointing import pointed
from parley.reading.time_words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Events"]

Date = datetime.date
_HAPPENS = word_set(
    """be begin start open resume take hold set schedule plan due convene meet follow expire end fall gather slate
    expect"""
)
_NOUNS = {"vote": "vote", "meet": "meeting", "sign": "signing", "elect": "election", "gather": "gathering"}
_NAMING = frozenset({"compound", "amod", "nmod", "nummod"})
_PLAIN = word_set("next new coming further upcoming first")
_MANY = 20
_MARKS: dict[str, HorizonKind] = {
    "when": "within", "once": "from", "after": "from", "before": "by", "until": "until", "till": "until",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Events:
    """The events of an article that it dates: "the next round, which opens on 12 July", "the vote is on Sunday".

    Attributes
    ----------
    paragraphs : the whole article
    published : its day of publication
    """

    paragraphs: Sequence[Paragraph]
    published: Date

    def dated(self, found: Found, tokens: Sequence[Token]) -> Found:
        """Give a bound that an event sets, such as *before the next round*, the day on which the article says it is.

        Parameters
        ----------
        found : a bound without dates
        tokens : the tokens in which it was found

        Returns
        -------
        the bound with dates; as it was where the article dates no such event, or dates it twice
        """
        event = tokens[found.last]
        beside = self._days(event, event)
        starts = set(beside) or {start for other in self._alike(event) for start in self._days(other.head, other)}
        if not starts and not _narrowed(event):
            verbs = self._done.get(event.lemma_, [])[:_MANY]
            starts = {start for verb in verbs for start in self._days(verb, verb, whole=True)}
        if len(starts) != 1:
            return found
        start = starts.pop()
        eve = any(token.lower_ == "eve" for token in tokens[found.first : found.last])
        if found.kind == "from":
            return replace(found, earliest=start, latest=start)
        last = start if found.kind == "until" and not eve else start - datetime.timedelta(days=1)
        return replace(found, earliest=self.published, latest=last)

    def pointed(self, tokens: Sequence[Token]) -> Found | None:
        """Find a time that points back to one named before, as `pointing.pointed` does.

        Parameters
        ----------
        tokens : a proposition's tokens, in order
        """
        return pointed(tokens, self.paragraphs, published=self.published)

    def met(self, tokens: Sequence[Token]) -> Found | None:
        """Find the time of a clause that names what the article dates elsewhere: *when the truce lapses*.

        Parameters
        ----------
        tokens : a proposition's tokens, in order

        Returns
        -------
        the time, with dates; None where there is no such clause, or the article dates it nowhere or twice
        """
        for place, token in enumerate(tokens):
            mark = next((child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")), "")
            subject = _subject(token)
            if token.dep_ != "advcl" or mark not in _MARKS or subject is None:
                continue
            alike = [verb for verb in self._tells.get((subject.lemma_, token.lemma_), []) if verb.i != token.i][:_MANY]
            days = {start for verb in alike for start in self._days(verb, verb, whole=True)}
            if len(days) == 1:
                return self._met(mark, days.pop(), place)
        return None

    def _met(self, mark: str, start: Date, place: int) -> Found:
        kind: HorizonKind = _MARKS[mark]
        last = start - datetime.timedelta(days=1) if mark == "before" else start
        first = self.published if kind in ("by", "until") else start
        return Found(kind=kind, first=place, last=place, earliest=first, latest=last)

    @functools.cached_property
    def _tells(self) -> dict[tuple[str, str], list[Token]]:
        """The verbs of the article with a noun for their subject, by the lemmas of both."""
        found: dict[tuple[str, str], list[Token]] = {}
        for paragraph in self.paragraphs:
            for token in paragraph.doc if paragraph.kind == "prose" else ():
                if token.pos_ == "VERB" and (subject := _subject(token)) is not None:
                    found.setdefault((subject.lemma_, token.lemma_), []).append(token)
        return found

    @functools.cached_property
    def _subjects(self) -> dict[str, list[Token]]:
        """The nouns of which the article tells that they begin, are held or the like, by lemma."""
        found: dict[str, list[Token]] = {}
        for paragraph in self.paragraphs:
            for token in paragraph.doc if paragraph.kind == "prose" else ():
                if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in _HAPPENS:
                    found.setdefault(token.lemma_, []).append(token)
        return found

    @functools.cached_property
    def _done(self) -> dict[str, list[Token]]:
        """The verbs of the article that tell of an event, by the noun for it: "the Senate votes on 24 June"."""
        found: dict[str, list[Token]] = {}
        for paragraph in self.paragraphs:
            for token in paragraph.doc if paragraph.kind == "prose" else ():
                if token.lemma_ in _NOUNS and any(child.dep_ == "nsubj" for child in token.children):
                    found.setdefault(_NOUNS[token.lemma_], []).append(token)
        return found

    def _alike(self, event: Token) -> Iterator[Token]:
        """The mentions that can be of one event: what narrows either noun narrows both."""
        for other in self._subjects.get(event.lemma_, [])[:_MANY]:
            if _narrowed(other) == _narrowed(event):
                yield other

    def _days(self, top: Token, event: Token, *, whole: bool = False) -> list[Date]:
        """The first day of the first time told below a token, behind an event or anywhere; none that is over."""
        behind = [each for each in top.subtree if whole or each.i > event.i]
        for found in all_times(behind, published=self.published) if behind else ():
            if found.kind == "within" and found.earliest and found.earliest > self.published:
                return [found.earliest]
        return []


def _subject(verb: Token) -> Token | None:
    return next(
        (each for each in verb.children if each.dep_ in ("nsubj", "nsubjpass") and each.pos_ in ("NOUN", "PROPN")),
        None,
    )


def _narrowed(event: Token) -> frozenset[str]:
    named = (child.lemma_.lower() for child in event.children if child.dep_ in _NAMING)
    return frozenset(named) - _PLAIN
