"""Where engines see issues settle, over what may come out. `settlements` is the main name."""

from __future__ import annotations

from collections.abc import Sequence

from parley.briefing.charts.canvas import BODY, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import wrapped
from parley.briefing.charts.looks import FAMILIES, KIND_NAMES, key
from parley.briefing.charts.scales import EDGE, Datum, across, gridlines, heading, scale

__all__ = ["outlook_band", "outlook_key", "settlements"]

LANE = 20.0
MARK = "var(--mark)"


def settlements(canvas: Canvas, data: Datum) -> None:
    """Draw where each engine sees each issue settle, over the band of what may come out.

    Parameters
    ----------
    canvas : the sheet
    data : `issues`, `rows` and perhaps `outlooks`. A row has `issue`, `engine_name`, perhaps `short` and `family`,
        `q05`, `q10`, `q50`, `q90`, `q95` (0..100) and the same in words as `q10_unit` and so on; an outlook has
        `issue`, and `low`, `high` and `mean`, 0..100 or None
    """
    left = 118.0 if canvas.narrow else 190.0
    outlooks = {each["issue"]: each for each in data.get("outlooks", ())}
    held = {row.get("family", "collective") for row in data["rows"]}
    kinds = [(KIND_NAMES[each], look) for each, look in FAMILIES.items() if each in held]
    key(canvas, [*(kinds if len(kinds) > 1 else ()), *outlook_key(data)])
    for issue in data["issues"]:
        rows = [row for row in data["rows"] if row["issue"] == issue["id"]]
        if rows:
            canvas.cut()
            heading(canvas, issue["name"])
            _engines(canvas, (issue, outlooks.get(issue["id"], {})), rows, left)
            scale(canvas, issue, left, canvas.width - EDGE)


def outlook_key(data: Datum) -> list[tuple[str, str]]:
    """What the band and the dashed line mean, where there is any."""
    outlooks = data.get("outlooks", ())
    entries = [("what may come out", "band")] if any(each["low"] is not None for each in outlooks) else []
    return [*entries, ("compromise mean", "dashes")] if any(each["mean"] is not None for each in outlooks) else entries


def outlook_band(canvas: Canvas, outlook: Datum, left: float, top: float) -> None:
    """Draw what may come out as a band from `top` to the bottom, with the compromise mean as a dashed line in it."""
    at = across(left, canvas.width - EDGE)
    if outlook.get("low") is not None:
        low, high = at(outlook["low"]), at(outlook["high"])
        tip = f"What may come out: {outlook['interval']}" if outlook.get("interval") else ""
        canvas.box(low, top, max(high, low + 2), canvas.bottom, "var(--interval)", tip=tip)
    if outlook.get("mean") is not None:
        x = at(outlook["mean"])
        canvas.rule(x, top, x, canvas.bottom, MUTED, weight=1.5, dash=[4, 3])


def _engines(canvas: Canvas, about: tuple[Datum, Datum], rows: Sequence[Datum], left: float) -> None:
    issue, outlook = about
    at, top = across(left, canvas.width - EDGE), canvas.bottom
    before = rows[0].get("family")
    for row in rows:
        canvas.bottom += 6 if row.get("family") != before else 0
        before = row.get("family")
        y = _label(canvas, row, left)
        tip = {"tip": _settled(issue, row)}
        canvas.span((at(row["q05"]), at(row["q95"])), y, MARK, weight=1.5, **tip)
        canvas.span((at(row["q10"]), at(row["q90"])), y, MARK, weight=5, **tip)
        look = FAMILIES.get(row.get("family", ""), "circle")
        canvas.dot(at(row["q50"]), y, MARK, fill=PAPER, size=80, shape=look, **tip)
    outlook_band(canvas, outlook, left, top)
    gridlines(canvas, issue, at, top)


def _label(canvas: Canvas, row: Datum, left: float) -> float:
    """Set the name of an engine beside its marks; where the marks go."""
    name, size = (row.get("short") or row["engine_name"], NOTE) if canvas.narrow else (row["engine_name"], BODY)
    lines = wrapped(str(name), left - 12, size, most=2)
    height = max(LANE, 4 + 1.25 * size * len(lines))
    y = canvas.bottom + height / 2
    canvas.lines(0, y - 0.625 * size * (len(lines) - 1), lines, size=size)
    canvas.bottom += height
    return y


def _settled(issue: Datum, row: Datum) -> str:
    low, middle, high = (row.get(f"{name}_unit", f"{row[name]:.0f}") for name in ("q10", "q50", "q90"))
    return f"{row['engine_name']} on {issue['name']}: middle {middle}; eight of ten draws from {low} to {high}"
