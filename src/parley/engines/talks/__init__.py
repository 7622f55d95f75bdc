"""Talks turn by turn: who says what next, by tactics that the scenario believes in. `TalksTurnByTurn`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.talks.advice import tried
from parley.engines.talks.beliefs import Profiles, profiles
from parley.engines.talks.game import kept, reopened, told
from parley.engines.talks.outcome import by_formulas, by_kernel, variables
from parley.engines.talks.record import recorded
from parley.engines.talks.room import Mediation, Room, prepare, rounds_of
from parley.engines.talks.story import detail
from parley.errors import UsageError
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["TalksTurnByTurn"]

Looks = Literal["others", "own"]

AT_ONCE = 200
"""So many draws are prepared together at the most: enough for speed, few enough for memory."""

CELLS = 2_000_000
"""As many payoffs are held at once."""


@dataclass(frozen=True, kw_only=True)
class TalksTurnByTurn:
    """Hold the talks many times, each time with other tactics, and tell how they go.

    Attributes
    ----------
    samples : how often the talks are held in each draw, each time with other tactics, 1..1000
    mediation : what a broker proposes: the package with the largest product of gains (`nash`), a text that it
        improves step by step (`single_text`), or nothing (`none`)
    looks : among packages that it is content with, a party names the one that is worth most to the `others`, whose
        wishes it knows, or the one that leaves its `own` aim nearest
    packages : how many packages there may be, 2..100000; more give issues more levels; stated rungs are all kept, up
        to 500000 packages

    Raises
    ------
    UsageError
        If a setting is unknown or out of range.
    """

    samples: int = 12
    mediation: Mediation = "nash"
    looks: Looks = "others"
    packages: int = 1024

    card: ClassVar[EngineCard] = EngineCard(
        title="Talks turn by turn",
        short="model of talks",
        question="Who says what next, do they meet before the clock runs out, and where?",
        needs=("positions or payoffs", "clock"),
        assumptions=(
            "Those must sign whom the rule of decision names by unanimity; where it names nobody, the belligerents; "
            "where there are none, all who want something.",
            "They speak in turn, in the scenario's order, once in each step of the clock, until its horizon.",
            "Each keeps a pace that the scenario believes in; where it believes nothing, every pace is as likely.",
            "Everybody knows its own payoffs and, unless told otherwise, what the others want.",
            "Nobody signs what crosses its red line or is worth less to it than no agreement.",
            "A party that states payoffs gets what it states, in a unit of its own, and nothing before the talks end.",
            "A broker that need not sign proposes packages, and can lean on a side or threaten it.",
            "How stalling, tempting, pressing, threatening and leaving work are rules of our own.",
        ),
        cannot_say=(
            "What the best tactic would be against an opponent that changes its own while the talks go on.",
            "Points between the levels that it gives each issue, and packages beyond the number that it may list.",
            "What words do that carry no offer: insults, flattery and lies move nobody here.",
            "Whether an agreement would be kept, and what fighting during the talks changes.",
            "What flexibility and capability would change: it does not read them.",
        ),
        variables={
            "value": "what the talks are worth to a party at the table now: no agreement until there is one, then the "
            "package, discounted by its patience; NaN for others",
            "conceded": "how far a party that must sign has come by its last offer, in shares of the way from its best "
            "package to no agreement; NaN for others",
            "steps": "number of steps until the talks end, with or without agreement, 0 where there is none at all",
            "mediated": "share of talks that end with the broker's package",
            "walked": "share of talks that somebody leaves",
            "zone_open": "1 where some package beats no agreement for all who must sign and crosses nobody's red "
            "line, else 0",
            "talk_kind": "one forecast only: what each at the table does at each step, by its place in `KINDS` of "
            "`parley.methods.offers` (talk, step, seat); the broker sits last",
            "talk_offer": "one forecast only: place of the package that it names, -1 where none (talk, step, seat)",
            "talk_target": "one forecast only: what each that must sign is content with (talk, step, signer)",
            "talk_reserve": "one forecast only: what no agreement is worth to it (talk, step, signer)",
            "talk_package": "one forecast only: place of the package agreed on, -1 where none (talk)",
            "talk_step": "one forecast only: the step in which the talk ends, from 0 (talk)",
            "talk_walked": "one forecast only: who leaves, by seat, -1 where nobody does (talk)",
            "talk_pace": "one forecast only: pace of each at the table, by its place in `PACES` (talk, seat)",
            "talk_ploy": "one forecast only: 1 where it uses the ploy, else 0 (talk, seat, ploy)",
            "talk_leans": "one forecast only: by how much leaning will have lowered its reserve value (talk, signer)",
            "talk_threat": "one forecast only: by how much a threat of each lowers it (talk, signer, seat)",
            "package_worth": "one forecast only: what each package is worth to each at the table (package, seat)",
            "package_signed": "one forecast only: 1 where each that must sign would sign it, else 0 (package, signer)",
            "package_point": "one forecast only: where it settles each issue, NaN where it does not (package, issue)",
            "rungs_stated": "one forecast only: how many rungs of the issue have a stated worth, 0 where none (issue)",
            "rungs_kept": "one forecast only: how many of them the talks are about; fewer where all together make too "
            "many packages (issue)",
            "seat_least": "one forecast only: the lowest point that each of these accepts, NaN where it names none "
            "(signer, issue)",
            "seat_most": "one forecast only: the highest (signer, issue)",
            "game_value": "with the asking party at the table only: what the talks are worth to each player, by its "
            "option and the paces of the others (player, option, pace of the second, ...)",
            "game_option": "with the asking party at the table only: names of its options (option)",
            "game_player": "with the asking party at the table only: ids of the players, itself first (player)",
            "seat_party": "one forecast only: number of the party on each seat, -1 where no broker sits (seat)",
            "seat_stated": "one forecast only: 1 where it states its payoffs in a unit of its own, else 0 (seat)",
            "seat_discount": "one forecast only: what a payoff one step later is worth to it now (seat)",
        },
        references=(
            "Faratin1998",
            "deJonge2022",
            "HindriksTykhonov2008",
            "Baarslag2016",
            "Raiffa1982",
            "McKelveyPalfrey1995",
        ),
        stochastic=True,
    )

    def __post_init__(self) -> None:
        if self.mediation not in get_args(Mediation):
            raise UsageError(f"mediation is '{self.mediation}'; it must be one of {', '.join(get_args(Mediation))}")
        if self.looks not in get_args(Looks):
            raise UsageError(f"looks is '{self.looks}'; it must be one of {', '.join(get_args(Looks))}")
        if not 1 <= self.samples <= 1000:
            raise UsageError(f"samples is {self.samples}; it must lie in 1..1000")
        if not 2 <= self.packages <= 100_000:
            raise UsageError(f"packages is {self.packages}; it must lie in 2..100000")

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:
        """See `Engine.forecast`; this path uses the readable rules."""
        draws = Draws.of_modes(scenario)
        room, sampled = self.prepared(draws, [rng])
        rounds = rounds_of(room, sampled)
        courses = by_formulas(room, rounds)
        data = single(dataset(scenario, 1, variables(draws, room, rounds, courses)))
        data = data.assign(recorded(draws, room, (sampled, rounds), courses))
        attempt = tried(draws, room, sampled, scenario.party_ids.index(scenario.question.asked_by))
        if attempt is not None:
            data = data.assign(kept([scenario.party_ids[k] for k in room.seats.all], attempt))
        return Forecast(made=made("talks", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:
        """See `BatchEngine.forecast_many`; this path uses the compiled twin."""
        found: dict[str, Any] = {}
        parts = []
        for part, room, sampled in self.rooms(draws, rngs):
            rounds = rounds_of(room, sampled)
            parts.append(variables(part, room, rounds, by_kernel(room, rounds)))
        for name, value in parts[0].items():
            if isinstance(value, tuple):
                found[name] = (value[0], np.concatenate([each[name][1] for each in parts]))
            else:
                found[name] = np.concatenate([each[name] for each in parts])
        return dataset(draws.base, len(draws), found)

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        dict
            `paths`, a handful of typical ways in which the talks go, each with its `weight`, the talks that it stands
            for, how it ends, and its `moves`: who does what at which step, the package named, and why, in numbers;
            `zone_open`; `parties`, with what no agreement is worth to each at the table and what it can get at best;
            `rungs_left_out`, of which issues not all rungs with a stated worth are talked about, as all together make
            too many packages: how many are `stated` and `kept`; `game`, the options of the party that asks and the
            others' paces as a game, None where it has no seat.
        """
        found = reopened(forecast.data)
        return {**detail(forecast), "game": None if found is None else told(found)}

    def prepared(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> tuple[Room, Profiles]:
        """The table of every draw, and samples of tactics.

        Parameters
        ----------
        draws : the draws
        rngs : one generator for each draw
        """
        room = prepare(draws, mediation=self.mediation, packages=self.packages, known=self.looks == "others")
        return room, profiles(draws, room.seats.all, rngs, self.samples)

    def rooms(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> Iterator[tuple[Draws, Room, Profiles]]:
        """The tables of all draws, so many at a time as fit into memory; those that are alike share one.

        Parameters
        ----------
        draws, rngs : as for `prepared`
        """
        step = len(draws)
        if not draws.alike:
            packages = prepare(draws.part(0, 1), mediation="none", packages=self.packages, known=False).table.worth.size
            step = max(1, min(AT_ONCE, CELLS // packages))
        for start in range(0, len(draws), step):
            part = draws.part(start, start + step)
            yield part, *self.prepared(part, rngs[start : start + step])
