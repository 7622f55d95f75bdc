"""A plain table of parties, issues, positions and saliences as a scenario. `compose` is the main name.

The numbers of such a table are exact as far as it says, so each estimate has one value, and each rests on the one fact
that the table gives it. Whoever works on with the scenario widens what is not certain.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parley.domain.estimate import Estimate
from parley.domain.issue import Issue, Scale
from parley.domain.outcome import DecisionRule, ReferencePoint
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario
from parley.domain.source import Fact, Judgement, Source
from parley.errors import Problem, ScenarioError, UsageError, did_you_mean
from parley.files import yaml_reader
from parley.files.file_form import to_file_form

__all__ = [
    "Draft",
    "DraftIssue",
    "DraftParty",
    "DraftPosition",
    "Imported",
    "TableFile",
    "asker_of",
    "compose",
    "day_of",
    "exactly",
    "ids",
    "share",
    "source_of",
    "values_in",
]

MAX_POSITIONS = yaml_reader.MAX_VALUES // 16
"""A scenario file holds so many values at most, and a position is sixteen of them."""

MAX_ID = 48
YEAR = re.compile(r"(?<![0-9A-Za-z])(?:19|20)[0-9]{2}(?![0-9A-Za-z])", re.ASCII)
RESERVED = {"and", "or", "not", "if", "iff"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A table to import, and what is asked of it.

    Attributes
    ----------
    name : the file's name, for problems and for the source
    content : its bytes
    asked_by : id or name of the party whose approaches are compared; None: the first of the table
    as_of : the day on which its numbers were known; None: the last day of the year that the table names
    written : the day on which the file was written, in place of a year that it does not name
    """

    name: str
    content: bytes
    asked_by: str | None = None
    as_of: datetime.date | None = None
    written: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read from a table.

    Attributes
    ----------
    scenario : the scenario
    notes : sentences on what was assumed, and on what of the table has no place in a scenario
    inputs : the content of each file that was read, by name, where it was more than one
    """

    scenario: Scenario
    notes: tuple[str, ...]
    inputs: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftParty:
    """A party of a table.

    Attributes
    ----------
    name : its name
    capability : relative power, >= 0
    label : the short name that the table has for it, of which its id is made; empty: the name
    note : what else the table says of it
    """

    name: str
    capability: float
    label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIssue:
    """An issue of a table.

    Attributes
    ----------
    name : its name
    scale : its scale, in the unit of the table
    label : the short name that the table has for it, of which its id is made; empty: the name
    question : the question in words; empty: one is made of the name
    reference : what holds when nothing is decided, in the issue's own unit; None where unknown
    """

    name: str
    scale: Scale = field(default_factory=Scale)
    label: str = ""
    question: str = ""
    reference: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPosition:
    """Where a party stands on an issue.

    Attributes
    ----------
    party, issue : their places in the draft, from 0
    position : in the issue's own unit
    salience : 0..1
    assumed : why the position is what it is where the table leaves it open; empty where the table gives it
    """

    party: int
    issue: int
    position: float
    salience: float
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A table as it was read.

    Attributes
    ----------
    title : what the table is about
    parties, issues, positions : its content
    words : what the table gives, as a sentence
    remarks : what else stands in the file, kept with the source
    author, outlet : who made the table, and who published it; empty where it does not say
    """

    title: str
    parties: Sequence[DraftParty]
    issues: Sequence[DraftIssue]
    positions: Sequence[DraftPosition]
    words: str = "The table gives each party's power, its position on each issue, and how much it cares."
    remarks: Sequence[str] = ()
    author: str = ""
    outlet: str = ""


