"""Approaches compared: what each changes beside no change, for the party that asks and for the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from parley.approaches import silent_effects
from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.measures import Paired
from parley.briefing.prose import Cells, Run, caution, cited, items, joined, paragraph, plain, strong, table, write
from parley.briefing.ranking import Standing, sees_change, standings
from parley.briefing.sections.threats import TARGETS
from parley.domain.approach import Approach
from parley.domain.briefing import Block, Chart, Piece, Section

if TYPE_CHECKING:
    from collections.abc import Sequence


__all__ = ["SCALE_IN_WORDS", "best_in_words", "change_in_words", "section"]

SCALE_IN_WORDS = (
    "How well a party does is measured on a scale of a hundred points. All hundred mean that it gets what it asks for "
    "on every issue, none that it gets the opposite; each issue counts as much as the party cares about it. Without "
    "agreement a party gets what the scenario says that no agreement is worth to it. Below, changes are in these "
    "points, beside no change on the same draws; the range in brackets holds eight of ten draws."
)

QUANTILES = ("mean", "q05", "q10", "q50", "q90", "q95")

NOTABLE = 0.005
"""Mean changes of payoff below half a point are not worth a title."""


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


def best_in_words(desk: Desk, standing: Standing) -> str:
    """Name what an engine puts first: the approaches in quotation marks, or changing nothing."""
    named = [f"“{desk.approach(each)}”" for each in standing.best if each is not None]
    if None not in standing.best:
        return words.listed(named)
    return f"changing nothing (or {words.listed(named, last='or')}, alike to it)" if named else "changing nothing"


def _findings(desk: Desk) -> list[Block]:
    if not desk.speaking("payoff"):
        return [caution(plain("No model here has payoffs, so none can rank the approaches."))]
    return [_chart(desk), *_verdicts(desk), *_credibility(desk), _payoff_chart(desk), *_others(desk)]


def _chart(desk: Desk) -> Chart:
    rows: list[dict[str, object]] = []
    lines: list[Cells] = []
    best = {
        (each.id, engine): found.best_share
        for each in desk.summary.approaches
        for engine, found in each.engines.items()
    }
    for approach in desk.comparison.approaches:
        for engine in desk.speaking("payoff"):
            found = desk.difference(engine, "payoff", approach.id, party=desk.comparison.asked_by)
            if found is None:
                continue
            share = best.get((approach.id, engine), math.nan)
            names = {"approach_name": approach.name, "engine_name": desk.title(engine)}
            values = {name: getattr(found.difference, name) for name in QUANTILES}
            rows.append({**names, **values, "best_share": None if math.isnan(share) else share})
            lines.append((approach.name, desk.title(engine), *_line(desk, engine, approach.id, found, share)))
    title = _chart_title(desk)
    columns = ("Approach", "Model", "Change", "Eight of ten", "Better", "Same", "Worse", "Best of all")
    return Chart(
        id="approaches",
        title=title,
        subtitle=f"Change in the payoff of {desk.asker} beside no change, on the same draws, in points of 100; a bar "
        "holds eight of ten draws, the thin line nine; the draws left over are those in which no change is best",
        kind="approaches",
        data={"rows": rows, "measure_name": f"Change in the payoff of {desk.asker}", "unit": "points of 100"},
        alt=f"One row for each approach, by model, on a scale with zero in it. {title}. The table gives the values.",
        table=table(
            f"Change in the payoff of {desk.asker} beside no change, in points of 100; then shares of draws",
            columns,
            lines,
            numeric=tuple(range(2, len(columns))),
        ),
    )


def _line(desk: Desk, engine: str, approach_id: str, found: Paired, best: float) -> Cells:
    basis = desk.result(engine, "payoff", approach_id)
    if found.none:
        return (Piece(text="none", basis=basis), "–", "–", desk.share(1.0, basis), "–", _best_cell(desk, best, basis))
    return (
        Piece(text=words.signed(found.difference.mean), basis=basis),
        Piece(text=words.balance(found.difference.q10, found.difference.q90), basis=basis),
        desk.share(found.better, basis),
        desk.share(found.same, basis),
        desk.share(found.worse, basis),
        _best_cell(desk, best, basis),
    )


def _best_cell(desk: Desk, share: float, basis: str) -> Piece | str:
    return "–" if math.isnan(share) else desk.share(share, basis)


def _chart_title(desk: Desk) -> str:
    telling = [each for each in standings(desk) if each.sees]
    if not telling:
        return f"No model can tell the approaches of {desk.asker} apart"
    if all(None in each.best for each in telling):
        return f"No approach serves {desk.asker} best as often as changing nothing does"
    if len({each.best for each in telling}) > 1:
        return f"The models do not agree on what serves {desk.asker} best"
    best = words.capital(best_in_words(desk, telling[0]))
    who = "the one model" if len(telling) == 1 else "every model"
    return f"{best} most often serves {desk.asker} best, by {who} that can tell"


def _verdicts(desk: Desk) -> list[Block]:
    return [*items(_verdict(desk, standing) for standing in standings(desk))]


def _verdict(desk: Desk, standing: Standing) -> Run:
    title = strong(desk.title(standing.engine))
    if not standing.sees:
        return write(
            "{title} sees nothing of what these approaches do, so it cannot rank them; what is left is what their "
            "means cost {asker}.",
            title=title,
            asker=desk.asker,
        )
    share = desk.share(standing.share, desk.result(standing.engine, "payoff", standing.best[0]))
    first = write(
        "{title} puts {best} first, in {share} of draws.", title=title, best=best_in_words(desk, standing), share=share
    )
    return joined([first, *_changes(desk, standing.engine)], separator=" ", last=" ")


def _changes(desk: Desk, engine: str) -> list[Run]:
    """Say which approaches change the asking party's payoff, and which help in some draws and hurt in others."""
    told: list[Run] = []
    named: dict[str, list[str]] = {"unclear": [], "none": [], "cost": []}
    for approach in desk.comparison.approaches:
        found = desk.difference(engine, "payoff", approach.id, party=desk.comparison.asked_by)
        if found is None:
            continue
        kind = _kind(desk, engine, approach.id, found)
        if kind == "told":
            change = change_in_words(desk, engine, approach.id, found)
            told.append(write("“{name}” {change}", name=approach.name, change=change))
        else:
            named[kind].append(f"“{approach.name}”")
    runs = []
    if told:
        runs.append(write("Beside no change, {told}.", told=joined(told, separator="; ", last="; ")))
    sentences = {
        "unclear": "In some draws it gains and in others it loses by {}: the range of the difference spans zero.",
        "none": "It sees nothing of what {} would do.",
        "cost": "Of {} it sees only the cost to the one who does it.",
    }
    runs += [plain(sentences[kind].format(words.listed(names))) for kind, names in named.items() if names]
    return runs


