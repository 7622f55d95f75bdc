"""What minutes report of a speaker past the first sentence: "Mr Bell said …. The traders would move." `minuted`."""

from __future__ import annotations

from collections.abc import Sequence

from parley.reading.minds import minded
from parley.reading.room import Quoted, Room, person_at
from parley.reading.tellers import reports
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["keeps_minutes", "minuted"]

HEAD, LONGEST = 8, 12
"""That a text is minutes stands in one of so many first lines; a name with its state has fewer tokens."""

_TITLES = (
    ("minutes",),
    ("summary", "record"),
    ("record", "of", "proceedings"),
    ("notes", "of"),
    ("note", "of"),
    ("daily", "report"),
    ("official", "report"),
    ("hansard",),
)
_ASSEMBLY = lexicon("committee council board cabinet meeting member assembly panel commission plenary chamber senate")
_HOUSES = lexicon("house parliament congress diet")
_BUSINESS = lexicon(
    "motion amendment meeting resolution vote item minute apology agenda session sitting debate discussion question "
    "ballot quorum voting interval"
)
_TAKING_THE_FLOOR = lexicon("report speak brief update introduce present outline summarise summarize respond reply")
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
    if not room.minutes:
        return None
    before = before or _has_the_floor(room, place, each.sentence[verb] - 1)
    if before is None or each.quoted[verb] or not _shifted(each, verb):
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


def _has_the_floor(room: Room, place: int, sentence: int) -> Quoted | None:
    """Who speaks in a sentence of minutes that does not say what, or is of a mood: "Ms Lind reported on the talks."."""
    each = room.trees[place]
    if sentence < 0:
        return None
    first, end = each.sentences[sentence]
    root = next((token for token in range(first, end) if each.heads[token] == token), first)
    floor = each.lemmas[root] in _TAKING_THE_FLOOR or minded(each, sentence) is not None
    subject = each.subject(root) if floor else None
    return None if subject is None else person_at(room, place, subject)


def keeps_minutes(trees: Sequence[Tree]) -> bool:
    """Whether one of an article's first lines says that it is minutes: "DRAFT MINUTES of the meeting of …".

    So it is too where several sentences open as records report a speech: "Mr. Haddad (Sudan) said that".

    Parameters
    ----------
    trees : the article's paragraphs
    """
    above = {word for each in trees[:HEAD] if each.paragraph.kind != "prose" for word in each.words}
    for each in trees[:HEAD]:
        shown = [word for word in each.words if word.isalpha()]
        titled = any(tuple(shown[at : at + len(title)]) == title for title in _TITLES for at in range(3))
        titled = titled and (
            len(shown) < len(("minutes", "of", "the"))
            or bool((_ASSEMBLY | _BUSINESS) & set(shown) or (_ASSEMBLY | _HOUSES) & above)
        )
        if titled and (each.paragraph.kind != "prose" or each.parsed[0].text.isupper()):
            return True
    return sum(_opens_record(each, first, end) for each in trees for first, end in each.sentences) > 1


def _opens_record(tree: Tree, first: int, end: int) -> bool:
    """Whether a sentence opens as records report a speech: "Mr. Haddad (Sudan) said that"."""
    close = next((at for at in range(first + 2, min(first + LONGEST, end - 1)) if tree.words[at] == ")"), None)
    titled = tree.tags[first] == tree.tags[first + 1 if first + 1 < end else first] == "NNP"
    opened = close is not None and "(" in tree.words[first + 2 : close]
    return titled and opened and close is not None and tree.tags[close + 1] == "VBD" and reports(tree.lemmas[close + 1])


def _shifted(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in the past or with a modal, as reported speech does."""
    near = {tree.words[token] for token in (verb, *tree.children[verb])}
    return tree.tags[verb] == "VBD" or bool(near & _PAST)
