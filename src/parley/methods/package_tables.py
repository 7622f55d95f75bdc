"""What a scenario puts on the table: levels, payoffs, and what bars a package, by draw. `read` is the main name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.domain.issue import Issue
from parley.errors import EngineError
from parley.methods import columns
from parley.methods.package_levels import filled, thinned
from parley.methods.package_wishes import SAME, Reader, signers
from parley.methods.packages import MAX_PACKAGES, Bar, Part, Space
from parley.methods.packages_merged import DIGITS, groups

__all__ = ["Scope", "Table", "Way", "laid", "read"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Scope = Literal["all_issues", "any_issues"]
Way = Literal["listing", "merging", "programs"]
"""How the packages are searched; see `Table.way`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Table:
    """What is on the table in each draw.

    Attributes
    ----------
    signers : who must sign, by place among the parties
    issues : the issues on the table, by place among the scenario's
    levels : the levels of each, shape (draw, level), points 0..100; NaN where there is none
    stays : for each, the place of the level at which the issue is left as it is; None: it must be settled
    parts : what payoffs are made of: issues by place on the table, and payoffs of shape (draw, signer, level, ...)
    bars : what nobody signs: name, issues and flags of shape (draw, level, ...)
    reserve : what each signer gets without agreement, shape (draw, signer)
    count : number of issues in the scenario
    most : the most packages that are listed together
    digits : payoffs count as the same to so many decimals; None, where all who must sign state theirs: as they are
    """

    signers: tuple[int, ...]
    issues: tuple[int, ...]
    levels: tuple[Array, ...]
    stays: tuple[int | None, ...]
    parts: tuple[tuple[tuple[int, ...], Array], ...]
    bars: tuple[tuple[str, tuple[int, ...], Flags], ...]
    reserve: Array
    count: int
    most: int = MAX_PACKAGES
    digits: int | None = DIGITS

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The issues that are listed together; all of them where more than two must sign and these are not too many."""
        looks = [*(part[0] for part in self.parts), *(bar[1] for bar in self.bars)]
        every = math.prod(level.shape[1] for level in self.levels)
        joined = len(self.signers) > 2 and every <= self.most
        return (tuple(range(len(self.issues))),) if joined else groups(len(self.issues), looks)

    @property
    def way(self) -> Way:
        """How the packages are searched.

        All are listed where they are few enough; the frontiers of issues that hang together are listed and merged where
        payoffs only add up between them and two sign, or all who sign state theirs; else programs are solved.
        """
        sizes = [math.prod(self.levels[k].shape[1] for k in group) for group in self.groups]
        if max(sizes, default=0) > self.most or (len(self.signers) > 2 and len(sizes) > 1 and self.digits is not None):
            return "programs"
        return "listing" if len(sizes) == 1 else "merging"

    def space(self, draw: int = 0) -> tuple[Space, tuple[Array, ...]]:
        """One draw's packages, and the levels that there are, as points."""
        there = [np.flatnonzero(~np.isnan(level[draw])) for level in self.levels]

        def cut(values: NDArray[np.generic], issues: tuple[int, ...], leading: int) -> NDArray[np.generic]:
            return values[np.ix_(*(np.arange(n) for n in values.shape[:leading]), *(there[i] for i in issues))]

        space = Space(
            sizes=tuple(len(each) for each in there),
            parties=len(self.signers),
            parts=tuple(Part(issues=at, payoff=cut(payoff[draw], at, 1)) for at, payoff in self.parts),  # type: ignore[arg-type]
            bars=tuple(Bar(name=name, issues=at, closed=cut(closed[draw], at, 0)) for name, at, closed in self.bars),  # type: ignore[arg-type]
            reserve=self.reserve[draw],
        )
        return space, tuple(level[draw][kept] for level, kept in zip(self.levels, there, strict=True))


