"""Where the weight of the parties lies along each issue. `weights` is the main name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.families import families
from parley.briefing.outlook import judge, settlements, telling
from parley.briefing.prose import Cells, table
from parley.briefing.sections.settlements import outlook_data
from parley.briefing.sections.wants import issue_data
from parley.domain.briefing import Block, Chart, Piece, Table
from parley.domain.draws import Draws
from parley.domain.issue import Issue
from parley.methods.collective import batch_weights
from parley.methods.columns import positions

__all__ = ["party_data", "weights"]

DRAWN = 3
"""As many issues stand in the picture: those on which the engines lie furthest apart."""

Array = NDArray[np.float64]


def weights(desk: Desk) -> list[Block]:
    """Draw where the weight lies on the issues that the engines see most differently."""
    modes = Draws.of_modes(desk.scenario)
    point, weight = positions(modes)[0], batch_weights(modes)[0]
    total = weight.sum(axis=0)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    issues = [each for each in telling(desk, DRAWN) if total[desk.scenario.issue_ids.index(each.id)] > 0]
    return [_chart(desk, issues, point, share)] if issues else []


def party_data(desk: Desk) -> list[dict[str, object]]:
    """What a picture needs to know of the parties."""
    return [{"id": each.id, "name": each.name, "colour": desk.colour(each.id)} for each in desk.scenario.parties]


def _chart(desk: Desk, issues: Sequence[Issue], point: Array, share: Array) -> Chart:
    title = _title(desk, share)
    rows: list[dict[str, object]] = []
    lines: list[Cells] = []
    for issue in issues:
        column = desk.scenario.issue_ids.index(issue.id)
        basis = _basis(desk, issue)
        held = [i for i in range(len(desk.scenario.parties)) if share[i, column] > 0]
        for i in sorted(held, key=lambda i: float(point[i, column])):
            party, where = desk.scenario.parties[i], units.place(issue, float(point[i, column]))
            part = words.percentage(float(share[i, column]))
            said = f"{party.name} on {issue.name}: {part} of the weight, at {where}"
            at = {"at": float(point[i, column]), "share": float(share[i, column]), "said": said}
            rows.append({"issue": issue.id, "party": party.id, **at})
            lines.append((issue.name, party.name, Piece(text=where, basis=basis), Piece(text=part, basis=basis)))
    band = "; the shaded band is what may come out" if judge(desk) else ""
    return Chart(
        id="power",
        title=title,
        subtitle="Power to shape the outcome times how much a party cares, stacked where each party stands, as a share "
        f"of all; the marks below are where the models see the issue settle{band}; the issues on which the models lie "
        "furthest apart",
        kind="power",
        data={
            "issues": [issue_data(issue) for issue in issues],
            "parties": party_data(desk),
            "rows": rows,
            "settlements": [mark for issue in issues for mark in _marks(desk, issue)],
            "outlooks": [outlook_data(desk, issue) for issue in issues],
        },
        alt=f"For each issue, boxes stacked along its scale, one for each party. {title}. The table gives the shares.",
        table=_table(lines),
    )


def _table(lines: Sequence[Cells]) -> Table:
    caption = "Where the weight lies on these issues, at the most plausible numbers"
    return table(caption, ("Issue", "Party", "Stands at", "Share of the weight"), lines, numeric=(3,))


def _title(desk: Desk, share: Array) -> str:
    """Name the parties that bring most weight over all issues."""
    mean = share.mean(axis=1)
    first = [desk.named(desk.scenario.parties[i].id) for i in np.argsort(-mean)[:2] if mean[i] > 0]
    verb = "brings" if len(first) == 1 else "bring"
    return words.capital(f"{words.listed(first)} {verb} most weight to what is at issue")


def _marks(desk: Desk, issue: Issue) -> list[dict[str, object]]:
    held, marks = settlements(desk, issue), []
    for family in families(desk, held):
        for engine in family.engines:
            said = f"{desk.title(engine)}: {units.middle(issue, held[engine])}"
            names = {"engine_name": desk.title(engine), "family": family.id}
            marks.append({"issue": issue.id, **names, "at": held[engine].q50, "said": said})
    return marks


def _basis(desk: Desk, issue: Issue) -> str:
    scenario = desk.scenario
    paths: list[tuple[str | int, ...]] = [("parties", i, "capability") for i in range(len(scenario.parties))]
    for index, each in enumerate(scenario.positions):
        if each.issue == issue.id:
            paths += [("positions", index, "position"), ("positions", index, "salience")]
    says = f"Power to shape the outcome times how much each party cares about {issue.name}, as a share of all."
    return desk.stated(f"weight {issue.id}", says, paths=paths)
