"""What is expected to happen in a solved war with talks: `follow` is the main name, `truce_life` follows a truce.

The chances are those that an observer has who knows what side A knows at the start.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import rounds_to_finish
from parley.methods.war_game import WarGame
from parley.methods.war_solver import WarSolution
from parley.methods.war_talks import LEAVE, PART, SETTLE
from parley.methods.war_truce import BOTH, peace_moves

__all__ = ["TruceLife", "WarCourse", "follow", "truce_life", "war_length"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WarCourse:
    """How a game is expected to run from one place of the front.

    Attributes
    ----------
    settlement_time : probability that an agreement is made in a round, shape (round,); a truce that was broken may be
        followed by another, so that with truces they are expected numbers
    share : side A's expected share in an agreement; NaN where there is none
    victory : probability that side A, and side B, wins within the horizon, shape (side,)
    walkout, breakdown : probabilities that a responder walks out, and that the talks break down
    deadline : probability that the last round passes while the war goes on
    fighting : expected rounds fought before the end
    broken : probability that a truce is broken by each side in a round, shape (round, side); 0 without truces
    peace : probability that a truce is in force after the last round, by its share, shape (share,); 0 without truces
    present : probability that the war goes on at the start of a round, shape (round + 1, belief, state, place)
    """

    settlement_time: Array
    share: float
    victory: Array
    walkout: float
    breakdown: float
    deadline: float
    fighting: float
    broken: Array
    peace: Array
    present: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TruceLife:
    """How a truce fares, round by round, from the one after it was signed.

    Attributes
    ----------
    in_force : probability that it is still in force at the end of a round, shape (round,); the first is that of signing
    hazard : probability that it is broken in a round if it was in force before, by each side, shape (round, side)
    """

    in_force: Array
    hazard: Array


def war_length(game: WarGame, start: int) -> float:
    """Expected rounds until one side has won if nobody talked or pulled a lever; inf if the front stands still."""
    base = game.sets[0]
    return float(rounds_to_finish(np.array(base.up), np.array(base.down), game.places)[start])


def follow(solution: WarSolution, game: WarGame, start: int) -> WarCourse:
    """Follow a solved game from one place of the front to its possible ends.

    Parameters
    ----------
    solution : the solved game
    game : the game
    start : place of the front at the first round, 0..K

    Returns
    -------
    WarCourse
        Without truces the chances of all ends add up to 1.
    """
    at = _Tally.begin(game, start)
    for t in range(game.rounds):
        at.present[t] = at.war.sum(axis=0)
        refused = np.zeros((2, *at.war.shape))
        if game.truce:
            _break_truces(at, solution, t, refused)
        chance_a = game.proposer[t % len(game.proposer)]
        for proposer, chance in ((0, chance_a), (1, 1.0 - chance_a)):
            if chance > 0.0:
                refused[1 - proposer] += _talk(at, solution, t, proposer, chance)
        at.breakdown += game.breakdown * float(refused.sum())
        refused *= 1.0 - game.breakdown
        at.fighting += float(refused.sum())
        won = at.war[..., [0, -1]].copy()
        at.war = _battle(refused, game, t)
        at.war[..., [0, -1]] += won
    at.present[-1] = at.war.sum(axis=0)
    agreed = at.settled.sum()
    return WarCourse(
        settlement_time=at.settled,
        share=float(at.shared / agreed) if agreed > 0 else np.nan,
        victory=at.war[..., [-1, 0]].sum(axis=(0, 1, 2)),
        walkout=at.walkout,
        breakdown=at.breakdown,
        deadline=float(at.war[..., 1:-1].sum()),
        fighting=at.fighting,
        broken=at.broken,
        peace=at.peace.sum(axis=(0, 1)),
        present=at.present,
    )


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What has happened so far; `war` has shape (type, belief, state, place), `peace` (state, place, share)."""

    game: WarGame
    war: Array
    peace: Array
    settled: Array
    broken: Array
    present: Array
    shared: float = 0.0
    walkout: float = 0.0
    breakdown: float = 0.0
    fighting: float = 0.0

    @staticmethod
    def begin(game: WarGame, start: int) -> _Tally:
        shape = (len(game.beliefs), game.states, game.places)
        war = np.zeros((max(1, game.players - 1), *shape))
        if game.types:
            war[:, 0, 0, start] = game.types.tough, 1.0 - game.types.tough
        else:
            war[0, 0, 0, start] = 1.0
        shares = len(game.truce.shares) if game.truce else 1
        return _Tally(
            game=game,
            war=war,
            peace=np.zeros((*shape[1:], shares)),
            settled=np.zeros(game.rounds),
            broken=np.zeros((game.rounds, 2)),
            present=np.zeros((game.rounds + 1, *shape)),
        )


