"""Names before the lines of a talk, as in "DUARTE: We waited", "Q: Why?" or "Ana Duarte – We waited": `labelled`.

Each such name is cut off as a block of its own, so that what is said reads as a sentence. So are the names before the
points of a list that tells what each side wants: "- Government: no amnesty".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from parley.reading.gazetteer import gazetteer
from parley.reading.layout import Block, BlockKind
from parley.reading.time_words import DAYS, MONTHS

__all__ = ["labelled"]

Shown = tuple[Block, str]
FEWEST = {":": 3, "–": 4}
"""So many lines must open with a name before a colon, or before a dash."""

_WORD = r"(?:[A-ZÀ-Þ][\w.'’-]*)"
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Baroness|H\.E|MR|MRS|MS|MISS|DR|SIR|DAME|PROF|REV)\b\.?"
_NAME = rf"{_WORD}(?:\s(?:of|the|and|for|de|du|da|la|le|van|von|der|den|al|el|bin|{_WORD})){{0,5}}"
_LABEL = re.compile(
    rf"\s*(?P<formal>(?:{_TITLE}\s)?)(?P<name>{_NAME})(?:,\s[^:()\n]{{1,60}})?(?P<office>(?:\s?[(\[][^()\[\]\n]{{1,60}}[)\]]){{0,3}})"
    r"(?P<mark>\s?:|\s[-–—―])(?:\s+(?=\S)|\s*$)"
)
_LETTER = re.compile(
    r"\s*(?P<letter>Q|A|Question|Answer)\s?\d{0,2}\s?(?:[:.]|\s[-–—―])(?:\s*[(\[][^()\[\]\n]{2,40}[)\]]:?)?"
    r"(?:\s+[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{3,50}:)?\s+(?=\S)"
)
_RUN_IN = re.compile(r"(?P<width> {1,2})\S.{0,300}?(?P<mark>[?.!…])(?P=width) +(?=\S)")
_OF_THE_PAGE = frozenset(
    {"note", "notes", "background", "contact", "contacts", "correction", "source", "sources", "credits", "update"}
    | {"analysis", "live", "watch", "read"}
)


_MARKS = r"\s*(?:[-–—•*+·‣▪]\s+|\d{1,2}[.)]\s+)?"
_SIDE = re.compile(
    rf"{_MARKS}(?:\*\*|__)?(?P<side>[^\W\d_][^:;.!?\n“”\"]{{1,70}}?)(?:\*\*|__)?\s?(?::(?:\*\*|__)?|\s[–—]|\s-)\s+(?=\S)"
)
_WHOSE = re.compile(
    r",|\(|\s(?:of|for|from|in|at|on|who|whose|that|near|behind|inside|outside|under|by|with|against)\s"
)
_TAKE_SIDES = re.compile(
    r"\b(?:sides?|wants?|demands?|positions?|stands?|stances?|says?|said|reactions?|views?|red lines?|asks?)\b",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(?<=[a-zß-ÿ,] )[A-ZÀ-Þ][\w’'-]+")
_SMALL = frozenset({"The", "the", "A", "An", "of", "and"})
_OF_TIME = frozenset({*DAYS, *MONTHS, "today", "yesterday", "tomorrow"})
FEWEST_SIDES, WORDS_OF_SIDE = 2, 9
"""So many points in a row must open with somebody's name, each of at most so many words."""


def labelled(found: Sequence[Shown]) -> list[Shown]:
    """Cut off the names before the lines of a talk, as blocks of the kind `label`, or before points, as `side`.

    In a talk several lines open with a name and a colon, or a dash, and somebody has a second turn, or most of the
    names bear a title, or a state or office in brackets; or its questions and answers open with letters.

    Parameters
    ----------
    found : the blocks of an article, each as the parser would see it

    Returns
    -------
    the blocks in order; the same ones where there is no such talk and no such points
    """
    cuts = _letters(found) or _names(found, ":") or _names(found, "–")
    if not cuts and (questions := _run_in(found)):
        return [piece for place, each in enumerate(found) for piece in _cut(*each, questions.get(place), "prose")]
    sides = {} if cuts else _sides(found)
    kind: BlockKind = "side" if sides else "label"
    return [piece for place, each in enumerate(found) for piece in _cut(*each, (cuts or sides).get(place), kind)]


def _run_in(found: Sequence[Shown]) -> Mapping[int, int]:
    """Where a question in bold or italics ends that the answer follows on its line, by block; most are questions."""
    matches = {
        at: match
        for at, (block, shown) in enumerate(found)
        if block.kind == "prose" and (match := _RUN_IN.match(shown))
    }
    asked = sum(match["mark"] == "?" for match in matches.values())
    return {at: match.end() for at, match in matches.items()} if 2 * asked >= max(len(matches), FEWEST_SIDES) else {}


