"""A scenario's conflict as states, moves and preferences: `Model`, made by `model_of`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict import Conflict
from parley.domain.scenario import Scenario
from parley.engines.graph_model.preferences import Wishes, wishes_of
from parley.engines.graph_model.states import States, states_of
from parley.errors import EngineError, Path
from parley.methods.graph import Moves
from parley.methods.option_form import OptionMoves, coalesced_moves
from parley.methods.stability import reached_from

__all__ = ["MAX_OPTIONS", "Model", "model_of"]

MAX_OPTIONS = 20
"""The combinations of this many options, about a million, are still listed one by one."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Meanings:
    """Where issues stand when options are taken, one entry for each `means` of an option.

    Attributes
    ----------
    issue : position of the issue in the scenario, shape (meaning,)
    weight : share of the meaning in where the state puts the issue, shape (state, meaning); 0 where its option is left
    paths : where the points stand in the scenario
    """

    issue: NDArray[np.intp]
    weight: NDArray[np.float64]
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """The graph model of a conflict.

    Attributes
    ----------
    makers : the decision makers: parties with options, moves or preferences, in the scenario's order
    states : the states
    names : the options' names
    moves : who can move where: told by options where each state is one combination of them, else listed
    wishes : what each decision maker prefers
    status_quo : position of the state that holds now, with held options as they are held; None if it is infeasible
    reachable : states that legal sequences of moves reach from the status quo, itself included
    agreement : states that count as agreement; None where the conflict does not say
    meanings : where the states put the issues
    """

    makers: tuple[str, ...]
    states: States
    names: tuple[str, ...]
    moves: OptionMoves | Moves
    wishes: tuple[Wishes, ...]
    status_quo: int | None
    reachable: Bools
    agreement: Bools | None
    meanings: Meanings

    @property
    def lists(self) -> Moves:
        """The moves listed."""
        return self.moves.lists if isinstance(self.moves, OptionMoves) else self.moves

    def label(self, state: int) -> str:
        """The state's own name, or the names of the options taken in it."""
        if self.states.names and self.states.names[state]:
            return self.states.names[state]
        taken = [name for name, yes in zip(self.names, self.states.taken[state].tolist(), strict=True) if yes]
        return "; ".join(taken) or ("no option taken" if self.names else str(self.states.ids[state]))


def model_of(scenario: Scenario, *, max_states: int) -> Model:
    """Build the graph model of a scenario's conflict.

    Parameters
    ----------
    scenario : a scenario with a conflict
    max_states : more feasible states than this are refused

    Raises
    ------
    EngineError
        If there is nothing to do or no feasible state, an option is held both ways, or there is too much of it.
    """
    conflict = scenario.conflict
    if conflict is None or not (conflict.options or conflict.states):
        raise EngineError("the scenario has no options, so there is nothing that a party could move")
    if len(conflict.options) > MAX_OPTIONS:
        raise EngineError(
            f"the conflict has {len(conflict.options)} options, that is {2 ** len(conflict.options):,} combinations; "
            f"{MAX_OPTIONS} options at most: fold together those that go together"
        )
    held = _held(conflict)
    states = states_of(conflict, held, max_states)
    makers = _makers(scenario, conflict)
    moves = _drawn(conflict, makers, states) if conflict.moves else _by_options(conflict, makers, states)
    status_quo = _status_quo(conflict, held, states)
    nowhere = np.zeros(states.ids.size, dtype=np.bool_)
    return Model(
        makers=makers,
        states=states,
        names=tuple(option.name for option in conflict.options),
        moves=moves,
        wishes=tuple(wishes_of(conflict, states, maker) for maker in makers),
        status_quo=status_quo,
        reachable=nowhere if status_quo is None else reached_from(moves, status_quo),
        agreement=states.truth([conflict.agreement])[:, 0] if conflict.agreement else None,
        meanings=_meanings(scenario, conflict, states.taken),
    )


def _held(conflict: Conflict) -> dict[str, bool]:
    held: dict[str, bool] = {}
    for choice in conflict.held:
        if held.setdefault(choice.option, choice.taken) != choice.taken:
            raise EngineError(f"the option '{choice.option}' is held both taken and left")
    return held


def _makers(scenario: Scenario, conflict: Conflict) -> tuple[str, ...]:
    acting = {option.party for option in conflict.options} | {move.party for move in conflict.moves}
    acting |= {preference.party for preference in conflict.preferences}
    return tuple(party for party in scenario.party_ids if party in acting)


def _drawn(conflict: Conflict, makers: Sequence[str], states: States) -> Moves:
    """The moves that the scenario lists, as far as both of their states are there."""
    place = {name: state for state, name in enumerate(states.ids.tolist())}
    found: list[list[set[int]]] = [[set() for _ in place] for _ in makers]
    for move in conflict.moves:
        if move.leaves in place:
            targets = {place[name] for name in move.reaches if name in place}
            found[makers.index(move.party)][place[move.leaves]] |= targets - {place[move.leaves]}
    return [[frozenset(targets) for targets in lists] for lists in found]


def _by_options(conflict: Conflict, makers: Sequence[str], states: States) -> OptionMoves | Moves:
    def code(*, party: str | None = None, changes: str | None = None) -> int:
        return sum(
            1 << place
            for place, option in enumerate(conflict.options)
            if party in (None, option.party) and changes in (None, option.changes)
        )

    moves = OptionMoves(
        codes=states.codes,
        own=tuple(code(party=maker) for maker in makers),
        stays_taken=code(changes="stays_taken"),
        stays_dropped=code(changes="stays_dropped"),
    )
    return moves if states.single else coalesced_moves(moves, states.owner)


def _status_quo(conflict: Conflict, held: dict[str, bool], states: States) -> int | None:
    if conflict.status_quo is not None and not held:
        found = np.flatnonzero(states.ids == conflict.status_quo)
        return int(found[0]) if found.size else None
    now = {option.id: option.initially for option in conflict.options}
    if conflict.status_quo is not None:
        named = states_of(conflict, {}, 2**MAX_OPTIONS)
        here = int(np.flatnonzero(named.ids == conflict.status_quo)[0])
        settled = zip(named.options, named.taken[here].tolist(), named.left_open[here].tolist(), strict=True)
        now |= {name: taken for name, taken, left_open in settled if not left_open}
    now |= held
    code = sum(1 << place for place, taken in enumerate(now.values()) if taken)
    found = np.flatnonzero(states.codes == code)
    return int(states.owner[found[0]]) if found.size else None


def _meanings(scenario: Scenario, conflict: Conflict, taken: Bools) -> Meanings:
    place = {issue: index for index, issue in enumerate(scenario.issue_ids)}
    listed = [
        (k, place[meaning.issue], ("conflict", "options", k, "means", j, "at"))
        for k, option in enumerate(conflict.options)
        for j, meaning in enumerate(option.means)
    ]
    issue = np.array([index for _, index, _ in listed], dtype=np.intp)
    speaks = taken[:, [k for k, _, _ in listed]].astype(np.float64)
    # Where several taken options place one issue, each has the same weight
    among = speaks @ (issue[:, np.newaxis] == issue)
    weight = np.divide(speaks, among, out=np.zeros(speaks.shape), where=among > 0)
    return Meanings(issue=issue, weight=weight, paths=tuple(path for _, _, path in listed))
