"""Small games in normal form: every pure equilibrium, mixed ones by their supports, and the logit equilibrium.

`pure_equilibria`, `support_enumeration` and `logit_equilibrium` are the main names. A game is one array of payoffs,
shape (player, action of the first, action of the second, ...). There is seldom *the* equilibrium: these functions
list all that they find, and say what they do not look for.

Source
------
[Nash1950Games]_; [McKelveyPalfrey1995]_ for the logit equilibrium.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.frontier import TIE

__all__ = [
    "Answers",
    "Commitment",
    "answers",
    "best_replies",
    "committed",
    "logit_equilibrium",
    "pure_equilibria",
    "support_enumeration",
]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

MAX_ACTIONS = 10
"""The most actions of a player whose supports are enumerated."""

STEP, MOST_STEPS, CLOSE = 0.1, 20_000, 1e-12
"""Length of a step along the branch of logit equilibria, how many may be taken, and how exactly each is met."""


def best_replies(payoff: Array, player: int) -> Flags:
    """In which cells of the game a player has no better action, given what the others do.

    Parameters
    ----------
    payoff : array, shape (player, action of the first, action of the second, ...)
    player : its place

    Returns
    -------
    array, shape (action of the first, action of the second, ...)
    """
    own = payoff[player]
    best = own.max(axis=player, keepdims=True)
    return np.asarray(own >= best - TIE * np.maximum(1.0, np.abs(best)))


def pure_equilibria(payoff: Array) -> tuple[tuple[int, ...], ...]:
    """List all equilibria in pure actions: cells in which everybody gives a best reply.

    Parameters
    ----------
    payoff : as in `best_replies`

    Returns
    -------
    The actions of the players in each of them, in the order of the table; empty where there is none
    """
    held = np.logical_and.reduce([best_replies(payoff, player) for player in range(len(payoff))])
    return tuple(tuple(int(action) for action in cell) for cell in np.argwhere(held))


def support_enumeration(payoff: Array) -> tuple[tuple[Array, Array], ...]:
    """List the equilibria of two players in which both mix over equally many actions, pure ones among them.

    For each pair of supports, each player's chances make the other indifferent among the actions that it mixes, and no
    action outside is better. In a nondegenerate game these are all equilibria; a degenerate one (a payoff that ties
    where it matters) can have more, even infinitely many, which this does not list.

    Parameters
    ----------
    payoff : array, shape (2, action of the first, action of the second), up to `MAX_ACTIONS` actions each

    Returns
    -------
    The chances of each player's actions in each equilibrium, those with the smallest supports first

    Raises
    ------
    EngineError
        If there are not two players, or too many actions.
    """
    if payoff.shape[0] != 2 or payoff.ndim != 3:
        raise EngineError("supports are enumerated for two players")
    if max(payoff.shape[1:]) > MAX_ACTIONS:
        raise EngineError(
            f"a player has {max(payoff.shape[1:])} actions; supports of up to {MAX_ACTIONS} are enumerated"
        )
    found: list[tuple[Array, Array]] = []
    rows, columns = (range(size) for size in payoff.shape[1:])
    for size in range(1, min(payoff.shape[1:]) + 1):
        for mixed in itertools.product(itertools.combinations(rows, size), itertools.combinations(columns, size)):
            second = _indifferent(payoff[0][np.ix_(*mixed)], payoff.shape[2], mixed[1])
            first = _indifferent(payoff[1][np.ix_(*mixed)].T, payoff.shape[1], mixed[0])
            if first is not None and second is not None and _no_better(payoff, first, second):
                found.append((first, second))
    return tuple(found)


def _indifferent(worth: Array, actions: int, support: tuple[int, ...]) -> Array | None:
    """Chances over a support, all > 0, under which the other's actions, rows of `worth`, are worth the same."""
    size = len(support)
    system = np.zeros((size + 1, size + 1))
    system[:size, :size], system[:size, size], system[size, :size] = worth, -1.0, 1.0
    right = np.append(np.zeros(size), 1.0)
    try:
        chances = np.linalg.solve(system, right)[:size]
    except np.linalg.LinAlgError:
        return None
    if (chances <= TIE).any():
        return None
    result = np.zeros(actions)
    result[list(support)] = chances
    return result


