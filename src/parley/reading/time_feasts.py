"""Feasts by their names: *Easter*, *over Christmas*, *the new year*. `FeastGrammar` is the main name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parley.reading.feasts import FEASTS, feast
from parley.reading.periods import Period, long_weekend, quarter, shifted
from parley.reading.time_days import YEAR, DayGrammar, Direction, Match

__all__ = ["FeastGrammar"]

_LONGEST_FEAST = 6
_HOLIDAYS = {
    "easter": (-2, 1), "orthodox easter": (-2, 1), "christmas": (0, 1), "pentecost": (-1, 1), "whitsun": (-1, 1),
}  # fmt: skip
"""Feasts over which there are holidays, with the days before and after them: *over Easter*."""
_EITHER = {
    "eid": ("eid al fitr", "eid al adha"), "may bank holiday": ("early may bank holiday", "spring bank holiday"),
    "bank holiday": ("easter monday", "early may bank holiday", "spring bank holiday", "august bank holiday"),
}  # fmt: skip
"""Names of more than one feast: the nearest on its side is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeastGrammar(DayGrammar):
    """Reads days and feasts from words."""

    def feast_named(self, at: int, direction: Direction) -> Match | None:
        """Read the name of a feast, its holidays after *over*; *the new year* behind *in* is its first quarter."""
        into = self.words[at : at + 3] == ["the", "new", "year"] and self.word(at - 1) in {"in", "into", "during"}
        if into:
            year = self.published.year + 1
            return replace(quarter(year, 1), relative=True), at + 3
        at = self.past(at, "the")
        name, after, found = "", at, None
        while after < min(at + _LONGEST_FEAST, len(self.words)):
            if self.word(after) not in {"'s", "'", "-"}:
                name = f"{name} {self.word(after)}".strip()
            after += 1
            if name in FEASTS:
                found = name, after
        if found is None:
            return None
        name, after = found
        if self.word(at - 1) == "over" and (around := _HOLIDAYS.get(name)):
            fixed = self._turned_feast(name, direction)
            first, last = (
                shifted(day_of, step, "day") for day_of, step in zip((fixed.first, fixed.last), around, strict=True)
            )
            return replace(fixed, first=first, last=last), after
        if YEAR.fullmatch(self.word(after)):
            return self.feast_of(name, int(self.word(after))), after + 1
        names = _EITHER.get(name, (name,))
        turned = [self._turned_feast(each, direction) for each in names]
        if self.word(after) == "weekend":
            turned, after = [long_weekend(each) for each in turned], after + 1
        return min(turned, key=lambda each: abs(each.first - self.published)), after

    def _turned_feast(self, name: str, direction: Direction) -> Period:
        year = self.published.year
        return self.turned(self.feast_of(name, year), direction, lambda shift: self.feast_of(name, year + shift))

    @staticmethod
    def feast_of(name: str, year: int) -> Period:
        """The days of a feast that begins in a year."""
        first, last = feast(name, year)
        return Period(first=first, last=last, opens=last > first)
