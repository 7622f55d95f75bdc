"""Issues and parties with the words that name them, for reading statements. `Codebook` is the main name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated, Literal

from parley.domain.estimate import Words
from parley.domain.issue import Scale
from parley.domain.marks import Defines
from parley.domain.party import Role
from parley.errors import Path, Problem, ScenarioError

__all__ = ["Codebook", "CodedIssue", "CodedParty", "Pole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pole:
    """A point of an issue's scale, and the words that name it.

    Attributes
    ----------
    at : the point, in the issue's own unit; most often an end of the scale
    words : words and phrases that name it, in their base form, such as `ban` or `hold on to`
    """

    at: float
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedIssue:
    """An issue, and how the press speaks of it.

    Attributes
    ----------
    id : short name, as in the scenario
    name : its name in a table or on an axis
    question : the question in words
    scale : the scale of possible answers, as in the scenario
    words : words and phrases that name the issue, in their base form; `...` in a phrase stands for up to four words
    except_in : phrases in which those words mean something else, such as `open arms`
    poles : points of the scale, and the words that name them
    asked : the point, in the issue's own unit, that somebody asks for who asks for the matter as such, with no word of
        a pole and no quantity; absent: no position is read from that

    Raises
    ------
    ScenarioError
        If a pole or `asked` lies off the scale, or no word names the issue.
    """

    id: Annotated[str, Defines("issue")]
    name: Words
    question: Words
    scale: Scale = Scale()
    words: tuple[Words, ...] = ()
    except_in: tuple[Words, ...] = ()
    poles: tuple[Pole, ...] = ()
    asked: float | None = None

    def __post_init__(self) -> None:
        places: list[tuple[Path, float]] = [(("poles", index, "at"), pole.at) for index, pole in enumerate(self.poles)]
        if self.asked is not None:
            places.append((("asked",), self.asked))
        problems = [
            Problem(
                path=path,
                message=f"{at:g} lies off the scale",
                hint=f"the scale runs {self.scale.low:g}..{self.scale.high:g} {self.scale.unit}".rstrip(),
            )
            for path, at in places
            if not self.scale.low <= at <= self.scale.high
        ]
        if not self.words:
            problems.append(
                Problem(
                    path=("words",), message="no word names the issue", hint="list words that the press uses for it"
                )
            )
        problems += [
            Problem(path=(name, index), message=f"'{phrase}' holds no word", hint="write letters or digits")
            for name in ("words", "except_in")
            for index, phrase in enumerate(getattr(self, name))
            if not any(mark.isalnum() for mark in phrase)
        ]
        if problems:
            raise ScenarioError(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedParty:
    """A party, and how the press names it.

    Attributes
    ----------
    id : short name, as in the scenario
    name : full name
    role : part played, as in the scenario
    aliases : other names in the press: a capital, an office, a person who speaks for it
    """

    id: Annotated[str, Defines("party")]
    name: Words
    role: Role = "other"
    aliases: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Issues and parties with the words for them; its user owns it and changes it at will.

    Attributes
    ----------
    schema : the version of this format
    title : what it is for
    parties : whose statements move a position
    issues : what statements are linked to

    Raises
    ------
    ScenarioError
        If a name stands for two parties.
    """

    schema: Literal["parley/codebook/1"] = "parley/codebook/1"
    title: Words = ""
    parties: tuple[CodedParty, ...]
    issues: tuple[CodedIssue, ...]

    def __post_init__(self) -> None:
        names = [(name.casefold(), party.id) for party in self.parties for name in {party.name, *party.aliases}]
        counts = Counter(name for name, _ in set(names))
        problems = [
            Problem(
                path=("parties",),
                message=f"'{name}' stands for {' and '.join(sorted({who for each, who in names if each == name}))}",
                hint="give the name to one of them",
            )
            for name in sorted(name for name, count in counts.items() if count > 1)
        ]
        if problems:
            raise ScenarioError(problems)

    def issue(self, issue_id: str) -> CodedIssue:
        """The issue of this id; KeyError if there is none."""
        return {issue.id: issue for issue in self.issues}[issue_id]

    def party(self, party_id: str) -> CodedParty:
        """The party of this id; KeyError if there is none."""
        return {party.id: party for party in self.parties}[party_id]
