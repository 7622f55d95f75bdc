"""How a war with truces ends within its horizon: no agreement, temporary truce, frozen conflict, lasting peace.

`endings` is the main name. The game is that of `parley.methods.war_truce`, in which the sides may sign a settlement,
a share within both red lines, or a standstill, in which each keeps what it holds and nothing is given up.

Source
------
That a conflict is frozen where fighting has stopped and what it was about is not settled follows [SmetanaLudvik2019]_;
a truce that holds and one that is broken are told apart by [Fortna2004]_. The measure by a horizon is our own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parley.methods.war_fast import peace_fast, solve_fast
from parley.methods.war_game import WarGame

__all__ = ["ENDINGS", "endings"]

Array = NDArray[np.float64]

ENDINGS = ("no_agreement", "temporary_truce", "frozen_conflict", "lasting_peace")
"""How it stands when the horizon ends.

no_agreement: nothing was ever signed; the war goes on, or a side has won it. temporary_truce: something was signed and
nothing is in force any more. frozen_conflict: a standstill is in force whose share is not within both red lines.
lasting_peace: a settlement is in force, a share within both red lines.
"""


def endings(game: WarGame, where: Array) -> Array:
    """Find the chance of each ending.

    Parameters
    ----------
    game : the game, with a truce
    where : chance that the front stands at each place when the talks open, shape (place,); what is won or lost by then
        stands at the ends

    Returns
    -------
    array, shape (ending,)
        In the order of `ENDINGS`; they add up to the sum of `where`.
    """
    in_force, signed = peace_fast(solve_fast(game), game, where)
    settled, frozen = in_force[game.settlements].sum(), in_force[~game.settlements].sum()
    return np.maximum([where.sum() - signed.sum(), signed.sum() - frozen - settled, frozen, settled], 0.0)
