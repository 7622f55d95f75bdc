"""What `parley packages` prints for people. `packages` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from parley.briefing.proposals import Packages, Proposal
    from parley.domain.scenario import Scenario

__all__ = ["packages"]

Detail = Mapping[str, Any]

PRICED = 5
"""As many prices are printed: the dearest."""


def packages(console: Console, found: Packages) -> None:
    """Show whether there is a zone or what closes it, three packages in words, and who gives and gets what."""
    from parley.briefing.proposals import open_points, proposals

    scenario, detail = found.scenario, found.detail
    names = [scenario.party(party).name for party in detail["signers"]]
    console.print(scenario.title, style="bold")
    console.print(f"every estimate at its mode; who must sign: {', '.join(names)}\n", style="dim")
    _zone(console, scenario, detail)
    told = proposals(scenario, detail)
    points, leaving = open_points(detail)
    if points is not None:
        count = sum(not each["against"] for each in points["pareto"])
        says = "With issues left as they are, " if leaving else ""
        share = f"{count} of {len(points['pareto'])} packages on the frontier could be signed."
        console.print(f"{says}{share} These are worth putting on the table:")
        console.print()
        console.print(_contents(scenario, told))
        console.print(_worth(scenario, detail, told))
        for each in told:
            _trade(console, scenario, detail, each)
    _linkage(console, scenario, detail)
    _prices(console, scenario, detail)
    _grid(console, scenario, detail)


def _zone(console: Console, scenario: Scenario, detail: Detail) -> None:
    from parley.briefing.proposals import together

    if detail["zone"]:
        console.print("There are packages that all of them could sign. That is necessary for a deal, not sufficient.")
        return
    console.print("No package over all issues could be signed by all of them.", style="bold")
    for each in detail["closed_by"]:
        console.print(f"  It would take: {together(scenario, each)}", soft_wrap=False)
    if len(detail["closed_by"]) > 1:
        console.print("  One of these is enough.")
    if not detail["closed_by"]:
        console.print("  Even without any red line or condition there is none.")


def _contents(scenario: Scenario, told: Sequence[Proposal]) -> Table:
    from parley.briefing.proposals import level

    table = _table("What they contain")
    table.add_column("Issue", overflow="fold", ratio=3)
    for each in told:
        table.add_column(each.name, overflow="fold", ratio=4)
    for issue in scenario.issues:
        if issue.id in told[0].found["package"]:
            table.add_row(issue.name, *(level(scenario, issue.id, each.found) for each in told))
            table.add_section()
    return table


def _worth(scenario: Scenario, detail: Detail, told: Sequence[Proposal]) -> Table:
    from parley.briefing.worths import Worths

    worths = Worths(scenario)
    table = _table(f"What they are worth, {worths.unit}")
    table.add_column("Party", overflow="fold", ratio=3)
    table.add_column("no agreement", justify="right", ratio=2)
    for each in told:
        table.add_column(each.name, justify="right", ratio=2)
    for party in scenario.parties:
        if party.id in told[0].found["payoffs"]:
            name = f"{party.name}{' *' if party.id in detail['signers'] else ''}"
            worth = [worths.amount(party.id, each.found["payoffs"].get(party.id)) for each in told]
            table.add_row(name, worths.amount(party.id, detail["no_agreement"][party.id]), *worth)
    table.caption, table.caption_justify = "* must sign", "left"
    return table


def _trade(console: Console, scenario: Scenario, detail: Detail, told: Proposal) -> None:
    from parley.briefing.proposals import stakes
    from parley.briefing.worths import Worths

    worths = Worths(scenario)
    console.print(f"{told.name}:", style="bold")
    for party in detail["signers"]:
        gets, gives = stakes(scenario, party, told.found)
        shown = ", ".join(each.issue.name for each in gets) or "nothing that it asks for in full"
        costs = [f"{each.issue.name} (−{worths.amount(party, each.loss)})" for each in gives]
        console.print(f"  {scenario.party(party).name} gets {shown}; gives {', '.join(costs) or 'nothing'}.")
    console.print()


def _linkage(console: Console, scenario: Scenario, detail: Detail) -> None:
    from parley.briefing.proposals import together

    linkage = detail["linkage"]
    if linkage["worth"] is not None and len(linkage["separate"]["package"]) > 1:
        gains = ", ".join(_gain(scenario, party, linkage["worth"].get(party)) for party in detail["signers"])
        over = "than each issue settled by itself" if linkage["over"] == "separate" else "than no agreement"
        console.print(f"Settling issues together is worth, more {over}: {gains}.")
    if linkage["separate"] is not None and linkage["separate"]["against"]:
        console.print(
            f"Separate talks on each issue would run into {together(scenario, linkage['separate']['against'])}."
        )
    for number, step in enumerate(detail["single_text"]["steps"], start=1):
        before = detail["single_text"]["steps"][number - 2] if number > 1 else detail["single_text"]["start"]
        console.print(f"From there, step {number} that hurts nobody: {_change(scenario, before, step)}.")


def _change(scenario: Scenario, before: Detail, after: Detail) -> str:
    from parley.briefing.proposals import level

    changed = [issue for issue, at in after["package"].items() if at != before["package"][issue]]
    return "; ".join(f"{scenario.issue(issue).name}: {level(scenario, issue, after)}" for issue in changed)


def _prices(console: Console, scenario: Scenario, detail: Detail) -> None:
    from parley.briefing.proposals import given_up, hindrance

    if not given_up(scenario, detail):
        return
    if not detail["prices"]:
        console.print("No red line or condition, given up alone, would change the balanced package.")
        return
    from parley.briefing.worths import Worths

    worths = Worths(scenario)
    table = _table(f"What each would gain if one thing were given up, {worths.unit}")
    table.add_column("Given up", overflow="fold", ratio=4)
    for party in detail["signers"]:
        table.add_column(scenario.party(party).name, justify="right", ratio=1)
    for each in detail["prices"][:PRICED]:
        gains = [worths.gain(party, each["gains"].get(party)) for party in detail["signers"]]
        table.add_row(hindrance(scenario, each["given_up"]), *gains)
    console.print(table)


def _grid(console: Console, scenario: Scenario, detail: Detail) -> None:
    from parley.briefing.proposals import between_rungs
    from parley.briefing.worths import Worths

    if detail["method"]["name"] == "programs":
        console.print(detail["method"]["says"], style="dim")
    if not between_rungs(scenario, detail):
        console.print("Every issue has fixed rungs, and all of them were tried.", style="dim")
        return
    finer = detail["grid"]["finer"]
    if finer["difference"] is None:
        same = finer["zone"] == detail["zone"]
        text = "leave that so" if same else "change whether there is a zone"
    else:
        worths = Worths(scenario)
        changes = [abs(finer["difference"].get(party) or 0.0) / worths.span(party) for party in detail["signers"]]
        most = max(changes, default=0.0)
        text = f"change what the balanced package is worth by up to {100 * most:.1f} points"
    console.print(f"About twice as many levels for each issue would {text}.", style="dim")


def _gain(scenario: Scenario, party: str, value: float | None) -> str:
    from parley.briefing.worths import Worths

    return f"{Worths(scenario).gain(party, value)} to {scenario.party(party).name}"


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", pad_edge=False, box=SIMPLE_HEAD)
