"""The spatial model of politics, many draws at once: the compiled twin of `parley.methods.spatial_politics`.

Main name: `negotiate`. Every sum runs in the same order as in the readable formulas, so that both round the same
bargains to the same points. A turn of N parties takes time in proportion to N cubed.

Shapes inside, for one draw of N parties and D issues: `stand` (3, N, D) holds points, ideals and saliences; `column`
(6, N) capability, sum of saliences, sum of squared saliences, risk attitude, the bargain taken, and strength; `work`
(6, 2N + 1, 2N + 1) coalitions or what a party sees, odds, chances, options' utilities, distances (party, position) and
bargains' values; `pair` (2, 2N) opener and receiver of each bargain; `deal` (2, 2N, D) the points they would move to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numba import njit
from numpy.typing import NDArray

from parley.kernels.spatial_odds import outcome_odds, utility, vote_of

__all__ = ["negotiate"]

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

NO_PRINCIPAL, NO_WEIGHT, LEAST_GAIN, SAME_POINT, FLAT = 1e-10, 1e-6, 1e-5, 1e-3, 1e-12

VOTES = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.8, 0.2, 0.0), (0.5, 0.0, 0.5), (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
RISK_VIEWS = ((1.0, 0.0, 1.0), (2.0, 1.0, 3.0), (1.0, 1.0, 2.0), (1.0, 2.0, 3.0), (0.0, 1.0, 1.0))
RISK_RANGES = ((1.0, 0.0, 1.0, 1.0), (3.0, 1.0, 2.0, 2.0), (2.0, 1.0, 1.0, 1.0))
STOP, VOTE, VIEW, RANGE = 0, 4, 7, 10


def negotiate(  # noqa: PLR0913 - compiled code takes its arrays one by one
    position: Array, salience: Array, capability: Array, order: Whole, uniform: Array, rules: Mapping[str, float]
) -> tuple[Array, Array, Array, Array]:
    """Let the parties of each draw bargain turn by turn until their positions rest.

    Parameters
    ----------
    position : array, shape (draw, party, issue), 0..1
    salience : array, shape (draw, party, issue), >= 0; a party's must sum to at most 1, and to more than 0 where it
        takes part
    capability : array, shape (draw, party), > 0; NaN for those that take no part
    order : array, shape (draw, party): who stands for positions almost alike in the settlement, the first one first
    uniform : array, shape (draw, turn, party), 0..1: what decides between bargains where chance does; no turns: the
        likeliest bargain is taken
    rules : `voting`, `victory_odds`, `outcome_odds`, `risk_view`, `risk_range`, `third_parties`, `bargain_weights`,
        `bargain_view` and `receiver_estimate`, each as the number of its value in the order in which its type in
        `parley.methods.spatial_politics` lists them; `accommodation`, `stop_share`, `minimum_turns`, `maximum_turns`

    Returns
    -------
    final : array, shape (draw, party, issue), 0..1
        Where the parties stand in the end; NaN for those that take no part.
    chance : array, shape (draw, party), 0..1
        Chance of each party's final position; NaN for those that take no part.
    weight : array, shape (draw, party), 0..1
        The same where the party stands for those almost alike, else 0: weights of the settlement, of sum 1.
    turns : array, shape (draw, 2)
        The number of turns, and 1 where the positions came to rest, else 0.
    """
    present = ~np.isnan(capability)
    size = present.sum(axis=1)
    who = np.argsort(~present, axis=1, kind="stable")
    place = np.argsort(who, axis=1, kind="stable")
    ranked = np.take_along_axis(place, order, axis=1)
    ranked = np.take_along_axis(ranked, np.argsort(ranked >= size[:, np.newaxis], axis=1, kind="stable"), axis=1)
    orders = np.stack([np.broadcast_to(np.arange(who.shape[1]), who.shape), ranked], axis=1)
    point, care = (np.take_along_axis(each, who[:, :, np.newaxis], axis=1) for each in (position, salience))
    power = np.take_along_axis(capability, who, axis=1)
    total, squares = (np.cumsum(each, axis=2)[:, :, -1] for each in (care, care * care))
    stand = np.ascontiguousarray(np.stack([point, point, care], axis=1), dtype=np.float64)
    column = np.stack([power, total, squares, power * 0.0, power * 0.0, total * power], axis=1)
    luck = np.take_along_axis(uniform, who[:, np.newaxis, :], axis=2) if uniform.shape[1] else uniform
    found, turns = np.full((*orders.shape,), np.nan), np.zeros((len(who), 2))
    _negotiate(stand, column, size, orders, np.ascontiguousarray(luck), *_tables(rules), found, turns)
    point = np.where((np.arange(who.shape[1]) < size[:, np.newaxis])[:, :, np.newaxis], stand[:, 0], np.nan)
    final = np.take_along_axis(point, place[:, :, np.newaxis], axis=1)
    chance, weight = (np.take_along_axis(found[:, i], place, axis=1) for i in range(2))
    return final, chance, weight, turns


def _tables(rules: Mapping[str, float]) -> tuple[Whole, Array]:
    """The rules as the compiled code takes them: switches, and numbers from `STOP`, `VOTE`, `VIEW` and `RANGE` on."""
    names = ("voting", "victory_odds", "outcome_odds", "third_parties", "bargain_weights", "bargain_view")
    switches = np.array([rules[name] for name in (*names, "receiver_estimate")], dtype=np.int64)
    stop = [rules[name] for name in ("accommodation", "stop_share", "minimum_turns", "maximum_turns")]
    vote, view = VOTES[int(rules["voting"])], RISK_VIEWS[int(rules["risk_view"])]
    return switches, np.array([*stop, *vote, *view, *RISK_RANGES[int(rules["risk_range"])]], dtype=np.float64)


@njit(cache=True, error_model="numpy")
def _negotiate(  # noqa: PLR0913 - as above
    stands: Array,
    columns: Array,
    sizes: Whole,
    orders: Whole,
    uniform: Array,
    switches: Whole,
    numbers: Array,
    found: Array,
    turns: Array,
) -> None:
    """Move the points in `stands`; fill `found` (chances, weights) and `turns` (their number, whether at rest)."""
    width, issues = 2 * stands.shape[2], stands.shape[3]
    pair, kind_of = np.empty((2, width), np.int64), np.empty((1, width), np.int64)
    deal, work = np.empty((2, width, issues)), np.empty((6, width + 1, width + 1))
    for draw in range(sizes.size):
        stand, column, size = stands[draw], columns[draw], sizes[draw]
        turn, first, step = 0, 1.0, 0.0
        while True:
            _measure(size, stand, column, work)
            outcome_odds(switches, numbers, size, size, column, work)
            _attitudes(numbers, size, column, work)
            rests = size == 0 or step / first < numbers[1]
            if size == 0 or turn >= numbers[3] or (turn > 0 and turn >= numbers[2] and rests):
                break
            deals = _propose(switches, numbers, size, stand, column, work, pair, deal)
            _value(numbers, size, deals, stand, column, work, pair, deal)
            for k in range(size):
                options = _options(k, size, deals, work, pair)
                outcome_odds(switches, numbers, options, size, column, work)
                luck = uniform[draw, turn, k] if turn < uniform.shape[1] else -1.0
                column[4, k] = _choice(options, luck, work)
            step = _move(numbers[0], size, stand, column, pair, deal)
            first = step + 1e-4 if turn == 0 else first
            turn += 1
        turns[draw, 0], turns[draw, 1] = turn, 1.0 if rests else 0.0
        for by_rank in range(2):
            kinds = _kinds(numbers, size, orders[draw, by_rank], stand, column, work, kind_of)
            outcome_odds(switches, numbers, kinds, size, column, work)
            for i in range(size):
                found[draw, by_rank, i] = 0.0
                for kind in range(kinds):
                    if kind_of[0, kind] == i or (by_rank == 0 and _alike(stand, i, kind_of[0, kind])):
                        found[draw, by_rank, i] = work[2, 0, kind]


@njit(cache=True, error_model="numpy")
def _measure(size: int, stand: Array, column: Array, work: Array) -> None:
    """Fill the distances, and the utilities of those that have no attitude to risk."""
    for i in range(size):
        for j in range(size):
            work[4, i, j] = _distance(stand, column, i, stand[0, j])
            work[3, i, j] = utility(work[4, i, j], 0.0)


@njit(cache=True, error_model="numpy")
def _distance(stand: Array, column: Array, i: int, point: Array) -> float:
    """How far a point lies from party i's ideal, weighted by salience."""
    total = 0.0
    for d in range(point.size):
        part = (stand[1, i, d] - point[d]) * stand[2, i, d]
        total += part * part
    return math.sqrt(total / column[2, i])


