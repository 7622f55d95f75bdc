"""A canvas as SVG, written directly: the same marks in the same places as its Vega-Lite specification.

`draw` is the main name. A page holds every picture twice, for two widths. The drawing library takes about a tenth of a
second for each, most of it to measure words that are already laid out; writing them out takes a hundredth of that.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from parley.briefing.markup import words

__all__ = ["FONT", "draw", "mounted", "sliced"]

FONT = "'Helvetica Neue', Helvetica, Arial, sans-serif"

Row = Mapping[str, Any]
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
BASELINE = 0.3
"""How far the baseline lies below the middle of a line, as a share of the font size; as in Vega."""


def draw(size: tuple[int, int], marks: Mapping[str, list[dict[str, Any]]]) -> str:
    """Write marks as SVG.

    Parameters
    ----------
    size : width and height, in pixels
    marks : rows of `boxes`, `grid`, `rules`, `arcs`, `dots` and `words`, drawn in this order

    Returns
    -------
    An `svg` element. Its colours may be names of the page; titles of marks are tooltips where there are no scripts.
    """
    width, height = size
    writers: tuple[tuple[str, Callable[[Row], str]], ...] = (
        ("boxes", _box),
        ("grid", _rule),
        ("rules", _rule),
        ("arcs", _arc),
        ("dots", _dot),
        ("words", _words),
    )
    body = "".join(write(row) for name, write in writers for row in marks[name])
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'{head} font-family="{FONT}" aria-hidden="true" focusable="false">{body}</svg>'


def mounted(drawn: str, margin: int, *, title: str, description: str) -> str:
    """Mount a drawing on paper, so that it can stand alone.

    Parameters
    ----------
    drawn : what `draw` wrote
    margin : paper around it, in pixels
    title : what the picture is called
    description : the picture in words

    Returns
    -------
    An SVG document. Letters have a rim of the paper's colour, so that a line behind them does not cross them.
    """
    width, height = (int(found) + 2 * margin for found in re.findall(r' (?:width|height)="(\d+)"', drawn)[:2])
    rim = '<text paint-order="stroke" stroke="var(--paper)" stroke-width="3" stroke-linejoin="round" '
    lettered = re.sub(r'<text (?![^>]*fill="var\(--on)', rim, drawn)
    inner = lettered.replace("<svg ", f'<svg x="{margin}" y="{margin}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img"><title>{words(title)}</title><desc>{words(description)}</desc>'
        f'<rect width="{width}" height="{height}" fill="var(--paper)"/>{inner}</svg>\n'
    )


def sliced(
    size: tuple[int, int], marks: Mapping[str, list[dict[str, Any]]], cuts: Sequence[float]
) -> Iterator[tuple[tuple[int, int], dict[str, list[dict[str, Any]]]]]:
    """Cut a drawing across, so that a printed page can break between the slices.

    Parameters
    ----------
    size : width and height, in pixels
    marks : rows as in `draw`
    cuts : places of the cuts, in pixels from the top, rising; no mark may cross one

    Yields
    ------
    The size and marks of each slice, from the top.
    """
    width, height = size
    edges = [0, *(round(cut) for cut in cuts if 0 < cut < height), height]
    for top, below in zip(edges, edges[1:], strict=False):
        held = {name: [_raised(row, top) for row in rows if top <= row["y"] < below] for name, rows in marks.items()}
        yield (width, below - top), held


def _raised(row: Row, by: float) -> dict[str, Any]:
    return {key: value - by if key in ("y", "y2") else value for key, value in row.items()}


def _box(row: Row) -> str:
    size = f'width="{_number(row["x2"] - row["x"])}" height="{_number(row["y2"] - row["y"])}"'
    place = f'x="{_number(row["x"])}" y="{_number(row["y"])}"'
    return _mark("rect", f'{place} {size} fill="{words(row["colour"])}"', row)


def _rule(row: Row) -> str:
    ends = " ".join(
        f'{name}="{_number(row[key])}"'
        for name, key in zip(("x1", "y1", "x2", "y2"), ("x", "y", "x2", "y2"), strict=True)
    )
    return _mark("line", f"{ends} {_stroke(row)}", row)


def _arc(row: Row) -> str:
    place = f'transform="translate({_number(row["x"])},{_number(row["y"])})"'
    return _mark("path", f'd="{words(row["path"])}" {place} fill="{words(row["fill"])}" {_stroke(row)}', row)


def _stroke(row: Row) -> str:
    dash = f' stroke-dasharray="{",".join(map(_number, row["dash"]))}"' if row["dash"] else ""
    return f'stroke="{words(row["colour"])}" stroke-width="{_number(row["weight"])}"{dash}'


def _dot(row: Row) -> str:
    path = outline(row["shape"], float(row["size"]))
    place = f'transform="translate({_number(row["x"])},{_number(row["y"])})"'
    look = f'fill="{words(row["fill"])}" stroke="{words(row["colour"])}" stroke-width="2"'
    return _mark("path", f'd="{path}" {place} {look}', row)


def outline(shape: str, size: float) -> str:
    """The outline of a symbol about its middle, as in Vega: `size` is the area of the square that holds it."""
    r = math.sqrt(size) / 2
    h = r * math.sqrt(3) / 2
    n = r / 2.5
    corners = {
        "square": ((-r, -r), (r, -r), (r, r), (-r, r)),
        "diamond": ((-r, 0.0), (0.0, -r), (r, 0.0), (0.0, r)),
        "triangle-up": ((0.0, -h), (-r, h), (r, h)),
        "triangle-down": ((0.0, h), (-r, -h), (r, -h)),
        "cross": (
            (-r, -n),
            (-r, n),
            (-n, n),
            (-n, r),
            (n, r),
            (n, n),
            (r, n),
            (r, -n),
            (n, -n),
            (n, -r),
            (-n, -r),
            (-n, -n),
        ),
    }
    if shape == "circle":
        d = _number(2 * r)
        return f"M{_number(r)},0a{_number(r)},{_number(r)},0,1,1,-{d},0a{_number(r)},{_number(r)},0,1,1,{d},0"
    return "M" + "L".join(f"{_number(x)},{_number(y)}" for x, y in corners[shape]) + "Z"


def _words(row: Row) -> str:
    place = f'x="{_number(row["x"])}" y="{_number(row["y"] + BASELINE * row["size"])}"'
    anchor = "" if row["align"] == "left" else f' text-anchor="{ANCHORS[row["align"]]}"'
    weight = "" if row["weight"] == "normal" else f' font-weight="{row["weight"]}"'
    look = f'font-size="{_number(row["size"])}"{anchor}{weight} fill="{words(row["colour"])}"'
    return f"<text {place} {look}>{words(row['text'])}</text>"


def _mark(name: str, attributes: str, row: Row) -> str:
    if row.get("tip"):
        return f"<{name} {attributes}><title>{words(row['tip'])}</title></{name}>"
    return f"<{name} {attributes}/>"


def _number(value: float) -> str:
    return f"{round(float(value), 2):g}"
