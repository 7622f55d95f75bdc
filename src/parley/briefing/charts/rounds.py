"""Who moves from round to round, and who pulls whom. `rounds` is the main name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.briefing.charts.canvas import BODY, HAIR, INK, LABEL, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import text_width, wrapped
from parley.briefing.charts.looks import colour, dash, key, shape
from parley.briefing.charts.scales import Datum, anchors, heading
from parley.briefing.palette import STEPS

__all__ = ["challenges", "rounds"]

TALL = 190.0
"""Height of the plot of an issue, in pixels."""

LEADING = 15.0
"""Labels of lines stand this far apart at least."""

CHIP = 30.0
"""Room for a party's colour before its name, in pixels."""

FEW_ROUNDS = 12
"""With more rounds than this, no symbol stands at each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """A plot of rounds across and points 0..100 upwards."""

    left: float
    right: float
    top: float
    below: float
    last: float

    def x(self, number: float) -> float:
        return self.left + (self.right - self.left) * float(number) / max(self.last, 1.0)

    def y(self, point: float) -> float:
        return self.below - (self.below - self.top) * min(100.0, max(0.0, float(point))) / 100


def rounds(canvas: Canvas, data: Datum) -> None:
    """Draw where each party stands in each round, one plot for each issue, the scale upwards.

    Parameters
    ----------
    canvas : the sheet
    data : `parties`, and `rows`, one for each issue: `issue` as in other pictures, `rounds` (their numbers), `lines`
        with `party` and `points` (0..100 or None), `median` and perhaps `mean` (0..100 or None, one for each round)
    """
    parties = {each["id"]: each for each in data["parties"]}
    entries = [("weighted median", "line")] if any(_known(row["median"]) for row in data["rows"]) else []
    if entries:
        key(canvas, entries)
    for row in data["rows"]:
        canvas.cut()
        heading(canvas, row["issue"]["name"])
        _issue(canvas, row, parties)


def _known(points: Sequence[float | None]) -> list[float]:
    return [each for each in points if each is not None]


def _issue(canvas: Canvas, row: Datum, parties: Mapping[str, Datum]) -> None:
    issue = row["issue"]
    names = [_short(parties[line["party"]], canvas) for line in row["lines"]]
    beside = max((text_width(name, NOTE) for name in names), default=0.0) + CHIP
    left = 8.0 + max((text_width(_tick(each), NOTE) for each in _ticks(issue)), default=0.0)
    worded = anchors(issue)
    room = canvas.width - 8
    if worded:
        unit = f" ({issue['unit']})" if issue.get("unit") else ""
        above = wrapped(f"↑ {worded[-1]['words']}{unit}", room, NOTE, most=2)
        canvas.bottom = canvas.lines(0, canvas.bottom + 10, above, size=NOTE, colour=MUTED) + 8
    tall = max(TALL, LEADING * (len(names) + 1))
    plot = _Plot(
        left=left,
        right=canvas.width - beside,
        top=canvas.bottom + 4,
        below=canvas.bottom + 4 + tall,
        last=float(row["rounds"][-1] if row["rounds"] else 1),
    )
    _frame(canvas, plot, issue)
    for line in row["lines"]:
        _line(canvas, plot, row, (line, parties[line["party"]]))
    _median(canvas, plot, row)
    _names(canvas, plot, row, (names, parties))
    canvas.bottom = plot.below + 24
    if worded:
        below = wrapped(f"↓ {worded[0]['words']}", room, NOTE, most=2)
        canvas.bottom = canvas.lines(0, canvas.bottom + 4, below, size=NOTE, colour=MUTED) + 4


def _short(party: Datum, canvas: Canvas) -> str:
    return "".join(wrapped(str(party["name"]), canvas.width * 0.3, NOTE, most=1))


def _ticks(issue: Datum) -> list[Datum]:
    """The numbers along the scale: those of its anchors where it has a unit, else none."""
    return [each for each in anchors(issue) if issue.get("unit")]


def _tick(anchor: Datum) -> str:
    return f"{anchor['at']:g}"


def _frame(canvas: Canvas, plot: _Plot, issue: Datum) -> None:
    for anchor in anchors(issue):
        canvas.rule(plot.left, plot.y(anchor["common"]), plot.right, plot.y(anchor["common"]), HAIR)
    taken: list[float] = []
    for tick in _ticks(issue):
        y = plot.y(tick["common"])
        if all(abs(y - other) > LEADING for other in taken):
            canvas.words(plot.left - 6, y, _tick(tick), align="right", size=NOTE, colour=MUTED)
            taken.append(y)
    canvas.rule(plot.left, plot.below, plot.right, plot.below, MUTED)
    last = int(plot.last)
    step = max(1, math.ceil(last / (4 if canvas.narrow else 8)))
    for number in [*(each for each in range(0, last, step) if last - each > step / 2 or not each), last]:
        canvas.rule(plot.x(number), plot.below, plot.x(number), plot.below + 4, MUTED)
        text = f"round {number}" if number == last and number else f"{number}" if number else "start"
        align = "center" if number else "left"
        canvas.words(plot.x(number), plot.below + 13, text, align=align, size=NOTE, colour=MUTED)


def _line(canvas: Canvas, plot: _Plot, row: Datum, of: tuple[Datum, Datum]) -> None:
    """Draw one party's line; where it stands still for several rounds, as one stroke."""
    line, party = of
    held = [(number, point) for number, point in zip(row["rounds"], line["points"], strict=True) if point is not None]
    if not held:
        return
    tip = f"{party['name']} on {row['issue']['name']}: {line.get('said') or ''}".rstrip(": ")
    about = {"party": party["id"], "tip": tip}
    corners = [held[0], *_turns(held), held[-1]]
    for (start, first), (end, last) in zip(corners, corners[1:], strict=False):
        places = plot.x(start), plot.y(first), plot.x(end), plot.y(last)
        canvas.rule(*places, colour(party), weight=2.5, dash=dash(party), **about)
    marked = held if len(held) <= FEW_ROUNDS else [held[0], held[-1]]
    for number, point in marked:
        canvas.dot(plot.x(number), plot.y(point), colour(party), shape=shape(party), size=32, **about)


