"""Sentences made of pieces, so that each number keeps what it rests on. `write` is the main name."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence

from parley.domain.briefing import Items, Paragraph, Piece, Table

__all__ = [
    "Cells",
    "Run",
    "caution",
    "cell",
    "cited",
    "items",
    "joined",
    "paragraph",
    "plain",
    "strong",
    "table",
    "write",
]

Run = tuple[Piece, ...]
"""A run of text."""

Cells = Sequence[Run | Piece | str]
"""A row of a table."""


def plain(text: str) -> Run:
    """Text without a number, or a person's words as they are."""
    return (Piece(text=text),) if text else ()


def strong(text: str) -> Run:
    """Text with stress."""
    return (Piece(text=text, strong=True),) if text else ()


def cited(text: str, cites: Sequence[str]) -> Run:
    """Text followed by the ids of what it rests on."""
    return (Piece(text=text, cites=tuple(cites)),)


def write(template: str, **parts: Run | Piece | str) -> Run:
    """Fill a sentence with runs of pieces.

    Parameters
    ----------
    template : the sentence, with a name in braces for each part
    parts : the parts by name; a string becomes a piece of its own

    Returns
    -------
    The sentence as a run.

    Examples
    --------
    >>> [piece.text for piece in write("{who} asks for {what}.", who="Side A", what=Piece(text="30 days", basis="b"))]
    ['Side A', ' asks for ', '30 days', '.']
    """
    result: list[Piece] = []
    for literal, name, _, _ in string.Formatter().parse(template):
        result += plain(literal)
        if name is not None:
            result += _run(parts[name])
    return tuple(result)


def _run(part: Run | Piece | str) -> Run:
    if isinstance(part, str):
        return plain(part)
    return (part,) if isinstance(part, Piece) else part


def joined(runs: Iterable[Run | Piece | str], *, separator: str = ", ", last: str = " and ") -> Run:
    """Join runs as a sentence does: with commas, and with `last` before the last one."""
    parts = [part for part in (_run(each) for each in runs) if part]
    result: list[Piece] = []
    for index, part in enumerate(parts):
        if index:
            result += plain(last if index == len(parts) - 1 else separator)
        result += part
    return tuple(result)


def paragraph(*runs: Run, tone: str = "plain") -> Paragraph:
    """Make a paragraph of sentences."""
    return Paragraph(pieces=joined(runs, separator=" ", last=" "), tone=tone)


def caution(*runs: Run) -> Paragraph:
    """Make a paragraph that says what a number cannot tell."""
    return paragraph(*runs, tone="caution")


def items(runs: Iterable[Run], *, ordered: bool = False) -> tuple[Items, ...]:
    """Make a list of short paragraphs; nothing where there are none."""
    parts = tuple(run for run in runs if run)
    return (Items(items=parts, ordered=ordered),) if parts else ()


def cell(part: Run | Piece | str) -> Run:
    """Make a cell of a table."""
    return _run(part)


def table(caption: str, columns: Sequence[str], rows: Iterable[Cells], *, numeric: Sequence[int] = ()) -> Table:
    """Make a table; the columns in `numeric` hold numbers."""
    made = tuple(tuple(cell(each) for each in row) for row in rows)
    return Table(caption=caption, columns=tuple(columns), rows=made, numeric=tuple(numeric))
