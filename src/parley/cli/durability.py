"""The command that says whether a truce would hold: `add` is the main name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parley.cli.options import AsJson, Seed, guarded, parameters, plain
from parley.errors import UsageError

__all__ = ["add"]


def add(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: parley durability --terms side=bilateral,class=preliminary,days=30,monitoring=yes")(
        durability
    )


@guarded
def durability(
    case: Annotated[
        str | None, typer.Argument(metavar="[SCENARIO]", help="A scenario file or shipped case, for its terms.")
    ] = None,
    *,
    terms: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TERM=VALUE,…",
            help="What the truce says, as side=bilateral,days=30; these win over the scenario's. The terms: side, "
            "class, days, partial, monitoring, peacekeepers, separation, written, process, mediated, imposed, holiday, "
            "humanitarian, high_intensity, agreed, country, because.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="Your copy of the ETH/PRIO ceasefire data, to look for the nearest truces in all of it."),
    ] = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Say whether a truce would hold, what would lengthen it, and what became of truces like it."""
    from parley import documents, workbench
    from parley.cli import show

    texts = parameters([part for each in terms or () for part in each.split(",") if part.strip()])
    if case is None and not texts:
        raise UsageError("name a scenario, or say what the truce would be: --terms side=bilateral,days=30")
    source = None if case is None else workbench.opened(case)
    found = workbench.durability(source, terms=texts, data=data, seed=seed)
    if as_json:
        typer.echo(plain(documents.durability_document(found, source, data)))
    else:
        show.durability(found)
