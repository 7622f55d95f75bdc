"""Whose turn each paragraph is: in interviews, after a name with a colon, in lists under a line that names somebody.

`floor` is the main name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from parley.domain.attribution import Attribution
from parley.reading.gazetteer import gazetteer
from parley.reading.interviews import guests, interview
from parley.reading.moves import Role
from parley.reading.name_pieces import titled
from parley.reading.outsiders import Outsiders, watched
from parley.reading.parsing import Paragraph
from parley.reading.trees import Tree
from parley.reading.turns import asks, first_person, full_names, labels, listed_under

__all__ = ["THE_ARTICLE", "Names", "Quoted", "Room", "floor", "laid_out", "person_at"]

THE_ARTICLE = "the article"
_REPORTING = frozenset({"correspondent", "reporter", "editor"})


class Names(Protocol):
    """Says whom the words of an article name."""

    def speaker(self, attribution: Attribution) -> str | None:
        """The name of the one to whom something is attributed; None where nobody can be named."""
        ...

    def named(self, paragraph: Paragraph, first: int, last: int, *, speaker: str | None) -> str | None:
        """The name that some tokens of a paragraph stand for; None where they name nobody."""
        ...

    def is_person(self, name: str, *, perhaps: bool = False) -> bool:
        """Whether a name is one of a person, or may be one."""
        ...

    def speaks_for(self, person: str, body: str) -> bool:
        """Whether a person has an office of a state or an organisation."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Somebody who is quoted, or has the floor, at a place.

    Attributes
    ----------
    place : the paragraph
    start : where in the article
    speaker : who
    role : whether a party, an outsider, or the article
    part_of : id of the attribution that names them
    direct : whether what they say there stands between quotation marks
    asks : whether they put the questions of an interview
    named : the tokens of the paragraph that name them, where its prose and no attribution does
    sure : how sure it is, 0..1; None where it is as sure as the stretch that it is in
    why : what tells that they say it, where they are named for a sentence of the reporter's prose
    """

    place: int
    start: int
    speaker: str
    role: Role
    part_of: str | None = None
    direct: bool = False
    asks: bool = False
    named: tuple[int, ...] = ()
    sure: float | None = None
    why: str = "the sentence tells who says it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """An article, as far as one must know it to tell whose turn it is.

    Attributes
    ----------
    trees : its paragraphs
    names : who is meant by a noun phrase
    outsiders : who watches the talks and who takes part
    taken : by paragraph, the tokens of contents, cues and sources
    heads : by paragraph, the tokens of cues and sources alone
    """

    trees: Sequence[Tree]
    names: Names
    outsiders: Outsiders
    taken: Sequence[set[int]]
    heads: Sequence[set[int]]


def person_at(room: Room, place: int, token: int, *, anybody: bool = False) -> Quoted | None:
    """The person whom the phrase around a noun means; None where it means something else.

    Parameters
    ----------
    room : the article
    place : the paragraph
    token : the noun
    anybody : whether a body will do, or somebody unnamed
    """
    each = room.trees[place]
    speaker = room.names.named(each.paragraph, min(each.left[token], token), token, speaker=None)
    if speaker is None or not (anybody or room.names.is_person(speaker)):
        return None
    role = room.outsiders.role(each, each.below(token), speaker)
    return Quoted(place=place, start=each.starts[token], speaker=speaker, role=role)


def floor(room: Room) -> dict[int, Quoted]:
    """Whose turn each paragraph is; paragraphs that are nobody's turn are left out.

    Parameters
    ----------
    room : the article
    """
    turns = labels(room.trees)
    recorded = _recorded(room)
    if turns:
        return recorded | _in_turns(room, turns)
    found: dict[int, Quoted] = recorded
    asked = interview(room.trees)
    guest = None if asked is None else _guest(room, asked.first)
    if asked is not None and guest is not None:
        found |= {place: replace(guest, place=place) for place in asked.answers}
    for place, line in listed_under(room.trees).items():
        if place not in found and (teller := _of_line(room, line)) is not None:
            found[place] = teller
    return found


def laid_out(trees: Sequence[Tree]) -> frozenset[int]:
    """The paragraphs of a talk that is printed in turns, each of which is one person's.

    Parameters
    ----------
    trees : the article's paragraphs
    """
    turns = labels(trees)
    if turns:
        return frozenset(range(min(turns), len(trees)))
    asked = interview(trees)
    return frozenset() if asked is None else frozenset(range(asked.first, asked.answers[-1] + 1))


def _in_turns(room: Room, turns: Mapping[int, tuple[int, ...]]) -> dict[int, Quoted]:
    """Whose turn each paragraph is, where names with a colon open the lines."""
    found: dict[int, Quoted] = {}
    turn, last = None, max(turns)
    for place in range(min(turns), len(room.trees)):
        each = room.trees[place]
        if place in turns:
            turn = _labelled(room, place, turns[place])
        elif place > last and room.heads[place] and not _says_i(each):
            break
        elif room.heads[place] and _opens_with_record_name(each):
            turn = None
        if turn is not None and each.paragraph.kind == "prose":
            found[place] = replace(turn, place=place)
    asking = Counter(turn.speaker for place, turn in found.items() if asks(room.trees[place]))
    spoken = Counter(turn.speaker for turn in found.values())
    most = {speaker for speaker, count in asking.items() if 2 * count >= spoken[speaker]}
    askers = (most if len(most) < len(spoken) else set()) | _reporters(room)
    return {place: replace(turn, asks=turn.speaker in askers) for place, turn in found.items()}


def _reporters(room: Room) -> set[str]:
    """The names before which it stands that they report: "our correspondent Ada Lind"."""
    found = (
        person_at(room, place, last)
        for place, first, last in full_names(room.trees)
        if _before(room.trees[place], first) in _REPORTING
    )
    return {person.speaker for person in found if person is not None}


def _before(tree: Tree, token: int) -> str:
    """The word before a token, or before a comma that stands there."""
    at = token - 1 - (token > 1 and tree.words[token - 1] == ",")
    return tree.words[at] if at >= 0 else ""


def _opens_with_record_name(tree: Tree) -> bool:
    """Whether a paragraph opens as a record reports somebody's speech: "MR PRELL (National) said"."""
    opening = [token.text for token in tree.paragraph.doc[:2]]
    return all(map(str.isupper, opening)) and titled(opening[0], gazetteer()) and len(opening[0]) > 1


