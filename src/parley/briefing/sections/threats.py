"""Threats and offers: who could do what to whom, how credible that is, and the conditions that parties set."""

from __future__ import annotations

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.prose import Run, cited, items, joined, paragraph, plain, strong, table, write
from parley.domain.briefing import Block, Piece, Section, Table
from parley.domain.lever import Lever

__all__ = ["TARGETS", "section"]

TARGETS = {
    "war_cost": "the cost of fighting",
    "front_gain": "the chance of gaining ground",
    "capability": "the power to shape the outcome",
    "salience": "how much it cares",
    "no_agreement": "what no agreement is worth",
    "importance": "how much it cares for its wish",
    "guarantee": "what breaking a truce would cost either side",
}
"""What a lever can change, in words."""


def section(desk: Desk) -> Section:
    """Write the section on threats, offers and conditions."""
    blocks: list[Block] = []
    if desk.scenario.levers:
        blocks += [
            paragraph(*_finding(desk)),
            _table(desk),
            *items(_lever(desk, index) for index in range(len(desk.scenario.levers))),
        ]
    else:
        blocks.append(paragraph(plain("The scenario names no means of pressure and no offer.")))
    conditions = [_condition(desk, *place) for place in _conditions(desk)]
    if conditions:
        blocks += [paragraph(plain("Conditions that parties set: “yes, but only if”.")), *items(conditions)]
    return Section(id="threats", title="Threats and offers, and how credible they are", blocks=tuple(blocks))


def _finding(desk: Desk) -> list[Run]:
    levers = list(enumerate(desk.scenario.levers))
    first = plain(
        "Credibility is the chance, in the judgement of the scenario's author and on the grounds cited, that a threat "
        "or an offer is carried out and has its effect."
    )
    strongest = max(levers, key=lambda pair: pair[1].credibility.mode)
    weakest = min(levers, key=lambda pair: pair[1].credibility.mode)
    if strongest[1].credibility.mode == weakest[1].credibility.mode:
        return [first]
    second = write(
        "The most credible is “{most}” by {who} ({chance}); the least is “{least}” by {other} ({small}).",
        most=strongest[1].name,
        who=desk.named(strongest[1].holder),
        chance=_credibility(desk, strongest[0]),
        least=weakest[1].name,
        other=desk.named(weakest[1].holder),
        small=_credibility(desk, weakest[0]),
    )
    return [first, second]


def _credibility(desk: Desk, index: int) -> Piece:
    lever = desk.scenario.levers[index]
    low, high = lever.credibility.low, lever.credibility.high
    around = f"{words.likelihood_range(low, high)}, {words.percentages(low, high)}"
    basis = desk.estimate(("levers", index, "credibility"), f"Credibility of “{lever.name}”", around)
    return Piece(text=around, basis=basis)


def _table(desk: Desk) -> Table:
    rows = []
    for index, lever in enumerate(desk.scenario.levers):
        low, high = lever.cost.low, lever.cost.high
        shown = f"{round(100 * low)} to {round(100 * high)} points of 100" if low < high else words.points(low)
        basis = desk.estimate(("levers", index, "cost"), f"What “{lever.name}” costs {desk.party(lever.holder)}", shown)
        kind = "pressure" if lever.kind == "pressure" else "an offer"
        cost = Piece(text=shown.removesuffix(" of 100"), basis=basis)
        rows.append(
            (
                lever.name,
                _by_and_on(desk, lever),
                kind,
                _credibility(desk, index),
                cost,
            )
        )
    caption = "Means of pressure and offers, their credibility, and what using them costs the party that holds them"
    return table(caption, ("Means", "By and on", "Kind", "Credibility", "Cost to its holder"), rows)


def _by_and_on(desk: Desk, lever: Lever) -> str:
    target = "itself" if lever.target == lever.holder else desk.party(lever.target)
    return f"{desk.party(lever.holder)} on {target}"


def _lever(desk: Desk, index: int) -> Run:
    lever = desk.scenario.levers[index]
    grounds = tuple(dict.fromkeys((*lever.grounds, *lever.credibility.grounds)))
    text = cited(lever.words.strip().rstrip("."), grounds)
    return write("{name}: {text}. {effects}", name=strong(lever.name), text=text, effects=_effects(desk, index, lever))


def _effects(desk: Desk, index: int, lever: Lever) -> Run:
    told = []
    for place, effect in enumerate(lever.effects):
        path = ("levers", index, "effects", place)
        about = f" about {desk.scenario.issue(effect.issue).name}" if effect.issue else _wish(desk, effect.wish)
        what = TARGETS[effect.on] + about
        changes = []
        if effect.times is not None:
            low, high = effect.times.low, effect.times.high
            shown = f"{low:.2g} to {high:.2g} times" if low < high else f"{low:.2g} times"
            basis = desk.estimate((*path, "times"), f"Factor by which “{lever.name}” changes {what}", shown)
            changes.append(write("becomes {shown} what it was", shown=Piece(text=shown, basis=basis)))
        if effect.plus is not None:
            low, high = effect.plus.low, effect.plus.high
            shown = f"{low:+.2g} to {high:+.2g}" if low < high else f"{low:+.2g}"
            basis = desk.estimate((*path, "plus"), f"What “{lever.name}” adds to {what}", shown.replace("-", "−"))
            changes.append(write("changes by {shown}", shown=Piece(text=shown.replace("-", "−"), basis=basis)))
        told.append(write("{what} {changes}", what=what, changes=joined(changes)))
    if not told:
        return plain("What it would change is not stated.")
    return write("For {target}, {told}.", target=desk.named(lever.target), told=joined(told, separator="; ", last="; "))


def _wish(desk: Desk, wish: str | None) -> str:
    """A wish in its own words, or as its statement; nothing where there is none."""
    preferences = desk.scenario.conflict.preferences if desk.scenario.conflict else ()
    found = (each for preference in preferences for each in preference.statements if wish and each.id == wish)
    return "".join(f" “{each.words.strip().rstrip('.') or each.says}”" for each in found)


def _conditions(desk: Desk) -> list[tuple[int, int]]:
    return [
        (index, place)
        for index, position in enumerate(desk.scenario.positions)
        for place in range(len(position.conditions))
    ]


def _condition(desk: Desk, index: int, place: int) -> Run:
    position = desk.scenario.positions[index]
    condition = position.conditions[place]
    issue = desk.scenario.issue(position.issue)
    otherwise = plain("otherwise it accepts nothing on this issue")
    if condition.otherwise is not None:
        shown = units.range_of(condition.otherwise, issue)
        basis = desk.estimate(
            ("positions", index, "conditions", place, "otherwise"),
            f"{desk.party(position.party)} on {issue.name}, if not",
            shown,
        )
        otherwise = write(
            "otherwise it stands at {point}",
            point=Piece(text=units.place(issue, condition.otherwise.mode), basis=basis),
        )
    return write(
        "{party} on {issue}: {text}; {otherwise}.",
        party=strong(desk.party(position.party)),
        issue=issue.name,
        text=cited(condition.words.strip().rstrip("."), condition.grounds),
        otherwise=otherwise,
    )
