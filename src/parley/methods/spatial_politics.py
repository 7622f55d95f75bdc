"""The spatial model of politics, equation by equation, for one moment: distances, votes, chances, contests, bargains.

The model is that of the KTAB programs [KTAB]_; the numbers of equations are those of the page on the engine. Positions
are points 0..1 on each issue, and a party's saliences sum to at most 1. Sums over parties run in the order in which the
parties are listed, so that ties fall as they do there; `outcome_chances`, `contests` and `bargain_points` are the main
ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "LEAST_GAIN",
    "Rules",
    "bargain_points",
    "coalitions",
    "contests",
    "distances",
    "outcome_chances",
    "representatives",
    "risk_attitudes",
    "seen_risks",
    "utilities",
    "victory_chances",
    "votes",
]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

Voting = Literal["proportional", "binary", "mostly_proportional", "half_cubic", "cubic", "loss_averse"]
VictoryOdds = Literal["linear", "square", "quartic", "octic", "threshold"]
OutcomeOdds = Literal["conditional", "incentive_chain", "uniform_chain"]
RiskView = Literal["own", "one_third", "half", "two_thirds", "full"]
RiskRange = Literal["zero_to_one", "minus_half_to_one", "minus_one_to_one"]
ThirdParties = Literal["fully_committed", "partly_committed", "uncommitted"]
BargainWeights = Literal["plain", "squared", "power_gap"]
BargainView = Literal["opener", "both", "blend"]
ReceiverEstimate = Literal["gain", "chance"]

NO_COALITION = 1e-8
NO_PRINCIPAL = 1e-10
NO_CHALLENGE = 1e-10
NO_WEIGHT = 1e-6
FLAT = 1e-12
MOST_ITERATIONS = 1000

LEAST_GAIN = 1e-5
"""What a party must expect to gain from a contest, on the scale of utilities, before it opens one."""

SAME_POINT = 1e-3
"""Positions nearer to each other than this, on scales 0..1, count as the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The switches of the model; see the page on the engine for what each value means.

    Attributes
    ----------
    voting : how votes follow from differences of utility
    victory_odds : how the chance of victory follows from the strength of two coalitions
    outcome_odds : how the chance of each option follows from its chances against each other one
    risk_view : how much a party knows of another's attitude to risk
    risk_range : the range of attitudes to risk
    third_parties : whether third parties are bound to the side that they join
    bargain_weights : how salience and chance pull a bargain towards each side
    bargain_view : on whose estimates bargains rest
    receiver_estimate : what the receiver's estimate is: the opener's expected gain, as in KTAB, or its chance
    accommodation : how far a party's ideal follows its position in a turn, 0..1
    stop_share : the talks end when less than this share of the first turn's movement is left
    minimum_turns, maximum_turns : bounds of the number of turns
    """

    voting: Voting = "proportional"
    victory_odds: VictoryOdds = "linear"
    outcome_odds: OutcomeOdds = "conditional"
    risk_view: RiskView = "one_third"
    risk_range: RiskRange = "minus_half_to_one"
    third_parties: ThirdParties = "partly_committed"
    bargain_weights: BargainWeights = "squared"
    bargain_view: BargainView = "opener"
    receiver_estimate: ReceiverEstimate = "gain"
    accommodation: float = 1.0
    stop_share: float = 0.02
    minimum_turns: int = 2
    maximum_turns: int = 100


def distances(ideal: Array, point: Array, salience: Array) -> Array:
    """How far each point lies from each party's ideal, as a share of the scales: equation (1).

    Parameters
    ----------
    ideal : array, shape (party, issue), 0..1
    point : array, shape (point, issue), 0..1
    salience : array, shape (party, issue), >= 0, a party's not all 0

    Returns
    -------
    array, shape (party, point), 0..1.
    """
    total, squares = np.zeros((len(ideal), len(point))), np.zeros(len(ideal))
    for d in range(ideal.shape[1]):
        part = (ideal[:, np.newaxis, d] - point[np.newaxis, :, d]) * salience[:, np.newaxis, d]
        total, squares = total + part * part, squares + salience[:, d] * salience[:, d]
    result: Array = np.sqrt(total / squares[:, np.newaxis])
    return result


def utilities(distance: Array, risk: Array) -> Array:
    """What a position at a distance is worth to a party with an attitude to risk of -1..1: equation (2)."""
    result: Array = (1.0 - distance) * (1.0 + np.minimum(1.0, distance) * risk)
    return result


def votes(weight: Array, gain: Array, rule: Voting) -> Array:
    """How parties of these weights vote, given what one prospect is worth more than the other: equation (3)."""
    if rule == "proportional":
        return weight * gain
    if rule == "loss_averse":
        return np.where(gain > 0.0, (2.0 * weight * gain) / 3.0, weight * gain)
    all_or_nothing = np.clip(gain / 1e-8, -1.0, 1.0)
    mixed = {
        "binary": all_or_nothing,
        "mostly_proportional": 0.8 * gain + 0.2 * all_or_nothing,
        "half_cubic": 0.5 * gain + 0.5 * (gain * gain * gain),
        "cubic": gain * gain * gain,
    }
    return weight * mixed[rule]


def coalitions(utility: Array, weight: Array, rule: Voting) -> Array:
    """How strong the parties are that prefer option i to option j: equation (4).

    Parameters
    ----------
    utility : array, shape (party, option)
    weight : array, shape (party,), > 0
    rule : how they vote

    Returns
    -------
    array, shape (option, option), > 0. The later option's side is voted on first, which only loss aversion notices.
    """
    size = utility.shape[1]
    pro, con = np.full((size, size), NO_COALITION), np.full((size, size), NO_COALITION)
    for k in range(len(utility)):
        vote = votes(weight[k], utility[k, :, np.newaxis] - utility[k, np.newaxis, :], rule)
        pro, con = pro + np.maximum(vote, 0.0), con - np.minimum(vote, 0.0)
    return np.tril(pro, -1) + np.tril(con, -1).T + np.diag(np.full(size, NO_COALITION))


def victory_chances(coalition: Array, odds: VictoryOdds) -> Array:
    """The chance that option i beats option j, shape (option, option): equation (5)."""
    one, other = coalition, coalition.T
    if odds == "threshold":
        share = (one / (one + other) * (1.10 + 1.0) - 1.0) / (1.10 - 1.0)
        lower = np.tril(np.ones_like(one), -1) > 0
        one = np.where(one >= 1.10 * other, 1.0, np.where(other >= 1.10 * one, 1e-6, share))
        one = np.where(lower | (one == 1.0) | (one == 1e-6), one, 1.0 - one.T)
        other = one.T
    elif odds != "linear":
        one = one * one if odds == "square" else one * one * one * one
        one = one * one if odds == "octic" else one
        other = one.T
    chance = one / (one + other)
    np.fill_diagonal(chance, 0.5)
    return chance


def outcome_chances(coalition: Array, victory_odds: VictoryOdds, outcome_odds: OutcomeOdds) -> Array:
    """The chance that each option is the outcome, shape (option,), of sum 1: equations (6) to (8).

    Parameters
    ----------
    coalition : array, shape (option, option), > 0, as `coalitions` gives it
    victory_odds, outcome_odds : see `Rules`
    """
    odds = victory_chances(coalition, victory_odds)
    size = len(odds)
    if outcome_odds == "conditional":
        product = np.cumprod(odds, axis=1)[:, -1]
        total = np.cumsum(product)[-1]
        return product / total if total > 0.0 else np.full(size, 1.0 / size)
    challenge, tolerance, count = np.ones_like(odds), 1e-6, float(size)
    if outcome_odds == "incentive_chain":
        incentive = coalition * odds + np.diag(np.full(size, NO_CHALLENGE))
        challenge, tolerance, count = incentive / np.cumsum(incentive, axis=0)[-1], 1e-8, 1.0
    chance = np.full(size, 1.0 / size)
    for _ in range(MOST_ITERATIONS):
        flow = odds * (chance[:, np.newaxis] * challenge.T + chance[np.newaxis, :] * challenge)
        after = np.cumsum(flow, axis=1)[:, -1] / count
        change = np.abs(after - chance).max()
        chance = (chance + after) / 2.0
        if change <= tolerance:
            break
    return chance


def risk_attitudes(chance: Array, risk_range: RiskRange) -> Array:
    """Attitudes to risk, from -1 (seeks it) to 1 (shuns it), by each position's chance, shape (party,): equation (9).

    All are 0 where all chances are the same.
    """
    least, most = chance.min(), chance.max()
    if not most - least > FLAT:
        return np.zeros(len(chance))
    result: Array = (2 * chance - (most + least)) / (most - least)
    if risk_range == "zero_to_one":
        result = (chance - least) / (most - least)
    elif risk_range == "minus_half_to_one":
        result = (3 * chance - (most + 2 * least)) / (2 * (most - least))
    return result


def seen_risks(own: Array, other: Array, view: RiskView) -> Array:
    """What parties with some attitudes to risk take those of others to be: equation (10)."""
    weights = {"own": (1, 0, 1), "one_third": (2, 1, 3), "half": (1, 1, 2), "two_thirds": (1, 2, 3), "full": (0, 1, 1)}
    mine, its, total = weights[view]
    result: Array = (mine * own + its * other) / total
    return result


def contests(
    seen: tuple[Array, Array, Array], strength: Array, resolve: Array, voting: Voting, third: ThirdParties
) -> tuple[Array, Array]:
    """What party i can expect of challenging party j, for all pairs: equations (11) to (15).

    Parameters
    ----------
    seen : three arrays, shape (party, i, j)
        Each party's utility of i's position, of j's and of its own, as whoever judges the contest sees them.
    strength : array, shape (party,), capability times the sum of saliences, > 0
    resolve : array, shape (party,), sum of saliences, 0..1: the chance that it resists
    voting, third : see `Rules`

    Returns
    -------
    chance, gain : arrays, shape (i, j)
        The chance that i prevails, and what i then expects to gain; without meaning where i is j.
    """
    at_i, at_j, at_own = seen
    first, second = np.meshgrid(np.arange(at_i.shape[1]), np.arange(at_i.shape[2]), indexing="ij")
    pro_alone, con_alone = np.full(first.shape, NO_PRINCIPAL), np.full(first.shape, NO_PRINCIPAL)
    for side in (first, second):
        gain = (np.take_along_axis(each, side[np.newaxis], axis=0)[0] for each in (at_i, at_j))
        vote = votes(strength[side], next(gain) - next(gain), voting)
        pro_alone, con_alone = pro_alone + np.maximum(vote, 0.0), con_alone - np.minimum(vote, 0.0)
    pro, con = pro_alone, con_alone
    for n in range(len(strength)):
        vote = votes(strength[n], at_i[n] - at_j[n], voting)
        with_n, against_n = pro_alone + np.maximum(vote, 0.0), con_alone - np.minimum(vote, 0.0)
        p = with_n / (with_n + against_n)
        worth = _third_party_worth(at_i[n], at_j[n], at_own[n], p, third)
        vote = np.where((first == n) | (second == n), 0.0, votes(strength[n], worth, voting))
        pro, con = pro + np.maximum(vote, 0.0), con - np.minimum(vote, 0.0)
    p, q = pro / (pro + con), con / (pro + con)
    won, lost = (np.take_along_axis(each, first[np.newaxis], axis=0)[0] for each in (at_i, at_j))
    contest = p * (won + won) + q * (lost + lost)
    return p, (1.0 - resolve[second]) * (won + won) + resolve[second] * contest - (won + lost)


def _third_party_worth(at_i: Array, at_j: Array, at_own: Array, p: Array, third: ThirdParties) -> Array:
    """What joining i is worth more to a third party than joining j, given the chance of its side: equation (13)."""
    q = 1.0 - p
    won_i, lost_i = at_i + at_i + at_own, at_j + at_j + at_j
    won_j, lost_j = at_j + at_j + at_own, at_i + at_i + at_i
    if third == "fully_committed":
        won_i, won_j = lost_j, lost_i
    elif third == "uncommitted":
        lost_i, lost_j = won_j, won_i
    result: Array = (p * won_i + q * lost_i) - (p * lost_j + q * won_j)
    return result


def bargain_points(
    point: tuple[Array, Array], salience: tuple[Array, Array], chance: float, weights: BargainWeights
) -> Array:
    """The points to which opener and receiver would move, given the opener's chance: equations (16) and (17).

    Parameters
    ----------
    point, salience : of opener and receiver, each of shape (issue,)
    chance : of the opener, by somebody's estimate
    weights : see `Rules`

    Returns
    -------
    array, shape (side, issue)
        With weights other than `power_gap` on a grid of 0.0001.
    """
    (here, there), (own, their) = point, salience
    other = 1.0 - chance
    if weights == "power_gap":
        own, their = own * own, their * their
        behind, ahead = max(0.0, other - chance), max(0.0, chance - other)
        part = (behind * their) / ((behind * their) + NO_WEIGHT + ((1.0 - behind) * own))
        share = (ahead * own) / ((ahead * own) + NO_WEIGHT + ((1.0 - ahead) * their))
        return np.stack([here + part * (there - here), there + share * (here - there)])
    if weights == "squared":
        own, their, chance, other = own * own, their * their, chance * chance, other * other
    own, their = own * chance, their * other
    total = own + NO_WEIGHT + their
    exact = np.stack([(own + NO_WEIGHT) * here + their * there, own * here + (NO_WEIGHT + their) * there]) / total
    result: Array = np.trunc(0.5 + exact * 10000.0) / 10000.0
    return result


def representatives(point: Array, order: Index) -> Index:
    """Who stands for each of the positions that differ: the first in order of those within `SAME_POINT`."""
    chosen: list[int] = []
    for i in order:
        if not any(_apart(point[i], point[j]) < SAME_POINT for j in chosen):
            chosen.append(int(i))
    return np.array(chosen, dtype=np.intp)


def _apart(one: Array, other: Array) -> float:
    return float(np.sqrt(np.cumsum((one - other) * (one - other))[-1]))
