"""Feasts by their names: *Easter*, *over Christmas*, *the new year*. `FeastGrammar` is the main name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parley.reading.feasts import FEASTS, feast
from parley.reading.periods import Period, long_weekend, quarter, shifted
from parley.reading.time_days import YEAR, Direction, Match
from parley.reading.time_hours import HourGrammar

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
class FeastGrammar(HourGrammar):
    """Reads days and feasts from words."""

    def feast_named(self, at: int, direction: Direction) -> Match | None:
        """Read the name of a feast, its holidays after *over*; *the new year* behind *in* is its first quarter."""
        into = self.words[at : at + 3] == ["the", "new", "year"] and self.word(at - 1) in {"in", "into", "during"}
        if into:
            year = self.published.year + 1
            return replace(quarter(year, 1), relative=True), at + 3
        at = self.past(at, "the")
        named = self._name(at)
        if named is None:
            return None
        name, after = named
        if self.word(self.past(after, "'s")) == "eve" and self.word(at - 1) != "over":
            eve = self._turned_feast(name, direction)
            before = shifted(eve.first, -1, "day")
            return replace(eve, first=before, last=before, opens=False), self.past(after, "'s") + 1
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

    def _name(self, at: int) -> tuple[str, int] | None:
        """The longest name of a feast at a place, and the place after it; so *the feast of St George* for his day."""
        kept = self.words[at : at + 2] == ["feast", "of"]
        start = self.past(at + 2, "the") if kept else at
        name, after, found = "", start, None
        while after < min(start + _LONGEST_FEAST, len(self.words)):
            word = self.word(after)
            if word not in {"'s", "'", "-"}:
                name = f"{name} {'st' if word == 'saint' else word}".strip()
            after += 1
            before_eve = self.word(self.past(after, "'s", "'")) == "eve"
            names = (name, f"feast of {name}", f"{name} day") if kept or before_eve else (name,)
            if known := next((each for each in names if each in FEASTS), None):
                found = known, after
        return found

    def _turned_feast(self, name: str, direction: Direction) -> Period:
        year = self.published.year
        return self.turned(self.feast_of(name, year), direction, lambda shift: self.feast_of(name, year + shift))

    @staticmethod
    def feast_of(name: str, year: int) -> Period:
        """The days of a feast that begins in a year."""
        first, last = feast(name, year)
        return Period(first=first, last=last, opens=last > first)