def compose(draft: Draft, file: TableFile) -> tuple[Scenario, list[str]]:
    """Make a scenario of a table.

    Parameters
    ----------
    draft : the table
    file : where it stood, and what is asked of it

    Returns
    -------
    The scenario, and notes on what was assumed.

    Raises
    ------
    ScenarioError
        If the table has no party, no issue or no position, or more positions than a scenario file holds.
    UsageError
        If there is no party `asked_by`, or no day on which the numbers were known.
    """
    _insist_on_size(draft, file)
    day, notes = day_of((draft.title, *draft.remarks), file)
    parties, issues = _parties(draft), _issues(draft)
    asker = asker_of(parties, file.asked_by)
    if file.asked_by is None:
        notes.append(f"the question is asked by '{asker.id}', the first party of the table: set asked_by to another")
    question = f"How could {asker.name} approach the decision, and what would come out?"
    scenario = Scenario(
        title=draft.title,
        question=Question(text=question, asked_by=asker.id),
        as_of=day,
        sources=(source_of(draft.title, file, remarks=draft.remarks, author=draft.author, outlet=draft.outlet),),
        facts=(Fact(id="F1", source="S1", words=draft.words, said_by="the table", kind="position"),),
        judgements=_judgements(draft, parties, issues),
        parties=parties,
        issues=issues,
        positions=_positions(draft, parties, issues),
        decision_rule=_rule(draft, issues),
    )
    if values_in(to_file_form(scenario)) > yaml_reader.MAX_VALUES:
        raise ScenarioError([_too_large(f"{len(parties)} parties with {len(draft.positions)} positions", file)])
    notes.append("every number is taken as exact: widen low and high where the table's makers were not sure")
    return scenario, [*notes, *_silences(draft, parties, issues)]


def ids(names: Iterable[str], fallback: str) -> list[str]:
    """Make ids of names: letters, digits and underscores, each once, in the order of the names.

    Parameters
    ----------
    names : the names
    fallback : the start of an id for a name without any letter of the Latin alphabet
    """
    made: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub("[^a-z0-9]+", "_", plain).strip("_")[:MAX_ID].strip("_")
        if not stem or not stem[0].isalpha() or stem in RESERVED:
            stem = f"{fallback}_{stem}".strip("_")
        number, made_id = 1, stem
        while made_id in made:
            number += 1
            made_id = f"{stem}_{number}"
        made.append(made_id)
    return made


def share(percent: float) -> float:
    """A percentage as a share, without the digits that the division alone makes."""
    return float(f"{percent / 100:.12g}")


def exactly(value: float, *grounds: str) -> Estimate:
    """The estimate of a number that a table gives."""
    return Estimate(low=value, mode=value, high=value, grounds=grounds or ("F1",))


def day_of(texts: Iterable[str], file: TableFile) -> tuple[datetime.date, list[str]]:
    """Find the day on which what a table says was known, and a note where that was assumed.

    Parameters
    ----------
    texts : what the table says of itself, where a year may stand
    file : where it stood, and what is asked of it

    Raises
    ------
    UsageError
        If nothing says it.
    """
    if file.as_of is not None:
        return file.as_of, []
    for text in (*texts, Path(file.name).stem):
        year = YEAR.search(text)
        if year:
            note = f"the table names no day, only the year {year.group()}: as_of is its last day"
            return datetime.date(int(year.group()), 12, 31), [note]
    if file.written is None:
        raise UsageError(f"{file.name} does not say when its numbers were known: give as_of, such as 2015-10-16")
    return file.written, [f"the table names no day: as_of is {file.written}, when the file was written"]


def asker_of(parties: Sequence[Party], wanted: str | None) -> Party:
    """Find the party that asks, by its name or id; the first one where none is named.

    Raises
    ------
    UsageError
        If there is no such party.
    """
    if wanted is None:
        return parties[0]
    found = {each.name: each for each in parties} | {each.id: each for each in parties}
    if wanted not in found:
        hint = did_you_mean(wanted, [each.id for each in parties], noun="parties")
        raise UsageError(f"the table has no party '{wanted}'; {hint}")
    return found[wanted]


def source_of(
    title: str, file: TableFile, *, remarks: Sequence[str] = (), author: str = "", outlet: str = ""
) -> Source:
    """Describe a table as the source of its scenario, with the hash of its content."""
    digest = hashlib.sha256(file.content).hexdigest()
    said = "".join(f" {each}" for each in remarks)
    note = f"Read from the file {Path(file.name).name}, SHA-256 {digest}.{said}"
    return Source(id="S1", title=title, author=author, outlet=outlet, note=note)


