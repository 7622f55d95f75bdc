"""The light reader: a conditional random field labels the words of each paragraph, the pair scorer joins them. `Light`.

It needs no more than the parse: its features are hashes, its weights a table of numbers, and labelling is a few sums.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from parley import resources
from parley.domain.attribution import Attribution
from parley.reading.chain import Scores, best_labels, marginals
from parley.reading.features import Keys, Lexicon, features, verdicts
from parley.reading.grid import Column, Grid
from parley.reading.linking import link
from parley.reading.pairs import Piece, Role
from parley.reading.parsing import Paragraph
from parley.reading.rules.lexicon import lenient
from parley.reading.rules.reader import drafts

__all__ = ["LABELS", "Light", "Model", "labelled"]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
ROLES: tuple[Role, ...] = ("source", "cue", "content")
SHIPPED = "datasets/reading/light.npz"
FORBIDDEN = -1e9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """A fitted random field.

    Attributes
    ----------
    lexicon : how readily lemmas head cues
    keys : array, shape (feature,); numbers of features that have weights, in ascending order
    weights : array, shape (feature + 1, label); their weights, and at last those of a feature that has none
    steps : array, shape (label, label); the weight of each label (row) before another (column)
    outside : added to the score of being part of nothing; below 0 finds more and errs more
    slope, level : confidence is the logistic function of `level + slope * logit(how likely the labels are)`
    """

    lexicon: Lexicon
    keys: np.ndarray[tuple[int], np.dtype[np.uint32]]
    weights: np.ndarray[tuple[int, int], np.dtype[np.float32]]
    steps: Scores
    outside: float = 0.0
    slope: float = 1.0
    level: float = 0.0

    def scores(self, keys: Keys) -> Scores:
        """The score of each label of each word.

        Parameters
        ----------
        keys : array, shape (word, feature); numbers of features

        Returns
        -------
        array, shape (word, label)
        """
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        places[self.keys[places] != keys] = len(self.keys)
        scores: Scores = self.weights[places].sum(axis=1, dtype=np.float64)
        scores[:, 0] += self.outside
        return scores

    def confidence(self, chance: float) -> float:
        """How often attributions are right whose labels are so likely."""
        chance = min(max(chance, 1e-6), 1 - 1e-6)
        return float(1 / (1 + np.exp(-self.level - self.slope * np.log(chance / (1 - chance)))))

    def dump(self) -> bytes:
        """The model as a file; the same model gives the same bytes."""
        used = self.weights[:-1].astype("<f2")
        file = io.BytesIO()
        np.savez(
            file,
            lemmas=self.lexicon.keys.astype("<u4"),
            grades=self.lexicon.grades,
            keys=self.keys.astype("<u4"),
            labels=np.packbits(used != 0, axis=1, bitorder="little")[:, 0],
            weights=used[used != 0],
            steps=self.steps.astype("<f4"),
            settings=np.array([self.outside, self.slope, self.level], dtype="<f8"),
        )
        return file.getvalue()

    @classmethod
    def load(cls, content: bytes) -> Model:
        """Read a model that `dump` wrote."""
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            table = {name: file[name] for name in file.files}
        used = np.unpackbits(table["labels"][:, np.newaxis], axis=1, count=len(LABELS), bitorder="little").astype(bool)
        weights = np.zeros((len(used) + 1, len(LABELS)), dtype=np.float32)
        weights[:-1][used] = table["weights"]
        outside, slope, level = table["settings"].tolist()
        return cls(
            lexicon=Lexicon(keys=table["lemmas"], grades=table["grades"]),
            keys=table["keys"],
            weights=weights,
            steps=table["steps"].astype(np.float64),
            outside=outside,
            slope=slope,
            level=level,
        )


@dataclass(frozen=True, slots=True)
class Light:
    """Reads attributions with weights fitted to a corpus.

    Parameters
    ----------
    model : the weights; default those that ship

    Source
    ------
    Labelling by a conditional random field, [Lafferty2001]_; the corpus is [Newell2018]_.
    """

    model: Model | None = None
    name: ClassVar[str] = "light"

    def attributions(self, paragraphs: Sequence[Paragraph]) -> tuple[Attribution, ...]:
        """Find who is said to say what; see `Reader`."""
        model = shipped() if self.model is None else self.model
        grid = Grid.of(paragraphs)
        prose = [number for number, paragraph in enumerate(paragraphs) if paragraph.kind != "furniture"]
        pieces = labelled(model, grid, prose)
        found = link(paragraphs, pieces, why="labels of the random field", grid=grid)
        return tuple(replace(each, confidence=model.confidence(each.confidence)) for each in found)


@functools.cache
def shipped() -> Model:
    """The model that ships."""
    return Model.load(resources.read(SHIPPED))


def labelled(model: Model, grid: Grid, paragraphs: Sequence[int], *, ruled: Column | None = None) -> list[Piece]:
    """The sources, cues and contents of some paragraphs, each with how likely its labels are.

    Parameters
    ----------
    model : the weights
    grid : the article
    paragraphs : numbers of the paragraphs to label
    ruled : array, shape (token,); what the rules take each token for, where it is known
    """
    if not len(grid.word):
        return []
    if ruled is None:
        ruled = verdicts(grid, drafts(grid, paragraphs, lenient()))
    scores = model.scores(features(grid, model.lexicon, ruled))
    scores[grid.offset[:-1][np.diff(grid.offset) > 0], 2::2] = FORBIDDEN
    rows = {number: scores[grid.offset[number] : grid.offset[number + 1]] for number in paragraphs}
    rows = {number: row for number, row in rows.items() if len(row)}
    labels = dict(zip(rows, best_labels(list(rows.values()), model.steps), strict=True))
    found = [number for number in rows if labels[number].any()]
    chances = marginals([rows[number] for number in found], model.steps)
    pieces = []
    for number, chance in zip(found, chances, strict=True):
        best = labels[number]
        pieces += _pieces(number, best.tolist(), chance[np.arange(len(best)), best])
    return pieces


def _pieces(number: int, labels: list[int], chance: np.ndarray) -> list[Piece]:
    pieces = []
    start = 0
    for place in range(1, len(labels) + 1):
        goes_on = place < len(labels) and labels[place] == labels[start] + labels[start] % 2 and labels[place] % 2 == 0
        if not goes_on or labels[place] == 0:
            if labels[start]:
                score = float(np.exp(np.log(np.maximum(chance[start:place], 1e-9)).mean()))
                role = ROLES[(labels[start] - 1) // 2]
                pieces.append(Piece(paragraph=number, first=start, last=place - 1, role=role, score=score))
            start = place
    return pieces
