"""What a party can guess of another's wishes from its offers: `FrequencyModel` and `BayesianModel`.

Both hear the other's packages one after another and estimate what every package is worth to it, 0..1. Each package is
known by the levels of its issues.

Source
------
The frequency model of HardHeaded [vanKrimpen2013]_; the Bayesian one of [HindriksTykhonov2008]_ in its scalable form,
which learns each issue by itself while the others count with their expected worth. See [Baarslag2016]_ for both.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["BayesianModel", "FrequencyModel", "OpponentModel"]

Array = NDArray[np.float64]
Levels = NDArray[np.intp]


class OpponentModel(Protocol):
    """Guesses what packages are worth to another party."""

    def hear(self, package: int) -> None:
        """Hear one of its offers."""

    def worth(self) -> Array:
        """What each package may be worth to it, 0..1, shape (package,)."""


class FrequencyModel:
    """Levels that are named often are liked, and issues that stay the same from offer to offer matter.

    (1)  v_i(l) = number of offers with level l / largest such number on issue i
    (2)  w_i grows by `learning` whenever issue i does not change from one offer to the next; weights add up to 1

    Parameters
    ----------
    levels : array, shape (package, issue)
        The level of each issue in each package.
    learning : what a weight gains, >= 0; 0.2 divided by the number of issues in HardHeaded
    """

    def __init__(self, levels: Levels, *, learning: float | None = None) -> None:
        self.levels = levels
        issues = levels.shape[1]
        self.learning = 0.2 / issues if learning is None else learning
        self.weight = np.full(issues, 1.0 / issues)
        self.counts = [np.zeros(int(levels[:, i].max()) + 1) for i in range(issues)]
        self.last: Levels | None = None

    def hear(self, package: int) -> None:
        """See `OpponentModel`."""
        named = self.levels[package]
        if self.last is not None:
            self.weight = self.weight + self.learning * (named == self.last)
            self.weight = self.weight / self.weight.sum()
        for i, level in enumerate(named):
            self.counts[i][level] += 1
        self.last = named

    def worth(self) -> Array:
        """See `OpponentModel`; all 0 before anything is heard."""
        values = [count / max(1.0, count.max()) for count in self.counts]
        result = np.zeros(len(self.levels))
        for i, value in enumerate(values):
            result += self.weight[i] * value[self.levels[:, i]]
        return result


class BayesianModel:
    """Beliefs about how an issue is valued and how much it matters, updated by Bayes' rule with each offer.

    An issue's levels are worth more and more (uphill), less and less (downhill), or most somewhere between (one
    triangle for each level between the ends); its weight is that of the first, second, ... of n issues.

    (1)  w of rank r = 2 (n + 1 - r) / (n (n + 1))
    (2)  P(offer | hypothesis) ~ exp(-(u(offer) - u'(t))^2 / (2 sigma^2)), with u'(t) = 1 - decay * t for the t-th offer

    Parameters
    ----------
    levels : array, shape (package, issue)
    decay : by how much the other is taken to give way with each offer, 0..1
    sigma : how far its offers may stray from that, > 0
    """

    def __init__(self, levels: Levels, *, decay: float = 0.05, sigma: float = 0.25) -> None:
        self.levels, self.decay, self.sigma = levels, decay, sigma
        issues = levels.shape[1]
        ranks = np.arange(1, issues + 1)
        self.ranked_weight = 2.0 * (issues + 1 - ranks) / (issues * (issues + 1))
        self.shapes = [_shapes(int(levels[:, i].max()) + 1) for i in range(issues)]
        self.belief = [np.full((len(shape), issues), 1.0 / (len(shape) * issues)) for shape in self.shapes]
        """By issue, the probability of each shape with each weight, shape (shape, rank)."""
        self.heard = 0

    def hear(self, package: int) -> None:
        """See `OpponentModel`."""
        named = self.levels[package]
        expected = [float(self._values(i)[level]) for i, level in enumerate(named)]
        taken = max(0.0, 1.0 - self.decay * self.heard)
        for i, level in enumerate(named):
            own = self.shapes[i][:, level, np.newaxis] * self.ranked_weight
            whole = own + sum(expected) - expected[i]
            chance = self.belief[i] * np.exp(-((whole - taken) ** 2) / (2.0 * self.sigma**2))
            self.belief[i] = chance / chance.sum()
        self.heard += 1

    def worth(self) -> Array:
        """See `OpponentModel`."""
        result = np.zeros(len(self.levels))
        for i in range(self.levels.shape[1]):
            result += self._values(i)[self.levels[:, i]]
        return result

    def _values(self, issue: int) -> Array:
        """The expected weight times value of each level of an issue."""
        return np.asarray((self.belief[issue] @ self.ranked_weight) @ self.shapes[issue], dtype=np.float64)


def _shapes(levels: int) -> Array:
    """The values of an issue's levels under each shape, 0..1, shape (shape, level)."""
    if levels == 1:
        return np.ones((1, 1))
    at = np.arange(levels) / (levels - 1)
    triangles = [np.where(at <= peak, at / peak, (1 - at) / (1 - peak)) for peak in at[1:-1]]
    return np.stack([at, 1 - at, *triangles])
