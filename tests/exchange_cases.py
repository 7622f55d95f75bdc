"""The cases that come with the open program Decide, and scenarios made of them."""

import csv
import datetime
import re
from pathlib import Path

import numpy as np

from parley.domain.estimate import Estimate
from parley.domain.issue import Issue, Scale
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario

PLACE = Path(__file__).parent / "published/exchange"


def rows(name):
    """The rows of one of the tables, as mappings of texts."""
    with (PLACE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def table(name):
    """Parties, issues, and arrays of position, salience and weight, shape (party, issue)."""
    cells = rows(name)
    parties, issues = (list(dict.fromkeys(each[key] for each in cells)) for key in ("party", "issue"))
    x, s = np.full((len(parties), len(issues)), np.nan), np.zeros((len(parties), len(issues)))
    weight = s.copy()
    for each in cells:
        at = parties.index(each["party"]), issues.index(each["issue"])
        x[at], s[at] = float(each["position"]), float(each["salience"])
        weight[at] = s[at] * float(each["power"])
    return parties, issues, x, s, weight


def slug(name):
    """An id made of a name."""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def scenario(parties, issues, position, salience, capability, scales=None):
    """A scenario of these numbers; positions are points 0..100, whatever the scale."""

    def exactly(value):
        return Estimate.exactly(float(value), because="the table")

    return Scenario(
        title="An exchange",
        question=Question(text="Who trades what?", asked_by=slug(parties[0])),
        as_of=datetime.date(2009, 12, 1),
        parties=tuple(
            Party(id=slug(name), name=name, role="other", capability=exactly(c))
            for name, c in zip(parties, capability, strict=True)
        ),
        issues=tuple(
            Issue(id=slug(name), name=name, question="Where?", scale=(scales or {}).get(name, Scale(low=0, high=100)))
            for name in issues
        ),
        positions=tuple(
            Position(
                party=slug(name), issue=slug(issue), position=exactly(position[i][d]), salience=exactly(salience[i][d])
            )
            for i, name in enumerate(parties)
            for d, issue in enumerate(issues)
            if not np.isnan(position[i][d])
        ),
    )


def case(name):
    """One of the program's cases as a scenario."""
    parties, issues, x, s, _ = table(name)
    power = {each["party"]: float(each["power"]) for each in rows(name)}
    return scenario(parties, issues, x, s, [power[party] for party in parties])
