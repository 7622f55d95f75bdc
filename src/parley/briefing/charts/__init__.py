"""Pictures of a briefing: from a `Chart` to Vega-Lite, SVG and PNG. `spec` and `svg` are the main names.

A picture is drawn in two widths, for a page of text and for a telephone; its letters have the same size in both.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from typing import Any

from parley.briefing.charts import (
    chances,
    concessions,
    frontiers,
    influences,
    payoffs,
    points,
    rounds,
    settlements,
    states,
    survival,
    trades,
    weights,
)
from parley.briefing.charts.canvas import BODY, LABEL, MUTED, NARROW, WIDE, Canvas, in_plain_colours
from parley.briefing.charts.drawing import mounted
from parley.briefing.charts.lettering import wrapped
from parley.briefing.palette import LIGHT, Theme
from parley.domain.briefing import Chart
from parley.errors import Problem, ScenarioError, did_you_mean

__all__ = ["NARROW", "WIDE", "kinds", "png", "slices", "spec", "standing", "svg"]

MARGIN = 20
"""Paper around a picture that stands alone, in pixels."""

Picture = Callable[[Canvas, Mapping[str, Any]], None]

_PICTURES: Mapping[str, Picture] = {
    "agreement": chances.agreement,
    "approaches": payoffs.approaches,
    "challenges": rounds.challenges,
    "concessions": concessions.concessions,
    "frontier": frontiers.frontier,
    "outcomes": chances.outcomes,
    "payoffs": payoffs.payoffs,
    "positions": points.positions,
    "power": weights.power,
    "predictions": chances.predictions,
    "rounds": rounds.rounds,
    "sensitivity": influences.sensitivity,
    "shares": frontiers.shares,
    "settlements": settlements.settlements,
    "states": states.states,
    "survival": survival.survival,
    "trades": trades.trades,
    "waiting": payoffs.waiting,
}


def kinds() -> tuple[str, ...]:
    """The kinds of pictures that can be drawn."""
    return tuple(_PICTURES)


def spec(chart: Chart, *, width: int = WIDE) -> dict[str, Any]:
    """Write the Vega-Lite specification of a picture, with the page's names of colours.

    Parameters
    ----------
    chart : what is shown
    width : width, in pixels; below 500 the layout for a telephone is used

    Raises
    ------
    ScenarioError
        If there is no picture of this kind.
    """
    return _canvas(chart, width).spec()


def svg(chart: Chart, *, width: int = WIDE) -> str:
    """Draw a picture as SVG that takes its colours from the page around it.

    Parameters
    ----------
    chart : what is shown
    width : width, in pixels; below 500 the layout for a telephone is used
    """
    return _canvas(chart, width).svg()


def slices(chart: Chart, *, width: int = WIDE) -> list[str]:
    """Draw a picture as SVGs to be set one below the other, so that a printed page can break between them.

    Parameters
    ----------
    chart : what is shown
    width : width, in pixels; below 500 the layout for a telephone is used
    """
    return _canvas(chart, width).slices()


def png(chart: Chart, *, width: int = WIDE, theme: Theme = LIGHT, scale: float = 2.0) -> bytes:
    """Draw a picture as PNG, with its title, on the theme's paper.

    Parameters
    ----------
    chart : what is shown
    width : width, in pixels
    theme : the colours
    scale : pixels of the image per pixel of the layout
    """
    import vl_convert

    whole = _titled(chart, width).spec() | {"padding": MARGIN, "background": theme["paper"]}
    drawn: bytes = vl_convert.vegalite_to_png(in_plain_colours(json.dumps(whole), theme), scale=scale)
    return drawn


def standing(chart: Chart, *, width: int = WIDE, theme: Theme = LIGHT) -> str:
    """Draw a picture as an SVG that stands alone, with its title, and in words for those who cannot see it.

    Parameters
    ----------
    chart : what is shown
    width : width, in pixels
    theme : the colours
    """
    drawn = _titled(chart, width).svg()
    return in_plain_colours(mounted(drawn, MARGIN, title=chart.title, description=chart.alt), theme)


def _titled(chart: Chart, width: int) -> Canvas:
    canvas = Canvas(width=width)
    head = canvas.lines(0, 12, wrapped(chart.title, width, 18), size=18, bold=True)
    lines = wrapped(chart.subtitle, width, BODY, most=8)
    canvas.bottom = canvas.lines(0, head + 12, lines, size=BODY, colour=MUTED) + LABEL
    _drawer(chart.kind)(canvas, chart.data)
    return canvas


def _canvas(chart: Chart, width: int) -> Canvas:
    canvas = Canvas(width=width)
    _drawer(chart.kind)(canvas, chart.data)
    return canvas


@functools.cache
def _drawer(kind: str) -> Picture:
    if kind not in _PICTURES:
        hint = did_you_mean(kind, kinds(), noun="kinds")
        raise ScenarioError([Problem(message=f"there is no picture of the kind '{kind}'", hint=hint)])
    return _PICTURES[kind]
