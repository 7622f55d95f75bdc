"""An article as windows of word pieces, which is what the network takes. `windows` is the main name.

A window holds whole paragraphs, each closed by a separator, as many as fit, since who speaks is often said in another
one. A paragraph that is too long for one window is cut, at the end of a sentence where there is one.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from parley import resources
from parley.reading.grid import Grid
from parley.reading.parsing import Paragraph

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["LIMIT", "SHAPES", "Article", "Window", "cut", "prepared", "tokenizer", "windows"]

Column = np.ndarray[tuple[int], np.dtype[np.int64]]

VOCABULARY = "datasets/reading/encoder/vocabulary.txt"
LIMIT = 192
"""Word pieces in a window, at most."""
SHAPES = 7
LETTERS, PIECES = 128, 16
"""Letters and word pieces of a token that are looked at; what is longer is no word."""
START, SEPARATOR = 101, 102


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Article:
    """An article's word pieces, and what else the network sees of each of its tokens.

    Attributes
    ----------
    piece : array, shape (piece,); numbers in the vocabulary
    token : array, shape (piece,); the token that each piece belongs to, counted in the article
    shape : array, shape (token,); lower case, capital, capitals, mixed, with digits, no letter or digit; 0 is a space
    quoted : array, shape (token,); 0 outside quotation marks, 1 inside, 2 an opening and 3 a closing mark
    tag, arc : arrays, shape (token,); numbers of its part of speech and of its arc, 0 for what training did not meet
    offset : array, shape (paragraph + 1,); the first token of each paragraph, and at last the number of tokens
    sentence : array, shape (token,); which sentence it stands in
    """

    piece: Column
    token: Column
    shape: Column
    quoted: Column
    tag: Column
    arc: Column
    offset: Column
    sentence: Column


Window = tuple[tuple[int, int], ...]
"""What the network sees at once: first token and one past the last of each stretch, counted in the article."""


@functools.cache
def tokenizer() -> Tokenizer:
    """The word pieces of the encoder: lower case, without accents."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = resources.read(VOCABULARY).decode("utf-8").splitlines()
    made = Tokenizer(models.WordPiece(vocab={word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def prepared(paragraphs: Sequence[Paragraph], grid: Grid, *, tags: dict[int, int], arcs: dict[int, int]) -> Article:
    """Cut the tokens of an article into word pieces.

    Parameters
    ----------
    paragraphs : the whole article, in order
    grid : its tokens
    tags, arcs : numbers that the network knows parts of speech and arcs by, for the grid's
    """
    words = [token.text for paragraph in paragraphs for token in paragraph.doc]
    visible = [word[:LETTERS] if word.strip() else "." for word in words]
    found = tokenizer().encode_batch([[word] for word in visible], is_pretokenized=True, add_special_tokens=False)
    pieces = [each.ids[:PIECES] for each in found]
    return Article(
        piece=np.array([number for each in pieces for number in each], dtype=np.int64),
        token=np.repeat(np.arange(len(words)), [len(each) for each in pieces]),
        shape=np.array([_shape(word) for word in words], dtype=np.int64),
        quoted=grid.quoted,
        tag=np.array([tags.get(each, 0) for each in grid.tag.tolist()], dtype=np.int64),
        arc=np.array([arcs.get(each, 0) for each in grid.arc.tolist()], dtype=np.int64),
        offset=grid.offset,
        sentence=grid.sentence,
    )


def _shape(word: str) -> int:
    if word.isspace():
        return 0
    if not any(mark.isalnum() for mark in word):
        return 6
    if any(mark.isdigit() for mark in word):
        return 5
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if word[0].isupper() and (len(word) == 1 or word[1:].islower()) else 4


def cut(article: Article, *, limit: int = LIMIT) -> Iterator[tuple[int, int, int]]:
    """The stretches of tokens that a window takes whole: paragraphs, or parts of long ones.

    Parameters
    ----------
    article : the article's word pieces
    limit : word pieces in a window, at most

    Yields
    ------
    first token, one past the last, and number of pieces, a separator not counted
    """
    counts = np.bincount(article.token, minlength=int(article.offset[-1])).tolist()
    sentence = article.sentence.tolist()
    for first, stop in pairwise(article.offset.tolist()):
        start, held, kept = first, 0, None
        for token in range(first, stop):
            while held + counts[token] > limit - 2 and token > start:
                end = kept if kept is not None else token
                yield start, end, sum(counts[start:end])
                start, held, kept = end, sum(counts[end:token]), None
            if token > start and sentence[token] != sentence[token - 1]:
                kept = token
            held += counts[token]
        if stop > start:
            yield start, stop, held


def windows(article: Article, *, limit: int = LIMIT) -> Iterator[Window]:
    """Pack an article into windows; each token stands in one of them.

    Parameters
    ----------
    article : the article's word pieces
    limit : word pieces in a window, at most
    """
    packed: list[tuple[int, int]] = []
    size = 1
    for first, stop, pieces in cut(article, limit=limit):
        if packed and size + pieces + 1 > limit:
            yield tuple(packed)
            packed, size = [], 1
        packed.append((first, stop))
        size += pieces + 1
    if packed:
        yield tuple(packed)
