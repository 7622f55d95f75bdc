"""Where agreement could lie on each issue, by each engine, and whose red lines that would cross."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.families import Family, collective, families, kind, mention
from parley.briefing.outlook import caveat, in_words, judge, outlook, settlements, telling
from parley.briefing.prose import Cells, Run, caution, items, joined, paragraph, plain, strong, table, write
from parley.briefing.sections.wants import issue_data
from parley.domain.briefing import Block, Chart, Piece, Section, Table
from parley.domain.issue import Issue
from parley.methods.columns import red_lines

__all__ = ["Dispute", "dispute_in_words", "disputes", "ordered", "outlook_data", "section"]

APART = 10.0
"""Medians further apart than this, on the common scale 0..100, are called a disagreement."""

DRAWN = 6
"""As many issues stand in the picture: those on which the engines lie furthest apart."""

SHOWN = 5
"""As many disagreements are put into words."""

CROSSED = 0.05
"""Shares of draws below this are left out of the list of crossed red lines."""


def section(desk: Desk) -> Section:
    """Write the section on where agreement could lie."""
    blocks: tuple[Block, ...]
    if desk.speaking("settlement"):
        blocks = (
            _introduction(desk),
            *_outlooks(desk),
            _chart(desk),
            *_disputes_in_words(desk),
            *_crossed(desk),
            *_silence(desk),
        )
    else:
        blocks = (paragraph(plain("No model here says where any issue would settle.")),)
    return Section(id="settlements", title="Where agreement could lie", blocks=blocks)


def _introduction(desk: Desk) -> Block:
    takers = [name for name in collective(desk) if name in desk.speaking("settlement")]
    granted = f"{words.capital(mention(desk, takers))} take a decision for granted: none says how likely one is."
    return paragraph(
        plain("This is what each model expects to be agreed on each issue if anything is agreed at all."),
        plain(granted) if len(takers) > 1 else (),
        plain("The middle value divides the draws in half; the range holds eight of ten draws."),
        plain("Where a scale has steps in words, the step nearest to that value is named.")
        if any(issue.scale.ladder for issue in desk.scenario.issues)
        else (),
        plain("A settlement here is a forecast under a model's assumptions, not a recommendation."),
    )


def _outlooks(desk: Desk) -> list[Block]:
    """What may come out on every issue, by the record of past forecasts, beside the models' middles."""
    if judge(desk) is None:
        text = (
            "These ranges say how far the scenario's numbers leave a model's answer open. How far the model itself may "
            "be wrong they do not say, and no model here can tell."
        )
        return [caution(plain(text))]
    issues = [issue for issue in desk.scenario.issues if settlements(desk, issue)]
    rows = [(issue.name, *_outlook_cells(desk, issue)) for issue in issues]
    said = write(
        "The range of a model says how far the scenario's numbers leave its answer open, not how far the model itself "
        "goes wrong. The honest interval is wider: what may come out, {caveat}. It is meant to hold eight of ten "
        "outcomes, if there is a decision.",
        caveat=caveat(desk),
    )
    columns = ("Issue", "Compromise mean", "What may come out", "The models' middles, lowest and highest")
    return [paragraph(said), table("What may come out on each issue, if anything is agreed", columns, rows)]


def _outlook_cells(desk: Desk, issue: Issue) -> Cells:
    found = outlook(desk, issue)
    return (found.compromise or "–", found.interval or "–", _ends(desk, issue))


def _ends(desk: Desk, issue: Issue) -> Run:
    """The lowest and the highest middle, and who says so."""
    held = settlements(desk, issue)
    by_place: dict[str, list[str]] = {}
    for engine in sorted(held, key=lambda name: held[name].q50):
        by_place.setdefault(units.middle(issue, held[engine]), []).append(engine)
    places = list(by_place)
    told = [_end(desk, by_place[place], place) for place in dict.fromkeys((places[0], places[-1]))]
    return joined(told, separator="; ", last="; ")


