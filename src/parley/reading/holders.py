"""Whose wish a statement tells of, and at whom it is aimed: places in the text, `holder_at` and `targets_at`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parley.domain.source import StatementKind
from parley.reading.clauses import Clause
from parley.reading.cues import CueClass, listed
from parley.reading.trees import Tree

__all__ = ["Place", "holder_at", "targets_at"]

Place = tuple[int, int]
_AIMED = frozenset({"demand", "threat", "offer", "promise", "recommendation", "condition"})
_DONE_BY_THEM = frozenset({"demand", "threat", "recommendation", "condition"})
_PEOPLE = frozenset({"he", "she", "they", "you", "him", "her", "them", "us", "me"})
_NOUN_PARTS = frozenset({"det", "amod", "compound", "nmod", "poss", "nummod", "case", "prep", "pobj"})
_TOWARDS = frozenset({"on", "upon", "from", "of", "to", "with", "against", "for"})
_ATTITUDES: tuple[CueClass, ...] = (
    "demanding", "refusing", "offering", "threatening", "promising", "proposing", "hoping", "recommending", "assessing",
)  # fmt: skip


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


def targets_at(
    tree: Tree, found: Clause, kind: StatementKind, *, cue: Sequence[int] = (), content: frozenset[int] = frozenset()
) -> Iterator[Place]:
    """Where those may be named of whom something is demanded, or who are threatened, advised or offered something.

    Parameters
    ----------
    tree : the paragraph
    found : the clause
    kind : its kind
    cue : the words that attribute it
    content : the tokens of the proposition

    Yields
    ------
    places, the likeliest first; a place that names nobody is to be passed over
    """
    if kind not in _AIMED:
        return
    if kind != "condition":
        for verb in cue:
            yield from _addressees(tree, verb, content, anybody=True)
    governed = tree.child(found.head, "ccomp", "xcomp")
    subject = found.subject
    if subject is not None and tree.words[subject] == "it":
        below = tree.child(found.head, "advcl", "xcomp")
        subject = tree.subject(below) if below is not None else None
    if governed is not None and any(each.token == found.head for each in found.cues):
        subject = tree.subject(governed)
    elif subject is not None and any(each.token == found.head and each.shows(*_ATTITUDES) for each in found.cues):
        subject = None
    if kind in _DONE_BY_THEM and subject is not None and _other(tree, subject, found):
        yield _phrase(tree, subject)
    if kind != "condition":
        yield from _addressees(tree, found.head, frozenset(), anybody=False)


def _other(tree: Tree, subject: int, found: Clause) -> bool:
    """Whether the one who is to act is somebody, and not the speaker."""
    own = subject == found.subject and found.own
    return not own and tree.deps[subject] not in ("nsubjpass", "expl") and somebody(tree, subject)


def _addressees(tree: Tree, verb: int, content: frozenset[int], *, anybody: bool) -> Iterator[Place]:
    """Who is addressed by a verb or noun: its object that is a person or a state, or what a preposition names."""
    for child in tree.children[verb]:
        if child in content:
            continue
        if tree.deps[child] in ("dative", "dobj") and tree.verbal(verb):
            if _named(tree, child) or anybody and tree.tags[child][:2] == "NN":
                yield _phrase(tree, child)
        elif tree.deps[child] in ("prep", "dative") and tree.words[child] in _TOWARDS:
            place = tree.child(child, "pobj")
            if place is not None and place not in content and _named(tree, place):
                yield _phrase(tree, place)


def somebody(tree: Tree, token: int) -> bool:
    """Whether a noun may name a party: a proper name, a pronoun for people, a body such as the government, a plural."""
    return _named(tree, token) or tree.tags[token] == "NNS" or tree.lemmas[token] in listed("institutions")


def _named(tree: Tree, token: int) -> bool:
    """Whether a word is a proper name that is no day or month, or a pronoun for people."""
    named = tree.tags[token] in ("NNP", "NNPS") and tree.lemmas[token] not in listed("days")
    return named or tree.words[token] in _PEOPLE


def _own_word(tree: Tree, token: int) -> bool:
    return tree.words[token] in ("i", "we", "my", "our", "me", "us", "mine", "ours")


def _phrase(tree: Tree, noun: int) -> Place:
    """First and last token of a noun phrase, without what only describes it further."""
    inside = [noun]
    waiting = [noun]
    while waiting:
        for child in tree.children[waiting.pop()]:
            if tree.deps[child] in _NOUN_PARTS and (tree.deps[child] != "prep" or tree.words[child] == "of"):
                inside.append(child)
                waiting.append(child)
    first, last = min(inside), max(inside)
    return first, last - 1 if tree.tags[last] == "POS" else last
