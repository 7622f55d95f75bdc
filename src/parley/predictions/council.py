"""Power in the Council of the European Union: `council_capability`."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from parley import resources
from parley.domain.decided import DecidedIssues
from parley.errors import UsageError

__all__ = ["CHAMBER", "council_capability", "of_the_council"]

Array = NDArray[np.float64]

CHAMBER = 0.2
"""Capability of the Commission, and of the Parliament, where all states together have 1."""

CHAMBERS = ("com", "ep")


def of_the_council(decided: DecidedIssues) -> bool:
    """Whether on every issue some party has a vote in the Council."""
    voters = {state for table in _votes().values() for state in table}
    stands = ~np.isnan(decided.position)
    return bool(stands[:, np.isin(decided.parties, sorted(voters))].any(axis=1).all())


def council_capability(decided: DecidedIssues) -> Array:
    """Capability by Council votes of the day, as a share of the votes of the states that take a position.

    Parameters
    ----------
    decided : issues of the European Union, with the parties' ids of DEU III

    Returns
    -------
    array, shape (issue, party)
        States sum to 1 on each issue; Commission and Parliament have `CHAMBER` each; 0 without a position.

    Raises
    ------
    UsageError
        If on some issue no party has a vote in the Council.

    Source
    ------
    The table `datasets/council-votes`, by the year of the proposal; votes from 1995 and from 2004 (Treaty of Nice).
    """
    if not of_the_council(decided):
        raise UsageError(
            f"{decided.name} has issues on which no government with a vote in the Council takes a position; use other "
            "weights, or the ids of DEU III (de, fr, ...) for the parties"
        )
    votes, years = _votes(), sorted(_votes())
    stands = ~np.isnan(decided.position)
    result = np.zeros(decided.position.shape)
    for i, year in enumerate(decided.year):
        table = votes[max((first for first in years if first <= year), default=years[0])]
        of_states = np.array([table.get(party, 0.0) for party in decided.parties]) * stands[i]
        result[i] = of_states / max(of_states.sum(), 1e-9)
    chamber = np.isin(decided.parties, CHAMBERS)
    return np.where(chamber & stands, CHAMBER, result)


@functools.cache
def _votes() -> Mapping[int, Mapping[str, float]]:
    text = resources.read("datasets/council-votes/votes.csv").decode()
    tables: dict[int, dict[str, float]] = {}
    for row in csv.DictReader(text.splitlines()):
        tables.setdefault(int(row["from"]), {})[row["state"]] = float(row["votes"])
    return tables
