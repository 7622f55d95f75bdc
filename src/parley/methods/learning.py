"""Learning by fighting: side A offers, and battles tell it whom it is fighting. `learn` is the main name.

Side B is tough or weak. The two differ in what a round of fighting costs side B and in how the front moves, so that
each battle says something about the type. Where they differ in cost alone, battles teach nothing.

Source
------
In the spirit of [FilsonWerner2002]_ and [Slantchev2003]_; the menu of three offers is ours, and selects an equilibrium.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import TIE

__all__ = ["HOLD", "POOL", "SCREEN", "Doubt", "Learning", "learn", "updated"]

POOL, SCREEN, HOLD = "pool", "screen", "hold"

_Node = tuple[float, float, float, str, float]
"""Values of side A, of a tough and of a weak side B, what side A does, and the share that it offers."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Doubt:
    """A war in which side A makes all offers and does not know side B's type.

    Attributes
    ----------
    rounds : number of rounds with an offer, >= 0
    up, down : chance per battle that the front moves towards side A's or side B's victory, by type (tough, weak)
    cost_a : what a round of fighting costs side A, in shares of the pie
    cost_b : what it costs side B, by type (tough, weak)
    discount_a, discount_b : what a payoff one round later is worth now, 0..1
    floor, ceiling : the shares of side A's between which an agreement must lie
    terminal : payoffs after the last round by side B's type, shape (type, side, place), such as those of
        `methods.war.fight_to_finish`; the ends are military outcomes, and the last place is side A's victory
    """

    rounds: int
    up: tuple[float, float]
    down: tuple[float, float]
    cost_a: float
    cost_b: tuple[float, float]
    discount_a: float
    discount_b: float
    floor: float = 0.0
    ceiling: float = 1.0
    terminal: NDArray[np.float64]

    @property
    def stays(self) -> tuple[float, float]:
        """Chance per battle that the front stays where it is, by type."""
        return 1 - self.up[0] - self.down[0], 1 - self.up[1] - self.down[1]

    @property
    def last(self) -> int:
        """The place of the front at which side A has won."""
        return int(self.terminal.shape[2]) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """What comes of it.

    Attributes
    ----------
    value_a : what the game is worth to side A
    value_b : what it is worth to side B, by type
    offer : what side A does first: `pool` (an offer that both types accept), `screen` (one that only the weak accepts)
        or `hold` (one that nobody accepts)
    share : side A's share in that offer; NaN where it holds
    settles : chance that the war ends by agreement in each round, shape (round,), seen from side A's belief
    belief : side A's expected belief that side B is tough at the start of each round while the war goes on, shape
        (round,); NaN where it is over for sure
    """

    value_a: float
    value_b: tuple[float, float]
    offer: str
    share: float
    settles: tuple[float, ...]
    belief: tuple[float, ...]


def updated(belief: float, tough: float, weak: float) -> float:
    """Bayes' rule: the belief that side B is tough after something that each type makes happen with this chance.

    Parameters
    ----------
    belief : the belief before, 0..1
    tough, weak : the chance of what happened if side B is tough, or weak

    Returns
    -------
    The belief after; the belief before where neither type makes it happen.
    """
    total = belief * tough + (1 - belief) * weak
    # Battles in another order teach the same: beliefs that differ in their last digits are one
    return belief if total == 0 else round(belief * tough / total, 12)


