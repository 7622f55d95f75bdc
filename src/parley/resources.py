"""Data that ships in the package: cases, data sets and the schemas of outputs, read and checked by SHA-256.

Each data folder holds a file `SHA256SUMS`; a file that it does not list, or that has changed since, is not read.
Whoever changes shipped data on purpose refreshes the sums with `python -m parley.resources`.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from parley.errors import FileError, UsageError, did_you_mean

__all__ = ["case_name", "case_path", "cases", "code_digest", "read", "refresh_sums", "schema", "schemas"]

ROOT = Path(__file__).parent
FOLDERS = ("catalog", "datasets", "schemas")
SUMS = "SHA256SUMS"
NUMBERS = ("domain", "methods", "kernels", "engines", "ensembles", "approaches")
"""The parts of the package that the numbers of a run depend on."""


def cases() -> tuple[str, ...]:
    """Names of the shipped cases, such as `ceasefires/ukraine-2025-03`, in alphabetical order."""
    catalog = ROOT / "catalog"
    return tuple(sorted(path.parent.relative_to(catalog).as_posix() for path in catalog.glob("*/*/scenario.yaml")))


def case_name(name: str) -> str | None:
    """The full name of a shipped case; None if there is none of this name.

    Parameters
    ----------
    name : its full name, or its last part where no other case shares it: `collective/ec-cars` or `ec-cars`
    """
    found = [slug for slug in cases() if name in (slug, slug.rpartition("/")[2])]
    return found[0] if len(found) == 1 else None


def case_path(name: str) -> Path:
    """Where the scenario file of a shipped case lies.

    Parameters
    ----------
    name : its name, as for `case_name`

    Raises
    ------
    UsageError
        If no case of this name ships.
    """
    slug = case_name(name)
    if slug is None:
        raise UsageError(f"there is no shipped case '{name}'; {did_you_mean(name, cases(), noun='cases')}")
    return ROOT / "catalog" / slug / "scenario.yaml"


def read(name: str) -> bytes:
    """Read a shipped file and check that it is what was shipped.

    Parameters
    ----------
    name : its path in the package, such as `catalog/tutorial/two-valleys/README.md`

    Raises
    ------
    FileError
        If it does not ship, cannot be read, or is not what was shipped.
    """
    folder, _, rest = name.partition("/")
    wanted = _sums(folder).get(rest) if folder in FOLDERS else None
    if wanted is None:
        raise FileError(f"{name} is not among the files that ship with Parley")
    try:
        content = (ROOT / name).read_bytes()
    except OSError as error:
        raise FileError(f"cannot read the shipped file {name}: {error.strerror or error}") from error
    if hashlib.sha256(content).hexdigest() != wanted:
        advice = "install Parley again, or, if you changed it on purpose, run python -m parley.resources"
        raise FileError(f"the shipped file {name} has been changed since: {advice}")
    return content


def schemas() -> tuple[str, ...]:
    """Names of the commands whose `--json` output has a schema."""
    return tuple(sorted(path.stem for path in (ROOT / "schemas").glob("*.json")))


def schema(what: str) -> dict[str, Any]:
    """The JSON Schema of a command's `--json` output.

    Raises
    ------
    UsageError
        If there is none of this name.
    """
    known = schemas()
    if what not in known:
        raise UsageError(f"there is no schema '{what}'; {did_you_mean(what, known, noun='schemas')}")
    result: dict[str, Any] = json.loads(read(f"schemas/{what}.json"))
    return result


@functools.cache
def code_digest(folders: tuple[str, ...] = NUMBERS) -> str:
    """SHA-256 of the program text that results depend on, in hexadecimal: results kept by other code are not taken.

    Parameters
    ----------
    folders : parts of the package, with what they read at run time
    """
    digest = hashlib.sha256()
    for folder in folders:
        # What Python and numba compile and keep beside the code changes while a run goes on.
        kept = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        for path in sorted(kept):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def refresh_sums(root: Path = ROOT) -> None:
    """Write the sums of all shipped data anew, after it was changed on purpose.

    Parameters
    ----------
    root : the folder of the package
    """
    for folder in (root / name for name in FOLDERS if (root / name).is_dir()):
        files = sorted(path for path in folder.rglob("*") if path.is_file() and _ships(path.relative_to(folder)))
        lines = [
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
            for path in files
        ]
        (folder / SUMS).write_text("".join(lines), encoding="ascii", newline="\n")


def _ships(path: Path) -> bool:
    name = path.name
    return "runs" not in path.parts and name != SUMS and not name.startswith(".") and not name.endswith((".pyc", "~"))


@functools.lru_cache(maxsize=8)
def _sums(folder: str) -> Mapping[str, str]:
    try:
        lines = (ROOT / folder / SUMS).read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise FileError(f"cannot read the sums of the shipped data in {folder}: {error.strerror or error}") from error
    return MappingProxyType({name: digest for digest, _, name in (line.partition("  ") for line in lines)})


if __name__ == "__main__":
    refresh_sums()
