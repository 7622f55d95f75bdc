"""Which words name a source, where the grammar of the sentence tells better than the span found: `narrowed`."""

from __future__ import annotations

from parley.reading.tokens import Words, lexicon

__all__ = ["narrowed", "timeless"]

_DAYS = lexicon(
    "yesterday today tomorrow tonight monday tuesday wednesday thursday friday saturday sunday earlier later again"
)
_GENERIC = lexicon("one you we")
_HEARING = lexicon("hear hears heard learn learns learned learnt gather gathers understand understands")
_BESIDE = lexicon("from in at for on across within near outside to")
_QUOTED = frozenset(["quoted", "cited", "reported"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_SHARING = frozenset(["conj", "xcomp", "advcl"])


def narrowed(words: Words, first: int, last: int, cue: int) -> tuple[int, int]:
    """The words of a source's span that name who says it, by the verb of saying.

    Where the verb's subject stands inside the span, what stands before it is left out ("in Hagadera, an elder"). Where
    the span is only beside the subject ("from Tamaulipas, the secretary accused …") or lies in a clause that belongs
    to it ("countries hit by floods have accused …") or only passes it on ("he was quoted by a paper as saying"), it is
    the subject; where that is nobody in particular ("from the
    ministry one hears"), the place from which one hears it.

    Parameters
    ----------
    words : the paragraph
    first, last : tokens of the source's span, both included
    cue : the verb that attributes
    """
    if words.roles[cue] == "pcomp" and words.lower[words.heads[cue]] == "as":
        cue = words.heads[words.heads[cue]]
    subject = _subject(words, cue)
    top = next((token for token in range(first, last + 1) if not first <= words.heads[token] <= last), last)
    governor = words.heads[top]
    if subject is None:
        comma = next((token for token in range(top + 1, cue - 1) if words.lower[token] == ","), None)
        placed = words.lower[governor] in _BESIDE and words.heads[governor] == cue and comma is not None
        return (comma + 1, cue - 1) if placed and comma is not None else (first, last)
    if words.lower[subject] in _GENERIC and words.lower[cue] in _HEARING:
        return _heard_from(words, cue) or (first, last)
    start, end = _edges(words, subject)
    if first <= subject <= last:
        outside = words.lower[first:start]
        placed = words.tags[subject] != "PRP" and ("," in outside or bool(set(outside) & _BESIDE))
        return (start, last) if placed else (first, last)
    if words.lower[cue] in _QUOTED and words.roles[subject] == "nsubjpass" and words.lower[governor] == "by":
        return start, end
    if words.roles[subject] != "nsubj" or not words.tags[subject].startswith("NN") or words.roles[top] != "pobj":
        return first, last
    if words.lower[governor] in _BESIDE and words.heads[governor] in _chain(words, cue):
        return start, end
    inside = subject < first and last < cue and not {",", "and", "but"} & set(words.lower[last + 1 : cue])
    return (start, max(last, subject)) if inside and words.heads[governor] in _chain(words, cue) else (first, last)


def timeless(words: Words, first: int, last: int) -> int:
    """The last token of a noun phrase without a day that ends it, as in "the agency yesterday"."""
    while last > first and words.lower[last] in _DAYS:
        last -= 1
    return last


def _chain(words: Words, verb: int) -> list[int]:
    """A verb and those before it whose subject it shares."""
    found = [verb]
    while len(found) < 5 and words.roles[found[-1]] in _SHARING and words.heads[found[-1]] != found[-1]:
        found.append(words.heads[found[-1]])
    return found


def _subject(words: Words, cue: int) -> int | None:
    for verb in _chain(words, cue):
        low, high = max(0, verb - 60), min(len(words), verb + 40)
        for token in range(low, high):
            if words.heads[token] == verb and words.roles[token] in _SUBJECTS:
                return token
    return None


def _edges(words: Words, token: int) -> tuple[int, int]:
    """The first and last token of all that depends on a noun."""
    noun = words.paragraph.doc[token]
    return noun.left_edge.i, noun.right_edge.i


def _heard_from(words: Words, verb: int) -> tuple[int, int] | None:
    for token in range(max(0, verb - 30), min(len(words), verb + 20)):
        if words.lower[token] == "from" and words.heads[token] == verb:
            for noun in range(token + 1, min(len(words), token + 12)):
                if words.heads[noun] == token and words.roles[noun] == "pobj":
                    return _edges(words, noun)
    return None
