"""The commands. `app` is the Typer application."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from parley.cli import coding, durability, graph, reading, reviewing, scoring, tables, talking, training
from parley.cli.options import (
    AsJson,
    DrawCount,
    EngineNames,
    Jobs,
    ScenarioName,
    Seed,
    Settings,
    Store,
    debugging,
    guarded,
    parameters,
    plain,
)
from parley.errors import UsageError

__all__ = ["app"]

app = typer.Typer(
    name="parley",
    help="How could one side approach these talks, and how would each approach go?",
    epilog="Start with: parley demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, value: bool) -> None:
    if value:
        import parley

        typer.echo(f"parley {parley.__version__}")
        raise typer.Exit


@app.callback()
def top(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option(
            "--version", callback=lambda value: _version(value=value), is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Compare how one side could approach talks, and write the briefing."""
    debugging["on"] = debug


@app.command(epilog="Example: parley demo tutorial/two-valleys --out valleys")
@guarded
def demo(
    case: Annotated[
        str, typer.Argument(metavar="[CASE]", help="The shipped case to run.")
    ] = "ceasefires/ukraine-2025-03",
    *,
    out: Annotated[Path, typer.Option(help="Folder for the briefing and a copy of the case.")] = Path("parley-demo"),
    draws: DrawCount = 200,
    seed: Seed = 0,
    jobs: Jobs = 1,
    as_json: AsJson = False,
) -> None:
    """Compare approaches in a shipped case and write the briefing."""
    from parley import workbench
    from parley.cli import show
    from parley.cli.progress import bar

    with bar("Comparing approaches") as progress:
        made = workbench.demo(out, case=case, draws=draws, seed=seed, jobs=jobs, progress=progress)
    if as_json:
        typer.echo(plain(made.document))
    else:
        show.briefing(made.briefing, sections=["bottom-line"])
        show.demo(made)
    _warn_of_failures(workbench.warnings(made.comparison.baseline))
    workbench.insist_on_results(made.comparison.baseline)


