"""Tables of decided issues: `read` tells DEU III's form from the general one by its head; `read_deu` reads a path.

The general form is a CSV file with one row for each party and issue, and the columns of `COLUMNS`; `group`, `year` and
`reference` may be missing or empty.
"""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parley.domain.decided import DecidedIssues
from parley.errors import FileError, Problem, ScenarioError

__all__ = ["COLUMNS", "read", "read_deu"]

Array = NDArray[np.float64]

COLUMNS = ("issue", "group", "year", "party", "position", "salience", "capability", "reference", "outcome")
OPTIONAL = ("group", "year", "reference")
FEWEST = 3
"""Issues on which fewer parties take a position with salience are left out."""

DEU_CITATION = "Arregui and Perarnaud, DEU III, doi:10.34810/data53, CC BY 4.0"


def read(content: bytes, name: str) -> DecidedIssues:
    """Read a table of decided issues.

    Parameters
    ----------
    content : the file
    name : its name, for messages

    Raises
    ------
    ScenarioError
        With every cell that cannot be used, each with line and column.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = Problem(message=f"byte {error.start} is no UTF-8", hint="save the table as UTF-8", file=name)
        raise ScenarioError([problem]) from None
    tabs = "\t" in text.partition("\n")[0]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if tabs else ","))
    head = [cell.strip() for cell in rows[0]] if rows else []
    if {"isnr", "prnr", "out"} <= set(head):
        return _Table(name, rows).deu()
    return _Table(name, rows).general()


def read_deu(path: Path) -> DecidedIssues:
    """Read the shipped DEU III file, or another copy of it.

    Raises
    ------
    FileError
        If the file cannot be read.
    ScenarioError
        As for `read`.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror or error}") from error
    return read(content, str(path))


