"""Whether an answer about truces hangs on the grid of shares: `compare_grids` is the main name.

What a truce is worth can jump where a share makes a side break it sooner, so that no grid finds the best share exactly
and a coarse grid can itself be a cause of fighting. An answer counts as firm where a finer grid gives the same.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war_fast import solve_fast
from parley.methods.war_game import WarGame
from parley.methods.war_talks import SETTLE

__all__ = ["GridCheck", "compare_grids", "finer"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GridCheck:
    """The first round of a game on its own grid of shares and on a finer one.

    Attributes
    ----------
    settles : whether the offer of each proposer is accepted, shape (grid, side, state, place); the own grid first
    values : value of the game, shape (grid, side, state, place)
    """

    settles: Flags
    values: Array

    @property
    def same(self) -> Flags:
        """Where both grids agree on who settles, shape (state, place)."""
        return np.asarray((self.settles[0] == self.settles[1]).all(axis=0))

    @property
    def difference(self) -> float:
        """The largest difference of a value between the grids."""
        return float(np.abs(self.values[0] - self.values[1]).max())


def finer(shares: Array, factor: int) -> Array:
    """A grid that has all of these shares and `factor - 1` more between any two neighbours."""
    at = np.arange((len(shares) - 1) * factor + 1) / factor
    return np.interp(at, np.arange(len(shares)), shares)


def compare_grids(game: WarGame, *, factor: int = 4) -> GridCheck:
    """Solve a game with truces on its grid of shares and on a finer one.

    Parameters
    ----------
    game : the game, with a truce and a round at least
    factor : how many times finer the other grid is

    Raises
    ------
    ValueError
        If the game has no truce or no round.
    """
    if game.truce is None or game.rounds == 0:
        raise ValueError("grids are compared in games with a truce and a round at least")
    fine = dataclasses.replace(game.truce, shares=finer(game.truce.shares, factor))
    solved = [solve_fast(each) for each in (game, dataclasses.replace(game, truce=fine))]
    return GridCheck(
        settles=np.stack([each.ends[0, :, 0] == SETTLE for each in solved]),
        values=np.stack([each.values[0, :, 0] for each in solved]),
    )
