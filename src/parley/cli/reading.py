"""The command that reads articles: `add` is the main name."""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from parley.cli.options import AsJson, Jobs, guarded, plain
from parley.errors import UsageError

if TYPE_CHECKING:
    from parley.files.scenarios import Opened
    from parley.intake import Failure, ReadArticle
    from parley.reading.reader import Reader

__all__ = ["add"]

ONE_BY_ONE = 3
"""So many articles are shown with every statement; of more, the counts."""
TOLD = 20
"""So many articles are named that were not read, or of which there is something to note."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is to be said at the end.

    Attributes
    ----------
    failures : the articles that were not read
    notes : name of the article, and what a user should know of it, where nothing else shows it
    """

    failures: list[Failure] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class ReaderName(StrEnum):
    """Who reads."""

    best = "best"
    light = "light"
    rules = "rules"


def add(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("read", epilog="Example: parley read talks.html --date 2025-03-18 --html talks-marked.html")(read)


@guarded
def read(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="Text, Markdown, HTML or PDF, folders of these, or - for standard input."),
    ],
    *,
    day: Annotated[
        datetime.datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Day of publication; default: as the article says."),
    ] = None,
    title: Annotated[str, typer.Option(help="Title; default: as the article says.")] = "",
    outlet: Annotated[str, typer.Option(help="Who published it; default: as the article says.")] = "",
    author: Annotated[str, typer.Option(help="Who wrote it; default: as the article says.")] = "",
    reader: Annotated[
        ReaderName, typer.Option(help="best is most accurate, light is quicker, rules need no model.")
    ] = (ReaderName.best),
    language_model: Annotated[
        str | None,
        typer.Option(
            metavar="PROVIDER:MODEL", help="Read with a language model; with --send-text, and at your own risk."
        ),
    ] = None,
    send_text: Annotated[
        bool, typer.Option("--send-text", help="The text may leave this machine, for the language model.")
    ] = False,
    language_anyway: Annotated[
        bool, typer.Option("--language-anyway", help="Read texts in another language as if they were English.")
    ] = False,
    codebook: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Put each statement on an issue of this codebook, and name its parties: a file, or a shipped case.",
        ),
    ] = None,
    attributions: Annotated[
        bool, typer.Option("--attributions", help="Give whole attributions in place of statements.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how each was found, and how it is known whose.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write here: a .jsonl file, a .html page, or a folder for both."),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option(help="Write each article with its statements marked: a file for one, a folder for many."),
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            help="Folder for the text of HTML, PDF and old encodings; default: parley-texts beside the article."
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="Folder that keeps readings, so that an interrupted run goes on; default: the cache folder."),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(min=0.1, help="Seconds that an article may take; default: 300 where there are several."),
    ] = None,
    jobs: Jobs = 1,
    as_lines: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line, one a statement.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read articles: who says what, what kind of statement it is, and where exactly it stands."""
    from parley import workbench
    from parley.cli.progress import bar
    from parley.files import codebooks
    from parley.files.articles import Details

    if as_lines and as_json:
        raise UsageError("--json prints one document, --jsonl one object a line; leave one out")
    if attributions and codebook is not None:
        raise UsageError("--codebook links statements, and --attributions gives none; leave one out")
    book = None if codebook is None else codebooks.opened(codebook)
    found = workbench.places(files)
    if title and len(found) > 1:
        raise UsageError("--title is for one article")
    lines, pages = _targets(out, html, several=len(found) > 1)
    details = Details(title=title, outlet=outlet, author=author, date=None if day is None else day.date())
    chosen = _reader(reader, language_model, len(found), send_text=send_text)
    with contextlib.ExitStack() as stack:
        progress = stack.enter_context(bar("Reading", unit="articles")) if len(found) > 1 else None
        outcomes = workbench.read(
            found, details=details, reader=chosen, language_anyway=language_anyway, jobs=jobs, seconds=time_limit,
            store=store, texts=texts, codebook=book, progress=progress,
        )  # fmt: skip
        sinks = [
            *([stack.enter_context(_file_of_lines(lines, attributions=attributions))] if lines else []),
            *([_pages(pages, several=len(found) > 1)] if pages else []),
        ]
        told = _shown(outcomes, sinks, len(found), as_json=as_json, as_lines=as_lines, attributions=attributions,
                      explain=explain, codebook=book)  # fmt: skip
    for path in (lines, pages):
        if path is not None:
            typer.echo(f"Wrote {path}.", err=True)
    _tell(told, len(found))


def _reader(reader: ReaderName, model: str | None, count: int, *, send_text: bool) -> str | Reader:
    """The reader that was asked for; a language model only with the user's word, and with a warning."""
    if model is None:
        return reader.value
    from parley.reading.language_model import LanguageModel

    chosen = LanguageModel(model, send_text=send_text)
    what = "the text of the article leaves" if count == 1 else f"the texts of {count} articles leave"
    sys.stderr.write(f"Warning: {what} this machine for {model}.\n")
    return chosen


