"""Chances: of agreement by engine, of outcomes, and as people forecast them. `agreement` is the main name."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing.charts.axes import Axis, chance_axis, chance_words
from parley.briefing.charts.canvas import BODY, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import text_width, wrapped
from parley.briefing.palette import STEPS

__all__ = ["agreement", "outcomes", "predictions"]

Datum = Mapping[str, Any]
MARK = "var(--mark)"
LEFT_OPEN = "None of these, or left open"


def agreement(canvas: Canvas, data: Datum) -> None:
    """Draw each engine's chance of agreement, with the range of its draws.

    Parameters
    ----------
    canvas : the sheet
    data : `rows` with `engine_name`, perhaps `approach_name`, `mean`, `low`, `high` (0..1), perhaps `shown`,
        the mean in words
    """
    left = 12.0 if canvas.narrow else 176.0
    axis = Axis(low=0, high=1, left=left, right=canvas.width - 56)
    top = canvas.bottom = chance_words(canvas, axis, canvas.bottom)
    canvas.bottom += 4
    for row in data["rows"]:
        name = " · ".join(str(row[key]) for key in ("engine_name", "approach_name") if row.get(key))
        room = canvas.width if canvas.narrow else left - 16
        lines = wrapped(name, room, BODY, most=1 if canvas.narrow else 2)
        height = 42.0 if canvas.narrow else max(30.0, 8 + 16.25 * len(lines))
        y = canvas.bottom + (29 if canvas.narrow else height / 2)
        head = canvas.bottom + 11 if canvas.narrow else y - 8.1 * (len(lines) - 1)
        canvas.lines(0, head, lines)
        tip = f"{name}: {row['mean']:.0%}; eight of ten draws from {row['low']:.0%} to {row['high']:.0%}"
        ends = axis.at(row["low"]), axis.at(row["high"])
        middle = axis.at(row["mean"])
        canvas.span(ends, y, MARK, weight=5, tip=tip)
        canvas.dot(middle, y, MARK, fill=PAPER, size=110, tip=tip)
        reach = min(ends[0], middle - 7), max(ends[1], middle + 7)
        canvas.aside(reach, y, row.get("shown", f"{row['mean']:.0%}"), bold=True)
        canvas.bottom += height
    chance_axis(canvas, axis, top, ("no agreement", "certain agreement"))


def predictions(canvas: Canvas, data: Datum) -> None:
    """Draw each forecast by a person as the range of chances that its wording stands for.

    Parameters
    ----------
    canvas : the sheet
    data : `rows` with `by`, `words`, `low`, `high` (0..1), `horizon` in words
    """
    left = 12.0 if canvas.narrow else 330.0
    axis = Axis(low=0, high=1, left=left, right=canvas.width - 66)
    if not canvas.narrow:
        canvas.bottom = chance_words(canvas, axis, canvas.bottom)
    top = canvas.bottom
    for person, rows in itertools.groupby(data["rows"], key=lambda row: row["by"]):
        canvas.lines(0, canvas.bottom + 14, wrapped(person, canvas.width, BODY), bold=True)
        canvas.bottom += 26
        for row in rows:
            _forecast(canvas, axis, row)
        canvas.bottom += 4
    if canvas.narrow:
        _plain_axis(canvas, axis)
    else:
        chance_axis(canvas, axis, top, ("no chance", "certainty"))


def _forecast(canvas: Canvas, axis: Axis, row: Datum) -> None:
    room = canvas.width if canvas.narrow else axis.left - 26
    lines = wrapped(row["words"], room, BODY, most=4)
    below = canvas.lines(0, canvas.bottom + 8, lines)
    if row.get("horizon"):
        below = canvas.lines(0, below + 8, wrapped(row["horizon"], room, NOTE, most=1), size=NOTE, colour=MUTED)
    y = below + 10 if canvas.narrow else (canvas.bottom + below) / 2
    tip = f"{row['by']}: {row['words']} ({row['low']:.0%} to {row['high']:.0%})"
    canvas.span((axis.at(row["low"]), axis.at(row["high"])), y, MARK, weight=9, tip=tip)
    if canvas.narrow:
        canvas.rule(axis.left, y, axis.right, y)
    text = f"{100 * row['low']:.0f}–{100 * row['high']:.0f}%"
    canvas.aside((axis.at(row["low"]), axis.at(row["high"])), y, text, size=NOTE)
    canvas.bottom = (y if canvas.narrow else below) + 14


def _plain_axis(canvas: Canvas, axis: Axis) -> None:
    y = canvas.bottom + 6
    canvas.words(0, y, "0% no chance", size=NOTE, colour=MUTED)
    canvas.words(axis.right, y, "certainty 100%", align="right", size=NOTE, colour=MUTED)
    canvas.bottom = y + 12


def outcomes(canvas: Canvas, data: Datum) -> None:
    """Draw for each engine a bar divided among the outcomes, from the first rung of the ladder to the last.

    Parameters
    ----------
    canvas : the sheet
    data : `rows` with `label`, `outcome`, `share` (0..1), `order` from 0, and perhaps `group`, the heading above it
    """
    rows = sorted(data["rows"], key=lambda row: int(row["order"]))
    names = dict.fromkeys(str(row["outcome"]) for row in rows)
    rungs = [name for name in names if name != LEFT_OPEN]
    steps = {name: str(_step(number, len(rungs))) for number, name in enumerate(rungs)} | {LEFT_OPEN: "open"}
    _outcome_key(canvas, {name: steps[name] for name in names})
    left, group = 0.0 if canvas.narrow else 190.0, None
    for label, heading in dict.fromkeys((str(row["label"]), row.get("group")) for row in data["rows"]):
        if heading != group:
            group = heading
            lines = wrapped(str(heading), canvas.width, BODY)
            canvas.bottom = canvas.lines(0, canvas.bottom + 20, lines, bold=True) + 2
        lines = wrapped(label, canvas.width if canvas.narrow else left - 12, BODY, most=2)
        if canvas.narrow:
            y = canvas.lines(0, canvas.bottom + 12, lines) + 3
        else:
            y = canvas.bottom + 5
            canvas.lines(0, y + 12 - 8.1 * (len(lines) - 1), lines)
        _bar(canvas, (left, y), [row for row in rows if row["label"] == label], steps)
        canvas.bottom = max(y + 26, y + 13 + 8.1 * len(lines))


def _step(number: int, count: int) -> int:
    """The colour of a rung: the first is grey, the last the deepest, whatever their number."""
    return number if count <= STEPS else round(number * (STEPS - 1) / (count - 1))


def _outcome_key(canvas: Canvas, steps: Mapping[str, str]) -> None:
    x, y = 0.0, canvas.bottom + 10
    for name, step in steps.items():
        room = 18 + text_width(name, NOTE) + 16
        if x and x + room - 16 > canvas.width:
            x, y = 0.0, y + 20
        canvas.box(x, y - 6, x + 12, y + 6, f"var(--step-{step})")
        canvas.words(x + 18, y, name, size=NOTE, colour=MUTED)
        x += room
    canvas.bottom = y + 8


def _bar(canvas: Canvas, place: tuple[float, float], rows: Sequence[Datum], steps: Mapping[str, str]) -> None:
    (x, y), room = place, canvas.width - place[0]
    total = sum(float(row["share"]) for row in rows) or 1.0
    for row in rows:
        share = float(row["share"])
        end = x + room * share / total
        step = steps[str(row["outcome"])]
        tip = f"{row['label']}: {row['outcome']}, {share:.0%}"
        if end - x > 0.2:
            canvas.box(x, y, max(end - 1, x + 1), y + 24, f"var(--step-{step})", tip=tip)
        text = f"{share:.0%}"
        name = f"{row['outcome']} {text}"
        for shown in (name, text):
            if text_width(shown, NOTE) + 12 < end - x:
                canvas.words(x + 6, y + 12.5, shown, size=NOTE, colour=f"var(--on-step-{step})")
                break
        x = end
