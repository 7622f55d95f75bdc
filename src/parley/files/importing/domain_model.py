"""A negotiation domain and its profiles as files of other programs hold them, with every number checked: `Domain`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from parley.files.importing.cells import Place, Refusals
from parley.files.importing.draft import TableFile

__all__ = ["MAX_CHOICES", "Choice", "Domain", "DomainIssue", "Profile", "Valued", "grid_of", "numbered", "place_of"]

MAX_CHOICES = 1000
"""An issue has so many values at most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that an issue can take: its text, and the number that it is, if it is one."""

    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainIssue:
    """An issue of a domain.

    Attributes
    ----------
    name : its name, with the objectives around it before it
    choices : the values that it can take
    numeric : whether these are the numbers of a range, rising
    grid : the range of real numbers that `choices` are a grid over; None where the file lists them
    index : its number in the file; None where it has none
    """

    name: str
    choices: Sequence[Choice]
    numeric: bool = False
    grid: tuple[float, float] | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """What can be agreed.

    Attributes
    ----------
    title : what it is about
    issues : its issues
    file : where it stands
    """

    title: str
    issues: Sequence[DomainIssue]
    file: TableFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Valued:
    """What the values of an issue are worth to a party.

    Attributes
    ----------
    weight : what they are multiplied by
    worth : the worth of each value, in the order of the issue's
    formula : whether a formula gives it, and not a list
    """

    weight: float
    worth: Sequence[float]
    formula: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What packages are worth to one party.

    Attributes
    ----------
    name : its name
    issues : what the values of each issue of the domain are worth, in its order
    file : where it stands
    reserve : its payoff without agreement, or the package that is worth as much: for each issue the place of a value,
        None where the package leaves it open
    reads_absent_as_zero : whether the program takes a reserve value that is not given for 0, and not for none at all
    discount : what a payoff at the end of the talks is worth at their start; None where the file does not say
    base : what every package is worth beside its issues
    notes : what of the file has no place in a scenario
    """

    name: str
    issues: Sequence[Valued]
    file: TableFile
    reserve: float | Sequence[int | None] | None = None
    reads_absent_as_zero: bool = True
    discount: float | None = None
    base: float = 0.0
    notes: list[str] = field(default_factory=list)


def numbered(low: float, high: float, what: str, place: Place, reader: Refusals) -> tuple[Choice, ...]:
    """Every whole number of a range; a problem where there are too many."""
    if high - low >= MAX_CHOICES:
        message = f"{what} runs over {high - low + 1:,.0f} whole numbers; a scenario lists {MAX_CHOICES:,} at most"
        reader.refuse(place, message, "list the values that are worth talking about")
        return (Choice(f"{low:.0f}", low),)
    return tuple(Choice(str(number), float(number)) for number in range(int(low), int(high) + 1))


def grid_of(low: float, high: float, points: int) -> tuple[Choice, ...]:
    """Equally spaced numbers from one end of a range to the other, to 12 digits."""
    if low == high:
        return (Choice(f"{low:.12g}", low),)
    numbers = (float(f"{low + (high - low) * k / (points - 1):.12g}") for k in range(points))
    return tuple(Choice(f"{number:.12g}", number) for number in numbers)


def place_of(word: str, issue: DomainIssue) -> int | None:
    """The place of the value that a text or the digits of a number mean; None where there is none."""
    for place, choice in enumerate(issue.choices):
        if choice.text == word:
            return place
    try:
        number = float(word)
    except ValueError:
        return None
    return next((place for place, choice in enumerate(issue.choices) if choice.number == number), None)
