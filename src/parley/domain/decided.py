"""Issues that have been decided, to hold engines against what really happened: `DecidedIssues`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.errors import Problem, ScenarioError

__all__ = ["DecidedIssues"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DecidedIssues:
    """A table of decided issues: who wanted what, how much, with what power, and what came out.

    Attributes
    ----------
    name : what the table is called
    citation : where it comes from
    issues : id of each issue
    groups : id of the proposal that each issue belongs to; issues of one proposal are not independent
    parties : id of each party
    year : year of each decision, shape (issue,); NaN where unknown
    position : where each party stood, shape (issue, party), 0..100; NaN where it took no position
    salience : how much it cared, shape (issue, party), 0..1; NaN where `position` is
    capability : relative power, shape (issue, party), >= 0
    reference : what holds when nothing is decided, shape (issue,), 0..100; NaN where unknown
    outcome : what was decided, shape (issue,), 0..100
    left_out : number of issues of the table that cannot be used, by the reason

    Raises
    ------
    ScenarioError
        If the shapes do not fit together.
    """

    name: str
    citation: str
    issues: tuple[str, ...]
    groups: tuple[str, ...]
    parties: tuple[str, ...]
    year: Array
    position: Array
    salience: Array
    capability: Array
    reference: Array
    outcome: Array
    left_out: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        issues, parties = len(self.issues), len(self.parties)
        wanted: dict[str, tuple[Any, tuple[int, ...]]] = {
            "groups": (np.array(self.groups), (issues,)),
            "year": (self.year, (issues,)),
            "position": (self.position, (issues, parties)),
            "salience": (self.salience, (issues, parties)),
            "capability": (self.capability, (issues, parties)),
            "reference": (self.reference, (issues,)),
            "outcome": (self.outcome, (issues,)),
        }
        problems = [
            Problem(message=f"{self.name}: {name} has shape {array.shape}, not {shape}", hint="one row for each issue")
            for name, (array, shape) in wanted.items()
            if array.shape != shape
        ]
        if problems:
            raise ScenarioError(problems)

    def __len__(self) -> int:
        """The number of issues."""
        return len(self.issues)
