"""The words that times are made of: numbers, units, months and days, and what a run of tokens says in small letters.

Conventions of our own: a couple is 2, a few are 3 to 5, several 3 to 7, a handful 3 to 6, a dozen 12, dozens 24 to 96.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["DAYS", "MONTHS", "NUMBERS", "ORDINALS", "PLURALS", "UNITS", "VAGUE", "word_set", "words_of"]


def word_set(words: str) -> frozenset[str]:
    """The set of the words of a text."""
    return frozenset(words.split())


_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items() if name != "may"} | {"sept": 9}
"""Months by name and by their usual short form, without its full stop."""

DAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
"""Days of the week, Monday 0."""

UNITS = {unit: unit for unit in word_set("hour day week weekend fortnight month quarter year decade")}
UNITS |= {"minute": "minute", "century": "century"}
PLURALS = {f"{unit}s": unit for unit in UNITS if unit != "century"} | {"centuries": "century"}
"""Units of time in the plural."""

VAGUE = {
    "minute": (0, "day"), "hour": (1, "day"), "day": (7, "day"), "week": (6, "week"), "weekend": (6, "week"),
    "fortnight": (12, "week"), "month": (6, "month"), "quarter": (12, "month"), "year": (5, "year"),
    "decade": (3, "decade"),
    "century": (3, "century"),
}  # fmt: skip
"""How far *in the coming weeks* and the like reach at most; conventions of our own."""

_ONES = (
    "one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS: dict[str, tuple[float, float]] = {name: (number, number) for number, name in enumerate(_ONES.split(), 1)}
NUMBERS |= {name: (10 * number, 10 * number) for number, name in enumerate(_TENS.split(), 2)}
NUMBERS |= {
    "a": (1, 1), "an": (1, 1), "couple": (2, 2), "few": (3, 5), "several": (3, 7), "handful": (3, 6), "dozen": (12, 12),
    "dozens": (24, 96), "hundred": (100, 100), "some": (3, 7), "half": (0.5, 0.5),
}  # fmt: skip
"""Number words, each as least and greatest."""

_FIRSTS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {name: number for number, name in enumerate(_FIRSTS.split(), 1)} | {"thirtieth": 30}
ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
"""Ordinal numbers of one word."""

_CASED = frozenset(("may", "march", "august", "mar", "jan", "dec", "nov", "oct", "jun", "jul", "aug", "sep"))
_CASED |= word_set("lent assumption ascension epiphany tet")
_HALVED = word_set("midweek midyear midmonth")
_DASH = re.compile(r"([-\u2010-\u2015/])")


def words_of(tokens: Sequence[Token]) -> tuple[list[str], list[int]]:
    """The words of a run of tokens in small letters, cut at hyphens, each with the position of its token in the run.

    A bar stands where tokens are left out, and for a small word that is a month or a feast only with a capital.

    Parameters
    ----------
    tokens : tokens of one document, in order

    Returns
    -------
    the words, and for each the index of its token in `tokens`
    """
    words: list[str] = []
    places: list[int] = []
    before = None
    for place, token in enumerate(tokens):
        text = token.text
        if before is not None and token.i != before + 1:
            words.append("|")
            places.append(place)
        before = token.i
        if text.isspace():
            continue
        small = text.lower().replace("’", "'")
        small = small.rstrip(".") or small
        if small in _CASED and not text[0].isupper():
            small = "|"
        if small in _HALVED:
            words += ["mid", "-", small.removeprefix("mid")]
            places += [place] * 3
            continue
        if small.isalnum():
            words.append(small)
            places.append(place)
            continue
        for piece in filter(None, _DASH.split(small)):
            words.append("-" if _DASH.fullmatch(piece) and piece != "/" else piece)
            places.append(place)
    return words, places
