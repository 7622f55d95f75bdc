"""The packages as each party at a table ranks them. `Table` and `ranked` are the main names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError

__all__ = ["Table", "ranked"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

SMALLEST = 1e-200
"""Worths that lie no further apart are not put into whole numbers."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """The packages as each party sees them.

    Attributes
    ----------
    worth : what each package is worth, shape (party, package)
    signs : whether the party would sign it at all, shape (party, package)
    order : places of the packages, the best of those that the party would sign first, shape (party, package)
    own : what these are worth to it, falling; -inf for those that it would not sign, shape (party, package)
    count : how many it would sign, shape (party,)
    choice : which package it offers if it is content with the first so many of its order, by what it looks at, shape
        (look, party, package)
    """

    worth: Array
    signs: Flags
    order: Places
    own: Array
    count: Places
    choice: Places

    def part(self, key: Any) -> Table:
        """One of several tables, or some of them, by an index along their first axis."""
        return Table(**{name: getattr(self, name)[key] for name in self.__slots__})


def ranked(worth: Array, signs: Flags | None = None, looks: Sequence[Array | None] = (None,)) -> Table:
    """Rank the packages for each party, at one table or at several of the same size.

    Parameters
    ----------
    worth : array, shape (..., party, package), finite
    signs : array, shape (..., party, package); None: everybody would sign everything
    looks : what a party may look at among packages that it is content with, each of shape (..., party, package), the
        larger the better, such as what they are worth to the others; None: its own worth, the least first

    Returns
    -------
    Table; packages that tie keep their order in the list, and of packages that would be offered alike the first is

    Raises
    ------
    EngineError
        If there is no package.
    """
    if not worth.shape[-1]:
        raise EngineError("there is no package to talk about")
    able = np.ones(worth.shape, dtype=np.bool_) if signs is None else signs
    order, own = _descending(worth, able)
    choice = []
    for look in looks:
        if look is None:
            new = own[..., 1:] != own[..., :-1]
            choice.append(order if new.all() else _taken(order, _last_start(new)))
        else:
            choice.append(_taken(order, _first_of_best(_taken(look, order))))
    count = able.sum(axis=-1).astype(np.int64)
    return Table(worth=worth, signs=able, order=order, own=own, count=count, choice=np.stack(choice, axis=-3))


def _descending(worth: Array, able: Flags) -> tuple[Places, Array]:
    """Places by falling worth, ties in the order of the list, packages that are not signed last; and the worths.

    A worth, as a whole number, and the place below it make one number, which sorts several times as fast as places by
    worths do. Where two worths are too near to be told apart so, places are sorted by the worths themselves.
    """
    size = worth.shape[-1]
    bits = size.bit_length()
    most = 2.0 ** (62 - bits) - 2.0
    high = worth.max(axis=-1, keepdims=True)
    span = high - worth.min(axis=-1, keepdims=True)
    keys = ((high - worth) * np.divide(most, span, out=np.zeros(span.shape), where=span > SMALLEST)).astype(np.int64)
    every = bool(able.all())
    if not every:
        keys[~able] = int(most) + 1
    keys <<= bits
    keys |= np.arange(size)
    keys.sort(axis=-1)
    order = np.bitwise_and(keys, (1 << bits) - 1, out=keys)
    signed = worth if every else np.where(able, worth, -np.inf)
    own = _taken(signed, order)
    wrong = (own[..., 1:] > own[..., :-1]).any(axis=-1)
    if wrong.any():
        order[wrong] = np.argsort(-signed[wrong], axis=-1, kind="stable")
        own[wrong] = _taken(signed[wrong], order[wrong])
    return order, own


def _first_of_best(looked: Array) -> Places:
    """For each rank, the first rank up to it with the largest appeal."""
    best = np.maximum.accumulate(looked, axis=-1)
    return _last_start(best[..., 1:] > best[..., :-1])


def _last_start(starts: Flags) -> Places:
    """For each rank, the last one at which something new begins; at the first, something does."""
    ranks = np.zeros((*starts.shape[:-1], starts.shape[-1] + 1), dtype=np.int64)
    np.multiply(starts, np.arange(1, starts.shape[-1] + 1), out=ranks[..., 1:])
    return np.maximum.accumulate(ranks, axis=-1, out=ranks)


def _taken(values: NDArray[Any], places: Places) -> NDArray[Any]:
    """The values at these places along the last axis; as numpy's `take_along_axis`, and faster."""
    rows = np.arange(0, values.size, values.shape[-1]).reshape(*values.shape[:-1], 1)
    return np.ascontiguousarray(values).reshape(-1).take(places + rows)