def _shown(
    outcomes: Iterator[ReadArticle | Failure], sinks: list[Callable[[ReadArticle], None]], count: int, *, as_json: bool,
    as_lines: bool, attributions: bool, explain: bool, codebook: Opened | None,
) -> _Told:  # fmt: skip
    """Give each article to every sink and to standard output; what is left is to be told at the end."""
    from parley import documents
    from parley.cli import statements

    one_by_one = count <= ONE_BY_ONE and not as_lines
    told = _Told()
    passed = _passed(outcomes, sinks, told, noted=not (as_json or one_by_one))
    if as_json:
        every = _with_failures(passed, told.failures)
        typer.echo(plain(documents.read_document(every, attributions=attributions, codebook=codebook)))
    elif as_lines:
        for done in passed:
            for line in documents.read_lines(done, attributions=attributions):
                sys.stdout.write(_line(line))
    elif one_by_one:
        for done in passed:
            statements.article(done, attributions=attributions, explain=explain, issues=codebook is not None)
    else:
        statements.totals(passed, attributions=attributions, issues=codebook is not None)
    return told


def _passed(
    outcomes: Iterator[ReadArticle | Failure], sinks: list[Callable[[ReadArticle], None]], told: _Told, *, noted: bool
) -> Iterator[ReadArticle]:
    from parley.intake import Failure

    for each in outcomes:
        if isinstance(each, Failure):
            told.failures.append(each)
            continue
        if noted:
            told.notes.extend((each.doc, note) for note in each.notes)
        for sink in sinks:
            sink(each)
        yield each


def _with_failures(passed: Iterator[ReadArticle], failures: list[Failure]) -> Iterator[ReadArticle | Failure]:
    yield from passed
    yield from failures


def _targets(out: Path | None, html: Path | None, *, several: bool) -> tuple[Path | None, Path | None]:
    """Where the lines and where the pages go."""
    if out is None:
        return None, html
    suffix = out.suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        return out, html
    if suffix in (".html", ".htm"):
        if html is not None:
            raise UsageError("-o names a page and --html another; leave one out")
        if several:
            raise UsageError("several articles need a folder for their pages, not one .html file")
        return None, out
    if suffix:
        raise UsageError(f"-o ends in .jsonl, in .html, or is a folder; '{out.name}' is neither")
    return out / "statements.jsonl", html or out / "pages"


@contextlib.contextmanager
def _file_of_lines(path: Path, *, attributions: bool) -> Iterator[Callable[[ReadArticle], None]]:
    from parley import documents
    from parley.files import atomic

    with atomic.written(path) as file:

        def write(done: ReadArticle) -> None:
            for line in documents.read_lines(done, attributions=attributions):
                file.write(_line(line).encode())

        yield write


def _pages(path: Path, *, several: bool) -> Callable[[ReadArticle], None]:
    from parley import workbench

    folder = several or path.suffix.lower() not in (".html", ".htm")

    def write(done: ReadArticle) -> None:
        name = "".join(mark if mark.isalnum() or mark in "-._" else "-" for mark in done.doc)[-150:]
        workbench.write_article_page(done, path / f"{name}.html" if folder else path)

    return write


def _line(line: dict[str, object]) -> str:
    import json

    return json.dumps(line, ensure_ascii=True, allow_nan=False, separators=(",", ":")) + "\n"


def _tell(told: _Told, count: int) -> None:
    """Say what is to be noted and what was not read; where nothing was, end with the exit code of the first failure."""
    failures = told.failures
    _name("Note", told.notes)
    if count == 1:
        _name("Error", [("", failure.message) for failure in failures])
    else:
        _name("Not read", [(failure.doc, failure.message) for failure in failures])
    if failures and count > 1:
        sys.stderr.write(f"{len(failures)} of {count} articles were not read.\n")
    if failures and len(failures) == count:
        raise typer.Exit(failures[0].exit_code)


def _name(what: str, messages: list[tuple[str, str]]) -> None:
    """Name the first articles of which there is something to say."""
    for doc, message in messages[:TOLD]:
        sys.stderr.write(f"{what}: {message}\n" if doc in message else f"{what}: {doc}: {message}\n")
    if len(messages) > TOLD:
        sys.stderr.write(f"… and {len(messages) - TOLD} more.\n")
