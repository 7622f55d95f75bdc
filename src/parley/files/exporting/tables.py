"""A scenario as plain tables: who wants what, every number, and what it rests on. `tables` is the main name.

Points are in each issue's own unit. An estimate is three columns, `_low`, `_mode` and `_high`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.domain.draws import quantities
from parley.domain.estimate import Estimate
from parley.domain.issue import Scale
from parley.domain.marks import OnScale, walk
from parley.domain.scenario import Scenario
from parley.files.exporting.losses import Held, losses
from parley.files.units import in_unit

__all__ = ["Column", "Exported", "Table", "Value", "left_out", "tables"]

Value = str | float | None
ENDS = ("low", "mode", "high")
SCALE = ("unit", "low", "high", "anchors", "rungs", "ladder")
HELD: Held = {
    "schema": None,
    "title": None,
    "question": None,
    "as_of": None,
    "parties": ("id", "name", "role", "capability", "no_agreement", "aliases", "note"),
    "issues": ("id", "name", "question", "grounds", *(f"scale.{each}" for each in SCALE)),
    "positions": ("party", "issue", "position", "salience", "basis", "flexibility", "interest", "red_line"),
    "facts": None,
    "claims": ("id", "party", "statement", "words", "kind"),
    "judgements": None,
    "sources": None,
}
"""What of each section the tables hold; None: all."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, and whether it holds text or numbers."""

    name: str
    kind: Literal["text", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    Attributes
    ----------
    name : its name, of which a file's name is made
    columns : its columns
    rows : a value for each column; None where there is none
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """Files that were made of a scenario.

    Attributes
    ----------
    files : the content of each file, by its name
    notes : sentences on what of the scenario they do not hold, and on what was changed to make it fit
    """

    files: dict[str, bytes]
    notes: tuple[str, ...] = ()


def tables(scenario: Scenario) -> tuple[Table, ...]:
    """Make tables of a scenario.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    `scenario` (one row), `parties`, `issues`, `anchors` of their scales, `positions`, `numbers` (every estimate of
    every section, with its grounds), `grounds` (facts, claims and judgements) and `sources`.
    """
    makers = (_scenario, _parties, _issues, _anchors, _positions, _numbers, _grounds, _sources)
    return tuple(maker(scenario) for maker in makers)


def left_out(scenario: Scenario) -> tuple[str, ...]:
    """Sentences on what of a scenario its tables do not hold; of every section they hold the numbers."""
    return tuple(losses(scenario, HELD, "the tables", whole="of these sections, the tables hold the numbers alone"))


def _scenario(scenario: Scenario) -> Table:
    asked = scenario.question
    row = (scenario.title, asked.text, asked.asked_by, scenario.as_of.isoformat())
    return Table(name="scenario", columns=_text("title", "question", "asked_by", "as_of"), rows=(row,))


def _parties(scenario: Scenario) -> Table:
    columns = (
        *_text("id", "name", "role", "aliases"),
        *_estimate("capability"),
        *_estimate("no_agreement"),
        *_text("note"),
    )
    rows = tuple(
        (
            each.id,
            each.name,
            each.role,
            "; ".join(each.aliases),
            *_ends(each.capability),
            *_ends(each.no_agreement),
            each.note,
        )
        for each in scenario.parties
    )
    return Table(name="parties", columns=columns, rows=rows)


def _issues(scenario: Scenario) -> Table:
    columns = (*_text("id", "name", "question", "unit"), *_number("low", "high"), *_text("ladder", "grounds"))
    rows = tuple(
        (
            each.id,
            each.name,
            each.question,
            each.scale.unit,
            each.scale.low,
            each.scale.high,
            "yes" if each.scale.ladder else "no",
            " ".join(each.grounds),
        )
        for each in scenario.issues
    )
    return Table(name="issues", columns=columns, rows=rows)


def _anchors(scenario: Scenario) -> Table:
    rows = tuple(
        (issue.id, anchor.at, anchor.words, anchor.rung) for issue in scenario.issues for anchor in issue.scale.anchors
    )
    return Table(name="anchors", columns=(*_text("issue"), *_number("at"), *_text("words", "rung")), rows=rows)


def _positions(scenario: Scenario) -> Table:
    names = ("position", "salience", "flexibility", "at_least", "at_most")
    columns = (*_text("party", "issue", "unit", "basis"), *(c for name in names for c in _estimate(name)))
    scales = {issue.id: issue.scale for issue in scenario.issues}
    rows = []
    for each in scenario.positions:
        scale, line = scales[each.issue], each.red_line
        rows.append(
            (
                *(each.party, each.issue, scale.unit, each.basis),
                *_ends(each.position, scale),
                *_ends(each.salience),
                *_ends(each.flexibility),
                *_ends(line.at_least if line else None, scale),
                *_ends(line.at_most if line else None, scale),
                each.interest,
            )
        )
    return Table(name="positions", columns=(*columns, *_text("interest")), rows=tuple(rows))


def _numbers(scenario: Scenario) -> Table:
    columns = (*_text("name", "unit"), *_number(*ENDS), *_text("shape", "grounds", "because"))
    scales = {issue.id: issue.scale for issue in scenario.issues}
    estimates = [each for each in walk(Scenario, scenario) if isinstance(each.value, Estimate)]
    rows = []
    for quantity, found in zip(quantities(scenario), estimates, strict=True):
        scale = scales[str(found.nearest("issue"))] if found.mark(OnScale) else None
        number = quantity.estimate
        says = (number.shape, " ".join(number.grounds), number.because)
        rows.append((quantity.name, scale.unit if scale else "", *_ends(number, scale), *says))
    return Table(name="numbers", columns=columns, rows=tuple(rows))


def _grounds(scenario: Scenario) -> Table:
    columns = _text("id", "type", "kind", "words", "by", "hedge", "source", "because", "grounds")
    rows: list[tuple[Value, ...]] = []
    for fact in scenario.facts:
        rows.append((fact.id, "fact", fact.kind, fact.words, fact.said_by, fact.hedge, fact.source, None, None))
    for claim in scenario.claims:
        rows.append((claim.id, "claim", claim.kind, claim.words, claim.party, None, claim.statement, None, None))
    for each in scenario.judgements:
        leans = " ".join(each.grounds)
        rows.append((each.id, "judgement", None, each.words, each.by, None, None, each.because, leans))
    return Table(name="grounds", columns=columns, rows=tuple(rows))


def _sources(scenario: Scenario) -> Table:
    rows = tuple(
        (each.id, each.title, each.outlet, each.author, each.date.isoformat() if each.date else None, each.note)
        for each in scenario.sources
    )
    return Table(name="sources", columns=_text("id", "title", "outlet", "author", "date", "note"), rows=rows)


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text") for name in names)


def _number(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "number") for name in names)


def _estimate(name: str) -> tuple[Column, ...]:
    return _number(*(f"{name}_{end}" for end in ENDS))


def _ends(estimate: Estimate | None, scale: Scale | None = None) -> Sequence[Value]:
    """Low, mode and high, in the issue's own unit where a scale is given; None thrice for an absent estimate."""
    if estimate is None:
        return (None, None, None)
    numbers = (estimate.low, estimate.mode, estimate.high)
    return numbers if scale is None else tuple(in_unit(number, scale) for number in numbers)
