"""What happens from round to round: who moves, why, who pulls whom, and where no rest is found. `rounds`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.prose import Cells, Run, caution, joined, table, write
from parley.briefing.sections.wants import issue_data
from parley.briefing.sections.weights import party_data
from parley.domain.briefing import Block, Chart, Piece
from parley.domain.issue import Issue

__all__ = ["rounds"]

DRAWN = 3
"""As many issues stand in the picture of an engine: those on which a party moves furthest."""

STIRS = 1.0
"""Parties that move by less than this, 0..100, stand still."""

MOST_ROUNDS = 30
"""As many rounds are drawn at most; of more, some evenly chosen ones."""

FEWEST = 3
"""With fewer parties than this there is nothing to learn from who would challenge whom."""

Detail = Mapping[str, Any]


def rounds(desk: Desk) -> list[Block]:
    """Draw, for each engine that plays in rounds, who moves; then who would win by challenging whom."""
    blocks: list[Block] = []
    for engine, detail in desk.details.items():
        if len(detail.get("rounds", ())) > 1:
            blocks += [*_chart(desk, engine, detail), *_cycles(desk, engine, detail)]
        if detail.get("challenges") and len(desk.scenario.parties) >= FEWEST:
            blocks += _challenges(desk, engine, detail)
    return blocks


def _chart(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    issues = sorted(desk.scenario.issues, key=lambda issue: -max(_strides(detail, issue).values(), default=0.0))
    moved = [issue for issue in issues if max(_strides(detail, issue).values(), default=0.0) >= STIRS]
    if not moved:
        text = "By {engine} no party moves on any issue by as much as a hundredth of its scale."
        return [caution(write(text, engine=desk.mention(engine)))]
    shown = [issue for issue in desk.scenario.issues if issue in moved[:DRAWN]]
    title = _title(desk, engine, detail)
    rest = [issue.name for issue in desk.scenario.issues if issue in moved[DRAWN:]]
    only = f"; parties also move on {words.listed(rest)}" if rest else ""
    lines = [line for issue in shown for line in _lines(desk, engine, detail, issue)]
    columns = ("Issue", "Party", "From", "To", "Why it moved furthest")
    return [
        Chart(
            id=f"rounds-{engine}",
            title=title,
            subtitle=f"Where each party stands after each round by {desk.mention(engine)}, on the issues with the "
            f"largest moves, at the most plausible numbers{only}",
            kind="rounds",
            data={"parties": party_data(desk), "rows": [_row(desk, detail, issue) for issue in shown]},
            alt=f"One plot for each issue, one line for each party, from the first round to the last. {title}.",
            table=table(f"Who moves on these issues by {desk.mention(engine)}, and why", columns, lines),
        )
    ]


def _path(detail: Detail, issue: Issue, party: str) -> list[float]:
    """Where a party stands on an issue in each round, 0..100; empty where it takes no position."""
    found = [each["positions"].get(issue.id, {}).get(party) for each in detail["rounds"]]
    return [float(each) for each in found if each is not None]


def _strides(detail: Detail, issue: Issue) -> dict[str, float]:
    """How far each party strays from where it began, 0..100."""
    paths = {party: _path(detail, issue, party) for party in detail["rounds"][0]["positions"].get(issue.id, {})}
    return {party: max(abs(point - path[0]) for point in path) for party, path in paths.items() if path}


def _title(desk: Desk, engine: str, detail: Detail) -> str:
    """Name who gives way most over all issues."""
    total: Counter[str] = Counter()
    for issue in desk.scenario.issues:
        for party in _strides(detail, issue):
            path = _path(detail, issue, party)
            total[party] += abs(path[-1] - path[0])  # type: ignore[assignment]
    party, size = total.most_common(1)[0]
    if size < STIRS:
        return f"By {desk.mention(engine)} the parties move, and end where they began"
    return f"By {desk.mention(engine)}, {desk.named(party)} gives way furthest"


def _row(desk: Desk, detail: Detail, issue: Issue) -> dict[str, object]:
    """What the picture needs for one issue, of at most so many rounds."""
    told = detail["rounds"]
    step = max(1, -(-(len(told) - 1) // MOST_ROUNDS))
    chosen = [*told[:-1:step], told[-1]]
    lines = []
    for party in desk.scenario.party_ids:
        path = _path(detail, issue, party)
        if path:
            points = [_plain(each["positions"].get(issue.id, {}).get(party)) for each in chosen]
            said = f"from {units.rounded(issue, path[0])} to {units.rounded(issue, path[-1])}"
            lines.append({"party": party, "points": points, "said": said})
    middles = {name: [_plain(each.get(name, {}).get(issue.id)) for each in chosen] for name in ("median", "mean")}
    return {"issue": issue_data(issue), "rounds": [each["round"] for each in chosen], "lines": lines, **middles}


def _plain(value: float | None) -> float | None:
    return None if value is None else float(value)


def _lines(desk: Desk, engine: str, detail: Detail, issue: Issue) -> list[Cells]:
    """Who moved on an issue: from where, to where, and the reason for the largest move."""
    basis = desk.result(engine, "rounds")
    lines: list[Cells] = []
    strides = _strides(detail, issue)
    for party in (each for each in desk.scenario.party_ids if strides.get(each, 0.0) >= STIRS):
        path = _path(detail, issue, party)
        start = Piece(text=units.rounded(issue, path[0]), basis=basis)
        why = _why(desk, basis, detail, (issue.id, party))
        lines.append((issue.name, desk.party(party), start, _end(issue, path, basis), why))
    return lines


def _end(issue: Issue, path: Sequence[float], basis: str) -> Run:
    """Where a path ends, and how far it strayed on the way if that was further from its start."""
    end = Piece(text=units.rounded(issue, path[-1]), basis=basis)
    furthest = max(path, key=lambda point: abs(point - path[0]))
    if abs(furthest - path[0]) < abs(path[-1] - path[0]) + STIRS:
        return (end,)
    strayed = Piece(text=units.rounded(issue, furthest), basis=basis)
    return write("{end}, after going as far as {strayed}", end=end, strayed=strayed)


def _why(desk: Desk, basis: str, detail: Detail, who: tuple[str, str]) -> Run:
    """The reason that the engine gives for a party's largest move on an issue."""
    moves = [each for each in detail.get("moves", ()) if (each["issue"], each["who"]) == who]
    if not moves:
        return (Piece(text="–"),)
    move = max(moves, key=lambda each: abs(each["to"] - each["from"]))
    why = str(move["why"]).strip()
    for party in {move["who"], move.get("to_whom")} & set(desk.scenario.party_ids):
        why = re.sub(rf"\b{re.escape(party)}\b", desk.named(party), why)
    reason = Piece(text=words.capital(why), basis=basis if re.search(r"\d", why) else None)
    number = Piece(text=f"Round {move['round']}", basis=basis)
    towards = move.get("to_whom")
    whom = f", towards {desk.named(towards)}" if towards in desk.scenario.party_ids else ""
    return write("{round}{whom}: {reason}", round=number, whom=whom, reason=reason)


