"""Means of pressure or inducement that a party holds over another. `Lever` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.conflict import WishId
from parley.domain.estimate import Estimate, Ground, NonNegative, Share, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Defines
from parley.domain.party import PartyId
from parley.errors import Problem, ScenarioError

__all__ = ["Effect", "Lever", "LeverTarget"]

LeverTarget = Literal["war_cost", "front_gain", "capability", "salience", "no_agreement", "importance", "guarantee"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a lever changes for its target when it acts: the number times `times`, plus `plus`.

    Attributes
    ----------
    on : `war_cost` (cost per step of fighting), `front_gain` (chance per step that the target gains ground),
        `capability`, `salience`,
        `no_agreement` (payoff without agreement), `importance` (of a wish in the conflict), `guarantee` (of a truce in
        the war: what breaking it costs either side through others, whoever the target is)
    issue : for `salience`: on which issue; absent: on all
    wish : for `importance`: id of the preference statement, one of the target's
    times : factor, >= 0
    plus : summand, in the number's own unit

    Raises
    ------
    ScenarioError
        If neither `times` nor `plus` is given, an issue is given for something else than salience, or a wish is not
        given for importance or given for something else.
    """

    on: LeverTarget
    issue: IssueId | None = None
    wish: WishId | None = None
    times: NonNegative | None = None
    plus: Estimate | None = None

    def __post_init__(self) -> None:
        problems = []
        if self.times is None and self.plus is None:
            problems.append(Problem(message="the effect changes nothing", hint="give times, plus or both"))
        if self.issue is not None and self.on != "salience":
            problems.append(
                Problem(path=("issue",), message=f"an effect on {self.on} has no issue", hint="leave issue out")
            )
        if self.on == "importance" and self.wish is None:
            problems.append(Problem(message="the effect does not say whose importance changes", hint="add the wish"))
        if self.wish is not None and self.on != "importance":
            problems.append(
                Problem(path=("wish",), message=f"an effect on {self.on} has no wish", hint="leave wish out")
            )
        if problems:
            raise ScenarioError(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lever:
    """A threat or an offer that one party can make to another, and what it would change.

    Attributes
    ----------
    id : short name, such as `new_sanctions`
    name : its name in a table
    words : what would be done
    holder : id of the party that holds it
    target : id of the party that it works on
    kind : `pressure` (makes the target worse off) or `inducement` (makes it better off)
    effects : what changes for the target when it acts
    cost : what using it costs the holder, 0..1 on the common yardstick of payoffs
    credibility : how likely it is to be carried out and to bite when it is announced, 0..1
    grounds : facts that speak of it
    """

    id: Annotated[str, Defines("lever")]
    name: Words
    words: Words
    holder: PartyId
    target: PartyId
    kind: Literal["pressure", "inducement"]
    effects: tuple[Effect, ...]
    cost: Share
    credibility: Share
    grounds: tuple[Ground, ...] = ()
