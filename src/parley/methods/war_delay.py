"""Why a war is not settled now: `causes_of_delay` is the main name.

Seven things can each be switched off. A cause of delay is a minimal set of them whose removal makes it settle at once:
it may be one, several that must go together, or there may be several such sets. Without red lines and hidden types,
and with settlements that bind, there is nothing to delay a settlement (`parley.methods.war_solver`).

Source
------
Causes of war that is costly to both as in [Fearon1995]_ and [Powell2006]_; the switching off is our own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import settles
from parley.methods.war_fast import solve_fast
from parley.methods.war_game import WarGame, unconditional
from parley.methods.war_solver import WarSolution
from parley.methods.war_talks import PART, SETTLE

__all__ = ["SWITCHES", "Delay", "causes_of_delay", "settles_now", "switched_off", "waiting"]

Array = NDArray[np.float64]
Solver = Callable[[WarGame], WarSolution]

SWITCHES = ("drift", "levers", "private_information", "red_line", "proposer", "deadline", "commitment")
"""What can be switched off.

drift: the front moves as often, but either way alike. levers: the first lever set always. private_information: A knows
the type of B. red_line: every share of the pie may be agreed. proposer: each side makes half of the offers. deadline:
a far horizon, and a rule that stays as in its first round. commitment: nobody can break a truce.
"""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Delay:
    """Why a war is not settled at once.

    Attributes
    ----------
    settles_now : probability that the first round brings a settlement
    active : the switches that change something in this game
    causes : minimal sets of switches that make it settle at once when they are off; empty if it does so anyway, or if
        nothing does
    waiting : what a round of waiting is worth to each player, shape (player,); see `waiting`
    without : the same with one switch off, by active switch
    """

    settles_now: float
    active: tuple[str, ...]
    causes: tuple[tuple[str, ...], ...]
    waiting: Array
    without: Mapping[str, Array]


def causes_of_delay(game: WarGame, start: int, *, horizon: int = 200, solver: Solver = solve_fast) -> Delay:
    """Find every minimal set of switches that makes a war settle at once when they are off.

    Parameters
    ----------
    game : the game
    start : place of the front now
    horizon : the rounds that stand for a far horizon
    solver : what solves a game

    Returns
    -------
    Delay
        No larger set is tried once a part of it settles, since that part is the cause.
    """
    active = tuple(each for each in SWITCHES if _changes(game, each, horizon))
    solved = [(1.0, game, solver(game))]
    now = _mean_chance(solved, start)
    without = {each: _waiting_without(game, each, start, (horizon, solver)) for each in active}
    causes: list[tuple[str, ...]] = []
    if not _certain(now):
        for size in range(1, len(active) + 1):
            for chosen in combinations(active, size):
                if any(set(cause) <= set(chosen) for cause in causes):
                    continue
                changed = [(w, each, solver(each)) for w, each in switched_off(game, chosen, horizon=horizon)]
                if _certain(_mean_chance(changed, start)):
                    causes.append(chosen)
    return Delay(
        settles_now=now,
        active=active,
        causes=tuple(causes),
        waiting=waiting(solved[0][2], game, start),
        without=without,
    )


def switched_off(game: WarGame, switches: Sequence[str], *, horizon: int = 200) -> list[tuple[float, WarGame]]:
    """The game with these switches off: one game, or with types known one for each type, with its probability.

    Parameters
    ----------
    game : the game
    switches : some of `SWITCHES`
    horizon : the rounds that stand for a far horizon
    """
    changed = game
    for each in switches:
        if each != "private_information":
            changed = _OFF[each](changed, horizon)
    if "private_information" not in switches or changed.types is None:
        return [(1.0, changed)]
    chances = (changed.types.tough, 1.0 - changed.types.tough)
    return [(chance, _known(changed, n)) for n, chance in enumerate(chances)]


def settles_now(solution: WarSolution, game: WarGame, start: int) -> float:
    """Probability that the first round brings a settlement with the front at `start`, 0..1."""
    if game.rounds == 0:
        return 0.0
    total = 0.0
    for proposer, chance in ((0, game.proposer[0]), (1, 1.0 - game.proposer[0])):
        end = solution.ends[0, proposer, 0, 0, start]
        after = game.beliefs[solution.posteriors[0, proposer, 0, 0, start]]
        accepted = 1.0 - game.beliefs[0] / after if end == PART else float(end == SETTLE)
        total += chance * accepted
    return total


def waiting(solution: WarSolution, game: WarGame, start: int) -> Array:
    """What a round of waiting is worth to each player: what it gets if its own offer fails, less its best deal now.

    The best deal is the best that the other side accepts now; where B has types, one that both types accept. Positive:
    the player gains by waiting.

    Parameters
    ----------
    solution : the solved game
    game : the game, with a round at least
    start : place of the front now

    Returns
    -------
    array, shape (player,)
        NaN where the other side accepts no truce at all.
    """
    after = solution.rejections[0, :, :, 0, 0, start]
    result = np.empty(game.players)
    if solution.peace is not None:
        assert game.truce is not None
        worth = solution.peace.signing[0, :, 0, start]
        within = game.offered[start]
        for side in (0, 1):
            accepted = within & settles(after[1 - side, 1 - side, np.newaxis], worth[1 - side])
            best = worth[side][accepted].max() if accepted.any() else np.nan
            result[side] = after[1 - side, side] - best
        return result
    certain = solution.rejections[0, 1, 1:, -1, 0, start]
    result[0] = after[1, 0] - min(game.ceiling, 1.0 - certain.max())
    result[1:] = after[0, 1:] - (1.0 - max(game.floor, after[0, 0]))
    return result


def _mean_chance(solved: list[tuple[float, WarGame, WarSolution]], start: int) -> float:
    return sum(weight * settles_now(solution, game, start) for weight, game, solution in solved)


def _certain(chance: float) -> bool:
    return chance >= 1.0 - 1e-12


def _waiting_without(game: WarGame, switch: str, start: int, how: tuple[int, Solver]) -> Array:
    horizon, solver = how
    parts = [
        (weight, waiting(solver(each), each, start)) for weight, each in switched_off(game, [switch], horizon=horizon)
    ]
    if len(parts) == 1:
        return parts[0][1]
    return np.array([sum(weight * each[0] for weight, each in parts), parts[0][1][1], parts[1][1][1]])


def _changes(game: WarGame, switch: str, horizon: int) -> bool:
    """Whether switching this off changes anything in the game."""
    if switch == "private_information":
        return game.types is not None and 0.0 < game.types.tough < 1.0 and len(set(game.types.cost)) > 1
    if switch == "levers":
        return bool(np.any(game.rule.acts != 0))
    if switch == "drift":
        return any(each.up != each.down for each in game.sets)
    if switch == "red_line":
        return game.floor > 0.0 or game.ceiling < 1.0
    if switch == "proposer":
        return any(q != 0.5 for q in game.proposer)
    if switch == "deadline":
        return game.rounds < horizon
    return game.truce is not None and min(game.truce.penalty) < np.inf


def _known(game: WarGame, n: int) -> WarGame:
    """The game where A knows that B is tough (n = 0) or weak (n = 1)."""
    assert game.types is not None
    extra = game.types.cost[n]
    sets = tuple(dataclasses.replace(each, cost=(each.cost[0], each.cost[1] + extra)) for each in game.sets)
    given = None if game.given is None else game.given[[0, min(1 + n, len(game.given) - 1)]]
    return dataclasses.replace(game, types=None, sets=sets, given=given)


def _even(game: WarGame, _: int) -> WarGame:
    halves = ((each, (each.up + each.down) / 2.0) for each in game.sets)
    return dataclasses.replace(game, sets=tuple(dataclasses.replace(each, up=half, down=half) for each, half in halves))


def _no_levers(game: WarGame, _: int) -> WarGame:
    return dataclasses.replace(game, rule=unconditional())


def _no_red_line(game: WarGame, _: int) -> WarGame:
    return dataclasses.replace(game, floor=min(game.floor, 0.0), ceiling=max(game.ceiling, 1.0))


def _no_power_to_propose(game: WarGame, _: int) -> WarGame:
    return dataclasses.replace(game, proposer=(0.5,))


def _no_deadline(game: WarGame, horizon: int) -> WarGame:
    rule = dataclasses.replace(game.rule, acts=game.rule.acts[:1])
    return dataclasses.replace(game, rounds=max(game.rounds, horizon), rule=rule)


def _binding(game: WarGame, _: int) -> WarGame:
    assert game.truce is not None
    return dataclasses.replace(game, truce=dataclasses.replace(game.truce, penalty=(np.inf, np.inf)))


_OFF: Mapping[str, Callable[[WarGame, int], WarGame]] = {
    "drift": _even,
    "levers": _no_levers,
    "red_line": _no_red_line,
    "proposer": _no_power_to_propose,
    "deadline": _no_deadline,
    "commitment": _binding,
}
