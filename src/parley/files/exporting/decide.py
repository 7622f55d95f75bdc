"""A scenario's positions as a table of the exchange model Decide: `to_decide`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from parley.domain.issue import Issue
from parley.domain.party import Party
from parley.domain.scenario import Scenario
from parley.files.exporting.losses import Held
from parley.files.exporting.standing import line, standing
from parley.files.exporting.tables import Exported
from parley.files.importing.draft import ids
from parley.files.units import in_unit

__all__ = ["to_decide"]

HELD: Held = {
    "parties": ("id", "name", "capability", "note", "aliases"),
    "issues": ("id", "name", "question", "grounds", "scale.low", "scale.high", "scale.anchors"),
    "positions": ("party", "issue", "position", "salience"),
}
Row = list[str | float]


def to_decide(scenario: Scenario) -> Exported:
    """Write the positions as a table of the exchange model Decide.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    One file, `decide.txt`: positions in each issue's own unit. Where a capability is above 1, all are divided by the
    largest, for versions of Decide take no more.

    Raises
    ------
    UsageError
        If nobody takes a position.
    """
    part = standing(scenario, HELD, "Decide")
    largest = max(1.0, *(each.capability.mode for each in part.parties))
    labels = {each.id: _label(each) for each in part.parties}
    rows: list[Row] = [["#O", line(scenario.title)]]
    rows += [["#A", labels[each.id], line(each.name), line(each.note)] for each in part.parties]
    for issue in scenario.issues:
        rows.append(["#P", issue.id, line(issue.name), line(issue.question)])
        rows += _marks(issue)
    rows += _stands(scenario, labels, largest)
    notes = [*part.notes, *_alias_notes(part.parties, labels)]
    if largest > 1:
        notes.append(f"versions of Decide take powers of 1 at most: all are divided by {largest:g}, the largest")
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", quotechar="'", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerows(rows)
    return Exported(files={"decide.txt": text.getvalue().encode()}, notes=tuple(notes))


def _label(party: Party) -> str:
    """The short name: an alias of which the party's id is made, or the id itself."""
    return next((line(each) for each in party.aliases if ids([each], "party") == [party.id]), party.id)


def _alias_notes(parties: Sequence[Party], labels: dict[str, str]) -> list[str]:
    lost = [alias for party in parties for alias in party.aliases if line(alias) != labels[party.id]]
    return [f"aliases are not written: {len(lost)}"] if lost else []


def _marks(issue: Issue) -> Iterator[Row]:
    """The points of the scale, its ends always among them."""
    words = {anchor.at: line(anchor.words) for anchor in issue.scale.anchors}
    for at in sorted({issue.scale.low, issue.scale.high, *words}):
        yield ["#M", issue.id, at, words[at]] if words.get(at) else ["#M", issue.id, at]


def _stands(scenario: Scenario, labels: dict[str, str], largest: float) -> Iterator[Row]:
    for each in scenario.positions:
        at = in_unit(each.position.mode, scenario.issue(each.issue).scale)
        power = scenario.party(each.party).capability.mode / largest
        yield ["#D", labels[each.party], each.issue, at, each.salience.mode, power]