def _kind(desk: Desk, engine: str, approach_id: str, found: Paired) -> str:
    if not sees_change(desk, engine, approach_id):
        return "none" if found.none else "cost"
    return "unclear" if found.indistinguishable else "told"


def change_in_words(desk: Desk, engine: str, approach_id: str, found: Paired) -> Run:
    """Say how much an approach changes the asking party's payoff on the same draws: "costs it 4 points (−7 to −1)"."""
    basis = desk.result(engine, "payoff", approach_id)
    verb = "gains" if found.difference.mean > 0 else "costs"
    points = Piece(text=words.points(found.difference.mean).removesuffix(" of 100"), basis=basis)
    if desk.baseline.draws < 2:
        return write("{verb} it {points}", verb=verb, points=points)
    around = Piece(text=words.balance(found.difference.q10, found.difference.q90), basis=basis)
    return write("{verb} it {points} ({range})", verb=verb, points=points, range=around)


def _payoff_chart(desk: Desk) -> Chart:
    rows: list[dict[str, object]] = []
    lines: list[Cells] = []
    for approach in (None, *(each.id for each in desk.comparison.approaches)):
        for party in desk.scenario.parties:
            cells: list[Piece | str] = []
            for engine in desk.speaking("payoff"):
                found = desk.spread(engine, "payoff", approach, party=party.id)
                if found is None:
                    cells.append("–")
                    continue
                names = {"approach_name": desk.approach(approach), "engine_name": desk.title(engine)}
                values = {"mean": found.mean, "low": found.q10, "high": found.q90}
                rows.append({**names, "party": party.id, "party_name": party.name, **values})
                cells.append(Piece(text=f"{round(100 * found.mean)}", basis=desk.result(engine, "payoff", approach)))
            lines.append((desk.approach(approach), party.name, *cells))
    parties = [{"id": each.id, "name": each.name, "colour": desk.colour(each.id)} for each in desk.scenario.parties]
    columns = ("Approach", "Party", *(desk.title(engine) for engine in desk.speaking("payoff")))
    caption = "Mean payoff of every party, in points of 100"
    return Chart(
        id="payoffs",
        title=_payoff_title(desk),
        subtitle="Change in every party's mean payoff beside no change, by model, in points of 100",
        kind="payoffs",
        data={"rows": rows, "parties": parties},
        alt="One panel for each approach, one row for each party. The table gives the mean payoffs themselves.",
        table=table(caption, columns, lines, numeric=tuple(range(2, len(columns)))),
    )


