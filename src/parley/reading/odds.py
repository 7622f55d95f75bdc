"""Chances that a speaker puts in numbers. `stated_odds` is the main name.

One number stands for itself and five hundredths on either side, a convention of our own; two numbers for what lies
between them.
"""

from __future__ import annotations

import re

from parley.reading.time_words import NUMBERS

__all__ = ["WIDTH", "stated_odds"]

WIDTH = 0.05
"""How far the range reaches on either side of one stated number."""

_WORD = "|".join(sorted((word for word in NUMBERS if word not in {"a", "an", "some", "half"}), key=len, reverse=True))
_N = rf"(?:\d{{1,3}}(?:\.\d+)?|(?:{_WORD})(?: ?- ?(?:one|two|three|four|five|six|seven|eight|nine))?)"
_PERCENT = r"(?: ?- ?| )?(?:%|per ?- ?cent|per cent|percent)"
_CHANCE = r"(?:chance|probability|likelihood|odds|risk)"
_NOUN = r"(?:chances?|probability|likelihood|odds|possibility|certain(?:ty)?|sure|confident|likely|risk)"
_SECOND = rf"(?: ?(?:-|–|to|or) ?({_N}))?"
_OUT_OF = r"(?: ?- ?| )(?:in|out of)(?: ?- ?| )"
_AGAINST = r" ?(?:-|–|to|- to -) ?"
_BEFORE = re.compile(rf"\b({_N})(?:{_PERCENT})?{_SECOND}{_PERCENT} (?:- )?(?:\w+ )?{_NOUN}\b")
_AFTER = re.compile(
    rf"\b{_NOUN} (?:[a-z']+ ){{0,6}}?(?:(?:of|at|is|as|about|around|roughly) )*({_N})(?:{_PERCENT})?{_SECOND}{_PERCENT}"
)
_IN = re.compile(
    rf"\b({_N}){_OUT_OF}({_N}) (?:\w+ )?{_CHANCE}|{_NOUN} (?:\w+ ){{0,6}}?({_N}){_OUT_OF}({_N})\b"
    rf"|\b({_N}) (?:\w+ )?{_CHANCE}s?{_OUT_OF}({_N})\b"
)
_TO = re.compile(
    rf"\b({_N}){_AGAINST}({_N})(?= (?:odds|chance|against|on\b|in favou?r|shot|that))"
    rf"|\bodds (?:\w+ ){{0,4}}?({_N}){_AGAINST}({_N})"
)
_FOR = re.compile(r"^ (?:on\b|in favou?r|that)|^ odds (?:on|in favou?r)")
_TRIGGER = re.compile(r"chance|probab|likel|odds|possib|certain|sure|confident|risk|against|favou?r|shot| that")


def stated_odds(text: str) -> tuple[float, float, int, int] | None:
    """Find a chance that is stated in numbers.

    *Two to one* is two against one, as a bookmaker says it, unless *on*, *that* or *in favour* follows.

    Parameters
    ----------
    text : words in small letters with a space between them

    Returns
    -------
    lowest and highest probability, 0..1, and where the words start and end; None where no chance is stated
    """
    if not _TRIGGER.search(text):
        return None
    for pattern in (_BEFORE, _AFTER):
        if (found := pattern.search(text)) and (share := _shares(found[1], found[2])):
            return (*share, found.start(), found.end())
    if found := _IN.search(text):
        part, whole = (_value(found[1] or found[3] or found[5]), _value(found[2] or found[4] or found[6]))
        if 0 <= part <= whole and whole > 0:
            return (*_around(part / whole), found.start(), found.end())
    if found := _TO.search(text):
        left, right = (_value(found[1] or found[3]), _value(found[2] or found[4]))
        if left != right:
            ahead = _FOR.match(text[found.end() :])
            return (*_around((left if ahead else right) / (left + right)), found.start(), found.end())
    return None


def _shares(one: str, other: str | None) -> tuple[float, float] | None:
    low = _value(one) / 100
    high = _value(other) / 100 if other else low
    if not 0 <= low <= high <= 1:
        return None
    return (low, high) if other and low < high else _around(low)


def _around(share: float) -> tuple[float, float]:
    return round(max(share - WIDTH, 0.0), 4), round(min(share + WIDTH, 1.0), 4)


def _value(words: str) -> float:
    if words[0].isdigit():
        return float(words)
    pieces = [piece for piece in re.split(r"[ -]+", words) if piece]
    return sum(NUMBERS[piece][0] for piece in pieces)
