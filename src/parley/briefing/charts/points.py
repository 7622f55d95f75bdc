"""Where parties stand: one strip for each issue. `positions` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing.charts.canvas import BODY, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import lanes, text_width, wrapped
from parley.briefing.charts.looks import colour, shape
from parley.briefing.charts.scales import EDGE, Datum, across, gridlines, heading, scale

__all__ = ["positions"]

LANE = 20.0


def positions(canvas: Canvas, data: Datum) -> None:
    """Draw each party's mark on each issue's own scale, with its range and red line.

    Parameters
    ----------
    canvas : the sheet
    data : `issues`, `parties` and `marks`; a mark has `party`, `issue`, `basis` (`stated` or `assumed`), `common_low`,
        `common_mode`, `common_high`, `red_low`, `red_high` (0..100), and `low`, `mode`, `high` in the issue's own unit
    """
    parties = {party["id"]: party for party in data["parties"]}
    _key(canvas)
    for issue in data["issues"]:
        marks = [mark for mark in data["marks"] if mark["issue"] == issue["id"]]
        if marks:
            canvas.cut()
            heading(canvas, issue["name"])
            _strip(canvas, issue, sorted(marks, key=lambda mark: float(mark["common_mode"])), parties)
            scale(canvas, issue, EDGE, canvas.width - EDGE)


def _key(canvas: Canvas) -> None:
    """Explain the marks in one or two lines."""
    x, y = 6.0, canvas.bottom + 10
    for text, kind in (
        ("stated", "stated"),
        ("assumed", "assumed"),
        ("plausible range", "range"),
        ("red line", "red"),
    ):
        room = 26 + text_width(text, NOTE) + 16
        if x + room > canvas.width:
            x, y = 6.0, y + 20
        if kind == "range":
            canvas.rule(x - 4, y, x + 16, y, MUTED, weight=4)
        elif kind == "red":
            canvas.rule(x + 10, y - 7, x + 10, y + 7, MUTED, weight=2.5)
        else:
            canvas.dot(x + 8, y, MUTED, fill=MUTED if kind == "stated" else PAPER)
        canvas.words(x + 22, y, text, size=NOTE, colour=MUTED)
        x += room
    canvas.bottom = y + 14


def _strip(canvas: Canvas, issue: Datum, marks: Sequence[Datum], parties: Mapping[str, Datum]) -> None:
    at = across(EDGE, canvas.width - EDGE)
    names = [_short(parties[mark["party"]], canvas) for mark in marks]
    spans = [_extent(canvas, mark, name) for mark, name in zip(marks, names, strict=True)]
    rows = lanes(spans)
    heights = [
        max(_height(canvas, marks[k], names[k]) for k, lane in enumerate(rows) if lane == row)
        for row in range(max(rows) + 1)
    ]
    top = canvas.bottom
    canvas.bottom += sum(heights)
    gridlines(canvas, issue, at, top)
    for mark, name, row in zip(marks, names, rows, strict=True):
        party, y = parties[mark["party"]], top + sum(heights[: row + 1]) - LANE / 2
        about = {"party": party["id"], "tip": _said(issue, mark, party)}
        canvas.span((at(mark["common_low"]), at(mark["common_high"])), y, colour(party), weight=4, **about)
        _red_line(canvas, mark, y, (colour(party), about))
        fill = colour(party) if mark.get("basis") == "stated" else PAPER
        canvas.dot(at(mark["common_mode"]), y, colour(party), fill=fill, shape=shape(party), size=90, **about)
        _label(canvas, mark, y, (name, party["id"]))


def _red_line(canvas: Canvas, mark: Datum, y: float, look: tuple[str, dict[str, Any]]) -> None:
    """Draw the red lines as ticks, joined to the mark where they lie outside its range."""
    at, (ink, about) = across(EDGE, canvas.width - EDGE), look
    for name in ("red_low", "red_high"):
        if mark.get(name) is not None:
            x = at(mark[name])
            canvas.rule(x, y, at(mark["common_mode"]), y, ink, weight=1, dash=[2, 3], **about)
            canvas.rule(x, y - 8, x, y + 8, ink, weight=2.5, **about)


def _reach(canvas: Canvas, mark: Datum) -> tuple[float, float]:
    """The left and right end of all that is drawn for a mark, without its label."""
    at = across(EDGE, canvas.width - EDGE)
    points = [mark[name] for name in ("common_low", "common_mode", "common_high", "red_low", "red_high")]
    places = [at(point) for point in points if point is not None]
    middle = at(mark["common_mode"])
    return min(*places, middle - 6), max(*places, middle + 6)


def _side(canvas: Canvas, mark: Datum, name: str) -> str:
    """Where there is room for a label: `right` or `left` of the mark, or `above` it."""
    left, right = _reach(canvas, mark)
    room = text_width(name, BODY) + 7
    return "right" if right + room <= canvas.width else "left" if left >= room else "above"


def _height(canvas: Canvas, mark: Datum, name: str) -> float:
    return LANE + 15 if _side(canvas, mark, name) == "above" else LANE


def _label(canvas: Canvas, mark: Datum, y: float, label: tuple[str, str]) -> None:
    name, party = label
    left, right = _reach(canvas, mark)
    match _side(canvas, mark, name):
        case "right":
            canvas.words(right + 7, y, name, party=party)
        case "left":
            canvas.words(left - 7, y, name, align="right", party=party)
        case _:
            canvas.words(min(left, canvas.width - text_width(name, BODY)), y - 16, name, party=party)


def _extent(canvas: Canvas, mark: Datum, name: str) -> tuple[float, float]:
    """The left and right end of a mark and its label."""
    left, right = _reach(canvas, mark)
    room = text_width(name, BODY) + 7
    match _side(canvas, mark, name):
        case "right":
            return left, right + room
        case "left":
            return left - room, right
        case _:
            return min(left, canvas.width - room), max(right, left + room)


def _short(party: Datum, canvas: Canvas) -> str:
    name = str(party.get("short") or party["name"])
    return "".join(wrapped(name, canvas.width * 0.45, BODY, most=1))


def _said(issue: Datum, mark: Datum, party: Datum) -> str:
    unit = f" {issue['unit']}" if issue.get("unit") else ""
    around = f"{mark['mode']:.3g}{unit}, between {mark['low']:.3g} and {mark['high']:.3g}"
    return f"{party['name']} on {issue['name']}: {around} ({mark.get('basis', 'assumed')})"
