"""Approaches compared: what each changes beside no change, for the party that asks and for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.approaches import silent_effects
from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.prose import Run, caution, cited, items, paragraph, plain, strong, write
from parley.briefing.ranking import sees_change
from parley.briefing.sections.changes import changes
from parley.briefing.sections.threats import TARGETS
from parley.briefing.sections.worth import others, worth
from parley.domain.approach import Approach
from parley.domain.briefing import Block, Section

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["SCALE_IN_WORDS", "section"]

SCALE_IN_WORDS = (
    "How well a party does is measured on a scale of a hundred points. All hundred mean that it gets what it asks for "
    "on every issue, none that it gets the opposite; each issue counts as much as the party cares about it. Without "
    "agreement a party gets what the scenario says that no agreement is worth to it. Below, changes are in these "
    "points, beside no change on the same draws; the range in brackets holds eight of ten draws."
)


def section(desk: Desk) -> Section:
    """Write the section that compares the approaches."""
    blocks: list[Block]
    if not desk.comparison.approaches:
        blocks = [paragraph(plain("The scenario names no approach, so there is nothing to compare with no change."))]
    else:
        blocks = [
            paragraph(plain("What is compared:")),
            *items(_named(desk, each) for each in desk.comparison.approaches),
        ]
        blocks += [paragraph(plain(SCALE_IN_WORDS)), *_findings(desk), *_unseen(desk)]
    return Section(id="approaches", title="Approaches compared", blocks=tuple(blocks))


def _named(desk: Desk, approach: Approach) -> Run:
    by = "" if approach.by == desk.comparison.asked_by else f" (by {desk.named(approach.by)})"
    text = cited(approach.words.strip().rstrip("."), approach.grounds)
    return write("{name}{by}: {text}", name=strong(approach.name), by=by, text=text)


def _findings(desk: Desk) -> list[Block]:
    if not desk.speaking("payoff"):
        return [caution(plain("No model here has payoffs, so none can rank the approaches."))]
    return [*changes(desk), *_credibility(desk), worth(desk), *others(desk)]


def _credibility(desk: Desk) -> list[Block]:
    if not any(each.pulls for each in desk.comparison.approaches):
        return []
    text = (
        "A means of pressure or an offer works only in as many draws as its credibility allows. In the others the "
        "approach does nothing by it, and costs nothing; so a difference is often zero in many draws."
    )
    return [caution(plain(text))]


def _unseen(desk: Desk) -> list[Block]:
    """List what an approach would do that nothing here can see."""
    runs: list[Run] = []
    for approach in desk.comparison.approaches:
        silent = _silent(desk, approach)
        runs += [write("{name}: {text}.", name=strong(approach.name), text=text) for text in silent]
    if not runs:
        return []
    return [paragraph(plain("Effects of an approach that no model here can see:"), tone="caution"), *items(runs)]


def _silent(desk: Desk, approach: Approach) -> Sequence[str]:
    found = [_in_names(desk, text) for text in silent_effects(desk.scenario, approach.id)]
    if not any(sees_change(desk, engine, approach.id) for engine in desk.engines):
        found.append("no model's answer changes by it in any draw")
    return found


def _in_names(desk: Desk, text: str) -> str:
    """Put names in place of the ids in quotation marks, and words in place of the numbers that a lever can change."""
    scenario = desk.scenario
    names = {each.id: each.name for each in scenario.levers} | {each.id: each.name for each in scenario.approaches}
    for place, name in (names | {each.id: each.name for each in scenario.issues}).items():
        text = text.replace(f"'{place}'", f"“{name}”")
    for party in scenario.parties:
        text = text.replace(f"'{party.id}'", words.in_sentence(party.name))
    for name, meaning in TARGETS.items():
        text = text.replace(f" {name} of ", f" {meaning} of ").replace(f" {name} on ", f" {meaning} on ")
    return text
