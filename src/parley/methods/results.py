"""What every engine does with its numbers: name them, and say how they were made."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

import parley
from parley.domain.engine import COMMON_VARIABLES
from parley.domain.forecast import Made
from parley.domain.scenario import Scenario

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["dataset", "made", "single"]


def made(engine: str, parameters: Any, scenario: Scenario) -> Made:
    """Say how a forecast was made.

    Parameters
    ----------
    engine : name of the engine
    parameters : the engine itself, a dataclass whose fields are the parameters
    scenario : the scenario
    """
    fields = dataclasses.asdict(parameters)
    return Made(engine=engine, parameters=fields, scenario_digest=scenario.digest, version=parley.__version__)


def dataset(
    scenario: Scenario, draws: int, variables: Mapping[str, Any], *, failure: NDArray[Any] | None = None
) -> xr.Dataset:
    """Lay an engine's arrays out as a dataset along `draw`.

    Parameters
    ----------
    scenario : names the parties and issues
    draws : number of draws
    variables : arrays by name: the common ones with shape (draw, ...) as in `COMMON_VARIABLES`, the engine's own as
        arrays of shape
        (draw,) or as pairs (dims, array) with `draw` the first dim; common ones that are left out become NaN
    failure : reason why a draw has no answer, shape (draw,), empty strings elsewhere; None: no draw failed

    Returns
    -------
    xr.Dataset
        With coords `party` and `issue`, the common variables, the engine's own and `failure`; common variables are
        NaN in failed draws.
    """
    import xarray as xr

    size = {"party": len(scenario.parties), "issue": len(scenario.issues)}
    reasons = np.full(draws, "", dtype="<U1") if failure is None else np.asarray(failure, dtype=np.str_)
    data: dict[str, Any] = {}
    for name, dims in COMMON_VARIABLES.items():
        values = np.array(variables.get(name, np.nan), dtype=np.float64)
        full = np.array(np.broadcast_to(values, (draws, *(size[dim] for dim in dims))))
        full[reasons != ""] = np.nan
        data[name] = (("draw", *dims), full)
    for name, value in variables.items():
        if name not in COMMON_VARIABLES:
            data[name] = value if isinstance(value, tuple) else (("draw",), value)
    data["failure"] = (("draw",), reasons)
    return xr.Dataset(data, coords={"party": list(scenario.party_ids), "issue": list(scenario.issue_ids)})


def single(data: xr.Dataset) -> xr.Dataset:
    """The only draw of a dataset, without the `draw` dim and `failure`."""
    return data.isel(draw=0, drop=True).drop_vars("failure")
