"""Which issues a text speaks of, by the words that a codebook lists. `Lexicon` is the main name.

A phrase counts the more, the fewer issues share its words: each word has the weight log(1 + N / n), N issues in the
codebook and n of them with the word in their lexicon, as in the inverse document frequency of [SparckJones1972]_; a
phrase has the sum of its words. Where two phrases of an issue overlap, the heavier one counts. Words inside an
exception count for nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from parley.coding.words import Phrase, Token, bases
from parley.domain.codebook import Codebook, CodedIssue

__all__ = ["Hit", "Lexicon", "Link"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A phrase of the codebook that was found in a text.

    Attributes
    ----------
    phrase : as the codebook has it
    places : numbers of its words in the text
    weight : what it counts for
    """

    phrase: str
    places: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An issue that a text speaks of.

    Attributes
    ----------
    issue : the issue
    score : sum of the weights of its phrases
    hits : the phrases, in the order of the text
    poles : words of its poles, each with the point that it names, in the issue's own unit
    """

    issue: CodedIssue
    score: float
    hits: tuple[Hit, ...]
    poles: tuple[tuple[float, Hit], ...]


class Lexicon:
    """A codebook made ready for looking its words up.

    Parameters
    ----------
    codebook : the codebook
    """

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._words = {issue.id: tuple(map(Phrase.of, issue.words)) for issue in codebook.issues}
        self._except = {issue.id: tuple(map(Phrase.of, issue.except_in)) for issue in codebook.issues}
        self._poles = {
            issue.id: tuple((pole.at, Phrase.of(phrase)) for pole in issue.poles for phrase in pole.words)
            for issue in codebook.issues
        }
        self._shared: dict[str, int] = {}
        for phrases in self._words.values():
            for base in {base for phrase in phrases for word in phrase.words for base in word}:
                self._shared[base] = self._shared.get(base, 0) + 1

    def weight(self, phrase: Phrase) -> float:
        """What a phrase counts for."""
        count = len(self.codebook.issues)
        return sum(
            math.log(1 + count / max(1, max(self._shared.get(base, 0) for base in word))) for word in phrase.words
        )

    def links(self, text: Sequence[Token]) -> tuple[Link, ...]:
        """The issues that a text speaks of, best first.

        Parameters
        ----------
        text : the words of the text

        Returns
        -------
        every issue of which a phrase is found; of two with one score, the one named first in the text goes first
        """
        held = frozenset(base for token in text for base in bases(token.text))
        found = [link for issue in self.codebook.issues if (link := self._link(issue, text, held)) is not None]
        return tuple(sorted(found, key=lambda link: (-round(link.score, 9), link.hits[0].places[0])))

    def _link(self, issue: CodedIssue, text: Sequence[Token], held: frozenset[str]) -> Link | None:
        phrases = [phrase for phrase in self._words[issue.id] if phrase.may_stand_in(held)]
        if not phrases:
            return None
        barred = {at for phrase in self._except[issue.id] for place in phrase.places(text) for at in place}
        hits = _apart(self._hits(phrases, text, barred))
        if not hits:
            return None
        poles = [(at, phrase) for at, phrase in self._poles[issue.id] if phrase.may_stand_in(held)]
        named = [(at, hit) for at, phrase in poles for hit in self._hits((phrase,), text, barred)]
        kept = _apart([hit for _, hit in named])
        return Link(
            issue=issue,
            score=sum(hit.weight for hit in hits),
            hits=hits,
            poles=tuple((at, hit) for hit in kept for at, each in named if each is hit),
        )

    def _hits(self, phrases: Sequence[Phrase], text: Sequence[Token], barred: set[int]) -> list[Hit]:
        return [
            Hit(phrase=phrase.text, places=place, weight=self.weight(phrase))
            for phrase in phrases
            for place in phrase.places(text)
            if not barred & set(place)
        ]


def _apart(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The heaviest of the phrases that overlap, in the order of the text."""
    taken: set[int] = set()
    kept = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.places), -hit.weight, hit.places)):
        if not taken & set(hit.places):
            taken |= set(hit.places)
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.places))
