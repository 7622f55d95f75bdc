"""What a place's people and things are called after it: "Tembese" from Tembe, "Kesharan" or "Keshari" from Keshar.

`named_after` and `colours` are the main names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from parley.reading.gazetteer import gazetteer
from parley.reading.tokens import Words, lexicon

if TYPE_CHECKING:
    from parley.reading.name_pieces import Run

__all__ = ["colours", "demonym", "named_after"]

_SUFFIXES = lexicon("ese an ian ean i ish er ite ic ene ine ois ard iote en ensian")
_AFTER_VOWEL = ("", "n", "l", "v")
_PLACE_ENDINGS = (
    "", "a", "e", "i", "o", "u", "y", "ia", "ea", "ie", "ya", "as", "os", "es", "is", "us", "land", "stan", "istan",
)  # fmt: skip
_SURE_AFTER_SHORT = frozenset(["ese", "an", "ian", "i"])
_SHORT, _LEAST = 3, 4
_OF_THOUGHT = lexicon(
    "Islam Christ Koran Quran Bible Republic Democrat Parliament Liberal Catholic Presbyter Marx Lenin Franc Atlant "
    "Pacif Arab Asia Europe Africa America Celt Slav Turk"
)


def named_after(adjective: str, names: Iterable[str]) -> str:
    """The place that a word for its people is formed from, by the endings of English; empty where none of them fits.

    Parameters
    ----------
    adjective : as written, such as Tembese or Acharans
    names : lone names
    """
    fitting = (
        (len(stem), -len(name), name)
        for name in names
        for ending in _PLACE_ENDINGS
        if name != adjective and name.endswith(ending) and adjective.startswith(stem := name.removesuffix(ending))
        if _forms(stem, adjective[len(stem) :], vowel=name[-1] in "aeiouy")
    )
    return max(fitting, default=(0, 0, ""))[2]


def _forms(stem: str, rest: str, *, vowel: bool) -> bool:
    """Whether what follows the stem of a place makes a word for its people, with a consonant between vowels."""
    if stem in _OF_THOUGHT:
        return False
    links = _AFTER_VOWEL if vowel else ("",)
    found = {suffix for link in links for suffix in _SUFFIXES if rest.removesuffix("s") == link + suffix}
    return bool(found) and (len(stem) >= _LEAST or len(stem) == _SHORT and bool(found & _SURE_AFTER_SHORT))


def demonym(word: str) -> bool:
    """Whether a word ends as those do that are formed from a place, whatever place that is."""
    return len(word) > _LEAST and word[0].isupper() and word.endswith(tuple(_SUFFIXES))


def colours(words: Words, run: Run) -> bool:
    """Whether a lone capitalised word that no table knows tells of where people or an office are.

    Parameters
    ----------
    words : the paragraph
    run : the name that the word looks like
    """
    if run.first != run.last or run.titles or run.entry is not None or run.kind == "person":
        return False
    following = words.tags[run.last + 1 : run.last + 2]
    noun = following in (["NN"], ["NNS"], ["JJ"]) and words.words[run.last + 1].islower()
    people = words.word(run.first - 1) == "the" and words.words[run.last].endswith("s")
    known = gazetteer().words
    return (noun or people) and words.words[run.last] not in known["organisation"] | known["place"]
