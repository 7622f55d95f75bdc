"""A briefing in the terminal: `to_terminal`."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from parley.briefing.words import in_sentence
from parley.domain.briefing import Block, Briefing, Chart, Items, Paragraph, Piece, Table

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["print_blocks", "to_terminal"]

MEASURE = 78
"""Longest line of running text, in characters."""

BAR = 24
GAP = 2
STRIP_KEY = (
    "Each line runs from the lower end of the issue's scale to the upper: ● the middle draw, ━ eight of ten draws, ░ "
    "what may come out, ┊ the compromise mean."
)

TALLEST = 6
"""A table with a cell of more lines than this is printed as records."""

STYLES = {"lead": "bold", "caution": "italic", "plain": ""}


def to_terminal(briefing: Briefing, console: Console) -> None:
    """Print a briefing.

    Text is set in lines of 78 characters at most; tables that do not fit are printed as records, one line a cell.
    The console
    decides on colour (it honours `NO_COLOR`); nothing here depends on it.

    Parameters
    ----------
    briefing : the briefing
    console : where to print
    """
    width = min(MEASURE, console.width)
    _print(console, briefing.title, width, style="bold")
    _print(console, briefing.question, width)
    day = f"{briefing.as_of.day} {briefing.as_of:%B %Y}"
    runs = f"{briefing.draws:,} draws, seed {briefing.seed}" if briefing.draws else "the most plausible numbers only"
    asked = f"Asked for {in_sentence(briefing.asked_by)}. As of {day}."
    _print(console, f"{asked} Parley {briefing.version}, {runs}.", width, style="dim")
    for section in briefing.sections:
        console.print()
        _print(console, section.title, width, style="bold underline")
        print_blocks(section.blocks, console)


def print_blocks(blocks: Iterable[Block], console: Console) -> None:
    """Print some blocks, an empty line before each; see `to_terminal`."""
    for block in blocks:
        console.print()
        _block(console, block, min(MEASURE, console.width))


def _print(console: Console, text: str | Text, width: int, *, style: str = "", indent: int = 0) -> None:
    """Print text as it is, markup and emoji codes included, wrapped at words."""
    from rich.padding import Padding
    from rich.text import Text

    shown = Text(text, style=style) if isinstance(text, str) else text
    console.print(Padding(shown, (0, 0, 0, indent)), width=width, highlight=False)


def _text(run: Iterable[Piece], *, style: str = "") -> Text:
    from rich.text import Text

    result = Text(style=style)
    for piece in run:
        result.append(piece.text, style="bold" if piece.strong else None)
        if piece.cites:
            result.append(f" [{', '.join(piece.cites)}]", style="dim")
    return result


def _block(console: Console, block: Block, width: int) -> None:
    match block:
        case Paragraph(pieces=pieces, tone=tone):
            _print(console, _text(pieces, style=STYLES.get(tone, "")), width)
        case Items(items=items, ordered=ordered):
            for number, item in enumerate(items, start=1):
                _item(console, f"{number}. " if ordered else "• ", item, width)
        case Table():
            _table(console, block, width)
        case Chart():
            _chart(console, block, width)


def _item(console: Console, mark: str, item: Iterable[Piece], width: int) -> None:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid.grid(padding=0)
    grid.add_column(width=max(3, len(mark)), no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_row(Text(mark), _text(item))
    console.print(grid, width=width, highlight=False)


def _table(console: Console, table: Table, width: int) -> None:
    _print(console, table.caption, width, style="italic")
    columns = _columns(table)
    widths = _widths(columns, width - GAP * (len(columns) - 1))
    if widths and _tallest(columns, widths) <= TALLEST:
        _grid(console, table, widths)
    else:
        _records(console, table, width)


def _columns(table: Table) -> list[list[str]]:
    """The text of each column, its heading first."""
    rows = [list(table.columns), *[[_text(cell).plain for cell in row] for row in table.rows]]
    return [[row[index] for row in rows] for index in range(len(table.columns))]


def _widths(columns: list[list[str]], room: int) -> list[int]:
    """Share out a line: each column gets its longest word, the rest goes where text waits; empty if it cannot be."""
    least = [max(len(word) for text in column for word in [*text.split(), ""]) for column in columns]
    natural = [max(len(text) for text in column) for column in columns]
    free = room - sum(least)
    if free < 0:
        return []
    wanted = [long - short for long, short in zip(natural, least, strict=True)]
    if sum(wanted) <= free:
        return natural
    return [short + free * want // sum(wanted) for short, want in zip(least, wanted, strict=True)]


def _tallest(columns: list[list[str]], widths: list[int]) -> int:
    """How many lines the tallest cell takes when it is wrapped at words."""
    sized = zip(columns, widths, strict=True)
    return max(len(textwrap.wrap(text, max(1, room))) for column, room in sized for text in column)


def _grid(console: Console, table: Table, widths: list[int]) -> None:
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
    for index, (heading, width) in enumerate(zip(table.columns, widths, strict=True)):
        justify: Literal["left", "right"] = "right" if index in table.numeric else "left"
        grid.add_column(Text(heading), justify=justify, overflow="fold", width=width)
    above = ""
    for row in table.rows:
        cells = [_text(cell) for cell in row]
        named = cells[0].plain
        grid.add_row(*([Text(), *cells[1:]] if named == above else cells))
        above = named
    console.print(grid, highlight=False)


def _records(console: Console, table: Table, width: int) -> None:
    from rich.text import Text

    for row in table.rows:
        _print(console, _text(row[0], style="bold"), width)
        for heading, cell in zip(table.columns[1:], row[1:], strict=True):
            _print(console, Text.assemble((f"{heading}: ", "dim"), _text(cell)), width, indent=2)


def _chart(console: Console, chart: Chart, width: int) -> None:
    _print(console, chart.title, width, style="bold")
    _print(console, chart.subtitle, width, style="dim")
    if chart.kind == "settlements":
        _strips(console, chart.data, width)
        return
    bars = BARS.get(chart.kind)
    if bars is not None:
        for name, share in bars(chart.data):
            _bar(console, name, share, width)
    _table(console, chart.table, width)


def _strips(console: Console, data: Mapping[str, Any], width: int) -> None:
    """Draw where each engine sees each issue settle as lines of text: as many numbers would be pages of them."""
    label = min(36, width // 2 - 2)
    room = width - label - 2
    outlooks = {each["issue"]: each for each in data.get("outlooks", ())}
    for issue in data["issues"]:
        rows = [row for row in data["rows"] if row["issue"] == issue["id"]]
        if rows:
            _print(console, str(issue["name"]), width, style="bold")
            for row in rows:
                name = textwrap.shorten(str(row["engine_name"]), label, placeholder="…")
                _print(console, f"{name:<{label}}  {_strip(row, outlooks.get(issue['id'], {}), room)}", width)
    _print(console, STRIP_KEY, width, style="dim")


def _strip(row: Mapping[str, Any], outlook: Mapping[str, Any], room: int) -> str:
    """One line from 0 to 100: the range of the draws and their middle, over what may come out."""

    def at(point: float) -> int:
        return round(min(100.0, max(0.0, float(point))) / 100 * (room - 1))

    cells = ["·"] * room
    if outlook.get("low") is not None:
        for place in range(at(outlook["low"]), at(outlook["high"]) + 1):
            cells[place] = "░"
    if outlook.get("mean") is not None:
        cells[at(outlook["mean"])] = "┊"
    for place in range(at(row["q10"]), at(row["q90"]) + 1):
        cells[place] = "━"
    cells[at(row["q50"])] = "●"
    return "".join(cells)


def _bar(console: Console, name: str, share: float, width: int) -> None:
    from rich.text import Text

    label = name if len(name) <= width - BAR - 2 else f"{name[: width - BAR - 3]}…"
    full = round(BAR * min(1.0, abs(share)))
    _print(console, Text(f"{label:<{width - BAR - 2}}  {'█' * full}{'·' * (BAR - full)}"), width)


def _agreement(data: Mapping[str, Any]) -> list[tuple[str, float]]:
    return [(str(row["engine_name"]), float(row["mean"])) for row in data["rows"]]


def _sensitivity(data: Mapping[str, Any]) -> list[tuple[str, float]]:
    return [(str(row["name"]), float(row["rho"])) for row in data["rows"]]


BARS: Mapping[str, Callable[[Mapping[str, Any]], list[tuple[str, float]]]] = {
    "agreement": _agreement,
    "sensitivity": _sensitivity,
}
"""Charts whose numbers 0..1 are drawn as bars of text above their table."""
