"""What to do with a space of packages: `issue_by_issue`, `leaning` and `single_text`, for who advises or mediates.

Nothing here lists the space, so its size does not matter.

Source
------
The single negotiating text, [Raiffa1982]_; unequal weights in the Nash product, [Kalai1977Weights]_.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parley.methods.frontier import TIE, nash
from parley.methods.packages import Space
from parley.methods.packages_merged import worth_of

__all__ = ["Step", "crossed", "issue_by_issue", "leaning", "single_text"]

Array = NDArray[np.float64]
Places = NDArray[np.intp]

NO_WORSE = 1e-9
"""A loss that is no larger is rounding."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Step:
    """One step of the single text.

    Attributes
    ----------
    issues : the issues that it changes, by place
    levels : the package after it, shape (issue,)
    gain : what it gives each party, shape (party,)
    """

    issues: tuple[int, ...]
    levels: Places
    gain: Array


def crossed(space: Space, levels: Places) -> NDArray[np.bool_]:
    """Which bars packages cross, shape (package, bar), from their levels, shape (package, issue)."""
    flags = [bar.closed[tuple(levels[:, issue] for issue in bar.issues)] for bar in space.bars]
    return np.stack(flags, axis=1) if flags else np.zeros((len(levels), 0), dtype=np.bool_)


def issue_by_issue(space: Space, at: Sequence[int]) -> Places:
    """Settle each issue by itself, as if the others stayed at a reference package.

    On each issue the level is taken with the largest product of gains over the worst that each party could get on that
    issue, among the levels that cross no bar which looks at this issue alone (all levels, where they all cross one).
    What linkage is worth is what the Nash package gives more than these levels do together.

    Parameters
    ----------
    space : the space
    at : the level of each issue in the reference package

    Returns
    -------
    array, shape (issue,): the levels
    """
    result = np.array(at, dtype=np.intp)
    for issue, size in enumerate(space.sizes):
        tried = np.tile(np.array(at, dtype=np.intp), (size, 1))
        tried[:, issue] = np.arange(size)
        closed = np.zeros(size, dtype=np.bool_)
        for bar in space.bars:
            if bar.issues == (issue,):
                closed |= bar.closed
        allowed = np.flatnonzero(~closed) if not closed.all() else np.arange(size)
        worth = worth_of(space, tried)[:, allowed]
        worst = np.where(np.isfinite(space.reserve), worth.min(axis=1), -np.inf)
        if (worth.max(axis=1) > worst + NO_WORSE)[np.isfinite(worst)].any():
            result[issue] = allowed[nash(worth, worst)[0]]
    return result


def leaning(worth: Array, reserve: Array, weight: Array) -> int | None:
    """Find the package with the largest weighted product of gains over the reserve values.

    Parameters
    ----------
    worth : array, shape (party, package)
    reserve : array, shape (party,); -inf for a party that does not count
    weight : array, shape (party,), > 0

    Returns
    -------
    Its place, the first of those that tie; None where nobody can sign anything
    """
    counted = np.isfinite(reserve)
    gains = worth[counted] - reserve[counted, np.newaxis]
    rational = np.flatnonzero((gains >= 0).all(axis=0))
    if not rational.size:
        return None
    able = gains[:, rational].max(axis=1) > 0
    with np.errstate(divide="ignore"):
        value = (weight[counted][able, np.newaxis] * np.log(gains[able][:, rational])).sum(axis=0)
    best = value.max(initial=-np.inf)
    return int(rational[np.flatnonzero(value >= best - TIE)[0]] if np.isfinite(best) else rational[0])


def single_text(space: Space, start: Sequence[int], distance: Sequence[Array], *, most: int = 20) -> tuple[Step, ...]:
    """Improve one text step by step, each as small as possible, so that nobody is ever worse off.

    A step changes one issue, or two at once where no single change does; of the changes that leave nobody who counts
    worse and somebody better, and cross no bar that the text did not cross, it takes the smallest. Where several are
    equally small it takes the one that gives most to whom it gives least, then the one that gives most in all.

    Parameters
    ----------
    space : the space; parties whose reserve value is -inf do not count
    start : the level of each issue in the first text
    distance : where the levels of each issue lie, in any measure that all issues share
    most : stop after so many steps

    Returns
    -------
    The steps; none where no small change is good for all
    """
    text = np.array(start, dtype=np.intp)
    counted = np.isfinite(space.reserve)
    steps: list[Step] = []
    while len(steps) < most:
        found = None
        for width in (1, 2):
            tried = _changes(space, text, width)
            gain = worth_of(space, tried) - worth_of(space, text[np.newaxis])
            good = (gain[counted] >= -NO_WORSE).all(axis=0) & (gain[counted] > NO_WORSE).any(axis=0)
            good &= ~(crossed(space, tried) & ~crossed(space, text[np.newaxis])).any(axis=1)
            if not good.any():
                continue
            size = sum(np.abs(distance[i][tried[:, i]] - distance[i][text[i]]) for i in range(len(space.sizes)))
            places = np.flatnonzero(good)
            keys = (-gain[counted][:, places].sum(axis=0), -gain[counted][:, places].min(axis=0).round(9))
            found = places[np.lexsort((*keys, np.asarray(size)[places].round(9)))[0]]
            changed = tuple(int(i) for i in np.flatnonzero(tried[found] != text))
            text = tried[found]
            steps.append(Step(issues=changed, levels=text, gain=gain[:, found]))
            break
        if found is None:
            break
    return tuple(steps)


def _changes(space: Space, text: Places, width: int) -> Places:
    """Every package that differs from a text on so many issues, shape (package, issue)."""
    result = [np.zeros((0, len(text)), dtype=np.intp)]
    for issues in itertools.combinations(range(len(text)), width):
        others = [[level for level in range(space.sizes[i]) if level != text[i]] for i in issues]
        chosen = np.array(list(itertools.product(*others)), dtype=np.intp).reshape(-1, width)
        tried = np.tile(text, (len(chosen), 1))
        tried[:, list(issues)] = chosen
        result.append(tried)
    return np.concatenate(result)
