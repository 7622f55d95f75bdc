"""Where agreement could lie on each issue, by each engine, and whose red lines that would cross."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.prose import Cells, Run, caution, items, joined, paragraph, plain, strong, table, write
from parley.briefing.sections.wants import issue_data
from parley.domain.briefing import Block, Chart, Piece, Section, Table
from parley.domain.comparison import Statistic
from parley.domain.issue import Issue
from parley.methods.columns import red_lines

__all__ = ["Dispute", "disputes", "section", "settled"]

APART = 10.0
"""Medians further apart than this, on the common scale 0..100, are called a disagreement."""

SHOWN = 5
"""As many disagreements are put into words."""

CROSSED = 0.05
"""Shares of draws below this are left out of the list of crossed red lines."""


HONEST = (
    "The ranges of the models show how uncertain the judgements are that go in, and not how far a model may be off. "
    "Only the settlement distribution shows that, by how far such forecasts missed in hundreds of decisions of the "
    "European Union; hence its wide ranges. A war is not law-making: allow for at least as much."
)


def section(desk: Desk) -> Section:
    """Write the section on where agreement could lie."""
    blocks: tuple[Block, ...]
    if desk.speaking("settlement"):
        blocks = (
            _introduction(desk),
            _chart(desk),
            *_disputes_in_words(desk),
            *_crossed(desk),
            *_silence(desk),
        )
    else:
        blocks = (paragraph(plain("No model here says where any issue would settle.")),)
    return Section(id="settlements", title="Where agreement could lie", blocks=blocks)


def settled(desk: Desk, engine: str, issue: Issue) -> Statistic | None:
    """Where an engine sees an issue settle, 0..100, given agreement; None where it is silent.

    An engine that says how far off it may be (`sampled`) is shown with that range, and not with that of its middle.
    """
    middle = desk.spread(engine, "settlement", issue=issue.id)
    around = desk.spread(engine, "sampled", issue=issue.id)
    return middle if middle is None or around is None else dataclasses.replace(around, q50=middle.q50)


def _introduction(desk: Desk) -> Block:
    return paragraph(
        plain("This is what each model expects to be agreed on each issue if anything is agreed at all."),
        plain("The middle value divides the draws in half; the range holds eight of ten draws."),
        plain("Where a scale has steps in words, the step nearest to that value is named; the picture shows the rest.")
        if any(issue.scale.ladder for issue in desk.scenario.issues)
        else (),
        plain("A settlement here is a forecast under a model's assumptions, not a recommendation."),
        plain(HONEST) if desk.speaking("sampled") else (),
    )


def _chart(desk: Desk) -> Chart:
    found = disputes(desk)
    title = "Where each model sees the issues settle"
    if found:
        title = f"The models differ most on {words.listed([each.issue.name for each in found[:2]])}"
    elif len(desk.speaking("settlement")) > 1:
        title = "The models agree broadly on every issue"
    rows = []
    for issue in desk.scenario.issues:
        for engine in desk.speaking("settlement"):
            found_here = settled(desk, engine, issue)
            if found_here is not None:
                common = {name: getattr(found_here, name) for name in ("q05", "q10", "q50", "q90", "q95")}
                shown = {f"{name}_unit": desk.place(issue, point) for name, point in common.items()}
                names = {"issue": issue.id, "engine": engine, "engine_name": desk.title(engine)}
                rows.append({**names, **common, **shown})
    return Chart(
        id="settlements",
        title=title,
        subtitle="Each issue's scale runs from its lower end on the left to its upper end on the right; a mark is the "
        "middle of the draws, a bar holds eight of ten of them, the thin line nine",
        kind="settlements",
        data={"issues": [issue_data(issue) for issue in desk.scenario.issues], "rows": rows},
        alt=f"One row for each issue, one mark for each model. {title}. The table gives the values.",
        table=_table(desk),
    )


def _table(desk: Desk) -> Table:
    engines = desk.speaking("settlement")
    rows: list[Cells] = [
        (issue.name, *(_cell(desk, engine, issue) for engine in engines)) for issue in desk.scenario.issues
    ]
    caption = (
        "Where each model sees each issue settle, given agreement: the middle draw, then the range of eight in ten"
    )
    return table(caption, ("Issue", *(desk.title(engine) for engine in engines)), rows)


def _cell(desk: Desk, engine: str, issue: Issue) -> Run:
    found = settled(desk, engine, issue)
    if found is None:
        return plain("says nothing")
    basis = desk.result(engine, "settlement")
    middle = Piece(text=desk.middle(issue, found), basis=basis)
    around = Piece(text=desk.around(issue, found), basis=basis)
    meant = desk.meant(issue, found.q50)
    return write("{middle}{meant}; {around}", middle=middle, meant=meant, around=around)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """An issue that two engines settle far apart.

    Attributes
    ----------
    issue : the issue
    lower, upper : the engines with the lowest and highest median
    size : how far apart the medians are, 0..100
    overlap : whether the intervals that hold 8 of 10 draws overlap
    """

    issue: Issue
    lower: str
    upper: str
    size: float
    overlap: bool


def disputes(desk: Desk) -> list[Dispute]:
    """Find the issues on which engines disagree, widest disagreement first."""
    result = []
    for issue in desk.scenario.issues:
        found = {engine: each for engine in desk.speaking("settlement") if (each := settled(desk, engine, issue))}
        if len(found) < 2:
            continue
        lower, upper = min(found, key=lambda name: found[name].q50), max(found, key=lambda name: found[name].q50)
        size = found[upper].q50 - found[lower].q50
        same_rung = issue.scale.ladder and desk.middle(issue, found[lower]) == desk.middle(issue, found[upper])
        if size > APART and not same_rung:
            overlap = found[lower].q90 >= found[upper].q10
            result.append(Dispute(issue=issue, lower=lower, upper=upper, size=size, overlap=overlap))
    return sorted(result, key=lambda each: -each.size)


def dispute_in_words(desk: Desk, dispute: Dispute) -> Run:
    """Say who puts an issue where."""
    sides = []
    for engine in (dispute.lower, dispute.upper):
        found = settled(desk, engine, dispute.issue)
        assert found is not None
        middle = Piece(text=desk.middle(dispute.issue, found), basis=desk.result(engine, "settlement"))
        text = "{engine} expects {middle}{meant}"
        meant = desk.meant(dispute.issue, found.q50)
        sides.append(write(text, engine=desk.mention(engine), middle=middle, meant=meant))
    ranges = "their ranges overlap" if dispute.overlap else "their ranges do not even overlap"
    return write("{sides}; {ranges}", sides=joined(sides), ranges=ranges)


def _disputes_in_words(desk: Desk) -> list[Block]:
    found = disputes(desk)
    if len(desk.speaking("settlement")) < 2:
        return [caution(plain("Only one model speaks of settlements here, so nothing stands against it as a check."))]
    if not found:
        return [
            paragraph(
                plain(
                    "On no issue do the middles of two models lie far apart; that is agreement among models, not proof."
                )
            )
        ]
    shown, rest = found[:SHOWN], [each.issue.name for each in found[SHOWN:]]
    runs = [
        write("{issue}: {sides}.", issue=strong(each.issue.name), sides=dispute_in_words(desk, each)) for each in shown
    ]
    blocks: list[Block] = [paragraph(plain("The models disagree, widest first:")), *items(runs)]
    if rest:
        blocks.append(paragraph(plain(f"They differ less, but still, on {words.listed(rest)}.")))
    return blocks


def _crossed(desk: Desk) -> list[Block]:
    """List whose red lines the settlements cross, with the share of draws."""
    low, high = red_lines(desk.draws)
    if np.isnan(low).all() and np.isnan(high).all():
        return []
    rows: list[Cells] = []
    for index, issue in enumerate(desk.scenario.issues):
        for number, party in enumerate(desk.scenario.parties):
            shares = [
                _share(desk, engine, issue, low[:, number, index], high[:, number, index])
                for engine in desk.speaking("settlement")
            ]
            if max((share for share in shares if share is not None), default=0.0) >= CROSSED:
                cells = [
                    _share_cell(desk, engine, share)
                    for engine, share in zip(desk.speaking("settlement"), shares, strict=True)
                ]
                rows.append((issue.name, party.name, *cells))
    if not rows:
        return [paragraph(plain("These settlements cross hardly anybody's red line."))]
    explained = (
        "Several of these settlements cross a party's red line. A model that pays no heed to red lines can still say "
        "where the weight "
    )
    explained += "of the parties lies; it cannot say that the party would sign."
    columns = ("Issue", "Red line of", *(desk.title(engine) for engine in desk.speaking("settlement")))
    caption = "Share of draws in which the settlement crosses the party's red line"
    return [paragraph(plain(explained)), table(caption, columns, rows, numeric=tuple(range(2, len(columns))))]


def _share(desk: Desk, engine: str, issue: Issue, low: np.ndarray, high: np.ndarray) -> float | None:
    point = desk.values(engine, "settlement", issue=issue.id)
    if point is None or not np.isfinite(point).any() or (np.isnan(low).all() and np.isnan(high).all()):
        return None
    crossed = (point < low - 1e-9) | (point > high + 1e-9)
    return float(crossed[np.isfinite(point)].mean())


def _share_cell(desk: Desk, engine: str, share: float | None) -> Run:
    return plain("–") if share is None else (desk.share(share, desk.result(engine, "settlement")),)


def _silence(desk: Desk) -> list[Block]:
    silent = [desk.mention(engine) for engine in desk.engines if engine not in desk.speaking("settlement")]
    return [paragraph(plain(f"Nothing on settlements comes from {words.listed(silent)}."))] if silent else []
