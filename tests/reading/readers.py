"""Readers simple enough to know what they will find. They parse nothing, so that tests of the run are quick."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import ClassVar

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.domain.statement import Statement

SAID = re.compile(r"“(?P<content>[^”]+)”(?: (?P<cue>said) (?P<source>[A-Z]\w+ [A-Z]\w+))?")


@dataclass(frozen=True)
class Quotes:
    """Finds what stands in quotation marks, and who said it; dawdles where the text tells it to."""

    name: ClassVar[str] = "quotes"

    def attributions(self, paragraphs):
        found = []
        for paragraph in paragraphs:
            text = paragraph.doc.text
            if "DAWDLE" in text:
                time.sleep(60)
            if "BREAK" in text:
                raise RuntimeError("the reader broke")
            for match in SAID.finditer(text):
                spans = {
                    name: Span(start=paragraph.start + start, end=paragraph.start + end)
                    for name in ("content", "cue", "source")
                    for start, end in [match.span(name)]
                    if start >= 0
                }
                content = spans.pop("content")
                found.append(Attribution(content=(content,), confidence=0.9, why="quotation marks", **spans))
        return tuple(found)


def interpreted(article, paragraphs, attributions):
    """A demand for each quotation with 'must', else a fact-claim; a half of each long one is a statement within it."""
    found = []
    for number, each in enumerate(attributions, start=1):
        (span,) = each.content
        words = article.words(span)
        found.append(
            Statement(
                id=f"s{number}",
                article=article,
                spans=(span,),
                words=(words,),
                speaker="Unknown" if each.source is None else article.words(each.source),
                kind="demand" if "must" in words else "fact-claim",
                source=each.source,
                cue=each.cue,
                part_of=f"a{number}",
                confidence=each.confidence,
                why=each.why,
            )
        )
    return tuple(found)
