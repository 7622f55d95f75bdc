"""What a mediator puts on the table: `nash_text`, the best package by its beliefs, and `single_text`, one that grows.

A mediator knows the parties' wishes as far as it believes them; what it proposes rests on that, and not on what is
true.

Source
------
[Nash1950]_ for the first; the single negotiating text of [Raiffa1982]_, whose steps from text to text are ours, for the
second.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from parley.methods.frontier import nash

__all__ = ["nash_text", "single_text"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


def nash_text(worth: Array, reserve: Array, signs: Flags) -> int | None:
    """The package with the largest product of gains among those that all would sign, as the mediator believes.

    Parameters
    ----------
    worth : array, shape (party, package)
        What it believes that packages are worth to those it counts.
    reserve : array, shape (party,)
        What it believes that no agreement is worth to them.
    signs : array, shape (package,)
        Which packages nobody's red line rules out, as it believes.

    Returns
    -------
    The first of the places that tie; None if nothing can be signed
    """
    able = np.flatnonzero(signs)
    found = nash(worth[:, able], reserve)
    return int(able[found[0]]) if found.size else None


def single_text(worth: Array, sizes: Sequence[int], *, start: int, signs: Flags | None = None) -> tuple[int, ...]:
    """Improve one text step by step, changing one issue or two at a time.

    Each text is worse for nobody than the one before it and better for somebody, as the mediator believes; of these it
    takes the one that raises the sum most, the first in the list where several do.

    Parameters
    ----------
    worth : array, shape (party, package)
        What it believes.
    sizes : number of levels of each issue
    start : place of the first text
    signs : array, shape (package,)
        Packages that may stand in a text; None: all.

    Returns
    -------
    Places of the texts, the first one included; the last one cannot be improved in such steps
    """
    texts = [start]
    while True:
        here = worth[:, texts[-1]]
        near = np.array(sorted(set(_near(texts[-1], sizes))), dtype=np.intp)
        allowed = near if signs is None else near[signs[near]]
        gains = worth[:, allowed] - here[:, np.newaxis]
        better = (gains >= -1e-12).all(axis=0) & (gains.sum(axis=0) > 1e-9)
        if not better.any():
            return tuple(texts)
        total = np.where(better, gains.sum(axis=0), -np.inf)
        texts.append(int(allowed[np.argmax(total)]))


def _near(place: int, sizes: Sequence[int]) -> Iterator[int]:
    """Packages that differ in one issue or two."""
    strides = np.cumprod([1, *sizes[:0:-1]])[::-1]
    levels = np.unravel_index(place, tuple(sizes))
    shifts = [
        [int((level - levels[i]) * strides[i]) for level in range(sizes[i]) if level != levels[i]]
        for i in range(len(sizes))
    ]
    for one in itertools.chain.from_iterable(shifts):
        yield place + one
    for first, second in itertools.combinations(shifts, 2):
        for one, other in itertools.product(first, second):
            yield place + one + other
