"""When an event takes place, by what the article says of it elsewhere. `Events` is the main name."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parley.domain.statement import HorizonKind
from parley.reading.frames import Found
from parley.reading.happenings import Happenings, deverbal, subject
from parley.reading.horizon_words import EVENTS
from parley.reading.parsing import Paragraph
from parley.reading.periods import shifted
from parley.reading.pointing import pointed
from parley.reading.tenses import GRANTING, arranged, governor
from parley.reading.time_amounts import AmountGrammar
from parley.reading.time_words import word_set, words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["Events"]

Date = datetime.date
_ENDS = word_set("expire end lapse close finish conclude")
_MANY = 20
_LINKS: dict[str, HorizonKind] = {
    "by": "by", "before": "by", "until": "until", "till": "until", "after": "from", "at": "within", "during": "within",
}  # fmt: skip
_SPLIT = {("ahead", "of"): "before", ("prior", "to"): "before", ("eve", "of"): "until", ("up", "to"): "until"}
_THE = word_set("the this that these those its their his her our")
_COMING = word_set("will would shall must wo 'll ’ll")
_MARKS: dict[str, HorizonKind] = {
    "when": "within", "once": "from", "after": "from", "before": "by", "until": "until", "till": "until",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Events:
    """The events of an article that it dates: "the next round, which opens on 12 July", "the vote is on Sunday".

    Attributes
    ----------
    paragraphs : the whole article
    published : its day of publication
    """

    paragraphs: Sequence[Paragraph]
    published: Date

    def dated(self, found: Found, tokens: Sequence[Token]) -> Found:
        """Give a bound that an event sets, such as *before the next round*, the day on which the article says it is.

        Parameters
        ----------
        found : a bound without dates
        tokens : the tokens in which it was found

        Returns
        -------
        the bound with dates; as it was where the article dates no such event, or dates it twice
        """
        event = tokens[found.last]
        start = self._happenings.day_of(event)
        if start is None:
            return found
        eve = any(token.lower_ == "eve" for token in tokens[found.first : found.last])
        if found.kind == "from":
            return replace(found, earliest=start, latest=start)
        last = start if found.kind == "until" and not eve else start - datetime.timedelta(days=1)
        return replace(found, earliest=self.published, latest=last)

    def pointed(self, tokens: Sequence[Token]) -> Found | None:
        """Find a time that points back to one named before, as `pointing.pointed` does.

        Parameters
        ----------
        tokens : a proposition's tokens, in order
        """
        return pointed(tokens, self.paragraphs, published=self.published)

    def named(self, tokens: Sequence[Token], *, ahead: bool) -> Found | None:
        """Find a bound set by an event that the article dates elsewhere: *by the deadline*, *a week before the vote*.

        Parameters
        ----------
        tokens : a proposition's tokens, in order
        ahead : whether the proposition is about what is still to come

        Returns
        -------
        the time, with dates; None where there is none, or it tells when a thing was done
        """
        for place, token in enumerate(tokens):
            if token.dep_ != "pobj" or token.pos_ not in ("NOUN", "PROPN") or not _definite(token):
                continue
            link, name = _link(token.head)
            if name not in _LINKS or not (ahead or _will(link)) or not _bounds(token, link, name):
                continue
            if (start := self._happenings.day_of(token)) is not None:
                return self._set_by(start, link, name, place)
        return None

    def _set_by(self, start: Date, link: Token, name: str, place: int) -> Found:
        """The bound that an event sets from some side, or the day so many days or weeks before or after it."""
        kind = _LINKS[name]
        if name in ("before", "after") and (step := _step(list(link.doc[max(link.sent.start, link.i - 3) : link.i]))):
            count, unit = step
            day = shifted(start, count if name == "after" else -count, unit)
            return Found(kind="within", first=place, last=place, earliest=day, latest=day)
        if name == "after":
            start = shifted(start, 1, "day")
        last = shifted(start, -1, "day") if name == "before" else start
        first = self.published if kind in ("by", "until") else start
        return Found(kind=kind, first=place, last=place, earliest=min(first, last), latest=last)

    def met(self, tokens: Sequence[Token]) -> Found | None:
        """Find the time of a clause that names what the article dates elsewhere: *when the truce lapses*.

        Parameters
        ----------
        tokens : a proposition's tokens, in order

        Returns
        -------
        the time, with dates; None where there is no such clause, or the article dates it nowhere or twice
        """
        for place, token in enumerate(tokens):
            mark = next((child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")), "")
            if token.dep_ != "advcl" or mark not in _MARKS:
                continue
            days = {start for verb in self._same(token)[:_MANY] for start in self._happenings.days(verb)}
            if len(days) == 1:
                return self._met(mark, days.pop(), place)
        return None

    def _same(self, verb: Token) -> list[Token]:
        """The other verbs that tell of the same: with its subject, or with any where *it* expires."""
        ends = verb.lemma_ in _ENDS
        names = _ENDS if ends else {verb.lemma_}
        others = [each for name in sorted(names) for each in self._happenings.verbs.get(name, []) if each != verb]
        mine = subject(verb)
        if mine is None:
            pronoun = any(child.lower_ in ("it", "they") for child in verb.children if child.dep_ == "nsubj")
            return others if ends and pronoun else []
        return [each for each in others if (its := subject(each)) is not None and its.lemma_ == mine.lemma_]

    def _met(self, mark: str, start: Date, place: int) -> Found:
        kind: HorizonKind = _MARKS[mark]
        last = start - datetime.timedelta(days=1) if mark == "before" else start
        first = self.published if kind in ("by", "until") else start
        return Found(kind=kind, first=place, last=place, earliest=first, latest=last)

    @functools.cached_property
    def _happenings(self) -> Happenings:
        return Happenings(paragraphs=self.paragraphs, published=self.published)


def _link(preposition: Token) -> tuple[Token, str]:
    """The word that links an event to a statement, and what it is alike: of *ahead of*, *before*."""
    above = preposition.head
    if name := _SPLIT.get((above.lower_, preposition.lower_)):
        return above, name
    return preposition, preposition.lower_


def _definite(event: Token) -> bool:
    """Whether a noun names an event that readers know of."""
    return any(child.lower_ in _THE or child.dep_ == "poss" for child in event.children)


def _will(link: Token) -> bool:
    """Whether the verb above a link is told to come: *will hand over*, *would not pay*."""
    verb = governor(link)
    if arranged(link, GRANTING):
        return True
    return verb is not None and any(child.lower_ in _COMING for child in verb.children if child.dep_ == "aux")


def _bounds(event: Token, link: Token, name: str) -> bool:
    """Whether *by* and *at* tell of a time, as in *by the walkout*, and not of who or what does a thing."""
    if name not in ("by", "at"):
        return True
    going_on = name == "at" and (verb := governor(link)) is not None and verb.tag_ == "VBG"
    return (deverbal(event) or event.lower_ in EVENTS) and link.dep_ != "agent" and not going_on


def _step(tokens: Sequence[Token]) -> tuple[int, str] | None:
    """How far *the day* and *two weeks*, with which the tokens end, lead."""
    words, _ = words_of(tokens)
    if words[-2:] == ["the", "day"]:
        return 1, "day"
    for start in range(len(words)):
        found = AmountGrammar(words=words).amount(start)
        if found and found[1] == len(words) and not found[0].bare and found[0].low == found[0].high:
            return round(found[0].low), found[0].unit
    return None
