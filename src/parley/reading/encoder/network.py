"""The network itself, run by onnxruntime on one core. `Network` is the main name."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley import resources
from parley.reading.encoder.windows import SEPARATOR, START, Article, Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["BATCH", "INPUTS", "Network", "Seen", "arrays", "batches"]

Hidden = np.ndarray[tuple[int, int], np.dtype[np.float32]]
Input = dict[str, np.ndarray[tuple[int, int], np.dtype[np.int64]]]

NETWORK = "datasets/reading/encoder/network.onnx"
NAMES = "datasets/reading/encoder/names.json"
INPUTS = ("piece", "shape", "quoted", "tag", "arc", "mask")
BATCH = 2048
"""Word pieces in a batch of windows, the filling counted."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """What the network makes of the tokens of one window.

    Attributes
    ----------
    window : the window
    tokens : array, shape (token,); its tokens, counted in the article
    scores : array, shape (token, tag); logarithms of the probabilities of each tag
    hidden : array, shape (token, width); the token in its context
    """

    window: Window
    tokens: np.ndarray[tuple[int], np.dtype[np.int64]]
    scores: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    hidden: Hidden


def arrays(article: Article, window: Window) -> tuple[Input, np.ndarray, np.ndarray]:
    """A window as the network's inputs, and its tokens.

    Parameters
    ----------
    article : the article's word pieces
    window : one of its windows

    Returns
    -------
    for each of `INPUTS` an array of shape (1, piece); the tokens, counted in the article; which piece each starts at
    """
    first = np.searchsorted(article.token, [start for start, _ in window])
    stop = np.searchsorted(article.token, [end for _, end in window])
    pieces, tokens = [[START]], [[-1]]
    for low, high in zip(first.tolist(), stop.tolist(), strict=True):
        pieces += [article.piece[low:high].tolist(), [SEPARATOR]]
        tokens += [article.token[low:high].tolist(), [-1]]
    piece = np.array([number for part in pieces for number in part], dtype=np.int64)
    token = np.array([number for part in tokens for number in part], dtype=np.int64)
    inside = token >= 0
    made = {
        name: np.where(inside, column[token], 0)[np.newaxis]
        for name, column in zip(INPUTS[1:5], (article.shape, article.quoted, article.tag, article.arc), strict=True)
    }
    starts = np.flatnonzero(inside & (np.diff(token, prepend=-1) != 0))
    return {"piece": piece[np.newaxis], **made, "mask": np.ones((1, len(piece)), dtype=np.int64)}, token[starts], starts


def batches(inputs: Sequence[Input], *, size: int = BATCH) -> Iterator[tuple[list[int], Input]]:
    """Put windows of like length together, filled up to the same length.

    Parameters
    ----------
    inputs : inputs of one window each
    size : word pieces in a batch, at most, if there is more than one window in it

    Yields
    ------
    which windows, and their inputs, arrays of shape (window, piece)
    """
    lengths = [each["piece"].shape[1] for each in inputs]
    batch: list[int] = []
    for number in sorted(range(len(inputs)), key=lambda each: (lengths[each], each)):
        if batch and lengths[number] * (len(batch) + 1) > size:
            yield batch, _filled([inputs[each] for each in batch], lengths[batch[-1]])
            batch = []
        batch.append(number)
    if batch:
        yield batch, _filled([inputs[each] for each in batch], lengths[batch[-1]])


def _filled(inputs: Iterable[Input], length: int) -> Input:
    return {
        name: np.concatenate([np.pad(each[name], ((0, 0), (0, length - each[name].shape[1]))) for each in inputs])
        for name in INPUTS
    }


class Network:
    """The trained encoder.

    Attributes
    ----------
    tags, arcs : numbers that it knows parts of speech and arcs by, for those of a `Grid`
    """

    def __init__(self, graph: bytes, names: bytes) -> None:
        """Load it.

        Parameters
        ----------
        graph : the network in ONNX
        names : JSON with the parts of speech and the arcs that training met, in order
        """
        from spacy.strings import get_string_id

        known = json.loads(names)
        self.tags = {get_string_id(name): number for number, name in enumerate(known["tags"], start=1)}
        self.arcs = {get_string_id(name): number for number, name in enumerate(known["arcs"], start=1)}
        self._session = _session(graph)

    @classmethod
    @functools.cache
    def shipped(cls) -> Network:
        """The network that ships, loaded once."""
        return cls(resources.read(NETWORK), resources.read(NAMES))

    def look(self, article: Article, windows: Sequence[Window]) -> list[Seen]:
        """Run the network over an article.

        Parameters
        ----------
        article : the article's word pieces
        windows : its windows

        Returns
        -------
        what it makes of each window, in their order
        """
        made = [arrays(article, window) for window in windows]
        found: dict[int, Seen] = {}
        for numbers, batch in batches([each for each, _, _ in made]):
            scores, hidden = self._session.run(["scores", "hidden"], batch)
            for row, number in enumerate(numbers):
                _, tokens, starts = made[number]
                found[number] = Seen(
                    window=windows[number],
                    tokens=tokens,
                    scores=scores[row, starts].astype(np.float64),
                    hidden=hidden[row, starts],
                )
        return [found[number] for number in range(len(windows))]


def _session(graph: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.use_deterministic_compute = True
    # Weights of eight bits are unpacked once, and sums are in single precision: exact, and quicker than without.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
