"""Who says a sentence by words that stand at its end, and win over all inside it: `closing`.

"Ninety captives would walk free, Ada Lind, who leads the mission, told reporters.", "the president will never sign,
confides one of her advisers.", "storms will close the port, according to the coastguard, and neither …". The parser
often joins such words to the wrong verb, so they are found by the commas between which they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.reading.asides import inverted, noun_phrase
from parley.reading.holders import Place, somebody
from parley.reading.propositions import Proposition
from parley.reading.thrown_in import FINITE, HEARING, OPENING, RELATIVE, ends_saying, says, somebody_at, thrown_in
from parley.reading.trees import Tree

__all__ = ["Closing", "apart", "around", "before_closing", "closing", "joined_on", "only_tells"]

_INSERTED = 3
_CALLING = frozenset({"call", "dub", "term", "label"})
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
    inside : where they stand in the midst of it, the commas around them
    """

    named: Place
    first: int
    end: int
    inverted: bool = False
    inside: Place | None = None

    def holds(self, token: int) -> bool:
        """Whether a token belongs to what is said."""
        within = self.inside is not None and self.inside[0] <= token <= self.inside[1]
        return self.first <= token < self.end and not within


def closing(tree: Tree, token: int) -> Closing | None:
    """Who is told, behind a clause, as the one who says it; None where nobody is, or the clause is quoted.

    Parameters
    ----------
    tree : the paragraph
    token : a word of the clause
    """
    first, end = _part(tree, token)
    if tree.quoted[token]:
        return None
    commas = [first - 1, *(at for at in range(first, end) if tree.words[at] == "," and not tree.quoted[at])]
    found = _according(tree, commas, end) or _verb_last(tree, commas, end) or _named_last(tree, commas, end)
    found = found or _so_named(tree, commas, end) or _summed_up(tree, commas) or _called(tree, commas, end)
    found = found or _or_so(tree, first, end) or _in_the_midst(tree, first, end)
    if found is None or not found.holds(token):
        return None
    until = found.end if found.inside is None else found.inside[0]
    stop = next((at for at in range(until, found.first, -1) if tree.words[at] == ":"), found.first)
    return found if token >= stop else None


def _part(tree: Tree, token: int) -> Place:
    """The first token of what stands between two semicolons around a token, and the one after its last."""
    first, end = tree.sentences[tree.sentence[token]]
    stops = [at for at in range(first, end) if tree.words[at] == ";" and not tree.quoted[at]]
    before = max((at + 1 for at in stops if at < token), default=first)
    return before, min((at for at in stops if at >= token), default=end)


def around(tree: Tree, cue: Sequence[int]) -> Closing | None:
    """Who is named in the midst of a sentence whose words an attribution takes from, also from those that name him.

    Parameters
    ----------
    tree : the paragraph
    cue : the tokens that attribute
    """
    if not cue:
        return None
    found = closing(tree, cue[0]) or closing(tree, tree.sentences[tree.sentence[cue[0]]][0])
    if found is None or found.inside is None:
        return None
    return found if found.holds(cue[0]) or found.inside[0] < cue[0] < found.inside[1] else None


def only_tells(tree: Tree, verb: int) -> bool:
    """Whether a verb is the one by which somebody named between commas says the sentence around it.

    Parameters
    ----------
    tree : the paragraph
    verb : the verb of a clause
    """
    found = around(tree, (verb,))
    return found is not None and not found.holds(verb)


def apart(tree: Tree, token: int, cue: Sequence[int]) -> Place | None:
    """Who is told as saying a clause that a semicolon parts from the words that attribute: "…, said A; …, said B".

    Parameters
    ----------
    tree : the paragraph
    token : the verb of the clause
    cue : the tokens that attribute
    """
    first, end = _part(tree, token)
    if any(first <= at < end for at in cue):
        return None
    last = closing(tree, token)
    return None if last is None else last.named


def _in_the_midst(tree: Tree, first: int, end: int) -> Closing | None:
    """The one who is named between commas in the midst of a sentence: ", its leader, Ada Lind, told reporters,"."""
    found = thrown_in(tree, first, end)
    if found is None:
        return None
    inside = (found.opens, found.closes) if found.end > found.closes else None
    return Closing(named=found.named, first=first, end=found.end, inside=inside)


