"""Times told by an amount: *within six weeks*, *in the next three to four months*. `Counts` is the main name."""

from __future__ import annotations

from dataclasses import dataclass

from parley.domain.statement import HorizonKind
from parley.reading.bounds import Bounds
from parley.reading.frames import Found
from parley.reading.horizon_words import COUNTING, LOOKING_BACK, NOT_FROM_NOW, SUPERLATIVE, WITHIN
from parley.reading.periods import shifted
from parley.reading.tenses import ARRANGING, GIVING, GRANTING, SETTING, arranged, governor
from parley.reading.time_amounts import Amount, AmountGrammar
from parley.reading.time_words import UNITS, VAGUE, word_set

__all__ = ["Counts"]

_DUE = frozenset(("deadline", "ultimatum", "cutoff"))
_SPANS = frozenset((("a", "period", "of"), ("the", "space", "of"), ("a", "space", "of")))
_COUNTING = word_set("counted counting reckoned calculated")
_COUNTED_FROM = (
    *((word, "from") for word in sorted(_COUNTING)),
    *((word, link) for word in ("starting", "beginning", "running") for link in ("on", "from")),
    ("as", "of"), ("as", "from"), ("starting",), ("beginning",), ("from",),
)  # fmt: skip
_COMPARING = word_set("more less fewer faster longer better worse higher lower sooner")
_SHORT = frozenset(("hour", "day", "week", "fortnight", "month"))
_AFTER_GRANT = frozenset(("", ",", ".", ";", ":", "|", "for", "or", "and", "before", "-", "'", '"'))
_GRANTED = frozenset(("dobj", "dative", "oprd", "npadvmod", "ccomp"))
_REACH_OF_SUPERLATIVE = 8
_NOUNS = frozenset(("NOUN", "PROPN"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Bounds):
    """Reads amounts of time from words."""

    def amount_framed(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*Within six weeks*, *in the next three to four months*, *six weeks from now*; lengths are passed over."""
        if self.words[at : at + 3] == ["the", "next", "day"]:
            return None, at + 3
        framed = word in WITHIN or word == "inside"
        start = at + framed
        matter = self.words[start : start + 3] == ["a", "matter", "of"]
        start += 3 * (matter or tuple(self.words[start : start + 3]) in _SPANS)
        frame = {"inside": "within"}.get(word, word) if framed else ""
        if frame == "within" and self.word(at + 1) == "the" and (unit := UNITS.get(self.word(at + 2))):
            days = self.today, self.today if unit in {"hour", "day"} else shifted(self.today, 1, unit)
            return self.make("within", at, at + 3, days, relative=True)
        found = AmountGrammar(words=self.words).amount(start)
        if found is None:
            return self._deadline(at)
        amount, after = found
        if not framed and word in {"the", "this", "these"} and not amount.coming:
            return None
        if self.word(after) == "than" and not _COMPARING.isdisjoint(
            self.words[max(0, at - _REACH_OF_SUPERLATIVE) : at]
        ):
            return None, after
        told = self._counted(amount, at, after) or self._from_another_day(amount, at, after)
        told = told or self._counted_from(amount, at, after, within=frame == "within")
        return told or self._horizon_of(amount, at, after, frame, matter=matter)

    def _from_another_day(self, amount: Amount, at: int, after: int) -> tuple[Found | None, int] | None:
        """*A week from Tuesday*, *two weeks on Friday*."""
        weekly = amount.unit in {"week", "fortnight"}
        near = weekly and self.word(after) in {"today", "tomorrow"}
        linked = near or self.word(after) in ({"from", "on"} if weekly else {"from"})
        if amount.bare or self.word(at) == "for" or not linked or self._is_rate(at):
            return None
        start = self.grammar.day(after + (not near), "future")
        if start is None or self.direction(at) == "past":
            return None
        days = (shifted(start[0].first, amount.low, amount.unit), shifted(start[0].first, amount.high, amount.unit))
        return self.make("within", at, start[1], days, relative=start[0].relative)

    def _counted(self, amount: Amount, at: int, after: int) -> tuple[Found, int] | None:
        """*Have 14 days, counted from Wednesday, to answer*: they end so long after that day."""
        granted = arranged(self.token(at), GRANTING)
        start = after + (self.word(after) == ",")
        link = next((each for each in _COUNTED_FROM if tuple(self.words[start : start + len(each)]) == each), ())
        if (
            amount.bare
            or amount.low != amount.high
            or not link
            or not (granted or start > after and link[0] in _COUNTING)
        ):
            return None
        back = link[0] in _COUNTING and self.direction(at) == "past"
        day = self.grammar.day(start + len(link), "past" if back else "future")
        if day is None or day[0].first != day[0].last or link == ("from",) and not granted:
            return None
        since = day[0].first
        end = shifted(since, amount.high, amount.unit)
        if end < self.today:
            return None
        return self.make("within", at, day[1], (max(since, self.today), end), relative=day[0].relative)

    def _is_rate(self, at: int) -> bool:
        """Whether *a week* tells how often: *two lorries a week from Monday*."""
        before = self.token(at - 1)
        counted = before.lower_ == "times" or any(child.dep_ == "nummod" for child in before.children)
        return at > 0 and self.word(at) in {"a", "an", "per"} and before.pos_ in _NOUNS and counted

    def _deadline(self, at: int) -> tuple[Found | None, int] | None:
        """*A 72-hour deadline*, *a two-week ultimatum*, where somebody sets or faces it."""
        at += self.word(at) in {"a", "an", "the"}
        words = [word for word in self.words[at : at + 4] if word != "-"]
        amount = AmountGrammar(words=words).amount(0) if len(words) > 2 and words[2] in _DUE else None
        if amount is None or not arranged(self.token(at), ARRANGING | GRANTING | SETTING):
            return None
        after = next(place for place in range(at, at + 4) if self.word(place) in _DUE) + 1
        return self._spread(amount[0], at, after, "within", at_once=True)

    def _horizon_of(self, amount: Amount, at: int, after: int, frame: str, *, matter: bool) -> tuple[Found | None, int]:
        told = after + (self.word(after) in {"'s", "'"})
        in_time = told > after and self.word(told) == "time"
        after = told + 1 if in_time else after
        if from_now := self._from_now(after):
            if self.direction(at) == "past":
                return None, from_now
            return self._spread(amount, at, from_now, "within", at_once=frame == "within")
        follows = self.word(after)
        if follows in LOOKING_BACK:
            return None, after + 1
        if frame == "within" and follows in NOT_FROM_NOW:
            return Found(kind="within", first=self.places[at], last=self.places[after - 1]), after
        if frame == "within" or (amount.coming and frame in {"in", "over", "during", "throughout", "within", "", "at"}):
            if self.direction(at) == "past" and not amount.coming:
                return None, after
            return self._spread(amount, at, after, "within", at_once=frame == "within" or not amount.ranged)
        added = {"another", "further", "more"}.intersection(self.words[at:after])
        further = frame == "for" and added and "than" not in self.words[at:after]
        if frame == "for" and (amount.coming or further and self.direction(at) == "future"):
            return self._spread(amount, at, after, "until", at_once=True)
        if frame == "in" and (matter or self._looks_ahead(amount, at, after, in_time=in_time)):
            return self._spread(amount, at, after, "within", at_once=matter or amount.at_most)
        if not frame and self._granted(after, short=amount.unit in _SHORT and not amount.bare):
            return self._spread(amount, at, after, "within", at_once=True)
        return None, after

    def _from_now(self, at: int) -> int:
        """The place after *from now*, *hence* and the like; zero where there is none."""
        if self.word(at) in {"hence", "away"}:
            return at + 1
        if self.words[at : at + 2] == ["down", "the"] and self.word(at + 2) in {"line", "road", "track"}:
            return at + 3
        return at + 2 if self.word(at) == "from" and self.word(at + 1) in {"now", "today"} else 0

    def _granted(self, after: int, *, short: bool) -> bool:
        """Whether an amount is the time that somebody has, or was given: *ten days to answer*, *gave them a week*."""
        last, after = after - 1, after + 2 * (self.words[after : after + 2] == ["in", "which"])
        after += 2 * (self.words[after : after + 2] == ["'", "notice"])
        acting = self.word(after) == "to" and self.token(after + 1).tag_ == "VB"
        simply = short and self.word(after) in _AFTER_GRANT and self.token(last).dep_ in _GRANTED
        if not (acting or simply) or not arranged(self.token(last), GRANTING if acting else GIVING):
            return False
        verb = governor(self.token(last))
        return verb is not None and (verb.lemma_ != "have" or self.direction(last) == "future")

    def _looks_ahead(self, amount: Amount, at: int, after: int, *, in_time: bool) -> bool:
        """Whether *in six weeks* is six weeks on, and not a time taken or gone by."""
        if in_time:
            return True
        if self.word(after) in {"of", "past"} or amount.unit in {"century", "minute"}:
            return False
        if SUPERLATIVE.intersection(self.words[max(0, at - _REACH_OF_SUPERLATIVE) : at]):
            return False
        direction = self.direction(at)
        verb = governor(self.token(at))
        counted = not COUNTING.isdisjoint(self.words[max(0, at - _REACH_OF_SUPERLATIVE) : at])
        if counted and verb is not None and verb.lemma_ == "be" and verb.tag_ in {"VBZ", "VBP"}:
            return False
        return direction == "future" or (direction is None and not amount.bare)

    def _spread(self, amount: Amount, at: int, after: int, kind: HorizonKind, *, at_once: bool) -> tuple[Found, int]:
        today = self.today
        if amount.bare:
            count, unit = VAGUE[amount.unit]
            days = today, shifted(today, count, unit)
        else:
            start = today if at_once else shifted(today, amount.low, amount.unit)
            days = start, shifted(today, amount.high, amount.high_unit or amount.unit)
        return self.make(kind, at, after, days, relative=True)

    def _counted_from(self, amount: Amount, at: int, after: int, *, within: bool) -> tuple[Found | None, int] | None:
        """*Within 90 days of its adoption on 3 March*, *two weeks after the vote on 7 May*."""
        links = {"of", "after", "following", "from"} if within else {"after", "before"}
        if amount.bare or amount.low != amount.high or self.word(after) not in links:
            return None
        start = self.grammar.day(after + 1, None) or self._beside_event(at, after + 1, "after", None)
        if start is None or start[0].first != start[0].last:
            return None
        since = start[0].first
        end = shifted(since, -amount.high if self.word(after) == "before" else amount.high, amount.unit)
        if end < self.today:
            return None, start[1]
        days = (max(since, self.today) if within else end, end)
        return self.make("within", at, start[1], days, relative=start[0].relative)
