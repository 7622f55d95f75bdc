"""Whether a truce would be kept while power shifts and promises bind nobody, and what would. Main name: `commitment`.

Two models beside each other. In the *chain* the sides bargain anew in each step of peace, and there is war where power
shifts by more than peace is worth. In the *truce* a share of what each step yields is fixed when it is signed, and
either side may break it when fighting has come to be worth more to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.reading import Reading
from parley.methods.power_shift import PowerShift, bargain_each_round, least_guarantee
from parley.methods.war import moved
from parley.methods.war_course import follow, truce_life
from parley.methods.war_endings import ENDINGS, endings
from parley.methods.war_game import LeverSet, Truce, WarGame
from parley.methods.war_solver import solve_war

__all__ = ["GRIDS", "PEACE_VARIABLES", "commitment", "how_it_ends", "shifting_power", "truce_game"]

Array = NDArray[np.float64]

PEACE_VARIABLES = {
    "peace_slack": "by how much peace is better than attacking before power shifts, at its narrowest within the "
    "horizon, in shares of the pie; below 0: shifting power brings war",
    "ends_in": "chance of each ending (ending) within the horizon, where truces can be broken: no agreement, temporary "
    "truce, frozen conflict, lasting peace",
}
"""What shifting power adds to a forecast."""

GRIDS = (41, 81)
"""Numbers of shares that a truce may fix; the answer is told for the first, and whether the second changes it."""

MOVED = 0.05
"""Chances of an ending that differ by more on two grids are said to."""

LADDER = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Guarantees that are tried, in shares of the pie, added to both sides' penalties."""

SAME_SHARE = 1e-9
"""Shares of a grid that lie no further apart are one."""

HELD = 0.9
"""The chance of being in force at the horizon from which on a truce counts as held."""


def commitment(draws: Draws, war: War, reading: Reading, draw: int = 0) -> dict[str, Any] | None:
    """Whether a truce signed now along the line as it stands would be kept, and what would keep it, in one draw.

    Both sides count with one discount here, the geometric mean of theirs, since payoffs are sums over steps to come.

    Parameters
    ----------
    draws : samples of a scenario
    war : its section
    reading : what was read from them
    draw : which draw

    Returns
    -------
    None where the scenario says nothing of peace, or a side is endlessly patient; else `chain` (`rising`, `slack` by
    step, `lasts`: steps of peace before war, None for ever, `least_guarantee`, None where none would do), `truce`
    (`share`, `in_force` by step, `broken_by` by side and step, `signed_now`, `agreement`, `peace_at_horizon`,
    `guarantee_needed`, None where none that was tried would do), `grid_changes`: whether a finer grid of shares
    changes who breaks it or whether it is signed, and `endings`: the chance of each, and whether a finer grid moves one
    by more than a twentieth
    """
    if war.peace is None:
        return None
    discount = _discount(reading, draw)
    if not 0 < discount < 1:
        return None
    start = int(reading.games.numbers["start"][draw])
    told, finer = (_truce(truce_game(draws, war, reading, draw, shares=shares), start) for shares in GRIDS)
    same = told["signed_now"] == finer["signed_now"] and _breaker(told) == _breaker(finer)
    return {
        "chain": _told(draws, war, reading, draw),
        "truce": told,
        "grid_changes": not same,
        "endings": _endings(draws, war, reading, draw),
    }


def truce_game(draws: Draws, war: War, reading: Reading, draw: int, *, shares: int) -> WarGame:
    """The war of one draw in which a settlement is a truce that shares what each step yields and can be broken.

    Parameters
    ----------
    draws : samples of a scenario
    war : its section
    reading : what was read from them
    draw : which draw; no side may be endlessly patient in it
    shares : number of shares that a settlement may fix
    """
    return _game(_peace(draws, war), reading, draw, shares=shares, standstill=False)


