"""What each field of a noun means, as its docstring says it. `described` is the main name."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["described", "summary"]

ENTRY = re.compile(r"(?P<names>\w+(?:, \w+)*) : (?P<words>.*)")


def summary(noun: type) -> str:
    """The first sentence of a noun's docstring."""
    return inspect.getdoc(noun).partition("\n")[0] if noun.__doc__ else ""  # type: ignore[union-attr]


@functools.cache
def described(noun: type) -> Mapping[str, str]:
    """The descriptions under `Attributes` in a noun's docstring, by field; where several share one, each has it."""
    text = inspect.getdoc(noun) or ""
    _, _, section = text.partition("Attributes\n----------\n")
    result: dict[str, str] = {}
    names: list[str] = []
    for line in section.split("\n\n")[0].splitlines():
        entry = ENTRY.fullmatch(line)
        if entry:
            names = entry["names"].split(", ")
            result.update(dict.fromkeys(names, entry["words"]))
        elif line.startswith(" "):
            result.update({name: f"{result[name]} {line.strip()}" for name in names})
    return MappingProxyType(result)
