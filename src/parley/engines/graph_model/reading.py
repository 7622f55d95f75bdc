"""A conflict at the modes of all estimates, for questions about single states: `Reading`, made by `read`."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict_answers import NamedState, StateKey, Step
from parley.domain.draws import Draws
from parley.domain.expression import parse
from parley.domain.scenario import Scenario
from parley.engines.graph_model.model import Model, model_of
from parley.engines.graph_model.preferences import profiles
from parley.errors import EngineError, UsageError, did_you_mean
from parley.methods.graph import Concept, Moves
from parley.methods.option_form import OptionMoves, on_demand, statement_order
from parley.methods.stability import simultaneously_stable_in_profiles, stable_in_profiles

__all__ = ["CONCEPTS", "AnyConcept", "Reading", "read"]

AnyConcept = Concept | Literal["SIM"]

CONCEPTS: tuple[AnyConcept, ...] = (*get_args(Concept), "SIM")

Bools = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A conflict with every estimate at its mode.

    Attributes
    ----------
    scenario : what it is read from
    model : its graph model
    rank : shape (decision maker, state), 1 for the best states
    orders : by decision maker, its statements by importance
    """

    scenario: Scenario
    model: Model
    rank: NDArray[np.int32]
    orders: tuple[tuple[int, ...], ...]

    @functools.cached_property
    def moves(self) -> Moves:
        """The moves, each list made when it is asked for."""
        moves = self.model.moves
        return on_demand(moves) if isinstance(moves, OptionMoves) else moves

    @property
    def concepts(self) -> tuple[AnyConcept, ...]:
        """The concepts that can be judged: SIM only where moves come from options."""
        return tuple(each for each in CONCEPTS if each != "SIM" or isinstance(self.model.moves, OptionMoves))

    def insist_on(self, concepts: Collection[AnyConcept]) -> None:
        """Refuse a concept that cannot be judged.

        Raises
        ------
        EngineError
            If SIM is among them, and moves do not come from options.
        """
        if not set(concepts) <= set(self.concepts):
            raise EngineError(
                "simultaneous stability (SIM) combines options that several change at once; where moves are drawn, or "
                "a state is several combinations of options, nothing says what comes of that: choose another concept"
            )

    def stable(self, concept: AnyConcept, rank: NDArray[np.int32] | None = None) -> Bools:
        """Tell which states are stable for whom, shape (decision maker, state), by other ranks where they are given."""
        ranks = self.rank if rank is None else rank
        rows = np.arange(len(self.model.makers), dtype=np.int64)[np.newaxis]
        moves = self.model.moves
        if concept == "SIM":
            assert isinstance(moves, OptionMoves)
            found = simultaneously_stable_in_profiles(moves, ranks, rows)
        else:
            found = stable_in_profiles(moves, ranks, rows, concept)
        result: Bools = found[0]
        return result

    def holds_under(self, concepts: Sequence[AnyConcept]) -> dict[AnyConcept, Bools]:
        """Tell by concept which states are equilibria, shape (state,)."""
        return {concept: np.logical_and.reduce(self.stable(concept), axis=0) for concept in concepts}

    def key(self, place: int) -> StateKey:
        """The number or id of a state."""
        found: StateKey = self.model.states.ids[place].item()
        return found

    def step(self, mover: int, start: int, to: int) -> Step:
        """One move, with what the mover makes of it."""
        gain = int(self.rank[mover, start]) - int(self.rank[mover, to])
        change: Literal["better", "same", "worse"] = "better" if gain > 0 else "worse" if gain else "same"
        return Step(party=self.model.makers[mover], start=self.key(start), to=self.key(to), change=change)

    def named(self, places: Collection[int]) -> tuple[NamedState, ...]:
        """Describe states, in their order."""
        states, agreement = self.model.states, self.model.agreement
        return tuple(
            NamedState(
                id=self.key(place),
                label=self.model.label(place),
                options={
                    option: None if open_ else bool(taken)
                    for option, taken, open_ in zip(
                        states.options, states.taken[place], states.left_open[place], strict=True
                    )
                },
                agreement=None if agreement is None else bool(agreement[place]),
                status_quo=place == self.model.status_quo,
            )
            for place in sorted(set(places))
        )

    def place_of(self, text: str) -> int:
        """Find a state by its number or id, by Y and N for each option, or by the ids of the options taken in it.

        Raises
        ------
        UsageError
            If there is no such state, or options cannot be combined like that.
        """
        known = [str(each) for each in self.model.states.ids.tolist()]
        if text in known:
            return known.index(text)
        code = _combination(text.strip(), self.model.states.options)
        if code is None:
            raise UsageError(f"there is no state '{text}'; {self._meant(text, known)}")
        found = np.flatnonzero(self.model.states.codes == code)
        if not found.size:
            raise UsageError(f"'{text}' is no state of this conflict: {self._ruled_out(code)}")
        return int(self.model.states.owner[found[0]])

    def place_now(self) -> int:
        """The position of the status quo.

        Raises
        ------
        EngineError
            If it is infeasible.
        """
        if self.model.status_quo is None:
            raise EngineError("the status quo is infeasible, so nothing can be reached from it; name a state")
        return self.model.status_quo

    def _meant(self, text: str, known: Sequence[str]) -> str:
        options = self.model.states.options
        if "," in text or text in options:
            unknown = next(each.strip() for each in text.split(",") if each.strip() not in options)
            return f"'{unknown}' is no option; {did_you_mean(unknown, options, noun='options')}"
        listed = "'parley run … --engine graph_model' lists them"
        if self.model.states.names:
            return f"{did_you_mean(text, known, noun='states')}; {listed}"
        return f"the states are numbered {known[0]} to {known[-1]}; {listed}"

    def _ruled_out(self, code: int) -> str:
        conflict = self.scenario.conflict
        assert conflict is not None
        options = self.model.states.options
        values = {name: bool(code >> k & 1) for k, name in enumerate(options)}
        for each in conflict.infeasible:
            if parse(each.when, options=options).holds(values):
                return f"'{each.when}' is infeasible" + (f" ({each.words})" if each.words else "")
        return "that combination of options belongs to none of the states that the scenario names"


def _combination(text: str, options: Sequence[str]) -> int | None:
    """Options that are taken, as bits; None where the text says nothing of options."""
    if options and len(text) == len(options) and set(text.upper()) <= {"Y", "N"}:
        return sum(1 << place for place, letter in enumerate(text.upper()) if letter == "Y")
    taken = [part.strip() for part in text.split(",")]
    if not options or not set(taken) <= set(options):
        return None
    return sum(1 << options.index(name) for name in set(taken))


def read(scenario: Scenario, *, max_states: int = 4096) -> Reading:
    """Read a conflict.

    Raises
    ------
    EngineError
        If it has no options and no states, no feasible state, or more than `max_states`.
    """
    model = model_of(scenario, max_states=max_states)
    draws = Draws.of_modes(scenario)
    profile = profiles(model.wishes, draws)
    orders = []
    for wishes in model.wishes:
        importance = np.array([draws.column(path)[0] for path in wishes.importance], dtype=np.float64)
        orders.append(tuple(int(k) for k in statement_order(importance)))
    return Reading(scenario=scenario, model=model, rank=profile.rank[profile.row[0]], orders=tuple(orders))
