"""A second, slow solver of bargaining while fighting: recursion in exact fractions. `ExactWar` is the main name.

It shares no code with the library and follows the rules of the game one by one, as a player would read them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

__all__ = ["ExactWar", "exactly_fought_out"]

Pair = tuple[Fraction, Fraction]


@dataclass
class ExactWar:
    """One game; every number a `Fraction`.

    Attributes
    ----------
    last : the last place of the front, K
    rounds : rounds with an offer
    up, down : chances that the front moves
    cost, discount : of the two sides
    proposer : chances that side A proposes, repeating
    terminal : payoffs of both sides at each place after the last round
    floor, ceiling : red lines; None for no bound
    outside : what both get if a responder walks out; None if nobody can
    breakdown, broken : chance that talks break down after a rejection, and what both then get
    """

    last: int
    rounds: int
    up: Fraction
    down: Fraction
    cost: Pair
    discount: Pair
    proposer: tuple[Fraction, ...]
    terminal: list[Pair]
    floor: Fraction | None = Fraction(0)
    ceiling: Fraction | None = Fraction(1)
    outside: Pair | None = None
    breakdown: Fraction = Fraction(0)
    broken: Pair = (Fraction(0), Fraction(0))
    known: dict = field(default_factory=dict)

    def value(self, t, k):
        """What the game is worth to both sides at the start of round t with the front at k."""
        if k == 0:
            return Fraction(0), Fraction(1)
        if k == self.last:
            return Fraction(1), Fraction(0)
        if t == self.rounds:
            return self.terminal[k]
        if (t, k) not in self.known:
            of_a, of_b = self.node(t, k, 0)[0], self.node(t, k, 1)[0]
            q = self.proposer[t % len(self.proposer)]
            self.known[t, k] = tuple(q * a + (1 - q) * b for a, b in zip(of_a, of_b, strict=True))
        return self.known[t, k]

    def rejection(self, t, k):
        """What both get if the offer of round t is rejected: the talks break down, or the round is fought."""
        ahead = [(self.up, k + 1), (self.down, k - 1), (1 - self.up - self.down, k)]
        fought = [
            -self.cost[i] + self.discount[i] * sum(chance * self.value(t + 1, place)[i] for chance, place in ahead)
            for i in (0, 1)
        ]
        return tuple(self.breakdown * self.broken[i] + (1 - self.breakdown) * fought[i] for i in (0, 1))

    def node(self, t, k, proposer):
        """Payoffs of both, and what happens (`settle`, `walk out`, `fight`), where this side makes the offer."""
        after, then = self.rejection(t, k), "fight"
        responder = 1 - proposer
        if self.outside is not None and self.outside[responder] > after[responder]:
            after, then = self.outside, "walk out"
        if proposer == 0:
            share = 1 - after[1] if self.ceiling is None else min(self.ceiling, 1 - after[1])
            agreed = share >= after[0] and (self.floor is None or share >= self.floor)
        else:
            share = after[0] if self.floor is None else max(self.floor, after[0])
            agreed = 1 - share >= after[1] and (self.ceiling is None or share <= self.ceiling)
        return ((share, 1 - share), "settle") if agreed else (after, then)

    def ends(self, t, k):
        """Probabilities of every end by name, with the round for settlements, and expected rounds of fighting."""
        if k in (0, self.last):
            return {"win" if k else "lose": Fraction(1)}, Fraction(0)
        if t == self.rounds:
            return {"deadline": Fraction(1)}, Fraction(0)
        q = self.proposer[t % len(self.proposer)]
        chances, fighting = {}, Fraction(0)
        for proposer, weight in ((0, q), (1, 1 - q)):
            _, then = self.node(t, k, proposer)
            if then != "fight":
                name = ("settle", t) if then == "settle" else then
                chances[name] = chances.get(name, Fraction(0)) + weight
                continue
            if self.breakdown:
                chances["break"] = chances.get("break", Fraction(0)) + weight * self.breakdown
                weight *= 1 - self.breakdown
            fighting += weight
            for move, place in ((self.up, k + 1), (self.down, k - 1), (1 - self.up - self.down, k)):
                later, rounds = self.ends(t + 1, place) if move else ({}, Fraction(0))
                fighting += weight * move * rounds
                for name, chance in later.items():
                    chances[name] = chances.get(name, Fraction(0)) + weight * move * chance
        return chances, fighting


def exactly_fought_out(last, up, down, cost, discount):
    """Payoffs of fighting to the finish at each place, by Gauss-Jordan elimination."""
    columns = []
    for i in (0, 1):
        ends = (Fraction(i), Fraction(1 - i))
        rows = [[Fraction(0)] * (last + 1) + [Fraction(0)] for _ in range(last + 1)]
        rows[0][0] = rows[last][last] = Fraction(1)
        rows[0][-1], rows[last][-1] = ends
        for k in range(1, last):
            rows[k][k] = 1 - discount[i] * (1 - up - down)
            rows[k][k + 1] -= discount[i] * up
            rows[k][k - 1] -= discount[i] * down
            rows[k][-1] = -cost[i]
        for pivot in range(last + 1):
            chosen = next(r for r in range(pivot, last + 1) if rows[r][pivot] != 0)
            rows[pivot], rows[chosen] = rows[chosen], rows[pivot]
            rows[pivot] = [entry / rows[pivot][pivot] for entry in rows[pivot]]
            for r in range(last + 1):
                if r != pivot and rows[r][pivot]:
                    factor = rows[r][pivot]
                    rows[r] = [a - factor * b for a, b in zip(rows[r], rows[pivot], strict=True)]
        columns.append([row[-1] for row in rows])
    return list(zip(*columns, strict=True))
