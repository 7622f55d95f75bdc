"""Fit the settlement distribution to decided issues, by penalised maximum likelihood: `fit`.

The equations are those of `parley.methods.settlement_distribution`. Issues are laid out in arrays with one row each;
both likelihoods have their gradient written out, so that a fit takes a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.decided import DecidedIssues
from parley.errors import UsageError
from parley.methods.settlement_distribution import (
    CHOICE_FEATURES,
    EVEN,
    KEPT,
    MIXTURE_FEATURES,
    TENTHS,
    TWENTIETHS,
    Parameters,
    Standing,
    choice_features,
    kernels,
    mixture_features,
    standing,
)

__all__ = ["fit", "standings"]

Array = NDArray[np.float64]
Objective = Callable[[Array], tuple[float, Array]]

CHOICE_PENALTY = 1.0
MIXTURE_PENALTY = 0.5
CHOICE_STRAY, MIXTURE_STRAY = 0.02, 1e-4  # in the likelihood alone, for outcomes beyond all positions
NOWHERE = -1e9  # log measure of a place in an array that holds no candidate


def standings(decided: DecidedIssues, capability: Array) -> tuple[Standing, ...]:
    """Say who stands where on each decided issue; parties at one position are taken as one, which changes nothing.

    Parameters
    ----------
    decided : the issues
    capability : array, shape (issue, party)
        >= 0, only relations within an issue matter.

    Returns
    -------
    One for each issue.

    Raises
    ------
    UsageError
        If nobody with capability cares about some issue.
    """
    weight = np.nan_to_num(capability * decided.salience)
    result = []
    for issue, position, heights in zip(decided.issues, decided.position, weight, strict=True):
        taken = ~np.isnan(position)
        places, which = np.unique(position[taken], return_inverse=True)
        merged = np.bincount(which, heights[taken], minlength=places.size).astype(np.float64)
        stands = standing(places, merged)
        if stands is None:
            raise UsageError(f"no party with capability cares about issue {issue} of {decided.name}")
        result.append(stands)
    return tuple(result)


def fit(stands: Sequence[Standing], outcome: Array) -> Parameters:
    """Find the coefficients under which the outcomes are likeliest, less the penalty.

    Parameters
    ----------
    stands : who stands where on each issue
    outcome : array, shape (issue,)
        Whole points 0..100.

    Returns
    -------
    The coefficients of both parts, each fitted by itself.
    """
    rows = _Rows.of(stands, np.asarray(outcome, dtype=np.float64))
    scaled, deviation = _standardised(rows.choice, rows.choice_measure > NOWHERE)
    choice = _minimum(_choice_objective(rows, scaled), len(CHOICE_FEATURES)) / deviation
    mixed = _minimum(_mixture_objective(rows), 2 + len(MIXTURE_FEATURES))
    return Parameters(choice=choice, mixture=mixed[2:], tilt=mixed[:2])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Rows:
    """All issues in arrays: log measures, features, and which candidates are the outcome."""

    choice_measure: Array  # (issue, candidate): 101 points, then positions, then nothing
    choice: Array  # (issue, candidate, feature)
    choice_hit: Array  # (issue, candidate)
    mixture_measure: Array  # (issue, part): positions, then nothing, last the wide part
    mixture: Array  # (issue, part, feature)
    kernel: Array  # (issue, part, point)

    @classmethod
    def of(cls, stands: Sequence[Standing], outcome: Array) -> _Rows:
        issues, most = len(stands), max(each.place.size for each in stands)
        rows = cls(
            choice_measure=np.full((issues, 101 + most), NOWHERE),
            choice=np.zeros((issues, 101 + most, len(CHOICE_FEATURES))),
            choice_hit=np.zeros((issues, 101 + most)),
            mixture_measure=np.full((issues, most + 1), NOWHERE),
            mixture=np.zeros((issues, most + 1, len(MIXTURE_FEATURES))),
            kernel=np.ones((issues, most + 1, 101)),
        )
        for i, each in enumerate(stands):
            count = each.place.size
            parts = np.append(np.arange(count), most)
            rows.choice_measure[i, : 101 + count], rows.choice[i, : 101 + count] = choice_features(each)
            rows.choice_hit[i, : 101 + count] = np.floor(each.value + 0.5) == outcome[i]
            rows.mixture_measure[i, parts], rows.mixture[i, parts] = mixture_features(each)
            rows.kernel[i, parts] = kernels(each)
        return rows


def _standardised(features: Array, real: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Features divided by their standard deviation over all candidates, and these deviations."""
    deviation = np.maximum(features[real].std(axis=0), 1e-12)
    return features / deviation, deviation