def before_closing(tree: Tree, each: Proposition) -> Proposition:
    """A clause without the words at its end that tell who says it: ", confides one of her advisers".

    Parameters
    ----------
    tree : the paragraph
    each : the clause
    """
    last = closing(tree, each.tokens[0])
    if last is None:
        return each
    until = _part(tree, each.tokens[0])[1]
    kept = tuple(token for token in each.tokens if last.holds(token) or token < last.first or token >= until)
    if len(kept) == len(each.tokens):
        return each
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
    verb = next((at for at in range(end - 1, opening - 1, -1) if says(tree, at) and ends_saying(tree, at, end)), None)
    if verb is None or len(commas) < 2:
        return None
    starts = range(len(commas) - 1, max(len(commas) - 2 - _INSERTED, 0), -1) if verb == opening else [len(commas) - 1]
    found = None
    for index in starts:
        start, stop = commas[index] + 1, commas[index + 1] if index + 1 < len(commas) else verb
        if verb == opening and index == len(commas) - 1:
            continue
        name = somebody_at(tree, start, stop)
        if name is not None and verb != opening:
            name = start, verb - 1
        if name is not None and _clause(tree, commas[: index + 1]):
            found = Closing(named=name, first=commas[0] + 1, end=commas[index])
        elif tree.words[start] not in RELATIVE:
            break
    return found


def _clause(tree: Tree, commas: list[int]) -> bool:
    """Whether a whole clause stands before the last of some commas, and not only "when the talks ended"."""
    for low, high in zip(commas, commas[1:], strict=False):
        start = low + 1
        finite = any(tree.tags[at] in FINITE for at in range(start, high))
        if finite and tree.words[start] not in RELATIVE and tree.tags[start] not in OPENING:
            return True
    return False


def _named_last(tree: Tree, commas: list[int], end: int) -> Closing | None:
    """The one who is named behind the verb: ", confides one of her advisers", ", warns Ada Lind, a judge"."""
    for index in range(len(commas) - 1, 0, -1):
        verb = commas[index] + 1
        told = verb < end and says(tree, verb) and tree.lemmas[verb] not in HEARING - {"warn"}
        named = inverted(tree, verb, commas[0] + 1, end) if told else None
        if named is not None and _clause(tree, commas[: index + 1]):
            rest = [at + 1 for at in commas[index + 1 :]]
            described = all(tree.words[at] in RELATIVE or noun_phrase(tree, at, end) is not None for at in rest)
            found = Closing(named=named, first=commas[0] + 1, end=commas[index], inverted=True)
            return found if described else None
    return None


def _so_named(tree: Tree, commas: list[int], end: int) -> Closing | None:
    """The one who is named behind "so" without a verb, as in translations: "…, so the mayor, Ada Lind."."""
    for index in range(len(commas) - 1, 0, -1):
        start = commas[index] + 1
        if tree.words[start : start + 1] != ("so",) or any(
            tree.tags[at] in FINITE or tree.quoted[at] for at in range(start, end)
        ):
            continue
        named = somebody_at(tree, start + 1, next((at for at in commas if at > start), end - 1))
        if named is not None and _clause(tree, commas[: index + 1]):
            return Closing(named=named, first=commas[0] + 1, end=commas[index], inverted=True)
    return None


def _called(tree: Tree, commas: list[int], end: int) -> Closing | None:
    """The one who calls something what a sentence opens with: "a Christmas card from a bailiff, Ada Lind called it"."""
    last = next((at for at in range(end - 1, commas[0] + 1, -1) if not tree.mark(at)), commas[0] + 1)
    calls = tree.words[last] in ("it", "that", "this", "them") and tree.lemmas[last - 1] in _CALLING
    if not calls or len(commas) < 2 or any(tree.tags[at] in FINITE for at in range(commas[0] + 1, commas[1])):
        return None
    named = somebody_at(tree, commas[1] + 1, commas[2] if len(commas) > 2 else last - 1)
    return None if named is None else Closing(named=named, first=commas[0] + 1, end=commas[1])


def _or_so(tree: Tree, first: int, end: int) -> Closing | None:
    """The one who only says so: "the road will stay open - or so the mayor, who lives on it, claims"."""
    start = next((at for at in range(first + 2, end - 2) if tree.words[at : at + 2] == ("or", "so")), None)
    verb = next((at for at in range(end - 1, first, -1) if not tree.mark(at)), first)
    if start is None or not says(tree, verb):
        return None
    named = somebody_at(tree, start + 2, next((at for at in range(start, verb) if tree.words[at] == ","), verb))
    return None if named is None else Closing(named=named, first=first, end=start - tree.mark(start - 1))


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
        named = somebody_at(tree, start + 2, next((at for at in commas if at > start), end))
        if named is not None and _clause(tree, commas[: index + 1]):
            return Closing(named=named, first=commas[0] + 1, end=commas[index])
    return None
