"""What comes out of the games: solved one by one or all at once, and named for a forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.reading import Games, Reading
from parley.methods import columns
from parley.methods.payoff import expected, payoffs
from parley.methods.pie import point_of_share, shares_in_step
from parley.methods.war import rounds_to_finish, solve, values_before_talks, walk
from parley.methods.war_many import Wars, play

__all__ = ["Outcome", "by_formulas", "states", "together", "variables", "wars"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """What comes out of each draw's game.

    Attributes
    ----------
    of : columns by name, as `parley.methods.war_many.Played` explains them, each of shape (draw,)
    settlement_time : probability that the sides settle at each offer, shape (draw, offer)
    """

    of: Mapping[str, Array]
    settlement_time: Array


def together(games: Games) -> Outcome:
    """Solve all games at once."""
    of = games.numbers
    sets = np.stack([of["up"], of["down"], of["cost_a"], of["cost_b"]], axis=1)[:, np.newaxis]
    played = play(wars(games, sets=sets, patron_cost=np.zeros((len(sets), 1))))
    agreement, dates = played.settlement_time[:, 0].sum(axis=1), np.arange(games.rounds)
    before = (played.settlement_time[:, 0] * dates).sum(axis=1)
    reservation = played.reservation[:, :, 0, 0] if games.rounds else np.full((2, len(sets)), np.nan)
    return Outcome(
        of={
            "value_a": played.value[0, :, 0],
            "value_b": played.value[1, :, 0],
            "reservation_a": reservation[0],
            "reservation_b": reservation[1],
            "settles_now": played.settles_now[:, 0],
            "agreement": np.minimum(agreement, 1.0),
            "share": played.share[:, 0],
            "offers_before": np.divide(before, agreement, out=np.full(len(sets), np.nan), where=agreement > 0),
            "p_win_a": played.won[0, :, 0],
            "p_win_b": played.won[1, :, 0],
            "p_deadline": played.deadline[:, 0],
            "p_exit": played.left[:, 0],
            "p_breakdown": played.broken[:, 0],
            "fighting": played.fighting[:, 0],
        },
        settlement_time=played.settlement_time[:, 0],
    )


def wars(games: Games, **more: Any) -> Wars:
    """All games as they are solved at once; `more` are the parts of `Wars` that games do not have."""
    number = {**games.numbers, **more.pop("number", {})}
    return Wars(number=number, proposer=games.proposer, terminal=games.terminal, rounds=games.rounds, **more)


def by_formulas(games: Games, draw: int = 0) -> Outcome:
    """Solve one draw's game with the readable formulas."""
    game = games.game(draw)
    start, opening = int(games.numbers["start"][draw]), int(games.numbers["opening"][draw])
    solution = solve(game)
    course = walk(solution, game, start, opening=opening)
    value = values_before_talks(solution, game, opening)[0, :, start]
    talks = game.rounds > 0
    reservation = solution.rejections[0, :, start] if talks else np.full(2, np.nan)
    dates = np.arange(game.rounds)
    chance = np.array([game.proposer[0], 1.0 - game.proposer[0]])
    of = {
        "value_a": value[0],
        "value_b": value[1],
        "reservation_a": reservation[0],
        "reservation_b": reservation[1],
        "settles_now": float(chance @ ~np.isnan(solution.offers[0, :, start])) if talks else 0.0,
        "agreement": course.agreement,
        "share": course.share,
        "offers_before": (dates * course.settlement_time).sum() / course.agreement if course.agreement > 0 else np.nan,
        "p_win_a": course.victory[0],
        "p_win_b": course.victory[1],
        "p_deadline": course.deadline,
        "p_exit": course.walkout,
        "p_breakdown": course.breakdown,
        "fighting": course.fighting,
    }
    return Outcome(
        of={name: np.array([value], dtype=np.float64) for name, value in of.items()},
        settlement_time=course.settlement_time[np.newaxis],
    )


