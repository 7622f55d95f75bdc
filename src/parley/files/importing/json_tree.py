"""JSON as a small tree whose values know their place and their path. `parsed` is the main name.

Only JSON as it is defined is taken: no comments, no commas at the end, no NaN. A key that stands twice in an object is
a problem, since programs differ in which of the two they take.
"""

from __future__ import annotations

import bisect
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from parley.errors import Path
from parley.files.importing.cells import Place, Refusals, shortened
from parley.files.plain_values import SURROGATE

__all__ = ["KINDS", "MAX_DEPTH", "MAX_VALUES", "JsonValue", "parsed"]

MAX_DEPTH = 20
MAX_VALUES = 50_000
MAX_DIGITS = 30
TOKEN = re.compile(
    r"[ \t\r\n]*+(?:(?P<sign>[][{}:,])"
    r'|(?P<string>"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")'
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][-+]?[0-9]++)?(?![\w.+-]))"
    r"|(?P<word>[A-Za-z_]\w*+)|(?P<end>\Z)|(?P<other>(?s:.)))",
    re.ASCII,
)
WORDS: Mapping[str, bool | None] = {"true": True, "false": False, "null": None}
KINDS = {
    dict: "an object",
    list: "a list",
    str: "text",
    int: "a whole number",
    float: "a number with decimals",
    bool: "true or false",
    type(None): "null",
}


@dataclass(frozen=True, slots=True)
class JsonValue:
    """A value of a JSON text.

    Attributes
    ----------
    content : an object as a mapping of keys to values, a list of values, or text, number, truth value or None
    place : where it starts
    path : keys and positions that lead to it
    """

    content: Mapping[str, JsonValue] | Sequence[JsonValue] | str | float | bool | None
    place: Place
    path: Path

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return KINDS[type(self.content)]

    @property
    def fields(self) -> Mapping[str, JsonValue]:
        """The values of an object, by key; none where it is no object."""
        return self.content if isinstance(self.content, dict) else {}

    @property
    def items(self) -> Sequence[JsonValue]:
        """The values of a list; none where it is no list."""
        return self.content if isinstance(self.content, list) else ()

    @property
    def whole(self) -> int | None:
        """The whole number that it is; None where it is something else."""
        return self.content if type(self.content) is int else None

    @property
    def text(self) -> str:
        """The text that it is; empty where it is something else."""
        return self.content if isinstance(self.content, str) else ""


def parsed(text: str, reader: Refusals, *, infinity: bool = False) -> JsonValue:
    """Read a JSON text.

    Parameters
    ----------
    text : the text
    reader : where a key that stands twice, and text that no file may hold, are noted as problems
    infinity : whether -Infinity is taken for a number, as Python writes it and JSON does not know it

    Returns
    -------
    Its one value.

    Raises
    ------
    ScenarioError
        If it is no JSON, nests deeper than 20 levels, or holds more than 50,000 values.
    """
    return _Parser(text, reader, infinity=infinity).whole()


