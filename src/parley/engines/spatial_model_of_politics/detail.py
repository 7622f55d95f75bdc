"""All that a forecast of the spatial model says, as plain lists and mappings. `detail` is the main name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.methods import influence
from parley.methods.collective import detail as red_lines

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["detail"]

WHO = {
    True: "It expected to gain most by a contest with this rival, and offered it a bargain instead",
    False: "This rival expected to gain most by a contest with it, and offered it a bargain instead",
}
HOW = {
    "likeliest": "of what was before it, that had the most backing.",
    "drawn": "of what was before it, that was drawn, by how much backing each had.",
}


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `SpatialModelOfPolitics.detail`."""
    data = forecast.data
    parties = [str(party) for party in data["party"].values]
    issues = [str(issue) for issue in data["issue"].values]
    return {
        "rounds": _rounds(data, parties, issues),
        "moves": _moves(data, parties, issues, HOW[str(forecast.made.parameters["choice"])]),
        "turns": int(data["turns"]),
        "converged": bool(data["converged"] > 0),
        "blockers": influence.detail(forecast),
        **red_lines(forecast),
    }


def _rounds(data: xr.Dataset, parties: list[str], issues: list[str]) -> list[dict[str, Any]]:
    position, chance = data["round_position"].values, data["round_chance"].values
    middle = {"median": data["round_median"].values, "mean": data["round_mean"].values}
    return [
        {
            "round": t,
            "positions": {
                issue: {
                    party: Spot(float(position[t, k, i]), issue)
                    for k, party in enumerate(parties)
                    if not np.isnan(position[t, k, i])
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
            "chance": {party: float(chance[t, k]) for k, party in enumerate(parties) if not np.isnan(chance[t, k])},
        }
        for t in range(position.shape[0])
    ]


def _moves(data: xr.Dataset, parties: list[str], issues: list[str], how: str) -> list[dict[str, Any]]:
    position, partner, opened = (data[name].values for name in ("round_position", "partner", "opened"))
    moved = np.zeros(position.shape, dtype=bool)
    moved[1:] = np.abs(position[1:] - position[:-1]) > 0.0
    return [
        {
            "round": t,
            "issue": issues[i],
            "who": parties[k],
            "to_whom": parties[int(partner[t, k])],
            "kind": "bargain",
            "from": Spot(float(position[t - 1, k, i]), issues[i]),
            "to": Spot(float(position[t, k, i]), issues[i]),
            "why": f"{WHO[bool(opened[t, k])]}; {how}",
        }
        for t, k, i in np.argwhere(moved).tolist()
    ]
