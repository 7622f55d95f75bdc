"""What could be signed: the frontier, three packages in words, who gives and gets what, and what closes the zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.families import PACKAGES, kind
from parley.briefing.proposals import Proposal, between_rungs, hindrance, level, open_points, proposals, stakes
from parley.briefing.prose import Cells, Run, caution, items, joined, paragraph, plain, strong, table, write
from parley.briefing.worths import Worths
from parley.domain.briefing import Block, Chart, Piece, Section, Table

__all__ = ["section"]

Detail = Mapping[str, Any]

DRAWN = 400
"""As many packages on the frontier are drawn; of more, every so-manieth."""

CLASHING = 3
"""As many issues are named on which red lines exclude each other most often."""

PRICED = 4
"""As many prices are told, the dearest first."""


def section(desk: Desk) -> Section:
    """Write the section on what could be signed."""
    blocks: list[Block] = []
    for engine in desk.engines:
        if kind(desk.cards[engine]) == PACKAGES and "pareto" in desk.details.get(engine, {}):
            blocks += _of(desk, engine, desk.details[engine])
    if not blocks:
        blocks = [paragraph(plain("No model here says which packages could be signed."))]
    return Section(id="packages", title="What could be signed: packages", blocks=tuple(blocks))


def _of(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    told = proposals(desk.scenario, detail)
    blocks: list[Block] = [_zone(desk, engine, detail), *_closed(desk, engine, detail)]
    if told:
        blocks += [*_pictures(desk, engine, detail, told), _common(desk, told), _contents(desk, engine, told)]
        blocks += _giving(desk, engine, detail, told)
    blocks += [*_linkage(desk, engine, detail), *_prices(desk, engine, detail), *_text(desk, engine, detail)]
    blocks.append(_limits(desk, engine, detail))
    return blocks


def _number(desk: Desk, engine: str, text: str, measure: str = "packages") -> Piece:
    return Piece(text=text, basis=desk.result(engine, measure))


def _listed(desk: Desk, parties: Sequence[str]) -> str:
    return words.listed([desk.named(party) for party in parties])


def _zone(desk: Desk, engine: str, detail: Detail) -> Block:
    """Say who must sign, whether there is a zone, and in how many draws."""
    who = _listed(desk, detail["signers"])
    runs = [
        write(
            "A package answers every issue at once. {who} must sign, and a party signs if no red line of its own is "
            "crossed and it gets no less than without agreement.",
            who=words.capital(who),
        )
    ]
    says = "there is a" if detail["zone"] else "there is no"
    stress = strong(f"At the most plausible numbers {says} package over all issues that could be signed")
    share = desk.spread(engine, "agreement")
    if share is None or desk.baseline.draws < 2:
        return paragraph(*runs, write("{stress}.", stress=stress))
    found = _number(desk, engine, words.percentage(share.mean), "zone")
    unsolved = len(desk.baseline.runs[engine].failures)
    over = f"the {desk.baseline.draws - unsolved:,} draws that were solved" if unsolved else "the draws"
    return paragraph(
        *runs,
        write(f"{{stress}}; over {over}, in {{share}}.", stress=stress, share=found),
        plain(
            "That is the chance of a zone and not of a deal: that something could be signed is necessary, and far from "
            "sufficient."
        ),
    )


def _closed(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    """Say what closes the zone, and on which issues red lines exclude each other in how many draws."""
    blocks: list[Block] = []
    if not detail["zone"] and detail["closed_by"]:
        blocks.append(
            paragraph(plain("What closes it: the zone would open if this gave way, any one of these by itself:"))
        )
        blocks += items((_hindrances(desk, engine, each, capital=True),) for each in detail["closed_by"])
    clashes = []
    for issue in desk.scenario.issues if desk.baseline.draws > 1 else ():
        values = desk.values(engine, "red_lines_clash", issue=issue.id)
        if values is not None and float(np.nanmean(values)) > 0:
            clashes.append((float(np.nanmean(values)), issue.name))
    if clashes:
        told = [
            write("{issue} in {share}", issue=name, share=_number(desk, engine, words.percentage(share), "zone"))
            for share, name in sorted(clashes, reverse=True)[:CLASHING]
        ]
        text = "Red lines of those who must sign exclude each other most often on {told} of draws."
        blocks.append(paragraph(write(text, told=joined(told))))
    if not detail["zone"] and open_points(detail)[1]:
        left = detail["leaving"]["nash"][0]["left"]
        names = words.listed([desk.scenario.issue(issue).name for issue in left])
        blocks.append(
            paragraph(
                write("{stress}: ", stress=strong("With issues left as they are, something could be signed")),
                write("the balanced package leaves {names} alone, and no red line there is crossed.", names=names)
                if left
                else plain("the packages below."),
            )
        )
    return blocks


def _hindrances(desk: Desk, engine: str, names: Sequence[str], *, capital: bool = False) -> Piece:
    """What stands against something, in words; red lines name their bounds."""
    text = words.listed([hindrance(desk.scenario, name) for name in names])
    return _number(desk, engine, words.capital(text) if capital else text)


def _pictures(desk: Desk, engine: str, detail: Detail, told: Sequence[Proposal]) -> list[Block]:
    points, leaving = open_points(detail)
    assert points is not None
    blocks: list[Block] = []
    if len(detail["signers"]) == 2:
        blocks.append(_frontier(desk, engine, detail, points, told=told, leaving=leaving))
    return [*blocks, _shares(desk, engine, detail, points, told)]


def _frontier(
    desk: Desk, engine: str, detail: Detail, points: Detail, *, told: Sequence[Proposal], leaving: bool
) -> Chart:
    sides = detail["signers"]
    step = max(1, len(points["pareto"]) // DRAWN)
    drawn = points["pareto"][::step]
    signed = sum(not each["against"] for each in points["pareto"])
    names = f"{desk.named(sides[0])} and {desk.named(sides[1])}"
    worths = Worths(desk.scenario)
    title = f"{signed} of {len(points['pareto'])} packages on the frontier could be signed by {names}"
    scope = "packages that may leave issues as they are" if leaving else "packages over all issues"
    return Chart(
        id=f"frontier-{engine}",
        title=title,
        subtitle=f"The frontier of {scope}: no other package is better for one and no worse for the other. "
        f"{_scale(worths)}; most plausible numbers",
        kind="frontier",
        data={
            "sides": [
                {
                    "name": desk.party(side),
                    "colour": desk.colour(side),
                    "no_agreement": worths.share(side, detail["no_agreement"][side] or 0.0),
                }
                for side in sides
            ],
            "points": [
                {
                    "at": [worths.share(side, each["payoffs"][side]) for side in sides],
                    "signed": not each["against"],
                    "said": _said(desk, each),
                }
                for each in drawn
            ],
            "named": [
                {
                    "at": [worths.share(side, each.found["payoffs"][side]) for side in sides],
                    "name": each.name,
                    "said": _said(desk, each.found),
                }
                for each in told
            ],
        },
        alt=f"{title}: {len(points['pareto'])} packages from the best for one to the best for the other, of which "
        f"{signed} could be signed; {words.listed([each.name for each in told])} are marked.",
        table=_ends(desk, engine, points, told=told, sides=sides),
    )


def _ends(desk: Desk, engine: str, points: Detail, *, told: Sequence[Proposal], sides: Sequence[str]) -> Table:
    """The packages that are named, between those that are best for either side."""
    ends = [(f"Best for {desk.named(side)}", points["nearest"][side]) for side in sides]
    shown = [ends[0], *((each.name, each.found) for each in told), ends[1]]
    order = sorted(shown, key=lambda pair: -float(pair[1]["payoffs"][sides[0]]))
    lines: list[Cells] = [
        [name, *(_worth_of(desk, engine, side, found["payoffs"][side]) for side in sides)] for name, found in order
    ]
    caption = f"Packages on the frontier that could be signed, {Worths(desk.scenario).unit}"
    return table(caption, ("Package", *(desk.party(side) for side in sides)), lines, numeric=(1, 2))


def _said(desk: Desk, found: Detail) -> str:
    """A package in one line, for who points at it."""
    return "; ".join(
        f"{desk.scenario.issue(issue).name}: {level(desk.scenario, issue, found)}" for issue in found["package"]
    )


def _worth(desk: Desk, engine: str, detail: Detail, told: Sequence[Proposal]) -> Table:
    lines: list[Cells] = []
    for party in desk.scenario.party_ids:
        if party in told[0].found["payoffs"]:
            name = f"{desk.party(party)}{' (must sign)' if party in detail['signers'] else ''}"
            shown = [_worth_of(desk, engine, party, each.found["payoffs"].get(party)) for each in told]
            lines.append([name, _worth_of(desk, engine, party, detail["no_agreement"][party]), *shown])
    columns = ("Party", "No agreement", *(each.name for each in told))
    caption = f"What the packages are worth, {Worths(desk.scenario).unit}"
    return table(caption, columns, lines, numeric=range(1, len(columns)))


def _worth_of(desk: Desk, engine: str, party: str, value: float | None) -> Run:
    text = Worths(desk.scenario).amount(party, value)
    return plain(text) if value is None else (_number(desk, engine, text),)


def _scale(worths: Worths) -> str:
    """What the scale of a picture means."""
    if worths.payoffs:
        return "0 is the package that is worst for a side, 100 the one that is best for it"
    return "Points of 100 of what each side could wish for, links and conditions included"


def _shares(desk: Desk, engine: str, detail: Detail, points: Detail, told: Sequence[Proposal]) -> Chart:
    rows, worths = [], Worths(desk.scenario)
    for party in desk.scenario.party_ids:
        if party not in told[0].found["payoffs"]:
            continue
        best, without = points["nearest"].get(party), detail["no_agreement"][party]
        rows.append(
            {
                "name": desk.party(party),
                "colour": desk.colour(party),
                "signs": party in detail["signers"],
                "no_agreement": None if without is None else worths.share(party, without),
                "best": None if best is None else worths.share(party, best["payoffs"][party]),
                "worth": [worths.share(party, each.found["payoffs"][party]) for each in told],
            }
        )
    gains = [
        f"{worths.gain(party, told[0].found['payoffs'][party] - (detail['no_agreement'][party] or 0.0))} to "
        f"{desk.named(party)}"
        for party in detail["signers"]
    ]
    title = f"The balanced package is worth {words.listed(gains[:3])} more than no agreement"
    return Chart(
        id=f"shares-{engine}",
        title=title,
        subtitle=f"{_scale(worths)}; a line runs from no agreement to the most that the party could have while all "
        "sign; most plausible numbers",
        kind="shares",
        data={"named": [{"name": each.name} for each in told], "rows": rows},
        alt=f"{title}: a row for each party with a mark for each package. The table has the numbers.",
        table=_worth(desk, engine, detail, told),
    )


def _common(desk: Desk, told: Sequence[Proposal]) -> Block:
    """Say on which issues the packages agree, and on which they differ."""
    first = told[0].found["package"]
    differ = [issue for issue in first if any(each.found["package"][issue] != first[issue] for each in told)]
    names = [desk.scenario.issue(issue).name for issue in differ]
    if len(told) == 1:
        return paragraph(plain("One package stands out: no other leans to either side."))
    text = "These packages are worth putting on the table. They differ on {names}; on the other issues they agree."
    return paragraph(
        write(text if len(differ) < len(first) else text.partition(";")[0] + ".", names=words.listed(names))
    )


def _contents(desk: Desk, engine: str, told: Sequence[Proposal]) -> Block:
    lines: list[Cells] = []
    for issue in desk.scenario.issues:
        if issue.id in told[0].found["package"]:
            cells = [_number(desk, engine, level(desk.scenario, issue.id, each.found)) for each in told]
            lines.append([issue.name, *cells])
    names = [each.name for each in told]
    count = words.count(len(told))
    caption = f"{words.capital(count)} package{'s' * (len(told) > 1)} worth putting on the table"
    return table(caption, ("Issue", *names), lines)


def _giving(desk: Desk, engine: str, detail: Detail, told: Sequence[Proposal]) -> list[Block]:
    runs = []
    for each in told:
        parts = [_one_side(desk, engine, party, each) for party in detail["signers"]]
        runs.append(write("{name}: {parts}.", name=strong(each.name), parts=joined(parts, separator="; ", last="; ")))
    unit = "in its own unit" if Worths(desk.scenario).payoffs else "in points of a hundred"
    text = f"What each side gets as it asks, and on what it gives way most (what that costs it, {unit}):"
    return [paragraph(plain(text)), *items(runs)]


def _one_side(desk: Desk, engine: str, party: str, each: Proposal) -> Run:
    gets, gives = stakes(desk.scenario, party, each.found)
    worths = Worths(desk.scenario)
    won = words.listed([stake.issue.name for stake in gets]) if gets else "nothing in full"
    lost = [
        write(
            "{issue} ({cost})",
            issue=stake.issue.name,
            cost=_number(desk, engine, f"−{worths.amount(party, stake.loss)}"),
        )
        for stake in gives
        if not worths.slight(party, stake.loss)
    ]
    text = "{who} gets {won}, and gives {lost}"
    return write(text, who=desk.named(party), won=won, lost=joined(lost) if lost else "nothing")


def _linkage(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    linkage = detail["linkage"]
    runs: list[Run] = []
    if linkage["worth"] is not None and len(linkage["separate"]["package"]) > 1:
        gains = _gains(desk, engine, detail, linkage["worth"])
        over = "than settling each issue by itself" if linkage["over"] == "separate" else "than no agreement"
        runs.append(write("To settle the issues together is worth, more {over}, {gains}.", over=over, gains=gains))
    if linkage["separate"] is not None and linkage["separate"]["against"]:
        against = _hindrances(desk, engine, linkage["separate"]["against"])
        runs.append(write("Separate talks on each issue would run into {against}.", against=against))
    return [paragraph(*runs)] if runs else []


def _gains(desk: Desk, engine: str, detail: Detail, gains: Mapping[str, float | None]) -> Run:
    worths = Worths(desk.scenario)
    return joined(
        write("{gain} to {party}", gain=_number(desk, engine, worths.gain(party, gain)), party=desk.named(party))
        for party in detail["signers"]
        if (gain := gains.get(party)) is not None
    )


def _prices(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    worths = Worths(desk.scenario)
    priced = [
        each
        for each in detail["prices"]
        if any(not worths.slight(party, each["gains"].get(party) or 0.0) for party in detail["signers"])
    ][:PRICED]
    if not priced:
        return []
    unit = "in its own unit" if worths.payoffs else "in points of a hundred"
    text = f"What would fall to whom, {unit}, if one thing were given up and the rest solved anew:"
    runs = [
        write(
            "{what}: {gains}",
            what=_hindrances(desk, engine, [each["given_up"]], capital=True),
            gains=_gains(desk, engine, detail, each["gains"]),
        )
        for each in priced
    ]
    return [paragraph(plain(text)), *items(runs)]


def _text(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    """Tell the mediator's small improvements."""
    text = detail["single_text"]
    if not text["steps"]:
        return []
    runs, before = [], text["start"]
    for step in text["steps"]:
        changed = [issue for issue, at in step["package"].items() if at != before["package"][issue]]
        told = [
            write(
                "{issue} to {level}",
                issue=desk.scenario.issue(issue).name,
                level=_number(desk, engine, level(desk.scenario, issue, step)),
            )
            for issue in changed
        ]
        runs.append(write("move {told}", told=joined(told)))
        before = step
    head = "From what separate talks would give, a mediator could propose, step by step, and nobody would be worse off:"
    return [paragraph(plain(head)), *items(runs, ordered=True)]


def _limits(desk: Desk, engine: str, detail: Detail) -> Block:
    """Say what listing on a few levels may miss, and what the search takes for granted."""
    says = [plain(detail["method"]["says"])] if detail["method"]["name"] == "programs" else []
    if not between_rungs(desk.scenario, detail):
        text = "Everybody's wishes are taken as known; every issue is agreed on one of its rungs."
        return caution(plain(text), *says)
    runs = [plain("Everybody's wishes are taken as known, and each issue is agreed on one of a few levels."), *says]
    finer = detail["grid"]["finer"]
    if finer["difference"] is not None:
        worths = Worths(desk.scenario)
        changes = [abs(finer["difference"].get(party) or 0.0) / worths.span(party) for party in detail["signers"]]
        most = max(changes, default=0.0)
        text = "About twice as many levels would change what the balanced package is worth by up to {points} points."
        runs.append(write(text, points=_number(desk, engine, f"{100 * most:.1f}")))
    return caution(*runs)
