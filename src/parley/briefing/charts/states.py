"""The state graph of a conflict: who can move where, and which states hold. `states` is the main name.

Where options tell the states apart they stand in a grid, otherwise in layers; see `state_places`.
"""

from __future__ import annotations

import math
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parley.briefing.charts.arcs import Spot, routed
from parley.briefing.charts.arrows import Head, arrow
from parley.briefing.charts.canvas import INK, MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import text_width, wrapped
from parley.briefing.charts.looks import colour
from parley.briefing.charts.scales import Datum
from parley.briefing.charts.state_places import Grid, Key, grids, layers

__all__ = ["states"]

STROKES: tuple[list[int], ...] = ([], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2], [1, 4])
"""Strokes and gaps of the lines of the movers, in their order."""

SMALL = 11.0
RADIUS = 13.0
RING = 4.0
"""A ring around the present state is so much wider, in pixels."""

RISE = 66.0
"""Rows of a grid stand so far apart at least, in pixels."""

DEEP = 6
"""A heading of a column has no more lines than this."""

HELD, ON_HELD = "var(--step-5)", "var(--on-step-5)"

MARK = "var(--mark)"

NOTHING = "no option"


def states(canvas: Canvas, data: Datum) -> None:
    """Draw states as marks and moves as lines between them.

    Parameters
    ----------
    canvas : the sheet
    data : `parties`, those that can move; `choices`, by mover in words, empty where states are drawn; `states` with
        `id`, `name`, `at` (by mover the number of its choice, None where it is open), `now`, `holds`, `agreed`,
        `reached` and `said`; and `rows`, one for each line, with `party`, `from`, `to`, `gains` (the mover gains by
        it), `back` (it can also move back) and `said`
    """
    held = list(data["states"])
    if not held:
        return
    chosen = _best_grid(canvas, data)
    _key(canvas, data, chosen)
    nodes = _in_grid(canvas, data, chosen) if chosen is not None else _in_layers(canvas, data)
    _lines(canvas, data, nodes, left=0.0 if chosen is None else chosen.left - 12)
    for node in nodes.values():
        node.draw(canvas)
    _list(canvas, nodes)


@dataclass(slots=True, kw_only=True)
class _Node:
    """A state on the sheet: a circle or square with its id, or a box with its name.

    Attributes
    ----------
    spot : where it is
    state : what is shown of it
    lines : its name, line by line, where it is a box
    listed : whether its name stands below the picture
    """

    spot: Spot
    state: Datum
    lines: list[str] = field(default_factory=list)
    listed: bool = False

    @property
    def tag(self) -> str:
        """What stands beside it: that it is so now, that it holds, or both."""
        said = (("now", self.state["now"]), ("holds", self.state["holds"]))
        return ", ".join(text for text, yes in said if yes)

    @property
    def tag_spot(self) -> Spot:
        """Where that stands: below, to the right of lines that leave downwards."""
        wide = text_width(self.tag, SMALL) / 2
        return Spot(x=self.spot.x + 8 + wide, y=self.spot.y + self.spot.tall + 9, wide=wide, tall=6)

    @property
    def sign_spot(self) -> Spot:
        """Where the sign of an agreement stands: below, to the left of such lines."""
        return Spot(x=self.spot.x - self.spot.wide + 1, y=self.spot.y + self.spot.tall + 6, wide=6, tall=6)

    def draw(self, canvas: Canvas) -> None:
        ink = ON_HELD if self.state["holds"] else INK
        (self._box if self.lines else self._mark)(canvas)
        x, y = self.spot.x, self.spot.y
        bold = bool(self.state["holds"] or self.lines)
        if self.lines:
            y -= 0.625 * SMALL * len(self.lines)
            canvas.lines(x, y + 1.25 * SMALL, self.lines, align="center", size=SMALL, colour=ink)
        canvas.words(x, y, self.state["id"], align="center", size=NOTE, bold=bold, colour=ink)
        if self.tag:
            place = self.tag_spot
            canvas.words(place.x - place.wide, place.y, self.tag, size=SMALL, bold=True)
        if self.state["agreed"]:
            canvas.dot(self.sign_spot.x, self.sign_spot.y, MARK, shape="diamond", size=60, tip=self.state["said"])

    def _mark(self, canvas: Canvas) -> None:
        shape = "square" if self.state["holds"] else "circle"
        if self.state["now"]:
            canvas.dot(self.spot.x, self.spot.y, INK, fill=PAPER, shape=shape, size=4 * (RADIUS + RING - 1) ** 2)
        edge = INK if self.state["reached"] else MUTED
        look = (HELD, HELD) if self.state["holds"] else (edge, PAPER)
        size = 4 * (RADIUS - 1.5) ** 2
        canvas.dot(self.spot.x, self.spot.y, look[0], fill=look[1], shape=shape, size=size, tip=self.state["said"])

    def _box(self, canvas: Canvas) -> None:
        if self.state["now"]:
            self._frame(canvas, INK, 0.0)
            self._frame(canvas, PAPER, 1.5)
        inset = RING if self.state["now"] else 0.0
        edge = HELD if self.state["holds"] else INK if self.state["reached"] else MUTED
        self._frame(canvas, edge, inset, tip=self.state["said"])
        if not self.state["holds"]:
            self._frame(canvas, PAPER, inset + 1, tip=self.state["said"])

    def _frame(self, canvas: Canvas, colour_of: str, inset: float, **about: str) -> None:
        x, y, w, h = self.spot.x, self.spot.y, self.spot.wide - inset, self.spot.tall - inset
        canvas.box(x - w, y - h, x + w, y + h, colour_of, **about)


