"""Central paths of many bargains at once: the twin of the Newton steps of `parley.methods.bargaining`.

Main names: `highest` and `nash`. A bargain is one array with a plane for each quantity, and what is known of it in
between is one array with a row for each: the fewer arrays compiled functions hand around, the sooner they are ready.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["highest", "nash"]

Array = NDArray[np.float64]

LEAST_WEIGHT, BARRIER, STEPS, LAST_STEPS = 1e-9, 1e-13, 200, 3
"""As in `parley.methods.bargaining`."""

POSITION, SHARE, DISTANCE = range(3)
"""Planes, each of shape (party, issue)."""

BEYOND, COUNTS, PRICE, SLACK, GAIN, TARGET, TURN, POINT, STEP = range(9)
"""Rows: by party up to `TURN`, then by issue."""


def highest(
    planes: Array, beyond: Array, counts: Array, start: Array, room: Array
) -> tuple[Array, Array, Array, Array]:
    """Maximise t where each party's gain is at least counts t.

    Parameters
    ----------
    planes : array, shape (bargain, 3, party, issue)
        Position, share and distance as in `parley.methods.bargaining.Bargain`, without NaN. A party without a share
        takes no part; an issue in which nobody has a share stays at its start.
    beyond, counts : arrays, shape (bargain, party)
    start : array, shape (bargain, issue)
    room : array, shape (bargain,), how far below its limit t starts, > 0

    Returns
    -------
    settlement, shape (bargain, issue); value t, shape (bargain,); price and slack, shape (bargain, party)
    """
    settlement, value, rows = _followed(planes, beyond, counts, start, room)
    return settlement, value, rows[:, PRICE, : beyond.shape[1]], rows[:, SLACK, : beyond.shape[1]]


def nash(planes: Array, beyond: Array, weight: Array, start: Array) -> tuple[Array, Array]:
    """Maximise the product of gains to the power of the weights, from a start where all gain.

    Parameters
    ----------
    planes, beyond, start : arrays
        As in `highest`.
    weight : array, shape (bargain, party)
        Largest 1 in each bargain.

    Returns
    -------
    settlement, shape (bargain, issue), and price, weight over gain, shape (bargain, party)
    """
    settlement, _, rows = _followed(planes, beyond, weight, start, np.zeros(len(planes)))
    return settlement, rows[:, PRICE, : beyond.shape[1]]


def _followed(planes: Array, beyond: Array, counts: Array, start: Array, room: Array) -> tuple[Array, Array, Array]:
    bargains, _, parties, issues = planes.shape
    rows = np.zeros((bargains, STEP + 1, max(parties, issues) + 1))
    idle = ~planes[:, SHARE].any(axis=2)
    rows[:, BEYOND, :parties], rows[:, COUNTS, :parties] = np.where(idle, 1.0, beyond), np.where(idle, 0.0, counts)
    rows[:, POINT, :issues] = start
    value = np.array(room, dtype=np.float64)
    _follow_all(np.ascontiguousarray(planes, dtype=np.float64), rows, value)
    rows[:, PRICE, :parties][idle] = 0.0
    return rows[:, POINT, :issues], value, rows


@njit(cache=True, error_model="numpy")
def _follow_all(planes: Array, rows: Array, value: Array) -> None:
    parties, issues = planes.shape[2], planes.shape[3]
    work = np.empty((parties + issues + 1, issues + 1))
    for k in range(planes.shape[0]):
        value[k] = _follow(planes[k], rows[k], work, parties, issues, value[k])


@njit(cache=True, error_model="numpy")
def _follow(plane: Array, row: Array, work: Array, n: int, m: int, room: float) -> float:  # noqa: C901, PLR0913 - compiled
    """Follow the central path to its end, or, without room, to the point of the weights."""
    for j in range(m + 1):
        row[STEP, j] = 0.0
    _gains(plane, row, n, m, 0.0)
    weighted, value, total = room == 0.0, np.inf, 0.0
    for p in range(n):
        total += row[COUNTS, p]
        if row[COUNTS, p] > 0.0:
            value = min(value, row[GAIN, p] / row[COUNTS, p])
    value = 0.0 if weighted else value - room
    for p in range(n):
        row[PRICE, p] = 1.0 / row[GAIN, p] if weighted else 1.0 / total
    far, finished, barrier = 0.0, 0, 1.0
    for _ in range(STEPS):
        mean = 0.0
        for p in range(n):
            row[SLACK, p] = row[GAIN, p] - (0.0 if weighted else row[COUNTS, p] * value)
            mean += row[SLACK, p] * row[PRICE, p] / n
        if not weighted:
            finished += 1 if mean <= BARRIER else 0
            barrier = max(mean * (0.1 if far > 0.8 else 0.5), BARRIER / 10.0)
        if finished > LAST_STEPS:
            break
        for p in range(n):
            row[TARGET, p] = max(row[COUNTS, p], barrier) if weighted else barrier
        far = _step(plane, row, work, n, m, m if weighted else m + 1, value)
        value += far * row[STEP, m]
        if weighted:
            moved = 0.0
            for j in range(m):
                moved = max(moved, abs(far * row[STEP, j]))
            if barrier <= LEAST_WEIGHT and moved <= 1e-15:
                break
            barrier = max(barrier * (0.1 if far > 0.8 else 0.5), LEAST_WEIGHT)
    for p in range(n):
        row[SLACK, p] = row[GAIN, p] - (0.0 if weighted else row[COUNTS, p] * value)
        if weighted:
            row[PRICE, p] = row[COUNTS, p] / row[GAIN, p]
    return value


@njit(cache=True, error_model="numpy")
def _gains(plane: Array, row: Array, n: int, m: int, far: float) -> None:
    """Fill `GAIN` at the settlement, gone so far along the step."""
    for p in range(n):
        total = row[BEYOND, p]
        for j in range(m):
            apart = abs(row[POINT, j] + far * row[STEP, j] - plane[POSITION, p, j])
            total += plane[SHARE, p, j] * (plane[DISTANCE, p, j] - apart) * (plane[DISTANCE, p, j] + apart)
        row[GAIN, p] = total


@njit(cache=True, error_model="numpy")
def _step(plane: Array, row: Array, work: Array, n: int, m: int, size: int, value: float) -> float:  # noqa: C901, PLR0913 - compiled
    """Take one Newton step as far as slacks and prices stay above 0; the share of it that was taken.

    The last of the variables is the value t where `size` is m + 1; with m there is none.
    """
    for i in range(size):
        for j in range(i + 1):
            work[i, j] = 0.0
    for i in range(m + 1):
        row[STEP, i] = 1.0 if m < size and i == m else 0.0
    for p in range(n):
        at = size + p
        work[at, m] = -row[COUNTS, p]
        for j in range(m):
            work[at, j] = 2.0 * plane[SHARE, p, j] * (plane[POSITION, p, j] - row[POINT, j])
            work[j, j] += 2.0 * row[PRICE, p] * plane[SHARE, p, j]
        for i in range(size):
            steep = work[at, i] / row[SLACK, p]
            row[STEP, i] += steep * row[TARGET, p]
            for j in range(i + 1):
                work[i, j] += steep * work[at, j] * row[PRICE, p]
    _solve(work, row, size)
    far = 1.0
    for p in range(n):
        fall = 0.0
        for i in range(size):
            fall += work[size + p, i] * row[STEP, i]
        row[TURN, p] = (row[TARGET, p] - row[PRICE, p] * fall) / row[SLACK, p] - row[PRICE, p]
        if row[TURN, p] < 0.0:
            far = min(far, -0.95 * row[PRICE, p] / row[TURN, p])
    while True:
        _gains(plane, row, n, m, far)
        inside = True
        for p in range(n):
            limit = row[COUNTS, p] * (value + far * row[STEP, m]) if size > m else 0.0
            inside = inside and row[GAIN, p] - limit > 0.02 * row[SLACK, p]
        if inside or far <= 1e-12:
            break
        far *= 0.7
    for p in range(n):
        row[PRICE, p] += far * row[TURN, p]
    for j in range(m):
        row[POINT, j] += far * row[STEP, j]
    return far


@njit(cache=True, error_model="numpy")
def _solve(work: Array, row: Array, size: int) -> None:
    """Solve by Cholesky: the matrix in the lower triangle of `work`, the right side and then the answer in `STEP`."""
    for i in range(size):
        for j in range(i + 1):
            total = work[i, j]
            for k in range(j):
                total -= work[i, k] * work[j, k]
            work[i, j] = math.sqrt(max(total, 1e-15 * work[i, j], 1e-300)) if i == j else total / work[j, j]
        total = row[STEP, i]
        for k in range(i):
            total -= work[i, k] * row[STEP, k]
        row[STEP, i] = total / work[i, i]
    for i in range(size - 1, -1, -1):
        total = row[STEP, i]
        for k in range(i + 1, size):
            total -= work[k, i] * row[STEP, k]
        row[STEP, i] = total / work[i, i]
