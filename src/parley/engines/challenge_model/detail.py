"""All that a forecast of the challenge model says, as plain lists and mappings. `detail` is the main name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.methods import influence
from parley.methods.challenge import KINDS
from parley.methods.collective import detail as red_lines

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["detail"]

WHY = {
    "confrontation": "Both would gain by pressing, the other more: it gives way to the nearest such rival.",
    "compromise": "The other would gain by pressing, it would lose less than that: they meet on the way.",
    "compel": "The other would gain by pressing, it would lose as much or more: it gives in.",
}

OCTANTS = {
    (True, True): "conflict",
    (True, False): "the challenger prevails",
    (False, True): "the challenged prevails",
    (False, False): "stalemate",
}


def detail(forecast: Forecast) -> dict[str, Any]:
    """Lay one forecast out for JSON and pictures; see `ChallengeModel.detail`."""
    data = forecast.data
    parties = [str(party) for party in data["party"].values]
    issues = [str(issue) for issue in data["issue"].values]
    return {
        "rounds": _rounds(data, parties, issues),
        "moves": _moves(data, parties, issues),
        "challenges": _challenges(data, parties, issues),
        "cycle": {issue: _cycle(data, issue) for issue in issues},
        "blockers": influence.detail(forecast),
        **red_lines(forecast),
    }


def _rounds(data: xr.Dataset, parties: list[str], issues: list[str]) -> list[dict[str, Any]]:
    position = data["round_position"].values
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
                name: {issue: _spot(values[t, i], issue) for i, issue in enumerate(issues)}
                for name, values in middle.items()
            },
        }
        for t in range(int(data["last_round"].max()) + 1)
    ]


def _moves(data: xr.Dataset, parties: list[str], issues: list[str]) -> list[dict[str, Any]]:
    position, kind, followed = (data[name].values for name in ("round_position", "move_kind", "followed"))
    moves = []
    for t, k, i in np.argwhere(np.nan_to_num(kind) > 0).tolist():
        who, other, name = parties[k], parties[int(followed[t, k, i])], KINDS[int(kind[t, k, i])]
        moves.append(
            {
                "round": t,
                "issue": issues[i],
                "who": who,
                "to_whom": other,
                "kind": name,
                "from": Spot(float(position[t - 1, k, i]), issues[i]),
                "to": Spot(float(position[t, k, i]), issues[i]),
                "why": WHY[name],
            }
        )
    return moves


def _challenges(data: xr.Dataset, parties: list[str], issues: list[str]) -> list[dict[str, Any]]:
    """Every pair in the first round, as the challenger sees it."""
    if data.sizes["round"] < 2:
        return []
    own, rival = (data[name].values[1] for name in ("expected_challenger", "expected_challenged"))
    return [
        {
            "round": 1,
            "issue": issue,
            "challenger": parties[k],
            "challenged": parties[j],
            "expected_challenger": float(own[k, j, i]),
            "expected_challenged": float(rival[k, j, i]),
            "octant": OCTANTS[bool(own[k, j, i] > 0), bool(rival[k, j, i] > 0)],
            "result": "wins" if own[k, j, i] > max(0.0, rival[k, j, i]) else "does not win",
        }
        for i, issue in enumerate(issues)
        for k in range(len(parties))
        for j in range(len(parties))
        if k != j and not np.isnan(own[k, j, i])
    ]


def _cycle(data: xr.Dataset, issue: str) -> dict[str, int] | None:
    length = float(data["cycle_length"].sel(issue=issue).item())
    if length < 2:
        return None
    return {"from_round": int(data["cycle_from"].sel(issue=issue).item()), "length": int(length)}


def _spot(point: float, issue: str) -> Spot | None:
    return None if np.isnan(point) else Spot(float(point), issue)
