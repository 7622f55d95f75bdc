"""The JSON Schema of the scenario file, made from the nouns' types, marks and docstrings: `json_schema`."""

from __future__ import annotations

import dataclasses
import datetime
import math
import types
import typing
from typing import Any

from parley.domain.checks import ID
from parley.domain.estimate import Estimate
from parley.domain.marks import Defines, Expresses, Found, OnScale, Refers, Within, fields_of, walk
from parley.domain.scenario import Scenario
from parley.files.descriptions import described, summary
from parley.files.units import NUMBERS

__all__ = ["json_schema"]

IN_UNIT = "in the issue's own unit, or the name of a rung"
OVER = {
    "issues": "an expression over issues, as in: truce >= 30",
    "options": "an expression over options, as in: a IF -b",
    "states": "an expression over options and named states, as in: a IF -b",
}


def json_schema(noun: type = Scenario) -> dict[str, Any]:
    """Make the JSON Schema (draft 2020-12) of the scenario file, or of another file that holds one noun.

    Parameters
    ----------
    noun : what the file holds

    Returns
    -------
    A schema of the form that files have: an estimate is a number or a mapping, a point is in its issue's own unit or
    the name of a rung. What only holds between parts, such as references, is left to `check`.
    """
    definitions: dict[str, Any] = {}
    root = _noun(noun, definitions)
    name = noun.__name__.lower()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:parley:schema:{name}:1",
        "title": f"Parley {name}",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _noun(noun: type, definitions: dict[str, Any]) -> dict[str, Any]:
    texts = described(noun)
    properties: dict[str, Any] = {}
    required = []
    for field in dataclasses.fields(noun):
        schema = _field(fields_of(noun)[field.name], definitions)
        schema["description"] = _joined(texts[field.name], schema.get("description", ""))
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            required.append(field.name)
        elif isinstance(field.default, str | int | float | bool):
            schema["default"] = field.default
        properties[field.name] = schema
    result = {"type": "object", "description": summary(noun), "properties": properties, "additionalProperties": False}
    return {**result, "required": required} if required else result


def _joined(text: str, more: str) -> str:
    return f"{text}; {more}" if more else text


def _field(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of a field's type with its marks."""
    found = next(walk(hint, _ANYTHING))
    plain = found.type
    if plain is Estimate:
        return _estimate(found, definitions)
    if dataclasses.is_dataclass(plain):
        noun = typing.cast(type, plain)
        if noun.__name__ not in definitions:
            definitions[noun.__name__] = {}
            definitions[noun.__name__] = {"title": noun.__name__, **_noun(noun, definitions)}
        return {"$ref": f"#/$defs/{noun.__name__}"}
    if typing.get_origin(plain) is tuple:
        return {"type": "array", "items": _field(typing.get_args(plain)[0], definitions)}
    if typing.get_origin(plain) is typing.Literal:
        return {"enum": list(typing.get_args(plain))}
    if found.mark(OnScale):
        return {"type": ["number", "string"], "description": IN_UNIT}
    return _SIMPLE[plain] | _range(found) | _words(found)


def _estimate(found: Found, definitions: dict[str, Any]) -> dict[str, Any]:
    """A number, or low, mode and high; a rung's name where it is a point on a scale."""
    number: dict[str, Any] = {"type": "number", **_range(found)}
    on_scale = found.mark(OnScale) is not None
    if on_scale:
        number = {"type": ["number", "string"]}
    name = "Point" if on_scale else _range_name(found)
    if name not in definitions:
        whole = _noun(Estimate, definitions)
        for key in NUMBERS:
            whole["properties"][key] = number | {"description": whole["properties"][key]["description"]}
        definitions[name] = {"title": name, **whole}
    unit = {"description": IN_UNIT} if on_scale else {}
    return {"anyOf": [number, {"$ref": f"#/$defs/{name}"}], **unit}


def _range_name(found: Found) -> str:
    within = found.mark(Within)
    if within is None:
        return "Estimate"
    return {(0, 1): "Share", (0, math.inf): "NonNegative"}.get(
        (within.low, within.high), f"Estimate_{within.low:g}_{within.high:g}".replace("-", "minus_")
    )


def _range(found: Found) -> dict[str, Any]:
    within = found.mark(Within)
    ends = (("minimum", within.low), ("maximum", within.high)) if within else ()
    return {name: end for name, end in ends if math.isfinite(end)}


def _words(found: Found) -> dict[str, Any]:
    """What the marks say about a text: the pattern of an id, what it refers to, what it expresses."""
    refers, expresses = found.mark(Refers), found.mark(Expresses)
    if refers or found.mark(Defines):
        kinds = " or ".join((refers.kind, *refers.or_kinds)) if refers else ""
        return {"pattern": f"^{ID.pattern}$"} | ({"description": f"the id of a defined {kinds}"} if kinds else {})
    return {"description": OVER[expresses.over]} if expresses else {}


_ANYTHING = types.SimpleNamespace()
_SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"},
}
