"""Packages as pictures: what two sides can have at once, and what each party gets. `frontier` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing.charts.axes import Axis, around
from parley.briefing.charts.canvas import BODY, HAIR, INK, LABEL, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import text_width, wrapped
from parley.briefing.charts.looks import colour, key

__all__ = ["frontier", "shares"]

Datum = Mapping[str, Any]
MARK = "var(--mark)"

SHAPES = ("circle", "square", "diamond", "triangle-up")
"""The symbol of each package that is named, in their order."""

TALL = 0.72
"""Height of the frontier's picture as a share of its width."""


def frontier(canvas: Canvas, data: Datum) -> None:
    """Draw what two sides can have at once: a dot for each package on the frontier, and the packages that are named.

    Parameters
    ----------
    canvas : the sheet
    data : `sides`, two of them with `name`, `colour` and `no_agreement`; `points` with `at` (what the package is worth
        to each side, 0..1) and `signed`; `named` with `at` and `name`
    """
    first, second = data["sides"]
    every = [*data["points"], *data["named"]]
    lows_and_highs = [
        around([*(float(each["at"][k]) for each in every), float(side["no_agreement"])])
        for k, side in enumerate((first, second))
    ]
    _key(canvas, data)
    top = canvas.bottom + 34
    left, right = 44.0, canvas.width - 12.0
    bottom = top + max(230.0, TALL * (right - left) * 0.75)
    across = Axis(low=lows_and_highs[0][0], high=lows_and_highs[0][1], left=left, right=right)
    up = Axis(low=lows_and_highs[1][0], high=lows_and_highs[1][1], left=bottom, right=top)
    canvas.words(0, top - 16, f"↑ better for {second['name']}", size=NOTE, colour=colour(second), bold=True)
    _zone(canvas, across, up, (first, second))
    _scales(canvas, across, up)
    for each in data["points"]:
        ink = INK if each["signed"] else MUTED
        canvas.dot(
            across.at(each["at"][0]), up.at(each["at"][1]), ink, fill=ink if each["signed"] else PAPER, size=14,
            tip=each.get("said", ""),
        )  # fmt: skip
    _named(canvas, across, up, data["named"])
    text = f"better for {first['name']} →"
    canvas.words(right, bottom + 36, text, align="right", size=NOTE, colour=colour(first), bold=True)
    canvas.bottom = bottom + 48


def _key(canvas: Canvas, data: Datum) -> None:
    signs = [("could be signed", "full")] if any(each["signed"] for each in data["points"]) else []
    if any(not each["signed"] for each in data["points"]):
        signs.append(("somebody would not sign", "hollow"))
    key(canvas, [*signs, ("both have at least what they have without agreement", "band")])


def _zone(canvas: Canvas, across: Axis, up: Axis, sides: tuple[Datum, Datum]) -> None:
    """Shade where both are better off than without agreement, and say what that is worth to each."""
    x, y = (axis.at(float(side["no_agreement"])) for axis, side in zip((across, up), sides, strict=True))
    canvas.box(x, up.right, across.right, y, "var(--interval)")
    canvas.rule(x, up.right, x, up.left, MUTED, dash=[4, 3])
    canvas.rule(across.left, y, across.right, y, MUTED, dash=[4, 3])
    canvas.dot(x, y, MUTED, shape="cross", size=70, tip="no agreement")
    canvas.words(x + 8, y + 11, "no agreement", size=NOTE, colour=MUTED)


def _scales(canvas: Canvas, across: Axis, up: Axis) -> None:
    canvas.rule(across.left, up.left, across.right, up.left, MUTED)
    for value in across.ticks(5 if canvas.narrow else 8):
        canvas.rule(across.at(value), up.left, across.at(value), up.left + 4, MUTED)
        text = f"{100 * value:.0f}"
        canvas.words(across.at(value), up.left + 15, text, align="center", size=NOTE, colour=MUTED)
    canvas.rule(across.left, up.right, across.left, up.left, MUTED)
    for value in up.ticks(6):
        canvas.rule(across.left - 4, up.at(value), across.left, up.at(value), MUTED)
        canvas.rule(across.left, up.at(value), across.right, up.at(value), HAIR)
        canvas.words(across.left - 8, up.at(value), f"{100 * value:.0f}", align="right", size=NOTE, colour=MUTED)


