"""Passages in which mentions are marked, with the name that each stands for.

`[words=>Name]` is a source, `<words>` what it says: the first content belongs to the first source, and so on.
`<+words>` goes on with the content before it; `<^words>` has the source of the one before it, as a reader gives it to a
quoted paragraph.
`{words=>Name}` is another noun phrase to resolve. A name of `?` means that nobody can tell.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.reading.cast import Cast, cast
from parley.reading.parsing import Paragraph, parsed

_MARK = re.compile(r"[\[{]|<[+^]?|=>[^\]}]*[\]}]|>")


def passages(name: str) -> dict[str, str]:
    text = (Path(__file__).parent / "passages" / f"{name}.txt").read_text(encoding="utf-8")
    titled = (part.partition("\n") for part in text.split("== ")[1:])
    return {title.strip(): passage.strip() for title, _, passage in titled}


@dataclass
class Marked:
    text: str
    sources: list[tuple[Span, str]] = field(default_factory=list)
    contents: list[list[Span]] = field(default_factory=list)
    owner: list[int] = field(default_factory=list)
    named: list[tuple[Span, str]] = field(default_factory=list)

    @property
    def attributions(self) -> list[Attribution]:
        return [
            Attribution(content=tuple(spans), source=self.sources[index][0] if self.sources else None)
            for spans, index in zip(self.contents, self.owner, strict=True)
        ]


def marked(passage: str) -> Marked:
    text, last, open_marks = "", 0, []
    result = Marked(text="")
    for mark in _MARK.finditer(passage):
        text += passage[last : mark.start()]
        last = mark.end()
        sign = mark.group()
        if sign[0] in "[{<":
            open_marks.append((sign, len(text)))
            continue
        opened, start = open_marks.pop()
        span = Span(start=start, end=len(text))
        if opened == "[":
            result.sources.append((span, sign[2:-1].strip()))
        elif opened == "{":
            result.named.append((span, sign[2:-1].strip()))
        elif opened == "<+":
            result.contents[-1].append(span)
        else:
            same = opened == "<^"
            result.owner.append(result.owner[-1] if same else (max(result.owner, default=-1) + 1))
            result.contents.append([span])
    result.text = text + passage[last:]
    return result


def tokens(paragraphs: list[Paragraph], span: Span) -> tuple[Paragraph, int, int]:
    for paragraph in paragraphs:
        inside = [
            token.i
            for token in paragraph.doc
            if paragraph.start + token.idx < span.end and span.start < paragraph.start + token.idx + len(token.text)
        ]
        if inside:
            return paragraph, inside[0], inside[-1]
    raise LookupError(span)


def answers(passage: str) -> list[tuple[str, str, str | None]]:
    """For each mark: its words, the name expected and the name found."""
    found = marked(passage)
    article = Article(text=found.text)
    paragraphs = list(parsed(article))
    attributions = found.attributions
    people = cast(paragraphs, attributions, article=article)
    result = []
    for index, (span, expected) in enumerate(found.sources):
        mine = [each for each, owner in zip(attributions, found.owner, strict=True) if owner == index]
        name = people.speaker(mine[0]) if mine else _named(people, paragraphs, span, None)
        result.append((article.words(span), expected, name))
    for span, expected in found.named:
        speaker = next(
            (
                people.speaker(each)
                for each in reversed(attributions)
                if any(part.start <= span.start and span.end <= part.end for part in each.content)
            ),
            None,
        )
        result.append((article.words(span), expected, _named(people, paragraphs, span, speaker)))
    return result


def _named(people: Cast, paragraphs: list[Paragraph], span: Span, speaker: str | None) -> str | None:
    paragraph, first, last = tokens(paragraphs, span)
    return people.named(paragraph, first, last, speaker=speaker)
