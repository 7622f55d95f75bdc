"""Tables of the exchange model Decide. `import_decide` is the main name.

Each row starts with what it is: `#A` a party (short name, full name, remark), `#P` an issue (short name, full name,
remark), `#M` a point of an issue's scale (issue, point, what it means), `#D` a position (party, issue, position,
salience 0..1, power), `#O` what the table is about, `#/` a remark. Cells stand between tabs, semicolons or commas, in
quotes `'` or without. An issue's scale runs from its lowest `#M` to its highest; without any it runs from 0 to 100.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from parley.domain.issue import Anchor, Scale
from parley.errors import did_you_mean
from parley.files.importing.cells import Cell, Place, Refusals, decoded, records
from parley.files.importing.draft import Draft, DraftIssue, DraftParty, DraftPosition, Imported, TableFile, compose
from parley.files.importing.ktab_csv import refuse_repeats

__all__ = ["import_decide"]

KINDS = ("#A", "#P", "#M", "#D", "#O", "#/")
FIRST = re.compile(r"\s*(?P<quote>['\"]?)#.\s*(?P=quote)(?P<delimiter>[\t;,])")
ROW_OF_POSITION = ("#D", "party", "issue", "position", "salience", "power")


def import_decide(file: TableFile) -> Imported:
    """Read a table of the exchange model Decide.

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
    text = decoded(file.content, file.name)
    first = FIRST.match(text)
    delimiter, quote = (first["delimiter"], first["quote"] or '"') if first else ("\t", "'")
    table = _Table(reader, records(text, file.name, delimiter, quote))
    parties, issues, positions = table.parties(), table.issues(), table.positions()
    powers = table.powers()
    reader.insist()
    draft = Draft(
        title=" ".join(table.texts("#O")) or Path(file.name).stem.replace("_", " "),
        parties=[
            DraftParty(name=full, label=label, note=note, capability=powers[label])
            for label, (full, note) in parties.items()
        ],
        issues=[
            DraftIssue(name=label if full == label else full, label=label, question=note, scale=table.scales[label])
            for label, (full, note) in issues.items()
        ],
        positions=positions,
        words="The table gives each party's power, its position on each issue, and its salience.",
        remarks=[f"Its remarks: {' | '.join(table.texts('#/'))}"] if table.texts("#/") else [],
    )
    scenario, notes = compose(draft, file)
    return Imported(scenario=scenario, notes=(*notes, *table.notes))


