"""Whose will or answer the reporter's prose tells without marks and without "he said": `freely_said`.

"Barnabas Ligo speaks for the Upper Maru. He would take a third of the rent.": the second sentence tells his will.
"Mr Ligo has read it. The mines, yes. Which court? Nobody had drawn up a list.": after a question that nobody is
asked, the answer is of whom the sentence before is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from parley.reading.beside import named_at
from parley.reading.holders import somebody, subject_phrase
from parley.reading.propositions import Proposition
from parley.reading.room import Quoted, Room, person_at
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["FREELY", "freely_said"]

FREELY = "said freely after the sentence that shows who says it"
"""Why a sentence without marks is somebody's, where a sentence before shows them."""

Said = Sequence[Mapping[int, Quoted]]
_SHIFTED = frozenset({"would", "could", "might", "should", "must", "'d"})
_STATES = frozenset({"be", "have"})
_LATER = lexicon(
    "later eventually often sometimes usually always regularly frequently soon subsequently ultimately occasionally "
    "finally once never"
)
_YEAR, _FARTHEST = 4, 5


def freely_said(
    room: Room, said: Said, place: int, proposition: Proposition, told: Mapping[int, Quoted]
) -> Quoted | None:
    """Who says a sentence without marks or source, where the sentence before is about them; None where none is.

    Parameters
    ----------
    room : the article
    said : by paragraph, who says the tokens that are attributed
    place : the paragraph
    proposition : a proposition of the reporter's prose in it
    told : who says the reporter's prose of the paragraph, by sentence, as far as it is known
    """
    each = room.trees[place]
    at = each.sentence[proposition.head]
    asked = False
    for back in range(at - 1, max(at - _FARTHEST, 0) - 1, -1):
        first, end = each.sentences[back]
        if back in told or any(each.quoted[token] or token in said[place] for token in range(first, end)):
            return None
        if any(word == "?" for word in each.words[max(first, end - 3) : end]):
            asked = True
        elif not asked or any(each.verbal(token) for token in range(first, end)):
            found = _about(room, place, first, end)
            answers = asked and _is_thought(each, proposition)
            wills = back == at - 1 and _own_will(room, place, proposition, found, (first, end))
            return replace(found, why=FREELY) if found is not None and (answers or wills) else None
    return None


def _is_thought(tree: Tree, each: Proposition) -> bool:
    """Whether a sentence is shifted in tense, as what somebody said or thought is."""
    head, below = each.head, tree.children[each.head]
    helpers = {tree.words[child] for child in below if tree.deps[child] in ("aux", "auxpass")}
    if _dated(tree, head):
        return False
    had = "had" in helpers and tree.tags[head] == "VBN"
    return had or bool(helpers & _SHIFTED) or tree.tags[head] == "VBD" and tree.lemmas[head] in _STATES


def _own_will(room: Room, place: int, each: Proposition, about: Quoted | None, before: tuple[int, int]) -> bool:
    """Whether a sentence tells the will of whom the one before is about: "Ligo speaks for them. He would pay"."""
    tree = room.trees[place]
    subject = tree.subject(each.head)
    helpers = {tree.words[child] for child in tree.children[each.head] if tree.deps[child] == "aux"}
    if about is None or subject is None or tree.words[subject] not in ("he", "she") or not helpers & {"would", "'d"}:
        return False
    if tree.heads[each.head] != each.head or _dated(tree, each.head) or tree.child(each.head, "auxpass") is not None:
        return False
    years = any(word.isdigit() and len(word) == _YEAR for word in tree.words[before[0] : before[1]])
    named = None if years else named_at(room, place, (subject, subject))
    return named is not None and named.speaker == about.speaker


def _dated(tree: Tree, head: int) -> bool:
    """Whether a sentence tells what came later or often, as a story does: "he would later rule for ten years"."""
    return any(tree.words[child] in _LATER for child in tree.children[head])


def _about(room: Room, place: int, first: int, end: int) -> Quoted | None:
    """The person whom a sentence is about: of two subjects that the parser finds, the one next to the verb."""
    tree = room.trees[place]
    root = next((token for token in range(first, end) if tree.heads[token] == token), first)
    found = [child for child in tree.children[root] if tree.deps[child] in ("nsubj", "nsubjpass") and child < root]
    subject = found[-1] if found else tree.subject(root)
    if subject is None or not somebody(tree, subject):
        return None
    return person_at(room, place, subject) or named_at(room, place, subject_phrase(tree, subject, root))
