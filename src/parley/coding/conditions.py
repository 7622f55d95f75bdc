"""Conditions of a position, as expressions where they name a point of another issue. `attached` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parley.coding.joining import Counted
from parley.domain.codebook import Codebook
from parley.domain.coding import Coding
from parley.domain.position import Condition

__all__ = ["Attached", "attached"]

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What the positions hang on.

    Attributes
    ----------
    conditions : the conditions of each position, by party and issue
    unexpressed : conditions that no expression can hold: id of the condition, and why
    """

    conditions: Mapping[Key, tuple[Condition, ...]]
    unexpressed: Mapping[str, str]


def attached(grounds: Mapping[Key, Sequence[Counted]], all_codings: Sequence[Counted], codebook: Codebook) -> Attached:
    """Hang conditions on the positions that were stated with them.

    A condition that names a point in the upper half of another issue's scale holds from the low end of its range
    upwards, one in the lower half from the high end downwards.

    Parameters
    ----------
    grounds : the claims beneath each position
    all_codings : where conditions are looked up
    codebook : the issues with their scales

    Returns
    -------
    the conditions; circles are left out, since nobody could ever meet them
    """
    by_id: dict[str, list[Coding]] = {}
    for each in all_codings:
        by_id.setdefault(_first(each.coding.id), []).append(each.coding)
    found: dict[Key, tuple[Condition, ...]] = {}
    needs: dict[str, dict[str, set[str]]] = {}
    unexpressed: dict[str, str] = {}
    for key, claims in grounds.items():
        for name in dict.fromkeys(name for each in claims for name in each.coding.conditions):
            for coding in by_id.get(name, ()):
                problem = _problem(coding, key, needs)
                if problem:
                    unexpressed[coding.id] = problem
                    continue
                needs.setdefault(key[0], {}).setdefault(key[1], set()).add(str(coding.issue))
                found[key] = (*found.get(key, ()), _condition(coding, codebook))
    return Attached(conditions=found, unexpressed=unexpressed)


def _first(coding_id: str) -> str:
    """The id of the first coding of the statement: its third part is a number where it was split."""
    return "_".join(coding_id.split("_")[:2])


def _problem(coding: Coding, key: Key, needs: Mapping[str, Mapping[str, set[str]]]) -> str:
    """Why a condition cannot be an expression; empty where it can."""
    if coding.issue is None or coding.position is None:
        return "it names no point of an issue"
    if coding.issue == key[1]:
        return f"it speaks of {key[1]} itself"
    if coding.position.low <= 0 and coding.position.high >= 100:
        return "every point would meet it"
    if _reaches(needs.get(key[0], {}), coding.issue, key[1]):
        return f"{coding.issue} hangs on {key[1]} already"
    return ""


def _reaches(arrows: Mapping[str, set[str]], start: str, goal: str) -> bool:
    seen, waiting = set(), [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting += arrows.get(name, ())
    return False


def _condition(coding: Coding, codebook: Codebook) -> Condition:
    assert coding.issue is not None
    assert coding.position is not None
    issue = codebook.issue(coding.issue)
    upper = coding.position.mode >= 50
    bound = coding.position.low if upper else coding.position.high
    sign, value = (">=" if upper else "<="), issue.scale.in_unit(bound)
    words = f"{issue.name}: {'at least' if upper else 'at most'} {value:.6g} {issue.scale.unit}".rstrip()
    grounds = (coding.id,) if coding.party is not None else ()
    return Condition(words=words, only_if=f"{issue.id} {sign} {value:.10g}", grounds=grounds)