def _choice_objective(rows: _Rows, features: Array) -> Objective:
    flat, shape = features.reshape(-1, features.shape[-1]), rows.choice_measure.shape

    def objective(coefficient: Array) -> tuple[float, Array]:
        part = _softmax(rows.choice_measure + (flat @ coefficient).reshape(shape))
        hit = (part * rows.choice_hit).sum(axis=1, keepdims=True)
        likelihood = (1.0 - CHOICE_STRAY) * hit + CHOICE_STRAY / 101.0
        slope = (1.0 - CHOICE_STRAY) / likelihood * part * (rows.choice_hit - hit)
        penalty, pull = _ridge(coefficient, CHOICE_PENALTY)
        return float(penalty - np.log(likelihood).sum()), pull - slope.reshape(-1) @ flat

    return objective


def _mixture_objective(rows: _Rows) -> Objective:
    """The mixture's objective in the tilt (two numbers) and the coefficients, in this order."""
    rounds, on_points, on_position = (TENTHS, TWENTIETHS), rows.choice_hit[:, :101], np.zeros(rows.kernel.shape[:2])
    on_position[:, :-1] = rows.choice_hit[:, 101:]
    kept = np.append(np.full(rows.kernel.shape[1] - 1, KEPT), 0.0)

    def objective(unknown: Array) -> tuple[float, Array]:
        part = _softmax(rows.mixture_measure + rows.mixture @ unknown[2:])
        tilt = np.exp(unknown[0] * TENTHS + unknown[1] * TWENTIETHS)
        total = rows.kernel @ tilt
        spread = np.einsum("ijk,ik->ij", rows.kernel, on_points * tilt) / total
        even = on_points @ tilt / tilt.sum()
        each = kept * on_position + (1.0 - kept) * spread
        hit = (part * each).sum(axis=1, keepdims=True)
        likelihood = (1.0 - EVEN) * hit[:, 0] + EVEN * even + MIXTURE_STRAY
        slope = np.empty(unknown.size)
        by_part = part * (each - hit) * ((1.0 - EVEN) / likelihood)[:, np.newaxis]
        slope[2:] = np.einsum("ij,ijk->k", by_part, rows.mixture)
        for k, marks in enumerate(rounds):
            marked = np.einsum("ijk,ik->ij", rows.kernel, on_points * tilt * marks) / total
            by_spread = (part * (1.0 - kept) * (marked - spread * (rows.kernel @ (tilt * marks)) / total)).sum(axis=1)
            by_even = on_points @ (tilt * marks) / tilt.sum() - even * (tilt @ marks) / tilt.sum()
            slope[k] = (((1.0 - EVEN) * by_spread + EVEN * by_even) / likelihood).sum()
        penalty, pull = _ridge(unknown, MIXTURE_PENALTY)
        return float(penalty - np.log(likelihood).sum()), pull - slope

    return objective


def _ridge(coefficient: Array, penalty: float) -> tuple[float, Array]:
    return penalty * float(coefficient @ coefficient), 2.0 * penalty * coefficient


def _softmax(utility: Array) -> Array:
    result = np.exp(utility - utility.max(axis=1, keepdims=True))
    return np.asarray(result / result.sum(axis=1, keepdims=True), dtype=np.float64)


def _minimum(objective: Objective, size: int) -> Array:
    from scipy.optimize import minimize  # heavy, and needed for fitting alone

    found = minimize(objective, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 1000, "ftol": 1e-12})
    return np.asarray(found.x, dtype=np.float64)
