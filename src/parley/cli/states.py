"""The table of a conflict's states: who would stay in each under which concept. `states` is the main name."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

if TYPE_CHECKING:
    from rich.console import Console

    from parley.domain.scenario import Scenario

__all__ = ["states"]

ALL_SHOWN = 40
"""Up to so many states are all shown; of more, those that somebody could ask about first."""

ROOM_FOR_A_PARTY = 9
"""Where there is less room for each party, one column says who would leave."""

ROOM_FOR_LABELS = 110


def states(console: Console, scenario: Scenario, detail: Mapping[str, Any]) -> None:
    """Print the states of a conflict, who would stay in each, and which of them hold.

    Parameters
    ----------
    console : where to print; its width decides what fits
    scenario : where the names come from
    detail : what the graph model says beyond its numbers
    """
    shown = _shown(detail)
    labelled = console.width >= ROOM_FOR_LABELS
    console.print(_table(scenario, detail, shown, width=console.width, labelled=labelled))
    for line in _notes(scenario, detail, shown, labelled=labelled):
        console.print(line, style="dim", soft_wrap=False)
    console.print()


def _shown(detail: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    every: list[Mapping[str, Any]] = detail["states"]
    if len(every) <= ALL_SHOWN:
        return every
    held = {state for found in detail["equilibria"].values() for state in found}
    return [each for each in every if each["id"] in held or each["id"] == detail["status_quo"]]


def _table(
    scenario: Scenario,
    detail: Mapping[str, Any],
    shown: Sequence[Mapping[str, Any]],
    *,
    width: int,
    labelled: bool,
) -> Table:
    table = Table(
        title="The states of the conflict, and who would stay in them",
        title_justify="left",
        title_style="bold",
        pad_edge=False,
        box=SIMPLE_HEAD,
    )
    makers = list(detail["rank"])
    groups = _groups(scenario)
    letters = sum(len(group) for group in groups) + max(0, len(groups) - 1)
    fixed = 10 + letters + 14 + (28 if labelled else 0)
    by_party = (width - fixed) / max(1, len(makers)) - 2 >= ROOM_FOR_A_PARTY
    table.add_column("State", no_wrap=True)
    if groups:
        table.add_column("Options", no_wrap=True)
    if labelled:
        table.add_column("What is done", ratio=1, overflow="fold")
    for maker in makers if by_party else ():
        table.add_column(f"{scenario.party(maker).name} stays", overflow="fold", min_width=7)
    if not by_party:
        table.add_column(f"Would leave ({detail['concept']})", overflow="fold", ratio=1)
    table.add_column("Holds", overflow="fold", min_width=7)
    for state in shown:
        who = _who(scenario, detail, state["id"], makers, by_party=by_party)
        options = [_letters(state["options"], groups)] if groups else []
        held = _under([c for c in _judged(detail) if state["id"] in detail["equilibria"][c]], detail)
        what = [state["label"]] if labelled else []
        rests = state["id"] in detail["equilibria"][detail["concept"]]
        table.add_row(_marked(state["id"], detail), *options, *what, *who, held, style="bold" if rests else None)
    return table


def _groups(scenario: Scenario) -> list[list[str]]:
    """The ids of the options in their order, those of one party that follow each other together."""
    options = scenario.conflict.options if scenario.conflict is not None else ()
    return [[option.id for option in own] for _, own in itertools.groupby(options, lambda option: option.party)]


def _letters(taken: Mapping[str, bool | None], groups: Sequence[Sequence[str]]) -> str:
    letter = {True: "Y", False: "N", None: "-"}
    return " ".join("".join(letter[taken[option]] for option in group) for group in groups)


def _marked(state: int | str, detail: Mapping[str, Any]) -> str:
    star = " *" if state in detail["equilibria"][detail["concept"]] else ""
    return f"{state}{star}{' now' if state == detail['status_quo'] else ''}"


def _who(
    scenario: Scenario, detail: Mapping[str, Any], state: int | str, makers: Sequence[str], *, by_party: bool
) -> list[str]:
    """For each party the concepts under which it stays; or, in one cell, who leaves under the chosen one."""
    if by_party:
        stable, judged = detail["stable"], _judged(detail)
        return [_under([c for c in judged if state in stable[c][maker]], detail) for maker in makers]
    chosen = detail["stable"][detail["concept"]]
    return [", ".join(scenario.party(maker).name for maker in makers if state not in chosen[maker]) or "nobody"]


def _judged(detail: Mapping[str, Any]) -> list[str]:
    """The concepts of the table; those of coalitions and of looking ahead have lines of their own below it."""
    from parley.briefing.conflict_words import CONCEPTS_IN_WORDS

    return [concept for concept in CONCEPTS_IN_WORDS if concept in detail["stable"]]


def _under(concepts: Sequence[str], detail: Mapping[str, Any]) -> str:
    """Concepts in the fewest words."""
    without = [concept for concept in _judged(detail) if concept not in concepts]
    if not without:
        return "all"
    if not concepts:
        return "–"
    return " ".join(concepts) if len(concepts) <= len(without) + 2 else f"all but {' '.join(without)}"


def _notes(
    scenario: Scenario, detail: Mapping[str, Any], shown: Sequence[Mapping[str, Any]], *, labelled: bool
) -> list[str]:
    from parley.briefing.conflict_words import unjudged

    concepts, concept = _judged(detail), detail["concept"]
    notes = [
        f"* nobody leaves it under {concept}. “All” are the concepts {' '.join(concepts)}. “now” marks the status quo."
    ]
    notes += filter(None, [unjudged(scenario, concepts)])
    if scenario.conflict is not None and scenario.conflict.options:
        owners = itertools.groupby(scenario.conflict.options, lambda option: option.party)
        told = [f"{', '.join(o.name for o in own)} ({scenario.party(party).name})" for party, own in owners]
        notes.append(f"Options, in the order of the letters: {'; '.join(told)}. Y taken, N left, - either way.")
    if not labelled and scenario.conflict is not None and any(each.name for each in scenario.conflict.states):
        notes += [f"{each['id']}: {each['label']}" for each in shown]
    if len(shown) < len(detail["states"]):
        notes.append(
            f"{len(detail['states'])} states; shown are those that hold under some concept, and the status quo. "
            "--json has all."
        )
    reached = [str(each) for each in detail["equilibria"][concept] if each in detail["reachable"]]
    rests = f"{', '.join(reached)} ({concept})" if reached else f"none ({concept})"
    notes.append(f"Resting points that moves can reach from the status quo: {rests}. 'parley graph explain' says why.")
    return [*notes, *_ahead(detail), *_together(scenario, detail)]


def _ahead(detail: Mapping[str, Any]) -> list[str]:
    """What holds for those who look several moves ahead; L1, MR1, MR2 and MR3 are R, R, GMR and SMR by other names."""
    looking = detail["looking_ahead"]
    if not looking:
        return []
    told = [c for c in detail["stable"] if c[0] in "LN" or c.startswith("MR")]
    held = _alike(detail, [c for c in told if c not in ("L1", "MR1", "MR2", "MR3")])
    variant = ", and reckon with the worst of the others' answers" if looking["variant"] == "cautious" else ""
    return [f"What holds if parties look several moves ahead{variant}: {held}."]


def _together(scenario: Scenario, detail: Mapping[str, Any]) -> list[str]:
    """What holds where any of the parties may act together, and who would go from one resting point to another."""
    from parley.briefing import words

    coalitions = detail["coalitions"]
    if not coalitions:
        return []
    told = [c for c in detail["equilibria"] if c not in detail["stable"]]
    notes = [f"What holds if parties may act together: {_alike(detail, told)}."]
    for jump in coalitions["jumps"]:
        who = words.listed([words.in_sentence(scenario.party(party).name) for party in jump["parties"]])
        notes.append(f"Together, {who} would go from {jump['from']} to {jump['to']}, which each of them prefers.")
    return notes


def _alike(detail: Mapping[str, Any], concepts: Sequence[str]) -> str:
    """The states that hold, concepts under which the same ones do together."""
    groups: dict[str, list[str]] = {}
    for concept in concepts:
        found = ", ".join(map(str, detail["equilibria"][concept])) or "none"
        groups.setdefault(found, []).append(concept)
    return "; ".join(f"{states} ({' '.join(under)})" for states, under in groups.items())
