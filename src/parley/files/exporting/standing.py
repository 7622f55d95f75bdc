"""Of a scenario, what tables of positions hold: who stands where. `standing` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parley.domain.draws import quantities
from parley.domain.party import Party
from parley.domain.scenario import Scenario
from parley.errors import UsageError
from parley.files.exporting.losses import Held, losses
from parley.files.importing.draft import ids

__all__ = ["Standing", "line", "renamed", "standing"]

GROUNDS = {"sources", "facts", "claims", "judgements"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who stands where, and what the table cannot tell.

    Attributes
    ----------
    parties : those that take a position
    notes : sentences on what is left out
    """

    parties: Sequence[Party]
    notes: Sequence[str]


def standing(scenario: Scenario, held: Held, program: str) -> Standing:
    """Find who stands where.

    Parameters
    ----------
    scenario : the scenario
    held : what the form holds of its sections
    program : the program that the table is for

    Raises
    ------
    UsageError
        If nobody takes a position.
    """
    if not scenario.positions:
        raise UsageError("the scenario has no positions that could be exported")
    present = {each.party for each in scenario.positions}
    notes = [f"'{each.id}' takes no position, and is left out" for each in scenario.parties if each.id not in present]
    if any(each.estimate.low < each.estimate.high for each in quantities(scenario)):
        notes.append("only the most plausible value of each number is written, not its range")
    notes.append(f"{program} has no place for the day, {scenario.as_of}: say it again when the table comes back")
    told = {**held, **dict.fromkeys(("schema", "title", "question", "as_of", *GROUNDS))}
    notes += losses(scenario, told, f"tables of {program}")
    grounds = [f"{name} ({len(getattr(scenario, name))})" for name in sorted(GROUNDS) if getattr(scenario, name)]
    if grounds:
        notes.append(f"what the numbers rest on is not written: {', '.join(grounds)}")
    parties = [each for each in scenario.parties if each.id in present]
    return Standing(parties=parties, notes=notes)


def line(text: str) -> str:
    """A text on one line, with one blank where there were line breaks, tabs or several blanks."""
    return " ".join(text.split())


def renamed(labels: Sequence[str], old: Sequence[str], what: str) -> list[str]:
    """A note where other ids come back than there were, for an importer makes them of the names.

    Parameters
    ----------
    labels : what is written
    old : the ids
    what : what they are ids of: `party` or `issue`
    """
    changed = [f"{a} → {b}" for a, b in zip(old, ids(labels, what), strict=True) if a != b]
    shown = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
    return [f"ids are not written, and come back as made of the names: {shown}"] if changed else []
