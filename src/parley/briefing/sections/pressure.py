"""Pressure: whom each rule of the broker helps and what it costs whom, whether it is believed, and what doubt does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.measures import Paired, paired
from parley.briefing.prose import Run, caution, cited, items, joined, paragraph, plain, strong, table, write
from parley.domain.briefing import Block, Chart, Piece, Section
from parley.domain.broker import Broker, Rule

__all__ = ["section", "verdict"]

ENGINE = "war_bargaining"
NOTHING = "nothing"
MOSTLY = 0.5


def section(desk: Desk) -> Section:
    """Write the section on pressure, doubt and resolve."""
    broker = _broker(desk)
    blocks: list[Block] = []
    if broker is not None and broker.rules:
        blocks += [
            _introduction(desk, broker),
            _chart(desk, broker),
            *items(_rule(desk, broker, each) for each in broker.rules),
        ]
        blocks += [*_threats(desk, broker), _limits(desk, broker)]
    else:
        blocks.append(paragraph(plain("No model here plays a third party that presses the sides of a war by a rule.")))
    blocks += [*_doubt(desk), *_resolve(desk)]
    return Section(id="pressure", title="Pressing whom, and is it believed?", blocks=tuple(blocks))


def verdict(desk: Desk) -> Run:
    """Say in one sentence whom pressing helps most, for the bottom line; nothing where no engine can say."""
    broker = _broker(desk)
    if broker is None or not broker.rules:
        return ()
    believed = [rule for rule in broker.rules if _share(desk, "rule_credible", rule.id) >= MOSTLY]
    named = words.listed([f"“{rule.name}”" for rule in believed])
    found = f"only {named} would be believed" if believed else "none of the rules for pressing them would be believed"
    if len(believed) == len(broker.rules):
        found = "every rule for pressing them would be believed"
    return write(
        "{found} in most draws: believed means that carrying it out is best for {broker} wherever it may have to.",
        found=strong(words.capital(found)),
        broker=desk.named(broker.party),
    )


def _broker(desk: Desk) -> Broker | None:
    war = desk.scenario.war
    if war is None or war.broker is None or desk.values(ENGINE, "rule_value_a", rule=NOTHING) is None:
        return None
    return war.broker


def _introduction(desk: Desk, broker: Broker) -> Block:
    return paragraph(
        write(
            "{broker} could commit itself to a rule before the two bargain, and then act by it after each offer that "
            "one of them rejects. {title} plays each rule on the same draws, beside doing nothing.",
            broker=words.capital(desk.named(broker.party)),
            title=words.capital(desk.mention(ENGINE)),
        ),
        plain(
            "A rule is believed if carrying it out is best for the one who announced it wherever it may come to that; "
            "a threat that nobody would carry out moves nobody who thinks it through."
        ),
    )


def _change(desk: Desk, measure: str, rule: str) -> Paired | None:
    under, without = desk.values(ENGINE, measure, rule=rule), desk.values(ENGINE, measure, rule=NOTHING)
    return None if under is None or without is None else paired(under, without)


def _share(desk: Desk, measure: str, rule: str) -> float:
    values = desk.values(ENGINE, measure, rule=rule)
    known = np.array([]) if values is None else values[np.isfinite(values)]
    return float((known > 0.5).mean()) if known.size else 0.0


def _sides(desk: Desk) -> list[tuple[str, str]]:
    war = desk.scenario.war
    assert war is not None
    return [(war.side_a, "rule_value_a"), (war.side_b, "rule_value_b")]


def _chart(desk: Desk, broker: Broker) -> Chart:
    rows, lines = [], []
    basis = desk.result(ENGINE, "pressure")
    for rule in broker.rules:
        for party, measure in _sides(desk):
            found = _change(desk, measure, rule.id)
            if found is None:
                continue
            spread = found.difference
            quantiles = {key: getattr(spread, key) for key in ("mean", "q05", "q10", "q50", "q90", "q95")}
            rows.append(
                {"party_name": rule.name, "engine_name": desk.party(party), "colour": desk.colour(party), **quantiles}
            )
            mean = Piece(text=words.signed(spread.mean), basis=basis)
            lines.append(
                (rule.name, desk.party(party), mean, Piece(text=words.balance(spread.q10, spread.q90), basis=basis))
            )
    return Chart(
        id="pressure",
        title=_finding(desk, broker),
        subtitle="What the talks are worth to each side under a rule, less what they are worth if the broker does "
        "nothing, in points of a hundred that the two divide; a bar holds eight of ten draws",
        kind="waiting",
        data={"rows": rows, "left": "← worse off", "right": "better off →"},
        alt="For each rule, one mark for each side on a scale with zero in it.",
        table=table(
            "What each rule changes, in points of a hundred",
            ("Rule", "Side", "Mean", "Eight of ten draws"),
            lines,
            numeric=(2, 3),
        ),
    )


def _finding(desk: Desk, broker: Broker) -> str:
    """The largest change that a rule makes, as a title."""
    found = [
        (each.difference.mean, rule.name, desk.named(party))
        for rule in broker.rules
        for party, measure in _sides(desk)
        if (each := _change(desk, measure, rule.id)) is not None
    ]
    mean, rule_name, party_name = max(found, key=lambda each: abs(each[0]), default=(0.0, "", ""))
    if round(100 * mean) == 0:
        return "No rule changes either side's terms by much"
    verb = "costs" if mean < 0 else "gives"
    return f"“{rule_name}” changes most: it {verb} {party_name} {abs(round(100 * mean))} points"


def _rule(desk: Desk, broker: Broker, rule: Rule) -> Run:
    basis = desk.result(ENGINE, "pressure")
    believed, reached = (_share(desk, name, rule.id) for name in ("rule_credible", "rule_credible_on_path"))
    return write(
        "{name}: {effect} {agreement} It would be believed in {believed} of draws; in {reached} it never comes to "
        "carrying it out, or that is best for {broker}.{why}",
        name=strong(rule.name),
        effect=_effect(desk, rule),
        agreement=_agreement(desk, rule),
        believed=desk.share(believed, basis),
        reached=desk.share(reached, basis),
        broker=desk.named(broker.party),
        why=_why(desk, broker, rule) if believed < MOSTLY else (),
    )


def _why(desk: Desk, broker: Broker, rule: Rule) -> Run:
    """What not carrying a rule out would save, at the most plausible numbers."""
    told = (_detail(desk).get("pressure") or {}).get(rule.id)
    if told is None or told["credible"] or not told["temptation"]:
        return ()
    basis = desk.result(ENGINE, "pressure")
    return write(
        " Why not: once an offer is rejected, not keeping to it for a step is worth up to {worth} of a hundred points "
        "to {broker}, at the most plausible numbers.",
        worth=Piece(text=f"{100 * told['temptation']:.1f}", basis=basis),
        broker=desk.named(broker.party),
    )


def _effect(desk: Desk, rule: Rule) -> Run:
    basis = desk.result(ENGINE, "pressure")
    told = []
    for party, measure in _sides(desk):
        found = _change(desk, measure, rule.id)
        if found is None:
            continue
        text = words.signed(found.difference.mean)
        if desk.baseline.draws > 1:
            text += f" ({words.balance(found.difference.q10, found.difference.q90)})"
        told.append(write("{party} {change}", party=desk.named(party), change=Piece(text=text, basis=basis)))
    return write("{told}.", told=joined(told, separator=", ", last=", ")) if told else ()


def _agreement(desk: Desk, rule: Rule) -> Run:
    under, without = (desk.values(ENGINE, "rule_agreement", rule=each) for each in (rule.id, NOTHING))
    if under is None or without is None or not np.isfinite(under).any():
        return ()
    basis = desk.result(ENGINE, "pressure")
    before, after = float(np.nanmean(without)), float(np.nanmean(under))
    if words.percentage(before) == words.percentage(after):
        return write("Agreement stays as likely, {after}.", after=desk.share(after, basis))
    return write(
        "Agreement goes from {before} to {after}.", before=desk.share(before, basis), after=desk.share(after, basis)
    )


def _threats(desk: Desk, broker: Broker) -> list[Block]:
    """What the scenario's author and the people quoted think of the levers that the rules pull."""
    runs = []
    for index, lever in enumerate(desk.scenario.levers):
        if lever.id not in broker.levers or lever.holder != broker.party:
            continue
        low, high = lever.credibility.low, lever.credibility.high
        shown = words.percentages(low, high)
        basis = desk.estimate(("levers", index, "credibility"), f"Credibility of “{lever.name}”", shown)
        runs.append(
            write(
                "{name}: judged {shown} likely to be carried out and to bite; see {facts}.",
                name=strong(lever.name),
                shown=Piece(text=shown, basis=basis),
                facts=cited("what is cited", lever.grounds),
            )
        )
    if not runs:
        return []
    beside = (
        "Beside the model, how likely the author of the scenario holds it, on what people say, that each means is used:"
    )
    return [paragraph(plain(beside)), *items(runs)]


