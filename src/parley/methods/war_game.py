"""A war with talks and what may bear on it: levers, a patron's rule, a hidden type, a truce. Main name: `WarGame`.

Players are side A, then side B; where side B has two types, A, B if tough, B if weak. The side that rejected an offer
is 0 (A) or 1 (B). A game without rule, types and truce is that of `parley.methods.war`.

Source
------
The walk and the offers are those of [Smith1998]_, [FilsonWerner2002]_ and [Rubinstein1982]_, the types those of
[Fearon1995]_, the truce that can be broken follows [Powell2006]_. Rules of a patron on the last rejector are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from parley.errors import EngineError
from parley.methods.war import TIE, fight_to_finish, military_outcome

__all__ = [
    "LeverSet",
    "Rule",
    "TerminalRule",
    "Truce",
    "Types",
    "WarGame",
    "after_rejection",
    "as_players",
    "ramp",
    "snap_back",
    "terminal_values",
    "unconditional",
]

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
TerminalRule = Literal["fight_to_finish", "front", "zero", "given"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeverSet:
    """What governs a round of fighting while certain levers are pulled.

    Attributes
    ----------
    up, down : chances that the front moves one place towards A's victory, or B's; up + down <= 1
    cost : what the round costs side A and side B, in shares of the pie
    """

    up: float
    down: float
    cost: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A patron's finite rule: which lever set governs the round after a rejection, and what it remembers.

    Attributes
    ----------
    acts : index of the lever set, by round, state of memory and side that rejected, shape (round, state, side); after
        the last row that row goes on
    follows : state of memory after the rejection, shape (state, side); the first state is the one at the start
    """

    acts: Numbers
    follows: Numbers

    def chosen(self, t: int) -> Numbers:
        """The lever sets of round t, shape (state, side)."""
        return np.asarray(self.acts[min(t, len(self.acts) - 1)])


def unconditional(chosen: int = 0) -> Rule:
    """The same lever set in every round, whatever the sides do."""
    return Rule(acts=np.full((1, 1, 2), chosen), follows=np.zeros((1, 2), dtype=np.int64))


def after_rejection(*, of_a: int = 0, of_b: int = 0, lag: Literal[0, 1] = 0) -> Rule:
    """Answer the last rejection: one lever set where A rejected, another where B did.

    Parameters
    ----------
    of_a, of_b : lever sets that answer a rejection by A, by B; 0 is the first, the set at the start
    lag : 0: the round fought over the rejection is under its answer already; 1: only the next one is
    """
    if lag == 0:
        return Rule(acts=np.array([[[of_a, of_b]]]), follows=np.zeros((1, 2), dtype=np.int64))
    acts = np.repeat(np.array([0, of_a, of_b])[:, np.newaxis], 2, axis=1)
    return Rule(acts=acts[np.newaxis], follows=np.tile([1, 2], (3, 1)))


def ramp(sets: Sequence[int]) -> Rule:
    """One lever set after the other, round by round, whoever rejects; the last one stays."""
    return Rule(
        acts=np.repeat(np.array(sets)[:, np.newaxis, np.newaxis], 2, axis=2), follows=np.zeros((1, 2), dtype=np.int64)
    )


