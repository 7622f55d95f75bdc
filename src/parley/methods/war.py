"""Bargaining while fighting: two sides divide a pie of 1 while a front moves between them. `solve` is the main name.

Side A is 0 and side B is 1 along the axis `side`; a settlement is side A's share. The front stands on places 0 .. K:
at 0 side A has lost, at K it has won. In each round one side proposes a share, the other accepts (the game ends) or
rejects (both pay for a round of fighting, and the front moves). After the last round comes the terminal payoff.

Source
------
The walk of the front is that of [Smith1998]_ and [FilsonWerner2002]_, the offers are those of [Stahl1972]_ and
[Rubinstein1982]_, the walking out is that of [BinmoreShakedSutton1989]_, the breakdown that of
[BinmoreRubinsteinWolinsky1986]_.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "TIE",
    "Course",
    "Game",
    "Solution",
    "bargaining_range",
    "fight_to_finish",
    "fought",
    "military_outcome",
    "moved",
    "offers",
    "rejected",
    "rounds_to_finish",
    "settles",
    "solve",
    "values_before_talks",
    "walk",
]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

TIE = 1e-12
"""How far, relative to the numbers compared, a settlement may fall short and still be a tie (the sides settle)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Game:
    """The numbers of a war with talks.

    Attributes
    ----------
    rounds : number of rounds with an offer, >= 0
    up : chance per round of fighting that the front moves one place towards side A's victory, 0..1
    down : chance that it moves one place towards side B's victory; up + down <= 1
    cost : what a round of fighting costs each side, in shares of the pie, shape (side,)
    discount : what a payoff one round later is worth now to each side, 0..1, shape (side,)
    proposer : chance that side A proposes, in each round; the list repeats: (1, 0) is taking turns
    terminal : payoffs after the last round, shape (side, place); the ends are military outcomes
    floor : the least share that side A ever agrees to; -inf for no bound
    ceiling : the largest share of A's that side B ever agrees to; inf for no bound
    outside : what the two sides get when a responder, having rejected, walks out instead of fighting; None: nobody can
    breakdown : chance, 0..1, that talks break down for good after a rejection, before the round is fought
    broken : what the two sides then get, at once and without a cost
    """

    rounds: int
    up: float
    down: float
    cost: Array
    discount: Array
    proposer: Sequence[float]
    terminal: Array
    floor: float = 0.0
    ceiling: float = 1.0
    outside: tuple[float, float] | None = None
    breakdown: float = 0.0
    broken: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """What the sides do and get in each round, at each place of the front.

    Attributes
    ----------
    values : each side's value at the start of a round, shape (round + 1, side, place); the last is the terminal payoff
    rejections : each side's value once an offer is rejected and the war goes on, shape (round, side, place)
    offers : side A's share in the offer that is made and accepted, by its proposer, shape (round, side, place); NaN
        where there is none
    walkouts : whether the responder to this proposer walks out, shape (round, side, place)
    """

    values: Array
    rejections: Array
    offers: Array
    walkouts: Flags


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """How the game is expected to run from one place of the front.

    Attributes
    ----------
    settlement_time : probability that the sides settle in a round, shape (round,)
    share : side A's expected share given a settlement; NaN where there is none
    victory : probability that each side wins the war within the horizon, shape (side,)
    walkout : probability that a responder walks out
    breakdown : probability that the talks break down
    deadline : probability that the last round passes without any of these
    fighting : expected number of rounds fought before the end, those before the talks included
    """

    settlement_time: Array
    share: float
    victory: Array
    walkout: float
    breakdown: float
    deadline: float
    fighting: float

    @property
    def agreement(self) -> float:
        """Probability that the sides settle within the horizon, 0..1."""
        return float(min(1.0, self.settlement_time.sum()))


def military_outcome(places: int) -> Array:
    """Payoffs where a side has won, shape (side, place): (0, 1) at the first place, (1, 0) at the last, 0 between."""
    ends = np.zeros((2, places))
    ends[0, -1] = ends[1, 0] = 1.0
    return ends


def fight_to_finish(up: Array, down: Array, cost: Array, discount: Array, places: int) -> Array:
    """What the sides get if they fight until one has won, and never talk.

    Solves F = -cost + discount (up F(k+1) + down F(k-1) + (1 - up - down) F(k)) for 0 < k < K, with F at the ends as in
    `military_outcome`.

    Parameters
    ----------
    up, down : chances per round that the front moves, shape (...)
    cost : cost per round, shape (..., side)
    discount : discount per round, shape (..., side)
    places : number of places of the front, K + 1

    Returns
    -------
    array, shape (..., side, place)
        NaN where the fight never ends: the front does not move, and nobody is impatient.
    """
    ends = military_outcome(places)
    edges = np.broadcast_to(ends[:, [0, -1]], (*np.shape(cost), 2))
    up, down = np.asarray(up)[..., np.newaxis], np.asarray(down)[..., np.newaxis]
    return _sums_along_the_walk(up, down, -cost, discount, edges, places)


