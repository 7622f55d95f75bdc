"""Numbers that know the issue they are measured on: `Spot` (a point of its scale), `Shift` (a distance along it).

Engines answer in points 0..100; whoever shows a number needs the issue's own unit. A number of these kinds is an
ordinary float that also says on which issue it lies, so that the output edge can turn it into that unit.
"""

from __future__ import annotations

from parley.domain.issue import Scale

__all__ = ["Shift", "Spot"]


class Spot(float):
    """A point of an issue's scale, 0..100.

    Attributes
    ----------
    issue : id of the issue
    """

    issue: str

    def __new__(cls, value: float, issue: str) -> Spot:
        """Make one from a point 0..100 and the issue's id."""
        self = super().__new__(cls, value)
        self.issue = issue
        return self

    def in_unit(self, scale: Scale) -> float:
        """The same point in the issue's own unit, to 12 significant digits."""
        return float(f"{scale.in_unit(float(self)):.12g}")


class Shift(float):
    """A distance along an issue's scale, -100..100.

    Attributes
    ----------
    issue : id of the issue
    """

    issue: str

    def __new__(cls, value: float, issue: str) -> Shift:
        """Make one from a distance on the scale 0..100 and the issue's id."""
        self = super().__new__(cls, value)
        self.issue = issue
        return self

    def in_unit(self, scale: Scale) -> float:
        """The same distance in the issue's own unit, to 12 significant digits."""
        return float(f"{float(self) * (scale.high - scale.low) / 100.0:.12g}")