@njit(cache=True, error_model="numpy")
def _attitudes(numbers: Array, size: int, column: Array, work: Array) -> None:
    """Fill the risk attitudes from the chances."""
    least, most = 1.0, 0.0
    for i in range(size):
        least, most = min(least, work[2, 0, i]), max(most, work[2, 0, i])
    base, span = numbers[RANGE + 1] * most + numbers[RANGE + 2] * least, numbers[RANGE + 3] * (most - least)
    for i in range(size):
        column[3, i] = (numbers[RANGE] * work[2, 0, i] - base) / span if span > FLAT else 0.0


@njit(cache=True, error_model="numpy")
def _propose(  # noqa: PLR0913 - as above
    switches: Whole,
    numbers: Array,
    size: int,
    stand: Array,
    column: Array,
    work: Array,
    pair: Whole,
    deal: Array,
) -> int:
    """Fill the bargains that parties propose; their number."""
    deals = size - size  # no literal: functions would be compiled for it and for integers
    for i in range(size):
        _see(numbers, i, size, column, work)
        best, chance, most = i, 0.0, LEAST_GAIN
        for j in range(size):
            if j != i:
                p, gain = _challenge(switches, numbers, i, j, size, column, work)
                if gain > most:
                    best, chance, most = j, p, gain
        if best == i:
            continue
        pair[0, deals], pair[1, deals] = i, best
        _interpolate(switches[4], chance, stand, pair, deals, deal)
        if switches[5] > 0:
            _see(numbers, best, size, column, work)
            p, gain = _challenge(switches, numbers, i, best, size, column, work)
            pair[0, deals + 1], pair[1, deals + 1] = i, best
            _interpolate(switches[4], gain if switches[6] == 0 else p, stand, pair, deals + 1, deal)
        if switches[5] == 1:
            deals += 1
        elif switches[5] == 2:
            _blend(column[5, i], column[1, best] * column[0, i if switches[6] == 0 else best], deals, deal)
        deals += 1
    return deals


