"""Somebody described first and named in a sentence after: "A nurse is worried. Two are ill, Giulia Borg said".

`named_next` is the main name. A report names nobody without saying who they are, unless it has just done so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from parley.reading.people import gender_of
from parley.reading.tokens import lexicon

if TYPE_CHECKING:
    from parley.reading.name_pieces import Run
    from parley.reading.people import Character
    from parley.reading.roles import Phrase
    from parley.reading.tokens import Words

__all__ = ["named_next"]

_TYPES = frozenset(["office-holder", "analyst", "media", "relation", "person"])
_PLAIN = lexicon("Dr Dr. Prof Prof. Professor")
_LEARNED = frozenset(["doctor", "professor"])
_TELLING = lexicon(
    "say add tell explain argue reply write warn insist recall call describe think believe ask note complain sigh put "
    "remark observe"
)
_FARTHEST = 2


def named_next(
    words: Words,
    named: Sequence[Run],
    described: Sequence[Phrase],
    people: Mapping[tuple[int, int], Character],
    seen: Set[int],
) -> Iterator[tuple[Phrase, Character]]:
    """Find those described without a name whom a sentence after names without saying who they are.

    Parameters
    ----------
    words : a paragraph
    named, described : its names and its role phrases, in order
    people : who is named, by paragraph and token
    seen : the ids of who was named in paragraphs before
    """
    for phrase in described:
        subject = words.roles[phrase.head] == "nsubj" and phrase.determiner in ("a", "an")
        if not subject or phrase.plural or phrase.type not in _TYPES:
            continue
        after = (run for run in named if run.start > phrase.last and run.kind in ("person", "unknown", "organisation"))
        run = next(after, None)
        if run is None or run.kind != "person" or (words.index, run.first) not in people:
            continue
        character = people[words.index, run.first]
        distance = words.sentences[run.first] - words.sentences[phrase.head]
        between = (each for each in described if phrase.last < each.head < run.start and each.type in _TYPES)
        others = any(words.roles[each.head] in ("nsubj", "nsubjpass") and each.determiner != "" for each in between)
        gender = gender_of(words.lower[phrase.head])
        agrees = None in (gender, character.gender) or gender == character.gender
        told = any(role.core[-1] not in _LEARNED for role in character.roles) or character.state is not None
        new = id(character) not in seen and not told
        if 1 <= distance <= _FARTHEST and new and agrees and not others and _stands_alone(words, run):
            yield phrase, character


def _stands_alone(words: Words, run: Run) -> bool:
    """Whether a full name is the subject of a verb of telling and nothing beside it says who bears it."""
    if run.last == run.first or not set(run.titles) <= _PLAIN or words.word(run.start - 1) in ("and", "of", "for"):
        return False
    after = words.word(run.last + 1)
    aged = after == "," and words.tags[run.last + 2 : run.last + 3] == ["CD"]
    if after in (",", "(", "of", "from", "and", "-", "–", "—", "'s", "who") and not aged:
        return False
    top = next((at for at in range(run.first, run.last + 1) if words.roles[at] == "nsubj"), None)
    return top is not None and words.paragraph.doc[words.heads[top]].lemma_ in _TELLING