def read(
    draws: Draws, *, levels: int, most: int, scope: Scope = "all_issues", waived: Mapping[str, Flags] | None = None
) -> Table:
    """Put a scenario's draws on the table.

    Parameters
    ----------
    draws : the draws
    levels : how many levels an issue without rungs has at least
    most : the most packages of issues that hang together; where all who must sign state payoffs, each rung of whose
        ladders counts, as many as can be listed
    scope : whether a package must settle all issues
    waived : in which draws what is given up, by id as from `items`, each of shape (draw,)

    Raises
    ------
    EngineError
        If nobody who must sign wants anything, or one link or condition looks at too many levels together.
    """
    reader = Reader(draws, signers(draws.base), waived or {})
    looks = reader.looks()
    named = {name for each in looks for name in each}
    issues = tuple(i for i, issue in enumerate(draws.base.issue_ids) if issue in named)
    place = {draws.base.issue_ids[i]: k for k, i in enumerate(issues)}
    together = groups(len(issues), [[place[name] for name in each] for each in looks])
    if set(reader.who) <= set(reader.stating):
        most = MAX_PACKAGES
    elif len(reader.who) > 2:
        together = (tuple(range(len(issues))),)
    levels_and_stays = _placed(reader, issues, together, levels=levels, most=most, scope=scope)
    for each in looks:
        count = math.prod(levels_and_stays[0][place[name]].shape[1] for name in each)
        if count > MAX_PACKAGES:
            raise EngineError(
                f"one link or condition looks at {len(each)} issues, which together have {count:,} combinations of "
                f"levels, and up to {MAX_PACKAGES:,} can be laid out: split it, or give the issues fewer levels"
            )
    return laid(reader, issues, *levels_and_stays, most=most)


def _placed(
    reader: Reader, issues: Sequence[int], together: Sequence[Sequence[int]], *, levels: int, most: int, scope: Scope
) -> tuple[tuple[Array, ...], tuple[int | None, ...]]:
    """The levels of each issue, and which of them leaves it as it is."""
    nouns = [reader.scenario.issues[i] for i in issues]
    turning = list(dict.fromkeys(reader.thresholds()))
    stays = _stays(reader, issues, scope)
    points, wanted = [], []
    for k, noun in enumerate(nouns):
        must, rungs = _points(reader, noun, [point for name, point in turning if name == noun.id])
        stay = stays[k]
        if stay is not None and not noun.scale.ladder:
            must.append(stay)
        points.append(np.stack([*must, *rungs], axis=1))
        wanted.append(len(rungs) if noun.scale.ladder else max(levels, len(must)))
    spare = [int(stay is not None) for stay in stays]
    counts = thinned(nouns, [n + more for n, more in zip(wanted, spare, strict=True)], together, most)
    placed = [filled(each, n - more) for each, n, more in zip(points, counts, spare, strict=True)]
    for k, stay in enumerate(stays):
        if stay is None:
            continue
        # an issue need not be left alone where the same point may be agreed
        agreed = (np.abs(placed[k] - stay[:, np.newaxis]) <= SAME).any(axis=1)
        for _, issue, low, high in reader.red_lines():
            if issue == nouns[k].id:
                agreed &= (stay >= low - SAME) & (stay <= high + SAME)
        placed[k] = np.concatenate([placed[k], np.where(agreed, np.nan, stay)[:, np.newaxis]], axis=1)
    return tuple(placed), tuple(
        None if stay is None else each.shape[1] - 1 for each, stay in zip(placed, stays, strict=True)
    )


def _points(reader: Reader, issue: Issue, turning: Sequence[float]) -> tuple[list[Array], list[Array]]:
    """What suggests itself as a level: what signers name and conditions turn on; and the anchors of the scale."""
    draws, scale = reader.draws, issue.scale
    rungs = [np.full(len(draws), scale.point(anchor.at)) for anchor in scale.anchors]
    if scale.ladder:
        return [], rungs
    own = [k for k, each in reader.held if each.issue == issue.id]
    fields: list[tuple[str | int, ...]] = [("position",), ("red_line", "at_least"), ("red_line", "at_most")]
    paths = [("positions", k, *field) for field in fields for k in own]
    named = [draws.column(path) for path in paths if draws.index(path) is not None]
    fallen = [
        draws.column(path)
        for k in own
        for c in range(len(reader.scenario.positions[k].conditions))
        if draws.index(path := ("positions", k, "conditions", c, "otherwise")) is not None
    ]
    must = [*named, *(np.full(len(draws), point) for point in turning), *fallen]
    return must, rungs or [np.zeros(len(draws)), np.full(len(draws), 100.0)]


