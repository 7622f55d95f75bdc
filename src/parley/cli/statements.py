"""What `parley read` prints for people: the statements of an article by speaker, or counts of many articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from parley.briefing.kinds import holder_of, speaker_name, when, words_of
from parley.cli.show import paper

if TYPE_CHECKING:
    from parley.domain.statement import Statement
    from parley.intake import ReadArticle

__all__ = ["article", "totals"]

MOST = 15
"""So many speakers are shown of many articles."""
NO_ISSUE = "(none)"


def article(done: ReadArticle, *, attributions: bool, explain: bool, issues: bool) -> None:
    """Show one article: its statements by speaker, in the order in which each first speaks, with issues or without."""
    console = paper()
    head = done.reading.article
    console.print(head.title or done.doc, style="bold")
    for line in _known(done):
        console.print(line, style="dim")
    if attributions:
        console.print(_attributions(done, explain=explain))
    elif done.reading.statements:
        console.print(_statements(done.reading.statements, explain=explain, issues=issues))
        console.print("Sure: how sure the reader is. Sounds: how likely the speaker's words make it.", style="dim")
    else:
        console.print("No statement was found.")


def totals(passed: Iterable[ReadArticle], *, attributions: bool, issues: bool) -> None:
    """Show how many statements of which kind, by whom and perhaps on which issue there are in many articles."""
    console = paper()
    articles, undated, empty = 0, 0, 0
    kinds: Counter[str] = Counter()
    speakers: Counter[str] = Counter()
    linked: Counter[str] = Counter()
    for done in passed:
        articles += 1
        undated += done.reading.article.date is None
        if attributions:
            kinds["attribution"] += len(done.reading.attributions)
        else:
            kinds.update(each.kind for each in done.reading.statements)
            speakers.update(each.speaker for each in done.reading.statements)
            linked.update(each.issue or NO_ISSUE for each in done.reading.statements if issues)
        empty += not (done.reading.attributions if attributions else done.reading.statements)
    console.print(f"{articles:,} article{'' if articles == 1 else 's'} read", style="bold")
    console.print(f"{undated:,} without a day of publication, {empty:,} in which nothing was found.", style="dim")
    for heading, counts in (("Kind", kinds), ("Issue", linked), ("Speaker", speakers)):
        if counts:
            console.print(_counts(heading, counts, most=len(counts) if heading == "Issue" else MOST))
    if len(speakers) > MOST:
        console.print(f"… and {len(speakers) - MOST:,} more speakers; -o FOLDER writes every statement.", style="dim")


def _known(done: ReadArticle) -> list[str]:
    head, found = done.reading.article, done.taken.found
    day = None if head.date is None else head.date.isoformat()
    parts = [("outlet", head.outlet), ("author", head.author), ("date", day)]
    told = [f"{name} {value} ({found[name]})" for name, value in parts if value]
    lines = ["; ".join(told)] if told else []
    if day is None:
        lines.append("Day of publication unknown: --date gives it, and periods such as 'next week' can then be dated.")
    if done.text is not None:
        lines.append(f"Places refer to the text in {done.text}")
    return [*lines, *(f"Note: {note}" for note in done.notes)]


def _statements(found: Iterable[Statement], *, explain: bool, issues: bool) -> Table:
    by_speaker: dict[str, list[Statement]] = {}
    for each in found:
        by_speaker.setdefault(each.speaker, []).append(each)
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("", no_wrap=True, style="dim")
    table.add_column("Kind\nIssue" if issues else "Kind", no_wrap=True)
    table.add_column("Words", ratio=1, overflow="fold")
    table.add_column("When", width=10, overflow="fold")
    table.add_column("Sounds", no_wrap=True, justify="right")
    table.add_column("Sure", no_wrap=True, justify="right")
    for speaker, said in by_speaker.items():
        names = list(dict.fromkeys(name for each in said if (name := speaker_name(each))))
        heading = f"{speaker} ({', '.join(names)})" if names else speaker
        table.add_row("", "", heading, "", "", "", style="bold")
        for each in said:
            sounds = "" if each.hedge is None else f"{100 * each.hedge[0]:.0f}-{100 * each.hedge[1]:.0f} %"
            kind = f"{each.kind}\n{each.issue}" if each.issue else each.kind
            row = (kind, _words(each, explain=explain), when(each), sounds, f"{100 * each.confidence:.0f} %")
            table.add_row(each.id, *row)
        table.add_section()
    return table


def _words(each: Statement, *, explain: bool) -> str:
    marks = [f"not so: {words_of(each)}" if each.negated else words_of(each)]
    if holder := holder_of(each):
        marks.append(f"[of {holder}]")
    if each.target:
        marks.append(f"[to {each.target}]")
    if each.conditions:
        marks.append(f"[on condition of {', '.join(each.conditions)}]")
    if explain:
        marks.append(f"[{each.part_of or 'the article itself'}: {each.why or 'no reason given'}]")
    return "\n".join(marks)


def _attributions(done: ReadArticle, *, explain: bool) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    for heading in ("Source", "Cue"):
        table.add_column(heading, ratio=1, overflow="fold")
    table.add_column("Content", ratio=3, overflow="fold")
    table.add_column("Sure", no_wrap=True, justify="right")
    head = done.reading.article
    for each in done.reading.attributions:
        source, cue = ("" if span is None else " ".join(head.words(span).split()) for span in (each.source, each.cue))
        content = " … ".join(" ".join(head.words(span).split()) for span in each.content)
        reason = f"\n[{each.why}]" if explain and each.why else ""
        table.add_row(source, cue, content + reason, f"{100 * each.confidence:.0f} %")
    return table


def _counts(heading: str, counts: Counter[str], *, most: int) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(heading, overflow="fold")
    table.add_column("Count", justify="right")
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:most]:
        table.add_row(name, f"{count:,}")
    return table