def rounds_to_finish(up: Array, down: Array, places: int) -> Array:
    """Expected rounds until one side has won a war without talks, shape (..., place); inf if the front stands still."""
    one = np.ones(np.shape(up))
    found = _sums_along_the_walk(np.asarray(up), np.asarray(down), one, one, np.zeros((*np.shape(up), 2)), places)
    return np.where(np.isnan(found), np.inf, found)


def _sums_along_the_walk(up: Array, down: Array, gain: Array, discount: Array, edges: Array, places: int) -> Array:
    """Solve x = gain + discount (up x(k+1) + down x(k-1) + stay x(k)) between fixed ends, by elimination."""
    rise, fall = discount * up, discount * down
    # 1 - discount (1 - up - down), written so that a very small chance of moving is not lost
    kept = (1.0 - discount) + rise + fall
    shape = np.broadcast_shapes(np.shape(kept), np.shape(gain))
    factor = np.zeros((*shape, places))
    total = np.zeros((*shape, places))
    total[..., 0], total[..., -1] = edges[..., 0], edges[..., 1]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for k in range(1, places - 1):
            pivot = kept - fall * factor[..., k - 1]
            factor[..., k] = rise / pivot
            total[..., k] = (gain + fall * total[..., k - 1]) / pivot
        for k in range(places - 2, 0, -1):
            total[..., k] += factor[..., k] * total[..., k + 1]
    total[..., 1:-1][np.broadcast_to(kept, shape) == 0.0] = np.nan
    return total


def fought(values: Array, game: Game) -> Array:
    """What each side gets from a round of fighting: -cost + discount E V(next round).

    Parameters
    ----------
    values : values at the start of the next round, shape (side, place)
    game : the numbers

    Returns
    -------
    array, shape (side, place)
        At the ends, where nobody fights any more, the military outcome.
    """
    result = military_outcome(values.shape[1])
    stay = 1.0 - game.up - game.down
    ahead = game.up * values[:, 2:] + game.down * values[:, :-2] + stay * values[:, 1:-1]
    result[:, 1:-1] = -game.cost[:, np.newaxis] + game.discount[:, np.newaxis] * ahead
    return result


def rejected(values: Array, game: Game) -> Array:
    """What each side gets once an offer is rejected, R: the talks break down, or the round is `fought`.

    Parameters
    ----------
    values : values at the start of the next round, shape (side, place)
    game : the numbers

    Returns
    -------
    array, shape (side, place)
        At the ends, where nobody talks any more, the military outcome.
    """
    result = fought(values, game)
    broken = np.array(game.broken)[:, np.newaxis]
    result[:, 1:-1] = game.breakdown * broken + (1.0 - game.breakdown) * result[:, 1:-1]
    return result


def bargaining_range(rejection: Array, game: Game) -> tuple[Array, Array]:
    """The least and the largest share of A's that both sides accept and no red line forbids.

    Parameters
    ----------
    rejection : what each side gets if an offer is rejected, shape (side, ...)
    game : the numbers; its floor and ceiling are the red lines

    Returns
    -------
    least, most : arrays, shape (...)
        max(floor, R_A) and min(ceiling, 1 - R_B). Where least > most there is no such share.
    """
    return np.maximum(game.floor, rejection[0]), np.minimum(game.ceiling, 1.0 - rejection[1])


def settles(least: Array, most: Array) -> Flags:
    """Whether there is a share that both sides accept: least <= most, where a gap within `TIE` counts as a tie."""
    return np.asarray(least - most <= TIE * (1.0 + np.abs(least) + np.abs(most)))


def offers(rejection: Array, game: Game, chance_a: float) -> tuple[Array, Array, Flags]:
    """One round of offers: what is proposed and accepted, and what the round is worth.

    The proposer names the share that is best for it among those that the other side accepts; indifferent sides settle.
    A responder who has rejected walks out where that gives it strictly more than fighting; both sides' payoffs from
    rejection are then those of walking out.

    Parameters
    ----------
    rejection : what each side gets if an offer is rejected and the war goes on, shape (side, place)
    game : the numbers
    chance_a : chance that side A proposes, 0..1

    Returns
    -------
    values : array, shape (side, place)
        Each side's value at the start of the round.
    accepted : array, shape (side, place)
        Side A's share in the offer of each proposer; NaN where none is accepted.
    walkouts : array of bool, shape (side, place)
        Whether the responder to this proposer walks out.
    """
    values, shares, walkouts = np.zeros_like(rejection), [], []
    for proposer, chance in enumerate((chance_a, 1.0 - chance_a)):
        responder = 1 - proposer
        after = rejection
        out = np.zeros(rejection.shape[1], dtype=bool)
        if game.outside is not None:
            out = game.outside[responder] > rejection[responder]
            after = np.where(out, np.array(game.outside)[:, np.newaxis], rejection)
        least, most = bargaining_range(after, game)
        agreed = settles(least, most)
        share = (most, least)[proposer]
        values += chance * np.where(agreed, np.stack([share, 1.0 - share]), after)
        shares.append(np.where(agreed, share, np.nan))
        walkouts.append(out & ~agreed)
    accepted, left = np.stack(shares), np.stack(walkouts)
    values[:, [0, -1]] = military_outcome(values.shape[1])[:, [0, -1]]
    accepted[:, [0, -1]], left[:, [0, -1]] = np.nan, False
    return values, accepted, left


