"""Which rung of the ladder of outcomes a forecast means: `outcome_shares`, `classify`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain import expression
from parley.domain.scenario import Scenario

__all__ = ["classify", "outcome_shares"]

Array = NDArray[np.float64]


def outcome_shares(scenario: Scenario, agreement: Array, settlement: Array) -> dict[str | None, float]:
    """Share out many forecasts over the ladder of outcomes.

    Parameters
    ----------
    scenario : the scenario, with its outcomes
    agreement : array, shape (draw,)
        Probability of agreement, 0..1; NaN where the engine takes agreement for granted.
    settlement : array, shape (draw, issue)
        Points 0..100, given agreement; NaN where an issue is left open.

    Returns
    -------
    Mean share by id of outcome, adding up to 1: (1 - agreement) goes to the outcome without a region, agreement to the
    outcome that `classify` finds; under None what fits no outcome, or leaves open an issue that decides it. Draws in
    which the engine says nothing at all are left out; empty where that is every draw, or the scenario has no outcomes.
    """
    answered = ~np.isnan(agreement) | ~np.isnan(settlement).all(axis=1)
    if not answered.any() or not scenario.outcomes:
        return {}
    agreed = np.where(np.isnan(agreement), 1.0, agreement)[answered]
    found = classify(scenario, settlement[answered])
    without = next((outcome.id for outcome in scenario.outcomes if outcome.region is None), None)
    shares: dict[str | None, float] = {outcome.id: 0.0 for outcome in scenario.outcomes} | {None: 0.0}
    for place, name in enumerate([*(outcome.id for outcome in scenario.outcomes), None]):
        chosen = found == (place if name is not None else -1)
        shares[name] += float((agreed * chosen).mean())
    shares[without] += float((1.0 - agreed).mean())
    return shares


def classify(scenario: Scenario, settlement: Array) -> NDArray[np.intp]:
    """Find the outcome that each settlement belongs to: the last listed one whose region holds.

    Parameters
    ----------
    scenario : the scenario, with its outcomes
    settlement : array, shape (draw, issue)
        Points 0..100; NaN where an issue is left open.

    Returns
    -------
    array, shape (draw,)
        Index of the outcome; -1 where no region holds, or where an open issue decides whether a later one does.
    """
    values = {issue: settlement[:, j] for j, issue in enumerate(scenario.issue_ids)}
    scales = {issue.id: issue.scale for issue in scenario.issues}
    found = np.full(len(settlement), -1, dtype=np.intp)
    decided = np.zeros(len(settlement), dtype=np.bool_)
    for place, outcome in reversed(list(enumerate(scenario.outcomes))):
        if outcome.region is None:
            continue
        surely, possibly = _truth(expression.parse(outcome.region, issues=scales), values)
        found[surely & ~decided] = place
        decided |= possibly
    return found


def _truth(tree: expression.Expression, values: Mapping[str, Array]) -> tuple[Any, Any]:
    """Whether an expression surely holds, and whether it may, when an open issue (NaN) could settle anywhere."""
    match tree:
        case expression.Not(inner=inner):
            surely, possibly = _truth(inner, values)
            return ~possibly, ~surely
        case expression.Both(left=left, right=right):
            (a, may_a), (b, may_b) = _truth(left, values), _truth(right, values)
            return a & b, may_a & may_b
        case expression.Either(left=left, right=right):
            (a, may_a), (b, may_b) = _truth(left, values), _truth(right, values)
            return a | b, may_a | may_b
        case expression.Iff(left=left, right=right):
            (a, may_a), (b, may_b) = _truth(left, values), _truth(right, values)
            return (a & b) | (~may_a & ~may_b), (may_a & may_b) | (~a & ~b)
        case _:
            open_issue = np.isnan(values[next(expression.names(tree))])
            holds = np.asarray(tree.holds(values), dtype=np.bool_)
            return holds & ~open_issue, holds | open_issue
