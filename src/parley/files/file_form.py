"""A scenario as the plain data of its file, each point in its issue's own unit. `to_file_form` is the main name."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

from parley.domain.estimate import Estimate
from parley.domain.issue import Scale
from parley.domain.marks import OnScale, walk
from parley.domain.scenario import Scenario
from parley.files.units import NUMBERS, in_unit

__all__ = ["plain_form", "to_file_form"]


def to_file_form(scenario: Scenario) -> dict[str, Any]:
    """Turn a scenario into mappings, lists, text, numbers and truth values, as `load` would read them.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    Its sections in the order of the nouns' fields, without what is absent or has its default; dates as text; an
    estimate that is one exact number without grounds as that number.
    """
    form: dict[str, Any] = {"schema": scenario.schema, **plain_form(scenario)}
    scales = {issue.id: issue.scale for issue in scenario.issues}
    points = [each for each in walk(Scenario, form) if each.mark(OnScale)]
    for each in points:
        owner, name = each.owners[-1], each.path[-1]
        scale = scales[str(each.nearest("issue"))]
        if isinstance(each.value, dict):
            each.value.update({key: _number(in_unit(each.value[key], scale)) for key in NUMBERS})
        elif each.type is float:
            owner[name] = _rung(each.value, scale)
        else:
            owner[name] = _number(in_unit(each.value, scale))
    return form


def plain_form(value: Any) -> Any:
    """A noun as mappings, lists, text and numbers, without what is absent or has its default; points stay 0..100."""
    match value:
        case Estimate(low=low, high=high) if low == high and value.rests_on_nothing and value.shape == "pert":
            return _number(low)
        case tuple():
            return [plain_form(item) for item in value]
        case datetime.date():
            return value.isoformat()
        case float():
            return _number(value)
        case _ if dataclasses.is_dataclass(value):
            fields = dataclasses.fields(value)
            return {
                field.name: plain_form(part)
                for field in fields
                if (part := getattr(value, field.name)) != field.default
            }
        case _:
            return value


def _rung(point: float, scale: Scale) -> float | int | str:
    """The name of the rung at a point of a ladder; elsewhere the point in the issue's own unit."""
    rungs = (each.rung for each in scale.anchors if scale.ladder and scale.point(each.at) == point)
    return next(rungs, None) or _number(in_unit(point, scale))


def _number(value: float) -> float | int:
    """A whole number without its decimal point."""
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value
