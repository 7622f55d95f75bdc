"""The numbers of a scenario as columns (`quantities`), and many sampled scenarios at once (`Draws`).

Every estimate of a scenario is a quantity; a quantity is a column of `Draws.values`, so that applying an approach is
arithmetic
on columns, and an engine's batch path never builds a scenario per draw.
"""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from parley.domain.estimate import Estimate
from parley.domain.marks import OnScale, Within, part, walk
from parley.domain.scenario import Scenario
from parley.errors import Path

if TYPE_CHECKING:
    import xarray as xr

__all__ = ["Draws", "Quantity", "copied", "quantities"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One uncertain number of a scenario.

    Attributes
    ----------
    path : where it stands, from the top of the scenario
    name : the path with ids in place of positions in lists, such as `positions[russia, truce].salience`
    estimate : low, mode and high, with the grounds
    low, high : the range that it may not leave; points lie in 0..100
    """

    path: Path
    name: str
    estimate: Estimate
    low: float
    high: float


@functools.lru_cache(maxsize=64)
def _quantities(scenario: Scenario) -> tuple[Quantity, ...]:
    result = []
    for found in walk(Scenario, scenario):
        if isinstance(found.value, Estimate):
            within = found.mark(Within) or (Within(0, 100) if found.mark(OnScale) else Within(-math.inf, math.inf))
            name = _name(scenario, found.path)
            result.append(Quantity(path=found.path, name=name, estimate=found.value, low=within.low, high=within.high))
    return tuple(result)


def quantities(scenario: Scenario) -> tuple[Quantity, ...]:
    """Every estimate of a scenario, in the order of the file's sections.

    Parameters
    ----------
    scenario : the scenario

    Returns
    -------
    One `Quantity` each; their order is the order of the columns of `Draws.values`.
    """
    return _quantities(scenario)


def _name(scenario: Scenario, path: Path) -> str:
    text, node = "", scenario
    for key in path:
        if isinstance(key, int):
            node = node[key]  # type: ignore[index]
            labels = [part(node, name) for name in ("id",)]
            if labels == [None]:
                labels = [part(node, name) for name in ("party", "issue", "option")]
            shown = ", ".join(str(label) for label in labels if label is not None)
            text += f"[{shown or key}]"
        else:
            node = getattr(node, key)
            text += f".{key}"
    return text.removeprefix(".")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Draws:
    """A scenario with many samples of its numbers.

    Attributes
    ----------
    base : the scenario that the numbers belong to
    values : the samples, shape (draw, quantity), in the order of `quantities(base)`
    chance : a uniform number 0..1 per draw and lever, shape (draw, lever); a lever acts where it lies below its
        credibility
    first : number of the first draw, where this is a part of a larger set
    """

    base: Scenario
    values: Array
    chance: Array
    first: int = 0

    @classmethod
    def of_modes(cls, scenario: Scenario) -> Draws:
        """One draw that holds every mode; each lever acts (chance 0)."""
        modes = np.array([[quantity.estimate.mode for quantity in quantities(scenario)]], dtype=np.float64)
        return cls(base=scenario, values=modes, chance=np.zeros((1, len(scenario.levers))))

    def __len__(self) -> int:
        """The number of draws."""
        return int(self.values.shape[0])

    @property
    def alike(self) -> bool:
        """Whether all draws have the same numbers, as where every estimate is exact; `chance` may still differ."""
        return bool((self.values == self.values[:1]).all())

    def index(self, path: Path) -> int | None:
        """The column of the estimate at this path; None if there is none."""
        return _columns(self.base).get(path)

    def column(self, path: Path, default: float = math.nan) -> Array:
        """The samples of the estimate at this path, shape (draw,); `default` throughout if there is none."""
        index = self.index(path)
        return np.full(len(self), default) if index is None else self.values[:, index]

    def part(self, start: int, stop: int) -> Draws:
        """The draws start..stop (stop not included)."""
        return dataclasses.replace(
            self, values=self.values[start:stop], chance=self.chance[start:stop], first=self.first + start
        )

    def scenario(self, draw: int) -> Scenario:
        """The draw's numbers as a scenario of exact estimates.

        Rules that tie several numbers together are not checked again: an engine meets every draw as it was sampled.
        """
        numbers = {
            quantity.path: float(value)
            for quantity, value in zip(quantities(self.base), self.values[draw], strict=True)
        }
        result = _rebuilt(self.base, (), numbers, _branches(self.base))
        assert isinstance(result, Scenario)
        return result

    @property
    def dataset(self) -> xr.Dataset:
        """The samples with names: `number` (draw, quantity) and `chance` (draw, lever)."""
        import xarray as xr

        return xr.Dataset(
            {"number": (("draw", "quantity"), self.values), "chance": (("draw", "lever"), self.chance)},
            coords={
                "draw": np.arange(self.first, self.first + len(self)),
                "quantity": [quantity.name for quantity in quantities(self.base)],
                "lever": [lever.id for lever in self.base.levers],
            },
        )


@functools.lru_cache(maxsize=64)
def _columns(scenario: Scenario) -> Mapping[Path, int]:
    return {quantity.path: index for index, quantity in enumerate(quantities(scenario))}


@functools.lru_cache(maxsize=64)
def _branches(scenario: Scenario) -> frozenset[Path]:
    """Every path that leads to an estimate."""
    return frozenset(
        quantity.path[:length] for quantity in quantities(scenario) for length in range(len(quantity.path))
    )


def _rebuilt(node: Any, path: Path, numbers: Mapping[Path, float], branches: frozenset[Path]) -> Any:
    """Copy a tree of nouns with other numbers, without checking it again."""
    if isinstance(node, Estimate):
        value = numbers[path]
        return copied(node, {"low": value, "mode": value, "high": value})
    if path not in branches:
        return node
    if isinstance(node, tuple):
        return tuple(_rebuilt(item, (*path, index), numbers, branches) for index, item in enumerate(node))
    changed = {
        field.name: _rebuilt(getattr(node, field.name), (*path, field.name), numbers, branches)
        for field in dataclasses.fields(node)
        if (*path, field.name) in branches or (*path, field.name) in numbers
    }
    return copied(node, changed)


def copied(node: Any, changed: Mapping[str, Any]) -> Any:
    """A noun with other fields, made without checking it again: only for values that cannot be wrong.

    Parameters
    ----------
    node : the noun
    changed : the new values, by name of the field
    """
    result = object.__new__(type(node))
    names: Sequence[str] = [field.name for field in dataclasses.fields(node)]
    for name in names:
        object.__setattr__(result, name, changed[name] if name in changed else getattr(node, name))
    return result