@njit(cache=True, error_model="numpy")
def _see(numbers: Array, viewer: int, size: int, column: Array, work: Array) -> None:
    """Fill work[0] (position, party) with the utilities as one party sees them."""
    for n in range(size):
        risk = (numbers[VIEW] * column[3, viewer] + numbers[VIEW + 1] * column[3, n]) / numbers[VIEW + 2]
        for j in range(size):
            work[0, j, n] = utility(work[4, n, j], risk)


@njit(cache=True, error_model="numpy")
def _challenge(  # noqa: PLR0913 - as above
    switches: Whole, numbers: Array, i: int, j: int, size: int, column: Array, work: Array
) -> tuple[float, float]:
    """The chance that i beats j, and what i expects to gain from the contest, on the utilities in work[0]."""
    rule, commitment, seen = switches[0], switches[3], work[0]
    vote, other = seen[i, i] - seen[j, i], seen[i, j] - seen[j, j]
    vote, other = vote_of(rule, numbers, column[5, i], vote), vote_of(rule, numbers, column[5, j], other)
    pro_alone = NO_PRINCIPAL + max(vote, 0.0) + max(other, 0.0)
    con_alone = NO_PRINCIPAL - min(vote, 0.0) - min(other, 0.0)
    pro, con = pro_alone, con_alone
    for n in range(size):
        if not (n != i and n != j):
            continue
        at_i, at_j, at_own = seen[i, n], seen[j, n], seen[n, n]
        vote = vote_of(rule, numbers, column[5, n], at_i - at_j)
        with_n, against_n = pro_alone + max(vote, 0.0), con_alone - min(vote, 0.0)
        p = with_n / (with_n + against_n)
        q = 1.0 - p
        won_i, lost_i = at_i + at_i + at_own, at_j + at_j + at_j
        won_j, lost_j = at_j + at_j + at_own, at_i + at_i + at_i
        if commitment == 0:
            won_i, won_j = lost_j, lost_i
        elif commitment == 2:
            lost_i, lost_j = won_j, won_i
        vote = vote_of(rule, numbers, column[5, n], (p * won_i + q * lost_i) - (p * lost_j + q * won_j))
        pro, con = pro + max(vote, 0.0), con - min(vote, 0.0)
    p, q, resolve = pro / (pro + con), con / (pro + con), column[1, j]
    won, lost = seen[i, i] + seen[i, i], seen[j, i] + seen[j, i]
    return p, (1.0 - resolve) * won + resolve * (p * won + q * lost) - (seen[i, i] + seen[j, i])


@njit(cache=True, error_model="numpy")
def _interpolate(weights: int, chance: float, stand: Array, pair: Whole, at: int, deal: Array) -> None:  # noqa: PLR0913 - as above
    """Fill the points that opener and receiver would move to, given the opener's chance."""
    i, j, other = pair[0, at], pair[1, at], 1.0 - chance
    behind, ahead = max(0.0, other - chance), max(0.0, chance - other)
    for d in range(stand.shape[2]):
        here, there, own, their = stand[0, i, d], stand[0, j, d], stand[2, i, d], stand[2, j, d]
        if weights == 2:
            own, their = own * own, their * their
            part = (behind * their) / ((behind * their) + NO_WEIGHT + ((1.0 - behind) * own))
            deal[0, at, d] = here + part * (there - here)
            part = (ahead * own) / ((ahead * own) + NO_WEIGHT + ((1.0 - ahead) * their))
            deal[1, at, d] = there + part * (here - there)
            continue
        own, their = own * (own if weights == 1 else 1.0), their * (their if weights == 1 else 1.0)
        own, their = (
            own * (chance * (chance if weights == 1 else 1.0)),
            their * (other * (other if weights == 1 else 1.0)),
        )
        total = own + NO_WEIGHT + their
        deal[0, at, d] = float(int(0.5 + ((own + NO_WEIGHT) * here + their * there) / total * 10000.0)) / 10000.0
        deal[1, at, d] = float(int(0.5 + (own * here + (NO_WEIGHT + their) * there) / total * 10000.0)) / 10000.0


