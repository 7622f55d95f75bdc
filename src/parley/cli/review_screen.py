"""What the reviewer sees: progress, the sentence in its context, the claim, and the keys. `show` is the main name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from parley.cli.claims import point

if TYPE_CHECKING:
    from parley.coding.review import Item
    from parley.domain.coding import Coding
    from parley.reviewing import ReviewSession

__all__ = ["context", "screen", "show"]

AROUND = 280
"""As many characters before and after the words are shown, at most."""
HELP = (
    "a accept  r reject  k kind  p party  i issue  o point  w words  s split  [ ] move the first word, { } the last",
    "n next  b back  g go to  u undo  U redo  c reason  q quit",
)
MARKS = {"open": ("open", "yellow"), "accepted": ("accepted", "green"), "rejected": ("rejected", "red")}


def show(session: ReviewSession, at: int, message: str) -> None:
    """Clear the terminal and show a claim."""
    console = Console(highlight=False)
    console.clear()
    console.print(screen(session, at, message))


def screen(session: ReviewSession, at: int, message: str) -> Group:
    """The claim at a place, ready to be printed.

    Parameters
    ----------
    session : the review
    at : number of the claim, from 0
    message : what happened last
    """
    items = session.review.state.items
    item = items[at]
    decided = sum(each.status != "open" for each in items)
    head = Text.assemble(
        (f"Claim {at + 1}/{len(items)}", "bold"), f"   {decided} decided, {len(items) - decided} open", style="default"
    )
    if session.by:
        head.append(f"   reviewer: {session.by}", style="dim")
    source = item.coding.source
    title = " · ".join(part for part in (source.outlet, source.title, str(source.date or "no date")) if part)
    return Group(
        head,
        Panel(context(session, item.coding), title=Text(title), title_align="left", border_style="dim"),
        _fields(session, item),
        Text(message, style="bold") if message else Text(""),
        *(Text(line, style="dim") for line in HELP),
    )


def context(session: ReviewSession, coding: Coding) -> Text:
    """The paragraph around the words, with these marked; the words alone where the article is not there."""
    article = session.article(coding)
    if article is None:
        return Text(coding.text, style="bold reverse")
    first, last = coding.spans[0].start, coding.spans[-1].end
    start = max(article.text.rfind("\n\n", 0, first) + 2 if "\n\n" in article.text[:first] else 0, first - AROUND)
    end = article.text.find("\n\n", last)
    end = min(len(article.text) if end < 0 else end, last + AROUND)
    shown = Text(article.text[start:end])
    for span in coding.spans:
        shown.stylize("bold reverse", span.start - start, span.end - start)
    plain = shown.plain
    for place in [at for at, mark in enumerate(plain) if mark in "\r\n\t"][::-1]:
        shown = Text.assemble(shown[:place], " ", shown[place + 1 :])
    return shown


def _fields(session: ReviewSession, item: Item) -> Table:
    coding = item.coding
    word, style = MARKS[item.status]
    said = coding.speaker if coding.speaker == coding.holder else f"{coding.speaker}, of {coding.holder}"
    issue = "none" if coding.issue is None else _issue(session, coding)
    rows = [
        (
            "State",
            Text(word + (f" by {item.by}" if item.by else "") + (f": {item.because}" if item.because else ""), style),
        ),
        ("Said by", Text(said)),
        ("Party", Text(f"{coding.party or 'none'} ({_voice(coding)})")),
        ("Kind", Text(coding.kind)),
        ("Issue", Text(issue)),
        ("Point", Text(_point(session, coding))),
        ("Why", Text(coding.why)),
    ]
    if coding.also_on or coding.suggested:
        more = [
            *(f"{name} (touched)" for name in coding.also_on),
            *(f"{name} (sounds alike)" for name in coding.suggested),
        ]
        rows.append(("Perhaps", Text(", ".join(more))))
    if coding.conditions:
        rows.append(("Only if", Text(", ".join(coding.conditions))))
    if coding.also_in:
        rows.append(("Also in", Text(", ".join(each.outlet or each.doc for each in coding.also_in))))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", min_width=7)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(name, value)
    return table


def _voice(coding: Coding) -> str:
    return {
        "own": "its own words",
        "reported": "a move that the article reports",
        "other": "somebody else's words: they move no position",
    }[coding.voice]


def _issue(session: ReviewSession, coding: Coding) -> str:
    assert coding.issue is not None
    return f"{coding.issue}: {session.codebook.issue(coding.issue).question}"


def _point(session: ReviewSession, coding: Coding) -> str:
    if coding.issue is None or coding.position is None:
        return "none"
    scale = session.codebook.issue(coding.issue).scale
    near = scale.words_at(coding.position.mode)
    unit = f" {scale.unit}" if scale.unit else ""
    return f"{point(coding, session.codebook)}{unit}" + (f", nearest to “{near}”" if near else "")
