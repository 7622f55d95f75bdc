"""Stability for decision makers who look a number of moves ahead. `limited_move` is the main name.

Limited-move stability follows what each in turn would do best, non-myopic stability lets the horizon grow without
end, general metarationality looks at what the others could do at worst, and Stackelberg stability gives one of two
decision makers the lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.graph import Moves, legally_reached

__all__ = ["LimitedMove", "limited_move", "metarational", "stackelberg"]

Ends = tuple[tuple[frozenset[int], ...], ...]
"""By decision maker that may move first and state, where the conflict can end."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LimitedMove:
    """Limited-move stability for every horizon there is.

    Attributes
    ----------
    variant : how the answers of others are foreseen: "two decision makers", the definition of the literature, or
        "cautious" where there are more
    stable : array of bool, shape (horizon, decision maker, state)
        From horizon 1 to the end of the first round of the cycle.
    ends : the final states foreseen, by horizon, first mover and state
    settled : the horizon from which on everything repeats
    period : after how many further moves it repeats; 1 where it stays the same from `settled` on
    unique : whether the final states foreseen are single ones throughout, as they are for two and without ties
    """

    variant: str
    stable: NDArray[np.bool_]
    ends: tuple[Ends, ...]
    settled: int
    period: int
    unique: bool

    def at(self, horizon: int) -> NDArray[np.bool_]:
        """Which states are stable for whom at a horizon of one move or more, shape (decision maker, state)."""
        if horizon < 1:
            raise ValueError(f"a horizon is 1 or more, not {horizon}")
        last = len(self.stable)
        place = horizon if horizon <= last else last - self.period + 1 + (horizon - last - 1) % self.period
        result: NDArray[np.bool_] = self.stable[place - 1]
        return result

    @property
    def non_myopic(self) -> NDArray[np.bool_]:
        """Which states are stable for whom at every horizon from some one on, shape (decision maker, state)."""
        result: NDArray[np.bool_] = np.logical_and.reduce(self.stable[len(self.stable) - self.period :])
        return result


def limited_move(moves: Moves, rank: NDArray[np.integer], *, max_horizon: int = 1000) -> LimitedMove:
    """Tell which states are stable for decision makers who foresee h moves, for all h.

    With no move left the conflict stays where it is: G(0, i, s) = s. With h moves left, i compares s with what follows
    each of its moves, G(h - 1, j, x) for the other decision maker j. If the best of these is better for i than s, i
    moves there and the conflict ends where that leads; if not, it stays, and so it does where i cannot move. A state s
    is stable for i at horizon h, L(h), if i stays. L(1) is Nash stability.

    Two matters on which the literature is silent or divided are settled here in one way, and named:

    - With ties there can be several best moves, and what they lead to is all one to the mover but not to the other.
      Then all final states are kept, and whoever counts on them counts on the worst for itself.
    - With more than two decision makers any other one may move next, and the mover counts on the worst of what they
      could bring about. This variant, `cautious`, is ours; there is no agreed definition.

    What is stable can go round in a cycle as the horizon grows, so that no single long horizon decides. The horizon
    grows until all that is foreseen, for everybody and every state, has been foreseen before.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    max_horizon : give up where nothing repeats up to this horizon

    Raises
    ------
    EngineError
        If nothing repeats up to `max_horizon`.

    Source
    ------
    Two decision makers: [Kilgour1985]_, in graphs [FangHipelKilgour1989]_.
    """
    makers, states = rank.shape
    ends: list[Ends] = [tuple(tuple(frozenset({s}) for s in range(states)) for _ in range(makers))]
    first_seen = {ends[0]: 0}
    stays: list[NDArray[np.bool_]] = []
    for horizon in range(1, max_horizon + 1):
        foreseen, stay = _one_more_move(moves, rank, ends[-1])
        ends.append(foreseen)
        stays.append(stay)
        if foreseen in first_seen:
            # stays[h - 1] follows from ends[h - 1], so that it repeats one step after the ends do
            settled, period = first_seen[foreseen] + 1, horizon - first_seen[foreseen]
            return LimitedMove(
                variant="cautious" if makers > 2 else "two decision makers",
                stable=np.array(stays),
                ends=tuple(ends),
                settled=settled,
                period=period,
                unique=all(len(each) == 1 for level in ends for row in level for each in row),
            )
        first_seen[foreseen] = horizon
    raise EngineError(f"what is foreseen does not repeat within {max_horizon:,} moves")


