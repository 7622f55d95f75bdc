"""Stacked alternating offers: parties speak in turn, each accepts what lies on the table or says what it wants instead.

`negotiate` is the main name. A tactic is a rule for what a party is content with at its turn: it accepts a package that
is worth as much to it, and otherwise offers one that is. `parley.kernels.offers` is the compiled twin.

Source
------
Time-dependent and imitating tactics as in [Faratin1998]_; MiCRO as in [deJonge2022]_; protocol as in [Baarslag2016]_.
That a party stands still for a time, or leaves, are rules of our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.frontier import TIE
from parley.methods.offer_tables import Table, ranked
from parley.methods.opponents import OpponentModel

__all__ = [
    "EXPONENTS",
    "KINDS",
    "PACES",
    "Course",
    "Pace",
    "Style",
    "Table",
    "Talks",
    "aspiration",
    "negotiate",
    "ranked",
]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

Pace = Literal["boulware", "linear", "conceder", "tit_for_tat", "micro"]

PACES: tuple[Pace, ...] = get_args(Pace)

EXPONENTS = {"boulware": 0.25, "linear": 1.0, "conceder": 4.0}
"""How fast the time-dependent tactics give way: e in equation (1)."""

KINDS = ("none", "offer", "accept", "refuse", "silent", "walk", "propose")
"""What somebody does at its turn; `refuse` and `propose` are said of the mediator's packages only."""

