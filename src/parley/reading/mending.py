"""Slips of the parser, mended: `mend`.

Verbs of the mind that it takes for nouns ("Lund disputes the count", "the guild baulks at a fee"), and things that it
joins to a time ("a premier by Easter and a vote in May").
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass

from parley.reading.feasts import FEASTS
from parley.reading.periods import SEASONS
from parley.reading.stance_words import BARE, BY, HOLDING, LONGING
from parley.reading.time_words import DAYS, MONTHS
from parley.reading.tokens import lexicon

__all__ = ["Parse", "mend"]

_DETERMINERS = ("DT", "PRP$")
_THINGS = ("NN", "NNS")
_TIMES = frozenset({*MONTHS, *DAYS, *SEASONS, *(name for name in FEASTS if name.isalpha())})
_NAMES = ("NN", "NNP", "NNPS")
_OFTENER_NOUNS = lexicon("hope call talk aim wish push press root set point price part worry stand")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """The parts of a parse that are mended, each with an entry a token.

    Attributes
    ----------
    words : the words in lower case
    written : the words as they stand
    lemmas, tags, deps, heads : see `Tree`
    """

    words: Sequence[str]
    written: Sequence[str]
    lemmas: MutableSequence[str]
    tags: MutableSequence[str]
    deps: MutableSequence[str]
    heads: MutableSequence[int]


def mend(parse: Parse) -> None:
    """Make verbs of the mind verbs where the parser takes them for nouns, and join things to things, not to times.

    Parameters
    ----------
    parse : the parse, changed in place
    """
    for at in range(len(parse.tags)):
        _mend_lemma(parse, at)
        _mend_joined(parse, at)
        _mend_noun(parse, at)
        _mend_condition(parse, at)
        if parse.deps[at] not in ("ROOT", "conj") or not 0 < at < len(parse.tags) - 2:
            continue
        if parse.tags[at] == "NNS" and _is_verb(parse, at) or parse.tags[at] == "VBZ" and _joined_on(parse, at):
            _make_verb(parse, at)
        elif parse.words[at] == "long" and _longs(parse, at):
            parse.tags[at] = "VBP"


def _mend_lemma(parse: Parse, at: int) -> None:
    """Give a verb of the mind its form with e: "hates" is of "hate" and not of "hat"."""
    lemma, word = parse.lemmas[at], parse.words[at]
    known = f"{lemma}e" in HOLDING or f"{lemma}e" in BARE
    formed = word.startswith(f"{lemma}e") or word == f"{lemma}ing"
    if parse.tags[at][:1] == "V" and known and formed and lemma not in HOLDING and lemma not in BY:
        parse.lemmas[at] = f"{lemma}e"


def _mend_joined(parse: Parse, at: int) -> None:
    """Join a thing to the thing before a time: in "a premier by Easter and a vote in May", the vote to the premier."""
    time = parse.heads[at]
    if parse.deps[at] != "conj" or parse.words[time] not in _TIMES or parse.deps[time] != "pobj" or time > at:
        return
    above = parse.heads[parse.heads[time]]
    before = [each for each in range(time) if parse.heads[each] == above and parse.deps[each] == "dobj"]
    thing = above if parse.tags[above] in _THINGS else max(before, default=None)
    article = any(parse.heads[each] == at and parse.words[each] in ("a", "an", "the") for each in range(time, at))
    if thing is None or not article or parse.tags[at] not in _THINGS:
        return
    for each in range(time, at + 1):
        if parse.heads[each] == time and parse.deps[each] in ("cc", "conj"):
            parse.heads[each] = thing


def _mend_noun(parse: Parse, at: int) -> None:
    """Make an adjective a noun that is a subject with the article alone: "the latter insists", "the injured want"."""
    verb = parse.heads[at]
    subject = parse.deps[at] in ("nsubj", "nsubjpass") and parse.tags[at] == "JJ" and parse.tags[verb][:1] == "V"
    if subject and 0 < at < verb and parse.words[at - 1] == "the":
        parse.tags[at] = "NNS" if parse.tags[verb] == "VBP" else "NN"


def _mend_condition(parse: Parse, at: int) -> None:
    """Hang a condition on the nearest clause that it may limit: "though he said she could pay, provided it rained"."""
    above = parse.heads[at]
    if parse.words[at] not in ("provided", "providing") or not 0 < above < at or parse.words[at - 1] != ",":
        return
    helped = (each for each in range(at - 1, above, -1) if parse.tags[each] == "MD")
    verb = next((parse.heads[each] for each in helped if parse.deps[each] == "aux"), None)
    if verb is not None and above < verb < at and parse.deps[verb] == "ccomp":
        parse.heads[at] = verb


def _longs(parse: Parse, at: int) -> bool:
    """Whether "long" is the verb: "the refugees long for a date"."""
    several = parse.tags[at - 1] in ("NNS", "NNPS", "PRP") and parse.heads[at - 1] == at
    return parse.tags[at] == "RB" and several and parse.words[at + 1] in ("for", "to")


def _joined_on(parse: Parse, at: int) -> bool:
    """Whether the parser joins a noun to the verb after it as if both were one name."""
    return _stands_before(parse, at) and parse.deps[at - 1] in ("compound", "amod")


def _stands_before(parse: Parse, at: int) -> bool:
    """Whether a singular noun or a name stands right before a word, and hangs on it."""
    name = parse.tags[at - 1] in _NAMES or parse.tags[at - 1] == "JJ" and parse.written[at - 1][0].isupper()
    return name and parse.heads[at - 1] == at


def _is_verb(parse: Parse, at: int) -> bool:
    """Whether a plural noun at the head of a clause is a verb of the mind by what stands beside it."""
    if any(parse.heads[each] == at and parse.deps[each] == "nsubj" for each in range(max(at - 6, 0), at)):
        return True
    lemma, after = parse.lemmas[at], at + 1
    if not _stands_before(parse, at) or lemma in _OFTENER_NOUNS:
        return False
    if parse.tags[after] in _DETERMINERS:
        return lemma in HOLDING or lemma in BARE
    if parse.words[after] == "to" and parse.tags[after + 1] == "VB":
        return lemma in LONGING
    return parse.words[after] in BY.get(lemma, "").split()


def _make_verb(parse: Parse, at: int) -> None:
    """Make a word a verb, what stands before it its subject, and what follows its object."""
    parse.tags[at] = "VBZ"
    for each in range(len(parse.heads)):
        if parse.heads[each] != at or each == at:
            continue
        if each == at - 1:
            parse.deps[each] = "nsubj"
        elif each < at and parse.deps[each] in ("det", "amod", "compound", "poss", "nummod", "nmod"):
            parse.heads[each] = at - 1
        elif each > at and parse.deps[each] in ("appos", "npadvmod", "dep", "nmod"):
            parse.deps[each] = "dobj"
        elif each > at and parse.deps[each] in ("relcl", "acl") and parse.tags[each] == "VB":
            parse.deps[each] = "xcomp"
