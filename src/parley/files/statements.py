"""Statements from `statements.jsonl`, each held against its article. `load` is the main name."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parley.domain.source import Article, Span, StatementKind
from parley.domain.statement import HorizonKind, Modality, Names, Statement
from parley.errors import FileError, Problem, ScenarioError
from parley.files.articles import Details, Place, take
from parley.files.json_lines import built, objects

__all__ = ["ArticleFolders", "load"]

SCHEMA = "parley/statement/1"
BESIDE = ("", "articles")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line of the file.

    Attributes
    ----------
    doc : the article's name
    id : id of the statement
    content : where its words stand
    words : its words
    speaker : who says it
    kind : what kind of statement it is
    date : day of publication of the article
    digest : SHA-256 of the article's text, which says whether it is still the text that was read
    source, cue : where the source and the words that attribute stand
    holder : whose position it is
    issue : the issue it is linked to
    target : who is meant
    horizon : the period
    horizon_kind : how the period is meant
    hedge : the range of probability
    modality : the modal
    negated : whether it is negated
    conditions : ids of its conditions
    part_of : the attribution that it was split from
    confidence : how sure the reader is
    why : which rules found it
    names : the names in whose place ids of parties stand
    """

    doc: str
    id: str
    content: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    speaker: str
    kind: StatementKind
    date: datetime.date | None = None
    digest: str | None = None
    source: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    holder: str | None = None
    issue: str | None = None
    target: str | None = None
    horizon: tuple[datetime.date, datetime.date] | None = None
    horizon_kind: HorizonKind | None = None
    hedge: tuple[float, float] | None = None
    modality: Modality | None = None
    negated: bool = False
    conditions: tuple[str, ...] = ()
    part_of: str | None = None
    confidence: float = 1.0
    why: str = ""
    names: Names | None = None


class ArticleFolders:
    """Finds articles by the name that their statements carry, and reads each once.

    Parameters
    ----------
    folders : where they may lie, in the order in which they are looked in
    given : what the user says of all of them, such as the day
    """

    def __init__(self, folders: Sequence[Path], *, given: Details | None = None) -> None:
        self._folders = tuple(folders)
        self._given = given or Details()
        self._known: dict[tuple[str, datetime.date | None], Article | None] = {}

    @classmethod
    def near(cls, path: Path, folder: Path | None = None, *, given: Details | None = None) -> ArticleFolders:
        """The folder that the user names; else those beside a file and its folder `articles`."""
        return cls([folder] if folder is not None else [path.parent / each for each in BESIDE], given=given)

    def article(self, doc: str, *, date: datetime.date | None = None) -> Article | None:
        """The article of a name; None where there is none.

        Parameters
        ----------
        doc : the name
        date : its day of publication, where that is known and the user says no other

        Raises
        ------
        ScenarioError, FileError, UsageError
            If its file cannot be read.
        """
        if (doc, date) not in self._known:
            found = next((folder / doc for folder in self._folders if (folder / doc).is_file()), None)
            given = replace(self._given, date=self._given.date or date)
            self._known[doc, date] = None if found is None else take(Place(path=found, doc=doc), given=given).article
        return self._known[doc, date]

    @property
    def places(self) -> str:
        """The folders, for messages."""
        return ", ".join(str(folder) for folder in self._folders)


def load(content: bytes, name: str, articles: ArticleFolders) -> tuple[tuple[str, Statement], ...]:
    """Read statements.

    Parameters
    ----------
    content : what the file holds
    name : its name, for problems
    articles : where the articles are

    Returns
    -------
    name of the article, and statement, in the order of the file

    Raises
    ------
    ScenarioError
        With every problem, by line: what is no JSON, has a wrong type, or does not stand where it says in its article.
    """
    found: list[tuple[str, Statement]] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str], int] = {}
    for number, held in objects(content, name, SCHEMA):
        if isinstance(held, Problem):
            problems.append(held)
            continue
        try:
            line = built(held, _Line, name, number)
            if (line.doc, line.id) in seen:
                message = f"a second statement '{line.id}' of {line.doc}"
                hint = f"the first is on line {seen[line.doc, line.id]}"
                raise ScenarioError([Problem(message=message, hint=hint)])
            seen[line.doc, line.id] = number
            found.append((line.doc, _statement(line, articles)))
        except ScenarioError as error:
            problems += [replace(problem, file=name, line=number) for problem in error.problems]
        except FileError as error:
            problems.append(Problem(message=str(error), file=name, line=number))
    if problems:
        raise ScenarioError(problems)
    return tuple(found)


def _statement(line: _Line, articles: ArticleFolders) -> Statement:
    article = articles.article(line.doc, date=line.date)
    if article is None:
        hint = f"looked in {articles.places}; name its folder with --articles"
        raise ScenarioError([Problem(path=("doc",), message=f"there is no article '{line.doc}'", hint=hint)])
    if line.digest not in (None, article.digest):
        message = f"the article '{line.doc}' has changed since it was read"
        raise ScenarioError([Problem(path=("digest",), message=message, hint="read it again")])
    same = (
        "id",
        "words",
        "speaker",
        "kind",
        "holder",
        "issue",
        "target",
        "hedge",
        "horizon",
        "horizon_kind",
        "negated",
    )
    rest = ("modality", "conditions", "part_of", "confidence", "why")
    return Statement(
        article=article,
        spans=tuple(_span(ends) for ends in line.content),
        source=None if line.source is None else _span(line.source),
        cue=None if line.cue is None else _span(line.cue),
        names=line.names or Names(),
        **{name: getattr(line, name) for name in (*same, *rest)},
    )


def _span(ends: tuple[int, int]) -> Span:
    return Span(start=ends[0], end=ends[1])
