"""The likeliest labels of rows of words, where each label depends on the one before. `best_labels` is the main name.

A linear-chain conditional random field, [Lafferty2001]_: the score of a row of labels is the sum of each word's score
for its label and of each step's score from a label to the next. The rows of an article go forward side by side, so that
what is done word by word is done as often as the longest row has words; what comes out for a row does not depend on the
others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["Labels", "Scores", "best_labels", "marginals"]

Scores = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Labels = np.ndarray[tuple[int], np.dtype[np.int64]]


def best_labels(rows: Sequence[Scores], steps: Scores) -> list[Labels]:
    """The labels of each row that have the highest score, by Viterbi's method.

    Parameters
    ----------
    rows : arrays, shape (word, label), none without words; each word's score for each label
    steps : array, shape (label, label); the score of going from a label (row) to the next (column); -inf forbids it

    Returns
    -------
    for each row an array, shape (word,); a label for each word
    """
    if not rows:
        return []
    abreast = _Abreast(rows)
    best = abreast.packed(rows)
    for before, here in abreast.steps():
        best[here] += (best[before][:, :, np.newaxis] + steps).max(axis=1)
    labels: Labels = best.argmax(axis=1)
    for here, after in reversed(abreast.steps()):
        labels[here] = (best[here] + steps.T[labels[after]]).argmax(axis=1)
    return abreast.unpacked(labels)


def marginals(rows: Sequence[Scores], steps: Scores) -> list[Scores]:
    """How likely each label of each word is, by the forward-backward method.

    Parameters
    ----------
    rows : arrays, shape (word, label), none without words
    steps : array, shape (label, label)

    Returns
    -------
    for each row an array, shape (word, label); each word's chances sum to one
    """
    if not rows:
        return []
    abreast = _Abreast(rows)
    scores = abreast.packed(rows)
    going = np.exp(steps - steps.max())
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward, backward = raised.copy(), np.ones_like(raised)
    for before, here in abreast.steps():
        share = forward[before] / forward[before].sum(axis=1, keepdims=True)
        forward[here] *= (share[:, :, np.newaxis] * going).sum(axis=1)
    for here, after in reversed(abreast.steps()):
        sent = ((backward[after] * raised[after])[:, np.newaxis] * going).sum(axis=2)
        backward[here] = sent / sent.sum(axis=1, keepdims=True)
    chance = forward * backward
    return abreast.unpacked(chance / chance.sum(axis=1, keepdims=True))


class _Abreast:
    """Rows side by side, the longest first: all first words, then all second words, and so on."""

    def __init__(self, rows: Sequence[Scores]) -> None:
        lengths = np.array([len(row) for row in rows])
        rank = np.empty_like(lengths)
        rank[np.argsort(-lengths, kind="stable")] = np.arange(len(rows))
        going_on = np.bincount(lengths)[:0:-1].cumsum()[::-1]  # rows that have a first word, a second, and so on
        start = np.concatenate([[0], going_on.cumsum()])
        self._ends = lengths.cumsum()
        nth = np.arange(self._ends[-1]) - np.repeat(self._ends - lengths, lengths)
        self._place = start[nth] + np.repeat(rank, lengths)
        self._start, self._going_on = start.tolist(), going_on.tolist()

    def packed(self, rows: Sequence[Scores]) -> Scores:
        packed: Scores = np.empty((len(self._place), rows[0].shape[1]))
        packed[self._place] = np.concatenate(rows)
        return packed

    def unpacked(self, packed: np.ndarray[Any, Any]) -> list[np.ndarray[Any, Any]]:
        return np.split(packed[self._place], self._ends[:-1])

    def steps(self) -> list[tuple[slice, slice]]:
        """Where all words of one step stand, and before it where those stand that go before them."""
        start = self._start
        return [
            (slice(start[nth - 1], start[nth - 1] + self._going_on[nth]), slice(start[nth], start[nth + 1]))
            for nth in range(1, len(self._going_on))
        ]
