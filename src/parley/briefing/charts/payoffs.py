"""What approaches and waiting are worth to the parties. `approaches` is the main name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing.charts.axes import Axis, around
from parley.briefing.charts.canvas import BODY, HAIR, LABEL, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import text_width, wrapped
from parley.briefing.charts.looks import colour

__all__ = ["approaches", "payoffs", "waiting"]

Datum = Mapping[str, Any]
MARK = "var(--mark)"
UNCHANGED = "No change"
ROOM_FOR_WORDS = 110.0
"""Pixels that the words on either side of the line of no difference take."""

SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross")


def approaches(canvas: Canvas, data: Datum) -> None:
    """Draw what each approach is worth to the party that asks, one block for each engine, best first.

    Parameters
    ----------
    canvas : the sheet
    data : `rows` with `approach_name`, `engine_name`, perhaps `block` (the engines that share a block; else each has
        its own), `mean`, `q05`, `q10`, `q90`, `q95` and `best_share`; payoffs 0..1 where an approach is called
        "No change", otherwise differences from it, -1..1
    """
    rows = data["rows"]
    absolute = any(row["approach_name"] == UNCHANGED for row in rows)
    ends = around(_values(rows, "q05", "q95", "mean"), about=None if absolute else 0.0)
    left, right = (8.0, 8.0) if canvas.narrow else (190.0, 104.0)
    axis = Axis(low=ends[0], high=ends[1], left=left, right=canvas.width - right)
    for name in dict.fromkeys(str(row.get("block") or row["engine_name"]) for row in rows):
        canvas.cut()
        held = [row for row in rows if (row.get("block") or row["engine_name"]) == name]
        block = sorted(held, key=lambda row: -float(row["mean"]))
        if any(row.get("best_share") is not None for row in block):
            canvas.words(canvas.width, canvas.bottom + 18, "best in", align="right", size=NOTE, colour=MUTED)
        head = wrapped(name, canvas.width - 60, LABEL)
        canvas.bottom = canvas.lines(0, canvas.bottom + 18, head, size=LABEL, bold=True) + 4
        _engine_block(canvas, axis, block)
        _value_axis(canvas, axis, "worse ←  points of 100  → better", absolute=absolute)


def _engine_block(canvas: Canvas, axis: Axis, rows: Sequence[Datum]) -> None:
    base = next((float(row["mean"]) for row in rows if row["approach_name"] == UNCHANGED), 0.0)
    top = canvas.bottom
    several = len({row["engine_name"] for row in rows}) > 1
    shares = [float(row["best_share"]) for row in rows if row.get("best_share") is not None]
    for name in dict.fromkeys(str(row["approach_name"]) for row in rows):
        held = [row for row in rows if row["approach_name"] == name]
        y = _row_label(canvas, axis, name, bold=False)
        if several:
            _several(canvas, axis, y, held)
        else:
            tip = _tip(held[0])
            canvas.span((axis.at(held[0]["q05"]), axis.at(held[0]["q95"])), y, MARK, weight=1.5, tip=tip)
            canvas.span((axis.at(held[0]["q10"]), axis.at(held[0]["q90"])), y, MARK, weight=5, tip=tip)
            canvas.dot(axis.at(held[0]["mean"]), y, MARK, fill=PAPER, tip=tip)
        best = [float(row["best_share"]) for row in held if row.get("best_share") is not None]
        if best:
            _best(canvas, y, (min(best), max(best)), stress=not several and best[0] == max(shares))
    canvas.rule(axis.at(base), top, axis.at(base), canvas.bottom, MUTED, dash=[3, 3])


def _several(canvas: Canvas, axis: Axis, y: float, rows: Sequence[Datum]) -> None:
    """Draw a mark for each of several engines, on a line that runs over the bars of all."""
    ends = axis.at(min(float(row["q10"]) for row in rows)), axis.at(max(float(row["q90"]) for row in rows))
    canvas.span(ends, y, MARK, weight=1.5)
    for row in rows:
        canvas.dot(axis.at(row["mean"]), y, MARK, fill=PAPER, size=50, tip=f"{row['engine_name']}, {_tip(row)}")


def _tip(row: Datum) -> str:
    low, mean, high = (_hundredths(row[key]) for key in ("q10", "mean", "q90"))
    return f"{row['approach_name']}: {mean}; eight of ten draws from {low} to {high}"


def _best(canvas: Canvas, y: float, shares: tuple[float, float], *, stress: bool) -> None:
    """Say in how many draws an approach is the best, at the right edge."""
    where = y - 17 if canvas.narrow else y
    low, high = (f"{share:.0%}" for share in shares)
    text = f"{low} of draws" if low == high else f"{low.rstrip('%')}–{high} of draws"
    canvas.words(canvas.width, where, text, align="right", size=NOTE, bold=stress)


def _row_label(canvas: Canvas, axis: Axis, name: str, *, bold: bool) -> float:
    """Set the name of a row, beside its marks or above them; where the marks go."""
    if canvas.narrow:
        canvas.lines(0, canvas.bottom + 10, wrapped(name, canvas.width - 90, BODY, most=1), bold=bold)
        canvas.bottom += 40
        return canvas.bottom - 13
    lines = wrapped(name, axis.left - 14, BODY, most=2)
    height = max(24.0, 8 + 16.25 * len(lines))
    y = canvas.bottom + height / 2
    canvas.lines(0, y - 8.1 * (len(lines) - 1), lines, bold=bold)
    canvas.bottom += height
    return y


def _value_axis(canvas: Canvas, axis: Axis, says: str, *, absolute: bool) -> None:
    y = canvas.bottom + 2
    canvas.rule(axis.left, y, axis.right, y, MUTED)
    ticks = axis.ticks(5 if canvas.narrow else 7)
    for value in ticks:
        canvas.rule(axis.at(value), y, axis.at(value), y + 4, MUTED)
        text = f"{100 * value:.0f}" if absolute else _signed(value)
        canvas.words(axis.at(value), y + 14, text, align="center", size=NOTE, colour=MUTED)
    canvas.words((axis.left + axis.right) / 2, y + 30, says, align="center", size=NOTE, colour=MUTED)
    canvas.bottom = y + 40


def payoffs(canvas: Canvas, data: Datum) -> None:
    """Draw who gains and who loses by each approach: every engine's mean change, one panel for each approach.

    Parameters
    ----------
    canvas : the sheet
    data : `parties` and `rows` with `approach_name`, `engine_name`, perhaps `mark` (the engines that share a symbol;
        else each has its own), `party`, `mean`; payoffs 0..1 where an approach is called "No change", otherwise
        differences from it
    """
    rows = _changes(data["rows"])
    marks = list(dict.fromkeys(str(row.get("mark") or row["engine_name"]) for row in rows))
    shapes = {name: SHAPES[number % len(SHAPES)] for number, name in enumerate(marks)}
    low, high = around(_values(rows, "mean"), about=0.0)
    _shape_key(canvas, shapes)
    names = list(dict.fromkeys(str(row["approach_name"]) for row in rows))
    columns = 1 if canvas.narrow else 2
    gutter, gap = (150.0, 28.0 if columns > 1 else 0.0)
    width = (canvas.width - gap * (columns - 1)) / columns
    for first in range(0, len(names), columns):
        canvas.cut()
        top, below = canvas.bottom, canvas.bottom
        for number, name in enumerate(names[first : first + columns]):
            start = number * (width + gap)
            axis = Axis(low=low, high=high, left=start + gutter, right=start + width - 6)
            canvas.bottom = top
            _panel(
                canvas,
                axis,
                start,
                (name, [row for row in rows if row["approach_name"] == name], data["parties"], shapes),
            )
            below = max(below, canvas.bottom)
        canvas.bottom = below + 10


def _changes(rows: Sequence[Datum]) -> list[dict[str, Any]]:
    """Mean changes from "No change", by party and engine; rows that are changes already stay as they are."""
    base = {(row["engine_name"], row["party"]): float(row["mean"]) for row in rows if row["approach_name"] == UNCHANGED}
    changed = [row for row in rows if row["approach_name"] != UNCHANGED]
    return [{**row, "mean": float(row["mean"]) - base.get((row["engine_name"], row["party"]), 0.0)} for row in changed]


def _shape_key(canvas: Canvas, shapes: Mapping[str, str]) -> None:
    x, y = 6.0, canvas.bottom + 10
    for name, shape in shapes.items():
        room = 16 + text_width(name, NOTE) + 18
        if x > 6 and x + room - 18 > canvas.width:
            x, y = 6.0, y + 20
        canvas.dot(x, y, MUTED, shape=shape, size=60)
        canvas.words(x + 12, y, name, size=NOTE, colour=MUTED)
        x += room
    canvas.bottom = y + 10


def _panel(
    canvas: Canvas, axis: Axis, start: float, about: tuple[str, Sequence[Datum], Sequence[Datum], Mapping[str, str]]
) -> None:
    """Draw one approach: a row for each party, a symbol for each engine, a line from the lowest to the highest."""
    name, rows, parties, shapes = about
    lines = wrapped(name, axis.right - start, LABEL, most=2)
    canvas.bottom = canvas.lines(start, canvas.bottom + 16, lines, size=LABEL, bold=True) + 4
    top = canvas.bottom
    for party in parties:
        held = [row for row in rows if row["party"] == party["id"]]
        if not held:
            continue
        y = canvas.bottom + 11
        label = wrapped(party.get("short") or party["name"], axis.left - start - 8, NOTE, most=1)
        canvas.lines(start, y, label, size=NOTE, party=party["id"])
        ink = colour(party)
        places = [axis.at(float(row["mean"])) for row in held]
        canvas.rule(min(places), y, max(places), y, ink, weight=2, party=party["id"])
        for row, place in zip(held, places, strict=True):
            tip = f"{party['name']}, {row['engine_name']}: {_signed(row['mean'])} points of 100"
            look = shapes[str(row.get("mark") or row["engine_name"])]
            canvas.dot(place, y, ink, shape=look, size=60, party=party["id"], tip=tip)
        canvas.bottom += 22
    canvas.rule(axis.at(0), top, axis.at(0), canvas.bottom, MUTED)
    for value in axis.ticks(4):
        canvas.rule(axis.at(value), top, axis.at(value), canvas.bottom, HAIR)
        canvas.words(axis.at(value), canvas.bottom + 10, _signed(value), align="center", size=NOTE, colour=MUTED)
    middle = (axis.left + axis.right) / 2
    canvas.words(middle, canvas.bottom + 26, "loses ←  → gains", align="center", size=NOTE, colour=MUTED)
    canvas.bottom += 34


def waiting(canvas: Canvas, data: Datum) -> None:
    """Draw what waiting a round, or anything else, is worth to each side, about the line where it makes no difference.

    Parameters
    ----------
    canvas : the sheet
    data : `rows` with `party_name`, perhaps `engine_name` and `colour`, `mean`, `q10`, `q90`; above 0 waiting
        pays; `left` and `right` say in other words what lies on either side of the line
    """
    rows = data["rows"]
    low, high = around(_values(rows, "q10", "q90", "mean"), about=0.0)
    left, right = 8.0 if canvas.narrow else 190.0, canvas.width - 8.0
    beside = ROOM_FOR_WORDS / (right - left - ROOM_FOR_WORDS)
    axis = Axis(low=min(low, -high * beside), high=max(high, -low * beside), left=left, right=right)
    top = canvas.bottom = canvas.bottom + 22
    canvas.words(axis.at(0) - 8, top - 10, data.get("left", "← settling pays"), align="right", size=NOTE, colour=MUTED)
    canvas.words(axis.at(0) + 8, top - 10, data.get("right", "waiting pays →"), size=NOTE, colour=MUTED)
    for row in rows:
        name = " · ".join(str(row[key]) for key in ("party_name", "engine_name") if row.get(key))
        y = _row_label(canvas, axis, name, bold=False)
        ink = colour(row) if row.get("colour") is not None else MARK
        tip = f"{name}: {_signed(row['mean'])}; eight of ten draws from {_signed(row['q10'])} to {_signed(row['q90'])}"
        canvas.span((axis.at(row["q10"]), axis.at(row["q90"])), y, ink, weight=5, tip=tip)
        canvas.dot(axis.at(row["mean"]), y, ink, fill=PAPER, tip=tip)
    canvas.rule(axis.at(0), top, axis.at(0), canvas.bottom, MUTED)
    _value_axis(canvas, axis, "points of 100", absolute=False)


def _values(rows: Sequence[Datum], *names: str) -> list[float]:
    return [float(row[name]) for row in rows for name in names if row.get(name) is not None]


def _hundredths(value: float) -> str:
    return f"{100 * float(value):.0f}"


def _signed(value: float) -> str:
    rounded = round(100 * float(value)) if math.isfinite(float(value)) else 0
    return f"+{rounded}" if rounded > 0 else f"−{-rounded}" if rounded < 0 else "0"
