"""The states of a conflict, and what holds in them: `States`, made by `states_of`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.conflict import Conflict
from parley.domain.expression import parse
from parley.errors import EngineError
from parley.methods.option_form import combinations

__all__ = ["States", "states_of"]

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class States:
    """The states of a conflict, in their order.

    Attributes
    ----------
    ids : the numbers of the states, counted from 1 over the feasible ones before options are held; their ids where
        the scenario names them
    names : their names where the scenario names them, "" where a state has none
    options : the options that say something about them, in order; none where states are drawn without options
    codes : the combinations of options that are each state, state after state; 0 where states are drawn
    owner : which state each combination is, shape (combination,), rising
    taken : options taken in all combinations of a state, shape (state, option)
    left_open : options taken in some combinations of a state and left in others, shape (state, option)
    """

    ids: NDArray[np.int64] | NDArray[np.str_]
    names: tuple[str, ...]
    options: tuple[str, ...]
    codes: NDArray[np.int64]
    owner: NDArray[np.int64]
    taken: Bools
    left_open: Bools

    @property
    def single(self) -> bool:
        """Whether each state is exactly one combination of options."""
        return bool(self.options) and self.codes.size == self.ids.size

    def truth(self, expressions: Sequence[str]) -> Bools:
        """Whether each expression over options and states holds in each state, shape (state, expression).

        Raises
        ------
        EngineError
            If one holds in some combinations of a state and not in others.
        """
        named = self.ids.tolist() if self.names else []
        values = {name: self.codes >> k & 1 > 0 for k, name in enumerate(self.options)}
        values |= {name: self.owner == state for state, name in enumerate(named)}
        result = np.zeros((self.ids.size, len(expressions)), dtype=np.bool_)
        sizes = np.bincount(self.owner, minlength=self.ids.size)
        for place, text in enumerate(expressions):
            holds = parse(text, options=self.options, states=named).holds(values)
            count = np.bincount(self.owner, weights=holds, minlength=self.ids.size)
            unclear = np.flatnonzero((count > 0) & (count < sizes))
            if unclear.size:
                raise EngineError(
                    f"'{text}' holds in some of the combinations that are the state '{self.ids[unclear[0]]}' and not "
                    "in others: speak of the state by its id, or of options that it settles"
                )
            result[:, place] = count > 0
        return result


def states_of(conflict: Conflict, held: dict[str, bool], max_states: int) -> States:
    """Find the states of a conflict that agree with the held options.

    Raises
    ------
    EngineError
        If none agrees with them, or there are more than `max_states`.
    """
    options = tuple(option.id for option in conflict.options)
    every = combinations(len(options))
    ruled_out = _holds([each.when for each in conflict.infeasible], options, every)
    feasible: Bools = ~np.logical_or.reduce(ruled_out, axis=1)
    if not conflict.states:
        codes = np.flatnonzero(feasible)
        ids: NDArray[np.int64] | NDArray[np.str_] = np.arange(1, codes.size + 1)
        owner = np.arange(codes.size)
    else:
        ids = np.array([state.id for state in conflict.states], dtype=np.str_)
        codes, owner = _named(conflict, options, every, feasible)
    taken = np.logical_and.reduceat(every[codes], np.searchsorted(owner, np.arange(ids.size)), axis=0)
    some = np.logical_or.reduceat(every[codes], np.searchsorted(owner, np.arange(ids.size)), axis=0)
    left_open = some & ~taken
    kept = np.ones(ids.size, dtype=np.bool_)
    for place, option in enumerate(options):
        if option in held:
            kept &= left_open[:, place] | (taken[:, place] == held[option])
    if not kept.any():
        fixed = ", ".join(f"{name} {'taken' if taken else 'left'}" for name, taken in held.items())
        raise EngineError(f"no feasible state has {fixed}")
    if kept.sum() > max_states:
        raise EngineError(
            f"the conflict has {kept.sum():,} feasible states; max_states is {max_states:,}: "
            "rule combinations out as infeasible, or raise max_states"
        )
    stays = kept[owner]
    return States(
        ids=ids[kept],
        names=tuple(
            state.name for state, stay in zip(conflict.states, kept.tolist(), strict=bool(conflict.states)) if stay
        ),
        options=options,
        codes=codes[stays].astype(np.int64),
        owner=(np.cumsum(kept) - 1)[owner[stays]],
        taken=taken[kept],
        left_open=left_open[kept],
    )


def _holds(expressions: Sequence[str], options: Sequence[str], every: Bools) -> Bools:
    """Whether each expression over options holds in each combination, shape (combination, expression)."""
    values = {name: every[:, place] for place, name in enumerate(options)}
    result = np.zeros((every.shape[0], len(expressions)), dtype=np.bool_)
    for place, text in enumerate(expressions):
        result[:, place] = parse(text, options=options).holds(values)
    return result


def _named(
    conflict: Conflict, options: Sequence[str], every: Bools, feasible: Bools
) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """The combinations that are each named state, and which state each is."""
    if not options:
        return np.zeros(len(conflict.states), dtype=np.intp), np.arange(len(conflict.states))
    member = _holds([state.when or "" for state in conflict.states], options, every) & feasible[:, np.newaxis]
    owner, codes = np.nonzero(member.T)
    return codes, owner