def _end(desk: Desk, engines: Sequence[str], place: str) -> Run:
    basis = desk.result(engines[0], "settlement")
    who = desk.cards[engines[0]].short + (f" and {words.count(len(engines) - 1)} more" if len(engines) > 1 else "")
    return write("{place} ({who})", place=Piece(text=place, basis=basis), who=who)


def _chart(desk: Desk) -> Chart:
    found, issues = disputes(desk), telling(desk, DRAWN)
    title = "Where each model sees the issues settle"
    if found:
        title = f"The models differ most on {words.listed([each.issue.name for each in found[:2]])}"
    elif len(desk.speaking("settlement")) > 1:
        title = "The models agree broadly on every issue"
    left_out = len(desk.scenario.issues) - len(issues)
    only = "; the issues on which the models lie furthest apart" if left_out > 0 else ""
    band = "; the shaded band is what may come out, the dashed line the compromise mean" if judge(desk) else ""
    return Chart(
        id="settlements",
        title=title,
        subtitle="Where each issue settles by each model, if anything is agreed: a mark is the middle of the draws, a "
        f"bar holds eight of ten of them, the thin line nine{band}{only}",
        kind="settlements",
        data={
            "issues": [issue_data(issue) for issue in issues],
            "rows": [row for issue in issues for row in _rows(desk, issue)],
            "outlooks": [outlook_data(desk, issue) for issue in issues],
        },
        alt=f"One block for each issue, one row for each model. {title}. The table gives the values.",
        table=_table(desk, issues),
    )


def ordered(desk: Desk) -> list[str]:
    """Engines that speak of settlements, kind by kind."""
    return [engine for family in families(desk, desk.speaking("settlement")) for engine in family.engines]


def _rows(desk: Desk, issue: Issue) -> list[dict[str, object]]:
    held = settlements(desk, issue)
    rows: list[dict[str, object]] = []
    for engine in (name for name in ordered(desk) if name in held):
        common = {name: getattr(held[engine], name) for name in ("q05", "q10", "q50", "q90", "q95")}
        shown = {f"{name}_unit": units.place(issue, point) for name, point in common.items()}
        card = desk.cards[engine]
        names = {"engine": engine, "engine_name": card.title, "short": words.capital(card.short)}
        rows.append({"issue": issue.id, "family": kind(card), **names, **common, **shown})
    return rows


def outlook_data(desk: Desk, issue: Issue) -> dict[str, object]:
    """What a picture needs to know of what may come out on an issue."""
    found = outlook(desk, issue)
    interval, mean = found.interval, found.compromise
    shown = {"interval": interval.text if interval else None, "compromise": mean.text if mean else None}
    return {"issue": issue.id, "low": found.low, "high": found.high, "mean": found.mean, **shown}


def _table(desk: Desk, issues: Sequence[Issue]) -> Table:
    rows: list[Cells] = []
    for issue in issues:
        held = settlements(desk, issue)
        rows += [(issue.name, desk.title(name), *_cells(desk, name, issue)) for name in ordered(desk) if name in held]
    caption = "Where each model sees these issues settle, if anything is agreed"
    return table(caption, ("Issue", "Model", "The middle draw", "Eight of ten draws"), rows)


def _cells(desk: Desk, engine: str, issue: Issue) -> tuple[Run, Piece]:
    found, basis = settlements(desk, issue)[engine], desk.result(engine, "settlement")
    middle = Piece(text=units.middle(issue, found), basis=basis)
    around = Piece(text=units.around(issue, found), basis=basis)
    return write("{middle}{meant}", middle=middle, meant=units.meant(issue, found.q50)), around


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
        found = settlements(desk, issue)
        if len(found) < 2:
            continue
        lower, upper = min(found, key=lambda name: found[name].q50), max(found, key=lambda name: found[name].q50)
        size = found[upper].q50 - found[lower].q50
        same_rung = issue.scale.ladder and units.middle(issue, found[lower]) == units.middle(issue, found[upper])
        if size > APART and not same_rung:
            overlap = found[lower].q90 >= found[upper].q10
            result.append(Dispute(issue=issue, lower=lower, upper=upper, size=size, overlap=overlap))
    return sorted(result, key=lambda each: -each.size)


