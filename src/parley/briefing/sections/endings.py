"""How the war ends where truces can be broken, by approach, beside the scenario's own ladder. `ends`, `verdict`."""

from __future__ import annotations

from collections.abc import Mapping

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.prose import Cells, Run, caution, items, joined, paragraph, plain, strong, table, write
from parley.briefing.war_words import ENDINGS, MEANINGS
from parley.domain.briefing import Block, Piece
from parley.domain.comparison import EngineSummary

__all__ = ["ends", "verdict"]

ENGINE = "war_bargaining"


def ends(desk: Desk) -> list[Block]:
    """Say how the war ends by the model in which truces can be broken; nothing where it does not say."""
    if not _told(desk):
        return []
    return [
        paragraph(strong("How would it end?"), _explained(desk)),
        *items(write("{name}: {meaning}.", name=strong(ENDINGS[each]), meaning=MEANINGS[each]) for each in ENDINGS),
        table(
            "Chance of each end, by approach; in brackets the change beside no change, in points",
            ("Approach", *ENDINGS.values()),
            _rows(desk),
            numeric=(1, 2, 3, 4),
        ),
        *([paragraph(*ladder)] if (ladder := _ladder(desk)) else []),
        caution(*_limits(desk)),
    ]


def verdict(desk: Desk) -> Run:
    """Say in one sentence how the war ends without any approach, for the bottom line; nothing where no engine says."""
    told = _told(desk)
    if not told:
        return ()
    basis = desk.result(ENGINE, "endings")
    chances = [
        write("{name} {chance}", name=ENDINGS[each].lower(), chance=desk.share(told[each], basis)) for each in ENDINGS
    ]
    return write(
        "In {engine}, where a truce can be broken and a bare standstill can be signed too, it ends within {horizon} "
        "like this: {chances}. It takes it that both stop where that pays, so trust the order more than the level.",
        engine=desk.mention(ENGINE),
        horizon=Piece(text=_horizon(desk), basis=basis),
        chances=joined(chances, separator=", "),
    )


def _told(desk: Desk) -> Mapping[str, float]:
    """The mean chance of each ending without any approach; empty where the engine does not say."""
    found = desk.summary.baseline.engines.get(ENGINE)
    chances = {} if found is None else {name: each.mean for name, each in found.endings.items()}
    return chances if chances and all(each == each for each in chances.values()) else {}


def _horizon(desk: Desk) -> str:
    clock = desk.scenario.clock
    assert clock is not None
    return words.duration(clock.horizon * clock.step_days)


def _explained(desk: Desk) -> Run:
    return write(
        "{engine} is played once more with truces that can be broken. At each offer the two may sign a settlement, "
        "which divides what they fight over within the red lines of both, or a standstill, in which the guns fall "
        "silent where the front stands. Either side breaks what was signed once fighting pays more; where they can "
        "they choose terms that will hold, and after a breach they may sign anew. After {horizon} it stands in one of "
        "four ways:",
        horizon=Piece(text=_horizon(desk), basis=desk.result(ENGINE, "endings")),
        engine=words.capital(desk.mention(ENGINE)),
    )


def _rows(desk: Desk) -> list[Cells]:
    rows: list[Cells] = []
    for each in (desk.summary.baseline, *desk.summary.approaches):
        found = each.engines.get(ENGINE)
        if found is not None and found.endings:
            basis = desk.result(ENGINE, "endings", each.id)
            shown = (Piece(text=_cell(found, ending, base=each.id is None), basis=basis) for ending in ENDINGS)
            rows.append((desk.approach(each.id), *shown))
    return rows


def _cell(found: EngineSummary, ending: str, *, base: bool) -> str:
    chance = words.percentage(found.endings[ending].mean)
    return chance if base else f"{chance} ({words.signed(found.endings_difference[ending].mean)})"


def _ladder(desk: Desk) -> list[Run]:
    """How these four stand to the scenario's own ladder of outcomes, which goes by where the issues settle."""
    shares, outcomes = desk.outcomes(ENGINE), desk.scenario.outcomes
    if not shares or not outcomes:
        return []
    basis = desk.result(ENGINE, "outcome")
    ours = {name.lower() for name in ENDINGS.values()}
    namesakes = [f"“{each.name}”" for each in outcomes if each.name.lower() in ours]
    first = "These are not the rungs of the scenario's own ladder, which go by where the issues settle"
    alike = f" ({words.listed(namesakes)} there included)" if namesakes else ""
    told = [
        write("{name} {share}", name=f"“{each.name}”", share=desk.share(shares.get(each.id, 0.0), basis))
        for each in outcomes
        if shares.get(each.id, 0.0) > 0
    ]
    runs = [plain(f"{first}{alike}, and not by what holds.")]
    if told:
        runs.append(
            write("On that ladder the game in which a settlement lasts stands at {told}.", told=joined(told, last=", "))
        )
    if shares.get(None, 0.0) > 0:
        runs.append(
            write(
                "The other {share} fits none of its rungs, or hangs on issues that this model leaves open.",
                share=desk.share(shares[None], basis),
            )
        )
    return runs


def _limits(desk: Desk) -> list[Run]:
    told = desk.details.get(ENGINE, {}).get("commitment") or {}
    runs = [
        plain(
            "Both sides know everything here and gain by silent guns, so the model makes some end of the fighting look "
            "likely. It breaks a truce only where that pays: truces that lapse through neglect or spoilers, which the "
            "record above counts, are not in it. What holds at the end of the horizon may break later."
        )
    ]
    if told.get("endings", {}).get("grid_changes"):
        runs.append(
            plain("With more shares to choose from these chances move by more than five points: read them as rough.")
        )
    return runs
