"""Of which time a proposition speaks: `horizon` finds the deadline or period, `all_times` every time that it names.

The grammar is our own, and so are its conventions where usage is divided: they are listed in the page
`docs/explanation/horizons-and-hedges.md`. No time is made up: lengths without a start (*a 30-day truce*), times told
from another event (*two days later*) and the day on which something is said give no horizon.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.bounds import Bounds
from parley.reading.frames import Found
from parley.reading.horizon_words import (
    AT_ONCE,
    COUNTING,
    EVENTS,
    LOOKING_BACK,
    NOT_FROM_NOW,
    SUPERLATIVE,
    UNDATED,
    WITHIN,
    mentions_time,
    starts_of_times,
)
from parley.reading.periods import shifted
from parley.reading.tenses import ARRANGING, GIVING, GRANTING, SETTING, arranged, governor, habitual, when_said
from parley.reading.time_amounts import Amount, AmountGrammar
from parley.reading.time_days import Direction
from parley.reading.time_words import UNITS, VAGUE, words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Found", "all_times", "horizon", "told_before"]

Date = datetime.date


def horizon(
    tokens: Sequence[Token], *, published: Date | None, ahead: Token | None = None, own: int | None = None
) -> Found | None:
    """Find the time that a proposition speaks of.

    Parameters
    ----------
    tokens : the proposition's tokens, in order; they need not be adjacent
    published : the day of publication; where it is absent, or outside 1600..2200, only times that name their year are
        dated
    ahead : the verb of a proposition that looks ahead, so that what it says is still to come whatever its tense, as in
        *a signing in August was likely*; absent where it need not
    own : how many of the tokens are the proposition's own, where those right behind it are given too; a time may start
        at the first of these, if it is a bound or hangs on the proposition

    Returns
    -------
    the time, one with dates that is not over and a deadline before others, else the first; None where no time is named
    """
    end = len(tokens) if own is None else own
    found = [
        each
        for each in all_times(tokens, published=published, ahead=ahead)
        if not _aside(tokens, each.first) and (each.first < end or each.first == end and _belongs(each, tokens, end))
    ]

    def rank(each: Found) -> tuple[int, bool, bool]:
        over = published is not None and each.days is not None and each.days[1] < published
        return 2 if over else int(each.days is None), each.kind == "from", each.kind == "within"

    return min(found, key=rank, default=None)


def _belongs(found: Found, tokens: Sequence[Token], own: int) -> bool:
    """Whether a time right behind a proposition is its own: a bound, or hung on one of its words."""
    inside = {token.i for token in tokens[:own]}
    first = tokens[found.first]
    set_for = first.lower_ == "for" and arranged(first, ARRANGING)
    return found.kind in ("by", "until") or set_for or first.head.i in inside


def told_before(verb: Token, *, published: Date) -> Found | None:
    """Find the time of a verb that stands before the one that governs it, or before the first of a row of verbs.

    So in *by June it hopes to be done*, *on Monday they will block the road and occupy the depot*; also before words of
    saying, as in *in May, he said, the camp will be closed*.

    Parameters
    ----------
    verb : the infinitive, or the further verb of a row
    published : the day of publication

    Returns
    -------
    a time that is not over when the article is published, with positions among the words before the governing verb;
    None where there is none
    """
    above = verb.head
    if any(child.dep_ == "parataxis" and child.i < verb.i for child in verb.children):
        return _fronted(verb, published, clauses=False)
    if verb.dep_ == "conj" and not any(child.dep_ in _SUBJECTS for child in verb.children):
        first = above
        while first.dep_ == "conj":
            first = first.head
        if found := _fronted(first, published):
            return found
    while verb.dep_ == "conj" and above.i != verb.i:
        verb, above = above, above.head
    if verb.dep_ != "xcomp" or above.tag_ not in {"VBZ", "VBP"} or above.left_edge.i >= above.i:
        return None
    return _fronted(above, published)


def _fronted(above: Token, published: Date, *, clauses: bool = True) -> Found | None:
    """The time that stands before the subject of a verb, if it is not over."""
    timing = [each for each in above.children if each.dep_ in _TIMING and (clauses or each.dep_ != "advcl")]
    first = min((each.left_edge.i for each in timing), default=above.i)
    subject = next(
        (each.left_edge.i for each in above.children if each.dep_ in _SUBJECTS and each.i < above.i), above.i
    )
    before = list(above.doc[first:subject])
    found = horizon(before, published=published) if before else None
    return found if found and found.earliest and found.earliest >= published else None


def _aside(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token stands in a relative clause before the main verb: *the party, which votes on Sunday, will …*."""
    at, inside = tokens[place], {token.i for token in tokens}
    clause = None
    for _ in range(_DEEPEST):
        if at.dep_ == "relcl":
            clause = at
        if at.head.i == at.i or at.head.i not in inside:
            break
        at = at.head
    return clause is not None and at.pos_ in {"VERB", "AUX"} and clause.i < at.i


