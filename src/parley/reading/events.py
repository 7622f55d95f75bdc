"""When an event takes place, by what the article says of it elsewhere. `Events` is the main name."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.reading.horizons import Found, all_times
from parley.reading.parsing import Paragraph
from parley.reading.time_words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Events"]

Date = datetime.date
_HAPPENS = word_set(
    """be begin start open resume take hold set schedule plan due convene meet follow expire end fall gather slate
    expect"""
)
_NAMING = frozenset({"compound", "amod", "nmod", "nummod"})
_PLAIN = word_set("next new coming further upcoming first")
_MANY = 20


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
        if len(starts) != 1:
            return found
        start = starts.pop()
        if found.kind == "from":
            return replace(found, earliest=start, latest=start)
        last = start if found.kind == "until" else start - datetime.timedelta(days=1)
        return replace(found, earliest=self.published, latest=last)

    @functools.cached_property
    def _subjects(self) -> dict[str, list[Token]]:
        """The nouns of which the article tells that they begin, are held or the like, by lemma."""
        found: dict[str, list[Token]] = {}
        for paragraph in self.paragraphs:
            for token in paragraph.doc if paragraph.kind == "prose" else ():
                if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in _HAPPENS:
                    found.setdefault(token.lemma_, []).append(token)
        return found

    def _alike(self, event: Token) -> Iterator[Token]:
        """The mentions that can be of one event: what narrows either noun narrows both."""
        for other in self._subjects.get(event.lemma_, [])[:_MANY]:
            if _narrowed(other) == _narrowed(event):
                yield other

    def _days(self, top: Token, event: Token) -> list[Date]:
        """The first day of the first time that is told behind an event, below a token; none that is over."""
        behind = [each for each in top.subtree if each.i > event.i]
        for found in all_times(behind, published=self.published) if behind else ():
            if found.kind == "within" and found.earliest and found.earliest > self.published:
                return [found.earliest]
        return []


def _narrowed(event: Token) -> frozenset[str]:
    named = (child.lemma_.lower() for child in event.children if child.dep_ in _NAMING)
    return frozenset(named) - _PLAIN
