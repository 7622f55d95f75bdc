"""The graph model for conflict resolution: which states of a conflict hold, and who would leave the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.engine import EngineCard
from parley.domain.forecast import Forecast
from parley.domain.scenario import Scenario
from parley.engines.graph_model import ahead, relations, together
from parley.engines.graph_model.completions import completion_answers, completion_detail
from parley.engines.graph_model.explain import place_of, reasons
from parley.engines.graph_model.model import Model, model_of
from parley.engines.graph_model.preferences import Profiles, profiles
from parley.engines.graph_model.report import LISTED_STATES, REASONED_STATES, detail_of, picture, reason_rows
from parley.engines.graph_model.state_graph import StateGraph
from parley.engines.graph_model.together import CoalitionMoves
from parley.errors import EngineError, UsageError
from parley.methods import graph
from parley.methods.columns import no_agreement, positions, saliences
from parley.methods.graph import Moves
from parley.methods.option_form import OptionMoves, simultaneously_stable
from parley.methods.payoff import expected, payoffs
from parley.methods.results import dataset, made, single
from parley.methods.stability import simultaneously_stable_in_profiles, stable_in_profiles

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["GraphModel"]

READABLE_STATES = 128
"""Up to this many states a single forecast uses the definitions as they are written, above it their compiled twin."""

MAX_HORIZON = 50

Concept = Literal["R", "GMR", "SMR", "SEQ", "SSEQ", "SIM"]

CONCEPTS: tuple[Concept, ...] = get_args(Concept)

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class GraphModel:
    """Find the states of a conflict that nobody has reason to leave.

    Attributes
    ----------
    concept : the stability that a resting point needs: R, GMR, SMR, SEQ, SSEQ or SIM
    max_states : refuse conflicts with more feasible states than this
    extended_states : up to so many states a single forecast also tells what coalitions could do, what holds for those
        who look several moves ahead, and what follows from doubts, degrees, attitudes and misperceptions
    coalition_moves : whether members of a coalition move one after another, or as one that has the options of all
    horizon : the most moves, 1 to 50, that decision makers are taken to look ahead
    """

    concept: Concept = "SEQ"
    max_states: int = 4096
    extended_states: int = 64
    coalition_moves: CoalitionMoves = "by_legal_sequences"
    horizon: int = 4

    card: ClassVar[EngineCard] = EngineCard(
        title="Graph model for conflict resolution",
        short="graph model",
        question="What can each side do, which resting points hold, and who would leave the others?",
        needs=("conflict",),
        assumptions=(
            "Each decision maker knows every option and what everybody prefers.",
            "A wish higher on a decision maker's list outweighs all those below it together.",
            "Moves take no time, and nobody moves twice in a row.",
            "A decision maker stays where it is if the others could answer each improvement of its own so that it ends "
            "no better off; by default they answer only with moves that are improvements for themselves.",
            "Only resting points that moves can reach from the present state count.",
            "The chance of agreement is the share of agreements among these, each counted once: a convention of ours.",
            "A state settles an issue at the mean of the points that its options set: a convention of ours.",
        ),
        silent_on=("time_to_agreement",),
        cannot_say=(
            "When anything happens, or in what order.",
            "Which of several resting points is the more likely: it says whether agreement is in all, some or none.",
            "By how much a party prefers one state to another.",
            "Where on an issue's scale a settlement lies, beyond what the options themselves say.",
            "What capabilities, red lines, conditions or links would change: it reads options and wishes; positions "
            "and saliences only measure what its answer is worth to each party.",
        ),
        variables={
            "equilibrium": "1 where the state is an equilibrium under the chosen concept, reachable or not, else 0",
            "equilibria": "number of reachable equilibria: the resting points",
            "agreement_necessary": "1 where every resting point is an agreement, else 0",
            "agreement_possible": "1 where some resting point is an agreement, else 0",
            "stable": "single forecasts only: 1 where the state is stable for the decision maker under the concept",
            "rank": "single forecasts only: 1 for the decision maker's best states, larger for worse ones",
            "taken": "single forecasts only: 1 where the option is taken in the state, NaN where it is left open",
            "necessary": "single forecasts only: 1 where the state is an equilibrium for all importances of statements "
            "within their ranges, 0 where for some it is not, NaN where that was not decided",
            "possible": "single forecasts only: 1 where the state is an equilibrium for some importances within their "
            "ranges, 0 where for none, NaN where that was not decided",
            "rankings": "single forecasts only: number of rankings that the ranges leave a decision maker; NaN where "
            "not all were listed",
            "label": "single forecasts only: the options taken in the state, in words; above 4,096 states as Y and N",
            "reachable": "single forecasts only: 1 where moves lead from the status quo to the state",
            "status_quo": "single forecasts only: 1 for the state that holds now; 0 throughout where it is infeasible",
            "indifferent": "single forecasts only: 1 for a decision maker that ranks all states alike",
            "reason_by": "single forecasts only, up to 256 states: whose verdict the row proves, by the chosen concept",
            "reason_state": "the same: the state that is judged",
            "reason_improvement": "the same: the improvement that is answered, or that is not",
            "reason_step": "the same: number of the step in the answer; 0 where nobody answers",
            "reason_mover": "the same: who takes the step",
            "reason_to": "the same: the state that the step leads to",
            "reason_end": "the same: the state that the whole answer leads to",
            "statement_by": "single forecasts only, up to 4,096 states: whose preference a statement is, by importance",
            "statement_says": "single forecasts only, up to 4,096 states: the statement",
            "scored": "single forecasts only, up to 4,096 states: 1 where the statement holds in the state",
            "improvement_by": "single forecasts only, up to 4,096 states: who would gain by a move, one entry for each",
            "improvement_from": "single forecasts only: the state that the move leaves",
            "improvement_to": "single forecasts only: the state that the move leads to",
            **together.VARIABLES,
            **ahead.VARIABLES,
            **relations.VARIABLES,
        },
        references=(
            "KilgourHipelFang1987",
            "FangHipelKilgour1993",
            "FraserHipel1984",
            "RegoVieira2017",
            "XuHipelKilgourFang2018",
        ),
    )

    def __post_init__(self) -> None:
        choices = {"concept": Concept, "coalition_moves": CoalitionMoves}
        for name, allowed in choices.items():
            if getattr(self, name) not in get_args(allowed):
                raise UsageError(f"{name} is '{getattr(self, name)}'; it must be one of {', '.join(get_args(allowed))}")
        if not 1 <= self.horizon <= MAX_HORIZON:
            raise UsageError(f"horizon is {self.horizon}; it must lie in 1..{MAX_HORIZON}")

    def forecast(self, scenario: Scenario, rng: np.random.Generator) -> Forecast:  # noqa: ARG002
        """See `Engine.forecast`.

        Where no resting point can be reached, `agreement` is NaN and `equilibria` 0: what is stable is still told.
        """
        draws = Draws.of_modes(scenario)
        model = model_of(scenario, max_states=self.max_states)
        profile = profiles(model.wishes, draws)
        rank = profile.rank[profile.row[0]]
        if self.concept == "SIM":
            _option_moves(model)
        concepts = self._concepts(model)
        if model.states.ids.size <= READABLE_STATES:
            lists = model.lists
            stable = np.array([_stable_by_definition(model, lists, rank, concept) for concept in concepts])
        else:
            stable = np.concatenate([_stable_many(model, profile, concept) for concept in concepts])
        equilibrium = _everybody(stable[[concepts.index(self.concept)]])
        data = single(self._answers(model, draws, profile, equilibrium)).assign(picture(model, draws, rank, stable))
        data = data.assign(completion_answers(model, scenario, rank, concepts, stable))
        if model.states.ids.size <= REASONED_STATES:
            data = data.assign(reason_rows(model, rank, self.concept))
        if scenario.conflict is not None and model.states.ids.size <= self.extended_states:
            data = data.assign(together.variables(model, rank, equilibrium[0], self.coalition_moves))
            data = data.assign(ahead.variables(model, rank, self.horizon))
            data = data.assign(relations.variables(scenario.conflict, model, draws, rank))
        coords = {"concept": concepts, "decision_maker": list(model.makers), "option": list(model.states.options)}
        return Forecast(made=made("graph_model", self, scenario), data=data.assign_coords(coords))

    def explain(self, scenario: Scenario, state: int | str) -> dict[str, Any]:
        """Say why a state holds under the chosen concept, or who would leave it, at the modes of all estimates.

        Parameters
        ----------
        scenario : the scenario
        state : number of the state, or its id where the scenario names its states

        Returns
        -------
        `state`, `concept`, `equilibrium`, and by decision maker the `parties` as `explain.reasons` describes them:
        every verdict with what proves it, move by move.

        Raises
        ------
        EngineError
            If there is no such state, or the concept cannot be judged.
        """
        model = model_of(scenario, max_states=self.max_states)
        if self.concept == "SIM":
            _option_moves(model)
        profile = profiles(model.wishes, Draws.of_modes(scenario))
        place = place_of(model, state)
        parties = reasons(model, profile.rank[profile.row[0]], self.concept, place)
        return {
            "state": model.states.ids[place].item(),
            "concept": self.concept,
            "equilibrium": all(each["stable"] for each in parties.values()),
            "parties": parties,
        }

    def graph(self, scenario: Scenario) -> StateGraph:
        """Give the state graph with its resting points under the chosen concept, at the modes of all estimates.

        Raises
        ------
        EngineError
            If the conflict has no states or too many, or the concept cannot be judged.
        """
        model = model_of(scenario, max_states=self.max_states)
        profile = profiles(model.wishes, Draws.of_modes(scenario))
        rank = profile.rank[profile.row[0]]
        if model.states.ids.size <= READABLE_STATES:
            stable = _stable_by_definition(model, model.lists, rank, self.concept)
        else:
            stable = _stable_many(model, profile, self.concept)[0]
        return StateGraph(concept=self.concept, model=model, rank=rank, equilibrium=_everybody(stable))

    def _concepts(self, model: Model) -> list[Concept]:
        """The concepts that are judged: SIM only where moves come from options, and not unasked where it takes long."""
        asked = self.concept == "SIM" or model.states.ids.size <= LISTED_STATES
        return [each for each in CONCEPTS if each != "SIM" or (asked and isinstance(model.moves, OptionMoves))]

    def forecast_many(self, draws: Draws, rngs: Sequence[np.random.Generator]) -> xr.Dataset:  # noqa: ARG002
        """See `BatchEngine.forecast_many`; a draw without a resting point in reach has failed."""
        model = model_of(draws.base, max_states=self.max_states)
        profile = profiles(model.wishes, draws)
        return self._answers(model, draws, profile, _everybody(_stable_many(model, profile, self.concept)))

    def _answers(self, model: Model, draws: Draws, profile: Profiles, equilibrium: Bools) -> xr.Dataset:
        """Lay out the answers; `equilibrium` has shape (profile, state)."""
        resting = equilibrium & model.reachable
        some = np.where(resting.any(axis=1), 1.0, np.nan)
        agreed = resting & model.agreement if model.agreement is not None else np.zeros_like(resting)
        known = some if model.agreement is not None else np.full(some.shape, np.nan)
        count = resting.sum(axis=1)
        share = known * agreed.sum(axis=1) / np.maximum(count, 1)
        which = profile.of_draw
        settlement = _settlement(model, draws, agreed, which)
        at_settlement = payoffs(settlement, positions(draws), saliences(draws))
        data = dataset(
            draws.base,
            len(draws),
            {
                "agreement": share[which],
                "settlement": settlement,
                "payoff": expected(share[which], at_settlement, no_agreement(draws)),
                "equilibria": count[which].astype(np.float64),
                "agreement_necessary": (known * (share == 1))[which],
                "agreement_possible": (known * (share > 0))[which],
                "equilibrium": (("draw", "state"), equilibrium[which].astype(np.float64)),
            },
            failure=np.where(resting.any(axis=1), "", self._nowhere_to_rest(model))[which],
        )
        return data.assign_coords(state=model.states.ids)

    def _nowhere_to_rest(self, model: Model) -> str:
        if model.status_quo is None:
            return "the status quo is infeasible, so nothing can be reached from it"
        return f"no resting point under {self.concept} can be reached from the status quo"

    def detail(self, forecast: Forecast) -> dict[str, Any]:
        """See `Engine.detail`.

        Returns
        -------
        `states`, `stable`, `equilibria` (reachable or not), `rank` and, for small conflicts, `coalitions`,
        `looking_ahead`, `unknown`, `degree`, `attitudes` and `misperception` as `parley run --json` describes them;
        besides, `status_quo` and `reachable` states, who is `indifferent`, and by party and state the `improvements`:
        the reason why the state is not stable under R; the `reasons` of every verdict under the chosen concept (the
        improvement that is `unanswered`, or the `answers` move by move; a state that a party cannot gain by leaving has
        none); and by party its `statements`, most important first, with the states in which each scores. The last three
        are None where there are too many states to list them. By concept the `necessary` and the `possible` equilibria
        over all importances within their ranges, what of it is `undecided`, and by party how many `rankings` the ranges
        allow.
        """
        return detail_of(forecast) | completion_detail(forecast.data)

    def detail_of_draws(self, data: xr.Dataset) -> dict[str, Any]:
        """See `DrawsEngine.detail_of_draws`: `share_of_draws` in which each state is an equilibrium."""
        if "equilibrium" not in data:
            return {}
        share = data["equilibrium"].mean("draw").values.tolist()
        return {"share_of_draws": dict(zip(data["state"].values.tolist(), share, strict=True))}


def _stable_by_definition(model: Model, lists: Moves, rank: NDArray[np.int32], concept: Concept) -> Bools:
    """The definitions as they are written, shape (decision maker, state)."""
    if concept == "SIM":
        return simultaneously_stable(_option_moves(model).codes.tolist(), lists, rank)
    return graph.stable(lists, rank, concept)


def _stable_many(model: Model, profile: Profiles, concept: Concept) -> Bools:
    """Their compiled twin, shape (profile, decision maker, state)."""
    if concept == "SIM":
        return simultaneously_stable_in_profiles(_option_moves(model), profile.rank, profile.row)
    return stable_in_profiles(model.moves, profile.rank, profile.row, concept)


def _option_moves(model: Model) -> OptionMoves:
    if not isinstance(model.moves, OptionMoves):
        raise EngineError(
            "simultaneous stability (SIM) combines options that several change at once; where moves are drawn, or a "
            "state is several combinations of options, nothing says what comes of that: choose another concept"
        )
    return model.moves


def _everybody(stable: Bools) -> Bools:
    """The equilibria: what is stable for all decision makers, shape (..., decision maker, state), without that dim."""
    result: Bools = np.logical_and.reduce(stable, axis=-2)
    return result


def _settlement(model: Model, draws: Draws, agreed: Bools, which: NDArray[np.intp]) -> Array:
    """Where the resting points that are agreements put each issue on average, shape (draw, issue); NaN if nowhere."""
    meanings, states = model.meanings, agreed.astype(np.float64)
    issues = np.equal.outer(meanings.issue, np.arange(len(draws.base.issues))).astype(np.float64)
    placed = states @ ((meanings.weight @ issues) > 0)
    points = np.array([draws.column(path) for path in meanings.paths]).reshape(len(meanings.paths), len(draws)).T
    total = ((states @ meanings.weight)[which] * points) @ issues
    result: Array = np.divide(total, placed[which], out=np.full(total.shape, np.nan), where=placed[which] > 0)
    return result
