"""Articles that are copies of one another, so that what an agency wrote once counts once. `copies` and `merged` do it.

Two articles are near copies if the resemblance of their sets of shingles (runs of `SHINGLE` words) is at least
`ALIKE`; a shorter one is one, too, if it holds hardly anything of its own (containment at least `HELD`). Pairs that
could be are found by MinHash signatures in bands; what is found is then measured exactly, so that chance decides
nothing but which pairs are looked at.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from parley.coding.words import tokens
from parley.domain.coding import Coding, Publication
from parley.domain.source import Article

__all__ = ["ALIKE", "HELD", "copies", "merged", "resemblance", "shingles"]

SHINGLE = 4
ALIKE = 0.5
HELD = 0.8
SAME_WORDS = 0.6
FEW = 300
"""Up to so many articles every pair is measured; beyond, those that share a band of the signature."""
BANDS, ROWS = 32, 2


def shingles(text: str) -> frozenset[int]:
    """The runs of four words of a text, each as a number of 64 bits; a shorter text is one run.

    Source
    ------
    [Broder1997]_.
    """
    words = [token.text for token in tokens(text)]
    runs = (words[at : at + SHINGLE] for at in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(
        int.from_bytes(hashlib.blake2b(" ".join(run).encode(), digest_size=8).digest(), "little") for run in runs
    )


def resemblance(left: frozenset[int], right: frozenset[int]) -> float:
    """The share of all shingles that both have, 0..1.

    Source
    ------
    [Broder1997]_, section 2.
    """
    return len(left & right) / max(1, len(left | right))


def copies(articles: Mapping[str, Article]) -> dict[str, str]:
    """Find the articles that are copies.

    Parameters
    ----------
    articles : the articles by name

    Returns
    -------
    for each copy the article that it is a copy of: the earliest of them, and of one day the first; no article of this
    kind is itself a copy
    """
    names = sorted(articles, key=lambda name: (articles[name].date or datetime.date.max, list(articles).index(name)))
    sets = {name: shingles(articles[name].text) for name in names}
    near: dict[str, set[str]] = {name: set() for name in names}
    for left, right in _pairs(sets):
        if _alike(sets[left], sets[right]):
            near[left].add(right)
            near[right].add(left)
    found: dict[str, str] = {}
    for name in names:
        if name not in found:
            found |= {other: name for other in sorted(near[name]) if other not in found and other not in found.values()}
    return found


def merged(codings: Sequence[Coding], copied: Mapping[str, str]) -> tuple[Coding, ...]:
    """Count once what copies of an article say again.

    Parameters
    ----------
    codings : the codings
    copied : for each copy the article that it is a copy of

    Returns
    -------
    the codings without those of copies that an article has already (same party, issue, kind and nearly the same
    words); these have the copy in `also_in`. What a copy adds of its own stays.
    """
    kept = {coding.id: coding for coding in codings if coding.source.doc not in copied}
    firsts: dict[str, list[str]] = {}
    for coding in kept.values():
        firsts.setdefault(coding.source.doc, []).append(coding.id)
    for coding in codings:
        original = copied.get(coding.source.doc)
        if original is None:
            continue
        same = next((each for each in firsts.get(original, ()) if _says_the_same(kept[each], coding)), None)
        if same is None:
            kept.setdefault(coding.id, coding)
        else:
            kept[same] = _also_in(kept[same], coding.source)
    return tuple(kept.values())


def _also_in(coding: Coding, source: Publication) -> Coding:
    known = {each.doc for each in (coding.source, *coding.also_in)}
    return coding if source.doc in known else replace(coding, also_in=(*coding.also_in, source))


def _says_the_same(left: Coding, right: Coding) -> bool:
    if (left.party, left.issue, left.kind) != (right.party, right.issue, right.kind):
        return False
    mine, theirs = ({token.text for token in tokens(each.text)} for each in (left, right))
    return len(mine & theirs) >= SAME_WORDS * len(mine | theirs)


def _alike(left: frozenset[int], right: frozenset[int]) -> bool:
    held = len(left & right) / max(1, min(len(left), len(right)))
    return held >= HELD or resemblance(left, right) >= ALIKE


def _pairs(sets: Mapping[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Pairs of articles that may be copies."""
    names = list(sets)
    if len(names) <= FEW:
        return [(left, right) for place, left in enumerate(names) for right in names[place + 1 :]]
    together: dict[tuple[int, bytes], list[str]] = {}
    for name in names:
        signature = _signature(sets[name])
        for band in range(BANDS):
            key = signature[band * ROWS : (band + 1) * ROWS].tobytes()
            together.setdefault((band, key), []).append(name)
    return sorted(
        {
            (left, right)
            for group in together.values()
            for place, left in enumerate(group)
            for right in group[place + 1 :]
        }
    )


def _signature(shingled: frozenset[int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """For each of some fixed permutations the least of the permuted shingles, [Broder1997]_."""
    rng = np.random.default_rng(1997)
    factor = rng.integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
    shift = rng.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
    values = np.fromiter(sorted(shingled), dtype=np.uint64)
    smallest: np.ndarray[tuple[int], np.dtype[np.uint64]] = (values[:, None] * factor + shift).min(axis=0)
    return smallest
