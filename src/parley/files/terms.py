"""The terms of a truce as text, such as `side=bilateral,days=30,monitoring=yes`: `read` adds them to what is known."""

from __future__ import annotations

import dataclasses
import math
import typing
from collections.abc import Mapping
from typing import Any

from parley.domain.estimate import Estimate
from parley.domain.terms import Terms
from parley.errors import UsageError, did_you_mean

__all__ = ["NAMES", "read"]

SHORT = {"class": "ceasefire_class", "days": "length_days", "process": "part_of_process"}
"""Short names of terms."""

NAMES = (
    *(short for short in SHORT),
    *(field.name for field in dataclasses.fields(Terms) if field.name not in (*SHORT.values(), "grounds")),
)
"""Every term by the name that a user writes."""

TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def read(texts: Mapping[str, str], known: Terms | None = None) -> Terms:
    """Read terms, and add them to those that are known.

    Parameters
    ----------
    texts : by name of `NAMES`, or of a field of `Terms`, the value in words
    known : terms that hold where the texts say nothing

    Raises
    ------
    UsageError
        If there is no such term, or a text is no value of it.
    """
    hints = typing.get_type_hints(Terms)
    changed: dict[str, Any] = {}
    for key, text in texts.items():
        name = SHORT.get(key.replace("-", "_"), key.replace("-", "_"))
        if name not in hints or name == "grounds":
            raise UsageError(f"there is no term '{key}'; {did_you_mean(key, NAMES, noun='terms')}")
        changed[name] = _value(key, text.strip(), hints[name])
    return dataclasses.replace(known or Terms(), **changed)


def _value(key: str, text: str, hint: Any) -> Any:
    choices = [str(each) for part in typing.get_args(hint) for each in typing.get_args(part)]
    if text == "unknown":
        return "" if hint is str else None
    if bool in typing.get_args(hint):
        if text.lower() not in TRUTH:
            raise UsageError(f"{key} cannot be '{text}'; write yes, no or unknown")
        return TRUTH[text.lower()]
    if choices:
        if text not in choices:
            raise UsageError(f"{key} cannot be '{text}'; {did_you_mean(text, choices, noun='values')}")
        return text
    if hint is str:
        return text
    return _number(key, text)


def _number(key: str, text: str) -> Estimate | None:
    if key == "days" and text in ("open", "open-ended", "none"):
        return None
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    highest = 1.0 if key == "agreed" else 36500.0
    if not 0.0 <= number <= highest or (number == 0.0 and key != "agreed"):
        wanted = "a chance in 0..1" if key == "agreed" else "a number of days above 0, or open-ended"
        raise UsageError(f"{key} cannot be '{text}'; it takes {wanted}")
    return Estimate.exactly(number, because="given on the command line")
