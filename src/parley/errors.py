"""What can go wrong, as exceptions that carry facts: `Problem`, `ParleyError` and its children.

An error's `exit_code` is the exit code of the command that ends with it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

__all__ = [
    "EngineError",
    "FileError",
    "NoResultError",
    "ParleyError",
    "Problem",
    "ScenarioError",
    "UsageError",
    "did_you_mean",
    "printable",
    "repeats",
]

Path = tuple[str | int, ...]

MAX_CANDIDATES = 300
MAX_LETTERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    Attributes
    ----------
    message : what is wrong, as a sentence without a full stop
    path : keys and list positions that lead to the place, from the top of the scenario; empty for the whole
    hint : what would mend it; may be empty
    file, line, column : where the place stands in a file, counted from 1; None when it was not read from a file
    """

    message: str
    path: Path = ()
    hint: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None

    @property
    def where(self) -> str:
        """The path in the form `positions[3].salience`."""
        parts = [f"[{key}]" if isinstance(key, int) else f".{_shown(key)}" for key in self.path]
        return "".join(parts).removeprefix(".")

    def __str__(self) -> str:
        """`file:line:column: path: message. Hint: hint`, leaving out what is not known."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        text = ": ".join(part for part in (place, self.where, self.message) if part)
        return f"{text}. Hint: {self.hint}" if self.hint else text


def printable(text: str) -> str:
    """A text that may hold anything, with escapes in place of what cannot be seen or would turn the line around."""
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)


def _shown(key: str) -> str:
    text = printable(key)
    return text if len(text) <= 60 else text[:57] + "..."


def repeats(field: str, keys: Sequence[str], noun: str) -> list[Problem]:
    """One problem for each key of a list that stood there before, such as a second discount of one party.

    Parameters
    ----------
    field : the list
    keys : what each of its items is about
    noun : what an item is, for the message
    """
    return [
        Problem(path=(field, place), message=f"a second {noun} '{key}'", hint="merge the two")
        for place, key in enumerate(keys)
        if key in keys[:place]
    ]


class ParleyError(Exception):
    """Anything that Parley refuses or cannot do; the parent of all its errors."""

    exit_code: ClassVar[int] = 1


class UsageError(ParleyError):
    """A command or a function was asked for something that does not exist, such as an unknown engine."""

    exit_code: ClassVar[int] = 2


class ScenarioError(ParleyError, ValueError):
    """A scenario, or a part of one, breaks its rules; `problems` holds every one that was found.

    Parameters
    ----------
    problems : the problems, or plain sentences for problems without a place
    """

    exit_code: ClassVar[int] = 3

    def __init__(self, problems: Iterable[Problem | str]) -> None:
        self.problems: tuple[Problem, ...] = tuple(
            problem if isinstance(problem, Problem) else Problem(message=problem) for problem in problems
        )
        super().__init__("\n".join(str(problem) for problem in self.problems))


class EngineError(ParleyError):
    """An engine cannot compute an answer for this scenario or draw; the message says why."""

    exit_code: ClassVar[int] = 4


class NoResultError(ParleyError):
    """No draw of an engine that was asked for gave a result."""

    exit_code: ClassVar[int] = 4


class FileError(ParleyError):
    """A file cannot be read or written."""

    exit_code: ClassVar[int] = 5


def did_you_mean(word: str, known: Sequence[str], *, noun: str = "") -> str:
    """Suggest the known words nearest to a misspelt one, as a hint.

    Parameters
    ----------
    word : what was written
    known : what could have been meant
    noun : what the words are, for the hint that lists them when none is near

    Returns
    -------
    A hint such as `did you mean 'russia'?`; the list of known words when none is near; empty when none is known.
    """
    known = [each for each in known[:MAX_CANDIDATES] if each.isprintable() and len(each) <= MAX_LETTERS]
    near = difflib.get_close_matches(word[:MAX_LETTERS], known, n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(f"'{each}'" for each in near) + "?"
    if not known:
        return f"the scenario defines no {noun}" if noun else ""
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return f"known {noun or 'names'}: {shown}"
