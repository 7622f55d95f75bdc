"""YAML as the small tree that JSON is read into: `parsed`.

Mappings, lists and plain values are taken, keys as they are written, so that a number may be one. Anchors, aliases and
tags, with which a small text can become a large one or run code, are refused.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NoReturn

from parley.errors import Path, ScenarioError
from parley.files import scanner
from parley.files.importing.cells import Place, Refusals, shortened
from parley.files.importing.json_tree import MAX_DEPTH, MAX_VALUES, JsonValue
from parley.files.plain_values import checked, resolved

__all__ = ["parsed"]

LETTERS = ("y", "n", "Y", "N")
"""Words that no program that writes such files takes for a truth value."""

INFINITE = {"-.inf": -math.inf, "-.Inf": -math.inf, "-.INF": -math.inf}


def parsed(text: str, reader: Refusals) -> JsonValue:
    """Read a YAML text of one document.

    Parameters
    ----------
    text : the text
    reader : where what is wrong with single values is noted

    Raises
    ------
    ScenarioError
        If it is no YAML, has anchors, aliases or tags, nests deeper than 20 levels, or holds more than 50,000 values.
    """
    return _Parser(text, reader).whole()


class _Parser:
    """Reads event by event; what cannot be read ends the reading."""

    def __init__(self, text: str, reader: Refusals) -> None:
        self.reader = reader
        self.values = 0
        self.events: Iterator[Any] = (
            each
            for each in scanner.events(text, reader.name)
            if type(each).__name__ not in ("StreamStartEvent", "StreamEndEvent", "DocumentEndEvent")
        )

    def whole(self) -> JsonValue:
        next(self.events)
        value = self.value(next(self.events), ())
        after = next(self.events, None)
        if after is not None:
            self.stop("a second document starts here", "keep one document to a file", after)
        return value

    def value(self, event: Any, path: Path) -> JsonValue:
        kind = type(event).__name__
        self.values += 1
        if self.values > MAX_VALUES:
            self.stop(f"the file holds more than {MAX_VALUES:,} values", "leave out what is not needed", event)
        if len(path) > MAX_DEPTH:
            self.stop(f"the values nest deeper than {MAX_DEPTH} levels", "files of this kind need seven", event)
        if kind == "AliasEvent" or event.anchor is not None:
            self.stop("anchors and aliases (& and *) are not taken", "write the value out", event)
        if event.tag is not None and event.tag != "!":
            self.stop(f"the tag '{shortened(str(event.tag))}' is not taken", "remove it", event)
        content: Any
        if kind == "MappingStartEvent":
            content = self.mapping(path)
        elif kind == "SequenceStartEvent":
            content = self.sequence(path)
        else:
            content = self.scalar(event, path)
        return JsonValue(content, _place(event), path)

    def mapping(self, path: Path) -> dict[str, JsonValue]:
        content: dict[str, JsonValue] = {}
        while type(event := next(self.events)).__name__ != "MappingEndEvent":
            if type(event).__name__ != "ScalarEvent" or event.anchor is not None:
                self.stop("a key must be a word or a number", "write it before the colon", event)
            key = str(event.value)
            if key in content:
                message = f"the key '{shortened(key)}' stands twice in this mapping"
                self.reader.refuse(_place(event), message, "keep one of the two", path)
            content[key] = self.value(next(self.events), (*path, key))
        return content

    def sequence(self, path: Path) -> list[JsonValue]:
        content: list[JsonValue] = []
        while type(event := next(self.events)).__name__ != "SequenceEndEvent":
            content.append(self.value(event, (*path, len(content))))
        return content

    def scalar(self, event: Any, path: Path) -> Any:
        word = str(event.value)
        if event.style or word in LETTERS:
            return checked(word)
        if word in INFINITE:
            return INFINITE[word]
        if word in ("", "~") or word.lower() == "null":
            return None
        try:
            return resolved(word)
        except ScenarioError as error:
            self.reader.refuse(_place(event), error.problems[0].message, error.problems[0].hint, path)
            return word

    def stop(self, message: str, hint: str, event: Any) -> NoReturn:
        self.reader.refuse(_place(event), message, hint)
        self.reader.insist()
        raise AssertionError


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
