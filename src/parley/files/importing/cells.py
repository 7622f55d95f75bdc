"""Tables as text: cells with their place, and the list of everything that is wrong. `records` and `Refusals` lead.

A cell keeps its line and column, so that each problem points to the character where an editor finds it.
"""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from parley.domain.checks import INVISIBLE
from parley.errors import Path, Problem, ScenarioError, printable
from parley.files import text_guards

__all__ = ["Cell", "Place", "Refusals", "decoded", "records", "shortened"]

MAX_PROBLEMS = 200
MAX_SHOWN = 60
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
WITH_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column of a text, counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell of a table, or in an element, and where.

    Attributes
    ----------
    text : the text, without quotes and without the blanks around it
    place : where it starts
    open : whether it starts with a quote that is not closed
    """

    text: str
    place: Place
    open: bool = False


def decoded(content: bytes, name: str) -> str:
    """Decode the content of a table; a byte order mark is passed over.

    Parameters
    ----------
    content : the bytes of the file
    name : what to call it in problems

    Raises
    ------
    ScenarioError
        If it is empty, larger than 2 MB, not in UTF-8, or holds control characters.
    """
    if not content.strip():
        _refuse(name, "the file is empty", "a table needs its head and a row for each party")
    if len(content) > text_guards.MAX_BYTES:
        _refuse(name, f"the file is larger than {text_guards.MAX_BYTES // 1_000_000} MB", "leave out what is no table")
    return text_guards.decoded(content, name)


def records(text: str, name: str, delimiter: str, quote: str) -> list[Sequence[Cell]]:
    """Cut a text into rows and cells; rows in which nothing stands are left out.

    Parameters
    ----------
    text : the table
    name : what to call it in problems
    delimiter : what stands between two cells
    quote : what may stand around a cell that holds the delimiter, a line break or, doubled, itself

    Returns
    -------
    The cells of each row without the empty ones at its end; rows may differ in length.

    Raises
    ------
    ScenarioError
        If nothing stands in any row.
    """
    place = _places(text)
    mark, blank = re.escape(quote), " " if delimiter == "\t" else " \t"
    end = rf"[{re.escape(delimiter)}\r\n]"
    cell = re.compile(
        rf"[{blank}]*(?:{mark}(?P<quoted>(?:[^{mark}]|{mark}{mark})*+){mark}[{blank}]*(?={end}|\Z)"
        rf"|(?P<plain>[^{end[1:-1]}]*))"
    )
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    at = 0
    while at <= len(text):
        found = cell.match(text, at)
        assert found is not None, "a cell may be empty"
        row.append(_cell(found, quote, place))
        at = found.end()
        if at < len(text) and text[at] == delimiter:
            at += 1
            continue
        rows.append(row)
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
    kept = [cells for cells in map(_filled, rows) if cells]
    if not kept:
        _refuse(name, "nothing stands in the table", "a table needs its head and a row for each party")
    return kept


def _cell(found: re.Match[str], quote: str, place: Callable[[int], Place]) -> Cell:
    if found["quoted"] is not None:
        text = found["quoted"].replace(quote * 2, quote).strip()
        return Cell(text, place(found.start("quoted") - 1))
    text = found["plain"].strip()
    return Cell(text, place(found.start("plain")), open=text.startswith(quote))


def _places(text: str) -> Callable[[int], Place]:
    starts = [0, *(found.end() for found in re.finditer("\r\n|\r|\n", text))]

    def place(at: int) -> Place:
        line = bisect.bisect_right(starts, at)
        return Place(line, at - starts[line - 1] + 1)

    return place


class Refusals:
    """Everything that is wrong with a table, gathered while its cells are read.

    Parameters
    ----------
    name : the file's name, for the problems
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []

    def refuse(self, place: Place, message: str, hint: str, path: Path = ()) -> None:
        """Note a problem, and where it is: in the text, and by the keys that lead there if there are any."""
        message, hint = printable(message), printable(hint)
        line, column = place.line, place.column
        self.problems.append(Problem(message=message, path=path, hint=hint, file=self.name, line=line, column=column))

    def number(self, cell: Cell, what: str, low: float = -math.inf, high: float = math.inf) -> float:
        """The number in a cell; NaN, and a problem, where there is none or it is out of range.

        Parameters
        ----------
        cell : the cell
        what : what it says, such as `salience of 'USA'`
        low, high : the range that it must lie in
        """
        if not cell.text:
            self.refuse(cell.place, f"there is no {what}", "write a number")
        elif not NUMBER.fullmatch(cell.text) or not math.isfinite(float(cell.text)):
            hint = "write the decimals after a point" if WITH_COMMA.fullmatch(cell.text) else "write digits, as in 12.5"
            self.refuse(cell.place, f"the {what} is '{shortened(cell.text)}', which is no number", hint)
        elif not low <= float(cell.text) <= high:
            must = f"lie in {low:g}..{high:g}" if math.isfinite(high) else f"be {low:g} or more"
            self.refuse(cell.place, f"the {what} is {cell.text}", f"it must {must}")
        else:
            return float(cell.text)
        return math.nan

    def words(self, cell: Cell, what: str, *, needed: bool = True) -> str:
        """The text of a cell; a problem where it is needed and absent, or holds what no text may hold."""
        if cell.open:
            self.refuse(cell.place, f"the quote that opens the {what} is not closed", "close it, or take it away")
        elif needed and not cell.text:
            self.refuse(cell.place, f"there is no {what}", "write one")
        elif bad := INVISIBLE.search(cell.text):
            shown = f"the {what} holds the invisible control character U+{ord(bad.group()):04X}"
            self.refuse(cell.place, shown, "delete it and type the word again")
        return cell.text

    def insist(self) -> None:
        """Raise everything that was found, by line.

        Raises
        ------
        ScenarioError
            If anything was; of more than 200 problems, the first ones.
        """
        if not self.problems:
            return
        found = sorted(self.problems, key=lambda each: (each.line or 0, each.column or 0))
        if len(found) > MAX_PROBLEMS:
            more = Problem(message=f"{len(found) - MAX_PROBLEMS} more problems are not shown", file=self.name)
            found = [*found[:MAX_PROBLEMS], more]
        raise ScenarioError(found)


def shortened(text: str) -> str:
    """A text as it stands in a message, cut after 60 characters."""
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + "..."


def _filled(row: Sequence[Cell]) -> Sequence[Cell]:
    """A row without the empty cells at its end."""
    last = max((at for at, cell in enumerate(row) if cell.text), default=-1)
    return row[: last + 1]


def _refuse(name: str, message: str, hint: str) -> NoReturn:
    raise ScenarioError([Problem(message=message, hint=hint, file=name, line=1, column=1)])
