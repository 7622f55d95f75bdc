"""What may come out on an issue: an interval judged by past misses, beside the compromise mean. `outlook`.

The ranges of the models only say how far the scenario's numbers leave their answers open, not how far the models
themselves go wrong. One engine has a record of that: its variable `sampled` holds a point that may come out, drawn for
each draw from a distribution fitted to decided issues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from parley.briefing import units
from parley.briefing.desk import Desk
from parley.briefing.prose import Run, write
from parley.domain.briefing import Piece
from parley.domain.comparison import Statistic
from parley.domain.issue import Issue

__all__ = ["DECIDED", "Outlook", "apart", "caveat", "in_words", "judge", "outlook", "settled", "settlements", "telling"]

DECIDED = "351"
"""Number of decided issues on which the interval was judged."""

COMPROMISE = "compromise_model"

FEWEST = 20
"""With fewer draws than this, their tenth and ninetieth percentiles mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What may come out on an issue, if there is a decision.

    Attributes
    ----------
    low, high : ends of the interval that is to hold eight of ten outcomes, 0..100; None where no engine gives one
    mean : the mean position, weighted by capability and salience, 0..100; None where no engine gives it
    interval_basis, mean_basis : ids of what they rest on
    """

    issue: Issue
    low: float | None
    high: float | None
    mean: float | None
    interval_basis: str = ""
    mean_basis: str = ""

    @property
    def interval(self) -> Piece | None:
        """The interval in the issue's own unit."""
        if self.low is None or self.high is None:
            return None
        return Piece(text=units.between(self.issue, self.low, self.high), basis=self.interval_basis)

    @property
    def compromise(self) -> Piece | None:
        """The compromise mean in the issue's own unit."""
        if self.mean is None:
            return None
        return Piece(text=units.rounded(self.issue, self.mean), basis=self.mean_basis)


def outlook(desk: Desk, issue: Issue) -> Outlook:
    """Find what may come out on an issue."""
    return desk.once(f"outlook {issue.id}", lambda: _outlook(desk, issue))


def _outlook(desk: Desk, issue: Issue) -> Outlook:
    engine, low, high, mean = judge(desk), None, None, None
    if engine is not None:
        low, high = _ends(desk, engine, issue)
    source = engine if engine is not None and desk.spread(engine, "compromise_mean", issue=issue.id) else COMPROMISE
    name = "settlement" if source == COMPROMISE else "compromise_mean"
    found = desk.spread(source, name, issue=issue.id) if source in desk.engines else None
    mean = None if found is None else found.mean
    return Outlook(
        issue=issue,
        low=low,
        high=high,
        mean=mean,
        interval_basis="" if engine is None or low is None else desk.result(engine, "interval"),
        mean_basis="" if mean is None else desk.result(source, "settlement"),
    )


def _ends(desk: Desk, engine: str, issue: Issue) -> tuple[float | None, float | None]:
    """The tenth and ninetieth percentiles over the draws; with few draws the middle of each draw's own percentiles."""
    sampled = desk.spread(engine, "sampled", issue=issue.id)
    if sampled is None:
        return None, None
    lower, upper = (desk.spread(engine, name, issue=issue.id) for name in ("lower", "upper"))
    if desk.baseline.draws < FEWEST and lower is not None and upper is not None:
        return lower.q50, upper.q50
    return sampled.q10, sampled.q90


def judge(desk: Desk) -> str | None:
    """The engine that says what may come out; None where none does."""
    return next((name for name in desk.engines if _has(desk, name)), None)


def _has(desk: Desk, engine: str) -> bool:
    data = desk.data(engine)
    return data is not None and "sampled" in data and bool(np.isfinite(np.asarray(data["sampled"])).any())


def settled(desk: Desk, engine: str, issue: Issue) -> Statistic | None:
    """Where an engine sees an issue settle, 0..100, given agreement; None where it is silent."""
    return desk.spread(engine, "settlement", issue=issue.id)


def settlements(desk: Desk, issue: Issue) -> Mapping[str, Statistic]:
    """Where each engine that speaks of it sees an issue settle."""

    def found() -> dict[str, Statistic]:
        return {name: each for name in desk.speaking("settlement") if (each := settled(desk, name, issue))}

    return desk.once(f"settlements {issue.id}", found)


def apart(desk: Desk, issue: Issue) -> float:
    """How far apart the engines' medians lie on an issue, 0..100; 0 where fewer than two speak of it."""
    middles = [each.q50 for each in settlements(desk, issue).values()]
    return max(middles) - min(middles) if middles else 0.0


def telling(desk: Desk, most: int) -> list[Issue]:
    """The issues on which the engines lie furthest apart, in the scenario's order."""
    ranked = sorted(desk.scenario.issues, key=lambda issue: -apart(desk, issue))[:most]
    return [issue for issue in desk.scenario.issues if issue in ranked and settlements(desk, issue)]


def in_words(desk: Desk, issue: Issue, *, explained: bool = False) -> Run:
    """Say what may come out on an issue, beside the compromise mean; nothing where no engine can say.

    Parameters
    ----------
    desk : the desk
    issue : the issue
    explained : whether to say what the interval rests on
    """
    found = outlook(desk, issue)
    if found.interval is None or found.compromise is None:
        return ()
    text = "what may come out there{how}: {interval}, with the compromise mean at {mean}"
    how = write(", {caveat}", caveat=caveat(desk)) if explained else ()
    return write(text, how=how, interval=found.interval, mean=found.compromise)


def caveat(desk: Desk) -> Run:
    """Say what the interval rests on, to follow it; nothing where there is none."""
    engine = judge(desk)
    if engine is None:
        return ()
    return write(
        "judged by how far such forecasts missed in {number} decisions of the European Union (a war is not European "
        "lawmaking)",
        number=Piece(text=DECIDED, basis=desk.result(engine, "interval")),
    )
