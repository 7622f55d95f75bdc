"""The spatial model of politics: parties strike bargains under the shadow of contests. `SpatialModelOfPolitics`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args, get_type_hints

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.spatial_model_of_politics.detail import detail
from parley.engines.spatial_model_of_politics.reading import Reading, SalienceScale, read
from parley.engines.spatial_model_of_politics.turns import Side, Talks, talk
from parley.errors import EngineError, UsageError
from parley.kernels.spatial_politics import negotiate
from parley.methods import influence
from parley.methods import spatial_politics as formulas
from parley.methods.challenge import weighted_medians
from parley.methods.collective import CARD_UNREAD, judged
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["SpatialModelOfPolitics"]

Choice = Literal["likeliest", "drawn"]
Settlement = Literal["mean", "likeliest"]

DRAWS_AT_ONCE = 256
"""Draws whose random numbers are held in memory at the same time."""

RANGES = {"accommodation": (0.0, 1.0), "stop_share": (0.0, 1.0), "minimum_turns": (0, 1000), "maximum_turns": (1, 1000)}


@dataclass(frozen=True, kw_only=True)
class SpatialModelOfPolitics:
    """Let parties bargain turn by turn, on all issues together, until their positions rest.

    Attributes
    ----------
    voting : how votes follow from differences of utility: `proportional` to them, `binary` (all or nothing),
        `mostly_proportional` (a fifth binary), `half_cubic`, `cubic`, or `loss_averse` (gains count two thirds)
    victory_odds : the chance of victory by the strength of two coalitions: in proportion to their `linear`, `square`,
        `quartic` or `octic` power, or certain from an advantage of a tenth on (`threshold`)
    outcome_odds : the chance of an outcome by its odds against each other one: `conditional` on some option beating
        all others, or as a long run of challenges, by incentives (`incentive_chain`) or all alike (`uniform_chain`)
    choice : of the bargains before it a party gets the `likeliest`, or one `drawn` by their chances
    risk_view : how much a party knows of another's attitude to risk: nothing, so that it sees its `own`; `one_third`,
        `half` or `two_thirds` of the difference; or all (`full`)
    risk_range : attitudes to risk run from `zero_to_one`, `minus_half_to_one` or `minus_one_to_one`
    third_parties : third parties are `fully_committed` to the side that they join, `partly_committed` (if it loses
        they are taken with it) or `uncommitted`
    bargain_weights : the pull of each side on a bargain: salience times chance (`plain`), both `squared`, or squared
        salience by the `power_gap`
    bargain_view : bargains rest on the estimates of the `opener`, of `both` (two bargains), or on a `blend`
    receiver_estimate : what stands for the receiver's estimate: the opener's `gain`, as in KTAB, or its `chance`
    accommodation : how far a party's ideal follows its position in a turn, 0..1
    minimum_turns, maximum_turns : bounds of the number of turns, 0..1000 and 1..1000
    stop_share : the talks end when parties move less than this share of what they moved in the first turn, 0..1
    salience_scale : saliences are divided by the `largest_sum` of any party where that is above 1, or each party's by
        its `own_sum`
    settlement : the `mean` of the last positions, weighted by their chances, or the `likeliest` of them

    Raises
    ------
    UsageError
        If a setting is unknown or out of range.
    """

    voting: formulas.Voting = "proportional"
    victory_odds: formulas.VictoryOdds = "linear"
    outcome_odds: formulas.OutcomeOdds = "conditional"
    choice: Choice = "likeliest"
    risk_view: formulas.RiskView = "one_third"
    risk_range: formulas.RiskRange = "minus_half_to_one"
    third_parties: formulas.ThirdParties = "partly_committed"
    bargain_weights: formulas.BargainWeights = "squared"
    bargain_view: formulas.BargainView = "opener"
    receiver_estimate: formulas.ReceiverEstimate = "gain"
    accommodation: float = 1.0
    minimum_turns: int = 2
    maximum_turns: int = 100
    stop_share: float = 0.02
    salience_scale: SalienceScale = "largest_sum"
    settlement: Settlement = "mean"

    card: ClassVar[EngineCard] = EngineCard(
        title="Spatial model of politics",
        short="spatial model of politics",
        question="If parties bargain over all issues together, each with an eye on who would win a contest, where do "
        "their positions come to rest?",
        needs=("positions",),
        assumptions=(
            "A decision is made on every issue.",
            "Issues hang together: a party weighs a whole package of positions, by its saliences.",
            "Each party knows every other's position, salience and power, but not quite its attitude to risk.",
            "Each proposes one bargain a turn, to the rival from whom it expects to gain most by a contest.",
            "Of the bargains that concern a party it gets the one that all parties together back most.",
            "Saliences are shares of a party's attention, which sum to at most 1.",
            "Where a party takes no position on an issue it stands at the compromise mean and does not care.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "Whether there will be an agreement: it takes a decision for granted.",
            "How long a turn is.",
            "Anything about threats, the war or time, beyond what changes a capability or a salience.",
            *CARD_UNREAD,
            "Which of several endings is the right one: a small change in the numbers may lead to another coalition.",
        ),
        variables={
            "turns": "number of turns until the positions rest, or until the most turns allowed",
            "converged": "1 where the positions came to rest, else 0",
            "chance": "chance of the party's last position to be the outcome; parties that stand together share one, "
            "so that the sum may be above 1; NaN where the party takes no part",
            "final_position": "where the party ends on the issue (party, issue)",
            "round_position": "one forecast only: positions by turn (round, party, issue)",
            "round_chance": "one forecast only: chance of each party's position by turn (round, party)",
            "round_median": "one forecast only: weighted medians by turn (round, issue)",
            "round_mean": "one forecast only: weighted means by turn (round, issue)",
            "partner": "one forecast only: number of the party with which it struck a bargain; -1 none (round, party)",
            "opened": "one forecast only: 1 where it proposed that bargain itself (round, party)",
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            **influence.VARIABLES,
        },
        references=("KTAB", "BuenoDeMesquita1994"),
    )

    def __post_init__(self) -> None:
        for name, kind in get_type_hints(type(self)).items():
            if get_args(kind) and name != "card" and getattr(self, name) not in get_args(kind):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(kind))}")
        for name, (low, high) in RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise UsageError(f"{name} is {getattr(self, name)}; it must lie in {low:g}..{high:g}")
        if self.minimum_turns > self.maximum_turns:
            raise UsageError(f"minimum_turns is {self.minimum_turns}; it must not be above maximum_turns")

    @property
    def rules(self) -> formulas.Rules:
        """The settings as the formulas take them."""
        return formulas.Rules(**{field.name: getattr(self, field.name) for field in dataclasses.fields(formulas.Rules)})

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:
        """See `Engine.forecast`; this path uses the readable formulas."""
        draws = Draws.of_modes(scenario)
        reading = read(draws, self.salience_scale)
        if reading.failure[0]:
            raise EngineError(str(reading.failure[0]))
        here = np.flatnonzero(~np.isnan(reading.capability[0]))
        luck = self._luck([rng], len(scenario.parties))[0]
        talks = self._talk(reading, here, luck[:, here]) if here.size else None
        final, chance, weight, turns = _outcome(reading, here, talks)
        variables = self._variables(draws, reading, (final, chance, weight, turns))
        data = single(dataset(scenario, 1, variables)).assign(_by_round(reading, here, talks))
        data = data.assign(influence.blockers(self, draws, most=_affordable(scenario)))
        return Forecast(made=made("spatial_model_of_politics", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:
        """See `BatchEngine.forecast_many`; this path uses the compiled twin."""
        reading, numbers = read(draws, self.salience_scale), self._numbers()
        at_once = DRAWS_AT_ONCE if self.choice == "drawn" else max(1, len(draws))
        found = []
        for start in range(0, max(1, len(draws)), at_once):
            part = slice(start, start + at_once)
            luck = self._luck(rngs[part], reading.capability.shape[1])
            point, salience, power = reading.point[part], reading.salience[part], reading.capability[part]
            found.append(negotiate(point, salience, power, reading.order[part], luck, numbers))
        final, chance, weight, turns = (np.concatenate(each) for each in zip(*found, strict=True))
        variables = self._variables(draws, reading, (final, chance, weight, turns))
        return dataset(draws.base, len(draws), variables, failure=reading.failure)

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        dict
            `rounds` with positions, median, mean and `chance` by party; `moves`, with who struck a bargain with whom;
            `turns` and `converged`; `blockers`; `red_lines_crossed`.
        """
        return detail(forecast)

    def _luck(self, rngs: Sequence[np.random.Generator], parties: int) -> Array:
        """What decides between bargains, shape (draw, turn, party); no turns where the likeliest is taken."""
        if self.choice == "likeliest":
            return np.empty((len(rngs), 0, parties))
        return np.array([rng.random((self.maximum_turns, parties)) for rng in rngs])

    def _numbers(self) -> Mapping[str, float]:
        """The settings as the compiled code takes them: words by their place in their type."""
        kinds = get_type_hints(formulas.Rules)
        values = {name: getattr(self.rules, name) for name in kinds}
        return {
            name: get_args(kinds[name]).index(value) if get_args(kinds[name]) else value
            for name, value in values.items()
        }

    def _talk(self, reading: Reading, here: NDArray[np.intp], luck: Array) -> Talks:
        place = np.full(reading.capability.shape[1], -1)
        place[here] = np.arange(here.size)
        order = place[reading.order[0]]
        side = Side(salience=reading.salience[0, here], capability=reading.capability[0, here], order=order[order >= 0])
        return talk(reading.point[0, here], side, self.rules, luck)

    def _variables(self, draws: Draws, reading: Reading, outcome: tuple[Array, Array, Array, Array]) -> dict[str, Any]:
        """The variables along draws, given final positions, their chances and weights, and turns."""
        final, chance, weight, turns = outcome
        if self.settlement == "likeliest":
            ranked = np.take_along_axis(np.nan_to_num(weight), reading.order, axis=1)
            best = np.take_along_axis(reading.order, ranked.argmax(axis=1)[:, np.newaxis], axis=1)
            weight = np.where(np.arange(weight.shape[1]) == best, 1.0, 0.0)
        held = ~np.isnan(reading.position)
        settled = held.any(axis=1) & (~np.isnan(reading.capability)).any(axis=1, keepdims=True)
        mean = (np.nan_to_num(weight)[:, :, np.newaxis] * np.nan_to_num(final)).sum(axis=1)
        settlement = np.where(settled, 100.0 * np.clip(mean, 0.0, 1.0), np.nan)
        ended = 100.0 * np.where(held, np.where(np.isnan(final), reading.position, final), np.nan)
        return judged(draws, settlement) | {
            "turns": turns[:, 0],
            "converged": turns[:, 1],
            "chance": (("draw", "party"), chance),
            "final_position": (("draw", "party", "issue"), ended),
        }


