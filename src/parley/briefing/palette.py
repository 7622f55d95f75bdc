"""The colours of a briefing, one theme for light paper and one for dark. `LIGHT` and `DARK` are the main names.

The eight colours of parties were searched for by computer: each stands out from its paper by 3:1 or more, and any
two lie as far
apart as could be had for readers with normal sight, with deuteranopia and with protanopia, in the simulation of
[Machado2009]_.
A party has the same hue on light and on dark paper. Nothing but a party is drawn in a party's colour.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DARK", "LIGHT", "PARTIES", "STEPS", "Theme", "declarations"]

Theme = Mapping[str, str]
"""Colours as `#rrggbb`, by the names that they have on the page."""

PARTIES = 8
"""How many parties have a colour of their own; a ninth takes the first again, with another shape and stroke."""

STEPS = 6
"""How many rungs of a ladder of outcomes have a colour of their own."""


def _numbered(name: str, colours: str) -> dict[str, str]:
    return {f"{name}-{number}": colour for number, colour in enumerate(colours.split())}


LIGHT: Theme = {
    "paper": "#fffdf9",
    "panel": "#f6f2ea",
    "ink": "#1d1b18",
    "muted": "#625d55",
    "hair": "#d9d3c7",
    "link": "#0b5470",
    "band": "#f3eee4",
    "interval": "#e8dfcc",
    "mark": "#403c36",
    **_numbered("party", "#5447bb #e6650f #19a07b #6d0a6e #708bdb #6b5606 #2c7085 #5c1e0b"),
    **_numbered("step", "#cdc8be #b9d3dc #86b8c9 #38798f #175671 #0a2f42"),
    **_numbered("on-step", "#1d1b18 #1d1b18 #1d1b18 #fffdf9 #fffdf9 #fffdf9"),
    "step-open": "#ece6da",
    "on-step-open": "#1d1b18",
}

DARK: Theme = {
    "paper": "#15181d",
    "panel": "#1f242b",
    "ink": "#ece8e0",
    "muted": "#a9a59c",
    "hair": "#3a4049",
    "link": "#8cc8e0",
    "band": "#1e232a",
    "interval": "#2f3742",
    "mark": "#c9c4ba",
    **_numbered("party", "#7254ce #ff8905 #81bb9d #fbcdf6 #889ffe #ffd859 #028185 #c94115"),
    **_numbered("step", "#6d6a64 #23485a #2f6479 #5fa3bb #9ccbdc #d8eef6"),
    **_numbered("on-step", "#ffffff #ece8e0 #ffffff #15181d #15181d #15181d"),
    "step-open": "#2a3038",
    "on-step-open": "#ece8e0",
}


def declarations(theme: Theme) -> str:
    """Write a theme as declarations of a style sheet.

    Examples
    --------
    >>> declarations({"ink": "#1d1b18"})
    '--ink:#1d1b18'
    """
    return ";".join(f"--{name}:{colour}" for name, colour in theme.items())
