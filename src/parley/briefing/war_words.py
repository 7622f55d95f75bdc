"""A war in words: how it ends (`ENDINGS`), and what it would be if the talks had no end (`without_end`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from parley.briefing import words

__all__ = ["ENDINGS", "MEANINGS", "causes", "without_end"]

ENDINGS: Mapping[str, str] = {
    "no_agreement": "No agreement",
    "temporary_truce": "Temporary truce",
    "frozen_conflict": "Frozen conflict",
    "lasting_peace": "Lasting peace",
}
"""How a war can stand when the horizon ends."""

MEANINGS: Mapping[str, str] = {
    "no_agreement": "nothing is ever signed, and the war goes on or is won",
    "temporary_truce": "something is signed, and is broken by then with nothing in its place",
    "frozen_conflict": "the guns are silent where the front stood, each side keeps what it held, and nothing that they "
    "fight over is settled",
    "lasting_peace": "what they fight over is divided within the red lines of both, and that still holds",
}
"""What each means."""

SWITCHES: Mapping[str, str] = {
    "drift": "the drift of the front",
    "levers": "what third parties do",
    "private_information": "what one side does not know",
    "red_line": "a red line",
    "proposer": "who makes the offers",
    "deadline": "the end of the talks",
    "commitment": "promises that need not be kept",
}


def causes(found: list[list[str]]) -> list[str]:
    """The causes of delay, each a set of things that must go together, in words."""
    return [words.listed([SWITCHES[each] for each in cause]) for cause in found]


def without_end(detail: Mapping[str, Any], sides: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """What the war is worth if the talks never end: a sentence or two with names in braces, and their numbers.

    Parameters
    ----------
    detail : what the engine says of the most plausible numbers
    sides : the name of each side inside a sentence, by its id, side A first
    """
    asked = detail["bracket"] is not None
    found = detail["bracket"] if asked else detail["if_endless"]
    start = "Here the talks have no end;" if asked else "If the talks had no end,"
    if found["failed"]:
        return f"{start} the model {'has' if asked else 'would have'} no answer, since {found['failed']}.", {}
    first, second = sides
    if not found["agree"]:
        text = ""
        parts: dict[str, str] = {}
        for key, limit in zip(("one", "two"), found["limits"], strict=True):
            parts |= {f"{key}_{place}": _points(limit["values"][side]) for place, side in zip("ab", sides, strict=True)}
            verb = "settled now" if limit["settles_now"] else "fought on"
            text += f"; {{{key}_a}} of a hundred points to {sides[first]} and {{{key}_b}} to {sides[second]}, {verb}"
        verb = "are" if asked else "would be"
        return f"{start} two answers {verb} possible, by what each side expects of the other{text}.", parts
    values = found["limits"][0]["values"]
    parts = {"a": _points(values[first]), "b": _points(values[second])}
    text = (
        f"{start} starting from what is best for either side leads to one and the same answer, {{a}} of a hundred "
        f"points to {sides[first]} and {{b}} to {sides[second]}"
    )
    now = "the first offer would settle it" if found["limits"][0]["settles_now"] else "no offer would settle it yet"
    if asked:
        return f"{text}; {now}.", parts
    same = all(_points(detail["values"][side]) == _points(values[side]) for side in sides)
    if same:
        return f"{text}, the same as where they end; {now}.", parts
    parts |= {"a_now": _points(detail["values"][first]), "b_now": _points(detail["values"][second])}
    return f"{text}, beside {{a_now}} and {{b_now}} where they end; {now}.", parts


def _points(share: float) -> str:
    return f"{round(100 * share)}".replace("-", "−")
