"""Scores as the JSON document of `parley score`: `score_document`."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

from parley.predictions.backtest import Backtest, Scored

__all__ = ["score_document"]


def score_document(scored: Backtest) -> dict[str, Any]:
    """Lay scores out as `parley score --json` shows them, the head left out.

    Returns
    -------
    Plain mappings: errors and scores on the common scale 0..100; a difference below 0 is better than the compromise
    mean.
    """
    return {
        "data": scored.data,
        "citation": scored.citation,
        "n": scored.issues,
        "groups": scored.groups,
        "left_out": dict(scored.left_out),
        "weights": scored.weights,
        "refitted": scored.refitted,
        "engines": {name: _engine(each) for name, each in scored.engines.items()},
        "missing": {name: list(sections) for name, sections in scored.missing.items()},
    }


def _engine(scored: Scored) -> dict[str, Any]:
    named = {name: _plain(getattr(scored, name)) for name in ("mae", "rmse", "crps", "coverage80")}
    differences = {
        name: {part: _plain(value) for part, value in dataclasses.asdict(each).items()}
        for name, each in (("mae", scored.by_mae), ("crps", scored.by_crps))
    }
    return {"n": scored.n, "weights": scored.weights} | named | {"difference_from_compromise": differences}


def _plain(value: float) -> float | None:
    return None if math.isnan(value) else value
