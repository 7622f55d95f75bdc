"""Load the single sentences of the gold set, one mark each, and check them; `load` is the main name.

They are the quick companion of the articles: `sentences-dev.json` to look at, `sentences-test.json` to be scored only.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gold_talks import HEDGES, HORIZON_KINDS, KINDS

from parley.errors import Problem, ScenarioError

__all__ = ["FIELDS", "load"]

FIELDS = {
    "kind": ("text", "words", "kind", "also"),
    "conditions": ("text", "words", "condition"),
    "hedge": ("text", "hedge"),
    "horizon": ("text", "published", "horizon", "horizon_kind"),
    "holder": ("text", "words", "speaker", "holder", "target"),
}


def load(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Read and check the sentences of a file.

    Parameters
    ----------
    path : a file of sentences

    Returns
    -------
    for each field of `FIELDS` its cases, with the keys told there. `words` are the pieces of the statement in question,
    `condition` what it hangs on, or None; `horizon` is as in the articles: two days, each alone, as the first and the
    last that is right, or None where it is not judged.

    Raises
    ------
    ScenarioError
        With every problem found.
    """
    fields = json.loads(path.read_text(encoding="utf-8"))
    problems = [
        Problem(file=str(path), path=(field, at), message=message, hint="see the other sentences")
        for field in FIELDS
        for at, case in enumerate(fields.get(field, ()))
        for message in _wrong(field, case)
    ]
    if set(fields) != set(FIELDS):
        problems.append(
            Problem(file=str(path), message=f"fields {', '.join(fields)}", hint=f"give {', '.join(FIELDS)}")
        )
    if problems:
        raise ScenarioError(problems)
    return dict(fields)


def _wrong(field: str, case: Mapping[str, Any]) -> Iterator[str]:
    if tuple(case) != FIELDS[field]:
        yield f"keys {', '.join(case)} in place of {', '.join(FIELDS[field])}"
        return
    yield from (f"'{each}' is not in '{case['text']}', or not in that order" for each in _missing(case))
    kinds = (case["kind"], *case["also"]) if field == "kind" else ()
    yield from (f"unknown kind '{kind}'" for kind in kinds if kind not in KINDS)
    yield from (
        f"unknown kind of horizon '{kind}'" for kind in case.get("horizon_kind", ()) if kind not in HORIZON_KINDS
    )
    if case.get("hedge") not in (None, *HEDGES):
        yield f"unknown hedge '{case['hedge']}'"
    if field == "horizon":
        yield from _bad_days(case)


def _missing(case: Mapping[str, Any]) -> Iterator[str]:
    """Words that the sentence does not hold; those of the statement come one after the other."""
    start = 0
    for words in case.get("words", ()):
        place = case["text"].find(words, start)
        if place < 0:
            yield words
        start = max(place, 0) + len(words)
    for key in ("condition", "speaker", "holder", "target"):
        if case.get(key) is not None and case[key] not in case["text"]:
            yield case[key]


def _bad_days(case: Mapping[str, Any]) -> Iterator[str]:
    if bool(case["horizon"]) != bool(case["horizon_kind"]):
        yield "a horizon without its kind, or the other way round"
    ends: Sequence[Any] = case["horizon"] or ()
    for day in (case["published"], *(day for end in ends for day in ([end] if isinstance(end, str) else end or ()))):
        try:
            datetime.date.fromisoformat(day)
        except ValueError:
            yield f"'{day}' is no date"
