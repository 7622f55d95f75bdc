"""What packages are worth to a party, stated number by number in place of positions: `StatedPayoff`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from parley.domain.estimate import Estimate, Share
from parley.domain.issue import IssueId
from parley.domain.marks import OnScale
from parley.domain.party import PartyId

__all__ = ["IssueWorth", "LevelWorth", "StatedPayoff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelWorth:
    """What one level of an issue is worth to a party.

    Attributes
    ----------
    at : the level: the name of a rung of the issue's ladder, or its point
    worth : what it is worth, in any unit of the party's own
    """

    at: Annotated[float, OnScale()]
    worth: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueWorth:
    """What the levels of one issue are worth to a party.

    Attributes
    ----------
    issue : id of the issue, whose scale must be a ladder
    weight : what the worth of each level is multiplied by
    levels : the worth of each rung of the ladder, each once
    """

    issue: IssueId
    weight: Estimate
    levels: tuple[LevelWorth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPayoff:
    """A party's payoffs: a package is worth the sum over issues of weight times the worth of the level, plus `base`.

    They need not lie in 0..1, and those of two parties cannot be compared.

    Attributes
    ----------
    party : id of the party
    issues : the issues that it cares about; a level of any other issue adds nothing
    reserve : its payoff without agreement, in the same unit; absent: any package is better to it than none
    base : what every package is worth to it beside its issues; absent: nothing
    discount : what a payoff at the end of the talks is worth to it as a share of the same payoff at their start, 0..1;
        absent: as much
    """

    party: PartyId
    issues: tuple[IssueWorth, ...]
    reserve: Estimate | None = None
    base: Estimate | None = None
    discount: Share | None = None
