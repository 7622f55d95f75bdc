"""Plain data to a `Scenario`, with what is wrong in plain words. `validated` is the main name."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import json
import re
import typing
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from parley.domain.estimate import Estimate
from parley.domain.marks import Found, fields_of, walk
from parley.errors import Path, Problem, ScenarioError, did_you_mean, printable
from parley.files.descriptions import described
from parley.files.units import NUMBERS

__all__ = ["MISSING", "described_kind", "validated"]

Noun = TypeVar("Noun")

MAX_DETAILS = 1000
MAX_SHOWN = 1000
MISSING = " is missing"
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
NUMERIC = re.compile(r"\s*[-+]?[\d.,]+\s*%?\s*", re.ASCII)


def validated(data: Any, noun: type[Noun], *, broken: bool) -> tuple[Noun | None, list[Problem]]:
    """Build a noun from data whose points are on the common scale; bare numbers in it become estimates, in place.

    Parameters
    ----------
    data : the content of a file, converted
    noun : what the file holds, such as `Scenario`
    broken : whether the data are known to break the rules of the whole, which then are not reported again

    Returns
    -------
    The noun, or None with every problem of type and of the nouns' own rules.
    """
    found = list(walk(noun, data))
    problems = [_date_problem(each.path, each.value) for each in found if _is_loose_date(each)]
    for each in found:
        if each.type is Estimate and isinstance(each.value, int | float) and not isinstance(each.value, bool):
            each.owners[-1][each.path[-1]] = dict.fromkeys(NUMBERS, each.value)
    try:
        made: Noun = _adapter(typing.cast(Hashable, noun)).validate_json(json.dumps(data), strict=True, extra="forbid")
    except ValidationError as error:
        places = {each.path: each for each in found}
        details = typing.cast("list[Mapping[str, Any]]", error.errors(include_url=False))
        for detail in details[:MAX_DETAILS]:
            if detail["loc"] or not broken:
                problems += _explained(detail, places)
        return None, _without_misspelt(problems)
    return (None, problems) if problems else (made, [])


def _without_misspelt(problems: list[Problem]) -> list[Problem]:
    """Leave out the keys that are missing because they are misspelt in the same mapping."""
    misspelt = [(each.path[:-1], each.hint) for each in problems if each.message.startswith("unknown key")]
    return [
        each
        for each in problems
        if not any(
            each.path == path and f"did you mean {each.message.removesuffix(MISSING)}" in hint
            for path, hint in misspelt
        )
    ]


@functools.cache
def _adapter(noun: Any) -> TypeAdapter[Any]:
    return TypeAdapter(noun)


def _is_loose_date(found: Found) -> bool:
    """Whether a date has a form that pydantic would take and the format does not, such as seconds since 1970."""
    return found.type is datetime.date and isinstance(found.value, str) and not ISO_DATE.fullmatch(found.value)


def _date_problem(path: Path, value: Any) -> Problem:
    shown = (
        f"'{_short(value)}' is not a date" if isinstance(value, str) else f"{described_kind(value)}; it must be a date"
    )
    return Problem(path=path, message=shown, hint="write year, month and day, as in 2025-03-18")


def _explained(detail: Mapping[str, Any], found: Mapping[Path, Found]) -> list[Problem]:
    kind, path, value = detail["type"], tuple(detail["loc"]), detail["input"]
    error = detail.get("ctx", {}).get("error")
    if kind == "value_error" and isinstance(error, ScenarioError):
        return [dataclasses.replace(problem, path=(*path, *problem.path)) for problem in error.problems]
    if kind.startswith("date"):
        return [_date_problem(path, value)]
    if kind.startswith("missing"):
        return [_missing(path, found)]
    if kind == "unexpected_keyword_argument":
        known = list(fields_of(_noun(path[:-1], found)))
        word = str(path[-1])
        return [
            Problem(path=path, message=f"unknown key '{_short(word)}'", hint=did_you_mean(word, known, noun="keys"))
        ]
    wrong = WRONG_TYPE.get(kind)
    if wrong is None:
        return [Problem(path=path, message=f"{described_kind(value)}; {str(detail['msg']).lower()}")]
    wanted, hint = wrong(path, value, found)
    return [Problem(path=path, message=f"{described_kind(value)}; it must be {wanted}", hint=hint)]


def _missing(path: Path, found: Mapping[Path, Found]) -> Problem:
    noun, name = _noun(path[:-1], found), str(path[-1])
    return Problem(path=path[:-1], message=f"'{name}'{MISSING}", hint=f"{name}: {described(noun)[name]}")


def _noun(path: Path, found: Mapping[Path, Found]) -> type:
    return typing.cast(type, found[path].type) if path in found else typing.cast(type, found[()].type)


Wanted = tuple[str, str]


def _number(path: Path, value: Any, found: Mapping[Path, Found]) -> Wanted:
    if isinstance(value, str) and NUMERIC.fullmatch(value):
        return "a number", "take away the quotes and whatever is not a digit or the decimal point"
    return "a number", "write digits, as in 0.5"


def _whole_number(path: Path, value: Any, found: Mapping[Path, Found]) -> Wanted:
    return "a whole number", "write digits only, as in 30"


def _truth(path: Path, value: Any, found: Mapping[Path, Found]) -> Wanted:
    return "true or false", "write true or false, without quotes"


def _text(path: Path, value: Any, found: Mapping[Path, Found]) -> Wanted:
    if isinstance(value, int | float):
        return "text", "put it in quotes"
    return "text", "write words, in quotes where they hold ': ' or ' #'"


def _list(path: Path, value: Any, found: Mapping[Path, Found]) -> Wanted:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return "a list", f"write [{_short(value)}]"
    return "a list", "start each item on a new line with '- ', or write []"


def _mapping(path: Path, value: Any, found: Mapping[Path, Found]) -> Wanted:
    noun = _noun(path, found)
    if noun is Estimate:
        hint = (
            _number(path, value, found)[1]
            if isinstance(value, str)
            else "write {low: 1, mode: 2, high: 3, grounds: [F1]}"
        )
        return "a number, or a mapping with low, mode and high", hint
    needed = [field.name for field in dataclasses.fields(noun) if _is_required(field)]
    return "a mapping", "with the keys " + ", ".join(needed or fields_of(noun))


def _word(path: Path, value: Any, found: Mapping[Path, Found]) -> Wanted:
    allowed = [str(each) for each in typing.get_args(found[path].type)] if path in found else []
    hint = did_you_mean(value, allowed, noun="words") if isinstance(value, str) else ""
    return "one of " + ", ".join(allowed), hint if hint.startswith("did") else ""


WRONG_TYPE: Mapping[str, Callable[[Path, Any, Mapping[Path, Found]], Wanted]] = {
    "float_type": _number,
    "float_parsing": _number,
    "finite_number": _number,
    "int_type": _whole_number,
    "int_parsing": _whole_number,
    "int_from_float": _whole_number,
    "bool_type": _truth,
    "bool_parsing": _truth,
    "string_type": _text,
    "tuple_type": _list,
    "dataclass_type": _mapping,
    "literal_error": _word,
}


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def described_kind(value: Any) -> str:
    """What a value is, as the start of a sentence, such as `is text ('abc')`."""
    match value:
        case None:
            return "is empty"
        case bool():
            return f"is {str(value).lower()}"
        case int() | float():
            return f"is the number {_short(value)}"
        case str():
            return f"is text ('{_short(value)}')"
        case list():
            return "is a list"
        case _:
            return "is a mapping"


def _short(value: Any) -> str:
    shown = printable(str(value)[:MAX_SHOWN])
    return shown if len(shown) <= 60 else shown[:57] + "..."
