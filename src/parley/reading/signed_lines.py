"""Who is named on the line above a list, and behind a line that somebody says: `heading_owner` and `signed`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parley.reading.gazetteer import gazetteer
from parley.reading.holders import somebody
from parley.reading.name_pieces import titled
from parley.reading.room import Quoted, Room, person_at
from parley.reading.trees import Tree
from parley.reading.turns import label_name, outermost

__all__ = ["heading_owner", "signed"]

LONGEST_HEAD, LONGEST_SIGN, SAID = 20, 10, 3
"""Most tokens of a head and of who stands behind a line; so many tokens must stand before the latter."""

_BESIDE = frozenset({"relcl", "acl", "advcl"})
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_ANSWERS = re.compile(
    r"(?P<who>.+?)\s(?:answers?|repl(?:y|ies)|responds?|demands?|wants?|offers?|proposes?|promises?|asks?|insists?"
    r"|sets? out|lists?|explains?)\b[^.?!]{0,40}?"
    r"(?:\b(?:points|demands|conditions|terms|proposals|requests|promises|steps|theses|words)\b)?:?\s*",
    re.IGNORECASE,
)
_THINGS = (
    r"(?:demands|conditions|terms|points|proposals|requests|grievances|claims|offers|promises|position|offer|list)"
)
_OF = re.compile(rf"(?:.*\s)?{_THINGS}\s(?:of|by|from|put by)\s(?P<who>[^.?!:]+?):?\s*", re.IGNORECASE)
_OWN = re.compile(rf"(?P<who>[^.?!:]+?)(?:['’]s?)\s(?:\w+\s){{0,2}}{_THINGS}:?\s*", re.IGNORECASE)
_SAID_BY = re.compile(r".*\b(?:according to|in the words of|as told by)\s(?P<who>[^.?!:,]+)[^.?!:]*:\s*", re.IGNORECASE)
_OPENING = frozenset({"“", '"', "‘", "«", "``"})
_WITHIN_RANK = frozenset({"of", "the", "for", "and"})
_DASHES = frozenset({"–", "—", "―", "-", "--"})


def heading_owner(room: Room, line: int) -> Quoted | None:
    """Whose the items below a line are that has no verb, or is a heading: "FINANCE MINISTER ADA LIND:".

    Parameters
    ----------
    room : the article
    line : the paragraph above the list
    """
    tree = room.trees[line]
    ends = outermost(tree)
    if not ends or len(tree.words) > LONGEST_HEAD:
        return None
    text = tree.paragraph.doc.text.strip()
    head = tree.paragraph.kind == "heading" or tree.words[ends[1]] == ":"
    found = next((match for shape in (_SAID_BY, _OF, _OWN, _ANSWERS) if (match := shape.fullmatch(text))), None)
    if head and found is not None:
        opening = tree.paragraph.doc.text.index(text)
        return _meant(room, line, opening + found.start("who"), opening + found.end("who"))
    roots = (at for at, head in enumerate(tree.heads) if head == at)
    beside = {below for at, dep in enumerate(tree.deps) if dep in _BESIDE for below in tree.below(at)}
    finite = any(tag in _FINITE for at, tag in enumerate(tree.tags) if at not in beside)
    verbs = finite or any(tree.verbal(at) for at in roots)
    name = label_name(tree)
    if verbs or not name or tree.words[ends[1]] != ":":
        return None
    return _meant(room, line, tree.starts[name[0]] - tree.paragraph.start, tree.ends[name[-1]] - tree.paragraph.start)


def signed(room: Room) -> dict[int, Quoted]:
    """Who says a line behind which a name stands: "– We stay. (Jana, 22)", "The bridge "stays shut" — Warriors".

    Parameters
    ----------
    room : the article
    """
    found: dict[int, Quoted] = {}
    for place, tree in enumerate(room.trees):
        ends = outermost(tree)
        if tree.paragraph.kind != "prose" or not ends or not (tree.paragraph.item or tree.words[ends[0]] in _OPENING):
            continue
        sign = _bracketed(tree, ends[1]) or _dashed(tree, ends[1])
        owner = None if sign is None else _named(room, place, *sign)
        if owner is not None:
            found[place] = owner
    return found


def _bracketed(tree: Tree, last: int) -> tuple[int, int] | None:
    """The name in brackets at the end of a line, behind a full stop or closing quotation mark."""
    if tree.words[last] != ")":
        return None
    opens = next((at for at in range(last, max(last - LONGEST_SIGN - 2, 0), -1) if tree.words[at] == "("), None)
    if opens is None or opens < SAID or tree.words[opens - 1] not in {".", "!", "?", "…", "”", '"', "''", "»"}:
        return None
    end = next((at for at in range(opens + 1, last) if tree.words[at] in (",", ";")), last)
    return (opens + 1, end - 1) if end > opens + 1 else None


def _dashed(tree: Tree, last: int) -> tuple[int, int] | None:
    """The name behind a dash at the end of a line that has a quotation before it."""
    first = next((at for at in range(last, max(last - LONGEST_SIGN, SAID), -1) if tree.words[at] in _DASHES), None)
    if first is None or first == last or not tree.quoted[first - 1] and not tree.quoted[first - 2]:
        return None
    spaced = tree.ends[first - 1] < tree.starts[first]
    finite = any(tag in _FINITE for tag in tree.tags[first + 1 : last + 1])
    quoted = any(tree.quoted[first + 1 : last + 1])
    return None if finite or quoted or not spaced else (first + 1, last - (tree.words[last] == "."))


def _meant(room: Room, line: int, start: int, end: int) -> Quoted | None:
    tree = room.trees[line]
    shift = tree.paragraph.start
    inside = [at for at in range(len(tree.words)) if start <= tree.starts[at] - shift < end and tree.words[at].strip()]
    if not inside:
        return None
    return (_in_prose(room, tree, inside) if tree.paragraph.kind == "heading" else None) or _named(
        room, line, inside[0], inside[-1]
    )


def _in_prose(room: Room, head: Tree, inside: Sequence[int]) -> Quoted | None:
    """Whom the last words of a heading's name mean where the prose has them: "THE RECTOR", "Rector Ada Lind"."""
    word = head.words[inside[-1]]
    for place, each in enumerate(room.trees):
        at = next((token for token, other in enumerate(each.words) if other == word), None)
        if each.paragraph.kind == "prose" and at is not None and each.tags[at][:2] == "NN":
            top = each.heads[at] if each.deps[at] == "compound" else at
            found = person_at(room, place, top, anybody=True)
            if found is not None:
                return found
    return None


