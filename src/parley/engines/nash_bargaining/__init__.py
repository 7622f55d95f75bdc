"""Cooperative bargaining: the settlement with the largest product of gains over disagreement. `NashBargaining`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.nash_bargaining.detail import detail
from parley.engines.nash_bargaining.reading import Agenda, Bargains, Disagreement, Weights, read
from parley.errors import EngineError, UsageError
from parley.methods import bargaining, bargaining_linear, influence
from parley.methods.bargaining_many import solve_many
from parley.methods.collective import CARD_UNREAD_BUT_RULES, judged, undefined
from parley.methods.columns import positions
from parley.methods.results import dataset, made, single

if TYPE_CHECKING:
    import xarray as xr
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

__all__ = ["NashBargaining"]

Loss = Literal["quadratic", "linear"]
Which = Literal["nash", "kalai_smorodinsky", "egalitarian"]

SOLUTIONS: tuple[Which, ...] = get_args(Which)


@dataclass(frozen=True, kw_only=True)
class NashBargaining:
    """Settle by the weighted Nash bargaining solution, or by one of the two solutions beside it.

    Attributes
    ----------
    solution : which one is the forecast: `nash`, `kalai_smorodinsky` or `egalitarian`
    agenda : whether all issues are settled in one `package`, or `issue_by_issue`
    loss : how a party's loss grows with the distance of a settlement from its position: `quadratic` or `linear`
    weights : what gives bargaining weight: `capability_salience`, `capability`, or `equal` for all who take part
    disagreement : what holds without agreement: the scenario's `reference_point` where it names one and a party's worst
        outcome on the scale where it does not, or always the `worst`
    cost_of_disagreement : what disagreement costs every party beyond that, in payoffs, 0..1e6

    Raises
    ------
    UsageError
        If a setting is unknown or out of range.
    """

    solution: Which = "nash"
    agenda: Agenda = "package"
    loss: Loss = "quadratic"
    weights: Weights = "capability_salience"
    disagreement: Disagreement = "reference_point"
    cost_of_disagreement: float = 0.0

    card: ClassVar[EngineCard] = EngineCard(
        title="Nash bargaining solution",
        short="Nash bargaining solution",
        question="Which agreement would fair and able bargainers reach, given what each has without one?",
        needs=("positions",),
        assumptions=(
            "Everybody with a position, salience and capability must agree; nobody accepts less than disagreement.",
            "Everybody knows what every party wants and what it has without agreement.",
            "Bargaining leaves nothing on the table: no other agreement is better for all.",
            "Without a reference point in the scenario, disagreement leaves each party its worst outcome on the scale.",
            "Gains on different issues add up, weighted by salience, and may be traded within the package.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "How likely agreement is: it names what would be agreed, and where nothing would.",
            "How the parties get there, in how many steps, and who makes which offer.",
            "Anything about threats, the war or time, beyond what changes a capability, salience or reference point.",
            *CARD_UNREAD_BUT_RULES,
            "What a rule of decision says beyond what holds without one: everybody who takes part has a veto.",
        ),
        variables={
            "gridlock": "1 where the issue stays at its reference point, since to move it would hurt someone who could "
            "gain nothing in return, else 0",
            "gain": "what a party gains over disagreement, as the model counts payoffs; NaN where it takes no part",
            "shortfall": "at most by how much the logarithm of the Nash product, per unit of weight, misses its "
            "maximum; NaN for other solutions",
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            "nash": "one forecast only: the Nash solution on the issue",
            "kalai_smorodinsky": "one forecast only: the Kalai-Smorodinsky solution, where all get the same share of "
            "their ideal gains",
            "egalitarian": "one forecast only: the egalitarian solution, where the smallest gain is largest",
            "lower": "one forecast only: lowest point on the issue in all agreements as good as the forecast",
            "upper": "one forecast only: highest such point; above the lowest only under linear loss, in a tie",
            "reference": "one forecast only: where the issue stays without agreement; NaN where the scenario names no "
            "such point",
            "bargaining_weight": "one forecast only: the party's weight (issue by issue: summed over issues); all add "
            "up to 1",
            **influence.VARIABLES,
        },
        references=("Nash1950", "Kalai1977Weights", "KalaiSmorodinsky1975", "Kalai1977", "Imai1983", "Achen2006"),
    )

    def __post_init__(self) -> None:
        choices = {
            "solution": Which,
            "agenda": Agenda,
            "loss": Loss,
            "weights": Weights,
            "disagreement": Disagreement,
        }
        for name, allowed in choices.items():
            if getattr(self, name) not in get_args(allowed):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(allowed))}")
        if not 0 <= self.cost_of_disagreement <= 1e6:
            raise UsageError(f"cost_of_disagreement is {self.cost_of_disagreement}; it must lie in 0..1e6")

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`; this path uses the readable formulas."""
        draws = Draws.of_modes(scenario)
        bargains = self._read(draws)
        reason = str(undefined(positions(draws), bargains.pull)[0])
        if reason:
            raise EngineError(reason)
        found = {which: self._solved(bargains, which) for which in SOLUTIONS}
        settlement, price, interval = found[self.solution]
        data = single(dataset(scenario, 1, self._variables(draws, bargains, settlement, price)))
        points: dict[str, Array] = {which: self._point(bargains, found[which][0])[0] for which in SOLUTIONS}
        stays = np.isnan(settlement)[..., np.newaxis]
        ends = np.where(stays, settlement[..., np.newaxis], interval)
        points["lower"], points["upper"] = (self._point(bargains, ends[..., k])[0] for k in (0, 1))
        points["reference"] = bargains.reference[0]
        weight = bargains.weight.sum(axis=0)
        data = data.assign({name: (("issue",), values) for name, values in points.items()})
        data = data.assign({"bargaining_weight": (("party",), weight / weight.sum())} if weight.any() else {})
        data = data.assign(influence.blockers(self, draws))
        return Forecast(made=made("nash_bargaining", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`; this path uses compiled code under quadratic loss."""
        bargains = self._read(draws)
        if self.loss == "linear" and self.agenda == "issue_by_issue" and self.solution == "nash":
            place, share, distance = (bargains.planes[:, k, :, 0] for k in range(3))
            point, price = bargaining_linear.nash_on_one_issue(
                place, distance, bargains.beyond, bargains.weight, share > 0
            )
            settlement = point[:, np.newaxis]
        elif self.loss == "linear":
            settlement, price, _ = self._solved(bargains, self.solution)
        else:
            settlement, price, _ = solve_many(bargains.planes, bargains.beyond, bargains.weight, self.solution)
        variables = self._variables(draws, bargains, settlement, price)
        return dataset(draws.base, len(draws), variables, failure=undefined(positions(draws), bargains.pull))

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        dict
            `solutions`, by issue the three solutions, the reference point and the interval; `gains` and weights by
            party; `gridlock`, the issues that stay; `shortfall`; `blockers`; `red_lines_crossed`.
        """
        return detail(forecast)

    def _read(self, draws: Draws) -> Bargains:
        return read(
            draws,
            weights=self.weights,
            agenda=self.agenda,
            disagreement=self.disagreement,
            cost=self.cost_of_disagreement,
        )

    def _solved(self, bargains: Bargains, which: Which) -> tuple[Array, Array, Array]:
        """Solve one by one: settlements and prices as `solve_many` gives them, and intervals (bargain, issue, 2)."""
        solve = bargaining.solve if self.loss == "quadratic" else bargaining_linear.solve
        solved = [solve(bargains.bargain(k), which) for k in range(len(bargains.weight))]
        settlement = np.array([each.settlement for each in solved])
        return settlement, np.array([each.price for each in solved]), np.array([each.interval for each in solved])

    def _point(self, bargains: Bargains, settlement: Array) -> Array:
        """Settlements as points 0..100, shape (draw, issue), with the reference point where an issue is not moved."""
        point = settlement.reshape(bargains.reference.shape) * 100.0
        cared = (bargains.pull > 0).any(axis=1)
        return np.where(np.isnan(point) & cared, bargains.reference, point)

    def _variables(self, draws: Draws, bargains: Bargains, settlement: Array, price: Array) -> dict[str, Any]:
        """The variables along draws."""
        point, pull = self._point(bargains, settlement), bargains.pull
        shape = bargains.reference.shape
        gridlock = (np.isnan(settlement).reshape(shape) & (pull > 0).any(axis=1)).astype(np.float64)
        place, share, distance = (bargains.planes[:, k] for k in range(3))
        apart = np.abs(settlement[:, np.newaxis, :] - place)
        closer = (distance - apart) * (distance + apart if self.loss == "quadratic" else 1.0)
        won = np.where((share > 0) & ~np.isnan(apart), share * closer, 0.0).sum(axis=2) + bargains.beyond
        gain, shortfall = np.where(bargains.weight > 0, won, np.nan), np.full(len(settlement), np.nan)
        if self.solution == "nash":
            shortfall = bargaining.shortfalls(bargains.planes, settlement, price, linear=self.loss == "linear")
        if self.agenda == "issue_by_issue":
            gain = np.where(np.isnan(gain), 0.0, gain).reshape(*shape, -1).swapaxes(1, 2)
            care = pull.sum(axis=2)
            gain = np.divide((gain * pull).sum(axis=2), care, out=np.full(care.shape, np.nan), where=care > 0)
            shortfall = shortfall.reshape(shape).max(axis=1)
        return judged(draws, point) | {
            "gridlock": (("draw", "issue"), gridlock),
            "gain": (("draw", "party"), gain),
            "shortfall": shortfall,
        }
