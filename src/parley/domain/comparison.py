"""Approaches laid side by side on the same draws: `Comparison`, and its statistics, `ComparisonSummary`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parley.domain.approach import Approach

if TYPE_CHECKING:
    from parley.domain.forecast import Ensemble
    from parley.domain.scenario import Scenario

__all__ = ["ApproachSummary", "Comparison", "ComparisonSummary", "EngineSummary", "Measures", "Statistic"]

ROUNDING = 1e-12
"""What rounding alone can make of a difference that is 0."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """How a number is spread over draws; draws in which it is NaN are left out.

    Attributes
    ----------
    mean : its mean; NaN where no draw has a value
    q05, q10, q50, q90, q95 : the values below which 5, 10, 50, 90 and 95 per cent of the draws lie
    standard_error : how far the mean of this many draws may lie from that of endlessly many, one standard deviation;
        NaN below two
    n : number of draws that have a value
    """

    mean: float
    q05: float
    q10: float
    q50: float
    q90: float
    q95: float
    standard_error: float
    n: int

    @property
    def exceeds_noise(self) -> bool:
        """Whether the mean lies more than two standard errors from 0: more than the sampling of draws explains."""
        return self.n > 1 and abs(self.mean) > max(2 * self.standard_error, ROUNDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The common variables as statistics.

    Attributes
    ----------
    agreement : probability of agreement, 0..1
    settlement : by issue, 0..100, given agreement
    time_to_agreement : days
    payoff : by party
    """

    agreement: Statistic
    settlement: Mapping[str, Statistic]
    time_to_agreement: Statistic
    payoff: Mapping[str, Statistic]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSummary:
    """What one engine says of one approach.

    Attributes
    ----------
    levels : under the approach
    difference : the approach less no change, draw by draw; all 0 for no change itself
    best_share : share of the usable draws in which it gives the asking party its highest payoff, no change and all
        approaches compared; where several are equal best, each gets an equal part; NaN where no draw is usable
    tied_share : share of the usable draws in which it is equal best with another
    usable : draws in which the asking party has a payoff under no change and under every approach
    left_out : the other draws, in which the engine is silent or failed
    failed : draws that failed under this approach
    outcomes : share of each outcome by its id; under None what fits no outcome; empty where the engine says nothing of
        it
    endings : chance of each ending of a war, by its name; empty where the engine says nothing of it
    endings_difference : the same less no change, draw by draw
    """

    levels: Measures
    difference: Measures
    best_share: float
    tied_share: float
    usable: int
    left_out: int
    failed: int
    outcomes: Mapping[str | None, float]
    endings: Mapping[str, Statistic] = field(default_factory=dict)
    endings_difference: Mapping[str, Statistic] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproachSummary:
    """What every engine says of one approach.

    Attributes
    ----------
    id : id of the approach; None for no change
    engines : by name of the engine
    """

    id: str | None
    engines: Mapping[str, EngineSummary]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonSummary:
    """A comparison in numbers.

    Attributes
    ----------
    asked_by : id of the party whose payoff ranks the approaches
    draws : number of draws; 0: the modes alone
    baseline : no change
    approaches : the approaches, in the scenario's order
    """

    asked_by: str
    draws: int
    baseline: ApproachSummary
    approaches: tuple[ApproachSummary, ...]
