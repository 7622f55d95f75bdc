"""Trades between issues: what each side gives, and what that does to everybody else. `trades` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.briefing.charts.axes import Axis, around
from parley.briefing.charts.canvas import BODY, HAIR, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import wrapped
from parley.briefing.charts.looks import colour, key, shape
from parley.briefing.charts.scales import EDGE, Datum, across, heading

__all__ = ["trades"]

ROW = 20.0


def trades(canvas: Canvas, data: Datum) -> None:
    """Draw each trade as a pair of moves, with what every party gains or loses by it.

    Parameters
    ----------
    canvas : the sheet
    data : `parties`, and `rows`, one for each trade: `name`, `moves` with `party`, `issue_name`, `from` and `to`
        (0..100) and perhaps `said`; `effects` with `party`, `value` (any unit, all trades in the same one) and `shown`
    """
    parties = {each["id"]: each for each in data["parties"]}
    rows: Sequence[Datum] = data["rows"]
    low, high = around([float(each["value"]) for row in rows for each in row["effects"]], about=0.0)
    left, right = (132.0, 44.0) if canvas.narrow else (210.0, 52.0)
    axis = Axis(low=low, high=high, left=left + right, right=canvas.width - right)
    key(canvas, [("before", "hollow"), ("after", "full")])
    for row in rows:
        canvas.cut()
        heading(canvas, row["name"])
        for move in row["moves"]:
            _move(canvas, move, parties[move["party"]], left)
        _effects(canvas, axis, row["effects"], parties)


def _move(canvas: Canvas, move: Datum, party: Datum, left: float) -> None:
    size = NOTE if canvas.narrow else BODY
    lines = wrapped(f"{party['name']}: {move['issue_name']}", left - 14, size, most=2)
    height = max(ROW, 4 + 1.25 * size * len(lines))
    y = canvas.bottom + height / 2
    canvas.lines(0, y - 0.625 * size * (len(lines) - 1), lines, size=size, party=party["id"])
    at = across(left, canvas.width - EDGE)
    canvas.rule(left, y, canvas.width - EDGE, y, HAIR)
    about = {"party": party["id"], "tip": move.get("said", "")}
    canvas.rule(at(move["from"]), y, at(move["to"]), y, colour(party), weight=2.5, **about)
    canvas.dot(at(move["from"]), y, colour(party), fill=PAPER, shape=shape(party), size=60, **about)
    canvas.dot(at(move["to"]), y, colour(party), shape=shape(party), size=60, **about)
    canvas.bottom += height


def _effects(canvas: Canvas, axis: Axis, effects: Sequence[Datum], parties: Mapping[str, Datum]) -> None:
    if not effects:
        canvas.bottom += 10
        return
    canvas.bottom += 6
    top = canvas.bottom
    zero = axis.at(0)
    canvas.words(zero - 6, top + 8, "← loses", align="right", size=NOTE, colour=MUTED)
    canvas.words(zero + 6, top + 8, "gains →", size=NOTE, colour=MUTED)
    canvas.bottom += 18
    for effect in effects:
        party, value = parties[effect["party"]], float(effect["value"])
        y, end = canvas.bottom + ROW / 2 - 1, axis.at(value)
        name = wrapped(str(party["name"]), axis.left - 60, NOTE, most=1)
        canvas.lines(0, y, name, size=NOTE)
        ends = sorted((zero, end))
        canvas.box(ends[0], y - 5, max(ends[1], ends[0] + 1), y + 5, "var(--mark)", tip=effect.get("said", ""))
        side = {"align": "right"} if value < 0 else {}
        canvas.words(end + (-6 if value < 0 else 6), y, str(effect["shown"]), size=NOTE, **side)
        canvas.bottom += ROW - 2
    canvas.rule(zero, top, zero, canvas.bottom, MUTED)
    canvas.bottom += 8
