"""The weights of a linear-chain random field, fitted by stochastic gradients. `fit_field` is the main name.

Each step follows the gradient of the log likelihood, [Lafferty2001]_, of some rows of labels, scaled by AdaGrad,
[Duchi2011]_, and draws weights to nought a little. The same seed gives the same order of steps, and the same weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Sample", "fit_field"]

Array = np.ndarray[Any, np.dtype[Any]]

RATE = 0.05
PENALTY = 0.01
TOKENS = 1500
"""About so many words are looked at before a step."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Batch:
    """Rows of labels that one step looks at, padded to one length.

    Attributes
    ----------
    features : array, shape (feature,); the features that its words show
    shows : sparse array, shape (word, place in `features`)
    labels : array, shape (word,)
    valid : array, shape (row, length); where a row has a word
    """

    features: Array
    shows: Any
    labels: Array
    valid: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """Words with their features and true labels.

    Attributes
    ----------
    places : array, shape (word, question); the feature that answers each question, 0..features; the last has no weight
    labels : array, shape (word,)
    rows : the first word of each row of labels, and one past its last
    """

    places: Array
    labels: Array
    rows: Sequence[tuple[int, int]]


def fit_field(
    sample: Sample,
    allowed: Array,
    *,
    epochs: int,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Array, Array]:
    """Fit the weights of features and of steps between labels.

    Parameters
    ----------
    sample : what to fit to
    allowed : array, shape (label + 1, label); which label (column) may follow which (row); the last row is the start
    epochs : how often every row is looked at
    rng : draws the order
    progress : called with the number of epochs done and of all

    Returns
    -------
    Weights of features, array of shape (feature + 1, label), and of steps, array of shape (label, label).
    """
    count = allowed.shape[1]
    weights = np.zeros((int(sample.places.max()) + 1, count), dtype=np.float32)
    steps = np.zeros((count, count))
    squares, step_squares = np.full_like(weights, 1e-4), np.full_like(steps, 1e-4)
    batches = _batches(sample)
    for epoch in range(epochs):
        for number in rng.permutation(len(batches)):
            batch = batches[number]
            used = weights[batch.features]
            off, step_gradient = _gradients(batch, batch.shows @ used, steps, allowed)
            gradient = (batch.shows.T @ off).astype(np.float32) + PENALTY * used
            squares[batch.features] += gradient**2
            weights[batch.features] = used - RATE * gradient / np.sqrt(squares[batch.features])
            weights[-1] = 0.0
            step_squares += step_gradient**2
            steps -= RATE * step_gradient / np.sqrt(step_squares)
        if progress:
            progress(epoch + 1, epochs)
    return weights, steps


def _batches(sample: Sample) -> list[_Batch]:
    """Rows of like length together."""
    from scipy.sparse import csr_array

    groups: list[list[tuple[int, int]]] = [[]]
    size = 0
    for row in sorted(sample.rows, key=lambda row: (row[1] - row[0], row)):
        if size + row[1] - row[0] > TOKENS and groups[-1]:
            groups.append([])
            size = 0
        groups[-1].append(row)
        size += row[1] - row[0]
    found = []
    for group in groups:
        words = np.concatenate([np.arange(first, end) for first, end in group])
        features, shown = np.unique(sample.places[words], return_inverse=True)
        ends = np.arange(0, shown.size + 1, sample.places.shape[1], dtype=np.int32)
        ones = np.ones(shown.size, dtype=np.float32)
        shows = csr_array((ones, shown.ravel().astype(np.int32), ends), shape=(len(words), len(features)))
        lengths = np.array([end - first for first, end in group])
        valid = np.arange(lengths.max()) < lengths[:, np.newaxis]
        found.append(_Batch(features=features, shows=shows, labels=sample.labels[words], valid=valid))
    return found


def _gradients(batch: _Batch, scores: Array, steps: Array, allowed: Array) -> tuple[Array, Array]:
    """The gradient of the loss in the scores of words, shape (word, label), and in the steps, shape (label, label)."""
    valid = batch.valid
    count = steps.shape[0]
    raised = np.ones((*valid.shape, count))
    raised[valid] = np.exp(scores - scores.max(axis=1, keepdims=True))
    raised[:, 0] *= allowed[-1]
    going = np.exp(steps - steps.max()) * allowed[:-1]
    forward, backward = _passes(raised, going, valid)
    chance = forward * backward
    chance /= chance.sum(axis=2, keepdims=True)
    off = chance[valid]
    off[np.arange(len(off)), batch.labels] -= 1
    both = forward[:, :-1, :, np.newaxis] * going * (raised * backward)[:, 1:, np.newaxis, :]
    both /= both.sum(axis=(2, 3), keepdims=True)
    gradient = both[valid[:, 1:]].sum(axis=0)
    true = np.zeros(valid.shape, dtype=np.int64)
    true[valid] = batch.labels
    np.subtract.at(gradient, (true[:, :-1][valid[:, 1:]], true[:, 1:][valid[:, 1:]]), 1)
    return off.astype(np.float32), gradient


def _passes(raised: Array, going: Array, valid: Array) -> tuple[Array, Array]:
    """The forward and backward messages of the forward-backward method, each scaled to sum to one."""
    forward, backward = np.empty_like(raised), np.ones_like(raised)
    forward[:, 0] = raised[:, 0] / raised[:, 0].sum(axis=1, keepdims=True)
    last = raised.shape[1] - 1
    for word in range(1, last + 1):
        reached = (forward[:, word - 1] @ going) * raised[:, word]
        forward[:, word] = reached / reached.sum(axis=1, keepdims=True)
    for word in range(last - 1, -1, -1):
        reached = (backward[:, word + 1] * raised[:, word + 1]) @ going.T
        scaled = reached / reached.sum(axis=1, keepdims=True)
        backward[:, word] = np.where(valid[:, word + 1, np.newaxis], scaled, 1.0)
    return forward, backward
