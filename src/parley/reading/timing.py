"""Of which time a statement speaks, by its own words and by those beside them. `when` is the main name.

Its own words come first, then a deadline right behind them, a time before its sentence's subject, a time that it points
back to (*by then*), the day of an event that the article dates elsewhere, and the time given in the words that
attribute a demand (*gave them until Friday*).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from parley.reading.fronted import told_before
from parley.reading.horizons import Found, all_times, horizon
from parley.reading.pointing import in_month_named
from parley.reading.tenses import ARRANGING, GRANTING, arranged, direction_at, governor, has_been
from parley.reading.time_words import DAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from parley.reading.events import Events
    from parley.reading.propositions import Proposition
    from parley.reading.voices import Stretch

__all__ = ["AHEAD", "MOVES", "when"]

Date = datetime.date
MOVES = frozenset({"demand", "offer", "refusal", "threat", "promise", "proposal", "recommendation", "goal"})
"""Kinds of statement that the article never makes itself where it names whose they are."""
AHEAD = MOVES | {"prediction"}
"""Kinds of statement about what is still to come."""
_TOLD = frozenset({"fact-claim", "assessment"})
_OWN_ACTS = MOVES - {"goal"}
_LIKELY = word_set("likely likeliest unlikely unlikeliest probable improbable possible conceivable expected")
_ODDS = word_set("odds chance chances likelihood probability prospect prospects")
_FARTHEST = 10
_SHORTEST = 4
_AT_NIGHT = word_set("tonight evening night midnight later")
_UNTIL = word_set("until till")
_HEAD = 12
"""A time before a colon stands within so many words."""
_HEADING = frozenset({":", "–", "—", "-"})
_BULLETS = frozenset({"–", "—", "-", "•", "*", "“", "·", "‣", "▪"})


def when(said: Stretch, each: Proposition, kind: str, *, events: Events | None) -> Found | None:
    """Of which time a proposition speaks; none that is over, or that only tells when a thing was done.

    Parameters
    ----------
    said : the stretch that holds it
    each : the proposition
    kind : the kind of statement that it is
    events : what the article says of when things happen; absent where it has no day of publication
    """
    parsed = said.tree.parsed
    own = [parsed[token] for token in each.tokens]
    if events is None:
        return horizon(own, published=None)
    today, verb = events.published, parsed[each.head]
    own = [*_cut_off(said, each, today), *own]
    tokens = [*own, *_behind(said, each)]
    kept = kind in _OWN_ACTS
    found = horizon(tokens, published=today, own=len(own), verb=verb, kept=kept)
    over = found is None or found.days is not None and found.days[1] <= today
    if over and _ahead(kind, found, tokens) and not (found and _tells_when(found, tokens, verb)):
        found = horizon(tokens, published=today, own=len(own), ahead=verb, verb=verb, kept=kept) or found
    if kind == "condition" and found and found.days and found.days[1] < today and found.kind != "within":
        found = horizon(tokens, published=today, own=len(own), ahead=governor(tokens[found.first]))
    done = found is not None and kind in _TOLD and direction_at(tokens[found.first]) == "past"
    if found is not None and found.days is None and not done:
        found = events.dated(found, tokens)
    if found is None or found.days is None:
        ahead = _ahead(kind, found, tokens)
        beside = (
            told_before(verb, published=today)
            or _headed(said, today)
            or _led(said, each, today)
            or events.pointed(tokens)
            or events.named(tokens, ahead=ahead)
        )
        beside = beside or events.met(tokens) or (_added(said, each, today) if ahead else None)
        return beside or (_granted(said, each, today) if kind == "demand" else None) or found
    found = in_month_named(found, tokens, published=today)
    return None if _over(found, kind, tokens, verb, today) else found


def _over(found: Found, kind: str, tokens: Sequence[Token], verb: Token, today: Date) -> bool:
    """Whether a time with days is over, or that of a thing done: *has been ready since May*, *failed on Tuesday*."""
    earliest, last = found.days or (today, today)
    first = tokens[found.first]
    if kind == "fact-claim" and first.lower_ == "before" and governor(first) == verb and not arranged(first, ARRANGING):
        return direction_at(verb) == "past" and not has_been(verb)
    if last != today:
        return last < today
    if found.kind == "by" and first.lower_ in _UNTIL:
        return False
    told = kind in _TOLD and direction_at(verb) == "past"
    since = found.kind == "from" and earliest < today
    tonight = any(token.lower_ in _AT_NIGHT for token in tokens[found.first : found.last + 1])
    told_of_today = kind == "fact-claim" and found.kind == "within" and not tonight
    done = told_of_today or direction_at(tokens[found.first]) == "past"
    return done or told or since


def _tells_when(found: Found, tokens: Sequence[Token], verb: Token) -> bool:
    """Whether a time hangs on a verb of the past that arranges nothing: *he floated a compromise on Monday*."""
    first = tokens[found.first]
    told = verb.tag_ == "VBD" and any(child.dep_ == "nsubj" for child in verb.children)
    plain = told and verb.lemma_ not in ARRANGING | GRANTING | {"be", "have", "do"}
    weekday = any(token.lower_ in DAYS for token in tokens[found.first : found.last + 1])
    return plain and weekday and found.kind == "within" and first.head == verb


def _ahead(kind: str, found: Found | None, tokens: Sequence[Token]) -> bool:
    """Whether what is said is still to come; of a condition not where it "has happened overnight"."""
    met = found is not None and found.kind == "within" and has_been(tokens[found.first])
    if kind in AHEAD or kind == "condition" and not met:
        return True
    return any(token.lower_ in _ODDS or token.lower_ in _LIKELY and _said_of(token) for token in tokens)


def _said_of(likely: Token) -> bool:
    """Whether *likely* is what is said of a thing, or the thing is: *the likeliest result on Thursday was a draw*."""
    return "be" in (likely.head.lemma_, likely.head.head.lemma_)


def _behind(said: Stretch, each: Proposition) -> list[Token]:
    """The words right behind a proposition, up to a mark of punctuation, that belong to no other."""
    tree, last, taken = said.tree, each.tokens[-1], _taken(said)
    found: list[Token] = []
    for token in range(last + 1, min(last + _FARTHEST, tree.sentences[tree.sentence[last]][1])):
        if tree.marks[token] or token in taken or tree.tags[token] == "CC":
            break
        found.append(tree.parsed[token])
    return found


def _taken(said: Stretch) -> set[int]:
    """The words of propositions, sources and cues."""
    return {token for other in said.found for token in other.tokens} | {*said.cue, *said.source}


def _cut_off(said: Stretch, each: Proposition, today: Date) -> list[Token]:
    """The words before a proposition with which a time begins that reaches into it."""
    tree, first, taken = said.tree, each.tokens[0], _taken(said)
    start = first
    while start > tree.sentences[tree.sentence[first]][0] and first - start < _SHORTEST:
        if tree.marks[start - 1] or start - 1 in taken:
            break
        start -= 1
    before = [tree.parsed[token] for token in range(start, first)]
    after = [tree.parsed[token] for token in each.tokens[:_SHORTEST]]
    for found in all_times([*before, *after], published=today) if before else ():
        if found.first < len(before) <= found.last:
            return before[found.first :]
    return []


def _headed(said: Stretch, today: Date) -> Found | None:
    """The time that opens a line before a colon or a dash: "Friday, 15 March: flour runs out", none that is over."""
    tree, words = said.tree, said.tree.words
    first = next((token for token, word in enumerate(words) if word.strip() and word not in _BULLETS), len(words))
    ends = next(
        (token for token in range(first + 1, min(first + _HEAD, len(words) - 1)) if words[token] in _HEADING), None
    )
    before = [tree.parsed[token] for token in range(first, ends or first)]
    found = horizon(before, published=today) if before else None
    if found is None or found.days is None or found.days[0] < today:
        return None
    wordy = [token for token in (*before[: found.first], *before[found.last + 1 :]) if token.is_alpha]
    return None if wordy else found


def _added(said: Stretch, each: Proposition, today: Date) -> Found | None:
    """A time, and nothing else, between the comma behind a proposition and the next mark: *…, this evening*."""
    tree, comma, taken = said.tree, each.tokens[-1] + 1, _taken(said)
    end = tree.sentences[tree.sentence[each.tokens[-1]]][1]
    if comma >= end or tree.words[comma] != ",":
        return None
    last = comma + 1
    while last < end and not tree.marks[last] and last not in taken:
        last += 1
    piece = [tree.parsed[token] for token in range(comma + 1, last)]
    whole = last < end and tree.marks[last] and piece
    times = all_times(piece, published=today) if whole else ()
    fits = len(times) == 1 and times[0].first == 0 and times[0].last == len(piece) - 1
    return times[0] if fits and times[0].latest and times[0].latest >= today else None


def _led(said: Stretch, each: Proposition, today: Date) -> Found | None:
    """A time, and nothing else, before an attribution set in behind it: *On Saturday, she said, it would hire*."""
    tree, start = said.tree, each.tokens[0]
    inset = {*said.cue, *said.source}
    if not inset or max(inset) >= start or not any(tree.words[token] == "," for token in range(max(inset), start)):
        return None
    comma = min(inset) - 1
    if comma < 0 or tree.words[comma] != ",":
        return None
    first = comma
    while first > tree.sentences[tree.sentence[comma]][0] and not tree.marks[first - 1]:
        first -= 1
    piece = [tree.parsed[token] for token in range(first, comma)]
    times = all_times(piece, published=today, ahead=tree.parsed[each.head]) if piece else ()
    fits = len(times) == 1 and times[0].first == 0 and times[0].last == len(piece) - 1
    return times[0] if fits and times[0].latest and times[0].latest >= today else None


def _granted(said: Stretch, each: Proposition, today: Date) -> Found | None:
    """The time given before the words of a demand: *The minister gave the pilots until Friday: "Fly …"*."""
    tree, start = said.tree, each.tokens[0]
    if not said.cue:
        return None
    first = tree.sentences[tree.sentence[min(said.cue)]][0]
    before = [tree.parsed[token] for token in range(first, start)]
    for found in all_times(before, published=today) if before else ():
        due = found.days is not None and found.days[1] >= today
        if due and found.kind in ("by", "within") and arranged(before[found.first], GRANTING):
            return found
    return None
