"""Claims in `claims.jsonl`: codings, each with its position in its issue's own unit. `load` and `text_of` do it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from parley.domain.codebook import Codebook
from parley.domain.coding import Coding, Publication, Voice
from parley.domain.estimate import Estimate
from parley.domain.issue import Scale
from parley.domain.source import Span, StatementKind
from parley.errors import Path, Problem, ScenarioError, did_you_mean
from parley.files import json_lines
from parley.files.json_lines import built, objects
from parley.files.statements import ArticleFolders
from parley.files.units import in_unit

__all__ = ["SCHEMA", "as_line", "from_line", "load", "text_of"]

SCHEMA = "parley/claim/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the file.

    Attributes
    ----------
    id : id of the claim
    statement : id of the statement in its article
    source : where it appeared
    also_in : where else the same words appeared
    content : where its words stand
    words : its words
    speaker : who says it
    holder : whose position it tells
    party : id of that party
    voice : who speaks for the party
    kind : what kind of statement it is
    issue : id of the issue
    position : low, mode and high in the issue's own unit
    also_on : other issues that it touches
    suggested : issues that sound alike
    hedge : the range of probability
    horizon : the period
    conditions : ids of the claims that are its conditions
    confidence : how sure the reader is
    why : the rules that gave issue and position
    """

    id: str
    statement: str
    source: Publication
    content: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    speaker: str
    holder: str
    kind: StatementKind
    also_in: tuple[Publication, ...] = ()
    party: str | None = None
    voice: Voice = "other"
    issue: str | None = None
    position: tuple[float, float, float] | None = None
    also_on: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    hedge: tuple[float, float] | None = None
    horizon: tuple[datetime.date, datetime.date] | None = None
    conditions: tuple[str, ...] = ()
    confidence: float = 1.0
    why: str = ""


SAME = (
    "id", "statement", "source", "speaker", "holder", "party", "voice", "kind", "issue", "also_on", "suggested",
    "conditions", "confidence", "why", "words", "also_in", "hedge", "horizon",
)  # fmt: skip


def as_line(coding: Coding, codebook: Codebook) -> dict[str, Any]:
    """A coding as the object of its line.

    Parameters
    ----------
    coding : the coding
    codebook : the issues with their scales
    """
    point = coding.position
    scale = None if coding.issue is None else codebook.issue(coding.issue).scale
    horizon = coding.horizon
    return {
        "schema": SCHEMA,
        "id": coding.id,
        "source": _publication(coding.source),
        "also_in": [_publication(each) for each in coding.also_in],
        "statement": coding.statement,
        "content": [[span.start, span.end] for span in coding.spans],
        "words": list(coding.words),
        "speaker": coding.speaker,
        "holder": coding.holder,
        "party": coding.party,
        "voice": coding.voice,
        "kind": coding.kind,
        "issue": coding.issue,
        "position": None
        if point is None or scale is None
        else [in_unit(value, scale) for value in (point.low, point.mode, point.high)],
        "also_on": list(coding.also_on),
        "suggested": list(coding.suggested),
        "hedge": None if coding.hedge is None else list(coding.hedge),
        "horizon": None if horizon is None else [day.isoformat() for day in horizon],
        "conditions": list(coding.conditions),
        "confidence": coding.confidence,
        "why": coding.why,
    }


def text_of(codings: Sequence[Coding], codebook: Codebook) -> str:
    """The text of a file of claims."""
    return json_lines.text_of(as_line(each, codebook) for each in codings)


def load(
    content: bytes, name: str, codebook: Codebook, *, articles: ArticleFolders | None = None
) -> tuple[Coding, ...]:
    """Read claims.

    Parameters
    ----------
    content : what the file holds
    name : its name, for problems
    codebook : parties and issues with their scales
    articles : where the articles are; words and places are held against those that are found

    Returns
    -------
    the codings in the order of the file

    Raises
    ------
    ScenarioError
        With every problem, by line.
    """
    found: dict[str, Coding] = {}
    problems: list[Problem] = []
    for number, held in objects(content, name, SCHEMA):
        if isinstance(held, Problem):
            problems.append(held)
            continue
        try:
            coding = from_line(held, name, number, codebook)
            if coding.id in found:
                raise ScenarioError([Problem(message=f"a second claim '{coding.id}'", hint="give each its own id")])
            found[coding.id] = coding
            problems += [replace(each, file=name, line=number) for each in _misplaced(coding, articles)]
        except ScenarioError as error:
            problems += [replace(problem, file=name, line=number) for problem in error.problems]
    if problems:
        raise ScenarioError(problems)
    return tuple(found.values())


def from_line(held: Mapping[str, Any], name: str, number: int, codebook: Codebook) -> Coding:
    """The coding of a line's object.

    Raises
    ------
    ScenarioError
        With every problem of the line.
    """
    line = built(held, _Line, name, number)
    problems = _unknown(line, codebook)
    if problems:
        raise ScenarioError(problems)
    scale = None if line.issue is None else codebook.issue(line.issue).scale
    return Coding(
        spans=tuple(Span(start=start, end=end) for start, end in line.content),
        position=None if line.position is None or scale is None else _estimate(line.position, scale),
        **{field: getattr(line, field) for field in SAME},
    )


def _publication(source: Publication) -> dict[str, Any]:
    return {
        "doc": source.doc,
        "digest": source.digest,
        "title": source.title,
        "outlet": source.outlet,
        "author": source.author,
        "date": None if source.date is None else source.date.isoformat(),
    }


def _unknown(line: _Line, codebook: Codebook) -> list[Problem]:
    places: tuple[tuple[Path, str | None, list[str]], ...] = (
        (("party",), line.party, [each.id for each in codebook.parties]),
        (("issue",), line.issue, [each.id for each in codebook.issues]),
    )
    problems = [
        Problem(path=path, message=f"the codebook has no {path[0]} '{value}'", hint=did_you_mean(value, known))
        for path, value, known in places
        if value is not None and value not in known
    ]
    if line.position is not None and line.issue is None:
        problems.append(Problem(path=("position",), message="a position without an issue", hint="name the issue"))
    return problems


def _estimate(numbers: Sequence[float], scale: Scale) -> Estimate:
    low, mode, high = (scale.point(value) for value in numbers)
    return Estimate(low=low, mode=mode, high=high)


def _misplaced(coding: Coding, articles: ArticleFolders | None) -> list[Problem]:
    """Words that do not stand where the line says, in an article that is there."""
    article = None if articles is None else articles.article(coding.source.doc)
    if article is None:
        return []
    if article.digest != coding.source.digest:
        message = f"the article '{coding.source.doc}' has changed since it was read"
        return [Problem(path=("source",), message=message, hint="read and code it again")]
    return [
        Problem(
            path=("content", index), message=f"the article does not say '{words[:40]}' there", hint="the span is off"
        )
        for index, (span, words) in enumerate(zip(coding.spans, coding.words, strict=True))
        if article.words(span) != words
    ]
