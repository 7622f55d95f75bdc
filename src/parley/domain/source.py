"""What a scenario rests on: sources, facts, judgements, and articles with spans of their text."""

from __future__ import annotations

import datetime
import functools
import hashlib
from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Ground, Words
from parley.domain.marks import Defines, Refers
from parley.errors import Problem, ScenarioError

__all__ = ["Article", "Fact", "FactKind", "Hedge", "Judgement", "Source", "Span", "StatementKind"]

StatementKind = Literal[
    "demand",
    "offer",
    "refusal",
    "condition",
    "threat",
    "promise",
    "prediction",
    "assessment",
    "proposal",
    "goal",
    "fact-claim",
    "recommendation",
]
FactKind = Literal[
    "demand", "offer", "refusal", "condition", "threat", "promise", "prediction", "assessment", "proposal", "goal",
    "fact-claim", "recommendation",
    "event", "measurement", "position", "options",
]  # fmt: skip
Hedge = Literal["certain", "likely", "probable", "possible", "unlikely", "sceptical", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something published that facts are taken from.

    Attributes
    ----------
    id : short name
    title : its title
    outlet : who published it
    author : who wrote it
    date : when it appeared; absent where unknown
    note : remark, such as how the date is known
    """

    id: Annotated[str, Defines("source")]
    title: Words
    outlet: Words = ""
    author: Words = ""
    date: datetime.date | None = None
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a source says at one place, in our words.

    Attributes
    ----------
    id : short name, such as `F12`
    source : id of the source
    words : the paraphrase
    said_by : whom the source attributes it to; the source itself where it names nobody
    kind : what kind of statement it is
    hedge : how sure the speaker sounds; absent where it is no forecast
    """

    id: Annotated[str, Defines("fact")]
    source: Annotated[str, Refers("source")]
    words: Words
    said_by: Words
    kind: FactKind
    hedge: Hedge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Something that an analyst holds without a source that says so, with the reason.

    Attributes
    ----------
    id : short name, such as `J3`
    words : what is judged
    because : the reason
    by : who judges
    grounds : facts that the reason leans on
    """

    id: Annotated[str, Defines("judgement")]
    words: Words
    because: Words
    by: Words = "the author of the scenario"
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        if not self.because.strip():
            raise ScenarioError([Problem(path=("because",), message="a judgement gives no reason", hint="say why")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters start..end (end not included) of an article's text, counted in code points.

    Attributes
    ----------
    start : first character, from 0
    end : one past the last character
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ScenarioError(
                [Problem(message=f"the span {self.start}..{self.end} is empty or negative", hint="0 <= start < end")]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text that statements are read from; it is never rewritten.

    Attributes
    ----------
    text : the canonical text
    title, outlet, author : as printed
    date : day of publication; absent where unknown
    """

    text: str
    title: Words = ""
    outlet: Words = ""
    author: Words = ""
    date: datetime.date | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the text in UTF-8, in hexadecimal."""
        return _digest(self.text)

    def words(self, span: Span) -> str:
        """The characters of a span."""
        return self.text[span.start : span.end]


@functools.lru_cache(maxsize=8)
def _digest(text: str) -> str:
    """Kept for the texts at hand, since each of the thousands of statements of a long article asks for it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
