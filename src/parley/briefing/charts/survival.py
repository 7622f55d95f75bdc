"""How long a truce holds: chances that fall with time, with their interval. `survival` is the main name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parley.briefing.charts.canvas import HAIR, INK, MUTED, NOTE, Canvas
from parley.briefing.charts.lettering import text_width, wrapped

__all__ = ["survival"]

TALL = 230.0
"""Height of the plot, in pixels."""

TICKS = (0, 1, 3, 7, 14, 30, 90, 180, 365)
FEW_TICKS = (0, 7, 30, 90, 365)

LOOKS: tuple[tuple[float, tuple[int, ...]], ...] = ((2.5, ()), (1.8, (6, 4)), (1.8, (2, 4)))
"""Weight and strokes of each line, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """Days across, on a scale that gives the first weeks room, and chances upwards."""

    left: float
    right: float
    top: float
    below: float
    last: float

    def x(self, day: float) -> float:
        return self.left + (self.right - self.left) * math.sqrt(day / self.last)

    def y(self, share: float) -> float:
        return self.below - (self.below - self.top) * share


def survival(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """Draw lines of chances by day, the first with its interval as a band.

    Parameters
    ----------
    canvas : the sheet
    data : `rows`, a line each, with `name` and `points` (`day`, `probability`, `low`, `high`); perhaps `term`, the day
        on which a fixed term ends
    """
    lines = data["rows"]
    if not lines:
        return
    _key(canvas, lines)
    plot = _Plot(
        left=44.0,
        right=canvas.width - 14,
        top=canvas.bottom + 12,
        below=canvas.bottom + 12 + TALL,
        last=float(max(point["day"] for line in lines for point in line["points"])),
    )
    _frame(canvas, plot, data.get("term"))
    _band(canvas, plot, lines[0]["points"])
    for number, line in enumerate(lines):
        _line(canvas, plot, line, LOOKS[number % len(LOOKS)])
    canvas.bottom = plot.below + 36


def _key(canvas: Canvas, lines: Sequence[Mapping[str, Any]]) -> None:
    x, y = 0.0, canvas.bottom + 10
    for number, line in enumerate(lines):
        weight, dash = LOOKS[number % len(LOOKS)]
        parts = wrapped(str(line["name"]), canvas.width - 34, NOTE, most=2)
        room = 34 + max(text_width(part, NOTE) for part in parts) + 18
        if x and x + room - 18 > canvas.width:
            x, y = 0.0, y + 19
        canvas.rule(x, y, x + 26, y, INK, weight=weight, dash=list(dash))
        below = canvas.lines(x + 34, y, parts, size=NOTE, colour=MUTED)
        x, y = x + room, max(y, below - 8)
    canvas.bottom = y + 8


def _frame(canvas: Canvas, plot: _Plot, term: float | None) -> None:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.rule(plot.left, plot.y(share), plot.right, plot.y(share), MUTED if share == 0 else HAIR)
        canvas.words(plot.left - 6, plot.y(share), f"{100 * share:.0f}%", align="right", size=NOTE, colour=MUTED)
    for day in FEW_TICKS if canvas.narrow else TICKS:
        if day <= plot.last:
            canvas.rule(plot.x(day), plot.below, plot.x(day), plot.below + 4, MUTED)
            canvas.words(plot.x(day), plot.below + 14, f"{day}", align="center", size=NOTE, colour=MUTED)
    canvas.words(plot.right, plot.below + 30, "days in force", align="right", size=NOTE, colour=MUTED)
    if term and term <= plot.last:
        canvas.rule(plot.x(term), plot.top, plot.x(term), plot.below, MUTED, dash=[3, 3])
        canvas.words(plot.x(term) + 5, plot.top + 8, "its term ends", size=NOTE, colour=MUTED)


def _band(canvas: Canvas, plot: _Plot, points: Sequence[Mapping[str, float]]) -> None:
    """The interval, in slices narrow enough to look like a slope."""
    for here, after in zip(points, points[1:], strict=False):
        start, end = plot.x(here["day"]), plot.x(after["day"])
        slices = max(1, math.ceil((end - start) / 3.0))
        for number in range(slices):
            share = (number + 0.5) / slices
            low, high = (here[key] + share * (after[key] - here[key]) for key in ("low", "high"))
            ends = start + (end - start) * number / slices, start + (end - start) * (number + 1) / slices
            canvas.box(ends[0], plot.y(high), ends[1], plot.y(low), "var(--interval)")


def _line(canvas: Canvas, plot: _Plot, line: Mapping[str, Any], look: tuple[float, tuple[int, ...]]) -> None:
    weight, dash = look
    for here, after in zip(line["points"], line["points"][1:], strict=False):
        tip = f"{line['name']}: {after['probability']:.0%} by day {after['day']}"
        places = plot.x(here["day"]), plot.y(here["probability"]), plot.x(after["day"]), plot.y(after["probability"])
        canvas.rule(*places, INK, weight=weight, dash=list(dash), tip=tip)
