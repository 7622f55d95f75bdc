"""Decisions in `reviews.jsonl`, which only grows: `append` adds one and forces it to the disk, `load` reads them all.

A last line that breaks off, since the machine stopped while it was written, is passed over, and mended by the next one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from parley.domain.codebook import Codebook
from parley.domain.review import Action, Decision
from parley.errors import FileError, Problem, ScenarioError
from parley.files.claims import as_line, from_line
from parley.files.json_lines import built, objects

__all__ = ["SCHEMA", "append", "load", "path_for"]

SCHEMA = "parley/decision/1"
BEGINNING = b'{"schema": "parley/decision/1"'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the file, without what takes the claim's place.

    Attributes
    ----------
    action : what is done
    claim : id of the claim
    because : the reason
    by : the reviewer's name
    at : when
    """

    action: Action
    claim: str = ""
    because: str = ""
    by: str = ""
    at: str = ""


def path_for(claims: Path) -> Path:
    """Where the decisions on a file lie: `reviews.jsonl` beside `claims.jsonl`, `ana.reviews.jsonl` for `ana.jsonl`."""
    return claims.with_name("reviews.jsonl" if claims.name == "claims.jsonl" else f"{claims.stem}.reviews.jsonl")


def append(path: Path, decision: Decision, codebook: Codebook) -> None:
    """Add a decision; when this returns it is on the disk.

    Raises
    ------
    FileError
        If it cannot be written.
    """
    line = {
        "schema": SCHEMA,
        "action": decision.action,
        "claim": decision.claim,
        "into": [as_line(coding, codebook) for coding in decision.into],
        "because": decision.because,
        "by": decision.by,
        "at": decision.at,
    }
    try:
        with path.open("ab+") as file:
            if file.tell() > 0:
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    file.write(b"\n")
            file.write((json.dumps(line, ensure_ascii=False) + "\n").encode())
            file.flush()
            os.fsync(file.fileno())
    except (OSError, ValueError) as error:
        raise FileError(f"cannot write {path}: {getattr(error, 'strerror', None) or error}") from error


def load(content: bytes, name: str, codebook: Codebook) -> tuple[Decision, ...]:
    """Read decisions.

    Parameters
    ----------
    content : what the file holds
    name : its name, for problems
    codebook : parties and issues with their scales

    Raises
    ------
    ScenarioError
        With every problem, by line; lines that break off are none.
    """
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for number, held in objects(content, name, SCHEMA):
        if isinstance(held, Problem):
            if not _breaks_off(content, number):
                problems.append(held)
            continue
        try:
            decisions.append(_decision(held, name, number, codebook))
        except ScenarioError as error:
            problems += [replace(problem, file=name, line=number) for problem in error.problems]
    if problems:
        raise ScenarioError(problems)
    return tuple(decisions)


def _decision(held: Mapping[str, Any], name: str, number: int, codebook: Codebook) -> Decision:
    line = built(held, _Line, name, number)
    into = held.get("into", [])
    if not isinstance(into, list) or not all(isinstance(each, dict) for each in into):
        raise ScenarioError([Problem(path=("into",), message="it is no list of claims", hint="write []")])
    return Decision(
        action=line.action,
        claim=line.claim,
        into=tuple(from_line(each, name, number, codebook) for each in into),
        because=line.because,
        by=line.by,
        at=line.at,
    )


def _breaks_off(content: bytes, number: int) -> bool:
    """Whether a line that is no JSON begins as one of ours, and so was not written to its end."""
    line = content.split(b"\n")[number - 1].strip()
    return line.startswith(BEGINNING) or BEGINNING.startswith(line)
