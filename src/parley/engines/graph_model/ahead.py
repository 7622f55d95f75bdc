"""What holds for decision makers who look several moves ahead, in single forecasts of small conflicts."""

from __future__ import annotations

from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from parley.engines.graph_model.model import Model
from parley.errors import EngineError
from parley.methods.graph_limited import limited_move, metarational, stackelberg

__all__ = ["VARIABLES", "detail", "stable", "variables"]

MAX_HORIZON = 200
"""If nothing that is foreseen repeats up to this horizon, nothing is told of limited moves."""

ONLY = "small conflicts only"

VARIABLES = {
    "limited_stable": f"{ONLY}: 1 where the state is stable for the decision maker who foresees so many moves, L(h)",
    "non_myopic": f"{ONLY}: 1 where it is so at every horizon from some one on, NM",
    "limited_variant": f"{ONLY}: how the answers of others are foreseen: for two, or cautiously for more",
    "limited_settled": f"{ONLY}: the horizon from which on what is foreseen repeats",
    "limited_period": f"{ONLY}: after how many further moves it repeats; 1 where it stays the same",
    "limited_unique": f"{ONLY}: 1 where the final states foreseen are single ones throughout",
    "metarational_stable": f"{ONLY}: 1 where the state is stable however badly so many moves may turn out, MR(h)",
    "stackelberg": f"{ONLY}, two decision makers: 1 where the state holds if the one leads and the other follows",
}


def variables(model: Model, rank: NDArray[np.int32], horizon: int) -> dict[str, Any]:
    """Judge every state for decision makers who look 1 to `horizon` moves ahead.

    Parameters
    ----------
    model : the graph model
    rank : shape (decision maker, state)
    horizon : the most moves to look ahead, 1 or more
    """
    moves, per_maker = model.lists, ("decision_maker", "state")
    worst = [metarational(moves, rank, h) for h in range(1, horizon + 1)]
    result: dict[str, Any] = {
        "horizon": ("horizon", np.arange(1, horizon + 1)),
        "metarational_stable": (("horizon", *per_maker), np.array(worst, dtype=np.int8)),
    }
    if len(model.makers) == 2:
        led = [stackelberg(moves, rank, leader) for leader in range(2)]
        result["stackelberg"] = (per_maker, np.array(led, dtype=np.int8))
    try:
        found = limited_move(moves, rank, max_horizon=MAX_HORIZON)
    except EngineError:
        return result
    foreseen = [found.at(h) for h in range(1, horizon + 1)]
    return result | {
        "limited_stable": (("horizon", *per_maker), np.array(foreseen, dtype=np.int8)),
        "non_myopic": (per_maker, found.non_myopic.astype(np.int8)),
        "limited_variant": found.variant,
        "limited_settled": found.settled,
        "limited_period": found.period,
        "limited_unique": int(found.unique),
    }


def stable(data: xr.Dataset) -> dict[str, NDArray[np.bool_]]:
    """By concept (L1, L2, …, NM, MR1, …) what is stable for whom, shape (decision maker, state); none if unjudged."""
    result: dict[str, NDArray[np.bool_]] = {}
    for name, letters in (("limited_stable", "L"), ("metarational_stable", "MR")):
        if name in data:
            levels = zip(data["horizon"].values.tolist(), data[name].values > 0, strict=True)
            result |= {f"{letters}{h}": level for h, level in levels}
        if name == "limited_stable" and name in data:
            result["NM"] = data["non_myopic"].values > 0
    return result


def detail(data: xr.Dataset) -> dict[str, Any] | None:
    """Tell how moves were foreseen, and what holds under a leader; None where the conflict is too large for it."""
    if "metarational_stable" not in data:
        return None
    ids, makers = data["state"].values, data["decision_maker"].values.tolist()
    settled = "limited_stable" in data
    return {
        "horizon": int(data["horizon"].values[-1]),
        "variant": data["limited_variant"].item() if settled else None,
        "settled": data["limited_settled"].item() if settled else None,
        "period": data["limited_period"].item() if settled else None,
        "unique": bool(data["limited_unique"].item()) if settled else None,
        "stackelberg": {
            leader: ids[row].tolist() for leader, row in zip(makers, data["stackelberg"].values > 0, strict=True)
        }
        if "stackelberg" in data
        else None,
    }
