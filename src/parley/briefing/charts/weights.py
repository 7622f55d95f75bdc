"""Where the weight of the parties lies along each issue, with what the engines make of it. `power` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from parley.briefing.charts.canvas import HAIR, PAPER, Canvas
from parley.briefing.charts.looks import FAMILIES, KIND_NAMES, box, key, party_key
from parley.briefing.charts.scales import EDGE, Datum, across, heading, scale
from parley.briefing.charts.settlements import outlook_band, outlook_key

__all__ = ["power"]

TALL = 96.0
"""Height of the tallest stack, in pixels."""

BINS = {True: 14, False: 24}
"""Number of stacks along a scale, on a telephone and beside text."""

LANE = 17.0
MARK = "var(--mark)"


def power(canvas: Canvas, data: Datum) -> None:
    """Draw capability times salience, stacked where each party stands, with the engines' settlements below.

    Parameters
    ----------
    canvas : the sheet
    data : `issues`, `parties`, `rows`, `settlements` and perhaps `outlooks`. A row has `issue`, `party`, `at` (0..100),
        `share` (0..1, of the issue's whole weight) and perhaps `said`; a settlement has `issue`, `engine_name`,
        `family`, `at` (0..100) and perhaps `said`; an outlook is as in the picture of settlements
    """
    parties = {each["id"]: each for each in data["parties"]}
    outlooks = {each["issue"]: each for each in data.get("outlooks", ())}
    held = {row["party"] for row in data["rows"]}
    party_key(canvas, [each for each in data["parties"] if each["id"] in held])
    kinds = dict.fromkeys(each["family"] for each in data.get("settlements", ()))
    signs = [(KIND_NAMES[each], FAMILIES[each]) for each in FAMILIES if each in kinds]
    key(canvas, [*signs, *outlook_key(data)])
    for issue in data["issues"]:
        rows = [row for row in data["rows"] if row["issue"] == issue["id"]]
        if rows:
            canvas.cut()
            heading(canvas, issue["name"])
            _stacks(canvas, rows, parties)
            top = canvas.bottom
            marks = [each for each in data.get("settlements", ()) if each["issue"] == issue["id"]]
            _marks(canvas, marks)
            canvas.bottom = max(canvas.bottom, top + LANE)
            outlook_band(canvas, outlooks.get(issue["id"], {}), EDGE, top)
            scale(canvas, issue, EDGE, canvas.width - EDGE)


def _stacks(canvas: Canvas, rows: Sequence[Datum], parties: Mapping[str, Datum]) -> None:
    bins = BINS[canvas.narrow]
    wide = (canvas.width - 2 * EDGE) / bins
    stacks: dict[int, list[Datum]] = {}
    for row in rows:
        stacks.setdefault(min(bins - 1, int(float(row["at"]) / 100 * bins)), []).append(row)
    tallest = max(sum(float(row["share"]) for row in stack) for stack in stacks.values()) or 1.0
    below = canvas.bottom = canvas.bottom + 16 + TALL
    for number, stack in stacks.items():
        x, y = EDGE + number * wide, below
        for row in stack:
            height = TALL * float(row["share"]) / tallest
            party = parties[row["party"]]
            about = {"party": party["id"], "tip": row.get("said") or f"{party['name']}: {row['share']:.0%}"}
            if height > 0.3:
                box(canvas, (x + 1, y - max(height - 1, 0.8), x + wide - 1, y), party, **about)
            y -= height
        total = sum(float(row["share"]) for row in stack)
        if total >= 0.005:
            canvas.words(x + wide / 2, y - 8, f"{100 * total:.0f}%", align="center", size=11)
    canvas.rule(EDGE, below, canvas.width - EDGE, below, HAIR)


def _marks(canvas: Canvas, marks: Sequence[Datum]) -> None:
    """Draw a lane of settlements for each kind of engine."""
    at = across(EDGE, canvas.width - EDGE)
    for kind in (each for each in FAMILIES if any(mark["family"] == each for mark in marks)):
        y = canvas.bottom + LANE / 2 + 2
        for mark in (each for each in marks if each["family"] == kind):
            tip = mark.get("said") or mark["engine_name"]
            canvas.dot(at(mark["at"]), y, MARK, fill=PAPER, shape=FAMILIES[kind], size=55, tip=tip)
        canvas.bottom += LANE
