"""Where parties stand and where engines see issues settle: one strip for each issue. `positions` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing.charts.canvas import BODY, HAIR, INK, LABEL, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import lanes, text_width, wrapped

__all__ = ["positions", "settlements"]

LANE = 20.0
EDGE = 8.0
Datum = Mapping[str, Any]


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
            _heading(canvas, issue["name"])
            _strip(canvas, issue, sorted(marks, key=lambda mark: float(mark["common_mode"])), parties)
            _scale(canvas, issue, EDGE, canvas.width - EDGE)


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


def _heading(canvas: Canvas, name: str) -> None:
    canvas.bottom = canvas.lines(0, canvas.bottom + 22, wrapped(name, canvas.width, LABEL), size=LABEL, bold=True) + 4


def _strip(canvas: Canvas, issue: Datum, marks: Sequence[Datum], parties: Mapping[str, Datum]) -> None:
    across = _across(EDGE, canvas.width - EDGE)
    names = [_short(parties[mark["party"]], canvas) for mark in marks]
    spans = [_extent(canvas, mark, name) for mark, name in zip(marks, names, strict=True)]
    rows = lanes(spans)
    heights = [
        max(_height(canvas, marks[at], names[at]) for at, lane in enumerate(rows) if lane == row)
        for row in range(max(rows) + 1)
    ]
    below = canvas.bottom + sum(heights)
    for anchor in _anchors(issue):
        x = across(anchor["common"])
        canvas.rule(x, canvas.bottom, x, below, HAIR)
    for mark, name, row in zip(marks, names, rows, strict=True):
        party, y = parties[mark["party"]], canvas.bottom + sum(heights[: row + 1]) - LANE / 2
        colour = f"var(--party-{int(party['colour']) % 8})"
        about = {"party": party["id"], "tip": _said(issue, mark, party)}
        ends = across(mark["common_low"]), across(mark["common_high"])
        canvas.span(ends, y, colour, weight=4, **about)
        _red_line(canvas, mark, y, (colour, about))
        fill = colour if mark.get("basis") == "stated" else PAPER
        canvas.dot(across(mark["common_mode"]), y, colour, fill=fill, size=90, **about)
        _label(canvas, mark, y, (name, party["id"]))
    canvas.bottom = below


def _red_line(canvas: Canvas, mark: Datum, y: float, look: tuple[str, dict[str, Any]]) -> None:
    """Draw the red lines as ticks, joined to the mark where they lie outside its range."""
    across, (colour, about) = _across(EDGE, canvas.width - EDGE), look
    for name in ("red_low", "red_high"):
        if mark.get(name) is not None:
            x = across(mark[name])
            canvas.rule(x, y, across(mark["common_mode"]), y, colour, weight=1, dash=[2, 3], **about)
            canvas.rule(x, y - 8, x, y + 8, colour, weight=2.5, **about)


def _reach(canvas: Canvas, mark: Datum) -> tuple[float, float]:
    """The left and right end of all that is drawn for a mark, without its label."""
    across = _across(EDGE, canvas.width - EDGE)
    points = [mark[name] for name in ("common_low", "common_mode", "common_high", "red_low", "red_high")]
    places = [across(point) for point in points if point is not None]
    middle = across(mark["common_mode"])
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


def settlements(canvas: Canvas, data: Datum) -> None:
    """Draw where each engine sees each issue settle: the middle draw, eight of ten draws, nine of ten draws.

    Parameters
    ----------
    canvas : the sheet
    data : `issues` and `rows`; a row has `issue`, `engine_name`, `q05`, `q10`, `q50`, `q90`, `q95` (0..100) and
        the same in words as `q10_unit` and so on
    """
    left = EDGE if canvas.narrow else 176.0
    for issue in data["issues"]:
        rows = [row for row in data["rows"] if row["issue"] == issue["id"]]
        if rows:
            canvas.cut()
            _heading(canvas, issue["name"])
            _engines(canvas, issue, rows, left)
            _scale(canvas, issue, left, canvas.width - EDGE)


def _engines(canvas: Canvas, issue: Datum, rows: Sequence[Datum], left: float) -> None:
    across = _across(left, canvas.width - EDGE)
    top = canvas.bottom
    for row in rows:
        y = _engine_label(canvas, row["engine_name"], left)
        about = {"tip": _settled(issue, row)}
        canvas.span((across(row["q05"]), across(row["q95"])), y, "var(--mark)", weight=1.5, **about)
        canvas.span((across(row["q10"]), across(row["q90"])), y, "var(--mark)", weight=5, **about)
        canvas.dot(across(row["q50"]), y, "var(--mark)", fill=PAPER, size=80, **about)
    for anchor in _anchors(issue):
        x = across(anchor["common"])
        canvas.rule(x, top, x, canvas.bottom, HAIR)


def _engine_label(canvas: Canvas, name: str, left: float) -> float:
    """Set the name of an engine beside its marks, or above them on a narrow sheet; where the marks go."""
    lines = wrapped(name, canvas.width if canvas.narrow else left - 12, BODY, most=1 if canvas.narrow else 2)
    if canvas.narrow:
        canvas.lines(0, canvas.bottom + 10, lines)
        canvas.bottom += LANE + 16
        return canvas.bottom - LANE / 2
    height = max(LANE, 6 + 16.25 * len(lines))
    y = canvas.bottom + height / 2
    canvas.lines(0, y - 8.1 * (len(lines) - 1), lines)
    canvas.bottom += height
    return y


def _settled(issue: Datum, row: Datum) -> str:
    low, middle, high = (row.get(f"{name}_unit", f"{row[name]:.0f}") for name in ("q10", "q50", "q90"))
    return f"{row['engine_name']} on {issue['name']}: middle {middle}; eight of ten draws from {low} to {high}"


def _scale(canvas: Canvas, issue: Datum, left: float, right: float) -> None:
    """Draw the line of a scale, with numbers where it has a unit and the words of its two ends."""
    across = _across(left, right)
    anchors = _anchors(issue)
    y = canvas.bottom + 2
    canvas.rule(left, y, right, y, MUTED)
    for anchor in anchors:
        canvas.rule(across(anchor["common"]), y, across(anchor["common"]), y + 4, MUTED)
    canvas.bottom = _numbers(canvas, issue, y + 14, across) if issue.get("unit") else y + 4
    if len(anchors) > 1:
        half = (right - left) / 2 - 10
        first, last = (wrapped(anchors[end]["words"], half, NOTE) for end in (0, -1))
        look = {"size": NOTE, "colour": MUTED}
        ends = canvas.lines(left, canvas.bottom + 10, first, **look)
        canvas.bottom = max(ends, canvas.lines(right, canvas.bottom + 10, last, align="right", **look))
    canvas.bottom += 8


def _numbers(canvas: Canvas, issue: Datum, y: float, across: Any) -> float:
    """Set the numbers of the anchors below the line, leaving out those for which there is no room."""
    taken: list[tuple[float, float]] = []
    anchors = _anchors(issue)
    unit = str(issue["unit"])
    for anchor in [anchors[0], anchors[-1], *anchors[1:-1]] if len(anchors) > 1 else anchors:
        is_last = anchor is anchors[-1]
        text = f"{anchor['at']:g} {unit}" if is_last else f"{anchor['at']:g}"
        width, x = text_width(text, NOTE), across(anchor["common"])
        align = "left" if anchor is anchors[0] else "right" if is_last else "center"
        start = x - {"left": 0.0, "right": width, "center": width / 2}[align]
        if all(start > end + 6 or start + width < begin - 6 for begin, end in taken):
            canvas.words(x, y, text, align=align, size=NOTE, colour=INK)
            taken.append((start, start + width))
    return y + 6


def _anchors(issue: Datum) -> list[dict[str, Any]]:
    """The worded points of an issue, with their places 0..100."""
    low, high = float(issue.get("low", 0.0)), float(issue.get("high", 100.0))
    return [{**each, "common": 100 * (float(each["at"]) - low) / (high - low)} for each in issue.get("anchors", ())]


def _across(left: float, right: float) -> Any:
    return lambda point: left + (right - left) * min(100.0, max(0.0, float(point))) / 100
