"""What is seen of each word of an article, as numbers that hold no word. `features` is the main name.

A feature is a question with its answer, such as "the lemma of the head, and the arc to it"; its number is a hash of
both, cut to 24 bits. How often a lemma heads a cue is learnt from a corpus and kept by the lemma's hash alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from parley.reading.grid import Column, Grid, Names, numbers

if TYPE_CHECKING:
    from parley.reading.rules.reader import Draft

__all__ = ["BITS", "WORD_PAIR", "Keys", "Lexicon", "edges", "features", "lemma_keys", "mixed", "verdicts"]

Answers = tuple[np.ndarray, ...]
Keys = np.ndarray[tuple[int, int], np.dtype[np.uint32]]

BITS = 24
WORD_PAIR = 13
"""Which column of the features holds the word before and the word itself."""

LIKELY = 3
"""The least grade of a lemma that is taken for a possible cue."""

CLIMB = 12
"""How far up the tree a cue is looked for."""

_CLASSES = (
    ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"),
    ("NN", "NNS", "NNP", "NNPS"),
    ("JJ", "JJR", "JJS"),
)
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_ARCS = ("nsubj", "nsubjpass", "ccomp", "xcomp", "dobj", "prep", "mark", "neg", "aux", "auxpass", "parataxis", "agent",
         "acl", "pcomp", "pobj", "advcl", "oprd", "relcl", "dative", "acomp")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexicon:
    """How readily each lemma heads a cue.

    Attributes
    ----------
    keys : array, shape (lemma,); hashes of lemma and part of speech, in ascending order
    grades : array, shape (lemma,); 1 (never) to 6 (mostly)
    """

    keys: np.ndarray[tuple[int], np.dtype[np.uint32]]
    grades: np.ndarray[tuple[int], np.dtype[np.uint8]]

    def graded(self, grid: Grid) -> Column:
        """The grade of each token's lemma; 0 where it is not known."""
        grades: Column = np.zeros(len(grid.word), dtype=np.int64)
        if len(self.keys):
            keys = lemma_keys(grid)
            places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            grades = np.where(self.keys[places] == keys, self.grades[places], 0).astype(np.int64)
        return grades


def lemma_keys(grid: Grid) -> np.ndarray[tuple[int], np.dtype[np.uint32]]:
    """The hash of each token's lemma and part of speech."""
    return (mixed(0, grid.lemma, _class(grid)) >> np.uint64(32)).astype(np.uint32)


def features(grid: Grid, lexicon: Lexicon, ruled: Column) -> Keys:
    """Every feature of every token.

    Parameters
    ----------
    grid : the article, with at least one token
    lexicon : how readily lemmas head cues
    ruled : array, shape (token,); what the rules take each token for, as `verdicts` gives it

    Returns
    -------
    array, shape (token, feature); numbers of features, 0..2**BITS - 1
    """
    grade = lexicon.graded(grid)
    columns = [*_words(grid, grade), *_tree(grid, grade), *_neighbours(grid, grade), *_places(grid, grade)]
    columns += _ruled(grid, ruled)
    keys: Keys = np.empty((len(grid.word), len(columns)), dtype=np.uint32)
    for number, column in enumerate(columns, start=1):
        keys[:, number - 1] = mixed(number, *column) >> np.uint64(64 - BITS)
    return keys


def verdicts(grid: Grid, found: Iterable[Draft]) -> Column:
    """What rules take each token for, array of shape (token,): 0 for nothing, else role, start and sureness."""
    ruled: Column = np.zeros(len(grid.word), dtype=np.int64)
    for draft in found:
        sure = 10 * int(10 * draft.sureness)
        stretches = [(1, draft.source)] if draft.source else []
        for role, (first, last) in [*((5, span) for span in draft.spans), *stretches, (3, draft.cue)]:
            ruled[first : last + 1] = sure + role + 1
            ruled[first] = sure + role
    return ruled


def _words(grid: Grid, grade: Column) -> list[Answers]:
    """The words around a token, the marks around it, and how readily they cue."""
    word, lemma, tag, shape, quoted, cueing = (
        functools.partial(_shifted, grid, column.astype(np.uint64))
        for column in (grid.word, grid.lemma, grid.tag, grid.shape, grid.quoted + 1, grade + 1)
    )
    around = range(-2, 3)
    return [
        *((word(at),) for at in around),
        *((tag(at),) for at in around),
        *((lemma(at),) for at in (-1, 0, 1)),
        (word(-1), word(0)), (word(0), word(1)),
        (tag(-1), tag(0), tag(1)), (tag(0), tag(1), tag(2)), (tag(-2), tag(-1), tag(0)),
        (quoted(-2), quoted(-1), quoted(0), quoted(1), quoted(2)),
        (quoted(0), word(0)), (quoted(0), quoted(-1), word(-1)), (quoted(0), quoted(1), word(1), tag(0)),
        (shape(0),), (shape(-1), shape(0)), (shape(0), shape(1)),
        *((cueing(at), quoted(at)) for at in (-3, -2, 2, 3)),
        (cueing(-1), cueing(0), cueing(1)),
        (cueing(-1), tag(-1), tag(0)), (cueing(1), tag(1), tag(0)), (cueing(0), quoted(0), tag(0)),
    ]  # fmt: skip


