"""Who says a sentence by words that stand at its end, and win over all inside it: `closing`.

"Ninety captives would walk free, Ada Lind, who leads the mission, told reporters.", "the president will never sign,
confides one of her advisers.", "storms will close the port, according to the coastguard, and neither …". The parser
often joins such words to the wrong verb, so they are found by the commas between which they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.reading.asides import TELLING, inverted, noun_phrase
from parley.reading.holders import Place, somebody
from parley.reading.propositions import Proposition
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["Closing", "before_closing", "closing", "joined_on"]

_HEARING = lexicon("tell assure inform remind warn notify")
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_OPENING = frozenset({"IN", "WRB", "VBG", "TO"})
_RELATIVE = frozenset({"who", "whose", "whom", "which", "where", "himself", "herself"})
_TAIL, _INSERTED = 10, 3
_HANGING_ON = frozenset({"only", "not", "once", "after", "if", "when", "unless", "until", "because", "that"})
_AND = frozenset({"and", "but", "so", "while", "though", "although", "yet", "as"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Words at the end of a clause that tell who says it.

    Attributes
    ----------
    named : the phrase for who says it
    first, end : the first token of what is said, and the one after its last
    inverted : whether the one who says it stands behind the verb, as the speaker does who goes on
    """

    named: Place
    first: int
    end: int
    inverted: bool = False


def closing(tree: Tree, token: int) -> Closing | None:
    """Who is told, behind a clause, as the one who says it; None where nobody is, or the clause is quoted.

    Parameters
    ----------
    tree : the paragraph
    token : a word of the clause
    """
    first, end = tree.sentences[tree.sentence[token]]
    if tree.quoted[token]:
        return None
    commas = [first - 1, *(at for at in range(first, end) if tree.words[at] == "," and not tree.quoted[at])]
    found = _according(tree, commas, end) or _verb_last(tree, commas, end) or _named_last(tree, commas, end)
    found = found or _so_named(tree, commas, end) or _summed_up(tree, commas)
    if found is None or not found.first <= token < found.end:
        return None
    stop = next((at for at in range(found.end, found.first, -1) if tree.words[at] in (":", ";")), found.first)
    return found if token >= stop else None


def before_closing(tree: Tree, each: Proposition) -> Proposition:
    """A clause without the words at its end that tell who says it: ", confides one of her advisers".

    Parameters
    ----------
    tree : the paragraph
    each : the clause
    """
    last = closing(tree, each.tokens[0])
    if last is None or last.end > each.tokens[-1]:
        return each
    kept = tuple(token for token in each.tokens if token < last.end)
    tops = (token for token in kept if tree.verbal(token) and tree.heads[token] not in kept)
    head = each.head if each.head in kept else next(tops, kept[0])
    return replace(each, tokens=kept, head=head)


def joined_on(tree: Tree, token: int, cue: Sequence[int]) -> bool:
    """Whether a clause is joined on behind "according to" somebody, so that it is not his: "…, and neither army knows".

    Parameters
    ----------
    tree : the paragraph
    token : the verb of the clause
    cue : the tokens that attribute
    """
    if not cue or tree.words[cue[0]] != "according" or token < cue[0]:
        return False
    if any(tree.words[child] in ("would", "could", "might") for child in tree.children[token]):
        return False
    end = tree.sentences[tree.sentence[token]][1]
    comma = next((at for at in range(cue[0], end) if tree.words[at] == ","), end - 1)
    last = closing(tree, tree.sentences[tree.sentence[token]][0])
    opens = tree.words[comma + 1 : comma + 3]
    clause = len(opens) > 1 and opens[0] in _AND and opens[1] not in _HANGING_ON
    return last is not None and last.end < cue[0] and clause and comma < token


def _verb_last(tree: Tree, commas: list[int], end: int) -> Closing | None:
    """The one behind a comma with a verb of saying last, and what may be thrown in: "…, Ada Lind, a judge, said."."""
    opening = commas[-1] + 1
    verb = next((at for at in range(end - 1, opening - 1, -1) if _says(tree, at) and _ends(tree, at, end)), None)
    if verb is None or len(commas) < 2:
        return None
    starts = range(len(commas) - 1, max(len(commas) - 2 - _INSERTED, 0), -1) if verb == opening else [len(commas) - 1]
    found = None
    for index in starts:
        start, stop = commas[index] + 1, commas[index + 1] if index + 1 < len(commas) else verb
        if verb == opening and index == len(commas) - 1:
            continue
        name = _name(tree, start, stop)
        if name is not None and verb != opening:
            name = start, verb - 1
        if name is not None and _clause(tree, commas[: index + 1]):
            found = Closing(named=name, first=commas[0] + 1, end=commas[index])
        elif tree.words[start] not in _RELATIVE:
            break
    return found


