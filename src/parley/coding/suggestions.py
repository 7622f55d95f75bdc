"""Issues that a text merely sounds like, for a person to look at: the protocol `Suggester`, and `TfIdf`, which ships.

A suggestion is never a link, and no position is read from one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Protocol

from parley.coding.words import bases, tokens
from parley.domain.codebook import Codebook, CodedIssue

__all__ = ["Suggester", "TfIdf"]

MOST = 3
LEAST = 0.08
"""The cosine below which nothing is suggested, 0..1."""
EMPTY_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "do",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "may",
        "more",
        "must",
        "no",
        "not",
        "of",
        "on",
        "only",
        "or",
        "other",
        "over",
        "she",
        "should",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "to",
        "under",
        "until",
        "up",
        "was",
        "we",
        "were",
        "what",
        "when",
        "which",
        "while",
        "who",
        "will",
        "with",
        "would",
    ]
)


class Suggester(Protocol):
    """What suggests issues for a text."""

    def suggest(self, text: str) -> tuple[str, ...]:
        """Ids of issues that the text sounds like, best first; none where nothing is near."""


class TfIdf:
    """Suggests issues by the words that a text shares with all that the codebook says of them.

    Parameters
    ----------
    codebook : the codebook

    Source
    ------
    Cosine of vectors of term frequency times inverse document frequency, [SaltonBuckley1988]_.
    """

    def __init__(self, codebook: Codebook) -> None:
        counts = {issue.id: Counter(_terms(_all_words(issue))) for issue in codebook.issues}
        documents = Counter(term for terms in counts.values() for term in terms)
        self._rarity = {term: math.log(1 + len(counts) / number) for term, number in documents.items()}
        self._vectors = {issue: self._vector(terms) for issue, terms in counts.items()}

    def suggest(self, text: str) -> tuple[str, ...]:
        """See `Suggester`."""
        mine = self._vector(Counter(_terms(text)))
        scores = {
            issue: sum(weight * theirs.get(term, 0.0) for term, weight in mine.items())
            for issue, theirs in self._vectors.items()
        }
        near = [issue for issue, score in scores.items() if score >= LEAST]
        return tuple(sorted(near, key=lambda issue: -scores[issue])[:MOST])

    def _vector(self, terms: Mapping[str, int]) -> dict[str, float]:
        """Weights of unit length; words that the codebook does not have count for nothing."""
        raw = {term: number * self._rarity[term] for term, number in terms.items() if term in self._rarity}
        length = math.sqrt(sum(weight * weight for weight in raw.values()))
        return {term: weight / length for term, weight in raw.items()} if length else {}


def _terms(text: str) -> list[str]:
    return [
        min(bases(each.text), key=lambda base: (len(base), base))
        for each in tokens(text)
        if each.text not in EMPTY_WORDS
    ]


def _all_words(issue: CodedIssue) -> str:
    anchors = [anchor.words for anchor in issue.scale.anchors]
    poles = [word for pole in issue.poles for word in pole.words]
    return " . ".join([issue.name, issue.question, *issue.words, *anchors, *poles])
