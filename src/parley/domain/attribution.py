"""Who is said to say what, as places in an article: `Attribution`."""

from __future__ import annotations

from dataclasses import dataclass

from parley.domain.source import Span
from parley.errors import Problem, ScenarioError

__all__ = ["Attribution"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A source, the words that attribute, and what is attributed, as spans of one article.

    Attributes
    ----------
    content : what is said, thought or wanted; several spans, in order, where other words interrupt it
    cue : the words that attribute, such as a verb of saying; absent where nothing does but quotation marks
    source : who is named as the source; absent where the article names none
    confidence : how sure the reader is, 0..1
    why : which rule or features found it

    Raises
    ------
    ScenarioError
        If there is no content, its spans overlap or are out of order, or the confidence is not within 0..1.

    Source
    ------
    The three roles of an attribution relation, [Pareti2016]_.
    """

    content: tuple[Span, ...]
    cue: Span | None = None
    source: Span | None = None
    confidence: float = 1.0
    why: str = ""

    def __post_init__(self) -> None:
        problems = []
        if not self.content:
            problems.append(Problem(path=("content",), message="an attribution without content", hint="give its spans"))
        if any(left.end > right.start for left, right in zip(self.content, self.content[1:], strict=False)):
            problems.append(Problem(path=("content",), message="its spans overlap", hint="give them in order"))
        if not 0 <= self.confidence <= 1:
            problems.append(
                Problem(path=("confidence",), message=f"{self.confidence:g} is no confidence", hint="write 0..1")
            )
        if problems:
            raise ScenarioError(problems)

    @property
    def start(self) -> int:
        """Where its content starts, in code points of the article's text."""
        return self.content[0].start

    @property
    def end(self) -> int:
        """Where its content ends, in code points of the article's text."""
        return self.content[-1].end
