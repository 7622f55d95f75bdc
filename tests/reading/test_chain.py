"""The chain of labels, against the enumeration of every row of labels; rows side by side, against each alone."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parley.reading.chain import best_labels, marginals


def every_row(scores, steps):
    """Each row of labels with its score."""
    count, labels = scores.shape
    for row in itertools.product(range(labels), repeat=count):
        total = sum(scores[word, label] for word, label in enumerate(row))
        yield row, total + sum(steps[pair] for pair in itertools.pairwise(row))


@given(st.integers(0, 2**32 - 1), st.integers(1, 5))
def test_the_best_row_is_the_best_of_all_and_marginals_are_sums_over_all(seed, count):
    rng = np.random.default_rng(seed)
    scores, steps = rng.normal(size=(count, 3)), rng.normal(size=(3, 3))
    rows = dict(every_row(scores, steps))
    (best,), (found,) = best_labels([scores], steps), marginals([scores], steps)
    assert tuple(best.tolist()) == max(rows, key=rows.get)
    weight = {row: np.exp(score) for row, score in rows.items()}
    expected = [
        [sum(w for row, w in weight.items() if row[word] == label) / sum(weight.values()) for label in range(3)]
        for word in range(count)
    ]
    assert found == pytest.approx(np.array(expected))


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 6), max_size=5))
def test_what_comes_out_for_a_row_does_not_depend_on_the_rows_beside_it(seed, lengths):
    rng = np.random.default_rng(seed)
    steps = np.where(rng.random((3, 3)) < 0.2, -np.inf, rng.normal(size=(3, 3)))
    steps[0] = rng.normal(size=3)
    steps[:, 0] = 0.0
    rows = [rng.normal(size=(length, 3)) for length in lengths]
    for together, alone in ((best_labels(rows, steps), best_labels), (marginals(rows, steps), marginals)):
        assert [each.tolist() for each in together] == [alone([row], steps)[0].tolist() for row in rows]


def test_a_forbidden_step_is_never_taken():
    scores, steps = np.array([[5.0, 0], [0, 5.0]]), np.array([[0, -1e9], [0, 0]])
    assert best_labels([scores], steps)[0].tolist() in ([0, 0], [1, 1])
    assert marginals([scores], steps)[0][1, 1] == pytest.approx(np.exp(5) / (2 * np.exp(5) + 1), rel=1e-6)


def test_long_rows_neither_overflow_nor_vanish():
    scores = np.random.default_rng(0).normal(scale=100, size=(3000, 7))
    (chance,) = marginals([scores], np.zeros((7, 7)))
    assert np.isfinite(chance).all()
    assert chance.sum(axis=1) == pytest.approx(np.ones(3000))
    assert best_labels([scores], np.zeros((7, 7)))[0].tolist() == scores.argmax(axis=1).tolist()
