"""On which day an article says that something happens, by the nouns and verbs for it. `Happenings` is the main name."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.horizons import all_times
from parley.reading.parsing import Paragraph
from parley.reading.tenses import direction_at
from parley.reading.time_grammar import TimeGrammar
from parley.reading.time_words import word_set, words_of

if TYPE_CHECKING:
    from spacy.tokens import Token

__all__ = ["DUE", "Happenings", "deverbal", "subject"]

Date = datetime.date
DUE = word_set("deadline ultimatum cutoff cut-off target date")
"""Nouns for a day by which something is due, by lemma."""
_HAPPENS = word_set(
    """be begin start open resume take hold set schedule plan due convene meet follow fall gather slate expect come loom
    approach arrive kick go fix pencil book"""
)
_HOLDS = word_set(
    """hold stage call plan schedule set convene organise organize announce order host fix mount launch begin start end
    open face resume have attend call threaten propose be"""
)
_VERBS = {
    noun: verbs.split()
    for nouns, verbs in (
        ("vote ballot poll election referendum", "vote elect"),
        ("meeting summit session gathering conference talk negotiation round", "meet gather convene sit resume"),
        ("signing signature ceremony", "sign"),
        ("strike walkout stoppage action shutdown bandh hartal", "strike walk stop"),
        ("closure closing shutdown", "close shut"),
        ("expiry expiration end lapse", "expire lapse end"),
        ("handover transfer", "hand"),
        ("withdrawal pullout departure exit", "withdraw pull leave depart quit"),
        ("opening reopening launch start", "open reopen launch start"),
        ("visit trip arrival", "visit arrive travel fly"),
        ("hearing ruling verdict judgment judgement decision", "hear rule decide"),
        ("march rally protest demonstration", "march rally protest demonstrate"),
        ("inauguration", "inaugurate"), ("release", "release free"), ("match game final", "play"),
        ("recess holiday", "rise adjourn"), ("return", "return"), ("resignation", "resign"),
    )
    for noun in nouns.split()
}  # fmt: skip
_AKIN = {
    "vote": "election poll ballot referendum plebiscite runoff", "ballot": "election poll vote referendum",
    "poll": "election vote ballot", "election": "poll", "plebiscite": "referendum", "run-off": "runoff",
    "walkout": "strike stoppage", "stoppage": "strike walkout", "action": "strike walkout stoppage",
    "meeting": "summit session conference gathering", "gathering": "meeting summit conference",
    "ultimatum": "deadline", "cutoff": "deadline", "trip": "visit", "protest": "march rally demonstration",
    "ceremony": "signing",
}  # fmt: skip
"""Nouns for what *the vote* and the like may name as well; an election is not meant by each vote."""
_NAMING = frozenset({"compound", "amod", "nmod", "nummod"})
_PLAIN = word_set("next new coming further upcoming first planned scheduled key final")
_TOWARDS = word_set("before by until till for of to ahead after")
_CLAUSES = word_set("ROOT conj ccomp xcomp advcl relcl parataxis")
_BESIDE = frozenset({"compound", "nmod", "nummod", "amod", "npadvmod", "poss", "appos"})
_MANY = 20


@dataclass(frozen=True, kw_only=True)
class Happenings:
    """The happenings of an article that it dates: "Thursday's vote", "the next round opens on 12 July".

    Attributes
    ----------
    paragraphs : the whole article
    published : its day of publication
    """

    paragraphs: Sequence[Paragraph]
    published: Date

    def day_of(self, event: Token) -> Date | None:
        """Find the day of an event that a noun names.

        Parameters
        ----------
        event : the noun

        Returns
        -------
        its first day, after the day of publication; None where the article dates no such event, or dates it twice
        """
        if beside := self._told_of(event):
            return beside
        mine = _narrowed(event)
        told = [(_narrowed(each), day) for each in self._alike(event) if (day := self._told_of(each))]
        days = {day for named, day in told if named == mine}
        other = any(child.lower_ in _PLAIN for child in event.children)
        days = days or {day for named, day in told if named <= mine or mine <= named and not other}
        if not days and not mine:
            days = {day for verb in self._done(event.lemma_.lower()) for day in self.days(verb)}
            days = days or {day for each in self._akin(event) if (day := self._told_of(each))}
        elif not days:
            doing = [verb for verb in self._done(event.lemma_.lower()) if _named(subject(verb), mine)]
            days = {day for verb in doing for day in self.days(verb)}
        if not days and event.lemma_.lower() in DUE:
            days = set(self._due_before(event))
        return days.pop() if len(days) == 1 else None

    def days(self, verb: Token) -> list[Date]:
        """The first day of the first time told below a verb; none that is over.

        Parameters
        ----------
        verb : any verb of the article
        """
        return self._first_day(list(verb.subtree))

    @functools.cached_property
    def verbs(self) -> dict[str, list[Token]]:
        """The verbs of the article that head a clause, or stand at the top of a sentence, by lemma."""
        found: dict[str, list[Token]] = {}
        for token in self._tokens():
            if token.pos_ == "VERB" and token.dep_ in _CLAUSES or token.dep_ == "ROOT" and token.n_lefts:
                found.setdefault(token.lemma_, []).append(token)
        return found

    @functools.cached_property
    def _nouns(self) -> dict[str, list[Token]]:
        found: dict[str, list[Token]] = {}
        for token in self._tokens():
            if token.pos_ in ("NOUN", "PROPN"):
                found.setdefault(token.lemma_.lower(), []).append(token)
        return found

    def _tokens(self) -> Iterator[Token]:
        for paragraph in self.paragraphs:
            if paragraph.kind == "prose":
                yield from paragraph.doc

    def _alike(self, event: Token) -> list[Token]:
        """The other mentions of a noun."""
        found = self._nouns.get(event.lemma_.lower(), [])
        return [each for each in found if each != event][:_MANY]

    def _akin(self, event: Token) -> list[Token]:
        """The mentions of nouns of the same class: of *the vote*, those of the election."""
        akin = _AKIN.get(event.lemma_.lower(), "").split()
        return [each for noun in akin for each in self._nouns.get(noun, ())][:_MANY]

    def _done(self, noun: str) -> list[Token]:
        """The verbs that tell what a noun names: of *the walkout*, those of who walks out."""
        verbs = {*_VERBS.get(noun, ()), noun} - _HAPPENS - _HOLDS | {*_VERBS.get(noun, ())}
        return [verb for name in sorted(verbs) for verb in self.verbs.get(name, ())][:_MANY]

    def _told_of(self, event: Token) -> Date | None:
        """The day told beside a noun, behind it, or of what it does or what is done with it."""
        for found in (self._named_by(event), self._first_day([each for each in event.subtree if each.i > event.i])):
            if found:
                return found[0]
        verb = event.head
        if event.lemma_ == "poll" and event.dep_ == "pobj" and verb.head.lemma_ == "go":
            return next(iter(self.days(verb.head)), None)
        due = event.lemma_.lower() in DUE and verb.lemma_ in {"expire", "end", "lapse", "run", "pass"}
        happens = event.dep_ in ("nsubj", "nsubjpass") and (due or verb.lemma_ in _HAPPENS)
        held = event.dep_ in ("dobj", "attr") and verb.lemma_ in _HOLDS
        if not (happens or held) or direction_at(verb) == "past" and event.dep_ not in ("nsubjpass", "dobj"):
            return None
        below = list(verb.subtree) if event.dep_ == "attr" else [each for each in verb.subtree if each.i > event.i]
        return next(iter(self._first_day(below)), None)

    def _named_by(self, event: Token) -> list[Date]:
        """The day that names it: *Thursday's vote*, *the 12 July deadline*."""
        before = [each for child in event.lefts if child.dep_ in _BESIDE for each in child.subtree if each.i < event.i]
        if not before:
            return []
        words = [word for word in words_of(before)[0] if word not in {"'s", "'"}]
        to_come = event.dep_ == "pobj" and event.head.lower_ in _TOWARDS or direction_at(event) != "past"
        grammar = TimeGrammar(words=words, published=self.published)
        for at in range(len(words)):
            found = grammar.day(at, "future" if to_come else "past")
            if found and found[0].first > self.published:
                return [found[0].first]
        return []

    def _first_day(self, tokens: Sequence[Token]) -> list[Date]:
        for found in all_times(tokens, published=self.published) if tokens else ():
            if found.kind == "within" and found.earliest and found.earliest > self.published:
                return [found.earliest]
            if found.kind == "by" and found.latest and found.latest > self.published and _is_due(tokens, found.last):
                return [found.latest]
        return []

    def _due_before(self, event: Token) -> list[Date]:
        """The last day named before a word such as *deadline* by which something must be done."""
        for sentence in self._sentences_before(event):
            due = [each for each in all_times(sentence, published=self.published) if each.kind == "by" and each.latest]
            if due:
                return [each.latest for each in due[-1:] if each.latest and each.latest > self.published]
        return []

    def _sentences_before(self, event: Token) -> Iterator[list[Token]]:
        """The words before a token in its sentence, then the sentences before it, back to the first."""
        yield list(event.doc[event.sent.start : event.i])
        docs = [paragraph.doc for paragraph in self.paragraphs if paragraph.kind == "prose"]
        own = next((place for place, doc in enumerate(docs) if doc is event.doc), 0)
        for doc in reversed(docs[: own + 1]):
            for sentence in reversed(list(doc.sents)):
                if doc is not event.doc or sentence.end <= event.sent.start:
                    yield list(sentence)


def _is_due(tokens: Sequence[Token], last: int) -> bool:
    return any(token.lemma_.lower() in DUE for token in tokens[max(0, last - 1) : last + 2])


def subject(verb: Token) -> Token | None:
    """The noun that is a verb's subject; None where it has none, or a pronoun."""
    return next(
        (each for each in verb.children if each.dep_ in ("nsubj", "nsubjpass") and each.pos_ in ("NOUN", "PROPN")),
        None,
    )


def _named(noun: Token | None, lemmas: frozenset[str]) -> bool:
    return noun is not None and noun.lemma_.lower() in lemmas


def deverbal(noun: Token) -> bool:
    """Whether a noun is one of what happens, such as *walkout*, or of a day that is set, such as *deadline*."""
    return noun.lemma_.lower() in _VERBS or noun.lemma_.lower() in DUE


def _narrowed(event: Token) -> frozenset[str]:
    """The lemmas that narrow a noun down, without those of its day."""
    named = (child.lemma_.lower() for child in event.children if child.dep_ in _NAMING and child.ent_type_ != "DATE")
    return frozenset(named) - _PLAIN
