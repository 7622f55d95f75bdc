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

from parley.reading.counts import Counts
from parley.reading.feasts import FEASTS
from parley.reading.frames import Found
from parley.reading.horizon_words import (
    AT_ONCE,
    EVENTS,
    UNDATED,
    WITHIN,
    mentions_time,
    starts_of_times,
)
from parley.reading.periods import Period, shifted
from parley.reading.tenses import ARRANGING, GIVING, arranged, governor, habitual, has_been, when_said
from parley.reading.time_days import Direction
from parley.reading.time_words import DAYS, MONTHS, UNITS, word_set, words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Found", "all_times", "horizon"]

Date = datetime.date


def horizon(
    tokens: Sequence[Token],
    *,
    published: Date | None,
    ahead: Token | None = None,
    own: int | None = None,
    verb: Token | None = None,
    kept: bool = False,
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
        in these, if it is a bound or hangs on the proposition
    verb : the proposition's main verb, whose times come before those of clauses and phrases below it
    kept : whether the proposition is of a move, so that who will not do a thing before a day leaves it until then

    Returns
    -------
    the time, one with dates that is not over and a deadline before others, else the first; None where no time is named
    """
    end = len(tokens) if own is None else own
    found = [
        each
        for each in all_times(tokens, published=published, ahead=ahead, kept=kept)
        if not _aside(tokens, each.first) and (each.first < end or _belongs(each, tokens, end))
    ]

    def rank(each: Found) -> tuple[int, int, bool, int]:
        over = published is not None and each.days is not None and each.days[1] < published
        below = 0 if verb is None else _steps_below(each, tokens, verb)
        named = " ".join(token.lower_ for token in tokens[each.first + 1 : each.last + 1])
        purpose = tokens[each.first].lower_ == "for" and named in FEASTS
        return 2 if over else int(each.days is None), below, each.kind == "from", (each.kind == "within") + purpose

    return min(found, key=rank, default=None)


def _steps_below(found: Found, tokens: Sequence[Token], verb: Token) -> int:
    """How far a time hangs below a verb: 0 on itself or an infinitive of it, 1 on a noun of its clause, 2 elsewhere."""
    above = governor(tokens[found.first])
    while above is not None and above != verb and above.tag_ == "VB" and above.dep_ in _INFINITIVES:
        above = above.head if above.head.pos_ not in _SCALES else above.head.head
    if above != verb:
        return 2
    at, own = tokens[found.first], {token.i for token in tokens[found.first : found.last + 1]}
    while at.i in own and at.head.i != at.i:
        at = at.head
    return int(at.pos_ == "ADJ" and at.head.pos_ in _NOUNS and at.i > at.head.i)


def _belongs(found: Found, tokens: Sequence[Token], own: int) -> bool:
    """Whether a time behind a proposition is its own: a bound right behind it, or hung on one of its words."""
    inside, behind = {token.i for token in tokens[:own]}, {token.i for token in tokens[own:]}
    first = tokens[found.first]
    set_for = first.lower_ == "for" and arranged(first, ARRANGING)
    if found.first == own and (found.kind in ("by", "until") or set_for):
        return True
    above = first.head
    while above.i in behind and above.head.i != above.i and above.dep_ not in _APART:
        above = above.head
    return above.i in inside


def _aside(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token stands in a clause that only describes, before the main verb.

    So does *the party, which votes on Sunday, will …*, and *with an election due in May, he must …*.
    """
    at, inside = tokens[place], {token.i for token in tokens}
    clause = None
    for _ in range(_DEEPEST):
        if at.dep_ == "relcl":
            clause = at
        if at.lower_ == "with" and at.dep_ == "prep" and at.head.i > at.i and tokens[place].head != at:
            return True
        if at.head.i == at.i or at.head.i not in inside:
            break
        at = at.head
    return clause is not None and at.pos_ in {"VERB", "AUX"} and clause.i < at.i


def all_times(
    tokens: Sequence[Token], *, published: Date | None, ahead: Token | None = None, kept: bool = False
) -> tuple[Found, ...]:
    """Find every time that a run of tokens names, in order and without overlaps.

    Parameters
    ----------
    tokens : tokens of one document, in order; they need not be adjacent
    published : the day of publication; where it is absent only times that name their year are dated
    ahead, kept : as for `horizon`
    """
    if not mentions_time(tokens):
        return ()
    if published is not None and not _FIRST_YEAR <= published.year <= _LAST_YEAR:
        published = None
    words, places = words_of(tokens)
    frames = _Times(words=words, places=places, tokens=tokens, published=published, ahead=ahead, kept=kept)
    return tuple(frames.times())


_FIRST_YEAR, _LAST_YEAR = 1600, 2200
_REACH_OF_DATELINE = 8
_DUE = frozenset(("deadline", "ultimatum", "cutoff"))
_MEASURES = word_set("price prices rate rates level levels pace value cost expense")
_SUMS = word_set(
    """wage salary pay pension rent budget bill tax subsidy quota account figure forecast dividend arrears instalment
    contribution payment debt invoice fee"""
)
_NOUNS = frozenset(("NOUN", "PROPN"))
_INFINITIVES = frozenset(("xcomp", "ccomp", "acl", "advcl"))
_SCALES = frozenset(("ADJ", "ADV"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_APART = frozenset(("relcl", "advcl", "conj", "parataxis", "appos"))
_MOVING = word_set("delay postpone put push move bring defer carry hold adjourn reschedule")
_TURNING = word_set("end expire lapse run finish close take come begin start enter open fall mature")
_EDGE = 6
_SPENDING = GIVING - {"have"} | {"spend"}
_LASTING = word_set("last survive outlast outlive")
_AS_EARLY = frozenset((("as", "early", "as"), ("as", "soon", "as")))
_BEYOND = word_set("beyond past")
_EACH = frozenset(("every", "each", "alternate"))
_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class _Times(Counts):
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
        if word in _BEYOND:
            passed = self.grammar.period(at + 1, "future")
            return (None, passed[1]) if passed else None
        if self.word(at - 1) == "than" or word == "in" and self.word(at - 1) == "as":
            compared = self.grammar.period(at + (word == "in"), None, named=word == "in")
            if compared is not None:
                return None, compared[1]
        rules = (self._phrase, self.between, self.bounded, self.amount_framed, self._at_occasion, self._outlived)
        for rule in (*rules, self._placed):
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

    def _placed(self, at: int, word: str) -> tuple[Found | None, int] | None:
        """*On Tuesday*, *in March*, *next week*, *tomorrow*, *late this year*."""
        early = tuple(self.words[at : at + 3]) in _AS_EARLY
        framed = word in WITHIN or early or word == "to" and arranged(self.token(at), _MOVING)
        start = at + (3 if early else framed)
        unnamed = word == "the" and self.word(at + 1) in UNITS and self.word(at + 3) not in {"tomorrow", "next"}
        due = self.word(at - 1) == "of" and self.word(at - 2) in _DUE
        if not framed and (self.word(at - 1) == "of" and not due or unnamed):
            return None
        direction = "future" if due else self._direction_of_day(at, start, framed=framed)
        given = not framed and self._is_given(at)
        found = self.grammar.period(start, direction, named=framed or given)
        if found is None or (framed and word == "for" and found[0].last < self.today and direction != "past"):
            return None
        period, after = found
        if due or self.word(after) in _DUE:
            return self.make("by", at, after, self.days_of("by", period), relative=period.relative)
        if self._names_another(at, after, framed=framed) or self._heads_report(at, after) or habitual(self.token(at)):
            return None, after
        if self.word(after) == "'s":
            if not framed or self._of_subject(after + 1) or EVENTS.isdisjoint(self.words[after + 1 : after + 4]):
                return None, after + 1
            after += 1
        if (self.published is None or period.first <= self.today) and when_said(self.token(at), self.tokens):
            return None, after
        if limit := self.limit(after):
            return self.make(limit[0], at, limit[2], self.days_of(limit[1], period), relative=period.relative)
        days = self._around_edge(at, after, period) if word == "at" else (period.first, period.last)
        if self.published and period.first <= self.today <= period.last and direction:
            days = (self.today, period.last) if direction == "future" else (period.first, self.today)
        return self.make("within", at, after, days, relative=period.relative)

    def _of_subject(self, at: int) -> bool:
        """Whether the event that a time names is what something is said of: *for next year's summit to be moved*."""
        event = next((place for place in range(at, min(at + 3, len(self.words))) if self.words[place] in EVENTS), None)
        if event is None:
            return False
        return self.token(event).dep_ in _SUBJECTS or self.word(event + 1) == "to" and self.word(at - 4) == "for"

    def _is_given(self, at: int) -> bool:
        """Whether a time is what somebody is to give or spend: *give us October and November*."""
        verb = governor(self.token(at))
        given = self.token(at).dep_ == "dobj" and verb is not None and verb.lemma_ in _SPENDING
        return given and self.direction(at) == "future"

    def _around_edge(self, at: int, after: int, period: Period) -> tuple[Date, Date]:
        """*At the end of June*, its last days, unless something ends or starts then and there."""
        verb, named = governor(self.token(at)), {"month", *MONTHS}.isdisjoint(self.words[at:after])
        if not period.edge or named or period.first != period.last or verb is None or verb.lemma_ in _TURNING:
            return period.first, period.last
        if period.first.day == 1:
            return period.first, shifted(period.first, _EDGE, "day")
        return shifted(period.last, -_EDGE, "day"), period.last

    def _at_occasion(self, at: int, word: str) -> tuple[Found, int] | None:
        """*At Saturday's harbour feast*: whatever it is, it is on Saturday."""
        name = self.word(at + 1)
        if word not in {"at", "during"} or name not in DAYS or self.word(at + 2) != "'s":
            return None
        if self.word(at + 3) in _MEASURES or self.direction(at) == "past":
            return None
        found = self.grammar.weekday(name, "future")
        return self.make("within", at, at + 3, (found.first, found.last), relative=True)

    def _outlived(self, at: int, word: str) -> tuple[Found, int] | None:
        """*The guard will not last the week*: to its end."""
        verb = governor(self.token(at))
        whole = self.grammar.whole(at, "future") if word in {"the", "this"} else None
        if whole is None or verb is None or verb.lemma_ not in _LASTING or self.direction(at) != "future":
            return None
        own = self.token(whole[1] - 1).dep_ in {"dobj", "npadvmod"} and self.word(whole[1]) != "'s"
        return self.make("until", at, whole[1], self.days_of("through", whole[0]), relative=True) if own else None

    def _direction_of_day(self, at: int, start: int, *, framed: bool) -> Direction:
        """The direction of the verb; for what was arranged in the past, that of the nearer of two days."""
        direction = self.direction(at)
        if direction == "past" and (self.word(at) == "come" or self._set_for_a_day(at, start)):
            return "future"
        if direction != "past" or not arranged(self.token(at), ARRANGING):
            return direction
        if has_been(self.token(at)):
            return "future"
        last, coming = (self.grammar.period(start, way, named=framed) for way in ("past", "future"))
        if last is None or coming is None:
            return direction
        return "future" if (coming[0].first - self.today) < (self.today - last[0].last) else direction

    def _set_for_a_day(self, at: int, start: int) -> bool:
        """Whether something is for a day: *they have called a march for Sunday*."""
        return self.word(at) == "for" and self.grammar.day(start, "future") is not None

    def _names_another(self, at: int, after: int, *, framed: bool) -> bool:
        """Whether a time only names a thing: *the Tuesday market*, *gas for winter peaks*."""
        token = self.token(after - 1)
        if self.word(at) == "for" and self._is_of_accounts(at, after):
            return True
        if framed and self.word(at) != "for":
            return False
        return token.dep_ in {"compound", "amod", "nmod"} and token.head.i > token.i and token.head.pos_ in _NOUNS

    def _is_of_accounts(self, at: int, after: int) -> bool:
        """Whether a month or year only tells of which a sum is: *the wages for April*."""
        return self.token(at).head.lemma_ in _SUMS and self.word(after) != "'s"

    def _heads_report(self, at: int, after: int) -> bool:
        """Whether it is the date at the head of a report: *PORT VILA, 5 Sept - The ferry …*, *Rabat, July 2: The …*."""
        token = self.token(at)
        if self.word(after) not in {"-", ":"} or token.i > _REACH_OF_DATELINE:
            return False
        return all(each.text[:1].isupper() or not each.is_alpha for each in token.doc[: token.i])
