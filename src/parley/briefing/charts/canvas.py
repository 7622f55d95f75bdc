"""A sheet on which the pictures of a briefing are laid out, and its Vega-Lite specification. `Canvas` is the main name.

Every mark is a row of data that keeps its meaning (party, words for the tooltip) beside its place in pixels: labels
that must not touch are laid out here, where the widths of words are known, not by the drawing library. Colours are
names of the page (`currentColor`, `var(--party-0)`), so that one drawing serves light, dark and print;
`in_plain_colours` writes them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from parley.briefing.charts.drawing import FONT, draw, sliced
from parley.briefing.charts.lettering import text_width
from parley.briefing.palette import LIGHT, Theme

__all__ = ["BODY", "HAIR", "INK", "LABEL", "MUTED", "NARROW", "NOTE", "PAPER", "WIDE", "Canvas", "in_plain_colours"]

WIDE = 640
"""Width of a picture beside text, in pixels."""

NARROW = 340
"""Width of a picture on a telephone, in pixels."""

INK = "currentColor"
MUTED = "var(--muted)"
HAIR = "var(--hair)"
PAPER = "var(--paper)"
BODY = 13.0
LABEL = 14.0
NOTE = 12.0

Row = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Canvas:
    """Marks laid out on a sheet.

    Attributes
    ----------
    width : width, in pixels
    bottom : where the next thing may begin, in pixels from the top
    """

    width: int
    bottom: float = 0.0
    _boxes: list[Row] = field(default_factory=list)
    _grid: list[Row] = field(default_factory=list)
    _rules: list[Row] = field(default_factory=list)
    _arcs: list[Row] = field(default_factory=list)
    _dots: list[Row] = field(default_factory=list)
    _words: list[Row] = field(default_factory=list)
    _cuts: list[float] = field(default_factory=list)

    @property
    def narrow(self) -> bool:
        """Whether the sheet is as narrow as a telephone."""
        return self.width < 500

    def box(self, x: float, y: float, x2: float, y2: float, colour: str, **about: Any) -> None:
        """Draw a filled box between two corners."""
        self._boxes.append({"x": _px(x), "y": _px(y), "x2": _px(x2), "y2": _px(y2), "colour": colour, **about})

    def rule(self, x: float, y: float, x2: float, y2: float, colour: str = HAIR, **about: Any) -> None:
        """Draw a line, below the marks if it is grey; `weight` is its thickness, `dash` its strokes and gaps."""
        layer = self._grid if colour in (HAIR, MUTED) else self._rules
        line = {"x": _px(x), "y": _px(y), "x2": _px(x2), "y2": _px(y2), "colour": colour}
        layer.append({**line, "weight": 1, "dash": [], **about})

    def arc(self, x: float, y: float, path: str, colour: str, **about: Any) -> None:
        """Draw a path, in SVG's own words about its place; `weight`, `dash` and `fill` say how."""
        line = {"x": _px(x), "y": _px(y), "path": path, "colour": colour}
        self._arcs.append({**line, "weight": 1, "dash": [], "fill": "none", **about})

    def dot(self, x: float, y: float, colour: str = INK, **about: Any) -> None:
        """Draw a symbol; `shape` is its shape, `size` its area in square pixels, `fill` what is inside."""
        self._dots.append(
            {"x": _px(x), "y": _px(y), "colour": colour, "shape": "circle", "size": 80, "fill": colour, **about}
        )

    def words(self, x: float, y: float, text: str, **about: Any) -> None:
        """Set a line of text; `align`, `size`, `bold` and `colour` say how. `y` is its middle."""
        look = {
            "align": "left",
            "size": BODY,
            "weight": "bold" if about.pop("bold", False) else "normal",
            "colour": INK,
        }
        self._words.append({"x": _px(x), "y": _px(y), "text": text, **look, **about})

    def lines(self, x: float, y: float, lines: Iterable[str], **about: Any) -> float:
        """Set lines of text one below the other, the first with its middle at `y`; where the last one ends."""
        leading = 1.25 * float(about.get("size", BODY))
        below = y - leading / 2
        for number, line in enumerate(lines):
            self.words(x, y + number * leading, line, **about)
            below = y + (number + 0.5) * leading
        return below

    def span(self, ends: tuple[float, float], y: float, colour: str, **about: Any) -> None:
        """Draw a range along a row, at least as wide as can be seen."""
        left, right = ends
        grow = max(0.0, 3.0 - (right - left)) / 2
        self.rule(left - grow, y, right + grow, y, colour, **about)

    def aside(self, ends: tuple[float, float], y: float, text: str, **about: Any) -> tuple[float, float]:
        """Set a label to the right of a mark, or to its left where the sheet ends; the ends of both together."""
        left, right, room = *ends, text_width(text, about.get("size", BODY)) + 7
        if right + room <= self.width or left < room:
            self.words(min(right + 7, self.width - room + 7), y, text, **about)
            return left, right + room
        self.words(left - 7, y, text, align="right", **about)
        return left - room, right

    def cut(self) -> None:
        """Begin a block; a printed page may break before each but the first. Nothing drawn may reach across."""
        self._cuts.append(self.bottom)

    def svg(self) -> str:
        """What was laid out, as SVG with the page's names of colours."""
        return draw(self._size, self._marks)

    def slices(self) -> list[str]:
        """The same, as one SVG for each slice between two cuts."""
        return [draw(size, marks) for size, marks in sliced(self._size, self._marks, self._cuts[1:])]

    @property
    def _size(self) -> tuple[int, int]:
        return self.width, round(self.bottom)

    @property
    def _marks(self) -> dict[str, list[Row]]:
        return {
            "boxes": self._boxes,
            "grid": self._grid,
            "rules": self._rules,
            "arcs": self._arcs,
            "dots": self._dots,
            "words": self._words,
        }

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification of what was laid out."""
        parties = any("party" in row for rows in (self._rules, self._arcs, self._dots, self._words) for row in rows)
        layers = [
            layer
            for rows, layer in (
                (self._boxes, _layer(self._boxes, _BOX, corners=True, parties=False)),
                (self._grid, _layer(self._grid, _RULE, corners=True, parties=False)),
                (self._rules, _layer(self._rules, _RULE, corners=True, parties=parties)),
                (self._arcs, _layer(self._arcs, _ARC, corners=False, parties=parties)),
                (self._dots, _layer(self._dots, _DOT, corners=False, parties=parties)),
                (self._words, _layer(self._words, _WORDS, corners=False, parties=parties)),
            )
            if rows
        ]
        if parties:
            _dots_layer(layers)["params"] = [_POINTED_AT]
        return {
            "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
            "width": self.width,
            "height": round(self.bottom),
            "padding": 0,
            "autosize": "none",
            "background": "transparent",
            "config": {"aria": False, "view": {"stroke": None}, "font": FONT},
            "layer": layers,
        }


_BOX: Mapping[str, Any] = {"mark": {"type": "rect"}, "encoding": {"color": ("colour", "nominal")}}
_RULE: Mapping[str, Any] = {
    "mark": {"type": "rule"},
    "encoding": {
        "color": ("colour", "nominal"),
        "strokeWidth": ("weight", "quantitative"),
        "strokeDash": ("dash", "nominal"),
    },
}
_ARC: Mapping[str, Any] = {
    "mark": {"type": "point", "size": 4, "opacity": 1},  # so large a symbol has the size that its path has
    "encoding": {
        "fill": ("fill", "nominal"),
        "stroke": ("colour", "nominal"),
        "shape": ("path", "nominal"),
        "strokeWidth": ("weight", "quantitative"),
        "strokeDash": ("dash", "nominal"),
    },
}
_DOT: Mapping[str, Any] = {
    "mark": {"type": "point", "strokeWidth": 2, "opacity": 1},
    "encoding": {
        "fill": ("fill", "nominal"),
        "stroke": ("colour", "nominal"),
        "shape": ("shape", "nominal"),
        "size": ("size", "quantitative"),
    },
}
_WORDS: Mapping[str, Any] = {
    "mark": {
        "type": "text",
        "baseline": "middle",
        "align": {"expr": "datum.align"},
        "fontSize": {"expr": "datum.size"},
        "fontWeight": {"expr": "datum.weight"},
        "tooltip": None,
    },
    "encoding": {"text": ("text", "nominal"), "color": ("colour", "nominal")},
}
_POINTED_AT: Mapping[str, Any] = {
    "name": "pointed_at",
    "select": {"type": "point", "fields": ["party"], "on": "pointerover", "clear": "pointerout"},
}
_FAINT: Mapping[str, Any] = {
    "condition": [
        {"test": "!isValid(datum.party)", "value": 1},
        {"param": "pointed_at", "value": 1},
    ],
    "value": 0.2,
}


def _layer(rows: list[Row], look: Mapping[str, Any], *, corners: bool, parties: bool) -> dict[str, Any]:
    encoding: dict[str, Any] = {axis: _as_is(axis, "quantitative") for axis in ("x", "y")}
    if corners:
        encoding |= {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    encoding |= {channel: _as_is(name, kind) for channel, (name, kind) in look["encoding"].items()}
    if "text" in encoding:
        encoding["text"] = {"field": "text", "type": "nominal"}
    if any("tip" in row for row in rows):
        encoding["tooltip"] = {"field": "tip", "type": "nominal"}
    if parties:
        encoding["opacity"] = _FAINT
    return {"data": {"values": rows}, "mark": look["mark"], "encoding": encoding}


def _as_is(name: str, kind: str) -> dict[str, Any]:
    """An encoding whose values are drawn as they are, with neither scale nor axis nor legend."""
    axis = {"axis": None} if name in ("x", "y") else {"legend": None}
    return {"field": name, "type": kind, "scale": None, **axis}


def _dots_layer(layers: list[dict[str, Any]]) -> dict[str, Any]:
    return next((layer for layer in layers if layer["mark"]["type"] == "point"), layers[0])


def _px(value: float) -> float:
    return round(float(value), 1)


def in_plain_colours(text: str, theme: Theme = LIGHT) -> str:
    """Write out the page's names of colours, for a picture that stands alone.

    Parameters
    ----------
    text : a drawing or a specification as text
    theme : the colours
    """
    written = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: theme[found[1]], text)
    return written.replace("currentColor", theme["ink"])
