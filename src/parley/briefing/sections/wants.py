"""Who wants what: aims, positions, gaps, and red lines that exclude each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.prose import Run, cited, items, joined, paragraph, plain, strong, table, write
from parley.domain.briefing import Block, Chart, Piece, Section
from parley.domain.estimate import Estimate
from parley.domain.issue import Issue
from parley.domain.position import Position

__all__ = ["Clash", "clashes", "issue_data", "section"]

CLOSE = 15.0
"""Positions no further apart than this, on the common scale 0..100, are called close."""

SHOWN_GAPS = 3


def section(desk: Desk) -> Section:
    """Write the section on who wants what."""
    blocks: list[Block] = [_introduction(desk)]
    blocks += items(_aims(desk))
    if desk.scenario.positions:
        blocks += [_chart(desk), *_gaps_in_words(desk), *_red_lines_in_words(desk)]
    return Section(id="wants", title="Who wants what", blocks=tuple(blocks))


def _introduction(desk: Desk) -> Block:
    scenario = desk.scenario
    parties = f"{words.count(len(scenario.parties))} {'party' if len(scenario.parties) == 1 else 'parties'}"
    issues = f"{words.count(len(scenario.issues))} {'issue' if len(scenario.issues) == 1 else 'issues'}"
    basis = desk.stated(
        "positions",
        "Counted in the scenario.",
        grounds=[ground for path, ground in desk.grounds if path[0] == "positions"],
    )
    assumed = sum(each.basis == "assumed" for each in scenario.positions)
    stated = len(scenario.positions) - assumed
    if not scenario.positions:
        elsewhere = "; what each can do, and where it would gain, is shown under “What would hold, and who would leave”"
        told = elsewhere if scenario.conflict is not None else ""
        return paragraph(plain(f"The scenario does not say where anybody stands on an issue{told}."))
    return paragraph(
        write(
            "The scenario names {parties} and {issues}.",
            parties=Piece(text=parties, basis=basis),
            issues=Piece(text=issues, basis=basis),
        ),
        _known_as(stated, assumed, basis),
    )


def _aims(desk: Desk) -> list[Run]:
    runs = []
    for party in desk.scenario.parties:
        aims = [cited(interest.words.strip().rstrip("."), interest.grounds) for interest in party.interests]
        if aims:
            runs.append(
                write("{party}: {aims}", party=strong(party.name), aims=joined(aims, separator="; ", last="; "))
            )
    return runs


def _known_as(stated: int, assumed: int, basis: str) -> Run:
    """Say how many positions the parties stated themselves, and how many the author assumed."""
    ways = (
        (stated, "{every}{number} {verb} stated by the party itself, with the source cited"),
        (assumed, "{every}{number} {verb} assumed by the author of the scenario, with a reason"),
    )
    every = "" if stated and assumed else "all "
    told = joined(
        (
            write(
                text,
                every=every,
                number=Piece(text=words.count(number), basis=basis),
                verb="is" if number == 1 else "are",
            )
            for number, text in ways
            if number
        ),
        last="; ",
    )
    return write("Of the positions below, {told}.", told=told)


def position_basis(desk: Desk, index: int) -> str:
    """The basis of the point that a position asks for."""
    position = desk.scenario.positions[index]
    issue = desk.scenario.issue(position.issue)
    said = "as stated" if position.basis == "stated" else "as assumed by the author of the scenario"
    label = f"{desk.party(position.party)} on {issue.name}, {said}"
    return desk.estimate(("positions", index, "position"), label, units.range_of(position.position, issue))


def _chart(desk: Desk) -> Chart:
    gaps = _gaps(desk)
    title = "Where each party stands"
    if gaps:
        widest = [gap.issue.name for gap in gaps if gap.size > CLOSE][:2]
        title = (
            f"The parties stand furthest apart on {words.listed(widest)}"
            if widest
            else "The parties stand close together"
        )
    return Chart(
        id="positions",
        title=title,
        subtitle="What each party asks for on each issue, in the issue's own unit; positions stated by the party are "
        "drawn apart from those assumed by the author of the scenario",
        kind="positions",
        data={
            "issues": [issue_data(issue) for issue in desk.scenario.issues],
            "parties": _parties(desk),
            "marks": _marks(desk),
        },
        alt=f"One row for each issue with a mark for each party. {title}. The table gives every position.",
        table=_table(desk),
    )


def issue_data(issue: Issue) -> dict[str, Any]:
    """What a picture needs to know of an issue: its scale in its own unit, and the words at its anchors."""
    scale = issue.scale
    anchors = [
        {"at": anchor.at, "common": scale.point(anchor.at), "words": anchor.words, "rung": anchor.rung}
        for anchor in scale.anchors
    ]
    return {
        "id": issue.id,
        "name": issue.name,
        "low": scale.low,
        "high": scale.high,
        "unit": scale.unit,
        "anchors": anchors,
    }


def _parties(desk: Desk) -> list[dict[str, Any]]:
    return [{"id": each.id, "name": each.name, "colour": desk.colour(each.id)} for each in desk.scenario.parties]


def _marks(desk: Desk) -> list[dict[str, Any]]:
    marks = []
    for position in desk.scenario.positions:
        scale, point = desk.scenario.issue(position.issue).scale, position.position
        red = position.red_line
        marks.append(
            {
                "party": position.party,
                "issue": position.issue,
                "mode": scale.in_unit(point.mode),
                "low": scale.in_unit(point.low),
                "high": scale.in_unit(point.high),
                "common_mode": point.mode,
                "common_low": point.low,
                "common_high": point.high,
                "basis": position.basis,
                "red_low": red.at_least.mode if red and red.at_least else None,
                "red_high": red.at_most.mode if red and red.at_most else None,
                "salience": position.salience.mode,
            }
        )
    return marks


def _table(desk: Desk) -> Any:
    rows = []
    scenario = desk.scenario
    order = {issue: index for index, issue in enumerate(scenario.issue_ids)}
    for index, position in sorted(enumerate(scenario.positions), key=lambda pair: order[pair[1].issue]):
        issue = scenario.issue(position.issue)
        care = desk.estimate(
            ("positions", index, "salience"),
            f"How much {desk.party(position.party)} cares about {issue.name}, where 0 is not at all and 1 is most",
            f"{position.salience.low:g} to {position.salience.high:g}, most likely {position.salience.mode:g}",
        )
        rows.append(
            (
                issue.name,
                desk.party(position.party),
                Piece(text=units.place(issue, position.position.mode), basis=position_basis(desk, index)),
                position.basis,
                _red_line(desk, index),
                Piece(text=_care(position.salience.mode), basis=care),
            )
        )
    caption = "What each party asks for, how that is known, what it refuses beyond, and how much it cares"
    return table(caption, ("Issue", "Party", "Asks for", "Known as", "Red line", "Cares"), rows)


def _care(salience: float) -> str:
    for limit, word in ((0.2, "little"), (0.45, "somewhat"), (0.7, "much"), (0.9, "very much")):
        if salience < limit:
            return word
    return "most of all"


def _red_line(desk: Desk, index: int) -> Run:
    position = desk.scenario.positions[index]
    red = position.red_line
    if red is None:
        return plain("–")
    bounds = [("at_least", "at least", red.at_least), ("at_most", "at most", red.at_most)]
    return joined(_bound(desk, index, name, f"{says} ", bound) for name, says, bound in bounds if bound is not None)


def _bound(desk: Desk, index: int, name: str, says: str, bound: Estimate) -> Run:
    position = desk.scenario.positions[index]
    issue = desk.scenario.issue(position.issue)
    label = f"Red line of {desk.party(position.party)} on {issue.name}, {says.strip()}"
    basis = desk.estimate(("positions", index, "red_line", name), label, units.range_of(bound, issue))
    return (Piece(text=f"{says}{units.place(issue, bound.mode)}", basis=basis),)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """How far apart the positions on an issue are."""

    issue: Issue
    lowest: int
    highest: int
    size: float


def _gaps(desk: Desk) -> list[_Gap]:
    """Issues on which two parties or more take a position, widest gap first."""
    gaps = []
    for issue in desk.scenario.issues:
        held = [
            (position.position.mode, index)
            for index, position in enumerate(desk.scenario.positions)
            if position.issue == issue.id
        ]
        if len(held) > 1:
            (low, lowest), (high, highest) = min(held), max(held)
            gaps.append(_Gap(issue=issue, lowest=lowest, highest=highest, size=high - low))
    return sorted(gaps, key=lambda gap: -gap.size)


def _gaps_in_words(desk: Desk) -> list[Block]:
    gaps = _gaps(desk)
    wide = [gap for gap in gaps if gap.size > CLOSE][:SHOWN_GAPS]
    close = [gap for gap in gaps if gap.size <= CLOSE]
    blocks: list[Block] = []
    if wide:
        blocks.append(paragraph(plain("The widest gaps:")))
        blocks += items(_gap_in_words(desk, gap) for gap in wide)
    if close:
        names = words.listed([gap.issue.name for gap in close])
        blocks.append(paragraph(write("Positions lie close together on {names}.", names=names)))
    return blocks


def _gap_in_words(desk: Desk, gap: _Gap) -> Run:
    def side(index: int) -> Run:
        position = desk.scenario.positions[index]
        verb = "asks for" if position.basis == "stated" else "is assumed to want"
        asked = Piece(text=units.place(gap.issue, position.position.mode), basis=position_basis(desk, index))
        meaning = units.meant(gap.issue, position.position.mode)
        return write(
            "{party} {verb} {asked}{meaning}",
            party=desk.named(position.party),
            verb=verb,
            asked=asked,
            meaning=meaning,
        )

    return write(
        "{issue}: {first}; {second}.", issue=strong(gap.issue.name), first=side(gap.lowest), second=side(gap.highest)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two red lines that leave no common ground on an issue.

    Attributes
    ----------
    issue : the issue
    floor, ceiling : numbers of the positions whose `at_least` lies above the other's `at_most`
    certain : whether they exclude each other at every value of their ranges, not only at the most plausible ones
    """

    issue: Issue
    floor: int
    ceiling: int
    certain: bool


