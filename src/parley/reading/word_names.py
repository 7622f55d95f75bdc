"""Names of people that are words too, or months, and parties before a name: "Will Pike", "the Green Hope Winter".

`family_word`, `given_word`, `of_party` and `taken_alone` are the main names.
"""

from __future__ import annotations

from parley.reading.gazetteer import Gazetteer
from parley.reading.tokens import Words, lexicon

__all__ = ["family_word", "given_word", "of_party", "taken_alone"]

_GIVEN = lexicon(
    "April August Autumn Beauty Bill Blessing Can Charity Comfort Dawn Drew Faith Fortune Frank Gift Goodwill "
    "Grace Grant Happiness He Hope Innocent Joy June Justice Lovemore Mark May Memory Mercy Miles Patience Pat "
    "Pearl Per Precious Prosper Prudence Rich Rob Rose Ruby Sandy Sue Summer Till Trust Victory Wade Will"
)
_FAMILY = lexicon("Winter Summer Spring May March Islam English August")
_MEMBERS = lexicon(
    "Communist Conservative Democrat Democratic Green Greens Independent Labour Liberal Nationalist Radical "
    "Republican Socialist Tory Unionist"
)
_BEFORE_MEMBERS = lexicon("Social Christian Liberal National Progressive Free")
_PAST = lexicon("Day War Revolution Uprising Coup Campaign Fund Bank Party Act Bill")
_FINITE = frozenset(["VBZ", "VBD", "MD"])
_NAMED = frozenset(["NNP", "NNPS", "NN", "NNS"])
_OPENED = frozenset(["DT", "JJ", "NNP", "NN", "PRP$", "POS", "CD", "IN"])
_OBJECTS = frozenset(["pobj", "nsubj", "nsubjpass"])


def given_word(words: Words, token: int) -> bool:
    """Whether a word that is also another begins a person's name: "Will Pike has farmed", not "Will Congress act?".

    Parameters
    ----------
    words : the paragraph
    token : the word
    """
    if words.words[token] not in _GIVEN or token + 1 >= len(words) or words.tags[token + 1] not in _NAMED:
        return False
    last = token + 1
    if not words.words[last][:1].isupper() or words.words[last].isupper() or words.words[last] in _PAST:
        return False
    while last + 1 < len(words) and words.words[last + 1][:1].isupper() and words.tags[last + 1] in _NAMED:
        last += 1
    if last - token > 2 or words.sentences[last] != words.sentences[token]:
        return False
    if words.tags[token].startswith("NNP"):
        return words.heads[token] in range(token + 1, last + 1)
    within = token > 0 and words.sentences[token - 1] == words.sentences[token] and words.words[token - 1][0].islower()
    after = last + 1
    told = words.tags[after : after + 1] != [] and (words.tags[after] in _FINITE or words.word(after) == ",")
    return words.tags[token] in ("MD", "IN", "PRP", "VB", "JJ", "UH") and (within or told)


def family_word(words: Words, token: int, known: Gazetteer) -> bool:
    """Whether a season, a month or a faith ends a person's name: "Hope Winter", "Sheikh Nurul Islam".

    Parameters
    ----------
    words : the paragraph
    token : the word
    known : the tables
    """
    before = token - 1
    if words.words[token] not in _FAMILY or before < 0 or not words.tags[token].startswith("NNP"):
        return False
    joined = words.roles[before] == "compound" and words.heads[before] == token
    given = words.words[before] in _GIVEN or words.words[before] in known.genders
    titles = known.words["title"] | known.words["title-m"] | known.words["title-f"]
    return joined and (given or before > 0 and words.words[before - 1] in titles)


def taken_alone(words: Words, token: int) -> bool:
    """Whether the last part of somebody's name stands alone where another word would have an article: "…, Field said".

    Parameters
    ----------
    words : the paragraph
    token : a word that ends a full name elsewhere, and that no name covers
    """
    if words.tags[token] not in ("NNP", "NNPS") or words.roles[token] not in _OBJECTS or token == 0:
        return False
    if words.lower[token - 2 : token] == ["according", "to"]:
        return True
    return words.roles[token] != "pobj" and words.tags[token - 1] not in _OPENED


def of_party(words: Words, token: int, last: int, known: Gazetteer) -> bool:
    """Whether a word says of what party the person named after it is: "the Social Democrat Ada Lind".

    Parameters
    ----------
    words : the paragraph
    token, last : the word, and the last token of the chain of capitalised words in which it stands
    known : the tables
    """
    start = token + (words.words[token] in _BEFORE_MEMBERS and token < last and words.words[token + 1] in _MEMBERS)
    if words.words[start] not in _MEMBERS or last - start < 2 or words.word(token - 1) in ("of", "for"):
        return False
    rest = words.words[start + 1 : last + 1]
    barred = known.words["organisation"] | known.words["place"] | _PAST | _MEMBERS | {"of", "and"}
    plain = all(word not in barred and not word.isupper() for word in rest)
    return plain and not any(known.nouns.get(word.lower()) for word in rest)