def learn(doubt: Doubt, *, place: int, belief: float) -> Learning:
    """Solve the game backward from the last round, from one place of the front and one belief.

    In each round side A picks what is best for it: an offer that both types accept (pool), one that only the weak type
    accepts, for which it is as good as to be taken for tough (screen; whoever refuses it is believed to be tough), or
    none that anybody accepts (hold; only the battle teaches then). Ties fall in this order.

    Parameters
    ----------
    doubt : the game
    place : where the front stands, between its ends
    belief : side A's belief that side B is tough, 0..1

    Returns
    -------
    Learning
    """

    @cache
    def node(round_: int, k: int, b: float) -> _Node:
        if round_ == doubt.rounds or k in (0, doubt.last):
            (a_tough, tough), (a_weak, weak) = doubt.terminal[:, :, k].tolist()
            return b * a_tough + (1 - b) * a_weak, tough, weak, "", np.nan
        known = _fight(doubt, lambda j, _: node(round_ + 1, j, 1.0), k, 1.0)
        held = _fight(doubt, lambda j, now: node(round_ + 1, j, now), k, b)
        options = _menu(doubt, b, known, held)
        best = max(option[0] for option in options)
        return next(option for option in options if best - option[0] <= TIE)

    def play(round_: int, k: int, b: float) -> tuple[dict[int, float], dict[int, tuple[float, float]]]:
        """Chances of agreement by round, and by round the chance that the war goes on, with the mean belief."""
        if round_ == doubt.rounds or k in (0, doubt.last):
            return {}, {}
        offer = node(round_, k, b)[3]
        ends = {POOL: 1.0, SCREEN: 1 - b, HOLD: 0.0}[offer]
        settled, seen = {round_: ends}, {round_: (1.0, b)}
        later = 1.0 if offer == SCREEN else b
        if ends < 1:
            for j, chance, now in _battles(doubt, k, later):
                more, beliefs = play(round_ + 1, j, now)
                for when, each in more.items():
                    settled[when] = settled.get(when, 0.0) + (1 - ends) * chance * each
                for when, (mass, mean) in beliefs.items():
                    had, was = seen.get(when, (0.0, 0.0))
                    added = (1 - ends) * chance * mass
                    seen[when] = (had + added, (had * was + added * mean) / (had + added) if had + added else was)
        return settled, seen

    mine, tough, weak, offer, share = node(0, place, belief)
    settled, seen = play(0, place, belief)
    return Learning(
        value_a=mine,
        value_b=(tough, weak),
        offer=offer,
        share=share,
        settles=tuple(settled.get(t, 0.0) for t in range(doubt.rounds)),
        belief=tuple(seen[t][1] if seen.get(t, (0.0,))[0] > 0 else np.nan for t in range(doubt.rounds)),
    )


def _battles(doubt: Doubt, k: int, belief: float) -> list[tuple[int, float, float]]:
    """Where a battle may lead: the place, its chance as side A sees it, and what side A believes then."""
    found = []
    for step, (tough, weak) in ((1, doubt.up), (-1, doubt.down), (0, doubt.stays)):
        chance = belief * tough + (1 - belief) * weak
        if chance > 0:
            found.append((k + step, chance, updated(belief, tough, weak)))
    return found


def _fight(doubt: Doubt, then: Callable[[int, float], _Node], k: int, belief: float) -> tuple[float, float, float]:
    """What a round of fighting is worth to side A, and to a tough and a weak side B, at a belief of side A's."""
    battles = _battles(doubt, k, belief)
    mine = sum(chance * then(j, now)[0] for j, chance, now in battles)
    theirs = [0.0, 0.0]
    for type_ in (0, 1):
        for j, battle in ((k + 1, doubt.up), (k - 1, doubt.down), (k, doubt.stays)):
            if battle[type_] > 0:
                theirs[type_] += battle[type_] * then(j, updated(belief, *battle))[1:3][type_]
    return (
        -doubt.cost_a + doubt.discount_a * mine,
        -doubt.cost_b[0] + doubt.discount_b * theirs[0],
        -doubt.cost_b[1] + doubt.discount_b * theirs[1],
    )


def _menu(doubt: Doubt, b: float, known: tuple[float, float, float], held: tuple[float, float, float]) -> list[_Node]:
    """What side A can do and what it brings, in the order in which ties fall."""
    refused_a, refused_tough, refused_weak = known
    pool = min(doubt.ceiling, 1 - max(refused_tough, refused_weak))
    screen = min(doubt.ceiling, 1 - refused_weak)
    options: list[_Node] = []
    if pool >= doubt.floor:
        options.append((pool, 1 - pool, 1 - pool, POOL, pool))
    if b < 1 and screen > pool + TIE and screen >= doubt.floor:
        options.append(((1 - b) * screen + b * refused_a, refused_tough, 1 - screen, SCREEN, screen))
    return [*options, (*held, HOLD, np.nan)]
