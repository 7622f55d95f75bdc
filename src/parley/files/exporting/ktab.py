"""A scenario's positions as a scenario of KAPSARC's KTAB: `to_ktab`.

The limits are those of KTAB's own reader: 3 to 250 actors, names of 25 bytes, descriptions of 256, and saliences of
each actor that sum to 100 at most.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence

from parley.domain.issue import Issue
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Scenario
from parley.files.exporting.csv_tables import number
from parley.files.exporting.losses import Held
from parley.files.exporting.standing import line, renamed, standing
from parley.files.exporting.tables import Exported

__all__ = ["to_ktab"]

HELD: Held = {
    "parties": ("id", "name", "capability", "note"),
    "issues": ("id", "name", "grounds", "question", "scale.low", "scale.high"),
    "positions": ("party", "issue", "position", "salience"),
}
LONGEST_NAME, LONGEST_NOTE, LONGEST_TITLE = 25, 256, 512
ACTORS = range(3, 251)
NEUTRAL = 50.0


def to_ktab(scenario: Scenario) -> Exported:
    """Write the positions as a scenario of KTAB, in comma-separated text.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    One file, `ktab.csv`: positions and saliences 0..100. A party that takes no position on an issue stands there at 50
    with salience 0. Where the saliences of a party sum to more than 100, all saliences of the scenario are divided by
    the largest sum, for KTAB takes no more. A party whose name is too long appears under an alias or its id, with the
    name in its description.

    Raises
    ------
    UsageError
        If nobody takes a position.
    """
    part = standing(scenario, HELD, "KTAB")
    issues = [each for each in scenario.issues if any(each.id == position.issue for position in scenario.positions)]
    stands = {(each.party, each.issue): each for each in scenario.positions}
    grid = [[stands.get((party.id, issue.id)) for issue in issues] for party in part.parties]
    saliences, salience_notes = _saliences(grid)
    names, name_notes = _names(part.parties)
    dimensions = _labels([issue.name for issue in issues], [issue.id for issue in issues])
    heads = [f"{each} {what}" for each in dimensions for what in ("Position", "Salience")]
    head = [_cut(scenario.title, LONGEST_TITLE), _cut(scenario.question.text, LONGEST_TITLE)]
    rows = [[*head, str(len(names)), str(len(issues))], ["Actor", "Description", "Influence", *heads]]
    described = [_description(party, name) for party, name in zip(part.parties, names, strict=True)]
    for party, name, note, row, cares in zip(part.parties, names, described, grid, saliences, strict=True):
        cells = [cell for at, care in zip(row, cares, strict=True) for cell in (_point(at), number(care))]
        rows.append([name, _cut(note, LONGEST_NOTE), number(party.capability.mode), *cells])
    notes = [
        *part.notes,
        *name_notes,
        *renamed(names, [each.id for each in part.parties], "party"),
        *renamed(dimensions, [each.id for each in issues], "issue"),
        *_issue_notes(scenario, issues),
        *_gaps(grid),
        *salience_notes,
        *_limits(scenario, described),
    ]
    return Exported(files={"ktab.csv": _text(rows)}, notes=tuple(notes))


def _names(parties: Sequence[Party]) -> tuple[list[str], list[str]]:
    """The name of each party that KTAB takes, each once, and a note where it is not the party's own."""
    short = []
    for party in parties:
        fitting = [each for each in map(line, (party.name, *party.aliases)) if 0 < len(each.encode()) <= LONGEST_NAME]
        short.append(next(iter(fitting), party.id))
    names = _labels(short, [party.id for party in parties])
    other = [f"{name} ({party.name})" for name, party in zip(names, parties, strict=True) if name != line(party.name)]
    notes = [f"under a shorter name, with the full one in the description: {', '.join(other)}"] if other else []
    long = [name for name in names if len(name.encode()) > LONGEST_NAME]
    notes += [f"KTAB takes names of {LONGEST_NAME} bytes: '{name}' is too long" for name in long]
    return names, notes


def _description(party: Party, name: str) -> str:
    """What KTAB says of a party: its remark, after its own name where it appears under another."""
    if name == line(party.name):
        return party.note
    return f"{party.name}: {party.note}" if party.note else party.name


def _labels(names: Sequence[str], ids: Sequence[str]) -> list[str]:
    """The names on one line, or the ids where two have the same name or one has none."""
    lines = [line(name) for name in names]
    return lines if all(lines) and len(set(lines)) == len(lines) else list(ids)


def _saliences(grid: Sequence[Sequence[Position | None]]) -> tuple[list[list[float]], list[str]]:
    """Saliences 0..100 of each party on each issue; no party's sum passes 100."""
    shares = [[each.salience.mode if each else 0.0 for each in row] for row in grid]
    percents = [[float(f"{share * 100:.12g}") for share in row] for row in shares]
    largest = max(map(math.fsum, percents))
    if largest <= 100:
        return percents, []
    # Rounded down, so that no sum passes 100.
    shrunk = [[math.floor(percent / largest * 1e8) / 1e6 for percent in row] for row in percents]
    note = f"KTAB takes saliences that sum to 100 at most: all are divided by {largest / 100:g}, the largest sum"
    return shrunk, [note]


def _point(position: Position | None) -> str:
    return number(position.position.mode if position else NEUTRAL)


def _gaps(grid: Sequence[Sequence[Position | None]]) -> list[str]:
    absent = sum(each is None for row in grid for each in row)
    note = f"KTAB needs a position from everybody on everything: {absent} of them are written as 50 with salience 0"
    return [note] if absent else []


def _issue_notes(scenario: Scenario, issues: Sequence[Issue]) -> list[str]:
    empty = [each.id for each in scenario.issues if each not in issues]
    notes = [f"'{each}' has no position from anybody, and is left out" for each in empty]
    scaled = [each.id for each in issues if (each.scale.low, each.scale.high) != (0.0, 100.0)]
    if scaled:
        notes.append(f"KTAB has no units: positions are in points 0..100 of the scale on {', '.join(scaled)}")
    return notes


def _limits(scenario: Scenario, descriptions: Sequence[str]) -> list[str]:
    texts = [(scenario.title, LONGEST_TITLE), (scenario.question.text, LONGEST_TITLE)]
    texts += [(each, LONGEST_NOTE) for each in descriptions]
    cut = sum(_cut(text, limit) != line(text) for text, limit in texts)
    notes = [f"KTAB takes descriptions of {LONGEST_NOTE} bytes: {cut} texts are cut"] if cut else []
    if len(descriptions) not in ACTORS:
        notes.append(f"KTAB runs with {ACTORS[0]} to {ACTORS[-1]} actors, and here are {len(descriptions)}")
    return notes


def _cut(text: str, limit: int) -> str:
    """A text on one line that has so many bytes at most."""
    whole = line(text)
    if len(whole.encode()) <= limit:
        return whole
    return whole.encode()[: limit - 3].decode(errors="ignore").rstrip() + "..."


def _text(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
