"""What a briefing says of paired draws: `paired`, and the width of an interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.comparison import Statistic
from parley.ensembles.statistics import statistic

__all__ = ["Paired", "paired", "width"]

SAME = 1e-9
"""Differences no larger than this are of rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """How a number differs between two runs of the same draws.

    Attributes
    ----------
    difference : of the difference, draw by draw
    better : share of draws in which it is above zero
    worse : share of draws in which it is below zero
    """

    difference: Statistic
    better: float
    worse: float

    @property
    def same(self) -> float:
        """Share of draws without a difference."""
        return max(0.0, 1.0 - self.better - self.worse)

    @property
    def none(self) -> bool:
        """Whether no draw differs."""
        return self.better == 0 and self.worse == 0

    @property
    def indistinguishable(self) -> bool:
        """Whether the interval that holds 8 of 10 draws, as it is shown in points, spans zero or is zero alone."""
        low, high = round(100 * self.difference.q10), round(100 * self.difference.q90)
        return low < 0 < high or low == high == 0


def paired(changed: NDArray[np.float64], base: NDArray[np.float64]) -> Paired | None:
    """Compare two runs draw by draw; None where no draw has a value in both.

    Parameters
    ----------
    changed, base : arrays, shape (draw,)
        The same number in the same draws; NaN where a run is silent.
    """
    difference = changed - base
    known = difference[np.isfinite(difference)]
    if not known.size:
        return None
    return Paired(
        difference=statistic(difference), better=float((known > SAME).mean()), worse=float((known < -SAME).mean())
    )


def width(found: Statistic) -> float:
    """The width of the interval that holds 8 of 10 draws."""
    return found.q90 - found.q10
