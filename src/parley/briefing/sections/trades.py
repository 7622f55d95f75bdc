"""What parties would trade between issues, and what that does to everybody else. `trades` is the main name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.prose import Cells, Run, joined, paragraph, plain, table, write
from parley.briefing.sections.weights import party_data
from parley.domain.briefing import Block, Chart, Piece

__all__ = ["trades"]

DRAWN = 4
"""As many trades stand in the picture: those with the largest gain."""

LISTED = 10
"""As many stand in the table."""

Trade = Mapping[str, Any]
SIDES = ("supplier", "demander")


def trades(desk: Desk) -> list[Block]:
    """Draw the trades of each engine that finds any."""
    blocks: list[Block] = []
    for engine, detail in desk.details.items():
        if "exchanges" not in detail:
            continue
        found = sorted(detail["exchanges"], key=lambda each: -float(each["gain"]))
        if found:
            blocks.append(_chart(desk, engine, found))
        else:
            text = "By {engine} no two parties would gain by trading one issue for another."
            blocks.append(paragraph(write(text, engine=desk.mention(engine))))
    return blocks


def _chart(desk: Desk, engine: str, found: Sequence[Trade]) -> Chart:
    shown, basis = found[:DRAWN], desk.result(engine, "exchanges")
    title = _title(desk, found[0])
    left_out = len(found) - len(shown)
    only = "; the trades with the largest gain" if left_out else ""
    lines = [_line(desk, basis, each) for each in found[:LISTED]]
    columns = ("Trade", "Gives", "Gets", "Gain of each", "What it does to others")
    caption = f"Trades by {desk.mention(engine)}, and what they do to others, in points of a hundred of an issue times"
    return Chart(
        id=f"trades-{engine}",
        title=title,
        subtitle=f"Two parties that each give way where they care less, by {desk.mention(engine)}, and what every "
        f"party gains or loses by it: points of a hundred of an issue, times how much the party cares{only}",
        kind="trades",
        data={"parties": party_data(desk), "rows": [_row(desk, each) for each in shown]},
        alt=f"For each trade two moves along the scales of two issues, then a bar for each party. {title}.",
        table=table(f"{caption} how much a party cares", columns, lines),
    )


def _title(desk: Desk, trade: Trade) -> str:
    first, second = (trade[side] for side in SIDES)
    names = [desk.scenario.issue(side["issue"]).name for side in (first, second)]
    who = words.capital(desk.named(first["party"]))
    return f"{who} could give way on {names[0]}, and {desk.named(second['party'])} on {names[1]}"


def _row(desk: Desk, trade: Trade) -> dict[str, object]:
    moves = []
    for side in (trade[each] for each in SIDES):
        issue = desk.scenario.issue(side["issue"])
        ends = {"from": float(side["from"]), "to": float(side["to"])}
        said = f"from {units.rounded(issue, ends['from'])} to {units.rounded(issue, ends['to'])}"
        moves.append({"party": side["party"], "issue_name": issue.name, **ends, "said": said})
    names = [desk.party(move["party"]) for move in moves]
    effects = [
        {"party": party, "value": value, "shown": _signed(value), "said": f"{desk.party(party)}: {_signed(value)}"}
        for party, value in _effects(trade)
    ]
    return {"name": f"{names[0]} with {names[1]}", "moves": moves, "effects": effects}


def _effects(trade: Trade) -> list[tuple[str, float]]:
    """What each party gains by a trade, the two that trade first, then the others from the largest gain down."""
    gain = float(trade["gain"])
    both = [(str(trade[side]["party"]), gain) for side in SIDES]
    traders = {party for party, _ in both}
    others = [(str(party), float(value)) for party, value in trade["externalities"].items() if party not in traders]
    return [*both, *sorted((each for each in others if abs(each[1]) > 1e-9), key=lambda each: -each[1])]


def _signed(value: float) -> str:
    text = words.number(abs(value), 0.1 if abs(value) < 10 else 1.0)
    return "0" if text == "0" else f"{'+' if value > 0 else '−'}{text}"


def _line(desk: Desk, basis: str, trade: Trade) -> Cells:
    first, second = (trade[side] for side in SIDES)
    name = f"{desk.party(first['party'])} with {desk.party(second['party'])}"
    effects = [
        write("{party} {value}", party=desk.party(party), value=Piece(text=_signed(value), basis=basis))
        for party, value in _effects(trade)[2:]
    ]
    others = joined(effects, last=", ") if effects else plain("nothing")
    gain = Piece(text=_signed(float(trade["gain"])), basis=basis)
    return name, _moved(desk, basis, first), _moved(desk, basis, second), gain, others


def _moved(desk: Desk, basis: str, side: Mapping[str, Any]) -> Run:
    issue = desk.scenario.issue(side["issue"])
    ends = [Piece(text=units.rounded(issue, float(side[name])), basis=basis) for name in ("from", "to")]
    return write("{issue}: {start} to {end}", issue=issue.name, start=ends[0], end=ends[1])
