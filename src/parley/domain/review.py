"""A decision that a reviewer takes on a claim. `Decision` is the main name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parley.domain.coding import Coding
from parley.domain.estimate import Words
from parley.errors import Problem, ScenarioError

__all__ = ["Action", "Decision"]

Action = Literal["accept", "reject", "edit", "split", "undo", "redo"]
PARTS = {"edit": (1, 1), "split": (2, 20)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a reviewer decides.

    Attributes
    ----------
    action : what is done: `accept`, `reject`, `edit` (it is then accepted), `split`, `undo` or `redo`
    claim : id of the claim; empty for `undo` and `redo`
    into : what takes its place: one coding for `edit`, several for `split`
    because : the reason, where one is given
    by : the reviewer's name
    at : when, as a date and time in words

    Raises
    ------
    ScenarioError
        If the claim or what takes its place is missing, or is there where it has no use.
    """

    action: Action
    claim: str = ""
    into: tuple[Coding, ...] = ()
    because: Words = ""
    by: Words = ""
    at: str = ""

    def __post_init__(self) -> None:
        problems = []
        if (self.action in ("undo", "redo")) == bool(self.claim):
            problems.append(Problem(path=("claim",), message=f"'{self.action}' with claim '{self.claim}'"))
        least, most = PARTS.get(self.action, (0, 0))
        if not least <= len(self.into) <= most:
            message = f"'{self.action}' puts {len(self.into)} claims in its place"
            problems.append(Problem(path=("into",), message=message, hint=f"{least} to {most}"))
        if problems:
            raise ScenarioError(problems)
