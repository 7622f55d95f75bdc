"""Backward induction for wars with talks: one step, fight and then talk, for every game. `solve_war` is the main name.

The state of a game is the round, the place of the front, the state of the rule's memory, and A's belief. A round is
solved from the end: first what a rejection by either side gives (`rejections`), then what the talks give: shares of a
pie (`parley.methods.war_talks`), or a truce that may be broken (`parley.methods.war_truce`).

Source
------
As [Stahl1972]_ and [Smith1998]_, with what `parley.methods.war_game` names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import military_outcome
from parley.methods.war_game import WarGame, as_players, terminal_values
from parley.methods.war_talks import Talk, share_talks
from parley.methods.war_truce import Peace, keep_peace, peace_at_the_end, truce_talks

__all__ = ["WarSolution", "last_round_ties", "rejections", "solve_war"]

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WarSolution:
    """What the players do and get in each state.

    Attributes
    ----------
    values : value at the start of a round, shape (round + 1, player, belief, state, place)
    rejections : what a rejection gives, shape (round, side that rejects, player, belief, state, place)
    ends : what comes of the offer of each proposer, codes of `parley.methods.war_talks`, shape (round, side that
        proposes, belief, state, place)
    shares : side A's share in that offer; NaN where nobody accepts one; the same shape
    posteriors : index of A's belief once that offer is rejected; the same shape
    peace : what a truce is worth and who breaks it, by round; None without a truce
    """

    values: Array
    rejections: Array
    ends: Numbers
    shares: Array
    posteriors: Numbers
    peace: Peace | None = None


def rejections(ahead: Array, game: WarGame, t: int) -> Array:
    """What each player gets once the offer of round t is rejected.

    R = r z + (1 - r) (yield - cost + discount E V(next round)), under the lever set that answers the rejection.

    Parameters
    ----------
    ahead : values at the start of the next round, shape (player, belief, state, place)
    game : the game
    t : the round

    Returns
    -------
    array, shape (side that rejects, player, belief, state, place)
        At the ends of the front the military outcome.
    """
    result = np.empty((2, *ahead.shape))
    result[...] = (game.pie * as_players(military_outcome(game.places), game))[:, np.newaxis, np.newaxis]
    broken = as_players(np.array(game.broken)[:, np.newaxis], game)[:, np.newaxis]
    inside = game.yields()[:, np.newaxis, 1:-1]
    for state, side in np.ndindex(game.states, 2):
        chosen = int(game.rule.chosen(t)[state, side])
        levers, after = game.sets[chosen], ahead[:, :, game.rule.follows[state, side]]
        stay = 1.0 - levers.up - levers.down
        expected = levers.up * after[..., 2:] + levers.down * after[..., :-2] + stay * after[..., 1:-1]
        fought = inside - game.cost(chosen)[:, np.newaxis, np.newaxis]
        fought = fought + game.patience[:, np.newaxis, np.newaxis] * expected
        result[side, :, :, state, 1:-1] = game.breakdown * broken + (1.0 - game.breakdown) * fought
    return result


def solve_war(game: WarGame, *, after: Array | None = None) -> WarSolution:
    """Solve a game by backward induction.

    Parameters
    ----------
    game : the game
    after : payoffs after the last round in place of the game's own, shape (player, belief, state, place)

    Returns
    -------
    WarSolution
        Where side B has types it is one equilibrium of several, selected by the rules of `parley.methods.war_talks`.
    """
    shape = (len(game.beliefs), game.states, game.places)
    values = np.empty((game.rounds + 1, game.players, *shape))
    values[-1] = terminal_values(game)[:, np.newaxis, np.newaxis] if after is None else after
    rejected = np.empty((game.rounds, 2, game.players, *shape))
    talks: list[tuple[Talk, Talk]] = []
    peace = [peace_at_the_end(game)] if game.truce else []
    for t in range(game.rounds - 1, -1, -1):
        rejected[t] = rejections(values[t + 1], game, t)
        if game.truce:
            peace.append(keep_peace(peace[-1].values, rejected[t], game))
            talked = truce_talks(peace[-1].signing, rejected[t], game)
        else:
            talked = share_talks(rejected[t], game)
        chance = game.proposer[t % len(game.proposer)]
        values[t] = chance * talked[0].values + (1.0 - chance) * talked[1].values
        values[t][..., [0, -1]] = rejected[t][0][..., [0, -1]]
        talks.append(talked)
    talks.reverse()

    whole = (game.rounds, 2, *shape)
    return WarSolution(
        values=values,
        rejections=rejected,
        ends=np.array([[each.ends for each in pair] for pair in talks], dtype=np.int64).reshape(whole),
        shares=np.array([[each.shares for each in pair] for pair in talks]).reshape(whole),
        posteriors=np.array([[each.posteriors for each in pair] for pair in talks], dtype=np.int64).reshape(whole),
        peace=Peace.joined(peace[::-1]) if peace else None,
    )


def last_round_ties(game: WarGame) -> tuple[float, ...]:
    """Beliefs at which A is indifferent between POOL and SCREEN in the last round, at some place of the front.

    With x_P and x_S the shares of both and R what a rejection by a known tough B gives A, b = (x_S - x_P) / (x_S - R).
    In the round before, offers that lead to these beliefs are those most worth adding: `Types.posteriors` takes them.

    Parameters
    ----------
    game : the game, with types and a round at least

    Returns
    -------
    tuple
        Beliefs strictly between that at the start and 1, rising.
    """
    assert game.types is not None
    after = rejections(
        np.repeat(terminal_values(game)[:, np.newaxis, np.newaxis], game.states, axis=2), game, game.rounds - 1
    )
    known = after[1, :, 0, :, 1:-1]
    pool = np.minimum(game.ceiling, 1.0 - known[1:].max(axis=0))
    screen = np.minimum(game.ceiling, 1.0 - known[2])
    gain, loss = screen - pool, screen - known[0]
    ties = np.divide(gain, loss, out=np.zeros_like(gain), where=loss > 0)
    return tuple(sorted({float(b) for b in ties[pool >= game.floor] if game.types.tough < b < 1.0}))
