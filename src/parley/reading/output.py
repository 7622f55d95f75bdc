"""What was read, as plain values for programs, and back. `statement_line` and `attribution_line` are the main names."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from typing import Any

from parley.domain.attribution import Attribution
from parley.domain.source import Article, Span
from parley.domain.statement import Names, Statement
from parley.reading.result import Reading

__all__ = ["attribution_line", "from_values", "statement_line", "values"]


def statement_line(statement: Statement, doc: str) -> dict[str, Any]:
    """One statement as a line of `statements.jsonl`.

    Parameters
    ----------
    statement : the statement
    doc : name of the article
    """
    return {"schema": "parley/statement/1", "doc": doc, **_of(statement.article), **_statement(statement)}


def attribution_line(attribution: Attribution, number: int, article: Article, doc: str) -> dict[str, Any]:
    """One attribution as a line of JSON.

    Parameters
    ----------
    attribution : the attribution
    number : its place among those of the article, from 1
    article : the article
    doc : name of the article
    """
    return {
        "schema": "parley/attribution/1",
        "doc": doc,
        **_of(article),
        "id": f"a{number}",
        **_attribution(attribution),
        "words": [article.words(span) for span in attribution.content],
        "speaker": None if attribution.source is None else article.words(attribution.source),
    }


def values(reading: Reading) -> dict[str, Any]:
    """A reading without its article, as values that JSON can hold."""
    return {
        "attributions": [_attribution(each) for each in reading.attributions],
        "statements": [_statement(each) for each in reading.statements],
        "notes": list(reading.notes),
    }


def from_values(held: Mapping[str, Any], article: Article) -> Reading:
    """The reading of an article from what `values` gave.

    Raises
    ------
    ScenarioError, KeyError, TypeError, ValueError
        If the values are not of a reading of this article.
    """
    return Reading(
        article=article,
        attributions=tuple(
            Attribution(
                content=_spans(each["content"]),
                cue=_span(each["cue"]),
                source=_span(each["source"]),
                confidence=each["confidence"],
                why=each["why"],
            )
            for each in held["attributions"]
        ),
        statements=tuple(_made(each, article) for each in held["statements"]),
        notes=tuple(held["notes"]),
    )


def _of(article: Article) -> dict[str, str | None]:
    """What a line tells of its article, so that it need not be said again where the line is taken up."""
    return {"date": None if article.date is None else article.date.isoformat(), "digest": article.digest}


def _statement(statement: Statement) -> dict[str, Any]:
    horizon = statement.horizon
    return {
        "id": statement.id,
        "source": _ends(statement.source),
        "cue": _ends(statement.cue),
        "content": [_ends(span) for span in statement.spans],
        "words": list(statement.words),
        "speaker": statement.speaker,
        "holder": statement.holder,
        "kind": statement.kind,
        "issue": statement.issue,
        "target": statement.target,
        "horizon": None if horizon is None else [day.isoformat() for day in horizon],
        "horizon_kind": statement.horizon_kind,
        "hedge": None if statement.hedge is None else list(statement.hedge),
        "modality": statement.modality,
        "negated": statement.negated,
        "conditions": list(statement.conditions),
        "part_of": statement.part_of,
        "confidence": round(statement.confidence, 4),
        "why": statement.why,
        **_names(statement.names),
    }


def _names(names: Names) -> dict[str, Any]:
    """Nothing at all where no id stands in the place of a name."""
    return {} if names == Names() else {"names": dataclasses.asdict(names)}


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": _ends(attribution.source),
        "cue": _ends(attribution.cue),
        "content": [_ends(span) for span in attribution.content],
        "confidence": round(attribution.confidence, 4),
        "why": attribution.why,
    }


def _made(held: Mapping[str, Any], article: Article) -> Statement:
    same = ("id", "speaker", "holder", "kind", "issue", "target", "horizon_kind", "modality", "negated", "part_of")
    horizon, hedge = held["horizon"], held["hedge"]
    return Statement(
        article=article,
        spans=_spans(held["content"]),
        words=tuple(held["words"]),
        source=_span(held["source"]),
        cue=_span(held["cue"]),
        horizon=None if horizon is None else (_day(horizon[0]), _day(horizon[1])),
        hedge=None if hedge is None else (hedge[0], hedge[1]),
        conditions=tuple(held["conditions"]),
        confidence=held["confidence"],
        why=held["why"],
        names=Names(**held.get("names", {})),
        **{name: held[name] for name in same},
    )


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def _ends(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]


def _span(ends: list[int] | None) -> Span | None:
    return None if ends is None else Span(start=ends[0], end=ends[1])


def _spans(ends: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end) for start, end in ends)
