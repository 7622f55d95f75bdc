"""Set phrases, adjectives and nouns that tell what somebody thinks, wants or says: `idiom`, `of_mind`, `entries`.

"Drew a line at the archive", "gave short shrift to the appeal", "is loath to sign", "the fear in Lima is that …". The
lexicon is the shipped file `datasets/reading/idioms.txt`, whose head explains its form.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from parley import resources
from parley.reading.holders import somebody
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["entries", "idiom", "of_mind"]

_GAP, _CLOSE = 4, 2
_LINKS = lexicon(
    "about against as at behind between by for from in of on onto out over to toward towards under until up with"
)
_OF_THINGS_TOO = lexicon("stand budge come go hold turn draw lose hang give have")
_AHEAD = lexicon("will would 'll 'd")
_BESIDE_THE_POINT = lexicon("after before by during from in near since until within like under")
_IN_A_THING = lexicon("confident interested disappointed secure")
_TIMES = lexicon("moment time day week month year hour morning evening night weekend while now today tomorrow")

Phrase = tuple[frozenset[str], ...]


@functools.cache
def entries(name: str) -> frozenset[str]:
    """The words of a list of the lexicon, such as `minds`."""
    return frozenset(word for line in _lines(name) for word in line.split())


@functools.cache
def _phrases() -> Mapping[str, tuple[Phrase, ...]]:
    """The set phrases, by the verb that each starts with."""
    found: dict[str, list[Phrase]] = {}
    for phrase in (each for line in _lines("phrases") for each in line.split(";")):
        verbs, *rest = (frozenset(part.split("/")) for part in phrase.split())
        for verb in verbs:
            found.setdefault(verb, []).append(tuple(rest))
    return MappingProxyType({verb: tuple(phrases) for verb, phrases in found.items()})


def _lines(name: str) -> tuple[str, ...]:
    lines = resources.read("datasets/reading/idioms.txt").decode().splitlines()
    parts = (line.partition("|") for line in lines if line and not line.startswith("#"))
    return tuple(held for named, _, held in parts if named.strip() == name)


def idiom(tree: Tree, verb: int) -> bool:
    """Whether a verb opens a set phrase for what its subject thinks, wants or says: "drew a line at the archive".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    """
    subject = tree.subject(verb)
    if subject is not None and tree.lemmas[verb] in _OF_THINGS_TOO and not somebody(tree, subject):
        return False
    return any(_follows(tree, verb, phrase) for phrase in _phrases().get(tree.lemmas[verb], ()))


def _follows(tree: Tree, verb: int, phrase: Phrase) -> bool:
    """Whether the words of a phrase come after its verb in their order, with little between, and something behind."""
    at, end = verb, tree.sentences[tree.sentence[verb]][1]
    gap = _CLOSE if tree.lemmas[verb] == "be" else _GAP
    for words in phrase:
        near = range(at + 1, min(at + 1 + gap, end))
        found = next((token for token in near if words & {tree.lemmas[token], tree.words[token]}), None)
        if found is None or any(tree.words[token] in (",", ";", ":") for token in range(at + 1, found)):
            return False
        at = found
    behind = at + 1 < end and not tree.mark(at + 1)
    return not tree.quoted[at] and (behind or tree.words[at] not in _LINKS)


def of_mind(tree: Tree, verb: int, like: int) -> bool:
    """Whether an adjective with what belongs to it tells a mind: "is loath to sign", "was vexed that it leaked".

    Parameters
    ----------
    tree : the paragraph
    verb : the verb before it, such as "is"; a participle in the passive itself
    like : the adjective or participle
    """
    subject, word = tree.subject(verb), tree.words[like]
    person = subject is not None and somebody(tree, subject)
    if word not in entries("minds") and not (person and word in entries("minds of persons")):
        return False
    if any(tree.words[child] in _AHEAD for child in tree.children[verb]):
        return False
    return any(_complements(tree, like, child) for at in (like, verb) for child in tree.children[at] if child > like)


def _complements(tree: Tree, like: int, child: int) -> bool:
    """Whether a word opens what somebody is glad, wary or certain of, and no time or place."""
    if tree.deps[child] in ("ccomp", "xcomp"):
        return True
    thing = tree.child(child, "pobj", "pcomp")
    if tree.deps[child] != "prep" or thing is None or tree.lemmas[thing] in _TIMES or tree.tags[thing] == "CD":
        return False
    within = tree.words[child] == "in" and tree.words[like] in _IN_A_THING
    moved = tree.words[child] == "by" and tree.words[like].endswith("ed") and tree.words[like] in entries("minds")
    return within or moved or tree.words[child] not in _BESIDE_THE_POINT
