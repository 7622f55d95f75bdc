"""Lines between states that go around what stands in their way: `routed` is the main name.

Each line takes the bow that keeps it clear of states, of words and of lines that run the same way; straight, if it can.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Curve", "Spot", "routed"]

BOWS = (0.0, 11.0, -11.0, 19.0, -19.0, 27.0, -27.0, 37.0, -37.0, 50.0, -50.0, 66.0, -66.0, 95.0, -95.0)
"""How far the middle of a line may stand off, in pixels, to either side of the straight way."""

ROOM = 5.0
"""A line passes a state at this distance, in pixels, or further off."""

CELL = 6.0
"""Lines that run the same way less than this apart, in pixels, are hard to follow."""

SAMPLES = 15

Array = NDArray[np.float64]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """What a line begins at, ends at, or has to go around.

    Attributes
    ----------
    x, y : its middle
    wide, tall : half its width and half its height
    round : whether it is a circle, so wide; otherwise a box
    """

    x: float
    y: float
    wide: float
    tall: float
    round: bool = False

    def edge(self, towards: Point) -> Point:
        """Where its border is met on the way from its middle to a point."""
        dx, dy = towards[0] - self.x, towards[1] - self.y
        length = math.hypot(dx, dy) if self.round else max(abs(dx), abs(dy) * self.wide / self.tall)
        share = self.wide / (length or 1.0)
        return self.x + dx * share, self.y + dy * share

    def port(self, other: Spot, bow: float) -> tuple[Point, Point]:
        """Where a line to another box leaves this one, and which way: at right angles to its side."""
        dx, dy = other.x - self.x, other.y - self.y
        if abs(dy) > self.tall + other.tall:
            shift = max(-0.8, min(0.8, 0.3 * dx / self.wide)) * self.wide
            return (self.x + shift, self.y + math.copysign(self.tall, dy)), (0.0, math.copysign(1.0, dy))
        if bow:
            shift = math.copysign(0.6 * self.wide, dx)
            return (self.x + shift, self.y + math.copysign(self.tall, bow)), (0.0, math.copysign(1.0, bow))
        return (self.x + math.copysign(self.wide, dx), self.y), (math.copysign(1.0, dx), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A cubic curve.

    Attributes
    ----------
    start, first, second, end : its ends and the points that bend it
    """

    start: Point
    first: Point
    second: Point
    end: Point

    def points(self, samples: int = SAMPLES) -> Array:
        """Points along it, shape (sample, 2)."""
        t = np.linspace(0.06, 0.94, samples)[:, np.newaxis]
        ends = [np.array(each) for each in (self.start, self.first, self.second, self.end)]
        shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        found: Array = np.asarray(sum(share * end for share, end in zip(shares, ends, strict=True)))
        return found


def routed(
    ends: Sequence[tuple[Spot, Spot]],
    around: Sequence[Spot],
    *,
    words: Sequence[Spot] = (),
    within: tuple[float, float],
) -> list[Curve]:
    """Lay out lines.

    Parameters
    ----------
    ends : where each begins and ends
    around : all that a line must not touch, except its own ends
    words : what it had better not touch
    within : left and right end of the room for them, in pixels

    Returns
    -------
    The curves, in the order of `ends`; short ones have the first choice of their way.
    """
    laid = _Laid(around, words, within)
    order = sorted(range(len(ends)), key=lambda k: (round(_length(*ends[k])), k))
    found = {k: laid.best(*ends[k]) for k in order}
    return [found[k] for k in range(len(ends))]


def _length(start: Spot, end: Spot) -> float:
    return math.hypot(end.x - start.x, end.y - start.y)


def _bent(start: Spot, end: Spot, bow: float) -> Curve:
    return _between_marks(start, end, bow) if start.wide == start.tall else _between_boxes(start, end, bow)


