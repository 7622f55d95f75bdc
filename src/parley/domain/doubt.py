"""What the sides of a war do not know of each other, and what a truce between them would rest on.

`Doubt` is about a side's type, `Resolve` about who may be stubborn, `Peace` about power that shifts while a truce
holds, and `HomeFront` about those at home who must bear or ratify a settlement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Ground, NonNegative, Point, Share, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Refers
from parley.domain.party import PartyId
from parley.errors import Problem, ScenarioError

__all__ = ["Audience", "Doubt", "HomeFront", "Peace", "Ratifier", "Resolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One side may be tough or weak, and the other does not know which.

    Attributes
    ----------
    about : id of the side whose type is in doubt
    tough : how likely the other holds it that it is tough, 0..1
    cost_tough : what a step of fighting costs it if it is tough, in shares of the pie, 0..1
    cost_weak : the same if it is weak
    gains_tough : chance per step that it gains ground if it is tough, 0..1; absent: as the front says, so that battles
        teach nothing
    gains_weak : the same if it is weak
    fights_all_the_same : chance that even a weak one fights the demand that is made of a weak one, 0..1; it decides
        which messages of a mediator can be believed
    grounds : what this rests on
    """

    about: PartyId
    tough: Share
    cost_tough: Share
    cost_weak: Share
    gains_tough: Share | None = None
    gains_weak: Share | None = None
    fights_all_the_same: Share | None = None
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        problems = []
        if (self.gains_tough is None) != (self.gains_weak is None):
            path = ("gains_tough",) if self.gains_tough is None else ("gains_weak",)
            problems.append(Problem(path=path, message="only one type's gains are given", hint="give both, or neither"))
        if self.cost_tough.mode > self.cost_weak.mode:
            hint = "the tough one is the one that fighting costs less"
            problems.append(Problem(path=("cost_tough",), message="fighting costs the tough type more", hint=hint))
        if problems:
            raise ScenarioError(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolve:
    """How likely each side is one that would never take less than it demands.

    Attributes
    ----------
    stubborn_a : chance that side A is, as others see it, 0..1
    stubborn_b : the same for side B
    demand_a : the share of the pie that side A insists on; absent: as its stated positions say
    demand_b : the share that side B insists on for itself; absent: as its stated positions say
    grounds : what this rests on
    """

    stubborn_a: Share
    stubborn_b: Share
    demand_a: Share | None = None
    demand_b: Share | None = None
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peace:
    """How power shifts while a truce holds, and what would keep the sides from breaking it.

    Attributes
    ----------
    a_gains : chance per step of truce that side A grows stronger by one place of the front, 0..1
    b_gains : the same for side B
    war_loss : the share of what the sides divide that a step of war destroys, 0..1
    guarantee : what breaking the truce costs a side beyond its own breach penalty, in shares of the pie: outside
        guarantees
    grounds : what this rests on
    """

    a_gains: Share
    b_gains: Share
    war_loss: Share
    guarantee: NonNegative | None = None
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        if self.a_gains.high + self.b_gains.high > 1 + 1e-12:
            message, hint = "the chances of growing stronger may add up to more than 1", "lower a_gains or b_gains"
            raise ScenarioError([Problem(message=message, hint=hint)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A public that would make its own government pay for settling short of a line.

    Attributes
    ----------
    party : id of the side whose public it is
    words : what was said in public, or what the public expects
    issue : id of the issue
    line : the point short of which a settlement would be punished
    penalty : what that would cost the government, in shares of the issue's whole scale, 0..1
    opinion : id of a measured series, in per cent, whose latest value weighs the penalty
    makes_it : whether the share that the series measures makes settling short `dearer` (the penalty counts for that
        share) or `cheaper` (it counts for the rest)
    grounds : what this rests on
    """

    party: PartyId
    words: Words
    issue: IssueId
    line: Point
    penalty: Share
    opinion: Annotated[str, Refers("opinion")] | None = None
    makes_it: Literal["dearer", "cheaper"] = "dearer"
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratifier:
    """Somebody at home whose consent a side needs.

    Attributes
    ----------
    party : id of the side
    name : who it is
    issue : id of the issue
    line : the point beyond which it does not consent
    votes : its votes beside the other ratifiers of the side on this issue, >= 0
    grounds : what this rests on
    """

    party: PartyId
    name: Words
    issue: IssueId
    line: Point
    votes: NonNegative
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFront:
    """Those at home who must bear or ratify a settlement; they move the sides' red lines.

    Attributes
    ----------
    audiences : publics
    ratifiers : those who must consent
    quota_a : share of the votes that side A needs, 0..1; absent: all
    quota_b : the same for side B
    """

    audiences: tuple[Audience, ...] = ()
    ratifiers: tuple[Ratifier, ...] = ()
    quota_a: Share | None = None
    quota_b: Share | None = None
