"""Who says a sentence by words between commas in its midst, and what such words are made of: `thrown_in`.

"The envoy, a lawyer for the widows insisted, had promised too much", "it would join, its leader, Ada Lind, told a talk
show, so long as …", "if nothing changed, the village elder, Hamid Boz, threatened, they would drive on".
"""

from __future__ import annotations

from dataclasses import dataclass

from parley.reading.asides import TELLING, noun_phrase
from parley.reading.holders import Place, somebody
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["FINITE", "HEARING", "OPENING", "RELATIVE", "ThrownIn", "ends_saying", "says", "somebody_at", "thrown_in"]

HEARING = lexicon("tell assure inform remind warn notify")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
OPENING = frozenset({"IN", "WRB", "VBG", "TO"})
RELATIVE = frozenset({"who", "whose", "whom", "which", "where", "himself", "herself"})
_OTHERS = lexicon("threaten promise vow caution propose testify write")
_UNDER = lexicon("if unless should were had once until till when so provided providing on because to against for")
_AGAINST = lexicon("though although while whereas as after before even than like")
_DASHES = frozenset({"–", "—", "--"})
_BOTH = frozenset({"and", "but", "or", "nor"})
_VERBS = FINITE | {"VB", "VBN", "RB"}
_SUBJECTS = frozenset({"DT", "NN", "NNS", "NNP", "NNPS", "PRP", "PRP$", "EX", "CD", "JJ"})
_TAIL, _FAR = 10, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrownIn:
    """Words between commas that tell who says the sentence around them.

    Attributes
    ----------
    named : the phrase for who says it
    opens, closes : the commas before and behind them
    end : the token after the last that they govern, which no sentence is that is only joined on behind them
    """

    named: Place
    opens: int
    closes: int
    end: int


def thrown_in(tree: Tree, first: int, end: int) -> ThrownIn | None:
    """Who is named with a verb of saying between two commas of a sentence; None where nobody is.

    Parameters
    ----------
    tree : the paragraph
    first, end : the sentence's first token, or a part's, and the one after its last
    """
    commas = [at for at in range(first + 1, end) if tree.words[at] == "," and not tree.quoted[at]]
    for opens in commas[:-1]:
        noun = noun_phrase(tree, opens + 1, end)
        if noun is None or not somebody(tree, noun) or tree.tags[opens + 1] in ("PRP", "CC"):
            continue
        verb, apposed = _verb(tree, noun, end)
        closes = None if verb is None else next((at for at in commas if at > verb), None)
        if verb is None or closes is None or not ends_saying(tree, verb, closes):
            continue
        rest = _rest(tree, first, opens, closes, end)
        if rest is not None and not (apposed == 1 and not _has_verb(tree, first, opens) and rest == "predicate"):
            named = opens + 1, verb - 1 - (tree.words[verb - 1] == ",")
            stop = next((at for at in range(closes, end) if tree.words[at] in _DASHES), end)
            return ThrownIn(named=named, opens=opens, closes=closes, end=opens if rest == "joined" else stop)
    return None


def _verb(tree: Tree, noun: int, end: int) -> tuple[int | None, int]:
    """The verb of saying of a noun, behind its appositions and relative clauses, and how many of these there are."""
    at, apposed = noun + 1, 0
    while at < min(end, noun + _FAR):
        if _speaks(tree, at):
            return at, apposed
        if tree.words[at] in RELATIVE:
            return _behind_clause(tree, at, end), apposed
        if tree.words[at] == ",":
            close = next((after for after in range(at + 1, end) if tree.words[after] == ","), end)
            plain = not any(tree.tags[word] in FINITE for word in range(at + 1, close))
            if close + 1 >= end or not plain and tree.words[at + 1] not in RELATIVE:
                return None, 0
            apposed, at = apposed + 1, close + _speaks(tree, close + 1)
            continue
        if tree.tags[at] in FINITE or tree.words[at] in (":", ";", "that") or tree.quoted[at]:
            return None, 0
        at += 1
    return None, 0


def _behind_clause(tree: Tree, pronoun: int, end: int) -> int | None:
    """The verb of saying behind a relative clause without commas: "a diplomat who has read the draft complained"."""
    close = next((after for after in range(pronoun, end) if tree.words[after] == ","), end)
    verbs = (verb for verb in range(close - 1, pronoun, -1) if _speaks(tree, verb) and ends_saying(tree, verb, close))
    last = next(verbs, None)
    return last if last is not None and any(tree.tags[at] in FINITE for at in range(pronoun, last)) else None


