"""How good the settlement distribution is out of sample, beside simpler forecasts: `cross_validated`, `difference`.

Folds keep the issues of a proposal together, since these are not independent, and intervals come from a bootstrap over
proposals. All distributions are put on the whole points 0, 1, ..., 100 before they are scored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.domain.decided import DecidedIssues
from parley.methods.scoring import closed_coverage, crps, interval_coverage, quantile
from parley.methods.settlement_distribution import Parameters, Standing, choice_part, mixture_part
from parley.predictions.settlement_fit import fit, standings

__all__ = [
    "DISTRIBUTIONS",
    "Difference",
    "Material",
    "Scores",
    "challenge_election",
    "cross_validated",
    "difference",
    "forecasts",
]

Array = NDArray[np.float64]
Index = NDArray[np.intp]

GRID = np.arange(101.0)

DISTRIBUTIONS: Mapping[str, str] = {
    "distribution": "settlement distribution",
    "choice": "its first part alone: choice among points",
    "mixture": "its second part alone: mixture over positions",
    "ensemble": "ensemble: both parts, residuals, half an election",
    "blend": "blend: mean (votes) with residuals, half an election",
    "residuals_votes": "mean (votes) with residuals",
    "residuals": "compromise mean with residuals",
    "election": "challenge election alone",
}
"""The forecasts that are distributions, with a title each; `residuals` is what the others are compared with."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """Decided issues with everything that does not depend on a fit.

    Attributes
    ----------
    outcome : shape (issue,), 0..100
    groups : number of the proposal of each issue, shape (issue,)
    stands : who stands where, by Council votes
    mean : compromise mean with the capability of the table, shape (issue,)
    mean_votes : compromise mean by Council votes, shape (issue,)
    election : probability of each whole point in a challenge election by Council votes, shape (issue, 101)
    """

    outcome: Array
    groups: Index
    stands: tuple[Standing, ...]
    mean: Array
    mean_votes: Array
    election: Array

    @classmethod
    def of(cls, decided: DecidedIssues, votes: Array) -> Material:
        """Work it out.

        Parameters
        ----------
        decided : the issues
        votes : capability by Council votes, shape (issue, party)
        """
        stands = standings(decided, votes)
        return cls(
            outcome=decided.outcome,
            groups=np.unique(decided.groups, return_inverse=True)[1],
            stands=stands,
            mean=_mean(decided, decided.capability),
            mean_votes=_mean(decided, votes),
            election=np.array([on_grid(each.position, challenge_election(each)) for each in stands]),
        )


def forecasts(material: Material, train: Index, test: Index) -> dict[str, Array]:
    """Fit everything to some issues and forecast others.

    Parameters
    ----------
    material : the issues
    train, test : numbers of the issues to fit to, and to forecast

    Returns
    -------
    Probability of each whole point, shape (test, 101), by the names of `DISTRIBUTIONS`.
    """
    parameters = fit([material.stands[i] for i in train], material.outcome[train])
    parts = np.array([_parts(material.stands[i], parameters) for i in test])
    found = {"choice": parts[:, 0], "mixture": parts[:, 1], "distribution": parts.mean(axis=1)}
    found["election"] = material.election[test]
    for name, mean in (("residuals", material.mean), ("residuals_votes", material.mean_votes)):
        sample = np.clip(mean[test, np.newaxis] + (material.outcome - mean)[train], 0.0, 100.0)
        found[name] = np.array([on_grid(each, np.full(train.size, 1.0 / train.size)) for each in sample])
    about, election = found["residuals_votes"], found["election"]
    found["ensemble"] = (found["choice"] + found["mixture"] + about + 0.5 * election) / 3.5
    found["blend"] = (about + 0.5 * election) / 1.5
    return found


def cross_validated(
    material: Material, *, folds: int = 5, repeats: int = 10, seed: int = 20261123
) -> dict[str, list[Array]]:
    """Forecast each issue from the issues of other proposals, several times over.

    Parameters
    ----------
    material : the issues
    folds : number of parts of the proposals
    repeats : how often the proposals are divided anew
    seed : of the division

    Returns
    -------
    For each forecast of `DISTRIBUTIONS`, one array for each repeat: probabilities, shape (issue, 101).
    """
    rng = np.random.default_rng(seed)
    result: dict[str, list[Array]] = {name: [] for name in DISTRIBUTIONS}
    for _ in range(repeats):
        fold = rng.permutation(material.groups.max() + 1)[material.groups] % folds
        once = {name: np.empty((material.outcome.size, 101)) for name in DISTRIBUTIONS}
        for k in range(folds):
            test = np.flatnonzero(fold == k)
            for name, probability in forecasts(material, np.flatnonzero(fold != k), test).items():
                once[name][test] = probability
        for name, probability in once.items():
            result[name].append(probability)
    return result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """How good a forecast was on each issue, averaged over repeats; each of shape (issue,).

    Attributes
    ----------
    absolute_error : of the median, 0..100
    squared_error : of the mean
    crps : of the distribution, 0..100
    inside : chance that the randomised PIT lies in .1 to .9
    closed : 1 where the outcome lies in the interval from the 10th to the 90th percentile, its ends included
    width : of that interval
    """

    absolute_error: Array
    squared_error: Array
    crps: Array
    inside: Array
    closed: Array
    width: Array

    @classmethod
    def of_point(cls, point: Array, outcome: Array) -> Scores:
        """Score a single number for each issue; it has no interval, and its CRPS is its absolute error."""
        error, nothing = np.abs(point - outcome), np.full(outcome.shape, np.nan)
        return cls(
            absolute_error=error, squared_error=error**2, crps=error, inside=nothing, closed=nothing, width=nothing
        )

    @classmethod
    def of(cls, repeats: Sequence[Array], outcome: Array) -> Scores:
        """Score distributions.

        Parameters
        ----------
        repeats : probabilities on the whole points, shape (issue, 101) each
        outcome : shape (issue,)
        """
        found = []
        for probability in repeats:
            low, middle, high = (quantile(probability, GRID, level) for level in (0.1, 0.5, 0.9))
            found.append(
                {
                    "absolute_error": np.abs(middle - outcome),
                    "squared_error": (probability @ GRID - outcome) ** 2,
                    "crps": crps(probability, GRID, outcome),
                    "inside": interval_coverage(probability, GRID, outcome),
                    "closed": closed_coverage(low, high, outcome),
                    "width": high - low,
                }
            )
        return cls(**{name: np.mean([each[name] for each in found], axis=0) for name in found[0]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A mean difference between two forecasts with its 95% interval; below 0: the first is better."""

    mean: float
    low: float
    high: float


