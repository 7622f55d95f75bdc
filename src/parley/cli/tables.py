"""The commands that bring in tables of other programs and make tables for them: `add` is the main name."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.options import AsJson, ScenarioName, guarded, plain

__all__ = ["add"]


class Form(StrEnum):
    """What can be brought in."""

    ktab = "ktab"
    decide = "decide"
    deu = "deu"
    gmcr = "gmcr"
    genius = "genius"


class Scale(StrEnum):
    """How the payoffs of a domain are scaled."""

    file = "file"
    issue = "issue"


class Target(StrEnum):
    """What a scenario can be turned into."""

    csv = "csv"
    excel = "excel"
    arrow = "arrow"
    ktab = "ktab"
    decide = "decide"
    gmcr = "gmcr"
    genius = "genius"
    geniusweb = "geniusweb"
    graphml = "graphml"
    svg = "svg"


def add(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("import", epilog="Example: parley import ktab talks.csv -o scenario.yaml")(bring_in)
    app.command("export", epilog="Example: parley export excel scenario.yaml -o tables")(take_out)


@guarded
def bring_in(
    form: Annotated[Form, typer.Argument(help="The program, or the data set, that the table comes from.")],
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="The file to read; for genius, the folder of a domain and its profiles."),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="The scenario file to write; it must not exist yet.")],
    issue: Annotated[str | None, typer.Option(metavar="ID", help="Which issue to take, for deu.")] = None,
    party: Annotated[
        str | None, typer.Option(metavar="NAME", help="The party that asks; default: the first of the table.")
    ] = None,
    day: Annotated[
        datetime.datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The day of what the table says; default: as it says."),
    ] = None,
    scaling: Annotated[
        Scale | None,
        typer.Option(help="For genius: payoffs as the files state them, or scaled for each issue as GENIUS does."),
    ] = None,
    grid: Annotated[
        int | None,
        typer.Option(
            min=2, max=1000, help="For genius: how many values of a range of real numbers are taken; default: 11."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Turn a table of another program into a scenario file."""
    from parley import documents, workbench

    made = workbench.import_(
        form.value,
        path,
        out,
        issue=issue,
        party=party,
        as_of=None if day is None else day.date(),
        scaling=None if scaling is None else scaling.value,
        grid=grid,
    )
    if as_json:
        typer.echo(plain(documents.import_document(made, path, out)))
        return
    scenario = made.scenario
    counts = {"parties": scenario.parties, "issues": scenario.issues, "positions": scenario.positions}
    if scenario.conflict is not None:
        counts = {"parties": scenario.parties, "options": scenario.conflict.options}
    elif scenario.payoffs:
        counts = {"parties": scenario.parties, "issues": scenario.issues, "lists of payoffs": scenario.payoffs}
    typer.echo(f"Wrote {out}: {', '.join(f'{len(items)} {name}' for name, items in counts.items())}.")
    for note in made.notes:
        typer.echo(f"Note: {note}")


@guarded
def take_out(
    form: Annotated[
        Target,
        typer.Argument(
            help="csv, excel and arrow make a folder of tables, genius and geniusweb a folder of a domain with its "
            "profiles, ktab, decide, gmcr and graphml one file; svg draws the state graph."
        ),
    ],
    scenario: ScenarioName,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file or the folder to write.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn a scenario into tables for other programs, or its state graph into a picture; say what these cannot hold."""
    from parley import documents, workbench

    source = workbench.opened(scenario)
    made = workbench.export(form.value, source, out, overwrite=overwrite)
    if as_json:
        typer.echo(plain(documents.export_document(made, form.value, source)))
        return
    for path in made.files:
        typer.echo(f"Wrote {path}.")
    for note in made.notes:
        typer.echo(f"Note: {note}")
