"""The bottom line: what a reader with half a minute should take away, with intervals and words for chances."""

from __future__ import annotations

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.families import Family, collective, families, mention
from parley.briefing.measures import Paired
from parley.briefing.outlook import in_words, settlements
from parley.briefing.prose import Run, caution, items, joined, paragraph, plain, strong, write
from parley.briefing.ranking import Standing, least_costly, most_costly, rivals, standings
from parley.briefing.sections import delay, durability, endings, pressure
from parley.briefing.sections.agreement import (
    agreement_in_words,
    agreement_title,
    agreements,
    bounds,
    unlike_agreements,
)
from parley.briefing.sections.changes import best_in_words, change_in_words
from parley.briefing.sections.settlements import Dispute, disputes
from parley.briefing.sections.states import held
from parley.domain.briefing import Block, Piece, Section

__all__ = ["section"]

ALL_BUT_CERTAIN = 0.99
GRAPH_MODEL = "graph_model"

RUN_ONCE = {
    0: "the most plausible number for each estimate",
    1: "one set of numbers drawn from the ranges of the estimates",
}
"""What the models ran on where there are no draws to speak of."""
KINDS = {
    "collective": "If there is a decision, where does each issue settle, by who wants what, how much and with what "
    "power?",
}
"""The question that many engines of a kind share."""

NEARLY = 0.02
"""Approaches whose mean changes of payoff differ by no more than this do about as well as each other."""


def section(desk: Desk) -> Section:
    """Write the bottom line."""
    if not desk.engines:
        text = (
            "No model has an answer for this scenario, so nothing can be said about how the talks would go; the "
            "reasons are given below."
        )
        return Section(id="bottom-line", title="The bottom line", blocks=(paragraph(plain(text), tone="lead"),))
    findings = [
        (held(desk),),
        (_best(desk), *_alternatives(desk)),
        (_agreement(desk), *bounds(desk)),
        (delay.verdict(desk), pressure.verdict(desk)),
        (durability.verdict(desk), endings.verdict(desk)),
    ]
    findings.append((_disagreement(desk),))
    leads = [paragraph(*(each for each in finding if each), tone="lead") for finding in findings if any(finding)]
    scored = [caution(each) for each in [_caveat(desk)] if each]
    blocks = (*leads, *scored, _how_to_read(desk), *_models(desk))
    return Section(id="bottom-line", title="The bottom line", blocks=blocks)


def _best(desk: Desk) -> Run:
    if not desk.comparison.approaches:
        return ()
    telling = [each for each in standings(desk) if each.sees]
    if not telling:
        return plain(f"No model here can tell the approaches open to {desk.asker} apart.")
    if all(None in each.best for each in telling):
        return _nothing_better(desk, telling)
    if len({each.best for each in telling}) == 1:
        return (*_ahead(desk, telling, best_in_words(desk, telling[0]))[:-1], *_gain(desk, telling[0]), *plain("."))
    groups: dict[str, list[Standing]] = {}
    for standing in telling:
        name = "changing nothing" if None in standing.best else best_in_words(desk, standing)
        groups.setdefault(name, []).append(standing)
    sides = joined((_choice(desk, name, held) for name, held in groups.items()), separator="; ", last="; ")
    return write(
        "The models do not agree on which approach serves {asker} best: {sides}.", asker=desk.asker, sides=sides
    )


def _ahead(desk: Desk, telling: list[Standing], name: str) -> Run:
    groups = _by_kind(desk, telling)
    shares = joined(
        write("{share}{of} by {engines}", share=_first(desk, held), of=of, engines=_who(desk, held))
        for held, of in zip(groups, (" of draws", *([""] * len(groups))), strict=False)
    )
    text = "For {asker}, {name} comes out ahead more often than anything else, by {who}: in {shares}."
    who = "the one model that can tell" if len(telling) == 1 else "every model that can tell"
    return write(text, asker=desk.asker, name=strong(name), who=who, shares=shares)


def _by_kind(desk: Desk, held: list[Standing]) -> list[list[Standing]]:
    """Sort standings into those that are told together, of many engines of a kind, and those told one by one."""
    named, result = {each.engine: each for each in held}, []
    for family in families(desk, named):
        parts = [family.engines] if family.many else [(engine,) for engine in family.engines]
        result += [[named[engine] for engine in part] for part in parts]
    return result


def _who(desk: Desk, held: list[Standing]) -> str:
    """Name the engines of some standings, among those that can tell the approaches apart."""
    told = [each.engine for each in standings(desk) if each.sees]
    return mention(desk, [each.engine for each in held], told)