def _peace(draws: Draws, war: War) -> dict[str, Array]:
    """The numbers that a truce rests on, each of shape (draw,)."""
    found = {name: draws.column(("war", "peace", name)) for name in ("a_gains", "b_gains", "war_loss")}
    guarantee = draws.column(("war", "peace", "guarantee"), default=0.0)
    penalties = {side: draws.column(("war", f"breach_penalty_{side}"), default=0.0) + guarantee for side in "ab"}
    return found | {f"penalty_{side}": each for side, each in penalties.items()}


def _game(peace: Mapping[str, Array], reading: Reading, draw: int, *, shares: int, standstill: bool) -> WarGame:
    discount = _discount(reading, draw)
    number = {name: float(values[draw]) for name, values in (*reading.games.numbers.items(), *peace.items())}
    low, high = max(number["floor"], 0.0), min(number["ceiling"], 1.0)
    grid = np.linspace(low, high, shares) if low <= high else np.array([(low + high) / 2.0])
    places = reading.games.terminal.shape[2]
    if standstill:
        grid = _with_the_line(grid, np.arange(1, places - 1) / (places - 1))
    ahead = 1.0 / (1.0 - discount)
    return WarGame(
        rounds=reading.games.rounds,
        places=places,
        sets=(
            LeverSet(up=number["up"], down=number["down"], cost=(ahead * number["cost_a"], ahead * number["cost_b"])),
        ),
        discount=(discount, discount),
        proposer=tuple(reading.games.proposer[draw].tolist()),
        terminal="front",
        floor=number["floor"],
        ceiling=number["ceiling"],
        truce=Truce(
            shares=grid,
            up=number["a_gains"],
            down=number["b_gains"],
            penalty=(ahead * number["penalty_a"], ahead * number["penalty_b"]),
            loss=number["war_loss"],
            standstill=standstill,
        ),
    )


def _with_the_line(grid: Array, held: Array) -> Array:
    """The shares with those that the sides hold at each place, which take the place of any that rounding sets apart."""
    apart = np.abs(grid[:, np.newaxis] - held).min(axis=1) > SAME_SHARE
    return np.sort(np.concatenate([grid[apart], held]))


def _truce(game: WarGame, start: int) -> dict[str, Any]:
    """A truce along the line as it stands, and whether the sides would sign one now."""
    assert game.truce is not None
    line = int(np.abs(game.truce.shares - start / (game.places - 1)).argmin())
    solution = solve_war(game)
    course, life = follow(solution, game, start), truce_life(solution, game, 0, place=start, share=line)
    broken = life.in_force[:-1, np.newaxis] * np.nan_to_num(life.hazard)  # no hazard where none is left in force
    return {
        "share": float(game.truce.shares[line]),
        "in_force": life.in_force.tolist(),
        "broken_by": {"a": broken[:, 0].tolist(), "b": broken[:, 1].tolist()},
        "signed_now": float(course.settlement_time[0]) if game.rounds else 0.0,
        "agreement": float(course.settlement_time.sum()),
        "peace_at_horizon": float(course.peace.sum()),
        "guarantee_needed": _needed(game, start, line),
    }


def _needed(game: WarGame, start: int, line: int) -> float | None:
    """The least guarantee of those tried, in shares of the pie, under which the truce is held; None if none is."""
    truce = game.truce
    assert truce is not None
    for more in LADDER:
        penalty = (truce.penalty[0] + more * game.pie, truce.penalty[1] + more * game.pie)
        tried = dataclasses.replace(game, truce=dataclasses.replace(truce, penalty=penalty))
        if truce_life(solve_war(tried), tried, 0, place=start, share=line).in_force[-1] >= HELD:
            return more
    return None


def _endings(draws: Draws, war: War, reading: Reading, draw: int) -> dict[str, Any]:
    coarse, fine = (_chances(_peace(draws, war), reading, draw, shares=shares) for shares in GRIDS)
    changes = bool(np.abs(coarse - fine).max() > MOVED)
    return {**dict(zip(ENDINGS, coarse.tolist(), strict=True)), "grid_changes": changes}


