"""What commands print for people: Rich tables that fit 80 columns.

It is a little longer than other modules: one function a command, and the commands are many.
"""

from __future__ import annotations

import dataclasses
import math
import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from parley.cli import bundles, holding, trace, truce, war

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from numpy.typing import NDArray

    from parley.briefing.proposals import Packages
    from parley.domain.briefing import Block, Briefing
    from parley.domain.comparison import Comparison, EngineSummary, Statistic
    from parley.domain.conflict_answers import Explanation, Inverse, Ways
    from parley.domain.durability import Durability
    from parley.domain.engine import Shown
    from parley.domain.forecast import Ensemble
    from parley.domain.leverage import Leverage
    from parley.domain.scenario import Scenario
    from parley.files.scenarios import Checked
    from parley.predictions.backtest import Backtest
    from parley.predictions.settlement_validation import Difference
    from parley.workbench import Demo

__all__ = [
    "briefing",
    "checked",
    "comparison",
    "demo",
    "durability",
    "engines",
    "ensemble",
    "explanation",
    "inverse",
    "leverage",
    "packages",
    "paper",
    "score",
    "ways",
]

MODES = "every estimate at its mode"
MISSES = (
    "A range says how far the scenario's numbers leave an answer open, not how far the model is wrong. Only the "
    "settlement distribution's says how far outcomes fell from such forecasts, in law-making of the European Union and "
    "not in war."
)


class _Paper(Console):
    """A console that leaves it to the command what a reader who stops reading means."""

    def on_broken_pipe(self) -> None:
        """Pass the error on."""
        raise BrokenPipeError


def paper() -> Console:
    """Where commands print: the terminal, or 80 columns of plain text."""
    console = _Paper(highlight=False, markup=False)
    return console if console.is_terminal else _Paper(highlight=False, markup=False, width=80)


def checked(result: Checked, name: str, *, grounds: bool) -> None:
    """Show the problems of a scenario, and with `grounds` its numbers that rest on nothing."""
    for problem in result.problems:
        typer.echo(str(problem), err=True)
    if result.problems:
        count = len(result.problems)
        typer.echo(f"{count} problem{'s' if count != 1 else ''} found.", err=True)
    if grounds:
        for number, line in result.ungrounded:
            typer.echo(f"{name}:{line}: {number} rests on nothing. Hint: add grounds or because")
        count = len(result.ungrounded)
        typer.echo(
            f"{count} number{'s rest' if count != 1 else ' rests'} on nothing."
            if count
            else "Every number rests on something."
        )
    if result.scenario is not None and not result.problems:
        scenario = result.scenario
        parts = (
            f"{len(scenario.parties)} parties",
            f"{len(scenario.issues)} issues",
            f"{len(scenario.positions)} positions",
            f"{len(scenario.facts)} facts",
            f"{len(scenario.judgements)} judgements",
        )
        typer.echo(f"{name} is sound: {', '.join(parts)}.")


def engines(shown: tuple[Shown, ...]) -> None:
    """Show the engines' cards."""
    console = paper()
    for each in shown:
        console.print(f"{each.name}: {each.card.title}", style="bold")
        lines = [("Question", each.card.question), ("Needs", ", ".join(each.card.needs))]
        lines += [("Assumes", sentence) for sentence in each.card.assumptions]
        lines += [("Cannot say", sentence) for sentence in each.card.cannot_say]
        lines.append(("Cites", ", ".join(each.card.references)))
        lines.append(("Kind", ("published method" if each.card.published else "our own method")))
        if each.parameters:
            lines.append(("Settings", ", ".join(f"{key}={value}" for key, value in each.parameters.items())))
        if each.missing is not None:
            lines.append(("Here", f"cannot run: no {', '.join(each.missing)}" if each.missing else "can run"))
        grid = Table.grid(padding=(0, 1))
        grid.add_column(style="dim", min_width=10)
        grid.add_column(overflow="fold")
        previous = ""
        for label, text in lines:
            grid.add_row("" if label == previous else label, text)
            previous = label
        console.print(Padding(grid, (0, 0, 1, 2)))


