"""Trades as arrays: `recorded` one by one, `totals` by party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from parley.methods.exchange_terms import Trade

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["TOTALS", "means", "recorded", "totals"]

TOTALS = ("inner_gain", "inner_loss", "outer_gain", "outer_loss")
"""What trades of others are to a party; in the order of `parley.methods.exchange_terms.EFFECTS` from 1 on."""


def recorded(trades: Sequence[tuple[int, Trade]], parties: int) -> dict[str, Any]:
    """Lay trades out along `trade`: who, on which issue, from where to where, at what gain and to whose cost."""
    made = [trade for _, trade in trades]
    return {
        "trade_round": (("trade",), np.array([t for t, _ in trades], dtype=np.int64)),
        "trade_party": (("trade", "side"), _table([(each.i, each.j) for each in made], 2).astype(np.int64)),
        "trade_issue": (("trade", "side"), _table([(each.p, each.q) for each in made], 2).astype(np.int64)),
        "trade_from": (("trade", "side"), _table([each.begin for each in made], 2)),
        "trade_to": (("trade", "side"), _table([each.end for each in made], 2)),
        "trade_gain": (("trade", "side"), _table([each.gains for each in made], 2)),
        "trade_equal_gain": (("trade",), np.array([each.gain for each in made], dtype=np.float64)),
        "trade_external": (("trade", "party"), _table([each.external for each in made], parties)),
        "trade_effect": (("trade", "party"), _table([each.effect for each in made], parties).astype(np.int64)),
    }


def _table(rows: Sequence[Any], width: int) -> Array:
    return np.array(rows, dtype=np.float64).reshape(len(rows), width)


def totals(trades: Sequence[tuple[int, Trade]], parties: int) -> tuple[Array, Array]:
    """What each party gains by its own trades, shape (party,), and by those of others, shape (party, kind)."""
    own, felt = np.zeros(parties), np.zeros((parties, len(TOTALS)))
    for _, trade in trades:
        own[[trade.i, trade.j]] += trade.gains
        for k in range(len(TOTALS)):
            felt[trade.effect == k + 1, k] += trade.external[trade.effect == k + 1]
    return own, felt


def means(votes: Array, weight: Array) -> Array:
    """Weighted means of votes, shape (..., issue) from (..., party, issue); NaN where nobody has weight."""
    total = weight.sum(axis=-2)
    pulled = (weight * np.nan_to_num(votes)).sum(axis=-2)
    total = np.broadcast_to(total, pulled.shape)
    result: Array = np.divide(pulled, total, out=np.full(pulled.shape, np.nan), where=total > 0)
    return result