def _between_marks(start: Spot, end: Spot, bow: float) -> Curve:
    length = _length(start, end) or 1.0
    ux, uy = (end.x - start.x) / length, (end.y - start.y) / length
    # A line that runs the other way bends to the same side of the sheet
    side = 1.0 if (ux, uy) > (0.0, 0.0) else -1.0
    # The points that bend it lie outside both marks, so that each end of the line points at its state
    outside = 1.45 * max(start.wide, end.wide) + 2
    along, lift = min(max(0.28 * length, outside), 42.0, length / 2), side * bow * 4 / 3
    first = start.x + ux * along + uy * lift, start.y + uy * along - ux * lift
    second = end.x - ux * along + uy * lift, end.y - uy * along - ux * lift
    return Curve(start=start.edge(first), first=first, second=second, end=end.edge(second))


def _between_boxes(start: Spot, end: Spot, bow: float) -> Curve:
    (ax, ay), (avx, avy) = start.port(end, bow)
    (bx, by), (bvx, bvy) = end.port(start, bow)
    beside = abs(end.y - start.y) <= start.tall + end.tall
    along = abs(bow) * 4 / 3 if beside and bow else 0.42 * (abs(by - ay) + 0.3 * abs(bx - ax))
    lift = 0.0 if beside else bow * 4 / 3
    first = ax + avx * along + lift, ay + avy * along
    second = bx + bvx * along + lift, by + bvy * along
    return Curve(start=(ax, ay), first=first, second=second, end=(bx, by))


class _Laid:
    """The lines laid out so far, and what is in the way of the next one."""

    def __init__(self, around: Sequence[Spot], words: Sequence[Spot], within: Point) -> None:
        self._around, self._words, self._within = list(around), list(words), within
        self._taken: set[tuple[int, int, int]] = set()

    def best(self, start: Spot, end: Spot) -> Curve:
        others = [each for each in self._around if each not in (start, end)]
        straight = _bent(start, end, 0.0)
        chosen = straight
        if self._costs([straight], others)[0]:
            length = _length(start, end)
            bows = [bow for bow in BOWS if abs(bow) < max(14.0, 0.5 * length)]
            curves = [_bent(start, end, bow) for bow in bows]
            chosen = curves[int(np.argmin(self._costs(curves, others) + 0.3 * np.abs(bows)))]
        self._taken.update(_keys(chosen.points(4 * SAMPLES)))
        return chosen

    def _costs(self, curves: Sequence[Curve], others: Sequence[Spot]) -> Array:
        """What stands against each curve: the edge of the sheet, states, words, and other lines."""
        points = np.array([curve.points() for curve in curves])
        cost = 900 * _touched(points, others, ROOM) + 12 * _touched(points, self._words, 0.0)
        left, right = self._within
        cost += 4000 * ((points[..., 0] < left + 3) | (points[..., 0] > right - 3)).any(axis=1)
        cost += [5 * sum(key in self._taken for key in _keys(each)) for each in points]
        return cost


def _touched(points: Array, spots: Sequence[Spot], room: float) -> Array:
    """How many samples of each curve lie on or too near to one of the spots, shape (curve,)."""
    if not spots:
        return np.zeros(len(points))
    middle = np.array([(each.x, each.y) for each in spots])
    size = np.array([(each.wide, each.tall) for each in spots]) + room
    near = (np.abs(points[:, :, np.newaxis, :] - middle) < size).all(axis=-1)
    found: Array = near.any(axis=2).sum(axis=1).astype(np.float64)
    return found


def _keys(points: Array) -> list[tuple[int, int, int]]:
    """By point, the small square that it lies in and about which way the line runs there."""
    steps = np.gradient(points, axis=0)
    turn = np.round(np.arctan2(steps[:, 1], steps[:, 0]) / (math.pi / 6)).astype(int) % 6
    cell = np.floor(points / CELL).astype(int)
    return [(x, y, way) for (x, y), way in zip(cell.tolist(), turn.tolist(), strict=True)]
