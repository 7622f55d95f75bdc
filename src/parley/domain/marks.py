"""Marks on the fields of nouns, and `walk`, which finds every marked value in a tree of nouns.

A field's type says what it holds (`Annotated[str, Refers("party")]`); the mark says what it means. Because `walk`
reads plain
mappings and lists as well as nouns, the same rules are checked on a file's raw content and on a finished scenario,
and a
new section gets its reference, range and unit checks by the marks on its fields alone.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from parley.errors import Path

__all__ = ["Defines", "Expresses", "Found", "OnScale", "Refers", "Text", "Within", "fields_of", "part", "walk"]


@dataclass(frozen=True, slots=True)
class Defines:
    """The field is the id of a new thing of this kind, unique among its kind."""

    kind: str


@dataclass(frozen=True, slots=True)
class Refers:
    """The field is the id of a thing of this kind that the scenario defines elsewhere (or of any of `or_kinds`)."""

    kind: str
    or_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Within:
    """Every number of the field lies in low..high."""

    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True, slots=True)
class OnScale:
    """The field is a point on the scale of the issue that the nearest enclosing `issue` field names.

    Files hold it in the issue's own unit or as the name of a rung; nouns hold it on the common scale 0..100.
    """


@dataclass(frozen=True, slots=True)
class Expresses:
    """The field is an expression over `issues` (`truce >= 30 and not recognition = full`) or over `options`."""

    over: str


@dataclass(frozen=True, slots=True)
class Text:
    """The field is a person's words: anything but control characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """One value that `walk` came upon.

    Attributes
    ----------
    path : keys and positions that lead to it
    type : its plain type, marks and `| None` taken off
    marks : the marks on its field
    value : the value itself
    owners : the nouns or mappings around it, innermost last
    """

    path: Path
    type: Any
    marks: tuple[Any, ...]
    value: Any
    owners: tuple[Any, ...]

    def mark(self, kind: type) -> Any | None:
        """The field's mark of this kind, or None."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)

    def nearest(self, name: str) -> Any | None:
        """The value of the nearest enclosing field of this name, or None."""
        for owner in reversed(self.owners):
            value = part(owner, name)
            if value is not None:
                return value
        return None


@functools.cache
def fields_of(noun: type) -> Mapping[str, Any]:
    """The fields of a noun with their types, marks included."""
    hints = typing.get_type_hints(noun, include_extras=True)
    return {field.name: hints[field.name] for field in dataclasses.fields(noun) if field.init}


def part(owner: Any, name: str) -> Any | None:
    """A field of a noun or a key of a mapping; None where it has none."""
    if isinstance(owner, Mapping):
        return owner.get(name)
    return getattr(owner, name, None)


def walk(hint: Any, value: Any, path: Path = (), owners: tuple[Any, ...] = ()) -> Iterator[Found]:
    """Yield every value in a tree of nouns, or in the raw mappings and lists of one, parents before children.

    Parameters
    ----------
    hint : the type of `value`, marks included
    value : a noun, or what a file holds in its place; parts of a wrong shape are passed over, not refused
    path, owners : where `value` stands
    """
    plain, marks = _unwrapped(hint)
    if value is None:
        return
    yield Found(path=path, type=plain, marks=marks, value=value, owners=owners)
    if dataclasses.is_dataclass(plain):
        if not (isinstance(value, Mapping) or dataclasses.is_dataclass(value)):
            return
        for name, inner in fields_of(typing.cast(type, plain)).items():
            yield from walk(inner, part(value, name), (*path, name), (*owners, value))
    elif typing.get_origin(plain) is tuple and isinstance(value, list | tuple):
        inner = typing.get_args(plain)[0]
        for index, item in enumerate(typing.cast(Sequence[Any], value)):
            yield from walk(inner, item, (*path, index), owners)


@functools.cache
def _unwrapped(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take `Annotated` and `| None` off a type: the plain type, and its marks."""
    marks: tuple[Any, ...] = ()
    while True:
        origin = typing.get_origin(hint)
        if origin is Annotated:
            hint, *found = typing.get_args(hint)
            marks = (*marks, *found)
        elif origin in (typing.Union, types.UnionType):
            rest = [arg for arg in typing.get_args(hint) if arg is not type(None)]
            if len(rest) != 1:
                return hint, marks
            hint = rest[0]
        else:
            return hint, marks
