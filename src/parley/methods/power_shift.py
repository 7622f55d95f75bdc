"""War because power shifts and nobody can promise not to use it: `bargain_each_round` is the main name.

Each round yields a pie of 1. Side D, in decline, offers the rising side R a share of the round's pie; R accepts or
fights. War ends the game: R wins with its power p, and a part of all pies to come is destroyed. Shares are bargained
anew each round, which is where this differs from a truce whose share is fixed (`parley.methods.war_truce`).

Source
------
[Powell2006]_; [Fearon1995]_ for the commitment problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import settles

__all__ = ["PowerShift", "bargain_each_round", "critical_power", "least_guarantee"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PowerShift:
    """What happens round by round while power shifts.

    Attributes
    ----------
    war : what each side, R then D, secures by fighting from a round on, shape (side, round)
    values : what each side gets from a round on, shape (side, round)
    shares : what D offers R in a round, shape (round,); above 1 where no pie is large enough
    fights : whether there is war if the round is reached, shape (round,)
    slack : what the pies to come exceed by: D's value of fighting and R's discounted value of the next round; below 0,
        D attacks before the shift; shape (round,)
    room : what is left of the round's pie when R is bought off; below 0, R attacks before its own decline; shape
        (round,)
    """

    war: Array
    values: Array
    shares: Array
    fights: Flags
    slack: Array
    room: Array

    @property
    def lasts(self) -> int | None:
        """The first round with war; None if peace holds for ever."""
        return int(np.argmax(self.fights)) if self.fights.any() else None


def bargain_each_round(power: Array, *, discount: float, destroyed: float, penalty: float = 0.0) -> PowerShift:
    """Solve the chain of offers backward from the round after which power no longer changes.

    R accepts x where x + d V_R(t+1) >= M_R(t), so that D offers max(0, M_R(t) - d V_R(t+1)). There is war where that is
    above 1, or where M_D(t) is above D's value of peace. Indifferent sides keep the peace.

    Parameters
    ----------
    power : R's chance of winning a war in each round, 0..1, shape (round,); the last holds for ever
    discount : what a payoff one round later is worth now, 0..1, below 1
    destroyed : part of all pies to come that war destroys, 0..1
    penalty : what fighting costs R from the second round on, when it breaks what was agreed

    Returns
    -------
    PowerShift
        With one shift alone, war at its eve exactly where d M_R' - M_R > 1 / (1 - d) - M_R - M_D.
    """
    endless = 1.0 / (1.0 - discount)
    war = np.stack([power, 1.0 - power]) * (1.0 - destroyed) * endless
    war[0, 1:] -= penalty
    rounds = len(power)
    values, shares = np.empty((2, rounds)), np.empty(rounds)
    fights, slack, room = np.zeros(rounds, dtype=bool), np.empty(rounds), np.empty(rounds)
    lasting = max(0.0, war[0, -1])
    ahead = np.array([lasting, endless - lasting])
    for t in range(rounds - 1, -1, -1):
        shares[t] = max(0.0, war[0, t] - discount * ahead[0])
        peace = np.array([shares[t], 1.0 - shares[t]]) + discount * ahead
        slack[t] = endless - war[1, t] - discount * ahead[0]
        room[t] = 1.0 - (war[0, t] - discount * ahead[0])
        fights[t] = not (settles(shares[t], np.array(1.0)) and settles(war[1, t], peace[1]))
        ahead = values[:, t] = war[:, t] if fights[t] else peace
    return PowerShift(war=war, values=values, shares=shares, fights=fights, slack=slack, room=room)


def critical_power(power: float, *, discount: float, destroyed: float) -> float:
    """The power after one shift above which the declining side attacks: (p + s / (1 - s)) / d; it may be above 1."""
    return (power + destroyed / (1.0 - destroyed)) / discount


def least_guarantee(power: Array, *, discount: float, destroyed: float) -> float:
    """The least penalty on R for breaking what was agreed under which peace holds for ever.

    Peace holds where every d^n (M_R(t+n) - g) <= 1 / (1 - d) - M_D(t) and every round's pie is large enough to buy R
    off. The least g is 0 or makes one of these hold with equality: each is tried.

    Parameters
    ----------
    power, discount, destroyed : as in `bargain_each_round`

    Returns
    -------
    float
        >= 0; inf if no penalty brings lasting peace. A penalty that is too large may bring war back, since R, who then
        gets little later, must be bought off at once; so more than the least is not always better.
    """
    war = np.stack([power, 1.0 - power]) * (1.0 - destroyed) / (1.0 - discount)
    endless, rounds = 1.0 / (1.0 - discount), len(power)
    found = [0.0, *(war[0] - 1.0)]
    for t in range(rounds):
        for later in range(t + 1, rounds):
            factor = discount ** (later - t)
            found.append(war[0, later] - (endless - war[1, t]) / factor)
            found.append((war[0, t] - factor * war[0, later] - 1.0) / (1.0 - factor))
    for penalty in sorted(each for each in found if each >= 0.0):
        chain = bargain_each_round(power, discount=discount, destroyed=destroyed, penalty=penalty)
        if chain.lasts is None:
            return float(penalty)
    return float("inf")
