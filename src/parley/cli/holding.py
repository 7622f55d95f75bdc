"""How often each state of a conflict holds, for people: `holding`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["holding"]

SHOWN = 12
"""As many states are printed; `--json` has them all."""


def holding(console: Console, detail: Mapping[str, Any], shares: Mapping[str, Any]) -> None:
    """Print in which share of the draws each state is an equilibrium, and whether it is whatever matters more.

    Parameters
    ----------
    console : where it is printed
    detail : what the engine says of the modes
    shares : what it says of the draws; nothing is printed where it holds no `share_of_draws`
    """
    share = shares.get("share_of_draws")
    if not share or "states" not in detail:
        return
    concept = detail["concept"]
    listed = [state for state in detail["states"] if share[state["id"]] or state["id"] in detail["possible"][concept]]
    listed.sort(key=lambda state: -share[state["id"]])
    table = Table(
        title=f"Which states hold ({concept})",
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        box=SIMPLE_HEAD,
    )
    table.add_column("State", justify="right")
    table.add_column("What is done in it", overflow="fold", ratio=1)
    table.add_column("Holds in", justify="right")
    table.add_column("For importances in their ranges")
    for state in listed[:SHOWN]:
        table.add_row(str(state["id"]), state["label"], _percent(share[state["id"]]), _scope(detail, state["id"]))
    if listed:
        console.print(table)
    else:
        console.print(f"No state holds in any draw ({concept}).\n")
    if len(listed) > SHOWN:
        console.print(f"… and {len(listed) - SHOWN} more; --json has them all\n", style="dim")


def _percent(share: float) -> str:
    """A share of the draws that says 0 % and 100 % only where it is so."""
    shown = f"{share:.0%}"
    return shown if share in (0, 1) or shown not in ("0%", "100%") else "<1%" if share < 0.5 else ">99%"


def _scope(detail: Mapping[str, Any], state: int | str) -> str:
    concept = detail["concept"]
    if state in detail["necessary"][concept]:
        return "for all"
    if state in detail["undecided"][concept]["necessary"]:
        return "for some, perhaps all"
    return "for some" if state in detail["possible"][concept] else "perhaps for some"
