"""A patron who has announced a rule: what it gets, and where carrying it out would not pay. `judge` is the main name.

Levers answer rejections as the rule says (`parley.methods.war_game.Rule`). At a node, which is a round, a state of
memory, a place of the front and a side that has just rejected, the rule is credible if no other lever set in this one
round, followed by the rule ever after, gives the patron strictly more while the sides keep to their strategies. In a
finite game, a rule that is credible at every node, reached or not, is subgame perfect for the patron.

Source
------
One-shot deviations from a plan as in [Rubinstein1982]_; the patron's payoff is our own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import TIE
from parley.methods.war_course import WarCourse
from parley.methods.war_game import LeverSet, WarGame
from parley.methods.war_solver import WarSolution
from parley.methods.war_talks import SETTLE, WAR

__all__ = ["Credibility", "Patron", "judge", "on_path", "patron_value"]

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patron:
    """What a patron wants.

    Attributes
    ----------
    cost : what a round of fighting under each lever set costs it
    favour : what side B's whole share is worth to it: it gets this times B's share in a settlement, this if A is
        defeated, and nothing if A wins, the horizon ends, a side walks out or the talks break down
    discount : what a payoff one round later is worth now, 0..1
    """

    cost: tuple[float, ...]
    favour: float
    discount: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Credibility:
    """Where the rule is credible, and what departing from it would gain.

    Attributes
    ----------
    values : the patron's value at the start of a round, shape (round + 1, state, place)
    gain : what the best other lever set gains over the rule's in this round, shape (round, state, side, place); NaN
        where there is no node (the ends of the front, a state that the rule cannot be in)
    better : index of that lever set
    """

    values: Array
    gain: Array
    better: Numbers

    @property
    def nodes(self) -> Flags:
        """Where there is something to carry out, shape (round, state, side, place)."""
        return ~np.isnan(self.gain)

    @property
    def credible(self) -> Flags:
        """Nodes at which no departure gains, ties included; false where there is no node."""
        return np.asarray(self.gain <= TIE * (1.0 + np.abs(self.values).max(initial=0.0)))


def patron_value(ahead: Array, patron: Patron, game: WarGame, chosen: int) -> Array:
    """What a round of fighting under a lever set and what follows it are worth to the patron, at 0 < k < K.

    Parameters
    ----------
    ahead : the patron's value at the start of the next round, shape (..., place)
    patron : what it wants
    game : the game
    chosen : index of the lever set
    """
    levers: LeverSet = game.sets[chosen]
    stay = 1.0 - levers.up - levers.down
    expected = levers.up * ahead[..., 2:] + levers.down * ahead[..., :-2] + stay * ahead[..., 1:-1]
    return np.asarray(-patron.cost[chosen] + patron.discount * expected)


def judge(solution: WarSolution, game: WarGame, patron: Patron) -> Credibility:
    """What a rule is worth to the patron, and at which nodes it would rather depart from it.

    Parameters
    ----------
    solution : the game, solved under the rule
    game : the game; it has neither types nor a truce
    patron : what the patron wants

    Raises
    ------
    ValueError
        If the game has types or a truce, for which credibility is not defined here, or a cost is missing.
    """
    if game.types or game.truce or len(patron.cost) != len(game.sets):
        raise ValueError("a patron is judged in games without types and truces, with a cost for each lever set")
    shape = (game.rounds, game.states, 2, game.places)
    values = np.zeros((game.rounds + 1, game.states, game.places))
    values[..., 0] = patron.favour
    gain, better = np.full(shape, np.nan), np.zeros(shape, dtype=np.int64)
    possible = _possible(game)
    for t in range(game.rounds - 1, -1, -1):
        chance_a = game.proposer[t % len(game.proposer)]
        for state in range(game.states):
            for side in (0, 1):
                ahead, own = values[t + 1, game.rule.follows[state, side]], int(game.rule.chosen(t)[state, side])
                options = np.stack([patron_value(ahead, patron, game, each) for each in range(len(game.sets))])
                chance = (1.0 - chance_a, chance_a)[side]
                values[t, state, 1:-1] += chance * _node(options[own], solution, game, (t, 1 - side, state), patron)
                if possible[t, state]:
                    gain[t, state, side, 1:-1], better[t, state, side, 1:-1] = _departure(options, own)
    return Credibility(values=values, gain=gain, better=better)


def on_path(solution: WarSolution, game: WarGame, course: WarCourse) -> Array:
    """Probability that each node comes about: a side rejects there, and the round is fought.

    Parameters
    ----------
    solution : the game, solved under the rule
    game : the game
    course : how it is expected to run from where the front stands

    Returns
    -------
    array, shape (round, state, side that rejects, place)
        0 where a threat, credible or not, is never carried out.
    """
    result = np.zeros((game.rounds, game.states, 2, game.places))
    for t in range(game.rounds):
        chance_a = game.proposer[t % len(game.proposer)]
        for side, chance in ((1, chance_a), (0, 1.0 - chance_a)):
            fought = course.present[t, 0] * (solution.ends[t, 1 - side, 0] == WAR)
            result[t, :, side, 1:-1] = chance * (1.0 - game.breakdown) * fought[:, 1:-1]
    return result


def _node(fought: Array, solution: WarSolution, game: WarGame, at: tuple[int, int, int], patron: Patron) -> Array:
    """The patron's value where this side makes the offer: `at` is round, proposer and state."""
    t, proposer, state = at
    ends, shares = (each[t, proposer, 0, state, 1:-1] for each in (solution.ends, solution.shares))
    after = (1.0 - game.breakdown) * fought
    return np.where(ends == SETTLE, patron.favour * (1.0 - np.nan_to_num(shares)), np.where(ends == WAR, after, 0.0))


def _departure(options: Array, own: int) -> tuple[Array, Numbers]:
    """What the best other lever set gains, and which it is; without another there is nothing to gain."""
    if len(options) == 1:
        return np.zeros(options.shape[1]), np.zeros(options.shape[1], dtype=np.int64)
    others = options.copy()
    others[own] = -np.inf
    return others.max(axis=0) - options[own], others.argmax(axis=0)


def _possible(game: WarGame) -> Flags:
    """States of memory that the rule can be in at the start of a round, shape (round, state)."""
    result = np.zeros((game.rounds, game.states), dtype=bool)
    result[:1, 0] = True
    for t in range(1, game.rounds):
        result[t, np.unique(game.rule.follows[result[t - 1]])] = True
    return result
