"""Whose wish a statement tells of, and at whom it is aimed: places in the text, `holder_at` and `target_at`."""

from __future__ import annotations

from collections.abc import Sequence

from parley.domain.source import StatementKind
from parley.reading.clauses import Clause
from parley.reading.cues import CueClass
from parley.reading.trees import Tree

__all__ = ["Place", "holder_at", "target_at"]

Place = tuple[int, int]
_AIMED = frozenset({"demand", "threat", "offer", "promise", "recommendation"})
_TOWARDS = frozenset({"on", "upon", "from", "of", "to", "with", "against", "for"})
_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_ATTITUDES: tuple[CueClass, ...] = ("demanding", "refusing", "offering", "threatening", "promising", "proposing", "hoping", "predicting",
              "fearing", "recommending", "assessing", "saying")  # fmt: skip


def holder_at(tree: Tree, found: Clause) -> Place | None:
    """Where the one is named whose demand, goal or plan a clause tells of; None where it is the speaker's own.

    Parameters
    ----------
    tree : the paragraph
    found : the clause
    """
    cue = next((each for each in found.cues if each.shows(*_ATTITUDES)), None)
    if cue is None or found.subject is None:
        return None
    if cue.part == "n":
        owner = tree.child(cue.token, "poss")
        if owner is None and (of := tree.child(cue.token, "prep", "agent")) is not None:
            owner = tree.child(of, "pobj") if tree.words[of] in ("of", "by", "from") else None
        if owner is None and cue.token != found.subject:
            owner = found.subject
        return _phrase(tree, owner) if owner is not None and not _own_word(tree, owner) else None
    if tree.child(found.head, "auxpass") is not None:
        agent = tree.child(found.head, "agent")
        by = tree.child(agent, "pobj") if agent is not None else None
        return _phrase(tree, by) if by is not None else None
    if found.own or tree.words[found.subject] in ("there", "it", "that", "this", "which", "what"):
        return None
    return _phrase(tree, found.subject)


def target_at(
    tree: Tree, found: Clause, kind: StatementKind, *, cue: Sequence[int] = (), content: frozenset[int] = frozenset()
) -> Place | None:
    """Where the one is named of whom something is demanded, or who is threatened, advised or offered something.

    Parameters
    ----------
    tree : the paragraph
    found : the clause
    kind : its kind
    cue : the words that attribute it
    content : the tokens of the whole content
    """
    if kind not in _AIMED:
        return None
    for verb in cue:
        place = _addressee(tree, verb, content)
        if place:
            return place
    if kind in ("demand", "recommendation"):
        governed = tree.child(found.head, "ccomp", "xcomp")
        if governed is not None and any(each.token == found.head for each in found.cues):
            subject = tree.subject(governed)
            if subject is not None and not _own_word(tree, subject):
                return _phrase(tree, subject)
    if kind in ("demand", "recommendation", "threat") and found.subject is not None and not found.own:
        moved = any(each.token == found.head and each.shows(*_ATTITUDES) for each in found.cues)
        if not moved:
            return _phrase(tree, found.subject)
    return _addressee(tree, found.head, frozenset()) if found.subject is None or found.own or found.cues else None


def _addressee(tree: Tree, verb: int, content: frozenset[int]) -> Place | None:
    """Who is addressed by a verb or noun: its object that is a person or a state, or what a preposition names."""
    for child in tree.children[verb]:
        if child in content:
            continue
        if tree.deps[child] in ("dative", "dobj") and tree.verbal(verb) and _named(tree, child):
            return _phrase(tree, child)
        if tree.deps[child] in ("prep", "dative") and tree.words[child] in _TOWARDS:
            place = tree.child(child, "pobj")
            if place is not None and place not in content and _named(tree, place):
                return _phrase(tree, place)
    return None


def _named(tree: Tree, token: int) -> bool:
    """Whether a noun names somebody: a proper name, or a pronoun for people."""
    if tree.lemmas[token] in _DAYS or tree.tags[token] == "CD":
        return False
    return tree.tags[token][:3] == "NNP" or tree.words[token] in ("him", "her", "them", "us", "you", "me")


def _own_word(tree: Tree, token: int) -> bool:
    return tree.words[token] in ("i", "we", "my", "our", "me", "us", "mine", "ours")


def _phrase(tree: Tree, noun: int) -> Place:
    """First and last token of a noun phrase, without what only describes it further."""
    inside = [noun]
    waiting = [noun]
    while waiting:
        for child in tree.children[waiting.pop()]:
            if tree.deps[child] in (
                "det",
                "amod",
                "compound",
                "nmod",
                "poss",
                "nummod",
                "case",
                "flat",
                "prep",
                "pobj",
            ):
                if tree.deps[child] == "prep" and tree.words[child] != "of":
                    continue
                inside.append(child)
                waiting.append(child)
    first, last = min(inside), max(inside)
    return first, last - 1 if tree.tags[last] == "POS" else last