def _recorded(room: Room) -> dict[int, Quoted]:
    """Whose speech a record reports, paragraph by paragraph, where a name in capitals opens it and somebody says so."""
    found: dict[int, Quoted] = {}
    for place, each in enumerate(room.trees):
        if each.paragraph.kind == "prose" and room.heads[place] and _opens_with_record_name(each):
            last = next((at for at, token in enumerate(each.paragraph.doc) if not token.text.isupper()), 2) - 1
            while last > 1 and not any(map(str.isalpha, each.words[last])):
                last -= 1
            speaker = room.names.named(each.paragraph, 0, last, speaker=None)
            if speaker is not None and room.names.is_person(speaker):
                role = room.outsiders.role(each, tuple(range(last + 1)), speaker)
                found[place] = Quoted(place=place, start=each.starts[0], speaker=speaker, role=role)
    return found


def _says_i(tree: Tree) -> bool:
    return any(first_person(word) and not tree.quoted[token] for token, word in enumerate(tree.words))


def _labelled(room: Room, place: int, label: tuple[int, ...]) -> Quoted | None:
    """Whom the name in a label means: by the name, by a part of it, or by its initials."""
    each = room.trees[place]
    words = [each.words[token] for token in label]
    for at, first, last in full_names(room.trees):
        name = room.trees[at].words[first : last + 1]
        initials = "".join(word[0] for word in name)
        if words[-1:] == [name[-1]] or words == [name[0]] or "".join(words).replace(".", "") == initials:
            found = person_at(room, at, last)
            if found is not None:
                return found
    speaker = room.names.named(each.paragraph, label[0], label[-1], speaker=None) if label else None
    role = room.outsiders.role(each, label, speaker)
    return None if speaker is None else Quoted(place=place, start=each.starts[0], speaker=speaker, role=role)


def _guest(room: Room, line: int) -> Quoted | None:
    """The person who answers the questions that start on a line; where nobody else is, one named in a heading."""
    found = list(guests(room.trees, line))
    named = [room.names.named(room.trees[place].paragraph, token, top, speaker=None) for place, token, top in found]
    people = [
        each for each, name in zip(found, named, strict=True) if name and " " in name and room.names.is_person(name)
    ]
    headed = [(place, token, top) for place, token, top in found if _announced(room.trees[place], token, top)]
    for place, token, top in people or headed:
        each = room.trees[place]
        speaker = room.names.named(each.paragraph, token, top, speaker=None)
        if speaker is not None:
            about = [lemma for above in room.trees[:line] for lemma in above.lemmas]
            role = "outsider" if watched(about) else room.outsiders.role(each, each.below(top), speaker)
            return Quoted(place=line, start=each.starts[0], speaker=speaker, role=role)
    return None


def _announced(tree: Tree, first: int, last: int) -> bool:
    """Whether a heading announces somebody as a guest: by a given name, with "interview", or with what they are."""
    signs = (
        tree.words[first] in gazetteer().genders
        or "interview" in tree.words
        or tree.words[last + 1 : last + 2] == (",",)
    )
    return tree.paragraph.kind == "heading" and signs


def _of_line(room: Room, place: int) -> Quoted | None:
    """Who is named on a line that a list follows: "here is what the mayor had to say:"."""
    each = room.trees[place]
    for token, dep in enumerate(each.deps):
        if dep == "nsubj" and each.tags[token][:2] == "NN" and each.verbal(each.heads[token]):
            found = person_at(room, place, token)
            if found is not None:
                return found
    return None
