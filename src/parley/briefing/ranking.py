"""How each engine ranks the approaches for the party that asks. `standings` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from parley.briefing.desk import Desk
from parley.briefing.measures import Paired

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Standing", "least_costly", "most_costly", "rivals", "sees_change", "standings"]

TIED = 1e-9
"""Payoffs closer than this are the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an engine ranks the approaches for the party that asks.

    Attributes
    ----------
    engine : the engine
    best : ids of the approaches that are best in the largest share of draws, all alike in every draw; None for no
        change
    share : that share, 0..1
    sees : whether any approach changes the engine's agreement, settlement or time in any draw; where not, it can
        rank nothing
    """

    engine: str
    best: tuple[str | None, ...]
    share: float
    sees: bool


def standings(desk: Desk) -> list[Standing]:
    """Rank the approaches by each engine that has payoffs for the party that asks."""
    return desk.once("standings", lambda: _standings(desk))


def _standings(desk: Desk) -> list[Standing]:
    result = []
    for engine in desk.speaking("payoff"):
        found = {
            each.id: each.engines[engine]
            for each in (desk.summary.baseline, *desk.summary.approaches)
            if engine in each.engines
        }
        if len(found) < 2 or not any(each.usable for each in found.values()):
            continue
        groups = _alike(desk, engine, tuple(found))
        shares = [sum(found[name].best_share for name in group) for group in groups]
        best = int(np.argmax(shares))
        sees = any(sees_change(desk, engine, each.id) for each in desk.comparison.approaches)
        result.append(Standing(engine=engine, best=groups[best], share=shares[best], sees=sees))
    return result


def _alike(desk: Desk, engine: str, names: tuple[str | None, ...]) -> list[tuple[str | None, ...]]:
    """Group the approaches under which the asking party's payoff is the same in every draw."""
    groups: list[list[str | None]] = []
    for name in names:
        values = desk.values(engine, "payoff", name, party=desk.comparison.asked_by)
        for group in groups:
            first = desk.values(engine, "payoff", group[0], party=desk.comparison.asked_by)
            if (
                first is not None
                and values is not None
                and np.allclose(first, values, rtol=0, atol=TIED, equal_nan=True)
            ):
                group.append(name)
                break
        else:
            groups.append([name])
    return [tuple(group) for group in groups]


def sees_change(desk: Desk, engine: str, approach_id: str) -> bool:
    """Whether an approach changes an engine's agreement, settlement or time in any draw."""
    return desk.once(f"sees {engine} {approach_id}", lambda: _sees_change(desk, engine, approach_id))


def _sees_change(desk: Desk, engine: str, approach_id: str) -> bool:
    base, changed = desk.data(engine), desk.data(engine, approach_id)
    if base is None or changed is None:
        return False
    return any(
        not np.array_equal(_numbers(base, name), _numbers(changed, name), equal_nan=True)
        for name in ("agreement", "settlement", "time_to_agreement")
    )


def _numbers(data: xr.Dataset, name: str) -> NDArray[np.float64]:
    return np.asarray(data[name], dtype=np.float64)


def least_costly(desk: Desk, engine: str) -> tuple[str, Paired] | None:
    """The approach, of those whose effects an engine sees, with the highest mean change for the party that asks."""
    found = _changes(desk, engine)
    return max(found.items(), key=lambda each: each[1].difference.mean, default=None)


def most_costly(desk: Desk, engine: str) -> tuple[str, Paired] | None:
    """The same with the lowest mean change; None where it is also the highest."""
    found = _changes(desk, engine)
    return min(found.items(), key=lambda each: each[1].difference.mean) if len(found) > 1 else None


def rivals(desk: Desk, engine: str, within: float) -> tuple[str, ...]:
    """The approaches that do as well by an engine as the best of them, or nearly, the best among them.

    Parameters
    ----------
    desk : the desk
    engine : the engine
    within : how far a mean change of payoff may lie below the highest
    """
    means = {name: paired.difference.mean for name, paired in _changes(desk, engine).items()}
    return tuple(name for name, mean in means.items() if mean >= max(means.values()) - within)


def _changes(desk: Desk, engine: str) -> dict[str, Paired]:
    return {
        approach.id: paired
        for approach in desk.comparison.approaches
        if sees_change(desk, engine, approach.id)
        and (paired := desk.difference(engine, "payoff", approach.id, party=desk.comparison.asked_by))
    }
