"""From what the network thinks of each token to spans of sources, cues and contents. `spans` is the main name.

Seven tags: outside, and for each role the first token of a span and any further one. A further token stands only
after a token of the same role; the likeliest sequence that keeps to this is found by dynamic programming, and how sure
each span is by the sums over all sequences that keep to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from parley.reading.pairs import Piece, Role

__all__ = ["ROLES", "TAGS", "certainty", "likeliest", "spans"]

Scores = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Path = np.ndarray[tuple[int], np.dtype[np.int64]]

ROLES: tuple[Role, ...] = ("source", "cue", "content")
TAGS = 1 + 2 * len(ROLES)


def _follows(before: int, after: int) -> bool:
    return after == 0 or after % 2 == 1 or before in (after - 1, after)


_STEP = np.array([[0.0 if _follows(i, j) else -np.inf for j in range(TAGS)] for i in range(TAGS)])
_FIRST = np.array([0.0 if _follows(0, j) else -np.inf for j in range(TAGS)])


def likeliest(scores: Scores) -> Path:
    """The likeliest sequence of tags that keeps to the rule (the Viterbi algorithm).

    Parameters
    ----------
    scores : array, shape (token, tag); logarithms of probabilities

    Returns
    -------
    array, shape (token,); numbers of tags
    """
    best = scores[0] + _FIRST
    came_from = np.zeros(scores.shape, dtype=np.int64)
    for token in range(1, len(scores)):
        reached = best[:, np.newaxis] + _STEP
        came_from[token] = reached.argmax(axis=0)
        best = reached.max(axis=0) + scores[token]
    path = np.zeros(len(scores), dtype=np.int64)
    path[-1] = best.argmax()
    for token in range(len(scores) - 1, 0, -1):
        path[token - 1] = came_from[token, path[token]]
    return path


def certainty(scores: Scores) -> Scores:
    """The probability of each tag at each token, over all sequences that keep to the rule (forward and backward sums).

    Parameters
    ----------
    scores : array, shape (token, tag); logarithms of probabilities

    Returns
    -------
    array, shape (token, tag); each row sums to 1
    """
    chance, step, first = np.exp(scores), np.exp(_STEP), np.exp(_FIRST)
    forward, backward = np.empty_like(chance), np.ones_like(chance)
    for token in range(len(chance)):
        arrived = chance[token] * (forward[token - 1] @ step if token else first)
        forward[token] = arrived / arrived.sum()
    for token in range(len(chance) - 2, -1, -1):
        sent = step @ (chance[token + 1] * backward[token + 1])
        backward[token] = sent / sent.sum()
    both = forward * backward
    certain: Scores = both / both.sum(axis=1, keepdims=True)
    return certain


def spans(scores: Scores, *, paragraph: int, first: int) -> Iterator[Piece]:
    """The spans of one stretch of tokens, with how sure they are: the mean probability of their tags.

    Parameters
    ----------
    scores : array, shape (token, tag); logarithms of probabilities
    paragraph : number of the paragraph that the stretch is of
    first : its first token, counted in the paragraph
    """
    path = likeliest(scores)
    if not path.any():
        return
    chance = certainty(scores)
    for start, stop in _runs(path.tolist()):
        score = float(np.mean(chance[np.arange(start, stop), path[start:stop]]))
        yield Piece(
            paragraph=paragraph,
            first=first + start,
            last=first + stop - 1,
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
