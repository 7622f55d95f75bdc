"""What each decision maker prefers, and the profiles of preferences that occur in draws: `Wishes` and `profiles`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict import Conflict
from parley.domain.draws import Draws
from parley.engines.graph_model.states import States
from parley.errors import Path
from parley.methods.option_form import dense_ranks, many_prioritisations, statement_order

__all__ = ["Profiles", "Wishes", "importance_of", "profiles", "ranked", "wishes_of"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wishes:
    """What one decision maker prefers.

    Attributes
    ----------
    says : its statements, in the order listed
    truth : which of them hold, shape (state, statement)
    importance : where their importances stand in the scenario
    by_weight : whether importances are added up; otherwise a statement outweighs those after it together
    ranking : in place of statements, the rank of each state; else None
    """

    says: tuple[str, ...]
    truth: NDArray[np.bool_]
    importance: tuple[Path, ...]
    by_weight: bool
    ranking: NDArray[np.int32] | None


def wishes_of(conflict: Conflict, states: States, maker: str) -> Wishes:
    """Gather the preferences of a decision maker; it is indifferent where it has none."""
    own = [(k, each) for k, each in enumerate(conflict.preferences) if each.party == maker]
    listed = [
        (("conflict", "preferences", k, "statements", j, "importance"), statement.says)
        for k, each in own
        for j, statement in enumerate(each.statements)
    ]
    says = tuple(text for _, text in listed)
    ranking = next((each.ranking for _, each in own if each.ranking), None)
    return Wishes(
        says=says,
        truth=states.truth(says),
        importance=tuple(path for path, _ in listed),
        by_weight=any(each.counts == "by_weight" for _, each in own),
        ranking=None if ranking is None else ranked(ranking, states),
    )


def ranked(ranking: Sequence[Sequence[str]], states: States) -> NDArray[np.int32]:
    """Rank the states by groups of their names, best first: 1 for the best that are there, shape (state,)."""
    group = {name: place for place, names in enumerate(ranking) for name in names}
    return dense_ranks(-np.array([group[name] for name in states.ids.tolist()], dtype=np.int64))


def importance_of(wishes: Wishes, draws: Draws) -> NDArray[np.float64]:
    """The importances of a decision maker's statements in the first draw, NaN where they have none."""
    return np.array([draws.column(path)[0] for path in wishes.importance], dtype=np.float64)


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


def profiles(wishes: Sequence[Wishes], draws: Draws) -> Profiles:
    """Rank the states for each decision maker by the importances of each draw."""
    rankings: list[NDArray[np.int32]] = []
    rows, known = np.zeros((len(draws), len(wishes)), dtype=np.int64), 0
    for i, each in enumerate(wishes):
        found, which = _rankings(each, draws)
        rows[:, i] = known + which
        rankings.append(found)
        known += len(found)
    row, of_draw = np.unique(rows, axis=0, return_inverse=True)
    return Profiles(rank=np.concatenate(rankings), row=row, of_draw=of_draw.reshape(-1))


def _rankings(wishes: Wishes, draws: Draws) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """The rankings that one decision maker has in some draw, and which of them it has in each."""
    if wishes.ranking is not None:
        return wishes.ranking[np.newaxis], np.zeros(len(draws), dtype=np.intp)
    paths = wishes.importance
    importance = np.array([draws.column(path) for path in paths]).reshape(len(paths), len(draws)).T
    if wishes.by_weight:
        # Sums of the same weights in another order differ in their last digits, and are ties all the same
        found = dense_ranks(np.round(importance @ wishes.truth.T.astype(np.float64), 9))
        rankings, which = np.unique(found, axis=0, return_inverse=True)
        return rankings, which.reshape(-1)
    orders, which = np.unique(statement_order(importance), axis=0, return_inverse=True)
    return many_prioritisations(wishes.truth, orders), which.reshape(-1)
