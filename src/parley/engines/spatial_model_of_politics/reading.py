"""Draws as the model takes them: points 0..1, saliences that sum to at most 1. `read` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.methods.collective import batch_weights, undefined
from parley.methods.columns import capabilities, positions, saliences

__all__ = ["Reading", "SalienceScale", "read"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

SalienceScale = Literal["largest_sum", "own_sum"]

ROUNDING = 1e-9
"""How far a sum of saliences may lie above 1 and still count as 1."""


TAKEN = (0.01, 1e8)
"""Between what bounds the largest capability is left as it is; KTAB takes none above the upper one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What the model needs of each draw.

    Attributes
    ----------
    position : where the parties stand, NaN where they take no position, shape (draw, party, issue), 0..1
    point : the same, with the compromise mean in place of NaN
    salience : array, shape (draw, party, issue), >= 0; a party's sum is at most 1
    capability : array, shape (draw, party), > 0; NaN for those that take no part
    order : parties from the strongest to the weakest, shape (draw, party)
    weight : capability times salience, shape (draw, party, issue), relative
    failure : why a draw has no answer, shape (draw,), empty where it has one
    """

    position: Array
    point: Array
    salience: Array
    capability: Array
    order: Index
    weight: Array
    failure: NDArray[np.str_]


def read(draws: Draws, scale: SalienceScale) -> Reading:
    """Read each draw.

    Parameters
    ----------
    draws : the draws
    scale : `largest_sum`: saliences are taken as they are unless some party's sum is above 1, and else divided by the
        largest sum of any party; `own_sum`: each party's are divided by their own sum
    """
    position, weight = positions(draws) / 100.0, batch_weights(draws)
    salience, capability = _scaled(np.where(np.isnan(position), 0.0, saliences(draws)), scale), capabilities(draws)
    total = salience.sum(axis=2)
    present = (total > 0.0) & (capability > 0.0)
    pulled, pull = (weight * np.nan_to_num(position)).sum(axis=1), weight.sum(axis=1)
    mean = np.divide(pulled, pull, out=np.zeros_like(pull), where=pull > 0.0)
    point = np.where(np.isnan(position), mean[:, np.newaxis, :], position)
    power = _usual(capability)
    keys = [point[:, :, d] for d in reversed(range(point.shape[2]))]
    return Reading(
        position=position,
        point=point,
        salience=salience,
        capability=np.where(present, power, np.nan),
        order=np.lexsort([*keys, -power * total], axis=1),
        weight=weight,
        failure=undefined(position, weight),
    )


def _scaled(salience: Array, scale: SalienceScale) -> Array:
    """Bring each party's sum of saliences to at most 1."""
    total = np.cumsum(salience, axis=2)[:, :, -1:]
    if scale == "largest_sum":
        largest = total.max(axis=1, keepdims=True)
        return salience / np.where(largest > 1.0 + ROUNDING, largest, 1.0)
    return np.divide(salience, total, out=np.zeros_like(salience), where=total > 0.0)


def _usual(capability: Array) -> Array:
    """Capabilities on a scale that KTAB takes.

    The model adds tiny numbers to the strength of coalitions, so that the unit of capability is not quite without
    meaning. A largest capability within `TAKEN` is left as it is; any other is brought to 64..128 by a power of two,
    which changes no digit.
    """
    largest = capability.max(axis=1, keepdims=True)
    taken = (largest >= TAKEN[0]) & (largest <= TAKEN[1])
    exponent = np.frexp(np.where(largest > 0.0, largest, 1.0))[1]
    return np.asarray(np.where(taken, capability, np.ldexp(capability, 7 - exponent)), dtype=np.float64)
