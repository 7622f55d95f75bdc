"""The tokens of a whole article as columns of numbers. `Grid` is the main name.

Words, lemmas, tags and arcs are spaCy's 64-bit numbers, which depend on the string alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from parley.domain.source import Span
from parley.reading.parsing import Paragraph
from parley.reading.quotes import MARKS, Mark, inside

__all__ = ["Grid", "numbers"]

Column = np.ndarray[tuple[int], np.dtype[np.int64]]
Names = np.ndarray[tuple[int], np.dtype[np.uint64]]

COLUMNS: list[int | str] = ["LOWER", "LEMMA", "TAG", "DEP", "HEAD", "SENT_START", "SPACY", "IDX", "LENGTH", "SHAPE"]


def numbers(names: Iterable[str]) -> frozenset[int]:
    """The numbers that spaCy gives to strings."""
    from spacy.strings import get_string_id

    return frozenset(get_string_id(name) for name in names)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """All tokens of an article, paragraph after paragraph.

    Attributes
    ----------
    word, lemma, tag, arc, shape : arrays, shape (token,); numbers of the lower-case word, its lemma, its tag, its arc
        to its head, and its shape, such as Xxxx
    head : array, shape (token,); the token's head, counted in the article; a root is its own head
    sentence, paragraph : arrays, shape (token,); which sentence and paragraph it stands in, counted in the article
    quoted : array, shape (token,); 0 outside quotation marks, 1 inside, 2 an opening and 3 a closing mark
    start, end : arrays, shape (token,); its place in the article, in code points
    offset : array, shape (paragraph + 1,); the first token of each paragraph, and at last the number of tokens
    open_at_end : for each paragraph, whether it leaves a quotation open
    """

    word: Names
    lemma: Names
    tag: Names
    arc: Names
    shape: Names
    head: Column
    sentence: Column
    paragraph: Column
    quoted: Column
    start: Column
    end: Column
    offset: Column
    open_at_end: tuple[bool, ...]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> Grid:
        """Tabulate the tokens of an article.

        Parameters
        ----------
        paragraphs : the whole article, in order
        """
        tables = [paragraph.doc.to_array(COLUMNS) for paragraph in paragraphs]
        table = np.concatenate(tables) if tables else np.empty((0, len(COLUMNS)), dtype=np.uint64)
        lengths = np.array([len(each) for each in tables], dtype=np.int64)
        offset = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        count = int(offset[-1])
        column = dict(zip(COLUMNS, table.T, strict=True))
        number = np.repeat(np.arange(len(tables)), lengths)
        first = np.zeros(count, dtype=bool)
        first[offset[:-1][lengths > 0]] = True
        start = column["IDX"].astype(np.int64) + np.array([each.start for each in paragraphs], dtype=np.int64)[number]
        quoted, left_open = _quoted(column["LOWER"], column["SPACY"].astype(bool), offset)
        return cls(
            word=column["LOWER"],
            lemma=column["LEMMA"],
            tag=column["TAG"],
            arc=column["DEP"],
            shape=column["SHAPE"],
            head=column["HEAD"].astype(np.int64) + np.arange(count),
            sentence=np.cumsum((column["SENT_START"] == 1) | first) - 1,
            paragraph=number,
            quoted=quoted,
            start=start,
            end=start + column["LENGTH"].astype(np.int64),
            offset=offset,
            open_at_end=left_open,
        )

    def is_blank(self, first: int, last: int) -> bool:
        """Whether tokens `first` to `last`, both included, are nothing but spaces."""
        spaces = numbers_of_spaces()
        return all(tag in spaces for tag in self.tag[first : last + 1].tolist())

    def span(self, first: int, last: int) -> Span:
        """The place in the article of tokens `first` to `last`, both included, without spaces at its ends."""
        spaces = numbers_of_spaces()
        while first < last and int(self.tag[first]) in spaces:
            first += 1
        while first < last and int(self.tag[last]) in spaces:
            last -= 1
        return Span(start=int(self.start[first]), end=int(self.end[last]))


@functools.cache
def numbers_of_spaces() -> frozenset[int]:
    """The tag of tokens that are nothing but spaces, as a set of one."""
    return numbers(("_SP",))


@functools.cache
def _marks() -> dict[int, str]:
    from spacy.strings import get_string_id

    return {get_string_id(form): form for form in MARKS}


def _quoted(word: Names, space_after: np.ndarray, offset: Column) -> tuple[Column, tuple[bool, ...]]:
    """The column `quoted`, and for each paragraph whether it leaves a quotation open."""
    forms = _marks()
    places = np.flatnonzero(np.isin(word, np.array(list(forms), dtype=np.uint64)))
    by_paragraph: dict[int, list[int]] = {}
    for place, number in zip(places.tolist(), np.searchsorted(offset, places, side="right").tolist(), strict=True):
        by_paragraph.setdefault(number - 1, []).append(place)
    quoted = np.zeros(len(word), dtype=np.int64)
    left_open = [False] * (len(offset) - 1)
    for number, found in by_paragraph.items():
        start, end = int(offset[number]), int(offset[number + 1])
        marks = [
            Mark.of(
                place - start,
                forms[int(word[place])],
                space_before=place == start or bool(space_after[place - 1]),
                space_after=place == end - 1 or bool(space_after[place]),
            )
            for place in found
        ]
        stretches, left_open[number] = inside(end - start, marks, continued=number > 0 and left_open[number - 1])
        here = set(found)
        for first, stop in stretches:
            quoted[start + first : start + stop] = 1
            quoted[start + first] = 2 if start + first in here else 1
            quoted[start + stop - 1] = 3 if start + stop - 1 in here else 1
    return quoted, tuple(left_open)
