"""All that a forecast of cooperative bargaining says, as plain lists and mappings. `detail` is the main name."""

from __future__ import annotations

from typing import Any

import numpy as np

from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.methods import influence
from parley.methods.collective import detail as red_lines

__all__ = ["detail"]

POINTS = ("nash", "kalai_smorodinsky", "egalitarian", "reference", "lower", "upper")


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `NashBargaining.detail`."""
    data = forecast.data
    issues = [str(issue) for issue in data["issue"].values]
    return {
        "solutions": {
            issue: {name: _spot(float(data[name].values[i]), issue) for name in POINTS}
            for i, issue in enumerate(issues)
        },
        "gains": {
            str(party): {
                "weight": _plain(float(data["bargaining_weight"].values[p])),
                "gain": _plain(float(data["gain"].values[p])),
            }
            for p, party in enumerate(data["party"].values)
        },
        "gridlock": [issue for i, issue in enumerate(issues) if data["gridlock"].values[i] == 1],
        "shortfall": _plain(float(data["shortfall"].item())),
        "blockers": influence.detail(forecast),
        **red_lines(forecast),
    }


def _spot(point: float, issue: str) -> Spot | None:
    return None if np.isnan(point) else Spot(point, issue)


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else value
