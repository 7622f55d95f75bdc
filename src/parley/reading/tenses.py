"""Whether a word's verb looks ahead or back, from its tense. `direction_at` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from parley.reading.time_words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "ARRANGING",
    "GIVING",
    "GRANTING",
    "SAYING",
    "SETTING",
    "arranged",
    "denied",
    "direction_at",
    "governor",
    "habitual",
    "has_been",
    "lasting",
    "tells_when_done",
    "when_said",
]

_AHEAD = {
    "will",
    "'ll",
    "’ll",
    "wo",
    "shall",
    "would",
    "may",
    "might",
    "could",
    "should",
    "must",
    "can",
    "ca",
    "to",
    "going",
    "gonna",
}
_FARTHEST = 15
SAYING = word_set(
    """say tell announce warn add note report state declare insist claim argue suggest write tweet explain confirm deny
    admit acknowledge reveal comment reply respond concede stress reiterate urge call demand predict believe
    think repeat remark"""
)
"""Verbs of saying and thinking, by lemma, whose own time is no horizon of what is said."""

ARRANGING = word_set(
    """announce plan threaten call propose order schedule set fix invite summon convene postpone adjourn offer promise
    demand pledge vow request slate book expect prepare agree propose"""
)
"""Verbs of what is arranged for later, by lemma: *they announced a strike from Friday*."""
GRANTING = word_set("have give grant allow get set leave offer")
"""Verbs of having or giving time, by lemma: *they have until Friday*, *were given two days to leave*."""
GIVING = word_set("have give grant allow")
"""Verbs that give time even where nothing tells what for, by lemma: *they have a fortnight*."""
SETTING = word_set("issue impose deliver face receive")
"""Verbs of setting or facing a deadline, by lemma."""
_NEAR_BEFORE = 7
_NOUNS_IN_ED = word_set("need seed deed feed speed breed greed shed bed weed steed creed moped")
_GOVERNED = frozenset(("xcomp", "acomp"))
_LONGEST_CHAIN = 4
_NOT = word_set("not n't n’t never")
_AWAY = word_set("back home ahead away out down off")
_MANDATING = word_set("demand propose suggest insist recommend request urge ask require")
_LETTING = word_set("let make see hear watch help have")
_LASTING = word_set("last stay wait sit remain hold survive endure live continue stand keep go serve stick hang")
_OF_DEEDS = word_set(
    "accuse suspect convict acquit blame criticise criticize condemn praise thank punish apologise apologize"
)
_OWNING_UP = word_set("admit deny regret recall remember")
_HABIT = word_set(
    "always usually often normally traditionally typically generally regularly rarely seldom sometimes annually"
)


def arranged(token: Token, verbs: frozenset[str]) -> bool:
    """Whether the nearest verb above a token is one of some verbs, by lemma."""
    verb = governor(token)
    return verb is not None and verb.lemma_.lower() in verbs


def habitual(token: Token) -> bool:
    """Whether the verb above a token tells what happens again and again: *he always resigns in September*."""
    verb = governor(token)
    return verb is not None and any(child.lower_ in _HABIT for child in verb.children)


def has_been(token: Token) -> bool:
    """Whether the verb above a token is in the present perfect: *has changed*."""
    verb = governor(token)
    return verb is not None and any(
        child.lemma_ == "have" and child.tag_ in {"VBZ", "VBP"} and child.dep_ == "aux" for child in verb.children
    )


def denied(token: Token) -> bool:
    """Whether *not* stands with the verb above a token, or with what governs that: *not expected to rule*."""
    verb = governor(token)
    chain = [] if verb is None else [verb]
    while chain and chain[-1].dep_ in _GOVERNED and len(chain) < _LONGEST_CHAIN:
        chain.append(chain[-1].head)
    return any(child.dep_ == "neg" and child.lower_ in _NOT for each in chain for child in each.children)


def tells_when_done(token: Token) -> bool:
    """Whether a time tells when something else was done: *the decree imposed in May*, *in May, when guns were sold*.

    Parameters
    ----------
    token : the first token of the time
    """
    named = next((child for child in token.children if child.dep_ == "pobj"), token)
    if any(child.dep_ == "relcl" and direction_at(child) == "past" for child in named.children):
        return True
    verb = governor(token)
    for place in range(token.i - 1, max(-1, token.i - _NEAR_BEFORE), -1):
        before = token.doc[place]
        if before.is_punct or before.pos_ in {"VERB", "AUX"} and before.dep_ != "acl":
            return False
        mistaken = place == token.i - 1 and before.tag_ == "NN" and before.lower_.endswith("ed")
        mistaken = mistaken and before.lower_ not in _NOUNS_IN_ED
        between = before.dep_ == "acl" and before.tag_ == "VBN" and verb is not None and token.i < verb.i
        if mistaken or between:
            return True
    return False


def lasting(token: Token) -> bool:
    """Whether the verb above a token tells of a state that lasts: *stay*, *wait*."""
    verb = governor(token)
    moves = verb is not None and any(child.lower_ in _AWAY for child in verb.children)
    return arranged(token, _LASTING) and not moves


def governor(token: Token) -> Token | None:
    """The nearest verb or auxiliary above a token; None where there is none."""
    at = token
    for _ in range(_FARTHEST):
        if at.pos_ in {"VERB", "AUX"} and at.dep_ not in {"aux", "auxpass", "amod"}:
            return at
        if at.head.i == at.i:
            return None
        at = at.head
    return None


def direction_at(token: Token) -> Literal["future", "past"] | None:
    """Whether the verb that a token depends on speaks of what is to come or of what has been.

    Parameters
    ----------
    token : any token of a parsed text

    Returns
    -------
    `future` for modals, infinitives and the present (*talks begin on Tuesday*); `past` for past and perfect; None
    without a verb
    """
    verb = governor(token)
    if verb is None:
        return None
    if verb.tag_ == "VBG" and _is_deed(verb):
        return "past"
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    bare = verb.tag_ == "VB" and not helpers and verb.dep_ in {"ccomp", "xcomp"}
    if bare and verb.head.lemma_ in _LETTING and verb.head.i < verb.i and not _mandated(verb.head):
        return direction_at(verb.head)
    if any(helper.text.lower() in _AHEAD for helper in helpers):
        finite = next((helper for helper in helpers if helper.tag_ == "MD"), None)
        perfect = any(helper.text.lower() == "have" for helper in helpers)
        if perfect and verb.dep_ == "xcomp" and verb.head.tag_ == "VBD" and verb.head.lemma_ == "be":
            return "past"
        return (
            "past"
            if perfect and finite is not None and finite.text.lower() in {"would", "could", "might", "must", "should"}
            else "future"
        )
    if any(helper.tag_ == "VB" and helper.lemma_ == "be" for helper in helpers):
        return "future"
    if any(helper.tag_ in {"VBD", "VBN"} or helper.lemma_ == "have" for helper in helpers):
        ongoing = verb.tag_ == "VBG" and not any(helper.lemma_ == "have" for helper in helpers)
        return "future" if ongoing and any(child.dep_ == "xcomp" for child in verb.children) else "past"
    if verb.tag_ in {"VBD", "VBN"} and not any(helper.tag_ in {"VBZ", "VBP"} for helper in helpers):
        return "past"
    return "future"


def _mandated(verb: Token) -> bool:
    """Whether a verb tells what is asked for, so that its form tells no time: *demanded that he let them go*."""
    marked = any(child.dep_ == "mark" for child in verb.children)
    return marked or verb.head.lemma_ in _MANDATING


def _is_deed(verb: Token) -> bool:
    """Whether somebody is accused of it, thanked for it or owns up to it: *accused them of loading trucks in June*."""
    above = verb.head.head if verb.dep_ == "pcomp" else verb.head
    return verb.dep_ in {"pcomp", "xcomp"} and above.lemma_ in (_OF_DEEDS if verb.dep_ == "pcomp" else _OWNING_UP)


def when_said(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a time tells when something is said.

    Its verb is then one of saying that stands outside the tokens or has a clause of its own.

    Parameters
    ----------
    token : first token of the time
    tokens : the proposition's tokens
    """
    verb = governor(token)
    if verb is None or verb.lemma_.lower() not in SAYING or direction_at(token) == "future":
        return False
    outside = not tokens[0].i <= verb.i <= tokens[-1].i or all(each.i != verb.i for each in tokens)
    return outside or verb.dep_ in {"parataxis"} or any(child.dep_ in {"ccomp", "parataxis"} for child in verb.children)
