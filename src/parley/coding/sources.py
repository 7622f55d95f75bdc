"""Articles and claims as a scenario holds them: citations and places, no text of the article. `sources` and `claim`."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from parley.domain.codebook import Codebook
from parley.domain.coding import Coding, Publication
from parley.domain.source import Source
from parley.domain.statement import Claim

__all__ = ["claim", "source_id", "sources"]


def source_id(source: Publication) -> str:
    """Id of an article among a scenario's sources."""
    return f"a{source.digest[:8]}"


def sources(codings: Sequence[Coding], *, as_of: datetime.date) -> tuple[Source, ...]:
    """The articles of codings, those that carry the same words included, in order; none later than a day."""
    articles = {source_id(each): each for coding in codings for each in (coding.source, *coding.also_in)}
    return tuple(
        Source(
            id=name,
            title=each.title or each.doc,
            outlet=each.outlet,
            author=each.author,
            date=each.date,
            note=f"File {each.doc}; SHA-256 of its text {each.digest}."
            + ("" if each.date else " The day is not known."),
        )
        for name, each in articles.items()
        if each.date is None or each.date <= as_of
    )


def claim(
    coding: Coding, codebook: Codebook, *, quote: bool, superseded: Mapping[str, str], known: frozenset[str]
) -> Claim:
    """A coding as a claim of a scenario.

    Parameters
    ----------
    coding : a coding with a party and an issue
    codebook : parties and issues
    quote : whether the article's own words are taken over
    superseded : ids of claims that later ones replace, with the later one
    known : ids of the scenario's sources
    """
    assert coding.party is not None
    assert coding.issue is not None
    return Claim(
        id=coding.id,
        party=coding.party,
        issue=coding.issue,
        kind=coding.kind,
        statement=f"{coding.source.digest}:{coding.statement}",
        words=coding.text if quote else _described(coding, codebook),
        position=coding.position,
        source=source_id(coding.source),
        also_in=tuple(name for name in map(source_id, coding.also_in) if name in known),
        spans=coding.spans,
        said_by=coding.speaker,
        date=coding.source.date,
        superseded_by=superseded.get(coding.id),
    )


def _described(coding: Coding, codebook: Codebook) -> str:
    """A claim in the codebook's words."""
    assert coding.party is not None
    assert coding.issue is not None
    issue = codebook.issue(coding.issue)
    text = f"{codebook.party(coding.party).name}, {coding.kind}, {issue.name}"
    near = "" if coding.position is None else issue.scale.words_at(coding.position.mode)
    return f"{text}: nearest to “{near}”" if near else text
