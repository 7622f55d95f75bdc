"""From estimates to sampled scenarios: `draw`.

An estimate becomes a distribution by its shape: PERT (the default), triangular or uniform. Each draw has its own child
of one `SeedSequence`, so draw i is the same however many are made and whoever makes it, and each sample is its
distribution's quantile at a uniform number, so that a sample never falls where its uniform number rises.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

from parley.domain.draws import Draws, Quantity, quantities
from parley.domain.scenario import Scenario
from parley.errors import UsageError

__all__ = ["PERT_LAMBDA", "draw", "engine_rngs", "quantiles"]

Array = NDArray[np.float64]

PERT_LAMBDA = 4.0
"""Weight of the mode beside the two ends in the mean of a PERT distribution, [MalcolmEtAl1959]_."""


def draw(scenario: Scenario, count: int, seed: int) -> Draws:
    """Sample every estimate of a scenario.

    Parameters
    ----------
    scenario : the scenario
    count : number of draws, 0 or more; with 0, one draw that holds every mode and in which each lever with any
        credibility acts
    seed : seed of the draws, 0 or more; 0 is a seed like any other

    Returns
    -------
    The draws; numbers lie within each estimate's low and high, and within the quantity's own bounds.

    Raises
    ------
    UsageError
        If `count` or `seed` is negative.
    """
    if count < 0 or seed < 0:
        raise UsageError(f"{count} draws with seed {seed}: both must be 0 or more")
    return Draws.of_modes(scenario) if count == 0 else _drawn(scenario, count, seed)


@functools.lru_cache(maxsize=2)
def _drawn(scenario: Scenario, count: int, seed: int) -> Draws:
    """The draws, which cannot be written to: whoever asks for the same again gets the same arrays."""
    columns = quantities(scenario)
    uniform = _uniforms(seed, count, len(columns) + len(scenario.levers))
    values = quantiles(columns, uniform[:, : len(columns)])
    chance = uniform[:, len(columns) :]
    for array in (values, chance):
        array.flags.writeable = False
    return Draws(base=scenario, values=values, chance=chance)


def _uniforms(seed: int, count: int, width: int) -> Array:
    """One row of uniform numbers 0..1 per draw; row i comes from the i-th child of the seed alone."""
    rows = [np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(i,))).random(width) for i in range(count)]
    return np.stack(rows)


def quantiles(columns: Sequence[Quantity], probability: Array) -> Array:
    """The quantiles of estimates.

    Parameters
    ----------
    columns : the quantities
    probability : array, shape (draw, quantity)
        Where in its distribution each sample lies, 0..1.

    Returns
    -------
    array, shape (draw, quantity)
        In each quantity's own unit; its mode where low = high.

    Source
    ------
    PERT is the Beta distribution on low..high with shape parameters 1 + 4 (mode - low) / (high - low) and
    1 + 4 (high - mode) / (high - low), whose mean is (low + 4 mode + high) / 6: [MalcolmEtAl1959]_, [Vose2008]_.
    """
    low, mode, high = (np.array([getattr(each.estimate, name) for each in columns]) for name in ("low", "mode", "high"))
    shape = np.array([each.estimate.shape for each in columns], dtype=np.str_)
    width = high - low
    spread = np.flatnonzero(width > 0)
    result = np.tile(np.asarray(mode, dtype=np.float64), (len(probability), 1))
    for name, standard in (("pert", _pert), ("triangular", _triangular), ("uniform", _uniform)):
        chosen = spread[shape[spread] == name]
        if chosen.size:
            peak = (mode[chosen] - low[chosen]) / width[chosen]
            result[:, chosen] = low[chosen] + width[chosen] * standard(probability[:, chosen], peak)
    floor = np.maximum(low, [each.low for each in columns])
    ceiling = np.minimum(high, [each.high for each in columns])
    return np.clip(result, floor, ceiling)


def _pert(probability: Array, peak: Array) -> Array:
    """Quantiles of the PERT distribution on 0..1 with its mode at `peak`."""
    from scipy.special import betaincinv

    return np.asarray(betaincinv(1 + PERT_LAMBDA * peak, 1 + PERT_LAMBDA * (1 - peak), probability), dtype=np.float64)


def _triangular(probability: Array, peak: Array) -> Array:
    """Quantiles of the triangular distribution on 0..1 with its mode at `peak`."""
    rising = np.sqrt(probability * peak)
    falling = 1 - np.sqrt((1 - probability) * (1 - peak))
    return np.where(probability <= peak, rising, falling)


def _uniform(probability: Array, peak: Array) -> Array:
    return probability


def engine_rngs(engine: str, draws: Draws, seed: int) -> Sequence[np.random.Generator]:
    """A generator for each draw of one engine; it depends on the seed, the draw's number and the engine's name alone.

    Parameters
    ----------
    engine : name of the engine
    draws : the draws
    seed : seed of the draws

    Returns
    -------
    One generator a draw, made when it is first asked for: most engines never ask.
    """
    return _Rngs(engine, range(draws.first, draws.first + len(draws)), seed)


class _Rngs(Sequence[np.random.Generator]):
    """Generators made on demand, the same one each time it is asked for."""

    def __init__(self, engine: str, numbers: Sequence[int], seed: int) -> None:
        self._name = int.from_bytes(hashlib.sha256(engine.encode()).digest()[:8], "big")
        self._numbers, self._seed = numbers, seed
        self._made: dict[int, np.random.Generator] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> np.random.Generator: ...
    @overload
    def __getitem__(self, index: slice) -> list[np.random.Generator]: ...
    def __getitem__(self, index: int | slice) -> np.random.Generator | list[np.random.Generator]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        number = self._numbers[index]
        if number not in self._made:
            child = np.random.SeedSequence(self._seed, spawn_key=(number, self._name))
            self._made[number] = np.random.default_rng(child)
        return self._made[number]
