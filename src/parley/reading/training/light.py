"""Weights of the light reader, fitted to a corpus. `fit_light` is the main name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from parley.domain.attribution import Attribution
from parley.errors import UsageError
from parley.reading.features import BITS, Keys, Lexicon, features, lemma_keys, verdicts
from parley.reading.grid import Column, Grid
from parley.reading.light import FORBIDDEN, LABELS, Model, labelled
from parley.reading.linking import Weights, chances, link
from parley.reading.pairs import Scene
from parley.reading.rules.lexicon import lenient
from parley.reading.rules.reader import drafts
from parley.reading.training.corpus import Example
from parley.reading.training.field import Sample, fit_field
from parley.reading.training.pairs import gold_pieces
from parley.reading.training.scores import as_marked, rates, right, tally

__all__ = ["Material", "fit_lexicon", "fit_light"]

Progress = Callable[[int, int, str], None]

ARTICLES = 3
"""How many articles must show a feature before it has a weight."""

FOLDS = 5
"""The grades of cues that an article is labelled with in training come from the other folds of the corpus."""

HELD = 20
"""One article in so many is kept apart to set the dial between precision and recall, and the confidence."""

OUTSIDE = (-0.1, 0.0, 0.1, 0.2)
GRADES = (0.01, 0.05, 0.15, 0.35, 0.6)
LEAST = 0.02
"""Weights nearer to nought than this are left out."""

SEED = 0


def _allowed() -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Which label (column) may follow which (row; the last is the start): an inside only what it goes on."""
    found = np.ones((len(LABELS) + 1, len(LABELS)), dtype=np.bool_)
    for inside in (2, 4, 6):
        found[:, inside] = False
        found[inside - 1 : inside + 1, inside] = True
    return found


ALLOWED = _allowed()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Material:
    """An article as training needs it.

    Attributes
    ----------
    example : the article and what was marked
    grid : its tokens
    labels : array, shape (token,); places in `LABELS`
    heads : array, shape (token,); whether a token is the root of a cue
    ruled : array, shape (token,); what the rules take each token for
    """

    example: Example
    grid: Grid
    labels: Column
    heads: np.ndarray[tuple[int], np.dtype[np.bool_]]
    ruled: Column

    @classmethod
    def of(cls, example: Example, grid: Grid) -> Material:
        """Prepare an article."""
        labels: Column = np.zeros(len(grid.word), dtype=np.int64)
        heads = np.zeros(len(grid.word), dtype=np.bool_)
        scene = Scene(grid)
        for piece, _ in gold_pieces(grid, example.marked):
            placed = scene.place(piece)
            kind = LABELS.index(f"B-{piece.role}")
            labels[placed.first : placed.last + 1] = kind + 1
            labels[placed.first] = kind
            heads[placed.root] |= piece.role == "cue"
        ruled = verdicts(grid, drafts(grid, range(len(grid.open_at_end)), lenient()))
        return cls(example=example, grid=grid, labels=labels, heads=heads, ruled=ruled)


def fit_light(
    articles: Sequence[Material], pairs: Weights, *, epochs: int = 5, progress: Progress | None = None
) -> Model:
    """Fit the light reader: the same articles give the same model.

    Parameters
    ----------
    articles : the corpus, at least two articles
    pairs : array, shape (SIZE,); weights of the bonds between spans, for the dial
    epochs : how often every article is looked at
    progress : called with what is done, all there is to do, and what is being done

    Raises
    ------
    UsageError
        If the corpus holds no attribution to learn from.
    """
    held = [each for number, each in enumerate(articles) if number % HELD == HELD - 1] or list(articles)
    fitted = [each for number, each in enumerate(articles) if number % HELD != HELD - 1]
    if not any(each.labels.any() for each in fitted):
        raise UsageError("the corpus marks no attribution; there is nothing to learn from")
    rows = []
    folds = [fit_lexicon([each for number, each in enumerate(fitted) if number % FOLDS != fold] or fitted)
             for fold in range(FOLDS)]  # fmt: skip
    for number, each in enumerate(fitted):
        rows.append(features(each.grid, folds[number % FOLDS], each.ruled) if len(each.labels) else _nothing())
        if progress:
            progress(number + 1, len(fitted) + epochs, "looking at the articles")
    weights = _fitted(fitted, rows, epochs, progress)
    return _dialled(replace(weights, lexicon=fit_lexicon(fitted)), held, pairs)