def _limits(desk: Desk, broker: Broker) -> Block:
    return caution(
        write(
            "The model takes it that {broker} wants the fighting to end and cares somewhat for how the pie is divided, "
            "as the scenario's judgements say, and that a means works at once and on costs and ground alone. What a "
            "threat costs at home, or what an empty one does to its word elsewhere, it does not see.",
            broker=desk.named(broker.party),
        )
    )


def _detail(desk: Desk) -> Mapping[str, Any]:
    return desk.details.get(ENGINE, {})


def _doubt(desk: Desk) -> list[Block]:
    war, told = desk.scenario.war, _detail(desk).get("doubt")
    if war is None or war.doubt is None or told is None:
        return []
    basis = desk.result(ENGINE, "pressure")
    asks, about = desk.named(told["asks"]), desk.named(told["about"])
    runs = [
        write(
            "{asks} does not know whether war wears {about} down. With a single demand to make, it would in {dares} of "
            "draws ask for what {about} grants only if worn down, and the chance of war from doubt alone is {war}.",
            asks=words.capital(asks),
            about=about,
            dares=desk.share(_mean(desk, "doubt_dares"), basis),
            war=desk.share(_mean(desk, "doubt_war"), basis),
        )
    ]
    first = {
        "pool": "its first offer is one that {about} accepts either way",
        "screen": "its first offer is one that {about} accepts only if it is worn down",
        "hold": "it first makes no offer that {about} would accept, and lets the fighting go on",
    }[told["offer"]].format(about=about)
    runs.append(plain(f"Over several rounds, at the most plausible numbers, {first}."))
    if war.broker is not None and desk.values(ENGINE, "believed_weak") is not None:
        runs.append(
            write(
                "Told by {broker} that {about} is worn down and can be pressed, {asks} could believe it in {weak} of "
                "draws; told that it is not, in {tough}.",
                broker=desk.named(war.broker.party),
                about=about,
                asks=asks,
                weak=desk.share(_mean(desk, "believed_weak"), basis),
                tough=desk.share(_mean(desk, "believed_tough"), basis),
            )
        )
    return [paragraph(strong("What they do not know of each other.")), *items(runs)]


def _resolve(desk: Desk) -> list[Block]:
    war = desk.scenario.war
    if war is None or war.resolve is None or desk.values(ENGINE, "folds_first_a") is None:
        return []
    values = desk.values(ENGINE, "folds_first_a")
    if values is None or not np.isfinite(values).any():
        return []
    basis = desk.result(ENGINE, "pressure")
    chances = [(war.side_a, "folds_first_a"), (war.side_b, "folds_first_b")]
    told = [
        write("{chance} for {party}", party=desk.named(party), chance=desk.share(_mean(desk, name), basis))
        for party, name in chances
    ]
    return [
        paragraph(
            strong("Who would give in first."),
            write(
                "If each side may be one that never takes less than it demands, the chance to be the first to give in "
                "is {told}; with {never} neither ever does. That weighs patience and reputation alone, without the "
                "front.",
                told=joined(told, last=", "),
                never=desk.share(_mean(desk, "never_folds"), basis),
            ),
        )
    ]


def _mean(desk: Desk, measure: str) -> float:
    values = desk.values(ENGINE, measure)
    known: Sequence[float] | np.ndarray[Any, Any] = [] if values is None else values[np.isfinite(values)]
    return float(np.mean(known)) if len(known) else 0.0
