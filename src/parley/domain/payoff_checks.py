"""The rules that stated payoffs must keep beyond what the marks on their fields say: `problems_in_payoffs`."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from parley.domain.conflict_views import items
from parley.domain.issue import Scale
from parley.domain.marks import part
from parley.errors import Path, Problem

__all__ = ["problems_in_payoffs"]

NEAR = 1e-9
"""How far, on the common scale, a point may lie from a rung and still be it."""


def problems_in_payoffs(content: Any, scales: Mapping[str, Scale]) -> Iterator[Problem]:
    """Find what is wrong with stated payoffs.

    Parameters
    ----------
    content : the scenario, or its raw content with points on the common scale; parts of a wrong shape are passed over
    scales : the sound scales, by issue
    """
    ladders = {
        name
        for _, issue in items(content, "issues")
        if isinstance(name := part(issue, "id"), str) and part(part(issue, "scale"), "ladder") is True
    }
    parties: set[str] = set()
    for place, payoff in items(content, "payoffs"):
        path: Path = ("payoffs", place)
        party = part(payoff, "party")
        if isinstance(party, str) and party in parties:
            yield Problem(path=path, message=f"a second list of payoffs of '{party}'", hint="merge the two")
        parties.add(str(party))
        issues: set[str] = set()
        for number, each in items(payoff, "issues"):
            issue = part(each, "issue")
            if isinstance(issue, str) and issue in scales:
                yield from _issue(each, issue, ladders, scales[issue], (*path, "issues", number), seen=issue in issues)
                issues.add(issue)


def _issue(
    stated: Any, issue: str, ladders: Collection[str], scale: Scale, path: Path, *, seen: bool
) -> Iterator[Problem]:
    if seen:
        yield Problem(path=path, message=f"'{issue}' stands here a second time", hint="merge the two")
    if issue in ladders:
        yield from _levels(stated, scale, path)
    else:
        message = f"the worth of levels is stated, but the scale of '{issue}' is no ladder"
        yield Problem(path=(*path, "issue"), message=message, hint="add 'ladder: true' and a rung to each anchor")


def _levels(stated: Any, scale: Scale, path: Path) -> Iterator[Problem]:
    """Every rung must be named once, and nothing else."""
    rungs = [(scale.point(anchor.at), anchor.rung or f"{anchor.at:g}") for anchor in scale.anchors]
    found: Counter[str] = Counter()
    odd = 0
    for place, level in items(stated, "levels"):
        at = part(level, "at")
        if not isinstance(at, int | float) or isinstance(at, bool) or math.isnan(at):
            odd += 1
            continue
        name = next((rung for point, rung in rungs if abs(point - at) <= NEAR), None)
        here = (*path, "levels", place)
        if name is None:
            message = f"{scale.in_unit(at):g} is no rung of the ladder"
            yield Problem(path=(*here, "at"), message=message, hint="write the name of a rung")
            odd += 1
        elif found[name]:
            yield Problem(path=here, message=f"the worth of '{name}' is stated twice", hint="keep one of the two")
        found[str(name)] += 1
    missing = [name for _, name in rungs if not found[name]]
    if missing and not odd:
        shown = ", ".join(f"'{name}'" for name in missing[:5]) + (" …" if len(missing) > 5 else "")
        yield Problem(path=path, message=f"the worth of {shown} is not stated", hint="state the worth of every rung")
