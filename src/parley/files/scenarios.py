"""Scenario files: `check` finds everything that is wrong with one, `load` reads it, `save` writes it.

A path may be a file, a folder that holds `scenario.yaml`, or the name of a shipped case such as
`ceasefires/ukraine-2025-03`.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

from parley import resources
from parley.domain.checks import problems_in
from parley.domain.draws import quantities
from parley.domain.scenario import Scenario
from parley.errors import FileError, Problem, ScenarioError, did_you_mean
from parley.files import atomic, saving, text_guards, units, yaml_reader
from parley.files.file_form import to_file_form
from parley.files.problem_places import in_order, located
from parley.files.validation import described_kind, validated
from parley.files.yaml_reader import Document

__all__ = [
    "Checked",
    "Opened",
    "check",
    "check_bytes",
    "load",
    "load_bytes",
    "opened",
    "place",
    "read_bytes",
    "save",
    "to_file_form",
]

SCENARIO_FILE = "scenario.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in a scenario file.

    Attributes
    ----------
    file : the file's name
    scenario : the scenario; None if there is any problem
    problems : everything that is wrong, by line
    ungrounded : name and line of each estimate that rests on nothing
    """

    file: str
    scenario: Scenario | None
    problems: tuple[Problem, ...]
    ungrounded: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A scenario file that was read once, so that what is run and what is reported are the same bytes.

    Attributes
    ----------
    name : the file, its folder, or the name of a shipped case, as it was given
    content : what it held
    """

    name: str
    content: bytes

    @property
    def file(self) -> str:
        """The file, for problems."""
        return str(place(self.name) or self.name)


def opened(scenario: str | Path) -> Opened:
    """Read a scenario file, for several verbs.

    Raises
    ------
    FileError
        If the file cannot be read.
    """
    return Opened(str(scenario), read_bytes(scenario))


def check(path: str | Path) -> Checked:
    """Find everything that is wrong with a scenario file, and the numbers in it that rest on nothing.

    Parameters
    ----------
    path : the file, its folder, or the name of a shipped case

    Raises
    ------
    FileError
        If there is no such file or it cannot be read; whatever is wrong inside it is a problem, not an error.
    """
    return check_bytes(read_bytes(path), str(place(path) or path))


def load(path: str | Path) -> Scenario:
    """Read a scenario.

    Parameters
    ----------
    path : the file, its folder, or the name of a shipped case

    Raises
    ------
    ScenarioError
        With every problem of the file, each with its line and column.
    FileError
        If there is no such file or it cannot be read.
    """
    return load_bytes(read_bytes(path), str(place(path) or path))


def load_bytes(content: bytes, file: str = "<scenario>") -> Scenario:
    """Read a scenario from the content of a file; as `load`.

    Parameters
    ----------
    content : the bytes of the file
    file : what to call it in problems
    """
    checked = check_bytes(content, file)
    if checked.scenario is None:
        raise ScenarioError(checked.problems)
    return checked.scenario


def check_bytes(content: bytes, file: str = "<scenario>") -> Checked:
    """Check the content of a scenario file; as `check`.

    Parameters
    ----------
    content : the bytes of the file
    file : what to call it in problems
    """
    try:
        document = yaml_reader.read(content, file)
    except ScenarioError as error:
        return Checked(file=file, scenario=None, problems=in_order(error.problems), ungrounded=())
    scenario, problems = _built(document)
    if scenario is None:
        return Checked(file=file, scenario=None, problems=located(problems, document), ungrounded=())
    ungrounded = tuple(
        (quantity.name, document.place(quantity.path)[0])
        for quantity in quantities(scenario)
        if quantity.estimate.rests_on_nothing
    )
    return Checked(file=file, scenario=scenario, problems=(), ungrounded=ungrounded)


def place(path: str | Path) -> Path | None:
    """Where the scenario file lies that a path, a folder or a name stands for.

    Parameters
    ----------
    path : the file, its folder, or the name of a shipped case

    Returns
    -------
    The file, whether it is there or not; None for a shipped case. A file or folder goes before a case of its name.
    """
    found = Path(path)
    if found.is_dir() and (found / SCENARIO_FILE).exists():
        return found / SCENARIO_FILE
    return None if resources.case_name(str(path)) and not found.exists() else found


def read_bytes(path: str | Path) -> bytes:
    """Read the content of a scenario file, up to a little more than the largest size that is accepted.

    Parameters
    ----------
    path : the file, its folder, or the name of a shipped case

    Raises
    ------
    FileError
        If there is no such file or it cannot be read.
    """
    try:
        found = place(path)
        if found is None:
            return resources.read(f"catalog/{resources.case_name(str(path))}/{SCENARIO_FILE}")
        with open(found, "rb") as file:
            return file.read(text_guards.MAX_BYTES + 1)
    except FileNotFoundError:
        hint = did_you_mean(str(path), resources.cases(), noun="shipped cases")
        raise FileError(f"there is no file {path}, and no shipped case of this name; {hint}") from None
    except IsADirectoryError:
        raise FileError(f"{path} is a folder without a {SCENARIO_FILE}") from None
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error


def save(scenario: Scenario, path: str | Path) -> None:
    """Write a scenario to its file, atomically.

    A file that is there keeps its comments, its order and its wording; only what differs is changed. A scenario that
    the file holds already changes nothing.

    Parameters
    ----------
    scenario : the scenario
    path : the file, or its folder

    Raises
    ------
    ScenarioError
        If the file that is there is no scenario; it is left as it is.
    FileError
        If it cannot be written, or is written in a way that cannot be changed without losing the author's comments.
    """
    place = Path(path) / SCENARIO_FILE if Path(path).is_dir() else Path(path)
    if not place.exists():
        atomic.write_text(place, saving.new_text(scenario))
        return
    content = read_bytes(place)
    current = load_bytes(content, str(path))
    if current == scenario:
        return
    document = yaml_reader.read(content, str(path))
    text = saving.edited(document.text, document.root, to_file_form(current), to_file_form(scenario))
    if check_bytes(text.encode(), str(path)).scenario != scenario:
        raise FileError(f"cannot change {path} in place; save under another name, or write it in plain block style")
    atomic.write_text(place, text)


def _built(document: Document) -> tuple[Scenario | None, list[Problem]]:
    """The scenario that a document holds, or every problem of form, unit, type and of the rules between parts."""
    if not isinstance(document.data, dict):
        hint = "start it with 'schema: parley/scenario/1'"
        message = f"the whole file {described_kind(document.data)}; it must be a mapping"
        return None, [*document.problems, Problem(message=message, hint=hint)]
    data = copy.deepcopy(document.data)
    problems = units.to_points(data)
    problems += problems_in(Scenario, data)
    scenario, faults = validated(data, Scenario, broken=bool(problems))
    problems = [*document.problems, *problems, *faults]
    return (None, problems) if problems else (scenario, [])