def difference(
    first: Array, second: Array, groups: Index, *, samples: int = 10_000, seed: int = 20261124
) -> Difference:
    """The mean difference of two scores, with the interval of a paired bootstrap over proposals.

    Parameters
    ----------
    first, second : arrays, shape (issue,)
    groups : proposal of each issue, shape (issue,)
    samples : number of bootstrap samples
    seed : of the bootstrap
    """
    number = np.unique(groups, return_inverse=True)[1]
    total, size = np.bincount(number, first - second), np.bincount(number)
    drawn = np.random.default_rng(seed).multinomial(size.size, np.full(size.size, 1.0 / size.size), samples)
    low, high = np.quantile((drawn @ total) / (drawn @ size), [0.025, 0.975])
    return Difference(mean=float((first - second).mean()), low=float(low), high=float(high))


def challenge_election(stands: Standing) -> Array:
    """Chance of each position to be held when others challenge it, again and again.

    Each step some position, all alike, challenges the one that holds; i beats j with P_ij = C_ij / (C_ij + C_ji), where
    C_ij = 1e-8 + sum_k w_k max(0, |x_k - x_j| - |x_k - x_i|) / 100.

    Parameters
    ----------
    stands : who stands where, each position once

    Returns
    -------
    array, shape (position,), sum 1: the fixed point of p_i = (1/n) sum_j P_ij (p_i + p_j)
    """
    count = stands.position.size
    away = np.abs(stands.position[:, np.newaxis] - stands.position)
    nearer = np.maximum(0.0, away[:, np.newaxis, :] - away[:, :, np.newaxis])
    backing = 1e-8 + np.einsum("k,kij->ij", stands.share, nearer) / 100.0
    step = backing / (backing + backing.T) / count
    np.fill_diagonal(step, 0.0)
    equations = step + np.diag(-step.sum(axis=0))
    equations[-1] = 1.0
    wanted = np.zeros(count)
    wanted[-1] = 1.0
    return np.asarray(np.linalg.solve(equations, wanted), dtype=np.float64)


def on_grid(value: Array, probability: Array) -> Array:
    """A distribution on the whole points 0..100, each value taken to the nearest; shape (101,)."""
    nearest = np.floor(value + 0.5).astype(np.intp)
    return np.bincount(nearest, probability, minlength=101).astype(np.float64)


def _parts(stands: Standing, parameters: Parameters) -> tuple[Array, Array]:
    first = choice_part(stands, parameters.choice)
    second = mixture_part(stands, parameters.mixture, parameters.tilt)
    return on_grid(stands.value, first), on_grid(stands.value, second)


def _mean(decided: DecidedIssues, capability: Array) -> Array:
    weight = np.nan_to_num(capability * decided.salience)
    return np.asarray((weight * np.nan_to_num(decided.position)).sum(axis=1) / weight.sum(axis=1), dtype=np.float64)
