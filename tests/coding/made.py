"""Statements, codings and a codebook for tests, about a conflict that never was."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from parley.domain.codebook import Codebook, CodedIssue, CodedParty, Pole
from parley.domain.coding import Coding, Publication
from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Scale
from parley.domain.source import Article, Span
from parley.domain.statement import Statement

DAY = datetime.date(2026, 3, 2)


def codebook() -> Codebook:
    """Two valleys that quarrel over a dam, a truce and customs."""
    return Codebook(
        title="The dam",
        parties=(
            CodedParty(id="north", name="the Northern Valley", role="belligerent", aliases=("Ardra", "Mira Holt")),
            CodedParty(id="south", name="the Southern Valley", role="belligerent", aliases=("Belsk", "the Senate")),
        ),
        issues=(
            CodedIssue(
                id="truce",
                name="Truce",
                question="For how long do the guns fall silent?",
                scale=Scale(low=0, high=200, unit="days"),
                words=("truce", "ceasefire", "lay down ... arms"),
                poles=(Pole(at=200, words=("permanent", "lasting")), Pole(at=0, words=("fight on",))),
            ),
            CodedIssue(
                id="water",
                name="Water",
                question="How much water is let through the dam?",
                scale=Scale(
                    low=0,
                    high=50,
                    unit="per cent of the flow",
                    anchors=(Anchor(at=0, words="The dam stays shut"), Anchor(at=50, words="It stands open")),
                ),
                words=("water", "dam", "sluice gate"),
                except_in=("holy water", "dam of lies"),
                poles=(
                    Pole(at=0, words=("close", "shut", "hold back")),
                    Pole(at=50, words=("open", "release", "let ... through")),
                ),
            ),
            CodedIssue(
                id="customs",
                name="Customs",
                question="How high are the duties?",
                words=("customs", "duty", "tariff", "toll"),
                poles=(Pole(at=0, words=("abolish", "drop", "lift")), Pole(at=100, words=("raise", "double"))),
                asked=100,
            ),
        ),
    )


def statement(words: str, kind: str = "demand", speaker: str = "Ardra", **more: Any) -> Statement:
    """A statement whose article is its words."""
    article = Article(text=words, title="Talks", outlet="The Crier", date=more.pop("date", DAY))
    fields = {"id": "s1", **more}
    return Statement(
        article=article,
        spans=(Span(start=0, end=len(words)),),
        words=(words,),
        speaker=speaker,
        kind=kind,
        **fields,
    )


def source(doc: str = "talks.txt", date: datetime.date | None = DAY, **more: Any) -> Publication:
    """Where an article appeared; its digest is that of its name."""
    return Publication(doc=doc, digest=hashlib.sha256(doc.encode()).hexdigest(), date=date, **more)


def coding(name: str = "c1", party: str | None = "north", issue: str | None = "water", **more: Any) -> Coding:
    """A claim that places the north in the middle of the water's scale, unless told otherwise."""
    point = more.pop("point", (40.0, 50.0, 60.0))
    fields: dict[str, Any] = {
        "statement": name,
        "source": source(),
        "spans": (Span(start=0, end=4),),
        "words": ("word",),
        "speaker": "Ardra",
        "holder": "Ardra",
        "kind": "demand",
        "voice": "own",
        "position": None if point is None else Estimate(low=point[0], mode=point[1], high=point[2]),
        **more,
    }
    return Coding(id=name, party=party, issue=issue, **fields)