def _named(room: Room, place: int, first: int, last: int) -> Quoted | None:
    """Whom some tokens name, where that is a person or a body; a rank in capitals is no part of a name."""
    tree = room.trees[place]
    first = _behind_rank(tree, first, last)
    speaker = room.names.named(tree.paragraph, first, last, speaker=None)
    if speaker is None:
        return None
    someone = any(somebody(tree, at) for at in range(first, last + 1) if tree.words[at].isalpha())
    if not someone and not room.names.is_person(speaker, perhaps=True):
        return None
    role = room.outsiders.role(tree, tuple(range(first, last + 1)), speaker)
    return Quoted(place=place, start=tree.starts[first], speaker=speaker, role=role)


def _behind_rank(tree: Tree, first: int, last: int) -> int:
    """Where a name in capitals starts behind its rank: "COMMISSIONER OF POLICE ADA LIND"."""
    known = gazetteer()
    if not all(tree.parsed[at].text.isupper() for at in range(first, last + 1) if tree.words[at].isalpha()):
        return first
    for at in range(first, last):
        word = tree.words[at]
        rank = word in known.nouns or word in _WITHIN_RANK or titled(word.capitalize(), known)
        if not rank or not tree.words[at + 1].isalpha():
            return first if word in _OPENING or not tree.words[at + 1].isalpha() else at
    return last
