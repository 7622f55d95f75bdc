"""The rules that a conflict must keep beyond what the marks on its fields say: `problems_in_conflict`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from parley.domain import conflict_views, expression
from parley.domain.conflict_views import items as _items
from parley.domain.conflict_views import ranking_problems
from parley.domain.marks import part
from parley.errors import Path, Problem, ScenarioError

__all__ = ["problems_in_conflict"]

MAX_OPTIONS = 20
"""Whether anything is feasible is looked for among the combinations of so many options at most."""


def problems_in_conflict(content: Any) -> Iterator[Problem]:
    """Find what is wrong with a conflict.

    Parameters
    ----------
    content : the scenario, or its raw content; parts of a wrong shape are passed over
    """
    conflict = part(content, "conflict")
    if conflict is None:
        return
    yield from _one_kind_of_states(conflict)
    yield from _preferences(conflict)
    yield from _combinations(conflict)
    yield from _undone(content, conflict)
    yield from conflict_views.problems_in_views(conflict)
    yield from _others_wishes(content, conflict)


def _texts(items: Sequence[tuple[int, Any]], name: str) -> list[tuple[int, str]]:
    """The texts in a field of numbered items, with their numbers."""
    return [(place, text) for place, item in items if isinstance(text := part(item, name), str)]


def _one_kind_of_states(conflict: Any) -> Iterator[Problem]:
    states, moves = _items(conflict, "states"), _items(conflict, "moves")
    with_when = _texts(states, "when")
    path: Path = ("conflict", "states")
    if moves and not states:
        yield Problem(
            path=("conflict", "moves"),
            message="moves are drawn between states that are not listed",
            hint="list them under states",
        )
    elif with_when and len(with_when) < len(states):
        place = next(k for k, _ in states if k not in dict(with_when))
        yield Problem(
            path=(*path, place),
            message="this state does not say which options are taken in it, and others do",
            hint="give it a 'when', or give none to any state",
        )
    elif states and not with_when and _items(conflict, "options"):
        yield Problem(
            path=path,
            message="no state says which options are taken in it, so the options mean nothing",
            hint="give each state a 'when', or drop the options and draw the moves",
        )
    elif states and not with_when and not moves:
        yield Problem(
            path=path, message="nobody can move between these states", hint="list moves, or give each state a 'when'"
        )
    if states and not with_when and part(conflict, "status_quo") is None:
        yield Problem(
            path=path, message="the conflict does not say which of these states holds now", hint="add status_quo"
        )
    taken = {name for _, name in _texts(_items(conflict, "options"), "id")}
    for place, name in _texts(states, "id"):
        if name in taken:
            yield Problem(path=(*path, place, "id"), message=f"'{name}' is also an option", hint="rename one of them")
    if part(conflict, "status_quo") is not None and not states:
        yield Problem(
            path=("conflict", "status_quo"),
            message="there are no named states",
            hint="say with 'initially' which options are taken now",
        )


def _preferences(conflict: Any) -> Iterator[Problem]:
    named = [name for _, name in _texts(_items(conflict, "states"), "id")]
    seen: set[str] = set()
    for k, preference in _items(conflict, "preferences"):
        path: Path = ("conflict", "preferences", k)
        party = part(preference, "party")
        if isinstance(party, str) and party in seen:
            yield Problem(path=path, message=f"a second list of what '{party}' prefers", hint="merge the two")
        seen |= {party} if isinstance(party, str) else set()
        ranking, statements = _items(preference, "ranking"), _items(preference, "statements")
        if ranking and statements:
            yield Problem(
                path=(*path, "ranking"), message="a party has either statements or a ranking", hint="drop one"
            )
        if ranking:
            yield from ranking_problems(ranking, named, (*path, "ranking"))
        if part(preference, "counts") == "by_weight":
            for j, statement in statements:
                if part(statement, "importance") is None:
                    yield Problem(
                        path=(*path, "statements", j),
                        message="a statement that counts by weight needs an importance",
                        hint="add one, or let the statements count in_order",
                    )


def _combinations(conflict: Any) -> Iterator[Problem]:
    """Find out whether anything is feasible, and whether each named state is something of its own."""
    ids = [name for _, name in _texts(_items(conflict, "options"), "id")]
    if not ids or len(ids) > MAX_OPTIONS or len(set(ids)) < len(ids):
        return
    import numpy as np

    codes = np.arange(2 ** len(ids), dtype=np.int64)
    values = {name: (codes >> k & 1).astype(np.bool_) for k, name in enumerate(ids)}
    feasible = np.ones(codes.size, dtype=np.bool_)
    for k, text in _texts(_items(conflict, "infeasible"), "when"):
        feasible &= ~_holds(text, ids, values, codes.size)
        if not feasible.any():
            yield Problem(
                path=("conflict", "infeasible", k, "when"),
                message="with this pattern no combination of options is left, so there is no state",
                hint="narrow it, or one of those before it",
            )
            return
    states = _items(conflict, "states")
    yield from _named(conflict, states, (ids, values, feasible))
    yield from _drawn_backwards(conflict, states, (ids, values, feasible))


Combinations = tuple[list[str], dict[str, Any], Any]
"""Ids of the options, which are taken in each combination, and which combinations are feasible."""


def _named(conflict: Any, states: list[tuple[int, Any]], combinations: Combinations) -> Iterator[Problem]:
    """Each named state is some combinations, and none of another state's."""
    import numpy as np

    ids, values, feasible = combinations
    owner = np.full(feasible.size, -1)
    for k, text in _texts(states, "when"):
        path: Path = ("conflict", "states", k, "when")
        mine = feasible & _holds(text, ids, values, feasible.size)
        if not mine.any():
            yield Problem(
                path=path,
                message="no feasible combination of options is this state",
                hint="check it against infeasible",
            )
        elif (owner[mine] >= 0).any():
            other = dict(states)[int(owner[mine & (owner >= 0)][0])]
            yield Problem(
                path=path,
                message=f"it shares combinations of options with the state '{part(other, 'id')}'",
                hint="each combination belongs to one state: narrow one of the two",
            )
        owner[mine] = k


