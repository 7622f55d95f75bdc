"""The likeliest labels of a row of words, where each label depends on the one before. `best_labels` is the main name.

A linear-chain conditional random field, [Lafferty2001]_: the score of a row of labels is the sum of each word's score
for its label and of each step's score from a label to the next.
"""

from __future__ import annotations

import numpy as np

__all__ = ["Scores", "best_labels", "marginals"]

Scores = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Labels = np.ndarray[tuple[int], np.dtype[np.int64]]


def best_labels(scores: Scores, steps: Scores) -> Labels:
    """The row of labels with the highest score, by Viterbi's method.

    Parameters
    ----------
    scores : array, shape (word, label); each word's score for each label
    steps : array, shape (label, label); the score of going from a label (row) to the next (column); -inf forbids it

    Returns
    -------
    array, shape (word,); a label for each word
    """
    count = len(scores)
    came_from = np.zeros(scores.shape, dtype=np.int64)
    best = scores[0]
    everywhere = np.arange(scores.shape[1])
    for word in range(1, count):
        ways = best[:, np.newaxis] + steps
        came_from[word] = ways.argmax(axis=0)
        best = ways[came_from[word], everywhere] + scores[word]
    labels: Labels = np.empty(count, dtype=np.int64)
    labels[-1] = best.argmax()
    for word in range(count - 1, 0, -1):
        labels[word - 1] = came_from[word, labels[word]]
    return labels


def marginals(scores: Scores, steps: Scores) -> Scores:
    """How likely each label of each word is, by the forward-backward method.

    Parameters
    ----------
    scores : array, shape (word, label)
    steps : array, shape (label, label)

    Returns
    -------
    array, shape (word, label); each row sums to one
    """
    going = np.exp(steps - steps.max())
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    forward, backward = np.empty_like(raised), np.ones_like(raised)
    forward[0] = raised[0] / raised[0].sum()
    for word in range(1, len(scores)):
        reached = (forward[word - 1] @ going) * raised[word]
        forward[word] = reached / reached.sum()
    for word in range(len(scores) - 2, -1, -1):
        reached = going @ (backward[word + 1] * raised[word + 1])
        backward[word] = reached / reached.sum()
    chance = forward * backward
    result: Scores = chance / chance.sum(axis=1, keepdims=True)
    return result
