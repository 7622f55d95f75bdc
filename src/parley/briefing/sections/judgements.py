"""The judgements that matter most, as a checklist for a reviewer."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from parley.briefing import units, words
from parley.briefing.desk import Desk
from parley.briefing.families import PACKAGES, kind
from parley.briefing.prose import Run, items, joined, paragraph, plain, strong, table, write
from parley.briefing.ranking import Standing, least_costly, standings
from parley.domain.briefing import Block, Chart, Piece, Section
from parley.domain.draws import Quantity
from parley.domain.estimate import Estimate
from parley.ensembles import Influence, leading_judgements

__all__ = ["section"]

CHECKED = 12
"""As many judgements stand on the checklist."""

DRAWN = 6
"""As many stand in the picture of one result."""

RANKED = 3
"""As many results have their judgements ranked."""

FEWEST = 20
"""With fewer draws than this no judgement can be told from chance."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """A result that hangs on judgements.

    Attributes
    ----------
    engine : whose result it is
    what : what it is, in words
    basis : id of its basis
    leading : the judgements that it follows, the closest first
    """

    engine: str
    what: str
    basis: str
    leading: tuple[Influence, ...]


Links = Sequence[tuple[Influence, _Result]]
"""What follows a judgement, and how closely."""


def section(desk: Desk) -> Section:
    """Write the section on the judgements that matter most."""
    results, widest = _results(desk), _widest(desk)
    if not results and not widest:
        text = "The scenario gives every number exactly, so that no result can be traced to one that is in doubt."
        blocks: tuple[Block, ...] = (paragraph(plain(text)),)
    elif not results:
        text = (
            "No result here follows any of the scenario's numbers closely enough to tell it from chance. The widest "
            "estimates:"
        )
        told: set[str] = set()
        checks = items(_check(desk, each, (), told) for each in widest)
        blocks = (paragraph(plain(text)), *checks)
    else:
        text = (
            "Going through this list is the quickest way to disagree with this briefing. Each line is a number that "
            "the author of the scenario chose, with the reason given for it. They are ranked by how closely a result "
            "follows them over the draws."
        )
        blocks = (paragraph(plain(text)), *(_chart(desk, each) for each in results), *_checklist(desk, results))
    return Section(id="judgements", title="The judgements that matter most", blocks=blocks)


def _results(desk: Desk) -> list[_Result]:
    """Results whose judgements are ranked: each engine's chance of agreement, and what the best approach changes."""
    found = (each for each in _candidates(desk) if each is not None)
    return list(itertools.islice(found, RANKED))


def _candidates(desk: Desk) -> Iterator[_Result | None]:
    for engine in desk.speaking("agreement"):
        values = desk.values(engine, "agreement")
        what = (
            "whether something could be signed" if kind(desk.cards[engine]) == PACKAGES else "the chance of agreement"
        )
        yield _result(desk, engine, what, values, desk.result(engine, "agreement"))
    for standing in standings(desk):
        best = _approach(desk, standing)
        if best is not None:
            changed = desk.values(standing.engine, "payoff", best, party=desk.comparison.asked_by)
            base = desk.values(standing.engine, "payoff", party=desk.comparison.asked_by)
            values = None if changed is None or base is None else changed - base
            what = f"what “{desk.approach(best)}” changes for {desk.asker}"
            yield _result(desk, standing.engine, what, values, desk.result(standing.engine, "payoff", best))


def _approach(desk: Desk, standing: Standing) -> str | None:
    """The approach that an engine puts first; where that is changing nothing, the one that costs least."""
    if not standing.sees:
        return None
    if None not in standing.best:
        return standing.best[0]
    found = least_costly(desk, standing.engine)
    return None if found is None else found[0]


def _result(desk: Desk, engine: str, what: str, values: Array | None, basis: str) -> _Result | None:
    """Rank the judgements that a result can hang on: those that its engine and its approach use."""
    if values is None or np.isfinite(values).sum() < FEWEST:
        return None
    used = set(desk.bases[basis].quantities)
    found = leading_judgements(values, desk.draws)
    usable = [each for each in found if each.quantity.name in used]
    leading = tuple(each for each in usable if abs(each.correlation) > _chance(len(usable), each.draws))
    return _Result(engine=engine, what=what, basis=basis, leading=leading) if leading else None


def _chance(quantities: int, draws: int) -> float:
    """The rank correlation that chance alone gives to one of so many quantities or more in one briefing of twenty."""
    return NormalDist().inv_cdf(1 - 0.05 / (2 * max(1, quantities))) / math.sqrt(draws - 1)


