"""A review of claims on disk: each decision is saved before the next is asked for. `ReviewSession` is the main name."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.coding.editing import edited, split
from parley.coding.review import Review, replayed
from parley.domain.codebook import Codebook
from parley.domain.coding import Coding
from parley.domain.review import Action, Decision
from parley.domain.source import Article
from parley.errors import Problem, ScenarioError, UsageError
from parley.files import claims as claim_files
from parley.files import json_lines, reviews
from parley.files.statements import ArticleFolders

if TYPE_CHECKING:
    from parley.coding.review import Item

__all__ = ["ReviewSession", "decide_all", "reviewed"]


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


class ReviewSession:
    """A review that goes on where it stopped.

    Parameters
    ----------
    claims : the file of claims
    codebook : parties and issues
    articles : where the articles are, to show words in their context and to change their span
    path : the file of decisions; None: the usual one beside the claims
    by : the reviewer's name
    clock : gives the time of a decision

    Attributes
    ----------
    review : the review as it stands
    lost : decisions on claims that are not there any more
    path : the file of decisions
    inputs : what the file of claims held

    Raises
    ------
    ScenarioError
        With every problem of the files, by line.
    FileError
        If a file cannot be read.
    """

    def __init__(  # noqa: PLR0913 - each is a setting of its own
        self,
        claims: Path,
        codebook: Codebook,
        articles: ArticleFolders,
        *,
        path: Path | None = None,
        by: str = "",
        clock: Callable[[], str] = _now,
    ) -> None:
        self.codebook, self.articles, self.by = codebook, articles, by
        self.path = path or reviews.path_for(claims)
        self._clock = clock
        self.inputs = {str(claims): json_lines.read_bytes(claims)}
        codings = claim_files.load(self.inputs[str(claims)], str(claims), codebook, articles=articles)
        self.review, self.lost = replayed(codings, _decisions(self.path, codebook))

    def decide(self, action: Action, claim: str = "", *, into: Sequence[Coding] = (), because: str = "") -> Review:
        """Take a decision and save it.

        Raises
        ------
        UsageError
            If there is no such claim, or nothing to undo or redo; nothing is saved then.
        FileError
            If it cannot be saved; the review then stays as it was.
        """
        decision = Decision(action=action, claim=claim, into=tuple(into), because=because, by=self.by, at=self._clock())
        after = self.review.after(decision)
        reviews.append(self.path, decision, self.codebook)
        self.review = after
        return after

    def edit(self, item: Item, changes: Mapping[str, Any], *, because: str = "") -> Review:
        """Change fields of a claim, see `parley.coding.editing.edited`, and accept it."""
        coding = edited(item.coding, changes, self.codebook, article=self.article(item.coding))
        return self.decide("edit", item.coding.id, into=[coding], because=because)

    def split(self, item: Item, parts: Sequence[Mapping[str, Any]], *, because: str = "") -> Review:
        """Put several claims in the place of one; each is reviewed on its own."""
        codings = split(item.coding, parts, self.codebook, article=self.article(item.coding))
        return self.decide("split", item.coding.id, into=codings, because=because)

    def article(self, coding: Coding) -> Article | None:
        """The article of a claim; None where it is not there."""
        return self.articles.article(coding.source.doc)


def decide_all(session: ReviewSession, content: bytes, name: str) -> int:
    """Take decisions from a file: an object a line with `claim`, `action`, `because`, `set` or `parts`.

    Parameters
    ----------
    session : the review
    content : what the file holds
    name : its name, for problems

    Returns
    -------
    how many decisions were taken

    Raises
    ------
    ScenarioError
        With the first line that cannot be followed; the decisions before it are taken and saved.
    """
    count = 0
    for number, raw in enumerate(content.decode("utf-8", "replace").split("\n"), start=1):
        if raw.strip():
            try:
                _follow(session, json.loads(raw))
            except (UsageError, ScenarioError, ValueError, TypeError) as error:
                found = error.problems if isinstance(error, ScenarioError) else (Problem(message=str(error)),)
                hint = f"{count} decisions before it are saved"
                raise ScenarioError(
                    [
                        Problem(message=each.message, path=each.path, hint=each.hint or hint, file=name, line=number)
                        for each in found
                    ]
                ) from None
            count += 1
    return count


def reviewed(claims: Path, codings: Sequence[Coding], codebook: Codebook) -> tuple[tuple[Coding, ...], int]:
    """The claims after the decisions that lie beside their file, and how many decisions there are.

    Parameters
    ----------
    claims : the file of claims
    codings : the claims in it
    codebook : parties and issues
    """
    decisions = _decisions(reviews.path_for(claims), codebook)
    review, _ = replayed(codings, decisions)
    return (review.claims if decisions else tuple(codings)), len(decisions)


def _decisions(path: Path, codebook: Codebook) -> tuple[Decision, ...]:
    return reviews.load(json_lines.read_bytes(path), str(path), codebook) if path.exists() else ()


def _follow(session: ReviewSession, told: Mapping[str, Any]) -> None:
    if not isinstance(told, dict):
        raise UsageError('a decision is an object, as {"claim": "c1", "action": "accept"}')
    action, claim, because = told.get("action"), str(told.get("claim", "")), str(told.get("because", ""))
    if action in ("undo", "redo", "accept", "reject"):
        session.decide(action, claim, because=because)
        return
    if action not in ("edit", "split"):
        raise UsageError(f"there is no action '{action}'; accept, reject, edit, split, undo and redo are known")
    state = session.review.state
    item = state.items[state.place(claim)]
    if action == "edit":
        session.edit(item, told.get("set", {}), because=because)
    else:
        session.split(item, told.get("parts", []), because=because)
