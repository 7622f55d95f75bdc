"""A distribution over where one issue settles, from positions and weights alone: `distribution`. A method of our own.

Two models of choice, in equal parts. The first chooses among all points of the scale and the parties' positions; the
second chooses a position, or a wide part about the middle, and spreads some of it. Their coefficients are fitted to
decided issues by `parley.predictions.settlement_fit`. Positions are measured from the lowest, 0, to the highest, 100,
so that it does not matter how the ends of a scale were chosen; nothing prefers one direction of a scale. Parties that
stand together count as one, however many they are.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parley import resources

__all__ = [
    "CHOICE_FEATURES",
    "MIXTURE_FEATURES",
    "TILT_FEATURES",
    "Parameters",
    "Standing",
    "choice_features",
    "choice_part",
    "distribution",
    "mixture_features",
    "mixture_part",
    "quantiles",
    "shipped_parameters",
    "standing",
]

Array = NDArray[np.float64]

POINTS = np.arange(101.0)
TENTHS = (POINTS % 10 == 0).astype(np.float64)
TWENTIETHS = (POINTS % 5 == 0).astype(np.float64)

REACH = 5.0  # positions closer than this, of 100, count partly as one
TRACE = 0.03  # a party with a share far below this hardly makes its position a candidate
FAINT = 0.01  # keeps the logarithm of support finite
BROAD = 12.0  # sd of broad support
WIDE = 25.0  # sd of the wide part
SPREAD = 14.0  # sd of what is spread about a position
KEPT = 0.9  # of a position's part stays on it
EVEN = 0.05  # of the mixture lies evenly
TIE = 1e-9  # cumulative probabilities, or positions, as near as this count as equal; so small a weight counts as none

CHOICE_FEATURES = (
    "squared_distance_to_mean",
    "mean_distance_to_all",
    "log_broad_support",
    "log_support_at_position",
    "position",
    "position_of_few",
    "outermost_position",
    "tenth",
    "twentieth",
    "middle",
)
MIXTURE_FEATURES = ("log_support", "mean_distance_to_all", "outermost", "wide", "wide_of_few")
TILT_FEATURES = ("tenth", "twentieth")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameters:
    """Coefficients of the two parts.

    Attributes
    ----------
    choice : in the order of `CHOICE_FEATURES`
    mixture : in the order of `MIXTURE_FEATURES`
    tilt : in the order of `TILT_FEATURES`
    """

    choice: Array
    mixture: Array
    tilt: Array

    @classmethod
    def of_mapping(cls, mapping: Mapping[str, Any]) -> Parameters:
        """Read them from mappings by name, as `as_mapping` writes them."""
        names = {"choice": CHOICE_FEATURES, "mixture": MIXTURE_FEATURES, "tilt": TILT_FEATURES}
        return cls(**{part: np.array([mapping[part][name] for name in each]) for part, each in names.items()})

    def as_mapping(self) -> dict[str, dict[str, float]]:
        """Each coefficient by part and name, as plain numbers."""
        parts = ((CHOICE_FEATURES, self.choice), (MIXTURE_FEATURES, self.mixture), (TILT_FEATURES, self.tilt))
        named = [dict(zip(names, values.tolist(), strict=True)) for names, values in parts]
        return dict(zip(("choice", "mixture", "tilt"), named, strict=True))


@functools.cache
def shipped_parameters() -> Parameters:
    """The coefficients that ship, fitted to decided issues of the European Union.

    Raises
    ------
    FileError
        If the shipped file has been changed.
    """
    return Parameters.of_mapping(_shipped())


@functools.cache
def _shipped() -> Mapping[str, Any]:
    content: dict[str, Any] = json.loads(resources.read("datasets/settlement-distribution/parameters.json"))
    return content


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Who stands where on an issue, in the terms of the two parts; for parties whose weight counts.

    Attributes
    ----------
    position : where each party stands, shape (party,), 0..100 on the issue's scale
    place : the same measured from the lowest position, 0, to the highest, 100
    share : of all weight, shape (party,); the sum is 1
    support : share of the weight at each party's place or near it, shape (party,), 0..1
    measure : how far each party's place counts as one candidate, shape (party,); parties at one place share its measure
    edge : 1 at an outermost position, 0 from 5 of 100 inside it; shape (party,)
    few : 1 where there are at most two places, 0 from three
    mean : mean place, weighted
    """

    position: Array
    place: Array
    share: Array
    support: Array
    measure: Array
    edge: Array
    few: float
    mean: float

    @property
    def value(self) -> Array:
        """The points 0, 1, ..., 100 of the place scale and the positions, as points of the issue's scale."""
        low, high = self.position.min(), self.position.max()
        return np.concatenate([np.minimum(low + (high - low) * (POINTS / 100.0), high), self.position])


def standing(position: Array, weight: Array) -> Standing | None:
    """Say who stands where on an issue.

    Parameters
    ----------
    position : array, shape (party,)
        0..100; NaN where a party takes none.
    weight : array, shape (party,)
        Capability times salience, >= 0, up to a factor; less than a billionth of the largest does not count.

    Returns
    -------
    None if nobody with weight takes a position.
    """
    taken = np.where(np.isnan(position), 0.0, weight)
    counts = taken > TIE * taken.max(initial=0.0)
    if not counts.any():
        return None
    position, weight = position[counts], weight[counts]
    low, span = position.min(), position.max() - position.min()
    place = 100.0 * (position - low) / span if span > TIE else np.full(position.shape, 50.0)
    share = weight / weight.sum()
    support = share @ np.maximum(0.0, 1.0 - np.abs(place[:, np.newaxis] - place) / REACH)
    measure = share / (support + TRACE)
    return Standing(
        position=position,
        place=place,
        share=share,
        support=support,
        measure=measure,
        edge=np.maximum(0.0, 1.0 - np.minimum(place, 100.0 - place) / REACH),
        few=float(np.clip(3.0 - measure.sum(), 0.0, 1.0)),
        mean=float(share @ place),
    )


