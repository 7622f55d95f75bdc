"""Games told as trees: backward induction, with every tie resolved and said. `solve` is the main name.

A tree is a `Leaf` with payoffs, a `Choice` of a player, or a `Chance`. Where a player is indifferent, more than one
way of playing survives; `solve` takes one by a stated rule and lists the payoffs of all others.

Source
------
[Selten1975]_ for subgame perfection, of which this finds the pure equilibria.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.errors import EngineError
from parley.methods.frontier import TIE

__all__ = ["Chance", "Choice", "Leaf", "Node", "Solution", "Tie", "solve"]

MAX_OUTCOMES = 10_000
"""The most ways in which ties after one event may be resolved together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An end of the game.

    Attributes
    ----------
    payoffs : what each player gets
    """

    payoffs: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A player chooses.

    Attributes
    ----------
    player : its place
    actions : what follows each of its actions
    """

    player: int
    actions: Mapping[str, Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Chance decides.

    Attributes
    ----------
    branches : the probability of each event, and what follows; probabilities add up to 1
    """

    branches: Mapping[str, tuple[float, Node]]


Node = Leaf | Choice | Chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A place where a player does not care.

    Attributes
    ----------
    history : the actions and events that lead there
    actions : the actions that are equally good
    taken : the one that is played
    """

    history: tuple[str, ...]
    actions: tuple[str, ...]
    taken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """How a game is played.

    Attributes
    ----------
    payoffs : what each player gets
    plan : the action taken at each place, by the history that leads there
    ties : every place where a player does not care
    outcomes : the payoffs of all pure equilibria that are perfect in every subgame, sorted; more than one only with
        ties
    """

    payoffs: tuple[float, ...]
    plan: Mapping[tuple[str, ...], str]
    ties: tuple[Tie, ...]
    outcomes: tuple[tuple[float, ...], ...]


def solve(tree: Node, *, prefer: Sequence[str] = ()) -> Solution:
    """Solve a tree from its ends.

    Parameters
    ----------
    tree : the game, everything that has happened being known to whoever moves
    prefer : actions that are taken where a player does not care, the first listed before others; then the first of the
        tree's own order

    Raises
    ------
    EngineError
        If probabilities do not add up to 1, a choice has no action, or ties lead to too many outcomes.
    """
    plan: dict[tuple[str, ...], str] = {}
    ties: list[Tie] = []
    payoffs, outcomes = _solved(tree, (), tuple(prefer), (plan, ties))
    return Solution(payoffs=payoffs, plan=plan, ties=tuple(ties), outcomes=tuple(sorted(outcomes)))


Payoffs = tuple[float, ...]
Notes = tuple[dict[tuple[str, ...], str], list[Tie]]


def _solved(
    node: Node, history: tuple[str, ...], prefer: tuple[str, ...], notes: Notes
) -> tuple[Payoffs, set[Payoffs]]:
    """The payoffs of the play that is taken, and of every play that survives."""
    match node:
        case Leaf(payoffs=payoffs):
            return payoffs, {payoffs}
        case Chance(branches=branches):
            return _drawn(branches, history, prefer, notes)
        case Choice(player=player, actions=actions):
            if not actions:
                raise EngineError(f"nothing can be done after {', '.join(history) or 'the start'}")
            found = {name: _solved(then, (*history, name), prefer, notes) for name, then in actions.items()}
            return _chosen(player, found, history, (prefer, notes))
    raise AssertionError(node)


def _drawn(
    branches: Mapping[str, tuple[float, Node]], history: tuple[str, ...], prefer: tuple[str, ...], notes: Notes
) -> tuple[Payoffs, set[Payoffs]]:
    chances = [chance for chance, _ in branches.values()]
    if abs(sum(chances) - 1.0) > TIE or min(chances) < 0:
        raise EngineError(
            f"after {', '.join(history) or 'the start'} the probabilities add up to {sum(chances):g}, not 1"
        )
    found = [_solved(then, (*history, name), prefer, notes) for name, (_, then) in branches.items()]
    if math.prod(len(survivors) for _, survivors in found) > MAX_OUTCOMES:
        raise EngineError("ties lead to too many outcomes to be listed")
    outcomes = {_mean(chances, way) for way in itertools.product(*(survivors for _, survivors in found))}
    return _mean(chances, [payoffs for payoffs, _ in found]), outcomes


def _mean(chances: Sequence[float], payoffs: Sequence[Payoffs]) -> Payoffs:
    return tuple(
        sum(chance * each for chance, each in zip(chances, column, strict=True))
        for column in zip(*payoffs, strict=True)
    )


def _chosen(
    player: int,
    found: Mapping[str, tuple[Payoffs, set[Payoffs]]],
    history: tuple[str, ...],
    rule: tuple[tuple[str, ...], Notes],
) -> tuple[Payoffs, set[Payoffs]]:
    prefer, (plan, ties) = rule
    best = max(payoffs[player] for payoffs, _ in found.values())
    slack = TIE * max(1.0, abs(best))
    tied = [name for name, (payoffs, _) in found.items() if payoffs[player] >= best - slack]
    taken = next((name for name in prefer if name in tied), tied[0])
    if len(tied) > 1:
        ties.append(Tie(history=history, actions=tuple(tied), taken=taken))
    plan[history] = taken
    # a play survives if no other action is sure to give the player more, however the ties after that one are resolved
    needed = max(min(each[player] for each in survivors) for _, survivors in found.values())
    outcomes = {each for _, survivors in found.values() for each in survivors if each[player] >= needed - slack}
    return found[taken][0], outcomes
