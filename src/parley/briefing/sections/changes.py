"""What each approach changes for the party that asks, engine by engine, many of a kind together. `changes`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.families import Family, families, mention
from parley.briefing.measures import Paired
from parley.briefing.prose import Cells, Run, items, joined, plain, strong, table, write
from parley.briefing.ranking import Standing, sees_change, standings
from parley.domain.briefing import Block, Chart, Piece

__all__ = ["best_in_words", "change_in_words", "changes", "grouped"]

QUANTILES = ("mean", "q05", "q10", "q50", "q90", "q95")


def changes(desk: Desk) -> list[Block]:
    """Draw what each approach changes for the party that asks, and say what each engine, or kind of engine, finds."""
    return [_chart(desk), *items(_verdict(desk, group) for group in grouped(desk))]


def best_in_words(desk: Desk, standing: Standing) -> str:
    """Name what an engine puts first: the approaches in quotation marks, or changing nothing."""
    named = [f"“{desk.approach(each)}”" for each in standing.best if each is not None]
    if None not in standing.best:
        return words.listed(named)
    return f"changing nothing (or {words.listed(named, last='or')}, alike to it)" if named else "changing nothing"


def grouped(desk: Desk) -> list[list[Standing]]:
    """The standings, one by one; of a large family together those that put the same first."""
    held, result = {each.engine: each for each in standings(desk)}, []
    for family in families(desk, held):
        groups: dict[object, list[Standing]] = {}
        for engine in family.engines:
            standing = held[engine]
            groups.setdefault((standing.sees, standing.best) if family.many else engine, []).append(standing)
        result += list(groups.values())
    return result


def _chart(desk: Desk) -> Chart:
    rows: list[dict[str, object]] = []
    lines: list[Cells] = []
    held = families(desk, desk.speaking("payoff"))
    for approach in desk.comparison.approaches:
        for family in held:
            found = _of_family(desk, family, approach.id)
            rows += [_row(desk, family, approach.id, engine, each) for engine, each in found.items()]
            for some in [list(found)] if family.many else [[engine] for engine in found]:
                if some:
                    title = family.title if len(some) > 1 else desk.title(some[0])
                    lines.append(
                        (approach.name, title, *_line(desk, approach.id, {each: found[each] for each in some}))
                    )
    title = _chart_title(desk)
    columns = ("Approach", "Model", "Change", "Eight of ten", "Better", "Same", "Worse", "Best of all")
    many = "; where there are many models of a kind, each has a mark of its own and the line runs over the bars of all"
    several = any(family.many for family in held)
    caption = f"Change in the payoff of {desk.asker} beside no change, in points of 100; then shares of draws"
    return Chart(
        id="approaches",
        title=title,
        subtitle=f"Change in the payoff of {desk.asker} beside no change, on the same draws, in points of 100; a bar "
        "holds eight of ten draws, the thin line nine; the draws left over are those in which no change is best"
        + (many if several else ""),
        kind="approaches",
        data={"rows": rows, "measure_name": f"Change in the payoff of {desk.asker}", "unit": "points of 100"},
        alt=f"One row for each approach, by model, on a scale with zero in it. {title}. The table gives the values.",
        table=table(
            f"{caption}; of many models of a kind, the lowest to the highest" if several else caption,
            columns,
            lines,
            numeric=tuple(range(2, len(columns))),
        ),
    )


def _of_family(desk: Desk, family: Family, approach_id: str) -> dict[str, Paired]:
    """What an approach changes for the party that asks, by each engine of a family that can say."""
    found = {
        engine: desk.difference(engine, "payoff", approach_id, party=desk.comparison.asked_by)
        for engine in family.engines
    }
    return {engine: each for engine, each in found.items() if each is not None}


def _best_shares(desk: Desk) -> Mapping[tuple[str | None, str], float]:
    """In what share of draws each approach is best, by approach and engine."""
    return {
        (each.id, engine): found.best_share
        for each in desk.summary.approaches
        for engine, found in each.engines.items()
    }


def _row(desk: Desk, family: Family, approach_id: str, engine: str, found: Paired) -> dict[str, object]:
    share = _best_shares(desk).get((approach_id, engine), math.nan)
    block = family.title if family.many else desk.title(engine)
    names = {"approach_name": desk.approach(approach_id), "engine_name": desk.title(engine), "block": block}
    values = {name: getattr(found.difference, name) for name in QUANTILES}
    return {**names, **values, "best_share": None if math.isnan(share) else share}


def _line(desk: Desk, approach_id: str, found: Mapping[str, Paired]) -> Cells:
    """A row of the table for one engine, or for many of a kind from the lowest to the highest."""
    basis = _basis(desk, approach_id, found)
    best = [_best_shares(desk).get((approach_id, engine), math.nan) for engine in found]
    shares = [each for each in best if not math.isnan(each)]
    best_cell = Piece(text=_shares(shares), basis=basis) if shares else "–"
    held = list(found.values())
    if all(each.none for each in held):
        return (Piece(text="none", basis=basis), "–", "–", Piece(text=_shares([1.0]), basis=basis), "–", best_cell)
    low, high = min(each.difference.q10 for each in held), max(each.difference.q90 for each in held)
    return (
        Piece(text=_points([each.difference.mean for each in held]), basis=basis),
        Piece(text=words.balance(low, high), basis=basis),
        Piece(text=_shares([each.better for each in held]), basis=basis),
        Piece(text=_shares([each.same for each in held]), basis=basis),
        Piece(text=_shares([each.worse for each in held]), basis=basis),
        best_cell,
    )


def _basis(desk: Desk, approach_id: str | None, engines: Iterable[str]) -> str:
    """The basis of a number that one engine gives, or of a range over several."""
    used = [desk.result(engine, "payoff", approach_id) for engine in engines]
    if len(used) == 1:
        return used[0]
    says = f"Under '{desk.approach(approach_id)}' beside no change on the same draws: the lowest and highest of models."
    return desk.results(f"range {approach_id} {' '.join(engines)}", says, used)


def _points(values: Sequence[float]) -> str:
    low, high = words.signed(min(values)), words.signed(max(values))
    return low if low == high else f"{low} to {high}"


def _shares(values: Sequence[float]) -> str:
    low, high = words.percentage(min(values)), words.percentage(max(values))
    return low if low == high else f"{low} to {high}"


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


def _verdict(desk: Desk, group: Sequence[Standing]) -> Run:
    """Say what an engine puts first, or what several of a kind do, and what the approaches change by it or them."""
    engines, one, first = [each.engine for each in group], len(group) == 1, group[0]
    told = [each.engine for each in standings(desk)]
    who = strong(desk.title(engines[0]) if one else words.capital(mention(desk, engines, told)))
    if not first.sees:
        text = (
            "{who} {sees} nothing of what these approaches do, so {it} cannot rank them; what is left is what their "
            "means cost {asker}."
        )
        return write(text, who=who, sees="sees" if one else "see", it="it" if one else "they", asker=desk.asker)
    share = Piece(text=_shares([each.share for each in group]), basis=_basis(desk, first.best[0], engines))
    best, puts = best_in_words(desk, first), "puts" if one else "put"
    opening = write("{who} {puts} {best} first, in {share} of draws.", who=who, puts=puts, best=best, share=share)
    return joined([opening, *_changes(desk, engines)], separator=" ", last=" ")


SENTENCES = {
    "unclear": "In some draws it gains and in others it loses by {names}: the range of the difference spans zero.",
    "none": "It sees nothing of what {names} would do.",
    "cost": "Of {names} it sees only the cost to the one who does it.",
}
SENTENCES_OF_MANY = {
    "unclear": "By {names} {asker} gains with some of them or in some draws, and loses in others.",
    "none": "They see nothing of what {names} would do.",
    "cost": "Of {names} they see only the cost to the one who does it.",
}


def _changes(desk: Desk, engines: Sequence[str]) -> list[Run]:
    """Say which approaches change the asking party's payoff, and which help in some draws and hurt in others."""
    told: list[Run] = []
    named: dict[str, list[str]] = {"unclear": [], "none": [], "cost": []}
    for approach in desk.comparison.approaches:
        pairs = [
            (engine, desk.difference(engine, "payoff", approach.id, party=desk.comparison.asked_by))
            for engine in engines
        ]
        found = {engine: each for engine, each in pairs if each is not None}
        if not found:
            continue
        kind = _kind_of(desk, approach.id, found)
        if kind == "told":
            change = _change_by(desk, approach.id, found)
            told.append(write("“{name}” {change}", name=approach.name, change=change))
        else:
            named[kind].append(f"“{approach.name}”")
    runs = [write("Beside no change, {told}.", told=joined(told, separator="; ", last="; "))] if told else []
    says = SENTENCES if len(engines) == 1 else SENTENCES_OF_MANY
    for kind, names in named.items():
        if names:
            runs.append(plain(says[kind].format(asker=desk.asker, names=words.listed(names))))
    return runs


