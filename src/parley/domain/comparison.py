"""Approaches laid side by side on the same draws: `Comparison`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.domain.approach import Approach

if TYPE_CHECKING:
    from parley.domain.forecast import Ensemble
    from parley.domain.scenario import Scenario

__all__ = ["Comparison"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """The answers of every engine under every approach, draw by draw.

    Attributes
    ----------
    scenario : the scenario without any approach
    asked_by : id of the party whose payoff ranks the approaches
    baseline : answers without any approach ("no change")
    approaches : the approaches, in the scenario's order
    ensembles : answers under each approach, by its id; draw i is the same draw of the scenario's numbers throughout
    """

    scenario: Scenario
    asked_by: str
    baseline: Ensemble
    approaches: tuple[Approach, ...]
    ensembles: Mapping[str, Ensemble]
