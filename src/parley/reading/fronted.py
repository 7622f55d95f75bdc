"""The time that stands before the verb above a proposition's own, or before a row of verbs: `told_before`."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from parley.reading.frames import Found
from parley.reading.horizons import horizon

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["told_before"]

Date = datetime.date
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_TIMING = frozenset(("prep", "npadvmod", "advmod", "advcl"))
_IF = frozenset(("if", "unless", "should", "provided"))


def told_before(verb: Token, *, published: Date) -> Found | None:
    """Find the time of a verb that stands before the one that governs it, or before the first of a row of verbs.

    So in *by June it hopes to be done*, *on Monday they will block the road and occupy the depot*; also before words of
    saying, as in *in May, he said, the camp will be closed*.

    Parameters
    ----------
    verb : the infinitive, or the further verb of a row
    published : the day of publication

    Returns
    -------
    a time that is not over when the article is published, with positions among the words before the governing verb;
    None where there is none
    """
    above = verb.head
    if any(child.dep_ == "parataxis" and child.i < verb.i for child in verb.children):
        return _fronted(verb, published, clauses=False)
    if verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
        first = above
        while first.dep_ == "conj":
            first = first.head
        if found := _fronted(first, published):
            return found
    while verb.dep_ == "conj" and above.i != verb.i:
        verb, above = above, above.head
    if verb.dep_ != "xcomp" or above.tag_ not in {"VBZ", "VBP"} or above.left_edge.i >= above.i:
        return None
    return _fronted(above, published)


def _fronted(above: Token, published: Date, *, clauses: bool = True) -> Found | None:
    """The time that stands before the subject of a verb, if it is not over."""
    timing = [
        each
        for each in above.children
        if each.dep_ in _TIMING and (each.dep_ != "advcl" or clauses and not _conditional(each))
    ]
    first = min((each.left_edge.i for each in timing), default=above.i)
    subject = next(
        (each.left_edge.i for each in above.children if each.dep_ in _SUBJECTS and each.i < above.i), above.i
    )
    before = list(above.doc[first:subject])
    found = horizon(before, published=published) if before else None
    return found if found and found.earliest and found.earliest >= published else None


def _conditional(clause: Token) -> bool:
    """Whether a clause is a condition, whose time is not that of what hangs on it."""
    return any(child.lower_ in _IF for child in clause.children if child.dep_ in ("mark", "aux"))