def _kind_of(desk: Desk, approach_id: str, found: Mapping[str, Paired]) -> str:
    kinds = {_kind(desk, engine, approach_id, each) for engine, each in found.items()}
    signs = {each.difference.mean > 0 for each in found.values()}
    return kinds.pop() if len(kinds) == 1 and (kinds != {"told"} or len(signs) == 1) else "unclear"


def _kind(desk: Desk, engine: str, approach_id: str, found: Paired) -> str:
    if not sees_change(desk, engine, approach_id):
        return "none" if found.none else "cost"
    return "unclear" if found.indistinguishable else "told"


def _change_by(desk: Desk, approach_id: str, found: Mapping[str, Paired]) -> Run:
    if len(found) == 1:
        engine, only = next(iter(found.items()))
        return change_in_words(desk, engine, approach_id, only)
    sizes = sorted(round(abs(100 * each.difference.mean)) for each in found.values())
    text = f"{sizes[0]} to {sizes[-1]} points" if sizes[0] < sizes[-1] else f"{sizes[0]} point{'s' * (sizes[0] != 1)}"
    verb = "gains" if next(iter(found.values())).difference.mean > 0 else "costs"
    points = Piece(text=text, basis=_basis(desk, approach_id, found))
    return write("{verb} it {points}", verb=verb, points=points)


def change_in_words(desk: Desk, engine: str, approach_id: str, found: Paired) -> Run:
    """Say how much an approach changes the asking party's payoff on the same draws: "costs it 4 points (−7 to −1)"."""
    basis = desk.result(engine, "payoff", approach_id)
    verb = "gains" if found.difference.mean > 0 else "costs"
    points = Piece(text=words.points(found.difference.mean).removesuffix(" of 100"), basis=basis)
    if desk.baseline.draws < 2:
        return write("{verb} it {points}", verb=verb, points=points)
    around = Piece(text=words.balance(found.difference.q10, found.difference.q90), basis=basis)
    return write("{verb} it {points} ({range})", verb=verb, points=points, range=around)
