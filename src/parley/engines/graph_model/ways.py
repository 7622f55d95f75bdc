"""How a conflict can get from the status quo to a state, or to where it could rest: `ways`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from parley.domain.conflict_answers import Step, Ways, WayTo
from parley.engines.graph_model.reading import AnyConcept, Bools, Reading
from parley.methods.graph import improvements
from parley.methods.graph_paths import Path, Routes, least_reluctant_path, routes

__all__ = ["ways"]


def ways(
    reading: Reading,
    targets: Sequence[int] | None,
    concepts: Sequence[AnyConcept],
    *,
    most: int = 3,
    progress: Callable[[int, int, str], None] | None = None,
) -> Ways:
    """Find the shortest legal paths from the status quo, by moves and by moves that each better their mover.

    Parameters
    ----------
    reading : the conflict
    targets : positions of states; None: each state that is an equilibrium under one of the concepts
    concepts : the concepts to judge
    most : list no more than so many of the shortest paths to a state
    progress : called with (states done, all, what)

    Raises
    ------
    EngineError
        If the status quo is infeasible.
    """
    start = reading.place_now()
    reading.insist_on(concepts)
    holds = reading.holds_under(concepts)
    by_moves = routes(reading.moves, start)
    gaining = routes(improvements(reading.model.lists, reading.rank), start)
    every: Bools = np.logical_or.reduce([*holds.values()])
    asked: Sequence[int] = np.flatnonzero(every).tolist() if targets is None else targets
    found, mentioned = [], {start, *asked}
    for done, state in enumerate(asked):
        if progress is not None:
            progress(done, len(asked), f"state {reading.key(state)}")
        paths, complete = by_moves.shortest(state, most=most)
        willing = next(iter(gaining.shortest(state, most=1)[0]), None)
        reluctant = None if willing is not None else least_reluctant_path(reading.moves, reading.rank, start, state)
        for path in (*paths, willing or (), reluctant or ()):
            mentioned |= {to for _, to in path}
        found.append(
            WayTo(
                state=reading.key(state),
                equilibrium=tuple(concept for concept, each in holds.items() if each[state]),
                moves=by_moves.steps.get(state),
                improvements=gaining.steps.get(state),
                shortest=tuple(_steps(reading, start, path) for path in paths),
                complete=complete,
                willing=None if willing is None else _steps(reading, start, willing),
                reluctant=None if reluctant is None else _steps(reading, start, reluctant),
            )
        )
    return Ways(
        status_quo=reading.key(start),
        concepts=tuple(concepts),
        count=int(reading.model.states.ids.size),
        by_moves=_nearest_first(reading, by_moves),
        by_improvements=_nearest_first(reading, gaining),
        ways=tuple(found),
        states=reading.named(mentioned),
    )


def _nearest_first(reading: Reading, found: Routes) -> tuple[int | str, ...]:
    return tuple(reading.key(state) for state, _ in sorted(found.steps.items(), key=lambda each: (each[1], each[0])))


def _steps(reading: Reading, start: int, path: Path) -> tuple[Step, ...]:
    steps, here = [], start
    for mover, to in path:
        steps.append(reading.step(mover, here, to))
        here = to
    return tuple(steps)