def _no_better(payoff: Array, first: Array, second: Array) -> bool:
    worth = payoff[0] @ second, first @ payoff[1]
    return all(
        each.max() <= float(each @ chances) + TIE * max(1.0, float(np.abs(each).max()))
        for each, chances in zip(worth, (first, second), strict=True)
    )


def logit_equilibrium(payoff: Array, rationality: float) -> tuple[Array, ...]:
    """Find the logit equilibrium on the branch that begins where nobody tells actions apart.

    (1)  p_i(a) = exp(lambda u_i(a, p)) / sum over b of exp(lambda u_i(b, p))

    The branch is followed from lambda = 0, where all chances are equal, by its arc length, so that it may turn back on
    its way; the first point at the lambda asked for is taken.

    Parameters
    ----------
    payoff : as in `best_replies`, any number of players
    rationality : lambda >= 0; 0: everything is equally likely, large: nearly only best replies

    Returns
    -------
    The chances of each player's actions

    Raises
    ------
    EngineError
        If lambda is negative, or the branch does not reach it.

    Source
    ------
    [McKelveyPalfrey1995]_, theorem 3: this branch is unique and leads to one Nash equilibrium of almost every game.
    """
    if not rationality >= 0:
        raise EngineError(f"rationality is {rationality}; it must be 0 or more")
    branch = _Branch(payoff)
    return branch.chances(branch.followed(rationality))


class _Branch:
    """Logarithms of the chances relative to each player's first action, and lambda, in one vector."""

    def __init__(self, payoff: Array) -> None:
        self.payoff = payoff
        self.sizes = payoff.shape[1:]
        ends = np.cumsum([size - 1 for size in self.sizes])
        self.parts = [slice(end - size + 1, end) for size, end in zip(self.sizes, ends, strict=True)]
        self.number = int(ends[-1])

    def chances(self, point: Array) -> tuple[Array, ...]:
        result = []
        for part in self.parts:
            odds = np.append(0.0, point[part])
            weight = np.exp(odds - odds.max())
            result.append(weight / weight.sum())
        return tuple(result)

    def off(self, point: Array) -> Array:
        """How far the odds are from those of equation (1)."""
        chances = self.chances(point)
        result = np.empty(self.number)
        for player, part in enumerate(self.parts):
            worth = self.payoff[player]
            for other in reversed(range(len(self.sizes))):
                if other != player:
                    worth = np.tensordot(worth, chances[other], axes=(other, 0))
            result[part] = point[part] - point[-1] * (worth[1:] - worth[0])
        return result

    def slopes(self, point: Array) -> Array:
        step = 1e-6 * np.maximum(1.0, np.abs(point))
        columns = []
        for k in range(point.size):
            shift = np.zeros(point.size)
            shift[k] = step[k]
            columns.append((self.off(point + shift) - self.off(point - shift)) / (2 * step[k]))
        return np.stack(columns, axis=1)

    def met(self, point: Array, normal: Array) -> Array | None:
        """The point of the branch on the plane through this one, by Newton's method; None if it is not met."""
        here = point.copy()
        for _ in range(30):
            off = np.append(self.off(here), normal @ (here - point))
            if np.abs(off).max() < CLOSE * max(1.0, float(np.abs(here).max())):
                return here
            try:
                here = here - np.linalg.solve(np.vstack([self.slopes(here), normal]), off)
            except np.linalg.LinAlgError:
                return None
        return None

    def followed(self, rationality: float) -> Array:
        here, ahead = np.zeros(self.number + 1), np.append(np.zeros(self.number), 1.0)
        still, length = ahead.copy(), STEP
        for _ in range(MOST_STEPS):
            if here[-1] >= rationality:
                break
            *_, planes = np.linalg.svd(self.slopes(here))
            along = planes[-1] * (1.0 if planes[-1] @ ahead >= 0 else -1.0)
            there = self.met(here + length * along, along)
            if there is None:
                length /= 2
                continue
            before, here, ahead, length = here, there, along, min(2 * length, 10 * STEP)
        if here[-1] < rationality:
            raise EngineError(f"the branch of logit equilibria was not followed up to {rationality:g}")
        if here[-1] > rationality:
            share = (rationality - before[-1]) / (here[-1] - before[-1])
            crossing = before + share * (here - before)
            found = self.met(crossing, still)
            if found is None:
                raise EngineError(f"no logit equilibrium was met at {rationality:g}")
            here = found
        return here


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """How each type of a second party answers each approach of a first one.

    Attributes
    ----------
    best : whether a response is a best one, shape (approach, response, type)
    least, most : what each approach is worth to the first party if ties go against it and in its favour, shape
        (approach,)
    surely : approaches that are best however ties go
    possibly : approaches that are best for some way in which ties go
    """

    best: Flags
    least: Array
    most: Array
    surely: tuple[int, ...]
    possibly: tuple[int, ...]


