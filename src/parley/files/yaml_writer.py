"""Plain data as YAML text that reads well. `block` and `in_line` are the main names."""

from __future__ import annotations

import json
import re
from typing import Any

from parley.files.plain_values import is_plain_text
from parley.files.text_guards import UNPRINTABLE

__all__ = ["block", "entry", "in_line", "item"]

MAX_IN_LINE = 100
PLAIN = re.compile(r"[^\W\d_][^\W_]*(?:[ _./%()'+;-]+[^\W_]+)*[)%.]?|\d{4}-\d\d-\d\d")


def block(value: Any, indent: int = 0) -> str:
    """Write a value over several lines, each but the first indented.

    Parameters
    ----------
    value : mappings, lists, text, numbers, truth values
    indent : the number of spaces before each further line

    Returns
    -------
    The text, without a line feed at its end; small mappings and lists of words stand in one line.
    """
    if _fits(value):
        return in_line(value)
    pad = "\n" + " " * indent
    if isinstance(value, dict):
        return pad.join(entry(key, part, indent) for key, part in value.items())
    return pad.join(item(part, indent) for part in value)


def entry(key: str, value: Any, indent: int) -> str:
    """Write a key and its value, the further lines indented as in `block`."""
    if _fits(value):
        return f"{in_line(key)}: {in_line(value)}"
    return f"{in_line(key)}:\n{' ' * (indent + 2)}{block(value, indent + 2)}"


def item(value: Any, indent: int) -> str:
    """Write an item of a list, the further lines indented as in `block`."""
    return f"- {block(value, indent + 2)}"


def in_line(value: Any) -> str:
    """Write a value in one line, with brackets around mappings and lists."""
    match value:
        case dict():
            return "{" + ", ".join(f"{in_line(key)}: {in_line(part)}" for key, part in value.items()) + "}"
        case list():
            return "[" + ", ".join(in_line(part) for part in value) + "]"
        case str():
            return value if PLAIN.fullmatch(value) and is_plain_text(value) else _quoted(value)
        case _:
            return json.dumps(value)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", quoted)


def _fits(value: Any) -> bool:
    """Whether a value is simple and short enough for one line."""
    if not isinstance(value, dict | list) or not value:
        return True
    parts = list(value.values()) if isinstance(value, dict) else value
    if any(isinstance(part, dict) or (isinstance(part, list) and isinstance(value, list)) for part in parts):
        return False
    return all(_fits(part) for part in parts) and len(in_line(value)) <= MAX_IN_LINE