def _turns(held: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points of a line at which its slope changes."""
    result = []
    for before, here, after in zip(held, held[1:], held[2:], strict=False):
        rise, next_rise = (here[1] - before[1]) / (here[0] - before[0]), (after[1] - here[1]) / (after[0] - here[0])
        if abs(rise - next_rise) > 1e-6:
            result.append(here)
    return result


def _median(canvas: Canvas, plot: _Plot, row: Datum) -> None:
    held = [(number, point) for number, point in zip(row["rounds"], row["median"], strict=True) if point is not None]
    corners = [held[0], *_turns(held), held[-1]] if held else []
    for (start, first), (end, last) in zip(corners, corners[1:], strict=False):
        places = plot.x(start), plot.y(first), plot.x(end), plot.y(last)
        canvas.rule(*places, INK, weight=1.5, dash=[2, 4], tip="Weighted median")


def _names(canvas: Canvas, plot: _Plot, row: Datum, of: tuple[Sequence[str], Mapping[str, Datum]]) -> None:
    """Name each line at its end, with its colour, no two names closer than a line of text."""
    names, parties = of
    ends = []
    for line, name in zip(row["lines"], names, strict=True):
        known = _known(line["points"])
        if known:
            ends.append((plot.y(known[-1]), name, line["party"]))
    for y, (_, name, party) in zip(spaced([end for end, _, _ in sorted(ends)], plot), sorted(ends), strict=True):
        start = plot.right + 10
        canvas.rule(start, y, start + 12, y, colour(parties[party]), weight=2.5, dash=dash(parties[party]), party=party)
        canvas.words(start + 16, y, name, size=NOTE, party=party)


def spaced(places: Sequence[float], plot: _Plot) -> list[float]:
    """Move places in ascending order apart, by as little as a greedy hand needs, keeping them in the plot."""
    result: list[float] = []
    for place in places:
        result.append(max(place, result[-1] + LEADING) if result else place)
    limit = plot.below - 4
    for k in range(len(result) - 1, -1, -1):
        result[k] = min(result[k], limit)
        limit = result[k] - LEADING
    return result


def challenges(canvas: Canvas, data: Datum) -> None:
    """Draw who would win by challenging whom: a row for each challenger, a column for each challenged.

    Parameters
    ----------
    canvas : the sheet
    data : `parties` in the order of rows and columns, and `rows` with `challenger`, `challenged`, `wins` and `loses`
        (numbers of issues)
    """
    parties = list(data["parties"])
    most = max((int(row["wins"]) for row in data["rows"]), default=0)
    names = [f"{number}  {each['name']}" for number, each in enumerate(parties, start=1)]
    room = canvas.width * (0.42 if canvas.narrow else 0.36)
    left = min(room, max((text_width(name, BODY) for name in names), default=0.0) + 12)
    size = min(46.0, (canvas.width - left - 4) / max(1, len(parties)))
    top = canvas.bottom + 24
    canvas.words(0, top - 10, "challenges …", size=NOTE, colour=MUTED)
    for number in range(len(parties)):
        canvas.words(left + (number + 0.5) * size, top - 10, f"{number + 1}", align="center", size=NOTE, colour=MUTED)
    place = {each["id"]: number for number, each in enumerate(parties)}
    tall = min(size, 34.0)
    for number, name in enumerate(names):
        y = top + (number + 0.5) * tall
        canvas.lines(0, y, wrapped(name, left - 8, BODY, most=1), party=parties[number]["id"])
        canvas.rule(0, top + number * tall, left + len(parties) * size, top + number * tall)
    for row in data["rows"]:
        where = left + place[row["challenged"]] * size, top + place[row["challenger"]] * tall
        _cell(canvas, where, (size, tall), (row, most))
    canvas.bottom = top + len(parties) * tall + 8


def _cell(canvas: Canvas, where: tuple[float, float], size: tuple[float, float], of: tuple[Datum, int]) -> None:
    (x, y), (wide, tall), (row, most) = where, size, of
    wins, loses = int(row["wins"]), int(row["loses"])
    if wins:
        step = max(1, round((STEPS - 1) * wins / most))
        canvas.box(x + 1, y + 1, x + wide - 1, y + tall - 1, f"var(--step-{step})", tip=row.get("said", ""))
        ink = f"var(--on-step-{step})"
        canvas.words(x + wide / 2, y + tall / 2, f"{wins}", align="center", size=LABEL, bold=True, colour=ink)
    elif loses:
        canvas.dot(x + wide / 2, y + tall / 2, MUTED, fill=PAPER, size=40, tip=row.get("said", ""))
