"""The commands from statements to the draft of a scenario, but for the review: `add` is the main name."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.options import AsJson, ScenarioName, Seed, guarded, plain

__all__ = ["Articles", "CodebookBeside", "CodebookName", "add"]

CodebookName = Annotated[
    str,
    typer.Option(
        "--codebook", metavar="FILE", help="The codebook: a file, or the name of a shipped case that has one."
    ),
]
CodebookBeside = Annotated[
    str | None,
    typer.Option("--codebook", metavar="FILE", help="The codebook; default: codebook.yaml beside the claims."),
]
Articles = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER", help="The folder of the articles; default: beside the file, or its folder articles."
    ),
]


def add(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        "draft-codebook",
        epilog="Example: parley draft-codebook ceasefires/ukraine-2025-03 -o codebook.yaml",
    )(draft_codebook)
    app.command(epilog="Example: parley code statements.jsonl --codebook codebook.yaml -o claims.jsonl")(code)
    app.command(epilog="Example: parley agreement ana.jsonl ben.jsonl --codebook codebook.yaml")(agreement)
    app.command(epilog="Example: parley compose claims.jsonl --asked-by united_states -o scenario.yaml")(compose)


@guarded
def draft_codebook(
    scenario: ScenarioName,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="The codebook to write; it must not exist yet.")],
    as_json: AsJson = False,
) -> None:
    """Draft a codebook from a scenario: its issues, their points and the names of its parties."""
    from parley import documents, workbench

    source = workbench.opened(scenario)
    made = workbench.draft_codebook(workbench.load(source), out)
    if as_json:
        typer.echo(plain(documents.draft_codebook_document(made, source)))
        return
    counts = f"{len(made.codebook.issues)} issues, {len(made.codebook.parties)} parties"
    typer.echo(f"Wrote {out}: {counts}. Add the words that the press uses.")


@guarded
def code(
    statements: Annotated[
        Path, typer.Argument(metavar="STATEMENTS", help="The statements, as parley read writes them.")
    ],
    *,
    codebook: CodebookName,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="The file of claims to write.")] = None,
    articles: Articles = None,
    date: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day of all articles; default: as the statements say."),
    ] = None,
    suggest: Annotated[
        bool, typer.Option("--suggest/--no-suggest", help="Suggest issues where no word of the codebook is found.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Link statements to the issues of a codebook, and read the points that they ask for."""
    from parley import documents, workbench
    from parley.cli import claims

    made = workbench.code(
        statements,
        codebook=codebook,
        out=out,
        articles=articles,
        date=None if date is None else date.date(),
        suggest=suggest,
    )
    if as_json:
        typer.echo(plain(documents.code_document(made)))
    else:
        claims.coded(made)


@guarded
def compose(
    claims: Annotated[
        list[Path], typer.Argument(metavar="CLAIMS", help="Files of claims; several are taken as several coders.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", help="The scenario to write; only that of --into may exist.")],
    codebook: CodebookBeside = None,
    into: Annotated[
        str | None, typer.Option(metavar="SCENARIO", help="Renew the positions of this scenario, and leave the rest.")
    ] = None,
    question: Annotated[str, typer.Option(help="What is asked.")] = "",
    asked_by: Annotated[str | None, typer.Option(metavar="ID", help="The party that asks.")] = None,
    as_of: Annotated[
        datetime.datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Leave out articles after this day; default: the day of the latest."),
    ] = None,
    quote: Annotated[
        bool, typer.Option("--quote", help="Take the articles' own words into the scenario; mind their copyright.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Pool claims into the draft of a scenario, and list what nobody has judged yet."""
    from parley import documents, workbench
    from parley.cli import claims as show
    from parley.coding.composition import Wishes

    day = None if as_of is None else as_of.date()
    wishes = Wishes(question=question, asked_by=asked_by, as_of=day, quote=quote)
    made = workbench.compose(claims, out, codebook=codebook, into=into, wishes=wishes)
    if as_json:
        typer.echo(plain(documents.compose_document(made)))
    else:
        show.composed(made)


@guarded
def agreement(
    claims: Annotated[
        list[Path], typer.Argument(metavar="CLAIMS", help="Files of claims on the same statements, one a coder.")
    ],
    *,
    codebook: CodebookBeside = None,
    draws: Annotated[
        int, typer.Option(min=0, max=100_000, help="How often the statements are drawn again for the intervals.")
    ] = 500,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Say how far two or more coders agree on kinds, issues and positions: Krippendorff's alpha."""
    from parley import documents, workbench
    from parley.cli import claims as show

    found = workbench.agreement(claims, codebook=codebook, draws=draws, seed=seed)
    if as_json:
        typer.echo(plain(documents.agreement_document(found)))
    else:
        show.agreement(found)
