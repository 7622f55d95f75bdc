"""How far each party comes at the table, step by step. `concessions` is the main name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from parley.briefing.charts.canvas import HAIR, MUTED, NOTE, Canvas
from parley.briefing.charts.lettering import wrapped
from parley.briefing.charts.looks import colour, dash, key, party_key, shape
from parley.briefing.charts.scales import Datum, heading

__all__ = ["concessions"]

TALL = 150.0
"""Height of a plot, in pixels."""

GAP = 28.0
"""Room between two plots that stand beside each other."""


def concessions(canvas: Canvas, data: Datum) -> None:
    """Draw one plot for each typical path: what each party's own last offer is worth to it, and what no agreement is.

    Parameters
    ----------
    canvas : the sheet
    data : `parties`, those who must sign; and `rows`, one for each path: `name`, `ends` (in words), `last` (the step in
        which it ends), `steps` (of the clock) and `lines` with `party`, `named` and `no_agreement` (0..1 or None, for
        each step), `agreed` (what the agreement is worth to it, or None) and `said`
    """
    parties = {each["id"]: each for each in data["parties"]}
    party_key(canvas, list(parties.values()))
    key(canvas, [("what no agreement is worth", "line"), ("agreement", "full")])
    values = [
        float(each)
        for row in data["rows"]
        for line in row["lines"]
        for each in (*line["named"], *line["no_agreement"])
        if each is not None
    ]
    ends = math.floor(min(values, default=0.0) * 10 - 0.2) / 10, math.ceil(max(values, default=1.0) * 10) / 10
    for row in data["rows"]:
        canvas.cut()
        heading(canvas, row["name"])
        _plot(canvas, row, parties, (ends[0], max(ends[1], ends[0] + 0.1)))


def _plot(canvas: Canvas, row: Datum, parties: Mapping[str, Datum], ends: tuple[float, float]) -> None:
    left, right, top = 36.0, canvas.width - 12.0, canvas.bottom + 6
    below = top + TALL
    steps = max(1, int(row["steps"]) - 1)

    def x(step: float) -> float:
        return left + (right - left) * step / steps

    def y(value: float) -> float:
        return below - (below - top) * (value - ends[0]) / (ends[1] - ends[0])

    marks = int(round((ends[1] - ends[0]) * 10))
    for k in range(0, marks + 1, 1 if marks <= 4 else 2):
        value = ends[0] + k / 10
        canvas.rule(left, y(value), right, y(value), HAIR)
        canvas.words(left - 6, y(value), f"{value:.1f}", align="right", size=NOTE, colour=MUTED)
    _steps(canvas, row, (x, below))
    for line in row["lines"]:
        party = parties[line["party"]]
        about = {"party": party["id"], "tip": line["said"]}
        reserve = [(x(k), y(float(v))) for k, v in enumerate(line["no_agreement"]) if v is not None]
        for start, end in zip(reserve, reserve[1:], strict=False):
            canvas.rule(*start, *end, colour(party), weight=1.5, dash=[2, 4], **about)
        named = [(x(k), y(float(v))) for k, v in enumerate(line["named"]) if v is not None]
        for start, end in zip(named, named[1:], strict=False):
            canvas.rule(*start, end[0], start[1], colour(party), weight=2.5, dash=dash(party), **about)
            canvas.rule(end[0], start[1], *end, colour(party), weight=2.5, dash=dash(party), **about)
        if line.get("agreed") is not None:
            at = x(int(row["last"]) - 1), y(float(line["agreed"]))
            canvas.dot(*at, colour(party), shape=shape(party), size=90, **about)
    canvas.bottom = below + 22
    said = wrapped(str(row["ends"]), canvas.width, NOTE, most=4)
    canvas.bottom = canvas.lines(0, canvas.bottom + 8, said, size=NOTE, colour=MUTED) + 6


def _steps(canvas: Canvas, row: Datum, of: Sequence[object]) -> None:
    """Number the steps below a plot."""
    x, below = of
    assert callable(x) and isinstance(below, float)
    last = int(row["steps"])
    canvas.rule(x(0), below, x(max(1, last - 1)), below, MUTED)
    stride = max(1, math.ceil(last / (4 if canvas.narrow else 8)))
    for step in [*(each for each in range(0, last - 1, stride) if last - 1 - each > stride / 2 or not each), last - 1]:
        canvas.rule(x(step), below, x(step), below + 4, MUTED)
        text = f"step {step + 1}" if step == 0 else f"{step + 1}"
        canvas.words(x(step), below + 13, text, align="left" if step == 0 else "center", size=NOTE, colour=MUTED)