class _Table:
    """Rows of text, with the problems that are found while they are turned into numbers."""

    def __init__(self, name: str, rows: list[list[str]]) -> None:
        self.name, self.rows = name, rows
        self.head = [cell.strip() for cell in rows[0]] if rows else []
        self.problems: list[Problem] = []

    def deu(self) -> DecidedIssues:
        """The wide form of DEU III: a column for each party's position and salience; row 2 holds weights."""
        parties = [name[1:] for name in self.head if re.fullmatch(r"p(com|ep|[a-z]{2})", name)]
        parties = [party for party in parties if f"s{party}" in self.head]
        if len(self.rows) < 2 or not parties:
            self.refuse(1, "isnr", "the table has no parties, or no row of weights", "columns pXX and sXX are needed")
            self.insist()
        weight = np.array([self.number(1, f"p{party}", low=0.0) for party in parties])
        rows = [index for index in range(2, len(self.rows)) if any(cell.strip() for cell in self.rows[index])]
        position = self.array(rows, [f"p{party}" for party in parties], 100.0)
        salience = self.array(rows, [f"s{party}" for party in parties], 100.0) / 100.0
        reference, outcome = (self.array(rows, [column], 100.0)[:, 0] for column in ("rp", "out"))
        self.insist()
        groups = [self.cell(row, "prnr") for row in rows]
        years = [float(group[1:3]) if re.match(r"[a-z]\d\d", group) else math.nan for group in groups]
        return self.usable(
            name="DEU III",
            citation=DEU_CITATION,
            issues=[self.cell(row, "isnr") for row in rows],
            groups=groups,
            parties=parties,
            numbers={
                "year": np.array([(1900 if year > 50 else 2000) + year for year in years]),
                "position": position,
                "salience": salience,
                "capability": np.tile(weight, (len(rows), 1)),
                "reference": reference,
                "outcome": outcome,
            },
        )

    def general(self) -> DecidedIssues:
        """The long form: a row for each party and issue."""
        for column in COLUMNS:
            if column not in self.head and column not in OPTIONAL:
                self.refuse(0, column, f"the table has no column '{column}'", f"columns: {', '.join(COLUMNS)}")
        self.insist()
        rows = [index for index in range(1, len(self.rows)) if any(cell.strip() for cell in self.rows[index])]
        issues = list(dict.fromkeys(self.cell(row, "issue") for row in rows))
        parties = list(dict.fromkeys(self.cell(row, "party") for row in rows))
        shape = (len(issues), len(parties))
        numbers: dict[str, Array] = {name: np.full(shape, np.nan) for name in ("position", "salience", "capability")}
        for name in ("year", "reference", "outcome"):
            numbers[name] = np.full(shape[0], np.nan)
        groups = list(issues)
        ceilings = {"position": 100.0, "salience": 1.0, "reference": 100.0, "outcome": 100.0}
        seen: set[tuple[int, int]] = set()
        for row in rows:
            i, k = issues.index(self.cell(row, "issue")), parties.index(self.cell(row, "party"))
            if (i, k) in seen:
                self.refuse(row, "party", f"{parties[k]} has a second row for {issues[i]}", "keep one of them")
            seen.add((i, k))
            groups[i] = self.cell(row, "group") or groups[i]
            for name, array in numbers.items():
                value = self.number(row, name, high=ceilings.get(name, math.inf))
                if array.ndim == 2:
                    array[i, k] = value
                elif not math.isnan(value):
                    if not math.isnan(array[i]) and array[i] != value:
                        self.refuse(row, name, f"{issues[i]} has another {name} above", "an issue has one")
                    array[i] = value
        self.insist()
        numbers["capability"] = np.nan_to_num(numbers["capability"])
        title = Path(self.name).stem
        return self.usable(
            name=title, citation=self.name, issues=issues, groups=groups, parties=parties, numbers=numbers
        )

    def usable(  # noqa: PLR0913 - the parts of a table
        self,
        *,
        name: str,
        citation: str,
        issues: Sequence[str],
        groups: Sequence[str],
        parties: Sequence[str],
        numbers: dict[str, Array],
    ) -> DecidedIssues:
        """Leave out issues without an outcome, or with too few parties, and count them."""
        stands = ~np.isnan(numbers["position"]) & ~np.isnan(numbers["salience"])
        weighs = stands & (numbers["capability"] > 0)
        numbers["position"] = np.where(stands, numbers["position"], np.nan)
        numbers["salience"] = np.where(stands, numbers["salience"], np.nan)
        moved = np.nan_to_num(numbers["salience"] * numbers["capability"]).sum(axis=1) > 0
        decided = ~np.isnan(numbers["outcome"])
        many = (weighs.sum(axis=1) >= FEWEST) & moved
        reasons = Counter(
            "no outcome" if not known else f"fewer than {FEWEST} parties with position, salience and weight"
            for known, enough in zip(decided, many, strict=True)
            if not (known and enough)
        )
        kept = [int(i) for i in np.flatnonzero(decided & many)]
        if not kept:
            self.refuse(0, self.head[0] if self.head else "", "no issue of the table can be scored", "see the form")
            self.insist()
        return DecidedIssues(
            name=name,
            citation=citation,
            issues=tuple(issues[i] for i in kept),
            groups=tuple(groups[i] for i in kept),
            parties=tuple(parties),
            left_out=dict(reasons),
            **{key: array[kept] for key, array in numbers.items()},
        )

    def cell(self, row: int, column: str) -> str:
        """The text of a cell, empty where the row or the table lacks it."""
        place = self.head.index(column) if column in self.head else -1
        return self.rows[row][place].strip() if 0 <= place < len(self.rows[row]) else ""

    def array(self, rows: Sequence[int], columns: Sequence[str], high: float) -> Array:
        """The numbers of some columns, shape (row, column); NaN where a cell is empty."""
        numbers = [[self.number(row, column, high=high) for column in columns] for row in rows]
        return np.array(numbers, dtype=np.float64).reshape(len(rows), len(columns))

    def number(self, row: int, column: str, *, low: float = 0.0, high: float = math.inf) -> float:
        """The number in a cell; NaN where it is empty, or no number, which is then a problem."""
        text = self.cell(row, column)
        if not text:
            return math.nan
        try:
            value = float(text)
        except ValueError:
            self.refuse(row, column, f"'{text}' is no number", "write it with a point, as 12.5")
            return math.nan
        if not low <= value <= high:
            self.refuse(row, column, f"{column} is {text}", f"it must lie in {low:g}..{high:g}")
            return math.nan
        return value

    def refuse(self, row: int, column: str, message: str, hint: str) -> None:
        """Note a problem."""
        place = self.head.index(column) + 1 if column in self.head else None
        self.problems.append(Problem(message=message, hint=hint, file=self.name, line=row + 1, column=place))

    def insist(self) -> None:
        """Raise what was found."""
        if self.problems:
            raise ScenarioError(self.problems)
