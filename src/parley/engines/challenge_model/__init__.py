"""The challenge model: parties press each other to move, round by round. `ChallengeModel`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.challenge_model.detail import detail
from parley.errors import EngineError, UsageError
from parley.kernels.challenge import play
from parley.methods import influence
from parley.methods.challenge import (
    CHOICES,
    PEER,
    Compelled,
    CompromiseRule,
    Denominator,
    Offers,
    Risk,
    RiskAmong,
    Round,
    Rules,
    Scale,
    Votes,
    closed,
    one_round,
    repeats,
    span_of,
    weighted_medians,
)
from parley.methods.collective import CARD_ASSUMPTIONS, CARD_UNREAD, batch_weights, judged, undefined
from parley.methods.columns import positions, saliences
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["ChallengeModel"]

Settlement = Literal["median", "mean"]
Preset = Literal["none", "peer"]

OWN = ("final_median", "final_mean", "moved", "cycle_from", "cycle_length", "last_round")


@dataclass(frozen=True, kw_only=True)
class ChallengeModel:
    """Play the rounds of the expected-utility model on each issue.

    Attributes
    ----------
    rounds : number of rounds, 0..1000
    stop_change : an issue is closed once its weighted median moves by less than this in a round, in points of 100; 0:
        all rounds are played
    settlement : which point of the last round is the forecast: the weighted `median`, or the weighted `mean`
    preset : `none`, or `peer` for what the open replication of the model does: compromise_rule=lowest_position and
        compelled=stays
    p_denominator : what the votes for a challenger are a share of: the votes of `all_pairs` of parties (the reading
        that comes closest to the published run), or of the one `contest`, as the paper prints it
    compromise_rule : which of several compromises a party takes: that of the rival with the
        `highest_expected_utility`, that of `least_movement`, or the one at the `lowest_position` of the scale
    offers : `by_kind`, a confrontation before a compromise, and that before being compelled; or the offer of
        `least_movement`, of whatever kind
    compelled : a party that would lose at least as much as the other would gain `gives_in`, or `stays`
    risk : whether attitudes to risk are `recomputed` in each round, `carried` on from the first, or `off`
    risk_among : whether the threat to a party is held against the threats to the other `parties`, or against what
        it would be under at other `positions`
    votes : whether voters see distances through their `own_risk`, or `neutral`
    scale : what distances are measured by: how far apart the `first_positions` or the `current_positions` are, or the
        length of the `whole_issue`
    status_quo : Q, the chance that things stay as they are if nobody challenges, 0..1; else the rival goes to the
        median

    Raises
    ------
    UsageError
        If a setting is unknown, out of range, or at odds with the preset.
    """

    rounds: int = 10
    stop_change: float = 0.0
    settlement: Settlement = "median"
    preset: Preset = "none"
    p_denominator: Denominator = "all_pairs"
    compromise_rule: CompromiseRule = "highest_expected_utility"
    offers: Offers = "by_kind"
    compelled: Compelled = "gives_in"
    risk: Risk = "recomputed"
    risk_among: RiskAmong = "parties"
    votes: Votes = "own_risk"
    scale: Scale = "first_positions"
    status_quo: float = 1.0

    card: ClassVar[EngineCard] = EngineCard(
        title="Challenge model (expected utility)",
        short="challenge model",
        question="If parties press each other to move, who gives way to whom, and where does each issue end up?",
        needs=("positions",),
        assumptions=(
            *CARD_ASSUMPTIONS,
            "Each party sees every other's position, salience and power, and judges by its own attitude to risk.",
            "Who is challenged resists in proportion to its salience; third parties side with the nearer position.",
            "A party moves as little as it must, and all parties move at once.",
            "The talks last as many rounds as the setting says, unless a setting closes them earlier.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "Whether there will be an agreement: it takes a decision for granted.",
            "How long a round is.",
            "Anything about threats, the war or time, beyond what changes a capability or a salience.",
            *CARD_UNREAD,
            "Where it comes to rest, on many issues: positions may go round in a circle, and it then says so.",
        ),
        variables={
            "final_median": "weighted median of the positions after the last round, on the issue",
            "final_mean": "their weighted mean",
            "moved": "number of parties that end elsewhere than they began, on the issue",
            "cycle_from": "the first round whose positions come back later, on the issue; NaN where none does",
            "cycle_length": "after how many rounds they come back: 1 where all are at rest, 0 where none comes back",
            "last_round": "the last round that was played on the issue",
            "round_position": "one forecast only: positions by round (round, party, issue)",
            "round_median": "one forecast only: weighted medians by round (round, issue)",
            "round_mean": "one forecast only: weighted means by round (round, issue)",
            "move_kind": "one forecast only: what each party did to get there: 0 stayed, 1 gave way in a "
            "confrontation, 2 compromised, 3 was compelled (round, party, issue)",
            "followed": "one forecast only: number of the party whose offer it took; -1 none (round, party, issue)",
            "expected_challenger": "one forecast only: what a party expects of challenging another, as it sees it "
            "before the round (round, party, other, issue)",
            "expected_challenged": "one forecast only: what it expects if the other challenges it (round, party, "
            "other, issue)",
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            **influence.VARIABLES,
        },
        references=("BuenoDeMesquita1994", "ScholzCalbertSmith2011"),
    )

    def __post_init__(self) -> None:
        for name, allowed in {"settlement": Settlement, "preset": Preset, **CHOICES}.items():
            if getattr(self, name) not in get_args(allowed):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(allowed))}")
        for name, top in {"rounds": 1000, "stop_change": 100, "status_quo": 1}.items():
            if not 0 <= getattr(self, name) <= top:
                raise UsageError(f"{name} is {getattr(self, name)}; it must lie in 0..{top}")
        for name, value in PEER.items() if self.preset == "peer" else ():
            if getattr(self, name) not in {value, getattr(type(self), name)}:
                raise UsageError(f"{name} is '{getattr(self, name)}', but preset peer means '{value}'")

    @property
    def rules(self) -> Rules:
        """The settings as the formulas take them."""
        chosen = {name: getattr(self, name) for name in CHOICES} | (PEER if self.preset == "peer" else {})
        return Rules(**chosen, status_quo=float(self.status_quo))

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`; this path uses the readable formulas."""
        draws = Draws.of_modes(scenario)
        position, weight = positions(draws), batch_weights(draws)
        reason = str(undefined(position, weight)[0])
        if reason:
            raise EngineError(reason)
        trace = [
            self._traced(position[0, :, i], saliences(draws)[0, :, i], weight[0, :, i])
            for i in range(len(scenario.issues))
        ]
        history = np.stack([each["round_position"] for each in trace], axis=2)
        data = single(dataset(scenario, 1, self._variables(draws, history[np.newaxis], weight)))
        wide, deep = ("round", "party", "issue"), ("round", "party", "other", "issue")
        dims = dict.fromkeys(("round_position", "move_kind", "followed"), wide)
        every = {**dims, **dict.fromkeys(("expected_challenger", "expected_challenged"), deep)}
        named: dict[str, Any] = {
            name: (dim, np.stack([each[name] for each in trace], axis=-1)) for name, dim in every.items()
        }
        named["round_median"] = (("round", "issue"), weighted_medians(history.swapaxes(1, 2), weight[0].T[np.newaxis]))
        named["round_mean"] = (("round", "issue"), _means(history, weight[0]))
        data = data.assign(named).assign(influence.blockers(self, draws, most=_affordable(scenario)))
        return Forecast(made=made("challenge_model", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`; this path uses the compiled twin."""
        position, salience, weight, rules = positions(draws), saliences(draws), batch_weights(draws), self.rules
        played = [
            play(position[..., i], salience[..., i], weight[..., i], self.rounds, rules.numbers, rules.status_quo)
            for i in range(position.shape[2])
        ]
        variables = self._variables(draws, np.stack(played, axis=3), weight)
        return dataset(draws.base, len(draws), variables, failure=undefined(position, weight))

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        dict
            `rounds` with positions, median and mean; `moves`, with who moved towards whom and why; `challenges`, what
            every party expects of challenging every other; `cycle` by issue; `blockers`; `red_lines_crossed`.
        """
        return detail(forecast)

    def _traced(self, position: Array, salience: Array, weight: Array) -> dict[str, Array]:
        """Play one issue by the readable formulas; arrays of shape (round, party) or (round, party, other)."""
        here = np.flatnonzero(~np.isnan(position))
        count, rounds = position.size, self.rounds + 1
        wide, deep = (rounds, count), (rounds, count, count)
        result = {name: np.full(wide, np.nan) for name in ("round_position", "move_kind", "followed")}
        result |= {name: np.full(deep, np.nan) for name in ("expected_challenger", "expected_challenged")}
        stands = position[here]
        result["round_position"][:, here], result["move_kind"][:, here], result["followed"][:, here] = stands, 0, -1
        played, first, power = None, stands, weight[here]
        for t in range(1, rounds if here.size else 0):
            span, before = span_of(first, stands, self.rules), played.exponent if played else None
            played = one_round(stands, salience[here], power, span, self.rules, before=before)
            _enter(result, t, here, played)
            earlier, stands = stands, played.position
            if abs(weighted_medians(stands, power) - weighted_medians(earlier, power)) < self.stop_change:
                break
        return result

    def _variables(self, draws: Draws, history: Array, weight: Array) -> dict[str, Any]:
        """The variables along draws from positions, shape (draw, round, party, issue)."""
        rests = [closed(history[..., i], weight[..., i], self.stop_change) for i in range(history.shape[3])]
        end, start = np.stack([each[:, -1] for each, _ in rests], axis=2), history[:, 0]
        last = np.stack([rounds for _, rounds in rests], axis=1).astype(np.float64)
        median = weighted_medians(end.swapaxes(1, 2), weight.swapaxes(1, 2))
        mean = _means(end, weight)
        moved = (np.abs(np.nan_to_num(end - start)) > 1e-9).sum(axis=1).astype(np.float64)
        found = [repeats(each) for each, _ in rests]
        first, length = (np.stack([each[k] for each in found], axis=1) for k in (0, 1))
        played = first + length <= last
        columns = (median, mean, moved, np.where(played, first, np.nan), np.where(played, length, 0.0), last)
        own = {name: (("draw", "issue"), column) for name, column in zip(OWN, columns, strict=True)}
        return judged(draws, median if self.settlement == "median" else mean) | own


def _enter(result: dict[str, Array], t: int, here: NDArray[np.intp], played: Round) -> None:
    result["round_position"][t:, here] = played.position
    result["move_kind"][t, here] = played.kind
    result["followed"][t, here] = np.where(played.followed < 0, -1, here[played.followed])
    result["expected_challenger"][t][np.ix_(here, here)] = played.challenger
    result["expected_challenged"][t][np.ix_(here, here)] = played.challenged


def _means(stands: Array, weight: Array) -> Array:
    """Weighted means over parties, shape (draw or round, issue), from (…, party, issue)."""
    total = weight.sum(axis=-2)
    pulled = (weight * np.nan_to_num(stands)).sum(axis=-2)
    result: Array = np.divide(pulled, total, out=np.full(pulled.shape, np.nan), where=total > 0)
    return result


def _affordable(scenario: Scenario) -> int:
    """For how many parties to play again: all up to a hundred on one issue, fewer where each play takes long."""
    return max(5, int(1e8 / (len(scenario.parties) ** 3 * len(scenario.issues))))