@app.command(epilog="Example: parley check scenario.yaml --grounds")
@guarded
def check(
    scenario: ScenarioName,
    *,
    grounds: Annotated[bool, typer.Option("--grounds", help="List the numbers that rest on nothing, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Report all that is wrong with a scenario, each with place and hint."""
    from parley import documents, workbench
    from parley.cli import show

    source = workbench.opened(scenario)
    checked = workbench.check(source)
    if as_json:
        typer.echo(plain(documents.check_document(checked, source)))
    else:
        show.checked(checked, scenario, grounds=grounds)
    if checked.problems:
        raise typer.Exit(3)


@app.command(epilog="Example: parley schema > scenario.schema.json")
@guarded
def schema(
    what: Annotated[
        str, typer.Argument(help="The document: scenario, or the --json output of a command: run, compare …")
    ] = "scenario",
) -> None:
    """Print the JSON Schema of the scenario file, or of a --json output."""
    from parley import workbench

    typer.echo(plain(workbench.schema(what)))


@app.command(epilog="Example: parley engines ceasefires/ukraine-2025-03")
@guarded
def engines(
    scenario: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="Say, too, what this scenario lacks for each.")
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show what each engine answers, needs, assumes and cites."""
    from parley import documents, workbench
    from parley.cli import show

    source = None if scenario is None else workbench.opened(scenario)
    cards = workbench.engines(source)
    if as_json:
        typer.echo(plain(documents.engines_document(cards, source)))
    else:
        show.engines(cards)


@app.command(epilog="Example: parley run ceasefires/ukraine-2025-03 --engine war_bargaining --draws 500")
@guarded
def run(
    scenario: ScenarioName,
    *,
    engine: EngineNames = None,
    settings: Settings = None,
    draws: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=1_000_000,
            help="Number of draws; 0 takes every estimate at its mode. Default: 2000, or 0 for one engine.",
        ),
    ] = None,
    seed: Seed = 0,
    jobs: Jobs = 1,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Run engines on a scenario and show their answers side by side."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    count = draws if draws is not None else 0 if engine and len(engine) == 1 else 2000
    source = workbench.opened(scenario)
    with bar("Running") as progress:
        ensemble = workbench.run(
            source,
            engines=engine,
            settings=parameters(settings),
            draws=count,
            seed=seed,
            jobs=jobs,
            store=store,
            progress=progress,
        )
    if as_json:
        typer.echo(plain(documents.run_document(ensemble, source)))
    else:
        show.ensemble(ensemble)
    _warn_of_failures(workbench.warnings(ensemble))
    workbench.insist_on_results(ensemble, engine)


@app.command(epilog="Example: parley compare ceasefires/ukraine-2025-03 --draws 1000 --json")
@guarded
def compare(
    scenario: ScenarioName,
    *,
    engine: EngineNames = None,
    settings: Settings = None,
    draws: DrawCount = 2000,
    seed: Seed = 0,
    jobs: Jobs = 1,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Compare the asking party's approaches on the same draws."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    source = workbench.opened(scenario)
    with bar("Comparing approaches") as progress:
        comparison = workbench.compare(
            source,
            engines=engine,
            settings=parameters(settings),
            draws=draws,
            seed=seed,
            jobs=jobs,
            store=store,
            progress=progress,
        )
    if as_json:
        typer.echo(plain(documents.compare_document(comparison, source)))
    else:
        show.comparison(comparison)
    _warn_of_failures(workbench.warnings(comparison.baseline))
    workbench.insist_on_results(comparison.baseline, engine)


@app.command(epilog="Example: parley sensitivity ceasefires/ukraine-2025-03 --engine compromise_model")
@guarded
def sensitivity(
    scenario: ScenarioName,
    *,
    party: Annotated[str | None, typer.Option(metavar="ID", help="The party; default: the one that asks.")] = None,
    engine: EngineNames = None,
    settings: Settings = None,
    draws: DrawCount = 200,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Find a party's own best moves, whom it would gain by persuading, and who holds the settlement where it is."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    source = workbench.opened(scenario)
    loaded = workbench.load(source)
    with bar("Trying steps", unit="engines") as progress:
        found = workbench.sensitivity(
            loaded,
            party=party,
            engines=engine,
            settings=parameters(settings),
            draws=draws,
            seed=seed,
            progress=progress,
        )
    if as_json:
        typer.echo(plain(documents.sensitivity_document(found, loaded, source)))
    else:
        show.leverage(loaded, found)
    workbench.insist_on_answers(found)


@app.command(epilog="Example: parley packages ceasefires/ukraine-2025-03 --set scope=any_issues")
@guarded
def packages(
    scenario: ScenarioName,
    *,
    settings: Settings = None,
    as_json: AsJson = False,
) -> None:
    """Find packages that all who must sign could sign, what closes the zone, and what would be traded for what."""
    from parley import documents, workbench
    from parley.cli import show

    source = workbench.opened(scenario)
    found = workbench.packages(source, settings=parameters(settings))
    if as_json:
        typer.echo(plain(documents.packages_document(found, source)))
    else:
        show.packages(found)


@app.command(epilog="Example: parley brief ceasefires/ukraine-2025-03 --html briefing.html")
@guarded
def brief(
    scenario: ScenarioName,
    *,
    html: Annotated[Path | None, typer.Option(help="Write the briefing as one self-contained HTML file, too.")] = None,
    section: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Print this section only, such as delay; repeat for several."),
    ] = None,
    engine: EngineNames = None,
    settings: Settings = None,
    draws: DrawCount = 2000,
    seed: Seed = 0,
    jobs: Jobs = 1,
    store: Store = None,
    as_json: AsJson = False,
) -> None:
    """Write the briefing: in the terminal, as HTML, or as JSON."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    if section and as_json:
        raise UsageError("--section chooses what is printed in the terminal; leave it or --json out")
    workbench.insist_on_sections(section or ())
    source = workbench.opened(scenario)
    with bar("Comparing approaches") as progress:
        comparison = workbench.compare(
            source,
            engines=engine,
            settings=parameters(settings),
            draws=draws,
            seed=seed,
            jobs=jobs,
            store=store,
            progress=progress,
        )
    briefing = workbench.brief(comparison)
    if html is not None:
        workbench.write_html(briefing, html)
    if as_json:
        typer.echo(plain(documents.brief_document(briefing, source)))
    else:
        show.briefing(briefing, sections=section or ())
    if html is not None:
        typer.echo(f"The briefing lies in {html}", err=True)
    _warn_of_failures(workbench.warnings(comparison.baseline))
    workbench.insist_on_results(comparison.baseline, engine)


reading.add(app)
graph.add(app)
scoring.add(app)
durability.add(app)
talking.add(app)
tables.add(app)
coding.add(app)
reviewing.add(app)
training.add(app)


def _warn_of_failures(warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        sys.stderr.write(f"Warning: {warning}\n")
