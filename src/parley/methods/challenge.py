"""The challenge model, equation by equation, for one issue: `one_round` is the main name.

Equations are those of [ScholzCalbertSmith2011]_. Where the paper leaves a choice, `Rules` names it; its defaults are
the reading that comes closest to the published run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "CHOICES",
    "KINDS",
    "PEER",
    "Round",
    "Rules",
    "chances",
    "closed",
    "expected_utilities",
    "one_round",
    "repeats",
    "risk_exponents",
    "span_of",
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


Denominator = Literal["all_pairs", "contest"]
CompromiseRule = Literal["highest_expected_utility", "least_movement", "lowest_position"]
Offers = Literal["by_kind", "least_movement"]
Compelled = Literal["gives_in", "stays"]
Risk = Literal["recomputed", "carried", "off"]
RiskAmong = Literal["parties", "positions"]
Votes = Literal["own_risk", "neutral"]
Scale = Literal["first_positions", "current_positions", "whole_issue"]

CHOICES = {
    "p_denominator": Denominator,
    "compromise_rule": CompromiseRule,
    "offers": Offers,
    "compelled": Compelled,
    "risk": Risk,
    "risk_among": RiskAmong,
    "votes": Votes,
    "scale": Scale,
}
"""The words that each of the `Rules` may have; the default first."""

PEER = {"compromise_rule": "lowest_position", "compelled": "stays"}
"""Where the open replication of the model departs from the default reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Choices that the literature leaves open.

    Attributes
    ----------
    p_denominator : what the chance of winning is a share of: the votes of `all_pairs`, or of the one `contest`
    compromise_rule : which compromise a party takes: of the keenest rival, the nearest, or the lowest on the scale
    offers : whether confrontation comes before compromise, and that before being compelled, or the nearest offer first
    compelled : whether who would lose at least as much as the other gains gives in, or stays
    risk : whether attitudes to risk are found anew in each round, carried on from the first, or are off
    risk_among : whether a party's threat is held against that of other `parties`, or against what it would be at other
        `positions`
    votes : whether voters see distances through their own attitude to risk
    scale : what distances are measured by
    status_quo : Q, the chance that things stay as they are if nobody challenges, 0..1
    """

    p_denominator: Denominator = "all_pairs"
    compromise_rule: CompromiseRule = "highest_expected_utility"
    offers: Offers = "by_kind"
    compelled: Compelled = "gives_in"
    risk: Risk = "recomputed"
    risk_among: RiskAmong = "parties"
    votes: Votes = "own_risk"
    scale: Scale = "first_positions"
    status_quo: float = 1.0

    @property
    def numbers(self) -> tuple[int, ...]:
        """The words as numbers, 0 the default, in the order of `CHOICES`."""
        return tuple(get_args(words).index(getattr(self, name)) for name, words in CHOICES.items())


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


def expected_utilities(  # noqa: PLR0913 - the six arrays and numbers of equation 25
    position: Array,
    salience: Array,
    exponent: Array,
    chance: Array,
    span: float,
    *,
    status_quo: float = 1.0,
    median: float = 0.0,
) -> tuple[Array, Array]:
    """What i expects of challenging j, and of j challenging i, both as i sees it (eqs. 5 to 7, 15, 16, 22 to 25).

    U_success = 2 - 4 (.5 - .5 d)^r, U_failure = 2 - 4 (.5 + .5 d)^r, U_status_quo = 2 - 4 (.5)^r, d = |x_i - x_j| / X;
    U_better, U_worse = 2 - 4 (.5 -/+ .25 (|x_i - m| + |x_i - x_j|) / X)^r, m the median;
    E = s (P U_success + (1 - P) U_failure) + (1 - s) U_success - Q U_status_quo - (1 - Q) (U_better or U_worse), s the
    salience of who is challenged. If nobody challenges and things do not stay as they are, the other goes to the
    median; the challenger is better off by that if the median is nearer to it than the other was.

    Parameters
    ----------
    position, salience, exponent : arrays, shape (party,)
    chance : as `chances` gives it, shape (i, j)
    span : as for `chances`
    status_quo : Q, 0..1
    median : m; without meaning where Q is 1

    Returns
    -------
    two arrays, shape (i, j), -4..4
    """
    distance, r = np.abs(position[:, np.newaxis] - position) / span, exponent[:, np.newaxis]
    success, failure, stays = (
        2 - 4 * (0.5 - 0.5 * distance) ** r,
        2 - 4 * (0.5 + 0.5 * distance) ** r,
        2 - 4 * 0.5**r,
    )
    apart = np.abs(position - median)[:, np.newaxis] / span

    def expected(resists: Array, wins: Array, away: Array) -> Array:
        gained = resists * (wins * success + (1 - wins) * failure) + (1 - resists) * success
        if status_quo == 1:
            return gained - stays
        sign = np.where(away < distance - TIE, -0.25, 0.25)
        return gained - status_quo * stays - (1 - status_quo) * (2 - 4 * (0.5 + sign * (away + distance)) ** r)

    return expected(salience[np.newaxis, :], chance, apart), expected(salience[:, np.newaxis], chance.T, apart.T)


def risk_exponents(threat: Array, most: Array, least: Array) -> Array:
    """Attitudes to risk: the safer a party, the more risk it shuns (eqs. 32 to 34).

    Parameters
    ----------
    threat : what the others expect of challenging each party, together, with all exponents 1, shape (party,)
    most, least : the largest and the smallest threat that it is held against, shape (party,) or ()

    Returns
    -------
    array, shape (party,), .5 .. 2; 1 where all threats are the same
    """
    spread = most - least
    known = spread > TIE * (1 + np.maximum(np.abs(most), np.abs(least)))
    risk = np.divide(2 * threat - most - least, spread, out=np.zeros(threat.shape), where=known)
    return np.asarray((1 - risk / 3) / (1 + risk / 3), dtype=np.float64)


def span_of(first: Array, position: Array, rules: Rules) -> float:
    """X: the distance between the outermost positions, at the start or now, or the length of the scale, 100."""
    if rules.scale == "whole_issue":
        return 100.0
    return float(np.ptp(first if rules.scale == "first_positions" else position))


def one_round(  # noqa: PLR0913 - a round, and what it takes from the one before
    position: Array, salience: Array, weight: Array, span: float, rules: Rules, *, before: Array | None = None
) -> Round:
    """Let every party look at every other, and move as it must; all move at once.

    Parameters
    ----------
    position, salience, weight : arrays, shape (party,)
    span : X, as `span_of` gives it; where it is 0, nobody moves
    rules : the choices
    before : attitudes to risk after the round before, shape (party,), read where they are carried; None: 1 each
    """
    count = position.size
    exponent, challenger, challenged = np.ones(count), np.zeros((count, count)), np.zeros((count, count))
    if span > 0:
        if before is not None and rules.risk == "carried":
            exponent = before
        elif rules.risk != "off":
            exponent = _attitudes(position, salience, weight, span, rules)
        challenger, challenged = _expected(position, salience, weight, exponent, span, rules)
    moved, kind, followed = position.copy(), np.zeros(count, dtype=np.intp), np.full(count, -1, dtype=np.intp)
    for i in range(count):
        moved[i], kind[i], followed[i] = _choice(i, position, challenger[i], challenged[i], rules)
    return Round(
        position=moved, kind=kind, followed=followed, challenger=challenger, challenged=challenged, exponent=exponent
    )


def _expected(  # noqa: PLR0913 - as `expected_utilities`
    position: Array, salience: Array, weight: Array, exponent: Array, span: float, rules: Rules
) -> tuple[Array, Array]:
    seen = exponent if rules.votes == "own_risk" else np.ones(exponent.shape)
    chance = chances(position, weight, seen, span, all_pairs=rules.p_denominator == "all_pairs")
    median = float(weighted_medians(position, weight)) if rules.status_quo < 1 else 0.0
    return expected_utilities(position, salience, exponent, chance, span, status_quo=rules.status_quo, median=median)


def _attitudes(position: Array, salience: Array, weight: Array, span: float, rules: Rules) -> Array:
    def threats(stands: Array) -> Array:
        challenger, _ = _expected(stands, salience, weight, np.ones(stands.size), span, rules)
        return np.asarray(challenger.sum(axis=0) - np.diagonal(challenger), dtype=np.float64)

    here = threats(position)
    if rules.risk_among == "parties":
        return risk_exponents(here, here.max(), here.min())
    possible = np.empty((position.size, position.size))
    for i in range(position.size):
        for j in range(position.size):
            elsewhere = position.copy()
            elsewhere[i] = position[j]
            possible[i, j] = threats(elsewhere)[i]
    return risk_exponents(here, possible.max(axis=1), possible.min(axis=1))


def _choice(i: int, position: Array, own: Array, rival: Array, rules: Rules) -> tuple[float, int, int]:
    """Where a party goes, the kind of its move, and whom it follows (fig. 6, sec. 6.2)."""
    best: tuple[float, int, int] = (float(position[i]), 0, -1)
    rank = (4.0, 0.0)
    for j in range(position.size):
        if position[j] == position[i] or rival[j] <= TIE or abs(own[j]) <= TIE:
            continue
        if own[j] > 0 and rival[j] <= own[j] + TIE:
            continue
        offer, kind = float(position[j]), 1 if own[j] > 0 else 3
        if kind == 3 and rival[j] > TIE - own[j]:
            offer, kind = float(position[i] + (position[j] - position[i]) * -own[j] / rival[j]), 2
        if kind == 3 and rules.compelled == "stays":
            continue
        cost = abs(offer - position[i])
        if kind == 2 and rules.offers == "by_kind":
            cost = _cost(i, j, position, own, rival, rules)
        order = float(kind) if rules.offers == "by_kind" else 0.0
        if order < rank[0] or (order == rank[0] and cost < rank[1] - TIE * (1 + abs(cost))):
            best, rank = (offer, kind, j), (order, float(cost))
    return best


def _cost(i: int, j: int, position: Array, own: Array, rival: Array, rules: Rules) -> float:  # noqa: PLR0913 - as above
    """By what a party ranks its compromises; it takes the lowest."""
    if rules.compromise_rule == "highest_expected_utility":
        return float(-rival[j])
    if rules.compromise_rule == "least_movement":
        return float(abs(position[j] - position[i]) * -own[j] / rival[j])
    return float((-own[j] * position[i] + rival[j] * position[j]) / (rival[j] - own[j]))


def closed(history: Array, weight: Array, change: float) -> tuple[Array, Index]:
    """Close the talks once the weighted median hardly moves.

    Parameters
    ----------
    history : positions, shape (run, round, party); NaN where a party takes no part
    weight : shape (run, party)
    change : by how much the median must move from one round to the next for the talks to go on; 0: never closed

    Returns
    -------
    two arrays, shape (run, round, party) and (run,)
        The positions, which stay what they were after the last round; and the number of that round.
    """
    runs, rounds, _ = history.shape
    median = weighted_medians(history, np.broadcast_to(weight[:, np.newaxis, :], history.shape))
    rests = np.abs(np.diff(median, axis=1, prepend=np.nan)) < change
    last = np.where(rests.any(axis=1), rests.argmax(axis=1), rounds - 1)
    kept = np.minimum(np.arange(rounds), last[:, np.newaxis])
    return history[np.arange(runs)[:, np.newaxis], kept], last


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
