"""Negotiation domains of GENIUS, GeniusWeb and NegMAS as scenarios. `import_genius` is the main name.

A domain lies in a folder with its profiles, one for each party: XML of GENIUS, JSON of GeniusWeb, JSON or YAML of
NegMAS. All files are read before anything is said, so that everything that is wrong in any of them is told at once.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from parley.errors import FileError, Problem, ScenarioError, UsageError
from parley.files import text_guards
from parley.files.importing import genius_xml, json_domain, json_tree, xml_tree, yaml_tree
from parley.files.importing.cells import MAX_PROBLEMS, Refusals, decoded, shortened
from parley.files.importing.domain_model import Domain, Profile
from parley.files.importing.draft import Imported, TableFile
from parley.files.importing.genius_scenario import Scaling, compose_domain
from parley.files.importing.json_tree import JsonValue
from parley.files.importing.xml_tree import Element

__all__ = ["GRID", "MAX_FILES", "import_genius"]

GRID = 11
"""How many values of a range of real numbers are taken where nothing else is asked for."""

SUFFIXES = (".xml", ".json", ".yml", ".yaml")
MAX_FILES = 200
MAX_GRID = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A file and what it holds; `reader` lists what is wrong in it."""

    file: TableFile
    root: Element | JsonValue
    reader: Refusals = field(repr=False)

    @property
    def is_domain(self) -> bool:
        root = self.root
        return genius_xml.is_domain(root) if isinstance(root, Element) else json_domain.is_domain(root)

    @property
    def is_profile(self) -> bool:
        root = self.root
        return genius_xml.is_profile(root) if isinstance(root, Element) else json_domain.is_profile(root)

    def domain(self, grid: int) -> Domain | None:
        if isinstance(self.root, Element):
            return genius_xml.domain_of(self.root, self.file, self.reader, grid)
        return json_domain.domain_of(self.root, self.file, self.reader, grid)

    def profile(self, domain: Domain) -> Profile:
        if isinstance(self.root, Element):
            return genius_xml.profile_of(self.root, domain, self.file, self.reader)
        return json_domain.profile_of(self.root, domain, self.file, self.reader)

    def is_about(self, domain: Domain) -> bool:
        """Whether any issue of a profile in XML is one of the domain's; a folder may hold several domains."""
        if not isinstance(self.root, Element):
            return True
        return bool(genius_xml.issue_names(self.root) & {each.name for each in domain.issues})


def import_genius(
    path: Path,
    *,
    asked_by: str | None = None,
    as_of: datetime.date | None = None,
    scaling: Scaling = "file",
    grid: int = GRID,
) -> Imported:
    """Read a domain and its profiles.

    Parameters
    ----------
    path : the folder, or the file of the domain in it
    asked_by : id or name of the party whose approaches are compared; None: the first, by the name of its file
    as_of : the day on which the numbers were known; None: the day on which the domain was written
    scaling : `file`: payoffs as the files state them; `issue`: as GENIUS scales them, the worths of each issue divided
        by their largest
    grid : how many values of a range of real numbers are taken, from one end to the other

    Raises
    ------
    ScenarioError
        With everything that is wrong in the files, each with line and column.
    FileError
        If a file cannot be read.
    UsageError
        If there is no party `asked_by`, the grid has fewer than two values, or the folder holds several domains.
    """
    if not 2 <= grid <= MAX_GRID:
        raise UsageError(f"a grid of {grid} values is not taken; it has 2 to {MAX_GRID:,}")
    listed = _listed(path)
    read: list[_Read] = []
    problems: list[Problem] = []
    for each in listed:
        try:
            read.append(_parsed(_content(each, as_of=as_of, asked_by=asked_by)))
        except ScenarioError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)
    home = _home(path, read)
    domain = home.domain(grid)
    home.reader.insist()
    assert domain is not None, "_home names a file that holds one"
    mine, notes = _profiles(home, read, domain)
    profiles = [each.profile(domain) for each in mine]
    if problems := [problem for each in mine for problem in sorted(each.reader.problems, key=_place)]:
        raise ScenarioError(problems[:MAX_PROBLEMS])
    if not profiles:
        hint = "put them into the folder of the domain: one file for each party"
        raise ScenarioError([Problem(message="there is no profile of this domain", hint=hint, file=str(path), line=1)])
    return compose_domain(domain, profiles, notes, scaling=scaling)


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0