def choice_features(stands: Standing) -> tuple[Array, Array]:
    """Give what the first part knows of each point 0, 1, ..., 100 and, after these, of each party's position.

    Parameters
    ----------
    stands : who stands where

    Returns
    -------
    log_measure : array, shape (101 + party,)
    features : array, shape (101 + party, 10)
        The columns `CHOICE_FEATURES`.
    """
    place = np.concatenate([POINTS, stands.place])
    away = place[:, np.newaxis] - stands.place
    features = np.zeros((place.size, len(CHOICE_FEATURES)))
    features[:, 0] = ((place - stands.mean) / 100.0) ** 2
    features[:, 1] = np.abs(away) @ stands.share / 100.0
    features[:, 2] = np.log(np.exp(-0.5 * (away / BROAD) ** 2) @ stands.share + FAINT)
    features[101:, 3] = np.log(stands.support + FAINT)
    features[101:, 4] = 1.0
    features[101:, 5] = stands.few
    features[101:, 6] = stands.edge
    features[:101, 7] = TENTHS
    features[:101, 8] = TWENTIETHS
    features[50, 9] = 1.0
    return np.concatenate([np.zeros(101), np.log(stands.measure)]), features


def choice_part(stands: Standing, coefficient: Array) -> Array:
    """The first part: the chance of each point and position, proportional to measure times exp(features).

    Parameters
    ----------
    stands : who stands where
    coefficient : array, shape (10,)

    Returns
    -------
    array, shape (101 + party,), sum 1
    """
    log_measure, features = choice_features(stands)
    return _softmax(log_measure + features @ coefficient)


def mixture_features(stands: Standing) -> tuple[Array, Array]:
    """Give what the second part knows of each party's position, and, last, of the wide part.

    Parameters
    ----------
    stands : who stands where

    Returns
    -------
    log_measure : array, shape (party + 1,)
    features : array, shape (party + 1, 5)
        The columns `MIXTURE_FEATURES`.
    """
    features = np.zeros((stands.place.size + 1, len(MIXTURE_FEATURES)))
    features[:-1, 0] = np.log(stands.support + FAINT)
    features[:-1, 1] = np.abs(stands.place[:, np.newaxis] - stands.place) @ stands.share / 100.0
    features[:-1, 2] = stands.edge
    features[-1, 3] = 1.0
    features[-1, 4] = stands.few
    return np.append(np.log(stands.measure), 0.0), features


def mixture_part(stands: Standing, coefficient: Array, tilt: Array) -> Array:
    """The second part: positions and a wide part, some of each spread over the points.

    Parameters
    ----------
    stands : who stands where
    coefficient : array, shape (5,)
    tilt : array, shape (2,)
        How much likelier a tenth or a twentieth of the way is than its neighbours, as logarithms.

    Returns
    -------
    array, shape (101 + party,), sum 1
    """
    log_measure, features = mixture_features(stands)
    part = _softmax(log_measure + features @ coefficient)
    round_numbers = np.exp(tilt[0] * TENTHS + tilt[1] * TWENTIETHS)
    spread = kernels(stands) * round_numbers
    spread /= spread.sum(axis=1, keepdims=True)
    loose = np.append(part[:-1] * (1.0 - KEPT), part[-1])
    points = (1.0 - EVEN) * loose @ spread + EVEN * round_numbers / round_numbers.sum()
    return np.concatenate([points, (1.0 - EVEN) * KEPT * part[:-1]])


def kernels(stands: Standing) -> Array:
    """Normal kernels over the points about each position, and, last, about the mean; shape (party + 1, 101)."""
    centre = np.append(stands.place, stands.mean)[:, np.newaxis]
    width = np.append(np.full(stands.place.size, SPREAD), WIDE)[:, np.newaxis]
    result: Array = np.exp(-0.5 * ((POINTS - centre) / width) ** 2)
    return result


def distribution(stands: Standing, parameters: Parameters) -> tuple[Array, Array]:
    """Where an issue settles: both parts, half and half.

    Parameters
    ----------
    stands : who stands where
    parameters : the coefficients

    Returns
    -------
    value : array, shape (point,)
        Points of the issue's scale, 0..100, ascending; the position alone where all parties with weight agree.
    probability : array, shape (point,), sum 1
    """
    value = stands.value
    if value[100] - value[0] <= TIE:
        return value[:1], np.ones(1)
    first = choice_part(stands, parameters.choice)
    second = mixture_part(stands, parameters.mixture, parameters.tilt)
    order = np.argsort(value, kind="stable")
    return value[order], ((first + second) / 2.0)[order]


def quantiles(value: Array, probability: Array, levels: Sequence[float] | Array) -> Array:
    """The first point by which the distribution has reached each level.

    Parameters
    ----------
    value, probability : arrays, shape (point,)
        A distribution, its points in ascending order.
    levels : 0..1 each

    Returns
    -------
    array, shape (level,), points 0..100
    """
    reached = np.searchsorted(np.cumsum(probability), np.asarray(levels) - TIE)
    return np.asarray(value[np.minimum(reached, value.size - 1)], dtype=np.float64)


def _softmax(utility: Array) -> Array:
    result = np.exp(utility - utility.max())
    return np.asarray(result / result.sum(), dtype=np.float64)
