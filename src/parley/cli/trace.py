"""What an engine says beyond its numbers, for people: rounds, moves and trades, and what one party could do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from parley.cli.states import states
from parley.cli.war import war
from parley.domain.measure import Spot

if TYPE_CHECKING:
    from rich.console import Console

    from parley.domain.leverage import EngineLeverage, Leverage, Step
    from parley.domain.scenario import Scenario

__all__ = ["leverage", "trace"]

SHOWN = 12
"""As many moves or trades are printed; `--json` has them all."""


def trace(console: Console, scenario: Scenario, detail: Mapping[str, Any]) -> None:
    """Print how an engine got to its answer: positions by round, why parties moved, what was traded, what holds."""
    if detail.get("states") and detail.get("equilibria"):
        states(console, scenario, detail)
    rounds = detail.get("rounds", [])
    if len(rounds) > 1:
        for issue in scenario.issues:
            if _moved(rounds, issue.id):
                console.print(_rounds(scenario, rounds, issue.id))
    for issue_id, cycle in (detail.get("cycle") or {}).items():
        if cycle:
            name = scenario.issue(issue_id).name
            again = f"what round {cycle['from_round']} holds comes back every {cycle['length']} rounds"
            console.print(f"{name}: it goes round in a circle: {again}; it never comes to rest.\n")
    _listed(console, "Who moved, and why", [_move(scenario, each) for each in detail.get("moves", [])])
    _listed(console, "What was traded", [_exchange(scenario, each) for each in detail.get("exchanges", [])])
    if detail.get("clocks"):
        console.print(_clocks(detail["clocks"]))
    if detail.get("waiting") and detail.get("values"):
        war(console, scenario, detail)
    if detail.get("blockers"):
        console.print(_blockers(scenario, detail["blockers"], scenario.question.asked_by))


DAYS_SHOWN = (7, 30, 90, 365)


def _clocks(clocks: Mapping[str, Sequence[Mapping[str, Any]]]) -> Table:
    """A row for each clock of a truce, each given the one before it."""
    table = Table(
        title="Clocks of the truce", title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False
    )
    for heading in ("By day", *map(str, DAYS_SHOWN)):
        table.add_column(heading, justify="left" if heading == "By day" else "right")
    for name, readings in clocks.items():
        chances = {each["day"]: each["probability"] for each in readings}
        shown = ("–" if chances[day] is None else f"{chances[day]:.0%}" for day in DAYS_SHOWN)
        table.add_row(name.replace("_", " "), *shown)
    return table


def leverage(console: Console, scenario: Scenario, found: Leverage) -> None:
    """Print what one party could do, engine by engine."""
    name = scenario.party(found.party).name
    console.print(scenario.title, style="bold")
    over = f"{found.draws} draws, seed {found.seed}" if found.draws else "every estimate at its mode"
    console.print(f"What {name} could do about where the issues settle; {over}.\n", style="dim")
    for engine, each in found.engines.items():
        title = engine.replace("_", " ").capitalize()
        if each.failure:
            console.print(f"{title}: {each.failure}.\n")
            continue
        console.print(_steps(scenario, title, each, name, many=found.draws > 0))
        console.print(_blockers(scenario, each.blockers, found.party))
    for engine, gaps in found.missing.items():
        console.print(f"{engine} did not run: the scenario has no {', '.join(gaps)}.")
    note = (
        "Gain: what the party's payoff gains by what it truly wants, in points of 100. Price: for persuasion, what the "
        "other party loses, so that it must be made up for (below 0: it gains as well); for a stated position, how far "
        "it departs from what is wanted; both in points of 100. For care, by how much."
    )
    console.print(note, style="dim")


def _moved(rounds: Sequence[Mapping[str, Any]], issue: str) -> bool:
    first, others = rounds[0]["positions"].get(issue, {}), rounds[1:]
    return any(abs(each["positions"][issue][party] - at) > 1e-9 for each in others for party, at in first.items())


def _rounds(scenario: Scenario, rounds: Sequence[Mapping[str, Any]], issue_id: str) -> Table:
    """Positions on one issue: a row for each party, a column for each of the rounds that fit."""
    issue = scenario.issue(issue_id)
    unit = f", {issue.scale.unit}" if issue.scale.unit else ""
    shown = _few(rounds, 7)
    table = _table(f"{issue.name}{unit}: positions by round")
    table.add_column("Round", overflow="fold", min_width=16)
    for each in shown:
        table.add_column(str(each["round"]), justify="right")
    write = _places(issue.scale.high - issue.scale.low, issue.scale.in_unit)
    for party in scenario.parties:
        if party.id in rounds[0]["positions"][issue_id]:
            table.add_row(party.name, *(write(each["positions"][issue_id].get(party.id)) for each in shown))
    table.add_section()
    for name in ("median", "mean"):
        table.add_row(name.capitalize(), *(write(each[name][issue_id]) for each in shown))
    return table


def _few(rounds: Sequence[Mapping[str, Any]], most: int) -> list[Mapping[str, Any]]:
    """All rounds, or the first ones, some between, and the last."""
    if len(rounds) <= most:
        return list(rounds)
    last = len(rounds) - 1
    return [rounds[round(i * last / (most - 1))] for i in range(most)]


def _places(length: float, in_unit: Callable[[float], float]) -> Callable[[float | None], str]:
    """A writer of points with as many decimals as the length of the scale makes sensible."""
    places = 0 if length >= 100 else 1 if length >= 10 else 2

    def write(point: float | None) -> str:
        return "–" if point is None else f"{in_unit(float(point)):.{places}f}"

    return write


def _at(scenario: Scenario, spot: Spot) -> str:
    scale = scenario.issue(spot.issue).scale
    return _places(scale.high - scale.low, scale.in_unit)(spot)


def _move(scenario: Scenario, move: Mapping[str, Any]) -> str:
    who, issue = scenario.party(move["who"]).name, scenario.issue(move["issue"]).name
    path = f"from {_at(scenario, move['from'])} to {_at(scenario, move['to'])}"
    return (
        f"Round {move['round']}, {issue}: {who} {path}, towards {scenario.party(move['to_whom']).name}. {move['why']}"
    )


def _exchange(scenario: Scenario, trade: Mapping[str, Any]) -> str:
    parts = []
    for side in (trade["supplier"], trade["demander"]):
        who, issue = scenario.party(side["party"]).name, scenario.issue(side["issue"]).name
        parts.append(f"{who} moves on {issue} from {_at(scenario, side['from'])} to {_at(scenario, side['to'])}")
    others = sum(trade["externalities"].values())
    rest = f"all others {'gain' if others > 0 else 'lose'} {abs(others):.3g} together"
    return f"Round {trade['round']}: {', '.join(parts)}. Each gains {trade['gain']:.3g}; {rest}."


def _listed(console: Console, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    console.print(title, style="bold")
    for line in lines[:SHOWN]:
        console.print(f"  {line}")
    if len(lines) > SHOWN:
        console.print(f"  … and {len(lines) - SHOWN} more; --json has them all", style="dim")
    console.print()


def _steps(scenario: Scenario, title: str, found: EngineLeverage, name: str, *, many: bool) -> Table:
    table = _table(f"{title}: what {name} could do")
    table.add_column("Step", overflow="fold", ratio=1)
    table.add_column("Gain", justify="right")
    if many:
        table.add_column("8 draws in 10", justify="right")
        table.add_column("Gains in", justify="right")
    table.add_column("Price", justify="right")
    for step in found.steps:
        spread = (f"{100 * step.gain.q10:+.1f} to {100 * step.gain.q90:+.1f}", f"{step.positive:.0%}") if many else ()
        price = f"{step.gives:.1f} care" if step.kind == "own_salience" else f"{100 * step.gives:+.1f}"
        table.add_row(_step_in_words(scenario, step), f"{100 * step.gain.mean:+.1f}", *spread, price)
    if not found.steps:
        table.add_row(f"none of {found.tried} steps that were tried gains anything", *([""] * (4 if many else 2)))
    return table


def _step_in_words(scenario: Scenario, step: Step) -> str:
    issue = scenario.issue(step.issue)
    who = scenario.party(step.party).name
    write = _places(issue.scale.high - issue.scale.low, issue.scale.in_unit)
    points = f"from {write(step.before)} to {write(step.after)}" + (f" {issue.scale.unit}" if issue.scale.unit else "")
    care = f"from {step.before:.2g} to {step.after:.2g}"
    return {
        "state_position": f"{issue.name}: ask for {write(step.after)}, not {write(step.before)}",
        "own_salience": f"{issue.name}: care {'more' if step.after > step.before else 'less'}, {care}",
        "persuade_to_move": f"{issue.name}: persuade {who} to move {points}",
        "persuade_to_care_more": f"{issue.name}: persuade {who} to care more, {care}",
        "persuade_to_care_less": f"{issue.name}: persuade {who} to care less, {care}",
    }[step.kind]


def _blockers(scenario: Scenario, blockers: Sequence[Mapping[str, Any]], asked_by: str) -> Table:
    asker = scenario.party(asked_by).name
    table = _table(f"Who holds the settlement where it is (gains are those of {asker}, points of 100)")
    table.add_column("Party", overflow="fold", ratio=1)
    for heading in ("moves it by", "gain without it", "gain if won over"):
        table.add_column(heading, justify="right")
    for each in blockers:
        gains = (each["gain_without"], each["gain_won_over"])
        cells = ("–" if gain is None else f"{100 * gain:+.1f}" for gain in gains)
        table.add_row(scenario.party(each["party"]).name, f"{each['moves_settlement']:.1f}", *cells)
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", pad_edge=False, box=SIMPLE_HEAD)
