"""Amounts that a text names in a scale's unit, such as `30-day` or `four regions`. `quantities` is the main name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parley.coding.words import Token, bases
from parley.domain.issue import Scale

__all__ = ["Quantity", "quantities"]

BETWEEN = 2
"""As many words may stand between a number and its unit, as in `four occupied eastern regions`."""
ABOUT = 0.2
"""The share by which an amount `about` something may be more or less."""
SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: float(value) for value, word in enumerate(SMALL)} | {
    word: 10.0 * value for value, word in enumerate(TENS, start=2)
}
MULTIPLES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6}
DAYS = {"day": 1.0, "week": 7.0, "month": 365 / 12, "year": 365.0}
PER_CENT = {"percent", "%"}
LEAST = re.compile(
    r"\b(at least|no less than|not less than|no fewer than|a minimum of|more than|over|beyond|longer than)$"
)
MOST = re.compile(
    r"\b(at most|up to|no more than|not more than|no longer than|a maximum of|less than|fewer than|under)$"
)
NEAR = re.compile(r"\b(about|around|roughly|approximately|some|nearly|almost|close to)$")
OTHER = re.compile(r"\b(by|within|in|after|next|last|past|coming|first|every|before|since|ago)( the| about| some)?$")
"""Before a number, these make it a change, a date or a count of something else: no amount is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount on a scale.

    Attributes
    ----------
    low, mode, high : the amount, in the scale's own unit, within its ends
    places : numbers of its words in the text
    words : how the text says it
    open : whether the words leave one side open, as `at least` does
    """

    low: float
    mode: float
    high: float
    places: tuple[int, ...]
    words: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class _Number:
    value: float
    start: int
    end: int


def quantities(text: Sequence[Token], scale: Scale) -> tuple[Quantity, ...]:
    """The amounts in a text that are in a scale's unit.

    Parameters
    ----------
    text : the words of the text
    scale : the scale; one without a unit has no amounts

    Returns
    -------
    the amounts in order; spans of time are converted into the scale's unit (a month is 365/12 days), and what lies
    beyond an end of the scale is taken as that end
    """
    unit = scale.unit.partition(" of ")[0].lower().split()
    if not unit:
        return ()
    found: list[Quantity] = []
    numbers = _numbers(text)
    for index, number in enumerate(numbers):
        factor = _unit_after(text, number.end, unit)
        if factor is None or (found and number.start <= found[-1].places[-1]):
            continue
        before = numbers[index - 1] if index else None
        ranged = before is not None and _joins(text, before, number)
        first = before if ranged and before is not None else number
        said = " ".join(token.text for token in text[max(0, first.start - 3) : first.start])
        if OTHER.search(said):
            continue
        found.append(_quantity((first.value * factor[0], number.value * factor[0]), said, scale, (first, factor[1])))
    return tuple(
        Quantity(
            low=each.low,
            mode=each.mode,
            high=each.high,
            places=each.places,
            words=" ".join(text[at].text for at in each.places),
            open=each.open,
        )
        for each in found
    )


def _quantity(ends: tuple[float, float], said: str, scale: Scale, where: tuple[_Number, int]) -> Quantity:
    low, high = min(ends), max(ends)
    mode = (low + high) / 2
    is_open = False
    if MOST.search(said):
        low, is_open = scale.low, True
        mode = high
    elif LEAST.search(said):
        high, is_open = scale.high, True
        mode = low
    elif NEAR.search(said):
        low, high = low * (1 - ABOUT), high * (1 + ABOUT)
    low, mode, high = (min(max(value, scale.low), scale.high) for value in (low, mode, high))
    return Quantity(
        low=low,
        mode=mode,
        high=max(mode, high),
        places=tuple(range(where[0].start, where[1] + 1)),
        words="",
        open=is_open,
    )


def _joins(text: Sequence[Token], before: _Number, number: _Number) -> bool:
    """Whether two numbers are the ends of a range: `30 to 60 days`, `between 30 and 60 days`."""
    gap = [token.text for token in text[before.end + 1 : number.start]]
    if gap == ["and"]:
        return before.start > 0 and text[before.start - 1].text == "between"
    return gap in (["to"], ["or"])


def _unit_after(text: Sequence[Token], end: int, unit: Sequence[str]) -> tuple[float, int] | None:
    """The factor to the scale's unit, and the last word of the unit, where the unit follows a number; or None."""
    for at in range(end + 1, min(end + 2 + BETWEEN, len(text))):
        if text[at].sentence != text[end].sentence:
            return None
        factor = _factor(text, at, unit)
        if factor is not None:
            return factor
        if _value(text[at].text) is not None:
            return None
    return None


def _factor(text: Sequence[Token], at: int, unit: Sequence[str]) -> tuple[float, int] | None:
    word = text[at].text
    if unit[:2] == ["per", "cent"] or unit[0] in PER_CENT:
        if word in PER_CENT:
            return 1.0, at
        return (1.0, at + 1) if [token.text for token in text[at : at + 2]] == ["per", "cent"] else None
    wanted = bases(unit[-1])
    if wanted & bases(word):
        return 1.0, at
    theirs, ours = bases(word) & DAYS.keys(), wanted & DAYS.keys()
    return (DAYS[min(theirs)] / DAYS[min(ours)], at) if theirs and ours else None


def _numbers(text: Sequence[Token]) -> list[_Number]:
    """The numbers of a text in digits and in words; `a` and `an` count as one."""
    found = []
    at = 0
    while at < len(text):
        value = _value(text[at].text)
        if value is None:
            at += 1
            continue
        start = at
        while at + 1 < len(text) and text[at + 1].text in MULTIPLES:
            at += 1
            value *= MULTIPLES[text[at].text]
        if text[at].text in TENS and at + 1 < len(text) and 0 < NUMBERS.get(text[at + 1].text, 0) < 10:
            at += 1
            value += NUMBERS[text[at].text]
        found.append(_Number(value, start, at))
        at += 1
    return found


def _value(word: str) -> float | None:
    if word in ("a", "an"):
        return 1.0
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d{1,15}(\.\d+)?", word, re.ASCII):
        return float(word.replace(",", ""))
    return NUMBERS.get(word)
