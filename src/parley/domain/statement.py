"""What somebody says in an article (`Statement`), and what it claims on an issue (`Claim`)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from parley.domain.estimate import Point, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Defines, Refers
from parley.domain.party import PartyId
from parley.domain.source import Article, Span, StatementKind
from parley.errors import Problem, ScenarioError

__all__ = ["Claim", "HorizonKind", "Modality", "Names", "Statement"]

HorizonKind = Literal["by", "within", "until", "from"]
Modality = Literal["must", "should", "will", "can", "may", "would"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of those in whose place a statement has the id of a party; absent for all others.

    Attributes
    ----------
    speaker, holder, target : the name as it was resolved in the article
    """

    speaker: str | None = None
    holder: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing said in an article, with the characters that say it.

    Where it has been linked to a codebook, speaker, holder and target are ids of its parties, if it knows them.

    Attributes
    ----------
    id : short name, unique in its article
    article : the article
    spans : where its words stand; several when the cue interrupts them
    words : the words of each span
    speaker : who says it, by the fullest name that the article gives; `the article` where the article itself does
    kind : what kind of statement it is
    holder : whose demand, goal or plan it is, by name; the speaker where it is their own
    source, cue : where the source is named, and where the words that attribute stand
    issue : id of the issue that it is linked to; absent without a codebook, or where no issue fits
    target : of whom something is demanded or threatened, or to whom it is offered, by name
    hedge : probability range that the speaker's wording conveys, (low, high)
    horizon : the period that it speaks of, (earliest, latest)
    horizon_kind : `by` a day, `within` a period, `until` its end or `from` its start
    negated : whether it denies what its words say
    modality : the modal that colours it
    conditions : ids of the statements that are conditions of this one
    part_of : id of the attribution that it was split from; absent for what the article says itself
    confidence : how sure the reader is that this is a statement of this kind by this speaker, 0..1
    why : which rules or features found it
    names : the names in whose place ids of parties stand

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
    issue: str | None = None
    target: str | None = None
    hedge: tuple[float, float] | None = None
    horizon: tuple[datetime.date, datetime.date] | None = None
    horizon_kind: HorizonKind | None = None
    negated: bool = False
    modality: Modality | None = None
    conditions: tuple[str, ...] = ()
    part_of: str | None = None
    confidence: float = 1.0
    why: str = ""
    names: Names = Names()

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

    @property
    def as_named(self) -> Statement:
        """The same statement with names, as the article has them, in place of ids of parties."""
        if self.names == Names():
            return self
        return replace(
            self,
            speaker=self.names.speaker or self.speaker,
            holder=self.names.holder or self.holder,
            target=self.names.target or self.target,
            names=Names(),
        )


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
    source : id of the source that holds the statement
    also_in : ids of sources that carry the same words; they count once
    spans : where its words stand, in characters of the article's text
    said_by : who says so, by name
    date : the day of the source; absent where unknown
    superseded_by : id of a later claim of the party on this issue, which counts in its place
    """

    id: Annotated[str, Defines("claim")]
    party: PartyId
    issue: IssueId
    kind: StatementKind
    statement: str
    words: Words = ""
    position: Point | None = None
    source: Annotated[str, Refers("source")] | None = None
    also_in: tuple[Annotated[str, Refers("source")], ...] = ()
    spans: tuple[Span, ...] = ()
    said_by: Words = ""
    date: datetime.date | None = None
    superseded_by: Annotated[str, Refers("claim")] | None = None
