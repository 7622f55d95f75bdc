"""An issue's own scale along a sheet, with its words and numbers. `scale` is the main name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from parley.briefing.charts.canvas import HAIR, INK, LABEL, MUTED, NOTE, Canvas
from parley.briefing.charts.lettering import text_width, wrapped

__all__ = ["EDGE", "Datum", "across", "anchors", "gridlines", "heading", "scale"]

EDGE = 8.0
Datum = Mapping[str, Any]
Place = Callable[[float], float]


def heading(canvas: Canvas, name: str) -> None:
    """Set the name of what follows, in bold."""
    canvas.bottom = canvas.lines(0, canvas.bottom + 22, wrapped(name, canvas.width, LABEL), size=LABEL, bold=True) + 4


def across(left: float, right: float) -> Place:
    """Where a point 0..100 lies between two edges, in pixels; points beyond an end stand at that end."""
    return lambda point: left + (right - left) * min(100.0, max(0.0, float(point))) / 100


def anchors(issue: Datum) -> list[dict[str, Any]]:
    """The worded points of an issue, with their places 0..100."""
    low, high = float(issue.get("low", 0.0)), float(issue.get("high", 100.0))
    return [{**each, "common": 100 * (float(each["at"]) - low) / (high - low)} for each in issue.get("anchors", ())]


def gridlines(canvas: Canvas, issue: Datum, at: Place, top: float) -> None:
    """Draw a faint line at each worded point, from `top` to the bottom."""
    for anchor in anchors(issue):
        canvas.rule(at(anchor["common"]), top, at(anchor["common"]), canvas.bottom, HAIR)


def scale(canvas: Canvas, issue: Datum, left: float, right: float) -> None:
    """Draw the line of a scale, with numbers where it has a unit and the words of its two ends."""
    at, worded = across(left, right), anchors(issue)
    y = canvas.bottom + 2
    canvas.rule(left, y, right, y, MUTED)
    for anchor in worded:
        canvas.rule(at(anchor["common"]), y, at(anchor["common"]), y + 4, MUTED)
    canvas.bottom = _numbers(canvas, issue, y + 14, at) if issue.get("unit") and worded else y + 4
    if len(worded) > 1:
        half = (right - left) / 2 - 10
        first, last = (wrapped(worded[end]["words"], half, NOTE) for end in (0, -1))
        look = {"size": NOTE, "colour": MUTED}
        ends = canvas.lines(left, canvas.bottom + 10, first, **look)
        canvas.bottom = max(ends, canvas.lines(right, canvas.bottom + 10, last, align="right", **look))
    canvas.bottom += 8


def _numbers(canvas: Canvas, issue: Datum, y: float, at: Place) -> float:
    """Set the numbers of the anchors below the line, leaving out those for which there is no room."""
    taken: list[tuple[float, float]] = []
    worded = anchors(issue)
    for anchor in [worded[0], worded[-1], *worded[1:-1]] if len(worded) > 1 else worded:
        is_last = anchor is worded[-1]
        text = f"{anchor['at']:g} {issue['unit']}" if is_last else f"{anchor['at']:g}"
        width, x = text_width(text, NOTE), at(anchor["common"])
        align = "left" if anchor is worded[0] else "right" if is_last else "center"
        start = x - {"left": 0.0, "right": width, "center": width / 2}[align]
        if all(start > end + 6 or start + width < begin - 6 for begin, end in taken):
            canvas.words(x, y, text, align=align, size=NOTE, colour=INK)
            taken.append((start, start + width))
    return y + 6