def fit_lexicon(articles: Sequence[Material]) -> Lexicon:
    """Grade every lemma by how often it heads a cue; lemmas of one article, or rarer than three, have no grade.

    Parameters
    ----------
    articles : the articles to count in
    """
    keys = np.concatenate([lemma_keys(each.grid) for each in articles])
    heads = np.concatenate([each.heads for each in articles])
    article = np.repeat(np.arange(len(articles)), [len(each.labels) for each in articles])
    known, place, often = np.unique(keys, return_inverse=True, return_counts=True)
    cues = np.bincount(place, heads)
    first, last = np.full(len(known), len(articles)), np.full(len(known), -1)
    np.minimum.at(first, place, article)
    np.maximum.at(last, place, article)
    kept = (often >= 3) & (last > first)
    grades = 1 + np.digitize(cues / (often + 1.0), GRADES)
    return Lexicon(keys=known[kept].astype(np.uint32), grades=grades[kept].astype(np.uint8))


def _fitted(articles: Sequence[Material], rows: Sequence[Keys], epochs: int, progress: Progress | None) -> Model:
    """The random field, without the grades of cues."""
    shown_by = np.zeros(1 << BITS, dtype=np.int32)
    for keys in rows:
        shown_by[np.unique(keys)] += 1
    kept = np.flatnonzero(shown_by >= min(ARTICLES, len(articles)))
    places = np.full(1 << BITS, len(kept), dtype=np.int32)
    places[kept] = np.arange(len(kept))
    starts = np.cumsum([0, *(len(each.labels) for each in articles)])
    paragraphs = [
        (int(start + first), int(start + end))
        for start, each in zip(starts, articles, strict=False)
        for first, end in zip(each.grid.offset[:-1], each.grid.offset[1:], strict=True)
        if first < end
    ]
    sample = Sample(
        places=np.concatenate([places[keys] for keys in rows if len(keys)]),
        labels=np.concatenate([each.labels for each in articles]),
        rows=paragraphs,
    )

    def tell(done: int, _: int) -> None:
        if progress:
            progress(len(articles) + done, len(articles) + epochs, "fitting")

    weights, steps = fit_field(sample, ALLOWED, epochs=epochs, rng=np.random.default_rng(SEED), progress=tell)
    weights[np.abs(weights) < LEAST] = 0.0
    weights = weights.astype("<f2").astype(np.float32)
    used = np.flatnonzero(weights[: len(kept)].any(axis=1))
    none = Lexicon(keys=np.zeros(0, dtype=np.uint32), grades=np.zeros(0, dtype=np.uint8))
    return Model(
        lexicon=none,
        keys=kept[used].astype(np.uint32),
        weights=np.vstack([weights[used], np.zeros((1, len(LABELS)), dtype=np.float32)]),
        steps=np.where(ALLOWED[:-1], steps, FORBIDDEN).astype("<f4").astype(np.float64),
    )


def _dialled(model: Model, held: Sequence[Material], pairs: Weights) -> Model:
    """The model with the dial and the confidence that serve articles which it was not fitted to best."""
    best, most = model, -1.0
    for outside in OUTSIDE:
        turned = replace(model, outside=outside)
        counts = sum((_counted(turned, each, pairs) for each in held), start=tally("", (), ()))
        worth = rates(counts, "half").f1 + rates(counts, "full").f1
        if worth > most:
            best, most = turned, worth
    return _calibrated(best, held, pairs)


def _found(model: Model, each: Material, pairs: Weights) -> tuple[Attribution, ...]:
    pieces = labelled(model, each.grid, range(len(each.grid.open_at_end)), ruled=each.ruled)
    return link((), pieces, grid=each.grid, chance=lambda choice: chances(choice, pairs))


def _counted(model: Model, each: Material, pairs: Weights) -> Counter[str]:
    return tally(each.example.article.text, each.example.marked, as_marked(_found(model, each, pairs)))


def _calibrated(model: Model, held: Sequence[Material], pairs: Weights) -> Model:
    """The model whose confidence is how often such attributions are right in source, cue and content."""
    from scipy.optimize import minimize

    chances: list[float] = []
    truths: list[bool] = []
    for each in held:
        found = _found(model, each, pairs)
        chances += [attribution.confidence for attribution in found]
        truths += right(each.example.article.text, each.example.marked, as_marked(found))
    if not any(truths):
        return model
    chance = np.clip(chances, 1e-6, 1 - 1e-6)
    odds, truth = np.log(chance / (1 - chance)), np.array(truths)

    def loss(settings: np.ndarray) -> float:
        score = settings[1] + settings[0] * odds
        return float(np.logaddexp(0, np.where(truth, -score, score)).sum() + 0.5 * (settings[0] - 1) ** 2)

    slope, level = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x.tolist()
    return replace(model, slope=slope, level=level)


def _nothing() -> Keys:
    return np.empty((0, 0), dtype=np.uint32)