def _cycles(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    """Say plainly where the positions go round and round."""
    found = {issue.name: each for issue in desk.scenario.issues if (each := detail.get("cycle", {}).get(issue.id))}
    if not found:
        return []
    lengths = [int(each["length"]) for each in found.values()]
    low, high = words.count(min(lengths)), words.count(max(lengths))
    every = low if low == high else f"{low} to {high}"
    text = (
        "On {issues} {engine} does not come to rest: the same positions come back every {every} rounds. Where it "
        "settles there depends on when one stops counting, so its number on {these} says little."
    )
    these = "this issue" if len(found) == 1 else "these issues"
    names = words.listed(list(found))
    return [caution(write(text, issues=names, engine=desk.mention(engine), every=every, these=these))]


def _challenges(desk: Desk, engine: str, detail: Detail) -> list[Block]:
    """Draw on how many issues each party would win by challenging each other one."""
    wins, loses = _outcomes(detail["challenges"])
    first = min(int(each["round"]) for each in detail["challenges"])
    total = {party: sum(wins[party, other] for other in desk.scenario.party_ids) for party in desk.scenario.party_ids}
    if not any(total.values()):
        text = "By {engine} no party would win by challenging another in round {round}."
        number = Piece(text=f"{first}", basis=desk.result(engine, "challenges"))
        return [caution(write(text, engine=desk.mention(engine), round=number))]
    order = sorted(desk.scenario.party_ids, key=lambda party: -total[party])
    title = f"{words.capital(desk.named(order[0]))} would win most challenges, by {desk.mention(engine)}"
    parties = {each["id"]: each for each in party_data(desk)}
    rows = [_pair(desk, each, (wins, loses)) for each in sorted({*wins, *loses})]
    columns = ("Challenger", "Would win against", "Would challenge in vain")
    lines = [_challenger(desk, engine, each, (wins, loses)) for each in order]
    caption = "Who would win by challenging whom, with the number of issues"
    return [
        Chart(
            id=f"challenges-{engine}",
            title=title,
            subtitle="On how many issues the party of a row would win by challenging that of a column, before anybody "
            "has moved; a ring: it would challenge and not win; empty: neither presses the other",
            kind="challenges",
            data={"parties": [parties[each] for each in order], "rows": rows},
            alt=f"A grid with a row for each challenger and a column for each party challenged. {title}.",
            table=table(caption, columns, lines),
        )
    ]


Pairs = Counter[tuple[str, str]]


def _outcomes(challenges: Sequence[Mapping[str, Any]]) -> tuple[Pairs, Pairs]:
    """On how many issues each party would win against each other one, and on how many it would press in vain."""
    wins: Pairs = Counter()
    loses: Pairs = Counter()
    start = min(int(each["round"]) for each in challenges)
    for each in challenges:
        pair = str(each["challenger"]), str(each["challenged"])
        if int(each["round"]) != start:
            continue
        if each["result"] == "wins":
            wins[pair] += 1
        elif float(each["expected_challenger"]) > 0:
            loses[pair] += 1
    return wins, loses


def _pair(desk: Desk, pair: tuple[str, str], outcomes: tuple[Pairs, Pairs]) -> dict[str, object]:
    wins, loses = (each[pair] for each in outcomes)
    said = f"{desk.party(pair[0])} against {desk.party(pair[1])}: wins on {wins}, in vain on {loses}"
    return {"challenger": pair[0], "challenged": pair[1], "wins": wins, "loses": loses, "said": said}


def _challenger(desk: Desk, engine: str, party: str, outcomes: tuple[Pairs, Pairs]) -> Cells:
    basis = desk.result(engine, "challenges")
    cells: list[Run] = []
    for counts in outcomes:
        held = [(other, counts[party, other]) for other in desk.scenario.party_ids if counts[party, other]]
        named = [
            write("{party} ({count})", party=desk.party(other), count=Piece(text=f"{count}", basis=basis))
            for other, count in sorted(held, key=lambda each: -each[1])
        ]
        cells.append(joined(named, last=", ") if named else (Piece(text="–"),))
    return desk.party(party), cells[0], cells[1]
