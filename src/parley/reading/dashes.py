"""Direct speech that a dash opens, as papers of northern, southern and eastern Europe print it: `spoken`.

"– We will not pay, says Ada Lind. The tower is theirs." is shown to the parser in quotation marks, character for
character: a mark stands for the dash, for the comma before who says it, and for the space where the speech goes on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from parley.reading.layout import Block

__all__ = ["spoken"]

Shown = tuple[Block, str]
OPEN, CLOSE = "“", "”"
FEWEST_POINTS = 3
"""So many lines behind hyphens, in which nobody says "I" or "you", are points and no talk."""

FEWEST_ASKED = 2
"""So many lines of a row must be questions."""

_OPENS = re.compile(r"\s*(?:-\s|[–—―])\s*(?=[¿¡(]?(?:[A-ZÀ-Þ0-9]|…|\.\.\.))")
_ENDS = re.compile(r"[.!?…]\)?\s*$")
_PERSONS = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Yy]our|[Mm]y|[Oo]urs?|[Uu]s|[Mm]e)\b")
_FIRST = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?|[Uu]s|[Mm]e)\b")
_SAYS = (
    "(?:says?|said|tells|told|adds?|added|explains?|explained|repl(?:y|ies|ied)|answers?|answered|asks?|asked|warns?"
    "|warned|claims?|claimed|continues?|continued|goes on|went on|states?|stated|declares?|declared|insists?|insisted"
    "|thinks?|thought|believes?|believed|argues?|argued|notes?|noted|admits?|admitted|concedes?|conceded|promises?"
    "|promised|stress(?:es|ed)?|emphasi[sz]e[sd]?|points out|pointed out|sighs?|sighed|shouts?|shouted|cries|cried"
    "|comments?|commented|concludes?|concluded|recalls?|recalled|remarks?|remarked|complains?|complained|laughs?"
    "|laughed|smiles?|smiled|writes|wrote|confirms?|confirmed|assures?|assured|announces?|announced|maintains?"
    "|maintained|repeats?|repeated|whispers?|whispered|retorts?|retorted|objects|objected|protests?|protested"
    "|predicts?|predicted|fears?|feared|demands?|demanded|urges?|urged|responds?|responded|suggests?|suggested)"
)
_WHO = r"(?:(?:he|she|they|the|an?|his|her|its|their|one|another)\b|[A-ZÀ-Þ])"
_AFTER = (
    r"(?=[.,]|\s*$|\s?[–—―]|\s(?:to|in|on|at|from|with|after|when|as|while|during|of|about|by|for|and|over|today)\b)"
)
_TAG = re.compile(
    r"(?:(?P<mark>[,!?…])\s*(?:[-–—―]\s*)?|(?P<space>\s)[-–—―]\s?)"
    rf"(?:(?:so\s|as\s)?{_SAYS}\s(?=(?:[a-z]+ly\s)?{_WHO}|(?:[a-z-]+\s){{1,4}}[A-ZÀ-Þ])"
    rf"|(?:he|she|they|(?:the|an?|his|her|its|one|another)\s(?:[\w'’-]+\s){{0,5}}?[\w'’-]+"
    rf"|[A-ZÀ-Þ][\w.'’-]*(?:\s[\w.'’-]+){{0,4}}?)\s(?:then\s|also\s|[a-z]+ly\s)?"
    rf"(?:{_SAYS}{_AFTER}|(?:tells|told)\s(?=[A-ZÀ-Þ]|the\b|us\b|our\b|reporters\b)))"
)
_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bCol)(?<!\bProf)[.!?…](?=\s|$)"
    r"|(?P<dash>\s[-–—―](?=\s)|[–—―])"
)
_REPORTS = re.compile(
    r"\s*[-–—―]\s*(?:The|An?|His|Her|Its|Their|[A-ZÀ-Þ])[^,.;:!?“”\"]{1,80}?\s"
    rf"(?:{_SAYS}|wants?|wanted)\s(?!{_WHO}\s*[.,]?\s*$)"
)
_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_DASH = re.compile(r"\s*[-–—―]\s*")
_DATED = re.compile(
    r"\s*[-–—―]\s*(?:(?:From|On|By|Until|Before|After|Early|Late|Mid)\s)?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|\d{1,2}(?:st|nd|rd|th)?\s[A-Z]|\d{1,2}[.:h]\d\d|(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b|\d{4}\b)[^.!?:]{0,30}:\s"
)


def spoken(text: str, found: Sequence[Shown]) -> list[Shown]:
    """Put quotation marks around the direct speech that dashes open, and cut a paragraph where it goes on after a tag.

    Parameters
    ----------
    text : the article's text
    found : its blocks, each as the parser would see it

    Returns
    -------
    the blocks, each still as long as what is shown of it; the same ones where no dash opens direct speech
    """
    speech = set(_speech(found))
    dashed = any(_reopened(found[place][1]) for place in speech)
    put = set(_put(found, speech))
    shown: list[Shown] = []
    for place, (block, line) in enumerate(found):
        if place in put:
            shown.append((block, _DASH.sub(lambda dash: " " * len(dash.group()), line, count=1)))
        else:
            shown += _marked(text, block, line, dashed=dashed) if place in speech else ((block, line),)
    return shown


def _put(found: Sequence[Shown], speech: Collection[int]) -> Iterator[int]:
    """The lines of direct speech that an interviewer puts: every other one of a row, most of them questions."""
    row: list[int] = []
    for place in range(len(found) + 1):
        if place in speech and not _TAG.search(found[place][1]):
            row.append(place)
            continue
        asks = [at for at, line in enumerate(row) if found[line][1].rstrip().endswith("?")]
        put = row[asks[0] % 2 :: 2] if asks else []
        if len(asks) >= FEWEST_ASKED and 2 * len(asks) >= len(put) and len({at % 2 for at in asks}) == 1:
            yield from put
        row = []


def _speech(found: Sequence[Shown]) -> Iterator[int]:
    """The paragraphs that a dash opens and that are no items of a list: somebody is named as speaking, or says "I"."""
    rows: list[list[int]] = [[]]
    row: list[int] | None = None
    for place, (block, shown) in enumerate(found):
        if block.kind != "prose" or not _OPENS.match(shown) or not _ENDS.search(shown):
            row = None
            continue
        if row is None and place and found[place - 1][1].rstrip().endswith(":"):
            rows.append([])
            row = rows[-1]
        row = rows[0] if row is None else row
        row.append(place)
    for row in rows:
        lines = [found[place][1] for place in row]
        if any(_TAG.search(line) or _FIRST.search(line) for line in lines) and not _reported(lines):
            yield from row


def _reported(lines: Sequence[str]) -> bool:
    """Whether lines are points of a report: none says "I" or "you", and hyphens open them, or somebody "said that".

    So are lines most of which open with a day or an hour and a colon.
    """
    if 2 * sum(_DATED.match(line) is not None for line in lines) >= len(lines):
        return True
    if any(_PERSONS.search(_QUOTED.sub("", line)) for line in lines):
        return False
    if len(lines) >= FEWEST_POINTS and all(line.lstrip().startswith("- ") for line in lines):
        return True
    return any(_REPORTS.match(line) and not _TAG.search(line) for line in lines)


def _reopened(shown: str) -> bool:
    """Whether speech goes on behind another dash after who says it."""
    tag = _TAG.search(shown)
    stop = None if tag is None else _STOP.search(shown, tag.end())
    return stop is not None and (stop["dash"] is not None or _DASH.match(shown, stop.end()) is not None)


def _marked(text: str, block: Block, shown: str, *, dashed: bool) -> Iterator[Shown]:
    """A paragraph of direct speech in quotation marks, in pieces of which each opens with one."""
    marks, cuts = list(shown), [0]
    opening: int | None = len(shown) - len(shown.lstrip())
    while opening is not None and (tag := _TAG.search(shown, opening + 1)) is not None:
        _between(marks, opening, tag)
        opening = _again(shown, tag.end(), dashed=dashed)
        cuts += [] if opening is None else [opening]
    if opening is not None:
        marks[opening] = OPEN
        if shown.rstrip()[-1] != "?" and text[block.end : block.end + 1] in ("\n", "\r"):
            marks.append(CLOSE)
    for first, end in zip(cuts, [*cuts[1:], len(marks)], strict=True):
        yield replace(block, start=block.start + first, end=block.start + end), "".join(marks[first:end])


def _between(marks: list[str], opening: int, tag: re.Match[str]) -> None:
    """Set the marks around what stands before who says it; a question needs none, since it states nothing."""
    question = tag["mark"] == "?"
    marks[opening] = " " if question else OPEN
    if not question:
        marks[tag.start()] = CLOSE
    dash = _DASH.match(tag.string, tag.start() + 1 if tag["mark"] else tag.start())
    if dash is not None:
        first = tag.start() + 1
        marks[first : dash.end()] = " " * (dash.end() - first)


def _again(shown: str, after: int, *, dashed: bool) -> int | None:
    """Where speech goes on after who says it: at a dash, or at once where none is needed or what follows says "I"."""
    stop = _STOP.search(shown, after)
    if stop is None:
        return None
    end = stop.end()
    if stop["dash"] and shown[end : end + 1] not in (".", ",", ""):
        return end - 1
    end += bool(stop["dash"]) and shown[end : end + 1] != ""
    dash = _DASH.match(shown, end)
    rest = shown[dash.end() if dash else end :].strip()
    if not rest or dashed and dash is None and not stop["dash"] and not _PERSONS.search(rest):
        return None
    return shown.index(dash.group().strip(), end) if dash else end