def _tree(grid: Grid, grade: Column) -> list[Answers]:
    """How a token hangs in the parse, above all from the nearest and the outermost possible cue."""
    head, arc, tag, lemma, word = grid.head, grid.arc, grid.tag, grid.lemma, grid.word
    place = np.arange(len(head))
    hangs = _hanging(grid)
    left, right = edges(head)
    near, top, far, far_top = _ancestors(head, grade)
    side, far_side = _side(near, place), _side(far, place)
    near_grade, far_grade = np.where(near < 0, 0, grade[near] + 1), np.where(far < 0, 0, grade[far] + 1)
    near_lemma = np.where(near < 0, 0, lemma[near])
    edge = (place == left[top]) + 2 * (place == right[top])
    same = _shifted(grid, near.astype(np.uint64), -1) == near.astype(np.uint64)
    before = np.where(same, _shifted(grid, arc[top], -1), 0)
    above = head[head]
    return [
        (arc,), (arc, lemma[head]), (arc, grade[head], _side(head, place)), (arc, tag[head], tag),
        (arc, arc[head], grade[head], grade[above]), (lemma, hangs), (grade, hangs, tag),
        (arc, hangs[head], grade[head]),
        (near_grade, arc[top], side), (near_grade, arc[top], side, tag), (near_lemma, arc[top], side),
        (near_grade, arc[top], side, grid.quoted), (near_grade, arc[top], edge, side), (edge, word, near_grade),
        (near_lemma, hangs[near], arc[top]), (near_grade, hangs[near], arc[top], side),
        (far_grade, arc[far_top], far_side), (far_grade, near_grade, arc[far_top], arc[top], far_side),
        (arc[top], before, side, near_grade), (near_lemma, same, side, word),
        (arc[top], tag[top], near_grade, grid.quoted),
    ]  # fmt: skip


def _neighbours(grid: Grid, grade: Column) -> list[Answers]:
    """The nearest possible cue on either side, in the order of the words."""
    place = np.arange(len(grade))
    cues = grade >= LIKELY
    last = _shifted_place(np.maximum.accumulate(np.where(cues, place, -1)), -1)
    following = np.minimum.accumulate(np.where(cues, place, len(grade))[::-1])[::-1]
    following = _shifted_place(np.where(following == len(grade), -1, following), 1)
    found: list[Answers] = []
    for near in (last, following):
        known = (near >= 0) & (grid.paragraph[near] == grid.paragraph)
        apart = np.where(known, 1 + np.digitize(abs(place - near), (2, 3, 4, 6, 9, 14, 21, 31)), 0)
        same = np.where(known, 1 + (grid.sentence[near] == grid.sentence), 0)
        lemma = np.where(known, grid.lemma[near], 0)
        grades = np.where(known, grade[near], 0)
        found += [
            (grades, apart, same), (grades, apart, same, grid.quoted), (lemma, same, grid.quoted),
            (lemma, apart), (grades, same, grid.tag, grid.arc),
        ]  # fmt: skip
    return found


def _places(grid: Grid, grade: Column) -> list[Answers]:
    """Where a token stands in its sentence and paragraph, and the most likely cue of these."""
    count = len(grade)
    place = np.arange(count)
    starts = np.flatnonzero(np.diff(grid.sentence, prepend=-1))
    best = np.maximum.reduceat(grade * (count + 1) + count - place, starts)
    strongest = count - best % (count + 1)
    strength = grade[strongest]
    of_paragraph = grid.paragraph[starts]
    mine, sentence = strongest[grid.sentence], grid.sentence
    before = np.where(np.diff(of_paragraph, prepend=-1) == 0, np.roll(strength, 1) + 1, 0)
    after = np.where(np.diff(of_paragraph, append=-1) == 0, np.roll(strength, -1) + 1, 0)
    before_lemma = np.where(before > 0, np.roll(grid.lemma[strongest], 1), 0)
    first = grid.offset[:-1][grid.paragraph]
    filled = np.bincount(grid.paragraph, grid.quoted > 0, len(grid.offset) - 1)
    share = np.digitize(filled / np.maximum(1, np.diff(grid.offset)), (0.01, 0.5, 0.9))[grid.paragraph]
    left_open = np.array([False, *grid.open_at_end])[grid.paragraph]
    apart = np.digitize(abs(place - mine), (1, 2, 4, 8, 16))
    early = np.minimum(3, place - starts[sentence]) * 4 + np.minimum(3, place - first)
    return [
        (strength[sentence], _side(mine, place), grid.quoted),
        (grid.lemma[mine], _side(mine, place), strength[sentence]),
        (strength[sentence], apart, _side(mine, place), grid.arc), (strength[sentence], before[sentence], grid.quoted),
        (before[sentence], after[sentence], strength[sentence], share),
        (before_lemma[sentence], strength[sentence], early),
        (early, grid.tag), (early, share, left_open, grid.quoted), (share, grade, grid.quoted),
    ]  # fmt: skip


