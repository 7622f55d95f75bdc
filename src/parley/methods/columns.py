"""Dense arrays from draws: who stands where, how much it matters, with what power. One function a quantity."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.scenario import Scenario

__all__ = ["capabilities", "no_agreement", "positions", "red_lines", "reference_points", "saliences"]

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


def positions(draws: Draws) -> Array:
    """Where each party stands, shape (draw, party, issue), 0..100; NaN where it takes no position."""
    return _by_position(draws, ("position",), empty=np.nan)


def saliences(draws: Draws) -> Array:
    """How much each party cares, shape (draw, party, issue), 0..1; 0 where it takes no position."""
    return _by_position(draws, ("salience",), empty=0.0)


def red_lines(draws: Draws) -> tuple[Array, Array]:
    """Give the lowest and highest point that each party accepts.

    Each of shape (draw, party, issue), 0..100; NaN where a party names none.
    """
    return (
        _by_position(draws, ("red_line", "at_least"), empty=np.nan),
        _by_position(draws, ("red_line", "at_most"), empty=np.nan),
    )


def capabilities(draws: Draws) -> Array:
    """Each party's capability, shape (draw, party), >= 0."""
    return np.stack([draws.column(("parties", i, "capability")) for i in range(len(draws.base.parties))], axis=1)


def no_agreement(draws: Draws) -> Array:
    """Each party's payoff without agreement, shape (draw, party), 0..1; NaN where the scenario does not say."""
    return np.stack([draws.column(("parties", i, "no_agreement")) for i in range(len(draws.base.parties))], axis=1)


def reference_points(draws: Draws) -> Array:
    """What holds on each issue if nothing is decided, shape (draw, issue), 0..100; NaN where nobody says."""
    result = np.full((len(draws), len(draws.base.issues)), np.nan)
    rule = draws.base.decision_rule
    for k, reference in enumerate(rule.reference_points if rule else ()):
        column = draws.column(("decision_rule", "reference_points", k, "at"))
        result[:, draws.base.issue_ids.index(reference.issue)] = column
    return result


def _by_position(draws: Draws, field: tuple[str, ...], *, empty: float) -> Array:
    scenario = draws.base
    party, issue, column = _places(scenario, field)
    result = np.full((len(draws), len(scenario.parties), len(scenario.issues)), empty)
    result[:, party, issue] = draws.values[:, column]
    return result


@functools.lru_cache(maxsize=256)
def _places(scenario: Scenario, field: tuple[str, ...]) -> tuple[Indices, Indices, Indices]:
    """Where the numbers of positions go: party, issue, and the column of the draws that they come from."""
    party = {name: index for index, name in enumerate(scenario.party_ids)}
    issue = {name: index for index, name in enumerate(scenario.issue_ids)}
    draws = Draws.of_modes(scenario)
    found = [
        (party[position.party], issue[position.issue], column)
        for k, position in enumerate(scenario.positions)
        if (column := draws.index(("positions", k, *field))) is not None
    ]
    table = np.array(found, dtype=np.intp).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]
