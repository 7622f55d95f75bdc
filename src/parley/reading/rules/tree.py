"""The parse of an article as rules look at it. `Tree` is the main name."""

from __future__ import annotations

import functools

import numpy as np

from parley.reading.features import edges
from parley.reading.grid import Grid, numbers

__all__ = ["Tree"]

CAPITALS = ("XX", "XXX", "XXXX", "X.", "X.X.")


@functools.cache
def _known(*names: str) -> frozenset[int]:
    return numbers(names)


class Tree:
    """Tokens of an article with what hangs from each.

    Parameters
    ----------
    grid : the article
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.head: list[int] = grid.head.tolist()
        self.arc: list[int] = grid.arc.tolist()
        self.tag: list[int] = grid.tag.tolist()
        self.lemma: list[int] = grid.lemma.tolist()
        self.word: list[int] = grid.word.tolist()
        self.quoted: list[int] = grid.quoted.tolist()
        self.sentence: list[int] = grid.sentence.tolist()
        self.paragraph: list[int] = grid.paragraph.tolist()
        self.capital: list[bool] = np.isin(grid.shape, np.array(sorted(_known(*CAPITALS)), dtype=np.uint64)).tolist()
        left, right = edges(grid.head)
        self.left: list[int] = left.tolist()
        self.right: list[int] = right.tolist()
        self.depths: dict[int, int] = {}
        self.children: list[list[int]] = [[] for _ in self.head]
        for token, head in enumerate(self.head):
            if head != token:
                self.children[head].append(token)

    def has(self, token: int, *arcs: str) -> bool:
        """Whether a token hangs by one of some arcs."""
        return self.arc[token] in _known(*arcs)

    def below(self, token: int, *arcs: str) -> list[int]:
        """The tokens that hang from a token by one of some arcs."""
        wanted = _known(*arcs)
        return [child for child in self.children[token] if self.arc[child] in wanted]

    def is_word(self, token: int, *words: str) -> bool:
        """Whether a token is one of some words, in lower case."""
        return self.word[token] in _known(*words)

    def tagged(self, token: int, *tags: str) -> bool:
        """Whether a token has one of some tags."""
        return self.tag[token] in _known(*tags)

    def noun_phrase(self, noun: int, *, before: int | None = None) -> tuple[int, int]:
        """A noun with what stands before it and the phrases that follow, up to a relative clause or a comma.

        Parameters
        ----------
        noun : its head
        before : a token that the phrase ends before
        """
        last = noun
        stop = self.right[noun] + 1 if before is None else min(before, self.right[noun] + 1)
        for child in self.children[noun]:
            if child > noun:
                if self.has(child, "relcl", "acl", "appos", "punct", "advcl", "ccomp", "parataxis") or child >= stop:
                    break
                last = min(self.right[child], stop - 1)
        first = self.left[noun]
        return first, max(last, first)

    def is_capital(self, token: int) -> bool:
        """Whether a token is written in capitals."""
        return bool(self.capital[token])

    def depth(self, token: int) -> int:
        """How many steps a token hangs below the root of its sentence."""
        way = []
        while token not in self.depths and self.head[token] != token:
            way.append(token)
            token = self.head[token]
        steps = self.depths.setdefault(token, 0)
        for below in reversed(way):
            steps += 1
            self.depths[below] = steps
        return steps

    def is_letters(self, token: int) -> bool:
        """Whether a token is a word, not a mark."""
        return not self.tagged(token, ".", ",", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "_SP", "NFP")

    def quotations(self, first: int, end: int) -> list[tuple[int, int]]:
        """The stretches in quotation marks among some tokens, marks included."""
        found: list[tuple[int, int]] = []
        start: int | None = None
        for token in range(first, end + 1):
            state = self.quoted[token] if token < end else 0
            if start is not None and (state in (0, 2) or self.quoted[token - 1] == 3):
                found.append((start, token - 1))
                start = None
            if start is None and state:
                start = token
        return found
