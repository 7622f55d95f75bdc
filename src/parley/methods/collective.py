"""What models of collective decision making share: weights, and settlements held against payoffs and red lines."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.forecast import Forecast
from parley.methods.columns import capabilities, positions, red_lines, saliences
from parley.methods.payoff import payoffs
from parley.methods.weighted import relative

__all__ = ["CARD_ASSUMPTIONS", "CARD_UNREAD", "CARD_UNREAD_BUT_RULES", "batch_weights", "detail", "judged", "undefined"]

Array = NDArray[np.float64]

CARD_ASSUMPTIONS = (
    "A decision is made on every issue.",
    "Each issue is settled by itself; nothing is traded between issues.",
)


CARD_UNREAD = (
    "What conditions, flexibility, links between issues and rules of decision would change: it does not read them.",
)

CARD_UNREAD_BUT_RULES = ("What conditions, flexibility and links between issues would change: it does not read them.",)


def batch_weights(draws: Draws) -> Array:
    """Capability times salience, shape (draw, party, issue), relative: 0..1; 0 where a party takes no position."""
    return np.asarray(saliences(draws) * relative(capabilities(draws), 1)[:, :, np.newaxis], dtype=np.float64)


def undefined(position: Array, weight: Array) -> NDArray[np.str_]:
    """Say why a draw has no settlement: parties stand on an issue, but nobody with capability cares.

    Shape (draw,); empty where there is a settlement.

    Parameters
    ----------
    position, weight : arrays, shape (draw, party, issue)
        Points 0..100, NaN where a party takes none; weights >= 0.
    """
    orphaned = ((~np.isnan(position)).any(axis=1) & (weight.sum(axis=1) <= 0)).sum(axis=1)
    return np.array(
        [f"no party with capability cares about {count} issue(s)" if count else "" for count in orphaned], dtype=np.str_
    )


def judged(draws: Draws, settlement: Array) -> dict[str, Any]:
    """Hold settlements against what the parties want.

    Parameters
    ----------
    draws : the draws
    settlement : array, shape (draw, issue)
        Points 0..100; NaN where an issue is not settled.

    Returns
    -------
    Variables by name: `settlement`, `payoff`, `red_lines_crossed` (draw, issue) and `within_red_lines` (draw).
    """
    low, high = red_lines(draws)
    point = settlement[:, np.newaxis, :]
    tolerance = 1e-9
    crossed = ((point < low - tolerance) | (point > high + tolerance)).sum(axis=1).astype(np.float64)
    return {
        "settlement": settlement,
        "payoff": payoffs(settlement, positions(draws), saliences(draws)),
        "red_lines_crossed": (("draw", "issue"), crossed),
        "within_red_lines": (crossed.sum(axis=1) == 0).astype(np.float64),
    }


def detail(forecast: Forecast) -> dict[str, Any]:
    """The issues on which the settlement crosses a red line, with the number of parties whose line it is."""
    crossed = forecast.data["red_lines_crossed"]
    return {"red_lines_crossed": {str(issue): int(crossed.sel(issue=issue)) for issue in forecast.data["issue"].values}}
