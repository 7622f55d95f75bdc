"""Words of a text and the base forms that each may come from, so that `deliveries` is found under `delivery`.

`tokens` and `Phrase` are the main names. Base forms follow the spelling rules of English inflection; irregular verbs
and nouns of the trade have a table. Nothing is derived across word classes: `removal` is not `remove`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["GAP", "Phrase", "Token", "bases", "tokens"]

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+|%")
GAP = 4
"""As many words `...` in a phrase may stand for."""
VOWELS = "aeiouy"
IRREGULAR = {
    form: base
    for base, forms in {
        "be": "am are been being is was were",
        "begin": "began begun",
        "bring": "brought",
        "buy": "bought",
        "child": "children",
        "choose": "chose chosen",
        "come": "came",
        "deal": "dealt",
        "do": "did does done",
        "draw": "drawn drew",
        "fall": "fallen fell",
        "fight": "fought",
        "foot": "feet",
        "forbid": "forbade forbidden",
        "freeze": "froze frozen",
        "get": "got gotten",
        "give": "gave given",
        "go": "goes gone went",
        "have": "had has",
        "hold": "held",
        "keep": "kept",
        "lay": "laid",
        "leave": "leaves left",
        "lose": "lost",
        "make": "made",
        "man": "men",
        "mean": "meant",
        "meet": "met",
        "pay": "paid",
        "person": "people",
        "rise": "risen rose",
        "say": "said",
        "seek": "sought",
        "sell": "sold",
        "send": "sent",
        "shrink": "shrank shrunk",
        "speak": "spoke spoken",
        "spend": "spent",
        "stand": "stood",
        "strike": "struck",
        "take": "taken took",
        "withdraw": "withdrawn withdrew",
        "withhold": "withheld",
        "woman": "women",
    }.items()
    for form in forms.split()
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text.

    Attributes
    ----------
    text : the word in lower case, without a possessive ending
    start, end : where it stands, in characters of the text
    sentence : number of the sentence-like piece that it stands in: pieces end at `.`, `;`, `!` or `?`
    """

    text: str
    start: int
    end: int
    sentence: int


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text; hyphens part words, so that `30-day` is two.

    Parameters
    ----------
    text : any text

    Returns
    -------
    the words in order
    """
    found, before, piece = [], 0, 0
    for match in WORD.finditer(text):
        if re.search(r"[.;!?](\s|$)", text[before : match.start() + 1]):
            piece += 1
        word = match.group().lower().replace("’", "'")
        word = word.removesuffix("'s").removesuffix("'")
        found.append(Token(word, match.start(), match.end(), piece))
        before = match.end()
    return tuple(found)


@functools.lru_cache(maxsize=20_000)
def bases(word: str) -> frozenset[str]:
    """The base forms that an English word may come from, itself among them.

    Parameters
    ----------
    word : a word in lower case
    """
    found = {word}
    if word in IRREGULAR:
        found.add(IRREGULAR[word])
    if len(word) < 4:
        return frozenset(found)
    found |= _singular(word)
    if word.endswith("ied"):
        found.add(word[:-3] + "y")
    for ending in ("ed", "ing"):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= 2 and any(mark in VOWELS for mark in stem):
            found |= _unsuffixed(stem)
    return frozenset(found)


def _singular(word: str) -> set[str]:
    """What a word with the ending `-s` may have been before it; nothing where it has none."""
    if word.endswith("ies"):
        return {word[:-3] + "y"}
    if word.endswith("es") and word[:-2].endswith(("s", "x", "z", "ch", "sh", "o")):
        return {word[:-2], word[:-1]}
    return {word[:-1]} if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else set()


def _unsuffixed(stem: str) -> set[str]:
    """What may have stood before `-ed` or `-ing`: the stem, with an `e`, or with one consonant less."""
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in VOWELS
    if doubled:
        return {stem, stem[:-1]}
    if stem[-1] == "e" or stem[-1] in "wxy":
        return {stem, stem + "e"} if stem[-1] != "x" else {stem}
    return {stem + "e"} if _would_double(stem) else {stem, stem + "e"}


def _would_double(stem: str) -> bool:
    """Whether a verb of one syllable would double its last consonant, so that it cannot be the stem itself."""
    inner = [mark in VOWELS for mark in stem]
    return len(stem) >= 3 and inner[-3:] == [False, True, False] and sum(inner) == 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word or a phrase to be found in a text in any inflection of the form that its author gave.

    Attributes
    ----------
    text : as its author wrote it
    parts : runs of words that must follow one another; between two runs stand up to `GAP` other words
    """

    text: str
    parts: tuple[tuple[frozenset[str], ...], ...]

    @classmethod
    def of(cls, text: str) -> Phrase:
        """Make ready a phrase in base forms; `...` or `…` in it stands for up to `GAP` words, and a plural for both."""
        runs = [
            tuple(frozenset({each.text, *_singular(each.text)}) for each in tokens(run))
            for run in re.split(r"\.\.\.|…", text)
        ]
        return cls(text, tuple(run for run in runs if run))

    @property
    def words(self) -> tuple[frozenset[str], ...]:
        """All of its words, each as its base forms."""
        return tuple(word for run in self.parts for word in run)

    def may_stand_in(self, held: frozenset[str]) -> bool:
        """Whether each of its words is among the base forms of a text's words, without which it stands nowhere."""
        return all(word & held for word in self.words)

    def places(self, text: Sequence[Token]) -> tuple[tuple[int, ...], ...]:
        """Where it stands in a text: for each place the numbers of its words, in order, none used twice."""
        found: list[tuple[int, ...]] = []
        start = 0
        while start < len(text):
            place = self._at(text, start)
            if place is None:
                start += 1
            else:
                found.append(place)
                start = place[-1] + 1
        return tuple(found)

    def _at(self, text: Sequence[Token], start: int) -> tuple[int, ...] | None:
        """The words of the phrase where its first stands at `start`, or None."""
        if not self.parts:
            return None
        taken: list[int] = []
        latest = start
        for run in self.parts:
            begin = next((at for at in range(start, latest + 1) if _stands(run, text, at)), None)
            if begin is None or (taken and text[begin].sentence != text[taken[0]].sentence):
                return None
            taken += range(begin, begin + len(run))
            start = taken[-1] + 1
            latest = start + GAP
        return tuple(taken)


def _stands(run: Sequence[frozenset[str]], text: Sequence[Token], at: int) -> bool:
    return at + len(run) <= len(text) and all(
        word & bases(text[at + step].text) and text[at + step].sentence == text[at].sentence
        for step, word in enumerate(run)
    )
