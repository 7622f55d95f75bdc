"""What the sides do not know of each other, draw by draw: demands under doubt, a mediator's messages, who folds first.

`under_doubt` and `who_folds` are the main names. They are small models beside the game of the engine, not parts of it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.war import War
from parley.engines.war_bargaining.reading import Reading
from parley.methods import columns
from parley.methods.crisis import mediation, screening
from parley.methods.pie import share_of_a
from parley.methods.reputation import concessions
from parley.methods.war import fight_to_finish, rounds_to_finish

__all__ = ["DOUBT_VARIABLES", "RESOLVE_VARIABLES", "under_doubt", "who_folds"]

Array = NDArray[np.float64]

DOUBT_VARIABLES = {
    "doubt_threshold": "the belief that the other is tough below which the side in doubt would rather demand what only "
    "a weak one grants, were there one demand and then a war to the finish",
    "doubt_dares": "1 where its belief lies below that, else 0",
    "doubt_war": "chance of war that comes of doubt alone, in that model",
    "believed_weak": "1 where the side in doubt can believe the broker who tells it that the other is weak, else 0",
    "believed_tough": "1 where it can believe the broker who tells it that the other is tough, else 0",
}
"""What doubt adds to a forecast."""

RESOLVE_VARIABLES = {
    "folds_first_a": "chance that side A is the first to give in, if each side may be one that never does",
    "folds_first_b": "the same for side B",
    "never_folds": "chance that neither ever gives in",
    "folds_at_once_a": "chance that side A gives in at the very start",
    "folds_at_once_b": "the same for side B",
    "standoff_days": "days after which a side that has not given in never will",
}
"""What resolve adds to a forecast."""


def under_doubt(draws: Draws, war: War, reading: Reading) -> dict[str, Array]:
    """What the side in doubt would demand, and which messages of the broker it could believe; see `DOUBT_VARIABLES`.

    War is counted as a fight to the finish from where the front stands: its chances are those of the walk, its costs
    those of a step times the steps that it is expected to last.
    """
    doubt = war.doubt
    if doubt is None:
        return {}
    numbers = reading.games.numbers
    start, places = numbers["start"].astype(np.int64), reading.games.terminal.shape[2]
    free, patient = np.zeros((len(draws), 2)), np.ones((len(draws), 2))
    row = np.arange(len(draws))
    wins = fight_to_finish(numbers["up"], numbers["down"], free, patient, places)[row, :, start]
    steps = rounds_to_finish(numbers["up"], numbers["down"], places)[row, start]
    asks = 1 if doubt.about == war.side_a else 0  # the side that is in doubt
    cost = steps * numbers[("cost_a", "cost_b")[asks]]
    path = ("war", "doubt")
    of_tough, of_weak = (steps * draws.column((*path, f"cost_{each}")) for each in ("tough", "weak"))
    found = screening(wins[:, asks], cost, cost_tough=of_tough, cost_weak=of_weak, tough=draws.column((*path, "tough")))
    result = {"doubt_threshold": found.threshold, "doubt_dares": (found.war > 0) * 1.0, "doubt_war": found.war}
    if war.broker is not None and doubt.fights_all_the_same is not None:
        favour = draws.column(("war", "broker", "side_b_share"))
        told = mediation(
            bias=favour if asks == 1 else -favour,
            war_cost=steps * draws.column(("war", "broker", "war_cost")),
            risk=draws.column((*path, "fights_all_the_same")),
            cost_a=cost,
            cost_tough=of_tough,
            cost_weak=of_weak,
        )
        result |= {"believed_weak": told.believed_weak * 1.0, "believed_tough": told.believed_tough * 1.0}
    known = np.isfinite(steps) & (reading.failure == "")
    return {name: np.where(known, values, np.nan) for name, values in result.items()}


def who_folds(draws: Draws, war: War, reading: Reading) -> dict[str, Array]:
    """Who gives in to whom, and when, if each side may be one that never does; see `RESOLVE_VARIABLES`.

    NaN where the two demands can both be met, or a side is endlessly patient, so that it never need give in.
    """
    if war.resolve is None or draws.base.clock is None:
        return {}
    asked = demands(draws, war, reading)
    numbers = reading.games.numbers
    with np.errstate(divide="ignore"):
        rate = -np.log(np.stack([numbers["discount_a"], numbers["discount_b"]], axis=1))
    path = ("war", "resolve")
    stubborn = np.stack([draws.column((*path, f"stubborn_{side}")) for side in "ab"], axis=1)
    able = (asked.sum(axis=1) > 1 + 1e-9) & (asked < 1).any(axis=1) & (asked <= 1).all(axis=1)
    able &= (rate > 0).all(axis=1) & np.isfinite(rate).all(axis=1) & (stubborn > 0).all(axis=1)
    able &= reading.failure == ""
    result = {name: np.full(len(draws), np.nan) for name in RESOLVE_VARIABLES}
    if able.any():
        found = concessions(asked[able], rate[able], stubborn[able])
        for place, side in enumerate("ab"):
            result[f"folds_first_{side}"][able] = found.first[:, place]
            result[f"folds_at_once_{side}"][able] = found.at_once[:, place]
        result["never_folds"][able] = found.never
        result["standoff_days"][able] = found.end * draws.base.clock.step_days
    return result


def demands(draws: Draws, war: War, reading: Reading) -> Array:
    """The share that each side insists on for itself, shape (draw, side): as said, or by its stated positions."""
    position = columns.positions(draws)
    parties, issues = draws.base.party_ids, draws.base.issue_ids
    a_wants_high = np.array([part.a_wants == "high" for part in war.pie])
    chosen = [issues.index(part.issue) for part in war.pie]
    shares = []
    for side, letter in ((war.side_a, "a"), (war.side_b, "b")):
        path = ("war", "resolve", f"demand_{letter}")
        of_a = share_of_a(position[:, parties.index(side), :][:, chosen], a_wants_high)
        stated = (reading.weight * (of_a if letter == "a" else 1.0 - of_a)).sum(axis=1)
        said = getattr(war.resolve, f"demand_{letter}") if war.resolve else None
        shares.append(stated if said is None else draws.column(path))
    return np.stack(shares, axis=1)
