"""Who speaks in a conversation between two that is printed line by line without saying so each time: `replies`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from parley.reading.room import Quoted, Room, person_at
from parley.reading.trees import Tree
from parley.reading.turns import first_person, outermost, puts_a_question

__all__ = ["replies"]

FEWEST, ABOVE = 3, 5
"""A conversation has at least so many lines; who takes part is named in it, or in so many paragraphs above it."""

_YOU = frozenset({"you", "your", "yours"})
_OPENS, _CLOSES = frozenset({"“", '"', "«", "``"}), frozenset({"”", '"', "»", "''"})


def replies(room: Room, named: Mapping[int, Quoted]) -> dict[int, Quoted]:
    """Who says each line of a conversation beside which nobody is named: the two take turns.

    Parameters
    ----------
    room : the article
    named : by paragraph, who is named as saying what is quoted in it
    """
    found: dict[int, Quoted] = {}
    for lines in _conversations(room):
        tagged = {number: each for number, line in enumerate(lines) if (each := _tagged(line, named)) is not None}
        opening = None if 0 in tagged else _announced(room, lines[0][0])
        tagged |= {} if opening is None else {0: opening}
        first = min(tagged, default=None)
        if first is None:
            continue
        other = _partner(room, lines, tagged, first)
        if other is None:
            continue
        for number, line in enumerate(lines):
            if number not in tagged:
                near = max((at for at in tagged if at < number), default=first)
                same = (number - near) % 2 == 0
                speaker = tagged[near] if same else other if tagged[near].speaker != other.speaker else tagged[first]
                found.update({place: replace(speaker, place=place) for place in line})
    return found


def _tagged(line: tuple[int, ...], named: Mapping[int, Quoted]) -> Quoted | None:
    return next((named[place] for place in line if place in named), None)


def _announced(room: Room, place: int) -> Quoted | None:
    """Who is named on the line above a conversation, where that ends in a colon: "Lind, on the captives:"."""
    above = room.trees[place - 1] if place else None
    ends = () if above is None else outermost(above)
    if above is None or not ends or above.words[ends[1]] != ":":
        return None
    nouns = (token for token in range(len(above.words)) if above.tags[token][:2] == "NN")
    return next((each for token in nouns if (each := person_at(room, place - 1, token)) is not None), None)


def _partner(room: Room, lines: list[tuple[int, ...]], tagged: Mapping[int, Quoted], first: int) -> Quoted | None:
    """With whom the first who is named talks; nobody where a third speaks, or nobody is known."""
    others = {each.speaker: each for each in tagged.values() if each.speaker != tagged[first].speaker}
    if others or len(lines) == len(tagged):
        return next(iter(others.values())) if len(others) == 1 else None
    if not room.trees[lines[0][0]].paragraph.item:
        return None
    top = lines[0][0]
    above = [other for place in range(max(top - ABOVE, 0), top) for other in _people(room, place)]
    others_above = [each for each in reversed(above) if each.speaker != tagged[first].speaker]
    return next((each for each in others_above if each.speaker[:1].isupper()), next(iter(others_above), None))


def _people(room: Room, place: int) -> Iterator[Quoted]:
    """The persons whom a paragraph names."""
    each = room.trees[place]
    nouns = (token for token in range(len(each.words)) if each.tags[token] in ("NNP", "NN", "NNS"))
    found = (person_at(room, place, token) for token in nouns)
    return (person for person in found if person is not None)


def _conversations(room: Room) -> Iterator[list[tuple[int, ...]]]:
    """Rows of lines that are spoken, each with its paragraphs, in which somebody is spoken to or asked."""
    row: list[tuple[int, ...]] = []
    for place, each in enumerate((*room.trees, None)):
        if each is not None and _spoken(each):
            if row and _same_line(room, place):
                row[-1] = (*row[-1], place)
            else:
                row.append((place,))
            continue
        if len(row) >= FEWEST and _to_each_other(room, row):
            yield row
        row = []


def _spoken(tree: Tree) -> bool:
    """Whether a paragraph is a line of a conversation: it opens with a quotation that ends in it, or with a dash."""
    ends = outermost(tree)
    if tree.paragraph.kind != "prose" or not ends:
        return False
    dash = tree.paragraph.item == "bullet" and (tree.words[ends[0]] in _OPENS or puts_a_question(tree))
    return dash or tree.words[ends[0]] in _OPENS and any(word in _CLOSES for word in tree.words[ends[0] + 1 :])


def _same_line(room: Room, place: int) -> bool:
    """Whether a paragraph goes on behind who says it, in the line of the one before."""
    before, here = room.trees[place - 1], room.trees[place].paragraph
    closed = before.words[outermost(before)[1]] in _CLOSES
    return not closed and before.paragraph.start + len(before.paragraph.doc.text) >= here.start


def _to_each_other(room: Room, row: list[tuple[int, ...]]) -> bool:
    """Whether lines talk to each other: one says "you" or asks, and another does, or one says "I" or "we"."""
    trees = [[room.trees[place] for place in line] for line in row]
    you = sum(any(puts_a_question(each) or _YOU & set(each.words) for each in line) for line in trees)
    ours = sum(any(first_person(word) for each in line for word in each.words) for line in trees)
    return you >= 1 and you + ours >= FEWEST - 1
