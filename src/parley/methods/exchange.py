"""Exchanges of positions, step by step: `one_round` is the main name.

Two parties on opposite sides of the outcome on two issues trade: each moves towards the other on the issue that matters
less to it, in exchange for the other's move on the issue that matters more. The model is that of
[StokmanVanOosten1994]_; where it leaves a choice, or the open program Decide takes another, `Rules` names it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parley.methods.exchange_terms import Dice, Offer, Rules, Trade, largest_gains

__all__ = ["Table", "next_positions", "one_round"]

Array = NDArray[np.float64]

SMALL = 1e-10
"""Moves (points) and gains up to this are none."""

SAME = 1e-9
"""Points by which a position and an outcome may differ and still count as the same."""

TIE = 1e-12
"""Gains that differ by less, relative to 1 + gain, are equal."""

SALIENCE_WEIGHT, FIXED_WEIGHT = 0.4, 0.1
"""Where positions follow votes into the next round in part, they follow by the share .4 (1 - s) + .1, as in Decide."""


def one_round(position: Array, salience: Array, weight: Array, rules: Rules, dice: Dice) -> tuple[Array, list[Trade]]:
    """Let the parties trade, the trade with the highest gain first, until nobody gains by another.

    Parameters
    ----------
    position, salience, weight : arrays, shape (party, issue)
        Points 0..100, NaN where a party takes no position; 0..1; >= 0 and 0 where it takes none.
    rules : the choices
    dice : for what is left to chance

    Returns
    -------
    Voting positions after the round, shape (party, issue), and the trades in their order.
    """
    table = Table(position=position, salience=salience, weight=weight, rules=rules)
    offers = [offer for offer in table.offers() if table.priced(offer)]
    trades = []
    while offers:
        chosen = _best(offers, rules, dice)
        offers = [offer for offer in offers if offer is not chosen]
        trades.append(table.make(chosen, dice))
        offers = [offer for offer in offers if table.holds(offer, chosen)]
    return table.votes, trades


def _best(offers: list[Offer], rules: Rules, dice: Dice) -> Offer:
    chosen, ties = offers[0], 1
    for offer in offers[1:]:
        slack = TIE * (1 + chosen.gain)
        if offer.gain > chosen.gain + slack:
            chosen, ties = offer, 1
        elif rules.random_ties and offer.gain >= chosen.gain - slack:
            ties += 1
            if dice.roll() * ties < 1:
                chosen = offer
    return chosen


@dataclass(slots=True, kw_only=True, eq=False)
class Table:
    """A round while it is played.

    Attributes
    ----------
    position : what the parties want, shape (party, issue), fixed in the round
    salience, weight : arrays, shape (party, issue)
    rules : the choices
    votes : where they stand by now, shape (party, issue)
    total : W, the sum of weights, shape (issue,)
    now : outcomes after all trades made so far, shape (issue,)
    side : -1, 0, 1: left of that outcome, at it or without a position, right of it; shape (party, issue)
    seen : first vote of a supplier that a demander has bought, shape (demander, issue, supplier); NaN where none
    """

    position: Array
    salience: Array
    weight: Array
    rules: Rules
    votes: Array = field(init=False)
    total: Array = field(init=False)
    now: Array = field(init=False)
    side: NDArray[np.intp] = field(init=False)
    seen: Array = field(init=False)

    def __post_init__(self) -> None:
        parties, issues = self.position.shape
        self.votes, self.total = self.position.copy(), self.weight.sum(axis=0)
        self.now = self._outcomes()
        apart = np.nan_to_num(self.position - self.now)
        self.side = np.where(apart > SAME, 1, np.where(apart < -SAME, -1, 0))
        if self.rules.left_at_outcome:
            self.side[(self.side == 0) & ~np.isnan(self.position)] = -1
        self.seen = np.full((parties, issues, parties), np.nan)

    def offers(self) -> list[Offer]:
        """Everybody who may trade: parties on opposite sides of both outcomes, with power over what they supply.

        i is the one to whom p matters less, relative to q: s_ip / s_iq < s_jp / s_jq.
        """
        s, w, found = self.salience, self.weight, []
        parties, issues = self.position.shape
        for p in range(issues):
            for q in range(p + 1, issues):
                for a, b in self._opposed(p, q, parties):
                    i, j = (a, b) if s[a, p] * s[b, q] < s[b, p] * s[a, q] else (b, a)
                    if w[i, p] > 0 and w[j, q] > 0:
                        found.append(Offer(i=i, j=j, p=p, q=q))
        return found

    def _opposed(self, p: int, q: int, parties: int) -> list[tuple[int, int]]:
        at = [(int(self.side[k, p]), int(self.side[k, q])) for k in range(parties)]
        return [
            (a, b)
            for first, second in (((1, 1), (-1, -1)), ((-1, 1), (1, -1)))
            for a in range(parties)
            if at[a] == first
            for b in range(parties)
            if at[b] == second
        ]

    def priced(self, offer: Offer) -> bool:
        """Find the largest equal gain that the parties can reach; False where there is none.

        Outcomes shift so that both gain the same: shift_q = shift_p (s_ip + s_jp) / (s_iq + s_jq); nobody goes beyond
        the other's position, nor does an outcome beyond the position of who demanded it.
        """
        i, j, p, q, s = offer.i, offer.j, offer.p, offer.q, self.salience
        ratio = (s[i, p] + s[j, p]) / (s[i, q] + s[j, q])
        rooms = self._room(i, j, p), self._room(j, i, q)
        if min(*rooms, ratio) <= 0:
            return False
        offer.shift_p = min(rooms[0], rooms[1] / ratio)
        offer.shift_q = offer.shift_p * ratio
        if self._gain(offer) < SMALL or not self._allowed(offer):
            return False
        offer.shift_q = self._kept_back(j, i, q, offer.shift_q)
        offer.shift_p = self._kept_back(i, j, p, offer.shift_q / ratio)
        offer.shift_q = offer.shift_p * ratio
        offer.gain = self._gain(offer)
        return self._allowed(offer)

    def holds(self, offer: Offer, made: Offer) -> bool:
        """Whether an offer still stands after a trade, priced anew if the trade touched it."""
        taken = {(made.i, made.p), (made.j, made.q)}
        supplies = ((offer.i, offer.p), (offer.j, offer.q))
        if self.rules.once and (supplies[0] in taken or supplies[1] in taken):
            return False
        if supplies[0] in taken:
            offer.planned_p += self._move(offer.i, offer.j, offer.p, offer.shift_p)
        if supplies[1] in taken:
            offer.planned_q += self._move(offer.j, offer.i, offer.q, offer.shift_q)
        if self.rules.current_outcome:
            touched = bool({offer.p, offer.q} & {made.p, made.q})
        else:
            demands = {(offer.i, offer.q), (offer.j, offer.p)} & {(made.i, made.q), (made.j, made.p)}
            touched = bool(demands) or supplies[0] in taken or supplies[1] in taken
        return self.priced(offer) if touched else True

    def make(self, offer: Offer, dice: Dice) -> Trade:
        """Make a trade: both move, and everybody feels the outcomes shift."""
        i, j, p, q, s = offer.i, offer.j, offer.p, offer.q, self.salience
        shift_p, shift_q = offer.shift_p, offer.shift_q
        if self.rules.randomness > 0:
            shift_p, shift_q = self._divided(offer, dice)
        before = {p: self._outcome(i, j, p)[0], q: self._outcome(j, i, q)[0]}
        after = {p: before[p] + self._sign(i, j, p) * shift_p, q: before[q] + self._sign(j, i, q) * shift_q}
        begin = float(self.votes[i, p]), float(self.votes[j, q])
        end = self._end(i, j, p, shift_p), self._end(j, i, q, shift_q)
        self.votes[i, p], self.votes[j, q] = end
        self.now = self._outcomes()
        for demander, issue, supplier in ((j, p, i), (i, q, j)):
            if np.isnan(self.seen[demander, issue, supplier]):
                self.seen[demander, issue, supplier] = self.votes[supplier, issue]
        gains = s[i, q] * shift_q - s[i, p] * shift_p, s[j, p] * shift_p - s[j, q] * shift_q
        external, effect = self._felt(offer, gains, before, after)
        return Trade(
            i=i, j=j, p=p, q=q, begin=begin, end=end, gain=offer.gain, gains=gains, external=external, effect=effect
        )

    def _felt(
        self, offer: Offer, gains: tuple[float, float], before: dict[int, float], after: dict[int, float]
    ) -> tuple[Array, NDArray[np.intp]]:
        """What a trade gives everybody: how much nearer the outcomes come, times salience."""
        x, s, pair = self.position, self.salience, [offer.p, offer.q]
        nearer = sum(s[:, d] * np.nan_to_num(np.abs(before[d] - x[:, d]) - np.abs(after[d] - x[:, d])) for d in pair)
        external = np.array(nearer, dtype=np.float64)
        external[np.abs(external) <= SMALL] = 0.0
        inner = np.zeros(external.size, dtype=bool)
        for trader in (offer.i, offer.j):
            inner |= (self.side[:, pair] == self.side[trader, pair]).all(axis=1)
        effect = np.where(inner, 1, 3) + (external < 0)
        effect[external == 0] = 0
        external[[offer.i, offer.j]], effect[[offer.i, offer.j]] = gains, 5
        return external, effect

    def _divided(self, offer: Offer, dice: Dice) -> tuple[float, float]:
        """Shifts where chance divides the gain: one party, drawn, wins or loses a share of what it can win or lose."""
        i, j, p, q, s = offer.i, offer.j, offer.p, offer.q, self.salience
        u, v, z = dice.roll(), dice.roll(), dice.roll()
        rooms = self._reach(i, j, p), self._reach(j, i, q)
        most = largest_gains((s[i, p], s[i, q]), (s[j, p], s[j, q]), rooms)[0 if u < 0.5 else 1]
        step = self.rules.randomness * z
        wanted = offer.gain + step * (most - offer.gain) if v < 0.5 else offer.gain * (1 - step)
        if u < 0.5:
            back = (wanted + s[i, p] * rooms[0]) / s[i, q]
            return (rooms[0], back) if back <= rooms[1] else ((s[i, q] * rooms[1] - wanted) / s[i, p], rooms[1])
        back = (wanted + s[j, q] * rooms[1]) / s[j, p]
        return (back, rooms[1]) if back <= rooms[0] else (rooms[0], (s[j, p] * rooms[0] - wanted) / s[j, q])

    def _gain(self, offer: Offer) -> float:
        """What i gains: s_iq shift_q - s_ip shift_p, and at these shifts j gains the same."""
        s = self.salience
        return float(s[offer.i, offer.q] * offer.shift_q - s[offer.i, offer.p] * offer.shift_p)

    def _sign(self, supplier: int, demander: int, issue: int) -> float:
        return 1.0 if self.position[demander, issue] > self.position[supplier, issue] else -1.0

    def _move(self, supplier: int, demander: int, issue: int, shift: float) -> float:
        """The supplier's move that shifts the outcome so far: shift W / w, with its sign."""
        move = shift * self.total[issue] / self.weight[supplier, issue]
        return float(self._sign(supplier, demander, issue) * move)

    def _end(self, supplier: int, demander: int, issue: int, shift: float) -> float:
        """Where the supplier votes after its move: exactly at the demander's position if it goes all the way."""
        end = float(self.votes[supplier, issue]) + self._move(supplier, demander, issue, shift)
        wanted = float(self.position[demander, issue])
        return wanted if abs(end - wanted) <= SAME else end

    def _room(self, supplier: int, demander: int, issue: int) -> float:
        """How far the outcome shifts if the supplier goes all the way to the demander: w |x - y| / W; <= 0: no room.

        With the current outcome they must still stand on either side of it, so that the gain and the loss are real.
        """
        sign, wanted = self._sign(supplier, demander, issue), self.position[demander, issue]
        distance = sign * (wanted - self.votes[supplier, issue])
        if self.rules.current_outcome:
            outcome = self._outcome(supplier, demander, issue)[0]
            lost = sign * (outcome - self.position[supplier, issue])
            if sign * (wanted - outcome) <= SAME or lost < -SAME:
                return 0.0
        return float(distance * self.weight[supplier, issue] / self.total[issue]) if distance > SMALL else 0.0

    def _reach(self, supplier: int, demander: int, issue: int) -> float:
        """The same, kept back where the outcome would go beyond the demander."""
        room, sign = self._room(supplier, demander, issue), self._sign(supplier, demander, issue)
        ahead = sign * (self.position[demander, issue] - self._outcome(supplier, demander, issue)[0])
        return float(min(room, ahead)) if ahead > SAME else room

    def _kept_back(self, supplier: int, demander: int, issue: int, shift: float) -> float:
        """A shift cut where it would carry the outcome beyond the demander's position."""
        before, measured = self._outcome(supplier, demander, issue)
        sign, wanted = self._sign(supplier, demander, issue), self.position[demander, issue]
        ahead = sign * (wanted - before)
        return float(abs(wanted - measured)) if SAME < ahead < shift - SAME else shift

    def _allowed(self, offer: Offer) -> bool:
        moves = (
            (self._move(offer.i, offer.j, offer.p, offer.shift_p), offer.planned_p, self.votes[offer.i, offer.p]),
            (self._move(offer.j, offer.i, offer.q, offer.shift_q), offer.planned_q, self.votes[offer.j, offer.q]),
        )
        for move, planned, vote in moves:
            if abs(move) <= SMALL or not -SAME <= vote + move <= 100 + SAME:
                return False
            if self.rules.capped and planned + move > 100 + SAME:
                return False
        return True

    def _outcomes(self) -> Array:
        pulled = (self.weight * np.nan_to_num(self.votes)).sum(axis=0)
        result: Array = np.divide(pulled, self.total, out=np.full(self.total.shape, np.nan), where=self.total > 0)
        return result

    def _outcome(self, supplier: int, demander: int, issue: int) -> tuple[float, float]:
        """The outcome by which a trade is judged, and the same with the supplier's vote as the demander last saw it."""
        if self.rules.current_outcome:
            return float(self.now[issue]), float(self.now[issue])
        seen, vote = self.seen[demander, issue], self.votes[supplier, issue]
        known = np.where(np.isnan(seen), self.position[:, issue], seen)
        known[supplier] = vote
        before = float((self.weight[:, issue] * np.nan_to_num(known)).sum() / self.total[issue])
        if np.isnan(seen[supplier]):
            return before, before
        return before, float(before + (seen[supplier] - vote) * self.weight[supplier, issue] / self.total[issue])


def next_positions(position: Array, votes: Array, salience: Array, rules: Rules) -> Array:
    """Where parties stand in the next round: at their votes, or part of the way, less the more they care."""
    if not rules.partly:
        return votes.copy()
    result: Array = position + (votes - position) * ((1 - salience) * SALIENCE_WEIGHT + FIXED_WEIGHT)
    return result
