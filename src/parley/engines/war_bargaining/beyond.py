"""What a single forecast tells beyond the course of the game: causes, doubt and commitment. Main name: `beyond`.

All of it is at the most plausible numbers, as plain lists and mappings.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.doubts import demands
from parley.engines.war_bargaining.reading import Reading
from parley.engines.war_bargaining.truces import commitment
from parley.methods.war_course import follow
from parley.methods.war_delay import causes_of_delay
from parley.methods.war_game import LeverSet, Types, WarGame
from parley.methods.war_solver import solve_war
from parley.methods.war_talks import PART, SETTLE

__all__ = ["beyond"]

FAR = 60
"""The rounds that stand for a far horizon when it is asked whether a deadline is a cause of delay."""

OFFERS = {SETTLE: "pool", PART: "screen"}


def beyond(draws: Draws, war: War, reading: Reading) -> dict[str, Any]:
    """Tell what the sections of the war say beyond the game itself, in the first draw.

    Parameters
    ----------
    draws : samples of a scenario, the first of which is told
    war : its section
    reading : what was read from them

    Returns
    -------
    `causes`: minimal sets of switches that make it settle now; `doubt`: the game in which the side in doubt makes all
    offers, None without that section; `demands`: what each side insists on, None without `resolve`; `commitment`, see
    `truces.commitment`
    """
    game, start = _game(war, reading)
    causes = causes_of_delay(game, start, horizon=FAR, solver=solve_war).causes if game.rounds else ()
    asked = demands(draws, war, reading)[0]
    return {
        "causes": [list(each) for each in causes],
        "doubt": None if war.doubt is None or not game.rounds else _doubt(draws, war, game, start),
        "demands": None if war.resolve is None else {war.side_a: float(asked[0]), war.side_b: float(asked[1])},
        "commitment": commitment(draws, war, reading),
    }


def _game(war: War, reading: Reading) -> tuple[WarGame, int]:
    """The first draw's war as a game of `parley.methods.war_game`, and where its front starts."""
    games = reading.games
    number = {name: float(values[0]) for name, values in games.numbers.items()}
    game = WarGame(
        rounds=games.rounds,
        places=games.terminal.shape[2],
        sets=(LeverSet(up=number["up"], down=number["down"], cost=(number["cost_a"], number["cost_b"])),),
        discount=(number["discount_a"], number["discount_b"]),
        proposer=tuple(games.proposer[0].tolist()),
        terminal=games.rule,
        given=games.terminal[0] if games.rule == "given" else None,
        floor=number["floor"],
        ceiling=number["ceiling"],
        outside=None if war.exit is None else (number["exit_a"], number["exit_b"]),
        breakdown=number["breakdown"],
        broken=(number["broken_a"], number["broken_b"]),
    )
    return game, int(number["start"])


def _doubt(draws: Draws, war: War, game: WarGame, start: int) -> dict[str, Any]:
    """The war in which the side in doubt makes all offers and the other may be tough or weak."""
    doubt = war.doubt
    assert doubt is not None
    tough, *costs = (float(draws.column(("war", "doubt", name))[0]) for name in ("tough", "cost_tough", "cost_weak"))
    mirrored = doubt.about == war.side_a
    base = _mirrored(game) if mirrored else game
    place = game.places - 1 - start if mirrored else start
    levers = LeverSet(up=base.sets[0].up, down=base.sets[0].down, cost=(base.sets[0].cost[0], 0.0))

    def played(types: Types | None, cost: float = 0.0) -> tuple[WarGame, Any]:
        own = LeverSet(up=levers.up, down=levers.down, cost=(levers.cost[0], cost))
        found = dataclasses.replace(base, sets=(own,), proposer=(1.0,), types=types, outside=None)
        return found, solve_war(found)

    known = [played(None, cost)[1].values[0, 0, 0, 0, place] for cost in costs]
    hidden, solution = played(Types(tough=min(tough, 1.0), cost=(costs[0], max(costs))))
    course = follow(solution, hidden, place)
    end, share = int(solution.ends[0, 0, 0, 0, place]), float(solution.shares[0, 0, 0, 0, place])
    return {
        "asks": war.side_b if mirrored else war.side_a,
        "about": doubt.about,
        "offer": OFFERS.get(end, "hold"),
        "share": None if np.isnan(share) else share,
        "settlement_time": course.settlement_time.tolist(),
        "value": float(solution.values[0, 0, 0, 0, place]),
        "value_if_known": float(tough * known[0] + (1.0 - tough) * known[1]),
    }


def _mirrored(game: WarGame) -> WarGame:
    """The same war with the sides in each other's place."""
    sets = tuple(LeverSet(up=each.down, down=each.up, cost=each.cost[::-1]) for each in game.sets)
    return dataclasses.replace(
        game,
        sets=sets,
        discount=game.discount[::-1],
        proposer=tuple(1.0 - each for each in game.proposer),
        given=None if game.given is None else game.given[::-1, ::-1],
        floor=1.0 - game.ceiling,
        ceiling=1.0 - game.floor,
        outside=None if game.outside is None else game.outside[::-1],
        broken=game.broken[::-1],
    )
