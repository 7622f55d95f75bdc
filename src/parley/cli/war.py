"""A war that goes on while the talks do, for people: `war` for one forecast, `endings` for approaches side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from parley.briefing import war_words, words

if TYPE_CHECKING:
    from rich.console import Console

    from parley.domain.comparison import EngineSummary
    from parley.domain.scenario import Scenario

__all__ = ["endings", "endings_of_draws", "war"]


def war(console: Console, scenario: Scenario, detail: Mapping[str, Any]) -> None:
    """Print what the war is worth to each side, why it is not settled, what no end would change, and how it ends."""
    sides = {side: words.in_sentence(scenario.party(side).name) for side in detail["values"]}
    table = Table(
        title="The war, in points out of a hundred that the two divide",
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        box=SIMPLE_HEAD,
    )
    table.add_column("Side", overflow="fold")
    for heading in ("Worth to it now", "One more step instead of the best terms now"):
        table.add_column(heading, justify="right")
    for side, worth in detail["values"].items():
        waiting = detail["waiting"][side]["value"]
        table.add_row(scenario.party(side).name, _points(worth), "–" if waiting is None else words.signed(waiting))
    console.print(table)
    reasons = war_words.causes(next((each["causes"] for each in detail["waiting"].values()), []))
    if reasons:
        console.print(f"What keeps them from settling now: {words.listed(reasons, last='or')}.")
    text, parts = war_words.without_end(detail, sides)
    console.print(f"{text.format(**parts)}\n")
    if detail["commitment"]:
        told = detail["commitment"]["endings"]
        console.print(_table("How it ends, where truces can be broken", [("chance", {k: told[k] for k in ENDS})]))


ENDS = tuple(war_words.ENDINGS)


def endings_of_draws(console: Console, told: Mapping[str, Any]) -> None:
    """Print the chance of each ending over the draws, where there is one; and whether both limits agree."""
    if "endings_of_draws" in told:
        chances = {name: each["mean"] for name, each in told["endings_of_draws"].items()}
        if None not in chances.values():
            console.print(_table("How it ends, where truces can be broken: mean over the draws", [("", chances)]))
    agree = told.get("bracket_of_draws", {}).get("agree")
    if agree is not None:
        console.print(f"The talks have no end here; there is one answer in {words.percentage(agree)} of draws.\n")


def endings(console: Console, rows: Sequence[tuple[str, EngineSummary]]) -> None:
    """Print how a war ends under each approach, where the engine says so."""
    told = [(name, {k: each.mean for k, each in found.endings.items()}) for name, found in rows if found.endings]
    if told and all(chance == chance for _, chances in told for chance in chances.values()):
        console.print(_table("How it ends, where truces can be broken", told))
        console.print()


def _table(title: str, rows: Sequence[tuple[str, Mapping[str, float]]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", pad_edge=False, box=SIMPLE_HEAD)
    table.add_column("Approach" if len(rows) > 1 else "", overflow="fold")
    for name in war_words.ENDINGS.values():
        table.add_column(name, justify="right", overflow="fold")
    for label, chances in rows:
        table.add_row(label, *(words.percentage(chances[each]) for each in ENDS))
    return table


def _points(share: float | None) -> str:
    return "–" if share is None else f"{round(100 * share)}".replace("-", "−")
