"""The exchange model: parties trade moves between issues. `ExchangeModel`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.exchange_model.detail import detail
from parley.engines.exchange_model.record import TOTALS, means, recorded, totals
from parley.errors import EngineError, UsageError
from parley.kernels.exchange import trade
from parley.methods import influence
from parley.methods.challenge import weighted_medians
from parley.methods.collective import CARD_ASSUMPTIONS, CARD_UNREAD, batch_weights, judged, undefined
from parley.methods.columns import positions, saliences
from parley.methods.exchange import next_positions, one_round
from parley.methods.exchange_terms import PEER, Dice, Rules, Trade
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["ExchangeModel"]

Preset = Literal["none", "peer"]
Outcome = Literal["current", "shared"]
AtOutcome = Literal["no_side", "left"]
Supply = Literal["again", "once"]
Planned = Literal["free", "capped"]
NextRound = Literal["votes", "partly"]
AmongEquals = Literal["first", "random"]

CHOICES = {
    "preset": Preset,
    "outcome": Outcome,
    "at_outcome": AtOutcome,
    "supply": Supply,
    "planned": Planned,
    "next_round": NextRound,
    "among_equals": AmongEquals,
}

PEER_SETTINGS = {
    "outcome": "shared",
    "at_outcome": "left",
    "supply": "again",
    "planned": "capped",
    "next_round": "partly",
}
"""What `preset` peer stands for."""


@dataclass(frozen=True, kw_only=True)
class ExchangeModel:
    """Let parties trade moves between issues, and settle each at the weighted mean of their votes.

    Attributes
    ----------
    rounds : number of rounds, 0..1000; 1 is the original model
    preset : `none`, or `peer` for the choices of the open program Decide (all settings below but `among_equals` and
        `randomness`)
    outcome : the outcome by which a trade is judged: the `current` one, after all trades made so far; or as `shared`
        by trades with the same demander and issue, which is all that Decide takes into account
    at_outcome : a party exactly at the outcome has `no_side` and does not trade, or counts as `left` of it
    supply : whether a party may supply an issue `again` in the same round, or `once`
    planned : `free`, or `capped`: a trade is dropped once the moves planned for a side of it add up to more than 100
    next_round : whether parties begin the next round at their `votes`, or `partly` follow them
    among_equals : of trades with equal gains that of the parties listed `first` is made, or a `random` one
    randomness : how far chance divides the gain of a trade: 0 (equal gains) .. 1 (all to one party)

    Raises
    ------
    UsageError
        If a setting is unknown, out of range, or at odds with the preset.
    """

    rounds: int = 1
    preset: Preset = "none"
    outcome: Outcome = "current"
    at_outcome: AtOutcome = "no_side"
    supply: Supply = "again"
    planned: Planned = "free"
    next_round: NextRound = "votes"
    among_equals: AmongEquals = "first"
    randomness: float = 0.0

    card: ClassVar[EngineCard] = EngineCard(
        title="Position exchange (equal gain)",
        short="exchange model",
        question="If parties trade moves between issues, who trades what with whom, and where does each issue end up?",
        needs=("positions",),
        assumptions=(
            CARD_ASSUMPTIONS[0],
            "The outcome of an issue is the mean of the votes, weighted by capability times salience.",
            "Two parties on opposite sides of the outcome on two issues can trade: each votes nearer to the other on "
            "the issue that matters less to it.",
            "They trade as much as they can, so that both gain the same; the trade with the highest gain comes first.",
            "Trades are kept, and nobody else can stop them or is asked.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "Whether there will be an agreement: it takes a decision for granted.",
            "Anything about a single issue: there is nothing to trade then, and it is the compromise model.",
            "Trades among three or more parties, and trades that others prevent.",
            "Anything about threats, the war or time, beyond what changes a capability or a salience.",
            *CARD_UNREAD,
        ),
        variables={
            "final_median": "weighted median of the votes after the last round, on the issue",
            "moved": "number of parties that vote elsewhere than they began, on the issue",
            "exchanges": "number of trades, in all rounds",
            "own_gain": "what the party gains by its own trades: shifts of outcomes in points, times salience (party)",
            "inner_gain": "what it gains by trades of others, one of whom stands on the same sides as it (party)",
            "inner_loss": "what it loses by such trades, <= 0 (party)",
            "outer_gain": "what it gains by trades of others, neither of whom does (party)",
            "outer_loss": "what it loses by such trades, <= 0 (party)",
            "round_position": "one forecast only: votes by round, 0 the positions at the start (round, party, issue)",
            "round_median": "one forecast only: weighted medians by round (round, issue)",
            "round_mean": "one forecast only: weighted means by round (round, issue)",
            "trade_round": "one forecast only: the round of each trade (trade)",
            "trade_party": "one forecast only: numbers of the two parties, the one first that moves on the issue "
            "listed first (trade, side)",
            "trade_issue": "one forecast only: number of the issue on which each moves (trade, side)",
            "trade_from": "one forecast only: where it stood there before the trade (trade, side)",
            "trade_to": "one forecast only: where it votes after it (trade, side)",
            "trade_gain": "one forecast only: what each gains by it (trade, side)",
            "trade_equal_gain": "one forecast only: what each gains where both gain the same (trade)",
            "trade_external": "one forecast only: what each party gains by it (trade, party)",
            "trade_effect": "one forecast only: what it is to each party: 0 none, 1 inner gain, 2 inner loss, 3 outer "
            "gain, 4 outer loss, 5 its own (trade, party)",
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            **influence.VARIABLES,
        },
        references=("StokmanVanOosten1994", "VandenBos1991"),
    )

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            if getattr(self, name) not in get_args(allowed):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(allowed))}")
        if not 0 <= self.rounds <= 1000:
            raise UsageError(f"rounds is {self.rounds}; it must lie in 0..1000")
        if not 0 <= self.randomness <= 1:
            raise UsageError(f"randomness is {self.randomness}; it must lie in 0..1")
        for name, value in PEER_SETTINGS.items() if self.preset == "peer" else ():
            if getattr(self, name) not in {value, getattr(type(self), name)}:
                raise UsageError(f"{name} is '{getattr(self, name)}', but preset peer means '{value}'")

    @property
    def rules(self) -> Rules:
        """The settings as the formulas take them."""
        peer = self.preset == "peer"
        return Rules(
            current_outcome=PEER.current_outcome if peer else self.outcome == "current",
            left_at_outcome=PEER.left_at_outcome if peer else self.at_outcome == "left",
            once=PEER.once if peer else self.supply == "once",
            capped=PEER.capped if peer else self.planned == "capped",
            partly=PEER.partly if peer else self.next_round == "partly",
            random_ties=self.among_equals == "random",
            randomness=float(self.randomness),
        )

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:
        """See `Engine.forecast`; this path uses the readable formulas."""
        draws = Draws.of_modes(scenario)
        position, weight = positions(draws), batch_weights(draws)
        reason = str(undefined(position, weight)[0])
        if reason:
            raise EngineError(reason)
        history, trades = self._played(position[0], saliences(draws)[0], weight[0], Dice(self._seed(rng)))
        own, felt = totals(trades, len(scenario.parties))
        sums = np.array([float(len(trades))]), own[np.newaxis], felt[np.newaxis]
        data = single(dataset(scenario, 1, self._variables(draws, history[-1:], sums)))
        named: dict[str, Any] = {
            "round_position": (("round", "party", "issue"), history),
            "round_median": (("round", "issue"), weighted_medians(history.swapaxes(1, 2), weight[0].T[np.newaxis])),
            "round_mean": (("round", "issue"), means(history, weight)),
        }
        data = data.assign(named).assign(recorded(trades, len(scenario.parties)))
        data = data.assign(influence.blockers(self, draws))
        return Forecast(made=made("exchange_model", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:
        """See `BatchEngine.forecast_many`; this path uses the compiled twin."""
        position, weight, rules = positions(draws), batch_weights(draws), self.rules
        chosen = (
            rules.current_outcome,
            rules.left_at_outcome,
            rules.once,
            rules.capped,
            rules.partly,
            rules.random_ties,
        )
        seeds = np.array([self._seed(rng) for rng in rngs], dtype=np.uint64)
        votes, count, own, felt = trade(
            position, saliences(draws), weight, self.rounds, (chosen, rules.randomness), seeds
        )
        variables = self._variables(draws, votes, (count, own, felt))
        return dataset(draws.base, len(draws), variables, failure=undefined(position, weight))

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        dict
            `rounds` with positions, median and mean; `exchanges`, each with both moves, the gain, and what it gives
            everybody else; `externalities`, the sums of that by party and kind; `blockers`; `red_lines_crossed`.
        """
        return detail(forecast)

    def _seed(self, rng: np.random.Generator) -> int:
        """Nothing is drawn where nothing is left to chance."""
        return int(rng.integers(2**63)) if self.rules.random_ties or self.rules.randomness > 0 else 0

    def _played(
        self, position: Array, salience: Array, weight: Array, dice: Dice
    ) -> tuple[Array, list[tuple[int, Trade]]]:
        """Votes by round, shape (round, party, issue), and the trades with their rounds."""
        history, trades = [position], []
        wants = position
        for t in range(1, self.rounds + 1):
            votes, traded = one_round(wants, salience, weight, self.rules, dice)
            history.append(votes if traded else history[-1])
            trades += [(t, each) for each in traded]
            if traded:
                wants = next_positions(wants, votes, salience, self.rules)
        return np.stack(history), trades

    def _variables(self, draws: Draws, votes: Array, sums: tuple[Array, Array, Array]) -> dict[str, Any]:
        """The variables along draws: from votes, shape (draw, party, issue), and the trades' number and gains."""
        weight, (count, own, felt) = batch_weights(draws), sums
        moved = (np.abs(np.nan_to_num(votes - positions(draws))) > 1e-9).sum(axis=1).astype(np.float64)
        median = weighted_medians(votes.swapaxes(1, 2), weight.swapaxes(1, 2))
        gains = {name: (("draw", "party"), felt[..., k]) for k, name in enumerate(TOTALS)}
        return judged(draws, means(votes, weight)) | {
            "final_median": (("draw", "issue"), median),
            "moved": (("draw", "issue"), moved),
            "exchanges": count,
            "own_gain": (("draw", "party"), own),
            **gains,
        }
