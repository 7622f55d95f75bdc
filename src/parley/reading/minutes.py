"""What minutes report of a speaker past the first sentence: "Mr Bell said …. The traders would move." `minuted`."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.room import Quoted, Room, person_at
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["minuted"]

HEAD = 8
"""That a text is minutes stands in one of so many first lines."""

_TITLES = (("minutes",), ("summary", "record"), ("record", "of", "proceedings"), ("note", "of", "meeting"))
_ASSEMBLY = lexicon("committee council board cabinet meeting member assembly panel commission plenary chamber senate")
_BUSINESS = lexicon(
    "motion amendment meeting resolution vote item minute apology agenda session sitting debate discussion question "
    "ballot quorum voting interval"
)
_PAST = frozenset({"would", "could", "might", "had", "was", "were", "did", "should", "must"})


def minuted(room: Room, before: Quoted | None, place: int, verb: int, noun: int | None) -> Quoted | None:
    """Who is reported to have said a later sentence of a paragraph of minutes that names no other person.

    Parameters
    ----------
    room : the article
    before : who says what comes before that sentence in its paragraph
    place, verb : the paragraph, and the sentence's verb
    noun : what that is about, or who is said to say it; None where nothing is
    """
    each = room.trees[place]
    if before is None or each.quoted[verb] or not _shifted(each, verb) or not _keeps_minutes(room.trees):
        return None
    if not room.names.is_person(before.speaker):
        return None
    if noun is None or each.words[noun] in ("it", "they", "there", "this", "that"):
        return before
    if each.lemmas[noun] in _BUSINESS or each.tags[noun] == "PRP" or person_at(room, place, noun) is not None:
        return None
    whom = person_at(room, place, noun, anybody=True)
    theirs = whom is not None and room.names.speaks_for(before.speaker, whom.speaker)
    return None if each.lemmas[noun] in _ASSEMBLY and not theirs else before


def _keeps_minutes(trees: Sequence[Tree]) -> bool:
    """Whether one of an article's first lines says that it is minutes: "DRAFT MINUTES of the meeting of …"."""
    for each in trees[:HEAD]:
        shown = [word for word in each.words if word.isalpha()]
        titled = any(tuple(shown[at : at + len(title)]) == title for title in _TITLES for at in range(3))
        if titled and (each.paragraph.kind != "prose" or each.parsed[0].text.isupper()):
            return True
    return False


def _shifted(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the past or with a modal, as reported speech does."""
    near = {tree.words[token] for token in (verb, *tree.children[verb])}
    return tree.tags[verb] == "VBD" or bool(near & _PAST)
