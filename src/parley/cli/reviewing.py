"""The review in the terminal: a claim at a time, a key for each decision. `add` and `Desk` are the main names."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parley.cli.coding import Articles, CodebookBeside
from parley.cli.options import AsJson, guarded, plain
from parley.errors import ParleyError, UsageError

if TYPE_CHECKING:
    from parley.reviewing import ReviewSession

__all__ = ["Desk", "add"]

KEYS = {
    "a": "accept",
    "r": "reject",
    "k": "kind",
    "p": "party",
    "i": "issue",
    "o": "point",
    "w": "words",
    "s": "split",
    "c": "reason",
    "n": "next",
    "b": "back",
    "g": "go to",
    "u": "undo",
    "U": "redo",
    "q": "quit",
}
NUDGES = {"[": (-1, 0), "]": (1, 0), "{": (0, -1), "}": (0, 1)}
ARROWS = {
    "\x1b[C": "n",
    "\x1b[B": "n",
    "\x1b[D": "b",
    "\x1b[A": "b",
    "\x1bOC": "n",
    "\x1bOB": "n",
    "\x1bOD": "b",
    "\x1bOA": "b",
}
END = ("q", "\x03", "\x04", "")


def add(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: parley review claims.jsonl --by Ana")(review)


@guarded
def review(
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS", help="The file of claims.")],
    *,
    codebook: CodebookBeside = None,
    articles: Articles = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who reviews; default: the user's login.")] = None,
    decisions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Take the decisions from a file, without asking.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the claims as reviewed, too.")] = None,
    as_json: AsJson = False,
) -> None:
    """Accept, change, split or reject claims one by one; every decision is kept, and can be undone."""
    import sys

    from parley import documents, workbench
    from parley.cli import claims as show

    session = workbench.review(claims, codebook=codebook, articles=articles, by=by or _login())
    for lost in session.lost:
        typer.echo(f"Warning: a decision on {lost.claim} fits no claim any more", err=True)
    if decisions is not None:
        workbench.decide(session, decisions)
    elif not as_json:
        if not sys.stdin.isatty():
            raise UsageError("a review needs a terminal; elsewhere give the decisions with --decisions FILE")
        Desk(session, typer.getchar, _ask).run()
    if out is not None:
        workbench.write_reviewed(session, out)
    if as_json:
        typer.echo(plain(documents.review_document(session)))
    else:
        show.reviewed(session)


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _ask(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False)
    return answer.strip()


class Desk:
    """The loop of the review: shows a claim, takes a key, does what it stands for.

    Parameters
    ----------
    session : the review
    key : gives the next key; a Ctrl-C or the end of the input ends the loop, and nothing is lost
    ask : asks for a line
    show : shows the claim at a place, with a message; None: in the terminal
    """

    def __init__(
        self,
        session: ReviewSession,
        key: Callable[[], str],
        ask: Callable[[str], str],
        show: Callable[[ReviewSession, int, str], None] | None = None,
    ) -> None:
        from parley.cli import review_screen

        self.session, self._key, self._ask = session, key, ask
        self._show = show or review_screen.show
        self.at = session.review.state.at
        self.reason = ""

    def run(self) -> None:
        """Go on until the user quits."""
        message = ""
        while self.session.review.state.items:
            self._show(self.session, self.at, message)
            try:
                key = self._key()
            except (KeyboardInterrupt, EOFError):
                return
            key = ARROWS.get(key, key)
            if key in END:
                return
            try:
                message = self.press(key)
            except (KeyboardInterrupt, EOFError, typer.Abort):
                message = "Nothing was changed."
            except ParleyError as error:
                message = str(error)

    def press(self, key: str) -> str:
        """Do what a key stands for; what to tell the user."""
        state = self.session.review.state
        if key in "nb":
            self.at = min(max(self.at + (1 if key == "n" else -1), 0), len(state.items) - 1)
            return ""
        if key == "g":
            return self._go(self._ask(f"Number, or id (1–{len(state.items)})"))
        if key == "c":
            self.reason = self._ask("Reason for the next decision")
            return f"Reason: {self.reason}" if self.reason else ""
        if key in "uU":
            return self._step("undo" if key == "u" else "redo")
        if key in "ar":
            return self._decide("accept" if key == "a" else "reject")
        changes = self._changes(key)
        if changes is not None:
            return self._edit(changes)
        return self._split() if key == "s" else f"No command '{key}'." if key.isprintable() else ""

    def _decide(self, action: str) -> str:
        claim = self.session.review.state.items[self.at].coding.id
        self.session.decide("accept" if action == "accept" else "reject", claim, because=self._reason())
        self.at = self.session.review.state.at
        return f"{claim} {action}ed."

    def _step(self, action: str) -> str:
        review = self.session.review
        waiting = review.done if action == "undo" else review.undone
        self.session.decide("undo" if action == "undo" else "redo")
        decision = waiting[-1][0]
        names = [item.coding.id for item in self.session.review.state.items]
        self.at = names.index(decision.claim) if decision.claim in names else self.session.review.state.at
        return f"{action.capitalize()}: {decision.action} of {decision.claim}"

    def _edit(self, changes: dict[str, Any]) -> str:
        if not changes:
            return "Nothing was changed."
        item = self.session.review.state.items[self.at]
        self.session.edit(item, changes, because=self._reason())
        return f"{item.coding.id} changed and accepted; n goes on."

    def _split(self) -> str:
        item = self.session.review.state.items[self.at]
        answer = self._ask("Split into how many claims")
        if not answer.isdigit() or not 2 <= int(answer) <= 20:
            return "Nothing was changed; 2 to 20 can be made of one."
        self.session.split(item, [{}] * int(answer), because=self._reason())
        return f"{item.coding.id} split into {answer}; change each of them."

    def _reason(self) -> str:
        reason, self.reason = self.reason, ""
        return reason

    def _go(self, answer: str) -> str:
        state = self.session.review.state
        if answer.isdigit() and 1 <= int(answer) <= len(state.items):
            self.at = int(answer) - 1
        elif answer:
            self.at = state.place(answer)
        return ""

    def _changes(self, key: str) -> dict[str, Any] | None:
        """The changes that a key asks for; None where it asks for none."""
        if key in NUDGES:
            return self._nudged(*NUDGES[key])
        match key:
            case "k":
                return self._chosen("kind", _kinds())
            case "p":
                return self._chosen("party", [each.id for each in self.session.codebook.parties], none="no party")
            case "i":
                return self._chosen("issue", [each.id for each in self.session.codebook.issues], none="no issue")
            case "o":
                return self._point()
            case "w":
                return self._words()
            case _:
                return None

    def _chosen(self, field: str, names: Sequence[str], *, none: str = "") -> dict[str, Any]:
        listed = [f"{number} {name}" for number, name in enumerate(names, start=1)] + ([f"0 {none}"] if none else [])
        answer = self._ask(f"{field.capitalize()}: {' · '.join(listed)}")
        if not answer:
            return {}
        if answer == "0" and none:
            return {field: None}
        if answer.isdigit() and 1 <= int(answer) <= len(names):
            return {field: names[int(answer) - 1]}
        if answer in names:
            return {field: answer}
        raise UsageError(f"'{answer}' is none of these")

    def _point(self) -> dict[str, Any]:
        answer = self._ask("Point, or low, most plausible and high; - for none")
        if answer in ("", "-"):
            return {"position": None} if answer else {}
        try:
            numbers = [float(part) for part in answer.replace(",", " ").split()]
        except ValueError:
            raise UsageError(f"'{answer}' is no number") from None
        return {"position": numbers[0] if len(numbers) == 1 else numbers}

    def _words(self) -> dict[str, Any]:
        """Words typed as they stand in the article."""
        coding = self.session.review.state.items[self.at].coding
        article = self.session.article(coding)
        if article is None:
            raise UsageError("the article is not there; name its folder with --articles")
        words = self._ask("Words, exactly as in the article")
        if not words:
            return {}
        near = [at for at in range(len(article.text)) if article.text.startswith(words, at)]
        if not near:
            raise UsageError("the article does not say that")
        start = min(near, key=lambda at: abs(at - coding.spans[0].start))
        return {"content": [[start, start + len(words)]]}

    def _nudged(self, first: int, last: int) -> dict[str, Any]:
        """The words with one word more or less at an end."""
        from parley.coding.words import tokens

        coding = self.session.review.state.items[self.at].coding
        article = self.session.article(coding)
        if article is None:
            raise UsageError("the article is not there; name its folder with --articles")
        places = [[span.start, span.end] for span in coding.spans]
        words = tokens(article.text)
        starts, ends = [word.start for word in words], [word.end for word in words]
        if first:
            places[0][0] = _neighbour(starts, places[0][0], first)
        if last:
            places[-1][1] = _neighbour(ends, places[-1][1], last)
        return {"content": places} if all(start < end for start, end in places) else {}


def _neighbour(places: Sequence[int], at: int, step: int) -> int:
    """The next place after or before another; the same where there is none."""
    beyond = [place for place in places if (place > at if step > 0 else place < at)]
    return (min(beyond) if step > 0 else max(beyond)) if beyond else at


def _kinds() -> list[str]:
    import typing

    from parley.domain.source import StatementKind

    return list(typing.get_args(StatementKind))
