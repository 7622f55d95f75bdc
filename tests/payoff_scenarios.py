"""Scenarios with stated payoffs for tests: `stated_scenario` is the main name."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Issue, Scale
from parley.domain.party import Party
from parley.domain.payoffs import IssueWorth, LevelWorth, StatedPayoff
from parley.domain.scenario import Question, Scenario
from parley.domain.source import Fact, Source

__all__ = ["exactly", "ladder", "stated_scenario", "worth_of"]


def exactly(value: float) -> Estimate:
    return Estimate(low=value, mode=value, high=value, grounds=("F1",))


def ladder(name: str, levels: int) -> Issue:
    """An issue with rungs a, b, c, ..."""
    anchors = tuple(Anchor(at=k, words=f"Level {chr(65 + k)}", rung=chr(97 + k)) for k in range(levels))
    return Issue(id=name, name=name, question="?", scale=Scale(low=0, high=levels - 1, anchors=anchors, ladder=True))


def worth_of(issue: Issue, weight: float, worth: Sequence[float]) -> IssueWorth:
    """What the levels of an issue are worth, in the order of its ladder."""
    points = [issue.scale.point(anchor.at) for anchor in issue.scale.anchors]
    levels = tuple(LevelWorth(at=at, worth=exactly(each)) for at, each in zip(points, worth, strict=True))
    return IssueWorth(issue=issue.id, weight=exactly(weight), levels=levels)


def stated_scenario(
    tables: Sequence[Sequence[Sequence[float]]],
    weights: Sequence[Sequence[float]],
    reserves: Sequence[float | None],
    **changes: Any,
) -> Scenario:
    """A scenario with nothing but payoffs.

    Parameters
    ----------
    tables : for each party and issue, the worth of each level
    weights : for each party, the weight of each issue
    reserves : for each party, its reserve value
    changes : fields of `Scenario` to put in place of these
    """
    issues = [ladder(f"issue_{k}", len(table)) for k, table in enumerate(tables[0])]
    names = [f"party_{i}" for i in range(len(tables))]
    payoffs = tuple(
        StatedPayoff(
            party=name,
            issues=tuple(map(worth_of, issues, weight, table)),
            reserve=None if reserve is None else exactly(reserve),
        )
        for name, table, weight, reserve in zip(names, tables, weights, reserves, strict=True)
    )
    fields: dict[str, Any] = {
        "title": "Talks",
        "question": Question(text="Which package?", asked_by=names[0]),
        "as_of": datetime.date(2020, 1, 1),
        "sources": (Source(id="S1", title="A table"),),
        "facts": (Fact(id="F1", source="S1", words="what it is worth", said_by="the table", kind="position"),),
        "parties": tuple(Party(id=name, name=name, role="other", capability=exactly(1)) for name in names),
        "issues": tuple(issues),
        "payoffs": payoffs,
    }
    return Scenario(**{**fields, **changes})