@njit(cache=True, error_model="numpy")
def _blend(opener: float, receiver: float, at: int, deal: Array) -> None:
    """Put in place of the bargain that the opener sees its mean with the next one, which the receiver sees."""
    for side in range(2):
        for d in range(deal.shape[2]):
            blend = opener * deal[side, at, d] + receiver * deal[side, at + 1, d]
            deal[side, at, d] = blend / (opener + receiver)


@njit(cache=True, error_model="numpy")
def _value(  # noqa: PLR0913 - as above
    numbers: Array, size: int, deals: int, stand: Array, column: Array, work: Array, pair: Whole, deal: Array
) -> None:
    """Fill each party's value of each bargain, its mean utility of all positions then; last column: of none."""
    own, value = work[3, 0], work[5]
    for k in range(size):
        risk = (numbers[VIEW] * column[3, k] + numbers[VIEW + 1] * column[3, k]) / numbers[VIEW + 2]
        for n in range(size):
            own[n] = utility(work[4, k, n], risk)
        for b in range(deals + 1):
            total, opener, receiver = 0.0, size, size
            if b < deals:
                opener, receiver = pair[0, b], pair[1, b]
                total += utility(_distance(stand, column, k, deal[0, b]), column[3, k])
                total += utility(_distance(stand, column, k, deal[1, b]), column[3, k])
            for n in range(size):
                if n != opener and n != receiver:
                    total += own[n]
            value[k, b] = total / size


@njit(cache=True, error_model="numpy")
def _options(k: int, size: int, deals: int, work: Array, pair: Whole) -> int:
    """Fill the utilities of what party k can end up with, no bargain first; the number of options."""
    options = size - size  # as above
    for at in range(deals + 1):
        b = at - 1 if at > 0 else deals
        if b == deals or pair[0, b] == k or pair[1, b] == k:
            for n in range(size):
                work[3, n, options] = work[5, n, b]
            work[2, 2, options] = at - 1
            options += 1
    return options


@njit(cache=True, error_model="numpy")
def _choice(options: int, luck: float, work: Array) -> float:
    """The option taken: the likeliest if `luck` is below 0, else the one on which it falls."""
    taken, reached = 0, 0.0
    for option in range(options):
        if luck < 0.0:
            taken = option if work[2, 0, option] > work[2, 0, taken] else taken
        elif luck > reached:
            taken = option
        reached += work[2, 0, option]
    return float(work[2, 2, taken])


@njit(cache=True, error_model="numpy")
def _move(accommodation: float, size: int, stand: Array, column: Array, pair: Whole, deal: Array) -> float:  # noqa: PLR0913 - as above
    """Move everybody; the sum of the distances moved."""
    step = 0.0
    for k in range(size):
        taken, shift = int(column[4, k]), 0.0
        for d in range(stand.shape[2]):
            to = stand[0, k, d]
            if taken >= 0:
                to = deal[0 if pair[0, taken] == k else 1, taken, d]
            shift += (to - stand[0, k, d]) * (to - stand[0, k, d])
            stand[0, k, d] = to
            stand[1, k, d] = accommodation * to + (1.0 - accommodation) * stand[1, k, d]
        step += math.sqrt(shift)
    return step


@njit(cache=True, error_model="numpy")
def _kinds(  # noqa: PLR0913 - as above
    numbers: Array, size: int, order: Whole, stand: Array, column: Array, work: Array, kind_of: Whole
) -> int:
    """Fill the utilities of the positions that differ, and who stands for each; their number."""
    kinds = size - size  # as above
    for rank in range(size):
        known = False
        for kind in range(kinds):
            known = known or _alike(stand, order[rank], kind_of[0, kind])
        if not known:
            kind_of[0, kinds] = order[rank]
            kinds += 1
    for i in range(size):
        risk = (numbers[VIEW] * column[3, i] + numbers[VIEW + 1] * column[3, i]) / numbers[VIEW + 2]
        for kind in range(kinds):
            work[3, i, kind] = utility(work[4, i, kind_of[0, kind]], risk)
    return kinds


@njit(cache=True, error_model="numpy")
def _alike(stand: Array, i: int, j: int) -> bool:
    total = 0.0
    for d in range(stand.shape[2]):
        total += (stand[0, i, d] - stand[0, j, d]) * (stand[0, i, d] - stand[0, j, d])
    return math.sqrt(total) < SAME_POINT
