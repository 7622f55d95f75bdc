"""Sources: the facts, the judgements and what was read, so that each id in the briefing leads somewhere."""

from __future__ import annotations

from parley.briefing.desk import Desk
from parley.briefing.prose import Run, cited, items, paragraph, plain, strong, table, write
from parley.domain.briefing import Block, Section
from parley.domain.source import Source

__all__ = ["section"]


def section(desk: Desk) -> Section:
    """Write the section on sources."""
    scenario = desk.scenario
    text = (
        "Facts are what a source says, in the words of the scenario's author; that somebody claims something does not "
        "make it true. "
    )
    text += "Judgements are what the author holds without a source that says so, with the reason."
    blocks: list[Block] = [paragraph(plain(text))]
    if scenario.facts:
        rows = [(fact.id, fact.words, fact.said_by) for fact in scenario.facts]
        blocks.append(table("Facts", ("Id", "What is said", "Said by"), rows))
    if scenario.claims:
        rows = [(claim.id, claim.words or claim.kind, desk.party(claim.party)) for claim in scenario.claims]
        blocks.append(table("Claims coded from articles", ("Id", "Claim", "Party"), rows))
    if scenario.judgements:
        judged = [(each.id, each.words, cited(each.because, each.grounds)) for each in scenario.judgements]
        blocks.append(table("Judgements", ("Id", "What is judged", "Because"), judged))
    blocks += items(_source(source) for source in scenario.sources)
    return Section(id="sources", title="Sources", blocks=tuple(blocks))


def _source(source: Source) -> Run:
    parts = [
        source.title,
        source.author,
        source.outlet,
        f"{source.date.day} {source.date:%B %Y}" if source.date else "",
    ]
    text = ", ".join(part.strip().rstrip(".") for part in parts if part)
    note = f" {source.note.strip()}" if source.note else ""
    return write("{id} {text}.{note}", id=strong(f"{source.id}:"), text=text, note=note)
