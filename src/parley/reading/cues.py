"""Words that show what kind of move somebody makes: a graded lexicon, and how to look a word of a text up in it.

`Cue` is the main name; the lexicon is the shipped file `datasets/reading/moves.txt`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from parley import resources
from parley.reading.trees import Tree

__all__ = ["MOVES", "Cue", "CueClass", "cue_at", "cues_in", "lexicon", "listed", "lists"]

CueClass = Literal[
    "demanding", "refusing", "offering", "threatening", "promising", "predicting", "fearing", "assessing", "proposing",
    "hoping", "recommending", "finding", "saying", "denying", "conditioning", "harm", "judging",
]  # fmt: skip
PartOfSpeech = Literal["v", "n", "a"]
MOVES: tuple[CueClass, ...] = (
    "demanding", "refusing", "offering", "threatening", "promising", "proposing", "hoping", "recommending",
    "predicting", "fearing", "conditioning",
)  # fmt: skip
LONGEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word or set phrase of a text that shows a kind of move.

    Attributes
    ----------
    token : index of its main word
    phrase : the entry of the lexicon
    classes : the classes that it is listed in, with how plainly it shows each: 3 plain, 2 usual, 1 weak
    part : verb, noun, or adjective and set phrase
    """

    token: int
    phrase: str
    classes: Mapping[str, int]
    part: PartOfSpeech

    @property
    def move(self) -> str | None:
        """The first kind of move that it shows; None for words of saying, judging and the like."""
        return next((name for name in self.classes if name in MOVES), None)

    def shows(self, *classes: CueClass) -> bool:
        """Whether it is listed in one of the classes."""
        return any(each in self.classes for each in classes)


@functools.cache
def lexicon() -> Mapping[tuple[str, str], Mapping[str, int]]:
    """The classes of each entry with their strength, by part of speech and phrase."""
    entries: dict[tuple[str, str], dict[str, int]] = {}
    for name, phrases in _lines():
        if name[0] != "list":
            kind, strength, part = name
            for phrase in phrases:
                entries.setdefault((part, phrase), {})[kind] = int(strength)
    return MappingProxyType(entries)


@functools.cache
def listed(name: str) -> frozenset[str]:
    """A list of lemmas that goes with the lexicon, such as `watchers`."""
    return frozenset(phrase for words, phrases in _lines() if words == ["list", name] for phrase in phrases)


@functools.cache
def lists() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each list of lemmas that goes with the lexicon, by its name."""
    return tuple((words[1], tuple(phrases)) for words, phrases in _lines() if words[0] == "list")


@functools.cache
def _lines() -> tuple[tuple[list[str], list[str]], ...]:
    """The lines of the shipped file: what a line lists, and what it holds."""
    lines = resources.read("datasets/reading/moves.txt").decode().splitlines()
    parts = (line.partition("|") for line in lines if line and not line.startswith("#"))
    return tuple((name.split(), [phrase.strip() for phrase in phrases.split(";")]) for name, _, phrases in parts)


@functools.cache
def _first_words() -> frozenset[tuple[str, str]]:
    return frozenset((part, phrase.split()[0]) for part, phrase in lexicon())


def cue_at(tree: Tree, token: int) -> Cue | None:
    """Look one word of a text up, with the particles and prepositions that belong to it.

    Parameters
    ----------
    tree : the paragraph
    token : index of the word
    """
    entries = lexicon()
    for part in _parts(tree, token):
        for phrase in _phrases(tree, token, part):
            if (part, phrase) in entries:
                return Cue(token=token, phrase=phrase, classes=entries[part, phrase], part=part)
    return None


def cues_in(tree: Tree, tokens: Iterable[int]) -> tuple[Cue, ...]:
    """The cues among some tokens, verbs and nouns first where they are more than words of saying."""
    found = (cue_at(tree, token) for token in tokens)
    return tuple(cue for cue in found if cue)


def _parts(tree: Tree, token: int) -> tuple[PartOfSpeech, ...]:
    tag = tree.tags[token]
    if tag == "VBN" and (tree.child(token, "auxpass") is not None or tree.deps[token] in ("acomp", "amod", "acl")):
        return ("a", "v")
    if tag[:1] == "V":
        return ("v", "a") if tag in ("VBN", "VBD", "VBG") else ("v",)
    if tag[:2] == "NN":
        return ("n", "v") if tree.deps[token] in ("ROOT", "ccomp", "conj", "advcl", "xcomp") else ("n",)
    return ("a",) if tag[:2] in ("JJ", "IN", "RB", "RP", "VB") else ()


def _phrases(tree: Tree, token: int, part: PartOfSpeech) -> Iterator[str]:
    """What may stand in the lexicon for a word, the longest first."""
    first = tree.words[token] if part == "a" else tree.lemmas[token]
    if (part, first) not in _first_words():
        return
    _, end = tree.sentences[tree.sentence[token]]
    following = [tree.lemmas[each] if part != "a" else tree.words[each] for each in range(token + 1, end)][
        : LONGEST - 1
    ]
    for length in range(len(following), 0, -1):
        yield " ".join([first, *following[:length]])
    for child in tree.children[token]:
        if tree.deps[child] in ("prt", "prep", "agent", "advmod"):
            yield f"{first} {tree.words[child]}"
        if tree.deps[child] == "prep":
            yield " ".join([first, *(tree.words[each] for each in tree.below(child))])
    yield first