def how_it_ends(draws: Draws, war: War, reading: Reading) -> dict[str, Any]:
    """The chance of each ending, draw by draw; see `PEACE_VARIABLES`. NaN where a side is endlessly patient."""
    if war.peace is None:
        return {}
    result, peace = np.full((len(draws), len(ENDINGS)), np.nan), _peace(draws, war)
    for draw in range(len(draws)):
        if 0 < _discount(reading, draw) < 1:
            result[draw] = _chances(peace, reading, draw, shares=GRIDS[0])
    return {"ends_in": (("draw", "ending"), result)}


def _chances(peace: Mapping[str, Array], reading: Reading, draw: int, *, shares: int) -> Array:
    """The chance of each ending in one draw, by the game in which a standstill may be signed as well."""
    numbers = reading.games.numbers
    game = _game(peace, reading, draw, shares=shares, standstill=True)
    where = np.zeros(game.places)
    where[int(numbers["start"][draw])] = 1.0
    if passed := int(numbers["opening"][draw]):
        moves = np.stack([moved(place, game.sets[0].up, game.sets[0].down) for place in np.eye(game.places)])
        where = where @ np.linalg.matrix_power(moves, passed)
    return endings(game, where)


def shifting_power(draws: Draws, war: War, reading: Reading) -> dict[str, Array]:
    """By how much peace is better than attacking while power shifts, draw by draw; see `PEACE_VARIABLES`."""
    if war.peace is None:
        return {}
    result = np.full(len(draws), np.nan)
    for draw in range(len(draws)):
        chain, discount = _chain(draws, war, reading, draw)
        if chain is not None:
            result[draw] = chain.slack.min() * (1.0 - discount)
    return {"peace_slack": result}


def _discount(reading: Reading, draw: int) -> float:
    """One discount for both sides, the geometric mean of theirs; NaN where the draw has no answer."""
    if reading.failure[draw]:
        return float("nan")
    return float(np.sqrt(reading.games.numbers["discount_a"][draw] * reading.games.numbers["discount_b"][draw]))


def _power(draws: Draws, war: War, reading: Reading, draw: int) -> tuple[str, Array, float]:
    """Who grows stronger in peace, with which power in each step, and what war destroys."""
    peace = (float(draws.column(("war", "peace", name))[draw]) for name in ("a_gains", "b_gains", "war_loss"))
    a_gains, b_gains, loss = peace
    last = reading.games.terminal.shape[2] - 1
    drift, held = (a_gains - b_gains) / last, float(reading.games.numbers["start"][draw]) / last
    start = held if drift >= 0 else 1.0 - held
    power = np.clip(start + abs(drift) * np.arange(reading.games.rounds + 1), 0.0, 1.0)
    return war.side_a if drift >= 0 else war.side_b, power, min(loss, 1.0 - 1e-9)


def _chain(draws: Draws, war: War, reading: Reading, draw: int) -> tuple[PowerShift | None, float]:
    """Power that drifts step by step in peace, as a chain of bargains that bind nobody, and the discount."""
    discount = _discount(reading, draw)
    if not 0 < discount < 1:
        return None, discount
    _, power, destroyed = _power(draws, war, reading, draw)
    return bargain_each_round(power, discount=discount, destroyed=destroyed), discount


def _told(draws: Draws, war: War, reading: Reading, draw: int) -> dict[str, Any]:
    chain, discount = _chain(draws, war, reading, draw)
    assert chain is not None
    rising, power, destroyed = _power(draws, war, reading, draw)
    needed = least_guarantee(power, discount=discount, destroyed=destroyed) * (1.0 - discount)
    return {
        "rising": rising,
        "slack": (chain.slack * (1.0 - discount)).tolist(),
        "lasts": chain.lasts,
        "least_guarantee": needed if np.isfinite(needed) else None,
    }


def _breaker(told: dict[str, Any]) -> str:
    """Who breaks the truce more often than not, if it is broken at all."""
    broken = {side: sum(chances) for side, chances in told["broken_by"].items()}
    return "" if max(broken.values(), default=0.0) < 0.05 else max(broken, key=lambda side: broken[side])
