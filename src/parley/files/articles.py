"""Articles from files: plain text, Markdown, HTML, PDF, folders of them, or standard input. `take` is the main name.

A text in UTF-8 is the article as it is, a byte order mark and line ends included, so that a place in the article is a
place in the file. Of every other form the text is taken out; `keep_text` saves it, so that its places can be looked up.
Its name ends with the start of its SHA-256: a file that holds anything else is the user's and is left alone.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

from parley.domain.source import Article
from parley.errors import FileError, UsageError
from parley.files.article_bytes import SUFFIXES, Form, decoded, form_of, refuse
from parley.files.article_details import Details, front_matter, head_details, markdown_details, named_day
from parley.files.article_forms import from_html, from_pdf
from parley.files.atomic import write_bytes

__all__ = ["MAX_BYTES", "STANDARD_INPUT", "TEXTS", "Details", "Place", "Taken", "keep_text", "places", "take"]

MAX_BYTES = 20_000_000
STANDARD_INPUT = "-"
TEXTS = "parley-texts"
"""Name of the folder for texts that were taken out of other forms; it is passed over where a folder is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A file to read an article from.

    Attributes
    ----------
    path : the file; `-` for standard input
    doc : the name that its statements carry, unique in a run
    """

    path: Path
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An article and how it was come by.

    Attributes
    ----------
    article : the article
    doc : the name that its statements carry
    form : the form of the file
    encoding : the encoding of the file; absent for PDF
    as_in_file : whether places in the article are places in the file, read as UTF-8
    sha256 : SHA-256 of the file, in hexadecimal
    found : where title, outlet, author and date come from, such as `given`; what was found nowhere is absent
    """

    article: Article
    doc: str
    form: Form
    encoding: str | None
    as_in_file: bool
    sha256: str
    found: dict[str, str]


def places(names: Iterable[str | Path]) -> tuple[Place, ...]:
    """The files to read, in order; a folder stands for the articles in it and beneath it, by name.

    Parameters
    ----------
    names : files, folders, or `-` for standard input

    Raises
    ------
    FileError
        If something does not exist or a folder cannot be listed.
    UsageError
        If there is nothing to read.
    """
    found: dict[str, Place] = {}
    for name in names:
        for path, doc in _files(Path(name)):
            if str(path) not in {str(each.path) for each in found.values() if each.doc == doc}:
                free = doc if doc not in found else str(path)
                found[free] = Place(path=path, doc=free)
    if not found:
        raise UsageError(f"there is no article to read; articles end in {', '.join(SUFFIXES)}")
    return tuple(found.values())


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    if str(path) == STANDARD_INPUT:
        yield path, "standard input"
    elif path.is_dir():
        try:
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES)
        except OSError as error:
            raise FileError(f"cannot list the folder {path}: {error.strerror or error}") from error
        for each in inside:
            within = each.relative_to(path)
            if each.is_file() and not any(part == TEXTS or part.startswith(".") for part in within.parts):
                yield each, within.as_posix()
    elif not path.exists():
        raise FileError(f"cannot read {path}: there is no such file or folder")
    else:
        yield path, path.name


def take(place: Place, *, given: Details | None = None, stream: BinaryIO | None = None) -> Taken:
    """Read an article.

    Parameters
    ----------
    place : where it lies
    given : what the user says of it, which wins over what is found
    stream : read in place of the process's standard input

    Raises
    ------
    ScenarioError
        If it is empty, no text, or holds no article; with a hint.
    FileError
        If the file cannot be read.
    UsageError
        If a library that its form needs is not installed.
    """
    name = str(place.path) if str(place.path) != STANDARD_INPUT else "standard input"
    raw = _content(place, name, stream)
    form = form_of(name, raw)
    encoding, as_in_file = None, False
    if form == "pdf":
        text, held = from_pdf(raw, name)
        found = [("PDF metadata", held), ("first lines", head_details(text))]
    else:
        read = decoded(raw, name, html=form == "html")
        text, encoding, as_in_file = read.text, read.encoding, read.as_in_file and form != "html"
        if form == "html":
            text, held = from_html(text, name)
            found = [("HTML metadata", held)]
        else:
            found = _told(text, form)
    if not text.strip("\ufeff \t\r\n"):
        refuse(name, "the file is empty", "give a file that holds an article")
    found = [("given", given or Details()), *found, ("file name", Details(date=named_day(place.path.name)))]
    return Taken(
        article=Article(text=text, **_first(found)),
        doc=place.doc,
        form=form,
        encoding=encoding,
        as_in_file=as_in_file,
        sha256=hashlib.sha256(raw).hexdigest(),
        found=_origins(found),
    )


def keep_text(taken: Taken, folder: Path) -> Path | None:
    """Save the text that was taken out of another form, where it is not there yet.

    Parameters
    ----------
    taken : the article
    folder : the folder to save it in, made where it is not there

    Returns
    -------
    the file; None where the article's own file has the text

    Raises
    ------
    FileError
        If it cannot be written, or a file of this name holds something else.
    """
    if taken.as_in_file:
        return None
    content = taken.article.text.encode("utf-8", "surrogatepass")
    stem = "".join(mark if mark.isalnum() or mark in "-._ " else "_" for mark in taken.doc)[-100:]
    path = folder / f"{stem}.{taken.article.digest[:12]}.txt"
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        write_bytes(path, content)
        return path
    except OSError as error:
        raise FileError(f"cannot read {path}: {error.strerror or error}") from error
    if there != content:
        raise FileError(f"{path} exists and holds something else; move it away, or name another folder")
    return path


def _content(place: Place, name: str, stream: BinaryIO | None) -> bytes:
    try:
        if str(place.path) == STANDARD_INPUT:
            raw = (stream or sys.stdin.buffer).read(MAX_BYTES + 1)
        else:
            with place.path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {name}: {getattr(error, 'strerror', None) or error}") from error
    if len(raw) > MAX_BYTES:
        refuse(name, f"the file is larger than {MAX_BYTES // 1_000_000} MB", "give one article a file")
    return raw


def _told(text: str, form: Form) -> list[tuple[str, Details]]:
    if form == "markdown" or front_matter(text)[1]:
        stated, head = markdown_details(text)
        return [("front matter", stated), ("first lines", head)]
    return [("first lines", head_details(text))]


def _first(found: list[tuple[str, Details]]) -> dict[str, Any]:
    """Each detail by the first who knows it; what nobody knows is left out."""
    return {
        field.name: next(getattr(told, field.name) for _, told in found if getattr(told, field.name))
        for field in fields(Details)
        if field.name in _origins(found)
    }


def _origins(found: list[tuple[str, Details]]) -> dict[str, str]:
    """For each detail that somebody knows, who is the first."""
    return {
        field.name: next(who for who, told in found if getattr(told, field.name))
        for field in fields(Details)
        if any(getattr(told, field.name) for _, told in found)
    }
