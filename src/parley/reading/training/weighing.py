"""Weights of named signs, fitted by penalised maximum likelihood. `fitted` and `trust` are the main names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from parley.reading.weighing import Row, Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_array

__all__ = ["fitted", "trust"]

RULED = 4.0
"""How much less the signs of the rules are drawn to nought."""

SMALLEST = 0.02
"""A sign that moves no outcome by more than this is dropped."""

SEARCH = {"maxiter": 300}
HALF = 0.5

Many = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def fitted(given: Sequence[Sequence[str]], truth: Many, *, penalty: float) -> Weights:
    """Fit a multinomial logistic regression.

    Parameters
    ----------
    given : the signs of each case; those whose names begin with `rule` are drawn to nought less than others
    truth : array, shape (case, outcome); how much each outcome is taken to be right, adding up to 1
    penalty : how strongly weights are drawn to nought, in units of a case's log likelihood

    Returns
    -------
    the weights, trusted as they stand
    """
    from scipy.optimize import minimize

    names = sorted({sign for signs in given for sign in signs if "\n" not in sign})
    shown = _shown(given, names)
    size, outcomes = (len(names), truth.shape[1]), truth.shape[1]
    drawn = penalty * np.array([1 / RULED if name.startswith("rule") else 1.0 for name in names])[:, np.newaxis]

    def loss(flat: Row) -> tuple[float, Row]:
        level, table = flat[:outcomes], flat[outcomes:].reshape(size)
        scores = shown @ table + level
        scores -= scores.max(axis=1, keepdims=True)
        total = np.log(np.exp(scores).sum(axis=1, keepdims=True))
        wrong = np.exp(scores - total) - truth
        value = float((truth * (total - scores)).sum() + (drawn * table**2).sum() / 2)
        slope: Row = np.concatenate([wrong.sum(axis=0), (shown.T @ wrong + drawn * table).ravel()])
        return value, slope

    best = minimize(loss, np.zeros(outcomes * (len(names) + 1)), jac=True, method="L-BFGS-B", options=SEARCH).x
    table: Many = best[outcomes:].reshape(size)
    kept = np.flatnonzero(np.abs(table).max(axis=1) >= SMALLEST)
    place = {names[row]: at for at, row in enumerate(kept.tolist())}
    return Weights(place=place, table=table[kept], level=best[:outcomes], trust=(0.0, 1.0))


def _shown(given: Sequence[Sequence[str]], names: Sequence[str]) -> csr_array:
    """Which signs each case shows: an array, shape (case, sign)."""
    from scipy.sparse import csr_array

    place = {name: row for row, name in enumerate(names)}
    rows = [[place[sign] for sign in signs if sign in place] for signs in given]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column in row], dtype=np.int64)
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(given), len(names)))


def trust(chance: Row, right: Row) -> tuple[float, float]:
    """Level and slope of the log odds of being right, over those of the likeliest outcome.

    Parameters
    ----------
    chance : array, shape (case,); log odds of the outcome that is likeliest
    right : array, shape (case,); 1 where it is right, else 0
    """
    from scipy.optimize import minimize

    def loss(line: Row) -> float:
        score = line[0] + line[1] * chance
        return float(np.logaddexp(0, np.where(right > HALF, -score, score)).sum())

    level, slope = minimize(loss, np.array([0.0, 1.0]), method="Nelder-Mead").x
    return (round(float(level), 4), round(float(slope), 4)) if math.isfinite(level + slope) else (0.0, 1.0)
