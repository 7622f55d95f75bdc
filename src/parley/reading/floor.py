"""Whose turn each paragraph is: in interviews, after a name with a colon, in lists under a line that names somebody.

`floor` is the main name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from parley.domain.attribution import Attribution
from parley.reading.gazetteer import gazetteer
from parley.reading.moves import Role
from parley.reading.outsiders import Outsiders, watched
from parley.reading.parsing import Paragraph
from parley.reading.trees import Tree
from parley.reading.turns import ANSWER, QUESTION, asks, first_person, full_names, labels, listed_under

__all__ = ["THE_ARTICLE", "Names", "Quoted", "Room", "floor", "person_at"]

ANSWERS = 2
THE_ARTICLE = "the article"
BYLINE = 2
_SINGULAR = frozenset({"i", "my"})
_FIRST = _SINGULAR | {"we", "our"}
_SPOKEN = frozenset({"speak", "talk", "interview", "question", "chat", "converse"})


class Names(Protocol):
    """Says whom the words of an article name."""

    def speaker(self, attribution: Attribution) -> str | None:
        """The name of the one to whom something is attributed; None where nobody can be named."""
        ...

    def named(self, paragraph: Paragraph, first: int, last: int, *, speaker: str | None) -> str | None:
        """The name that some tokens of a paragraph stand for; None where they name nobody."""
        ...

    def is_person(self, name: str) -> bool:
        """Whether a name is one of a person."""
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
    """

    place: int
    start: int
    speaker: str
    role: Role
    part_of: str | None = None
    direct: bool = False
    asks: bool = False
    named: tuple[int, ...] = ()


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
    room : the article; the words of labels are added to what is taken
    """
    turns = labels(room.trees)
    if turns:
        return _in_turns(room, turns)
    found: dict[int, Quoted] = {}
    asked = _asked(room)
    if asked is not None:
        lines = [place for place, each in enumerate(room.trees) if each.words and _questions(each)]
        answers = range(asked.place + 1, len(room.trees))
        found = {
            place: replace(asked, place=place)
            for place in answers
            if not asks(room.trees[place]) and not _put(room, place, lines)
        }
    for place, line in listed_under(room.trees).items():
        if place not in found and (teller := _of_line(room, line)) is not None:
            found[place] = teller
    return found


def _in_turns(room: Room, turns: dict[int, int]) -> dict[int, Quoted]:
    """Whose turn each paragraph is, where names with a colon open the lines."""
    found: dict[int, Quoted] = {}
    turn, last = None, max(turns)
    for place in range(min(turns), len(room.trees)):
        each = room.trees[place]
        if place in turns:
            turn = _labelled(room, place, turns[place])
        elif place > last and room.heads[place] and not _says_i(each):
            break
        if turn is not None and each.paragraph.kind == "prose":
            found[place] = turn
    asking = Counter(turn.speaker for place, turn in found.items() if asks(room.trees[place]))
    spoken = Counter(turn.speaker for turn in found.values())
    most = {speaker for speaker, count in asking.items() if 2 * count >= spoken[speaker]}
    askers = most if len(most) < len(spoken) else set()
    return {place: replace(turn, asks=turn.speaker in askers) for place, turn in found.items()}


def _says_i(tree: Tree) -> bool:
    return any(first_person(word) and not tree.quoted[token] for token, word in enumerate(tree.words))


def _labelled(room: Room, place: int, colon: int) -> Quoted | None:
    """Whom a name before a colon means: by the name, or by its initials."""
    each = room.trees[place]
    room.taken[place].update(range(colon + 1))
    label = [token.text for token in each.parsed[:colon]]
    if label[-1].lower() in ANSWER:
        return _guest(room, place)
    if label[-1].lower() in QUESTION:
        return Quoted(place=place, start=each.starts[0], speaker=THE_ARTICLE, role="article", asks=True)
    for at, first, last in full_names(room.trees):
        other = room.trees[at]
        name = [token.text for token in other.parsed[first : last + 1]]
        fits = label[-1].lower() == name[-1].lower() or "".join(label) == "".join(word[0] for word in name)
        if fits and (found := person_at(room, at, last)) is not None:
            return found
    speaker = room.names.named(each.paragraph, 0, colon - 1, speaker=None)
    role = room.outsiders.role(each, tuple(range(colon)), speaker)
    return None if speaker is None else Quoted(place=place, start=each.starts[0], speaker=speaker, role=role)


def _asked(room: Room) -> Quoted | None:
    """Who answers in an interview: lines of questions, answers in the first person, and a name before them."""
    lines = [place for place, each in enumerate(room.trees) if each.words and _questions(each)]
    said = _FIRST if len(lines) > ANSWERS else _SINGULAR
    if len(lines) < ANSWERS or not any(
        _in_first_person(room, place, said) for place in range(lines[0], len(room.trees))
    ):
        return None
    return _guest(room, lines[0])


def _guest(room: Room, line: int) -> Quoted | None:
    """The first person named up to a line who neither wrote the article nor puts its questions."""
    for place, token, top in full_names(room.trees[: line + 1]):
        each = room.trees[place]
        if each.deps[top] in ("compound", "poss") or _hosts(each, token, top):
            continue
        speaker = room.names.named(each.paragraph, token, top, speaker=None)
        if speaker and " " in speaker and room.names.is_person(speaker):
            about = [lemma for above in room.trees[:line] for lemma in above.lemmas]
            role = "outsider" if watched(about) else room.outsiders.role(each, each.below(top), speaker)
            return Quoted(place=line, start=each.starts[0], speaker=speaker, role=role)
    return None


def _hosts(tree: Tree, first: int, top: int) -> bool:
    """Whether a name is the author's, as in "By X", or that of who asks.

    The latter is who interviews, by whom somebody is interviewed, to whom "she" spoke; and of two names, one of whom
    spoke to the other, the one of whom nothing more is said.
    """
    if tree.words[0] == "by" and first <= BYLINE:
        return True
    if tree.deps[top] in ("nsubj", "nsubjpass"):
        verb = tree.heads[top]
        to = _spoken_to(tree, verb)
        asks = tree.lemmas[verb] == "interview" and tree.deps[top] == "nsubj"
        return asks or to is not None and _described(tree, to) and not _described(tree, top)
    before = tree.heads[top]
    verb = tree.heads[before]
    if tree.deps[top] != "pobj" or tree.lemmas[verb] not in _SPOKEN:
        return False
    subject = tree.subject(verb)
    if tree.words[before] == "by" or subject is None:
        return tree.words[before] == "by"
    named = tree.tags[subject][:3] == "NNP"
    told = tree.words[before] in ("to", "with")
    return told and (tree.words[subject] in ("she", "he", "they") or named and not _described(tree, top))


def _spoken_to(tree: Tree, verb: int) -> int | None:
    """To whom somebody spoke."""
    if tree.lemmas[verb] not in _SPOKEN:
        return None
    ways = (child for child in tree.children[verb] if tree.words[child] in ("to", "with"))
    return next((to for way in ways if (to := tree.child(way, "pobj")) is not None), None)


def _described(tree: Tree, name: int) -> bool:
    """Whether a title, a relative clause or an apposition tells more of somebody named."""
    titles = gazetteer().words
    return any(
        tree.deps[child] in ("relcl", "appos") or tree.parsed[child].text in titles["title-m"] | titles["title-f"]
        for child in tree.children[name]
    )


def _put(room: Room, place: int, lines: Sequence[int]) -> bool:
    """Whether a paragraph of one sentence stands where a question would: every other one of an interview is one."""
    every_other = len(lines) > ANSWERS and all((line - lines[0]) % 2 == 0 for line in lines)
    between = every_other and lines[0] < place < lines[-1] and (place - lines[0]) % 2 == 0
    return between and len(room.trees[place].sentences) == 1


def _in_first_person(room: Room, place: int, said: frozenset[str]) -> bool:
    """Whether somebody says "I" in a paragraph, outside of quotation marks or in a paragraph that opens with them."""
    each = room.trees[place]
    whole = each.words[:1] != () and each.quoted[0]
    return any(
        word in said
        and (whole or not each.quoted[token])
        and (whole or token not in room.taken[place] or token in room.heads[place])
        for token, word in enumerate(each.words)
    )


def _of_line(room: Room, place: int) -> Quoted | None:
    """Who is named on a line that a list follows: "here is what the mayor had to say:"."""
    each = room.trees[place]
    for token, dep in enumerate(each.deps):
        if dep == "nsubj" and each.tags[token][:2] == "NN" and each.verbal(each.heads[token]):
            found = person_at(room, place, token)
            if found is not None:
                return found
    return None


def _questions(tree: Tree) -> bool:
    """Whether a paragraph is one line that ends in a question mark."""
    words = [word for word in tree.words if not word.isspace()]
    return bool(words) and words[-1] == "?"
