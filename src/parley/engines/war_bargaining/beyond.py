"""What a single forecast tells beyond the course of the game: causes, doubt and commitment. Main name: `beyond`.

All of it is at the most plausible numbers, as plain lists and mappings.
"""

from __future__ import annotations

from typing import Any

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.doubt_game import doubt_game
from parley.engines.war_bargaining.doubts import demands
from parley.engines.war_bargaining.reading import Reading
from parley.engines.war_bargaining.truces import commitment
from parley.methods.war_delay import causes_of_delay
from parley.methods.war_game import LeverSet, WarGame
from parley.methods.war_solver import solve_war

__all__ = ["beyond"]

FAR = 60
"""The rounds that stand for a far horizon when it is asked whether a deadline is a cause of delay."""


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
        "doubt": None if war.doubt is None or not game.rounds else doubt_game(draws, war, game, start),
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