def ensemble(result: Ensemble) -> None:
    """Show every engine's answers: settlements, then agreement and payoffs; for a single engine how it got there."""
    console = paper()
    note = f"{_draws(result.draws)}, seed {result.seed}: the middle draw, and from 5 % to 95 % of the draws"
    console.print(result.scenario.title, style="bold")
    console.print(f"{note if result.draws else MODES}\n", style="dim")
    for table in (_settlements(result), _payoffs(result)):
        if table.row_count:
            console.print(table)
    for name, gaps in result.gaps.items():
        console.print(f"{name} did not run: the scenario has no {', '.join(gaps)}.")
    if len(result.runs) == 1 and result.draws == 0:
        from parley.ensembles.output import details_of

        for detail in details_of(result).values():
            trace.trace(console, result.scenario, detail)
    if len(result.runs) == 1 and result.draws:
        from parley.ensembles.output import details_of, draws_details

        for name, shares in draws_details(result).items():
            holding.holding(console, details_of(result)[name], shares)
            war.endings_of_draws(console, shares)
    note = (
        "A party does 100 if it gets all it asks for, 0 if the opposite. – where the engine is silent. "
        "'parley engines' says what each assumes."
    )
    console.print(note, style="dim")
    if result.draws and any("sampled" in run.data for run in result.runs.values()):
        console.print(MISSES, style="dim")


def durability(found: Durability) -> None:
    """Show whether a truce would hold."""
    truce.durability(paper(), found)


def leverage(scenario: Scenario, found: Leverage) -> None:
    """Show what one party could do, engine by engine."""
    trace.leverage(paper(), scenario, found)


def explanation(scenario: Scenario, found: Explanation) -> None:
    """Show why states hold, or who would leave them."""
    from parley.briefing.conflict_words import CONCEPTS_IN_WORDS, explained, unjudged

    console = _conflict(scenario, explained(found, scenario))
    meanings = "; ".join(f"{concept}: {CONCEPTS_IN_WORDS[concept]}" for concept in found.concepts)
    left_out = unjudged(scenario, found.concepts)
    console.print(f"\nA decision maker stays under {meanings}.{left_out and f' {left_out}'}", style="dim")


def ways(scenario: Scenario, found: Ways) -> None:
    """Show how states can be reached."""
    from parley.briefing import conflict_words

    _conflict(scenario, conflict_words.ways(found, scenario))


def inverse(scenario: Scenario, found: Inverse) -> None:
    """Show which changes of preferences would make a state hold."""
    from parley.briefing import inverse_words

    console = _conflict(scenario, inverse_words.inverse(found, scenario))
    note = (
        "Every change was tried out: with it, and nothing else changed, the state holds as said. Where a preference is "
        "to give way, the opposite takes its place; nobody can aim at an exact balance. Of several changes that are "
        "equally small, one is shown."
    )
    console.print(f"\n{note}", style="dim")


def _conflict(scenario: Scenario, blocks: Sequence[Block]) -> Console:
    from parley.briefing.terminal import print_blocks

    console = paper()
    console.print(scenario.title, style="bold")
    console.print(f"{MODES}", style="dim")
    print_blocks(blocks, console)
    return console


def packages(found: Packages) -> None:
    """Show what could be signed, what closes the zone, and what would be traded for what."""
    bundles.packages(paper(), found)


