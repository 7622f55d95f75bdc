"""From a corpus to the files of weights that ship. `train` is the main name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from parley.errors import UsageError, did_you_mean
from parley.reading.grid import Grid
from parley.reading.linking import Choice
from parley.reading.parsing import parsed
from parley.reading.training.corpus import Example, read_corpus
from parley.reading.training.light import Material, fit_light
from parley.reading.training.pairs import fit_pairs, gold_choices, stored

__all__ = ["FILES", "Trained", "train"]

Progress = Callable[[int, int, str], None]

FILES = {"light": ("pairs.bin", "light.npz"), "pairs": ("pairs.bin",)}
"""What can be trained, and the files that come of it: the light reader needs the pair scorer, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """Weights of a reader, and what they were fitted to.

    Attributes
    ----------
    reader : one of `FILES`
    files : the content of each file, by its name
    articles, words, attributions : how many the corpus holds; words are tokens of the parse
    """

    reader: str
    files: Mapping[str, bytes]
    articles: int
    words: int
    attributions: int


def train(folder: Path, *, reader: str = "light", progress: Progress | None = None) -> Trained:
    """Fit a reader to the part `train` of a corpus; the same corpus gives the same bytes.

    Parameters
    ----------
    folder : the corpus, in the layout of PolNeAR: the folder that holds `data/train`
    reader : one of `FILES`
    progress : called with what is done, all there is to do, and what is being done

    Raises
    ------
    UsageError
        If there is no such reader, or the corpus marks nothing to learn from.
    FileError
        If a folder or file is missing or unreadable.
    ScenarioError
        If lines of annotations cannot be read.
    """
    if reader not in FILES:
        raise UsageError(f"no reader '{reader}' can be trained; {did_you_mean(reader, list(FILES), noun='readers')}")
    examples = list(read_corpus(folder))
    if not any(example.marked for example in examples):
        raise UsageError(f"the corpus in {folder} marks no attribution; there is nothing to learn from")
    grids, choices = _looked_at(examples, progress)
    pairs = stored(fit_pairs(choices))
    files = {"pairs.bin": pairs}
    if reader == "light":
        weights = np.frombuffer(pairs, dtype="<f2").astype(np.float32)
        material = [Material.of(example, grid) for example, grid in zip(examples, grids, strict=True)]
        files["light.npz"] = fit_light(material, weights, progress=progress).dump()
    return Trained(
        reader=reader,
        files=files,
        articles=len(examples),
        words=sum(len(grid.word) for grid in grids),
        attributions=sum(len(example.marked) for example in examples),
    )


def _looked_at(examples: list[Example], progress: Progress | None) -> tuple[list[Grid], list[list[tuple[Choice, int]]]]:
    grids, choices = [], []
    for number, example in enumerate(examples, start=1):
        grid = Grid.of(parsed(example.article))
        grids.append(grid)
        choices.append(gold_choices(grid, example.marked))
        if progress:
            progress(number, len(examples), "parsing the articles")
    return grids, choices