def values_in(form: Any) -> int:
    """How many values a file form holds, counted as the reader of scenario files counts them."""
    parts = form.values() if isinstance(form, dict) else form if isinstance(form, list) else ()
    return 1 + sum(map(values_in, parts))


def _insist_on_size(draft: Draft, file: TableFile) -> None:
    problems = [
        Problem(message=f"the table has no {noun}", hint="it needs one at least", file=file.name, line=1)
        for noun, items in (("party", draft.parties), ("issue", draft.issues), ("position", draft.positions))
        if not items
    ]
    if len(draft.positions) > MAX_POSITIONS:
        problems.append(_too_large(f"{len(draft.positions)} positions", file))
    if problems:
        raise ScenarioError(problems)


def _too_large(what: str, file: TableFile) -> Problem:
    message = f"the table has {what}; a scenario file holds {MAX_POSITIONS} positions at most, fewer with many parties"
    return Problem(message=message, hint="leave out small parties, or join some", file=file.name, line=1)


def _parties(draft: Draft) -> tuple[Party, ...]:
    names = ids((each.label or each.name for each in draft.parties), "party")
    return tuple(
        Party(
            id=made_id,
            name=each.name,
            role="other",
            capability=exactly(each.capability),
            aliases=(each.label,) if each.label not in ("", each.name, made_id) else (),
            note=each.note,
        )
        for made_id, each in zip(names, draft.parties, strict=True)
    )


def _issues(draft: Draft) -> tuple[Issue, ...]:
    names = ids((each.label or each.name for each in draft.issues), "issue")
    return tuple(
        Issue(
            id=made_id,
            name=each.name,
            question=each.question or f"What is decided on {each.name}?",
            scale=each.scale,
            grounds=("F1",),
        )
        for made_id, each in zip(names, draft.issues, strict=True)
    )


def _judgements(draft: Draft, parties: Sequence[Party], issues: Sequence[Issue]) -> tuple[Judgement, ...]:
    return tuple(
        Judgement(
            id=f"J{number}",
            words=f"{parties[each.party].name} stands at {each.position:g} on {issues[each.issue].name}.",
            because=each.assumed,
            by="the importer",
        )
        for number, each in enumerate(_assumed(draft), start=1)
    )


def _positions(draft: Draft, parties: Sequence[Party], issues: Sequence[Issue]) -> tuple[Position, ...]:
    grounds = {id(each): f"J{number}" for number, each in enumerate(_assumed(draft), start=1)}
    return tuple(
        Position(
            party=parties[each.party].id,
            issue=issues[each.issue].id,
            position=exactly(issues[each.issue].scale.point(each.position), grounds.get(id(each), "F1")),
            salience=exactly(each.salience),
            basis="assumed",
        )
        for each in draft.positions
    )


def _assumed(draft: Draft) -> list[DraftPosition]:
    return [each for each in draft.positions if each.assumed]


def _rule(draft: Draft, issues: Sequence[Issue]) -> DecisionRule | None:
    points = tuple(
        ReferencePoint(issue=issue.id, at=exactly(issue.scale.point(each.reference)))
        for issue, each in zip(issues, draft.issues, strict=True)
        if each.reference is not None
    )
    words = "The table does not say who must agree; it gives what holds when nothing is decided."
    return DecisionRule(words=words, reference_points=points, grounds=("F1",)) if points else None


def _silences(draft: Draft, parties: Sequence[Party], issues: Sequence[Issue]) -> list[str]:
    """A note on each party that takes no position on some issue."""
    stands = {(each.party, each.issue) for each in draft.positions}
    notes = []
    for i, party in enumerate(parties):
        absent = [issue.id for k, issue in enumerate(issues) if (i, k) not in stands]
        if absent:
            notes.append(f"'{party.id}' takes no position on {', '.join(absent)}: it takes no part there")
    return notes