def _outcome(reading: Reading, here: NDArray[np.intp], talks: Talks | None) -> tuple[Array, Array, Array, Array]:
    """What the compiled twin would give: final positions, chances, weights and turns along one draw."""
    final, chance = np.full(reading.point.shape, np.nan), np.full(reading.capability.shape, np.nan)
    weight, turns = chance.copy(), np.array([[0.0, 1.0]])
    if talks is not None:
        final[0, here], chance[0, here], weight[0, here] = talks.point[-1], talks.chance[-1], talks.weight
        turns = np.array([[len(talks.point) - 1.0, float(talks.rests)]])
    return final, chance, weight, turns


def _by_round(reading: Reading, here: NDArray[np.intp], talks: Talks | None) -> dict[str, Any]:
    """The variables of one forecast by turn."""
    turns = 1 if talks is None else len(talks.point)
    position = np.repeat(reading.point, turns, axis=0)
    chance = np.full((turns, position.shape[1]), np.nan)
    partner, opened = np.full(chance.shape, -1.0), np.zeros(chance.shape)
    if talks is not None:
        position[:, here], chance[:, here] = talks.point, talks.chance
        for t, taken in enumerate(talks.struck, start=1):
            for k, bargain in enumerate(taken):
                if bargain is not None:
                    opened[t, here[k]] = bargain.opener == k
                    partner[t, here[k]] = here[bargain.receiver if bargain.opener == k else bargain.opener]
    position = 100.0 * np.where(np.isnan(reading.position), np.nan, position)
    weight = np.repeat(reading.weight, turns, axis=0)
    total = weight.sum(axis=1)
    pulled = (weight * np.nan_to_num(position)).sum(axis=1)
    return {
        "round_position": (("round", "party", "issue"), position),
        "round_chance": (("round", "party"), chance),
        "round_median": (("round", "issue"), weighted_medians(position.swapaxes(1, 2), weight.swapaxes(1, 2))),
        "round_mean": (
            ("round", "issue"),
            np.divide(pulled, total, out=np.full(total.shape, np.nan), where=total > 0),
        ),
        "partner": (("round", "party"), partner),
        "opened": (("round", "party"), opened),
    }


def _affordable(scenario: Scenario) -> int:
    """For how many parties to run it again: all up to some sixty on one issue, fewer where each run takes long."""
    return max(5, int(1e9 / (len(scenario.parties) ** 4 * len(scenario.issues))))