def _talk(at: _Tally, solution: WarSolution, t: int, proposer: int, chance: float) -> Array:
    """Enter what comes of one proposer's offers; what is left fights, with beliefs brought up; shape of `war`."""
    ends, shares = solution.ends[t, proposer], solution.shares[t, proposer]
    here = chance * at.war
    here[..., [0, -1]] = 0.0
    accepted = here * (ends == SETTLE)
    if at.game.types:
        beliefs = np.array(at.game.beliefs)
        now = beliefs.reshape(-1, 1, 1)
        later = beliefs[solution.posteriors[t, proposer]]
        # Bayes' rule: rejected with probability now / later, and always by a tough B
        accepts = np.divide(1.0 - now / np.where(ends == PART, later, 1.0), 1.0 - now, where=now < 1.0, out=0.0 * later)
        accepted[1] += here[1] * accepts * (ends == PART)
    at.settled[t] += accepted.sum()
    at.shared += float((accepted * np.nan_to_num(shares)).sum())
    left = here * (ends == LEAVE)
    at.walkout += float(left.sum())
    if at.game.truce:
        _sign(at, accepted[0, 0], shares[0])
    remaining, result = here - accepted - left, np.zeros_like(here)
    for belief in range(len(at.game.beliefs)):
        for n in range(len(at.game.beliefs)):
            result[:, n] += remaining[:, belief] * (solution.posteriors[t, proposer, belief] == n)
    return result


def _sign(at: _Tally, accepted: Array, shares: Array) -> None:
    """Enter truces signed in this round; they hold in it, and then power moves."""
    assert at.game.truce is not None
    moves = peace_moves(at.game)
    for state, k in np.argwhere(accepted > 0.0):
        x = int(np.searchsorted(at.game.truce.shares, shares[state, k]))
        at.peace[state, :, x] += accepted[state, k] * moves[k]


def _break_truces(at: _Tally, solution: WarSolution, t: int, refused: Array) -> None:
    """Send truces that are broken in this round into battle, and let power move in the others."""
    assert solution.peace is not None
    breakers = solution.peace.breakers[t]
    for side in (0, 1):
        part = at.peace * ((breakers == side + 1) + 0.5 * (breakers == BOTH))
        at.broken[t, side] = part.sum()
        refused[side, 0, 0] += part.sum(axis=-1)
    at.peace = np.einsum("skn,kl->sln", at.peace * (breakers == 0), peace_moves(at.game))


def _battle(refused: Array, game: WarGame, t: int) -> Array:
    """Where the front and the rule's memory stand after a round of fighting, shape (type, belief, state, place)."""
    result = np.zeros(refused.shape[1:])
    for state, side in np.ndindex(game.states, 2):
        levers = game.sets[int(game.rule.chosen(t)[state, side])]
        after, here = int(game.rule.follows[state, side]), refused[side, :, :, state, 1:-1]
        result[:, :, after, 2:] += levers.up * here
        result[:, :, after, :-2] += levers.down * here
        result[:, :, after, 1:-1] += (1.0 - levers.up - levers.down) * here
    return result


def truce_life(
    solution: WarSolution, game: WarGame, signed: int, *, place: int, share: int, state: int = 0
) -> TruceLife:
    """How a truce fares that is signed in one round at one place of the front.

    Parameters
    ----------
    solution : the solved game
    game : the game, with a truce
    signed : the round in which it is signed
    place : place of the front then
    share : index of its share
    state : state of the rule's memory then

    Returns
    -------
    TruceLife
        From the round after signing to the last round of the game.
    """
    assert solution.peace is not None
    where, moves = np.eye(game.places)[place], peace_moves(game)
    in_force, hazard = [1.0], []
    for t in range(signed + 1, game.rounds):
        where = where @ moves
        breakers = solution.peace.breakers[t, state, :, share]
        broken = [float((where * ((breakers == side + 1) + 0.5 * (breakers == BOTH))).sum()) for side in (0, 1)]
        hazard.append([each / in_force[-1] if in_force[-1] > 0 else np.nan for each in broken])
        where = where * (breakers == 0)
        in_force.append(float(where.sum()))
    return TruceLife(in_force=np.array(in_force), hazard=np.array(hazard).reshape(-1, 2))