@dataclass(slots=True)
class _Table:
    """The rows by their kind, and what is made of them."""

    reader: Refusals
    rows: Sequence[Sequence[Cell]]
    scales: dict[str, Scale] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    held: dict[str, list[tuple[float, Cell]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            if row[0].text not in KINDS:
                hint = "a row starts with one of " + ", ".join(KINDS)
                self.reader.refuse(row[0].place, f"'{row[0].text[:20]}' starts no row of a Decide table", hint)

    def of(self, kind: str) -> list[Sequence[Cell]]:
        """The rows of a kind."""
        return [row for row in self.rows if row[0].text == kind]

    def texts(self, kind: str) -> list[str]:
        """The text of each row of a kind that is for people."""
        return [
            self.reader.words(Cell(" ".join(cell.text for cell in row[1:] if cell.text), row[0].place), "remark")
            for row in self.of(kind)
            if len(row) > 1
        ]

    def parties(self) -> dict[str, tuple[str, str]]:
        """Full name and remark of each party, by its short name."""
        return self.named("#A", "party")

    def issues(self) -> dict[str, tuple[str, str]]:
        """Full name and remark of each issue, by its short name; their scales are found on the way."""
        found = self.named("#P", "issue")
        points: dict[str, list[tuple[float, Cell, str]]] = {label: [] for label in found}
        for row in self.of("#M"):
            issue, at = self.cell(row, 1), self.cell(row, 2)
            value = self.reader.number(at, f"point on the scale of '{issue.text}'")
            if self.is_known(issue, list(found), "issue"):
                points[issue.text].append((value, at, " ".join(cell.text for cell in row[3:] if cell.text)))
        for label, marks in points.items():
            self.scales[label] = self.scale(label, marks)
        bare = [label for label, marks in points.items() if not marks]
        if bare:
            self.notes.append(f"no #M row gives the scale of {', '.join(bare)}: it runs from 0 to 100")
        return {label: (full, "" if note == full else note) for label, (full, note) in found.items()}

    def scale(self, label: str, marks: Sequence[tuple[float, Cell, str]]) -> Scale:
        """The scale between an issue's lowest and highest mark; 0..100 where it has none, or they are wrong."""
        values = sorted({value for value, _, _ in marks if not math.isnan(value)})
        if not marks or any(math.isnan(value) for value, _, _ in marks):
            return Scale()
        if len(values) < 2:
            message = f"the scale of '{label}' has one point only, {values[0]:g}"
            self.reader.refuse(marks[0][1].place, message, "give its lowest and its highest point")
            return Scale()
        words = {value: self.reader.words(Cell(text, cell.place), "meaning") for value, cell, text in marks if text}
        anchors = tuple(Anchor(at=value, words=words[value]) for value in values if value in words)
        return Scale(low=values[0], high=values[-1], anchors=anchors)

    def positions(self) -> list[DraftPosition]:
        """Where the parties stand; the powers are kept for `powers`."""
        parties, issues = list(self.named("#A", "", quiet=True)), list(self.scales)
        seen: dict[tuple[str, str], Place] = {}
        found = []
        for row in self.of("#D"):
            party, issue = self.cell(row, 1), self.cell(row, 2)
            known = [self.is_known(party, parties, "party"), self.is_known(issue, issues, "issue")]
            where = f"'{party.text}' on '{issue.text}'"
            scale = self.scales.get(issue.text)
            ends = (scale.low, scale.high) if scale else (-math.inf, math.inf)
            position = self.reader.number(self.cell(row, 3), f"position of {where}", *ends)
            salience = self.reader.number(self.cell(row, 4), f"salience of {where}", 0, 1)
            power = self.reader.number(self.cell(row, 5), f"power of {where}", 0)
            self.held.setdefault(party.text, []).append((power, self.cell(row, 5)))
            key = (party.text, issue.text)
            if key in seen:
                message = f"a second row for {where}; the first is in line {seen[key].line}"
                self.reader.refuse(row[0].place, message, "keep one of them")
            seen.setdefault(key, row[0].place)
            if len(row) > len(ROW_OF_POSITION):
                words = " ".join(cell.text for cell in row[len(ROW_OF_POSITION) :])
                self.notes.append(f"line {row[0].place.line}: the remark '{words}' has no place in a scenario")
            if all(known):
                i, k = parties.index(party.text), issues.index(issue.text)
                found.append(DraftPosition(party=i, issue=k, position=position, salience=salience))
        return found

    def powers(self) -> dict[str, float]:
        """The power of each party, which must be the same in all its rows."""
        result = {}
        for row in self.of("#A"):
            label = self.cell(row, 1)
            held = [(power, cell) for power, cell in self.held.get(label.text, ()) if not math.isnan(power)]
            if label.text and label.text not in self.held:
                self.reader.refuse(label.place, f"no #D row gives a power for '{label.text}'", "add one, or delete it")
            values = [power for power, _ in held]
            usual = max(values, key=values.count, default=0.0)
            for power, cell in held:
                if power != usual:
                    message = f"the power of '{label.text}' is {power:g} here and {usual:g} in another row"
                    self.reader.refuse(cell.place, message, "a party has one power, the same on every issue")
            result[label.text] = usual
        return result

    def named(self, kind: str, noun: str, *, quiet: bool = False) -> dict[str, tuple[str, str]]:
        """Full name and remark of what the rows of a kind define, by its short name."""
        rows = [row for row in self.of(kind) if len(row) > 1 and row[1].text]
        if not quiet:
            for row in self.of(kind):
                self.reader.words(self.cell(row, 1), f"short name of the {noun}")
                for cell in row[2:]:
                    self.reader.words(cell, f"name of the {noun}", needed=False)
            refuse_repeats([row[1] for row in rows], noun, self.reader)
        return {row[1].text: (self.text(row, 2) or row[1].text, self.text(row, 3)) for row in rows}

    def is_known(self, cell: Cell, known: Sequence[str], noun: str) -> bool:
        """Whether a name is one of those that are defined; a problem where it is not."""
        if cell.text in known:
            return True
        hint = did_you_mean(cell.text, known, noun=f"{noun} names") or f"define it with a row {KINDS[noun == 'issue']}"
        self.reader.refuse(cell.place, f"there is no {noun} '{cell.text[:60]}'", hint)
        return False

    def cell(self, row: Sequence[Cell], at: int) -> Cell:
        """A cell of a row; an empty one at the row's end where it is missing."""
        if at < len(row):
            return row[at]
        return Cell("", Place(row[-1].place.line, row[-1].place.column + len(row[-1].text)))

    def text(self, row: Sequence[Cell], at: int) -> str:
        return self.cell(row, at).text