def _rest(tree: Tree, first: int, opens: int, closes: int, end: int) -> str | None:
    """What follows words between commas: a predicate, more of the clause before, or a clause; None where none fits."""
    after = [at for at in range(closes + 1, end) if not tree.mark(at)]
    if not after or tree.words[after[0]] == "that" or tree.tags[after[0]][0] == "W" or tree.quoted[after[0]]:
        return None
    start = after[0] + (tree.tags[after[0]] == "RB" and tree.words[after[0]] != "so")
    predicate = tree.tags[start : start + 1] and tree.tags[start] in FINITE
    if not _has_verb(tree, first, opens):
        if predicate:
            return "predicate" if any(tree.nominal(at) for at in range(first, opens)) else None
        fronted = tree.tags[start] in _SUBJECTS and _has_verb(tree, start, end)
        return "clause" if fronted else None
    if _fronted(tree, first):
        return "clause" if tree.tags[start] in _SUBJECTS and _has_verb(tree, start, end) else None
    if tree.words[after[0]] in _BOTH:
        return "further" if len(after) > 1 and tree.tags[after[1]] in _VERBS else "joined"
    if tree.words[after[0]] in _AGAINST:
        return "joined"
    return "further" if tree.words[after[0]] in _UNDER or tree.tags[after[0]] == "IN" else None


def _fronted(tree: Tree, first: int) -> bool:
    """Whether a part opens with a clause that hangs on what follows: "if nothing changed", "should the price fall"."""
    inverted = tree.words[first] in ("should", "were", "had")
    return inverted or tree.tags[first] in OPENING or tree.words[first] in ("as", "so", "once")


def _has_verb(tree: Tree, first: int, end: int) -> bool:
    return any(tree.tags[at] in FINITE for at in range(first, end))


def _speaks(tree: Tree, verb: int) -> bool:
    """Whether a word is a verb of saying, or one such as threatening that may be thrown in like it."""
    finite = tree.tags[verb] in ("VBD", "VBZ", "VBP") and not tree.quoted[verb]
    return says(tree, verb) or finite and tree.lemmas[verb] in _OTHERS


def says(tree: Tree, verb: int) -> bool:
    """Whether a word is a finite verb of saying outside of quotation marks.

    Parameters
    ----------
    tree : the paragraph
    verb : the word
    """
    finite = tree.tags[verb] in ("VBD", "VBZ", "VBP") and not tree.quoted[verb]
    return finite and tree.lemmas[verb] in TELLING | HEARING


def ends_saying(tree: Tree, verb: int, end: int) -> bool:
    """Whether nothing but a hearer, a place or a time follows a verb of saying.

    Parameters
    ----------
    tree : the paragraph
    verb : the verb
    end : the token before which it would end
    """
    after = [at for at in range(verb + 1, end) if not tree.mark(at)]
    if len(after) > _TAIL or any(tree.tags[at] in ("VB", "MD", "TO", "VBD", "VBZ", "VBP", "WDT") for at in after):
        return False
    if not after or any(tree.words[at] in ("that", ":") for at in after):
        return not after and tree.lemmas[verb] not in HEARING - {"warn"}
    hears = tree.lemmas[verb] in HEARING
    return hears if tree.tags[after[0]] not in ("IN", "RB", "NNP") else True


def somebody_at(tree: Tree, start: int, stop: int) -> Place | None:
    """The noun phrase that fills, or opens, what stands between two commas, where it names somebody.

    Parameters
    ----------
    tree : the paragraph
    start, stop : where it starts, and the token after its last
    """
    last = noun_phrase(tree, start, stop)
    if last is None or not somebody(tree, last):
        return None
    while (
        tree.words[last + 1 : last + 2] in (("of",), ("and",))
        and (more := noun_phrase(tree, last + 2, stop)) is not None
    ):
        last = more
    rest = range(last + 1, stop)
    relative = last + 1 < stop and tree.words[last + 1] in RELATIVE
    return (start, last) if relative or not any(tree.tags[at] in FINITE for at in rest) else None
