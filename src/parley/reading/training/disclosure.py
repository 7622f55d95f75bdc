"""What weights give away of the articles that they were fitted to. `guessed_words` is the main name.

The strongest question that the features allow: who knows every word of the corpus and one true word of a sentence
asks which pairs of words have a weight, and takes the one with most weight for the next word. A model that kept its
sentences would answer right again and again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from parley.reading.features import BITS, WORD_PAIR, mixed
from parley.reading.grid import Grid, Names
from parley.reading.light import Model

__all__ = ["Disclosure", "guessed_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """How well the next word is guessed from weights.

    Attributes
    ----------
    sentences : how many were tried, of at least `length` words
    whole : how many of them were guessed to the end from their first word
    words : how many next words were asked for, each after the true word before it
    right : how many were guessed
    longest : the longest run of words guessed one after the other
    """

    sentences: int
    whole: int
    words: int
    right: int
    longest: int


def guessed_words(model: Model, articles: Iterable[Grid], *, length: int = 8) -> Disclosure:
    """Try to guess each next word of sentences from the weights of pairs of words.

    Parameters
    ----------
    model : the weights
    articles : what they were fitted to; all their words are known to who guesses
    length : sentences of fewer tokens are passed over
    """
    grids = list(articles)
    known = np.unique(np.concatenate([grid.word for grid in grids]))
    strength = np.append(np.abs(model.weights[:-1]).sum(axis=1), 0.0)
    answers: dict[int, int] = {}
    sentences = whole = words = right = longest = 0
    for grid in grids:
        for sentence in np.split(grid.word, np.flatnonzero(np.diff(grid.sentence)) + 1):
            if len(sentence) < length:
                continue
            hits = [_next(model, strength, known, int(word), answers) for word in sentence[:-1].tolist()]
            correct = np.array(hits, dtype=np.uint64) == sentence[1:]
            sentences += 1
            whole += int(correct.all())
            words += len(correct)
            right += int(correct.sum())
            longest = max(longest, _longest(correct))
    return Disclosure(sentences=sentences, whole=whole, words=words, right=right, longest=longest)


def _next(model: Model, strength: np.ndarray, known: Names, word: int, answers: dict[int, int]) -> int:
    if word not in answers:
        before = np.full(len(known), word, dtype=np.uint64)
        keys = (mixed(WORD_PAIR + 1, before, known) >> np.uint64(64 - BITS)).astype(np.uint32)
        places = np.minimum(np.searchsorted(model.keys, keys), len(model.keys) - 1)
        places[model.keys[places] != keys] = len(model.keys)
        answers[word] = int(known[strength[places].argmax()])
    return answers[word]


def _longest(correct: np.ndarray) -> int:
    best = run = 0
    for hit in correct.tolist():
        run = run + 1 if hit else 0
        best = max(best, run)
    return best
