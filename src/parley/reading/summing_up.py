"""Whose a quotation is of which the words after it say so: "that is how she puts it", "with these words he left"."""

from __future__ import annotations

from parley.reading.beside import UTTERANCES, main_verb, only_person
from parley.reading.room import Quoted, Room, person_at
from parley.reading.standpoints import POSITIONS
from parley.reading.trees import Tree
from parley.reading.turns import outermost

__all__ = ["summed_up"]

_SAYINGS = UTTERANCES | {
    "phrase", "saying", "sentence", "motto", "refrain", "joke", "slogan", "proverb", "maxim", "boast"
}  # fmt: skip


def summed_up(room: Room, place: int, token: int) -> Quoted | None:
    """Who says a quotation of which the sentence, or the next one, says "that is how she puts it".

    Parameters
    ----------
    room : the article
    place : the paragraph
    token : the first token of the quotation
    """
    each = room.trees[place]
    at = each.sentence[token]
    last = max(outermost(each), default=token)
    if at == len(each.sentences) - 1 and (each.quoted[last] or each.mark(last)) and place + 1 < len(room.trees):
        below = room.trees[place + 1]
        found = _sums_up(room, place + 1, *below.sentences[0]) if below.words[:1] in (("that",), ("so",)) else None
        if found is not None:
            return found
    for first, end in each.sentences[at : at + 2]:
        if first > token and each.words[first] not in ("it", "that", "this", "so", "with", "thus"):
            return None
        if (found := _sums_up(room, place, first, end)) is not None:
            return found
    return None


def _sums_up(room: Room, place: int, first: int, end: int) -> Quoted | None:
    """Of whom a sentence says that a quotation is theirs: "with these words he left", "that is how she puts it"."""
    each = room.trees[place]
    words = each.words[first : first + 3]
    if words[:1] == ("with",) and words[2:] == ("words",):
        subject = each.subject(main_verb(each, first, end))
        return None if subject is None else person_at(room, place, subject)
    if (owner := _verdict_of(each, first, end)) is not None:
        return person_at(room, place, owner, anybody=True)
    if _takes_up_words(each, first, end) and (only := only_person(room, place, first, end)) is not None:
        return only
    if words[:1] in (("that",), ("this",), ("so",)) and (owner := _in_the_words_of(each, first, end)) is not None:
        return person_at(room, place, owner, anybody=True)
    for how in range(first, end):
        subject = each.subject(each.heads[how]) if each.words[how] == "how" and not each.quoted[how] else None
        if subject is not None:
            return person_at(room, place, subject, anybody=True)
    return None


def _verdict_of(tree: Tree, first: int, end: int) -> int | None:
    """Whose a sentence says that words are, or who has said them "thus": "“Sell” is the advice of Ada Lind"."""
    source = tree.words[first] == "thus" or tree.words[first : first + 2] == ("this", "from")
    if source and not any(tree.verbal(at) and tree.deps[at] != "relcl" for at in range(first, end)):
        return next(
            (at for at in range(first + 1, end) if tree.tags[at] == "NNP" and tree.deps[at] != "compound"), None
        )
    for verb in range(first + 1, end):
        told = tree.child(verb, "attr") if tree.lemmas[verb] == "be" else None
        subject = tree.subject(verb)
        if told is None or subject is None or not tree.quoted[subject] or tree.lemmas[told] not in POSITIONS:
            continue
        owner, of = tree.child(told, "poss"), tree.child(told, "prep")
        owner = tree.child(of, "pobj") if owner is None and of is not None and tree.words[of] == "of" else owner
        return None if owner is None or tree.quoted[owner] else owner
    return None


def _takes_up_words(tree: Tree, first: int, end: int) -> bool:
    """Whether a sentence calls a quotation before it a saying: "it is a line of which the mayor is fond"."""
    verb = first + 1
    if verb >= end or tree.words[first] not in ("it", "that", "this") or tree.lemmas[verb] != "be":
        return False
    called = tree.child(verb, "attr")
    return called is not None and not tree.quoted[called] and tree.lemmas[called] in _SAYINGS


def _in_the_words_of(tree: Tree, first: int, end: int) -> int | None:
    """Whose words a sentence says that something is: "that, in the words of the envoy, is the treaty"."""
    for at in range(first, end - 2):
        if tree.words[at : at + 2] == ("words", "of") and tree.words[at - 1] == "the":
            return tree.child(at + 1, "pobj")
    return None
