"""A proposition's main predicate: by which modal it is coloured (`modality`), and whether it is denied (`negated`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from parley.domain.statement import Modality
from parley.reading.time_words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["main_predicate", "modality", "negated", "top"]

_MODALS: dict[str, Modality] = {
    "must": "must", "should": "should", "ought": "should", "will": "will", "'ll": "will", "wo": "will", "shall": "will",
    "sha": "will", "can": "can", "ca": "can", "could": "can", "may": "may", "might": "may", "would": "would",
}  # fmt: skip
_HAVE_TO = {"have", "need"}
_JUDGED = word_set(
    """likely unlikely probable improbable possible impossible certain sure bound doubtful set poised expected able
    ready     unsure     conceivable inconceivable"""
)
_ODDS = word_set("doubt chance question likelihood prospect possibility probability way hope risk danger odds")
_NEGATIVE_ADVERBS = {"never", "neither", "nor", "nowhere"}
_NEGATIVE_SUBJECTS = {"nobody", "none", "nothing", "neither"}
_NEGATIVE_DETERMINERS = {"no", "neither"}
_ARGUMENTS = {"nsubj", "nsubjpass", "dobj", "attr", "csubj", "expl"}
_NEGATIVE_PHRASES = {
    ("in", "way"),
    ("under", "circumstances"),
    ("by", "means"),
    ("at", "time"),
    ("in", "case"),
    ("at", "point"),
}
_CLAUSES = {"xcomp", "ccomp", "csubj", "acl"}
_DEEPEST = 4


def top(tokens: Sequence[Token]) -> Token | None:
    """The token that the others hang on: the first verb, else the first token, whose head is not among them."""
    inside = {token.i for token in tokens}
    roots = [
        token for token in tokens if (token.head.i == token.i or token.head.i not in inside) and not token.is_punct
    ]
    return next((root for root in roots if root.pos_ in {"VERB", "AUX"}), roots[0] if roots else None)


def main_predicate(tokens: Sequence[Token]) -> Token | None:
    """The verb, or the copula, of the main clause; that of the clause judged in *it is likely that they will leave*.

    Parameters
    ----------
    tokens : the proposition's tokens, in order
    """
    at = top(tokens)
    inside = {token.i for token in tokens}
    for _ in range(_DEEPEST):
        inner = None if at is None else _judged_clause(at)
        if inner is None or inner.i not in inside:
            return at
        at = inner
    return at


def _judged_clause(predicate: Token) -> Token | None:
    """The clause of which a predicate such as *is likely*, *is expected* or *is going* only says how it stands."""
    if predicate.lemma_ == "be":
        words = [
            child
            for child in predicate.children
            if child.dep_ in {"acomp", "attr", "nsubj"} and (child.text.lower() in _JUDGED or child.lemma_ in _ODDS)
        ]
    else:
        judged = predicate.text.lower() in {
            *_JUDGED,
            "going",
            "seems",
            "appears",
            "seem",
            "appear",
            "seemed",
            "appeared",
        }
        words = [predicate] if judged else []
    clauses = (child for word in (*words, *([predicate] if words else [])) for child in word.children)
    return next((each for each in clauses if each.dep_ in _CLAUSES and each.pos_ in {"VERB", "AUX"}), None)


def modality(tokens: Sequence[Token]) -> Modality | None:
    """The modal of a proposition's main predicate.

    Parameters
    ----------
    tokens : the proposition's tokens, in order

    Returns
    -------
    the modal; *could* counts as can, *might* as may, *shall* and *going to* as will, *ought to* as should, and *have
    to* and *need to* as must; None where there is none
    """
    at, inner = top(tokens), main_predicate(tokens)
    inside = {token.i for token in tokens}
    for predicate in [inner] if at is inner else [inner, at]:
        if predicate is None:
            continue
        for child in predicate.children:
            if child.i in inside and child.dep_ in {"aux", "auxpass"} and child.i < predicate.i + 3:
                if found := _MODALS.get(child.text.lower().replace("’", "'")):
                    return found
                if child.lemma_ == "'d":
                    return "would"
        if predicate.lemma_ in _HAVE_TO and _has_infinitive(predicate):
            return "must"
        if predicate.text.lower() == "going" and _has_infinitive(predicate):
            return "will"
        if predicate.lemma_ == "ought":
            return "should"
    return None


def _has_infinitive(predicate: Token) -> bool:
    return any(
        child.dep_ == "xcomp" and any(each.tag_ == "TO" and each.i < child.i for each in child.children)
        for child in predicate.children
    )


def negated(tokens: Sequence[Token], head: Token | None = None) -> bool:
    """Whether a proposition's main predicate is denied.

    Two denials cancel each other (*nobody will not go*). *Fail to* denies what follows it. Denial that belongs to a
    hedge, as in *not likely to go*, is left to the hedge; refusing and ruling out are kinds of statement, and deny
    nothing.

    Parameters
    ----------
    tokens : the proposition's tokens, in order
    head : its main predicate; found where it is not given
    """
    predicate = head if head is not None else main_predicate(tokens)
    if predicate is None:
        return False
    inside = {token.i for token in tokens}
    count = _denials(predicate, inside)
    if predicate.lemma_ == "fail" and _has_infinitive(predicate):
        complement = next(child for child in predicate.children if child.dep_ == "xcomp")
        count += 1 + _denials(complement, inside)
    above = predicate.head
    if above.i in inside and above.text.lower() == "going" and predicate.dep_ == "xcomp":
        count += _denials(above, inside)
    return count % 2 == 1


def _denials(predicate: Token, inside: set[int]) -> int:
    if predicate.lemma_ in {"rule", "exclude"}:
        return 0
    count = 0
    for child in predicate.children:
        if child.i not in inside:
            continue
        small = child.text.lower().replace("’", "'")
        if child.dep_ == "neg" or small in _NEGATIVE_ADVERBS and child.dep_ in {"advmod", "preconj"}:
            count += not _only(child)
        elif child.dep_ in _ARGUMENTS:
            count += _denied(child, small)
        elif child.dep_ == "prep":
            nouns = (each for each in child.children if _says_no(each))
            count += any((small, each.text.lower()) in _NEGATIVE_PHRASES for each in nouns)
        elif small == "longer":
            count += _says_no(child)
    return count


def _says_no(word: Token) -> bool:
    return any(child.text.lower() == "no" for child in word.children)


def _only(word: Token) -> bool:
    """Whether it is the *not* of *not only*."""
    return word.i + 1 < len(word.doc) and word.doc[word.i + 1].text.lower() in {"only", "just", "merely", "least"}


def _denied(argument: Token, small: str) -> bool:
    return (
        small in _NEGATIVE_SUBJECTS
        or argument.lemma_ not in _ODDS
        and any(
            word.dep_ in {"det", "neg", "advmod"} and word.text.lower() in _NEGATIVE_DETERMINERS
            for word in argument.children
        )
    )
