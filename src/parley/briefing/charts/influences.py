"""Which judgements a result hangs on. `sensitivity` is the main name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parley.briefing.charts.axes import Axis
from parley.briefing.charts.canvas import BODY, MUTED, NOTE, Canvas
from parley.briefing.charts.lettering import wrapped

__all__ = ["sensitivity"]


def sensitivity(canvas: Canvas, data: Mapping[str, Any]) -> None:
    """Draw rank correlations as bars to both sides of "no link", in the order given.

    Parameters
    ----------
    canvas : the sheet
    data : `rows` with `name` and `rho` (-1..1)
    """
    rows = data["rows"]
    widest = max((abs(float(row["rho"])) for row in rows), default=1.0)
    end = next(limit for limit in (0.25, 0.5, 0.75, 1.01) if widest <= limit)
    left = 44.0 if canvas.narrow else 330.0
    axis = Axis(low=-end, high=end, left=left, right=canvas.width - 44)
    top = canvas.bottom = canvas.bottom + 20
    canvas.words(axis.at(0) - 8, top - 10, "← the result falls", align="right", size=NOTE, colour=MUTED)
    canvas.words(axis.at(0) + 8, top - 10, "the result rises →", size=NOTE, colour=MUTED)
    for row in rows:
        _influence(canvas, axis, str(row["name"]), float(row["rho"]))
    canvas.rule(axis.at(0), top, axis.at(0), canvas.bottom, MUTED)
    canvas.words(axis.at(0), canvas.bottom + 10, "no link", align="center", size=NOTE, colour=MUTED)
    canvas.bottom += 18


def _influence(canvas: Canvas, axis: Axis, name: str, rho: float) -> None:
    room = canvas.width if canvas.narrow else axis.left - 56
    below = canvas.lines(0, canvas.bottom + 12, wrapped(name[:1].upper() + name[1:], room, BODY))
    y = below + 11 if canvas.narrow else (canvas.bottom + 4 + below) / 2
    ends = sorted((axis.at(0), axis.at(rho)))
    canvas.box(ends[0], y - 6, max(ends[1], ends[0] + 1), y + 6, "var(--mark)", tip=f"{name}: {rho:+.2f}")
    side = {"align": "right"} if rho < 0 else {}
    shown = f"{rho:+.1f}".replace("-", "−")
    canvas.words(axis.at(rho) + (-6 if rho < 0 else 6), y, shown, size=NOTE, **side)
    canvas.bottom = (y + 8 if canvas.narrow else below) + 4
