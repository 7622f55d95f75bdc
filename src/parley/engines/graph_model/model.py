"""A scenario's conflict as states, moves and preference statements: `OptionForm`, made by `option_form`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict import Conflict
from parley.domain.draws import Draws
from parley.domain.expression import parse
from parley.domain.scenario import Scenario
from parley.errors import EngineError, Path
from parley.methods.option_form import OptionMoves, combinations, many_prioritisations, statement_order
from parley.methods.stability import reached_from

__all__ = ["MAX_OPTIONS", "OptionForm", "Profiles", "option_form", "profiles"]

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
class OptionForm:
    """The graph model of a conflict.

    Attributes
    ----------
    makers : the decision makers: parties with options or preferences, in the scenario's order
    options : ids of the options
    ids : number of each state, counted from 1 over the feasible states before options are held
    taken : shape (state, option)
    names : the options' names
    moves : what each decision maker can change
    truth : for each decision maker, which statements hold, shape (state, statement), in the order listed
    importance : for each decision maker, where its statements' importances stand in the scenario
    status_quo : position of the state that the options' `initially` and the held options describe; None if infeasible
    reachable : states that legal sequences of moves reach from the status quo, itself included
    agreement : states that count as agreement; None where the conflict does not say
    meanings : where the states put the issues
    """

    makers: tuple[str, ...]
    options: tuple[str, ...]
    ids: NDArray[np.int64]
    taken: Bools
    names: tuple[str, ...]
    moves: OptionMoves
    truth: tuple[Bools, ...]
    importance: tuple[tuple[Path, ...], ...]
    status_quo: int | None
    reachable: Bools
    agreement: Bools | None
    meanings: Meanings

    def label(self, state: int) -> str:
        """The names of the options taken in a state."""
        taken = [name for name, yes in zip(self.names, self.taken[state].tolist(), strict=True) if yes]
        return "; ".join(taken) or "no option taken"


def option_form(scenario: Scenario, *, max_states: int) -> OptionForm:
    """Build the graph model of a scenario's conflict.

    Parameters
    ----------
    scenario : a scenario with a conflict
    max_states : more feasible states than this are refused

    Raises
    ------
    EngineError
        If there is no option or no feasible state, an option is held both ways, or there are too many of them.
    """
    conflict = scenario.conflict
    if conflict is None or not conflict.options:
        raise EngineError("the scenario has no options, so there is nothing that a party could move")
    if len(conflict.options) > MAX_OPTIONS:
        raise EngineError(
            f"the conflict has {len(conflict.options)} options, that is {2 ** len(conflict.options):,} combinations; "
            f"{MAX_OPTIONS} options at most: fold together those that go together"
        )
    held = _held(conflict)
    codes, taken, ids = _states(conflict, held)
    if len(codes) > max_states:
        raise EngineError(
            f"the conflict has {len(codes):,} feasible states; max_states is {max_states:,}: "
            "rule combinations out as infeasible, or raise max_states"
        )
    makers, moves = _moves(scenario, conflict, codes)
    status_quo = _status_quo(conflict, held, codes)
    statements = [_statements(conflict, maker) for maker in makers]
    return OptionForm(
        makers=makers,
        options=tuple(option.id for option in conflict.options),
        ids=ids,
        taken=taken,
        names=tuple(option.name for option in conflict.options),
        moves=moves,
        truth=tuple(_truth(conflict, [says for _, says in each], taken) for each in statements),
        importance=tuple(tuple(path for path, _ in each) for each in statements),
        status_quo=status_quo,
        reachable=np.zeros(len(codes), dtype=np.bool_) if status_quo is None else reached_from(moves, status_quo),
        agreement=_truth(conflict, [conflict.agreement], taken)[:, 0] if conflict.agreement else None,
        meanings=_meanings(scenario, conflict, taken),
    )


def _held(conflict: Conflict) -> dict[str, bool]:
    held: dict[str, bool] = {}
    for choice in conflict.held:
        if held.setdefault(choice.option, choice.taken) != choice.taken:
            raise EngineError(f"the option '{choice.option}' is held both taken and left")
    return held


def _states(conflict: Conflict, held: dict[str, bool]) -> tuple[NDArray[np.int64], Bools, NDArray[np.int64]]:
    """Codes, option vectors and numbers of the feasible states that agree with the held options."""
    every = combinations(len(conflict.options))
    infeasible = _truth(conflict, [each.when for each in conflict.infeasible], every).any(axis=1)
    codes = np.flatnonzero(~infeasible)
    if not codes.size:
        raise EngineError("no state is feasible: the infeasible patterns rule out every combination of options")
    kept = np.ones(codes.size, dtype=np.bool_)
    for place, option in enumerate(conflict.options):
        if option.id in held:
            kept &= every[codes, place] == held[option.id]
    if not kept.any():
        fixed = ", ".join(f"{name} {'taken' if taken else 'left'}" for name, taken in held.items())
        raise EngineError(f"no feasible state has {fixed}")
    return codes[kept].astype(np.int64), every[codes[kept]], 1 + np.flatnonzero(kept).astype(np.int64)


def _truth(conflict: Conflict, expressions: Sequence[str], taken: Bools) -> Bools:
    """Whether each expression over options holds in each state, shape (state, expression)."""
    ids = [option.id for option in conflict.options]
    values = {name: taken[:, place] for place, name in enumerate(ids)}
    result = np.zeros((taken.shape[0], len(expressions)), dtype=np.bool_)
    for place, text in enumerate(expressions):
        result[:, place] = parse(text, options=ids).holds(values)
    return result


def _moves(scenario: Scenario, conflict: Conflict, codes: NDArray[np.int64]) -> tuple[tuple[str, ...], OptionMoves]:
    acting = {option.party for option in conflict.options} | {each.party for each in conflict.preferences}
    makers = tuple(party for party in scenario.party_ids if party in acting)

    def code(*, party: str | None = None, changes: str | None = None) -> int:
        return sum(
            1 << place
            for place, option in enumerate(conflict.options)
            if party in (None, option.party) and changes in (None, option.changes)
        )

    own = tuple(code(party=maker) for maker in makers)
    one_way = {changes: code(changes=changes) for changes in ("stays_taken", "stays_dropped")}
    return makers, OptionMoves(codes=codes, own=own, **one_way)


def _status_quo(conflict: Conflict, held: dict[str, bool], codes: NDArray[np.int64]) -> int | None:
    now = [held.get(option.id, option.initially) for option in conflict.options]
    found = np.flatnonzero(codes == sum(1 << place for place, taken in enumerate(now) if taken))
    return int(found[0]) if found.size else None


def _statements(conflict: Conflict, maker: str) -> list[tuple[Path, str]]:
    """Where the importance of each of a decision maker's statements stands, and what the statement says."""
    return [
        (("conflict", "preferences", k, "statements", j, "importance"), statement.says)
        for k, preference in enumerate(conflict.preferences)
        if preference.party == maker
        for j, statement in enumerate(preference.statements)
    ]


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profiles:
    """The preference profiles that occur in some draws, each once.

    Attributes
    ----------
    rank : every ranking that some decision maker has, shape (ranking, state)
    row : which ranking each decision maker has, shape (profile, decision maker)
    of_draw : which profile each draw has, shape (draw,)
    """

    rank: NDArray[np.int32]
    row: NDArray[np.int64]
    of_draw: NDArray[np.intp]


def profiles(form: OptionForm, draws: Draws) -> Profiles:
    """Rank the states for each decision maker by the importances of each draw."""
    rankings: list[NDArray[np.int32]] = []
    rows, known = np.zeros((len(draws), len(form.makers)), dtype=np.int64), 0
    for i, (truth, paths) in enumerate(zip(form.truth, form.importance, strict=True)):
        importance = np.array([draws.column(path) for path in paths]).reshape(len(paths), len(draws)).T
        orders, which = np.unique(statement_order(importance), axis=0, return_inverse=True)
        rows[:, i] = known + which.reshape(-1)
        rankings.append(many_prioritisations(truth, orders))
        known += len(orders)
    row, of_draw = np.unique(rows, axis=0, return_inverse=True)
    return Profiles(rank=np.concatenate(rankings), row=row, of_draw=of_draw.reshape(-1))
