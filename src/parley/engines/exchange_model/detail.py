"""All that a forecast of the exchange model says, as plain lists and mappings. `detail` is the main name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.engines.exchange_model.record import TOTALS
from parley.methods import influence
from parley.methods.collective import detail as red_lines
from parley.methods.exchange_terms import EFFECTS

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["detail"]


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `ExchangeModel.detail`."""
    data = forecast.data
    parties = [str(party) for party in data["party"].values]
    issues = [str(issue) for issue in data["issue"].values]
    return {
        "rounds": _rounds(data, parties, issues),
        "exchanges": [_exchange(data, k, parties, issues) for k in range(data.sizes["trade"])],
        "externalities": {
            party: {name: float(data[name].values[k]) for name in ("own_gain", *TOTALS)}
            for k, party in enumerate(parties)
        },
        "blockers": influence.detail(forecast),
        **red_lines(forecast),
    }


def _rounds(data: xr.Dataset, parties: list[str], issues: list[str]) -> list[dict[str, Any]]:
    votes = data["round_position"].values
    middle = {"median": data["round_median"].values, "mean": data["round_mean"].values}
    return [
        {
            "round": t,
            "positions": {
                issue: {
                    party: Spot(float(votes[t, k, i]), issue)
                    for k, party in enumerate(parties)
                    if not np.isnan(votes[t, k, i])
                }
                for i, issue in enumerate(issues)
            },
            **{
                name: {
                    issue: None if np.isnan(values[t, i]) else Spot(float(values[t, i]), issue)
                    for i, issue in enumerate(issues)
                }
                for name, values in middle.items()
            },
        }
        for t in range(votes.shape[0])
    ]


def _exchange(data: xr.Dataset, k: int, parties: list[str], issues: list[str]) -> dict[str, Any]:
    sides = [_side(data, k, side, parties, issues) for side in range(2)]
    felt, effect = data["trade_external"].values[k], data["trade_effect"].values[k]
    others = [j for j in range(len(parties)) if j not in data["trade_party"].values[k]]
    return {
        "round": int(data["trade_round"].values[k]),
        "supplier": sides[0],
        "demander": sides[1],
        "gain": float(data["trade_equal_gain"].values[k]),
        "externalities": {parties[j]: float(felt[j]) for j in others},
        "kinds": {parties[j]: EFFECTS[int(effect[j])] for j in others},
    }


def _side(data: xr.Dataset, k: int, side: int, parties: list[str], issues: list[str]) -> dict[str, Any]:
    issue = issues[int(data["trade_issue"].values[k, side])]
    return {
        "party": parties[int(data["trade_party"].values[k, side])],
        "issue": issue,
        "from": Spot(float(data["trade_from"].values[k, side]), issue),
        "to": Spot(float(data["trade_to"].values[k, side]), issue),
        "gain": float(data["trade_gain"].values[k, side]),
    }
