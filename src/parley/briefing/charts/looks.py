"""How a party and a kind of engine look in every picture: `colour`, and `shape` where colours run out.

The palette has eight colours. A ninth party takes the first one again, and with it another shape, another stroke and a
hollow box, so that no two parties among the first twenty-four look alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from parley.briefing.charts.canvas import MUTED, NOTE, PAPER, Canvas
from parley.briefing.charts.lettering import text_width
from parley.briefing.charts.scales import Datum
from parley.briefing.palette import PARTIES

__all__ = ["DASHES", "FAMILIES", "KIND_NAMES", "box", "colour", "dash", "key", "party_key", "shape"]

SHAPES = ("circle", "square", "diamond")
DASHES: tuple[list[int], ...] = ([], [6, 3], [2, 3])
FAMILIES = {
    "collective": "circle",
    "packages": "diamond",
    "graph": "square",
    "war": "triangle-up",
    "talks": "triangle-down",
}
"""The shape of each kind of engine."""

KIND_NAMES = {
    "collective": "models of collective decision",
    "packages": "search of packages",
    "graph": "graph model",
    "war": "war model",
    "talks": "model of talks",
}


def colour(party: Datum) -> str:
    """The colour of a party, as the page names it."""
    return f"var(--party-{int(party['colour']) % PARTIES})"


def _turn(party: Datum) -> int:
    """How often the palette was used up before this party."""
    return int(party["colour"]) // PARTIES


def shape(party: Datum) -> str:
    """The shape of a party's mark."""
    return SHAPES[_turn(party) % len(SHAPES)]


def dash(party: Datum) -> list[int]:
    """The strokes and gaps of a party's line; none for a full line."""
    return DASHES[_turn(party) % len(DASHES)]


def box(canvas: Canvas, corners: tuple[float, float, float, float], look: Datum, **about: Any) -> None:
    """Draw a box in a party's colour, hollow from the ninth party on."""
    left, top, right, below = corners
    canvas.box(left, top, right, below, colour(look), **about)
    if _turn(look) and right - left > 5 and below - top > 5:
        canvas.box(left + 2, top + 2, right - 2, below - 2, PAPER, **about)


def party_key(canvas: Canvas, parties: Sequence[Datum]) -> None:
    """Name the colour of each party, in as many lines as it takes."""
    x, y = 0.0, canvas.bottom + 10
    for party in parties:
        room = 18 + text_width(party["name"], NOTE) + 14
        if x and x + room - 14 > canvas.width:
            x, y = 0.0, y + 19
        box(canvas, (x, y - 6, x + 12, y + 6), party, party=party["id"])
        canvas.words(x + 18, y, party["name"], size=NOTE, party=party["id"])
        x += room
    canvas.bottom = y + 10


def key(canvas: Canvas, entries: Sequence[tuple[str, str]]) -> None:
    """Explain marks in one or more lines.

    Parameters
    ----------
    canvas : the sheet
    entries : what each means, and its look: a shape, `hollow` or `full` (circles), `band`, `dashes` (upright) or `line`
    """
    x, y = 4.0, canvas.bottom + 10
    for text, look in entries:
        room = 26 + text_width(text, NOTE) + 16
        if x > 4 and x + room - 16 > canvas.width:
            x, y = 4.0, y + 19
        _sign(canvas, x, y, look)
        canvas.words(x + 22, y, text, size=NOTE, colour=MUTED)
        x += room
    canvas.bottom = y + 12


def _sign(canvas: Canvas, x: float, y: float, look: str) -> None:
    match look:
        case "band":
            canvas.box(x - 2, y - 6, x + 16, y + 6, "var(--interval)")
        case "dashes":
            canvas.rule(x + 8, y - 7, x + 8, y + 7, MUTED, weight=1.5, dash=[4, 3])
        case "line":
            canvas.rule(x - 2, y, x + 16, y, "currentColor", weight=1.5, dash=[2, 4])
        case "full":
            canvas.dot(x + 7, y, "var(--mark)", size=70)
        case _:
            canvas.dot(x + 7, y, "var(--mark)", fill=PAPER, shape="circle" if look == "hollow" else look, size=70)