def score(found: Backtest) -> None:
    """Show how well engines did on decided issues."""
    console = paper()
    console.print(f"{found.data}: {found.issues} decided issues of {found.groups} proposals", style="bold")
    console.print(f"{found.citation}. Weights: {_weights(found)}; seed {found.seed}.", style="dim")
    for reason, count in found.left_out.items():
        console.print(f"{count} more left out: {reason}.", style="dim")
    table = _table("How far off, in points of 100, beside the compromise mean")
    table.add_column("Engine", overflow="fold", ratio=1)
    for heading in ("issues", "error", "less the mean's", "CRPS", "less the mean's", "in 80 %"):
        table.add_column(heading, justify="right")
    for name, each in found.engines.items():
        inside = "–" if math.isnan(each.coverage80) else f"{each.coverage80:.0%}"
        cells = (_score(each.mae), _interval(each.by_mae), _score(each.crps), _interval(each.by_crps), inside)
        table.add_row(_plain(name), str(each.n), *cells)
    console.print(table)
    for name, gaps in found.missing.items():
        console.print(f"{name} did not run: such a table has no {', '.join(gaps)}.")
    note = (
        "Error: mean absolute error of the settlement. CRPS: the same for a whole distribution; an engine that names "
        "one point is given its errors on other proposals. Below 0 is better than the compromise mean; each has its "
        "95 % interval. In 80 %: outcomes inside the interval that should hold 80 %."
    )
    console.print(note, style="dim")
    if found.refitted:
        note = (
            "The settlement distribution was fitted on proposals of this table; here it is fitted anew without those "
            "that it is scored on."
        )
        console.print(note, style="dim")


def _weights(found: Backtest) -> str:
    """Whose power decided, with the engines that differ from the first."""
    used = {name: each.weights for name, each in found.engines.items()}
    usual = max(used.values(), key=list(used.values()).count, default=found.weights)
    others = [f"{value} for the {_plain(name)}" for name, value in used.items() if value != usual]
    return ", ".join([usual, *others])


def _score(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.2f}"


def _interval(found: Difference) -> str:
    if math.isnan(found.mean) or found.low == found.high == 0:
        return "–"
    if math.isnan(found.low):
        return f"{found.mean:+.2f}"
    return f"{found.mean:+.2f}\n{found.low:+.2f} to {found.high:+.2f}"


def _settlements(result: Ensemble) -> Table:
    """A block of rows for each issue: one for each engine."""
    table = _table("Where each issue would settle, given agreement")
    table.add_column("Issue", ratio=2, overflow="fold")
    table.add_column("Engine", ratio=2, overflow="fold")
    for heading in ("Middle", "Range"):
        table.add_column(heading, ratio=1, justify="right")
    for issue in result.scenario.issues:
        name = f"{issue.name}{f', {issue.scale.unit}' if issue.scale.unit else ''}"
        for engine, run in result.runs.items():
            middle, spread = _spread(run.data["settlement"].sel(issue=issue.id).values, issue.scale.in_unit)
            if "sampled" in run.data and result.draws:
                spread = _spread(run.data["sampled"].sel(issue=issue.id).values, issue.scale.in_unit)[1]
            if middle != "–":
                table.add_row(name, _plain(engine), middle, spread)
                name = ""
        table.add_section()
    return table


def _payoffs(result: Ensemble) -> Table:
    """A block of rows for each engine: agreement, time, and how well each party does."""
    table = _table("How likely agreement is, and how well each party does")
    table.add_column("Engine", ratio=2, overflow="fold")
    table.add_column("", ratio=2, overflow="fold")
    for heading in ("Middle", "Range"):
        table.add_column(heading, ratio=1, justify="right")
    for engine, run in result.runs.items():
        rows = [("Agreement, chance", (_mean(run.data["agreement"]), ""))]
        rows.append(("Time to it, days", _spread(run.data["time_to_agreement"].values)))
        for party in result.scenario.parties:
            rows.append((party.name, _spread(100 * run.data["payoff"].sel(party=party.id).values)))
        name = _plain(engine)
        for label, (middle, spread) in rows:
            if middle != "–":
                table.add_row(name, label, middle, spread)
                name = ""
        table.add_section()
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", pad_edge=False, box=SIMPLE_HEAD)


def _plain(engine: str) -> str:
    return engine.replace("_", " ")


