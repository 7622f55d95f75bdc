"""What somebody says in an article (`Statement`), and what it claims on an issue (`Claim`)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from parley.domain.estimate import Point, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Defines
from parley.domain.party import PartyId
from parley.domain.source import Article, Span, StatementKind
from parley.errors import Problem, ScenarioError

__all__ = ["Claim", "Statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said in an article, with the characters that say it.

    Attributes
    ----------
    id : short name, unique in its article
    article : the article
    spans : where its words stand; several when the cue interrupts them
    words : the words of each span
    speaker : who says it, as the article names them
    holder : whose position it is, where it is not the speaker's own
    kind : what kind of statement it is
    source, cue : where the speaker and the verb of saying stand
    hedge : probability range that the speaker's wording conveys, (low, high)
    horizon : the period that it speaks of, (earliest, latest)
    negated : whether it denies what its words say
    confidence : how sure the reader is that this is a statement, 0..1

    Raises
    ------
    ScenarioError
        If the article's text at a span is not the words given.
    """

    id: str
    article: Article
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    speaker: str
    kind: StatementKind
    holder: str | None = None
    source: Span | None = None
    cue: Span | None = None
    hedge: tuple[float, float] | None = None
    horizon: tuple[datetime.date, datetime.date] | None = None
    negated: bool = False
    confidence: float = 1.0

    def __post_init__(self) -> None:
        problems = []
        if not self.spans or len(self.spans) != len(self.words):
            problems.append(
                Problem(message=f"{len(self.spans)} spans for {len(self.words)} pieces of words", hint="one span each")
            )
        problems += [
            Problem(
                path=("spans", index), message=f"the article does not say '{words[:40]}' there", hint="the span is off"
            )
            for index, (span, words) in enumerate(zip(self.spans, self.words, strict=False))
            if self.article.words(span) != words
        ]
        if problems:
            raise ScenarioError(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement coded on an issue: what a party is said to want there.

    Attributes
    ----------
    id : short name
    party : id of the party whose position it is
    issue : id of the issue
    kind : kind of the statement
    statement : id of the statement, with the article's digest before a colon
    words : the claim in words
    position : the point that it names; absent where it names none
    """

    id: Annotated[str, Defines("claim")]
    party: PartyId
    issue: IssueId
    kind: StatementKind
    statement: str
    words: Words = ""
    position: Point | None = None
