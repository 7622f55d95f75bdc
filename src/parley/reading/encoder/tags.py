"""From what the network thinks of each token to spans of sources, cues and contents. `spans` is the main name.

Seven tags: outside, and for each role the first token of a span and any further one. A further token stands only
after a token of the same role; the likeliest sequence that keeps to this is found by dynamic programming, and how sure
each span is by the sums over all sequences that keep to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from parley.reading.chain import Scores, best_labels, marginals
from parley.reading.pairs import Piece, Role

__all__ = ["ROLES", "TAGS", "Stretch", "spans"]

ROLES: tuple[Role, ...] = ("source", "cue", "content")
TAGS = 1 + 2 * len(ROLES)


def _follows(before: int, after: int) -> bool:
    return after == 0 or after % 2 == 1 or before in (after - 1, after)


_STEPS = np.array([[0.0 if _follows(i, j) else -np.inf for j in range(TAGS)] for i in range(TAGS)])
_FIRST = _STEPS[0]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stretch:
    """Tokens of one paragraph that are tagged together.

    Attributes
    ----------
    paragraph : number of the paragraph
    first : the first token, counted in the paragraph
    scores : array, shape (token, tag), not empty; logarithms of probabilities
    """

    paragraph: int
    first: int
    scores: Scores


def spans(stretches: Sequence[Stretch]) -> Iterator[Piece]:
    """The spans of stretches of tokens, with how sure they are: the mean probability of their tags.

    Parameters
    ----------
    stretches : the stretches, in the order in which their spans are to come
    """
    rows = [np.concatenate([each.scores[:1] + _FIRST, each.scores[1:]]) for each in stretches]
    paths = best_labels(rows, _STEPS)
    tagged = [number for number, path in enumerate(paths) if path.any()]
    chances = marginals([rows[number] for number in tagged], _STEPS)
    for number, chance in zip(tagged, chances, strict=True):
        path, each = paths[number], stretches[number]
        for start, stop in _runs(path.tolist()):
            score = float(np.mean(chance[np.arange(start, stop), path[start:stop]]))
            yield Piece(
                paragraph=each.paragraph,
                first=each.first + start,
                last=each.first + stop - 1,
                role=ROLES[(path[start] - 1) // 2],
                score=min(1.0, score),
            )


def _runs(path: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First token and one past the last of each span."""
    start: int | None = None
    for token, tag in enumerate((*path, 0)):
        if start is not None and (tag == 0 or tag % 2 == 1):
            yield start, token
            start = None
        if start is None and tag != 0:
            start = token