def _nothing_better(desk: Desk, telling: list[Standing]) -> Run:
    shares = sorted(each.share for each in telling)
    used = [desk.result(each.engine, "payoff", each.best[0]) for each in telling]
    basis = desk.results("nothing better", "How often changing nothing comes first, model by model.", used)
    text = words.percentages(shares[0], shares[-1])
    depending = ", depending on the model" if " to " in text else ""
    gains = [found[1].difference.mean for each in telling if (found := least_costly(desk, each.engine))]
    finding, which = f"No approach here serves {desk.asker} best as often as changing nothing", ": that"
    if gains and max(gains) <= 0:
        finding, which = f"On average, no approach here serves {desk.asker} better than changing nothing", ", which"
    return write(
        "{finding}{which} comes first more often than any one of them, in {shares} of draws{depending}.",
        finding=strong(finding),
        which=which,
        shares=Piece(text=text, basis=basis),
        depending=depending,
    )


def _caveat(desk: Desk) -> Run:
    """Say how scoring helps changing nothing, where any engine puts it first."""
    if not any(each.sees and None in each.best for each in standings(desk)):
        return ()
    takes = any(each.takes or each.extends for each in desk.comparison.approaches)
    held = takes and any(each.engine == GRAPH_MODEL and each.sees for each in standings(desk))
    opened = (
        f"; and in {desk.mention(GRAPH_MODEL)} changing nothing leaves all its options open, where an approach commits "
        "it to some"
        if held
        else ""
    )
    return plain(
        f"Bear in mind how approaches are scored: by what {desk.asker} wants today, so that an approach which gives "
        f"up one of its aims starts behind{opened}."
    )


def _alternatives(desk: Desk) -> list[Run]:
    """Where changing nothing comes first everywhere: which approaches do best and worst besides, and by how much."""
    telling = [each for each in standings(desk) if each.sees]
    if not telling or not all(None in each.best for each in telling):
        return []
    told = [
        _alternative(desk, {each.engine: chosen for each in telling if (chosen := choose(desk, each.engine))}, text)
        for choose, text in (
            (least_costly, "Next on average {verb} {named}, at {change}{close}."),
            (most_costly, "Last {verb} {named}, at {change}."),
        )
    ]
    return [each for each in told if each]


def _alternative(desk: Desk, found: dict[str, tuple[str, Paired]], text: str) -> Run:
    by_approach: dict[str, list[str]] = {}
    for engine, (approach, _) in found.items():
        by_approach.setdefault(approach, []).append(engine)
    if not by_approach:
        return ()
    one = len(by_approach) == 1
    named = [
        f"“{desk.approach(approach)}”" + ("" if one else f" (by {mention(desk, engines, found)})")
        for approach, engines in by_approach.items()
    ]
    means = [paired.difference.mean for _, paired in found.values()]
    used = [desk.result(engine, "payoff", approach) for engine, (approach, _) in found.items()]
    basis = desk.results(text[:4], "The mean changes of payoff by these approaches, model by model.", used)
    change = Piece(text=_change(min(means), max(means)), basis=basis)
    verb = "comes" if one else "come"
    return write(text, verb=verb, named=words.listed(named), change=change, close=_close(desk, found))


def _close(desk: Desk, found: dict[str, tuple[str, Paired]]) -> str:
    """Name the engines by which another approach does as well as the best, or nearly."""
    close = [engine for engine in found if len(rivals(desk, engine, NEARLY)) > 1]
    if not close:
        return ""
    others = [engine for engine in found if engine not in close]
    who = mention(desk, close, found)
    if len(close) > len(others) + 1:
        who = f"every model but {mention(desk, others, found)}" if others else "every model"
    return f"; by {who} another does nearly as well"


def _change(low: float, high: float) -> str:
    first, last = words.signed(low), words.signed(high)
    if first == last:
        return f"{first} points of a hundred"
    return f"{first} to {last} points of a hundred"


def _choice(desk: Desk, name: str, held: list[Standing]) -> Run:
    """Say which engines put an approach first, and in what share of draws."""
    return write(
        "{engines} {verb} {name} first (in {shares} of draws{change})",
        engines=_who(desk, held),
        verb="puts" if len(held) == 1 else "put",
        name=strong(name),
        shares=_first(desk, held),
        change=_gain(desk, held[0]) if len(held) == 1 else (),
    )


def _first(desk: Desk, held: list[Standing]) -> Piece:
    """In what share of draws the best is best: by one engine, or from the lowest to the highest of several."""
    used = [desk.result(each.engine, "payoff", each.best[0]) for each in held]
    if len(held) == 1:
        return desk.share(held[0].share, used[0])
    basis = desk.results(f"first by {' '.join(used)}", "How often it comes first, model by model.", used)
    low, high = (words.percentage(end(each.share for each in held)) for end in (min, max))
    return Piece(text=low if low == high else f"{low} to {high}", basis=basis)


