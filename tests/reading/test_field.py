"""The fit of the random field, against the gradient by differences and what a corpus plainly shows."""

import itertools

import numpy as np
import pytest

from parley.reading.chain import best_labels
from parley.reading.training.field import Sample, _batches, _gradients, fit_field

ANY = np.ones((3, 2), dtype=bool)


def loss(scores, steps, labels, rows):
    """Minus the log likelihood of some rows of labels, by enumeration of every row."""
    total = 0.0
    for first, end in rows:

        def score(row, first=first):
            here = sum(scores[first + word, label] for word, label in enumerate(row))
            return here + sum(steps[pair] for pair in itertools.pairwise(row))

        everything = [score(row) for row in itertools.product(range(2), repeat=end - first)]
        total += np.logaddexp.reduce(everything) - score(tuple(labels[first:end]))
    return total


def test_the_gradient_is_the_slope_of_the_likelihood():
    rng = np.random.default_rng(4)
    rows = [(0, 3), (3, 4), (4, 9)]
    labels, steps = rng.integers(0, 2, 9), rng.normal(size=(2, 2))
    (batch,) = _batches(Sample(places=np.arange(9)[:, np.newaxis], labels=labels, rows=rows))
    order = batch.features
    scores = rng.normal(size=(9, 2))
    in_words, in_steps = _gradients(batch, batch.shows @ scores[order], steps, ANY)
    gradient = np.empty((9, 2))
    gradient[order] = batch.shows.T @ in_words
    small = 1e-6
    for word, label in np.ndindex(9, 2):
        moved = scores.copy()
        moved[word, label] += small
        slope = (loss(moved, steps, labels, rows) - loss(scores, steps, labels, rows)) / small
        assert gradient[word, label] == pytest.approx(slope, abs=1e-4)
    for pair in np.ndindex(2, 2):
        moved = steps.copy()
        moved[pair] += small
        slope = (loss(scores, moved, labels, rows) - loss(scores, steps, labels, rows)) / small
        assert in_steps[pair] == pytest.approx(slope, abs=1e-4)


def test_labels_that_follow_from_a_feature_and_from_the_label_before_are_learnt(monkeypatch):
    """Labels take turns; feature 0 or 2 says which comes first, 1 says nothing, and 3 has no weight."""
    monkeypatch.setattr("parley.reading.training.field.RATE", 1.0)
    places = np.array([[0], [1], [1], [1], [2], [1], [1], [3]] * 20)
    labels = np.array([0, 1, 0, 1, 1, 0, 1, 0] * 20)
    sample = Sample(places=places, labels=labels, rows=[(start, start + 4) for start in range(0, 160, 4)])
    weights, steps = fit_field(sample, ANY, epochs=100, rng=np.random.default_rng(0))
    assert not weights[3].any()
    for first, expected in ((0, [0, 1, 0, 1, 0]), (2, [1, 0, 1, 0, 1])):
        assert best_labels([weights[[first, 1, 1, 1, 1]].astype(float)], steps)[0].tolist() == expected