def _payoff_title(desk: Desk) -> str:
    """Name the approach that shifts most, and who gains and loses by it in every model that speaks of them."""
    found = {approach.name: _shift(desk, approach.id) for approach in desk.comparison.approaches}
    name = max(found, key=lambda each: sum(abs(size) for _, size in found[each]), default=None)
    if name is None or not found[name]:
        return "The models do not agree on who gains and who loses by which approach"
    sides = [f"{party} {'gains' if size > 0 else 'loses'}" for party, size in found[name]]
    return f"“{name}” shifts most: {words.listed(sides)} by it in every model that sees it"


def _shift(desk: Desk, approach_id: str) -> list[tuple[str, float]]:
    """Who at the table gains most and loses most by an approach, where all engines that see it agree on the sign."""
    least: dict[str, float] = {}
    seeing = [engine for engine in desk.speaking("payoff") if sees_change(desk, engine, approach_id)]
    for party in desk.scenario.parties:
        if party.role == "public":
            continue
        found = [desk.difference(engine, "payoff", approach_id, party=party.id) for engine in seeing]
        means = [each.difference.mean for each in found if each is not None]
        if means and (min(means) > NOTABLE or max(means) < -NOTABLE):
            least[words.in_sentence(party.name)] = min(means, key=abs)
    ordered = sorted(least.items(), key=lambda pair: pair[1])
    return [*[pair for pair in ordered[-1:] if pair[1] > 0], *[pair for pair in ordered[:1] if pair[1] < 0]]


def _others(desk: Desk) -> list[Block]:
    """Say what the approach that serves the asking party best does to the other parties."""
    runs = []
    for standing in standings(desk):
        best = standing.best[0]
        if not standing.sees or None in standing.best or best is None:
            continue
        basis = desk.result(standing.engine, "payoff", best)
        changed = []
        for party in desk.scenario.parties:
            found = desk.difference(standing.engine, "payoff", best, party=party.id)
            if party.id == desk.comparison.asked_by or found is None or found.indistinguishable:
                continue
            verb = "gains" if found.difference.mean > 0 else "loses"
            amount = Piece(text=words.points(found.difference.mean), basis=basis)
            changed.append(
                write("{party} {verb} {amount}", party=words.in_sentence(party.name), verb=verb, amount=amount)
            )
        if changed:
            title = strong(desk.title(standing.engine))
            text = "{title}, under “{best}”: on average {changed}."
            runs.append(write(text, title=title, best=desk.approach(best), changed=joined(changed)))
    opening = paragraph(plain("What the approach that each model puts first does to the others, beside no change:"))
    return [opening, *items(runs)] if runs else []


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