def snap_back(*, side: int, chosen: int) -> Rule:
    """The first lever set until this side rejects once; from that round on, for good, the chosen one."""
    acts, follows = np.zeros((1, 2, 2), dtype=np.int64), np.zeros((2, 2), dtype=np.int64)
    acts[0, 1], acts[0, 0, side] = chosen, chosen
    follows[1], follows[0, side] = 1, 1
    return Rule(acts=acts, follows=follows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Types:
    """Side B is tough or weak and knows which; side A does not.

    Attributes
    ----------
    tough : A's probability at the start that B is tough, 0..1
    cost : what a round of fighting costs a tough and a weak B on top of the lever set's cost; tough <= weak
    posteriors : beliefs strictly between `tough` and 1 that A's offers may lead to; empty: the menu of the model, where
        a weak B passes for tough or gives itself away
    answer : what happens where B makes the offer: `mute` (none is made), or `pooling` (both types make the same one,
        and A's belief stays)
    """

    tough: float
    cost: tuple[float, float]
    posteriors: tuple[float, ...] = ()
    answer: Literal["mute", "pooling"] = "mute"

    @property
    def beliefs(self) -> tuple[float, ...]:
        """All beliefs that A may come to, from that at the start to certainty."""
        return tuple(sorted({self.tough, *self.posteriors, 1.0}))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Truce:
    """A settlement shares what each round yields, and may be broken. Payoffs are then sums over rounds to come.

    Attributes
    ----------
    shares : side A's shares that a truce may give it, rising, shape (share,)
    up, down : chances per round of peace that power moves one place towards A or B; it stays between the ends
    penalty : what breaking the truce costs side A and side B, once
    loss : share of the pie that a round of war destroys, 0..1
    standstill : whether a truce may also be signed in which each side keeps what it holds, share k / K at place k,
        whatever the red lines say, since nothing is given up in it; that share must be one of the shares
    """

    shares: Array
    up: float = 0.0
    down: float = 0.0
    penalty: tuple[float, float] = (0.0, 0.0)
    loss: float = 0.0
    standstill: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WarGame:
    """The whole game.

    Attributes
    ----------
    rounds : rounds with an offer, >= 0
    places : places of the front, 3 at least
    sets : lever sets; the first holds where no rule says otherwise, and after the last round
    discount : what a payoff one round later is worth now to side A and to side B, 0..1
    proposer : chance that side A proposes, round by round; the list repeats
    terminal : what follows the last round: `fight_to_finish`, `front`, `zero` or `given`
    given : with `given`, the payoffs of players at each place, shape (player, place) or (side, place)
    floor, ceiling : red lines of A and of B; -inf and inf for none
    outside : what both get when a responder walks out; None: nobody can
    breakdown, broken : chance that talks break down after a rejection, and what both sides then get
    rule : how lever sets follow rejections
    types : the types of side B; None: everybody knows everything
    truce : how a settlement can be broken; None: it divides a pie of 1 once and for good

    Raises
    ------
    ValueError
        If parts of the game do not fit together; all reasons at once.
    """

    rounds: int
    places: int
    sets: tuple[LeverSet, ...]
    discount: tuple[float, float]
    proposer: tuple[float, ...]
    terminal: TerminalRule = "fight_to_finish"
    given: Array | None = None
    floor: float = 0.0
    ceiling: float = 1.0
    outside: tuple[float, float] | None = None
    breakdown: float = 0.0
    broken: tuple[float, float] = (0.0, 0.0)
    rule: Rule = field(default_factory=unconditional)
    types: Types | None = None
    truce: Truce | None = None

    def __post_init__(self) -> None:
        found = [
            *_faults(self),
            *(_truce_faults(self) if self.truce else ()),
            *(_type_faults(self) if self.types else ()),
        ]
        if found:
            raise ValueError("; ".join(found))

    @property
    def players(self) -> int:
        """Side A and side B, or A and the two types of B."""
        return 3 if self.types else 2

    @property
    def beliefs(self) -> tuple[float, ...]:
        """A's beliefs that B is tough; one alone where there are no types."""
        return self.types.beliefs if self.types else (1.0,)

    @property
    def states(self) -> int:
        """Number of states of the rule's memory."""
        return len(self.rule.follows)

    @property
    def patience(self) -> Array:
        """Each player's discount, shape (player,)."""
        return np.array([self.discount[0], *[self.discount[1]] * (self.players - 1)])

    @property
    def pie(self) -> float:
        """What there is to win: 1, or all rounds to come where a truce shares what each yields."""
        return 1.0 / (1.0 - self.discount[0]) if self.truce else 1.0

    def cost(self, chosen: int) -> Array:
        """What a round under a lever set costs each player, shape (player,)."""
        of_a, of_b = self.sets[chosen].cost
        return np.array([of_a, *(of_b + extra for extra in (self.types.cost if self.types else (0.0,)))])

    @property
    def settlements(self) -> Flags:
        """Whether each share of a truce is within both red lines, shape (share,)."""
        assert self.truce is not None
        return np.asarray((self.truce.shares >= self.floor - TIE) & (self.truce.shares <= self.ceiling + TIE))

    @property
    def offered(self) -> Flags:
        """Whether a truce with a share may be signed at a place, shape (place, share)."""
        assert self.truce is not None
        held = np.arange(self.places)[:, np.newaxis] / (self.places - 1)
        stands = self.truce.standstill & (np.abs(self.truce.shares - held) <= TIE)
        return np.asarray(stands | self.settlements)

    def yields(self) -> Array:
        """What a round of war leaves each player of its part of the front, shape (player, place); 0 without truces."""
        kept = 1.0 - self.truce.loss if self.truce else 0.0
        return kept * _held(self)


def terminal_values(game: WarGame) -> Array:
    """What each player gets after the last round, shape (player, place).

    Parameters
    ----------
    game : the game

    Raises
    ------
    EngineError
        If it is a fight to the finish that never ends.
    """
    won = as_players(game.pie * military_outcome(game.places), game)
    if game.truce:
        result = game.pie * game.yields()
    elif game.terminal == "fight_to_finish":
        base = game.sets[0]
        up, down = np.array(base.up), np.array(base.down)
        fights = [
            fight_to_finish(up, down, np.array([base.cost[0], cost]), np.array(game.discount), game.places)
            for cost in game.cost(0)[1:]
        ]
        result = np.stack([fights[0][0], *(each[1] for each in fights)])
        if not np.isfinite(result).all():
            raise EngineError(
                "a fight to the finish never ends: the front does not move, and a side is endlessly patient"
            )
    elif game.given is not None:
        result = as_players(game.given, game)
    else:
        result = _held(game) if game.terminal == "front" else np.zeros((game.players, game.places))
    return np.concatenate([won[:, :1], result[:, 1:-1], won[:, -1:]], axis=1)


def as_players(of_sides: Array, game: WarGame) -> Array:
    """Rows of the two sides as rows of players: both types of B get B's row. Rows of players stay."""
    return of_sides if len(of_sides) == game.players else of_sides[[0, *[1] * (game.players - 1)]]


def _held(game: WarGame) -> Array:
    held = np.arange(game.places) / (game.places - 1)
    return as_players(np.stack([held, 1.0 - held]), game)


def _faults(game: WarGame) -> list[str]:
    """What does not fit together in any game."""
    chances = (*game.discount, *game.proposer, game.breakdown)
    checks = {
        "a front needs three places, and rounds cannot be fewer than none": game.places < 3 or game.rounds < 0,
        "discounts, chances to propose and the chance of a breakdown lie within 0..1, and somebody proposes": not (
            game.proposer and all(0.0 <= each <= 1.0 for each in chances)
        ),
        "in each lever set the chances that the front moves are within 0..1 and add up to 1 at most": any(
            not (each.up >= 0.0 and each.down >= 0.0 and each.up + each.down <= 1.0 + 1e-9) for each in game.sets
        ),
        "the rule names a lever set that is not there": not (
            game.rule.acts.min() >= 0 and game.rule.acts.max() < len(game.sets)
        ),
        "the rule leads to a state of memory that is not there": not (
            game.rule.follows.min() >= 0 and game.rule.follows.max() < game.states
        ),
        "payoffs after the last round are given with `given`, and only then": (game.terminal == "given")
        != (game.given is not None),
    }
    return [reason for reason, holds in checks.items() if holds]


def _type_faults(game: WarGame) -> list[str]:
    """What does not fit together where side B has types."""
    assert game.types is not None
    found = []
    if game.outside:
        found.append("walking out is not defined where side B has types")
    if not 0.0 <= game.types.tough < min((*game.types.posteriors, 1.0 + 1e-9)) or game.types.beliefs[-1] > 1.0:
        found.append("posteriors lie between the belief at the start and 1, and that within 0..1")
    if game.types.cost[0] > game.types.cost[1]:
        found.append("the tough type is the one that fights at less cost")
    return found


def _truce_faults(game: WarGame) -> list[str]:
    found = []
    if game.discount[0] != game.discount[1] or game.discount[0] >= 1.0:
        found.append("with a truce both sides have one discount, below 1")
    if game.types or game.outside or game.breakdown:
        found.append("a truce that can be broken is defined without types, walking out and breakdown of talks")
    assert game.truce is not None
    shares = game.truce.shares
    if len(shares) == 0 or shares.min() < 0.0 or shares.max() > 1.0 or (np.diff(shares) <= 0.0).any():
        found.append("shares of a truce rise and lie within 0..1")
    if min(game.truce.up, game.truce.down) < 0.0 or game.truce.up + game.truce.down > 1.0 + 1e-9:
        found.append("the chances that power moves in peace are within 0..1 and add up to 1 at most")
    if game.terminal != "front":
        found.append("with a truce the front stays where it is after the last round: terminal is `front`")
    return found
