"""Amounts of time, such as *the next three to four months*. `AmountGrammar` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from parley.reading.time_words import NUMBERS, PLURALS, UNITS, word_set

__all__ = ["Amount", "AmountGrammar", "Words"]

_ABOUT = word_set("about around roughly nearly almost approximately another just maybe perhaps some only")
_LIMITS = {
    ("at", "least"): False, ("more", "than"): False, ("at", "most"): True, ("up", "to"): True, ("less", "than"): True,
    ("no", "more", "than"): True, ("not", "more", "than"): True, ("fewer", "than"): True, ("under",): True,
}  # fmt: skip
_OR_MORE = {"so": 0, "two": 1}
_OR_LESS = word_set("less fewer sooner under")
_LONGEST_NUMBER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount of time, such as *three to four months*.

    Attributes
    ----------
    low, high : least and greatest number of units
    unit : the unit in the singular
    high_unit : the unit of the greatest number where it is another, as in *six months to a year*
    coming : whether it is said to start now, as in *the next three months*
    ranged : whether two numbers are given
    bare : whether no number is given, as in *the coming weeks*
    at_most : whether it may be less, as in *less than a month*
    """

    low: float
    high: float
    unit: str
    high_unit: str | None = None
    coming: bool = False
    ranged: bool = False
    bare: bool = False
    at_most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words to be read.

    Attributes
    ----------
    words : words in small letters, as `time_words.words_of` gives them
    """

    words: Sequence[str]

    def word(self, at: int) -> str:
        """The word at a place; empty beyond the last."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def past(self, at: int, *skipped: str) -> int:
        """The first place from `at` on that holds none of the words."""
        while self.word(at) in skipped and at < len(self.words):
            at += 1
        return at


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountGrammar(Words):
    """Reads amounts of time from words."""

    def amount(self, at: int) -> tuple[Amount, int] | None:
        """Read an amount of time.

        Parameters
        ----------
        at : place of its first word

        Returns
        -------
        the amount and the place after it
        """
        limit = next((size for size in (3, 2, 1) if tuple(self.words[at : at + size]) in _LIMITS), 0)
        found = self._amount(at + limit)
        if found and self.word(found[1]) == "or" and self.word(found[1] + 1) in _OR_LESS:
            return replace(found[0], at_most=True), found[1] + 2
        if found is None or not limit:
            return found
        return replace(found[0], at_most=_LIMITS[tuple(self.words[at : at + limit])]), found[1]

    def _amount(self, at: int) -> tuple[Amount, int] | None:
        coming, after = self._coming(at)
        after = self.past(after, *_ABOUT)
        after += 2 if tuple(self.words[after : after + 2]) in _LIMITS else 0
        low = self._number(after)
        if ahead := self._ahead(after):
            return ahead
        if low is None:
            return self._without_number(at, after, coming=coming)
        (least, most), after, ranged = low[0], low[1], False
        if self.word(after) in {"to", "-", "or"} and (high := self._number(after + 1)):
            most, after, ranged = high[0][1], high[1], True
        coming_inside, after = self._coming(after)
        unit = PLURALS.get(self.word(after)) or UNITS.get(self.word(after))
        if unit is None or most < least:
            return None
        after += 1
        if not ranged and (further := self._or_more(after)):
            most, ranged, after = most + further[0], further[0] > 0, further[1]
        if not ranged and (other := self._other_unit(after)):
            most, high_unit, after = other
            low_to_high = Amount(low=least, high=most, unit=unit, high_unit=high_unit, ranged=True)
            return replace(low_to_high, coming=coming or coming_inside), after
        if self.words[after : after + 3] == ["and", "a", "half"]:
            least, most, after = least + 0.5, most + 0.5, after + 3
        return Amount(low=least, high=most, unit=unit, coming=coming or coming_inside, ranged=ranged), after

    def _without_number(self, at: int, after: int, *, coming: bool) -> tuple[Amount, int] | None:
        """*Another week*, *the next day or two*, *weeks*."""
        another = self.word(after - 1) == "another" and after > at
        if another and (single := UNITS.get(self.word(after))):
            return Amount(low=1, high=1, unit=single), after + 1
        plural = self.word(after) in PLURALS
        unit = PLURALS.get(self.word(after)) or (UNITS.get(self.word(after)) if coming else None)
        if unit is None or self.words[after - 1 : after + 1] == ["coming", "quarter"]:
            return None
        if not plural and self.word(at) not in {"the", "these"}:
            return None
        if not plural and (more := self._or_more(after + 1)):
            return Amount(low=1, high=1 + more[0], unit=unit, coming=coming), more[1]
        return Amount(low=1, high=1, unit=unit, coming=coming, bare=plural), after + 1

    def _or_more(self, at: int) -> tuple[int, int] | None:
        """How much *or two* and *or so* add to one, and the place after them."""
        more = _OR_MORE.get(self.word(at + 1)) if self.word(at) == "or" else None
        return None if more is None else (more, at + 2)

    def _other_unit(self, at: int) -> tuple[float, str, int] | None:
        """The end of an amount that changes its unit: the *to a year* of *six months to a year*."""
        high = self._number(at + 1) if self.word(at) in {"to", "or"} else None
        if high is None:
            return None
        unit = PLURALS.get(self.word(high[1])) or UNITS.get(self.word(high[1]))
        return (high[0][1], unit, high[1] + 1) if unit else None

    def _ahead(self, at: int) -> tuple[Amount, int] | None:
        """*The weeks ahead*, *the months to come*."""
        at = self.past(at, "the")
        unit = PLURALS.get(self.word(at))
        length = 1 if self.word(at + 1) == "ahead" else 2 if list(self.words[at + 1 : at + 3]) == ["to", "come"] else 0
        return (Amount(low=1, high=1, unit=unit, coming=True, bare=True), at + 1 + length) if unit and length else None

    def _coming(self, at: int) -> tuple[bool, int]:
        after = self.past(at, "the", "these")
        if self.word(after) in {"next", "coming"}:
            return True, after + 1
        return False, at

    def _number(self, at: int) -> tuple[tuple[float, float], int] | None:
        word = self.word(at)
        if self.words[at : at + 3] == ["half", "a", "year"] or self.words[at : at + 3] == ["half", "a", "century"]:
            return (0.5, 0.5), at + 2
        if word == "half" and self.words[at + 1 : at + 3] == ["a", "dozen"]:
            return (6, 6), at + 3
        if word in {"a", "the"} and self.word(at + 1) in {"few", "couple", "handful", "dozen", "hundred"}:
            return self._number(at + 1)
        if word.isdecimal() and len(word) <= _LONGEST_NUMBER:
            return (int(word), int(word)), at + 1
        if word not in NUMBERS:
            return None
        least, most = NUMBERS[word]
        after = at + 1
        if least >= 20 and least % 10 == 0 and least < 100 and self.word(self.past(after, "-")) in NUMBERS:
            ones = NUMBERS[self.word(self.past(after, "-"))]
            if ones[0] < 10 and ones[0] == ones[1] and self.past(after, "-") > after:
                return (least + ones[0], least + ones[0]), self.past(after, "-") + 1
        if self.word(after) == "of":
            after += 1
        return (least, most), after
