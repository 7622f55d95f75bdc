"""Between the issue's own unit, which files speak, and the common scale 0..100 of the nouns.

`to_points` converts what was read from a file, `in_unit` one point on its way out. The fields are found by their mark
`OnScale`.
"""

from __future__ import annotations

import math
from typing import Any

from parley.domain.checks import Known
from parley.domain.issue import Scale
from parley.domain.marks import OnScale, walk
from parley.domain.scenario import Scenario
from parley.errors import Path, Problem, ScenarioError

__all__ = ["in_unit", "to_points"]

NUMBERS = ("low", "mode", "high")
NEUTRAL = 50.0


def to_points(data: Any) -> list[Problem]:
    """Convert every point on an issue's scale to 0..100, in place.

    What cannot be converted becomes a neutral point, or NaN where a rung must be named, so that nothing but its own
    problem is reported of it.

    Parameters
    ----------
    data : the raw content of a scenario file

    Returns
    -------
    Problems: unknown rungs, and estimates whose numbers do not rise.
    """
    found = list(walk(Scenario, data))
    known = Known(data, found)
    problems: list[Problem] = []
    for each in found:
        if each.mark(OnScale) is None:
            continue
        issue = each.nearest("issue")
        scale = known.scales.get(issue) if isinstance(issue, str) else None
        if isinstance(each.value, dict):
            problems += _converted_estimate(each.value, scale, each.path)
        elif _is_point(each.value):
            point, faults = _converted(each.value, scale, each.path)
            each.owners[-1][each.path[-1]] = math.nan if faults and each.type is float else point
            problems += faults
    return problems


def in_unit(point: float, scale: Scale) -> float:
    """The shortest number in the issue's own unit that is read back as this point.

    Parameters
    ----------
    point : 0..100
    scale : the issue's scale
    """
    value = scale.in_unit(point)
    candidates = (float(f"{value:.{digits}g}") for digits in range(1, 18))
    return next((each for each in candidates if _reads_as(each, point, scale)), value)


def _reads_as(value: float, point: float, scale: Scale) -> bool:
    return scale.low <= value <= scale.high and scale.point(value) == point


def _is_point(value: Any) -> bool:
    return isinstance(value, int | float | str) and not isinstance(value, bool)


def _converted_estimate(estimate: dict[str, Any], scale: Scale | None, path: Path) -> list[Problem]:
    written = {name: estimate[name] for name in NUMBERS if _is_point(estimate.get(name))}
    problems: list[Problem] = []
    for name, value in written.items():
        estimate[name], faults = _converted(value, scale, (*path, name))
        problems += faults
    numbers = [estimate[name] for name in written]
    if not problems and numbers != sorted(numbers):
        shown = ", ".join(
            f"{name} {value if isinstance(value, str) else f'{value:g}'}" for name, value in written.items()
        )
        problems = [Problem(path=path, message=f"{shown}: they must rise", hint="write low <= mode <= high")]
    if problems:
        estimate.update(dict.fromkeys(written, NEUTRAL))
    return problems


def _converted(value: float | str, scale: Scale | None, path: Path) -> tuple[float, list[Problem]]:
    if scale is None:
        return NEUTRAL, []
    try:
        return scale.point(value), []
    except ScenarioError as error:
        return NEUTRAL, [Problem(path=path, message=each.message, hint=each.hint) for each in error.problems]