def clashes(desk: Desk) -> list[Clash]:
    """Find, for each issue, the two red lines that lie furthest apart, where they exclude each other."""
    found = []
    for issue in desk.scenario.issues:
        held = [
            (index, each)
            for index, each in enumerate(desk.scenario.positions)
            if each.issue == issue.id and each.red_line
        ]
        floors = [(bound.mode, index) for index, each in held if (bound := _lower(each))]
        ceilings = [(bound.mode, index) for index, each in held if (bound := _upper(each))]
        if floors and ceilings and max(floors)[0] > min(ceilings)[0] + 1e-9:
            floor, ceiling = max(floors)[1], min(ceilings)[1]
            lower, upper = _lower(desk.scenario.positions[floor]), _upper(desk.scenario.positions[ceiling])
            certain = lower is not None and upper is not None and lower.low > upper.high
            found.append(Clash(issue=issue, floor=floor, ceiling=ceiling, certain=certain))
    return found


def _lower(position: Position) -> Estimate | None:
    return position.red_line.at_least if position.red_line else None


def _upper(position: Position) -> Estimate | None:
    return position.red_line.at_most if position.red_line else None


def _red_lines_in_words(desk: Desk) -> list[Block]:
    if not any(position.red_line for position in desk.scenario.positions):
        return [
            paragraph(
                plain("The scenario holds no red lines: points beyond which a party would rather have no agreement.")
            )
        ]
    found = clashes(desk)
    if not found:
        return [
            paragraph(
                plain(
                    "At their most plausible values, no two red lines exclude each other: each issue leaves some "
                    "common ground."
                )
            )
        ]
    return [
        paragraph(
            plain(
                "A red line is the point beyond which a party would rather have no agreement. On these issues two red "
                "lines exclude each other, so that no settlement respects both unless one of them moves:"
            )
        ),
        *items(_clash_in_words(desk, clash) for clash in found),
    ]


def _clash_in_words(desk: Desk, clash: Clash) -> Run:
    floor, ceiling = desk.scenario.positions[clash.floor], desk.scenario.positions[clash.ceiling]
    lower, upper = _lower(floor), _upper(ceiling)
    assert lower is not None and upper is not None
    return write(
        "{issue}: {first} accepts {floor}, {second} {ceiling}{sure}.",
        issue=strong(clash.issue.name),
        first=desk.named(floor.party),
        floor=_bound(desk, clash.floor, "at_least", "at least ", lower),
        second=desk.named(ceiling.party),
        ceiling=_bound(desk, clash.ceiling, "at_most", "at most ", upper),
        sure="" if clash.certain else "; the plausible ranges of the two still overlap",
    )
