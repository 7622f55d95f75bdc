"""An issue of the talks and its scale, with words at its anchors. `Issue` is the main name."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from parley.domain.estimate import Ground, Words
from parley.domain.marks import Defines, Refers
from parley.errors import Problem, ScenarioError, did_you_mean

__all__ = ["Anchor", "Issue", "IssueId", "Scale"]

IssueId = Annotated[str, Refers("issue")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A point of a scale with words that say what it means.

    Attributes
    ----------
    at : the point, in the issue's own unit
    words : what this point means
    rung : a short name for the point, usable wherever a point is asked for; needed on each anchor of a ladder
    """

    at: float
    words: Words
    rung: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The range of an issue in its own unit; engines see it as 0..100.

    Attributes
    ----------
    low : the lower end, in the issue's own unit
    high : the upper end
    unit : the unit in words, such as `days` or `per cent`; empty for a bare scale
    anchors : points with words, rising; at least the two ends should have them
    ladder : whether only the anchors themselves can be agreed, not the points between

    Raises
    ------
    ScenarioError
        If low < high does not hold, an anchor lies off the scale, or anchors do not rise.
    """

    low: float = 0.0
    high: float = 100.0
    unit: Words = ""
    anchors: tuple[Anchor, ...] = ()
    ladder: bool = False

    def __post_init__(self) -> None:
        problems = []
        if not (math.isfinite(self.high - self.low) and self.low < self.high):
            problems.append(
                Problem(message=f"the scale runs from {self.low:g} to {self.high:g}", hint="low must be below high")
            )
        else:
            problems = [
                Problem(
                    path=("anchors", index, "at"),
                    message=f"the anchor at {anchor.at:g} lies off the scale",
                    hint=f"the scale runs {self.low:g}..{self.high:g}",
                )
                for index, anchor in enumerate(self.anchors)
                if not self.low <= anchor.at <= self.high
            ]
        places = [anchor.at for anchor in self.anchors]
        if any(later <= earlier for earlier, later in zip(places, places[1:], strict=False)):
            problems.append(
                Problem(path=("anchors",), message="the anchors do not rise", hint="list them from low to high")
            )
        rungs = [anchor.rung for anchor in self.anchors if anchor.rung]
        problems += [
            Problem(path=("anchors",), message=f"two anchors have the rung '{rung}'", hint="name each rung once")
            for rung in sorted(rung for rung, count in Counter(rungs).items() if count > 1)
        ]
        if self.ladder and len(rungs) < max(2, len(self.anchors)):
            problems.append(
                Problem(
                    path=("anchors",),
                    message="a ladder needs two anchors or more, each with a rung",
                    hint="add 'rung: name'",
                )
            )
        if problems:
            raise ScenarioError(problems)

    def point(self, word: float | str) -> float:
        """Turn a number in the issue's own unit, or a rung's name, into a point 0..100, to 12 significant digits.

        Raises
        ------
        ScenarioError
            If the rung is unknown or the number lies off the scale.
        """
        if isinstance(word, str):
            rungs = {anchor.rung: anchor.at for anchor in self.anchors if anchor.rung}
            if word not in rungs:
                hint = did_you_mean(word, list(rungs), noun="rung")
                raise ScenarioError([Problem(message=f"the scale has no rung '{word}'", hint=hint)])
            word = rungs[word]
        if not self.low <= word <= self.high:
            shown = f"{word:g} lies off the scale"
            raise ScenarioError(
                [Problem(message=shown, hint=f"the scale runs {self.low:g}..{self.high:g} {self.unit}".strip())]
            )
        return float(f"{100.0 * (word - self.low) / (self.high - self.low):.12g}")

    def in_unit(self, point: float) -> float:
        """Turn a point 0..100 into the issue's own unit; works on arrays too."""
        return self.low + point * (self.high - self.low) / 100.0

    def words_at(self, point: float) -> str:
        """The words of the anchor nearest to a point 0..100; empty on a scale without anchors."""
        value = self.in_unit(point)
        nearest = min(self.anchors, key=lambda anchor: abs(anchor.at - value), default=None)
        return nearest.words if nearest else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One question that the talks must settle.

    Attributes
    ----------
    id : short name, such as `arms_deliveries`
    name : its name in a table or on an axis
    question : the question in words
    scale : the scale of possible answers
    grounds : facts that show it is at issue
    """

    id: Annotated[str, Defines("issue")]
    name: Words
    question: Words
    scale: Scale = Scale()
    grounds: tuple[Ground, ...] = ()
