"""From files to readings: one article after the other, in processes, resumable. `read_all` is the main name."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import parley
from parley import reading, resources
from parley.domain.source import Article
from parley.errors import FileError, ParleyError, UsageError
from parley.files.articles import STANDARD_INPUT, TEXTS, Details, Place, Taken, keep_text, take
from parley.files.readings import ReadingStore
from parley.intake.processes import Lost, outcomes
from parley.reading.output import from_values, values
from parley.reading.result import Reading

if TYPE_CHECKING:
    from parley.coding.linked import Linker
    from parley.reading import Interpreter
    from parley.reading.reader import Reader

__all__ = ["Failure", "Order", "ReadArticle", "read_all", "read_one"]

CODE = ("domain", "reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How articles are to be read.

    Attributes
    ----------
    given : what the user says of them
    reader : a reader of attributions, or its name
    interpret : makes statements of attributions; absent for the usual one
    language_anyway : read texts in another language as if they were English
    texts : folder for texts taken out of other forms; absent for `parley-texts` beside each article
    store : folder that keeps readings; absent where none are kept
    linker : links what was read to a codebook; absent for none. What is kept does not depend on it
    """

    given: Details = field(default_factory=Details)
    reader: str | Reader = "best"
    interpret: Interpreter | None = None
    language_anyway: bool = False
    texts: Path | None = None
    store: Path | None = None
    linker: Linker | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """An article that was read.

    Attributes
    ----------
    taken : the article and how it was come by
    reading : what was read in it
    text : the file with its text, where that is not the article's own file
    notes : what a user should know of it
    """

    taken: Taken
    reading: Reading
    text: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def doc(self) -> str:
        """The article's name."""
        return self.taken.doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """An article that was not read.

    Attributes
    ----------
    doc : its name
    message : why, with a hint
    exit_code : the exit code of a command that ends with it
    """

    doc: str
    message: str
    exit_code: int


def read_all(
    places: Sequence[Place],
    order: Order,
    *,
    jobs: int = 1,
    seconds: float | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Iterator[ReadArticle | Failure]:
    """Read articles, one after the other in their order, whatever becomes of any of them.

    Parameters
    ----------
    places : where they lie
    order : how they are to be read
    jobs : number of processes; what is yielded does not depend on it
    seconds : how long one may take by the clock; None: 300 where there are several, and no limit for one alone
    progress : called with (articles done, all, name of the last)

    Yields
    ------
    each article with what was read in it, or why it was not read

    Raises
    ------
    UsageError
        If something that every article needs is missing, such as the reader.
    """
    one = functools.partial(read_one, order=order)
    if len(places) == 1 and seconds is None:
        found: Iterator[ReadArticle | Failure | Lost] = (one(place) for place in places)
    else:
        if isinstance(order.reader, str):
            reading.reader_named(order.reader)
        _insist_on_one_standard_input(places)
        found = outcomes(one, places, jobs=min(jobs, len(places)), seconds=300.0 if seconds is None else seconds)
    for number, (place, outcome) in enumerate(zip(places, found, strict=True), start=1):
        if progress is not None:
            progress(number, len(places), place.doc)
        yield Failure(doc=place.doc, message=outcome.reason, exit_code=4) if isinstance(outcome, Lost) else outcome


def read_one(place: Place, *, order: Order) -> ReadArticle | Failure:
    """Read one article; all that Parley refuses becomes a failure."""
    try:
        taken = take(place, given=order.given)
        return _read(place, taken, order)
    except ParleyError as error:
        return Failure(doc=place.doc, message=str(error), exit_code=error.exit_code)


def _read(place: Place, taken: Taken, order: Order) -> ReadArticle:
    notes: tuple[str, ...] = ()
    text = None
    if not taken.as_in_file:
        beside = Path() if str(place.path) == STANDARD_INPUT else place.path.parent
        try:
            text = keep_text(taken, order.texts or beside / TEXTS)
        except FileError as error:
            notes = (f"the text that places refer to was not kept: {error}",)
    found = _found(taken.article, order)
    if order.linker is not None:
        found = replace(found, statements=tuple(order.linker.linked(each) for each in found.statements))
    return ReadArticle(taken=taken, reading=found, text=text, notes=(*found.notes, *notes))


def _found(article: Article, order: Order) -> Reading:
    """What is read in an article, from the store where it has been read before."""
    store = None if order.store is None else ReadingStore(folder=order.store, options=_options(order))
    if store is not None and (held := store.load(article)) is not None:
        return from_values(held, article)
    found = reading.read(article, reader=order.reader, interpret=order.interpret, language_anyway=order.language_anyway)
    if store is not None:
        store.save(article, values(found))
    return found


def _options(order: Order) -> dict[str, str | bool]:
    """All that determines a reading beside the article."""
    reader = order.reader if isinstance(order.reader, str) else repr(order.reader)
    return {
        "reader": reader,
        "interpret": "" if order.interpret is None else f"{order.interpret.__module__}.{order.interpret.__qualname__}",
        "language_anyway": order.language_anyway,
        "version": parley.__version__,
        "code": resources.code_digest(CODE),
    }


def _insist_on_one_standard_input(places: Sequence[Place]) -> None:
    if any(str(place.path) == STANDARD_INPUT for place in places):
        raise UsageError("standard input gives one article; leave out the other files and the time limit")
