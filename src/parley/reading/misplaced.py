"""Who says a thing where a reader took something beside the subject for its source.

`house_before`, `in_clause`, `past_phrase`, `told_so` and `whole` are the main names.
"""

from __future__ import annotations

from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import known_at
from parley.reading.tokens import Words, lexicon

__all__ = ["house_before", "in_clause", "past_phrase", "told_so", "whole"]

_STARTS = ("DT", "PRP$", "NNP", "PRP")
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_AS = lexicon("so as thus")
_DEEPEST = 6


def in_clause(words: Words, token: int, noun: int, cue: int) -> bool:
    """Whether a token lies in a clause that ends before a verb and goes with its subject, or with what that did before.

    So "the court" in "the jurist advised against lists, which the court struck down, and warned …".

    Parameters
    ----------
    words : the paragraph
    token : the token
    noun : the subject
    cue : the verb
    """
    for _ in range(_DEEPEST):
        above = words.heads[token]
        if words.roles[token] == "relcl" or words.roles[token] == "advcl" and (above == noun or _as(words, token)):
            return noun < token and words.paragraph.doc[token].right_edge.i < cue
        if above == token:
            break
        token = above
    return False


def _as(words: Words, verb: int) -> bool:
    """Whether "as" between commas opens a clause: "the Pasha, as they call him, said"."""
    start = words.paragraph.doc[verb].left_edge.i
    return words.lower[start] == "as" and words.word(start - 1) == ","


def past_phrase(words: Words, first: int, last: int) -> int:
    """Where who says a thing starts after the noun of a phrase that opens the sentence: "In a reply the council says".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source, both included
    """
    if words.tags[first - 1 : first] != ["IN"]:
        return first
    for at in range(first + 1, last):
        breaks = words.tags[at] in ("NN", "NNS") and words.tags[at + 1] in _STARTS
        if breaks and not words.joined(at):
            return at + 1
    return first


def told_so(words: Words, token: int) -> int | None:
    """The subject of a clause that an adverb opens: "physician" in "so a physician tells us"; None where none is."""
    verb = words.heads[token]
    if words.lower[token] not in _AS or words.roles[token] not in ("advmod", "mark"):
        return None
    between = range(token + 1, verb)
    return next((at for at in between if words.heads[at] == verb and words.roles[at] in _SUBJECTS), None)


def house_before(words: Words, token: int) -> int | None:
    """The noun of the house in which "they" speak: "Quirinal" in "At the Quirinal they hope"; None where none is named.

    Parameters
    ----------
    words : the paragraph
    token : the word "they"
    """
    noun = token - 1 - (words.word(token - 1) == ",")
    start = words.heads[noun]
    if (
        words.roles[noun] != "pobj"
        or words.lower[start] not in ("at", "in")
        or words.heads[start] != words.heads[token]
    ):
        return None
    opens = start == 0 or words.sentences[start - 1] != words.sentences[start]
    known = gazetteer()
    entry = known_at(words, noun, known)
    seat = (
        entry is not None and entry[0].kind in ("seat", "capital") and words.lower[start] == "in" and noun == start + 1
    )
    named = words.words[noun][:1].isupper() or known.nouns.get(words.lower[noun]) == "body"
    house = words.lower[start] == "at" and words.word(start + 1) == "the" and named
    return noun if opens and (house or seat) else None


def whole(words: Words, first: int, last: int) -> tuple[int, int]:
    """A source's words, or all of the noun phrase of which only the article was found: "a minute of their board".

    Parameters
    ----------
    words : the paragraph
    first, last : its tokens, both included
    """
    noun = words.heads[first]
    if first != last or words.roles[first] != "det" or not words.tags[noun].startswith("NN"):
        return first, last
    return first, max(words.paragraph.doc[noun].right_edge.i, noun)
