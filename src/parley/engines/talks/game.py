"""The party's options and the others' paces as a game between them: every pure equilibrium, and more. `game_of`.

What each combination is worth comes from the talks themselves. The advice asks what serves against tactics that are
believed; here everybody answers everybody.

Source
------
[Nash1950Games]_, [McKelveyPalfrey1995]_ and [Selten1975]_, by way of `parley.methods.small_games` and
`parley.methods.game_trees`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from parley.engines.talks.advice import Tried
from parley.errors import EngineError
from parley.methods.game_trees import Choice, Leaf, Node, Solution, solve
from parley.methods.offers import PACES
from parley.methods.small_games import Commitment, committed, logit_equilibrium, pure_equilibria

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["MOST_OTHERS", "RATIONALITY", "Game", "game", "game_of", "kept", "reopened", "told"]

Array = NDArray[np.float64]

MOST_OTHERS = 2
"""With more others than this there are too many combinations, and no game is told."""

RATIONALITY = 10.0
"""Lambda of the logit equilibrium, for payoffs in shares of what lies between each player's least and most."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Game:
    """The game, and how it may be played.

    Attributes
    ----------
    players : ids, the asking party first
    actions : names of the actions of each: its options, and the paces of the others
    payoff : what the talks are worth, mean over draws, shape (player, option, pace of the second, ...)
    equilibria : the actions of every pure equilibrium, by place
    chances : how likely each player's actions are in the logit equilibrium; None where its branch was not followed
    in_turn : the play if the asking party chooses first and the others answer one after the other; None where ties
        leave too much open
    types : number of draws, each of them a type of the others, and each as likely
    knowing : what each option is worth if it is kept to and the others, who know their own numbers, answer it
    """

    players: tuple[str, ...]
    actions: tuple[tuple[str, ...], ...]
    payoff: Array
    equilibria: tuple[tuple[int, ...], ...]
    chances: tuple[Array, ...] | None
    in_turn: Solution | None
    types: int
    knowing: Commitment


Played = tuple[tuple[str, ...], tuple[tuple[str, ...], ...], Array]
"""Players and actions as in `Game`, and what the talks are worth, shape (player, action of the first, ..., draw)."""


def game_of(ids: Sequence[str], found: Tried) -> Game | None:
    """Solve the game of what was tried.

    Parameters
    ----------
    ids : ids of those at the table, by seat
    found : the party's options against every pace of the others

    Returns
    -------
    None where more than `MOST_OTHERS` others must sign
    """
    played = _played(ids, found)
    return None if played is None else game(*played)


def _played(ids: Sequence[str], found: Tried) -> Played | None:
    if len(found.others) > MOST_OTHERS:
        return None
    players = [found.seat, *found.others]
    shape = (len(found.options), *(len(PACES) for _ in found.others))
    by_draw = found.cells[:, :, :, players].transpose(3, 0, 1, 2).reshape(len(players), *shape, -1)
    actions = (found.options, *(tuple(PACES) for _ in found.others))
    return tuple(ids[seat] for seat in players), actions, by_draw


def game(players: tuple[str, ...], actions: tuple[tuple[str, ...], ...], by_draw: Array) -> Game:
    """Solve a game.

    Parameters
    ----------
    players, actions : as in `Game`
    by_draw : what the talks are worth, shape (player, action of the first, ..., draw)
    """
    payoff = by_draw.mean(axis=-1)
    draws = by_draw.shape[-1]
    return Game(
        players=players,
        actions=actions,
        payoff=payoff,
        equilibria=pure_equilibria(payoff),
        chances=_chances(payoff),
        in_turn=_in_turn(payoff, actions),
        types=draws,
        knowing=committed(by_draw, np.full(draws, 1.0 / draws)),
    )


def _chances(payoff: Array) -> tuple[Array, ...] | None:
    axes = tuple(range(1, payoff.ndim))
    least = payoff.min(axis=axes, keepdims=True)
    span = payoff.max(axis=axes, keepdims=True) - least
    shares = np.divide(payoff - least, span, out=np.zeros(payoff.shape), where=span > 0)
    try:
        return logit_equilibrium(shares, RATIONALITY)
    except EngineError:
        return None


