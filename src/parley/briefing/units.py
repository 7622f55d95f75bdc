"""Points of an issue in words: in its own unit, or as the step of its ladder. `place` is the main name."""

from __future__ import annotations

from parley.briefing import words
from parley.domain.comparison import Statistic
from parley.domain.estimate import Estimate
from parley.domain.issue import Issue

__all__ = ["around", "between", "meant", "middle", "place", "range_of", "rounded", "with_unit"]


def place(issue: Issue, point: float) -> str:
    """A point that the scenario gives, in the issue's own unit; on a ladder, the words of the nearest rung."""
    scale = issue.scale
    return f"“{scale.words_at(point)}”" if scale.ladder else with_unit(f"{scale.in_unit(point):.4g}", issue)


def rounded(issue: Issue, point: float, *, within: tuple[float, float] | None = None) -> str:
    """A point that was computed, no more precise than a range supports; on a ladder, the words of the nearest rung.

    Parameters
    ----------
    issue : the issue
    point : 0..100
    within : the range of its draws, 0..100; None: it is rounded to a hundredth of the scale
    """
    scale = issue.scale
    if scale.ladder:
        return f"“{scale.words_at(point)}”"
    low, high = (scale.in_unit(each) for each in (within or (point, point)))
    return with_unit(words.number(scale.in_unit(point), words.step_for(low, high, span=scale.high - scale.low)), issue)


def middle(issue: Issue, found: Statistic) -> str:
    """The middle of the draws of a settlement, no more precise than their spread supports."""
    return rounded(issue, found.q50, within=(found.q10, found.q90))


def around(issue: Issue, found: Statistic) -> str:
    """The range of eight in ten draws of a settlement, without the unit."""
    scale = issue.scale
    if scale.ladder:
        first, last = scale.words_at(found.q10), scale.words_at(found.q90)
        return "in eight of ten draws" if first == last else f"“{first}” to “{last}”"
    low, high = scale.in_unit(found.q10), scale.in_unit(found.q90)
    step = words.step_for(low, high, span=scale.high - scale.low)
    return f"{words.number(low, step)} to {words.number(high, step)}"


def between(issue: Issue, low: float, high: float) -> str:
    """A range of points of an issue in its own unit."""
    scale = issue.scale
    step = words.step_for(scale.in_unit(low), scale.in_unit(high), span=scale.high - scale.low)
    if scale.ladder:
        first, last = scale.words_at(low), scale.words_at(high)
        return f"“{first}”" if first == last else f"“{first}” to “{last}”"
    first, last = words.number(scale.in_unit(low), step), words.number(scale.in_unit(high), step)
    return with_unit(first if first == last else f"{first} to {last}", issue)


def with_unit(text: str, issue: Issue) -> str:
    """A number, or a range of numbers, with the issue's unit."""
    unit = issue.scale.unit.strip()
    for percent in ("per cent", "percent", "%"):
        if unit.startswith(percent):
            return f"{text}%{unit.removeprefix(percent)}"
    if unit:
        return f"{text} {unit.removesuffix('s') if text == '1' else unit}"
    low, high = issue.scale.low, issue.scale.high
    return f"{text} of {high:g}" if low == 0 else f"{text} on a scale from {low:g} to {high:g}"


def range_of(estimate: Estimate, issue: Issue) -> str:
    """The range of a point estimate in words."""
    spread = between(issue, estimate.low, estimate.high)
    if estimate.low == estimate.high:
        return spread
    likely = place(issue, estimate.mode)
    return f"{spread}, most likely {likely if issue.scale.ladder else f'{issue.scale.in_unit(estimate.mode):.4g}'}"


def meant(issue: Issue, point: float) -> str:
    """What a point of a scale without a unit means, to follow the number; empty on other scales."""
    words_there = issue.scale.words_at(point)
    bare = not issue.scale.ladder and not issue.scale.unit.strip()
    return f" (near “{words_there}”)" if bare and words_there else ""
