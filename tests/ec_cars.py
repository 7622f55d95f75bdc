"""The shipped case of emission standards for cars in the European Community, and changes of it for tests."""

import dataclasses

from parley.domain.estimate import Estimate
from parley.domain.issue import Scale
from parley.files import scenarios

CASE = scenarios.load("collective/ec-cars")
YEARS = CASE.issue("delay").scale
TABLE = {
    each.party: (CASE.party(each.party).capability.mode, YEARS.in_unit(each.position.mode), each.salience.mode)
    for each in CASE.positions
}
"""Capability, position in years and salience of each party."""


def scenario(low=4.0, high=10.0, table=None):
    """The case on another scale of years, or with other numbers."""
    scale = Scale(low=low, high=high, unit="years")
    rows = TABLE if table is None else table
    positions = tuple(
        dataclasses.replace(
            each,
            position=Estimate.exactly(scale.point(rows[each.party][1])),
            salience=Estimate.exactly(rows[each.party][2]),
        )
        for each in CASE.positions
    )
    issue = dataclasses.replace(CASE.issue("delay"), scale=scale)
    return dataclasses.replace(CASE, issues=(issue,), positions=positions)