def _in_turn(payoff: Array, actions: Sequence[Sequence[str]]) -> Solution | None:
    def after(chosen: tuple[int, ...]) -> Node:
        player = len(chosen)
        if player == len(actions):
            return Leaf(payoffs=tuple(float(own[chosen]) for own in payoff))
        return Choice(player=player, actions={name: after((*chosen, k)) for k, name in enumerate(actions[player])})

    try:
        return solve(after(()))
    except EngineError:
        return None


def kept(ids: Sequence[str], found: Tried) -> dict[str, Any]:
    """A game as variables of a forecast, from which `reopened` makes it again; none where there is no game."""
    played = _played(ids, found)
    if played is None:
        return {}
    players, actions, by_draw = played
    paces = [f"pace_{k}" for k in range(1, len(players))]
    return {
        "game_value": (("player", "option", *paces), by_draw.mean(axis=-1)),
        "game_option": (("option",), np.array(actions[0], dtype=np.str_)),
        "game_player": (("player",), np.array(players, dtype=np.str_)),
    }


def reopened(data: xr.Dataset) -> Game | None:
    """The game of a forecast; None where there is none."""
    if "game_value" not in data:
        return None
    players, options = (tuple(map(str, data[name].values)) for name in ("game_player", "game_option"))
    return game(players, (options, *(tuple(PACES) for _ in players[1:])), data["game_value"].values[..., np.newaxis])


def told(found: Game) -> dict[str, Any]:
    """Lay a game out for JSON."""

    def cell(places: Sequence[int]) -> dict[str, Any]:
        names = [names[place] for names, place in zip(found.actions, places, strict=True)]
        worth = [float(own[tuple(places)]) for own in found.payoff]
        return {
            "actions": dict(zip(found.players, names, strict=True)),
            "value": dict(zip(found.players, worth, strict=True)),
        }

    return {
        "players": list(found.players),
        "actions": {player: list(names) for player, names in zip(found.players, found.actions, strict=True)},
        "value": {player: own.tolist() for player, own in zip(found.players, found.payoff, strict=True)},
        "equilibria": [cell(places) for places in found.equilibria],
        "logit": None if found.chances is None else {"rationality": RATIONALITY, "chances": _named(found)},
        "in_turn": None if found.in_turn is None else _path(found, found.in_turn, cell),
        "types": found.types,
        "knowing": {
            "least": dict(zip(found.actions[0], found.knowing.least.tolist(), strict=True)),
            "most": dict(zip(found.actions[0], found.knowing.most.tolist(), strict=True)),
            "surely": [found.actions[0][k] for k in found.knowing.surely],
            "possibly": [found.actions[0][k] for k in found.knowing.possibly],
            "unsettled": dict(zip(found.actions[0], found.knowing.unsettled.tolist(), strict=True)),
        },
    }


def _named(found: Game) -> dict[str, dict[str, float]]:
    assert found.chances is not None
    return {
        player: dict(zip(names, chances.tolist(), strict=True))
        for player, names, chances in zip(found.players, found.actions, found.chances, strict=True)
    }


def _path(found: Game, solution: Solution, cell: Any) -> dict[str, Any]:
    """The play that is taken, the ties on its way, and what each player gets if ties are resolved otherwise."""
    history: tuple[str, ...] = ()
    while history in solution.plan:
        history = (*history, solution.plan[history])
    ties = {tie.history: tie.actions for tie in solution.ties}
    places = [names.index(action) for names, action in zip(found.actions, history, strict=True)]
    outcomes = np.array(solution.outcomes)
    return {
        **cell(places),
        "ties": {player: list(ties[history[:k]]) for k, player in enumerate(found.players) if history[:k] in ties},
        "least": dict(zip(found.players, outcomes.min(axis=0).tolist(), strict=True)),
        "most": dict(zip(found.players, outcomes.max(axis=0).tolist(), strict=True)),
    }
