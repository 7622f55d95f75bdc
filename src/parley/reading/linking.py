"""From loose spans to attributions: which content has which cue, and which cue which source. `link` is the main name.

A span goes with the likeliest of its candidates, or with none, by a softmax over weights of what is seen of each pair:
how far apart they are, how they hang together in the parse, what stands between. Candidates stand in its paragraph;
a content may also go with the cue that the paragraph before ended with, as a quotation does that goes on. All contents
of one cue are one attribution.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from parley import resources
from parley.domain.attribution import Attribution
from parley.reading.grid import Grid
from parley.reading.pairs import SIZE, Piece, Placed, Scene, alone_features, pair_features
from parley.reading.parsing import Paragraph

__all__ = ["Bond", "Chances", "Choice", "Piece", "Weights", "bonds", "chances", "link", "weights"]

Weights = np.ndarray[tuple[int], np.dtype[np.float32]]
Chances = np.ndarray[tuple[int], np.dtype[np.float64]]

NEAR = 12
"""How many candidates on either side are looked at."""

SHIPPED = "datasets/reading/pairs.bin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A span, and what it may belong to.

    Attributes
    ----------
    here : a content or a cue
    candidates : cues that the content, or sources that the cue, may belong to
    features : numbers of features of each candidate, and at last of belonging to none
    """

    here: Placed
    candidates: tuple[Placed, ...]
    features: tuple[Sequence[int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """Spans that belong together.

    Attributes
    ----------
    contents : contents of one cue, in order
    cue, source : absent where there is none
    """

    contents: tuple[Placed, ...]
    cue: Placed | None
    source: Placed | None


def link(
    paragraphs: Sequence[Paragraph],
    pieces: Sequence[Piece],
    *,
    why: str = "",
    grid: Grid | None = None,
    chance: Callable[[Choice], Chances] | None = None,
) -> tuple[Attribution, ...]:
    """Join spans to attributions.

    Parameters
    ----------
    paragraphs : the whole article, in order
    pieces : sources, cues and contents that a reader found, in any order; those of one role do not overlap
    why : what to say of how the attributions were found
    grid : the article's tokens, where they are at hand
    chance : how likely each candidate of a choice is, and at last none; by default `chances` with shipped weights

    Returns
    -------
    attributions in the order of their content; a cue without content gives none. The confidence is the mean score of
    the contents times the score of the cue and how likely their bond is
    """
    grid = Grid.of(paragraphs) if grid is None else grid
    chance = chance or (lambda choice: chances(choice, weights()))
    sure: dict[Piece, float] = {}

    def likeliest(choice: Choice) -> Placed | None:
        found = chance(choice)
        best = int(np.argmax(found))
        sure[choice.here.piece] = float(found[best])
        return choice.candidates[best] if best < len(choice.candidates) else None

    found = []
    for bond in bonds(Scene(grid), pieces, likeliest):
        scores = [each.piece.score * sure[each.piece] for each in bond.contents]
        confidence = sum(scores) / len(scores) * (bond.cue.piece.score if bond.cue else 1.0)
        found.append(
            Attribution(
                content=tuple(grid.span(each.first, each.last) for each in bond.contents),
                cue=grid.span(bond.cue.first, bond.cue.last) if bond.cue else None,
                source=grid.span(bond.source.first, bond.source.last) if bond.source else None,
                confidence=min(1.0, max(0.0, confidence)),
                why=why,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def bonds(scene: Scene, pieces: Sequence[Piece], choose: Callable[[Choice], Placed | None]) -> list[Bond]:
    """Walk through an article and let each content choose its cue, and each such cue its source.

    Parameters
    ----------
    scene : the article
    pieces : sources, cues and contents, in any order
    choose : takes a choice and gives one of its candidates, or None
    """
    by_paragraph: dict[int, list[Placed]] = {}
    for piece in sorted(pieces, key=lambda each: (each.paragraph, each.first, each.last)):
        placed_piece = scene.place(piece)
        if not scene.grid.is_blank(placed_piece.first, placed_piece.last):
            by_paragraph.setdefault(piece.paragraph, []).append(placed_piece)
    joined: dict[Piece, tuple[Placed | None, list[Placed]]] = {}
    carried: Placed | None = None
    last = -1
    for number, placed in by_paragraph.items():
        carried = carried if number == last + 1 else None
        cues = [each for each in placed if each.piece.role == "cue"]
        open_to_all = (carried, *cues) if carried is not None else tuple(cues)
        cue = carried
        for here in placed:
            if here.piece.role == "content":
                cue = choose(_choice(scene, here, open_to_all, placed))
                joined.setdefault(here.piece if cue is None else cue.piece, (cue, []))[1].append(here)
                last = number
        carried = cue
    found = []
    for cue, contents in joined.values():
        source = None
        if cue is not None:
            placed = by_paragraph[cue.piece.paragraph]
            sources = tuple(each for each in placed if each.piece.role == "source")
            source = choose(_choice(scene, cue, sources, placed))
        found.append(Bond(contents=tuple(contents), cue=cue, source=source))
    return found


def chances(choice: Choice, using: Weights) -> Chances:
    """How likely each candidate is, and at last none of them.

    Parameters
    ----------
    choice : a span and its candidates
    using : array, shape (SIZE,); weights of the features

    Returns
    -------
    array, shape (candidate + 1,); probabilities
    """
    scores = np.array([sum(using[list(each)].tolist()) for each in choice.features])
    raised = np.exp(scores - scores.max())
    chance: Chances = raised / raised.sum()
    return chance


@functools.cache
def weights() -> Weights:
    """The weights that ship: array, shape (SIZE,)."""
    return np.frombuffer(resources.read(SHIPPED), dtype="<f2", count=SIZE).astype(np.float32)


def _choice(scene: Scene, here: Placed, candidates: Sequence[Placed], placed: Sequence[Placed]) -> Choice:
    """A choice among the nearest candidates, seen beside the pieces around."""
    place = bisect.bisect_left(placed, here.first, key=lambda each: each.first)
    others = placed[max(0, place - 4 * NEAR) : place + 4 * NEAR]
    middle = bisect.bisect_left(candidates, here.first, key=lambda each: each.first)
    candidates = candidates[max(0, middle - NEAR) : middle + NEAR]
    features = [pair_features(scene, here, there, others) for there in candidates]
    features.append(alone_features(scene, here, len(candidates)))
    return Choice(here=here, candidates=tuple(candidates), features=tuple(features))
