"""Wars whose talks never end, many draws at once. `limits` is the main name.

The same going back from both extremes as in `parley.methods.war_bracket`, which explains it, for games without lever
sets, as arrays with the axes end, side, draw and place of the front.

Source
------
Iteration from both extremes of a monotone map, as for the equilibria of [Rubinstein1982]_'s game; our own use of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.war import military_outcome, settles

__all__ = ["Limits", "limits"]

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

BETWEEN = 16
"""Cycles of proposers between two looks at whether a draw has come to rest."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limits:
    """The two ends between which every solution of each endless game lies: best for side A, and worst for it.

    Attributes
    ----------
    values : each side's value at the start of a round, shape (end, side, draw, place); NaN where it has no answer
    settles : whether that round settles it, shape (end, draw, place)
    change : by how much the last cycle of rounds still moved a value, shape (draw,)
    converged : whether both ends have come to rest, shape (draw,)
    agree : whether they are the same, so that there is one stationary solution, shape (draw,)
    rounds : rounds gone back from each end, shape (draw,)
    """

    values: Array
    settles: Flags
    change: Array
    converged: Flags
    agree: Flags
    rounds: NDArray[np.int64]

    def after(self, rounds: int, number: Mapping[str, Array], proposer: Array) -> Array:
        """What follows so many rounds with an offer, where a cycle of proposers begins with the first of them.

        Where both ends agree, both are their mean.

        Parameters
        ----------
        rounds : number of rounds, >= 0
        number, proposer : as `limits` takes them

        Returns
        -------
        array, shape (end, side, draw, place)
        """
        result, cycle = self.values, proposer.shape[1]
        for t in range(cycle - 1, rounds % cycle - 1, -1) if rounds % cycle else ():
            result = _played(number, result, proposer[:, t])[0]
        return np.where(self.agree[:, np.newaxis], result.mean(axis=0), result)


def limits(
    number: Mapping[str, Array], proposer: Array, places: int, *, tolerance: float = 1e-8, limit: int = 20_000
) -> Limits:
    """Go back from what is best for side A and worst for B, and from the reverse, until nothing changes.

    Parameters
    ----------
    number : `up`, `down`, `cost_a`, `cost_b`, `discount_a`, `discount_b`, `floor`, `ceiling`, `breakdown`, `broken_a`
        and `broken_b` as in `parley.methods.war.Game`, each of shape (draw,)
    proposer : chance that side A proposes, by round; it repeats; shape (draw, cycle)
    places : places of the front
    tolerance : ends that lie no further apart are the same; going back stops there, or where neither end moves by more
        than this times one less the larger discount in a cycle of proposers
    limit : the most rounds to go back

    Returns
    -------
    Limits
        A draw in which a side is endlessly patient has no answer.
    """
    count, cycle = proposer.shape
    patience = np.maximum(number["discount_a"], number["discount_b"])
    values, change = _extremes(number, places), np.full(count, np.inf)
    gap, rounds = np.full(count, np.inf), np.zeros(count, dtype=np.int64)
    going = np.flatnonzero(patience < 1.0)
    while going.size and rounds[going[0]] < limit:
        own, here = {name: each[going] for name, each in number.items()}, values[:, :, going]
        for _ in range(BETWEEN):
            before = here
            for t in range(cycle - 1, -1, -1):
                here, _unused = _played(own, here, proposer[going, t])
        values[:, :, going] = here
        change[going] = np.abs(here - before).max(axis=(0, 1, 3))
        gap[going] = np.abs(here[0] - here[1]).max(axis=(0, 2))
        rounds[going] += BETWEEN * cycle
        rests = (gap[going] <= tolerance) | (change[going] <= tolerance * (1.0 - patience[going]))
        going = going[~rests]
    converged = np.isfinite(change)
    converged[going] = False
    values[:, :, ~converged] = np.nan
    return Limits(
        values=values,
        settles=_settling(number, values, proposer),
        change=change,
        converged=converged,
        agree=converged & (gap <= 100.0 * tolerance),
        rounds=rounds,
    )


def _extremes(number: Mapping[str, Array], places: int) -> Array:
    """Values that no solution exceeds for one side, nor falls below for the other, shape (end, side, draw, place)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        forever = np.stack([-number[f"cost_{side}"] / (1.0 - number[f"discount_{side}"]) for side in "ab"])
    broken = np.stack([number["broken_a"], number["broken_b"]])
    least = np.minimum(np.minimum(broken, forever), 0.0)
    most = np.maximum(1.0 - least[::-1], np.maximum(broken, forever))
    result = np.empty((2, *forever.shape, places))
    result[0, 0], result[0, 1] = most[0, :, np.newaxis], least[1, :, np.newaxis]
    result[1, 0], result[1, 1] = least[0, :, np.newaxis], most[1, :, np.newaxis]
    result[..., [0, -1]] = military_outcome(places)[:, np.newaxis, [0, -1]]
    return result


def _played(number: Mapping[str, Array], ahead: Array, first: Array) -> tuple[Array, Flags]:
    """One round back, shape (end, side, draw, place), and whether it settles it, shape (end, draw, place)."""
    up, down, breaks = (number[name][:, np.newaxis] for name in ("up", "down", "breakdown"))
    cost, discount, broken = (
        np.stack([number[f"{name}_a"], number[f"{name}_b"]])[:, :, np.newaxis]
        for name in ("cost", "discount", "broken")
    )
    expected = up * ahead[..., 2:] + down * ahead[..., :-2] + (1.0 - up - down) * ahead[..., 1:-1]
    refused = breaks * broken + (1.0 - breaks) * (discount * expected - cost)
    least = np.maximum(number["floor"][:, np.newaxis], refused[:, 0])
    most = np.minimum(number["ceiling"][:, np.newaxis], 1.0 - refused[:, 1])
    agreed = settles(least, most)
    share = first[:, np.newaxis] * most + (1.0 - first[:, np.newaxis]) * least
    result = ahead.copy()
    result[:, 0, :, 1:-1] = np.where(agreed, share, refused[:, 0])
    result[:, 1, :, 1:-1] = np.where(agreed, 1.0 - share, refused[:, 1])
    return result, agreed


def _settling(number: Mapping[str, Array], values: Array, proposer: Array) -> Flags:
    """Whether the first round of a cycle settles it, shape (end, draw, place); never at the ends of the front."""
    ahead = values
    for t in range(proposer.shape[1] - 1, 0, -1):
        ahead = _played(number, ahead, proposer[:, t])[0]
    result = np.zeros((2, *values.shape[2:]), dtype=np.bool_)
    result[..., 1:-1] = _played(number, ahead, proposer[:, 0])[1]
    return result