def _ruled(grid: Grid, ruled: Column) -> list[Answers]:
    """What the rules say of a token and of those around it."""
    full = functools.partial(_shifted, grid, ruled.astype(np.uint64))
    role = functools.partial(_shifted, grid, (ruled % 10).astype(np.uint64))
    word, tag = functools.partial(_shifted, grid, grid.word), grid.tag
    return [
        (full(0),), (full(-1), full(0)), (full(0), full(1)), (role(-2), role(-1), role(0), role(1), role(2)),
        (role(0), word(0)), (role(0), tag, grid.quoted), (role(-1), role(0), word(-1)), (role(0), role(1), word(1)),
        (role(0), grid.lemma[grid.head], grid.arc), (role(-3), role(0), role(3), tag),
        (role(0), full(0), grid.arc, tag),
    ]  # fmt: skip


def _ancestors(head: Column, grade: Column) -> tuple[Column, Column, Column, Column]:
    """For each token the nearest and the outermost possible cue above it, -1 for none, each with what hangs from it."""
    place = np.arange(len(head))
    near, far = np.full(len(head), -1), np.full(len(head), -1)
    top, far_top, current = place.copy(), place.copy(), place
    for _ in range(CLIMB):
        above = head[current]
        hit = (above != current) & (grade[above] >= LIKELY)
        first = hit & (near < 0)
        near, top = np.where(first, above, near), np.where(first, current, top)
        far, far_top = np.where(hit, above, far), np.where(hit, current, far_top)
        if (above == current).all():
            break
        current = above
    return near, top, far, far_top


def edges(head: Column) -> tuple[Column, Column]:
    """The first and the last token of what hangs from each token, itself included."""
    left = np.arange(len(head))
    right = left.copy()
    for _ in range(2 * CLIMB):
        further_left, further_right = left.copy(), right.copy()
        np.minimum.at(further_left, head, left)
        np.maximum.at(further_right, head, right)
        if (further_left == left).all() and (further_right == right).all():
            break
        left, right = further_left, further_right
    return left, right


def _hanging(grid: Grid) -> Column:
    """Which kinds of arcs lead away from each token, as bits."""
    names = np.array(sorted(numbers(_ARCS)), dtype=np.uint64)
    places = np.minimum(np.searchsorted(names, grid.arc), len(names) - 1)
    bits = np.where(names[places] == grid.arc, 1 << places, 0)
    found = np.zeros(len(grid.arc), dtype=np.int64)
    np.bitwise_or.at(found, grid.head, bits)
    return found


def _class(grid: Grid) -> Names:
    """1 for verbs, 2 for nouns, 3 for adjectives, 0 for other words."""
    found = np.zeros(len(grid.tag), dtype=np.uint64)
    for number, tags in enumerate(_CLASSES, start=1):
        found[np.isin(grid.tag, np.array(sorted(numbers(tags)), dtype=np.uint64))] = number
    return found


def _side(there: Column, here: Column) -> Column:
    """0 for nowhere, 1 for before, 2 for the same place, 3 for after."""
    return np.where(there < 0, 0, 2 + np.sign(there - here))


def _shifted(grid: Grid, column: Names, by: int) -> Names:
    """What stands so many tokens on; 0 beyond the paragraph."""
    found = np.zeros_like(column)
    if by == 0:
        return column
    if abs(by) < len(column):
        source, target = (slice(by, None), slice(None, -by)) if by > 0 else (slice(None, by), slice(-by, None))
        found[target] = np.where(grid.paragraph[source] == grid.paragraph[target], column[source], 0)
    return found


def _shifted_place(column: Column, by: int) -> Column:
    """What stands one token on or back; -1 beyond the article."""
    return np.append(column[1:], -1) if by > 0 else np.append(-1, column[:-1])


def mixed(number: int, *answers: np.ndarray) -> Names:
    """A stable hash of a question's number and its answers."""
    mixed = np.full(len(answers[0]), number, dtype=np.uint64)
    for answer in answers:
        mixed = (mixed ^ answer.astype(np.uint64)) * _FACTOR + np.uint64(number)
        mixed ^= mixed >> np.uint64(29)
    return mixed * _FACTOR