def _listed(path: Path) -> list[Path]:
    """The files that may belong to a domain, by name; those whose name starts with a dot or a dash below are not."""
    folder = path if path.is_dir() else path.parent
    try:
        found = sorted(folder.iterdir())
    except OSError as error:
        raise FileError(f"cannot read {folder}: {error.strerror or error}") from error
    if path.is_dir():
        kept = [each for each in found if each.suffix.lower() in SUFFIXES]
    else:
        kept = [each for each in found if _family(each) == _family(path)]
        kept = kept if path in kept else [path, *kept]
    kept = [each for each in kept if each == path or (each.is_file() and each.name[0] not in "._")]
    if len(kept) > MAX_FILES:
        raise UsageError(
            f"{folder} holds {len(kept)} files; put the domain and its profiles into a folder of their own"
        )
    if not kept:
        hint = "it must hold XML of GENIUS, or JSON or YAML of GeniusWeb or NegMAS"
        raise ScenarioError([Problem(message="there is no domain in this folder", hint=hint, file=str(path), line=1)])
    return kept


def _family(path: Path) -> str:
    return "xml" if path.suffix.lower() == ".xml" else "json" if path.suffix.lower() in SUFFIXES else path.suffix


def _content(path: Path, *, as_of: datetime.date | None, asked_by: str | None) -> TableFile:
    try:
        with path.open("rb") as file:
            content = file.read(text_guards.MAX_BYTES + 1)
        written = datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC).date()
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    return TableFile(name=str(path), content=content, asked_by=asked_by, as_of=as_of, written=written)


def _parsed(file: TableFile) -> _Read:
    reader = Refusals(file.name)
    text = decoded(file.content, file.name)
    start = text.lstrip()[:1]
    root: Element | JsonValue
    if start == "<":
        root = xml_tree.parsed(text, file.name)
    elif start in ("{", "["):
        root = json_tree.parsed(text, reader, infinity=True)
    else:
        root = yaml_tree.parsed(text, reader)
    reader.insist()
    return _Read(file=file, root=root, reader=reader)


def _home(path: Path, read: Sequence[_Read]) -> _Read:
    """The file of the domain, or the first profile that carries it."""
    hint = "name the folder, or the file of the domain in it"
    if not path.is_dir():
        named = next(each for each in read if each.file.name == str(path))
        if named.is_domain:
            return named
        what = "a profile and no domain" if named.is_profile else "neither a domain nor a profile"
        raise ScenarioError([Problem(message=f"the file is {what}", hint=hint, file=str(path), line=1, column=1)])
    domains = [each for each in read if each.is_domain]
    if len(domains) > 1:
        names = ", ".join(Path(each.file.name).name for each in domains[:5])
        raise UsageError(f"{path} holds several domains ({names}): name the file of one of them")
    carried = [each for each in read if each.is_profile and isinstance(each.root, JsonValue)]
    carried = [each for each in carried if each.domain(2) is not None]
    if not domains and not carried:
        message = "there is no domain in this folder"
        raise ScenarioError([Problem(message=message, hint=hint, file=str(path), line=1)])
    return domains[0] if domains else carried[0]


def _profiles(home: _Read, read: Sequence[_Read], domain: Domain) -> tuple[list[_Read], list[str]]:
    """The profiles of a domain, and notes on the files that are none."""
    mine, notes = [], []
    for each in read:
        name = shortened(Path(each.file.name).name)
        if type(each.root) is not type(home.root) or not each.is_profile:
            if each is not home:
                notes.append(f"{name} is no profile of this domain, and is left out")
        elif each.is_about(domain):
            mine.append(each)
        else:
            notes.append(f"{name} speaks of none of the domain's issues, and is left out")
    return mine, notes
