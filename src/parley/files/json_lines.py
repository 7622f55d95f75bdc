"""Files of one JSON object a line, read line by line with every problem. `objects` and `built` are the main names."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from parley.errors import FileError, Problem, ScenarioError
from parley.files.validation import described_kind, validated

__all__ = ["built", "objects", "read_bytes", "text_of"]

Noun = TypeVar("Noun")

MAX_BYTES = 200_000_000


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises
    ------
    FileError
        If it cannot be read.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error


def objects(content: bytes, name: str, schema: str) -> Iterator[tuple[int, Mapping[str, Any] | Problem]]:
    """Read the lines of a file.

    Parameters
    ----------
    content : what the file holds
    name : its name, for problems
    schema : what each line must have as its `schema`

    Yields
    ------
    number of the line, from 1, and its object, or what is wrong with it; empty lines are passed over
    """
    for number, raw in enumerate(content.split(b"\n"), start=1):
        if raw.strip():
            yield number, _object(raw, name, number, schema)


def built(held: Mapping[str, Any], noun: type[Noun], name: str, number: int) -> Noun:
    """Make a noun of a line; keys that the noun does not have are passed over, so that other programs can add theirs.

    Raises
    ------
    ScenarioError
        With every problem of the line.
    """
    names = {each.name for each in dataclasses.fields(noun)}  # type: ignore[arg-type]
    known = {key: value for key, value in held.items() if key in names}
    made, problems = validated(known, noun, broken=False)
    if made is None:
        raise ScenarioError([dataclasses.replace(problem, file=name, line=number) for problem in problems])
    return made


def text_of(lines: Iterator[Mapping[str, Any]]) -> str:
    """The text of a file with these lines."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _object(raw: bytes, name: str, number: int, schema: str) -> Mapping[str, Any] | Problem:
    try:
        held = json.loads(raw.decode("utf-8-sig" if number == 1 else "utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError:
        return Problem(message="the line is not UTF-8", hint="save the file as UTF-8", file=name, line=number)
    except (ValueError, RecursionError) as error:
        column = getattr(error, "colno", None)
        message = f"the line is no JSON: {getattr(error, 'msg', error)}"
        hint = "write one object a line; a line that breaks off was not written to its end"
        return Problem(message=message, hint=hint, file=name, line=number, column=column)
    if not isinstance(held, dict):
        message = f"the line {described_kind(held)}; it must be an object"
        return Problem(message=message, hint="write one object a line", file=name, line=number)
    if held.get("schema") != schema:
        message = f"the line's schema is {held.get('schema')!r}"
        return Problem(message=message, hint=f"lines of this file have '{schema}'", file=name, line=number)
    return held


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")
