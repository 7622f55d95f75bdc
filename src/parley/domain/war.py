"""A war that goes on while the talks do. `War` is the main name; `war_bargaining` reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.broker import Broker
from parley.domain.doubt import Doubt, HomeFront, Peace, Resolve
from parley.domain.estimate import Ground, NonNegative, Share, Words
from parley.domain.issue import IssueId
from parley.domain.marks import Within
from parley.domain.party import PartyId
from parley.errors import Path, Problem, ScenarioError, repeats

__all__ = ["Breakdown", "Exit", "Front", "PieIssue", "Place", "TerminalRule", "War"]

TerminalRule = Literal["fight_to_finish", "front", "zero", "given", "endless"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One of the places where the front can stand.

    Attributes
    ----------
    words : where that is and what it means
    """

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The front between the sides, as a walk over places.

    Attributes
    ----------
    places : from side A's defeat (the first) to side A's victory (the last); three at least
    start : index of the place where the front stands now, counted from 0; sampled values are rounded
    a_gains : chance per step that the front moves one place in side A's favour, 0..1
    b_gains : chance per step that it moves one place in side B's favour, 0..1
    grounds : what the choice of places rests on
    """

    places: tuple[Place, ...]
    start: NonNegative
    a_gains: Share
    b_gains: Share
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        problems = []
        if len(self.places) < 3:
            problems.append(
                Problem(path=("places",), message=f"{len(self.places)} places", hint="a front needs three at least")
            )
        elif not 0 < self.start.low <= self.start.high < len(self.places) - 1:
            hint = f"it must lie strictly between 0 and {len(self.places) - 1}: the ends are defeat and victory"
            problems.append(Problem(path=("start",), message="the front may start at an end", hint=hint))
        if self.a_gains.high + self.b_gains.high > 1 + 1e-12:
            problems.append(
                Problem(message="the chances of moving may add up to more than 1", hint="lower a_gains or b_gains")
            )
        if problems:
            raise ScenarioError(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class PieIssue:
    """An issue that is part of what the sides could divide.

    Attributes
    ----------
    issue : id of the issue
    a_wants : the end of its scale that side A wants, `high` or `low`
    weight : its share of the pie, relative to the other issues, >= 0
    """

    issue: IssueId
    a_wants: Literal["high", "low"]
    weight: NonNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """What the sides get when one that has rejected an offer walks out for good instead of fighting on.

    Attributes
    ----------
    a : side A's payoff, in shares of the pie
    b : side B's payoff
    grounds : what this rests on
    """

    a: Share
    b: Share
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """Talks that may break down by themselves.

    Attributes
    ----------
    chance : the chance of that after each rejected offer, 0..1
    a : what side A then gets, in shares of the pie
    b : what side B then gets
    grounds : what this rests on
    """

    chance: Share
    a: Share
    b: Share
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class War:
    """Who fights, where the front stands, what fighting costs and what could be agreed instead.

    Attributes
    ----------
    side_a : id of the party on side A
    side_b : id of the party on side B
    front : where the front can stand and how it moves
    cost_a : cost of a step of fighting to side A, in shares of the pie, 0..1
    cost_b : cost of a step of fighting to side B
    pie : the issues that a settlement would divide, and in which direction
    proposer : chance that side A makes the offer of a step, 0..1
    proposer_cycle : chances that repeat step by step, in place of `proposer`; 1, 0 is taking turns, A first
    terminal_rule : what happens when the horizon ends without agreement: `fight_to_finish`, `front` (each keeps what it
        holds), `zero`, `given` (the lists below), `endless` (the talks and the war go on for ever, and the horizon is
        only how far the forecast looks; not with `exit`)
    terminal_a : with `given`: side A's payoff at each place
    terminal_b : with `given`: side B's payoff at each place
    breach_penalty_a : what breaking a truce would cost side A, in shares of the pie
    breach_penalty_b : the same for side B
    exit : what a side that walks out for good gets, where it can
    breakdown : talks that may break down by themselves
    broker : a third party that presses the sides by a rule
    doubt : what one side does not know of the other
    resolve : how likely each side is to be stubborn
    peace : how power shifts while a truce holds
    home_front : those at home who must bear or ratify a settlement
    grounds : what the model of the war rests on
    """

    side_a: PartyId
    side_b: PartyId
    front: Front
    cost_a: Share
    cost_b: Share
    pie: tuple[PieIssue, ...]
    proposer: Share
    proposer_cycle: tuple[Annotated[float, Within(0, 1)], ...] = ()
    terminal_rule: TerminalRule = "fight_to_finish"
    terminal_a: tuple[float, ...] = ()
    terminal_b: tuple[float, ...] = ()
    breach_penalty_a: Share | None = None
    breach_penalty_b: Share | None = None
    exit: Exit | None = None
    breakdown: Breakdown | None = None
    broker: Broker | None = None
    doubt: Doubt | None = None
    resolve: Resolve | None = None
    peace: Peace | None = None
    home_front: HomeFront | None = None
    grounds: tuple[Ground, ...] = ()

    def __post_init__(self) -> None:
        problems = []
        if self.side_a == self.side_b:
            problems.append(Problem(path=("side_b",), message="both sides are the same party", hint="name two parties"))
        if not self.pie:
            problems.append(Problem(path=("pie",), message="there is nothing to divide", hint="name an issue at least"))
        if self.doubt is not None and self.doubt.about not in (self.side_a, self.side_b):
            hint = f"write {self.side_a} or {self.side_b}"
            problems.append(Problem(path=("doubt", "about"), message=f"'{self.doubt.about}' is no side", hint=hint))
        if self.terminal_rule == "endless" and self.exit is not None:
            message, hint = "talks without an end are not solved where a side may walk out", "leave exit out"
            problems.append(Problem(path=("terminal_rule",), message=message, hint=hint))
        problems += self._strangers()
        problems += repeats("pie", [each.issue for each in self.pie], "part of the pie on")
        expected = len(self.front.places) if self.terminal_rule == "given" else 0
        problems += [
            Problem(
                path=(name,),
                message=f"{len(values)} values where {expected} are needed",
                hint="one for each place, with 'given' only",
            )
            for name, values in (("terminal_a", self.terminal_a), ("terminal_b", self.terminal_b))
            if len(values) != expected
        ]
        if problems:
            raise ScenarioError(problems)

    def _strangers(self) -> list[Problem]:
        """Responses, audiences and ratifiers that belong to no side, or to an issue that is not in the pie."""
        home, sides = self.home_front, (self.side_a, self.side_b)
        rules = self.broker.rules if self.broker else ()
        named: list[tuple[Path, str]] = [
            (("broker", "rules", k, "responses", j, "after"), response.after)
            for k, rule in enumerate(rules)
            for j, response in enumerate(rule.responses)
        ]
        issues: list[tuple[Path, str]] = []
        for group in ("audiences", "ratifiers") if home else ():
            for k, each in enumerate(getattr(home, group)):
                named.append((("home_front", group, k, "party"), each.party))
                issues.append((("home_front", group, k, "issue"), each.issue))
        hint = f"write {self.side_a} or {self.side_b}"
        problems = [Problem(path=at, message=f"'{who}' is no side", hint=hint) for at, who in named if who not in sides]
        pie = [part.issue for part in self.pie]
        return problems + [
            Problem(path=at, message=f"'{issue}' is not in the pie", hint="name an issue of the pie")
            for at, issue in issues
            if issue not in pie
        ]