def _one_more_move(moves: Moves, rank: NDArray[np.integer], before: Ends) -> tuple[Ends, NDArray[np.bool_]]:
    makers, states = rank.shape
    stay = np.ones((makers, states), dtype=np.bool_)
    result: list[tuple[frozenset[int], ...]] = []
    for i in range(makers):
        others = [j for j in range(makers) if j != i]
        place, row = rank[i].tolist(), []
        for state in range(states):
            led_to = {
                x: frozenset().union(*(before[j][x] for j in others)) if others else frozenset({x})
                for x in moves[i][state]
            }
            worst = {x: max(place[end] for end in ends) for x, ends in led_to.items()}
            best = min(worst.values(), default=place[state])
            stay[i, state] = best >= place[state]
            chosen = [led_to[x] for x in led_to if worst[x] == best and best < place[state]]
            row.append(frozenset().union(*chosen) if chosen else frozenset({state}))
        result.append(tuple(row))
    return tuple(result), stay


def metarational(moves: Moves, rank: NDArray[np.integer], horizon: int) -> NDArray[np.bool_]:
    """Tell which states are stable for decision makers who look at the worst that could follow, move by move.

    From s the focal decision maker i moves to an improvement, the others move, i moves again, and so on, `horizon`
    moves in all. Those of i must lead to states that it prefers to s; the others may do what they like, or stop. The
    state s is MR(h) stable for i if the others can always bring it about that i ends no better than s. MR(1) is R,
    MR(2) is GMR and MR(3) is SMR.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (decision maker, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    horizon : number of moves, 1 or more

    Returns
    -------
    array of bool, shape (decision maker, state)

    Source
    ------
    The metarational tree of [ZengFangHipelKilgour2006]_ for two decision makers, of [ZengFangHipelKilgour2007]_ for
    more; that the others answer by a legal sequence, as in GMR and SMR, is how we understand it.
    """
    if horizon < 1:
        raise ValueError(f"a horizon is 1 or more, not {horizon}")
    makers, states = rank.shape
    result = np.ones(rank.shape, dtype=np.bool_)
    for i in range(makers):
        others = [j for j in range(makers) if j != i]
        answers = [legally_reached(moves, others, state) for state in range(states)]
        for state in range(states):
            result[i, state] = not _gains(moves[i], answers, rank[i].tolist(), state, horizon)
    return result


def _gains(
    own: Sequence[frozenset[int]], answers: Sequence[frozenset[int]], place: Sequence[int], state: int, horizon: int
) -> bool:
    """Whether a decision maker can move so that it ends better than in the state, whatever the others do."""
    every = range(len(place))
    better = frozenset(x for x in every if place[x] < place[state])
    # With no move left: the better states are safe in the others' turn, and there is no escape in its own
    safe, escapes = better, frozenset[int]()
    for _ in range(horizon):
        safe, escapes = (
            frozenset(x for x in better if answers[x] <= better | escapes),
            frozenset(y for y in every if own[y] & safe),
        )
    return state in escapes


def stackelberg(moves: Moves, rank: NDArray[np.integer], leader: int) -> NDArray[np.bool_]:
    """Tell which states hold if one of two decision makers leads and the other one follows with its best answer.

    The leader looks two moves ahead and the follower one: a state is a Stackelberg equilibrium if it is L(2) stable
    for the leader and Nash stable for the follower.

    Parameters
    ----------
    moves : reachable lists by decision maker and state
    rank : array, shape (2, state)
        1 for the most preferred states, larger for less preferred ones; equal where it is indifferent.
    leader : which of the two leads

    Returns
    -------
    array of bool, shape (state,)

    Raises
    ------
    EngineError
        If there are not two decision makers.

    Source
    ------
    [FangHipelKilgour1989]_.
    """
    if len(moves) != 2:
        raise EngineError(f"Stackelberg stability is defined for two decision makers; there are {len(moves)}")
    ahead = limited_move(moves, rank)
    result: NDArray[np.bool_] = ahead.at(2)[leader] & ahead.at(1)[1 - leader]
    return result
