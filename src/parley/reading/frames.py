"""A run of words with the times in it: what every rule about a time needs. `Frames` and `Found` are the main names."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.tenses import SAYING, direction_at, governor, tells_when_done
from parley.reading.time_days import Direction
from parley.reading.time_grammar import TimeGrammar

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Found", "Frames"]

Date = datetime.date
_ANY_DAY = Date(2000, 1, 3)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Frames:
    """Words in which times are looked for.

    Attributes
    ----------
    words, places : words in small letters and the token of each, as `time_words.words_of` gives them
    tokens : the tokens
    published : the day of publication, if known
    ahead : the verb of a proposition that looks ahead
    kept : whether what is said not to be done before a day is left undone until then, and no more is said
    """

    words: Sequence[str]
    places: Sequence[int]
    tokens: Sequence[Token]
    published: Date | None
    ahead: Token | None = None
    kept: bool = False

    @property
    def today(self) -> Date:
        """The day of publication, or any day where it is not known."""
        return self.published or _ANY_DAY

    @property
    def grammar(self) -> TimeGrammar:
        """The grammar of periods for these words."""
        return TimeGrammar(words=self.words, published=self.today)

    def word(self, at: int) -> str:
        """The word at a place; empty where there is none."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def token(self, at: int) -> Token:
        """The token of the word at a place; of the last word beyond the end."""
        return self.tokens[self.places[min(at, len(self.places) - 1)]]

    def direction(self, at: int) -> Direction:
        """Whether the verb above a word looks ahead or back."""
        token = self.token(at)
        if tells_when_done(token):
            return "past"
        if self.ahead is not None:
            verb = governor(token)
            if verb is None or verb.i == self.ahead.i or not self.tokens[0].i <= verb.i <= self.tokens[-1].i:
                return "future"
        verb = governor(token)
        if verb is not None and verb.lemma_ in SAYING and verb not in self.tokens:
            return None
        return direction_at(token)

    def make(
        self, kind: HorizonKind, at: int, after: int, days: tuple[Date, Date], *, relative: bool
    ) -> tuple[Found, int]:
        """A time in the words from one place to before another; undated if it rests on a day that is not known."""
        first, last = self.places[at], self.places[after - 1]
        if relative and self.published is None:
            return Found(kind=kind, first=first, last=last), after
        return Found(kind=kind, first=first, last=last, earliest=min(days), latest=days[1]), after
