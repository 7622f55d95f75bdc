"""Wars with talks that have no last round: every solution lies between two limits. `bracket` is the main name.

One round of fighting and talking is monotone: the more A and the less B would get next round, the more A and the less B
get now, red lines included. So going back round by round from what is best for A and worst for B, values fall to a
limit for A above that of every stationary solution; from the reverse they rise to one below. Where the two meet there
is one solution; where they do not there may be several, and both ends are the answer.

Source
------
Iteration from both extremes of a monotone map, as for the equilibria of [Rubinstein1982]_'s game; our own use of it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.war import military_outcome
from parley.methods.war_game import WarGame
from parley.methods.war_solver import WarSolution, solve_war
from parley.methods.war_talks import SETTLE

__all__ = ["Bracket", "bracket"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bracket:
    """The two ends between which every solution of an endless game lies.

    Attributes
    ----------
    best_for_a, worst_for_a : values at the start of a round, shape (side, state, place)
    settles_at_best, settles_at_worst : whether the offer of each proposer is accepted there, shape (side, state, place)
    change : by how much the last cycle of rounds still moved a value, at the one end and at the other
    rounds : rounds gone back from each end
    tolerance : the change below which an end counts as at rest
    """

    best_for_a: Array
    worst_for_a: Array
    settles_at_best: Flags
    settles_at_worst: Flags
    change: tuple[float, float]
    rounds: int
    tolerance: float

    @property
    def converged(self) -> bool:
        """Whether both ends have come to rest, or lie so close together that they bound the solution by themselves."""
        return self.meets or max(self.change) <= self.tolerance

    @property
    def meets(self) -> bool:
        """Whether the ends are the same, by a hundred times the tolerance: then there is one stationary solution."""
        return float(np.abs(self.best_for_a - self.worst_for_a).max()) <= 100.0 * self.tolerance


def bracket(game: WarGame, *, tolerance: float = 1e-10, limit: int = 20_000) -> Bracket:
    """Bracket every stationary solution of a game without a last round.

    Parameters
    ----------
    game : the game; its number of rounds and what follows the last one are left out of account
    tolerance : stop where the ends lie no further apart, or where neither moves by more than this times one less the
        larger discount in a cycle of proposers: near patience 1 small steps are far from a limit
    limit : the most rounds to go back; `Bracket.converged` says whether they were enough

    Raises
    ------
    EngineError
        Where the bracket would not be valid: with walking out, types, truces, a rule that changes from round to round,
        or a side that is endlessly patient.
    """
    if game.outside or game.types or game.truce:
        raise EngineError("no bracket without a last round: it does not hold with walking out, types or truces")
    if len(game.rule.acts) > 1:
        raise EngineError("no bracket without a last round: the rule changes from round to round")
    if max(game.discount) >= 1.0:
        raise EngineError("no bracket without a last round: a side is endlessly patient")
    cycle, still = len(game.proposer), tolerance * (1.0 - max(game.discount))
    block = dataclasses.replace(game, rounds=cycle, terminal="zero", given=None)
    ends, change, gone, gap = [_extreme(game, side) for side in (0, 1)], [np.inf, np.inf], 0, np.inf
    while gap > tolerance and max(change) > still and gone < limit:
        before, ends = ends, [solve_war(block, after=each).values[0] for each in ends]
        change = [float(np.abs(now - then).max()) for now, then in zip(ends, before, strict=True)]
        gap, gone = float(np.abs(ends[0] - ends[1]).max()), gone + cycle
    settling = [_settling(solve_war(block, after=each)) for each in ends]
    return Bracket(
        best_for_a=ends[0][:, 0],
        worst_for_a=ends[1][:, 0],
        settles_at_best=settling[0],
        settles_at_worst=settling[1],
        change=(change[0], change[1]),
        rounds=gone,
        tolerance=tolerance,
    )


def _extreme(game: WarGame, side: int) -> Array:
    """Values that no solution exceeds for this side, nor falls below for the other, shape (side, 1, state, place)."""
    other = 1 - side
    costs = np.array([each.cost for each in game.sets])
    least = min(0.0, game.broken[other], -float(costs[:, other].max()) / (1.0 - game.discount[other]))
    most = max(1.0 - least, game.broken[side], -float(costs[:, side].min()) / (1.0 - game.discount[side]))
    values = np.empty((2, 1, game.states, game.places))
    values[side], values[other] = most, least
    values[..., [0, -1]] = military_outcome(game.places)[:, np.newaxis, np.newaxis, [0, -1]]
    return values


def _settling(solution: WarSolution) -> Flags:
    return np.asarray(solution.ends[0, :, 0] == SETTLE)
