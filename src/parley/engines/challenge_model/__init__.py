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
from parley.methods.challenge import Round, Rules, one_round, repeats, weighted_medians
from parley.methods.collective import CARD_ASSUMPTIONS, CARD_UNREAD, batch_weights, judged, undefined
from parley.methods.columns import positions, saliences
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["ChallengeModel"]

Denominator = Literal["all_pairs", "contest"]
CompromiseRule = Literal["highest_expected_utility", "least_movement"]
Risk = Literal["recomputed", "off"]
Votes = Literal["own_risk", "neutral"]
Settlement = Literal["median", "mean"]

OWN = {"final_median": 0, "final_mean": 1, "moved": 2, "cycle_from": 3, "cycle_length": 4}


@dataclass(frozen=True, kw_only=True)
class ChallengeModel:
    """Play the rounds of the expected-utility model on each issue.

    Attributes
    ----------
    rounds : number of rounds, 0..1000
    settlement : which point of the last round is the forecast: the weighted `median`, or the weighted `mean`
    p_denominator : what the votes for a challenger are a share of: the votes of `all_pairs` of parties (the reading
        that comes closest to the published run), or of the one `contest`, as the paper prints it
    compromise_rule : which of several compromises a party takes: that of the rival with the
        `highest_expected_utility`, or that of `least_movement`
    risk : whether attitudes to risk are `recomputed` in each round, or `off`
    votes : whether voters see distances through their `own_risk`, or `neutral`

    Raises
    ------
    UsageError
        If a setting is unknown or out of range.
    """

    rounds: int = 10
    settlement: Settlement = "median"
    p_denominator: Denominator = "all_pairs"
    compromise_rule: CompromiseRule = "highest_expected_utility"
    risk: Risk = "recomputed"
    votes: Votes = "own_risk"

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
            "The talks last as many rounds as the setting says, whether or not anybody would still move.",
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
        choices = {
            "settlement": Settlement,
            "p_denominator": Denominator,
            "compromise_rule": CompromiseRule,
            "risk": Risk,
            "votes": Votes,
        }
        for name, allowed in choices.items():
            if getattr(self, name) not in get_args(allowed):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(allowed))}")
        if not 0 <= self.rounds <= 1000:
            raise UsageError(f"rounds is {self.rounds}; it must lie in 0..1000")

    @property
    def rules(self) -> Rules:
        """The settings as the formulas take them."""
        return Rules(
            all_pairs=self.p_denominator == "all_pairs",
            own_risk_in_votes=self.votes == "own_risk",
            least_movement=self.compromise_rule == "least_movement",
            recomputed_risk=self.risk == "recomputed",
        )

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
        data = data.assign(named).assign(influence.blockers(self, draws))
        return Forecast(made=made("challenge_model", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`; this path uses the compiled twin."""
        position, salience, weight, rules = positions(draws), saliences(draws), batch_weights(draws), self.rules
        flags = (rules.all_pairs, rules.own_risk_in_votes, rules.least_movement, rules.recomputed_risk)
        played = [
            play(position[..., i], salience[..., i], weight[..., i], self.rounds, flags)
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
        span = float(np.ptp(stands)) if here.size else 0.0
        result["round_position"][0, here], result["move_kind"][0, here], result["followed"][0, here] = stands, 0, -1
        for t in range(1, rounds if here.size else 0):
            played = one_round(stands, salience[here], weight[here], span, self.rules)
            _enter(result, t, here, played)
            stands = played.position
        return result

    def _variables(self, draws: Draws, history: Array, weight: Array) -> dict[str, Any]:
        """The variables along draws from positions, shape (draw, round, party, issue)."""
        last, start = history[:, -1], history[:, 0]
        median = weighted_medians(last.swapaxes(1, 2), weight.swapaxes(1, 2))
        total = weight.sum(axis=1)
        pulled = (weight * np.nan_to_num(last)).sum(axis=1)
        mean = np.divide(pulled, total, out=np.full(total.shape, np.nan), where=total > 0)
        moved = (np.abs(np.nan_to_num(last - start)) > 1e-9).sum(axis=1).astype(np.float64)
        found = [repeats(history[..., i]) for i in range(history.shape[3])]
        first, length = (np.stack([each[k] for each in found], axis=1) for k in (0, 1))
        columns = (median, mean, moved, first, length)
        own = {name: (("draw", "issue"), columns[k]) for name, k in OWN.items()}
        return judged(draws, median if self.settlement == "median" else mean) | own


def _enter(result: dict[str, Array], t: int, here: NDArray[np.intp], played: Round) -> None:
    result["round_position"][t, here] = played.position
    result["move_kind"][t, here] = played.kind
    result["followed"][t, here] = np.where(played.followed < 0, -1, here[played.followed])
    result["expected_challenger"][t][np.ix_(here, here)] = played.challenger
    result["expected_challenged"][t][np.ix_(here, here)] = played.challenged


def _means(history: Array, weight: Array) -> Array:
    total = weight.sum(axis=0)
    pulled = (weight * np.nan_to_num(history)).sum(axis=1)
    result: Array = np.divide(pulled, total, out=np.full(pulled.shape, np.nan), where=total > 0)
    return result
