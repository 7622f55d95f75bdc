"""Which words of a paragraph stand in quotation marks. `inside` is the main name.

Every paragraph starts anew, so that a stray mark never turns the sense of all that follows it. Only double marks count:
an apostrophe and a quotation within a quotation open nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["CLOSING", "MARKS", "OPENING", "Mark", "inside"]

Turn = Literal["opens", "closes", "either"]

OPENING = ("“", "„", "«", "‟", "``")
CLOSING = ("”", "»")
MARKS = (*OPENING, *CLOSING, '"', "''", "＂")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A quotation mark.

    Attributes
    ----------
    place : the token it is, counted in the paragraph
    turn : what its form and the spaces around it say that it does
    """

    place: int
    turn: Turn

    @classmethod
    def of(cls, place: int, form: str, *, space_before: bool, space_after: bool) -> Mark:
        """Judge a mark by its form and the spaces around it."""
        turn: Turn
        if form in OPENING:
            turn = "opens"
        elif form in CLOSING:
            turn = "closes"
        elif space_before == space_after:
            turn = "either"
        else:
            turn = "opens" if space_before else "closes"
        return cls(place=place, turn=turn)


def inside(length: int, marks: Iterable[Mark], *, continued: bool) -> tuple[Sequence[tuple[int, int]], bool]:
    """The stretches of a paragraph that stand in quotation marks.

    Parameters
    ----------
    length : number of tokens in the paragraph
    marks : its marks, in order
    continued : whether the paragraph before left a quotation open, so that a closing mark may end it here

    Returns
    -------
    The stretches, as first token and one past the last, both marks included; and whether the last one is left open.
    A mark that closes nothing is passed over, and one that opens again starts anew.
    """
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in marks:
        if opened is None:
            if mark.turn != "closes":
                opened = mark.place
            elif continued and not found:
                found.append((0, mark.place + 1))
        elif mark.turn == "opens":
            opened = mark.place
        else:
            found.append((opened, mark.place + 1))
            opened = None
    if opened is not None and opened < length - 1:
        found.append((opened, length))
        return found, True
    return found, False
