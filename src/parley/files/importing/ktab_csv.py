"""Scenarios of KAPSARC's KTAB as comma-separated text. `import_ktab_csv` is the main name.

The first line holds the scenario's name, its description, the number of actors and the number of dimensions, the second
the heads of the columns; then each actor has a line: name, description, capability, and a position and a salience, both
0..100, for each dimension. There may be empty cells at the end of a line.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from parley.files.importing.cells import Cell, Place, Refusals, decoded, records
from parley.files.importing.draft import (
    Draft,
    DraftIssue,
    DraftParty,
    DraftPosition,
    Imported,
    TableFile,
    compose,
    share,
)

__all__ = ["crowded", "import_ktab_csv", "ktab_draft", "refuse_repeats"]

HEAD = ("name", "description", "number of actors", "number of dimensions")
FIXED = 3
"""Columns before the first position: name, description and capability."""


def import_ktab_csv(file: TableFile) -> Imported:
    """Read a KTAB scenario in comma-separated text.

    Parameters
    ----------
    file : the table

    Raises
    ------
    ScenarioError
        With everything that is wrong in it, each with line and column.
    UsageError
        If it has no party of that name, or nothing says when its numbers were known.
    """
    reader = Refusals(file.name)
    rows = records(decoded(file.content, file.name), file.name, ",", '"')
    actors, dimensions = _counts(rows[0], reader)
    reader.insist()
    width = FIXED + 2 * dimensions
    if len(rows) < 2:
        reader.refuse(rows[0][0].place, "there is no second line with the heads of the columns", "add it")
    reader.insist()
    names = _dimension_names(rows[1], width, reader)
    kept = [row for row in rows[2:] if _fits(row, width, reader)]
    parties = [_party(row, reader) for row in kept]
    positions = [each for i, row in enumerate(kept) for each in _row(i, row, names, reader)]
    if len(rows) - 2 != actors:
        message = f"the first line says {actors} actors; there are {len(rows) - 2}"
        reader.refuse(rows[0][2].place, message, "correct the number, or the lines")
    refuse_repeats([row[0] for row in kept], "actor", reader)
    reader.insist()
    title, description = rows[0][0].text, rows[0][1].text
    draft = ktab_draft(title, description, parties, names, positions)
    scenario, notes = compose(draft, file)
    extra = [cell.text for cell in rows[0][len(HEAD) :] if cell.text]
    if extra:
        notes.append(f"line 1 holds more than KTAB reads, which has no place here: {', '.join(extra)}")
    return Imported(scenario=scenario, notes=(*notes, *crowded(draft)))


def ktab_draft(
    title: str,
    description: str,
    parties: Sequence[DraftParty],
    dimensions: Sequence[str],
    positions: Sequence[DraftPosition],
) -> Draft:
    """The draft of a KTAB scenario.

    Parameters
    ----------
    title, description : as the file has them
    parties, positions : its content
    dimensions : names of the dimensions
    """
    return Draft(
        title=title,
        parties=parties,
        issues=[DraftIssue(name=name) for name in dimensions],
        positions=positions,
        words="The KTAB scenario gives each actor's capability, and its position and salience on each dimension.",
        remarks=[f"Its description: {description}"] if description else [],
    )


def crowded(draft: Draft) -> list[str]:
    """A note on the parties whose saliences sum to more than 100, which KTAB does not take."""
    sums = [math.fsum(each.salience for each in draft.positions if each.party == i) for i in range(len(draft.parties))]
    over = [party.name for party, total in zip(draft.parties, sums, strict=True) if total > 1 + 1e-9]
    note = f"KTAB takes saliences that sum to 100 at most, and here they sum to more: {', '.join(over)}"
    return [note] if over else []


def refuse_repeats(cells: Sequence[Cell], noun: str, reader: Refusals) -> None:
    """Note each name that stood there before."""
    first: dict[str, Place] = {}
    for cell in cells:
        if cell.text in first:
            message = f"a second {noun} '{cell.text}'; the first is in line {first[cell.text].line}"
            reader.refuse(cell.place, message, "keep one of them, or rename one")
        first.setdefault(cell.text, cell.place)


def _counts(head: Sequence[Cell], reader: Refusals) -> tuple[int, int]:
    if len(head) < len(HEAD):
        hint = "write " + ", ".join(HEAD) + ", with commas between"
        reader.refuse(head[0].place, f"the first line holds {len(head)} of {len(HEAD)} values", hint)
        return 0, 0
    reader.words(head[0], "name of the scenario")
    reader.words(head[1], "description of the scenario", needed=False)
    counts = []
    for cell, what in zip(head[2:4], HEAD[2:], strict=True):
        number = reader.number(cell, what, 1, 10_000)
        if number % 1 > 0:
            reader.refuse(cell.place, f"the {what} is {cell.text}", "it must be a whole number")
        counts.append(0 if math.isnan(number) else int(number))
    return counts[0], counts[1]


def _dimension_names(heads: Sequence[Cell], width: int, reader: Refusals) -> list[str]:
    """The heads of the columns of positions, without the word position at their end."""
    _fits(heads, width, reader)
    cells = heads[FIXED:width:2]
    names = [re.sub(r"\s+position$", "", reader.words(cell, "name of a dimension"), flags=re.I) for cell in cells]
    refuse_repeats(cells, "dimension", reader)
    return names


def _fits(row: Sequence[Cell], width: int, reader: Refusals) -> bool:
    if len(row) == width:
        return True
    message = f"the line holds {len(row)} values; by the first line it should hold {width}"
    reader.refuse(row[0].place, message, "name, description, capability, then position and salience for each dimension")
    return False


def _party(row: Sequence[Cell], reader: Refusals) -> DraftParty:
    label = reader.words(row[0], "name of the actor")
    note = reader.words(row[1], "description of the actor", needed=False)
    return DraftParty(name=label, note=note, capability=reader.number(row[2], f"capability of '{label}'", 0))


def _row(i: int, row: Sequence[Cell], names: Sequence[str], reader: Refusals) -> list[DraftPosition]:
    label = row[0].text
    return [
        DraftPosition(
            party=i,
            issue=k,
            position=reader.number(row[FIXED + 2 * k], f"position of '{label}' on '{name}'", 0, 100),
            salience=share(reader.number(row[FIXED + 2 * k + 1], f"salience of '{label}' on '{name}'", 0, 100)),
        )
        for k, name in enumerate(names)
    ]