# In a grid.


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """A grid on a sheet: its left edge, the width of a column, and whether letters stand for its headings."""

    grid: Grid
    left: float
    step: float
    lettered: bool

    def x(self, column: float) -> float:
        return self.left + (column + 0.5) * self.step


def _best_grid(canvas: Canvas, data: Datum) -> _Frame | None:
    """The lowest of the grids that fit the sheet; one whose headings fit, if there is any."""
    frames = [_frame(canvas, data, each) for each in grids(data["states"], data["choices"])]
    fit = [frame for frame in frames if frame.step >= 2 * RADIUS + 14]
    return min(fit, key=_height, default=None)


def _height(frame: _Frame) -> float:
    """About how tall a grid is; letters in place of headings cost as much as two rows more."""
    letters = 18 * len(frame.grid.columns) + 2 * RISE if frame.lettered else 0.0
    return RISE * len(frame.grid.rows) + letters


def _frame(canvas: Canvas, data: Datum, found: Grid) -> _Frame:
    most = 84.0 if canvas.narrow else 132.0
    texts = [_heading(data, found.down, row) for row in found.rows]
    left = min(most, max(text_width(text, NOTE) for text in texts)) + 22
    step = min(150.0, (canvas.width - left - 4) / len(found.columns))
    heads = [_heading(data, found.across, column) for column in found.columns]
    lettered = any(
        len(lines := wrapped(text, step - 6, NOTE, most=99)) > DEEP or any(line.endswith("…") for line in lines)
        for text in heads
    )
    return _Frame(grid=found, left=left, step=step, lettered=lettered)


def _heading(data: Datum, axis: Sequence[str], key: Key) -> str:
    taken = [data["choices"][mover][choice] for mover, choice in zip(axis, key, strict=True) if choice is not None]
    return "; ".join(text for text in taken if text) or NOTHING


def _in_grid(canvas: Canvas, data: Datum, frame: _Frame) -> dict[str, _Node]:
    """Set the headings, and give each state its place below and beside them."""
    found = frame.grid
    heads = [_heading(data, found.across, column) for column in found.columns]
    if frame.lettered:
        lines = [[letter] for letter in string.ascii_uppercase[: len(heads)]]
    else:
        lines = [wrapped(text, frame.step - 6, NOTE, most=DEEP) for text in heads]
    deep = max(len(each) for each in lines)
    look = {"align": "center", "size": NOTE, "colour": MUTED}
    for number, each in enumerate(lines):
        top = canvas.bottom + 10 + (deep - len(each)) * 1.25 * NOTE
        canvas.lines(frame.x(number), top, each, **look)
    canvas.bottom += 10 + deep * 1.25 * NOTE
    middles = _rows(canvas, data, frame)
    nodes = {}
    for state in data["states"]:
        column, row = found.place[state["id"]]
        below, share = math.floor(row), row % 1
        y = middles[below] + share * (middles[min(below + 1, len(middles) - 1)] - middles[below])
        nodes[state["id"]] = _Node(spot=_mark_spot(state, frame.x(column), y), state=state)
    if frame.lettered:
        _letters(canvas, heads)
    return nodes


