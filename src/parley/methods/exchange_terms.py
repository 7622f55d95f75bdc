"""What exchanges of positions are made of: `Rules`, `Offer` and `Trade`; `parley.methods.exchange` puts them to work.

In the names, i supplies issue p and demands q, j supplies q and demands p; p stands before q in the scenario.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["EFFECTS", "PEER", "Dice", "Offer", "Rules", "Trade", "largest_gains"]

Array = NDArray[np.float64]

EFFECTS = ("none", "inner gain", "inner loss", "outer gain", "outer loss", "own")
"""What a trade is to a party, by number: its own, or one of others that helps or harms it; `inner` parties stand on the
same sides of both outcomes as one of the two that trade."""

MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Choices that the literature leaves open.

    Attributes
    ----------
    current_outcome : whether a trade is judged by the outcome after all trades made so far; else only by the first
        moves that brought the same demander nearer on the same issue
    left_at_outcome : whether a party exactly at the outcome counts as left of it; else it has no side and does not
        trade
    once : whether a party supplies an issue at most once in a round
    capped : whether a trade is dropped once the upward moves planned for a side of it add up to more than the scale
    partly : whether positions follow votes into the next round only in part
    random_ties : whether chance decides between two trades of equal gain; else that of the parties listed first
    randomness : how much chance divides the gain of a trade: 0 (equal gains) .. 1 (any division that leaves nobody
        worse off)
    """

    current_outcome: bool = True
    left_at_outcome: bool = False
    once: bool = False
    capped: bool = False
    partly: bool = False
    random_ties: bool = False
    randomness: float = 0.0


PEER = Rules(current_outcome=False, left_at_outcome=True, capped=True, partly=True)
"""The choices of the open program Decide."""


class Dice:
    """Uniform numbers that the readable and the compiled path draw alike (SplitMix64)."""

    def __init__(self, seed: int) -> None:
        self.state = seed & MASK

    def roll(self) -> float:
        """Draw one number in [0, 1)."""
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = ((self.state ^ (self.state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return ((mixed ^ (mixed >> 31)) >> 11) / 9007199254740992.0


@dataclass(slots=True, kw_only=True, eq=False)
class Offer:
    """A trade that may be made.

    Attributes
    ----------
    i, j : the parties that supply p and q
    p, q : the issues
    shift_p, shift_q : how far the outcomes would move at equal gains, points >= 0
    gain : what each would gain: outcome shifts times salience, points
    planned_p, planned_q : moves planned before in this round on the supply of i and of j, with sign, points
    """

    i: int
    j: int
    p: int
    q: int
    shift_p: float = 0.0
    shift_q: float = 0.0
    gain: float = 0.0
    planned_p: float = 0.0
    planned_q: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trade:
    """A trade that was made.

    Attributes
    ----------
    i, j, p, q : as in `Offer`
    begin, end : where i stood on p and j on q before and after it, points 0..100
    gain : what each would gain at equal gains
    gains : what i and j gain; the same unless chance divided it
    external : what each party gains by it, shape (party,); points times salience
    effect : number in `EFFECTS`, shape (party,)
    """

    i: int
    j: int
    p: int
    q: int
    begin: tuple[float, float]
    end: tuple[float, float]
    gain: float
    gains: tuple[float, float]
    external: Array
    effect: NDArray[np.intp]


def largest_gains(
    of_i: tuple[float, float], of_j: tuple[float, float], rooms: tuple[float, float]
) -> tuple[float, float]:
    """The most that i, and that j, can gain by a trade which leaves the other no worse off.

    Parameters
    ----------
    of_i, of_j : saliences of each party on p and q; i supplies p, j supplies q
    rooms : how far the outcomes on p and q can shift, points
    """
    for_i = min(rooms[0], rooms[1] * of_j[1] / of_j[0])
    for_j = min(rooms[0], rooms[1] * of_i[1] / of_i[0])
    return for_i * (of_i[1] * of_j[0] / of_j[1] - of_i[0]), for_j * (of_j[0] - of_j[1] * of_i[0] / of_i[1])
