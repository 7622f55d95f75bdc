"""Arrows for moves: `arrow` draws a line with a full head for a gain, and a hollow one for a move without."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from parley.briefing.charts.arcs import Curve
from parley.briefing.charts.canvas import PAPER, Canvas
from parley.briefing.charts.scales import Datum

__all__ = ["Head", "arrow"]


def arrow(canvas: Canvas, curve: Curve, row: Datum, look: tuple[str, list[int]]) -> None:
    """Draw the moves of a mover between two states, one head for each.

    Parameters
    ----------
    canvas : the sheet
    curve : the way of the line
    row : `party`, `from`, `to`, `said`, whether the mover `gains`, and whether it can also move `back`
    look : the mover's colour, and its strokes and gaps
    """
    ink, dash = look
    about = {"party": row["party"], "tip": row["said"]}
    to, back = Head.at(curve.end, curve.second), Head.at(curve.start, curve.first)
    start = back.base if row["back"] else curve.start
    path = f"M{_at(start, start)}C{_at(curve.first, start)},{_at(curve.second, start)},{_at(to.base, start)}"
    canvas.arc(*start, path, ink, weight=2.25 if row["gains"] else 1.1, dash=dash, **about)
    to.draw(canvas, ink, full=row["gains"], about={**about, "move": [row["from"], row["to"]]})
    if row["back"]:
        back.draw(canvas, ink, full=False, about={**about, "move": [row["to"], row["from"]]})


def _at(point: tuple[float, float], origin: tuple[float, float]) -> str:
    """A point as it is seen from another one, the way a path writes it."""
    return ",".join(f"{round(each - base, 1):g}" for each, base in zip(point, origin, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an arrow: its tip, and the way that it points."""

    tip: tuple[float, float]
    way: tuple[float, float]

    @classmethod
    def at(cls, tip: tuple[float, float], before: tuple[float, float]) -> Head:
        """The head at the end of a line that comes from another point."""
        dx, dy = tip[0] - before[0], tip[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        return cls(tip=tip, way=(dx / length, dy / length))

    @property
    def base(self) -> tuple[float, float]:
        """Where the line ends."""
        return self.tip[0] - 7 * self.way[0], self.tip[1] - 7 * self.way[1]

    def draw(self, canvas: Canvas, ink: str, *, full: bool, about: Mapping[str, object]) -> None:
        """Draw it, full or hollow; `about` is what it knows of its move."""
        (x, y), (ux, uy) = self.tip, self.way
        long, half = (10.0, 4.5) if full else (7.5, 3.2)
        left = -long * ux - half * uy, -long * uy + half * ux
        right = -long * ux + half * uy, -long * uy - half * ux
        path = f"M0,0L{_at(left, (0, 0))}L{_at(right, (0, 0))}Z"
        canvas.arc(x, y, path, ink, weight=0.5 if full else 1.1, fill=ink if full else PAPER, **about)
