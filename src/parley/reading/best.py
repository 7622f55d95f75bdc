"""The reader `best`, a small trained encoder that tags each word and links the spans that it finds. `Best` is the main name.

No library of training is needed to run it.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from parley import resources
from parley.domain.attribution import Attribution
from parley.reading.encoder import links, tags
from parley.reading.encoder.network import Network, Seen
from parley.reading.encoder.windows import cut, prepared, windows
from parley.reading.grid import Grid
from parley.reading.linking import link
from parley.reading.pairs import Piece
from parley.reading.parsing import Paragraph

__all__ = ["Best", "LinkWeights"]

LinkWeights = Mapping[str, Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]]

LINKS = "datasets/reading/encoder/links.npz"
OUTSIDE = 0.0


class Best:
    """Finds attributions with the trained encoder.

    Parameters
    ----------
    network : the network; the one that ships by default
    linking : weights of its links; those that ship by default
    """

    name: ClassVar[str] = "best"

    def __init__(self, network: Network | None = None, linking: LinkWeights | None = None) -> None:
        self._network = network or Network.shipped()
        self._links = linking or _shipped_links()

    def attributions(self, paragraphs: Sequence[Paragraph]) -> tuple[Attribution, ...]:
        """Find who is said to say what; see `Reader`."""
        grid = Grid.of(paragraphs)
        if not len(grid.word):
            return ()
        article = prepared(paragraphs, grid, tags=self._network.tags, arcs=self._network.arcs)
        seen = self._network.look(article, list(windows(article)))
        scores = _joined(seen, len(grid.word))
        pieces: list[Piece] = []
        for first, stop, _ in cut(article):
            paragraph = int(grid.paragraph[first])
            if paragraphs[paragraph].kind != "furniture":
                offset = int(grid.offset[paragraph])
                pieces += tags.spans(scores[first:stop], paragraph=paragraph, first=first - offset)
        return link(paragraphs, pieces, why="encoder", grid=grid)


def _joined(seen: Iterable[Seen], length: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The scores of all tokens, each from the window that it is not only context in; shape (token, tag)."""
    scores = np.full((length, tags.TAGS), -30.0)
    scores[:, 0] = 0.0
    for each in seen:
        start = each.window.stretches[each.window.context][0]
        own = each.tokens >= start
        scores[each.tokens[own]] = each.scores[own]
    return scores


@functools.cache
def _shipped_links() -> LinkWeights:
    return unpacked(resources.read(LINKS))


def unpacked(content: bytes) -> LinkWeights:
    """Weights of links out of the file that holds them.

    Parameters
    ----------
    content : the file, a numpy archive of arrays named `kind.part.weight`
    """
    found: dict[str, dict[str, np.ndarray]] = {kind: {} for kind in links.KINDS}
    with np.load(io.BytesIO(content)) as arrays:
        for name in arrays.files:
            kind, _, part = name.partition(".")
            found[kind][part] = arrays[name].astype(np.float32)
    return found
