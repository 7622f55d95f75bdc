"""Which spans belong together, by what the network makes of them. `chances` is the main name.

A span is seen by its first and its last token. Its score with another is bilinear in two projections, plus how much
the other one asks to be chosen, plus a number for how far apart they are; one further score is for belonging to none.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from thinc.backends import NumpyOps

__all__ = ["BUCKETS", "KINDS", "chances", "distances"]

KINDS = ("content_cue", "cue_source")
BUCKETS = 32

Ends = np.ndarray[tuple[int, int], np.dtype[np.int64]]
Values = np.ndarray[Any, np.dtype[np.float32]]


def distances(here: Ends, there: Ends) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """How far apart spans are, in steps that grow with the distance; from 16 on if the other one comes later.

    Parameters
    ----------
    here, there : arrays, shape (span, 2); first and last token

    Returns
    -------
    array, shape (here, there), 0..BUCKETS - 1
    """
    ahead = there[np.newaxis, :, 0] - here[:, np.newaxis, 1]
    behind = np.maximum(here[:, np.newaxis, 0] - there[np.newaxis, :, 1], 0)
    apart = np.where(ahead > 0, ahead, behind)
    steps = np.minimum(np.ceil(1.6 * np.log2(apart + 1)), BUCKETS // 2 - 1).astype(np.int64)
    bucket: np.ndarray[tuple[int, int], np.dtype[np.int64]] = np.where(
        ahead > 0, BUCKETS // 2 + steps, BUCKETS // 2 - 1 - steps
    )
    return bucket


def chances(weights: Mapping[str, Values], hidden: Values, here: Ends, there: Ends) -> Values:
    """How likely each span belongs to each other one, and at last to none.

    Parameters
    ----------
    weights : the weights of one kind of link, by name
    hidden : array, shape (token, width); tokens in their context
    here, there : arrays, shape (span, 2); first and last token

    Returns
    -------
    array, shape (here, there + 1); each row sums to 1
    """
    mine = np.tanh(_times(hidden[here].reshape(len(here), -1), weights["here.weight"]) + weights["here.bias"])
    alone = _times(mine, weights["alone.weight"]) + weights["alone.bias"]
    if len(there):
        yours = np.tanh(_times(hidden[there].reshape(len(there), -1), weights["there.weight"]) + weights["there.bias"])
        pair = _times(_times(mine, weights["meet.weight"]), yours) + _times(yours, weights["wanted.weight"]).T
        pair = pair + weights["distance.weight"][distances(here, there), 0]
        alone = np.concatenate([pair, alone], axis=1)
    raised = np.exp(alone - alone.max(axis=1, keepdims=True))
    chance: Values = raised / raised.sum(axis=1, keepdims=True)
    return chance


def _times(left: Values, right: Values) -> Values:
    """The product with a transposed matrix, by the parser's library, which keeps to one core.

    numpy wakes a thread for each core even for products as small as these; where the cores are busy, as when several
    articles are read at a time, the threads wait for one another at the cost of many times the product.
    """
    product: Values = _ops().gemm(left, right, trans2=True)
    return product


@functools.cache
def _ops() -> NumpyOps:
    from thinc.backends import NumpyOps

    return NumpyOps()
