"""The talks of one draw, turn by turn, by the readable formulas. `talk` is the main name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.spatial_politics import (
    LEAST_GAIN,
    SAME_POINT,
    Rules,
    bargain_points,
    coalitions,
    contests,
    distances,
    outcome_chances,
    representatives,
    risk_attitudes,
    seen_risks,
    utilities,
)

__all__ = ["Bargain", "Side", "Talks", "talk"]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

FIRST_SHIFT = 1e-4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Side:
    """Those at the table.

    Attributes
    ----------
    salience : array, shape (party, issue), >= 0; each party's sum is above 0 and at most 1
    capability : array, shape (party,), > 0
    order : who stands for positions almost alike in the settlement, the first one first; shape (party,)
    """

    salience: Array
    capability: Array
    order: Index

    @property
    def resolve(self) -> Array:
        """Sums of saliences, shape (party,), 0..1."""
        result: Array = np.cumsum(self.salience, axis=1)[:, -1]
        return result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bargain:
    """A bargain that one party proposes to another.

    Attributes
    ----------
    opener, receiver : the two parties
    points : where the opener and the receiver would move, shape (2, issue)
    """

    opener: int
    receiver: int
    points: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Talks:
    """What happened.

    Attributes
    ----------
    point : positions by turn, the start first, shape (turn, party, issue), 0..1
    chance : chance of each party's position to be the outcome, in each turn, shape (turn, party)
    struck : the bargain by which each party got there, None where it stayed; for each turn but the start, a tuple
    weight : of each party's last position in the settlement, shape (party,), of sum 1
    rests : whether the positions came to rest
    """

    point: Array
    chance: Array
    struck: tuple[tuple[Bargain | None, ...], ...]
    weight: Array
    rests: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Moment:
    """The positions of a turn, and what they are worth: `seen` (viewer, party, position), `own` (party, position)."""

    ideal: Array
    point: Array
    risk: Array
    seen: Array

    @property
    def own(self) -> Array:
        """What each party's true utilities are, shape (party, position)."""
        everybody = np.arange(len(self.point))
        return self.seen[everybody, everybody]


def talk(point: Array, side: Side, rules: Rules, luck: Array) -> Talks:
    """Let the parties bargain until their positions rest: equation (18).

    Parameters
    ----------
    point : where they stand, shape (party, issue), 0..1
    side : who they are
    rules : the switches
    luck : uniform numbers 0..1 that decide between bargains, shape (turn, party); no turns: the likeliest is taken
    """
    now = _moment(point, point, side, rules)
    points, chances = [point], [_chances(now, side, rules)]
    struck: list[tuple[Bargain | None, ...]] = []
    first, rests = 1.0, False
    for turn in range(1, rules.maximum_turns + 1):
        taken = _choices(now, _proposals(now, side, rules), side, rules, luck[turn - 1] if len(luck) else None)
        after = _moved(now.point, taken)
        shift = np.cumsum(np.sqrt(np.cumsum((after - now.point) * (after - now.point), axis=1)[:, -1]))[-1]
        first = shift + FIRST_SHIFT if turn == 1 else first
        ideal = rules.accommodation * after + (1.0 - rules.accommodation) * now.ideal
        now = _moment(ideal, after, side, rules)
        points, chances, struck = [*points, after], [*chances, _chances(now, side, rules)], [*struck, taken]
        rests = bool(shift / first < rules.stop_share)
        if turn >= rules.minimum_turns and rests:
            break
    return Talks(
        point=np.array(points),
        chance=np.array(chances),
        struck=tuple(struck),
        weight=_weights(now, side, rules),
        rests=rests,
    )


def _moment(ideal: Array, point: Array, side: Side, rules: Rules) -> _Moment:
    """Find the attitudes to risk, and with them what each party thinks that each position is worth to each."""
    distance = distances(ideal, point, side.salience)
    neutral = coalitions(utilities(distance, np.zeros((1, 1))), side.capability, rules.voting)
    risk = risk_attitudes(outcome_chances(neutral, rules.victory_odds, rules.outcome_odds), rules.risk_range)
    seen = seen_risks(risk[:, np.newaxis], risk[np.newaxis, :], rules.risk_view)
    return _Moment(ideal=ideal, point=point, risk=risk, seen=utilities(distance, seen[:, :, np.newaxis]))