def _drawn_backwards(conflict: Any, states: list[tuple[int, Any]], combinations: Combinations) -> Iterator[Problem]:
    """Moves that are drawn although an option that changes one way only forbids them."""
    ids, values, feasible = combinations
    one_way = {
        name: part(option, "changes") == "stays_taken"
        for _, option in _items(conflict, "options")
        if isinstance(name := part(option, "id"), str) and part(option, "changes") in ("stays_taken", "stays_dropped")
    }
    inside = {
        part(state, "id"): feasible & _holds(text, ids, values, feasible.size)
        for _, state in states
        if isinstance(text := part(state, "when"), str)
    }
    for k, move in _items(conflict, "moves"):
        for j, target in _items(move, "reaches"):
            pair = [inside.get(name) for name in (part(move, "leaves"), target) if isinstance(name, str)]
            for name, stays_taken in one_way.items():
                if len(pair) == 2 and all(each is not None and each.any() for each in pair):
                    before, after = (values[name][each] == stays_taken for each in pair)
                    if before.all() and not after.any():
                        kind, verb = ("stays_taken", "drops") if stays_taken else ("stays_dropped", "takes")
                        yield Problem(
                            path=("conflict", "moves", k, "reaches", j),
                            message=f"the move {verb} '{name}', which {kind}",
                            hint="drop the move, or let the option change both_ways",
                        )


def _holds(text: str, ids: Sequence[str], values: Mapping[str, Any], size: int) -> Any:
    """Where an expression over options holds; nowhere if it cannot be read, which another rule tells."""
    import numpy as np

    try:
        return np.broadcast_to(expression.parse(text, options=ids).holds(values), (size,))
    except ScenarioError:
        return np.zeros(size, dtype=np.bool_)


def _undone(content: Any, conflict: Any) -> Iterator[Problem]:
    """Choices that an irreversible option rules out from the start."""
    options = {name: item for k, item in _items(conflict, "options") if isinstance(name := part(item, "id"), str)}
    chosen: list[tuple[Path, Any]] = [(("conflict", "held", k), choice) for k, choice in _items(conflict, "held")]
    for a, approach in _items(content, "approaches"):
        chosen += [(("approaches", a, "takes", k), choice) for k, choice in _items(approach, "takes")]
    for path, choice in chosen:
        name, taken = part(choice, "option"), part(choice, "taken")
        option = options.get(name) if isinstance(name, str) else None
        now = bool(part(option, "initially"))
        stuck = {True: "stays_taken", False: "stays_dropped"}[now]
        if option is not None and part(option, "changes") == stuck and taken is (not now):
            word = "taken, and once taken it cannot be dropped" if now else "left, and cannot be taken again"
            yield Problem(
                path=(*path, "taken"),
                message=f"the option '{name}' is {word}",
                hint=f"change its 'initially', or let it change both_ways instead of {stuck}",
            )


def _others_wishes(content: Any, conflict: Any) -> Iterator[Problem]:
    """Levers that would change how much somebody else than their target cares for a wish."""
    wants = {
        name: part(preference, "party")
        for _, preference in _items(conflict, "preferences")
        for _, name in _texts(_items(preference, "statements"), "id")
    }
    for k, lever in _items(content, "levers"):
        target = part(lever, "target")
        for place, wish in _texts(_items(lever, "effects"), "wish"):
            if wish in wants and wants[wish] != target:
                yield Problem(
                    path=("levers", k, "effects", place, "wish"),
                    message=f"the wish '{wish}' is one of '{wants[wish]}', and the lever works on '{target}'",
                    hint="name one of the target's wishes",
                )