def all_times(tokens: Sequence[Token], *, published: Date | None, ahead: Token | None = None) -> tuple[Found, ...]:
    """Find every time that a run of tokens names, in order and without overlaps.

    Parameters
    ----------
    tokens : tokens of one document, in order; they need not be adjacent
    published : the day of publication; where it is absent only times that name their year are dated
    ahead : as for `horizon`
    """
    if not mentions_time(tokens):
        return ()
    if published is not None and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None
    words, places = words_of(tokens)
    frames = _Times(words=words, places=places, tokens=tokens, published=published, ahead=ahead)
    return tuple(frames.times())


_FIRST_YEAR, _LAST_YEAR = 1600, 2200
_REACH_OF_DATELINE = 8
_DUE = frozenset(("deadline", "ultimatum", "cutoff"))
_SPANS = frozenset((("a", "period", "of"), ("the", "space", "of"), ("a", "space", "of")))
_SHORT = frozenset(("hour", "day", "week", "fortnight", "month"))
_AFTER_GRANT = frozenset(("", ",", ".", ";", ":", "|", "for", "or", "and", "before", "-", "'", '"'))
_GRANTED = frozenset(("dobj", "dative", "oprd", "npadvmod", "ccomp"))
_NOUNS = frozenset(("NOUN", "PROPN"))
_EACH = frozenset(("every", "each", "alternate"))
_REACH_OF_SUPERLATIVE = 8
_DEEPEST = 20
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_TIMING = frozenset(("prep", "npadvmod", "advmod", "advcl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times(Bounds):
    """Reads times together with the prepositions before them."""

    def times(self) -> Iterator[Found]:
        done = 0
        for at in starts_of_times(self.words):
            if at < done or not (found := self._time(at)):
                continue
            time, after = found
            done = max(after, at + 1)
            if time is not None:
                yield time

    def _time(self, at: int) -> tuple[Found | None, int] | None:
        """The time that starts at a word, if any, and the place after it; a time that is no horizon is passed over."""
        word = self.words[at]
        if word in {"|", ",", "."}:
            return None
        if self.word(at - 1) in _EACH or self.words[max(0, at - 2) : at] == ["the", "following"]:
            return None, at + 1
        for rule in (self._phrase, self.between, self.bounded, self._amount_framed, self._placed):
            if found := rule(at, word):
                return found
        return None

    def _phrase(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*As soon as possible*, and *at once*, which give no date."""
        for phrase in UNDATED:
            if word == phrase[0] and tuple(self.words[at : at + len(phrase)]) == phrase:
                after = at + len(phrase)
                if self.direction(at) == "past" and len(phrase) == 1 or self.word(after) == "after":
                    return None, after
                return Found(kind="within", first=self.places[at], last=self.places[after - 1]), after
        for phrase in AT_ONCE:
            if word == phrase[0] and tuple(self.words[at : at + len(phrase)]) == phrase:
                after = at + len(phrase)
                narrated = word == "immediately" and self.direction(at) == "past"
                if narrated or self.word(after) in {
                    "after",
                    "before",
                    "following",
                    "family",
                    "neighbour",
                    "neighbours",
                }:
                    return None, after
                return Found(kind="within", first=self.places[at], last=self.places[after - 1]), after
        return None

    def _amount_framed(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*Within six weeks*, *in the next three to four months*, *six weeks from now*; lengths are passed over."""
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
        return self._from_another_day(amount, at, after) or self._horizon_of(amount, at, after, frame, matter=matter)

    def _from_another_day(self, amount: Amount, at: int, after: int) -> tuple[Found | None, int] | None:
        """*A week from Tuesday*, *two weeks on Friday*."""
        weekly = amount.unit in {"week", "fortnight"}
        near = weekly and self.word(after) in {"today", "tomorrow"}
        linked = near or self.word(after) in ({"from", "on"} if weekly else {"from"})
        if amount.bare or self.word(at) == "for" or not linked:
            return None
        start = self.grammar.day(after + (not near), "future")
        if start is None or self.direction(at) == "past":
            return None
        days = (shifted(start[0].first, amount.low, amount.unit), shifted(start[0].first, amount.high, amount.unit))
        return self.make("within", at, start[1], days, relative=start[0].relative)

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
        further = frame == "for" and {"another", "further", "more"}.intersection(self.words[at:after])
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

    def _placed(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*On Tuesday*, *in March*, *next week*, *tomorrow*, *late this year*."""
        framed = word in WITHIN
        start = at + framed
        unnamed = word == "the" and self.word(at + 1) in UNITS and self.word(at + 3) not in {"tomorrow", "next"}
        due = self.word(at - 1) == "of" and self.word(at - 2) in _DUE
        if not framed and (self.word(at - 1) == "of" and not due or unnamed):
            return None
        direction = "future" if due else self._direction_of_day(at, start, framed=framed)
        found = self.grammar.period(start, direction, named=framed)
        if found is None or (framed and word == "for" and found[0].last < self.today and direction != "past"):
            return None
        period, after = found
        if due or self.word(after) in _DUE:
            return self.make("by", at, after, self.days_of("by", period), relative=period.relative)
        if self._names_another(word, after, framed=framed) or self._heads_report(at, after) or habitual(self.token(at)):
            return None, after
        if self.word(after) == "'s":
            if not framed or EVENTS.isdisjoint(self.words[after + 1 : after + 4]):
                return None, after + 1
            after += 1
        if (self.published is None or period.first <= self.today) and when_said(self.token(at), self.tokens):
            return None, after
        if limit := self.limit(after):
            return self.make(limit[0], at, after + 3, self.days_of(limit[1], period), relative=period.relative)
        days = (period.first, period.last)
        if self.published and period.first <= self.today <= period.last and direction:
            days = (self.today, period.last) if direction == "future" else (period.first, self.today)
        return self.make("within", at, after, days, relative=period.relative)

    def _direction_of_day(self, at: int, start: int, *, framed: bool) -> Direction:
        """The direction of the verb; for what was arranged in the past, that of the nearer of two days."""
        direction = self.direction(at)
        if direction == "past" and self._set_for_a_day(at, start):
            return "future"
        if direction != "past" or not arranged(self.token(at), ARRANGING):
            return direction
        last, coming = (self.grammar.period(start, way, named=framed) for way in ("past", "future"))
        if last is None or coming is None:
            return direction
        return "future" if (coming[0].first - self.today) < (self.today - last[0].last) else direction

    def _set_for_a_day(self, at: int, start: int) -> bool:
        """Whether something is for a day: *they have called a march for Sunday*."""
        return self.word(at) == "for" and self.grammar.day(start, "future") is not None

    def _names_another(self, word: str, after: int, *, framed: bool) -> bool:
        """Whether a time only names a thing: *the Tuesday market*, *gas for winter peaks*."""
        token = self.token(after - 1)
        if framed and word != "for":
            return False
        return token.dep_ in {"compound", "amod", "nmod"} and token.head.i > token.i and token.head.pos_ in _NOUNS

    def _heads_report(self, at: int, after: int) -> bool:
        """Whether it is the date at the head of a report: *PORT VILA, 5 Sept - The ferry …*, *Rabat, July 2: The …*."""
        token = self.token(at)
        if self.word(after) not in {"-", ":"} or token.i > _REACH_OF_DATELINE:
            return False
        return all(each.text[:1].isupper() or not each.is_alpha for each in token.doc[: token.i])
