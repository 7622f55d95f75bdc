"""Many negotiations by alternating offers at once, and the tournament of tactics. `negotiate_many` is the main name.

This is the way to the compiled twin; `parley.methods.offers` has the readable rules.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.offers import EXPONENTS, PACES, Pace, Style, Table

__all__ = ["Courses", "Tournament", "coded", "negotiate_many", "one_of", "tournament"]

Array = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Courses:
    """How many talks went; see `parley.methods.offers.Course`.

    Attributes
    ----------
    package, step, walked : shape (negotiation,)
    mediated : shape (negotiation,)
    kinds, offers, targets : shape (negotiation, step, ...)
    """

    package: Places
    step: Places
    mediated: NDArray[np.bool_]
    walked: Places
    kinds: NDArray[np.int8]
    offers: Places
    targets: Array


def coded(styles: Sequence[Style], steps: int) -> Array:
    """Styles as the compiled twin takes them, shape (party, 6)."""
    rows = [
        (
            float(PACES.index(style.pace)),
            style.exponent or EXPONENTS.get(style.pace, 1.0),
            style.opening,
            float(style.stall),
            float(steps if style.walk is None else style.walk),
            float(style.look),
        )
        for style in styles
    ]
    return np.array(rows, dtype=np.float64)


def negotiate_many(table: Table, of: Places, styles: Array, reserve: Array, proposals: Places) -> Courses:
    """Hold many talks.

    Parameters
    ----------
    table : the packages, with a first axis of tables
    of : the table of each negotiation, shape (negotiation,)
    styles : as from `coded`, shape (negotiation, party, 6)
    reserve : what no agreement is worth, shape (negotiation, party, step)
    proposals : the mediator's packages, -1 where there is none, shape (negotiation, step)
    """
    from parley.kernels import offers as kernel

    found, kinds, offers, targets = kernel.negotiate(
        (np.ascontiguousarray(table.worth), np.ascontiguousarray(table.own)),
        (np.ascontiguousarray(table.signs), np.ascontiguousarray(table.count)),
        (np.ascontiguousarray(table.order), np.ascontiguousarray(table.choice)),
        np.ascontiguousarray(of, dtype=np.int64),
        np.ascontiguousarray(styles, dtype=np.float64),
        (np.ascontiguousarray(reserve, dtype=np.float64), np.ascontiguousarray(proposals, dtype=np.int64)),
    )
    return Courses(
        package=found[:, kernel.AGREED],
        step=found[:, kernel.STEP],
        mediated=found[:, kernel.MEDIATED] == 1,
        walked=found[:, kernel.WALKED],
        kinds=kinds,
        offers=offers,
        targets=targets,
    )


def one_of(table: Table) -> Table:
    """A table as the only one of several."""
    return table.part(np.newaxis)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tournament:
    """Every pace against every pace, between two parties.

    Attributes
    ----------
    paces : the paces, in the order of rows and columns
    agreed : whether they agree, shape (pace of the first, pace of the second)
    step : the step of the agreement, NaN without one, same shape
    payoff : what each gets, its reserve value without agreement, shape (party, pace of the first, pace of the second)
    """

    paces: tuple[Pace, ...]
    agreed: NDArray[np.bool_]
    step: Array
    payoff: Array


def tournament(table: Table, reserve: Array, *, steps: int, paces: Sequence[Pace] = PACES) -> Tournament:
    """Let every pace of the first party meet every pace of the second.

    Parameters
    ----------
    table : the packages, of two parties
    reserve : what no agreement is worth to each, shape (party,)
    steps : number of steps
    paces : the paces

    Raises
    ------
    EngineError
        If there are not two parties.
    """
    if len(table.worth) != 2:
        raise EngineError("a tournament of paces is held between two parties")
    met = list(itertools.product(paces, repeat=2))
    number = len(met)
    courses = negotiate_many(
        one_of(table),
        np.zeros(number, dtype=np.int64),
        np.stack([coded([Style(pace=each) for each in both], steps) for both in met]),
        np.broadcast_to(reserve[np.newaxis, :, np.newaxis], (number, 2, steps)),
        np.full((number, steps), -1, dtype=np.int64),
    )
    agreed = courses.package >= 0
    payoff = np.where(agreed, table.worth[:, courses.package], reserve[:, np.newaxis])
    shape = (len(paces), len(paces))
    return Tournament(
        paces=tuple(paces),
        agreed=agreed.reshape(shape),
        step=np.where(agreed, courses.step, np.nan).reshape(shape),
        payoff=payoff.reshape(2, *shape),
    )
