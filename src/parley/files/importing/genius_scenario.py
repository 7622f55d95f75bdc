"""A negotiation domain that was read from files as a scenario: `compose_domain`.

An issue becomes a ladder with a rung for each value, and each profile a list of stated payoffs.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from parley.domain.clock import Clock
from parley.domain.estimate import Estimate
from parley.domain.issue import Anchor, Issue, Scale
from parley.domain.party import Party
from parley.domain.payoffs import IssueWorth, LevelWorth, StatedPayoff
from parley.domain.scenario import Question, Scenario
from parley.domain.source import Fact, Judgement, Source
from parley.errors import Problem, ScenarioError
from parley.files import saving, text_guards, yaml_reader
from parley.files.file_form import to_file_form
from parley.files.importing.domain_model import Domain, DomainIssue, Profile, Valued
from parley.files.importing.draft import Imported, asker_of, day_of, exactly, ids, source_of, values_in

__all__ = ["Scaling", "compose_domain"]

Scaling = Literal["file", "issue"]

SMALLEST = 1e-5
"""GENIUS takes an issue whose largest evaluation is below this to be worth nothing."""

POWER = Judgement(
    id="J1",
    words="Every party counts alike.",
    because="The files say nothing of power, and packages do not ask for it.",
    by="the importer",
)
ZERO = Judgement(
    id="J2",
    words="Without agreement a party whose file says nothing of it gets 0.",
    because="The program that the files are for reads them so.",
    by="the importer",
)
ROUNDS = 100
"""As many rounds are talked where the files say nothing of it."""

TIME = Judgement(
    id="J4",
    words=f"The talks last {ROUNDS} rounds, each taken as a day.",
    because="The files say nothing of time; a hundred rounds are usual in the programs that they are for.",
    by="the importer",
)
SCALED = Judgement(
    id="J3",
    words="The worths of each issue are divided by their largest, and those by a formula kept within 0..1.",
    because="GENIUS computes payoffs so; it was asked for.",
    by="the importer",
)


def compose_domain(domain: Domain, profiles: Sequence[Profile], notes: Sequence[str], *, scaling: Scaling) -> Imported:
    """Make a scenario of a domain and its profiles.

    Parameters
    ----------
    domain : what can be agreed
    profiles : what it is worth to whom
    notes : what was noted so far
    scaling : `file`: payoffs as they are stated; `issue`: as GENIUS scales them

    Raises
    ------
    ScenarioError
        If a scenario file cannot hold so much.
    UsageError
        If there is no party of that name, or nothing says when the files were written.
    """
    composer = _Composer(domain, profiles, scaling)
    day, said = day_of((), domain.file)
    parties = composer.parties()
    asker = asker_of(parties, domain.file.asked_by)
    if domain.file.asked_by is None:
        said.append(f"the question is asked by '{asker.id}', the first profile: set asked_by to another")
    payoffs = tuple(composer.payoff(i, party) for i, party in enumerate(parties))
    scenario = Scenario(
        title=domain.title,
        question=Question(
            text=f"Which package could {asker.name} get, and what should it trade for what?", asked_by=asker.id
        ),
        as_of=day,
        sources=composer.sources(),
        facts=composer.facts(),
        judgements=tuple(composer.judgements),
        parties=parties,
        issues=composer.issues,
        payoffs=payoffs,
        clock=Clock(step_days=1, horizon=ROUNDS, grounds=(TIME.id,)),
    )
    _insist_on_size(scenario, domain)
    inputs = {file.name: file.content for file in (domain.file, *(each.file for each in profiles))}
    return Imported(scenario=scenario, notes=(*said, *notes, *composer.notes()), inputs=inputs)


@dataclass(slots=True)
class _Composer:
    """Turns names into ids; issues with one value only are part of what every package is worth."""

    domain: Domain
    profiles: Sequence[Profile]
    scaling: Scaling
    issues: tuple[Issue, ...] = ()
    judgements: list[Judgement] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        open_issues = [each for each in self.domain.issues if len(each.choices) > 1]
        names = ids((each.name for each in open_issues), "issue")
        self.issues = tuple(_issue(made_id, each) for made_id, each in zip(names, open_issues, strict=True))
        self.judgements = [POWER, TIME]
        if any(each.reserve is None and each.reads_absent_as_zero for each in self.profiles):
            self.judgements.append(ZERO)
        if self.scaling == "issue":
            self.judgements.append(SCALED)

    @property
    def names(self) -> list[str]:
        """The names of the profiles, or of their files where two have the same."""
        names = [each.name for each in self.profiles]
        return names if len(set(names)) == len(names) else [Path(each.file.name).stem for each in self.profiles]

    def parties(self) -> tuple[Party, ...]:
        made = zip(ids(self.names, "party"), self.names, strict=True)
        return tuple(
            Party(id=made_id, name=name, role="other", capability=exactly(1.0, "J1")) for made_id, name in made
        )

    def sources(self) -> tuple[Source, ...]:
        files = [self.domain.file, *(each.file for each in self.profiles)]
        titles = [self.domain.title, *self.names]
        return tuple(
            dataclasses.replace(source_of(title, file), id=f"S{number}")
            for number, (title, file) in enumerate(zip(titles, files, strict=True), start=1)
        )

    def facts(self) -> tuple[Fact, ...]:
        words = ["The domain lists the issues and what can be agreed on each."]
        words += [f"The profile says what packages are worth to {name}." for name in self.names]
        kinds = ["options", *["position"] * len(self.profiles)]
        return tuple(
            Fact(id=f"F{number}", source=f"S{number}", words=text, said_by="the file", kind=kind)  # type: ignore[arg-type]
            for number, (text, kind) in enumerate(zip(words, kinds, strict=True), start=1)
        )

    def payoff(self, place: int, party: Party) -> StatedPayoff:
        profile, fact = self.profiles[place], f"F{place + 2}"
        grounds = (fact,) if self.scaling == "file" else (fact, SCALED.id)
        valued = list(map(self.scaled, profile.issues))
        several = [each for each in valued if len(each.worth) > 1]
        base = profile.base + sum(each.weight * each.worth[0] for each in valued if len(each.worth) == 1)
        return StatedPayoff(
            party=party.id,
            issues=tuple(
                IssueWorth(issue=issue.id, weight=exactly(each.weight, fact), levels=_levels(issue, each, grounds))
                for issue, each in zip(self.issues, several, strict=True)
            ),
            reserve=_reserve(profile, valued, fact),
            base=exactly(base, *grounds) if base else None,
            discount=None if profile.discount is None else exactly(profile.discount, fact),
        )

    def scaled(self, valued: Valued) -> Valued:
        """What the values of an issue are worth on the scale that is asked for."""
        if self.scaling == "file":
            return valued
        if valued.formula:
            return dataclasses.replace(valued, worth=[min(max(each, 0.0), 1.0) for each in valued.worth])
        largest = max(valued.worth)
        return dataclasses.replace(
            valued, worth=[0.0 if largest < SMALLEST else each / largest for each in valued.worth]
        )

    def notes(self) -> list[str]:
        notes = [
            f"'{issue.name}' runs over the real numbers from {issue.grid[0]:g} to {issue.grid[1]:g}: taken are "
            f"{len(issue.choices)} of them, equally far apart"
            for issue in self.domain.issues
            if issue.grid is not None
        ]
        notes += [
            f"'{issue.name}' can only be '{issue.choices[0].text}': its worth is part of what every package is worth"
            for issue in self.domain.issues
            if len(issue.choices) == 1
        ]
        for profile, name in zip(self.profiles, self.names, strict=True):
            if profile.reserve is None:
                none = "0, as the program reads it" if profile.reads_absent_as_zero else "none: any package is better"
                notes.append(f"'{name}' states no reserve value: it is {none}")
            notes += [f"{Path(profile.file.name).name}: {note}" for note in profile.notes]
        return [*notes, "every number is taken as exact: widen low and high where it was not sure"]


def _reserve(profile: Profile, valued: Sequence[Valued], fact: str) -> Estimate | None:
    """The payoff without agreement; that of a package, to the last digit what packages are summed up to."""
    given = profile.reserve
    if given is None:
        return exactly(0.0, ZERO.id) if profile.reads_absent_as_zero else None
    if isinstance(given, float):
        return exactly(given, fact)
    parts = [
        (0.0 if place is None else each.weight * each.worth[place], len(each.worth) == 1)
        for each, place in zip(valued, given, strict=True)
    ]
    base = profile.base + sum(part for part, alone in parts if alone)
    first, *rest = [part for part, alone in parts if not alone] or [0.0]
    return exactly(sum(rest, start=first + base), fact)


def _issue(made_id: str, issue: DomainIssue) -> Issue:
    """A ladder; numbers of a range keep their distances, and other values are equally far apart."""
    texts = [each.text for each in issue.choices]
    places = [float(k) for k in range(len(texts))]
    if issue.numeric:
        places = [each.number or 0.0 for each in issue.choices]
    anchors = tuple(
        Anchor(at=at, words=text, rung=rung) for at, text, rung in zip(places, texts, ids(texts, "level"), strict=True)
    )
    return Issue(
        id=made_id,
        name=issue.name,
        question=f"What is agreed on {issue.name}?",
        scale=Scale(low=places[0], high=places[-1], anchors=anchors, ladder=True),
        grounds=("F1",),
    )


def _levels(issue: Issue, valued: Valued, grounds: tuple[str, ...]) -> tuple[LevelWorth, ...]:
    return tuple(
        LevelWorth(at=issue.scale.point(anchor.at), worth=exactly(worth, *grounds))
        for anchor, worth in zip(issue.scale.anchors, valued.worth, strict=True)
    )


def _insist_on_size(scenario: Scenario, domain: Domain) -> None:
    values = values_in(to_file_form(scenario))
    problem = ""
    if not scenario.issues:
        problem = "no issue has more than one value: there is nothing to agree on"
    elif values > yaml_reader.MAX_VALUES:
        problem = f"as a scenario the domain has {values:,} values; a file holds {yaml_reader.MAX_VALUES:,}"
    elif len(saving.new_text(scenario).encode()) > text_guards.MAX_BYTES:
        problem = f"as a scenario the domain is larger than {text_guards.MAX_BYTES // 1_000_000} MB"
    if problem:
        hint = "leave out values or profiles that matter less"
        raise ScenarioError([Problem(message=problem, hint=hint, file=domain.file.name, line=1)])