def _mark_spot(state: Datum, x: float, y: float) -> Spot:
    """What a line has to go around of a state that is a mark; more where a ring says that it is so now."""
    size = RADIUS + RING if state["now"] else RADIUS
    return Spot(x=x, y=y, wide=size, tall=size, round=not state["holds"])


def _rows(canvas: Canvas, data: Datum, frame: _Frame) -> list[float]:
    """Set the headings of the rows; where the middle of each row is."""
    middles = []
    y = canvas.bottom + 6
    for row in frame.grid.rows:
        lines = wrapped(_heading(data, frame.grid.down, row), frame.left - 20, NOTE, most=6)
        tall = max(RISE, 1.25 * NOTE * len(lines) + 14)
        canvas.lines(0, y + tall / 2 - 0.625 * NOTE * (len(lines) - 1), lines, size=NOTE, colour=MUTED)
        middles.append(y + tall / 2)
        y += tall
    canvas.bottom = y
    return middles


def _letters(canvas: Canvas, heads: Sequence[str]) -> None:
    """Say what the letters above the columns stand for."""
    for letter, text in zip(string.ascii_uppercase, heads, strict=False):
        canvas.words(0, canvas.bottom + 10, letter, size=NOTE, bold=True)
        lines = wrapped(text, canvas.width - 20, NOTE, most=3)
        canvas.bottom = canvas.lines(18, canvas.bottom + 10, lines, size=NOTE, colour=MUTED) + 2
    canvas.bottom += 4


# In layers.