def _says(tree: Tree, verb: int) -> bool:
    finite = tree.tags[verb] in ("VBD", "VBZ", "VBP") and not tree.quoted[verb]
    return finite and tree.lemmas[verb] in TELLING | _HEARING


def _ends(tree: Tree, verb: int, end: int) -> bool:
    """Whether nothing but a hearer, a place or a time follows a verb of saying."""
    after = [at for at in range(verb + 1, end) if not tree.mark(at)]
    if len(after) > _TAIL or any(tree.tags[at] in ("VB", "MD", "TO", "VBD", "VBZ", "VBP", "WDT") for at in after):
        return False
    if not after or any(tree.words[at] in ("that", ":") for at in after):
        return not after and tree.lemmas[verb] not in _HEARING
    hears = tree.lemmas[verb] in _HEARING
    return hears if tree.tags[after[0]] not in ("IN", "RB", "NNP") else True


def _name(tree: Tree, start: int, stop: int) -> Place | None:
    """The noun phrase that fills, or opens, what stands between two commas, where it names somebody."""
    last = noun_phrase(tree, start, stop)
    if last is None or not somebody(tree, last):
        return None
    while (
        tree.words[last + 1 : last + 2] in (("of",), ("and",))
        and (more := noun_phrase(tree, last + 2, stop)) is not None
    ):
        last = more
    rest = range(last + 1, stop)
    relative = last + 1 < stop and tree.words[last + 1] in _RELATIVE
    return (start, last) if relative or not any(tree.tags[at] in _FINITE for at in rest) else None


def _clause(tree: Tree, commas: list[int]) -> bool:
    """Whether a whole clause stands before the last of some commas, and not only "when the talks ended"."""
    for low, high in zip(commas, commas[1:], strict=False):
        start = low + 1
        finite = any(tree.tags[at] in _FINITE for at in range(start, high))
        if finite and tree.words[start] not in _RELATIVE and tree.tags[start] not in _OPENING:
            return True
    return False


def _named_last(tree: Tree, commas: list[int], end: int) -> Closing | None:
    """The one who is named behind the verb: ", confides one of her advisers", ", warns Ada Lind, a judge"."""
    for index in range(len(commas) - 1, 0, -1):
        verb = commas[index] + 1
        says = verb < end and _says(tree, verb) and tree.lemmas[verb] not in _HEARING - {"warn"}
        named = inverted(tree, verb, commas[0] + 1, end) if says else None
        if named is not None and _clause(tree, commas[: index + 1]):
            rest = [at + 1 for at in commas[index + 1 :]]
            described = all(tree.words[at] in _RELATIVE or noun_phrase(tree, at, end) is not None for at in rest)
            found = Closing(named=named, first=commas[0] + 1, end=commas[index], inverted=True)
            return found if described else None
    return None


def _so_named(tree: Tree, commas: list[int], end: int) -> Closing | None:
    """The one who is named behind "so" without a verb, as in translations: "…, so the mayor, Ada Lind."."""
    for index in range(len(commas) - 1, 0, -1):
        start = commas[index] + 1
        if tree.words[start : start + 1] != ("so",) or any(
            tree.tags[at] in _FINITE or tree.quoted[at] for at in range(start, end)
        ):
            continue
        named = _name(tree, start + 1, next((at for at in commas if at > start), end - 1))
        if named is not None and _clause(tree, commas[: index + 1]):
            return Closing(named=named, first=commas[0] + 1, end=commas[index], inverted=True)
    return None


def _summed_up(tree: Tree, commas: list[int]) -> Closing | None:
    """The one before a verb of saying that what the news amounts to follows: ", he said, the first sign of …"."""
    if len(commas) < 3:
        return None
    end, start = commas[-1], commas[-1] + 1
    noun = noun_phrase(tree, start, len(tree.words))
    sums = noun is not None and tree.words[start] in ("a", "an", "the") and not somebody(tree, noun)
    return _verb_last(tree, commas[:-1], end) if sums else None


def _according(tree: Tree, commas: list[int], end: int) -> Closing | None:
    """According to whom a clause is so, where that stands behind it: it governs nothing that is joined on behind."""
    for index in range(len(commas) - 1, 0, -1):
        start = commas[index] + 1
        if tree.words[start : start + 2] != ("according", "to"):
            continue
        named = _name(tree, start + 2, next((at for at in commas if at > start), end))
        if named is not None and _clause(tree, commas[: index + 1]):
            return Closing(named=named, first=commas[0] + 1, end=commas[index])
    return None
