"""Expressions over options as patterns: which options are taken and which are left. `patterns` is the main name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from parley.domain.expression import Expression, names

__all__ = ["Pattern", "holding", "patterns"]

Pattern = tuple[tuple[str, bool], ...]
"""Ids of options, and whether each is taken; options that it does not name may be either."""


def patterns(expression: Expression, states: Mapping[str, Expression]) -> Iterator[Pattern]:
    """Find patterns, no two of which hold at once, one of which holds exactly where an expression does.

    Parameters
    ----------
    expression : over options, and over states
    states : for each state that it may name, an expression over options that holds in it

    Yields
    ------
    The patterns, over the options that matter; one empty pattern where the expression always holds, and none where it
    never does.
    """
    seen = [name for each in names(expression) for name in (names(states[each]) if each in states else (each,))]
    options = list(dict.fromkeys(seen))
    axes = {
        name: np.array([False, True]).reshape([2 if axis == k else 1 for axis in range(len(options))])
        for k, name in enumerate(options)
    }
    yield from _cover(np.broadcast_to(holding(expression, axes, states), [2] * len(options)), options)


def holding(
    expression: Expression, taken: Mapping[str, NDArray[np.bool_]], states: Mapping[str, Expression]
) -> NDArray[np.bool_]:
    """Where an expression holds.

    Parameters
    ----------
    expression : over options, and over states
    taken : for each option, where it is taken; arrays that fit each other
    states : for each state that may be named, an expression over options that holds in it
    """
    named = {name: states[name].holds(taken) for name in names(expression) if name in states}
    return np.asarray(expression.holds({**taken, **named}))


def _cover(truth: NDArray[np.bool_], options: Sequence[str]) -> Iterator[Pattern]:
    """Patterns for where `truth` is, which has an axis of two, left and taken, for each option."""
    if truth.all():
        yield ()
    elif truth.any():
        left, taken = truth
        if np.array_equal(left, taken):
            yield from _cover(left, options[1:])
        else:
            yield from (((options[0], True), *rest) for rest in _cover(taken, options[1:]))
            yield from (((options[0], False), *rest) for rest in _cover(left, options[1:]))
