"""Talks without an end: both limits (`told_limits`, `bracket_of`), and what two answers have in common (`alike`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.war import War
from parley.engines.war_bargaining.reading import Reading, endless

__all__ = ["ENDLESS_VARIABLES", "alike", "bracket_of", "told_limits"]

Array = NDArray[np.float64]

ENDLESS_VARIABLES = {
    "limits_agree": "1 where going back from both extremes leads to the same values, so that there is one answer, else "
    "0",
    "limit_best_a": "side A's value at the first offer, gone back to from what is best for side A",
    "limit_worst_a": "the same from what is worst for side A",
    "limit_best_b": "side B's value at the first offer, gone back to from what is best for side B",
    "limit_worst_b": "the same from what is worst for side B",
}
"""What talks without an end add to a forecast."""

SAME = 1e-9
"""Answers of two ends that differ by no more are the same."""


def alike(answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What the answers from one end and from the other have in common: NaN where they differ.

    Parameters
    ----------
    answers : one for each end: variables by name, as arrays or as dims with an array
    """
    first = dict(answers[0])
    for other in answers[1:]:
        for name, value in first.items():
            dims, mine = value if isinstance(value, tuple) else (None, value)
            theirs = other[name][1] if dims else other[name]
            same = np.isclose(mine, theirs, rtol=0.0, atol=SAME, equal_nan=True)
            shared = np.where(same, mine, np.nan)
            first[name] = (dims, shared) if dims else shared
    return first


def told_limits(reading: Reading) -> dict[str, Array]:
    """Both limits with the front where it starts, draw by draw; see `ENDLESS_VARIABLES`."""
    found = reading.limits
    if found is None:
        return {}
    start = reading.games.numbers["start"].astype(np.int64)
    here = found.values[:, :, np.arange(len(start)), start]
    told = {
        "limits_agree": found.agree * 1.0,
        "limit_best_a": here[0, 0],
        "limit_worst_a": here[1, 0],
        "limit_best_b": here[1, 1],
        "limit_worst_b": here[0, 1],
    }
    return {name: np.where(reading.failure == "", values, np.nan) for name, values in told.items()}


def bracket_of(war: War, reading: Reading) -> dict[str, Any]:
    """The war of the first draw if the talks never end, gone back to from both extremes.

    Parameters
    ----------
    war : its section
    reading : what was read

    Returns
    -------
    `failed`: why there is no answer, None where there is one; `converged`, `agree` (None without an answer),
    `iterations` (rounds gone back from each extreme) and `limits`, the one that is best for side A first: `best_for`,
    and the `values` by side and whether it `settles_now`, with the front where it stands and at all `places`; the
    values at the first offer
    """
    silent: dict[str, Any] = {"converged": False, "agree": None, "iterations": 0, "limits": None}
    if war.exit is not None:
        return {"failed": "it is not solved where a side may walk out", **silent}
    found = endless(reading.games) if reading.limits is None else reading.limits
    if not found.converged[0]:
        patient = max(float(reading.games.numbers[f"discount_{side}"][0]) for side in "ab") >= 1.0
        reason = "a side is endlessly patient" if patient else "the values did not come to rest"
        return {"failed": reason, **silent, "iterations": int(found.rounds[0])}
    start, sides = int(reading.games.numbers["start"][0]), (war.side_a, war.side_b)
    limits = []
    for end, best_for in enumerate(sides):
        rows = found.values[end, :, 0].T.tolist()
        places = [
            {"front": k, "values": dict(zip(sides, row, strict=True)), "settles": bool(found.settles[end, 0, k])}
            for k, row in enumerate(rows)
        ]
        here = {"values": places[start]["values"], "settles_now": places[start]["settles"]}
        limits.append({"best_for": best_for, **here, "places": places})
    agree, iterations = bool(found.agree[0]), int(found.rounds[0])
    return {"failed": None, "converged": True, "agree": agree, "iterations": iterations, "limits": limits}
