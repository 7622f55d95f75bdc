"""All that a forecast of bargaining while fighting says, as plain lists and mappings. `detail` is the main name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from parley.domain.forecast import Forecast

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["detail"]


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `WarBargaining.detail`."""
    data = forecast.data
    sides = [str(side) for side in data["side"].values]
    times = data["settlement_time"].values.tolist()
    opening = data.sizes["round"] - 1 - len(times)
    return {
        "values": _by_side(data, sides, "value"),
        "settles_now": bool(data["settles_now"].item()),
        "by_state": _states(data, sides),
        "settlement_time": [0.0] * opening + times,
        "waiting": _waiting(data, sides),
        "expected_duration": _number(data, "expected_rounds"),
        "days_to_agreement": _number(data, "time_to_agreement"),
        "war_length_days": _number(data, "war_length"),
        "settlement_share": _number(data, "settlement_share"),
        "bargaining_range": {
            "floor": _number(data, "floor"),
            "ceiling": _number(data, "ceiling"),
            "reservation": _by_side(data, sides, "reservation"),
            "surplus_now": _number(data, "surplus_now"),
        },
        "chances": {
            "agreement": _number(data, "agreement"),
            "victory": _by_side(data, sides, "p_win"),
            "deadline": _number(data, "p_deadline"),
        },
        "bracket": None,
    }


def _waiting(data: xr.Dataset, sides: list[str]) -> dict[str, Any]:
    """What waiting is worth to each side, and the switches each of which alone would make it settle now."""
    causes = []
    if not data["settles_now"].item():
        causes = [[switch] for switch in ("red_lines", "drift") if data[f"settles_without_{switch}"].item()]
    worth = _by_side(data, sides, "waiting")
    return {side: {"value": worth[side], "causes": causes} for side in sides}


def _states(data: xr.Dataset, sides: list[str]) -> list[dict[str, Any]]:
    values, offers = data["state_values"].values.tolist(), data["state_offers"].values.tolist()
    return [
        {
            "round": t,
            "front": k,
            "values": dict(zip(sides, values[t][k], strict=True)),
            "settles": any(not math.isnan(share) for share in offers[t][k]),
            "offers": {side: _plain(share) for side, share in zip(sides, offers[t][k], strict=True)},
        }
        for t in range(data.sizes["round"])
        for k in range(data.sizes["front"])
    ]


def _by_side(data: xr.Dataset, sides: list[str], name: str) -> dict[str, float | None]:
    return {side: _number(data, f"{name}_{letter}") for side, letter in zip(sides, "ab", strict=True)}


def _number(data: xr.Dataset, name: str) -> float | None:
    return _plain(float(data[name].item()))


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value
