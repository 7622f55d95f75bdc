"""The command that fits the weights of readers anew: `add` is the main name."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.options import AsJson, guarded, plain

__all__ = ["add"]


class Trainable(StrEnum):
    """What can be trained."""

    best = "best"
    light = "light"
    pairs = "pairs"


def add(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("train-reader", epilog="Example: parley train-reader --corpus polnear -o weights --reader light")(train)


@guarded
def train(
    *,
    corpus: Annotated[
        Path, typer.Option(metavar="DIR", help="A corpus laid out as PolNeAR: the folder that holds data/train.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder to write the weights to.")],
    reader: Annotated[
        Trainable,
        typer.Option(help="A reader and the pair scorer it needs, or pairs alone; best needs the extra train."),
    ] = Trainable.light,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace files that are there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Fit the weights of a reader of articles to your own copy of a corpus."""
    from parley import documents, workbench
    from parley.cli.progress import bar

    with bar("Training", unit="steps") as progress:
        trained = workbench.train_reader(corpus, out, reader=reader.value, overwrite=overwrite, progress=progress)
    if as_json:
        typer.echo(plain(documents.train_reader_document(trained)))
        return
    for name, content in trained.files.items():
        typer.echo(f"{out / name}: {len(content):,} bytes")
    typer.echo(f"Fitted to {trained.attributions:,} attributions in {trained.articles:,} articles.")
