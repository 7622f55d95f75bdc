"""All that is said of talks at once: the story, the tournament and the advice. `report` is the main name."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.engines.talks import TalksTurnByTurn
from parley.engines.talks.advice import Advice, Met, advice_of, joined, met, together, tried
from parley.engines.talks.game import Game, game_of, told
from parley.methods.medoids import medoids
from parley.methods.offers import PACES

__all__ = ["Report", "document", "report"]

STORY_SAMPLES = 200
"""So many talks on the most plausible numbers stand behind the story."""

Array = NDArray[np.float64]

SEEN = 200
"""The draw that is told where there is room is chosen among so many at the most."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Report:
    """How the talks would run.

    Attributes
    ----------
    agreement, zone_open : means over draws
    time_to_agreement : mean over draws, in days; NaN where nothing is ever agreed
    ends : share of talks that end in agreement, because somebody leaves, and with the clock
    story : `detail` of the engine for the most plausible numbers
    when_open : where these leave no room: `detail` for a typical draw that does, with its number; None where none does
    tournament : every pace against every pace
    advice : how the asking party's options compare; None where it does not sit at the table
    game : these options and the others' paces as a game; None there, too, and where more than two others must sign
    """

    agreement: float
    zone_open: float
    time_to_agreement: float
    ends: dict[str, float]
    story: dict[str, Any]
    when_open: dict[str, Any] | None
    tournament: Met
    advice: Advice | None
    game: Game | None


def report(
    engine: TalksTurnByTurn, draws: Draws, rngs: Sequence[np.random.Generator], *, party: int, seed: int
) -> Report:
    """Hold the talks in every draw, and tell what comes of them.

    Parameters
    ----------
    engine : the engine, with its settings
    draws : the draws
    rngs : one generator for each draw
    party : place of the party that asks
    seed : seed of the talks that the story is told of
    """
    attempts, tournaments, sizes = [], [], []
    for part, room, sampled in engine.rooms(draws, rngs):
        attempts.append(tried(part, room, sampled, party))
        tournaments.append(met(part, room))
        sizes.append(len(part))
        ids = [draws.base.party_ids[place] for place in room.seats.all]
    attempt = None if any(each is None for each in attempts) else joined([each for each in attempts if each])
    teller = dataclasses.replace(engine, samples=max(engine.samples, STORY_SAMPLES))
    story = teller.detail(teller.forecast(draws.base, np.random.default_rng(seed)))
    data = engine.forecast_many(draws, [np.random.default_rng((seed, k)) for k in range(len(draws))])
    agreement, walked = (float(data[name].mean()) for name in ("agreement", "walked"))
    days = data["time_to_agreement"].values
    when_open = None
    if not story["zone_open"]:
        when_open = _where_open(teller, draws, data["agreement"].values * data["zone_open"].values, seed)
    return Report(
        agreement=agreement,
        zone_open=float(data["zone_open"].mean()),
        time_to_agreement=float(np.nanmean(days)) if (~np.isnan(days)).any() else float("nan"),
        ends={"agreement": agreement, "left": walked, "deadline": 1.0 - agreement - walked},
        story=story,
        when_open=when_open,
        tournament=together(tournaments, sizes),
        advice=None if attempt is None else advice_of(draws.base, attempt),
        game=None if attempt is None else game_of(ids, attempt),
    )


def _where_open(teller: TalksTurnByTurn, draws: Draws, agreed: Array, seed: int) -> dict[str, Any] | None:
    """The story of the draw in the middle of those in which most talks end in agreement."""
    found = np.flatnonzero(agreed >= 0.5)[:SEEN]
    if not found.size:
        return None
    values = draws.values[found]
    spread = np.ptp(values, axis=0)
    scaled = values / np.where(spread > 0, spread, 1.0)
    distance = np.abs(scaled[:, np.newaxis] - scaled[np.newaxis]).sum(axis=2)
    draw = int(found[medoids(distance, 1)[0]])
    story = teller.detail(teller.forecast(draws.scenario(draw), np.random.default_rng(seed)))
    return {"draw": draws.first + draw, **{name: each for name, each in story.items() if name != "game"}}


def document(found: Report) -> dict[str, Any]:
    """Lay a report out for JSON; points of issues still as `Spot`."""
    tournament = found.tournament
    return {
        "agreement": found.agreement,
        "time_to_agreement": found.time_to_agreement,
        "ends": found.ends,
        "parties": found.story["parties"],
        "paths": found.story["paths"],
        "rungs_left_out": found.story["rungs_left_out"],
        "room_at_modes": found.story["zone_open"],
        "zone_open": found.zone_open,
        "when_open": found.when_open,
        "tournament": {
            "parties": list(tournament.parties),
            "paces": list(PACES),
            "value": {party: tournament.value[k] for k, party in enumerate(tournament.parties)},
            "agreement": tournament.agreement,
        },
        "advice": None if found.advice is None else _advice(found.advice),
        "game": None if found.game is None else told(found.game),
    }


def _advice(advice: Advice) -> dict[str, Any]:
    return {
        "party": advice.party,
        "role": advice.role,
        "options": [dataclasses.asdict(option) for option in advice.options],
        "ignorance": {
            "states": list(advice.states),
            "value": {option.name: advice.by_state[k] for k, option in enumerate(advice.options)},
            **{rule: list(names) for rule, names in advice.robust.items()},
        },
    }
