"""Truces that share what each round yields and that either side may break. `keep_peace` is the main name.

In a round of peace A gets its share x and B the rest, and then power moves. At the start of a later round either side
may break the truce: the war goes on with a battle in that same round, under the lever set that answers a rejection by
the breaker, and no offer comes before it. A breaker pays its penalty. Where both want to break it, a coin decides.

Source
------
What one side cannot be held to once power has shifted is the commitment problem of [Fearon1995]_ and [Powell2006]_;
there shares are bargained anew each round (`parley.methods.power_shift`), here they are fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import settles
from parley.methods.war_game import WarGame
from parley.methods.war_talks import SETTLE, WAR, Talk

__all__ = ["BOTH", "HELD", "Peace", "keep_peace", "peace_at_the_end", "peace_moves", "truce_talks"]

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

HELD, BOTH = 0, 3
"""Who breaks a truce: nobody (0), side A (1), side B (2), both want to (3)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peace:
    """What a truce is worth and who breaks it, by state of the rule's memory, place of the front and share.

    Attributes
    ----------
    values : value at the start of a round of peace, before anybody can break it, shape (..., side, state, place, share)
    signing : value of a truce that holds in the round at least, as it does where it is signed; the same shape
    breakers : who breaks it, codes 0 (nobody), 1 (A), 2 (B), 3 (both want to), shape (..., state, place, share)
    """

    values: Array
    signing: Array
    breakers: Numbers

    @staticmethod
    def joined(rounds: Sequence[Peace]) -> Peace:
        """All rounds as one, along a new first axis."""
        return Peace(
            values=np.stack([each.values for each in rounds]),
            signing=np.stack([each.signing for each in rounds]),
            breakers=np.stack([each.breakers for each in rounds]),
        )


def peace_at_the_end(game: WarGame) -> Peace:
    """A truce in force after the last round lasts for ever."""
    assert game.truce is not None
    shares = game.truce.shares
    shape = (game.states, game.places, len(shares))
    values = game.pie * np.broadcast_to(np.stack([shares, 1.0 - shares])[:, np.newaxis, np.newaxis], (2, *shape))
    return Peace(values=values.copy(), signing=values.copy(), breakers=np.full(shape, HELD))


def peace_moves(game: WarGame) -> Array:
    """Chances that power moves from place to place in a round of peace, shape (place, place); it keeps off the ends."""
    assert game.truce is not None
    last, moves = game.places - 1, np.eye(game.places)
    for k in range(1, last):
        moves[k, k] = 1.0 - game.truce.up - game.truce.down
        moves[k, min(k + 1, last - 1)] += game.truce.up
        moves[k, max(k - 1, 1)] += game.truce.down
    return moves


def keep_peace(ahead: Array, rejected: Array, game: WarGame) -> Peace:
    """One round of peace, from the end.

    Y = (x, 1 - x) + discount E S(next round). Side i wants to break the truce where R_i less its penalty is strictly
    above its Y.

    Parameters
    ----------
    ahead : value of the truce at the start of the next round, shape (side, state, place, share)
    rejected : what fighting gives once a side has broken the truce, shape (side that breaks, side, 1, state, place)
    game : the game
    """
    truce = game.truce
    assert truce is not None
    flow = np.stack([truce.shares, 1.0 - truce.shares])[:, np.newaxis, np.newaxis]
    held = flow + game.discount[0] * np.einsum("kl,isln->iskn", peace_moves(game), ahead)
    fight = rejected[:, :, 0, :, :, np.newaxis]
    broken = np.array(np.broadcast_to(fight, (2, *held.shape)))
    for side in (0, 1):
        broken[side, side] -= truce.penalty[side]
    wants = [~settles(broken[side, side], held[side]) for side in (0, 1)]
    breakers = wants[0] * 1 + wants[1] * 2
    values = np.where(wants[0] & wants[1], broken.mean(axis=0), np.where(wants[0], broken[0], broken[1]))
    values = np.where(breakers == HELD, held, values)
    return Peace(values=values, signing=held, breakers=breakers.astype(np.int64))


def truce_talks(signing: Array, rejected: Array, game: WarGame) -> tuple[Talk, Talk]:
    """A round of offers of truces: the proposer takes the best share that the other accepts, if it is worth it.

    Ties go to the share that is better for the other side, then to the smaller one. What a truce is worth to a side
    need not rise with its share, since more for one side can make the other break it sooner: all shares are looked at.

    Parameters
    ----------
    signing : what a truce signed now is worth, shape (side, state, place, share)
    rejected : what a rejection gives, shape (side that rejects, side, 1, state, place)
    game : the game
    """
    return _truce_offer(signing, rejected[1], game, 0), _truce_offer(signing, rejected[0], game, 1)


def _truce_offer(signing: Array, rejected: Array, game: WarGame, proposer: int) -> Talk:
    assert game.truce is not None
    responder, shares = 1 - proposer, game.truce.shares
    after = rejected[:, 0, :, :, np.newaxis]
    allowed = game.offered & settles(after[responder], signing[responder])
    for side in (proposer, responder):
        best = np.where(allowed, signing[side], -np.inf).max(axis=-1, keepdims=True, initial=-np.inf)
        allowed = allowed & settles(best, signing[side])
    chosen = allowed.argmax(axis=-1)
    picked = np.take_along_axis(signing, chosen[np.newaxis, ..., np.newaxis], axis=-1)[..., 0]
    agreed = allowed.any(axis=-1) & settles(after[proposer, ..., 0], picked[proposer])
    agreed[..., [0, -1]] = False
    agreed, share = agreed[np.newaxis], shares[chosen][np.newaxis]
    return Talk(
        values=np.where(agreed, picked[:, np.newaxis], rejected),
        ends=np.where(agreed, SETTLE, WAR),
        shares=np.where(agreed, share, np.nan),
        posteriors=np.zeros(agreed.shape, dtype=np.int64),
    )