def answers(first: Array, second: Array, belief: Array) -> Answers:
    """Let a party that moves first choose an approach against a party of unknown type, which answers knowing its own.

    Parameters
    ----------
    first, second : arrays, shape (approach, response, type)
        What each of the two gets.
    belief : array, shape (type,)
        How likely each type is, adding up to 1.

    Returns
    -------
    Every best response, and what each approach is worth however ties are broken
    """
    top = second.max(axis=1, keepdims=True)
    best = second >= top - TIE * np.maximum(1.0, np.abs(top))
    least = np.where(best, first, np.inf).min(axis=1) @ belief
    most = np.where(best, first, -np.inf).max(axis=1) @ belief
    slack = TIE * max(1.0, float(np.abs(first).max()))
    surely, possibly = _chosen(least, most, slack)
    return Answers(best=best, least=least, most=most, surely=surely, possibly=possibly)


def _chosen(least: Array, most: Array, slack: float) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Which approaches are best whatever the rest does within these bounds, and which may be."""
    rivals = [np.delete(most, k) for k in range(len(most))]
    surely = [k for k, other in enumerate(rivals) if not other.size or least[k] >= other.max() - slack]
    possibly = [k for k in range(len(most)) if most[k] >= least.max() - slack]
    return tuple(surely), tuple(possibly)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Commitment:
    """What an approach is worth to a party that keeps to it, where the others answer it knowing their own types.

    Attributes
    ----------
    least, most : what each approach is worth if the others play, of the pure equilibria among themselves, the one that
        is worst for the party, or best, shape (approach,)
    surely, possibly : as in `Answers`
    unsettled : probability of types in which the others have no pure equilibrium among themselves, shape (approach,);
        there anything that they could do enters the bounds
    """

    least: Array
    most: Array
    surely: tuple[int, ...]
    possibly: tuple[int, ...]
    unsettled: Array


def committed(payoff: Array, belief: Array) -> Commitment:
    """Let a party keep to an approach against any number of others; with one other it is `answers`.

    Parameters
    ----------
    payoff : array, shape (player, approach of the first, response of the second, ..., type)
        What each gets; every player but the first knows the type.
    belief : array, shape (type,)
        How likely each type is, adding up to 1.
    """
    responses = tuple(range(1, len(payoff)))
    held = np.logical_and.reduce([best_replies(payoff, player) for player in responses])
    settled = held.any(axis=responses, keepdims=True)
    open_cells = held | ~settled
    least = np.where(open_cells, payoff[0], np.inf).min(axis=responses) @ belief
    most = np.where(open_cells, payoff[0], -np.inf).max(axis=responses) @ belief
    surely, possibly = _chosen(least, most, TIE * max(1.0, float(np.abs(payoff[0]).max())))
    unsettled = np.squeeze(~settled, axis=responses) @ belief
    return Commitment(least=least, most=most, surely=surely, possibly=possibly, unsettled=unsettled)
