"""An article as far as one must know it to tell who speaks in it: `Room`, `Quoted` and `Names`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from parley.domain.attribution import Attribution
from parley.reading.interviews import Interview
from parley.reading.moves import Role
from parley.reading.outsiders import Outsiders
from parley.reading.parsing import Paragraph
from parley.reading.trees import Tree

__all__ = ["THE_ARTICLE", "Names", "Quoted", "Room", "person_at"]

THE_ARTICLE = "the article"


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
    minutes : whether the article is the minutes of a meeting
    interview : where questions are put and answered in it
    """

    trees: Sequence[Tree]
    names: Names
    outsiders: Outsiders
    taken: Sequence[set[int]]
    heads: Sequence[set[int]]
    minutes: bool = False
    interview: Interview | None = None


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