def solve(game: Game) -> Solution:
    """Solve the game by backward induction from the terminal payoff.

    Parameters
    ----------
    game : the numbers

    Returns
    -------
    Solution
        Values and offers of every round and place: the game's only equilibrium in which indifferent sides settle.

    Source
    ------
    Backward induction over rounds as in [Stahl1972]_, with fighting between the offers as in [Smith1998]_ and
    [FilsonWerner2002]_.
    """
    places = game.terminal.shape[1]
    values = np.empty((game.rounds + 1, 2, places))
    rejections, accepted = np.empty((game.rounds, 2, places)), np.empty((game.rounds, 2, places))
    walkouts = np.zeros((game.rounds, 2, places), dtype=bool)
    values[-1] = game.terminal
    values[-1][:, [0, -1]] = military_outcome(places)[:, [0, -1]]
    for t in range(game.rounds - 1, -1, -1):
        rejections[t] = rejected(values[t + 1], game)
        chance_a = game.proposer[t % len(game.proposer)]
        values[t], accepted[t], walkouts[t] = offers(rejections[t], game, chance_a)
    return Solution(values=values, rejections=rejections, offers=accepted, walkouts=walkouts)


def values_before_talks(solution: Solution, game: Game, opening: int) -> Array:
    """Each side's value while rounds are fought without offers before the talks open.

    Parameters
    ----------
    solution : the solved game
    game : the numbers
    opening : number of rounds before the first offer, >= 0

    Returns
    -------
    array, shape (opening + 1, side, place)
        The value at the start of each of these rounds; the last is the value when the talks open.
    """
    values = np.empty((opening + 1, *solution.values.shape[1:]))
    values[-1] = solution.values[0]
    for t in range(opening - 1, -1, -1):
        values[t] = fought(values[t + 1], game)
    return values


def walk(solution: Solution, game: Game, start: int, *, opening: int = 0) -> Course:
    """Follow the solved game from one place of the front to its possible ends.

    Parameters
    ----------
    solution : the solved game
    game : the numbers
    start : place of the front now, 0..K
    opening : number of rounds fought before the first offer, >= 0

    Returns
    -------
    Course
        The chances of every end; they add up to 1.
    """
    where = np.zeros(solution.values.shape[2])
    where[start] = 1.0
    settlement_time = np.zeros(game.rounds)
    shared = walkout = breakdown = fighting = 0.0
    for t in range(-opening, game.rounds):
        if t >= 0:
            chance_a = game.proposer[t % len(game.proposer)]
            chance = np.array([chance_a, 1.0 - chance_a])[:, np.newaxis]
            agreed = ~np.isnan(solution.offers[t])
            settled, out = where * (chance * agreed), where * (chance * solution.walkouts[t])
            settlement_time[t] = settled.sum()
            shared += (settled * np.nan_to_num(solution.offers[t])).sum()
            walkout += out.sum()
            where = where * (1.0 - (chance * (agreed | solution.walkouts[t])).sum(axis=0))
            breakdown += game.breakdown * where[1:-1].sum()
            where[1:-1] *= 1.0 - game.breakdown
        fighting += where[1:-1].sum()
        where = moved(where, game.up, game.down)
    agreement = settlement_time.sum()
    return Course(
        settlement_time=settlement_time,
        share=float(shared / agreement) if agreement > 0 else np.nan,
        victory=where[[-1, 0]],
        walkout=float(walkout),
        breakdown=float(breakdown),
        deadline=float(where[1:-1].sum()),
        fighting=float(fighting),
    )


def moved(where: Array, up: float, down: float) -> Array:
    """The chances of the places, shape (place,), after a round of fighting; the ends hold what has reached them."""
    fought = where.copy()
    fought[[0, -1]] = 0.0
    result = fought * (1.0 - up - down)
    result[1:] += up * fought[:-1]
    result[:-1] += down * fought[1:]
    result[[0, -1]] += where[[0, -1]]
    return result
