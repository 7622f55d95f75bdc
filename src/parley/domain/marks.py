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
from collections.abc import Iterator, Mapping
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
    """The field is an expression over `issues` (`truce >= 30 and not recognition = full`), over `options`, or `states`.

    One over states may speak of options as well.
    """

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


def walk(hint: Any, value: Any) -> Iterator[Found]:
    """Yield every value in a tree of nouns, or in the raw mappings and lists of one, parents before children.

    Parameters
    ----------
    hint : the type of `value`, marks included
    value : a noun, or what a file holds in its place; parts of a wrong shape are passed over, not refused
    """
    waiting: list[tuple[_Shape, Found]] = []
    _wait(waiting, _shape(hint), value, (), ())
    while waiting:
        shape, found = waiting.pop()
        yield found
        here, owners = found.value, found.owners
        if shape.fields and (isinstance(here, Mapping) or dataclasses.is_dataclass(here)):
            owners = (*owners, here)
            for name, inner in reversed(shape.fields):
                _wait(waiting, inner, part(here, name), (*found.path, name), owners)
        elif shape.item is not None and isinstance(here, list | tuple):
            for index in range(len(here) - 1, -1, -1):
                _wait(waiting, shape.item, here[index], (*found.path, index), owners)


def _wait(waiting: list[tuple[_Shape, Found]], shape: _Shape, value: Any, path: Path, owners: tuple[Any, ...]) -> None:
    if value is not None:
        found = Found(path=path, type=shape.type, marks=shape.marks, value=value, owners=owners)
        waiting.append((shape, found))


@dataclass(frozen=True, slots=True)
class _Shape:
    """A type made ready for walking: its plain type and marks, and the shapes of its fields or of its items."""

    type: Any
    marks: tuple[Any, ...]
    fields: tuple[tuple[str, _Shape], ...]
    item: _Shape | None


@functools.cache
def _shape(hint: Any) -> _Shape:
    plain, marks = _unwrapped(hint)
    fields: tuple[tuple[str, _Shape], ...] = ()
    item = None
    if dataclasses.is_dataclass(plain):
        noun = typing.cast(type, plain)
        fields = tuple((name, _shape(inner)) for name, inner in fields_of(noun).items())
    elif typing.get_origin(plain) is tuple:
        item = _shape(typing.get_args(plain)[0])
    return _Shape(type=plain, marks=marks, fields=fields, item=item)


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