def states(games: Games, draw: int = 0) -> dict[str, Any]:
    """What happens in every round at every place, from now to the end of the horizon, in one draw's game."""
    game = games.game(draw)
    solution = solve(game)
    opening = int(games.numbers["opening"][draw])
    values = np.concatenate([values_before_talks(solution, game, opening)[:-1], solution.values])
    accepted = np.full(values.shape, np.nan)
    accepted[opening : opening + game.rounds] = solution.offers
    dims = ("round", "front", "side")
    return {"state_values": (dims, values.swapaxes(1, 2)), "state_offers": (dims, accepted.swapaxes(1, 2))}


def variables(
    draws: Draws, reading: Reading, played: Outcome, *, no_red_lines: Outcome, no_drift: Outcome
) -> dict[str, Any]:
    """Name what came out.

    Parameters
    ----------
    draws : samples of a scenario
    reading : what was read from them
    played : what comes out of the games
    no_red_lines, no_drift : what comes out of the same games without red lines, and without drift of the front

    Returns
    -------
    dict
        The common variables and the engine's own along `draw`, as `parley.methods.results.dataset` takes them.
    """
    of = played.of
    floor, ceiling = reading.of_the_pie
    closed = (reading.floor > reading.ceiling + 1e-12).sum(axis=1).astype(np.float64)
    most = np.minimum(ceiling, 1.0 - of["reservation_b"])
    least = np.maximum(floor, of["reservation_a"])
    own = {name: of[name] for name in ("value_a", "value_b", "reservation_a", "reservation_b", "settles_now")}
    own |= {name: of[name] for name in ("p_win_a", "p_win_b", "p_deadline", "p_exit", "p_breakdown")}
    own |= {
        "settlement_share": of["share"],
        "expected_rounds": of["fighting"],
        "war_length": _war_length(draws, reading.games),
        "surplus_now": most - least,
        "waiting_a": of["reservation_a"] - most,
        "waiting_b": of["reservation_b"] - (1.0 - least),
        "settles_without_red_lines": no_red_lines.of["settles_now"],
        "settles_without_drift": no_drift.of["settles_now"],
        "floor": floor,
        "ceiling": ceiling,
        "issues_closed": closed,
        "agreement_each_issue": np.where(closed > 0, 0.0, of["agreement"]),
    }
    answered = reading.failure == ""
    own = {name: np.where(answered, values, np.nan) for name, values in own.items()}
    times = np.where(answered[:, np.newaxis], played.settlement_time, np.nan)
    return {**_common(draws, reading, of), **own, "settlement_time": (("draw", "offer"), times)}


def _common(draws: Draws, reading: Reading, of: Mapping[str, Array]) -> dict[str, Array]:
    scenario = draws.base
    assert isinstance(scenario.war, War) and scenario.clock is not None
    shares = shares_in_step(of["share"], reading.weight, reading.floor, reading.ceiling)
    settlement = np.full((len(draws), len(scenario.issues)), np.nan)
    a_wants_high = np.array([part.a_wants == "high" for part in scenario.war.pie])
    chosen = [scenario.issue_ids.index(part.issue) for part in scenario.war.pie]
    settlement[:, chosen] = point_of_share(shares, a_wants_high)
    at_settlement = payoffs(settlement, columns.positions(draws), columns.saliences(draws))
    steps = reading.games.numbers["opening"] + of["offers_before"]
    return {
        "agreement": of["agreement"],
        "settlement": settlement,
        "time_to_agreement": steps * scenario.clock.step_days,
        "payoff": expected(of["agreement"], at_settlement, columns.no_agreement(draws)),
    }


def _war_length(draws: Draws, games: Games) -> Array:
    """Expected days until one side has won if nobody talks, shape (draw,); NaN where the front never moves."""
    assert draws.base.clock is not None
    rounds = rounds_to_finish(games.numbers["up"], games.numbers["down"], games.terminal.shape[2])
    days = rounds[np.arange(len(draws)), games.numbers["start"].astype(np.int64)] * draws.base.clock.step_days
    return np.where(np.isfinite(days), days, np.nan)
