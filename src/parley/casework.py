"""From a file of statements to claims, and on to the draft of a scenario: what `coding` does, from and to files.

Each function is a verb of the workbench.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parley.domain.codebook import Codebook
from parley.domain.coding import Coding
from parley.errors import FileError, UsageError

if TYPE_CHECKING:
    from parley.coding.agreement import Agreement
    from parley.coding.composition import Draft, Wishes
    from parley.domain.scenario import Scenario
    from parley.reviewing import ReviewSession

__all__ = [
    "Agreed",
    "Coded",
    "Composed",
    "DraftedCodebook",
    "agreement",
    "code",
    "compose",
    "decide",
    "draft_codebook",
    "find_codebook",
    "review",
    "write_reviewed",
]

DRAFT_NOTE = """\
A codebook: the words by which statements are linked to issues. It was drafted from a scenario and is yours to change.
For each issue, list under `words` what the press calls it, in base forms (withdraw, not withdrew); under `except_in`
phrases in which those words mean something else; and under `poles` what words name which point of the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedCodebook:
    """A codebook that was drafted.

    Attributes
    ----------
    codebook : the codebook
    out : where it was written
    """

    codebook: Codebook
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """Statements that were coded.

    Attributes
    ----------
    codings : the codings, in the order of the statements
    codebook : the codebook
    out : where they were written; absent where they were not
    inputs : what each file held
    statements : how many statements there were
    copies : for each article that is a copy of another, that other
    """

    codings: tuple[Coding, ...]
    codebook: Codebook
    out: Path | None
    inputs: Mapping[str, bytes]
    statements: int
    copies: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A scenario that was drafted from claims.

    Attributes
    ----------
    draft : the scenario and what is missing in it
    out : where it was written
    inputs : what each file held
    """

    draft: Draft
    out: Path
    inputs: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """How far coders agree.

    Attributes
    ----------
    agreement : the figures
    inputs : what each file held
    """

    agreement: Agreement
    inputs: Mapping[str, bytes]


def draft_codebook(scenario: Scenario, out: Path) -> DraftedCodebook:
    """Draft a codebook from a scenario.

    Parameters
    ----------
    scenario : the scenario
    out : the file to write

    Raises
    ------
    FileError
        If the file is there already, or cannot be written.
    """
    from parley.coding.drafting import draft_codebook as drafted
    from parley.files import atomic, codebooks

    _insist_on_a_new_file(out)
    codebook = drafted(scenario)
    atomic.write_text(out, codebooks.text_of(codebook, note=DRAFT_NOTE))
    return DraftedCodebook(codebook=codebook, out=out)


def code(  # noqa: PLR0913 - each is a setting of its own to the user of the command line
    statements: Path,
    *,
    codebook: str | Path,
    out: Path | None = None,
    articles: Path | None = None,
    date: datetime.date | None = None,
    suggest: bool = True,
) -> Coded:
    """Code statements on the issues of a codebook.

    Parameters
    ----------
    statements : the file of statements
    codebook : the codebook's file, its folder, or the name of a shipped case that has one
    out : the file of claims to write; None: none
    articles : the folder of the articles; None: where the statements lie, or its folder `articles`
    date : the day of all articles; None: the day that the statements tell, or the articles themselves
    suggest : whether issues are suggested where no word of the codebook is found

    Raises
    ------
    ScenarioError
        With every problem of the codebook or of the statements, by line.
    FileError
        If a file cannot be read or written.
    """
    from parley.coding.copies import copies, merged
    from parley.coding.linking import code as coded
    from parley.coding.suggestions import TfIdf
    from parley.files import atomic, claims, codebooks, json_lines
    from parley.files import statements as lines
    from parley.files.articles import Details

    book_bytes = codebooks.read_bytes(codebook)
    book = codebooks.load_bytes(book_bytes, str(codebook))
    content = json_lines.read_bytes(statements)
    folders = lines.ArticleFolders.near(statements, articles, given=Details(date=date))
    said = lines.load(content, str(statements), folders)
    copied = copies({doc: statement.article for doc, statement in said})
    codings = merged(coded(said, book, suggester=TfIdf(book) if suggest else None), copied)
    if out is not None:
        atomic.write_text(out, claims.text_of(codings, book))
    inputs = {str(statements): content, str(codebook): book_bytes}
    return Coded(codings=codings, codebook=book, out=out, inputs=inputs, statements=len(said), copies=copied)


def compose(  # noqa: PLR0913 - as for `code`
    claims: Sequence[Path],
    out: Path,
    *,
    codebook: str | Path | None = None,
    into: str | Path | None = None,
    wishes: Wishes | None = None,
) -> Composed:
    """Pool claims into the draft of a scenario.

    Parameters
    ----------
    claims : files of claims, one a coder; decisions of a review that lie beside one are taken into account
    out : the scenario file to write
    codebook : as in `code`; None: the one beside the first file of claims
    into : a scenario whose positions are renewed; None: a new one
    wishes : what the user says of the draft

    Raises
    ------
    ScenarioError
        With every problem of the files.
    UsageError
        If no claim tells a position.
    FileError
        If a file cannot be read or written, or `out` is there already and is not the scenario to renew.
    """
    from parley.coding.composition import compose as composed
    from parley.files import atomic, saving, scenarios

    if not claims:
        raise UsageError("there are no claims; name a file of claims")
    base = None if into is None else scenarios.opened(into)
    same = base is not None and out.exists() and Path(base.file).exists() and out.samefile(base.file)
    if not same:
        _insist_on_a_new_file(out)
    book_name, book_bytes, book = find_codebook(claims[0], codebook)
    coders, inputs = _coders(claims, book)
    loaded = None if base is None else scenarios.load_bytes(base.content, base.file)
    draft = composed(coders, book, into=loaded, wishes=wishes)
    if base is None:
        atomic.write_text(out, _notes(draft) + saving.new_text(draft.scenario))
    else:
        if not same:
            atomic.write_bytes(out, base.content)
        scenarios.save(draft.scenario, out)
    inputs |= {book_name: book_bytes} | ({} if base is None else {base.name: base.content})
    return Composed(draft=draft, out=out, inputs=inputs)


def agreement(claims: Sequence[Path], *, codebook: str | Path | None = None, draws: int = 500, seed: int = 0) -> Agreed:
    """Say how far coders agree.

    Parameters
    ----------
    claims : files of claims on the same statements, one a coder; decisions beside one are taken into account
    codebook : as in `code`; None: the one beside the first file
    draws : number of times that the statements are drawn again for the intervals
    seed : seed of these draws

    Raises
    ------
    UsageError
        If there are fewer than two files, or NLTK is not installed.
    ScenarioError
        With every problem of the files.
    FileError
        If a file cannot be read.
    """
    import numpy as np

    from parley.coding.agreement import agreement as compared

    if len(set(claims)) < 2:
        raise UsageError("agreement needs two files of claims or more")
    book_name, book_bytes, book = find_codebook(claims[0], codebook)
    coders, inputs = _coders(claims, book)
    named = {str(path): codings for path, codings in zip(claims, coders, strict=True)}
    found = compared(named, np.random.default_rng(seed), draws=draws, seed=seed)
    return Agreed(agreement=found, inputs=inputs | {book_name: book_bytes})


def review(
    claims: Path, *, codebook: str | Path | None = None, articles: Path | None = None, by: str = ""
) -> ReviewSession:
    """Open a review of claims, or go on with one.

    Parameters
    ----------
    claims : the file of claims; the decisions are kept beside it
    codebook : as in `code`; None: the one beside the claims
    articles : the folder of the articles; None: where the claims lie, or its folder `articles`
    by : the reviewer's name

    Raises
    ------
    ScenarioError
        With every problem of the files, by line.
    FileError
        If a file cannot be read.
    """
    from parley.files.statements import ArticleFolders
    from parley.reviewing import ReviewSession

    _, _, book = find_codebook(claims, codebook)
    return ReviewSession(claims, book, ArticleFolders.near(claims, articles), by=by)


def decide(session: ReviewSession, decisions: Path) -> int:
    """Take the decisions of a file, in order; see `parley.reviewing.decide_all`."""
    from parley.files import json_lines
    from parley.reviewing import decide_all

    return decide_all(session, json_lines.read_bytes(decisions), str(decisions))


def write_reviewed(session: ReviewSession, out: Path) -> None:
    """Write the claims as they stand after the review: the rejected ones are left out.

    Raises
    ------
    FileError
        If the file is there already, or cannot be written.
    """
    from parley.files import atomic, claims

    _insist_on_a_new_file(out)
    atomic.write_text(out, claims.text_of(session.review.claims, session.codebook))


def find_codebook(claims: Path, codebook: str | Path | None) -> tuple[str, bytes, Codebook]:
    """The codebook that is named, or the one beside a file of claims: its name, its content and itself.

    Raises
    ------
    FileError
        If there is none.
    ScenarioError
        With every problem of the file.
    """
    from parley.files import codebooks

    name = codebook if codebook is not None else claims.parent / codebooks.CODEBOOK_FILE
    content = codebooks.read_bytes(name)
    return str(name), content, codebooks.load_bytes(content, str(name))


def _coders(files: Sequence[Path], codebook: Codebook) -> tuple[list[tuple[Coding, ...]], dict[str, bytes]]:
    from parley.files import claims, json_lines, reviews
    from parley.reviewing import reviewed

    inputs = {str(path): json_lines.read_bytes(path) for path in files}
    coders = []
    for path in files:
        codings, decisions = reviewed(path, claims.load(inputs[str(path)], str(path), codebook), codebook)
        coders.append(codings)
        if decisions:
            beside = reviews.path_for(path)
            inputs[str(beside)] = json_lines.read_bytes(beside)
    return coders, inputs


def _notes(draft: Draft) -> str:
    """What nobody has judged, as comments at the head of the file."""
    lines = ["A draft from claims. What they do not say and nobody has judged yet:"]
    lines += [
        f"- {gap.what}: {gap.message}" + (f" ({', '.join(gap.where)})" if gap.where else "") for gap in draft.gaps
    ]
    return "".join(f"# {line}\n" for line in lines)


def _insist_on_a_new_file(out: Path) -> None:
    if out.exists():
        raise FileError(f"{out} exists; name another file, so that nothing is lost")
