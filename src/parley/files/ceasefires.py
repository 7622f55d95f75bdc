"""The ETH/PRIO Civil Conflict Ceasefire data set: `read` gives its ceasefires.

The data set has one row for each actor of a ceasefire. Where the rows of one ceasefire differ, a provision counts if
any row has it, the start is the earliest and the end the latest, and how it ended is what the first row says.
"""

from __future__ import annotations

import calendar
import csv
import datetime
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from parley.domain.ceasefire import Ceasefire, CeasefireClass, Ending, Period, Side
from parley.errors import FileError, Problem, ScenarioError

__all__ = ["COLUMNS", "read", "read_file"]

COLUMNS = (
    *("cc", "cf_id", "location", "ucdp_dyad", "cf_dec_yr", "cf_dec_month", "cf_dec_day"),
    *("cf_effect_yr", "cf_effect_month", "cf_effect_day", "side", "partial", "written", "fixed", "fixed_time"),
    *("p_humanitarian", "p_peaceprocess", "p_holiday", "ceasefire_class", "mediator_nego", "implement"),
    *("enforcement", "ddr", "ended", "end_yr", "end_month", "end_day"),
)
SIDES: Mapping[int, Side] = {1: "unilateral", 2: "bilateral", 3: "multilateral"}
CLASSES: Mapping[int, CeasefireClass] = {1: "cessation", 2: "preliminary", 3: "definitive"}
ENDINGS: Mapping[int, Ending] = {
    -1: "unclear",
    0: "still in force",
    1: "expired",
    2: "ended by a party",
    3: "never took effect",
    4: "replaced",
}
"""What the codes of `ended` mean, inferred from the data, since no codebook was found."""

Row = Mapping[str, int]


def read_file(path: Path) -> tuple[Ceasefire, ...]:
    """Read the data set from a path; as `read`.

    Raises
    ------
    FileError
        If the file cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        hint = "it is the user's own copy of the ETH/PRIO data set, ceasefires_dataset.csv"
        raise FileError(f"cannot read {path}: {error.strerror or error}; {hint}") from error
    return read(content, str(path))


def read(content: bytes, name: str) -> tuple[Ceasefire, ...]:
    """Read the data set.

    Parameters
    ----------
    content : the file, CSV in UTF-8
    name : its name, for messages

    Returns
    -------
    The ceasefires, in the order of the file.

    Raises
    ------
    ScenarioError
        With every cell that is no number, each with line and column, or the columns that are missing.
    """
    table = csv.DictReader(io.StringIO(content.decode("utf-8-sig", errors="replace"), newline=""))
    lacking = [column for column in COLUMNS if column not in (table.fieldnames or ())]
    if lacking:
        hint = "this must be the CSV file of the ETH/PRIO Civil Conflict Ceasefire data set"
        raise ScenarioError([Problem(message=f"no column {', '.join(lacking)}", hint=hint, file=name, line=1)])
    problems: list[Problem] = []
    groups: dict[tuple[int, int], list[Row]] = {}
    countries: dict[int, str] = {}
    for cells in table:
        row = _numbers(cells, name, table.line_num, problems)
        if row is not None:
            groups.setdefault((row["cc"], row["cf_id"]), []).append(row)
            countries.setdefault(row["cc"], cells["location"].strip())
    if problems:
        raise ScenarioError(problems)
    return tuple(_ceasefire(rows, countries[code]) for (code, _), rows in groups.items())


def _numbers(cells: Mapping[str, str], name: str, line: int, problems: list[Problem]) -> Row | None:
    """The cells of a row as whole numbers; an empty one, and a term in words, count as unknown."""
    result = {}
    for column in COLUMNS:
        text = (cells[column] or "").strip()
        if column == "location":
            continue
        try:
            result[column] = int(float(text)) if text else -1
        except ValueError:
            if column != "fixed_time":
                hint = "each cell of this column holds a whole number"
                problem = Problem(message=f"{column} is '{text}'", hint=hint, file=name, line=line)
                problems.append(problem)
            result[column] = -1
    codes = {"side": SIDES, "ceasefire_class": CLASSES, "ended": ENDINGS}
    for column, known in codes.items():
        if result[column] not in known:
            hint = f"it must be one of {', '.join(map(str, known))}"
            problems.append(Problem(message=f"{column} is {result[column]}", hint=hint, file=name, line=line))
            return None
    return result


def _ceasefire(rows: list[Row], country: str) -> Ceasefire:
    first = rows[0]
    term = max(row["fixed_time"] for row in rows)
    fixed, monitored = _known(rows, "fixed"), _known(rows, "implement")
    ending = ENDINGS[first["ended"]]
    taken = [row for row in rows if row["cf_effect_yr"] != 0]
    ended = _latest(_periods(rows, "end_yr", "end_month", "end_day"))
    if ended is None and not taken and ending == "unclear":
        ending = "never took effect"
    if ended is None and ending == "unclear" and any(row["end_yr"] == 0 for row in rows):
        ending = "still in force"
    declared = _earliest(_periods(rows, "cf_dec_yr", "cf_dec_month", "cf_dec_day"))
    started = _earliest(_periods(rows, "cf_effect_yr", "cf_effect_month", "cf_effect_day"))
    return Ceasefire(
        country=country,
        code=first["cc"],
        number=first["cf_id"],
        dyads=frozenset(row["ucdp_dyad"] for row in rows),
        declared=declared,
        started=started or declared,
        ended=ended,
        ending=ending,
        side=SIDES[max(row["side"] for row in rows)],
        ceasefire_class=CLASSES[max(row["ceasefire_class"] for row in rows)],
        fixed=fixed,
        length_days=term if fixed and term > 0 else None,
        monitoring=monitored,
        enforcement=bool(_known(rows, "enforcement")),
        demobilisation=bool(_known(rows, "ddr")),
        written=bool(_known(rows, "written")),
        part_of_process=bool(_known(rows, "p_peaceprocess")),
        partial=bool(_known(rows, "partial")),
        holiday=bool(_known(rows, "p_holiday")),
        humanitarian=bool(_known(rows, "p_humanitarian")),
        mediated=bool(_known(rows, "mediator_nego")),
    )


def _known(rows: Iterable[Row], column: str) -> bool | None:
    """Whether any row has it; None where no row says."""
    highest = max(row[column] for row in rows)
    return None if highest < 0 else highest > 0


def _periods(rows: Iterable[Row], year: str, month: str, day: str) -> list[Period]:
    return [_period(row[year], row[month], row[day]) for row in rows if row[year] > 0]


def _period(year: int, month: int, day: int) -> Period:
    """The days that a date with missing parts can be; a day beyond the end of its month is the last of it."""
    if month <= 0:
        return Period(first=datetime.date(year, 1, 1), last=datetime.date(year, 12, 31))
    end = calendar.monthrange(year, month)[1]
    if day <= 0:
        return Period(first=datetime.date(year, month, 1), last=datetime.date(year, month, end))
    known = datetime.date(year, month, min(day, end))
    return Period(first=known, last=known)


def _earliest(periods: list[Period]) -> Period | None:
    return min(periods, key=lambda each: (each.first, each.last)) if periods else None


def _latest(periods: list[Period]) -> Period | None:
    return max(periods, key=lambda each: (each.first, each.last)) if periods else None
