"""The rules of what a conflict says beyond a plain one: doubts, degrees, attitudes, and perceptions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from parley.domain.marks import part
from parley.errors import Path, Problem

__all__ = ["items", "problems_in_views", "ranking_problems"]


def items(owner: Any, name: str) -> list[tuple[int, Any]]:
    """The items of a list that are there, with their places."""
    found = part(owner, name)
    return [(k, item) for k, item in enumerate(found) if item is not None] if isinstance(found, list | tuple) else []


def problems_in_views(conflict: Any) -> Iterator[Problem]:
    """Find what is wrong with what is unknown or strongly preferred, and with attitudes and perceptions.

    Parameters
    ----------
    conflict : the conflict, or its raw content; parts of a wrong shape are passed over
    """
    makers = {
        party
        for section in ("options", "moves", "preferences")
        for _, item in items(conflict, section)
        if isinstance(party := part(item, "party"), str)
    }
    for k, preference in items(conflict, "preferences"):
        yield from _unknown(preference, ("conflict", "preferences", k))
        yield from _degrees(preference, ("conflict", "preferences", k))
    yield from _attitudes(conflict, makers)
    yield from _perceptions(conflict, makers)


def ranking_problems(ranking: list[tuple[int, Any]], named: list[str], path: Path) -> Iterator[Problem]:
    """Find what is wrong with the groups of a ranking of the named states."""
    listed = [
        (g, k, name)
        for g, group in ranking
        if isinstance(group, list | tuple)
        for k, name in enumerate(group)
        if isinstance(name, str)
    ]
    seen: set[str] = set()
    for g, k, name in listed:
        if name in seen:
            yield Problem(path=(*path, g, k), message=f"'{name}' is ranked twice", hint="drop one of the two")
        seen.add(name)
    missing = [name for name in named if name not in seen]
    if missing:
        shown = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        yield Problem(
            path=path, message=f"the ranking leaves out {shown}", hint="rank every state of the conflict once"
        )


def _unknown(preference: Any, path: Path) -> Iterator[Problem]:
    for g, group in items(preference, "unknown"):
        if not isinstance(group, list | tuple):
            continue
        seen: set[str] = set()
        for k, name in enumerate(group):
            if isinstance(name, str) and name in seen:
                here = (*path, "unknown", g, k)
                yield Problem(path=here, message=f"'{name}' is listed twice", hint="drop one of the two")
            seen |= {name} if isinstance(name, str) else set()
        if len(group) < 2:  # noqa: PLR2004
            yield Problem(
                path=(*path, "unknown", g),
                message="what is unknown is which of two states the party prefers",
                hint="list two states or more",
            )


def _degrees(preference: Any, path: Path) -> Iterator[Problem]:
    ranking = items(preference, "ranking")
    best = ranking[0][1] if ranking and isinstance(ranking[0][1], list | tuple) else ()
    for k, name in items(preference, "much_worse_from"):
        if not ranking:
            yield Problem(
                path=(*path, "much_worse_from", k),
                message="there is no ranking in which this state could stand far below others",
                hint="add a ranking, or mark statements as 'strongly: true'",
            )
        elif name in best:
            yield Problem(
                path=(*path, "much_worse_from", k),
                message=f"'{name}' is among the best states, so that it is worse than none",
                hint="name the first state below the gap",
            )
    if part(preference, "counts") == "by_weight":
        for j, statement in items(preference, "statements"):
            if part(statement, "strongly") is True:
                yield Problem(
                    path=(*path, "statements", j, "strongly"),
                    message="a statement that counts by weight cannot also count strongly",
                    hint="drop 'strongly', or let the statements count in_order",
                )


def _stranger(party: Any, makers: set[str], path: Path) -> Iterator[Problem]:
    if isinstance(party, str) and party not in makers:
        yield Problem(
            path=path,
            message=f"'{party}' takes no part in this conflict: it has no options, moves or preferences",
            hint="name a party that does, or say what this one prefers",
        )


def _attitudes(conflict: Any, makers: set[str]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for k, attitude in items(conflict, "attitudes"):
        path: Path = ("conflict", "attitudes", k)
        party, towards = part(attitude, "party"), part(attitude, "towards")
        yield from _stranger(party, makers, (*path, "party"))
        yield from _stranger(towards, makers, (*path, "towards"))
        if isinstance(party, str) and isinstance(towards, str):
            if (party, towards) in seen:
                yield Problem(
                    path=path, message=f"a second attitude of '{party}' towards '{towards}'", hint="drop one of the two"
                )
            seen.add((party, towards))


def _perceptions(conflict: Any, makers: set[str]) -> Iterator[Problem]:
    named = [name for _, state in items(conflict, "states") if isinstance(name := part(state, "id"), str)]
    seen: set[str] = set()
    for k, perception in items(conflict, "perceptions"):
        path: Path = ("conflict", "perceptions", k)
        party = part(perception, "party")
        yield from _stranger(party, makers, (*path, "party"))
        if isinstance(party, str) and party in seen:
            yield Problem(path=path, message=f"a second perception of '{party}'", hint="merge the two")
        seen |= {party} if isinstance(party, str) else set()
        for j, move in items(perception, "unseen_moves"):
            yield from _stranger(part(move, "party"), makers, (*path, "unseen_moves", j, "party"))
        yield from _beliefs(perception, makers, named, path)


def _beliefs(perception: Any, makers: set[str], named: list[str], path: Path) -> Iterator[Problem]:
    seen: set[str] = set()
    for j, belief in items(perception, "believes"):
        here: Path = (*path, "believes", j)
        party = part(belief, "party")
        yield from _stranger(party, makers, (*here, "party"))
        if isinstance(party, str) and party in seen:
            yield Problem(path=here, message=f"a second belief about '{party}'", hint="merge the two")
        seen |= {party} if isinstance(party, str) else set()
        ranking, wants = items(belief, "ranking"), items(belief, "wants")
        if bool(ranking) == bool(wants):
            yield Problem(
                path=here,
                message="a belief says either what the party wants or how it ranks the states",
                hint="keep one of 'wants' and 'ranking'",
            )
        elif ranking:
            yield from ranking_problems(ranking, named, (*here, "ranking"))
