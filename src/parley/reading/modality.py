"""A proposition's main predicate: by which modal it is coloured (`modality`), and whether it is denied (`negated`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from parley.domain.statement import Modality
from parley.reading.time_words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["denied_by", "main_predicate", "modality", "negated", "top"]

_MODALS: dict[str, Modality] = {
    "must": "must", "should": "should", "ought": "should", "will": "will", "'ll": "will", "wo": "will", "shall": "will",
    "sha": "will", "can": "can", "ca": "can", "could": "can", "may": "may", "might": "may", "would": "would",
}  # fmt: skip
_HAVE_TO = {"have", "need"}
_JUDGED = word_set(
    """likely unlikely probable improbable possible impossible certain sure bound doubtful set poised expected able
    clear plain obvious evident
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
    ("on", "account"),
}
_BEFORE_MORE = {"fewer", "less", "more", "doubt", "sooner", "later", "wonder"}
_EXCEPT = {"but", "except", "short", "less", "more", "other"}
_LEFT_TO_HEDGE = word_set("likely unlikely probable improbable possible impossible certain doubtful conceivable sure")
_FRAMES = word_set("think believe suspect expect suppose imagine guess reckon doubt")
_DENYING = word_set("deny denial disclaim disavow refute")
_THINKING = word_set("think believe")
_DISMISSING = word_set("reject dismiss dispute rebuff scotch rubbish")
_CLAIMS = word_set("report claim suggestion rumour rumor accusation allegation charge notion idea speculation")
_FARTHEST = 12
_IF = word_set("provided providing assuming supposing given granted")
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
    if predicate.lemma_ in _FRAMES and any(child.lower_ in {"i", "we"} for child in predicate.children):
        words = [predicate]
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
    if predicate.lower_ in _IF:
        predicate = next((child for child in predicate.children if child.dep_ in {*_CLAUSES, "pcomp"}), predicate)
    count = _denials(predicate, inside)
    if predicate.lemma_ == "have" and any(child.lower_ == "yet" for child in predicate.children):
        count += _has_infinitive(predicate)
    if predicate.lemma_ == "fail" and _has_infinitive(predicate):
        complement = next(child for child in predicate.children if child.dep_ == "xcomp")
        count += 1 + _denials(complement, inside)
    above = predicate.head
    if above.i in inside and above.text.lower() == "going" and predicate.dep_ == "xcomp":
        count += _denials(above, inside)
    return count % 2 == 1


def denied_by(cue: Sequence[Token], verb: Token, tokens: Sequence[Token] = ()) -> bool:
    """Whether the words that attribute a proposition say that it is not so: *denies that*, *rejected reports that*.

    Parameters
    ----------
    cue : the words that attribute it
    verb : its head, which has to depend on them: what is quoted beside *he denied it* is not denied
    tokens : its tokens, which may begin with the *reports* that are rejected
    """
    for word in cue:
        at = verb
        for _ in range(_FARTHEST):
            if at.i == word.i or at.head.i == at.i:
                break
            at = at.head
        if at.i == word.i and word.lemma_.lower() in _THINKING:
            return any(child.dep_ == "neg" for child in word.children)
        claims = any(each.lemma_.lower() in _CLAIMS for each in (*cue, *tokens[:3]))
        if at.i == word.i and (word.lemma_.lower() in _DENYING or claims and word.lemma_.lower() in _DISMISSING):
            return not any(child.dep_ == "neg" or child.lower_ == "no" for child in word.children)
    return False


def _denials(predicate: Token, inside: set[int]) -> int:
    if predicate.lemma_ in {"rule", "exclude", "doubt"} and _rules_out(predicate) or _judged_by_hedge(predicate):
        return 0
    count = 0
    for child in predicate.children:
        if child.i not in inside:
            continue
        small = child.text.lower().replace("’", "'")
        adverb = small in _NEGATIVE_ADVERBS and child.dep_ in {"advmod", "preconj"}
        if child.dep_ == "neg" or adverb or small in {"n't", "nor"} and _denies_from(child, predicate):
            count += not _only(child)
        elif child.dep_ in {"aux", "auxpass"}:
            count += any(each.dep_ == "neg" and each.i in inside for each in child.children)
        elif child.dep_ in _ARGUMENTS:
            count += _denied(child, small)
        elif child.dep_ == "prep":
            nouns = (each for each in child.children if _says_no(each))
            count += any((small, each.text.lower()) in _NEGATIVE_PHRASES for each in nouns)
        elif small == "longer":
            count += _says_no(child)
    return count


def _denies_from(word: Token, predicate: Token) -> bool:
    """Whether an *n't* cut off from its verb, or a *nor* before it, denies it: *nor will they sign*, *they can't*."""
    return word.lower_ != "nor" or word.i < predicate.i and word.dep_ == "cc"


def _rules_out(predicate: Token) -> bool:
    """Whether a verb that itself excludes speaks of a possibility: *rule* does where *out* follows."""
    return predicate.lemma_ != "rule" or any(child.lower_ == "out" for child in predicate.children)


def _judged_by_hedge(predicate: Token) -> bool:
    """Whether *not* belongs to a hedge, as in *the deal is not unlikely*."""
    return predicate.lemma_ == "be" and any(
        child.dep_ == "acomp" and child.lower_ in _LEFT_TO_HEDGE for child in predicate.children
    )


def _says_no(word: Token) -> bool:
    return any(child.text.lower() == "no" for child in word.children)


def _only(word: Token) -> bool:
    """Whether it is the *not* of *not only*."""
    return word.i + 1 < len(word.doc) and word.doc[word.i + 1].text.lower() in {
        "only",
        "just",
        "merely",
        "least",
        "but",
    }


def _denied(argument: Token, small: str) -> bool:
    following = argument.doc[argument.i + 1].lower_ if argument.i + 1 < len(argument.doc) else ""
    if small in _NEGATIVE_SUBJECTS:
        return following not in _EXCEPT
    if argument.lemma_ in _ODDS:
        return False
    for word in argument.children:
        denies = word.lower_ in _NEGATIVE_DETERMINERS and word.dep_ in {"det", "neg", "advmod", "preconj", "cc"}
        if word.i < argument.i and (denies or word.dep_ == "neg"):
            return argument.doc[word.i + 1].lower_ not in _BEFORE_MORE
    return False
