"""A statement as a coder reads it: whose, on which issue, and which point it names. `Coding` is the main name."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Estimate, Words
from parley.domain.marks import Text
from parley.domain.source import Span, StatementKind
from parley.errors import Problem, ScenarioError

__all__ = ["Coding", "Publication", "Voice"]

Voice = Literal["own", "reported", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where an article appeared, without its text.

    Attributes
    ----------
    doc : the article's name
    digest : SHA-256 of its text, in hexadecimal
    title, outlet, author : as printed
    date : day of publication; absent where unknown
    """

    doc: Words
    digest: str
    title: Words = ""
    outlet: Words = ""
    author: Words = ""
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One statement coded on one issue.

    Attributes
    ----------
    id : short name: the start of the article's digest, the statement's id, and a number where it was split
    statement : id of the statement in its article
    source : where it appeared
    also_in : where else the same words appeared; copies of an article count once
    spans, words : its words and where they stand in the article
    speaker : who says it, by name
    holder : whose position it tells, by name
    party : id of the party whose position it tells; absent where the holder is none of the codebook's parties
    voice : `own` where the party speaks for itself, `reported` where the article tells a move of the party, `other`
        where somebody else says what the party wants or will do, which never moves its position
    kind : what kind of statement it is
    issue : id of the issue; absent where none is linked
    position : the point that it asks for, 0..100; absent where it names none
    also_on : ids of other issues that its words touch
    suggested : ids of issues that merely sound alike, best first; never a link by themselves
    hedge : probability range that the wording conveys, (low, high)
    horizon : the period that it speaks of, (earliest, latest)
    conditions : ids of the codings that are its conditions
    confidence : how sure the reader was of the statement, 0..1
    why : the rules that gave issue and position, in words

    Raises
    ------
    ScenarioError
        If spans and words do not match in number, or the position lies off 0..100.
    """

    id: str
    statement: str
    source: Publication
    spans: tuple[Span, ...]
    words: tuple[Annotated[str, Text()], ...]
    speaker: Words
    holder: Words
    kind: StatementKind
    also_in: tuple[Publication, ...] = ()
    party: str | None = None
    voice: Voice = "other"
    issue: str | None = None
    position: Estimate | None = None
    also_on: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    hedge: tuple[float, float] | None = None
    horizon: tuple[datetime.date, datetime.date] | None = None
    conditions: tuple[str, ...] = ()
    confidence: float = 1.0
    why: Words = ""

    def __post_init__(self) -> None:
        problems = []
        if not self.spans or len(self.spans) != len(self.words):
            problems.append(
                Problem(message=f"{len(self.spans)} spans for {len(self.words)} pieces of words", hint="one span each")
            )
        if self.position is not None and not (self.position.low >= 0 and self.position.high <= 100):
            problems.append(Problem(path=("position",), message="the position lies off the scale", hint="0..100"))
        if self.position is not None and self.issue is None:
            problems.append(Problem(path=("position",), message="a position without an issue", hint="name the issue"))
        if problems:
            raise ScenarioError(problems)

    @property
    def moves(self) -> bool:
        """Whether it tells where a party stands on an issue."""
        return self.party is not None and self.issue is not None and self.position is not None and self.voice != "other"

    @property
    def text(self) -> str:
        """Its words in one line, with an ellipsis where other words interrupt them."""
        return " … ".join(" ".join(words.split()) for words in self.words)
