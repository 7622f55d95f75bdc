"""How well a reader finds what an annotator marked. `tally` is the main name.

Spans are compared as sets of words, so that marks and spaces never count. Contents are paired one to one, those
that share most first; a pair shares the words in both over the words in either. Of the pairs,

- `overlap` counts those that share a word, `half` those that share at least half, `exact` those of the same words;
- `source` and `cue` count those of `half` whose sources, or cues, share a word or are both absent; `source_x` those
  whose sources have the same words; `full` those right in both source and cue;
- `full_x` counts those of the same words in all three roles;
- `soft` gives each pair the part that is shared, and `tokens` compares the words of all contents taken together.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from parley.domain.attribution import Attribution
from parley.domain.source import Span
from parley.reading.training.corpus import Marked

__all__ = ["MEASURES", "TYPES", "Rates", "as_marked", "quotation_type", "rates", "recall", "right", "tally"]

Words = tuple[frozenset[int], frozenset[int], frozenset[int]]

MEASURES = ("overlap", "half", "exact", "source", "source_x", "cue", "full", "full_x", "soft", "tokens")
TYPES = ("direct", "mixed", "indirect")

_WORD = re.compile(r"\w+")
_OPENING, _CLOSING, _BOTH = "“„«", "”»", '"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Shares of what was found and of what was marked, 0..1.

    Attributes
    ----------
    precision : the share of what was found that is right
    recall : the share of what was marked that was found
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def as_marked(found: Iterable[Attribution]) -> tuple[Marked, ...]:
    """Attributions of a reader in the form of marked ones."""
    return tuple(
        Marked(
            content=each.content,
            cue=(each.cue,) if each.cue else (),
            source=(each.source,) if each.source else (),
        )
        for each in found
    )


def tally(text: str, marked: Sequence[Marked], found: Sequence[Marked]) -> Counter[str]:
    """Count what a reader found in one article; counts of several articles add up.

    Parameters
    ----------
    text : the article
    marked : what the annotator marked
    found : what the reader found
    """
    compared = _Compared.of(text, marked, found)
    counts: Counter[str] = Counter(marked=len(compared.marked), found=len(compared.found))
    kinds = {number: quotation_type(text, marked[number].content) for number in compared.marked}
    counts.update(f"marked {kind}" for kind in kinds.values())
    in_marked = frozenset().union(*(content for content, _, _ in compared.marked.values()))
    in_found = frozenset().union(*(content for content, _, _ in compared.found.values()))
    counts.update({"words marked": len(in_marked), "words found": len(in_found), "tokens": len(in_marked & in_found)})
    for first, second, share in compared.pairs():
        true, read = compared.marked[first], compared.found[second]
        for name in _hits(true, read, share):
            counts.update((name, f"{name} {kinds[first]}"))
        common = len(true[0] & read[0])
        counts["soft found"] += common / len(read[0])  # type: ignore[assignment]
        counts["soft marked"] += common / len(true[0])  # type: ignore[assignment]
    return counts


def right(text: str, marked: Sequence[Marked], found: Sequence[Marked]) -> list[bool]:
    """Whether each attribution that was found counts in `full`.

    Parameters
    ----------
    text : the article
    marked : what the annotator marked
    found : what the reader found
    """
    compared = _Compared.of(text, marked, found)
    full = {
        second
        for first, second, share in compared.pairs()
        if "full" in _hits(compared.marked[first], compared.found[second], share)
    }
    return [number in full for number in range(len(found))]


def rates(counts: Counter[str], measure: str) -> Rates:
    """Precision and recall of one of `MEASURES`."""
    if measure == "tokens":
        return _rates(counts["tokens"], counts["words found"], counts["tokens"], counts["words marked"])
    if measure == "soft":
        return _rates(counts["soft found"], counts["found"], counts["soft marked"], counts["marked"])
    return _rates(counts[measure], counts["found"], counts[measure], counts["marked"])


def recall(counts: Counter[str], measure: str, kind: str) -> float:
    """The share of the marked attributions of one of `TYPES` that a measure counts, 0..1."""
    total = counts[f"marked {kind}"]
    return counts[f"{measure} {kind}"] / total if total else 0.0


def quotation_type(text: str, content: Sequence[Span]) -> str:
    """Whether a content is a quotation (four fifths of its letters in double marks), in part one, or none."""
    inside = total = 0
    for span in content:
        quoted = text[max(0, span.start - 2) : span.start].rstrip()[-1:] in (*_BOTH, "“")
        for letter in text[span.start : span.end]:
            if letter in _BOTH:
                quoted = not quoted
            elif letter in _OPENING + _CLOSING:
                quoted = letter in _OPENING
            elif letter.isalnum():
                total += 1
                inside += quoted
    share = inside / total if total else 0.0
    return "direct" if share >= 0.8 else "mixed" if share > 0.02 else "indirect"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Attributions as words of content, cue and source, by number; those whose content has no word are left out."""

    marked: Mapping[int, Words]
    found: Mapping[int, Words]

    @classmethod
    def of(cls, text: str, marked: Sequence[Marked], found: Sequence[Marked]) -> _Compared:
        places = [match.span() for match in _WORD.finditer(text)]
        ends = [end for _, end in places]

        def words(spans: Sequence[Span]) -> frozenset[int]:
            covered: set[int] = set()
            for span in spans:
                place = bisect.bisect_right(ends, span.start)
                while place < len(places) and places[place][0] < span.end:
                    covered.add(place)
                    place += 1
            return frozenset(covered)

        def numbered(all_of: Sequence[Marked]) -> dict[int, Words]:
            read = ((words(each.content), words(each.cue), words(each.source)) for each in all_of)
            return {number: each for number, each in enumerate(read) if each[0]}

        return cls(marked=numbered(marked), found=numbered(found))

    def pairs(self) -> Iterator[tuple[int, int, float]]:
        """Marked and found attributions, one to one, those whose contents share most first, with that share."""
        by_word: dict[int, list[int]] = {}
        for number, (content, _, _) in self.found.items():
            for word in content:
                by_word.setdefault(word, []).append(number)
        shared = Counter(
            (first, second)
            for first, (content, _, _) in self.marked.items()
            for word in content
            for second in by_word.get(word, ())
        )
        ranked = sorted(
            (-common / len(self.marked[first][0] | self.found[second][0]), first, second)
            for (first, second), common in shared.items()
        )
        used: tuple[set[int], set[int]] = set(), set()
        for share, first, second in ranked:
            if first not in used[0] and second not in used[1]:
                used[0].add(first)
                used[1].add(second)
                yield first, second, -share


def _hits(marked: Words, found: Words, share: float) -> list[str]:
    """Which measures count a pair; both are given as the words of content, cue and source."""
    meets = [bool(true & read) or not (true or read) for true, read in zip(marked, found, strict=True)]
    same = [true == read for true, read in zip(marked, found, strict=True)]
    half = share >= 0.5
    counted = {
        "overlap": True,
        "half": half,
        "exact": same[0],
        "cue": half and meets[1],
        "source": half and meets[2],
        "source_x": half and same[2],
        "full": half and meets[1] and meets[2],
        "full_x": all(same),
    }
    return [name for name, yes in counted.items() if yes]


def _rates(right_found: float, found: float, right_marked: float, marked: float) -> Rates:
    return Rates(
        precision=right_found / found if found else 0.0,
        recall=right_marked / marked if marked else 0.0,
    )
