"""Who says a thing where a reader took something beside the subject for its source.

`house_before`, `in_clause`, `past_phrase`, `told_so`, `unclosed`, `whole` and `writer` are the main names.
"""

from __future__ import annotations

from parley.reading.gazetteer import gazetteer
from parley.reading.name_pieces import known_at
from parley.reading.tokens import Words, lexicon

__all__ = ["before_verb", "house_before", "in_clause", "past_phrase", "told_so", "unclosed", "whole", "writer"]

_STARTS = ("DT", "PRP$", "NNP", "PRP")
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_AS = lexicon("so as thus")
_PLACES = lexicon(
    "capital palace village villages port town city camp camps north south east west hills mountains valley provinces "
    "barracks bazaar bazaars market markets harbour countryside suburbs"
)
_WRITTEN = lexicon(
    "appeal letter statement note message declaration communique communiqué petition memo memorandum resolution tweet "
    "post call plea protest reply answer"
)
_WRITING = frozenset(["write", "appeal", "speak", "turn", "send", "hand", "deliver", "submit", "address", "circulate"])
_BEFORE_PAPER = lexicon("a an their his her its")
_NAMING = frozenset(["DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "POS", "HYPH", "PRP$", "IN", "VBN"])
_FINITE = frozenset(["VBD", "VBZ", "VBP", "MD"])
_DEEPEST, _FURTHEST = 6, 8
_PEOPLE = frozenset(["people", "person", "office-holder", "analyst", "relation", "media"])


def in_clause(words: Words, token: int, noun: int, cue: int) -> bool:
    """Whether a token lies in a clause that ends before a verb and goes with its subject, or with what that did before.

    So "the court" in "the jurist advised against lists, which the court struck down, and warned …", and "both sides" in
    "Algeria, asked by both sides to stay, proposes".

    Parameters
    ----------
    words : the paragraph
    token : the token
    noun : the subject
    cue : the verb
    """
    for _ in range(_DEEPEST):
        above = words.heads[token]
        beside = words.roles[token] == "acl" and above == noun and words.word(token - 1) == ","
        clause = words.roles[token] == "advcl" and (above == noun or _as(words, token))
        if words.roles[token] == "relcl" or beside or clause:
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
    now = "VBP" in words.tags[token + 1 : token + 3]
    place = words.tags[noun] == "NNP" and noun == start + 1 or words.lower[noun] in _PLACES
    there = words.lower[start] == "in" and place and now
    return noun if opens and (house or there or seat and (now or not _several_before(words, start))) else None


def _several_before(words: Words, start: int) -> bool:
    """Whether the sentence before one tells of several, whom "they" would take up."""
    before = words.sentences[start] - 1
    subjects = (at for at in range(start) if words.sentences[at] == before and words.roles[at] in _SUBJECTS)
    return any(words.tags[at] in ("NNS", "NNPS") for at in subjects)


def whole(words: Words, first: int, last: int) -> tuple[int, int]:
    """A source's words, or all of the noun phrase of which only a part was found: "a minute of their board".

    A clause before "and" that was taken in with them is left out, or one after: "the list had 214 names, and a lawyer
    who saw it". So is the paper in which they say it: "the bishops in a letter from Lima".

    Parameters
    ----------
    words : the paragraph
    first, last : its tokens, both included
    """
    first, last = _without_paper(words, _past_clause(words, first, last), last)
    last = _before_clause(words, first, last)
    met = _met(words, first, last)
    if met is not None:
        return met
    noun = words.heads[first]
    if first != last or words.roles[first] != "det" or not words.tags[noun].startswith("NN"):
        return first, last
    return first, max(words.paragraph.doc[noun].right_edge.i, noun)


def unclosed(words: Words, first: int, last: int, cue: int) -> tuple[int, int] | None:
    """Who acts, where the parser sets it beside a name: "in a text signed by its chair, Ada Lind, the union said …".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source, both included
    cue : the verb that attributes
    """
    if words.word(first - 1) != "," or not last < cue or before_verb(words, cue) != last:
        return None
    comma = (
        first - 1 if words.tags[first] == "DT" else next((at for at in range(first, last) if words.word(at) == ","), 0)
    )
    start = comma + 1
    top = next((token for token in range(start, last + 1) if not start <= words.heads[token] <= last), last)
    opening = words.paragraph.doc[cue].sent.start
    beside = words.roles[top] == "appos" and words.heads[top] < comma and words.tags[opening] == "IN"
    return (start, last) if beside and words.tags[start] == "DT" and "," not in words.lower[start:last] else None


def before_verb(words: Words, cue: int) -> int:
    """The last token before a verb and what helps it.

    Parameters
    ----------
    words : the paragraph
    cue : the verb
    """
    token = cue - 1
    while token > 0 and words.tags[token].startswith(("VB", "MD", "RB")):
        token -= 1
    return token


def writer(words: Words, first: int, last: int, cue: int) -> tuple[int, int] | None:
    """Who writes to those who were taken for the source: "the board has written to both sides proposing talks".

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source, both included
    cue : the verb that attributes
    """
    doc, noun = words.paragraph.doc, words.heads[cue]
    link = words.heads[noun]
    verb = words.heads[link]
    hung = words.tags[cue] == "VBG" and words.roles[cue] in ("acl", "advcl", "pcomp") and first <= noun <= last
    if not hung or words.word(link) != "to" or doc[verb].lemma_ not in _WRITING:
        return None
    subject = next((at for at in range(verb) if words.heads[at] == verb and words.roles[at] in _SUBJECTS), None)
    return None if subject is None else (doc[subject].left_edge.i, min(doc[subject].right_edge.i, verb - 1))


def _past_clause(words: Words, first: int, last: int) -> int:
    """Where a source starts after a clause that was taken in with it: "the list had 214 names, and a lawyer"."""
    finite = next((at for at in range(first, last) if words.tags[at] in _FINITE), last)
    if any(words.tags[at][:1] == "W" or words.lower[at] == "that" for at in range(first, finite)):
        return first
    joins = (at for at in range(finite + 1, last) if words.tags[at] == "CC" or words.lower[at] in (";", "while"))
    return next((at + 1 for at in joins if words.tags[at + 1] in _STARTS), first)


def _before_clause(words: Words, first: int, last: int) -> int:
    """The last token of a source before a further clause taken in with it: "Ada Lind, and the others should go"."""
    finite = (at for at in range(first + 3, last + 1) if words.tags[at] in _FINITE)
    for verb in finite:
        join = next((at for at in range(verb - 1, first + 1, -1) if words.tags[at] == "CC"), None)
        if join is None or words.word(join - 1) not in (",", ";") or words.tags[join + 1] not in _STARTS:
            continue
        if not any(words.tags[at][:1] == "W" or words.lower[at] in ("that", ",") for at in range(join, verb)):
            return join - 2
    return last


def _without_paper(words: Words, first: int, last: int) -> tuple[int, int]:
    """A source without the paper in which it speaks, also where only the paper's place was found for it."""
    for link in range(last - 1, max(first - _FURTHEST, 0), -1):
        if words.lower[link] != "in" or words.word(link + 1) not in _BEFORE_PAPER or words.tags[link - 1][:2] != "NN":
            continue
        paper = next((at for at in range(link + 2, link + 5) if words.word(at) in _WRITTEN), None)
        if paper is None or words.sentences[link] != words.sentences[first]:
            continue
        if first < link:
            return first, link - 1
        if words.lower[paper + 1 : first] not in (["from"], ["of"], ["in"], ["to"], ["from", "the"]):
            continue
        start = link - 1
        while start and words.tags[start - 1] in _NAMING and words.sentences[start - 1] == words.sentences[link]:
            start -= 1
        return start, link - 1
    return first, last


def _met(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """Those of whom a clause without "whom" says that the reporter met them: "traders I speak to", "a nurse we met"."""
    me = next((at for at in range(first, last + 1) if words.lower[at] in ("i", "we")), 0)
    noun, verb = me - 1, words.heads[me]
    if noun < 0 or not me < verb <= me + 2 or gazetteer().nouns.get(words.lower[noun]) not in _PEOPLE:
        return None
    start = words.paragraph.doc[noun].left_edge.i
    opens = start == 0 or words.sentences[start - 1] != words.sentences[start]
    if not opens or words.sentences[noun] != words.sentences[me] or words.quoted[me] != words.quoted[noun]:
        return None
    return start, max(last, verb + (words.word(verb + 1) in ("to", "with")))
