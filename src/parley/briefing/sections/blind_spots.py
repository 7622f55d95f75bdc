"""What no engine here can see: parts of the scenario that none reads, and things that no scenario holds."""

from __future__ import annotations

from collections.abc import Callable

from parley.briefing import words
from parley.briefing.desk import Desk
from parley.briefing.families import PACKAGES, TALKS, kind, speaking_of_agreement
from parley.briefing.prose import Run, cited, items, joined, paragraph, plain, strong, write
from parley.domain.briefing import Block, Section
from parley.domain.scenario import Scenario

__all__ = ["READ_BY_NO_ENGINE", "section"]

Part = Callable[[Scenario], list[Run]]

WAR = "war_bargaining"

READ_BY_NO_ENGINE = ("flexibility", "interest")
"""Fields of a position that no engine of this version reads."""

READ_BY_PACKAGES = ("conditions",)
"""Fields of a position that only models of packages and of talks read; they read links as well."""

READ_BY_TALKS = ("links", "tactics", "decision_rule")
"""Sections that only models of talks read, where they are given."""


def section(desk: Desk) -> Section:
    """Write the section on what no engine can see."""
    runs = _unread(desk)
    blocks: list[Block] = []
    if runs:
        blocks += [
            paragraph(
                plain(
                    "The scenario holds these things, and no model here makes use of them; a reader must weigh them "
                    "by hand:"
                )
            ),
            *items(runs),
        ]
    blocks += (
        [paragraph(plain("No model says these things, though a reader might expect it:")), *items(_unsaid(desk))]
        if _unsaid(desk)
        else []
    )
    day = f"{desk.scenario.as_of.day} {desk.scenario.as_of:%B %Y}"
    blocks.append(
        paragraph(
            write("Nothing that became known after {day} enters, and no model foresees a surprise:", day=day),
            plain("a death, a coup, a battle that decides the war, a change of heart."),
            tone="caution",
        )
    )
    return Section(id="blind-spots", title="What no model here can see", blocks=tuple(blocks))


def _unread(desk: Desk) -> list[Run]:
    read = {section for engine in (*desk.engines, *desk.apart) for section in desk.cards[engine].reads} | _of_war(desk)
    if _any(desk, TALKS):
        read.update(READ_BY_TALKS)
    scenario, runs = desk.scenario, list(_of_positions(desk))
    if _any(desk, PACKAGES):
        read.add("links")
    for name, part in PARTS.items():
        if name not in read and getattr(scenario, name):
            runs += part(scenario)
    penalties = scenario.war is not None and (scenario.war.breach_penalty_a or scenario.war.breach_penalty_b)
    if penalties and not desk.details.get(WAR, {}).get("commitment"):
        runs.append(
            write(
                "{what}: the scenario says what that would cost, and no model asks whom it would deter.",
                what=strong("Breaking a truce"),
            )
        )
    return runs


def _of_war(desk: Desk) -> set[str]:
    """`opinion`, where the model of war reads every series, since a public under `home_front` names it."""
    war = desk.scenario.war
    if WAR not in desk.engines or war is None or war.home_front is None:
        return set()
    named = {audience.opinion for audience in war.home_front.audiences}
    return {"opinion"} if {series.id for series in desk.scenario.opinion} <= named else set()


def _any(desk: Desk, *kinds: str) -> bool:
    """Whether a model of one of these kinds has an answer."""
    return any(kind(desk.cards[engine]) in kinds for engine in desk.engines)


def _of_positions(desk: Desk) -> list[Run]:
    conditional = [each for each in desk.scenario.positions if each.conditions]
    if not conditional or _any(desk, PACKAGES, TALKS):
        return []
    grounds = tuple(
        dict.fromkeys(ground for each in conditional for condition in each.conditions for ground in condition.grounds)
    )
    holders = words.listed(list(dict.fromkeys(desk.named(each.party) for each in conditional)))
    return [
        write(
            "{what} of {holders}: the models take each position as it stands, with no “only if”.",
            what=strong("Conditions"),
            holders=cited(holders, grounds),
        )
    ]


def _links(scenario: Scenario) -> list[Run]:
    return [
        write("{what}: {text}.", what=strong("A link between issues"), text=cited(each.words.rstrip("."), each.grounds))
        for each in scenario.links
    ]


def _opinion(scenario: Scenario) -> list[Run]:
    runs = []
    for each in scenario.opinion:
        bearing = f"; {each.bearing.rstrip('.')}" if each.bearing else ""
        runs.append(
            write(
                "{what}: {text}.",
                what=strong("Measured opinion"),
                text=cited(f"{each.words.rstrip('.')}{bearing}", each.grounds),
            )
        )
    return runs


TACTICS = {
    "boulware": "gives way only at the very end",
    "linear": "gives way step by step",
    "conceder": "gives way early",
    "tit_for_tat": "answers in kind",
    "micro": "gives way in tiny steps",
    "stall": "plays for time",
    "tempt": "tempts with something else",
    "press_third_party": "has a third party lean on the other side",
    "threaten": "threatens",
    "walk_away": "walks away",
}


def _tactics(scenario: Scenario) -> list[Run]:
    runs = []
    for party in scenario.parties:
        held = [each for each in scenario.tactics if each.party == party.id]
        if held:
            does = joined(cited(TACTICS[each.tactic], each.probability.grounds) for each in held)
            name = words.in_sentence(party.name)
            runs.append(
                write("{what}: that {party} {does}.", what=strong("Beliefs about tactics"), party=name, does=does)
            )
    return runs


def _terms(scenario: Scenario) -> list[Run]:
    terms = scenario.terms
    if terms is None:
        return []
    text = cited("how long it would last, who would watch it and who would stand between", terms.grounds)
    return [write("{what}: {text}.", what=strong("The terms of a truce"), text=text)]


def _rule(scenario: Scenario) -> list[Run]:
    rule = scenario.decision_rule
    return (
        []
        if rule is None
        else [write("{what}: {text}.", what=strong("Who must agree"), text=cited(rule.words.rstrip("."), rule.grounds))]
    )


def _clock(scenario: Scenario) -> list[Run]:
    clock = scenario.clock
    return [] if clock is None else [write("{what}: steps, patience and deadlines.", what=strong("Time"))]


def _war(scenario: Scenario) -> list[Run]:
    war = scenario.war
    return (
        []
        if war is None
        else [
            write("{what}: {text}.", what=strong("The war"), text=cited("how it goes on during the talks", war.grounds))
        ]
    )


def _conflict(scenario: Scenario) -> list[Run]:
    conflict = scenario.conflict
    return (
        []
        if conflict is None
        else [
            write(
                "{what}: {text}.",
                what=strong("What each side can do"),
                text=cited("options and preferences", conflict.grounds),
            )
        ]
    )


PARTS: dict[str, Part] = {
    "links": _links,
    "opinion": _opinion,
    "tactics": _tactics,
    "terms": _terms,
    "decision_rule": _rule,
    "clock": _clock,
    "war": _war,
    "conflict": _conflict,
}


def _unsaid(desk: Desk) -> list[Run]:
    """Measures on which every engine is silent."""
    runs = []
    if desk.engines and not speaking_of_agreement(desk):
        runs.append(plain("How likely agreement is."))
    if desk.engines and not desk.speaking("time_to_agreement"):
        runs.append(plain("How long agreement would take."))
    if desk.engines and not desk.speaking("settlement"):
        runs.append(plain("What would be agreed."))
    return runs
