"""From an article to statements: who says what, where exactly it says so, and what kind of move it is. `read` does it.

A reader finds attributions, and is found by its name in `READERS`; what they say is then told apart into statements.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from parley.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from parley.domain.attribution import Attribution
    from parley.domain.source import Article
    from parley.domain.statement import Statement
    from parley.reading.parsing import Paragraph
    from parley.reading.reader import Reader
    from parley.reading.result import Reading

    Interpreter = Callable[[Article, Sequence[Paragraph], Sequence[Attribution]], tuple[Statement, ...]]

__all__ = ["READERS", "read", "reader_named"]

READERS = {
    "best": "parley.reading.best:Best",
    "light": "parley.reading.light:Light",
    "rules": "parley.reading.rules:Rules",
}
"""Where each reader of attributions is, by name: module and class."""


def read(
    article: Article,
    *,
    reader: str | Reader = "best",
    interpret: Interpreter | None = None,
    language_anyway: bool = False,
) -> Reading:
    """Read an article.

    Parameters
    ----------
    article : the article
    reader : a reader of attributions, or its name: `best`, `light` or `rules`
    interpret : makes statements of attributions; None: `parley.reading.statements.statements`
    language_anyway : read a text in another language as if it were English

    Returns
    -------
    what was read; nothing but a note where the text is in another language, and a note where some of it is no prose

    Raises
    ------
    UsageError
        If there is no such reader, or the extra `reading` is not installed.
    """
    from parley.reading.language import foreign
    from parley.reading.result import Reading

    found = reader_named(reader) if isinstance(reader, str) else reader
    language = foreign(article.text)
    notes = () if language is None else (_in_another(language, anyway=language_anyway),)
    if language is not None and not language_anyway:
        return Reading(article=article, notes=notes)
    from parley.reading.parsing import parsed

    with _extra():
        paragraphs = parsed(article)
        attributions = found.attributions(paragraphs)
        statements = (interpret or _loaded("parley.reading.statements:statements"))(article, paragraphs, attributions)
    notes = (*notes, *_of_passed_over(paragraphs), *getattr(found, "notes", ()))
    return Reading(article=article, attributions=attributions, statements=statements, notes=notes)


def reader_named(name: str) -> Reader:
    """The reader of a name.

    Raises
    ------
    UsageError
        If there is none, or what it needs is not installed.
    """
    if name not in READERS:
        raise UsageError(f"there is no reader '{name}'; {did_you_mean(name, list(READERS), noun='readers')}")
    with _extra():
        made: Reader = _loaded(READERS[name])()
    return made


def _loaded(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


@contextlib.contextmanager
def _extra() -> Iterator[None]:
    """Where a library of the extra is missing, say so; they are imported when they are first needed."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "a library").partition(".")[0]
        if library == "parley":
            raise
        message = f"reading needs {library}, which is not installed; install it with: pip install 'parley[reading]'"
        raise UsageError(message) from error


def _of_passed_over(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """A note of text that is no prose, where it is more than a line or two."""
    from parley.reading.layout import SHORT

    characters = sum(len(each.doc.text) for each in paragraphs if each.passed_over)
    if characters < SHORT:
        return ()
    return (f"{characters:,} characters are passed over, since tables, rows of marks and the like are no prose",)


def _in_another(language: str, *, anyway: bool) -> str:
    done = (
        "is read as if it were English" if anyway else "is not read; --language-anyway reads it as if it were English"
    )
    return f"the text seems to be in {language} and {done}"