NONE, OFFER, ACCEPT, REFUSE, SILENT, WALK, PROPOSE = range(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a party negotiates.

    Attributes
    ----------
    pace : `boulware` (hard until the end), `linear`, `conceder` (gives way early), `tit_for_tat` (gives way as much
        as the others have, counted in its own worth) or `micro` (one package further down its own list for each new
        one that it hears)
    opening : where it begins between its reserve value, 0, and the best that it could sign, 1
    exponent : e in equation (1); None: that of the pace
    stall : steps for which it repeats its opening and accepts no less; its pace begins thereafter
    look : which of the table's looks it chooses by among packages that it is content with
    walk : from this step on it leaves if nobody has ever offered it a package that beats no agreement; None: it stays
    """

    pace: Pace = "boulware"
    opening: float = 1.0
    exponent: float | None = None
    stall: int = 0
    look: int = 0
    walk: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Talks:
    """Talks about a table of packages.

    Attributes
    ----------
    table : the packages
    reserve : what no agreement is worth to each party at each step, shape (party, step)
    proposals : the package that a mediator puts to all before each step, -1 where it puts none, shape (step,)
    """

    table: Table
    reserve: Array
    proposals: Places


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """How talks went.

    Attributes
    ----------
    package : place of the package agreed on; -1: no agreement
    step : the step of the agreement, or the last in which anybody spoke
    mediated : whether it was the mediator's
    walked : the party that left; -1: nobody
    kinds : what everybody did, by the places of `KINDS`, shape (step, party and the mediator)
    offers : which package it spoke of, -1 where none, shape (step, party and the mediator)
    targets : what each was content with at its turn, NaN where it had none, shape (step, party)
    """

    package: int
    step: int
    mediated: bool
    walked: int
    kinds: NDArray[np.int8]
    offers: Places
    targets: Array


def aspiration(start: float, floor: float, share: float, exponent: float) -> float:
    """What a time-dependent tactic is content with.

    (1)  u(t) = start - (start - floor) t^(1/e)

    Parameters
    ----------
    start, floor : where it begins and where it ends
    share : t, the share of the time that has passed, 0..1
    exponent : e > 0; below 1 it holds out until the end (Boulware), above 1 it gives way early (conceder)

    Source
    ------
    [Faratin1998]_, polynomial time-dependent tactics.
    """
    return float(start - (start - floor) * share ** (1.0 / exponent))


def negotiate(talks: Talks, styles: Sequence[Style], *, models: Mapping[int, OpponentModel] | None = None) -> Course:
    """Let the parties talk.

    In each step the mediator may put a package to all; it is agreed if all are content with it. Then each party speaks,
    in the order of the list. It accepts what lies on the table if it is content with it, which is the agreement once
    all others have; otherwise it leaves, or offers the package of its choice among those that it is content with; if
    there are none, its silence refuses what lies on the table. The last step brings everybody that goes by the clock
    down to its reserve value.

    Parameters
    ----------
    talks : what they talk about
    styles : how each party negotiates
    models : by place of a party, what it guesses of the others from their offers; of the packages that it is content
        with it then offers the one that it guesses to be worth most to them, the best for itself where several are

    Raises
    ------
    EngineError
        If the numbers of parties differ.
    """
    if len(styles) != len(talks.table.worth):
        raise EngineError(f"there are {len(talks.table.worth)} parties and {len(styles)} styles")
    return _Room(talks, styles, models or {}).held()


class _Room:
    """The talks as they go on."""

    def __init__(self, talks: Talks, styles: Sequence[Style], models: Mapping[int, OpponentModel]) -> None:
        self.models = models
        self.table, self.reserve, self.proposals, self.styles = talks.table, talks.reserve, talks.proposals, styles
        self.parties, self.steps = len(styles), talks.reserve.shape[1]
        self.said: list[list[int]] = [[] for _ in styles]
        """The different packages that each has offered."""
        self.kinds = np.zeros((self.steps, self.parties + 1), dtype=np.int8)
        self.offers = np.full((self.steps, self.parties + 1), -1, dtype=np.int64)
        self.targets = np.full((self.steps, self.parties), np.nan)
        self.best_heard = np.full(self.parties, -np.inf)
        """What the best package that anybody else named and that it would sign is worth to each."""

    def held(self) -> Course:
        """Hold the talks to their end."""
        lies, speaker, willing = -1, -1, 0
        for step in range(self.steps):
            if self.proposals[step] >= 0 and self.all_content(step, int(self.proposals[step])):
                return self.course(step, int(self.proposals[step]), mediated=True)
            for party in range(self.parties):
                target, rank = self.content(step, party)
                self.targets[step, party] = target
                if lies >= 0 and speaker != party and self.takes(party, lies, target):
                    self.note(step, party, ACCEPT, lies)
                    willing += 1
                    if willing == self.parties - 1:
                        return self.course(step, lies)
                    continue
                if self.leaves(step, party):
                    self.note(step, party, WALK, -1)
                    return self.course(step, -1, walked=party)
                if rank < 0:
                    self.note(step, party, SILENT, -1)
                    lies = -1
                    continue
                lies, speaker, willing = self.named(party, rank), party, 0
                self.note(step, party, OFFER, lies)
                self.hear(party, lies)
        return self.course(self.steps - 1, -1)

    def course(self, step: int, package: int, *, mediated: bool = False, walked: int = -1) -> Course:
        return Course(
            package=package,
            step=step,
            mediated=mediated,
            walked=walked,
            kinds=self.kinds,
            offers=self.offers,
            targets=self.targets,
        )

    def note(self, step: int, speaker: int, kind: int, package: int) -> None:
        self.kinds[step, speaker], self.offers[step, speaker] = kind, package

    def hear(self, speaker: int, package: int) -> None:
        """Everybody else hears a package."""
        if speaker < self.parties and package not in self.said[speaker]:
            self.said[speaker].append(package)
        for party in range(self.parties):
            if party != speaker and self.table.signs[party, package]:
                self.best_heard[party] = max(self.best_heard[party], self.table.worth[party, package])
            if party != speaker and speaker < self.parties and party in self.models:
                self.models[party].hear(package)

    def all_content(self, step: int, package: int) -> bool:
        """Whether everybody takes the mediator's package."""
        willing = [self.takes(party, package, self.content(step, party)[0]) for party in range(self.parties)]
        self.note(step, self.parties, PROPOSE, package)
        self.hear(self.parties, package)
        for party, takes in enumerate(willing):
            self.kinds[step, party] = ACCEPT if takes and all(willing) else NONE
        return all(willing)

    def slack(self, party: int) -> float:
        """How far two worths may differ and still tie."""
        best = self.table.own[party, 0]
        return TIE * max(1.0, abs(float(best))) if np.isfinite(best) else TIE

    def takes(self, party: int, package: int, target: float) -> bool:
        able = self.table.signs[party, package] and not np.isnan(target)
        return bool(able and self.table.worth[party, package] >= target - self.slack(party))

    def leaves(self, step: int, party: int) -> bool:
        walk = self.styles[party].walk
        return (
            walk is not None and step >= walk and self.best_heard[party] < self.reserve[party, step] - self.slack(party)
        )

    def named(self, party: int, rank: int) -> int:
        """The package that it offers when content with its order down to this rank."""
        if party in self.models and self.styles[party].pace != "micro":
            content = self.table.order[party, : rank + 1]
            return int(content[np.argmax(self.models[party].worth()[content])])
        style = self.styles[party]
        return int((self.table.order if style.pace == "micro" else self.table.choice[style.look])[party, rank])

    def content(self, step: int, party: int) -> tuple[float, int]:
        """What a party is content with, and down to which rank of its order; NaN and -1 if with nothing."""
        style, count, slack = self.styles[party], int(self.table.count[party]), self.slack(party)
        own = self.table.own[party, :count]
        if not count or own[0] < self.reserve[party, step] - slack:
            return np.nan, -1
        floor = max(float(self.reserve[party, step]), float(own[-1]))
        start = floor + style.opening * (float(own[0]) - floor)
        if style.pace == "micro":
            rank = self.micro(party, own, (start, floor, slack), stalls=step < style.stall)
            return float(own[rank]), rank
        if step < style.stall:
            target = start
        elif style.pace == "tit_for_tat":
            target = max(floor, start - self.conceded_to(party))
        else:
            last = self.steps - 1 - style.stall
            share = (step - style.stall) / last if last > 0 else 1.0
            target = aspiration(start, floor, share, style.exponent or EXPONENTS[style.pace])
        return target, _reaching(own, target - slack) - 1

    def micro(self, party: int, own: Array, ends: tuple[float, float, float], *, stalls: bool) -> int:
        """The rank that MiCRO names: the next one if it has heard as many packages from each other as it has named."""
        start, floor, slack = ends
        last = _reaching(own, floor - slack) - 1
        first = min(_reaching(own, np.nextafter(start + slack, np.inf)), last)
        named = len(self.said[party])
        heard = min(len(said) for other, said in enumerate(self.said) if other != party)
        further = named <= heard and first + named <= last and not stalls
        return first + named if named == 0 or further else min(first + named - 1, last)

    def conceded_to(self, party: int) -> float:
        """By how much that party's offers have improved that gave way least, as this party counts worth."""
        worth = self.table.worth[party]
        gains = [
            max(worth[place] for place in said) - worth[said[0]] if said else 0.0
            for other, said in enumerate(self.said)
            if other != party
        ]
        return float(min(gains))


def _reaching(own: Array, least: float) -> int:
    """How many of some falling worths are no less than that."""
    return len(own) - int(np.searchsorted(own[::-1], least))
