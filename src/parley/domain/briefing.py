"""The briefing as data: sections of paragraphs, tables and charts in which every number knows what it rests on.

`Briefing` is the main name. A number appears as a `Piece` that carries the id of a `Basis`; the text, HTML and JSON
forms are
all made from these nouns, and a reader (or a test) can follow each number back to facts and judgements.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from parley.domain.forecast import Made
from parley.errors import Problem, ScenarioError

__all__ = ["Basis", "Block", "Briefing", "Chart", "Items", "Paragraph", "Piece", "Section", "Table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a number rests on.

    Attributes
    ----------
    id : short name, unique in the briefing
    says : one sentence: where the number comes from
    quantities : names of the estimates that it is or was computed from, as in `quantities`
    grounds : ids of the facts, claims and judgements beneath it
    made : how it was computed; None for a number that the scenario states
    """

    id: str
    says: str
    quantities: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    made: Made | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text; with a basis, a number that opens its grounds.

    Attributes
    ----------
    text : the characters, never markup
    basis : id of the basis; None for plain words
    cites : ids of facts, claims and judgements cited here in brackets
    strong : whether to stress it
    """

    text: str
    basis: str | None = None
    cites: tuple[str, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph.

    Attributes
    ----------
    pieces : its text
    tone : `plain`, `lead` (the bottom line), `caution` (what a number cannot tell)
    """

    pieces: tuple[Piece, ...]
    tone: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list of short paragraphs.

    Attributes
    ----------
    items : the pieces of each
    ordered : whether their order says something
    """

    items: tuple[tuple[Piece, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    Attributes
    ----------
    caption : what it shows, as a sentence
    columns : the headings
    rows : cells, each a run of pieces; the first cell names the row
    numeric : indexes of the columns that hold numbers, to be set flush right
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]
    numeric: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ScenarioError([Problem(message=f"table '{self.caption}': a row has not {len(self.columns)} cells")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture, with the table of its numbers for those who cannot see it.

    Attributes
    ----------
    id : short name, unique in the briefing
    title : the finding that it shows, as a sentence
    subtitle : what is drawn: quantities and units in words
    kind : which picture `briefing.charts` draws, such as `positions`
    data : what that picture needs, as plain lists and mappings
    alt : the picture in words, for screen readers
    table : its numbers
    """

    id: str
    title: str
    subtitle: str
    kind: str
    data: Mapping[str, Any]
    alt: str
    table: Table


Block = Paragraph | Items | Table | Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the briefing under one heading.

    Attributes
    ----------
    id : short name for links
    title : the heading
    blocks : what it says
    """

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """Findings as text, tables and charts.

    Attributes
    ----------
    title : its title
    question : what was asked
    asked_by : name of the party that asks
    as_of : the day of what is known
    sections : its parts, in reading order
    bases : what the numbers rest on, by id
    seed : seed of the draws
    draws : number of draws
    version : version of Parley
    scenario_digest : SHA-256 of the scenario
    """

    title: str
    question: str
    asked_by: str
    as_of: datetime.date
    sections: tuple[Section, ...]
    bases: Mapping[str, Basis] = field(default_factory=dict)
    seed: int
    draws: int
    version: str
    scenario_digest: str

    def pieces(self) -> Iterator[Piece]:
        """Every piece of text, in reading order."""
        for section in self.sections:
            for block in section.blocks:
                yield from _pieces(block)


def _pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph(pieces=pieces):
            yield from pieces
        case Items(items=items):
            for item in items:
                yield from item
        case Table(rows=rows):
            for row in rows:
                for cell in row:
                    yield from cell
        case Chart(table=table):
            yield from _pieces(table)
