"""Whom "the former" and "the latter" take up, by the number of their verb where more than two were named.

`fits`, `taken_of_two` and `verb_number` are the main names.
"""

from __future__ import annotations

from parley.reading.gazetteer import gazetteer
from parley.reading.people import Character
from parley.reading.tokens import Words, lexicon

__all__ = ["fits", "taken_of_two", "verb_number"]

_ARGUMENTS = frozenset(["nsubj", "nsubjpass", "dobj", "pobj", "conj", "attr", "dative"])
_WHERE = lexicon(
    "in at on near behind under across outside inside before after during since until over around beside beneath "
    "along above below amid despite through into onto"
)
_AGENTS = ("ers", "ors", "ists", "ants", "ents", "men", "women", "ians")
_ONE, _SEVERAL = lexicon("is was has does"), lexicon("are were have do")
_REACH = 12


def fits(character: Character, *, plural: bool | None) -> bool:
    """Whether somebody agrees with the number of a verb.

    Parameters
    ----------
    character : who
    plural : True for several, False for one, None where the verb tells none
    """
    if plural is None:
        return True
    return character.kind != "person" and (plural or not character.plural) or character.kind == "person" and not plural


def verb_number(words: Words, token: int) -> bool | None:
    """Whether the verb of a subject is in the plural, also one taken for a noun; None where its form tells nothing.

    Parameters
    ----------
    words : the paragraph
    token : the subject
    """
    verb = words.heads[token]
    if words.roles[token] not in ("nsubj", "nsubjpass") or verb < token:
        return None
    for at in range(token + 1, min(verb, token + _REACH) + 1):
        word, tag = words.lower[at], words.tags[at]
        if at != verb and words.heads[at] != verb:
            continue
        if word in _ONE or tag == "VBZ":
            return False
        if word in _SEVERAL or tag == "VBP" or tag == "NN" and at == verb:
            return True
    return None


def taken_of_two(
    words: Words, before: Words | None, token: int, how: str, *, alone: bool
) -> tuple[Words, int, int | None] | None:
    """The noun of two that a word takes up, with the one it leaves, by the grammar of the sentence before.

    Parameters
    ----------
    words : the paragraph
    before : the paragraph before it, if any
    token : "former" or "latter"
    how : which of them
    alone : whether one will do that is the only one to agree with the verb

    Returns
    -------
    the paragraph, the noun, and the other of the two where there are two; None where nothing tells
    """
    plural, sentence = verb_number(words, token), words.sentences[token]
    places: list[tuple[Words, int, int]] = [(words, sentence, token - 1)]
    if sentence > 0:
        places.append((words, sentence - 1, token))
    elif before is not None and len(before):
        places.append((before, before.sentences[-1], len(before)))
    for there, where, end in places:
        named = [at for at in _named(there, where, end) if plural in (None, _several(there, at))]
        joined = next((at for at in named if there.roles[at] in ("conj", "appos") and there.heads[at] in named), None)
        two = [there.heads[joined], joined] if joined is not None else named
        if len(two) == 2:
            return there, two[how == "latter"], two[how != "latter"]
        if alone and named and plural is not None and (how == "latter" or len(named) == 1):
            return there, named[-1], None
    return None


def _named(words: Words, sentence: int, end: int) -> list[int]:
    """The nouns of a sentence for people and bodies, but for those that only say where or when."""
    return [
        at
        for at in range(min(end, len(words)))
        if words.sentences[at] == sentence
        and words.tags[at].startswith("NN")
        and (words.roles[at] in _ARGUMENTS or _against(words, at))
        and not (words.roles[at] == "pobj" and words.word(words.heads[at]) in _WHERE)
        and _animate(words, at)
    ]


def _against(words: Words, at: int) -> bool:
    """Whether a noun is set against the one before it: "the party, not the government"."""
    before = at - 1 - (words.tags[at - 1] == "DT")
    return words.roles[at] == "appos" and words.word(before) == "not"


def _animate(words: Words, at: int) -> bool:
    word = words.lower[at]
    acts = words.roles[at] == "nsubj" and words.paragraph.doc[words.heads[at]].pos_ == "VERB"
    agents = words.tags[at] == "NNS" and word.endswith(_AGENTS)
    return acts or agents or words.tags[at].startswith("NNP") or word in gazetteer().nouns


def _several(words: Words, at: int) -> bool:
    return words.tags[at].endswith("S")