def _in_layers(canvas: Canvas, data: Datum) -> dict[str, _Node]:
    """Place states by their distance from the status quo: as boxes with their names, where there are few enough."""
    by_id = {state["id"]: state for state in data["states"]}
    start = next((state["id"] for state in data["states"] if state["now"]), None)
    links = {(row["from"], row["to"]) for row in data["rows"]}
    wide, gap = (92.0, 16.0) if canvas.narrow else (128.0, 28.0)
    named = len(by_id) <= (8 if canvas.narrow else 16)
    wide, gap = (wide, gap) if named else (2 * RADIUS, 26.0)
    found = layers(list(by_id), links, start, most=int((canvas.width + gap - 10) // (wide + gap)))
    nodes: dict[str, _Node] = {}
    y = canvas.bottom + 12
    for layer in found:
        texts = {each: wrapped(by_id[each]["name"], wide - 16, SMALL, most=4) if named else [] for each in layer}
        tall = 1.25 * SMALL * (1 + max(map(len, texts.values()))) + 12 if named else 2 * RADIUS
        # States of a layer keep their distance where they are few, so that lines can pass between them
        step = min((canvas.width - 4) / len(layer), 1.6 * (wide + gap))
        for number, each in enumerate(layer):
            x = canvas.width / 2 + (number - (len(layer) - 1) / 2) * step
            ring = RING if by_id[each]["now"] else 0.0
            box = Spot(x=x, y=y + tall / 2, wide=wide / 2 + ring, tall=tall / 2 + ring)
            spot = box if named else _mark_spot(by_id[each], x, y + tall / 2)
            nodes[each] = _Node(spot=spot, state=by_id[each], lines=texts[each], listed=not named)
        y += tall + (46 if named else 52)
    canvas.bottom = y - 20
    return {each: nodes[each] for each in by_id}


def _list(canvas: Canvas, nodes: Mapping[str, _Node]) -> None:
    """Say in words what the states are that have no room for their names, in one or two columns."""
    listed = [node.state for node in nodes.values() if node.listed]
    columns = 1 if canvas.narrow else 2
    step = canvas.width / columns
    ends = []
    for number in range(columns):
        y = canvas.bottom + 4
        for state in listed[number * -(-len(listed) // columns) :][: -(-len(listed) // columns)]:
            canvas.words(number * step, y + 8, state["id"], size=NOTE, bold=True)
            lines = wrapped(state["name"], step - 46, NOTE, most=3)
            y = canvas.lines(number * step + 30, y + 8, lines, size=NOTE, colour=MUTED) + 2
        ends.append(y)
    canvas.bottom = max(ends) if listed else canvas.bottom


# Lines and their heads.


def _lines(canvas: Canvas, data: Datum, nodes: Mapping[str, _Node], *, left: float) -> None:
    looks = {party["id"]: (colour(party), _stroke(number)) for number, party in enumerate(data["parties"])}
    # A line that is a gain is drawn last, and so above the others
    rows = sorted(data["rows"], key=lambda row: bool(row["gains"]))
    ends = [(nodes[row["from"]].spot, nodes[row["to"]].spot) for row in rows]
    beside = [node.tag_spot for node in nodes.values() if node.tag]
    beside += [node.sign_spot for node in nodes.values() if node.state["agreed"]]
    curves = routed(ends, [node.spot for node in nodes.values()], words=beside, within=(left, canvas.width))
    for row, curve in zip(rows, curves, strict=True):
        arrow(canvas, curve, row, looks[row["party"]])


def _stroke(number: int) -> list[int]:
    """The strokes and gaps of the lines of a mover."""
    return STROKES[number % len(STROKES)]


# What the marks mean.


def _key(canvas: Canvas, data: Datum, frame: _Frame | None) -> None:
    """Name the movers with their lines, and say what the marks mean."""
    x, y = 0.0, canvas.bottom + 10
    for number, party in enumerate(data["parties"]):
        way = _way(frame, party["id"])
        name = "".join(wrapped(str(party["name"]), canvas.width - 44 - text_width(way, NOTE), NOTE, most=1))
        text = f"{name}{way}"
        x, y = _next(canvas, (x, y), 40 + text_width(text, NOTE))
        look = {"weight": 2.25, "dash": _stroke(number), "party": party["id"]}
        canvas.arc(x, y, "M0,0L23,0", colour(party), **look)
        head = Head(tip=(x + 30, y), way=(1.0, 0.0))
        head.draw(canvas, colour(party), full=True, about={"party": party["id"]})
        canvas.words(x + 37, y, text, size=NOTE, party=party["id"])
        x += 40 + text_width(text, NOTE) + 18
    x, y = 0.0, y + 20
    for text, sign in _signs(data):
        x, y = _next(canvas, (x, y), 26 + text_width(text, NOTE))
        _sign(canvas, (x + 9, y), sign)
        canvas.words(x + 24, y, text, size=NOTE, colour=MUTED)
        x += 26 + text_width(text, NOTE) + 16
    canvas.bottom = y + 18


def _next(canvas: Canvas, place: tuple[float, float], room: float) -> tuple[float, float]:
    x, y = place
    return (0.0, y + 20) if x and x + room > canvas.width else (x, y)


def _way(frame: _Frame | None, mover: str) -> str:
    if frame is None:
        return ""
    return ": across" if mover in frame.grid.across else ": up and down" if mover in frame.grid.down else ""


def _signs(data: Datum) -> list[tuple[str, str]]:
    rows, held = data["rows"], data["states"]
    entries = (
        ("the mover gains", "full", any(row["gains"] for row in rows)),
        ("it can, without gain", "hollow", any(row["back"] or not row["gains"] for row in rows)),
        ("holds", "holds", any(state["holds"] for state in held)),
        ("now", "now", any(state["now"] for state in held)),
        ("an agreement", "agreed", any(state["agreed"] for state in held)),
        ("out of reach from now", "far", not all(state["reached"] for state in held)),
    )
    return [(text, look) for text, look, shown in entries if shown]


def _sign(canvas: Canvas, place: tuple[float, float], look: str) -> None:
    x, y = place
    match look:
        case "full" | "hollow":
            head = Head(tip=(x + 6, y), way=(1.0, 0.0))
            head.draw(canvas, MUTED, full=look == "full", about={})
        case "holds":
            canvas.dot(x, y, HELD, shape="square", size=180)
        case "now":
            canvas.dot(x, y, INK, fill=PAPER, size=256)
            canvas.dot(x, y, INK, fill=PAPER, size=80)
        case "agreed":
            canvas.dot(x, y, MARK, shape="diamond", size=60)
        case _:
            canvas.dot(x, y, MUTED, fill=PAPER, size=200)
