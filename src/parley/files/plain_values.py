"""What a word without quotes means in a scenario file. `resolved` is the main name."""

from __future__ import annotations

import math
import re
from typing import Any

from parley.errors import Problem, ScenarioError

__all__ = ["AMBIGUOUS", "checked", "is_plain_text", "resolved", "shortened"]

MAX_DIGITS = 40
SURROGATE = re.compile("[\ud800-\udfff]")
NULL = re.compile(r"null|Null|NULL|~|", re.ASCII)
TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
WHOLE = re.compile(r"[-+]?[0-9]+", re.ASCII)
OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", re.ASCII)
AMBIGUOUS = {form for word in ("yes", "no", "on", "off", "y", "n") for form in (word, word.capitalize(), word.upper())}


def is_plain_text(text: str) -> bool:
    """Whether a word without quotes would be read as this text."""
    try:
        return isinstance(resolved(text), str)
    except ScenarioError:
        return False


def _refused(message: str, hint: str) -> ScenarioError:
    return ScenarioError([Problem(message=message, hint=hint)])


def resolved(word: str) -> Any:
    """The value of a word without quotes, by the core schema of YAML 1.2.

    Raises
    ------
    ScenarioError
        If there is no word, or it is ambiguous, not finite, to another base or too long.
    """
    if NULL.fullmatch(word):
        raise _refused("there is no value here", "write one, or leave the key out")
    if word in TRUTH:
        return TRUTH[word]
    if word in AMBIGUOUS:
        raise _refused(f"a bare '{word}' can mean a word or a truth value", "put it in quotes, or write true or false")
    if NOT_FINITE.fullmatch(word):
        raise _refused(f"'{word}' is not a finite number", "write a number, or leave the key out")
    if OTHER_BASE.fullmatch(word):
        raise _refused(
            f"'{shortened(word)}' is a number to another base", "write it in decimal digits, or in quotes if it is text"
        )
    if REAL.fullmatch(word):
        if len(word) > MAX_DIGITS:
            raise _refused(f"a number of {len(word)} characters", f"{MAX_DIGITS} at most")
        number = int(word) if WHOLE.fullmatch(word) else float(word)
        if not math.isfinite(number):
            raise _refused(f"'{word}' is too large", "write a finite number")
        return number
    return checked(word)


def checked(text: str) -> str:
    """The text itself.

    Raises
    ------
    ScenarioError
        If it holds half of a surrogate pair.
    """
    if SURROGATE.search(text):
        raise _refused("the text holds half of a surrogate pair", "type the character itself")
    return text


def shortened(value: object) -> str:
    """A value as it stands in a message: escaped, and cut after 60 characters."""
    text = ascii(str(value))[1:-1]
    return text if len(text) <= 60 else text[:57] + "..."
