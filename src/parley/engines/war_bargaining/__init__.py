"""Bargaining while fighting: talks that settle where both sides prefer it to another round of war. `WarBargaining`."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.war_bargaining.beyond import beyond
from parley.engines.war_bargaining.detail import detail, detail_of_draws
from parley.engines.war_bargaining.doubts import DOUBT_VARIABLES, RESOLVE_VARIABLES, under_doubt, who_folds
from parley.engines.war_bargaining.endless import ENDLESS_VARIABLES, alike, told_limits
from parley.engines.war_bargaining.outcome import Outcome, by_formulas, states, together, variables
from parley.engines.war_bargaining.pressure import RULE_VARIABLES, rule_names, under_rules
from parley.engines.war_bargaining.reading import Games, Reading, read, without_drift, without_red_lines
from parley.engines.war_bargaining.truces import PEACE_VARIABLES, how_it_ends, shifting_power
from parley.errors import EngineError, UsageError
from parley.methods.results import dataset, made, single
from parley.methods.war_endings import ENDINGS

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["WarBargaining"]

Rule = Literal["scenario", "fight_to_finish", "front", "zero", "endless"]
RedLines = Literal["whole_pie", "each_issue", "none"]


@dataclass(frozen=True, kw_only=True)
class WarBargaining:
    """Solve the game of two sides that bargain while they fight.

    Attributes
    ----------
    terminal_rule : what the sides get when the horizon ends without agreement: `scenario` (as the scenario says),
        `fight_to_finish`, `front`, `zero` or `endless` (talks and war go on for ever: an infinite horizon)
    red_lines : how red lines bound what can be agreed: on the `whole_pie` (a side can be compensated on another issue
        for a red line that is crossed), on `each_issue` by itself (nothing compensates), or not at all (`none`)
    horizon : number of steps with an offer, 1..10000; 0: as the scenario says

    Raises
    ------
    UsageError
        If the rule or the reading of red lines is unknown, or the horizon out of range.
    """

    terminal_rule: Rule = "scenario"
    red_lines: RedLines = "whole_pie"
    horizon: int = 0

    card: ClassVar[EngineCard] = EngineCard(
        title="Bargaining while fighting",
        short="war model",
        question="Do the two sides at war prefer a settlement now to fighting on, and if not, why and until when?",
        needs=("war", "clock"),
        assumptions=(
            "Two sides divide one pie, made of the issues that the scenario names, with weights that both share.",
            "In the game both know everything: the front, its drift, the costs, the red lines, and how patient the "
            "other is. Doubt, resolve and truces that can be broken are models beside it and change no number of it.",
            "In each round one side makes an offer; after a refusal both pay for fighting and the front may move.",
            "Sides that are indifferent settle, and in the game a settlement lasts.",
            "A side for which the scenario gives no discount is endlessly patient.",
            "Red lines bind the pie as a whole: a side may be compensated on one issue for a line that is crossed on "
            "another, so that agreement looks as likely as it can be.",
            "Red lines are those that the sides' positions name, as moved by those at home; where there are none, "
            "everything can be agreed.",
            "A broker commits itself to a rule that both sides know, and its levers are sure to work. Whether it would "
            "keep to the rule is asked of each step by itself, with the sides' strategies held fixed.",
            "A settlement moves all issues of the pie in step, from one side's red line to the other's.",
            "Where the talks never end and more than one war holds itself up, it says what the two extremes among them "
            "have in common, and is silent on the rest.",
        ),
        cannot_say=(
            "What happens on issues outside the pie, or in packages that trade one issue for another.",
            "What a third party at the table does beyond the levers that its rules pull, or what breaking its word "
            "costs it elsewhere.",
            "How doubt or resolve would change the chance of agreement: it says what they do in models of their own.",
            "Whether a truce would be kept for other reasons than that breaking it pays; `durability` has the record.",
            "What holds after the horizon: a frozen conflict, or a lasting peace, is one that stands when it ends.",
            "What capabilities, conditions, flexibility or links would change: it does not read them.",
            "What a moved position brings: positions and saliences only measure what a settlement is worth to a party.",
        ),
        variables={
            "value_a": "what the game is worth to side A now, in shares of the pie",
            "value_b": "the same for side B",
            "settlement_share": "side A's expected share of the pie, given a settlement",
            "settles_now": "1 where the first offer would settle it with the front where it stands now, else 0",
            "reservation_a": "what side A gets if the first offer is rejected with the front where it stands now",
            "reservation_b": "the same for side B",
            "waiting_a": "what a round of waiting is worth to side A: reservation_a less the best share that side B "
            "would accept now; positive: side A gains by waiting",
            "waiting_b": "the same for side B",
            "surplus_now": "the largest share of A's that B accepts now less the least that A accepts, within the red "
            "lines; negative: no offer could settle it now, and by how much",
            "settles_without_red_lines": "1 where it would settle now if there were no red lines, else 0",
            "settles_without_drift": "1 where it would settle now if the front moved either way alike, else 0",
            "floor": "side A's red lines as the least share of the pie that it accepts",
            "ceiling": "side B's red lines as the largest share for A that it accepts; below floor: no agreement ever",
            "agreement_each_issue": "probability of agreement if no red line can be bought off by another issue: 0 "
            "where issues_closed is above 0",
            "issues_closed": "number of issues of the pie on which the two red lines exclude each other",
            "p_win_a": "probability that side A wins the war within the horizon",
            "p_win_b": "the same for side B",
            "p_deadline": "probability that the horizon ends with none of these, nor with an exit or a breakdown",
            "p_exit": "probability that a side walks out for good; 0 where the scenario gives no exit",
            "p_breakdown": "probability that the talks break down by themselves",
            "expected_rounds": "expected steps of fighting until agreement, victory or the end of the horizon",
            "war_length": "expected days until one side has won if nobody talked; NaN where the front never moves",
            "settlement_time": "probability that an offer brings the settlement, by the offer's number (offer)",
            "waiting_by_step": "what a step of waiting is worth to each side (side) at each offer (offer) if the front "
            "still stands where it starts",
            **{
                name: f"with {section} only: {words}"
                for section, named in (
                    ("a broker", RULE_VARIABLES),
                    ("doubt", DOUBT_VARIABLES),
                    ("resolve", RESOLVE_VARIABLES),
                    ("peace", PEACE_VARIABLES),
                    ("talks without end", ENDLESS_VARIABLES),
                )
                for name, words in named.items()
            },
            "state_values": "one forecast only: each side's value by round from now, place of the front and side",
            "beyond": "one forecast only: causes of delay, doubt, demands and commitment, as JSON; see `detail`",
            "state_offers": "one forecast only: side A's share in the offer accepted, by round, place and who offers; "
            "NaN where the war goes on",
        },
        references=(
            "AbreuGul2000",
            "Fearon1994",
            "Fearon1995",
            "FilsonWerner2002",
            "Fortna2004",
            "Kydd2003",
            "Powell2006",
            "Putnam1988",
            "Rubinstein1982",
            "Slantchev2003",
            "SmetanaLudvik2019",
            "Smith1998",
            "Stahl1972",
            "Wagner2000",
        ),
    )

    def __post_init__(self) -> None:
        if self.terminal_rule not in get_args(Rule):
            raise UsageError(f"terminal_rule is '{self.terminal_rule}'; it must be one of {', '.join(get_args(Rule))}")
        if self.red_lines not in get_args(RedLines):
            raise UsageError(f"red_lines is '{self.red_lines}'; it must be one of {', '.join(get_args(RedLines))}")
        if not 0 <= self.horizon <= 10_000:
            raise UsageError(f"horizon is {self.horizon}; it must lie in 1..10000, or be 0 for the scenario's own")

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`; this path uses the readable formulas."""
        draws = Draws.of_modes(scenario)
        reading = self._read(draws)
        if reading.failure[0]:
            raise EngineError(str(reading.failure[0]))
        named = alike([self._named(draws, each, by_formulas) for each in reading.ends])
        data = single(self._laid_out(draws, reading, named))
        assert scenario.war is not None
        told = json.dumps(beyond(draws, scenario.war, reading))
        shown = alike([states(each.games) for each in reading.ends])
        return Forecast(made=made("war_bargaining", self, scenario), data=data.assign(shown | {"beyond": told}))

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`; this path solves all games at once and leaves the states out."""
        reading = self._read(draws)
        return self._laid_out(draws, reading, alike([self._named(draws, each, together) for each in reading.ends]))

    def _named(self, draws: Draws, reading: Reading, solved: Callable[[Games], Outcome]) -> dict[str, Any]:
        """All that is said of each draw, with one end where talks without end have two."""
        games = reading.games
        others = {
            "no_red_lines": solved(without_red_lines(games)),
            "no_drift": solved(without_drift(games)),
        }
        return variables(draws, reading, solved(games), **others) | self._around(draws, reading)

    def _around(self, draws: Draws, reading: Reading) -> dict[str, Any]:
        """What bears on the game: the broker's rules, doubt, resolve, and power that shifts in peace."""
        war = draws.base.war
        assert war is not None
        overlays = (
            under_doubt(draws, war, reading)
            | who_folds(draws, war, reading)
            | shifting_power(draws, war, reading)
            | how_it_ends(draws, war, reading)
        )
        return under_rules(draws, reading) | overlays | told_limits(reading)

    def _laid_out(self, draws: Draws, reading: Reading, named: dict[str, Any]) -> xr.Dataset:
        war = draws.base.war
        assert war is not None
        data = dataset(draws.base, len(draws), named, failure=reading.failure)
        data = data.assign_coords(side=[war.side_a, war.side_b])
        if war.peace:
            data = data.assign_coords(ending=list(ENDINGS))
        return data.assign_coords(rule=rule_names(war)) if war.broker else data

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        dict
            `values` by side; `settles_now`; `by_state`, one entry for each round from now and place of the front,
            with the shares of side A's that each side would offer and see accepted; `settlement_time`, probabilities
            by round from now; `waiting` by side, with the minimal sets of switches that would make it settle now;
            `expected_duration` in rounds of fighting; the chances of every end; `pressure` by rule, `doubt`, `resolve`
            and `commitment`, each null where the scenario has no such section; `bracket`, both limits where
            the talks never end, null where they do; `if_endless`, what these would be there.
        """
        return detail(forecast)

    def detail_of_draws(self, data: xr.Dataset) -> dict[str, Any]:
        """See `DrawsEngine.detail_of_draws`.

        Returns
        -------
        dict
            `endings_of_draws`: the chance of each ending over the draws, where the scenario says something of peace;
            `bracket_of_draws`: the share of draws in which both limits agree, and both limits for each side over the
            draws, where the talks never end.
        """
        return detail_of_draws(data)

    def _read(self, draws: Draws) -> Reading:
        war, clock = draws.base.war, draws.base.clock
        if war is None or clock is None:
            raise EngineError("bargaining while fighting needs the sections 'war' and 'clock'")
        rule = war.terminal_rule if self.terminal_rule == "scenario" else self.terminal_rule
        rounds = self.horizon or clock.horizon
        return read(draws, war, clock, rule=rule, red_lines=self.red_lines, rounds=rounds)