def _sides(found: Sequence[Shown]) -> Mapping[int, int]:
    """Where the name before a point ends, by block, where several points in a row open with a person or a body."""
    cuts: dict[int, int] = {}
    row: dict[int, re.Match[str]] = {}
    above = ""
    said = {word for block, shown in found if block.kind != "furniture" for word in _WITHIN.findall(shown)}
    for place, (block, shown) in enumerate((*found, (None, ""))):
        match = _SIDE.match(shown) if block is not None and block.kind != "furniture" else None
        if match is not None and len(match["side"].split()) <= WORDS_OF_SIDE:
            row[place] = match
            continue
        somebody = [_is_somebody(each["side"]) for each in row.values()]
        named = any(somebody) or _TAKE_SIDES.search(above) is not None
        sides = {
            at: each.end()
            for at, each in row.items()
            if _is_somebody(each["side"]) or named and _is_name(each["side"], said)
        }
        cuts |= sides if len(sides) >= FEWEST_SIDES and 2 * len(sides) > len(row) else {}
        row, above = {}, shown
    return cuts


def _is_somebody(label: str) -> bool:
    """Whether what stands before a point's colon ends, or opens, with a noun for persons or a body."""
    nouns, known = gazetteer().nouns, _WHOSE.split(label.strip(), maxsplit=1)[0].split()
    return bool(known) and (known[-1].lower() in nouns or known[0].lower() in nouns and len(known) > 1)


def _is_name(label: str, said: Collection[str]) -> bool:
    """Whether what stands before a point's colon is a name, and none of a day; a single word must be said elsewhere."""
    known = [word for word in _WHOSE.split(label.strip(), maxsplit=1)[0].split() if word not in _SMALL]
    alone = len(known) == 1 and not known[0].isupper() and known[0] not in said
    return bool(known) and not alone and all(word[0].isupper() and word.lower() not in _OF_TIME for word in known)


def _letters(found: Sequence[Shown]) -> Mapping[int, int]:
    """Where the letter of a question or answer ends, by block; nothing where there are not both."""
    prose = ((place, _LETTER.match(shown)) for place, (block, shown) in enumerate(found) if block.kind == "prose")
    letters = {place: match for place, match in prose if match is not None}
    if {match["letter"][0] for match in letters.values()} != {"Q", "A"}:
        return {}
    shouted = ((place, _LABEL.match(shown)) for place, (block, shown) in enumerate(found) if block.kind != "furniture")
    named = {place: match for place, match in shouted if match is not None and _in_capitals(match)}
    return {place: match.end() for place, match in (*named.items(), *letters.items())}


def _in_capitals(label: re.Match[str]) -> bool:
    """Whether a name in capitals stands before a colon, as in "DR. ADA LIND (Harbour Board):"."""
    return ":" in label["mark"] and label["name"].isupper() and len(label["name"]) > len("Q1")


def _names(found: Sequence[Shown], mark: str) -> Mapping[int, int]:
    """Where the name before a colon or a dash ends, by block; nothing where that is no talk."""
    labels: dict[int, re.Match[str]] = {}
    for place, (block, shown) in enumerate(found):
        match = None if block.kind == "furniture" else _LABEL.match(shown)
        if match is not None and (":" in match["mark"]) is (mark == ":"):
            labels[place] = match
    record = [match for match in labels.values() if match["formal"].isupper() and match["name"].isupper()]
    if mark == ":" and labels and len(record) == len(labels):
        return {place: match.end() for place, match in labels.items()}
    names = {place: match["name"].lower() for place, match in labels.items()}
    times = Counter(names.values())
    while labels and times[names[first := min(labels)]] == 1 and first + 1 not in labels:
        del labels[first]
    while labels and names[last := max(labels)] in _OF_THE_PAGE:
        del labels[last]
    again = sum(times[name] > 1 for name in {names[place] for place in labels} - _OF_THE_PAGE)
    formal = sum(bool(match["formal"] or re.search(r"[^\W\d]", match["office"])) for match in labels.values())
    talk = again >= (1 if mark == ":" else 2) or 2 * formal > len(labels)
    return {place: match.end() for place, match in labels.items()} if len(labels) >= FEWEST[mark] and talk else {}


def _cut(block: Block, shown: str, end: int | None, kind: BlockKind) -> Iterator[Shown]:
    """A block, or the label that ends at a character of it and what follows."""
    if end is None:
        yield block, shown
        return
    yield replace(block, end=block.start + end, kind=kind), shown[:end]
    if end < len(shown):
        yield replace(block, start=block.start + end, kind="prose"), shown[end:]