def _named(canvas: Canvas, across: Axis, up: Axis, named: Sequence[Datum]) -> None:
    """Draw the packages that have a name, each label beside its mark on the free side of the frontier."""
    taken: list[float] = []
    for number, each in sorted(enumerate(named), key=lambda pair: up.at(pair[1]["at"][1])):
        x, y = across.at(each["at"][0]), up.at(each["at"][1])
        canvas.dot(x, y, MARK, shape=SHAPES[number % len(SHAPES)], size=130, fill=PAPER, tip=each.get("said", ""))
        room = text_width(each["name"], BODY)
        place = y - 12
        while any(abs(place - other) < 16 for other in taken):
            place += 4
        taken.append(place)
        if x + 10 + room <= across.right:
            canvas.words(x + 10, place, each["name"], bold=True)
        else:
            canvas.words(x - 10, place + 24, each["name"], align="right", bold=True)


def shares(canvas: Canvas, data: Datum) -> None:
    """Draw what each party gets by each package that is named, beside what it has without agreement.

    Parameters
    ----------
    canvas : the sheet
    data : `named` with `name`; `rows`, one for each party: `name`, `colour`, `signs`, `no_agreement` (0..1 or None),
        `best` (the most it could get where all sign, or None) and `worth`, one for each package
    """
    rows = data["rows"]
    values = [float(x) for row in rows for x in (row["no_agreement"], row["best"], *row["worth"]) if x is not None]
    low, high = around(values)
    left = 12.0 if canvas.narrow else 190.0
    axis = Axis(low=low, high=high, left=left, right=canvas.width - 12.0)
    entries = [(each["name"], SHAPES[k % len(SHAPES)]) for k, each in enumerate(data["named"])]
    key(canvas, [*entries, ("no agreement", "dashes")])
    top = canvas.bottom
    for row in rows:
        _row(canvas, axis, row, data["named"])
    y = canvas.bottom + 4
    canvas.rule(axis.left, y, axis.right, y, MUTED)
    for value in axis.ticks(5 if canvas.narrow else 8):
        canvas.rule(axis.at(value), top, axis.at(value), y + 4, HAIR)
        canvas.words(axis.at(value), y + 14, f"{100 * value:.0f}", align="center", size=NOTE, colour=MUTED)
    says = "worse ←  points of 100  → better"
    canvas.words((axis.left + axis.right) / 2, y + 31, says, align="center", size=NOTE, colour=MUTED)
    canvas.bottom = y + 42


def _row(canvas: Canvas, axis: Axis, row: Datum, named: Sequence[Datum]) -> None:
    name = f"{row['name']}{' (must sign)' if row['signs'] else ''}"
    if canvas.narrow:
        canvas.lines(0, canvas.bottom + 10, wrapped(name, canvas.width, BODY, most=1), bold=bool(row["signs"]))
        canvas.bottom += 44
        y = canvas.bottom - 14
    else:
        lines = wrapped(name, axis.left - 14, BODY, most=2)
        height = max(30.0, 12 + 16.25 * len(lines))
        y = canvas.bottom + height / 2
        canvas.lines(0, y - 8.1 * (len(lines) - 1), lines, bold=bool(row["signs"]))
        canvas.bottom += height
    ink = colour(row)
    ends = [axis.at(float(x)) for x in (row["no_agreement"], row["best"], *row["worth"]) if x is not None]
    canvas.rule(min(ends), y, max(ends), y, ink, weight=2)
    if row["no_agreement"] is not None:
        x = axis.at(float(row["no_agreement"]))
        canvas.rule(x, y - 9, x, y + 9, MUTED, weight=1.5, dash=[4, 3])
    for k, worth in enumerate(row["worth"]):
        tip = f"{row['name']}, {named[k]['name']}: {100 * float(worth):.0f}"
        canvas.dot(axis.at(float(worth)), y, ink, shape=SHAPES[k % len(SHAPES)], size=LABEL * 6, fill=PAPER, tip=tip)
