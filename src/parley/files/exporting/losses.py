"""What of a scenario another form has no place for, in sentences: `losses`.

It is found by going through the fields of the nouns, so a field that is new in a scenario is told as lost until a form
says that it holds it.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from parley.domain.issue import Scale
from parley.domain.scenario import Scenario

__all__ = ["Held", "losses", "lost_of"]

Held = Mapping[str, Collection[str] | None]
"""The fields that a form holds of each section that it holds; None: all of them."""

SAYS_NOTHING = {"role": "other", "basis": "assumed"}
"""Values that are taken for granted where nothing says otherwise, beside the defaults."""


def losses(scenario: Scenario, held: Held, form: str, *, whole: str = "") -> Iterator[str]:
    """Tell what a form has no place for.

    Parameters
    ----------
    scenario : the scenario
    held : what the form holds
    form : what to call it, such as `the tables`
    whole : how to start the sentence on whole sections; empty: that the form has no place for them

    Yields
    ------
    A sentence on the sections that are left out whole, then one on each section of which something is left out.
    """
    gone = [field.name for field in dataclasses.fields(scenario) if field.name not in held and _says(field, scenario)]
    if gone:
        yield f"{whole or f'{form} have no place for these sections'}: {', '.join(gone)}"
    for section, kept in held.items():
        value = getattr(scenario, section)
        if kept is not None:
            yield from lost_of(section, value, kept, form)


def lost_of(what: str, items: Iterable[Any], kept: Collection[str], form: str) -> Iterator[str]:
    """A sentence on the fields of some nouns that a form leaves out, if there are any that say something.

    Parameters
    ----------
    what : what the nouns are, in the plural
    items : the nouns
    kept : the fields that the form holds
    form : what to call it
    """
    lost = Counter(name for item in items for name in _said(item) if name not in kept)
    if lost:
        yield f"of {what}, {form} leave out: " + ", ".join(f"{name} ({n})" for name, n in lost.items())


def _said(item: Any) -> Iterator[str]:
    """The names of the fields of a noun that say something; those of a scale with `scale.` before them."""
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if isinstance(value, Scale):
            yield from (f"{field.name}.{name}" for name in _said(value))
            if any(anchor.rung for anchor in value.anchors):
                yield f"{field.name}.rungs"
        elif _says(field, item):
            yield field.name


def _says(field: dataclasses.Field[Any], item: Any) -> bool:
    value = getattr(item, field.name)
    return value not in ("", ()) and bool(value != SAYS_NOTHING.get(field.name, field.default))
