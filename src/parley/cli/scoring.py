"""The command that holds engines against what was decided: `add` is the main name."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from parley.cli.options import AsJson, EngineNames, Seed, Settings, guarded, parameters, plain

__all__ = ["add"]


class Weights(StrEnum):
    """Whose power decides."""

    recorded = "recorded"
    file = "file"
    council = "council"
    salience = "salience"


def add(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: parley score deu3 --engine median_voter --json")(score)


@guarded
def score(
    data: Annotated[str, typer.Argument(metavar="DATA", help="A table of decided issues, or deu3, which ships.")],
    *,
    engine: EngineNames = None,
    settings: Settings = None,
    weights: Annotated[
        Weights,
        typer.Option(
            help="Whose power decides: as each engine's record has it, as the file says, votes in the EU's Council, or "
            "all alike."
        ),
    ] = Weights.recorded,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Hold engines against what was really decided."""
    from parley import documents, workbench
    from parley.cli import show
    from parley.cli.progress import bar

    source = workbench.opened_table(data)
    with bar("Scoring", unit="engines") as progress:
        found = workbench.score(
            source,
            engines=engine,
            settings=parameters(settings),
            weights=weights.value,
            seed=seed,
            progress=progress,
        )
    if as_json:
        typer.echo(plain(documents.score_document(found, source)))
    else:
        show.score(found)
    workbench.insist_on_answers(found)
