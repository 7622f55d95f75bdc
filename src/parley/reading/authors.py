"""Whose a plan or a pact is, by what stands behind its noun, where it opens a sentence with "under": `author_behind`.

"Under a deal drawn up in secret by two colonels, …", "under the accord, the brainchild of Ahmed Kone, …", "under a bill
that the Greens tabled, …". The parser often hangs such words on the main verb, so they are read in their order.
"""

from __future__ import annotations

from parley.reading.holders import Place, phrase_at, somebody
from parley.reading.tokens import lexicon
from parley.reading.trees import Tree

__all__ = ["AUTHORING", "MAKING", "author_behind"]

AUTHORING = lexicon(
    "unveil table present propose put circulate offer draft float submit draw publish outline suggest announce devise "
    "sketch make hatch set bring prepare write craft broker negotiate mediate work hammer move introduce compose "
    "conceive"
)
"""Verbs that tell whose work a plan or a pact is."""

MAKING = lexicon("work brainchild idea invention handiwork doing")
_PACTS = lexicon(
    "accord agreement deal treaty pact truce ceasefire convention protocol law bill motion amendment resolution "
    "settlement arrangement package reform plan proposal formula scheme draft offer blueprint compromise roadmap "
    "initiative timetable term"
)
_MODALS = frozenset({"would", "could", "will", "shall", "must", "should", "is", "are"})
_LONGEST, _NEAR = 30, 5


def author_behind(tree: Tree, noun: int) -> Place | None:
    """Who is told as the author of a plan or a pact behind its noun, where a sentence then tells what it would do.

    Parameters
    ----------
    tree : the paragraph
    noun : the noun for the plan or the pact
    """
    end = tree.sentences[tree.sentence[noun]][1]
    if tree.lemmas[noun] not in _PACTS:
        return None
    reach = range(noun + 1, min(noun + _LONGEST, end))
    modal = next((at for at in reach if tree.words[at] in _MODALS), None)
    commas = [at for at in reach if tree.words[at] == "," and (modal is None or at < modal)]
    if not commas or not _foresees(tree, commas[-1], end):
        return None
    for at in range(noun + 1, commas[-1]):
        made = tree.lemmas[at] in AUTHORING and tree.tags[at] in ("VBD", "VBN", "VBZ", "VBP")
        named = _by_whom(tree, at, commas[-1]) or _who(tree, noun, at) if made else None
        if named is None and tree.lemmas[at] in MAKING and tree.words[at + 1] == "of":
            named = _phrase(tree, at + 2, commas[-1])
        if named is not None:
            return named
    return None


def _foresees(tree: Tree, comma: int, end: int) -> bool:
    """Whether the main clause tells what would or will be."""
    return any(tree.words[at] in ("would", "could", "will", "shall", "must") for at in range(comma + 1, end))


def _by_whom(tree: Tree, verb: int, end: int) -> Place | None:
    """The agent of a participle: "drawn up in secret by two colonels"."""
    by = next((at for at in range(verb + 1, min(verb + _NEAR, end)) if tree.words[at] in ("by", ",")), None)
    return None if by is None or tree.words[by] == "," else _phrase(tree, by + 1, end)


def _who(tree: Tree, noun: int, verb: int) -> Place | None:
    """Who did so in a relative clause: "which the military drew up", "that Mr Odinga has offered"."""
    opens = next((at for at in range(noun + 1, verb) if tree.words[at] in ("that", "which")), noun)
    last = next((at for at in range(verb - 1, opens, -1) if tree.tags[at] not in ("RB", "VBZ", "VBD", "VBP")), opens)
    if last == opens or not somebody(tree, last):
        return None
    start = phrase_at(tree, last)[0]
    return (start, last) if start > opens else None


def _phrase(tree: Tree, start: int, end: int) -> Place | None:
    """The noun phrase that starts at a token, where it names somebody."""
    for at in range(start, end):
        if somebody(tree, at) and phrase_at(tree, at)[0] == start:
            return phrase_at(tree, at)
        if tree.tags[at] in ("IN", ",") or tree.verbal(at):
            return None
    return None
