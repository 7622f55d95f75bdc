"""Closed forms of bargaining by offers over a pie of 1: what patience, an exit and a risk of breakdown are worth.

`rubinstein_share` is the main name. The solver of `methods.war` is held against them, and a reader can see by them what
each circumstance is worth by itself. The functions work elementwise on arrays, unless their types say otherwise.

Source
------
[Rubinstein1982]_, [Stahl1972]_, [BinmoreShakedSutton1989]_, [BinmoreRubinsteinWolinsky1986]_.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from parley.errors import EngineError

__all__ = [
    "random_proposer_share",
    "rubinstein_share",
    "share_under_breakdown",
    "share_with_outside_option",
    "stahl_share",
]

Array = NDArray[np.float64]


def rubinstein_share(first: ArrayLike, second: ArrayLike) -> Array:
    """Divide a pie by alternating offers without end: the share of who offers first.

    (1)  x = (1 - d2) / (1 - d1 d2)

    Parameters
    ----------
    first, second : arrays, what a payoff one round later is worth now to who offers first and second, 0..1; not both 1

    Returns
    -------
    array, 0..1

    Raises
    ------
    EngineError
        If both are endlessly patient: every division is then an equilibrium.

    Source
    ------
    [Rubinstein1982]_.
    """
    mine, theirs = np.broadcast_arrays(*(np.asarray(each, dtype=np.float64) for each in (first, second)))
    if (mine * theirs >= 1).any():
        raise EngineError(
            "two sides that are endlessly patient can divide the pie in any way: give one a discount below 1"
        )
    return np.asarray((1 - theirs) / (1 - mine * theirs))


def stahl_share(first: float, second: float, rounds: int) -> float:
    """Divide a pie by alternating offers that end after some rounds: the share of who offers first.

    Solved backward: who makes the last offer takes all, and each earlier offer leaves the other what waiting is worth
    to it. For a common discount d the share of n rounds is (1 - (-d)^n) / (1 + d).

    Parameters
    ----------
    first, second : what a payoff one round later is worth now to who offers first and second, 0..1
    rounds : number of offers, >= 1; without agreement nobody gets anything

    Source
    ------
    [Stahl1972]_.
    """
    share = 1.0
    for remaining in range(2, rounds + 1):
        waits = second if (rounds - remaining) % 2 == 0 else first
        share = 1.0 - waits * share
    return share


def share_with_outside_option(first: ArrayLike, second: ArrayLike, option: ArrayLike) -> Array:
    """Divide a pie by alternating offers when who answers can walk out: the share of who offers first.

    (2)  x = 1 - max(b, d2 (1 - d1) / (1 - d1 d2))

    An option that is worth less than what the second gets by bargaining changes nothing at all: it would never be used.

    Parameters
    ----------
    first, second : as in `rubinstein_share`
    option : array, what walking out after a rejection is worth to the second, 0..1

    Source
    ------
    [BinmoreShakedSutton1989]_.
    """
    bargained = 1 - rubinstein_share(first, second)
    return np.asarray(1 - np.maximum(bargained, np.asarray(option, dtype=np.float64)))


def share_under_breakdown(first: ArrayLike, second: ArrayLike, risk: ArrayLike) -> Array:
    """Divide a pie by alternating offers when talks may break down after each rejection: the share of who offers first.

    Let x be its share when the first offers and y when the second does. Each leaves the other what a rejection is
    worth, 1 - x = r z2 + (1 - r) (1 - y) and y = r z1 + (1 - r) x, so that

    (3)  x = (1 - z2 + (1 - r) z1) / (2 - r)

    As the risk goes to 0 this becomes the Nash bargaining solution with z as the disagreement point. Unlike an outside
    option, what breakdown brings always shifts the division.

    Parameters
    ----------
    first, second : arrays, what breakdown brings each, with z1 + z2 <= 1
    risk : array, chance of breakdown after a rejection, above 0, at most 1

    Source
    ------
    [BinmoreRubinsteinWolinsky1986]_.
    """
    mine, theirs, r = (np.asarray(each, dtype=np.float64) for each in (first, second, risk))
    return np.asarray((1 - theirs + (1 - r) * mine) / (2 - r))


def random_proposer_share(proposes: ArrayLike, discount: ArrayLike, cost_a: ArrayLike, cost_b: ArrayLike) -> Array:
    """Divide a pie when chance picks who offers, and a round without agreement costs both: side A's expected share.

    With V = q (1 - R_B) + (1 - q) R_A, R_i = -k_i + d V_i and V_A + V_B = 1,

    (4)  V_A = q + (q k_B - (1 - q) k_A) / (1 - d)

    so that a sanction that raises A's cost by e takes (1 - q) e / (1 - d) of the pie from it. It holds as long as no
    offer runs into an end of the pie.

    Parameters
    ----------
    proposes : array, chance q that side A makes the offer of a round, 0..1
    discount : array, what a payoff one round later is worth now to both, 0..1 and below 1
    cost_a, cost_b : arrays, what a round costs each, in shares of the pie

    Source
    ------
    Derived here; with all costs 0 it is [BinmoreRubinsteinWolinsky1986]_ with turns taken by chance.
    """
    q, d, a, b = (np.asarray(each, dtype=np.float64) for each in (proposes, discount, cost_a, cost_b))
    return np.asarray(q + (q * b - (1 - q) * a) / (1 - d))
