"""Where problems stand in a file, by line, each told once. `located` is the main name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from parley.errors import Problem, printable
from parley.files import yaml_reader
from parley.files.validation import MISSING
from parley.files.yaml_reader import Document

__all__ = ["in_order", "located"]


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems by line and column."""
    return tuple(sorted(problems, key=_line))


def located(problems: list[Problem], document: Document) -> tuple[Problem, ...]:
    """The problems with their place in the file, by line, each once; none that only follows from a problem of form."""
    unique: dict[tuple[Any, ...], Problem] = {}
    for problem in problems:
        if problem.line is None:
            follows = problem.path in document.gaps and problem.message.endswith(MISSING)
            if follows or document.is_spoiled(problem.path):
                continue
            line, column = document.place(problem.path, key=problem.message.startswith("unknown key"))
            message, hint = printable(problem.message), printable(problem.hint)
            problem = Problem(
                message=message, path=problem.path, hint=hint, file=document.file, line=line, column=column
            )
        unique.setdefault((problem.path, problem.message), problem)
    ordered = sorted(unique.values(), key=_line)
    shown = ordered[: yaml_reader.MAX_PROBLEMS]
    if len(ordered) > len(shown):
        shown.append(
            dataclasses.replace(
                shown[-1], message=f"{len(ordered) - len(shown)} more problems are not shown", path=(), hint=""
            )
        )
    return tuple(shown)


def _line(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0
