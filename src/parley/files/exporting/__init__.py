"""Scenarios as tables for other programs. `export` makes files of a scenario, `write` puts them on the disk.

What a form cannot hold is told in the notes: nothing is left out in silence.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from parley.domain.scenario import Scenario
from parley.errors import FileError, UsageError, did_you_mean
from parley.files import atomic
from parley.files.exporting.csv_tables import to_csv, to_excel
from parley.files.exporting.decide import to_decide
from parley.files.exporting.frames import to_arrow, to_pandas
from parley.files.exporting.genius import to_genius
from parley.files.exporting.geniusweb import to_geniusweb
from parley.files.exporting.gmcr import to_gmcr
from parley.files.exporting.graphml import to_graphml
from parley.files.exporting.ktab import to_ktab
from parley.files.exporting.tables import Exported

__all__ = [
    "FORMS",
    "Exported",
    "export",
    "to_arrow",
    "to_csv",
    "to_decide",
    "to_excel",
    "to_genius",
    "to_geniusweb",
    "to_gmcr",
    "to_graphml",
    "to_ktab",
    "to_pandas",
    "write",
]

FORMS: Mapping[str, Callable[[Scenario], Exported]] = {
    "csv": to_csv,
    "excel": to_excel,
    "arrow": to_arrow,
    "ktab": to_ktab,
    "decide": to_decide,
    "gmcr": to_gmcr,
    "genius": to_genius,
    "geniusweb": to_geniusweb,
}
"""The forms that a scenario alone is written in, each with its function."""

ONE_FILE = ("ktab", "decide", "gmcr", "graphml", "svg")
"""The forms that are one file; the others are a folder."""


def export(scenario: Scenario, form: str) -> Exported:
    """Make files of a scenario.

    Parameters
    ----------
    scenario : the scenario
    form : one of `FORMS`

    Raises
    ------
    UsageError
        If there is no such form, it needs a library that is not installed, or the scenario has nothing that it holds.
    """
    if form not in FORMS:
        raise UsageError(f"there is no form '{form}' to export to; {did_you_mean(form, list(FORMS), noun='forms')}")
    return FORMS[form](scenario)


def write(made: Exported, form: str, out: Path, *, overwrite: bool = False, source: Path | None = None) -> Exported:
    """Write files, each atomically; if one may not be written, none is.

    Parameters
    ----------
    made : the files
    form : their form, one of `FORMS`, or `svg`
    out : the file to write where the form is one file, or else the folder for the files, which is made if need be
    overwrite : whether files that are there may be replaced
    source : the scenario's own file, which is never written over

    Returns
    -------
    The same, with the files under the paths that they have now.

    Raises
    ------
    FileError
        If a file is there that may not be replaced, or one cannot be written.
    """
    targets = {out if form in ONE_FILE else out / name: content for name, content in made.files.items()}
    if form in ONE_FILE and out.is_dir():
        raise FileError(f"{out} is a folder; name a file, such as {out / next(iter(made.files))}")
    if form not in ONE_FILE and out.exists() and not out.is_dir():
        raise FileError(f"{out} is a file; name a folder for the tables")
    there = [path for path in targets if os.path.lexists(path)]
    if source is not None and any(path.exists() and source.exists() and path.samefile(source) for path in there):
        raise FileError(f"{source} is the scenario itself; name another file, so that it is not lost")
    if there and not overwrite:
        raise FileError(f"{', '.join(map(str, there))} exists; name another, or say --overwrite to replace it")
    for path, content in targets.items():
        atomic.write_bytes(path, content)
    return dataclasses.replace(made, files={str(path): content for path, content in targets.items()})
