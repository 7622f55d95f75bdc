"""One issue of a table of decided issues, such as DEU III, as a scenario. `import_deu` is the main name.

What was decided is left out, so that no forecast can lean on it.
"""

from __future__ import annotations

import datetime
import math

from parley.domain.decided import DecidedIssues
from parley.errors import ScenarioError, UsageError, did_you_mean
from parley.files import decided
from parley.files.importing.draft import Draft, DraftIssue, DraftParty, DraftPosition, Imported, TableFile, compose

__all__ = ["import_deu"]

NAMES = {
    "com": "European Commission", "ep": "European Parliament", "at": "Austria", "be": "Belgium", "bu": "Bulgaria",
    "cr": "Croatia", "cy": "Cyprus", "cz": "Czechia", "dk": "Denmark", "ee": "Estonia", "fi": "Finland",
    "fr": "France", "de": "Germany", "el": "Greece", "hu": "Hungary", "ie": "Ireland", "it": "Italy", "lv": "Latvia",
    "lt": "Lithuania", "lu": "Luxembourg", "mt": "Malta", "nl": "Netherlands", "pl": "Poland", "pt": "Portugal",
    "ro": "Romania", "si": "Slovenia", "sk": "Slovakia", "es": "Spain", "se": "Sweden", "uk": "United Kingdom",
}  # fmt: skip
"""The parties of DEU III by their codes."""


def import_deu(file: TableFile, issue: str) -> Imported:
    """Make a scenario of one issue of a table of decided issues.

    Parameters
    ----------
    file : the table, in DEU III's form or in the general one
    issue : id of the issue

    Raises
    ------
    ScenarioError
        With every cell that cannot be used, each with line and column.
    UsageError
        If the table has no such issue that could be used, or no party of that name, or nothing says when it was.
    """
    table = decided.read(file.content, file.name)
    if issue not in table.issues:
        hint = did_you_mean(issue, table.issues, noun="issues")
        raise UsageError(f"{file.name} has no issue '{issue}' with an outcome and three parties or more; {hint}")
    at = table.issues.index(issue)
    parties, positions = _stands(table, at)
    year = table.year[at]
    if file.as_of is None and not math.isnan(year):
        file = _dated(file, int(year))
    reference = float(table.reference[at])
    draft = Draft(
        title=f"{table.name}: issue {issue}",
        parties=parties,
        issues=[DraftIssue(name=issue, reference=None if math.isnan(reference) else reference)],
        positions=positions,
        words="The table gives each party's weight, its position, its salience, and what holds without a decision.",
        remarks=[f"Citation: {table.citation}. Proposal: {table.groups[at]}."],
    )
    scenario, notes = compose(draft, file)
    absent = [party for party in table.parties if party not in {each.label for each in parties}]
    if not math.isnan(year):
        notes.append(f"as_of is {scenario.as_of}; the table dates the proposal by its year, {year:.0f}")
    if absent:
        notes.append(f"without a position on this issue, and left out: {', '.join(absent)}")
    notes.append("what was decided is left out of the scenario, so that no forecast can lean on it")
    return Imported(scenario=scenario, notes=tuple(notes))


def _stands(table: DecidedIssues, at: int) -> tuple[list[DraftParty], list[DraftPosition]]:
    """The parties that take a position, and where they stand."""
    kept = [i for i in range(len(table.parties)) if not math.isnan(table.position[at, i])]
    if not kept:
        raise ScenarioError([f"nobody takes a position on '{table.issues[at]}'"])
    parties = [
        DraftParty(
            name=NAMES.get(table.parties[i], table.parties[i]),
            label=table.parties[i],
            capability=float(table.capability[at, i]),
        )
        for i in kept
    ]
    positions = [
        DraftPosition(party=k, issue=0, position=float(table.position[at, i]), salience=float(table.salience[at, i]))
        for k, i in enumerate(kept)
    ]
    return parties, positions


def _dated(file: TableFile, year: int) -> TableFile:
    return TableFile(
        name=file.name,
        content=file.content,
        asked_by=file.asked_by,
        as_of=datetime.date(year, 12, 31),
        written=file.written,
    )
