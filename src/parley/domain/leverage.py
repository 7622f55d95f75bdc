"""What one party could do about a settlement, by one engine: `Leverage`, made of `Step`s."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from parley.domain.comparison import Statistic

__all__ = ["EngineLeverage", "Leverage", "Step", "StepKind"]

StepKind = Literal[
    "state_position", "own_salience", "persuade_to_move", "persuade_to_care_more", "persuade_to_care_less"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One change that the asking party could bring about.

    Attributes
    ----------
    kind : `state_position` (it asks for another point than it wants), `own_salience` (it cares more or less), or it
        persuades another party to move, to care more or to care less
    party : id of the party whose number changes
    issue : id of the issue
    before, after : the number that changes, at the modes: a point 0..100, or a salience 0..1
    gain : what the asking party's payoff gains, over the draws
    positive : share of the draws in which it gains
    gives : what it takes, at the modes: for a step of its own, by how much what it asks for falls short of what it
        wants, on its own payoff, or the change of its salience; for persuasion, what the other party's payoff loses, so
        that it must be made up for (below 0: the other gains as well)
    settlement : by how much the settlement moves on the issue, at the modes, -100..100
    """

    kind: StepKind
    party: str
    issue: str
    before: float
    after: float
    gain: Statistic
    positive: float
    gives: float
    settlement: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineLeverage:
    """What one engine says of a party's steps.

    Attributes
    ----------
    steps : the steps that gain it something at the modes, the largest gain first
    tried : number of steps that were tried
    blockers : what each party holds, as `parley.methods.influence.detail` gives it
    failure : why the engine has no answer; empty where it has one
    """

    steps: tuple[Step, ...]
    tried: int
    blockers: tuple[Mapping[str, Any], ...]
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leverage:
    """What every engine says of a party's steps.

    Attributes
    ----------
    party : id of the party
    engines : by name of the engine
    draws : number of draws; 0: the modes alone
    seed : seed of the draws
    missing : engines that could not run, with the sections that they lack
    """

    party: str
    engines: Mapping[str, EngineLeverage]
    draws: int
    seed: int
    missing: Mapping[str, tuple[str, ...]]