def _spread(values: NDArray[np.float64], unit: Callable[[float], float] = float) -> tuple[str, str]:
    """The middle of some numbers, and the range of most of them, no finer than the range supports."""
    import numpy as np

    present = np.atleast_1d(values)
    present = present[~np.isnan(present)]
    if not present.size:
        return "–", ""
    low, middle, high = (unit(float(each)) for each in np.quantile(present, (0.05, 0.5, 0.95)))
    if high == low:
        return (f"{middle:.0f}" if abs(middle) >= 100 else f"{middle:.3g}"), ""
    places = 0 if high - low >= 5 else 1 if high - low >= 0.5 else 2
    return f"{middle:.{places}f}", f"{low:.{places}f} to {high:.{places}f}"


def _mean(values: xr.DataArray) -> str:
    import numpy as np

    present = np.atleast_1d(values.values)
    present = present[~np.isnan(present)]
    return f"{present.mean():.0%}" if present.size else "–"


def comparison(result: Comparison) -> None:
    """Show what each approach would change for the party that asks."""
    from parley import approaches

    console = paper()
    asking = result.scenario.party(result.asked_by).name
    summary = approaches.summarise(result)
    names = {approach.id: approach.name for approach in result.approaches}
    console.print(result.scenario.title, style="bold")
    made = f"{_draws(summary.draws, 'paired ')}, seed {result.baseline.seed}" if summary.draws else MODES.capitalize()
    console.print(f"{made}. Differences from no change.\n", style="dim")
    for engine in summary.baseline.engines:
        table = _table(f"{engine}: payoff of {asking}")
        table.add_column("Approach", overflow="fold")
        for heading in ("points of 100", "5 % to 95 %", "best in" if summary.draws else "best"):
            table.add_column(heading, justify="right")
        for each in (summary.baseline, *summary.approaches):
            found = each.engines[engine]
            shown = _change(found.difference.payoff[result.asked_by]) if each.id else ("", "")
            best = _best(found, summary.draws)
            table.add_row(names[each.id] if each.id else "no change", *shown, best)
        console.print(table)
        console.print()
        rows = [
            (names.get(each.id or "", "no change"), each.engines[engine])
            for each in (summary.baseline, *summary.approaches)
        ]
        war.endings(console, rows)


def _change(change: Statistic) -> tuple[str, str]:
    """The mean of a difference of payoffs in points of 100, and its range where there is one."""
    if math.isnan(change.mean):
        return "–", ""
    spread = "" if change.q05 == change.q95 else f"{100 * change.q05:+.1f} to {100 * change.q95:+.1f}"
    return f"{100 * change.mean:+.1f}", spread


def _best(found: EngineSummary, draws: int) -> str:
    """The share of the draws in which an approach is the best; without draws, whether it is."""
    if not found.usable:
        return "–"
    if draws:
        return f"{found.best_share:.0%} of draws"
    return "" if found.best_share == 0 else "tied" if found.tied_share else "best"


def _draws(count: int, kind: str = "") -> str:
    return f"{count} {kind}draw{'s' if count != 1 else ''}"


def briefing(result: Briefing, *, sections: Sequence[str] = ()) -> None:
    """Print a briefing; the sections that are named, or all but the long list of sources."""
    from parley.briefing.terminal import to_terminal

    known = [section.id for section in result.sections]
    wanted = sections or [name for name in known if name != "sources"]
    shown = tuple(section for section in result.sections if section.id in wanted)
    console = paper()
    to_terminal(dataclasses.replace(result, sections=shown), console)
    if not sections:
        console.print("\nEach [F…] and [J…] is listed by: parley brief … --section sources", style="dim")


def demo(made: Demo) -> None:
    """Say where things lie, and what to do next."""
    console, scenario = paper(), shlex.quote(str(made.scenario))
    console.print(f"\nThis took {_draws(made.briefing.draws)} of the scenario's numbers (seed {made.briefing.seed}).")
    console.print("The briefing, to be opened in a browser:", style="bold")
    console.print(f"  {made.html.resolve()}", soft_wrap=True)
    console.print("The scenario it rests on, yours to change:", style="bold")
    console.print(f"  {made.scenario.resolve()}", soft_wrap=True)
    console.print("Then:", style="bold")
    console.print(f"  parley check {scenario}\n  parley brief {scenario} --html briefing.html", soft_wrap=True)
