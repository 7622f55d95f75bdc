"""The blocks of an article's text: paragraphs, headings and page furniture. `blocks` is the main name.

A line is a paragraph, unless the text is hard-wrapped: then lines that run on are one paragraph. Nothing is rewritten
or left out: `view` gives a block's characters for a parser, in which some are replaced one for one by spaces, so that
character `i` of a view is character `i` of its block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from parley.reading.furniture import Furniture
from parley.reading.list_marks import list_mark, unmarked

__all__ = ["LONGEST", "SHORT", "Block", "BlockKind", "blocks", "is_prose", "view"]

BlockKind = Literal["prose", "heading", "label", "side", "furniture"]

LONGEST = 4000
"""A longer paragraph is cut into blocks of so many characters, at the ends of sentences where it has any."""

WIDEST = 160
"""Lines of hard-wrapped text are shorter than this."""

PRINT = 0.85
"""Letters of print differ in width, so that a full line may have so much less characters than the widest."""

DENSE = 2.5
"""Prose has at least so many characters to each word or mark; English has about five."""

SHORT = 200
"""A block with fewer characters may be as dense as it likes, since it costs little to parse."""

TINY = 16
"""A block with fewer characters need not have a letter: it may be a rule between sections, or a year."""

_LETTER = re.compile(r"[^\W\d_]")
_WORD_OR_MARK = re.compile(r"\w+|[^\w\s]")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028]")
_FULL_STOP = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s")
_OPENS_A_BLOCK = re.compile(r"\s*(?:[-*+•–—―>]\s|#{1,6}\s|\d{1,3}(?:[.)]|(?:\.\d{1,3})+)\s|\([a-z]\)\s)")
_RULE = re.compile(r"\s*(?:=+|-+)\s*$")
_FENCE = re.compile(r"\ufeff?---[ \t]*$")
_HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+\S")
_HEADING_WORDS = 14
_HEADING_CHARACTERS = 120
_ENDS_A_SENTENCE = ".!?:;,…\"'”’»)-–—"

_SPACES = str.maketrans(
    dict.fromkeys("\n\r\t\v\f\x85\xa0\u2028\u2029\ufeff", " ")
    | dict.fromkeys((*range(32), *range(0xD800, 0xE000)), " ")
)
_MARKUP = (
    re.compile(r"\A(?P<a>\s{0,3}#{1,6}\s)"),
    re.compile(r"\A(?P<a>\s{0,3}(?:>\s?){1,5})"),
    re.compile(r"\A(?P<a>\s{0,8}[*+]\s)"),
    re.compile(r"(?P<a>!?\[)[^\[\]\n]{0,300}(?P<b>\]\([^()\s]{0,500}\))"),
    re.compile(r"(?<!\w)(?P<a>\*\*|__)(?=[^\s*_])[^*_\n]{1,400}(?<=\S)(?P<b>\*\*|__)(?!\w)"),
    re.compile(r"(?P<mark>[^\w\s]|_)(?P=mark){7}(?P<a>(?P=mark)+)"),
    re.compile(r"(?<![\w*_])(?P<a>[*_])(?=[^\s*_])[^*_\n]{1,400}(?<=[^\s*_])(?P<b>[*_])(?![\w*_])"),
)

_OPENING = (
    re.compile(
        r"\A\s*(?P<a>[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{2,40}(?:[,/] ?[\w.’' ]{2,25}){0,3}(?: ?\([^()\n]{2,40}\))?"
        r"(?:\s?[-–—―]{1,2}|\.[-–—―])\s)(?=\s?[\"“'‘]?[A-ZÀ-Þ0-9])"
    ),
    re.compile(
        r"\A\s*(?P<a>(?:BREAKING(?: NEWS)?|UPDATED?|EXCLUSIVE|JUST IN|LIVE|WATCH|CORRECTED|ANALYSIS|EXPLAINER)"
        r"(?: \d{1,2})?\s?[-:|–—]?\s+)(?=[\"“]?[A-ZÀ-Þ])"
    ),
    re.compile(
        r"\A\s*(?P<a>\d{1,2}[:h]\d{2}(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|BST|CES?T|EE?S?T|ED?T|PD?T|local time))?"
        r"\s?[-:|–—]?\s+)(?=[\"“]?[A-ZÀ-Þ])"
    ),
)
"""What stands before the first sentence of a paragraph: the place and day of a report, a label, the hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A run of an article's text that belongs together.

    Attributes
    ----------
    start, end : its place in the article's text, in code points, end not included
    kind : running prose, a heading, a name before what somebody says, a side whose point follows, or furniture of the
        page such as a line to log in
    """

    start: int
    end: int
    kind: BlockKind = "prose"


def blocks(text: str) -> tuple[Block, ...]:
    """Cut a text into its blocks; each holds at least one character that is no space.

    Parameters
    ----------
    text : the article's canonical text

    Returns
    -------
    the blocks in order; only line ends and spaces lie between them
    """
    runs = list(_runs(text))
    furniture = Furniture([text[start:end] for start, end in runs])
    fenced = _front_matter(text, runs)
    found = []
    for place, (start, end) in enumerate(runs):
        under = place + 1 < len(runs) and bool(_RULE.match(text[slice(*runs[place + 1])]))
        kind = "furniture" if place < fenced else _kind(text[start:end], place, furniture, underlined=under)
        found += [Block(start=first, end=last, kind=kind) for first, last in _pieces(text, start, end)]
    return tuple(_as_items(text, found))


def _as_items(text: str, found: Sequence[Block]) -> Iterator[Block]:
    """The blocks, where short lines with numbers or letters that follow each other are items of a list, no headings."""
    marks = [list_mark(text[each.start : each.end]) if each.kind == "heading" else "" for each in found]
    for place, (block, mark) in enumerate(zip(found, marks, strict=True)):
        beside = {*marks[max(place - 1, 0) : place], *marks[place + 1 : place + 2]}
        yield replace(block, kind="prose") if mark and mark in beside else block


def view(text: str, block: Block) -> str:
    """A block's characters for a parser: spaces for odd ones, line ends, markup, datelines, numbers of points.

    Parameters
    ----------
    text : the article's canonical text
    block : one of its blocks

    Returns
    -------
    a text as long as the block, without lone surrogates
    """
    shown = unmarked(text[block.start : block.end].translate(_SPACES))
    for pattern in (*_MARKUP, *_OPENING):
        shown = pattern.sub(_blanked, shown)
    return shown


def is_prose(shown: str) -> bool:
    """Whether a block is worth parsing: it is tiny, or has a letter and is not all marks, numbers and single letters.

    Parameters
    ----------
    shown : the view of the block
    """
    if len(shown) < SHORT:
        return len(shown) < TINY or _LETTER.search(shown) is not None
    words = sum(1 for _ in _WORD_OR_MARK.finditer(shown))
    return len(shown) >= DENSE * words and _LETTER.search(shown) is not None


def _blanked(match: re.Match[str]) -> str:
    whole, base = match.group(), match.start()
    for start, end in (match.span(name) for name in match.groupdict() if name != "mark"):
        whole = whole[: start - base] + " " * (end - start) + whole[end - base :]
    return whole


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph: a line, or the lines of hard-wrapped text that run on."""
    lines = [line.span() for line in _LINE.finditer(text) if not line.group().isspace()]
    width = _width(text, lines)
    first = last = 0
    for place, (start, end) in enumerate(lines):
        if place and width and _runs_on(text, lines[place - 1], (start, end), width):
            first, last = first, end
        else:
            if place:
                yield first, last
            first, last = start, end
    if lines:
        yield first, last


