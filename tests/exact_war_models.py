"""Slow solvers of wars with levers, hidden types and truces: recursion in exact fractions, rule by rule.

`ExactLevers` has a patron who answers rejections, `ExactTypes` a side B of two types, `ExactTruce` settlements that can
be broken. They share no code with the library, nor with one another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

__all__ = ["ExactLevers", "ExactTruce", "ExactTypes"]

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(eq=False)
class ExactLevers:
    """A patron answers the last rejection.

    `sets` maps None (the start), "A" and "B" (who rejected) to (up, down, cost of A, cost of B, cost of the patron);
    `lag` is 0 or 1; `terminal` lists payoffs of both by place; `favour` and `patience` are the patron's.
    """

    last: int
    rounds: int
    sets: dict
    lag: int
    discount: tuple
    proposer: tuple
    terminal: list
    floor: Fraction
    ceiling: Fraction
    favour: Fraction = ZERO
    patience: Fraction = ONE
    known: dict = field(default_factory=dict)

    def governs(self, f, j):
        return j if self.lag == 0 else f

    def after(self, f, j):
        return None if self.lag == 0 else j

    def value(self, t, k, f=None):
        """Values of A, of B and of the patron at the start of round t."""
        if k == 0:
            return ZERO, ONE, self.favour
        if k == self.last:
            return ONE, ZERO, ZERO
        if t == self.rounds:
            return (*self.terminal[k], ZERO)
        if (t, k, f) not in self.known:
            q = self.proposer[t % len(self.proposer)]
            by_a, by_b = self.node(t, k, f, "A"), self.node(t, k, f, "B")
            self.known[t, k, f] = tuple(q * a + (1 - q) * b for a, b in zip(by_a[0], by_b[0], strict=True))
        return self.known[t, k, f]

    def fought(self, t, k, f, j, governs):
        """Payoffs of A, B and the patron where j has rejected and this set governs the battle."""
        up, down, *costs = self.sets[governs]
        discounts = (*self.discount, self.patience)
        nexts = [self.value(t + 1, place, self.after(f, j)) for place in (k + 1, k - 1, k)]
        chances = (up, down, 1 - up - down)
        return tuple(
            -costs[i] + discounts[i] * sum(c * n[i] for c, n in zip(chances, nexts, strict=True)) for i in (0, 1, 2)
        )

    def node(self, t, k, f, proposer):
        """Payoffs where this side proposes, and the share agreed or None."""
        j = "B" if proposer == "A" else "A"
        r_a, r_b, r_patron = self.fought(t, k, f, j, self.governs(f, j))
        if proposer == "A":
            x = min(self.ceiling, 1 - r_b)
            agreed = x >= self.floor and x >= r_a
        else:
            x = max(self.floor, r_a)
            agreed = x <= self.ceiling and 1 - x >= r_b
        return ((x, 1 - x, self.favour * (1 - x)), x) if agreed else ((r_a, r_b, r_patron), None)

    def gain(self, t, k, f, j):
        """What the patron gains by its best other lever set at the node where j has rejected."""
        own = self.governs(f, j)
        kept = self.fought(t, k, f, j, own)[2]
        return max(self.fought(t, k, f, j, other)[2] for other in self.sets if other != own) - kept


@dataclass(eq=False)
class ExactTypes:
    """A proposes to a B of two types; `cost` is of A, tough B, weak B. Beliefs are the prior and 1."""

    last: int
    rounds: int
    up: Fraction
    down: Fraction
    cost: tuple
    discount: tuple
    terminal: list
    floor: Fraction
    ceiling: Fraction
    prior: Fraction
    known: dict = field(default_factory=dict)

    def value(self, t, k, b):
        """Values of A, of a tough and of a weak B."""
        if k == 0:
            return ZERO, ONE, ONE
        if k == self.last:
            return ONE, ZERO, ZERO
        if t == self.rounds:
            return self.terminal[k]
        if (t, k, b) not in self.known:
            self.known[t, k, b] = self.node(t, k, b)[0]
        return self.known[t, k, b]

    def rejected(self, t, k, b):
        discounts = (self.discount[0], self.discount[1], self.discount[1])
        moves = ((self.up, k + 1), (self.down, k - 1), (1 - self.up - self.down, k))
        return tuple(
            -self.cost[i] + discounts[i] * sum(c * self.value(t + 1, place, b)[i] for c, place in moves)
            for i in (0, 1, 2)
        )

    def node(self, t, k, b):
        """Payoffs, and which of POOL, SCREEN and HOLD side A chooses."""
        held, shown = self.rejected(t, k, b), self.rejected(t, k, ONE)
        pool, screen = min(self.ceiling, 1 - max(shown[1], shown[2])), min(self.ceiling, 1 - shown[2])
        found = []
        if pool >= self.floor:
            found.append(((pool, 1 - pool, 1 - pool), "pool"))
        if b < 1 and screen > pool and screen >= self.floor:
            found.append((((1 - b) * screen + b * shown[0], shown[1], 1 - screen), "screen"))
        found.append((held, "hold"))
        return max(found, key=lambda each: each[0][0])

    def ends(self, t, k, b, tough):
        """Probabilities that an agreement is made in each round, for one type of B."""
        if k in (0, self.last) or t == self.rounds:
            return {}
        _, choice = self.node(t, k, b)
        if choice == "pool" or (choice == "screen" and not tough):
            return {t: ONE}
        belief, result = (ONE if choice == "screen" else b), {}
        for chance, place in ((self.up, k + 1), (self.down, k - 1), (1 - self.up - self.down, k)):
            for when, each in self.ends(t + 1, place, belief, tough).items():
                result[when] = result.get(when, ZERO) + chance * each
        return result


@dataclass(eq=False)
class ExactTruce:
    """A truce shares each round's pie and can be broken; `d` is the discount of both."""

    last: int
    rounds: int
    up: Fraction
    down: Fraction
    cost: tuple
    d: Fraction
    proposer: tuple
    floor: Fraction
    ceiling: Fraction
    shares: tuple
    peace_up: Fraction
    peace_down: Fraction
    penalty: tuple
    loss: Fraction
    standstill: bool = False

    def __post_init__(self):
        self.value, self.signed, self.in_force = cache(self.value), cache(self.signed), cache(self.in_force)
        self.war, self.at_war, self.at_peace = cache(self.war), cache(self.at_war), cache(self.at_peace)

    @property
    def for_ever(self):
        return 1 / (1 - self.d)

    def value(self, t, k):
        if k == 0:
            return ZERO, self.for_ever
        if k == self.last:
            return self.for_ever, ZERO
        if t == self.rounds:
            rest = self.for_ever * (1 - self.loss)
            return rest * Fraction(k, self.last), rest * (1 - Fraction(k, self.last))
        q = self.proposer[t % len(self.proposer)]
        by_a, by_b = self.node(t, k, 0), self.node(t, k, 1)
        return tuple(q * by_a[0][i] + (1 - q) * by_b[0][i] for i in (0, 1))

    def war(self, t, k):
        """A battle in round t and what follows."""
        held = (Fraction(k, self.last), 1 - Fraction(k, self.last))
        moves = ((self.up, k + 1), (self.down, k - 1), (1 - self.up - self.down, k))
        return tuple(
            (1 - self.loss) * held[i] - self.cost[i] + self.d * sum(c * self.value(t + 1, p)[i] for c, p in moves)
            for i in (0, 1)
        )

    def signed(self, t, m, x):
        """A truce that holds in round t."""
        if t == self.rounds:
            return self.for_ever * x, self.for_ever * (1 - x)
        inside = range(1, self.last)
        moves = (
            (self.peace_up, m + 1 if m + 1 in inside else m),
            (self.peace_down, m - 1 if m - 1 in inside else m),
            (1 - self.peace_up - self.peace_down, m),
        )
        return tuple(
            (x, 1 - x)[i] + self.d * sum(c * self.in_force(t + 1, p, x)[0][i] for c, p in moves) for i in (0, 1)
        )

    def in_force(self, t, m, x):
        """A truce at the start of round t, and who breaks it."""
        held = self.signed(t, m, x)
        if t == self.rounds:
            return held, ""
        fight = self.war(t, m)
        who = "".join("AB"[i] for i in (0, 1) if fight[i] - self.penalty[i] > held[i])
        if who == "":
            return held, who
        if who == "AB":
            return tuple(fight[i] - self.penalty[i] / 2 for i in (0, 1)), who
        return tuple(fight[i] - (self.penalty[i] if "AB"[i] == who else 0) for i in (0, 1)), who

    def node(self, t, k, i):
        """Payoffs where side i proposes, and the share signed or None."""
        fight, j = self.war(t, k), 1 - i
        offers = [(self.signed(t, k, x), x) for x in self.shares if self.settled(x) or self.stands(k, x)]
        offers = [(y, x) for y, x in offers if y[j] >= fight[j]]
        if offers:
            y, x = max(offers, key=lambda each: (each[0][i], each[0][j], -each[1]))
            if y[i] >= fight[i]:
                return y, x
        return fight, None

    def settled(self, x):
        """Whether a share is within both red lines."""
        return self.floor <= x <= self.ceiling

    def stands(self, k, x):
        """Whether a share is that of a standstill, and those may be signed."""
        return self.standstill and x == Fraction(k, self.last)

    def at_war(self, t, k, before):
        """Chances of no agreement, temporary truce, frozen conflict, lasting peace; `before`: something was signed."""
        if t == self.rounds or k in (0, self.last):
            return (ZERO, ONE, ZERO, ZERO) if before else (ONE, ZERO, ZERO, ZERO)
        q, ends = self.proposer[t % len(self.proposer)], []
        for i in (0, 1):
            x = self.node(t, k, i)[1]
            ends.append(self.battle(t, k, before) if x is None else self.rest(t, k, x))
        return tuple(q * one + (1 - q) * other for one, other in zip(*ends, strict=True))

    def battle(self, t, k, before):
        moves = ((self.up, k + 1), (self.down, k - 1), (1 - self.up - self.down, k))
        return mixed((chance, self.at_war(t + 1, p, before)) for chance, p in moves)

    def rest(self, t, m, x):
        """A round of peace, after which power moves."""
        inside = range(1, self.last)
        up, down = (m + 1 if m + 1 in inside else m), (m - 1 if m - 1 in inside else m)
        moves = ((self.peace_up, up), (self.peace_down, down), (1 - self.peace_up - self.peace_down, m))
        return mixed((chance, self.at_peace(t + 1, p, x)) for chance, p in moves)

    def at_peace(self, t, m, x):
        if t == self.rounds:
            return (ZERO, ZERO, ZERO, ONE) if self.settled(x) else (ZERO, ZERO, ONE, ZERO)
        return self.rest(t, m, x) if self.in_force(t, m, x)[1] == "" else self.battle(t, m, True)


def mixed(parts):
    """Chances weighed by chances."""
    parts = list(parts)
    return tuple(sum(chance * each[i] for chance, each in parts) for i in range(4))
