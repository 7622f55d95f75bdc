"""A third party that presses the sides of a war by a rule: `Broker`, with its `Rule`s and their `Response`s."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Ground, Share, Words
from parley.domain.marks import Defines, Refers
from parley.domain.party import PartyId
from parley.errors import Problem, ScenarioError, repeats

__all__ = ["Broker", "LeverCost", "LeverId", "Response", "Rule"]

LeverId = Annotated[str, Refers("lever")]
"""The id of a lever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the broker does once a side has rejected an offer.

    Attributes
    ----------
    after : id of the side that rejected it
    pulls : ids of the levers that it then pulls
    drops : ids of the rule's own levers that it then lets go
    """

    after: PartyId
    pulls: tuple[LeverId, ...] = ()
    drops: tuple[LeverId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule to which the broker commits itself before the sides bargain.

    Attributes
    ----------
    id : short name, such as `sanction_if_russia_rejects`
    name : its name in a table
    words : what is announced
    pulls : ids of the levers that are in force from the start, whoever rejects what
    responses : what it does after a rejection; where it names neither side, the rule is unconditional
    from_step : the step from which it responds, counted from 0: a ramp up to a deadline
    lag : 0 if the response governs the battle of the same step, 1 if that of the next
    grounds : what the rule rests on
    """

    id: Annotated[str, Defines("rule")]
    name: Words
    words: Words
    pulls: tuple[LeverId, ...] = ()
    responses: tuple[Response, ...] = ()
    from_step: int = 0
    lag: Literal[0, 1] = 0
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        problems = repeats("responses", [each.after for each in self.responses], "response to")
        if not 0 <= self.from_step <= 10_000:
            hint = "steps are counted from 0"
            problems.append(Problem(path=("from_step",), message=f"from_step is {self.from_step}", hint=hint))
        for place, response in enumerate(self.responses):
            idle = [lever for lever in response.drops if lever not in self.pulls]
            problems += [
                Problem(
                    path=("responses", place, "drops"),
                    message=f"'{lever}' cannot be let go, since the rule does not pull it",
                    hint="name it under the rule's own pulls",
                )
                for lever in idle
            ]
        if problems:
            raise ScenarioError(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverCost:
    """What a lever costs the broker for each step in which it is in force.

    Attributes
    ----------
    lever : id of the lever
    per_step : the cost, 0..1, in the unit of the broker's other payoffs in the war
    """

    lever: LeverId
    per_step: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """A third party with levers on the sides, what the war is to it, and the rules to which it could commit itself.

    Attributes
    ----------
    party : id of the party
    war_cost : what a step of fighting costs it, 0..1
    side_b_share : what side B's share of the pie is worth to it, 0..1 for the whole pie; 0: only peace matters to it
    lever_costs : what its levers cost it by the step; one that is not listed costs its `cost`, spread over the horizon
    rules : the rules to compare
    grounds : what this rests on
    """

    party: PartyId
    war_cost: Share
    side_b_share: Share
    lever_costs: tuple[LeverCost, ...] = ()
    rules: tuple[Rule, ...] = ()
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        problems = repeats("lever_costs", [each.lever for each in self.lever_costs], "cost of")
        if problems:
            raise ScenarioError(problems)

    @property
    def levers(self) -> tuple[LeverId, ...]:
        """The levers that its rules pull, at the start or after a rejection."""
        pulled = [(*rule.pulls, *(each for after in rule.responses for each in after.pulls)) for rule in self.rules]
        return tuple(dict.fromkeys(each for levers in pulled for each in levers))