class _Parser:
    """Reads value by value; what cannot be read ends the reading."""

    def __init__(self, text: str, reader: Refusals, *, infinity: bool = False) -> None:
        self.infinity = infinity
        self.text = text
        self.reader = reader
        self.at = 0
        self.values = 0
        self.starts = [0, *(found.end() for found in re.finditer("\r\n|\r|\n", text))]

    def whole(self) -> JsonValue:
        value = self.value(())
        kind, _, start = self.token()
        if kind != "end":
            self.stop("something stands after the end of the JSON", "a file holds one object", start)
        return value

    def token(self) -> tuple[str, str, int]:
        """The kind of the next token, its text, and its first character."""
        found = TOKEN.match(self.text, self.at)
        assert found is not None, "anything is some kind of token"
        self.at = found.end()
        kind = str(found.lastgroup)
        return kind, found[kind], found.start(kind)

    def value(self, path: Path) -> JsonValue:
        kind, token, start = self.token()
        self.values += 1
        if self.values > MAX_VALUES:
            self.stop(f"the file holds more than {MAX_VALUES:,} values", "leave out what is not needed", start)
        if len(path) > MAX_DEPTH:
            self.stop(f"the values nest deeper than {MAX_DEPTH} levels", "files of this kind need seven", start)
        content: Any
        if (kind, token) == ("sign", "{"):
            content = self.mapping(path)
        elif (kind, token) == ("sign", "["):
            content = self.sequence(path)
        elif kind == "string":
            content = self.string(token, start, path)
        elif kind == "number":
            content = self.number(token, start)
        elif kind == "word" and token in WORDS:
            content = WORDS[token]
        elif self.infinity and self.text.startswith("-Infinity", start):
            content, self.at = -math.inf, start + len("-Infinity")
        else:
            self.unexpected(kind, token, start, "a value")
        return JsonValue(content, self.place(start), path)

    def mapping(self, path: Path) -> dict[str, JsonValue]:
        content: dict[str, JsonValue] = {}
        if self.is_empty("}"):
            return content
        while True:
            kind, token, start = self.token()
            if kind != "string":
                self.unexpected(kind, token, start, "a key in double quotes")
            key = self.string(token, start, path)
            if key in content:
                message = f"the key '{shortened(key)}' stands twice in this object"
                self.reader.refuse(self.place(start), message, "keep one of the two", path)
            kind, token, start = self.token()
            if (kind, token) != ("sign", ":"):
                self.unexpected(kind, token, start, "a colon after the key")
            content[key] = self.value((*path, key))
            if self.closes("}"):
                return content

    def sequence(self, path: Path) -> list[JsonValue]:
        content: list[JsonValue] = []
        if self.is_empty("]"):
            return content
        while True:
            content.append(self.value((*path, len(content))))
            if self.closes("]"):
                return content

    def is_empty(self, bracket: str) -> bool:
        """Whether a bracket follows at once; if so, it is passed."""
        before = self.at
        found = self.token()[:2] == ("sign", bracket)
        self.at = self.at if found else before
        return found

    def closes(self, bracket: str) -> bool:
        """Whether a bracket follows; if not, a comma must."""
        kind, token, start = self.token()
        if kind != "sign" or token not in (bracket, ","):
            self.unexpected(kind, token, start, f"a comma or '{bracket}'")
        return token == bracket

    def string(self, token: str, start: int, path: Path) -> str:
        text = str(json.loads(token))
        if SURROGATE.search(text):
            hint = "type the character itself"
            self.reader.refuse(self.place(start), "the text holds half of a surrogate pair", hint, path)
            return ""
        return text

    def number(self, token: str, start: int) -> float:
        if len(token) > MAX_DIGITS:
            self.stop(f"the number {token[:12]}... has {len(token)} signs", f"write {MAX_DIGITS} at most", start)
        return float(token) if set(token) & set(".eE") else int(token)

    def unexpected(self, kind: str, token: str, start: int, wanted: str) -> NoReturn:
        if kind == "end":
            self.stop(
                f"the file breaks off where {wanted} should stand", "it was not saved whole: save it again", start
            )
        hints = {
            "'": "text stands in double quotes",
            "/": "JSON has no comments: delete it",
            "#": "JSON has no comments: delete it",
            '"': "this text is not closed, or holds a line break or an unknown escape",
            "}": "delete the comma before it",
            "]": "delete the comma before it",
        }
        hint = hints.get(token, "JSON writes true, false and null so" if kind == "word" else "mend the JSON there")
        self.stop(f"did not expect '{shortened(token)}' where {wanted} should stand", hint, start)

    def stop(self, message: str, hint: str, start: int) -> NoReturn:
        self.reader.refuse(self.place(start), message, hint)
        self.reader.insist()
        raise AssertionError

    def place(self, at: int) -> Place:
        line = bisect.bisect_right(self.starts, at)
        return Place(line, at - self.starts[line - 1] + 1)