def _width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """The width at which a text is hard-wrapped, in characters; 0 where a line is a paragraph."""
    pairs = [pair for pair in zip(lines, lines[1:], strict=False) if _adjoin(text, *pair)]
    if not pairs:
        return 0
    lengths = sorted(max(_length(text, left), _length(text, right)) for left, right in pairs)
    width = lengths[int(0.98 * (len(lengths) - 1))]
    if not 45 <= width <= WIDEST:
        return 0
    mid = [pair for pair in pairs if not _FULL_STOP.search(text[slice(*pair[0])].rstrip())]
    full = [(left, right) for left, right in mid if _is_full(text, left, right, PRINT * width)]
    runs_on = [right for _, right in full if text[slice(*right)].lstrip()[:1].islower()]
    return width if len(runs_on) >= max(1, 0.4 * len(mid)) and len(full) >= 0.4 * len(pairs) else 0


def _adjoin(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    return _BREAK.fullmatch(text, left[1], right[0]) is not None


def _length(text: str, line: tuple[int, int]) -> int:
    return len(text[slice(*line)].rstrip())


def _is_full(text: str, left: tuple[int, int], right: tuple[int, int], width: float) -> bool:
    """Whether the next line's first word would not have fitted into so many characters."""
    word = text[right[0] : right[0] + 40].split(maxsplit=1)
    return _length(text, left) + 1 + len(word[0] if word else "") > width


def _runs_on(text: str, left: tuple[int, int], right: tuple[int, int], width: int) -> bool:
    before, after = text[slice(*left)], text[slice(*right)]
    if not _adjoin(text, left, right) or _OPENS_A_BLOCK.match(after) or len(before.rstrip()) > WIDEST:
        return False
    indented = len(after) - len(after.lstrip()) > len(before) - len(before.lstrip())
    if _FULL_STOP.search(before.rstrip()):
        return not indented and _is_full(text, left, right, width)
    return after.lstrip()[:1].islower() or _is_full(text, left, right, PRINT * width)


def _front_matter(text: str, runs: Sequence[tuple[int, int]]) -> int:
    """How many of the first paragraphs are the front matter of a Markdown text."""
    if not runs or not _FENCE.match(text[slice(*runs[0])]):
        return 0
    close = (place for place, run in enumerate(runs[:60]) if place and text[slice(*run)].strip() in ("---", "..."))
    return next(close, -1) + 1


def _kind(shown: str, place: int, furniture: Furniture, *, underlined: bool) -> BlockKind:
    line = shown.replace("\ufeff", " ").strip()
    if _HEADING_MARK.match(line):
        return "heading"
    if furniture.holds(line, place):
        return "furniture"
    if len(line) > _HEADING_CHARACTERS or len(line.split()) > _HEADING_WORDS:
        return "prose"
    bare = line.strip("*_ ")
    return (
        "heading" if underlined or (bare and bare[-1] not in _ENDS_A_SENTENCE and bare[0] not in '-–—―•“"') else "prose"
    )


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run in pieces that a parser can take, cut behind a sentence, else behind a word, else anywhere."""
    while end - start > LONGEST:
        window = text[start : start + LONGEST]
        ends = [match.end() for match in _SENTENCE_END.finditer(window, LONGEST // 2)]
        cut = ends[-1] if ends else window.rfind(" ", LONGEST // 2) + 1 or LONGEST
        if not window[:cut].isspace():
            yield start, start + cut
        start += cut
    if text[start:end].strip():
        yield start, end
