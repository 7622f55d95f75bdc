"""The grammar of a paragraph as plain tuples, which are several times as fast to walk as a parser's objects: `tree`."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.domain.source import Span
from parley.reading.mending import Parse, mend
from parley.reading.parsing import Paragraph

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Tree", "tree"]

# Words whose lemma the parser's rules get wrong.
_MENDED = {"hopes": "hope", "hoped": "hope", "hoping": "hope"}
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The tokens of one paragraph and what depends on what; each tuple has an entry a token.

    Attributes
    ----------
    paragraph : the paragraph
    parsed : its tokens as the parser gives them
    words : the words in lower case, with straight apostrophes
    lemmas : their dictionary forms in lower case
    tags : parts of speech, by the Penn Treebank's names
    deps : how each depends on its head
    heads : index of its head; its own index for the root of a sentence
    children : indexes of what depends on it, in order
    left : index of the first token of all that depends on it
    sentences : first token and the token after the last, for each sentence
    sentence : index of its sentence
    starts, ends : where it stands in the article, in code points
    marks : whether it holds neither letter nor digit
    quoted : whether it stands between quotation marks
    """

    paragraph: Paragraph
    parsed: tuple[Token, ...]
    words: tuple[str, ...]
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    deps: tuple[str, ...]
    heads: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    sentence: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: tuple[bool, ...]
    quoted: tuple[bool, ...]

    def child(self, token: int, *deps: str) -> int | None:
        """The first of a token's children that depends on it in one of these ways."""
        return next((each for each in self.children[token] if self.deps[each] in deps), None)

    def subject(self, token: int) -> int | None:
        """The subject of a verb, its own one only."""
        return next((each for each in self.children[token] if self.deps[each] in SUBJECTS), None)

    def verbal(self, token: int) -> bool:
        """Whether a token is a verb or an auxiliary."""
        return self.tags[token][:1] == "V" or self.tags[token] == "MD"

    def nominal(self, token: int) -> bool:
        """Whether a token is a noun, a name or a pronoun."""
        return self.tags[token][:2] in ("NN", "PR", "CD", "DT", "WP")

    def mark(self, token: int) -> bool:
        """Whether a token is a mark of punctuation or a space."""
        return self.marks[token]

    def below(self, token: int, within: frozenset[int] | None = None) -> tuple[int, ...]:
        """A token and all that depends on it, in order.

        Parameters
        ----------
        token : the token
        within : walk only through these tokens
        """
        found, waiting = [], [token]
        while waiting:
            each = waiting.pop()
            found.append(each)
            waiting += [child for child in self.children[each] if within is None or child in within]
        return tuple(sorted(found))

    def tokens(self, spans: Iterable[Span]) -> tuple[int, ...]:
        """The tokens of the paragraph that share a character with some of the spans of the article, in order."""
        found: set[int] = set()
        for span in spans:
            found.update(range(bisect.bisect_right(self.ends, span.start), bisect.bisect_left(self.starts, span.end)))
        return tuple(sorted(found))

    def span(self, first: int, last: int) -> Span:
        """The place in the article of tokens `first` to `last`, both included."""
        return Span(start=self.starts[first], end=self.ends[last])


def tree(paragraph: Paragraph) -> Tree:
    """Take a paragraph's parse apart.

    Parameters
    ----------
    paragraph : the paragraph, parsed
    """
    tokens = list(paragraph.doc)
    words = tuple(token.lower_.replace("’", "'") for token in tokens)
    parse = Parse(
        words=words,
        written=[token.text for token in tokens],
        lemmas=[_MENDED.get(token.lower_) or token.lemma_.lower() for token in tokens],
        tags=[token.tag_ for token in tokens],
        deps=[token.dep_ for token in tokens],
        heads=[token.head.i for token in tokens],
    )
    mend(parse)
    heads = tuple(parse.heads)
    children: list[list[int]] = [[] for _ in tokens]
    for token, head in enumerate(heads):
        if head != token:
            children[head].append(token)
    sentences = tuple((sentence.start, sentence.end) for sentence in paragraph.doc.sents) if tokens else ()
    starts = tuple(paragraph.start + token.idx for token in tokens)
    return Tree(
        paragraph=paragraph,
        parsed=tuple(tokens),
        words=words,
        starts=starts,
        ends=tuple(start + len(token) for start, token in zip(starts, tokens, strict=True)),
        marks=tuple(not any(map(str.isalnum, word)) for word in words),
        quoted=_quoted(words),
        lemmas=tuple(parse.lemmas),
        tags=tuple(parse.tags),
        deps=tuple(parse.deps),
        heads=heads,
        children=tuple(map(tuple, children)),
        left=tuple(token.left_edge.i for token in tokens),
        sentences=sentences,
        sentence=tuple(index for index, (first, end) in enumerate(sentences) for _ in range(first, end)),
    )


_OPENING, _CLOSING, _STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset({'"', "''", "``"})


def _quoted(words: Iterable[str]) -> tuple[bool, ...]:
    """For each word, whether it stands between quotation marks; a mark left open holds to the end."""
    inside, found = False, []
    for word in words:
        if word in _OPENING:
            inside = True
        elif word in _CLOSING:
            inside = False
        elif word in _STRAIGHT:
            inside = not inside
        found.append(inside)
    return tuple(found)