def _gain(desk: Desk, standing: Standing) -> Run:
    """Say what the best approach changes beside no change, to follow its name."""
    best = standing.best[0]
    if best is None:
        return ()
    found = desk.difference(standing.engine, "payoff", best, party=desk.comparison.asked_by)
    if found is None:
        return ()
    if found.indistinguishable:
        return plain(", though the range of the difference from no change spans zero")
    return write("; beside no change that {change}", change=change_in_words(desk, standing.engine, best, found))


def _agreement(desk: Desk) -> Run:
    found = agreements(desk)
    if not found:
        return plain("No model here says how likely agreement is; no agreement at all remains possible.")
    sides = joined(
        write("{chance} by {engine}", chance=agreement_in_words(desk, name, each), engine=desk.mention(name))
        for name, each in found.items()
    )
    finding = strong(agreement_title(found))
    takers = [engine for engine in collective(desk) if engine not in found]
    who = words.capital(mention(desk, takers, takers))
    granted = f" {who} take a decision for granted." if len(takers) > 1 else ""
    if not all(each.mean > ALL_BUT_CERTAIN for each in found.values()):
        sides = write("{sides}; what remains is the chance of no agreement at all", sides=sides)
    return write("{finding}, if nothing changes: {sides}.{granted}", finding=finding, sides=sides, granted=granted)


def _disagreement(desk: Desk) -> Run:
    apart, found, widest = unlike_agreements(desk), agreements(desk), disputes(desk)
    gap = 100 * (found[apart[1]].mean - found[apart[0]].mean) if apart else 0.0
    if widest and widest[0].size >= gap:
        return _over_issue(desk, widest[0])
    if apart:
        return write(
            "{finding}: {low} and {high} are the two extremes.",
            finding=strong("What the models differ over most is whether there will be agreement at all"),
            low=desk.mention(apart[0]),
            high=desk.mention(apart[1]),
        )
    return ()


def _over_issue(desk: Desk, dispute: Dispute) -> Run:
    sides = []
    for engine in (dispute.lower, dispute.upper):
        found = settlements(desk, dispute.issue)[engine]
        place = Piece(text=units.middle(dispute.issue, found), basis=desk.result(engine, "settlement"))
        meant = units.meant(dispute.issue, found.q50)
        sides.append(write("{place}{meant} by {engine}", place=place, meant=meant, engine=desk.mention(engine)))
    told = write(
        "{finding}: {sides}",
        finding=strong(f"The models differ most over the issue “{dispute.issue.name}”"),
        sides=joined(sides),
    )
    honest = in_words(desk, dispute.issue, explained=True)
    return write("{told}{honest}.", told=told, honest=write("; {honest}", honest=honest) if honest else ())


def _how_to_read(desk: Desk) -> Block:
    basis = desk.stated(
        "sample", f"The engines were run on {desk.sample}.", grounds=[ground for _, ground in desk.grounds]
    )
    if desk.baseline.draws in RUN_ONCE:
        numbers = RUN_ONCE[desk.baseline.draws]
        return paragraph(plain(f"The models were run once, on {numbers}, so no range shows how uncertain this is."))
    return paragraph(
        write(
            "How to read this: nobody knows the numbers exactly, so each is a range with its grounds, and every model "
            "was run on {draws} sets of numbers drawn from those ranges (“draws”).",
            draws=Piece(text=words.count(desk.baseline.draws), basis=basis),
        ),
        plain("Ranges hold eight of ten draws."),
        plain(
            "Points measure how well a party does by what it wants today: a hundred if it gets that on every issue, "
            "none if it gets the opposite."
        ),
        plain("Percentages say what follows if a model is right; none of these models has been shown to be."),
    )


def _models(desk: Desk) -> list[Block]:
    runs = [
        run
        for family in families(desk)
        for run in ([_kind(desk, family)] if family.many else [_question(desk, engine) for engine in family.engines])
        if run
    ]
    runs += [_question(desk, engine) for engine in desk.apart]
    return [paragraph(plain("The models, each by the question that it answers:")), *items(runs)] if runs else []


def _kind(desk: Desk, family: Family) -> Run:
    """Introduce many engines of a kind at once."""
    names = [desk.cards[engine].short for engine in family.engines]
    text = "{title} ({number}): {question} Each by a rule of its own: {names}."
    question = KINDS.get(family.id, "")
    number = words.count(len(names))
    return write(text, title=strong(family.title), number=number, question=question, names=words.listed(names))


def _question(desk: Desk, engine: str) -> Run:
    card = desk.cards[engine]
    if not card.question:
        return ()
    alias = "" if card.short in card.title.lower() else f" ({desk.mention(engine)})"
    return write("{title}{alias}: {question}", title=strong(card.title), alias=alias, question=card.question)
