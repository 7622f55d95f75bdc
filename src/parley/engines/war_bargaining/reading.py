"""What bargaining while fighting reads from a scenario: `read` turns draws into the numbers of games."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parley.domain.clock import Clock
from parley.domain.draws import Draws
from parley.domain.war import TerminalRule, War
from parley.engines.war_bargaining.home_front import at_home
from parley.methods import columns
from parley.methods.pie import ceiling_of_b, floor_of_a
from parley.methods.war import Game, fight_to_finish, military_outcome
from parley.methods.war_endless import Limits, limits
from parley.methods.weighted import relative

__all__ = ["LONGEST_WAIT", "Games", "Reading", "endless", "read", "without_drift", "without_red_lines"]

Array = NDArray[np.float64]

NO_SHARE = (2.0, -1.0)
"""A floor and a ceiling that no share of the pie satisfies."""

LONGEST_WAIT = 10_000
"""The largest number of steps before the first offer that is still computed."""

NEVER_RESTS = (
    "a fight to the finish never ends: the front does not move, and a side is endlessly patient",
    "talks without an end have no answer: a side is endlessly patient, or so patient that values do not come to rest",
)
"""Why nothing can follow the last round: in a fight to the finish, and in talks without an end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Games:
    """The numbers of one game for each draw.

    Attributes
    ----------
    numbers : `up`, `down`, `cost_a`, `cost_b`, `discount_a`, `discount_b`, `floor`, `ceiling`, `breakdown`, `broken_a`,
        `broken_b`, `exit_a`, `exit_b` (NaN where nobody can walk out) as in `methods.war.Game`, `start` (place of the
        front now) and `opening` (rounds before the first offer), each of shape (draw,)
    proposer : chance that side A makes the offer of a round, shape (draw, cycle)
    rule : what the sides get after the last round
    terminal : that payoff, shape (draw, side, place)
    rounds : number of rounds with an offer
    end : where the talks never end and two ends are possible, the one that is meant: 0 is best for side A, 1 worst
    """

    numbers: Mapping[str, Array]
    proposer: Array
    rule: TerminalRule
    terminal: Array
    rounds: int
    end: int = 0

    def game(self, draw: int) -> Game:
        """One draw's game, for the readable formulas."""
        number = {name: float(values[draw]) for name, values in self.numbers.items()}
        leave = (number.get("exit_a", np.nan), number.get("exit_b", np.nan))
        return Game(
            rounds=self.rounds,
            up=number["up"],
            down=number["down"],
            cost=np.array([number["cost_a"], number["cost_b"]]),
            discount=np.array([number["discount_a"], number["discount_b"]]),
            proposer=tuple(self.proposer[draw].tolist()),
            terminal=self.terminal[draw],
            floor=number["floor"],
            ceiling=number["ceiling"],
            outside=None if np.isnan(leave).any() else leave,
            breakdown=number.get("breakdown", 0.0),
            broken=(number.get("broken_a", 0.0), number.get("broken_b", 0.0)),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """What the engine reads from draws.

    Attributes
    ----------
    games : the game of each draw
    weight : weight of each issue of the pie, adding up to 1, shape (draw, issue of the pie)
    floor : the least share of each that side A's red line allows
    ceiling : the largest share of each for side A that side B's red line allows
    failure : why a draw has no answer, shape (draw,); empty where it has one
    limits : the two ends between which every solution lies, where the talks never end; None where they do
    """

    games: Games
    weight: Array
    floor: Array
    ceiling: Array
    failure: NDArray[Any]
    limits: Limits | None = None

    @property
    def ends(self) -> tuple[Reading, ...]:
        """The reading itself, and with the other end where talks without end have two in some draw."""
        if self.limits is None or bool((self.limits.agree | (self.failure != "")).all()):
            return (self,)
        other = dataclasses.replace(self.games, terminal=_beyond_the_horizon(self.games, self.limits)[1], end=1)
        return self, dataclasses.replace(self, games=other)

    @property
    def of_the_pie(self) -> tuple[Array, Array]:
        """Both bounds as shares of the whole pie, a side being compensated on one issue for another; shape (draw,)."""
        return (self.weight * self.floor).sum(axis=1), (self.weight * self.ceiling).sum(axis=1)


def read(
    draws: Draws,
    war: War,
    clock: Clock,
    *,
    rule: TerminalRule,
    red_lines: Literal["whole_pie", "each_issue", "none"],
    rounds: int,
) -> Reading:
    """Read the games of all draws.

    Parameters
    ----------
    draws : samples of a scenario
    war, clock : its sections
    rule : what the sides get after the last round
    red_lines : how red lines bound what can be agreed
    rounds : number of rounds with an offer
    """
    weight = relative(np.stack([draws.column(("war", "pie", i, "weight")) for i in range(len(war.pie))], axis=1), 1)
    total = weight.sum(axis=1, keepdims=True)
    weight = np.divide(weight, total, out=np.full_like(weight, 1.0 / len(war.pie)), where=total > 0)
    floor, ceiling = at_home(draws, war, *_bounds(draws, war))
    if red_lines == "none":
        floor, ceiling = np.zeros_like(floor), np.ones_like(ceiling)
    numbers = _numbers(draws, war, clock)
    failure = _failures(numbers, total[:, 0])
    numbers["opening"] = np.where(failure == "", numbers["opening"], 0.0)
    numbers |= {"floor": (weight * floor).sum(axis=1), "ceiling": (weight * ceiling).sum(axis=1)}
    if red_lines == "each_issue":
        closed = (floor > ceiling + 1e-12).any(axis=1)
        numbers |= {
            "floor": np.where(closed, NO_SHARE[0], numbers["floor"]),
            "ceiling": np.where(closed, NO_SHARE[1], numbers["ceiling"]),
        }
    cycle = np.tile(np.array(war.proposer_cycle), (len(draws), 1))
    proposer = cycle if war.proposer_cycle else draws.column(("war", "proposer"))[:, np.newaxis]
    given = _given(war, rule)
    start = np.zeros((len(draws), 2, len(war.front.places))) if given is None else np.tile(given, (len(draws), 1, 1))
    games = Games(numbers=numbers, proposer=proposer, rule=rule, terminal=start, rounds=rounds)
    found = endless(games) if rule == "endless" else None
    games = _with_terminal(games, found)
    failure[(failure == "") & _unfinished(games, found)] = NEVER_RESTS[found is not None]
    if found is not None and war.exit is not None:
        failure[failure == ""] = "talks without an end are not solved where a side may walk out"
    return Reading(games=games, weight=weight, floor=floor, ceiling=ceiling, failure=failure, limits=found)


def endless(games: Games) -> Limits:
    """What the talks are worth if they never end, from both extremes; exits are left out of account."""
    return limits(games.numbers, games.proposer, games.terminal.shape[2])


def _with_terminal(games: Games, found: Limits | None = None) -> Games:
    """The games with what follows their last round, where that depends on their numbers."""
    if games.rule == "fight_to_finish":
        return dataclasses.replace(games, terminal=_fought_out(games.numbers, games.terminal.shape[2]))
    if games.rule == "endless":
        after = _beyond_the_horizon(games, found or endless(games))
        return dataclasses.replace(games, terminal=after[games.end])
    return games


def _beyond_the_horizon(games: Games, found: Limits) -> Array:
    """What follows the last round if the talks never end, shape (end, draw, side, place)."""
    return found.after(games.rounds, games.numbers, games.proposer).swapaxes(1, 2)


def _unfinished(games: Games, found: Limits | None) -> NDArray[np.bool_]:
    """The draws in which nothing can follow the last round."""
    finished = np.isfinite(games.terminal).all(axis=(1, 2)) if found is None else found.converged
    return np.asarray(~finished)


def without_red_lines(games: Games) -> Games:
    """The same games where everything can be agreed."""
    free = {"floor": np.zeros_like(games.numbers["floor"]), "ceiling": np.ones_like(games.numbers["ceiling"])}
    return _with_terminal(dataclasses.replace(games, numbers={**games.numbers, **free}))


def without_drift(games: Games) -> Games:
    """The same games where the front moves as often, but as likely one way as the other."""
    even = (games.numbers["up"] + games.numbers["down"]) / 2.0
    return _with_terminal(dataclasses.replace(games, numbers={**games.numbers, "up": even, "down": even}))


def _bounds(draws: Draws, war: War) -> tuple[Array, Array]:
    """Side A's floor and side B's ceiling on each issue of the pie, as shares of A's, each of shape (draw, issue)."""
    lowest, highest = columns.red_lines(draws)
    parties, issues = draws.base.party_ids, draws.base.issue_ids
    a, b = parties.index(war.side_a), parties.index(war.side_b)
    chosen = [issues.index(part.issue) for part in war.pie]
    a_wants_high = np.array([part.a_wants == "high" for part in war.pie])
    floor = floor_of_a(lowest[:, a, chosen], highest[:, a, chosen], a_wants_high)
    ceiling = ceiling_of_b(lowest[:, b, chosen], highest[:, b, chosen], a_wants_high)
    return floor, ceiling


def _numbers(draws: Draws, war: War, clock: Clock) -> dict[str, Array]:
    last = len(war.front.places) - 1
    discounts = {each.party: ("clock", "discounts", i, "per_step") for i, each in enumerate(clock.discounts)}
    return {
        "up": draws.column(("war", "front", "a_gains")),
        "down": draws.column(("war", "front", "b_gains")),
        "cost_a": draws.column(("war", "cost_a")),
        "cost_b": draws.column(("war", "cost_b")),
        "discount_a": draws.column(discounts.get(war.side_a, ()), default=1.0),
        "discount_b": draws.column(discounts.get(war.side_b, ()), default=1.0),
        "start": np.clip(np.rint(draws.column(("war", "front", "start"))), 1, last - 1),
        **{f"exit_{side}": draws.column(("war", "exit", side)) for side in "ab"},
        **{f"broken_{side}": draws.column(("war", "breakdown", side), default=0.0) for side in "ab"},
        "breakdown": draws.column(("war", "breakdown", "chance"), default=0.0),
        "opening": np.maximum(np.rint(draws.column(("clock", "opening"), default=0.0)), 0.0),
    }


def _failures(numbers: Mapping[str, Array], total_weight: Array) -> NDArray[Any]:
    moving = numbers["up"] + numbers["down"]
    failure = np.full(moving.shape, "", dtype="<U120")
    failure[numbers["opening"] > LONGEST_WAIT] = f"more than {LONGEST_WAIT:,} steps pass before the first offer"
    failure[moving > 1.0 + 1e-9] = "the chances that the front moves, a_gains and b_gains, add up to more than 1"
    failure[total_weight <= 0] = "the weights of the issues that make up the pie are all 0"
    return failure


def _given(war: War, rule: TerminalRule) -> Array | None:
    """The payoff after the last round, shape (side, place), where the rule does not depend on the draw; else None."""
    places = len(war.front.places)
    result = military_outcome(places)
    if rule in ("fight_to_finish", "endless"):
        return None
    if rule == "front":
        held = np.arange(places) / (places - 1)
        return np.stack([held, 1.0 - held])
    if rule == "given":
        result[:, 1:-1] = np.array([war.terminal_a, war.terminal_b])[:, 1:-1]
    return result


def _fought_out(numbers: Mapping[str, Array], places: int) -> Array:
    cost = np.stack([numbers["cost_a"], numbers["cost_b"]], axis=-1)
    discount = np.stack([numbers["discount_a"], numbers["discount_b"]], axis=-1)
    return fight_to_finish(numbers["up"], numbers["down"], cost, discount, places)
