"""What is seen of two spans that may belong together, as numbers of features. `pair_features` is the main name.

A feature's number is its hash, cut to 16 bits: no word can be read back from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parley.reading.grid import Grid

__all__ = ["SIZE", "Piece", "Placed", "Role", "Scene", "alone_features", "pair_features"]

Role = Literal["source", "cue", "content"]

SIZE = 1 << 16
"""How many numbers a feature can have."""

STEPS = 8
"""How far up the tree two spans may meet."""

_MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of tokens that a reader gives a role.

    Attributes
    ----------
    paragraph : number of its paragraph in the article
    first, last : its tokens, counted in the paragraph, both included
    role : source, cue or content
    score : how sure the reader is of it, 0..1
    """

    paragraph: int
    first: int
    last: int
    role: Role
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A piece in its article.

    Attributes
    ----------
    piece : the piece
    first, last : its tokens, counted in the article, both included
    root : the one of its tokens that all others hang from, or the first such
    """

    piece: Piece
    first: int
    last: int
    root: int


class Scene:
    """An article's columns as lists, which are quick to look up one by one.

    Parameters
    ----------
    grid : the article
    """

    __slots__ = ("arc", "grid", "head", "lemma", "quoted", "sentence", "tag")

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.arc: list[int] = grid.arc.tolist()
        self.head: list[int] = grid.head.tolist()
        self.lemma: list[int] = grid.lemma.tolist()
        self.quoted: list[int] = grid.quoted.tolist()
        self.sentence: list[int] = grid.sentence.tolist()
        self.tag: list[int] = grid.tag.tolist()

    def place(self, piece: Piece) -> Placed:
        """Find a piece in the article."""
        offset = int(self.grid.offset[piece.paragraph])
        first, last = offset + piece.first, offset + piece.last
        head = self.head
        roots = [token for token in range(first, last + 1) if not first <= head[token] <= last or head[token] == token]
        root = roots[0] if roots else first
        if len(roots) > 1:
            root = min(roots, key=lambda token: len(self.above(token)))
        return Placed(piece=piece, first=first, last=last, root=root)

    def above(self, token: int) -> list[int]:
        """The token and what it hangs from, at most `STEPS` steps up."""
        found = [token]
        while len(found) <= STEPS and self.head[token] != token:
            token = self.head[token]
            found.append(token)
        return found


def pair_features(scene: Scene, here: Placed, there: Placed, others: Sequence[Placed]) -> list[int]:
    """Features of a span and a candidate that it may belong to.

    Parameters
    ----------
    scene : the article
    here : a content, or a cue
    there : a cue that the content may belong to, or a source that the cue may belong to
    others : all pieces of the paragraph that `here` stands in

    Returns
    -------
    numbers of features, 0..SIZE - 1
    """
    kind = 1 if here.piece.role == "content" else 2
    if there.first > here.last:
        side, low, high = 1, here.last + 1, there.first
    elif there.last < here.first:
        side, low, high = 2, there.last + 1, here.first
    else:
        side, low, high = 3, 0, 0
    gap = (high - low).bit_length()
    between = [0, 0, 0]
    for other in others:
        if low <= other.first and other.last < high:
            between[("source", "cue", "content").index(other.piece.role)] += 1
    sources, cues, contents = (min(count, 3) for count in between)
    apart = max(-2, min(2, scene.sentence[there.root] - scene.sentence[here.root])) + 2
    path, length = _path(scene, here, there)
    marks = min(3, sum(1 for place in scene.quoted[low : min(high, low + 60)] if place > 1))
    quoted = 4 * scene.quoted[here.first] + scene.quoted[there.first]
    lemma, tag, arc = scene.lemma[there.root], scene.tag[there.root], scene.arc[there.root]
    carried = here.piece.paragraph != there.piece.paragraph
    facing = low if side == 1 else high - 1
    beside = scene.tag[facing] if low < high else 0
    found = [
        (1, side, gap, carried),
        (2, path),
        (3, path, lemma),
        (4, side, lemma),
        (5, side, 16 * sources + 4 * cues + contents),
        (6, side, apart, length),
        (7, side, quoted, gap),
        (8, side, beside, gap > 2),
        (9, side, scene.tag[there.first], tag),
        (10, tag, arc),
        (11, side, marks, quoted),
        (12, side, scene.arc[here.root], gap),
        (13, side, scene.lemma[here.root]) if kind == 2 else (14, side, cues, scene.quoted[here.first]),
        (15, path, scene.lemma[here.root]) if kind == 2 else (16, path, scene.quoted[here.first], cues),
        (17, min(9, int(10 * there.piece.score)), cues),
    ]
    if carried:
        number = there.piece.paragraph
        alone = sum(1 for other in others if other.piece.role == "cue")
        found.append((18, scene.quoted[here.first], scene.grid.open_at_end[number], min(2, alone)))
        found.append((19, here.first == int(scene.grid.offset[here.piece.paragraph]), min(2, alone)))
    return [_number(kind, each) for each in found]


def alone_features(scene: Scene, here: Placed, candidates: int) -> list[int]:
    """Features of a span that belongs to none of its candidates.

    Parameters
    ----------
    scene : the article
    here : a content, or a cue
    candidates : how many there are

    Returns
    -------
    numbers of features, 0..SIZE - 1
    """
    kind = 3 if here.piece.role == "content" else 4
    count = min(3, candidates)
    root = here.root
    found = [
        (1, count),
        (2, scene.lemma[root], min(1, count)),
        (3, scene.quoted[here.first], count),
        (4, scene.tag[root], scene.arc[root]),
        (5, scene.tag[here.first], min(1, count)),
        (6, scene.lemma[here.first], scene.lemma[here.last]),
    ]
    return [_number(kind, each) for each in found]


def _path(scene: Scene, here: Placed, there: Placed) -> tuple[int, int]:
    """How two spans hang together in the parse, as a number and as a length; 0 where they do not within some steps."""
    rising = scene.above(here.root)
    for steps, token in enumerate(rising[1:], start=1):
        if there.first <= token <= there.last:
            return _number(5, (steps, scene.arc[here.root], scene.arc[rising[steps - 1]])), min(steps, 4)
    falling = scene.above(there.root)
    for steps, token in enumerate(falling[1:], start=1):
        if here.first <= token <= here.last:
            return _number(6, (steps, scene.arc[there.root], scene.arc[falling[steps - 1]])), 4 + min(steps, 4)
    met = {token: steps for steps, token in enumerate(rising)}
    for down, token in enumerate(falling):
        if token in met:
            up = met[token]
            left = scene.arc[rising[up - 1]] if up else 0
            right = scene.arc[falling[down - 1]] if down else 0
            return _number(7, (up, down, left, right)), 9 + min(3, up) * 4 + min(3, down)
    return 0, 0


def _number(kind: int, values: tuple[int, ...]) -> int:
    """A stable hash of some numbers, cut to the range of features."""
    mixed = kind
    for value in values:
        mixed = ((mixed ^ value) * 0x9E3779B97F4A7C15 + 0x7F4A7C15) & _MASK
        mixed ^= mixed >> 29
    return mixed % SIZE
