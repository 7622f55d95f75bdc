"""Codebook files: `load` reads one with every problem by line, `text_of` writes one."""

from __future__ import annotations

import copy
from pathlib import Path

from parley import resources
from parley.domain.checks import problems_in
from parley.domain.codebook import Codebook
from parley.errors import FileError, Problem, ScenarioError
from parley.files import text_guards, yaml_reader, yaml_writer
from parley.files.file_form import plain_form
from parley.files.problem_places import in_order, located
from parley.files.scenarios import Opened
from parley.files.validation import described_kind, validated

__all__ = ["CODEBOOK_FILE", "CodebookLike", "load", "load_bytes", "loaded", "opened", "read_bytes", "text_of"]

CODEBOOK_FILE = "codebook.yaml"
CodebookLike = str | Path | Codebook | Opened
"""A codebook: its file, the file's folder, the name of a shipped case that has one, what was read there, or itself."""


def load(path: str | Path) -> Codebook:
    """Read a codebook.

    Parameters
    ----------
    path : the file, its folder, or the name of a shipped case that has one

    Raises
    ------
    ScenarioError
        With every problem of the file, each with its line and column.
    FileError
        If there is no such file or it cannot be read.
    """
    return load_bytes(read_bytes(path), str(path))


def loaded(codebook: CodebookLike) -> Codebook:
    """A codebook in any of its forms; raises as `load`."""
    if isinstance(codebook, Codebook):
        return codebook
    source = codebook if isinstance(codebook, Opened) else opened(codebook)
    return load_bytes(source.content, source.name)


def opened(path: str | Path) -> Opened:
    """Read a codebook's file once, so that what is used and what is reported are the same bytes; as `read_bytes`."""
    return Opened(str(path), read_bytes(path))


def load_bytes(content: bytes, file: str = "<codebook>") -> Codebook:
    """Read a codebook from the content of a file; as `load`."""
    try:
        document = yaml_reader.read(content, file)
    except ScenarioError as error:
        raise ScenarioError(in_order(error.problems)) from None
    if not isinstance(document.data, dict):
        message = f"the whole file {described_kind(document.data)}; it must be a mapping"
        problem = Problem(message=message, hint="start it with 'schema: parley/codebook/1'")
        raise ScenarioError(located([*document.problems, problem], document))
    data = copy.deepcopy(document.data)
    problems = [*document.problems, *problems_in(Codebook, data)]
    codebook, faults = validated(data, Codebook, broken=bool(problems))
    if codebook is None or problems:
        raise ScenarioError(located([*problems, *faults], document))
    return codebook


def read_bytes(path: str | Path) -> bytes:
    """Read the content of a codebook's file; as `load`."""
    place = Path(path)
    if place.is_dir():
        place = place / CODEBOOK_FILE
    case = None if place.exists() else resources.case_name(str(path))
    try:
        if case is not None:
            return resources.read(f"catalog/{case}/{CODEBOOK_FILE}")
        with place.open("rb") as file:
            return file.read(text_guards.MAX_BYTES + 1)
    except FileNotFoundError:
        raise FileError(f"there is no codebook {path}; draft one with: parley draft-codebook SCENARIO") from None
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error


def text_of(codebook: Codebook, *, note: str = "") -> str:
    """The file of a codebook.

    Parameters
    ----------
    codebook : the codebook
    note : a comment for its first lines
    """
    form = {"schema": codebook.schema, **plain_form(codebook)}
    body = "\n".join(yaml_writer.entry(key, value, 0) + "\n" for key, value in form.items())
    return "".join(f"# {line}\n" for line in note.splitlines()) + body
