"""The blocks of an article's text: paragraphs, headings and page furniture. `blocks` is the main name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Block", "BlockKind", "blocks"]

BlockKind = Literal["prose", "heading", "furniture"]

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of an article's text that belongs together.

    Attributes
    ----------
    start, end : its place in the article's text, in code points, end not included
    kind : running prose, a heading, or furniture of the page such as a line to log in
    """

    start: int
    end: int
    kind: BlockKind = "prose"


def blocks(text: str) -> tuple[Block, ...]:
    """Cut a text into its blocks; each holds at least one character that is no space.

    Parameters
    ----------
    text : the article's canonical text
    """
    return tuple(
        Block(start=line.start(), end=line.end()) for line in _LINE.finditer(text) if not line.group().isspace()
    )