def _checklist(desk: Desk, results: list[_Result]) -> tuple[Block, ...]:
    """Every judgement that leads a result, the closest link first, each with all its links."""
    links: dict[str, list[tuple[Influence, _Result]]] = {}
    for result in results:
        for influence in result.leading:
            links.setdefault(influence.quantity.name, []).append((influence, result))
    order = sorted(links.values(), key=lambda each: -max(abs(influence.correlation) for influence, _ in each))
    told: set[str] = set()
    return items((_check(desk, each[0][0].quantity, each, told) for each in order[:CHECKED]), ordered=True)


def _widest(desk: Desk) -> list[Quantity]:
    """The estimates that are widest beside the range that they may take."""

    def width(quantity: Quantity) -> float:
        whole = quantity.high - quantity.low
        scale = whole if np.isfinite(whole) else max(abs(quantity.estimate.high), abs(quantity.estimate.low), 1.0)
        return (quantity.estimate.high - quantity.estimate.low) / scale

    wide = [each for each in desk.quantities.values() if each.estimate.high > each.estimate.low]
    return sorted(wide, key=lambda each: -width(each))[:CHECKED]


def _chart(desk: Desk, result: _Result) -> Chart:
    leading = result.leading[:DRAWN]
    named = [(words.capital(label(desk, each.quantity)), each.correlation) for each in leading]
    rows = [{"name": name, "rho": correlation} for name, correlation in named]
    lines = [(name, Piece(text=_strength(correlation), basis=result.basis)) for name, correlation in named]
    engine = desk.mention(result.engine)
    title = f"By {engine}, {result.what} hangs most on {label(desk, leading[0].quantity)}"
    return Chart(
        id=f"sensitivity-{result.basis}",
        title=title,
        subtitle=f"By {engine}: how closely {result.what} follows each judgement over the draws, from −1 (falls as it "
        "rises) over 0 (no link) to 1 (rises with it); rank correlation",
        kind="sensitivity",
        data={"rows": rows},
        alt=f"One bar for each judgement, longest first. {title}.",
        table=table(f"How closely {result.what}, by {engine}, follows each judgement", ("Judgement", "Link"), lines),
    )


def _strength(correlation: float) -> str:
    size = abs(correlation)
    word = "weak" if size < 0.2 else "moderate" if size < 0.5 else "strong"
    sign = "−" if correlation < 0 else "+"
    return f"{word} ({sign}{size:.1f}), {'falls as it rises' if correlation < 0 else 'rises with it'}"


FIELDS = {
    "position": "the position of {party} on {issue}",
    "salience": "how much {party} cares about {issue}",
    "flexibility": "how readily {party} would move on {issue}",
    "at_least": "the red line of {party} on {issue}",
    "at_most": "the red line of {party} on {issue}",
    "otherwise": "where {party} stands on {issue} if its condition fails",
}

WAR = {
    "cost_a": "what a step of fighting costs {a}",
    "cost_b": "what a step of fighting costs {b}",
    "a_gains": "the chance that {a} gains ground in a step",
    "b_gains": "the chance that {b} gains ground in a step",
    "start": "where the front stands now",
    "proposer": "the chance that {a} makes the offer",
    "breach_penalty_a": "what breaking a truce would cost {a}",
    "breach_penalty_b": "what breaking a truce would cost {b}",
}

PERCENTAGES = ("credibility", "a_gains", "b_gains", "proposer", "per_step")
"""Fields that are chances or shares, said in per cent."""

LEVER = {
    "credibility": "how credible “{lever}” is",
    "cost": "what “{lever}” costs the party that uses it",
    "times": "how much “{lever}” changes",
    "plus": "how much “{lever}” adds",
}


def label(desk: Desk, quantity: Quantity) -> str:
    """What a number of the scenario is, in words.

    Parameters
    ----------
    desk : the desk
    quantity : the number

    Returns
    -------
    Words without a full stop; the quantity's technical name where none are known.
    """
    scenario, path, last = desk.scenario, quantity.path, str(quantity.path[-1])
    if path[0] == "positions" and last in FIELDS:
        position = scenario.positions[int(path[1])]
        return FIELDS[last].format(party=desk.named(position.party), issue=scenario.issue(position.issue).name)
    if path[0] == "war" and scenario.war is not None:
        if last in WAR:
            return WAR[last].format(a=desk.named(scenario.war.side_a), b=desk.named(scenario.war.side_b))
        if "pie" in path:
            return f"the weight of {scenario.issue(scenario.war.pie[int(path[2])].issue).name} in what the war is about"
    if path[0] == "levers" and last in LEVER:
        return LEVER[last].format(lever=scenario.levers[int(path[1])].name)
    if path[0] == "parties":
        name = words.in_sentence(scenario.parties[int(path[1])].name)
        return (
            f"the power of {name} to shape the outcome"
            if last == "capability"
            else f"what no agreement is worth to {name}"
        )
    return _other(desk, quantity)


