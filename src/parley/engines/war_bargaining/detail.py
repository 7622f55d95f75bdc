"""All that a forecast of bargaining while fighting says, as plain lists and mappings. `detail` is the main name."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.forecast import Forecast

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["detail", "detail_of_draws"]


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `WarBargaining.detail`."""
    data = forecast.data
    sides = [str(side) for side in data["side"].values]
    times = data["settlement_time"].values.tolist()
    opening = data.sizes["round"] - 1 - len(times)
    told, asked = json.loads(str(data["beyond"].item())), "limits_agree" in data
    return {
        "values": _by_side(data, sides, "value"),
        "settles_now": bool(data["settles_now"].item()),
        "by_state": _states(data, sides),
        "settlement_time": [0.0] * opening + times,
        "waiting": _waiting(data, sides, told["causes"]),
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
            "exit": _number(data, "p_exit"),
            "breakdown": _number(data, "p_breakdown"),
        },
        "pressure": _rules(data, sides) if "rule" in data.coords else None,
        "doubt": told["doubt"] and told["doubt"] | _doubts(data),
        "resolve": told["demands"] and _resolve(data, sides, told["demands"]),
        "commitment": told["commitment"],
        "bracket": told["bracket"] if asked else None,
        "if_endless": None if asked else told["bracket"],
    }


QUANTILES = (0.05, 0.1, 0.5, 0.9, 0.95)


def detail_of_draws(data: xr.Dataset) -> dict[str, Any]:
    """Lay out what is said of all draws together; see `WarBargaining.detail_of_draws`."""
    told: dict[str, Any] = {}
    if "ends_in" in data:
        chances = data["ends_in"].transpose("ending", "draw").values
        names: Sequence[str] = data["ending"].values.tolist()
        told["endings_of_draws"] = {name: _spread(row) for name, row in zip(names, chances, strict=True)}
    if "limits_agree" in data:
        agree = data["limits_agree"].values
        known = agree[np.isfinite(agree)]
        limits = {
            str(side): {end: _spread(data[f"limit_{end}_{letter}"].values) for end in ("best", "worst")}
            for side, letter in zip(data["side"].values.tolist(), "ab", strict=True)
        }
        told["bracket_of_draws"] = {"agree": float(known.mean()) if known.size else None, "limits": limits}
    return told


def _spread(values: NDArray[np.float64]) -> dict[str, float | None]:
    """The mean and the quantiles of the draws that have a value."""
    known = values[np.isfinite(values)]
    if not known.size:
        return dict.fromkeys(("mean", "q05", "q10", "q50", "q90", "q95"))
    named = zip(("q05", "q10", "q50", "q90", "q95"), np.quantile(known, QUANTILES).tolist(), strict=True)
    return {"mean": float(known.mean()), **dict(named)}


def _waiting(data: xr.Dataset, sides: list[str], causes: list[list[str]]) -> dict[str, Any]:
    """What waiting is worth to each side, now and at each offer, and what would have to go for it to settle now."""
    worth, steps = _by_side(data, sides, "waiting"), data["waiting_by_step"].values.T.tolist()
    return {
        side: {"value": worth[side], "causes": causes, "by_offer": [_plain(each) for each in row]}
        for side, row in zip(sides, steps, strict=True)
    }


def _rules(data: xr.Dataset, sides: list[str]) -> dict[str, Any]:
    """What comes of each rule of the broker, doing nothing among them."""
    return {
        str(rule): {
            "values": {side: _at(data, f"rule_value_{letter}", k) for side, letter in zip(sides, "ab", strict=True)},
            "broker": _at(data, "rule_broker", k),
            "agreement": _at(data, "rule_agreement", k),
            "share": _at(data, "rule_share", k),
            "days": _at(data, "rule_days", k),
            "settles_now": _at(data, "rule_settles_now", k),
            "carried_out": _at(data, "rule_carried_out", k),
            "credible": _truth(data, "rule_credible", k),
            "credible_on_path": _truth(data, "rule_credible_on_path", k),
            "temptation": _at(data, "rule_temptation", k),
        }
        for k, rule in enumerate(data["rule"].values.tolist())
    }


def _doubts(data: xr.Dataset) -> dict[str, Any]:
    """One demand under doubt, and which messages of the broker can be believed (None: not asked)."""
    told = {"threshold": _number(data, "doubt_threshold"), "war": _number(data, "doubt_war")}
    believed = {
        name: None if f"believed_{name}" not in data else _truth(data, f"believed_{name}") for name in ("weak", "tough")
    }
    return {**told, "believed": believed}


def _resolve(data: xr.Dataset, sides: list[str], demands: dict[str, float]) -> dict[str, Any]:
    """Who gives in first, if each side may be one that never does."""
    return {
        "demands": demands,
        "folds_first": _by_side(data, sides, "folds_first"),
        "folds_at_once": _by_side(data, sides, "folds_at_once"),
        "never": _number(data, "never_folds"),
        "standoff_days": _number(data, "standoff_days"),
    }


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


def _at(data: xr.Dataset, name: str, place: int) -> float | None:
    return _plain(float(data[name].values[place]))


def _truth(data: xr.Dataset, name: str, place: int | None = None) -> bool | None:
    value = float(data[name].item() if place is None else data[name].values[place])
    return None if math.isnan(value) else value > 0.5


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value
