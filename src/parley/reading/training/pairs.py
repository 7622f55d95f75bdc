"""Weights of the bonds between spans, fitted to a corpus. `fit_pairs` is the main name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from parley.domain.source import Span
from parley.reading.grid import Grid
from parley.reading.linking import Choice, bonds
from parley.reading.pairs import SIZE, Piece, Placed, Role, Scene
from parley.reading.training.corpus import Marked

__all__ = ["fit_pairs", "gold_choices", "gold_pieces", "stored"]

PENALTY = 1.0
"""How strongly weights are drawn to nought, in units of a choice's log likelihood."""

ARTICLES = 2
"""How many articles must show a feature before it has a weight."""


def gold_pieces(grid: Grid, marked: Sequence[Marked]) -> list[tuple[Piece, tuple[int, ...]]]:
    """The marked spans of an article as stretches of tokens, each with the numbers of its attributions.

    A span over a line break is cut there; where spans of one role overlap, the first one stays.

    Parameters
    ----------
    grid : the article
    marked : its attributions
    """
    owners: dict[tuple[Role, int, int], list[int]] = {}
    for number, each in enumerate(marked):
        roles: tuple[tuple[Role, tuple[Span, ...]], ...] = (
            ("content", each.content),
            ("cue", each.cue),
            ("source", each.source),
        )
        for role, spans in roles:
            for span in spans:
                for first, last in _tokens(grid, span):
                    owners.setdefault((role, first, last), []).append(number)
    found = []
    free = {"content": -1, "cue": -1, "source": -1}
    for (role, first, last), numbers in sorted(owners.items(), key=lambda item: (item[0][1], -item[0][2])):
        if first > free[role]:
            free[role] = last
            paragraph = int(grid.paragraph[first])
            offset = int(grid.offset[paragraph])
            piece = Piece(paragraph=paragraph, first=first - offset, last=last - offset, role=role)
            found.append((piece, tuple(numbers)))
    return found


def fit_pairs(articles: Iterable[Sequence[tuple[Choice, int]]]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Fit a softmax over the candidates of each choice by penalised maximum likelihood.

    A feature that only one article shows has no weight, so that nothing of a single article is kept.

    Parameters
    ----------
    articles : the choices of each article, each with the number of what is right, the last being none of its candidates

    Returns
    -------
    array, shape (SIZE,); weights of the features
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_array

    columns: list[int] = []
    rows, groups, right = [0], [0], []
    shown_by = np.zeros(SIZE)
    for choices in articles:
        before = len(columns)
        for choice, answer in choices:
            right.append(len(rows) - 1 + answer)
            for features in choice.features:
                columns.extend(features)
                rows.append(len(columns))
            groups.append(len(rows) - 1)
        shown_by[np.unique(columns[before:]).astype(int)] += 1
    kept = (shown_by >= ARTICLES).astype(float)
    seen = csr_array((kept[columns], columns, rows), shape=(len(rows) - 1, SIZE))
    starts, sizes = np.array(groups[:-1]), np.diff(groups)
    truth = np.zeros(len(rows) - 1)
    truth[right] = 1.0

    def loss(weight: np.ndarray) -> tuple[float, np.ndarray]:
        score = seen @ weight
        score -= np.repeat(np.maximum.reduceat(score, starts), sizes)
        total = np.add.reduceat(np.exp(score), starts)
        chance = np.exp(score) / np.repeat(total, sizes)
        value = np.log(total).sum() - score[right].sum() + PENALTY / 2 * weight @ weight
        return float(value), seen.T @ (chance - truth) + PENALTY * weight

    result = minimize(loss, np.zeros(SIZE), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    weight: np.ndarray[tuple[int], np.dtype[np.float64]] = result.x
    return weight


def gold_choices(grid: Grid, marked: Sequence[Marked]) -> list[tuple[Choice, int]]:
    """Every choice between marked spans of an article, each with what is right.

    Parameters
    ----------
    grid : the article
    marked : its attributions
    """
    owners = dict(gold_pieces(grid, marked))
    found: list[tuple[Choice, int]] = []

    def choose(choice: Choice) -> Placed | None:
        mine = set(owners[choice.here.piece])
        for number, candidate in enumerate(choice.candidates):
            if mine & set(owners[candidate.piece]):
                found.append((choice, number))
                return candidate
        found.append((choice, len(choice.candidates)))
        return None

    bonds(Scene(grid), list(owners), choose)
    return found


def stored(weight: np.ndarray[tuple[int], np.dtype[np.float64]]) -> bytes:
    """Weights as they ship: numbers of half precision, one a feature, little end first."""
    return weight.astype("<f2").tobytes()


def _tokens(grid: Grid, span: Span) -> list[tuple[int, int]]:
    """The stretches of tokens, both ends included, that a span covers, one a paragraph."""
    first = int(np.searchsorted(grid.end, span.start, side="right"))
    last = int(np.searchsorted(grid.start, span.end, side="left")) - 1
    if last < first:
        return []
    found = []
    for number in range(int(grid.paragraph[first]), int(grid.paragraph[last]) + 1):
        low, high = max(first, int(grid.offset[number])), min(last, int(grid.offset[number + 1]) - 1)
        if low <= high:
            found.append((low, high))
    return found