def _stays(reader: Reader, issues: Sequence[int], scope: Scope) -> list[Array | None]:
    """Where each issue stays if a package leaves it alone; None where it must be settled."""
    rule = reader.scenario.decision_rule
    if scope == "all_issues" or rule is None:
        return [None] * len(issues)
    known = {each.issue for each in rule.reference_points}
    at = columns.reference_points(reader.draws)
    return [at[:, i] if reader.scenario.issue_ids[i] in known else None for i in issues]


def laid(
    reader: Reader,
    issues: tuple[int, ...],
    levels: tuple[Array, ...],
    stays: tuple[int | None, ...],
    *,
    most: int = MAX_PACKAGES,
) -> Table:
    """Lay payoffs and bars out on these levels.

    Parameters
    ----------
    reader : what the parties want
    issues : the issues on the table, by place among the scenario's, rising; of any other nothing is agreed
    levels : the levels of each, shape (draw, level)
    stays : for each, the place of the level at which it is left as it is; None: it must be settled
    most : the most packages that are listed together
    """
    sheet = _Sheet(reader, issues, levels)
    parts: dict[tuple[int, ...], Array] = {}
    bars: list[tuple[str, tuple[int, ...], Flags]] = []

    def add(looks: Sequence[str], party: int, worth: Array) -> None:
        whole = np.nan_to_num(sheet.full(looks, worth))
        part = parts.setdefault(sheet.at(looks), np.zeros((len(whole), len(reader.who), *whole.shape[1:])))
        part[:, reader.who.index(party)] += whole

    for looks, party, worth, unmet in reader.wishes(sheet.values):
        add(looks, party, worth)
        bars += [(name, sheet.at(looks), sheet.full(looks, closed)) for name, closed in unmet]
    for looks, effects in reader.links(sheet.values):
        for party, worth in effects:
            add(looks, party, worth)
    return Table(
        signers=reader.who,
        issues=issues,
        levels=levels,
        stays=stays,
        parts=tuple(parts.items()),
        bars=(*bars, *sheet.crossed(stays)),
        reserve=reader.reserve(),
        count=len(reader.scenario.issues),
        most=most,
        digits=None if set(reader.who) <= set(reader.stating) else DIGITS,
    )


class _Sheet:
    """Levels of the issues on the table, as arrays with an axis for each issue that something looks at."""

    def __init__(self, reader: Reader, issues: Sequence[int], levels: Sequence[Array]) -> None:
        self.reader, self.levels, self.draws = reader, levels, len(reader.draws)
        self.place = {reader.scenario.issue_ids[i]: k for k, i in enumerate(issues)}

    def at(self, looks: Sequence[str]) -> tuple[int, ...]:
        """The places on the table of the issues that something looks at; those of others it has none."""
        return tuple(sorted(self.place[name] for name in looks if name in self.place))

    def full(self, looks: Sequence[str], values: NDArray[Any]) -> NDArray[Any]:
        return np.broadcast_to(values, (self.draws, *(self.levels[k].shape[1] for k in self.at(looks))))

    def values(self, looks: Sequence[str]) -> Mapping[str, Array]:
        return {name: self._along(name, self.at(looks)) for name in looks}

    def _along(self, name: str, axes: Sequence[int]) -> Array:
        k = self.place.get(name)
        if k is None:
            return np.full((self.draws, *(1 for _ in axes)), np.nan)
        return self.levels[k].reshape(self.draws, *(-1 if axis == k else 1 for axis in axes))

    def crossed(self, stays: Sequence[int | None]) -> Iterator[tuple[str, tuple[int, ...], Flags]]:
        """Where each red line is crossed."""
        for name, issue, low, high in self.reader.red_lines():
            k = self.place.get(issue)
            if k is not None:
                level = self.levels[k]
                closed = (level < low[:, np.newaxis] - SAME) | (level > high[:, np.newaxis] + SAME)
                if stays[k] is not None:
                    closed[:, stays[k]] = False
                yield name, (k,), closed
