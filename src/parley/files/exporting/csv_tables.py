"""A scenario's tables as comma-separated text: `to_csv`, and `to_excel` for spreadsheet programs.

A spreadsheet program takes a cell that starts with `=`, `+`, `-`, `@` and the like for a formula, wherever the text
came from. In `to_excel` an apostrophe therefore stands before each such sign at the start of a text, or after a
character that such a program may take for the end of a cell; `guarded` puts it there, `unguarded` takes it away again.
Numbers stay as they are.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable

from parley.domain.scenario import Scenario
from parley.files.exporting.tables import Exported, Table, Value, left_out, tables

__all__ = ["guarded", "number", "to_csv", "to_excel", "unguarded"]

START = r"(?:^|(?<=[;|\t\r\n]))"
FORMULA = r"[^\S\t\r\n]*['\"=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""Blanks before the sign count, for some programs pass over them; full-width signs are taken for the plain ones."""

UNSAFE = re.compile(rf"{START}(?={FORMULA})")
GUARD = re.compile(rf"{START}'(?={FORMULA})")


def to_csv(scenario: Scenario) -> Exported:
    """Write a scenario's tables as comma-separated text in UTF-8, one file for each.

    Parameters
    ----------
    scenario : the scenario
    """
    files = {f"{table.name}.csv": _written(table, str, "\n").encode() for table in tables(scenario)}
    return Exported(files=files, notes=left_out(scenario))


def to_excel(scenario: Scenario) -> Exported:
    """Write a scenario's tables as comma-separated text that spreadsheet programs open without running any of it.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    Files in UTF-8 with a byte order mark and lines that end in CR LF, as such programs expect; no text in them is taken
    for a formula.
    """
    made = tables(scenario)
    files = {f"{table.name}.csv": codecs.BOM_UTF8 + _written(table, guarded, "\r\n").encode() for table in made}
    cells = [cell for table in made for row in table.rows for cell in row if isinstance(cell, str)]
    touched = sum(guarded(cell) != cell for cell in cells)
    note = f"an apostrophe keeps a spreadsheet program from taking text for a formula in {touched} cells"
    return Exported(files=files, notes=(*left_out(scenario), *([note] if touched else [])))


def guarded(text: str) -> str:
    """Put an apostrophe before each sign that a spreadsheet program could take for the start of a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'quoted'"), guarded("Côte d'Ivoire; +1")
    ("'=1+1", "''quoted'", "Côte d'Ivoire;' +1")
    """
    return UNSAFE.sub("'", text)


def unguarded(text: str) -> str:
    """Take away the apostrophes that `guarded` put into a text.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("''quoted'")
    ('=1+1', "'quoted'")
    """
    return GUARD.sub("", text)


def number(value: float) -> str:
    """The shortest text that is read back as this number; a whole one without its decimal point.

    Examples
    --------
    >>> number(4.0), number(0.1 + 0.2), number(1e-7)
    ('4', '0.30000000000000004', '1e-07')
    """
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _written(table: Table, safe: Callable[[str], str], line_end: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([[_cell(value, safe) for value in row] for row in table.rows])
    return text.getvalue()


def _cell(value: Value, safe: Callable[[str], str]) -> str:
    if value is None:
        return ""
    return safe(value) if isinstance(value, str) else number(value)