def dispute_in_words(desk: Desk, dispute: Dispute) -> Run:
    """Say who puts an issue where."""
    sides = []
    for engine in (dispute.lower, dispute.upper):
        found = settlements(desk, dispute.issue)[engine]
        middle = Piece(text=units.middle(dispute.issue, found), basis=desk.result(engine, "settlement"))
        text = "{engine} expects {middle}{meant}"
        meant = units.meant(dispute.issue, found.q50)
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
    runs = []
    for each in shown:
        honest = in_words(desk, each.issue)
        sides = dispute_in_words(desk, each)
        also = write("; {honest}", honest=honest) if honest else ()
        runs.append(write("{issue}: {sides}{also}.", issue=strong(each.issue.name), sides=sides, also=also))
    blocks: list[Block] = [paragraph(plain("The models disagree, widest first:")), *items(runs)]
    if rest:
        blocks.append(paragraph(plain(f"They differ less, but still, on {words.listed(rest)}.")))
    return blocks


def _crossed(desk: Desk) -> list[Block]:
    """List whose red lines the settlements cross, with the share of draws, kind by kind."""
    low, high = red_lines(desk.draws)
    if np.isnan(low).all() and np.isnan(high).all():
        return []
    groups = families(desk, desk.speaking("settlement"))
    rows: list[Cells] = []
    for index, issue in enumerate(desk.scenario.issues):
        for number, party in enumerate(desk.scenario.parties):
            lines = low[:, number, index], high[:, number, index]
            shares = [[_share(desk, engine, issue, lines) for engine in group.engines] for group in groups]
            if max((each for group in shares for each in group if each is not None), default=0.0) >= CROSSED:
                cells = [_share_cell(desk, group, found) for group, found in zip(groups, shares, strict=True)]
                rows.append((issue.name, party.name, *cells))
    if not rows:
        return [paragraph(plain("These settlements cross hardly anybody's red line."))]
    explained = (
        "Several of these settlements cross a party's red line. A model that pays no heed to red lines can still say "
        "where the weight of the parties lies; it cannot say that the party would sign."
    )
    columns = ("Issue", "Red line of", *(group.title for group in groups))
    caption = "Share of draws in which the settlement crosses the party's red line"
    caption += ", from the model with the fewest to the one with the most" if len(groups) < len(ordered(desk)) else ""
    return [paragraph(plain(explained)), table(caption, columns, rows, numeric=tuple(range(2, len(columns))))]


def _share(desk: Desk, engine: str, issue: Issue, lines: tuple[np.ndarray, np.ndarray]) -> float | None:
    point, (low, high) = desk.values(engine, "settlement", issue=issue.id), lines
    if point is None or not np.isfinite(point).any() or (np.isnan(low).all() and np.isnan(high).all()):
        return None
    crossed = (point < low - 1e-9) | (point > high + 1e-9)
    return float(crossed[np.isfinite(point)].mean())


def _share_cell(desk: Desk, group: Family, shares: Sequence[float | None]) -> Run:
    found = [each for each in shares if each is not None]
    if not found:
        return plain("–")
    if len(group.engines) == 1:
        return (desk.share(found[0], desk.result(group.engines[0], "settlement")),)
    used = [desk.result(engine, "settlement") for engine in group.engines]
    says = f"{group.title}, {desk.sample}: in how many draws the settlement crosses the party's red line."
    basis = desk.results(f"red lines crossed {group.id}", says, used)
    low, high = words.percentage(min(found)), words.percentage(max(found))
    return (Piece(text=low if low == high else f"{low} to {high}", basis=basis),)


def _silence(desk: Desk) -> list[Block]:
    silent = [desk.mention(engine) for engine in desk.engines if engine not in desk.speaking("settlement")]
    return [paragraph(plain(f"Nothing on settlements comes from {words.listed(silent)}."))] if silent else []
