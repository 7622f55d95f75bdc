"""Claims and drafts for people: `coded` and `composed`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from parley.cli.show import paper

if TYPE_CHECKING:
    from parley.casework import Agreed, Coded, Composed
    from parley.domain.codebook import Codebook
    from parley.domain.coding import Coding
    from parley.domain.estimate import Estimate
    from parley.reviewing import ReviewSession

__all__ = ["agreement", "coded", "composed", "point", "reviewed"]

EXCERPT = 90
SHOWN = 6


def coded(made: Coded) -> None:
    """Print the claims, and how many statements are on no issue or of no party."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Id", no_wrap=True)
    table.add_column("Whose claim", overflow="fold", min_width=12)
    table.add_column("Issue and point", overflow="fold", min_width=16)
    table.add_column("Words", overflow="fold", ratio=1)
    linked = [each for each in made.codings if each.issue is not None]
    for each in linked:
        who = each.party or f"({each.holder})"
        table.add_row(each.id, f"{who}\n{_kind(each)}", f"{each.issue}\n{point(each, made.codebook)}", _excerpt(each))
    if linked:
        paper().print(table)
    counts = Counter("moves" if each.moves else "linked" if each.issue else "none" for each in made.codings)
    typer.echo(
        f"{made.statements} statements: {counts['moves']} claims place a party, {counts['linked']} more are on an "
        f"issue, {counts['none']} are on none."
    )
    if made.copies:
        typer.echo(f"{len(made.copies)} articles are copies of others; what they repeat counts once.")
    suggested = sum(bool(each.suggested) for each in made.codings)
    if suggested:
        typer.echo(f"{suggested} of them sound like an issue; look at them with: parley review")
    if made.out is not None:
        typer.echo(f"Wrote {made.out}.")


def composed(made: Composed) -> None:
    """Print the positions of a draft and its gaps."""
    scenario = made.draft.scenario
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("Party", "Issue", "Low", "Most plausible", "High", "Claims"):
        table.add_column(name, justify="left" if name in ("Party", "Issue", "Claims") else "right", overflow="fold")
    for each in scenario.positions:
        claims = made.draft.positions.get((each.party, each.issue))
        if claims is not None:
            scale = scenario.issue(each.issue).scale
            numbers = (each.position.low, each.position.mode, each.position.high)
            shown = [f"{scale.in_unit(number):.4g}" for number in numbers]
            table.add_row(each.party, each.issue, *shown, " ".join(claims))
    paper().print(table)
    for old, new in made.draft.superseded.items():
        typer.echo(f"{old} is superseded by {new}.")
    for name, why in made.draft.unexpressed.items():
        typer.echo(f"The condition {name} hangs on no position: {why}.")
    typer.echo("\nMissing, since no claim says it and nobody has judged it:")
    for gap in made.draft.gaps:
        where = ", ".join(gap.where[:SHOWN]) + (f" and {len(gap.where) - SHOWN} more" if len(gap.where) > SHOWN else "")
        typer.echo(f"- {gap.what}: {gap.message}" + (f" ({where})" if where else ""))
    typer.echo(f"\nWrote {made.out}. Next: parley check {made.out} --grounds")


def agreement(found: Agreed) -> None:
    """Print alpha for each thing that coders judge, and where they differ."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in ("What", "Level", "Alpha", "95 per cent", "Units"):
        table.add_column(name, justify="left" if name in ("What", "Level") else "right")
    for each in found.agreement.alphas:
        ends = "-" if each.low is None or each.high is None else f"{each.low:.3f} to {each.high:.3f}"
        value = "-" if each.value is None else f"{each.value:.3f}"
        table.add_row(each.what, each.level, value, ends, str(each.units))
    paper().print(table)
    for statement, said in found.agreement.differ.items():
        typer.echo(f"{statement}: " + "; ".join(f"{who} {_told(tells)}" for who, tells in said.items()))


def reviewed(session: ReviewSession) -> None:
    """Print how far a review has come."""
    counts = Counter(item.status for item in session.review.state.items)
    typer.echo(
        f"{counts['accepted']} accepted, {counts['rejected']} rejected, {counts['open']} open; "
        f"the decisions are in {session.path}."
    )


def point(coding: Coding, codebook: Codebook) -> str:
    """The point that a claim names, in its issue's unit."""
    if coding.position is None or coding.issue is None:
        return "-"
    scale = codebook.issue(coding.issue).scale
    ends: Estimate = coding.position
    low, mode, high = (f"{scale.in_unit(value):.4g}" for value in (ends.low, ends.mode, ends.high))
    return mode if low == high else f"{mode} ({low}–{high})"


def _told(tells: Sequence[Any]) -> str:
    kind, issue, mode = tells
    return f"{kind}, {issue or 'no issue'}" + ("" if mode is None else f" at {mode:.0f} of 100")


def _kind(coding: Coding) -> str:
    return coding.kind if coding.voice == "own" else f"{coding.kind}, {coding.voice}"


def _excerpt(coding: Coding) -> str:
    return coding.text if len(coding.text) <= EXCERPT else coding.text[: EXCERPT - 1].rsplit(" ", 1)[0] + " …"
