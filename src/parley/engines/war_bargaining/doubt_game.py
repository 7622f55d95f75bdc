"""The war in which a side in doubt makes all offers, round by round, to one that may be tough or weak: `doubt_game`."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.methods.learning import Doubt, learn
from parley.methods.war_course import follow
from parley.methods.war_game import LeverSet, Types, WarGame, terminal_values
from parley.methods.war_solver import WarSolution, solve_war
from parley.methods.war_talks import PART, SETTLE

__all__ = ["doubt_game"]

OFFERS = {SETTLE: "pool", PART: "screen"}

LONGEST = 24
"""Up to so many rounds battles are followed one by one where they teach something."""


def doubt_game(draws: Draws, war: War, game: WarGame, start: int) -> dict[str, Any]:
    """Solve the first draw's game for the side in doubt; nobody walks out in it.

    Parameters
    ----------
    draws : samples of a scenario with a doubt
    war : its section
    game : the war of the first draw, with a round at least
    start : place of the front now

    Returns
    -------
    `asks`, `about`, its first `offer` (`pool`, `screen` or `hold`), its own `share` in it, `settlement_time`, `value`,
    and `value_if_known`: what it would expect if the type were known before the first offer
    """
    doubt = war.doubt
    assert doubt is not None
    mirrored = doubt.about == war.side_a
    base = dataclasses.replace(_mirrored(game) if mirrored else game, proposer=(1.0,), outside=None)
    place = game.places - 1 - start if mirrored else start
    number = {
        name: float(draws.column(("war", "doubt", name))[0])
        for name in ("tough", "cost_tough", "cost_weak", "gains_tough", "gains_weak")
    }
    found = _taught(base, place, number) if doubt.gains_tough is not None else _untaught(base, place, number)
    return {"asks": war.side_b if mirrored else war.side_a, "about": doubt.about, **found}


def _untaught(base: WarGame, place: int, number: dict[str, float]) -> dict[str, Any]:
    """The types differ in what a round costs alone."""
    costs = (number["cost_tough"], max(number["cost_tough"], number["cost_weak"]))

    def played(types: Types | None, cost: float) -> tuple[WarGame, WarSolution]:
        found = dataclasses.replace(base, sets=(_set(base, cost),), types=types)
        return found, solve_war(found)

    known = [played(None, cost)[1].values[0, 0, 0, 0, place] for cost in costs]
    hidden, solution = played(Types(tough=number["tough"], cost=costs), 0.0)
    share = float(solution.shares[0, 0, 0, 0, place])
    return {
        "offer": OFFERS.get(int(solution.ends[0, 0, 0, 0, place]), "hold"),
        "share": None if np.isnan(share) else share,
        "settlement_time": follow(solution, hidden, place).settlement_time.tolist(),
        "value": float(solution.values[0, 0, 0, 0, place]),
        "value_if_known": float(number["tough"] * known[0] + (1.0 - number["tough"]) * known[1]),
    }


def _taught(base: WarGame, place: int, number: dict[str, float]) -> dict[str, Any]:
    """The types differ in how the front moves as well, so that battles teach; the talks do not break down in it."""
    up, costs = base.sets[0].up, (number["cost_tough"], number["cost_weak"])
    down = tuple(min(number[f"gains_{name}"], 1.0 - up) for name in ("tough", "weak"))
    sets = [dataclasses.replace(_set(base, cost), down=each) for cost, each in zip(costs, down, strict=True)]
    war = Doubt(
        rounds=min(base.rounds, LONGEST),
        up=(up, up),
        down=(down[0], down[1]),
        cost_a=base.sets[0].cost[0],
        cost_b=costs,
        discount_a=base.discount[0],
        discount_b=base.discount[1],
        floor=base.floor,
        ceiling=base.ceiling,
        terminal=np.stack([terminal_values(dataclasses.replace(base, sets=(each,))) for each in sets]),
    )
    found = learn(war, place=place, belief=number["tough"])
    shorter = dataclasses.replace(base, rounds=war.rounds, breakdown=0.0)
    known = [solve_war(dataclasses.replace(shorter, sets=(each,))).values[0, 0, 0, 0, place] for each in sets]
    return {
        "offer": found.offer,
        "share": None if np.isnan(found.share) else found.share,
        "settlement_time": list(found.settles),
        "value": found.value_a,
        "value_if_known": float(number["tough"] * known[0] + (1.0 - number["tough"]) * known[1]),
    }


def _set(base: WarGame, cost: float) -> LeverSet:
    """The first lever set, with another cost to side B."""
    return dataclasses.replace(base.sets[0], cost=(base.sets[0].cost[0], cost))


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
