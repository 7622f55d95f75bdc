"""How the talks would run turn by turn: a few typical paths, drawn and told. `talks` is the main name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing import words
from parley.briefing.answers import answers_in_words
from parley.briefing.desk import Desk
from parley.briefing.prose import Cells, Run, caution, items, paragraph, plain, strong, table, write
from parley.briefing.sections.weights import party_data
from parley.briefing.talk_lines import Line, ending, lines, manner, rungs_left_out
from parley.briefing.worths import Worths
from parley.domain.briefing import Block, Chart, Piece

__all__ = ["talks"]

DRAWN = 3
"""As many typical paths are drawn: those that stand for most talks."""

TOLD = 2
"""As many of them are told line by line."""

NUMBER = re.compile(r"[+−-]?\d[\d.,]*%?")

Detail = Mapping[str, Any]


def talks(desk: Desk) -> list[Block]:
    """Draw how far each party comes, and tell each typical path, for each engine that tells them."""
    blocks: list[Block] = []
    for engine, detail in desk.details.items():
        if detail.get("paths"):
            blocks += [_summary(desk, engine, detail), _chart(desk, engine, detail)]
            blocks += _stories(desk, engine, detail)
            blocks += _answers(desk, engine, detail)
            blocks.append(_unsaid(desk, engine, detail))
    return blocks


def _summary(desk: Desk, engine: str, detail: Detail) -> Block:
    """Say how many of the talks the told paths stand for, and how all of them end over the draws."""
    basis = desk.result(engine, "paths")
    shown = detail["paths"][:DRAWN]
    covered = Piece(text=words.percentage(sum(path["weight"] for path in shown)), basis=basis)
    number = words.count(len(shown))
    many = "typical paths stand" if len(shown) > 1 else "typical path stands"
    first = write(
        "{engine} holds the talks again and again, each time with other tactics among those that the scenario believes "
        f"in. At the most plausible numbers, {number} {many} for {{covered}} of them.",
        engine=words.capital(desk.mention(engine)),
        covered=covered,
    )
    return paragraph(first, *([] if detail["zone_open"] else [_no_room(desk, engine)]))


def _no_room(desk: Desk, engine: str) -> Run:
    spread = desk.spread(engine, "zone_open")
    text = "At these numbers no package lies within the red lines of all who must sign"
    if spread is None:
        return plain(f"{text}.")
    share = Piece(text=words.percentage(spread.mean), basis=desk.result(engine, "agreement"))
    return write(f"{text}; in {{share}} of draws one does.", share=share)


def _chart(desk: Desk, engine: str, detail: Detail) -> Chart:
    basis = desk.result(engine, "paths")
    shown = detail["paths"][:DRAWN]
    signing = [party for party, each in detail["parties"].items() if each["signs"]]
    title = _title(desk, shown)
    rows = [cells for number, path in enumerate(shown, start=1) for cells in _numbers(desk, basis, (number, path))]
    columns = ("Path", "Party", "First offer", "Last offer", "No agreement", "How it negotiates")
    return Chart(
        id=f"talks-{engine}",
        title=title,
        subtitle=f"What each party's last offer is worth to it, {_from_to(desk)}, by {desk.mention(engine)}, step by "
        "step; a line that falls is a concession",
        kind="concessions",
        data={
            "parties": [each for each in party_data(desk) if each["id"] in signing],
            "rows": [_row(desk, path, number) for number, path in enumerate(shown, start=1)],
        },
        alt=f"A plot for each typical path, a line for each party that must sign, lower as it gives way. {title}.",
        table=table("What offers are worth to those who make them", columns, rows),
    )


def _from_to(desk: Desk) -> str:
    if Worths(desk.scenario).payoffs:
        return "from 0, its worst package, to 1, its best"
    return "from 0 to 1"


def _shares(desk: Desk, party: str, values: Sequence[float | None]) -> list[float | None]:
    """Worths as the picture shows them."""
    worths = Worths(desk.scenario)
    return [None if each is None else worths.share(party, each) for each in values]


def _title(desk: Desk, shown: list[Detail]) -> str:
    """Name who comes furthest on the path that stands for most talks, or that nobody moves."""
    come = {}
    for party, asked in shown[0]["asks"].items():
        named = [each for each in _shares(desk, party, asked["named"]) if each is not None]
        come[party] = named[0] - named[-1] if named else 0.0
    most = max(come, key=lambda party: come[party])
    if come[most] < 0.01:
        return "On the most typical path nobody gives way"
    end = "they agree" if shown[0]["ends"] == "agreement" else "there is no agreement"
    return f"On the most typical path {desk.named(most)} gives way furthest, and {end}"


def _row(desk: Desk, path: Detail, number: int) -> dict[str, object]:
    worth = path["worth"] or {}
    made = [
        {
            "party": party,
            "named": _shares(desk, party, asked["named"]),
            "no_agreement": _shares(desk, party, asked["no_agreement"]),
            "agreed": _shares(desk, party, [worth.get(party)])[0],
            "said": f"{desk.party(party)} {manner(path, party)}",
        }
        for party, asked in path["asks"].items()
    ]
    how = "; ".join(f"{desk.party(party)} {manner(path, party)}" for party in path["ploys"] if manner(path, party))
    return {
        "name": f"Path {number}: {words.percentage(path['weight'])} of talks",
        "ends": f"{ending(path)}. {how}.",
        "last": path["step"],
        "steps": _steps(desk),
        "lines": made,
    }


def _steps(desk: Desk) -> int:
    return desk.scenario.clock.horizon if desk.scenario.clock else 1


def _numbers(desk: Desk, basis: str, of: tuple[int, Detail]) -> list[Cells]:
    number, path = of
    rows: list[Cells] = []
    for party, asked in path["asks"].items():
        named = [each for each in asked["named"] if each is not None]
        without = asked["no_agreement"][-1] if asked["no_agreement"] else None
        values = (named[0] if named else None, named[-1] if named else None, without)
        shown = ["none" if each is None else Piece(text=f"{each:,.2f}", basis=basis) for each in values]
        rows.append((Piece(text=f"{number}", basis=basis), desk.party(party), *shown, manner(path, party)))
    return rows


def _stories(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    """Tell the paths that stand for most talks, line by line."""
    basis = desk.result(engine, "paths")
    blocks: list[Block] = []
    for number, path in enumerate(detail["paths"][:TOLD], start=1):
        share = Piece(text=words.percentage(path["weight"]), basis=basis)
        head = write(
            "{path}, which stands for {share} of talks.",
            path=Piece(text=f"Path {number}", basis=basis, strong=True),
            share=share,
        )
        blocks.append(paragraph(head))
        blocks += items(_line(desk, basis, line) for line in lines(desk.scenario, path))
    return blocks


def _answers(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    """Tell how the asking party's options and the others' paces answer each other."""
    if detail.get("game") is None:
        return []
    basis = desk.result(engine, "paths")
    text = "If each chooses how to talk by what serves it, and the others answer, at the most plausible numbers:"
    told = [line.strip() for line in answers_in_words(desk.scenario, {**detail["game"]})]
    return [paragraph(plain(text)), *items(_with_basis(line, basis) for line in told)]


def _line(desk: Desk, basis: str, line: Line) -> Run:
    when = f"Step {line.when}" if "-" not in line.when else f"Steps {line.when}"
    who = f", {desk.named(line.party)}. " if line.party else ". "
    return (*_with_basis(when, basis), *strong(who), *_with_basis(f"{line.text}.", basis))


def _with_basis(text: str, basis: str) -> Run:
    """A text in which each number knows what it rests on."""
    result: list[Piece] = []
    end = 0
    for found in NUMBER.finditer(text):
        number = found.group().rstrip(".,")
        result += plain(text[end : found.start()])
        result.append(Piece(text=number, basis=basis))
        end = found.start() + len(number)
    return (*result, *plain(text[end:]))


def _unsaid(desk: Desk, engine: str, detail: Detail) -> Block:
    text = (
        "This is how talks run if everybody keeps its tactic, by {engine}: nobody in it answers another's tactic, and "
        "how stalling, tempting, pressing, threatening and leaving work are rules of Parley's own."
    )
    left_out = rungs_left_out(desk.scenario, detail)
    return caution(write(text, engine=desk.mention(engine)), *([plain(left_out)] if left_out else []))
