"""What a single forecast tells beyond the course of the game: causes, doubt and commitment. Main name: `beyond`.

All of it is at the most plausible numbers, as plain lists and mappings.
"""

from __future__ import annotations

import dataclasses
import functools
from typing import Any

import numpy as np

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.doubt_game import doubt_game
from parley.engines.war_bargaining.doubts import demands
from parley.engines.war_bargaining.endless import bracket_of
from parley.engines.war_bargaining.reading import Reading
from parley.engines.war_bargaining.truces import commitment
from parley.methods.war_delay import causes_of_delay
from parley.methods.war_endless import limits
from parley.methods.war_game import LeverSet, WarGame
from parley.methods.war_solver import WarSolution, solve_war

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
    `truces.commitment`; `bracket`, see `endless.bracket_of`
    """
    game, start = _game(war, reading)
    asked = demands(draws, war, reading)[0]
    return {
        "causes": _causes(game, start, reading) if game.rounds else [],
        "bracket": bracket_of(war, reading),
        "doubt": None if war.doubt is None or not game.rounds else doubt_game(draws, war, game, start),
        "demands": None if war.resolve is None else {war.side_a: float(asked[0]), war.side_b: float(asked[1])},
        "commitment": commitment(draws, war, reading),
    }


def _causes(game: WarGame, start: int, reading: Reading) -> list[list[str]]:
    """Minimal sets of switches that make it settle now; without end, those that do so at both ends or none."""
    if reading.limits is None:
        found = causes_of_delay(game, start, horizon=FAR, solver=solve_war).causes
        return [list(each) for each in found]
    far = dataclasses.replace(game, rounds=FAR)
    at_ends = [
        causes_of_delay(far, start, horizon=FAR, solver=functools.partial(_without_end, each.games.end)).causes
        for each in reading.ends
    ]
    return [list(each) for each in at_ends[0]] if all(each == at_ends[0] for each in at_ends) else []


def _without_end(end: int, game: WarGame) -> WarSolution:
    """A cycle of rounds of the same game if the talks never end, by one of its two ends."""
    number = {"up": game.sets[0].up, "down": game.sets[0].down, "floor": game.floor, "ceiling": game.ceiling}
    number |= {"breakdown": game.breakdown, "broken_a": game.broken[0], "broken_b": game.broken[1]}
    number |= {f"cost_{side}": cost for side, cost in zip("ab", game.sets[0].cost, strict=True)}
    number |= {f"discount_{side}": patience for side, patience in zip("ab", game.discount, strict=True)}
    columns = {name: np.array([value]) for name, value in number.items()}
    found = limits(columns, np.array([game.proposer]), game.places)
    once = dataclasses.replace(game, rounds=len(game.proposer))
    return solve_war(once, after=found.values[end][:, 0, np.newaxis, np.newaxis])


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
        terminal="given" if games.rule == "endless" else games.rule,
        given=games.terminal[0] if games.rule in ("given", "endless") else None,
        floor=number["floor"],
        ceiling=number["ceiling"],
        outside=None if war.exit is None else (number["exit_a"], number["exit_b"]),
        breakdown=number["breakdown"],
        broken=(number["broken_a"], number["broken_b"]),
    )
    return game, int(number["start"])
