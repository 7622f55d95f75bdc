"""What the reading of one article gives: `Reading`."""

from __future__ import annotations

from dataclasses import dataclass

from parley.domain.attribution import Attribution
from parley.domain.source import Article
from parley.domain.statement import Statement

__all__ = ["Reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in an article.

    Attributes
    ----------
    article : the article
    attributions : who is said to say what, in the order of their content
    statements : the statements, in the order of the text
    notes : what a user should know, such as that the text is in another language
    """

    article: Article
    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()