def _proposals(now: _Moment, side: Side, rules: Rules) -> list[Bargain]:
    """The bargains that parties propose, each to the rival from whom it expects to gain most."""
    i, j = np.indices((len(now.point), len(now.point)))
    chance, gain = _judged(now, i, side, rules)
    np.fill_diagonal(gain, -np.inf)
    their = (
        _judged(now, j, side, rules)[rules.receiver_estimate == "gain"] if rules.bargain_view != "opener" else chance
    )
    result = []
    for opener in np.flatnonzero(gain.max(axis=1) > LEAST_GAIN).tolist():
        receiver = int(gain[opener].argmax())
        two = [opener, receiver]
        estimates = [chance[opener, receiver], their[opener, receiver]][: 1 if rules.bargain_view == "opener" else 2]
        seen = [
            bargain_points(tuple(now.point[two]), tuple(side.salience[two]), float(p), rules.bargain_weights)
            for p in estimates
        ]
        if rules.bargain_view == "blend":
            seen = [_blend(seen, two, side, rules)]
        result += [Bargain(opener=opener, receiver=receiver, points=points) for points in seen]
    return result


def _judged(now: _Moment, viewer: Index, side: Side, rules: Rules) -> tuple[Array, Array]:
    """The chance and gain of i's challenge to j, as the viewer of each pair, shape (i, j), sees it."""
    i, j = np.indices(viewer.shape)
    n = np.arange(len(viewer))[:, np.newaxis, np.newaxis]
    seen = now.seen[viewer, n, i], now.seen[viewer, n, j], now.seen[viewer, n, n]
    return contests(seen, side.resolve * side.capability, side.resolve, rules.voting, rules.third_parties)


def _blend(seen: list[Array], two: list[int], side: Side, rules: Rules) -> Array:
    """The mean of what both sides would propose, weighted by strength.

    As in KTAB the receiver's saliences count with the opener's capability, unless its estimate is its chance.
    """
    opener, receiver = two
    power = side.capability[opener if rules.receiver_estimate == "gain" else receiver]
    mine, its = side.resolve[opener] * side.capability[opener], side.resolve[receiver] * power
    result: Array = (mine * seen[0] + its * seen[1]) / (mine + its)
    return result


def _choices(
    now: _Moment, proposed: list[Bargain], side: Side, rules: Rules, luck: Array | None
) -> tuple[Bargain | None, ...]:
    """What each party ends up with of the bargains that it is part of: all parties weigh in, as in a vote."""
    size, value = len(now.point), _values(now, proposed, side)
    taken: list[Bargain | None] = []
    for k in range(size):
        mine = [b for b, bargain in enumerate(proposed) if k in (bargain.opener, bargain.receiver)]
        options = value[:, [len(proposed), *mine]]
        chance = outcome_chances(
            coalitions(options, side.capability, rules.voting), rules.victory_odds, rules.outcome_odds
        )
        best = int(chance.argmax()) if luck is None else int((luck[k] > np.cumsum(chance)[:-1]).sum())
        taken.append(proposed[mine[best - 1]] if best > 0 else None)
    return tuple(taken)


def _values(now: _Moment, proposed: list[Bargain], side: Side) -> Array:
    """Each party's mean utility of all positions if a bargain is struck, shape (party, bargain); last: if none is."""
    size, own = len(now.point), now.own
    columns = []
    for bargain in proposed:
        new = utilities(distances(now.ideal, bargain.points, side.salience), now.risk[:, np.newaxis])
        rest = own.copy()
        rest[:, [bargain.opener, bargain.receiver]] = 0.0
        columns.append(np.cumsum(np.concatenate([new, rest], axis=1), axis=1)[:, -1])
    columns.append(np.cumsum(own, axis=1)[:, -1])
    return np.stack(columns, axis=1) / size


def _moved(point: Array, taken: tuple[Bargain | None, ...]) -> Array:
    result = point.copy()
    for k, bargain in enumerate(taken):
        if bargain is not None:
            result[k] = bargain.points[0 if bargain.opener == k else 1]
    return result


def _chances(now: _Moment, side: Side, rules: Rules) -> Array:
    """The chance of each party's position, shape (party,); those almost alike count as one, with the same chance."""
    listed = representatives(now.point, np.arange(len(now.point)))
    chance, result = _kinds(now, listed, side, rules), np.zeros(len(now.point))
    for kind, p in zip(listed, chance, strict=True):
        apart = (now.point - now.point[kind]) * (now.point - now.point[kind])
        result[np.sqrt(np.cumsum(apart, axis=1)[:, -1]) < SAME_POINT] = p
    return result


def _weights(now: _Moment, side: Side, rules: Rules) -> Array:
    """The weight of each party's position in the settlement, shape (party,), 0 where another stands for it."""
    ranked = representatives(now.point, side.order)
    result = np.zeros(len(now.point))
    result[ranked] = _kinds(now, ranked, side, rules)
    return result


def _kinds(now: _Moment, kinds: Index, side: Side, rules: Rules) -> Array:
    return outcome_chances(
        coalitions(now.own[:, kinds], side.capability, rules.voting), rules.victory_odds, rules.outcome_odds
    )
