"""Whether a truce would be kept while power shifts and promises bind nobody, and what would. Main name: `commitment`.

Two models beside each other. In the *chain* the sides bargain anew in each step of peace, and there is war where power
shifts by more than peace is worth. In the *truce* a share of what each step yields is fixed when it is signed, and
either side may break it when fighting has come to be worth more to it.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.reading import Reading
from parley.methods.power_shift import PowerShift, bargain_each_round, least_guarantee
from parley.methods.war_course import follow, truce_life
from parley.methods.war_game import LeverSet, Truce, WarGame
from parley.methods.war_solver import solve_war

__all__ = ["GRIDS", "PEACE_VARIABLES", "commitment", "shifting_power", "truce_game"]

Array = NDArray[np.float64]

PEACE_VARIABLES = {
    "peace_slack": "by how much peace is better than attacking before power shifts, at its narrowest within the "
    "horizon, in shares of the pie; below 0: shifting power brings war",
}
"""What shifting power adds to a forecast."""

GRIDS = (41, 81)
"""Numbers of shares that a truce may fix; the answer is told for the first, and whether the second changes it."""

LADDER = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Guarantees that are tried, in shares of the pie, added to both sides' penalties."""

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
    `guarantee_needed`, None where none that was tried would do) and `grid_changes`: whether a finer grid of shares
    changes who breaks it or whether it is signed
    """
    if war.peace is None:
        return None
    discount = _discount(reading, draw)
    if not 0 < discount < 1:
        return None
    start = int(reading.games.numbers["start"][draw])
    told, finer = (
        _truce(truce_game(draws, war, reading, draw, shares=shares, discount=discount), start) for shares in GRIDS
    )
    same = told["signed_now"] == finer["signed_now"] and _breaker(told) == _breaker(finer)
    return {"chain": _told(draws, war, reading, draw), "truce": told, "grid_changes": not same}


def truce_game(draws: Draws, war: War, reading: Reading, draw: int, *, shares: int, discount: float) -> WarGame:
    """The war of one draw in which a settlement is a truce that shares what each step yields and can be broken."""
    number = {name: float(values[draw]) for name, values in reading.games.numbers.items()}
    low, high = max(number["floor"], 0.0), min(number["ceiling"], 1.0)
    penalties = [float(draws.column(("war", f"breach_penalty_{side}"), default=0.0)[draw]) for side in "ab"]
    guarantee = float(draws.column(("war", "peace", "guarantee"), default=0.0)[draw])
    peace = {name: float(draws.column(("war", "peace", name))[draw]) for name in ("a_gains", "b_gains", "war_loss")}
    grid = np.linspace(low, high, shares) if low <= high else np.array([(low + high) / 2.0])
    ahead = 1.0 / (1.0 - discount)
    return WarGame(
        rounds=reading.games.rounds,
        places=reading.games.terminal.shape[2],
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
            up=peace["a_gains"],
            down=peace["b_gains"],
            penalty=(ahead * (penalties[0] + guarantee), ahead * (penalties[1] + guarantee)),
            loss=peace["war_loss"],
        ),
    )


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
        "peace_at_horizon": float(course.peace),
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
