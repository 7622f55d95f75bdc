"""The command that tells how the talks would run: `add` is the main name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from parley.cli.options import AsJson, DrawCount, ScenarioName, Seed, Settings, guarded, parameters, plain

if TYPE_CHECKING:
    from rich.console import Console

    from parley.domain.scenario import Scenario
    from parley.engines.talks.advice import Advice
    from parley.engines.talks.report import Report as Talks

__all__ = ["add", "show"]

RULES = {
    "maximin": "the best worst case (maximin)",
    "minimax_regret": "the least that may be regretted (minimax regret)",
    "laplace": "the best mean, all paces equally likely (Laplace)",
}


def add(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: parley talks ceasefires/ukraine-2025-03 --draws 200 --json")(talks)


@guarded
def talks(
    scenario: ScenarioName,
    *,
    party: Annotated[str | None, typer.Option(metavar="ID", help="The party; default: the one that asks.")] = None,
    settings: Settings = None,
    draws: DrawCount = 200,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Tell how the talks would run turn by turn, and which opening, pace or part serves a party."""
    from parley import documents, workbench

    source = workbench.opened(scenario)
    loaded = workbench.load(source)
    found = workbench.talks(loaded, party=party, settings=parameters(settings), draws=draws, seed=seed)
    if as_json:
        typer.echo(plain(documents.talks_document(found, loaded, source, seed=seed, draws=draws)))
    else:
        from parley.cli.show import paper

        show(paper(), loaded, found, over=f"{draws} draws, seed {seed}" if draws else "every estimate at its mode")


def show(console: Console, scenario: Scenario, found: Talks, *, over: str) -> None:
    """Print a report on talks.

    Parameters
    ----------
    console : where to print
    scenario : gives names and units
    found : the report
    over : what it was drawn from, in words
    """
    from parley.briefing.talk_lines import rungs_left_out

    console.print(scenario.title, style="bold")
    console.print(f"How the talks would run; {over}.\n", style="dim")
    ends, days = found.ends, found.time_to_agreement
    late = "" if math.isnan(days) else f", after {days:.0f} days on average"
    console.print(
        f"{ends['agreement']:.0%} of talks end in agreement{late}; somebody leaves {ends['left']:.0%}; the clock ends "
        f"{ends['deadline']:.0%}. Some package could be signed by all who must in {found.zone_open:.0%} of draws.\n"
    )
    left_out = rungs_left_out(scenario, found.story)
    if left_out:
        console.print(f"{left_out}\n", style="dim")
    console.print("With the most plausible numbers", style="bold")
    _paths(console, scenario, found.story)
    if found.when_open is not None:
        console.print(
            f"Where there is room: draw {found.when_open['draw']}, in the middle of those that agree", style="bold"
        )
        _paths(console, scenario, found.when_open)
    console.print(_tournament(scenario, found))
    if found.advice is not None:
        _advised(console, scenario, found.advice)
        _game(console, scenario, found)
    else:
        console.print("The party that asks neither signs nor brokers here, so that no part in the talks is its own.")
    stated = any(payoff.issues for payoff in scenario.payoffs)
    unit = "in the unit that each party states" if stated else "on the common yardstick, 0 to 1"
    console.print(f"Worths are {unit}. Tactics are beliefs; on the paths nobody answers another's tactic.", style="dim")


def _paths(console: Console, scenario: Scenario, story: dict[str, Any]) -> None:
    from parley.briefing.talk_lines import ending, lines, manner

    for number, path in enumerate(story["paths"], start=1):
        console.print(f"\nPath {number}: stands for {path['weight']:.0%} of talks. {ending(path)}.")
        for party in (*path["paces"], *(each for each in path["ploys"] if each not in path["paces"])):
            how = manner(path, party)
            if how:
                console.print(f"  {scenario.party(party).name} {how}.", style="dim")
        table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=False)
        table.add_column(justify="right", style="dim", no_wrap=True)
        table.add_column(max_width=14, overflow="fold")
        table.add_column()
        for line in lines(scenario, path):
            table.add_row(line.when, scenario.party(line.party).name if line.party else "", line.text)
        console.print(table)
    console.print()


def _game(console: Console, scenario: Scenario, found: Talks) -> None:
    """Print how the options and the others' paces answer each other."""
    from parley.briefing.answers import answers_in_words
    from parley.engines.talks.game import told

    console.print("\nIf the others answer, each for itself", style="bold")
    if found.game is None:
        console.print("More than two others must sign: that is too many paces to set against each other.")
        return
    for line in answers_in_words(scenario, told(found.game)):
        console.print(f"  {line}")


def _tournament(scenario: Scenario, found: Talks) -> Table:
    from parley.methods.offers import PACES

    met = found.tournament
    first, second = (scenario.party(party).name for party in met.parties)
    title = (
        f"Pace against pace, without ploys and broker: {first} (rows) and {second} (columns), what the talks are worth"
    )
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("")
    for pace in PACES:
        table.add_column(pace.replace("_", " "), justify="right")
    for i, pace in enumerate(PACES):
        cells = [f"{met.value[0, i, j]:.2f} / {met.value[1, i, j]:.2f}" for j in range(len(PACES))]
        table.add_row(pace.replace("_", " "), *cells)
    return table


def _advised(console: Console, scenario: Scenario, advice: Advice) -> None:
    name = scenario.party(advice.party).name
    part = "Which opening and pace serve" if advice.role == "signer" else "Which part in the talks serves"
    title = f"{part} {name}, against what is believed of the others"
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold")
    table.add_column("")
    for column in ("Worth", "Behind the best", "Best in", "Agreement"):
        table.add_column(column, justify="right")
    for option in advice.options:
        error = "" if math.isnan(option.behind_error) or option.behind == 0 else f" ± {2 * option.behind_error:.3f}"
        table.add_row(
            option.name.replace("_", " "),
            f"{option.value:.3f}",
            f"{option.behind:.3f}{error}",
            f"{option.best_share:.0%}",
            f"{option.agreement:.0%}",
        )
    console.print(table)
    console.print("If nothing is known of the others' paces:")
    for rule, words in RULES.items():
        chosen = [each.replace("_", " ") for each in advice.robust[rule]]
        said = (
            "makes no difference between the options"
            if len(chosen) == len(advice.options)
            else f"takes {' or '.join(chosen)}"
        )
        console.print(f"  {words} {said}.")
