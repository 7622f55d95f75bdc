"""What the approaches are worth to every party. `worth` is the main name."""

from __future__ import annotations

from collections.abc import Sequence

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.families import Family, families, mention
from parley.briefing.prose import Run, items, joined, paragraph, plain, strong, table, write
from parley.briefing.ranking import Standing, sees_change, standings
from parley.briefing.sections.changes import grouped
from parley.briefing.sections.weights import party_data
from parley.domain.briefing import Block, Chart, Piece

__all__ = ["others", "worth"]

NOTABLE = 0.005
"""Mean changes of payoff below half a point are not worth a title."""

MARKS = 6
"""With more engines than this, those of a kind share a mark."""


def worth(desk: Desk) -> Chart:
    """Draw what every party gains and loses by each approach."""
    held = families(desk, desk.speaking("payoff"))
    shared = len(desk.speaking("payoff")) > MARKS
    approaches = (None, *(each.id for each in desk.comparison.approaches))
    rows = [
        row
        for approach in approaches
        for family in held
        for engine in family.engines
        for row in _rows(desk, approach, engine, family.title if shared else desk.title(engine))
    ]
    groups = [
        group
        for family in held
        for group in ([family.engines] if family.many else [(engine,) for engine in family.engines])
    ]
    lines = [
        (desk.approach(approach), party.name, *(_cell(desk, group, approach, party.id) for group in groups))
        for approach in approaches
        for party in desk.scenario.parties
    ]
    names = [_named(desk, held, group) for group in groups]
    columns = ("Approach", "Party", *names)
    several = (
        "; of many models of a kind, the lowest to the highest" if len(groups) < len(desk.speaking("payoff")) else ""
    )
    return Chart(
        id="payoffs",
        title=_payoff_title(desk),
        subtitle="Change in every party's mean payoff beside no change, by model, in points of 100",
        kind="payoffs",
        data={"rows": rows, "parties": party_data(desk)},
        alt="One panel for each approach, one row for each party. The table gives the mean payoffs themselves.",
        table=table(
            f"Mean payoff of every party, in points of 100{several}", columns, lines, numeric=range(2, len(columns))
        ),
    )


def _named(desk: Desk, held: Sequence[Family], group: Sequence[str]) -> str:
    if len(group) == 1:
        return desk.title(group[0])
    return next(family.title for family in held if group[0] in family.engines)


def _rows(desk: Desk, approach: str | None, engine: str, mark: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for party in desk.scenario.parties:
        found = desk.spread(engine, "payoff", approach, party=party.id)
        if found is not None:
            names = {"approach_name": desk.approach(approach), "engine_name": desk.title(engine), "mark": mark}
            values = {"mean": found.mean, "low": found.q10, "high": found.q90}
            rows.append({**names, "party": party.id, "party_name": party.name, **values})
    return rows


def _cell(desk: Desk, engines: Sequence[str], approach: str | None, party: str) -> Piece | str:
    """The mean payoff of a party by one engine, or from the lowest to the highest of several."""
    found = {engine: desk.spread(engine, "payoff", approach, party=party) for engine in engines}
    known = {engine: round(100 * each.mean) for engine, each in found.items() if each is not None}
    if not known:
        return "–"
    low, high = min(known.values()), max(known.values())
    used = [desk.result(engine, "payoff", approach) for engine in known]
    says = f"Mean payoffs under '{desk.approach(approach)}': the lowest and the highest of the models."
    basis = used[0] if len(used) == 1 else desk.results(f"payoffs {approach} {' '.join(known)}", says, used)
    return Piece(text=f"{low}" if low == high else f"{low} to {high}", basis=basis)


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


def others(desk: Desk) -> list[Block]:
    """Say what the approach that serves the asking party best does to the other parties."""
    runs = [_to_others(desk, group) for group in grouped(desk)]
    opening = paragraph(plain("What the approach that each model puts first does to the others, beside no change:"))
    return [opening, *items(runs)] if any(runs) else []


def _to_others(desk: Desk, group: Sequence[Standing]) -> Run:
    best, engines = group[0].best[0], [each.engine for each in group]
    if not group[0].sees or None in group[0].best or best is None:
        return ()
    told = [
        _to_one(desk, engines, best, party.id)
        for party in desk.scenario.parties
        if party.id != desk.comparison.asked_by
    ]
    changed = [each for each in told if each]
    if not changed:
        return ()
    named = [each.engine for each in standings(desk)]
    who = desk.title(engines[0]) if len(group) == 1 else words.capital(mention(desk, engines, named))
    text = "{who}, under “{best}”: on average {changed}."
    return write(text, who=strong(who), best=desk.approach(best), changed=joined(changed))


def _to_one(desk: Desk, engines: Sequence[str], approach: str, party: str) -> Run:
    """Say what one party gains or loses, where every one of the engines sees the same sign."""
    found = [desk.difference(engine, "payoff", approach, party=party) for engine in engines]
    known = [each for each in found if each is not None and not each.indistinguishable]
    if len(known) < len(engines) or len({each.difference.mean > 0 for each in known}) > 1:
        return ()
    used = [desk.result(engine, "payoff", approach) for engine in engines]
    says = f"Under '{desk.approach(approach)}' beside no change on the same draws: the lowest and highest of models."
    basis = used[0] if len(used) == 1 else desk.results(f"others {approach} {' '.join(engines)}", says, used)
    sizes = sorted(abs(each.difference.mean) for each in known)
    text = words.points(sizes[0])
    if words.points(sizes[-1]) != text:
        text = f"{round(100 * sizes[0])} to {words.points(sizes[-1])}"
    verb = "gains" if known[0].difference.mean > 0 else "loses"
    return write("{party} {verb} {amount}", party=desk.named(party), verb=verb, amount=Piece(text=text, basis=basis))
