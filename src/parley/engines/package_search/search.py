"""All that is asked of one scenario's packages beyond what every draw is asked. `search` is the main name."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.engines.package_search import large, outcome
from parley.methods import columns
from parley.methods.package_programs import Work
from parley.methods.package_tables import Scope, Table, Way, read
from parley.methods.package_wishes import Reader, against, asked_for, items, signers, worth_at
from parley.methods.packages import Space
from parley.methods.packages_advice import issue_by_issue, leaning, single_text
from parley.methods.packages_merged import Merged, merged_frontier

__all__ = ["LARGEST", "Asked", "How", "Package", "Search", "reserve_of", "search", "verdicts"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

LARGEST = 3
"""As many things at most are given up together to open a zone, before a single set is looked for."""

TRIES = 3000
"""As many sets of one size are tried at most."""

LEAN = 2.0
"""How many times the gain of the party counts to which a package leans."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The settings of a search; see `PackageSearch`."""

    levels: int
    most: int
    scope: Scope
    solution: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Package:
    """A package, and why it is told.

    Attributes
    ----------
    role : what it is, such as `pareto` or `price ukraine:territory`
    points : where it puts each issue of the scenario, 0..100; NaN where it is not on the table
    stays : whether it leaves an issue as it is, shape (issue,)
    """

    role: str
    points: Array
    stays: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a table was searched, and what that proves.

    Attributes
    ----------
    way : see `parley.methods.package_tables.Table.way`
    whole : whether the frontier is whole
    step : where it is not, see `parley.methods.packages_points.Points`; else 0
    left : roles whose package may not be the best or was not found, and how much better there may be; see `large.gap`
    """

    way: Way
    whole: bool = True
    step: float = 0.0
    left: tuple[large.Open, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Search:
    """What was found.

    Attributes
    ----------
    packages : every package that is told; of a role that found none there is none
    closed_by : the smallest sets of ids whose falling opens the zone; one empty set where it is open
    complete : whether these are all with up to `LARGEST` members
    how : how the table was searched; and, where it was, that on which issues may be left as they are
    """

    packages: tuple[Package, ...]
    closed_by: tuple[tuple[str, ...], ...]
    complete: bool
    how: tuple[How, ...]


def search(draws: Draws, asked: Asked) -> Search:
    """Search the packages of one draw.

    Parameters
    ----------
    draws : the draw, one only
    asked : the settings
    """
    work = Work(left=large.WHOLE)
    table = read(draws, levels=asked.levels, most=asked.most, scope=asked.scope)
    packages, how = _told(draws, table, asked, "", work)
    hows = [how]
    zone = any(each.role in outcome.SOLUTIONS for each in packages)
    closed_by, complete = (((),), True) if zone else _closings(draws, table, asked, work)
    if asked.scope == "all_issues" and _may_stay(draws):
        wider = replace(asked, scope="any_issues")
        wide = read(draws, levels=asked.levels, most=asked.most, scope="any_issues")
        more, how = _told(draws, wide, wider, "any ", work)
        packages, hows = [*packages, *more], [*hows, how]
    more, left = _finer(draws, table, asked, work, [each for each in packages if each.role == "nash"])
    prices, unpriced = _prices(draws, asked, work)
    hows[0] = replace(hows[0], left=(*hows[0].left, *left, *unpriced))
    packages += [*more, *prices]
    return Search(packages=tuple(packages), closed_by=closed_by, complete=complete, how=tuple(hows))


def _may_stay(draws: Draws) -> bool:
    rule = draws.base.decision_rule
    return bool(rule and rule.reference_points)


def _told(draws: Draws, table: Table, asked: Asked, prefix: str, work: Work) -> tuple[list[Package], How]:
    """The frontier, the points that theory picks, and what else is told of packages that could be signed."""
    space, levels = table.space()
    if table.way == "programs":
        names = [draws.base.party_ids[party] for party in table.signers]
        large_told = large.told(table, outcome.SOLUTIONS, names, work)
        result = [_package(table, levels, prefix + role, chosen) for role, chosen in large_told.roles]
        result += [] if prefix else _texts(draws, table, space, levels)
        left = tuple((prefix + role, gap) for role, gap in large_told.left)
        return result, How(way="programs", whole=large_told.whole, step=large_told.step, left=left)
    found = merged_frontier(space, most=table.most, digits=table.digits)
    unbarred = bool(found.levels.shape[0])
    if not unbarred:
        open_space = space.without([bar.name for bar in space.bars])
        found = merged_frontier(open_space, most=table.most, digits=table.digits)
    told = [("pareto", place) for place in range(found.levels.shape[0])]
    if unbarred:
        told += [(name, int(k)) for name in outcome.SOLUTIONS for k in outcome.picked(found, space.reserve, name)]
        told += _leaning(draws, table, found, space)
        told += _nearest(draws, table, found, space, levels)
    result = [_package(table, levels, prefix + role, found.levels[place]) for role, place in told]
    if not prefix:
        result += _texts(draws, table, space, levels)
    return result, How(way=table.way)


def _leaning(draws: Draws, table: Table, found: Merged, space: Space) -> list[tuple[str, int]]:
    """For each signer the package that leans to it: its gain counts twice in the product."""
    result = []
    for j, party in enumerate(table.signers if len(table.signers) > 1 else ()):
        weight = np.ones(len(table.signers))
        weight[j] = LEAN
        place = leaning(found.payoff, space.reserve, weight)
        if place is not None:
            result.append((f"leans {draws.base.party_ids[party]}", place))
    return result


def _nearest(draws: Draws, table: Table, found: Merged, space: Space, levels: Sequence[Array]) -> list[tuple[str, int]]:
    """For each party, of the efficient packages that can be signed, the one that is worth most to it."""
    signed = np.flatnonzero((found.payoff >= space.reserve[:, np.newaxis]).all(axis=0))
    if not signed.size:
        return []
    points = np.stack([_package(table, levels, "", found.levels[k]).points for k in signed])
    worth = worth_at(draws, points)
    return [
        (f"nearest {party}", int(signed[np.argmax(worth[:, i])]))
        for i, party in enumerate(draws.base.party_ids)
        if not np.isnan(worth[0, i])
    ]


def _texts(draws: Draws, table: Table, space: Space, levels: Sequence[Array]) -> list[Package]:
    """What separate talks on each issue would give, and the single text that starts from there."""
    at = [int(np.argmin(np.abs(level - point))) for level, point in zip(levels, _reference(draws, table), strict=True)]
    separate = issue_by_issue(space, at)
    steps = single_text(space, [int(k) for k in separate], levels)
    told = [("separate", separate), *((f"text {k + 1}", step.levels) for k, step in enumerate(steps))]
    return [_package(table, levels, role, chosen) for role, chosen in told]


def _reference(draws: Draws, table: Table) -> Array:
    """Where each issue on the table stands meanwhile: its reference point, else midway between the signers."""
    at = columns.reference_points(draws)[0]
    wanted = asked_for(draws)[0, list(table.signers)]
    known = ~np.isnan(wanted)
    middle = np.where(known, wanted, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    middle[~known.any(axis=0)] = 50.0
    return np.asarray(np.where(np.isnan(at), middle, at)[list(table.issues)])


def _package(table: Table, levels: Sequence[Array], role: str, chosen: NDArray[np.intp]) -> Package:
    issues = table.count
    points, stays = np.full(issues, np.nan), np.zeros(issues, dtype=np.bool_)
    for k, place in enumerate(chosen):
        points[table.issues[k]] = levels[k][place]
        last = table.stays[k] is not None and not np.isnan(table.levels[k][0, -1])
        stays[table.issues[k]] = last and place == len(levels[k]) - 1
    return Package(role=role, points=points, stays=stays)


def _repeated(draws: Draws, times: int) -> Draws:
    return replace(draws, values=np.repeat(draws.values, times, axis=0), chance=np.repeat(draws.chance, times, axis=0))


def _solved(
    draws: Draws, sets: Mapping[str, Iterable[str]], asked: Asked, work: Work
) -> tuple[list[Package], list[large.Open]]:
    """The solution with each set of ids given up, by role, none where there is still no zone; and what is left open."""
    if not sets:
        return [], []
    table = _without(draws, list(sets.values()), asked)
    if table.way == "programs":
        every = (outcome.tried(table, asked.solution, k, work.part(large.EACH)) for k in range(len(sets)))
        found = outcome.joined(list(every))
    else:
        found = outcome.by_kernel(table, asked.solution)
    result = []
    for k, role in enumerate(sets):
        points, stays = np.full(table.count, np.nan), np.zeros(table.count, dtype=np.bool_)
        points[list(table.issues)], stays[list(table.issues)] = found.points[k], found.stays[k]
        result += [Package(role=role, points=points, stays=stays)] if found.zone[k] else []
    return result, [(role, float(found.gap[k])) for k, role in enumerate(sets) if not found.proven[k]]


def _finer(
    draws: Draws, table: Table, asked: Asked, work: Work, nash: Sequence[Package]
) -> tuple[list[Package], list[large.Open]]:
    """The Nash package on about twice as many levels; where there are no others, the one that was found."""
    finer = replace(asked, levels=2 * asked.levels - 1, solution="nash")
    if table.way == "programs":
        levels = _without(draws, [()], finer).levels
        if all(np.array_equal(one, other, equal_nan=True) for one, other in zip(levels, table.levels, strict=True)):
            return [replace(each, role="finer") for each in nash], []
    return _solved(draws, {"finer": ()}, finer, work)


def _without(draws: Draws, sets: Sequence[Iterable[str]], asked: Asked) -> Table:
    """The table once for each set of ids given up."""
    given_up = [set(each) for each in sets]
    waived = {name: np.array([name in each for each in given_up]) for name in items(draws.base)}
    return read(_repeated(draws, len(given_up)), levels=asked.levels, most=asked.most, scope=asked.scope, waived=waived)


def _prices(draws: Draws, asked: Asked, work: Work) -> tuple[list[Package], list[large.Open]]:
    """The solution without each red line and condition, one at a time; and what is left open."""
    single = [name for name in items(draws.base) if not name.endswith(":no_agreement")]
    return _solved(draws, {f"price {name}": (name,) for name in single}, asked, work)


def _closings(draws: Draws, table: Table, asked: Asked, work: Work) -> tuple[tuple[tuple[str, ...], ...], bool]:
    """The smallest sets whose falling opens the zone: by programs, or by trying them from the smallest up."""
    every = items(draws.base)
    if table.way == "programs":
        sets, complete = large.closing_sets(
            table, [draws.base.party_ids[i] for i in table.signers], largest=LARGEST, work=work.part(large.EACH)
        )
        who = {draws.base.party_ids[i] for i in table.signers}
        elsewhere = any(
            condition.otherwise is not None
            for position in draws.base.positions
            if position.party in who
            for condition in position.conditions
        )
        ranked = sorted((tuple(sorted(each, key=every.index)) for each in sets), key=lambda each: (
            len(each), [every.index(name) for name in each]))  # fmt: skip
        return tuple(ranked), complete and not elsewhere and all(len(each) <= LARGEST for each in ranked)
    found: list[tuple[str, ...]] = []
    for size in range(1, LARGEST + 1):
        if math.comb(len(every), size) > TRIES:
            break
        tried = [
            each for each in itertools.combinations(every, size) if not any(set(other) <= set(each) for other in found)
        ]
        found += [each for each, opens in zip(tried, _opens(draws, tried, asked), strict=True) if opens]
    if found:
        return tuple(found), math.comb(len(every), LARGEST) <= TRIES
    return _one_closing(draws, every, asked), False


def _opens(draws: Draws, sets: Sequence[tuple[str, ...]], asked: Asked) -> Flags:
    return outcome.by_kernel(_without(draws, sets, asked), "utilitarian").zone if sets else np.zeros(0, dtype=np.bool_)


def _one_closing(draws: Draws, every: tuple[str, ...], asked: Asked) -> tuple[tuple[str, ...], ...]:
    """One set that opens the zone and of which nothing can be left out; none where even all together do not."""
    kept = every
    if not _opens(draws, [kept], asked)[0]:
        return ()
    for name in every:
        fewer = tuple(each for each in kept if each != name)
        if _opens(draws, [fewer], asked)[0]:
            kept = fewer
    return (kept,)


def verdicts(draws: Draws, packages: Sequence[Package]) -> tuple[Array, list[tuple[str, ...]]]:
    """What packages are worth to every party, shape (package, party), and what stands against each."""
    if not packages:
        return np.zeros((0, len(draws.base.parties))), []
    points, stays = np.stack([each.points for each in packages]), np.stack([each.stays for each in packages])
    stands = against(draws, points, stays)
    return worth_at(draws, points), [tuple(name for name in stands if stands[name][k]) for k in range(len(packages))]


def reserve_of(draws: Draws) -> Array:
    """What each party gets without agreement, shape (party,): 0 for a signer of whom nobody says; NaN for others."""
    result: Array = columns.no_agreement(draws)[0].copy()
    who = signers(draws.base)
    result[list(who)] = Reader(draws, who, {}).reserve()[0]
    return result
