"""The words around a time that make it a deadline, a bound, a length or nothing. `mentions_time` is the main name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.feasts import FEASTS
from parley.reading.time_words import DAYS, MONTHS, NUMBERS, ORDINALS, PLURALS, UNITS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = [
    "AT_ONCE", "BOUNDS", "COUNTING", "EVENTS", "LOOKING_BACK", "NOT_FROM_NOW", "SUPERLATIVE", "UNDATED", "WITHIN",
    "mentions_time", "starts_of_times",
]  # fmt: skip

_IN_NAMES = word_set(
    """day eve all st of good al king women president presidents labor labour chinese islamic
    bank august of the international high burns black moon three kings dead lady semester term dragon boat
    fat rose hari prophet"""
)
_TRIGGERS = (
    set(UNITS)
    | set(PLURALS)
    | {name for name in MONTHS if len(name) > 3}
    | set(DAYS)
    | word_set(
        "spring summer autumn fall winter today tonight tomorrow yesterday midnight noon "
        "morning afternoon evening night"
    )
    | word_set(
        "immediate immediately once soon sooner shortly delay away future long prior ahead before until possible due"
    )
    | word_set(
        "forthwith new overnight dawn daybreak sunrise nightfall sunset sundown dusk midday close light breakfast"
    )
    | {word for name in FEASTS for word in name.split() if word not in _IN_NAMES}
    | set(list(ORDINALS)[3:20])
)
_MENTION = re.compile(
    rf"\b(?:{'|'.join(sorted(_TRIGGERS))})\b|\b(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b|(?:19|20)[0-9]{{2}}"
    r"|\b[0-9]{1,2}([./])[0-9]{1,2}\1[0-9]{2}\b|\b[qh][1-4]\b|\b[0-9]{1,2}(?:st|nd|rd|th)\b"
    r"|\bnow on\b|\b(?:[0-9]{1,2} ?)?[ap]\.?m\b",
    re.IGNORECASE,
)


def mentions_time(tokens: Sequence[Token]) -> bool:
    """Whether there is any word among the tokens that a time is made of; most propositions hold none."""
    return _MENTION.search(" ".join([token.text for token in tokens]).replace("’", "'")) is not None


def starts_of_times(words: Sequence[str]) -> list[int]:
    """Places at which a time may start: a word that can open one, with a word that times are made of close behind.

    Parameters
    ----------
    words : words in small letters
    """
    found = []
    core = len(words) + _REACH
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word in _CORE or _YEAR_OR_QUARTER.search(word):
            core = at
        if core - at <= _REACH and (word in _OPENERS or word[0].isdigit() or core == at):
            found.append(at)
    return found[::-1]


BOUNDS: dict[tuple[str, ...], tuple[HorizonKind, str]] = {
    ("no", "later", "than"): ("by", "by"), ("not", "later", "than"): ("by", "by"), ("by",): ("by", "by"),
    ("not", "before"): ("from", "from"), ("not", "until"): ("from", "from"),
    ("not", "until", "after"): ("from", "after"),
    ("no", "earlier", "than"): ("from", "from"), ("no", "sooner", "than"): ("from", "from"),
    ("not", "earlier", "than"): ("from", "from"), ("by", "about"): ("by", "by"),
    ("by", "around"): ("by", "by"), ("by", "at"): ("by", "by"),
    ("on", "or", "before"): ("by", "by"), ("as", "late", "as"): ("by", "by"), ("by", "the", "time"): ("by", "before"),
    ("ahead", "of"): ("by", "before"), ("prior", "to"): ("by", "before"), ("before",): ("by", "before"),
    ("this", "side", "of"): ("by", "before"), ("in", "time", "for"): ("by", "before"),
    ("on", "or", "after"): ("from", "from"),
    ("up", "to", "and", "including"): ("until", "through"),
    ("up", "to"): ("until", "until"), ("up", "until"): ("until", "until"), ("until",): ("until", "until"),
    ("till",): ("until", "until"), ("until", "at"): ("until", "until"), ("until", "after"): ("until", "through"),
    ("until", "at", "least"): ("until", "until"), ("at", "least", "until"): ("until", "until"),
    ("through",): ("until", "through"), ("until", "at", "least", "after"): ("until", "through"),
    ("at", "least", "until", "after"): ("until", "through"),
    ("as", "of"): ("from", "from"), ("as", "from"): ("from", "from"), ("from",): ("from", "from"),
    ("starting",): ("from", "from"), ("starting", "from"): ("from", "from"), ("starting", "in"): ("from", "from"),
    ("starting", "on"): ("from", "from"), ("beginning",): ("from", "from"), ("beginning", "in"): ("from", "from"),
    ("beginning", "on"): ("from", "from"), ("effective",): ("from", "from"),
    ("since",): ("from", "since"), ("after",): ("from", "after"),
}  # fmt: skip
"""Words that bound a time: the kind of horizon, and which side of the period is meant."""

WITHIN = word_set("in on during over at throughout towards toward around about for come within into")
"""Prepositions that place something in a period."""

EVENTS = word_set(
    """summit summits election elections vote votes talks meeting inauguration conference referendum ballot poll polls
    ceasefire truce negotiations signing visit handover deadline ceremony congress assembly hearing trial session
    gathering offensive
    harvest match olympics games census round withdrawal peace war deal agreement treaty
    vacation holidays holiday recess anniversary festival opening launch expiry expiration primary primaries runoff
    convention hearings plebiscite by-election"""
)
"""Events that bound a time without telling its date."""

UNDATED = tuple(
    tuple(phrase.split())
    for phrase in (
        "as soon as possible", "as quickly as possible", "as early as possible", "as fast as possible",
        "as soon as practicable", "in the near future", "in the foreseeable future", "before long", "in due course",
        "sooner rather than later", "soon", "shortly",
    )
)  # fmt: skip
"""Phrases that speak of a time and give none."""

AT_ONCE = tuple(
    tuple(phrase.split())
    for phrase in (
        "with immediate effect", "without further delay", "without delay", "right away", "straight away", "at once",
        "immediately", "forthwith",
    )
)  # fmt: skip
"""Phrases that press, and give no date either; after a verb of the past, or before *after*, they do not even press."""

NOT_FROM_NOW = word_set("of after following before from since")
"""What makes *within six weeks* begin at another event than publication."""

LOOKING_BACK = word_set("ago earlier later old long afterwards afterward before previously apart")
"""What makes an amount of time a length, or one told from another event."""

SUPERLATIVE = word_set("first worst best most biggest largest heaviest deadliest lowest highest only once least")
"""What makes *in three years* look back: *the first talks in three years*."""

COUNTING = frozenset(list(ORDINALS)[1:20])
"""What makes it look back beside *is*: *it is the second strike in six weeks*."""

_REACH = 9
_YEAR_OR_QUARTER = re.compile(r"(?:19|20)[0-9]{2}|^[qh][1-4]$|^[0-9]{1,2}(?:st|nd|rd|th|[./][0-9]{1,2}[./][0-9]{2})$")
_CORE = _TRIGGERS | set(MONTHS) | EVENTS | word_set("/ half now a.m p.m pm")
_OPENERS = (
    WITHIN
    | {bound[0] for bound in BOUNDS}
    | {phrase[0] for phrase in (*UNDATED, *AT_ONCE)}
    | set(NUMBERS)
    | word_set(
        "between with the these this next last coming current present all what"
        " early late mid up no not less more at inside later under fewer final opening closing beyond past"
    )
    | word_set(
        "to about around roughly nearly almost approximately another just maybe perhaps only first second third fourth"
    )
)
