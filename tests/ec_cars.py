"""The case of emission standards for cars in the European Community: ten governments, years until one applies."""

import datetime

from parley.domain.estimate import Estimate
from parley.domain.issue import Issue, Scale
from parley.domain.party import Party
from parley.domain.position import Position
from parley.domain.scenario import Question, Scenario

TABLE = {
    "netherlands": (0.08, 4, 0.8),
    "belgium": (0.08, 7, 0.4),
    "luxembourg": (0.03, 4, 0.2),
    "germany": (0.16, 4, 0.8),
    "france": (0.16, 10, 0.6),
    "italy": (0.16, 10, 0.6),
    "united_kingdom": (0.16, 10, 0.9),
    "ireland": (0.05, 7, 0.1),
    "denmark": (0.05, 4, 1.0),
    "greece": (0.08, 7, 0.7),
}
"""Capability, position in years and salience: Bueno de Mesquita 1994, p. 78, as Scholz et al. 2011 print it."""


def scenario(low=4.0, high=10.0, table=None):
    """The case on a scale of years."""
    rows = TABLE if table is None else table
    scale = Scale(low=low, high=high, unit="years")

    def exactly(value):
        return Estimate.exactly(value, because="the published table")

    return Scenario(
        title="Emission standards for cars",
        question=Question(text="When does the standard apply?", asked_by=next(iter(rows))),
        as_of=datetime.date(1988, 1, 1),
        parties=tuple(
            Party(id=name, name=name, role="other", capability=exactly(c)) for name, (c, _, _) in rows.items()
        ),
        issues=(Issue(id="delay", name="Delay", question="After how many years?", scale=scale),),
        positions=tuple(
            Position(party=name, issue="delay", position=exactly(scale.point(x)), salience=exactly(s))
            for name, (_, x, s) in rows.items()
        ),
    )
