"""Scales that several pictures share: chances with their words, and differences. `Axis` is the main name."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from parley.briefing.charts.canvas import HAIR, MUTED, NOTE, Canvas

__all__ = ["Axis", "around", "chance_axis", "chance_words"]

CHANCES: tuple[tuple[float, float, str], ...] = (
    (0.00, 0.05, "almost no chance"),
    (0.05, 0.20, "very unlikely"),
    (0.20, 0.45, "unlikely"),
    (0.45, 0.55, "roughly even"),
    (0.55, 0.80, "likely"),
    (0.80, 0.95, "very likely"),
    (0.95, 1.00, "almost certain"),
)
"""Ranges of probability and their words, Intelligence Community Directive 203 [ICD203]_."""


ROOM_FOR_ALL = 400.0
"""Width of a scale, in pixels, below which the outermost words would run into their neighbours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A linear scale across a sheet.

    Attributes
    ----------
    low, high : values at the two ends
    left, right : places of the two ends, in pixels
    """

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """The place of a value, in pixels; values beyond an end stand at that end."""
        share = (min(self.high, max(self.low, value)) - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * share

    def ticks(self, most: int) -> list[float]:
        """Round values along the scale, `most` at most."""
        span = self.high - self.low
        sizes = (base * 10.0**power for power in range(-4, 5) for base in (1, 2, 5))
        step = next(size for size in sizes if span / size <= most)
        first = math.ceil(self.low / step - 1e-9)
        return [step * number for number in range(first, math.floor(self.high / step + 1e-9) + 1)]


def around(values: Iterable[float], *, about: float | None = None) -> tuple[float, float]:
    """Choose the ends of a scale that holds all values, and `about` where it is given, with a little room.

    Parameters
    ----------
    values : the values; those that are not finite are left out
    about : a value that must lie on the scale
    """
    finite = [float(value) for value in values if math.isfinite(value)]
    held = finite + ([about] if about is not None else [])
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    room = 0.06 * (high - low) or 0.05
    return low - room, high + room


def chance_words(canvas: Canvas, axis: Axis, top: float) -> float:
    """Set the words of the classes of chances above a scale, in small type; where they end."""
    below = top
    for low, high, text in CHANCES:
        outermost = low == 0 or high == 1
        if outermost and axis.right - axis.left < ROOM_FOR_ALL:
            continue
        middle = axis.at((low + high) / 2)
        ends = canvas.lines(middle, top + 6, text.split(), align="center", size=11, colour=MUTED)
        below = max(below, ends)
    return below + 2


def chance_axis(canvas: Canvas, axis: Axis, top: float, ends: tuple[str, str]) -> None:
    """Shade every second class of chances from `top` to the bottom, with per cents and the words of both ends below.

    Parameters
    ----------
    canvas : the sheet; what is drawn goes behind its marks
    axis : the scale, 0..1
    top : where the shading begins
    ends : what 0 and 1 mean
    """
    below = canvas.bottom
    for low, high, _ in CHANCES[1::2]:
        canvas.box(axis.at(low), top, axis.at(high), below, "var(--band)")
    canvas.rule(axis.left, below, axis.right, below, MUTED)
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.rule(axis.at(share), below, axis.at(share), below + 4, MUTED)
        canvas.words(axis.at(share), below + 14, f"{100 * share:.0f}%", align="center", size=NOTE, colour=MUTED)
    canvas.rule(axis.at(0.5), top, axis.at(0.5), below, HAIR)
    first, last = ends
    canvas.words(axis.left, below + 30, first, size=NOTE, colour=MUTED)
    canvas.words(axis.right, below + 30, last, align="right", size=NOTE, colour=MUTED)
    canvas.bottom = below + 40
