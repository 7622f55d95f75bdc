"""The reader `best`: a small trained encoder that tags each word and links what it finds. `Best` is the main name.

No library of training is needed to run it.
"""

from __future__ import annotations

import functools
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np

from parley import resources
from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.encoder import links, tags
from parley.reading.encoder.network import Network, Seen
from parley.reading.encoder.windows import cut, prepared, windows
from parley.reading.grid import Grid
from parley.reading.linking import Chances, Choice, chances, link, weights
from parley.reading.parsing import Paragraph

__all__ = ["Best", "LinkWeights", "unpacked", "without_words"]

Places = np.ndarray[tuple[int], np.dtype[np.int64]]
LinkWeights = Mapping[str, Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]]

LINKS = "datasets/reading/encoder/links.npz"
LEAN = np.array([0.3, 2.0, 2.0, 0.6, 0.6, 0.0, 0.0])
"""Added to the scores of tags: a source or a cue too many does no harm, since only what is linked counts."""

PAIRS = {"content": 0.3, "cue": 0.7}
"""How much the pair scorer counts in what a content, or a cue, belongs to; the rest is the encoder's own opinion."""

LEVEL, SLOPE = -0.521, 0.585
"""From the odds of the encoder and the links to how often they are right: a logistic fit to PolNeAR, part dev."""

FAR = 3e-4
"""How likely a candidate out of the encoder's sight is."""


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
        scores = _scores(seen, len(grid.word))
        stretches = [
            tags.Stretch(paragraph=paragraph, first=first - int(grid.offset[paragraph]), scores=scores[first:stop])
            for first, stop, _ in cut(article)
            for paragraph in [int(grid.paragraph[first])]
            if paragraphs[paragraph].kind != "furniture"
        ]
        pieces = list(tags.spans(stretches))
        opinion = _Opinion(seen, self._links, len(grid.word))
        found = link(paragraphs, pieces, why="encoder", grid=grid, chance=opinion)
        quoted = grid.start[grid.quoted > 0]
        return tuple(
            replace(without_words(each, grid), confidence=_calibrated(each.confidence))
            for each in found
            if each.cue is not None or _holds(quoted, each.content[0])
        )


def _holds(quoted: Places, span: Span) -> bool:
    """Whether a word in quotation marks starts in a span."""
    at = int(np.searchsorted(quoted, span.start))
    return at < len(quoted) and int(quoted[at]) < span.end


def without_words(found: Attribution, grid: Grid) -> Attribution:
    """Give back to the content what a source ran on into: "said Ada Obi, a broker, “unless they pay”".

    Parameters
    ----------
    found : an attribution
    grid : the article's tokens
    """
    source = found.source
    if source is None:
        return found
    first, end = np.searchsorted(grid.start, (source.start, source.end)).tolist()
    inside = np.flatnonzero(grid.quoted[first:end] > 0) + first
    if (
        not len(inside)
        or inside[0] - first < 2
        or inside[-1] != end - 1
        or not _holds(grid.start[grid.quoted > 0], found.content[0])
    ):
        return found
    named, rest = grid.span(first, int(inside[0]) - 1), grid.span(int(inside[0]), end - 1)
    return replace(found, source=named, content=tuple(sorted((*found.content, rest), key=lambda span: span.start)))


def _calibrated(confidence: float) -> float:
    """How often attributions of such a confidence are right in source, cue and content."""
    odds = math.log(max(confidence, 1e-6) / max(1 - confidence, 1e-6))
    return 1 / (1 + math.exp(-LEVEL - SLOPE * odds))


def _scores(seen: Sequence[Seen], length: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Logarithms of the probabilities of each tag, leaning as `LEAN` says; shape (token, tag)."""
    scores = np.full((length, tags.TAGS), -30.0)
    scores[:, 0] = 0.0
    for each in seen:
        scores[each.tokens] = each.scores + LEAN
    level: np.ndarray[tuple[int, int], np.dtype[np.float64]] = scores - np.logaddexp.reduce(
        scores, axis=1, keepdims=True
    )
    return level


class _Opinion:
    """What a span belongs to, by the encoder and the pair scorer together."""

    def __init__(self, seen: Sequence[Seen], weights: LinkWeights, length: int) -> None:
        self._seen = seen
        self._weights = weights
        self._window = np.full(length, -1)
        self._place = np.zeros(length, dtype=np.int64)
        for number, each in enumerate(seen):
            self._window[each.tokens] = number
            self._place[each.tokens] = np.arange(len(each.tokens))

    def __call__(self, choice: Choice) -> Chances:
        here = choice.here
        pairs = PAIRS[here.piece.role]
        mixed = pairs * np.log(chances(choice, weights()) + 1e-12) + (1 - pairs) * np.log(self._own(choice))
        raised = np.exp(mixed - mixed.max())
        chance: Chances = raised / raised.sum()
        return chance

    def _own(self, choice: Choice) -> Chances:
        here = choice.here
        window = self._window[here.first]
        near = [self._window[each.first] == window for each in choice.candidates]
        ends = [(each.first, each.last) for each, visible in zip(choice.candidates, near, strict=True) if visible]
        found = links.chances(
            self._weights["content_cue" if here.piece.role == "content" else "cue_source"],
            self._seen[window].hidden,
            self._place[np.array([[here.first, here.last]])],
            self._place[np.array(ends, dtype=np.int64).reshape(-1, 2)],
        )[0]
        own = np.full(len(near) + 1, FAR)
        own[np.flatnonzero([*near, True])] = found
        return own


@functools.cache
def _shipped_links() -> LinkWeights:
    return unpacked(resources.read(LINKS))


def unpacked(content: bytes) -> LinkWeights:
    """Weights of links out of the file that holds them.

    Parameters
    ----------
    content : the file, a numpy archive of arrays named `kind.part.weight`
    """
    found: dict[str, dict[str, np.ndarray[Any, np.dtype[np.float32]]]] = {kind: {} for kind in links.KINDS}
    with np.load(io.BytesIO(content)) as arrays:
        for name in arrays.files:
            kind, _, part = name.partition(".")
            found[kind][part] = arrays[name].astype(np.float32)
    return found
