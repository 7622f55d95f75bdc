"""How the parties may negotiate, as the scenario believes: samples of pace and ploys. `profiles` is the main name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws
from parley.methods.offers import PACES

__all__ = ["PLOYS", "Profiles", "pace_chances", "ploy_chances", "profiles"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

PLOYS = ("stall", "tempt", "press_third_party", "threaten", "walk_away")
"""What a party may do besides keeping its pace; any number of them together."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Profiles:
    """Samples of how each party negotiates.

    Attributes
    ----------
    pace : place in `PACES`, shape (draw, profile, party)
    ploys : which ploys it uses, in the order of `PLOYS`, shape (draw, profile, party, ploy)
    """

    pace: Places
    ploys: Flags

    def one(self, draw: int, profile: int) -> tuple[Places, Flags]:
        """The pace, shape (party,), and the ploys, shape (party, ploy), of one sample."""
        return self.pace[draw, profile], self.ploys[draw, profile]


def pace_chances(draws: Draws, parties: Sequence[int]) -> Array:
    """How likely each pace is, shape (draw, party, pace), adding up to 1.

    A party keeps one pace. Where the scenario's probabilities add up to more than 1 they are scaled down; what they
    leave open is shared out equally among all paces, since nothing is known of it.
    """
    believed = _believed(draws, parties, PACES)
    total = believed.sum(axis=2, keepdims=True)
    believed = believed / np.maximum(total, 1.0)
    return np.asarray(believed + np.maximum(1.0 - total, 0.0) / len(PACES))


def ploy_chances(draws: Draws, parties: Sequence[int]) -> Array:
    """How likely each ploy is, shape (draw, party, ploy); 0 where the scenario speaks of none."""
    return np.minimum(_believed(draws, parties, PLOYS), 1.0)


def _believed(draws: Draws, parties: Sequence[int], names: Sequence[str]) -> Array:
    result = np.zeros((len(draws), len(parties), len(names)))
    for k, tactic in enumerate(draws.base.tactics):
        place = draws.base.party_ids.index(tactic.party)
        if place in parties and tactic.tactic in names:
            where = parties.index(place), names.index(tactic.tactic)
            result[:, where[0], where[1]] += draws.column(("tactics", k, "probability"))
    return result


def profiles(draws: Draws, parties: Sequence[int], rngs: Sequence[np.random.Generator], count: int) -> Profiles:
    """Sample how the parties negotiate, so many times a draw.

    The samples of a draw are spread evenly over each belief (a Latin hypercube), so that a few tell much.

    Parameters
    ----------
    draws : the draws
    parties : places of the parties
    rngs : one generator for each draw
    count : number of samples of each draw
    """
    beliefs = len(parties) * (1 + len(PLOYS))
    uniform = np.stack([_hypercube(rng, beliefs, count) for rng in rngs])
    uniform = uniform.reshape(len(draws), len(parties), 1 + len(PLOYS), count)
    edges = pace_chances(draws, parties).cumsum(axis=2)[:, :, :, np.newaxis]
    pace = (uniform[:, :, [0]] >= edges[:, :, :-1]).sum(axis=2)
    ploys = uniform[:, :, 1:] < ploy_chances(draws, parties)[..., np.newaxis]
    return Profiles(pace=pace.transpose(0, 2, 1).astype(np.int64), ploys=ploys.transpose(0, 3, 1, 2))


def _hypercube(rng: np.random.Generator, beliefs: int, count: int) -> Array:
    """Uniform numbers, shape (belief, sample), one in each of `count` equal parts of 0..1 for each belief."""
    within = rng.random((beliefs, count))
    parts = rng.permuted(np.broadcast_to(np.arange(count), (beliefs, count)), axis=1)
    return np.asarray((parts + within) / count)
