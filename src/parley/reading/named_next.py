"""Somebody described first and named in a sentence after: "A nurse is worried. Two are ill, Giulia Borg said".

`named_next` and `named_below` are the main names. A report names nobody without saying who they are, unless it has
just done so.
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

__all__ = ["named_below", "named_next"]

_TYPES = frozenset(["office-holder", "analyst", "media", "relation", "person"])
_PLAIN = lexicon("Dr Dr. Prof Prof. Professor")
_LEARNED = frozenset(["doctor", "professor"])
_TELLING = lexicon(
    "say add tell explain argue reply write warn insist recall call describe think believe ask note complain sigh put "
    "remark observe"
)
_LED = ("the", "a", "an")
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
        fits = id(character) not in seen and _may_be(character, words.lower[phrase.head])
        if 1 <= distance <= _FARTHEST and fits and not others and _stands_alone(words, run):
            yield phrase, character


def named_below(
    above: Sequence[Words],
    described: Sequence[Phrase],
    words: Words,
    named: Sequence[Run],
    people: Mapping[tuple[int, int], Character],
) -> tuple[Phrase, Character] | None:
    """Find whom the heading names, the lead describes and the next paragraph gives by name.

    "Vega sets a deadline" / "The deposed president said …" / "Ines Vega was flown out in June."

    Parameters
    ----------
    above : the heading and the lead
    described : the role phrases of the lead, in order
    words, named : the paragraph after the lead, and its names, in order
    people : who is named, by paragraph and token

    Returns
    -------
    the description and who is meant; None where the paragraph opens otherwise or says who its first name is
    """
    heading, lead = above
    holders = (each for each in described if each.type in _TYPES and not each.plural and each.determiner in _LED)
    phrase = next((each for each in holders if lead.roles[each.head] == "nsubj"), None)
    run = next(iter(named), None)
    if phrase is None or run is None or run.kind != "person" or run.start or (words.index, run.first) not in people:
        return None
    character = people[words.index, run.first]
    subject = any(words.roles[at] in ("nsubj", "nsubjpass") for at in range(run.first, run.last + 1))
    acts = words.tags[run.last + 1 : run.last + 2]
    alone = subject and run.last > run.first and acts != [] and acts[0].startswith(("VB", "MD", "RB"))
    headed = heading.lower[:1] == [words.lower[run.last]]
    return (phrase, character) if headed and alone and _may_be(character, lead.lower[phrase.head]) else None


def _may_be(character: Character, noun: str) -> bool:
    """Whether somebody of whom the article has said nothing agrees in gender with a noun for a person."""
    told = any(role.core[-1] not in _LEARNED for role in character.roles) or character.state is not None
    return not told and (None in (gender_of(noun), character.gender) or gender_of(noun) == character.gender)


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
