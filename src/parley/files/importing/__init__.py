"""Tables of other programs as scenarios. `import_table` reads a file; each form has a module and a function of its own.

Whatever is wrong in a table is told at once, by line and column. What a table holds and a scenario has no place for is
told in the notes: nothing is left out in silence.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from parley.errors import FileError, UsageError, did_you_mean
from parley.files import text_guards
from parley.files.importing.decide import import_decide
from parley.files.importing.deu import import_deu
from parley.files.importing.draft import Imported, TableFile
from parley.files.importing.genius import GRID, import_genius
from parley.files.importing.genius_scenario import Scaling
from parley.files.importing.gmcr import import_gmcr
from parley.files.importing.ktab_csv import import_ktab_csv
from parley.files.importing.ktab_xml import import_ktab_xml

__all__ = [
    "FORMS",
    "Imported",
    "TableFile",
    "import_decide",
    "import_deu",
    "import_genius",
    "import_gmcr",
    "import_ktab_csv",
    "import_ktab_xml",
    "import_table",
]

FORMS = {
    "ktab": "a scenario of KTAB, comma-separated or XML",
    "decide": "a table of the exchange model Decide",
    "deu": "one issue of a table of decided issues, such as DEU III",
    "gmcr": "a conflict of the graph model, saved by GMCR+ or gmcr-py",
    "genius": "a negotiation domain with its profiles, of GENIUS, GeniusWeb or NegMAS",
}
"""The forms that are read, each with what it is."""


def import_table(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    form: str,
    path: str | Path,
    *,
    asked_by: str | None = None,
    as_of: datetime.date | None = None,
    issue: str | None = None,
    scaling: Scaling | None = None,
    grid: int | None = None,
) -> Imported:
    """Read a table from a file, or a domain from a folder.

    Parameters
    ----------
    form : one of `FORMS`
    path : the file
    asked_by : id or name of the party whose approaches are compared; None: the first of the table
    as_of : the day on which the numbers were known; None: the last day of the year that the table names, or else the
        day on which the file was written
    issue : for `deu`: id of the issue
    scaling : for `genius`: `file`, or None, takes payoffs as the files state them, `issue` scales them as GENIUS does
    grid : for `genius`: how many values of a range of real numbers are taken; None: 11

    Raises
    ------
    ScenarioError
        With everything that is wrong in the table, each with line and column.
    FileError
        If the file cannot be read.
    UsageError
        If there is no such form, no party `asked_by`, or no issue of that id.
    """
    if form not in FORMS:
        raise UsageError(f"there is no form '{form}' to import; {did_you_mean(form, list(FORMS), noun='forms')}")
    if (form == "deu") != (issue is not None):
        raise UsageError("an issue is named for the form 'deu', and for no other")
    if form == "genius":
        taken = GRID if grid is None else grid
        return import_genius(Path(path), asked_by=asked_by, as_of=as_of, scaling=scaling or "file", grid=taken)
    if scaling is not None or grid is not None:
        raise UsageError("a scaling and a grid are for the form 'genius', and for no other")
    content, written = _read(Path(path))
    file = TableFile(name=str(path), content=content, asked_by=asked_by, as_of=as_of, written=written)
    if issue is not None:
        return import_deu(file, issue)
    if form in ("decide", "gmcr"):
        return import_decide(file) if form == "decide" else import_gmcr(file)
    looks_like_xml = content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    return import_ktab_xml(file) if looks_like_xml else import_ktab_csv(file)


def _read(path: Path) -> tuple[bytes, datetime.date]:
    """The content of a file, up to a little more than what is accepted, and the day on which it was written."""
    try:
        with path.open("rb") as file:
            content = file.read(text_guards.MAX_BYTES + 1)
        written = datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC).date()
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path}: {getattr(error, 'strerror', None) or error}") from error
    return content, written
