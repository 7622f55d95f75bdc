"""Voting under a rule: which points a majority, qualified majority or unanimity cannot leave. `QualifiedMajority`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.measure import Spot
from parley.domain.scenario import Scenario
from parley.errors import EngineError, UsageError, did_you_mean
from parley.methods import influence
from parley.methods.collective import CARD_ASSUMPTIONS, CARD_UNREAD_BUT_RULES, batch_weights, judged
from parley.methods.collective import detail as red_lines
from parley.methods.columns import capabilities, positions, reference_points
from parley.methods.results import dataset, made, single
from parley.methods.voting import Condition, nearest, pivots, win_set
from parley.methods.weighted import relative

if TYPE_CHECKING:
    import xarray as xr

    from parley.methods.weighted import Array

__all__ = ["QualifiedMajority"]

Rule = Literal["scenario", "majority", "qualified", "unanimity"]
VotesBy = Literal["scenario", "capability", "influence", "equal"]
PointOf = Literal["middle", "lower", "upper"]

ENDS = ("core_low", "core_high", "win_low", "win_high")


@dataclass(frozen=True, kw_only=True)
class QualifiedMajority:
    """Find, issue by issue, which points hold under a rule of decision, and what can replace what holds now.

    Attributes
    ----------
    rule : what a decision needs: what the `scenario` says, more than half (`majority`), the share `threshold`
        (`qualified`), or everybody who takes a position (`unanimity`)
    threshold : share of the votes that decides under `qualified`, and where the scenario has no rule, 0.5..1; at 0.5
        more than half
    votes : whose votes count how much: those that the `scenario` gives and else capability, always `capability`,
        capability times salience (`influence`), or one each (`equal`)
    members : share of the parties, counted by head, that must consent as well, 0..1; 0 for none
    setter : id of the party that alone makes the proposal; empty where anybody may
    point : which of the points that hold to name where the scenario does not say what holds now: the `middle`, the
        `lower` or the `upper` end

    Raises
    ------
    UsageError
        If a setting is unknown or out of range.
    """

    rule: Rule = "scenario"
    threshold: float = 2 / 3
    votes: VotesBy = "scenario"
    members: float = 0.0
    setter: str = ""
    point: PointOf = "middle"

    card: ClassVar[EngineCard] = EngineCard(
        title="Voting under a rule (qualified majority, unanimity)",
        short="voting model",
        question="Under the rule of decision, which points hold, and what can replace what holds now?",
        needs=("positions",),
        assumptions=(
            CARD_ASSUMPTIONS[1],
            "Each party votes for whatever lies nearer to its position, and consents where it is no worse off.",
            "Without the consent that the rule asks for, what holds now goes on holding.",
            "A party without a position on an issue has no say there.",
            "Where nobody alone makes the proposal, what holds now moves to the nearest point that holds.",
        ),
        silent_on=("agreement", "time_to_agreement"),
        cannot_say=(
            "How likely a decision is: it says where none can be had, and takes for granted that others are taken.",
            "Anything about pressure, trades or what is done in the corridors: only votes count.",
            "Anything about threats, the war or time, beyond what changes a capability or what holds now.",
            *CARD_UNREAD_BUT_RULES,
        ),
        variables={
            "core_low": "lowest point on the issue that no sufficient coalition would leave",
            "core_high": "highest such point",
            "win_low": "lowest point that can replace what holds now; NaN where the scenario does not say what holds",
            "win_high": "highest such point; equal to the lowest in gridlock",
            "gridlock": "1 where nothing can replace what holds now, else 0; NaN where the scenario does not say what "
            "holds",
            "red_lines_crossed": "number of parties whose red line the settlement crosses on the issue",
            "within_red_lines": "1 where the settlement crosses nobody's red line on any issue, else 0",
            **influence.VARIABLES,
        },
        references=("Black1948", "RomerRosenthal1978", "Krehbiel1998", "Tsebelis2002"),
    )

    def __post_init__(self) -> None:
        for name, allowed in (("rule", Rule), ("votes", VotesBy), ("point", PointOf)):
            if getattr(self, name) not in get_args(allowed):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(allowed))}")
        if not 0.5 <= self.threshold <= 1:
            raise UsageError(
                f"threshold is {self.threshold}; it must lie in 0.5..1: with less, two camps could each decide"
            )
        if not 0 <= self.members <= 1:
            raise UsageError(f"members is {self.members}; it must lie in 0..1")

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`."""
        draws = Draws.of_modes(scenario)
        data = self.forecast_many(draws, [np.random.default_rng(0)])
        reason = str(data["failure"].values[0])
        if reason:
            raise EngineError(reason)
        data = single(data).assign(influence.blockers(self, draws))
        return Forecast(made=made("qualified_majority", self, scenario), data=data)

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`."""
        position, reference = positions(draws), reference_points(draws)
        core_low, core_high = self._core(draws, position)
        win_low, win_high = win_set(core_low, core_high, reference)
        proposed = self._proposed(draws, position)
        choice = {"middle": (core_low + core_high) / 2, "lower": core_low, "upper": core_high}[self.point]
        unanchored = np.where(np.isnan(proposed), choice, nearest(core_low, core_high, proposed))
        moved = np.where(
            np.isnan(proposed), nearest(core_low, core_high, reference), nearest(win_low, win_high, proposed)
        )
        settlement = np.where(np.isnan(reference), unanchored, np.where(np.isnan(core_low), reference, moved))
        stuck = np.where(np.isnan(reference), np.nan, np.isnan(core_low) | (win_low == win_high))
        values = zip(ENDS, (core_low, core_high, win_low, win_high), strict=True)
        variables = judged(draws, settlement) | {name: (("draw", "issue"), array) for name, array in values}
        variables["gridlock"] = (("draw", "issue"), stuck)
        lost = ((~np.isnan(position)).any(axis=1) & np.isnan(settlement)).sum(axis=1)
        failure = [f"nobody with a vote takes a position on {count} issue(s)" if count else "" for count in lost]
        return dataset(draws.base, len(draws), variables, failure=np.array(failure, dtype=np.str_))

    def _core(self, draws: Draws, position: Array) -> tuple[Array, Array]:
        """The points that hold on each issue, shape (draw, issue): those that hold under any of the conditions."""
        ends = np.full((2, *position.shape[::2]), np.nan)
        for j in range(position.shape[2]):
            found = [pivots(position[:, :, j], each) for each in self._conditions(draws, j)]
            ends[0, :, j] = np.fmin.reduce([low for low, _ in found])
            ends[1, :, j] = np.fmax.reduce([high for _, high in found])
        return ends[0], ends[1]

    def _conditions(self, draws: Draws, issue: int) -> list[Condition]:
        everybody, stated = np.ones((len(draws), len(draws.base.parties))), draws.base.decision_rule
        conditions, threshold = [], self.threshold
        if self.rule == "scenario" and stated is not None:
            consent = np.isin(draws.base.party_ids, stated.unanimity) * everybody
            if stated.unanimity:
                conditions.append(Condition(weight=consent, threshold=1.0))
            if stated.threshold is not None:
                threshold = max(0.5, stated.threshold)
            voted = stated.threshold is not None or bool(stated.votes)
        else:
            voted = self.rule != "unanimity"
        if self.rule == "unanimity":
            conditions.append(Condition(weight=everybody, threshold=1.0))
        if self.rule == "majority":
            threshold = 0.5
        if voted or not conditions:
            conditions.append(Condition(weight=self._votes(draws, issue), threshold=threshold))
        if self.members:
            conditions.append(Condition(weight=everybody, threshold=max(0.5, self.members)))
        return conditions

    def _votes(self, draws: Draws, issue: int) -> Array:
        """What each party's vote weighs, shape (draw, party)."""
        stated = draws.base.decision_rule
        if self.votes == "equal":
            return np.ones((len(draws), len(draws.base.parties)))
        if self.votes == "influence":
            return np.asarray(batch_weights(draws)[:, :, issue])
        if self.votes == "capability" or stated is None or not stated.votes:
            return relative(capabilities(draws), 1)
        votes = np.zeros((len(draws), len(draws.base.parties)))
        for k, each in enumerate(stated.votes):
            votes[:, draws.base.party_ids.index(each.party)] += draws.column(("decision_rule", "votes", k, "votes"))
        return relative(votes, 1)

    def _proposed(self, draws: Draws, position: Array) -> Array:
        """What the party that makes the proposal wants, shape (draw, issue); NaN where there is none."""
        if not self.setter:
            return np.full(position.shape[::2], np.nan)
        ids = draws.base.party_ids
        if self.setter not in ids:
            raise EngineError(f"setter is '{self.setter}'; {did_you_mean(self.setter, list(ids), noun='parties')}")
        return np.asarray(position[:, ids.index(self.setter), :])

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        `core` and `win_set`, lowest and highest point by issue, None where there is none; `gridlock`, the issues on
        which nothing can replace what holds now; `blockers`; `red_lines_crossed`.
        """
        data = forecast.data
        issues = [str(issue) for issue in data["issue"].values]

        def interval(low: str, high: str) -> dict[str, list[Spot] | None]:
            ends = zip(issues, data[low].values, data[high].values, strict=True)
            return {each: None if np.isnan(a) else [Spot(float(a), each), Spot(float(b), each)] for each, a, b in ends}

        return {
            "core": interval("core_low", "core_high"),
            "win_set": interval("win_low", "win_high"),
            "gridlock": [each for each, stuck in zip(issues, data["gridlock"].values, strict=True) if stuck == 1],
            "blockers": influence.detail(forecast),
            **red_lines(forecast),
        }
