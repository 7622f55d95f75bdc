"""One round of offers over a pie of 1, with or without a hidden type of side B. `share_talks` is the main name.

Where B has types, a proposing A chooses what is best for it among: POOL, the largest share that both types accept;
SCREEN, a share that only the weak type accepts, so that a rejection shows a tough one; HOLD, an offer that both reject.
Ties go to POOL, then SCREEN. This is a menu, not all offers that A could make: with two rounds or more an offer between
those of SCREEN and HOLD, which a weak B accepts with some probability, can be better (`Types.posteriors` adds those).
It is a selection among equilibria.

Source
------
Without types [Stahl1972]_ and [BinmoreShakedSutton1989]_; one round of screening is that of [Fearon1995]_; the menu
over several rounds is our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import settles
from parley.methods.war_game import WarGame

__all__ = ["LEAVE", "PART", "SETTLE", "WAR", "Talk", "share_talks"]

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

WAR, SETTLE, LEAVE, PART = 0, 1, 2, 3
"""What comes of an offer: it is rejected, accepted, the responder walks out, or the weak type alone accepts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Talk:
    """What comes of the offers of one proposer.

    Attributes
    ----------
    values : value of the node, shape (player, belief, state, place)
    ends : codes `WAR`, `SETTLE`, `LEAVE`, `PART`, shape (belief, state, place)
    shares : side A's share in the offer; NaN where nobody accepts
    posteriors : index of A's belief after a rejection
    """

    values: Array
    ends: Numbers
    shares: Array
    posteriors: Numbers


def share_talks(rejected: Array, game: WarGame) -> tuple[Talk, Talk]:
    """A round of offers over a pie: what comes of an offer by A, and of one by B.

    Parameters
    ----------
    rejected : what a rejection gives, shape (side that rejects, player, belief, state, place)
    game : the game
    """
    if game.types is None:
        return _open_offer(rejected[1], game, 0), _open_offer(rejected[0], game, 1)
    return _screening_offer(rejected[1], game), _pooled_answer(rejected[0], game)


def _open_offer(rejected: Array, game: WarGame, proposer: int) -> Talk:
    """Everybody knows everything: the proposer takes the best share that the other accepts, if it is worth it."""
    after, responder = rejected, 1 - proposer
    leaves = np.zeros(rejected.shape[1:], dtype=bool)
    if game.outside is not None:
        leaves = game.outside[responder] > rejected[responder]
        after = np.where(leaves, np.array(game.outside).reshape(2, 1, 1, 1), rejected)
    least, most = np.maximum(game.floor, after[0]), np.minimum(game.ceiling, 1.0 - after[1])
    agreed = _inside(settles(least, most))
    share = (most, least)[proposer]
    return Talk(
        values=np.where(agreed, np.stack([share, 1.0 - share]), after),
        ends=np.where(agreed, SETTLE, np.where(_inside(leaves), LEAVE, WAR)),
        shares=np.where(agreed, share, np.nan),
        posteriors=_same_belief(rejected),
    )


def _screening_offer(rejected: Array, game: WarGame) -> Talk:
    """A proposes to a B whose type it does not know: the best of POOL, SCREEN (also in part) and HOLD."""
    own = _same_belief(rejected)
    hold = Talk(values=rejected, ends=np.full(own.shape, WAR), shares=np.full(own.shape, np.nan), posteriors=own)
    known = np.broadcast_to(rejected[:, -1:], rejected.shape)
    share = np.minimum(game.ceiling, 1.0 - np.maximum(known[1], known[2]))
    pool = Talk(
        values=np.stack([share, 1.0 - share, 1.0 - share]),
        ends=np.full(own.shape, SETTLE),
        shares=share,
        posteriors=np.full_like(own, len(own) - 1),
    )
    pools = (pool, settles(np.full_like(share, game.floor), share))
    screens = [_screen(rejected, game, n, share) for n in range(len(game.beliefs) - 1, 0, -1)]
    assert game.types is not None
    if game.types.posteriors:
        # beliefs at which A is indifferent stand for those just below: what leaves the weak type least goes first
        return _best([*screens, (hold, np.ones_like(pools[1])), pools], hold)
    return _best([pools, *screens], hold)


def _screen(rejected: Array, game: WarGame, n: int, pool: Array) -> tuple[Talk, Flags]:
    """An offer that makes the weak type indifferent to rejecting it and facing belief n, and whether it can be made.

    The weak type accepts so often that Bayes' rule gives belief n after a rejection: with b now and b' then, the offer
    is rejected with probability b / b'.
    """
    belief = np.array(game.beliefs).reshape(-1, 1, 1)
    passed = np.broadcast_to(rejected[:, n : n + 1], rejected.shape)
    share = np.minimum(game.ceiling, 1.0 - passed[2])
    refused = belief / belief[n]
    values = np.stack([(1.0 - refused) * share + refused * passed[0], passed[1], 1.0 - share])
    allowed = (belief < belief[n]) & ~settles(share, pool) & settles(np.full_like(share, game.floor), share)
    if n < len(belief) - 1:
        # a tough B refuses, and a weak one that strictly gains by accepting would not mix
        allowed &= ~settles(passed[1], passed[2]) & settles(1.0 - passed[2], np.full_like(share, game.ceiling))
    index = np.full(share.shape, n)
    return Talk(values=values, ends=np.full(share.shape, PART), shares=share, posteriors=index), allowed


def _pooled_answer(rejected: Array, game: WarGame) -> Talk:
    """B proposes: nothing is offered (mute), or both types offer A what it would get by fighting on (pooling)."""
    assert game.types is not None
    share = np.maximum(game.floor, rejected[0])
    agreed = _inside(settles(share, np.minimum(game.ceiling, 1.0 - np.maximum(rejected[1], rejected[2]))))
    agreed &= game.types.answer == "pooling"
    return Talk(
        values=np.where(agreed, np.stack([share, 1.0 - share, 1.0 - share]), rejected),
        ends=np.where(agreed, SETTLE, WAR),
        shares=np.where(agreed, share, np.nan),
        posteriors=_same_belief(rejected),
    )


def _best(menu: list[tuple[Talk, Flags]], otherwise: Talk) -> Talk:
    """The choice that gives A most; the first of those that tie."""
    best = otherwise
    for choice, allowed in reversed(menu):
        taken = allowed & settles(best.values[0], choice.values[0])
        best = Talk(
            values=np.where(taken, choice.values, best.values),
            ends=np.where(taken, choice.ends, best.ends),
            shares=np.where(taken, choice.shares, best.shares),
            posteriors=np.where(taken, choice.posteriors, best.posteriors),
        )
    inside = _inside(np.ones(best.ends.shape, dtype=bool))
    return Talk(
        values=best.values,
        ends=np.where(inside, best.ends, WAR),
        shares=np.where(inside, best.shares, np.nan),
        posteriors=best.posteriors,
    )


def _inside(flags: Flags) -> Flags:
    """The same flags, but false at the ends of the front."""
    result = np.array(flags)
    result[..., [0, -1]] = False
    return result


def _same_belief(rejected: Array) -> Numbers:
    """Each state's own belief, as an index, shape (belief, state, place)."""
    shape = rejected.shape[1:]
    return np.broadcast_to(np.arange(shape[0]).reshape(-1, 1, 1), shape).copy()
