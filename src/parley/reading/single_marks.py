"""Quotations in single marks, as many British, Indian and southern African papers print them: `doubled`.

"‘They want it all,’ said Ada Lind." is shown to the parser in double marks, character for character, so that all that
reads quotations need know no more than these. An apostrophe and an owner's mark stay what they are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from parley.reading.layout import Block

__all__ = ["doubled"]

Shown = tuple[Block, str]
OPEN, CLOSE = "“", "”"
_DOUBLE = re.compile('[“”„«»"]')
_OPENS = re.compile(r"(?<![\w’])‘(?=[^\s’])(?!\d\ds\b|em\b|til\b|tis\b|twas\b)")
_CLOSES = re.compile(r"(?<=[^\s‘])’(?!\w)")
_SPEECH = re.compile(r"[,.?!…]’(?!\w)")
_OWNERS = re.compile(r"(?<=s)’(?=\s\w)")


def doubled(found: Sequence[Shown]) -> list[Shown]:
    """Put double marks in the place of single ones in an article whose speech stands in single ones.

    Parameters
    ----------
    found : the article's blocks, each as the parser would see it

    Returns
    -------
    the blocks, each as long as before; the same ones where more speech stands in double marks
    """
    single = sum(len(_SPEECH.findall(shown)) for _, shown in found if "‘" in shown)
    double = sum(len(_DOUBLE.findall(shown)) for _, shown in found) // 2
    if single <= double:
        return list(found)
    return [(block, shown if _DOUBLE.search(shown) else _in_double(shown)) for block, shown in found]


def _in_double(shown: str) -> str:
    """A paragraph with double marks around each of its quotations."""
    marks = list(shown)
    for opening, closing in _quotations(shown):
        marks[opening], marks[closing] = OPEN, CLOSE
    return "".join(marks)


def _quotations(shown: str) -> Iterator[tuple[int, int]]:
    """Where each quotation opens and closes: at the first mark that is no owner's, else at the last that may be one."""
    openings = [match.start() for match in _OPENS.finditer(shown)]
    for opening, stop in itertools.pairwise([*openings, len(shown)]):
        ends = [match.start() for match in _CLOSES.finditer(shown, opening + 1, stop)]
        owners = {match.start() for match in _OWNERS.finditer(shown, opening, stop)}
        closing = next((end for end in ends if end not in owners), ends[-1] if ends else None)
        if closing is not None:
            yield opening, closing