def _other(desk: Desk, quantity: Quantity) -> str:
    scenario, path = desk.scenario, quantity.path
    if path[0] == "clock" and scenario.clock is not None:
        if "discounts" in path:
            return f"the patience of {desk.named(scenario.clock.discounts[int(path[2])].party)}"
        return "when the first offer comes"
    if path[0] == "approaches":
        approach = scenario.approaches[int(path[1])]
        if "moves" in path:
            return f"what “{approach.name}” asks for on {scenario.issue(approach.moves[int(path[3])].issue).name}"
        return f"how long “{approach.name}” waits"
    if path[0] == "conflict" and scenario.conflict is not None:
        return _of_conflict(desk, quantity)
    if path[0] == "links":
        return f"what a link is worth: {scenario.links[int(path[1])].words}"
    return quantity.name


def _of_conflict(desk: Desk, quantity: Quantity) -> str:
    conflict, path = desk.scenario.conflict, quantity.path
    assert conflict is not None
    if path[1] == "preferences":
        preference = conflict.preferences[int(path[2])]
        statement = preference.statements[int(path[4])]
        wish = (statement.words or statement.says).strip().rstrip(".")
        return f"how high {desk.named(preference.party)} ranks the wish “{wish}”"
    option = conflict.options[int(path[2])]
    return f"where “{option.name}” would put {desk.scenario.issue(option.means[int(path[4])].issue).name}"


def _check(desk: Desk, quantity: Quantity, links: Links, told: set[str]) -> Run:
    """One line of the checklist: the number, its range, its reason, its grounds, and what follows it.

    A judgement's own reason is told the first time that it comes up, and kept in `told`.
    """
    shown = _range(desk, quantity)
    basis = desk.estimate(quantity.path, words.capital(label(desk, quantity)), shown)
    reasons = _reasons(desk, quantity, told) or "The reason is that of the judgement cited, as above."
    following = joined(
        (
            write(
                "{what} by {engine}: {link}",
                what=result.what,
                engine=desk.mention(result.engine),
                link=Piece(text=_strength(influence.correlation), basis=result.basis),
            )
            for influence, result in links
        ),
        separator="; ",
        last="; ",
    )
    return write(
        "{name}: {shown}. {reasons}{following}",
        name=strong(words.capital(label(desk, quantity))),
        shown=Piece(text=shown, basis=basis),
        reasons=Piece(text=reasons, cites=quantity.estimate.grounds),
        following=write(" Bears on {following}.", following=following) if following else (),
    )


def _reasons(desk: Desk, quantity: Quantity, told: set[str]) -> str:
    because = quantity.estimate.because.strip().rstrip(".")
    reasons = [f"Reason given: {because}."] if because else []
    judged = {each.id: each for each in desk.scenario.judgements}
    for ground in quantity.estimate.grounds:
        if ground in judged and ground not in told:
            told.add(ground)
            held = judged[ground].words.strip().rstrip(".")
            reasons.append(f"{held}. Reason given: {_opening(judged[ground].because)}")
    return " ".join(reasons)


def _opening(because: str) -> str:
    """The first sentence of a reason, which the table of judgements has in full."""
    return re.split(r"(?<=[.!?])\s+", because.strip(), maxsplit=1)[0]


def _range(desk: Desk, quantity: Quantity) -> str:
    estimate, path = quantity.estimate, quantity.path
    issue = _issue_of(desk, quantity)
    if issue is not None:
        return units.range_of(estimate, desk.scenario.issue(issue))
    if path[-1] in PERCENTAGES:
        around = words.percentages(estimate.low, estimate.high)
        return f"{around}, most likely {words.percentage(estimate.mode)}"
    if path[0] == "levers" and path[-1] == "cost":
        return _spoken(estimate, 100.0, " points of 100")
    if path[-1] == "importance":
        return f"{_spoken(estimate)}, where the wish with the higher number comes first"
    return _spoken(estimate, unit=" of 1" if path[-1] in ("salience", "flexibility") else "")


def _spoken(estimate: Estimate, times: float = 1.0, unit: str = "") -> str:
    low, mode, high = (f"{times * value:.3g}" for value in (estimate.low, estimate.mode, estimate.high))
    return f"{mode}{unit}" if low == high else f"{low} to {high}{unit}, most likely {mode}"


def _issue_of(desk: Desk, quantity: Quantity) -> str | None:
    path, scenario = quantity.path, desk.scenario
    if path[0] == "positions" and path[-1] in ("position", "at_least", "at_most", "otherwise"):
        return scenario.positions[int(path[1])].issue
    if path[0] == "approaches" and "moves" in path:
        return scenario.approaches[int(path[1])].moves[int(path[3])].issue
    if path[0] == "conflict" and path[-1] == "at" and scenario.conflict is not None:
        return scenario.conflict.options[int(path[2])].means[int(path[4])].issue
    return None
