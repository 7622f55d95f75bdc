"""Wars with talks, many draws at once and under each of a patron's rules. `play` is the main name.

The same games as in `parley.methods.war`, and as in `war_solver`, `war_course` and `war_patron` without hidden types
and truces, as arrays with the axes draw, rule, state of the rule's memory, and place of the front.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import settles
from parley.methods.war_game import Rule, unconditional

__all__ = ["Played", "Wars", "play"]

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Wars:
    """The numbers of many wars.

    Attributes
    ----------
    number : `discount_a`, `discount_b`, `floor`, `ceiling`, `start` (place of the front) and `opening` (rounds before
        the first offer), and, where there are such, `breakdown`, `broken_a`, `broken_b`, `exit_a`, `exit_b`, and
        `favour` and `discount_patron` of the patron, each of shape (draw,)
    sets : up, down, cost_a, cost_b of each lever set, shape (draw, set, 4)
    patron_cost : what a round of fighting under each lever set costs the patron, shape (draw, set)
    proposer : chance that side A proposes, by round; it repeats; shape (draw, cycle)
    terminal : payoffs after the last round, shape (draw, side, place), military outcomes at the ends
    rounds : number of rounds with an offer
    rules : the patron's rules
    open_sets : which lever sets the patron could turn to under each rule, shape (rule, set); None: all
    """

    number: Mapping[str, Array]
    sets: Array
    patron_cost: Array
    proposer: Array
    terminal: Array
    rounds: int
    rules: Sequence[Rule] = (unconditional(),)
    open_sets: Flags | None = None

    def column(self, name: str, default: float = 0.0) -> Array:
        """One of the numbers, shape (draw, 1, 1, 1); the default throughout where it is not given."""
        values = self.number.get(name, np.full(len(self.sets), default))
        return np.asarray(values, dtype=np.float64)[:, np.newaxis, np.newaxis, np.newaxis]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Played:
    """What comes of each war under each rule; arrays of shape (draw, rule) unless another is named.

    Attributes
    ----------
    value : what it is worth to side A, side B and the patron, shape (player, draw, rule)
    reservation : what each side gets by rejecting an offer with the front where it starts, shape (side, draw, rule,
        round)
    settles_now : chance that the first offer settles it if the front still stands where it starts
    settlement_time : chance that each offer brings the settlement, shape (draw, rule, round)
    share : side A's expected share given a settlement; NaN where there is none
    won : chance that each side wins within the horizon, shape (side, draw, rule)
    left : chance that a responder walks out
    broken : chance that the talks break down
    deadline : chance that the last round passes without any of these
    fighting : expected rounds fought, those before the talks included
    carried_out : expected rounds fought under another lever set than the first
    gain_anywhere : the most that the patron could gain by departing from the rule in one round, at any node
    gain_on_path : the same at the nodes that are reached
    """

    value: Array
    reservation: Array
    settles_now: Array
    settlement_time: Array
    share: Array
    won: Array
    left: Array
    broken: Array
    deadline: Array
    fighting: Array
    carried_out: Array
    gain_anywhere: Array
    gain_on_path: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Plan:
    """What is done in each round: axes round, side that makes the offer, then draw, rule, state and place.

    Attributes
    ----------
    share : side A's share in the offer that is accepted; NaN where none is
    leaves : whether the responder walks out
    gain : what the patron could gain by departing once this offer is rejected
    """

    share: Array
    leaves: Flags
    gain: Array


def play(wars: Wars) -> Played:
    """Solve every war under every rule by backward induction, and follow it from its starting place.

    Parameters
    ----------
    wars : the numbers

    Returns
    -------
    Played
    """
    acts, follows, possible = _memory(wars)
    count, places = len(wars.sets), wars.terminal.shape[2]
    shape = (count, len(wars.rules), acts.shape[2], places)
    ahead = np.empty((3, *shape))
    ahead[:2] = wars.terminal.swapaxes(0, 1)[:, :, np.newaxis, np.newaxis]
    ahead[2] = 0.0
    ahead[2, ..., 0] = wars.column("favour")[..., 0]
    edges = ahead[..., [0, -1]].copy()
    plan = _Plan(
        share=np.full((wars.rounds, 2, *shape), np.nan),
        leaves=np.zeros((wars.rounds, 2, *shape), dtype=np.bool_),
        gain=np.zeros((wars.rounds, 2, *shape)),
    )
    here = (np.arange(count), slice(None), 0, wars.number["start"].astype(np.int64))
    reservation = np.empty((2, *shape[:2], wars.rounds))
    for t in range(wars.rounds - 1, -1, -1):
        refused = [_refused(wars, ahead, acts[:, t], follows, side) for side in (0, 1)]
        for side in (0, 1):
            plan.gain[t, 1 - side] = refused[side][1]
        reservation[..., t] = [refused[side][0][side][here] for side in (0, 1)]
        ahead = _talked(wars, refused, plan, t)
        ahead[..., [0, -1]] = edges
    now = _settling(wars, plan, here)
    for _ in range(int(wars.number["opening"].max(initial=0.0))):
        ahead = _before_talks(wars, ahead, _)
    return Played(
        value=np.stack([each[here] for each in ahead]),
        reservation=reservation,
        settles_now=now,
        **_followed(wars, plan, (acts, follows, possible)),
    )


def _memory(wars: Wars) -> tuple[Numbers, Numbers, Flags]:
    """Rules as arrays with as many states as the one that has most: what is done, what follows, what is possible."""
    states = max(len(rule.follows) for rule in wars.rules)
    acts = np.zeros((len(wars.rules), wars.rounds, states, 2), dtype=np.int64)
    follows = np.zeros((len(wars.rules), states, 2), dtype=np.int64)
    possible = np.zeros((len(wars.rules), wars.rounds, states), dtype=np.bool_)
    possible[:, :1, 0] = True
    for place, rule in enumerate(wars.rules):
        own = len(rule.follows)
        follows[place, :own] = rule.follows
        for t in range(wars.rounds):
            acts[place, t, :own] = rule.chosen(t)
            if t > 0:
                possible[place, t, np.unique(follows[place][possible[place, t - 1]])] = True
    return acts, follows, possible


def _refused(wars: Wars, ahead: Array, acts: Numbers, follows: Numbers, side: int) -> tuple[Array, Array]:
    """What a rejection by this side gives everybody, and what the patron could gain by another lever set.

    Shapes (player, draw, rule, state, place) and (draw, rule, state, place), both 0 at the ends of the front.
    """
    rules = np.arange(acts.shape[0])[:, np.newaxis]
    after = ahead[:, :, rules, follows[:, :, side]]
    chosen = acts[:, :, side]
    worth = np.stack([_fought(wars, after, each) for each in range(wars.sets.shape[1])])
    refused, gain = np.zeros(after.shape), np.zeros(after.shape[1:])
    own = np.take_along_axis(worth, chosen[np.newaxis, np.newaxis, np.newaxis, :, :, np.newaxis], axis=0)[0]
    broken = np.stack([wars.column("broken_a"), wars.column("broken_b")])
    breaks = wars.column("breakdown")
    refused[:2, ..., 1:-1] = breaks * broken + (1.0 - breaks) * own[:2]
    refused[2, ..., 1:-1] = own[2]
    if len(worth) > 1:
        closed = np.arange(len(worth))[:, np.newaxis, np.newaxis] == chosen
        if wars.open_sets is not None:
            closed = closed | ~wars.open_sets.T[:, :, np.newaxis]
        others = np.where(closed, -np.inf, 0.0)
        best = (worth[:, 2] + others[:, np.newaxis, :, :, np.newaxis]).max(axis=0)
        gain[..., 1:-1] = np.where(np.isfinite(best), best - own[2], 0.0)
    return refused, gain


def _fought(wars: Wars, after: Array, chosen: int) -> Array:
    """What a round of fighting under one lever set is worth, shape (player, draw, rule, state, place but the ends)."""
    up, down, cost_a, cost_b = (each[:, np.newaxis, np.newaxis, np.newaxis] for each in wars.sets[:, chosen].T)
    expected = up * after[..., 2:] + down * after[..., :-2] + (1.0 - up - down) * after[..., 1:-1]
    cost = np.stack([cost_a, cost_b, wars.patron_cost[:, chosen, np.newaxis, np.newaxis, np.newaxis]])
    discount = [wars.column("discount_a"), wars.column("discount_b"), wars.column("discount_patron", 1.0)]
    return np.asarray(-cost + np.stack(discount) * expected)


def _talked(wars: Wars, refused: list[tuple[Array, Array]], plan: _Plan, t: int) -> Array:
    """The values at the start of a round of offers; enters what is agreed, and who walks out, into the plan."""
    first = wars.proposer[:, t % wars.proposer.shape[1], np.newaxis, np.newaxis, np.newaxis]
    exits = [wars.column(f"exit_{letter}", np.nan) for letter in "ab"]
    result = np.zeros(refused[0][0].shape)
    for side, weight in enumerate((first, 1.0 - first)):
        answers = 1 - side
        mine, theirs, patron = refused[answers][0]
        patron = (1.0 - wars.column("breakdown")) * patron
        leaves = exits[answers] > (mine, theirs)[answers]
        mine, theirs = np.where(leaves, exits[0], mine), np.where(leaves, exits[1], theirs)
        least, most = np.maximum(wars.column("floor"), mine), np.minimum(wars.column("ceiling"), 1.0 - theirs)
        agreed = settles(least, most)
        share = (most, least)[side]
        settled = np.stack([share, 1.0 - share, wars.column("favour") * (1.0 - share)])
        result += weight * np.where(agreed, settled, np.stack([mine, theirs, np.where(leaves, 0.0, patron)]))
        plan.share[t, side] = np.where(agreed, share, np.nan)
        plan.leaves[t, side] = leaves & ~agreed
    return result


def _settling(wars: Wars, plan: _Plan, here: tuple[Numbers, slice, int, Numbers]) -> Array:
    """The chance that the first offer settles it with the front where it starts."""
    if not wars.rounds:
        return np.zeros((len(wars.sets), len(wars.rules)))
    first = wars.proposer[:, 0, np.newaxis]
    agreed = [~np.isnan(plan.share[0, side][here]) for side in (0, 1)]
    return np.asarray(first * agreed[0] + (1.0 - first) * agreed[1])


def _before_talks(wars: Wars, ahead: Array, passed: int) -> Array:
    """Put a round that is fought without offers before the values, in the draws where so many pass before the talks."""
    result = ahead.copy()
    result[..., 1:-1] = _fought(wars, ahead, 0)
    return np.where(wars.column("opening") > passed, result, ahead)


def _followed(wars: Wars, plan: _Plan, memory: tuple[Numbers, Numbers, Flags]) -> dict[str, Array]:
    """Walk through all rounds, with the chance of being in each state at each place."""
    acts, follows, possible = memory
    shape = plan.share.shape[2:] if wars.rounds else (len(wars.sets), len(wars.rules), acts.shape[2], 0)
    chance = np.zeros((*shape[:3], wars.terminal.shape[2]))
    chance[np.arange(shape[0]), :, 0, wars.number["start"].astype(np.int64)] = 1.0
    count = shape[:2]
    found = {name: np.zeros(count) for name in ("left", "broken", "fighting", "carried_out", "gain_on_path")}
    won, times, shared = np.zeros((2, *count)), np.zeros((*count, wars.rounds)), np.zeros(count)
    opening = int(wars.number["opening"].max(initial=0.0))
    for passed in range(opening):
        waits = wars.column("opening") > passed
        fought = np.where(waits, chance, 0.0)
        found["fighting"] += fought.sum(axis=(2, 3))
        chance = np.where(waits, 0.0, chance) + _moved(wars, fought, np.zeros(count[1], dtype=np.int64), won)
    breaks = wars.column("breakdown")[..., 0, 0]
    for t in range(wars.rounds):
        then = np.zeros_like(chance)
        first = wars.proposer[:, t % wars.proposer.shape[1], np.newaxis, np.newaxis, np.newaxis]
        for side, offers in enumerate((first, 1.0 - first)):
            weight = offers * chance
            agreed, leaves = ~np.isnan(plan.share[t, side]), plan.leaves[t, side]
            times[..., t] += np.where(agreed, weight, 0.0).sum(axis=(2, 3))
            shared += np.where(agreed, weight * np.nan_to_num(plan.share[t, side]), 0.0).sum(axis=(2, 3))
            found["left"] += np.where(leaves, weight, 0.0).sum(axis=(2, 3))
            refused = np.where(agreed | leaves, 0.0, weight)
            tempting = np.where(refused > 0, plan.gain[t, side], -np.inf).max(axis=(2, 3))
            found["gain_on_path"] = np.maximum(found["gain_on_path"], tempting)
            found["broken"] += breaks * refused.sum(axis=(2, 3))
            refused *= (1.0 - breaks)[..., np.newaxis, np.newaxis]
            found["fighting"] += refused.sum(axis=(2, 3))
            for state in range(chance.shape[2]):
                own = acts[:, t, state, 1 - side]
                found["carried_out"] += np.where(own > 0, refused[:, :, state].sum(axis=2), 0.0)
                moved = _moved(wars, refused[:, :, [state]], own, won)[:, :, 0]
                for rule in range(count[1]):
                    then[:, rule, follows[rule, state, 1 - side]] += moved[:, rule]
        chance = then
    agreement = times.sum(axis=2)
    nodes = possible.transpose(1, 0, 2)[:, np.newaxis, np.newaxis, :, :, np.newaxis]
    anywhere = np.where(nodes, plan.gain, 0.0).max(axis=(0, 1, 4, 5), initial=0.0)
    return {
        **found,
        "won": won,
        "settlement_time": times,
        "share": np.divide(shared, agreement, out=np.full(count, np.nan), where=agreement > 0),
        "deadline": chance.sum(axis=(2, 3)),
        "gain_anywhere": anywhere,
    }


def _moved(wars: Wars, chance: Array, chosen: Numbers, won: Array) -> Array:
    """Where a round of fighting under these lever sets (rule) leads; victories are taken off and added to `won`."""
    up, down = (wars.sets[:, chosen, each][:, :, np.newaxis, np.newaxis] for each in (0, 1))
    result = (1.0 - up - down) * chance
    result[..., 1:] += up * chance[..., :-1]
    result[..., :-1] += down * chance[..., 1:]
    won[0] += result[..., -1].sum(axis=2)
    won[1] += result[..., 0].sum(axis=2)
    result[..., [0, -1]] = 0.0
    return np.asarray(result)
