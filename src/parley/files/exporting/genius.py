"""A scenario as a negotiation domain of GENIUS in XML, with a profile for each party: `to_genius`."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from parley.domain.scenario import Scenario
from parley.files.exporting.csv_tables import number
from parley.files.exporting.profiles import Written, WrittenProfile, notes_on, written
from parley.files.exporting.tables import Exported

__all__ = ["to_genius"]

FORM = "files of GENIUS"
BASE = "Whatever is agreed"
ALWAYS = "always"


def to_genius(scenario: Scenario) -> Exported:
    """Write the payoffs as a domain of GENIUS and a profile for each party.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    A file for the domain and one for each party, which also NegMAS reads. What every package is worth becomes an issue
    with one value.

    Raises
    ------
    UsageError
        If the scenario has neither payoffs nor positions.
    """
    made = written(scenario)
    files = {f"{made.file}.xml": _text(_domain(made))}
    files |= {f"{each.file}.xml": _text(_profile(made, each)) for each in made.profiles}
    return Exported(files=files, notes=(*_notes(made), *notes_on(scenario, FORM)))


def _text(lines: Iterator[str]) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(f"{line}\n" for line in lines)).encode()


def _domain(made: Written) -> Iterator[str]:
    count = len(made.issues) + _has_base(made)
    yield "<negotiation_template>"
    yield f'<utility_space number_of_issues="{count}">'
    yield f'<objective index="0" name={quoteattr(made.title)} type="objective" etype="objective" description="">'
    for place, issue in enumerate(made.issues, start=1):
        yield from _issue(place, issue.name, [(value, None) for value in issue.values])
    if _has_base(made):
        yield from _issue(count, _base_name(made), [(ALWAYS, None)])
    yield from ("</objective>", "</utility_space>", "</negotiation_template>")


def _profile(made: Written, profile: WrittenProfile) -> Iterator[str]:
    weights = list(profile.weight)
    yield "<utility_space>"
    yield f'<objective index="0" name={quoteattr(made.title)} type="objective" etype="objective" description="">'
    for place, (issue, worth) in enumerate(zip(made.issues, profile.worth, strict=True), start=1):
        yield from _issue(place, issue.name, list(zip(issue.values, worth, strict=True)))
    if _has_base(made):
        weights.append(1.0)
        yield from _issue(len(weights), _base_name(made), [(ALWAYS, profile.base)])
    for place, weight in enumerate(weights, start=1):
        yield f'<weight index="{place}" value="{number(weight)}"/>'
    yield "</objective>"
    if profile.discount is not None:
        yield f'<discount_factor value="{number(profile.discount)}"/>'
    reserve = profile.worst if profile.reserve is None else profile.reserve
    yield f'<reservation value="{number(reserve)}"/>'
    yield "</utility_space>"


def _issue(place: int, name: str, values: list[tuple[str, float | None]]) -> Iterator[str]:
    yield f'  <issue index="{place}" name={quoteattr(name)} type="discrete" etype="discrete" vtype="discrete">'
    for at, (value, worth) in enumerate(values, start=1):
        evaluation = "" if worth is None else f' evaluation="{number(worth)}"'
        yield f'    <item index="{at}" value={quoteattr(value)}{evaluation}/>'
    yield "  </issue>"


def _has_base(made: Written) -> bool:
    return any(each.base for each in made.profiles)


def _base_name(made: Written) -> str:
    """A name for the issue with one value that no other issue has."""
    name = BASE
    while any(each.name == name for each in made.issues):
        name += " at all"
    return name


def _notes(made: Written) -> Iterator[str]:
    for each in made.profiles:
        if each.reserve is None:
            yield f"GENIUS needs a reserve value: '{each.name}' gets that of the package that is worst for it"
        if each.name != each.file:
            yield f"GENIUS has no names of parties but those of files: '{each.name}' is {each.file}"
        largest = {max(worth) for worth, weight in zip(each.worth, each.weight, strict=True) if weight}
        if any(value < 0 for worth in each.worth for value in worth):
            yield f"GENIUS expects evaluations of 0 or more: some of '{each.name}' are below"
        elif len(largest) > 1 or each.base:
            yield f"GENIUS divides evaluations by the largest of each issue: '{each.name}' has other preferences there"
