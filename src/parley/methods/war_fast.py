"""Wars with talks by compiled code, equal to the readable formulas: `solve_fast` is the main name.

`solve_fast` takes the place of `parley.methods.war_solver.solve_war` wherever many games are to be solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.methods.war_game import WarGame, terminal_values
from parley.methods.war_solver import WarSolution
from parley.methods.war_truce import Peace, peace_at_the_end

__all__ = ["Outcome", "first_values", "outcome_fast", "peace_fast", "solve_fast"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """What comes of a game from one place of the front; each name is one of `parley.methods.war_course.WarCourse`."""

    settlement_time: Array
    share: float
    victory: Array
    walkout: float
    breakdown: float
    deadline: float
    fighting: float
    broken: Array
    peace: Array


def solve_fast(game: WarGame) -> WarSolution:
    """Solve a game as `parley.methods.war_solver.solve_war` does, by compiled code."""
    if game.truce:
        return _with_truces(game)
    from parley.kernels.war_states import solve

    solution = _room(game, game.rounds + 1, game.rounds)
    solution[0][-1] = terminal_values(game)[:, np.newaxis, np.newaxis]
    solve(_packed(game), game.rounds, solution)
    return _unpacked(solution)


def first_values(game: WarGame) -> Array:
    """The values at the start of the first round alone, shape (player, belief, state, place), in little memory."""
    from parley.kernels.war_states import solve

    if game.truce:
        raise ValueError("the first values alone are for games without truces")
    solution = _room(game, 2, 1)
    solution[0][game.rounds % 2] = terminal_values(game)[:, np.newaxis, np.newaxis]
    solve(_packed(game), game.rounds, solution)
    return np.asarray(solution[0][0])


def outcome_fast(solution: WarSolution, game: WarGame, start: int) -> Outcome:
    """Follow a solved game from one place of the front, as `parley.methods.war_course.follow` does."""
    arrays = (solution.values, solution.rejections, solution.ends, solution.shares, solution.posteriors)
    if solution.peace is not None:
        from parley.kernels.war_truces import course_truces

        where = np.eye(game.places)[start]
        sums, times, broken, peace = course_truces(_packed(game), _truce(game), arrays, solution.peace.breakers, where)
        won, ends, fighting = sums[1:3], (0.0, 0.0, float(sums[3])), float(sums[4])
    else:
        from parley.kernels.war_states import course

        sums, times = course(_packed(game), arrays, start)
        broken, won, peace = np.zeros((game.rounds, 2)), sums[1:3], np.zeros(1)
        ends, fighting = (float(sums[3]), float(sums[4]), float(sums[5])), float(sums[6])
    agreed = times.sum()
    return Outcome(
        settlement_time=times,
        share=float(sums[0] / agreed) if agreed > 0 else np.nan,
        victory=won,
        walkout=ends[0],
        breakdown=ends[1],
        deadline=ends[2],
        fighting=fighting,
        broken=broken,
        peace=peace,
    )


def peace_fast(solution: WarSolution, game: WarGame, where: Array) -> tuple[Array, Array]:
    """Which truces are in force after the last round of a solved game, and which would be if nobody broke any.

    Parameters
    ----------
    solution : the solved game
    game : the game, with a truce
    where : chance that the front stands at each place at the first round, shape (place,)

    Returns
    -------
    in_force, signed : arrays, shape (share,)
        The chance of each share; nobody breaks the first truce in the second, so that it tells which was ever signed.
    """
    from parley.kernels.war_truces import course_truces

    assert solution.peace is not None
    packed, truce, breakers = _packed(game), _truce(game), solution.peace.breakers
    arrays = (solution.values, solution.rejections, solution.ends, solution.shares, solution.posteriors)
    in_force, signed = (course_truces(packed, truce, arrays, each, where)[3] for each in (breakers, 0 * breakers))
    return in_force, signed


def _truce(game: WarGame) -> tuple[Array, Array, Flags]:
    """Shares, the chances that power moves in peace with the penalties, and what may be signed, as the kernel takes."""
    assert game.truce is not None
    numbers = [game.truce.up, game.truce.down, *game.truce.penalty]
    shares = np.ascontiguousarray(game.truce.shares, dtype=np.float64)
    return shares, np.array(numbers, dtype=np.float64), game.offered


def _packed(game: WarGame) -> tuple[Any, ...]:
    """The game as the kernel takes it."""
    outside = game.outside or (np.nan, np.nan)
    kinds = game.types
    switches = (kinds is not None, bool(kinds and kinds.posteriors), bool(kinds and kinds.answer == "pooling"))
    numbers = (game.floor, game.ceiling, *outside, game.breakdown, *game.broken, *switches, game.pie)
    sets = [(each.up, each.down, *game.cost(n)) for n, each in enumerate(game.sets)]
    return (
        np.array(numbers, dtype=np.float64),
        np.array(sets, dtype=np.float64),
        np.ascontiguousarray(game.rule.acts, dtype=np.int64),
        np.ascontiguousarray(game.rule.follows, dtype=np.int64),
        game.patience,
        np.array(game.beliefs, dtype=np.float64),
        np.array(game.proposer, dtype=np.float64),
        np.ascontiguousarray(game.yields()),
    )


def _room(game: WarGame, values: int, rounds: int) -> tuple[Any, ...]:
    """Arrays for a solution with so many rows."""
    shape = (len(game.beliefs), game.states, game.places)
    return (
        np.empty((values, game.players, *shape)),
        np.empty((rounds, 2, game.players, *shape)),
        np.empty((rounds, 2, *shape), dtype=np.int64),
        np.empty((rounds, 2, *shape)),
        np.empty((rounds, 2, *shape), dtype=np.int64),
    )


def _unpacked(solution: tuple[Any, ...], peace: Peace | None = None) -> WarSolution:
    values, rejections, ends, shares, posteriors = solution
    return WarSolution(
        values=values, rejections=rejections, ends=ends, shares=shares, posteriors=posteriors, peace=peace
    )


def _with_truces(game: WarGame) -> WarSolution:
    from parley.kernels.war_truces import solve_truces

    assert game.truce is not None
    solution = _room(game, game.rounds + 1, game.rounds)
    solution[0][-1] = terminal_values(game)[:, np.newaxis, np.newaxis]
    end = peace_at_the_end(game)
    shape = (game.rounds + 1, *end.values.shape)
    peace = (np.empty(shape), np.empty(shape), np.zeros((shape[0], *shape[2:]), dtype=np.int64))
    peace[0][-1], peace[1][-1] = end.values, end.signing
    solve_truces(_packed(game), _truce(game), game.rounds, solution, peace)
    return _unpacked(solution, Peace(values=peace[0], signing=peace[1], breakers=peace[2]))
