"""The challenge model, equation by equation, for one issue: `one_round` is the main name.

Equations are those of [ScholzCalbertSmith2011]_. Where the paper leaves a choice, `Rules` names it; its defaults are
the reading that comes closest to the published run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "KINDS",
    "Round",
    "Rules",
    "chances",
    "expected_utilities",
    "one_round",
    "repeats",
    "risk_exponents",
    "weighted_medians",
]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

KINDS = ("stays", "confrontation", "compromise", "compel")
"""What a party did in a round, by number."""

SAME = 0.01
"""Points by which positions may differ and still count as the same."""

TIE = 1e-12
"""Expectations and offers that differ by less are equal; of equal offers that of the party listed first is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Choices that the literature leaves open.

    Attributes
    ----------
    all_pairs : whether the chance of winning is a share of the votes of all contests, not of the one contest
    own_risk_in_votes : whether voters see distances through their own attitude to risk
    least_movement : whether a party takes the nearest compromise, not the one of the keenest rival
    recomputed_risk : whether attitudes to risk are found anew in each round; else nobody cares about risk
    """

    all_pairs: bool = True
    own_risk_in_votes: bool = True
    least_movement: bool = False
    recomputed_risk: bool = True


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Round:
    """What happened in one round.

    Attributes
    ----------
    position : where the parties stand after it, shape (party,)
    kind : number in `KINDS` of what each party did, shape (party,)
    followed : index of the party whose offer it took, -1 for none, shape (party,)
    challenger, challenged : what i expects of challenging j, and of j challenging i, both as i sees it, shape (i, j)
    exponent : attitude to risk, shape (party,); 1: none
    """

    position: Array
    kind: Index
    followed: Index
    challenger: Array
    challenged: Array
    exponent: Array


def chances(position: Array, weight: Array, exponent: Array, span: float, *, all_pairs: bool) -> Array:
    """The chance that i wins against j if all vote in proportion to what they gain.

    v_k(a : b) = w_k (|x_k - x_b|^r_k - |x_k - x_a|^r_k) / X^r_k, with the voter's own r_k; i's chance is the votes
    for it as a share of all votes cast, in all contests or, as printed (eqs. 30 and 31), in this one.

    Parameters
    ----------
    position, weight, exponent : arrays, shape (party,)
    span : X, distance between the outermost positions at the start, > 0
    all_pairs : whether the votes of all ordered pairs are counted

    Returns
    -------
    array, shape (i, j), 0..1; 0 where nobody votes
    """
    distance = (np.abs(position[:, np.newaxis] - position) / span) ** exponent[:, np.newaxis]
    vote = weight[:, np.newaxis, np.newaxis] * (distance[:, np.newaxis, :] - distance[:, :, np.newaxis])
    votes_for, cast = np.maximum(vote, 0.0).sum(axis=0), np.abs(vote).sum(axis=0)
    total = np.full(cast.shape, cast.sum()) if all_pairs else cast
    won: Array = np.divide(votes_for, total, out=np.zeros(total.shape), where=total > 0)
    return won


def expected_utilities(
    position: Array, salience: Array, exponent: Array, chance: Array, span: float
) -> tuple[Array, Array]:
    """What i expects of challenging j, and of j challenging i, both as i sees it (eqs. 5 to 7, 15, 16, 22, 25).

    U_success = 2 - 4 (.5 - .5 d)^r, U_failure = 2 - 4 (.5 + .5 d)^r, U_status_quo = 2 - 4 (.5)^r, d = |x_i - x_j| / X;
    E = s (P U_success + (1 - P) U_failure) + (1 - s) U_success - U_status_quo, s the salience of who is challenged.

    Parameters
    ----------
    position, salience, exponent : arrays, shape (party,)
    chance : as `chances` gives it, shape (i, j)
    span : as for `chances`

    Returns
    -------
    two arrays, shape (i, j), -4..4
    """
    distance, r = np.abs(position[:, np.newaxis] - position) / span, exponent[:, np.newaxis]
    success, failure, status_quo = (
        2 - 4 * (0.5 - 0.5 * distance) ** r,
        2 - 4 * (0.5 + 0.5 * distance) ** r,
        2 - 4 * 0.5**r,
    )

    def expected(resists: Array, wins: Array) -> Array:
        return resists * (wins * success + (1 - wins) * failure) + (1 - resists) * success - status_quo

    return expected(salience[np.newaxis, :], chance), expected(salience[:, np.newaxis], chance.T)


def risk_exponents(challenger: Array) -> Array:
    """Attitudes to risk: the safer a party, the more risk it shuns (eqs. 32 to 34).

    Parameters
    ----------
    challenger : what i expects of challenging j with all exponents 1, shape (i, j)

    Returns
    -------
    array, shape (party,), .5 .. 2; 1 throughout where all are equally safe
    """
    threat = challenger.sum(axis=0) - np.diagonal(challenger)
    spread = threat.max() - threat.min()
    if spread <= TIE * (1 + np.abs(threat).max()):
        return np.ones(threat.size)
    risk = (2 * threat - threat.max() - threat.min()) / spread
    return np.asarray((1 - risk / 3) / (1 + risk / 3), dtype=np.float64)


def one_round(position: Array, salience: Array, weight: Array, span: float, rules: Rules) -> Round:
    """Let every party look at every other, and move as it must; all move at once.

    Parameters
    ----------
    position, salience, weight : arrays, shape (party,)
    span : X, as for `chances`; where it is 0, nobody moves
    rules : the choices
    """
    count = position.size
    exponent, zero = np.ones(count), np.zeros((count, count))
    challenger, challenged = zero, zero
    if span > 0:
        chance = chances(position, weight, exponent, span, all_pairs=rules.all_pairs)
        challenger, challenged = expected_utilities(position, salience, exponent, chance, span)
        if rules.recomputed_risk:
            exponent = risk_exponents(challenger)
            if rules.own_risk_in_votes:
                chance = chances(position, weight, exponent, span, all_pairs=rules.all_pairs)
            challenger, challenged = expected_utilities(position, salience, exponent, chance, span)
    moved, kind, followed = position.copy(), np.zeros(count, dtype=np.intp), np.full(count, -1, dtype=np.intp)
    for i in range(count):
        moved[i], kind[i], followed[i] = _choice(i, position, challenger[i], challenged[i], rules)
    return Round(
        position=moved, kind=kind, followed=followed, challenger=challenger, challenged=challenged, exponent=exponent
    )


def _choice(i: int, position: Array, own: Array, rival: Array, rules: Rules) -> tuple[float, int, int]:
    """Where a party goes, the kind of its move, and whom it follows (fig. 6, sec. 6.2)."""
    best: tuple[float, int, int] = (float(position[i]), 0, -1)
    rank = (4.0, 0.0)
    for j in range(position.size):
        if position[j] == position[i] or rival[j] <= TIE or abs(own[j]) <= TIE:
            continue
        if own[j] > 0 and rival[j] <= own[j] + TIE:
            continue
        distance = abs(position[j] - position[i])
        if own[j] > 0:
            offer, kind, cost = position[j], 1, distance
        elif rival[j] > TIE - own[j]:
            offer, kind = position[i] + (position[j] - position[i]) * -own[j] / rival[j], 2
            cost = abs(offer - position[i]) if rules.least_movement else -rival[j]
        else:
            offer, kind, cost = position[j], 3, distance
        if kind < rank[0] or (kind == rank[0] and cost < rank[1] - TIE * (1 + abs(cost))):
            best, rank = (float(offer), kind, j), (float(kind), float(cost))
    return best


def repeats(history: Array) -> tuple[Array, Array]:
    """Find where the parties first stand as they stood before.

    Parameters
    ----------
    history : positions, shape (run, round, party); NaN where a party takes no part

    Returns
    -------
    two arrays, shape (run,)
        The earlier round, and after how many rounds it comes back: 1 for a state of rest; NaN and 0 where none does.
    """
    runs, rounds, _ = history.shape
    stands = np.nan_to_num(history)
    first, length = np.full(runs, np.nan), np.zeros(runs)
    for later in range(1, rounds):
        for earlier in range(later - 1, -1, -1):
            apart = np.abs(stands[:, later] - stands[:, earlier]).max(axis=1)
            found = (length == 0) & (apart < SAME)
            first[found], length[found] = earlier, later - earlier
    return first, length


def weighted_medians(position: Array, weight: Array) -> Array:
    """Weighted medians, the middle one where there are many.

    Parameters
    ----------
    position, weight : arrays, shape (..., party)
        NaN and 0 where a party takes no part.

    Returns
    -------
    array, shape (...); NaN where nobody has weight
    """
    order = np.argsort(np.where(weight > 0, position, np.inf), axis=-1, kind="stable")
    points = np.take_along_axis(position, order, axis=-1)
    reached = np.cumsum(np.take_along_axis(weight, order, axis=-1), axis=-1)
    half, slack = reached[..., -1:] / 2, TIE * reached[..., -1:]
    lower = np.argmax(reached >= half - slack, axis=-1)[..., np.newaxis]
    upper = np.argmax(reached > half + slack, axis=-1)[..., np.newaxis]
    middle = (np.take_along_axis(points, lower, axis=-1) + np.take_along_axis(points, upper, axis=-1))[..., 0] / 2
    return np.where(reached[..., -1] > 0, middle, np.nan)
